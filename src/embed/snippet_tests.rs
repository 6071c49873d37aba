//! Snippets, as somebody would paste them.

use expect_test::{Expect, expect};

use super::*;
use crate::demo::{DEMOS, NINE_REQUESTS, OWN_PLAN, URLS};
use crate::engine::EngineId;
use crate::plan::Values;
use crate::plan::parameter::ALL;

const SITE: &str = "https://learn.example/interleave/";

fn check(tool: Tool, demo: &'static Demo, query: &str, expected: &Expect) {
    let (setup, problems) = Setup::parse(demo, query);
    assert_eq!(problems, []);
    expected.assert_eq(&tool.snippet(demo, &setup, SITE));
}

/// Two of three engines, and one parameter of two.
const CHOSEN: &str = "engines=await-each,gather&requests=12&delay=300";

#[test]
fn html_has_the_script_and_the_element() {
    check(
        Tool::Html,
        &NINE_REQUESTS,
        "engines=await-each,gather&requests=12&delay=40",
        &expect![[r#"
            <script type="module" src="https://learn.example/interleave/embed.js"></script>
            <interleave-demo demo="nine-requests" engines="await-each,gather" parameters="requests=12&amp;delay=40">
              <a href="https://learn.example/interleave/#/demo/nine-requests?engines=await-each,gather&amp;requests=12&amp;delay=40">Nine requests</a>
            </interleave-demo>"#]],
    );
}

#[test]
fn where_the_script_is_set_up_once_there_is_the_element_alone() {
    let setup = Setup::parse(&NINE_REQUESTS, CHOSEN).0;
    let whole = Tool::Html.snippet(&NINE_REQUESTS, &setup, SITE);
    let (script, element) = whole.split_once('\n').unwrap();
    assert!(script.ends_with("></script>"), "{script}");
    for tool in [Tool::MkDocs, Tool::Docusaurus, Tool::VitePress] {
        assert_eq!(tool.snippet(&NINE_REQUESTS, &setup, SITE), element);
    }
}

#[test]
fn mdbook_has_a_fence_of_toml() {
    check(
        Tool::MdBook,
        &NINE_REQUESTS,
        CHOSEN,
        &expect![[r#"
            ```interleave
            demo = "nine-requests"
            engines = "await-each,gather"
            parameters = "requests=12"
            ```"#]],
    );
}

#[test]
fn sphinx_has_a_directive() {
    check(
        Tool::Sphinx,
        &NINE_REQUESTS,
        CHOSEN,
        &expect![[r#"
            .. interleave-demo:: nine-requests
               :engines: await-each,gather
               :parameters: requests=12

               `Nine requests <https://learn.example/interleave/#/demo/nine-requests?engines=await-each,gather&requests=12>`__"#]],
    );
}

#[test]
fn what_the_demo_does_by_itself_is_not_said() {
    let own = "engines=main,await-each,gather&requests=9&delay=300";
    check(
        Tool::MkDocs,
        &NINE_REQUESTS,
        own,
        &expect![[r#"
            <interleave-demo demo="nine-requests">
              <a href="https://learn.example/interleave/#/demo/nine-requests">Nine requests</a>
            </interleave-demo>"#]],
    );
    check(
        Tool::Sphinx,
        &NINE_REQUESTS,
        own,
        &expect![[r#"
            .. interleave-demo:: nine-requests

               `Nine requests <https://learn.example/interleave/#/demo/nine-requests>`__"#]],
    );
    check(
        Tool::MdBook,
        &NINE_REQUESTS,
        "delay=40",
        &expect![[r#"
            ```interleave
            demo = "nine-requests"
            parameters = "delay=40"
            ```"#]],
    );
}

#[test]
fn each_tool_is_set_up_once_but_for_html() {
    let all = Tool::ALL.into_iter().filter_map(|tool| tool.once(SITE)).map(|Once { file, needs, code }| {
        let needs = needs.map(|(what, name)| format!(" ({what} {name})")).unwrap_or_default();
        format!("{file}{needs}\n{code}\n")
    });
    expect![[r#"
        book.toml (the preprocessor mdbook-interleave)
        [preprocessor.interleave]
        site = "https://learn.example/interleave/"

        conf.py (the extension interleave_sphinx)
        extensions = ["interleave_sphinx"]
        interleave_site = "https://learn.example/interleave/"

        mkdocs.yml
        extra_javascript:
          - path: "https://learn.example/interleave/embed.js"
            type: module

        docusaurus.config.js
        scripts: [{ src: "https://learn.example/interleave/embed.js", type: "module" }],

        .vitepress/config.mjs
        head: [["script", { type: "module", src: "https://learn.example/interleave/embed.js" }]],
        vue: {
          template: { compilerOptions: { isCustomElement: (tag) => tag === "interleave-demo" } },
        },
    "#]]
    .assert_eq(&all.collect::<Vec<_>>().join("\n"));
}

#[test]
fn texts_of_the_learner_s_are_one_line_that_no_tool_takes_for_its_own() {
    let query = "urls=https%3A%2F%2Fa.example%2F%22%3Cb%3E%0Ahttps%3A%2F%2Fb.example%2F%60%5C_";
    let setup = Setup::parse(&URLS, query).0;
    assert_eq!(setup.values.urls_text(), "https://a.example/\"<b>\nhttps://b.example/`\\_");
    let written = "urls=https://a.example/%22%3Cb%3E%0Ahttps://b.example/%60%5C";
    for tool in Tool::ALL {
        let snippet = tool.snippet(&URLS, &setup, SITE);
        // In a link an underscore at its end would be a reference.
        let ends = if tool == Tool::Sphinx { vec!["_\n", "\\_>`__"] } else { vec!["_\""] };
        assert!(ends.iter().all(|end| snippet.contains(&format!("{written}{end}"))), "{snippet}");
    }
}

#[test]
fn a_site_with_odd_letters_is_escaped_for_each_language() {
    let site = "https://a.example/x&y'z\\\"/";
    let setup = Setup::new(&NINE_REQUESTS);
    let snippet = |tool: Tool| tool.snippet(&NINE_REQUESTS, &setup, site);
    assert!(snippet(Tool::Html).contains("src=\"https://a.example/x&amp;y'z\\&quot;/embed.js\""));
    assert!(snippet(Tool::Sphinx).contains("<https://a.example/x&y'z\\\\\"/#/demo/nine-requests>"));
    for tool in Tool::ALL.into_iter().filter(|tool| *tool != Tool::Html) {
        let code = tool.once(site).unwrap().code;
        assert!(code.contains("\"https://a.example/x&y'z\\\\\\\"/"), "{code}");
    }
}

/// What an element makes a link of, as `embed.js` does.
#[test]
fn what_a_snippet_says_opens_what_was_chosen() {
    for demo in DEMOS.iter().copied().chain([&OWN_PLAN]) {
        let offered: Vec<EngineId> = demo.offered(&Values::default());
        for engines in [demo.engines.to_vec(), offered] {
            let mut setup = Setup { engines, ..Setup::new(demo) };
            if demo == &OWN_PLAN {
                setup.values = setup.values.with_plan_text("task a * 2\n compute 5 # ``` </a> \"\n");
            }
            for parameter in demo.parameters(&setup.engines, &setup.values) {
                setup.values = setup.values.with(parameter, parameter.max);
            }
            let link = link(demo, &setup, SITE);
            let query = link.strip_prefix(&format!("{SITE}#/demo/{}", demo.id)).unwrap();
            assert_eq!(Setup::parse(demo, query), (setup, vec![]), "{link}");
        }
    }
}

#[test]
fn the_site_is_the_folder_of_its_page() {
    for (page, site) in [
        ("https://a.example/#/gallery/x?y=/z", "https://a.example/"),
        ("https://a.example/learn/index.html?from=/b#/gallery", "https://a.example/learn/"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/"),
        ("file:///home/a/dist/index.html", "file:///home/a/dist/"),
    ] {
        assert_eq!(site_of(page), site);
    }
}

#[test]
fn the_tool_stands_first_in_the_gallery_s_address() {
    for tool in Tool::ALL {
        for rest in ["", CHOSEN] {
            assert_eq!(Tool::read(&format!("?{}", tool.write(rest))), (tool, rest));
        }
    }
    assert_eq!(Tool::Html.gallery(None), "/gallery");
    assert_eq!(Tool::Html.gallery(Some(&URLS)), "/gallery/urls");
    assert_eq!(Tool::Sphinx.gallery(None), "/gallery?tool=sphinx");
    assert_eq!(Tool::Sphinx.gallery(Some(&URLS)), "/gallery/urls?tool=sphinx");
    // What names no tool is left to the link, which says that it cannot be read.
    let (tool, rest) = Tool::read("?tool=word&requests=3");
    assert_eq!(tool, Tool::Html);
    assert_eq!(Setup::parse(&NINE_REQUESTS, rest).1.len(), 1);
    assert!(ALL.iter().all(|parameter| parameter.key != "tool"));
}

#[test]
fn no_title_needs_an_escape_that_a_tool_would_not_know() {
    // Docusaurus takes braces for programs, VitePress two of them.
    for demo in DEMOS.iter().chain(&[&OWN_PLAN]) {
        assert!(!demo.title.contains(['{', '}', '<', '`', '*', '_', '|']), "{}", demo.title);
    }
}
