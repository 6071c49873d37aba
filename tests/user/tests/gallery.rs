//! The gallery: demos with their posters, the lines that put them into somebody's page, and that these do what they say.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use thirtyfour::Key;
use user_tests::{Page, hook, in_both_browsers, isolated, not_isolated, page_of};

in_both_browsers!(
    beside others:
    every_demo_is_listed_with_its_poster,
    the_lines_and_the_address_follow_what_is_chosen,
    a_demo_leads_to_the_gallery_with_its_choice,
    a_plan_of_ones_own_is_in_the_lines,
    tools_are_chosen_by_keys,
    lines_are_copied,
    what_is_said_of_a_copy_outlasts_the_one_before,
    where_nothing_can_be_copied_the_lines_are_selected,
    the_lines_run_in_a_page_of_another_origin,
);

/// Opens a page of the gallery and gives its snippet, letter by letter.
async fn open(page: &Page, site: &str, route: &str) -> Result<String> {
    page.goto(&format!("{site}#/gallery/{route}")).await?;
    page.hidden_text(&hook("snippet")).await
}

/// Waits until the snippet contains `part`, and gives it, letter by letter.
async fn snippet_with(page: &Page, part: &str) -> Result<String> {
    page.until(&format!("return document.querySelector('{}')?.textContent.includes({part:?})", hook("snippet")))
        .await?;
    page.hidden_text(&hook("snippet")).await
}

async fn every_demo_is_listed_with_its_poster(page: &Page) -> Result<()> {
    let server = isolated()?;
    let ids = "return [...document.querySelectorAll('.demo-card a')].map(link => link.hash.split('/')[2]).join()";
    page.goto(&format!("{}#/demos", server.url())).await?;
    page.find(".demo-card").await?;
    let all = page.evaluate(ids).await?;
    page.goto(&format!("{}#/gallery", server.url())).await?;
    page.find(".demo-card").await?;
    ensure!(page.evaluate(ids).await? == all, "the same demos in the same order");
    let height = "return document.documentElement.scrollHeight";
    let before = page.evaluate(height).await?;
    // Each comes when it is near.
    let next = "const posters = [...document.querySelectorAll('.demo-card img')], next = posters.find(poster => !poster.naturalWidth); \
                next?.scrollIntoView({ behavior: 'instant' }); return posters.length > 25 && !next";
    page.until(next).await?;
    ensure!(page.evaluate(height).await? == before, "their room was kept");
    let alone = "return [...document.querySelectorAll('.demo-card')].filter(card => !card.querySelector('img').alt || !card.querySelector('p').textContent).length";
    ensure!(page.evaluate(alone).await? == 0, "each is told in words, too");
    page.click(".demo-card a[href=\"#/gallery/philosophers\"]").await?;
    page.text_with("h1", "philosophers").await?;
    page.find(&hook("run")).await?;
    Ok(())
}

