"""A Sphinx extension: the directive ``interleave-demo`` puts a live demo of concurrency into a page.

In ``conf.py``::

    extensions = ["interleave_sphinx"]
    interleave_site = "https://SITE/"  # where Interleave's dist/ is served

and in a page::

    .. interleave-demo:: nine-requests
       :engines: await-each,gather
       :parameters: requests=9&delay=300

       What is shown where there is no JavaScript, and on paper.

Pages without a demo load nothing. Builders that do not write for a browser show what stands in the directive, or a link.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

__version__ = "0.1.0"

_ID = re.compile(r"[a-z0-9-]{1,60}")
_SITE = re.compile(r"(https?://|/)[^\s\"<>?#]*")


class demo_node(nodes.General, nodes.Element):
    """A demo: its ``attributes`` are the element's, what stands in it is shown where the demo cannot be."""


def _theme(argument: str) -> str:
    return directives.choice(argument, ("light", "dark", "auto"))


class InterleaveDemo(SphinxDirective):
    """``.. interleave-demo:: [demo]``, with the element's attributes as options. EMBEDDING.md says what they mean."""

    optional_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "engines": directives.unchanged_required,
        "parameters": directives.unchanged_required,
        "lesson": directives.unchanged_required,
        "step": directives.unchanged_required,
        "trace": directives.unchanged_required,
        "height": directives.positive_int,
        "theme": _theme,
        "lang": directives.unchanged_required,
        "autoplay": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        given: dict[str, Any] = dict(self.options)
        if self.arguments:
            given["demo"] = self.arguments[0]
        shown = [key for key in ("demo", "lesson", "trace") if key in given]
        if len(shown) != 1:
            raise self.error("interleave-demo takes a demo’s id, or :lesson: with :step:, or :trace:, and only one of them.")
        for key, needs in (("engines", "demo"), ("parameters", "demo"), ("step", "lesson")):
            if key in given and needs not in given:
                raise self.error(f"interleave-demo: {key} says nothing without a {needs}.")
        for key in ("demo", "lesson", "step"):
            if (key in given or (key == "step" and "lesson" in given)) and not _ID.fullmatch(given.get(key, "")):
                raise self.error(f"interleave-demo: {key} has to be an id (a–z, 0–9, -), and “{given.get(key, '')}” is not.")
        # A flag has no value: the attribute is there or not.
        attributes = {key: "" if value is None else str(value) for key, value in given.items()}
        node = demo_node("", attributes=attributes)
        self.set_source_info(node)
        if self.content:
            node += self.parse_content_to_nodes()
        else:
            node += _link(attributes, self.config.interleave_site)
        return [node]


def _link(attributes: dict[str, str], site: str) -> nodes.paragraph:
    """A link to the same on the site, where the author says nothing."""
    if trace := attributes.get("trace"):
        address, words = trace, "A trace"
    elif lesson := attributes.get("lesson"):
        address, words = f"{site}#/lesson/{lesson}/{attributes['step']}", f"A step of the lesson “{lesson}”"
    else:
        parts = [f"engines={attributes['engines']}"] if "engines" in attributes else []
        link = "&".join(parts + ([attributes["parameters"]] if "parameters" in attributes else []))
        address = f"{site}#/demo/{attributes['demo']}" + (f"?{link}" if link else "")
        words = f"The demo “{attributes['demo']}”"
    return nodes.paragraph("", "", nodes.reference("", words, refuri=address, internal=False))


def _is_for_browsers(app: Sphinx) -> bool:
    # Readers of EPUB run no module scripts.
    return app.builder.format == "html" and app.builder.name != "epub"


class Fallback(SphinxPostTransform):
    """Leaves what stands in a demo, where it is not for a browser."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        if not _is_for_browsers(self.app):
            for node in list(self.document.findall(demo_node)):
                node.replace_self(node.children)


def _visit(self: HTML5Translator, node: demo_node) -> None:
    # The page's first demo brings the script; a translator writes one page.
    if not getattr(self, "interleave_script_is_there", False):
        self.interleave_script_is_there = True  # type: ignore[attr-defined]
        source = self.attval(f"{self.config.interleave_site}embed.js")
        self.body.append(f'<script type="module" src="{source}"></script>\n')
    self.body.append(self.starttag(node, "interleave-demo", **node["attributes"]))


def _depart(self: HTML5Translator, node: demo_node) -> None:
    self.body.append("</interleave-demo>\n")


def _check(app: Sphinx, config: Config) -> None:
    site = config.interleave_site
    if not isinstance(site, str) or not _SITE.fullmatch(site):
        said = f"is “{site}”" if site else "is missing"
        raise ConfigError(
            f"interleave_site {said}: conf.py has to say where Interleave is served, as in interleave_site = \"https://…/\""
        )
    config.interleave_site = site.rstrip("/") + "/"


def setup(app: Sphinx) -> dict[str, Any]:
    """Tells Sphinx what there is."""
    app.add_config_value("interleave_site", None, "env")
    app.connect("config-inited", _check)
    app.add_node(demo_node, html=(_visit, _depart))
    app.add_directive("interleave-demo", InterleaveDemo)
    app.add_post_transform(Fallback)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
