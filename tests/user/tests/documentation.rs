//! The recipes in the real tools: each builds its example, which is served from another origin than the demos and without any header, and
//! whose demos are run in Chromium and Firefox.

use std::sync::{Mutex, PoisonError};

use anyhow::{Result, ensure};
use user_tests::documentation::{Documentation, Tool, expect_no_errors_of_ours, run_the_demo, said_by};
use user_tests::{Browser, Page, in_browser, without_headers};

/// One tool after another: each takes all of the machine.
static ONE: Mutex<()> = Mutex::new(());

/// What is told where there is no JavaScript.
const FALLBACK: &str = "Nine requests, one by one and all at once</a>";

/// Builds a tool's example and uses it: the demo of the first page, and that of the second, to which a link leads.
fn is_used(tool: Tool) -> Result<()> {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let site = without_headers()?;
    let docs = Documentation::of(tool, &site.url())?;
    let began = std::time::Instant::now();
    docs.build()?;
    println!("{tool:?} built its example in {:.1} s", began.elapsed().as_secs_f64());

    let start = if tool == Tool::MdBook { "waiting.html" } else { "index.html" };
    let html = docs.file(start)?;
    for part in
        [FALLBACK, "<interleave-demo demo=\"nine-requests\"", &format!("href=\"{}#/demo/nine-requests", site.url())]
    {
        ensure!(html.contains(part), "{start} has no {part}:\n{html}");
    }
    for browser in [Browser::Chromium, Browser::Firefox] {
        in_browser(browser, &format!("documentation-{tool:?}"), async |page: &Page| {
            page.goto(&docs.served.url()).await?;
            let done = run_the_demo(page, "nine-requests", &["await-each", "gather"]).await?;
            let took = |at: usize| done["runs"][at]["statistics"]["makespanMs"].as_f64().unwrap_or_default();
            ensure!(took(0) >= 900.0 && took(1) >= 100.0 && took(1) * 2.0 < took(0), "{done}");
            if tool != Tool::Plain {
                page.evaluate("window.stays = true").await?;
                page.click("p a[href*=computing], .toctree-wrapper a[href*=computing]").await?;
                run_the_demo(page, "primes", &["processes"]).await?;
                // These replace what changes and keep the page.
                let stays = matches!(tool, Tool::MkDocs | Tool::Docusaurus | Tool::VitePress);
                ensure!(page.evaluate("return window.stays === true").await? == stays, "is the page another one?");
            }
            expect_no_errors_of_ours(page).await
        });
    }
    Ok(())
}

#[test]
fn mdbook() -> Result<()> {
    is_used(Tool::MdBook)
}

#[test]
fn sphinx() -> Result<()> {
    is_used(Tool::Sphinx)
}

#[test]
fn mkdocs() -> Result<()> {
    is_used(Tool::MkDocs)
}

#[test]
fn docusaurus() -> Result<()> {
    is_used(Tool::Docusaurus)
}

#[test]
fn vitepress() -> Result<()> {
    is_used(Tool::VitePress)
}

#[test]
fn plain_html() -> Result<()> {
    is_used(Tool::Plain)
}

#[test]
fn a_page_without_a_demo_loads_nothing() -> Result<()> {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    for (tool, with) in [(Tool::MdBook, "waiting.html"), (Tool::Sphinx, "index.html")] {
        let docs = Documentation::of(tool, "https://demos.example/")?;
        docs.build()?;
        ensure!(docs.file(with)?.matches("https://demos.example/embed.js").count() == 1, "{tool:?}: one script");
        ensure!(!docs.file("words.html")?.contains("demos.example"), "{tool:?}: nothing where there is no demo");
    }
    Ok(())
}

#[test]
fn a_mistake_in_a_book_fails_it_with_file_and_line() -> Result<()> {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let docs = Documentation::of(Tool::MdBook, "https://demos.example/")?;
    docs.change("src/computing.md", |text| text.replace("\"primes\"", "\"prime\""))?;
    docs.change("src/waiting.md", |text| text.replace("await-each,gather", "gathr"))?;
    let said = docs.build().expect_err("it has two mistakes").to_string();
    ensure!(said.contains("src/computing.md:4: there is no demo “prime”; there are nine-requests, primes"), "{said}");
    ensure!(said.contains("src/waiting.md:7: there is no engine “gathr”; “nine-requests” runs on main, "), "{said}");
    docs.change("book.toml", |text| text.replace("site =", "sit ="))?;
    let said = docs.build().expect_err("there is no site").to_string();
    ensure!(said.contains("book.toml: [preprocessor.interleave] needs a line site = "), "{said}");
    Ok(())
}

#[test]
fn a_book_for_other_renderers_has_links() -> Result<()> {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let docs = Documentation::of(Tool::MdBook, "https://demos.example/")?;
    docs.change("book.toml", |text| format!("{text}\n[output.markdown]\n"))?;
    docs.build()?;
    let text = docs.file("waiting.md")?;
    let link = "[![](<https://demos.example/posters/nine-requests.svg>) Nine requests\\, one by one and all at once](<https://demos.example/#/demo/nine-requests?engines=await-each,gather&requests=9&delay=100>)";
    ensure!(text.contains(link) && !text.contains("interleave"), "{text}");
    Ok(())
}

#[test]
fn sphinx_says_what_is_wrong() -> Result<()> {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let docs = Documentation::of(Tool::Sphinx, "https://demos.example/")?;
    docs.change("words.rst", |text| {
        format!("{text}\n.. interleave-demo:: nine\n   :heigth: 3\n\n.. interleave-demo:: Nine!\n\n.. interleave-demo::\n   :lesson: gil\n")
    })?;
    let said = docs.build().expect_err("it has three mistakes").to_string();
    for part in [
        "words.rst:6: ERROR: Error in \"interleave-demo\" directive:\nunknown option: \"heigth\"",
        "words.rst:9: ERROR: interleave-demo: demo has to be an id",
        "words.rst:11: ERROR: interleave-demo: step has to be an id",
    ] {
        ensure!(said.contains(part), "no {part} in {said}");
    }
    docs.change("conf.py", |text| text.replace("interleave_site =", "site ="))?;
    let said = docs.build().expect_err("there is no site").to_string();
    ensure!(said.contains("interleave_site is missing: conf.py has to say where Interleave is served"), "{said}");
    Ok(())
}

#[test]
fn sphinx_on_paper_has_what_stands_in_the_directive_or_a_link() -> Result<()> {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    for (builder, of_index, of_computing) in [
        ("text", "index.txt", "computing.txt"),
        ("latex", "docswithdemos.tex", "docswithdemos.tex"),
        ("epub", "index.xhtml", "computing.xhtml"),
    ] {
        let docs = Documentation::of(Tool::Sphinx, "https://demos.example/")?;
        // What an EPUB has to say besides.
        docs.change("conf.py", |text| format!("{text}copyright = \"nobody\"\nversion = \"1\"\n"))?;
        said_by(&mut docs.sphinx(builder)?)?;
        let (index, computing) = (docs.file(of_index)?, docs.file(of_computing)?);
        ensure!(index.contains("one by one and all at once"), "{builder}: {index}");
        ensure!(computing.contains("The demo “primes”"), "{builder}: {computing}");
        ensure!(!index.contains("<interleave-demo") && !index.contains("embed.js"), "{builder}: {index}");
    }
    Ok(())
}