async fn the_lines_and_the_address_follow_what_is_chosen(page: &Page) -> Result<()> {
    let server = isolated()?;
    let site = server.url();
    let first = open(page, &site, "nine-requests").await?;
    let expected = format!(
        "<script type=\"module\" src=\"{site}embed.js\"></script>\n<interleave-demo demo=\"nine-requests\">\n  \
         <a href=\"{site}#/demo/nine-requests\">Nine requests</a>\n</interleave-demo>"
    );
    ensure!(first == expected, "{first}");
    page.choose(&format!("{}[data-engine=\"main\"]", hook("engine-choice"))).await?;
    page.type_into(&hook("param-delay"), "40").await?;
    page.type_into(&hook("param-requests"), "3").await?;
    let attributes = "engines=\"await-each,gather\" parameters=\"requests=3&amp;delay=40\"";
    let chosen = snippet_with(page, attributes).await?;
    let link = format!("{site}#/demo/nine-requests?engines=await-each,gather&requests=3&delay=40");
    ensure!(page.hidden_text(&hook("link")).await? == link);
    page.until(
        "return location.hash.startsWith('#/gallery/nine-requests?engines=await-each,gather&requests=3&delay=40&')",
    )
    .await?;

    // The tool is in the address, too, and the choice stays.
    page.click(&hook("tool-sphinx")).await?;
    let sphinx = snippet_with(page, ".. interleave-demo:: nine-requests").await?;
    ensure!(
        sphinx.contains("\n   :engines: await-each,gather\n   :parameters: requests=3&delay=40\n\n   `"),
        "{sphinx}"
    );
    let once = page.hidden_text(&hook("set-up")).await?;
    ensure!(once.contains(&format!("interleave_site = \"{site}\"")), "{once}");
    page.until(
        "return location.hash.startsWith('#/gallery/nine-requests?tool=sphinx&engines=await-each,gather&requests=3')",
    )
    .await?;
    page.session().refresh().await?;
    ensure!(snippet_with(page, ":parameters:").await? == sphinx, "the address keeps it");
    page.click(".back a").await?;
    page.find(".demo-card a[href=\"#/gallery/primes?tool=sphinx\"]").await?;
    page.session().back().await?;
    ensure!(snippet_with(page, ":parameters:").await? == sphinx, "so does the way back");

    // What cannot run cannot be copied, and is not lost.
    page.type_into(&hook("param-requests"), "0").await?;
    page.text_with(&hook("no-snippet"), "Requests must be a whole number from 1 to 100").await?;
    ensure!(page.all(&hook("snippet")).await?.is_empty() && page.value(&hook("param-requests")).await? == "0");
    page.type_into(&hook("param-requests"), "3").await?;
    page.click(&hook("tool-html")).await?;
    ensure!(snippet_with(page, "<interleave-demo").await? == chosen);
    Ok(())
}

async fn a_demo_leads_to_the_gallery_with_its_choice(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/demo/primes?engines=gather&bound=200000", server.url())).await?;
    page.click(&hook("to-gallery")).await?;
    snippet_with(page, "demo=\"primes\" engines=\"gather\" parameters=\"bound=200000\"").await?;
    ensure!(page.value(&hook("param-bound")).await?.replace(',', "") == "200000", "the demo below has it, too");
    // Elsewhere demos are there to learn from.
    page.goto(&server.url()).await?;
    page.find(&hook("copy-link")).await?;
    ensure!(page.all(&hook("to-gallery")).await?.is_empty());
    Ok(())
}

async fn a_plan_of_ones_own_is_in_the_lines(page: &Page) -> Result<()> {
    let server = isolated()?;
    let example = open(page, &server.url(), "own-plan").await?;
    ensure!(!example.contains("parameters"), "what it opens with is not said: {example}");
    page.type_into(&hook("plan"), "task a\ncompute 5").await?;
    snippet_with(page, "parameters=\"plan=task+a%0A").await?;
    page.type_into(&hook("plan"), "task a\ncompote 5").await?;
    page.text_with(&hook("no-snippet"), "Line 2").await?;
    Ok(())
}

async fn tools_are_chosen_by_keys(page: &Page) -> Result<()> {
    let server = isolated()?;
    open(page, &server.url(), "primes").await?;
    page.find(&hook("tool-html")).await?.focus().await?;
    for (key, tool, part) in [
        (Key::Right, "mdbook", "```interleave"),
        (Key::End, "vitepress", "<interleave-demo"),
        (Key::Right, "html", "<script"),
        (Key::Left, "vitepress", "<interleave-demo"),
        (Key::Home, "html", "<script"),
    ] {
        page.keys(key).await?;
        let is_there = format!(
            "const tab = document.activeElement; return tab.id === 'tool-{tool}' && tab.getAttribute('aria-selected') === 'true' \
             && document.querySelector('[role=tabpanel]').getAttribute('aria-labelledby') === tab.id"
        );
        page.until(&is_there).await?;
        let snippet = snippet_with(page, part).await?;
        ensure!(snippet.starts_with(part), "{tool}: {snippet}");
        ensure!(page.all("[role=tab][tabindex=\"0\"]").await?.len() == 1, "one stop for all tabs");
    }
    // The next stop is the button.
    page.keys(Key::Tab).await?;
    page.until("return document.activeElement.dataset.test === 'take-snippet'").await?;
    Ok(())
}

