//! What puts a demo into somebody's pages: for each documentation tool the snippet, and what is set up once for it. The gallery shows both;
//! what the snippets mean, `EMBEDDING.md` and the tools' own extensions say. This knows their forms and how each is escaped, and of no page.

use crate::demo::{Demo, Setup};

/// What somebody writes pages with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Any page, by hand or by whatever takes HTML.
    Html,
    /// mdBook, with our preprocessor.
    MdBook,
    /// Sphinx, with our extension.
    Sphinx,
    /// MkDocs, as Material for MkDocs, too.
    MkDocs,
    /// Docusaurus.
    Docusaurus,
    /// VitePress.
    VitePress,
}

/// What is set up once for a whole site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Once {
    /// The file that it stands in.
    pub file: &'static str,
    /// What has to be installed as well: what it is, and its name.
    pub needs: Option<(&'static str, &'static str)>,
    /// The lines.
    pub code: String,
}

impl Tool {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::Html, Self::MdBook, Self::Sphinx, Self::MkDocs, Self::Docusaurus, Self::VitePress];

    /// As it calls itself.
    pub fn title(self) -> &'static str {
        match self {
            Self::Html => "HTML",
            Self::MdBook => "mdBook",
            Self::Sphinx => "Sphinx",
            Self::MkDocs => "MkDocs",
            Self::Docusaurus => "Docusaurus",
            Self::VitePress => "VitePress",
        }
    }

    /// Its name in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::MdBook => "mdbook",
            Self::Sphinx => "sphinx",
            Self::MkDocs => "mkdocs",
            Self::Docusaurus => "docusaurus",
            Self::VitePress => "vitepress",
        }
    }

    /// Where its snippet goes, as a sentence.
    pub fn place(self) -> &'static str {
        match self {
            Self::Html => "In the page; the first line once, for all its demos.",
            Self::MdBook => "In a chapter.",
            Self::Sphinx => "In a document in reStructuredText.",
            Self::MkDocs | Self::VitePress => "In a page in Markdown.",
            Self::Docusaurus => "In a page in Markdown or MDX.",
        }
    }

    /// Reads which tool the query of a gallery's address begins with, HTML if with none; with it the rest, which is a link to a demo.
    pub fn read(query: &str) -> (Self, &str) {
        let query = query.trim_start_matches('?');
        let (first, rest) = query.split_once('&').unwrap_or((query, ""));
        let named = first.strip_prefix("tool=").and_then(|key| Self::ALL.into_iter().find(|tool| tool.key() == key));
        named.map_or((Self::Html, query), |tool| (tool, rest))
    }

    /// Writes what [`Self::read`] reads.
    pub fn write(self, rest: &str) -> String {
        match (self, rest) {
            (Self::Html, _) => rest.to_owned(),
            (_, "") => format!("tool={}", self.key()),
            _ => format!("tool={}&{rest}", self.key()),
        }
    }

    /// The route of the gallery, or of a demo in it as that opens, with this tool.
    pub fn gallery(self, demo: Option<&Demo>) -> String {
        let (id, query) = (demo.map(|demo| format!("/{}", demo.id)).unwrap_or_default(), self.write(""));
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/gallery{id}{mark}{query}")
    }

    /// What is set up once; `None` where the snippet has all that is needed.
    pub fn once(self, site: &str) -> Option<Once> {
        let site_text = quoted(site);
        let script = quoted(&script(site));
        let (file, needs, code) = match self {
            Self::Html => return None,
            Self::MdBook => (
                "book.toml",
                Some(("the preprocessor", "mdbook-interleave")),
                format!("[preprocessor.interleave]\nsite = {site_text}"),
            ),
            Self::Sphinx => (
                "conf.py",
                Some(("the extension", "interleave_sphinx")),
                format!("extensions = [\"interleave_sphinx\"]\ninterleave_site = {site_text}"),
            ),
            Self::MkDocs => ("mkdocs.yml", None, format!("extra_javascript:\n  - path: {script}\n    type: module")),
            Self::Docusaurus => {
                ("docusaurus.config.js", None, format!("scripts: [{{ src: {script}, type: \"module\" }}],"))
            }
            Self::VitePress => (
                ".vitepress/config.mjs",
                None,
                format!(
                    "head: [[\"script\", {{ type: \"module\", src: {script} }}]],\nvue: {{\n  \
                     template: {{ compilerOptions: {{ isCustomElement: (tag) => tag === \"interleave-demo\" }} }},\n}},"
                ),
            ),
        };
        Some(Once { file, needs, code })
    }

    /// What puts `demo` into a page, as it is chosen, from the site at this address.
    pub fn snippet(self, demo: &'static Demo, setup: &Setup, site: &str) -> String {
        let link = link(demo, setup, site);
        let (engines, parameters) = setup.changes(demo);
        let options = [("engines", engines), ("parameters", parameters)];
        let options = options.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?)));
        match self {
            Self::Html => {
                let script = format!("<script type=\"module\" src=\"{}\"></script>", html(&script(site)));
                format!("{script}\n{}", element(demo, options, &link))
            }
            Self::MkDocs | Self::Docusaurus | Self::VitePress => element(demo, options, &link),
            Self::MdBook => {
                let keys = std::iter::once(("demo", demo.id)).chain(options);
                let lines: String = keys.map(|(key, value)| format!("{key} = {}\n", quoted(value))).collect();
                format!("```interleave\n{lines}```")
            }
            Self::Sphinx => {
                let lines: String = options.map(|(name, value)| format!("   :{name}: {value}\n")).collect();
                let (title, link) = (rst(demo.title), rst(&link));
                format!(".. interleave-demo:: {}\n{lines}\n   `{title} <{link}>`__", demo.id)
            }
        }
    }
}

/// The address of a demo on the site's own page, as it is chosen.
pub fn link(demo: &'static Demo, setup: &Setup, site: &str) -> String {
    let (engines, parameters) = setup.changes(demo);
    let parts = [engines.map(|engines| format!("engines={engines}")), parameters];
    let query = parts.into_iter().flatten().collect::<Vec<_>>().join("&");
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{site}#/demo/{}{mark}{query}", demo.id)
}

/// The address of the folder that a page of this site is served from, with its last slash: where `embed.js` lies beside it.
pub fn site_of(page: &str) -> &str {
    let path = &page[..page.find(['?', '#']).unwrap_or(page.len())];
    path.rfind('/').map_or("", |slash| &path[..=slash])
}

fn script(site: &str) -> String {
    format!("{site}embed.js")
}

fn element<'a>(demo: &Demo, options: impl Iterator<Item = (&'a str, &'a str)>, link: &str) -> String {
    let attributes: String = options.map(|(name, value)| format!(" {name}=\"{}\"", html(value))).collect();
    let (id, link, title) = (demo.id, html(link), html(demo.title));
    format!("<interleave-demo demo=\"{id}\"{attributes}>\n  <a href=\"{link}\">{title}</a>\n</interleave-demo>")
}

/// Text in HTML, or in an attribute between double quotes.
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A text between double quotes, which TOML, YAML, Python and JavaScript write alike.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// A part of a link in reStructuredText: what would end it, and an underscore at its end, which would make it a reference.
fn rst(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if "\\`<>".contains(c) || (c == '_' && at + 1 == text.len()) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
#[path = "snippet_tests.rs"]
mod tests;