async fn what_is_said_of_a_copy_outlasts_the_one_before(page: &Page) -> Result<()> {
    let server = isolated()?;
    open(page, &server.url(), "primes?tool=mkdocs&engines=gather").await?;
    page.click(&hook("take-snippet")).await?;
    page.text_with(&hook("take-snippet"), "Copied").await?;
    // By the page's own timers: what is said stays for 2.5 s.
    let again = "const [snippet, link] = ['snippet', 'link'].map(part => document.querySelector(`[data-test=take-${part}]`)); \
                 setTimeout(() => link.click(), 1500); \
                 setTimeout(() => { window.said = [snippet, link].map(button => button.textContent).join() }, 3000)";
    page.evaluate(again).await?;
    page.until("return window.said !== undefined").await?;
    ensure!(page.evaluate("return window.said").await? == "Copy the snippet,Copied");
    Ok(())
}

async fn lines_are_copied(page: &Page) -> Result<()> {
    let server = isolated()?;
    open(page, &server.url(), "primes?tool=mkdocs&engines=gather").await?;
    for part in ["snippet", "set-up", "link"] {
        let text = page.hidden_text(&hook(part)).await?;
        page.click(&hook(&format!("take-{part}"))).await?;
        page.text_with(&hook(&format!("take-{part}")), "Copied").await?;
        // It is what somebody pastes.
        page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), { id: 'pasted' })); document.getElementById('pasted').focus()")
            .await?;
        page.keys(Key::Control + "v").await?;
        page.until(&format!("return document.getElementById('pasted').value === {}", Value::from(text))).await?;
        page.evaluate("document.getElementById('pasted').remove()").await?;
    }
    Ok(())
}

async fn where_nothing_can_be_copied_the_lines_are_selected(page: &Page) -> Result<()> {
    let server = isolated()?;
    let text = open(page, &server.url(), "primes").await?;
    for (clipboard, why) in [
        ("undefined", "was not served securely"),
        ("{ writeText: () => Promise.reject(new Error('no')) }", "does not let this page copy"),
    ] {
        page.evaluate(&format!(
            "getSelection().removeAllRanges(); Object.defineProperty(navigator, 'clipboard', {{ configurable: true, value: {clipboard} }})"
        ))
        .await?;
        page.click(&hook("take-snippet")).await?;
        page.text_with(".copyable [role=status]", why).await?;
        page.until(&format!("return getSelection().toString().trim() === {}", Value::from(text.clone()))).await?;
    }
    Ok(())
}

async fn the_lines_run_in_a_page_of_another_origin(page: &Page) -> Result<()> {
    let site = not_isolated()?;
    let lines = open(page, &site.url(), "nine-requests?engines=await-each,gather&requests=4&delay=20").await?;
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Docs</title><link rel=\"icon\" href=\"data:,\"></head>\
         <body><h1>Docs</h1>\n{lines}\n</body></html>"
    );
    page.goto(&page_of(&html)?).await?;
    page.listen().await?;
    page.until("return document.querySelector('interleave-demo').shadowRoot?.querySelector('img').naturalWidth > 0")
        .await?;
    page.evaluate("document.querySelector('interleave-demo').run()").await?;
    // It has no id.
    let done = page.told("", "done", 1).await?;
    let runs = done["runs"].as_array().context("a list")?;
    ensure!(runs.iter().map(|run| &run["engine"]).eq(&["await-each", "gather"]), "{done}");
    ensure!(runs.iter().all(|run| run["state"] == "done" && run["correct"] == true), "{done}");
    ensure!(runs[0]["statistics"]["makespanMs"].as_f64() >= Some(80.0), "four of 20 ms, as it was chosen: {done}");
    Ok(())
}
