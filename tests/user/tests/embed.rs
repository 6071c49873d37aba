//! Demos in somebody else's page, which is of another origin and sends no header: how they are run there, and that they disturb nothing.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use user_tests::embed::Embedding;
use user_tests::{Page, dist, hook, in_both_browsers};

in_both_browsers!(
    a_click_on_the_poster_runs_it_and_the_page_hears_of_it,
    a_page_runs_cancels_and_resets_it,
    one_runs_at_a_time,
    ten_embeds_take_nothing_until_they_are_near,
    it_looks_as_the_page_around_it_does,
    it_takes_no_focus_and_moves_nothing_by_itself,
    two_directives_are_enough,
    a_step_of_a_lesson_is_shown,
);

/// Nine requests of 200 ms.
const QUICK: &str = "<p>Before</p><interleave-demo id=\"a\" demo=\"nine-requests\" engines=\"await-each,gather\" \
                     parameters=\"requests=9&amp;delay=200\"><p id=\"fallback\">See the demo on its own page.</p></interleave-demo><p>After</p>";
/// In the shadow of the first element.
const SHADOW: &str = "const element = document.getElementById('a'), shadow = element.shadowRoot, stage = shadow?.querySelector('.stage'); ";

async fn look(page: &Page, script: &str) -> Result<Value> {
    page.evaluate(&format!("{SHADOW} return {script}")).await
}

async fn a_click_on_the_poster_runs_it_and_the_page_hears_of_it(page: &Page) -> Result<()> {
    let _both = Embedding::open(page, QUICK).await?;
    page.told("a", "ready", 1).await?;
    page.until(&format!("{SHADOW} return shadow.querySelector('img').naturalWidth > 0")).await?;
    ensure!(
        look(page, "document.getElementById('fallback').checkVisibility()").await? == false,
        "the demo is there instead"
    );
    ensure!(look(page, "getComputedStyle(shadow.querySelector('iframe')).visibility").await? == "hidden");
    ensure!(page.count_told("run").await? == 0, "nobody has asked for a run");
    page.click_poster("a").await?;
    let done = page.told("a", "done", 1).await?;
    ensure!(done["demo"] == "nine-requests", "{done}");
    let runs = done["runs"].as_array().context("a list")?;
    ensure!(runs.iter().map(|run| &run["engine"]).eq(&["await-each", "gather"]), "{done}");
    ensure!(
        runs.iter().all(|run| run["state"] == "done" && run["source"] == "measured" && run["correct"] == true),
        "{done}"
    );
    let took = |at: usize| runs[at]["statistics"]["makespanMs"].as_f64().unwrap_or_default();
    ensure!(took(0) >= 1_800.0 && took(1) >= 200.0 && took(1) * 2.0 < took(0), "{done}");
    ensure!(runs[1]["speedUp"].as_f64() > Some(2.0) && runs[0].get("speedUp").is_none_or(Value::is_null), "{done}");
    ensure!(page.told("a", "run", 1).await?["engines"].as_array().map(Vec::len) == Some(2));

    // In the frame: the demo alone, what this browser allows, and the way out; and it can be run again there.
    page.enter_frame("a").await?;
    page.ran("gather").await?;
    ensure!(page.all(".site-header, .site-footer").await?.is_empty(), "the demo alone");
    page.text_with(&hook("badge"), "core").await?;
    let own = page.attribute(&hook("own-tab"), "href").await?;
    ensure!(own.ends_with("#/demo/nine-requests?engines=await-each%2Cgather&requests=9&delay=200"), "{own}");
    page.click(&hook("run")).await?;
    page.leave_frame().await?;
    page.told("a", "done", 2).await?;
    ensure!(page.count_told("error").await? == 0);
    Ok(())
}

async fn a_page_runs_cancels_and_resets_it(page: &Page) -> Result<()> {
    let body = "<interleave-demo id=\"a\" demo=\"nine-requests\" engines=\"await-each\" parameters=\"delay=2000\"></interleave-demo>";
    let _both = Embedding::open(page, body).await?;
    page.until("return !!customElements.get('interleave-demo')").await?;
    // Before it is ready: it runs as soon as it can.
    page.evaluate("document.getElementById('a').run()").await?;
    page.told("a", "run", 1).await?;
    ensure!(look(page, "element.running").await? == true);
    page.evaluate("document.getElementById('a').cancel()").await?;
    let done = page.told("a", "done", 1).await?;
    ensure!(done["runs"][0]["state"] == "cancelled" && done["runs"][0]["statistics"].is_null(), "{done}");
    ensure!(look(page, "element.running").await? == false);
    page.evaluate("document.getElementById('a').reset()").await?;
    page.told("a", "ready", 2).await?;
    ensure!(look(page, "stage.classList.contains('live')").await? == false, "the poster is back");

    // What is set from a script is shown, from the beginning.
    page.evaluate(
        "Object.assign(document.getElementById('a'), { parameters: 'delay=10&requests=2', engines: 'gather' })",
    )
    .await?;
    page.until(&format!("{SHADOW} return shadow.querySelector('iframe')?.src.includes('requests=2')")).await?;
    page.evaluate("document.getElementById('a').run()").await?;
    let done = page.told("a", "done", 2).await?;
    ensure!(done["runs"][0]["engine"] == "gather" && done["runs"][0]["state"] == "done", "{done}");
    // An element that goes takes its frame with it.
    page.evaluate("window.gone = document.getElementById('a'); gone.remove()").await?;
    ensure!(page.evaluate("return gone.shadowRoot.querySelector('iframe')").await?.is_null());
    Ok(())
}

async fn one_runs_at_a_time(page: &Page) -> Result<()> {
    let one = |id: &str, rest: &str| {
        format!(
            "<interleave-demo id=\"{id}\" demo=\"nine-requests\" height=\"200\" engines=\"await-each\" {rest}></interleave-demo>"
        )
    };
    let quick = "parameters=\"requests=2&delay=10\" autoplay";
    let body = [
        one("a", "parameters=\"delay=2000\""),
        one("b", "parameters=\"requests=2&delay=10\""),
        one("c", quick),
        one("d", quick),
    ];
    let _both = Embedding::open(page, &body.concat()).await?;
    // Those that play by themselves do so one after another.
    let (first, second) = (page.told("c", "done", 1).await?, page.told("d", "done", 1).await?);
    ensure!(first["runs"][0]["state"] == "done" && second["runs"][0]["state"] == "done", "{first} {second}");
    let order =
        page.evaluate("return heard.filter(([, name]) => name !== 'ready').map(([, name]) => name).join()").await?;
    ensure!(order == "run,done,run,done", "{order}");
    // Whom somebody starts runs; whoever ran is cancelled.
    page.click_poster("a").await?;
    page.told("a", "run", 1).await?;
    page.click_poster("b").await?;
    let cancelled = page.told("a", "done", 1).await?;
    ensure!(cancelled["runs"][0]["state"] == "cancelled", "{cancelled}");
    ensure!(page.told("b", "done", 1).await?["runs"][0]["state"] == "done");
    Ok(())
}

async fn ten_embeds_take_nothing_until_they_are_near(page: &Page) -> Result<()> {
    let one = |number: usize| {
        format!(
            "<div style=\"height: 3000px\">Text</div><interleave-demo id=\"e{number}\" demo=\"primes\" engines=\"processes\" parameters=\"bound=100000\"></interleave-demo>"
        )
    };
    let _both = Embedding::open(page, &(0..10).map(one).collect::<String>()).await?;
    let frames = "[...document.querySelectorAll('interleave-demo')].filter(each => each.shadowRoot?.querySelector('iframe')).map(each => each.id).join()";
    page.until("return [...document.querySelectorAll('interleave-demo')].every(each => each.shadowRoot)").await?;
    // Not every browser's processes tell.
    let memory = || page.memory_mb().map_or("unknown".to_owned(), |mb| format!("{mb:.0} MB"));
    let before = memory();
    ensure!(page.evaluate(&format!("return {frames}")).await? == "", "none is near");
    page.evaluate("document.getElementById('e4').scrollIntoView({ block: 'center' })").await?;
    page.told("e4", "ready", 1).await?;
    ensure!(page.evaluate(&format!("return {frames}")).await? == "e4", "one is near");
    let workers = page.workers()?.len();
    page.click_poster("e4").await?;
    let done = page.told("e4", "done", 1).await?;
    ensure!(done["runs"][0]["state"] == "done", "{done}");
    ensure!(page.count_told("run").await? == 1 && page.count_told("ready").await? == 1, "only what was started runs");
    ensure!(page.workers()?.len() > workers, "workers come with the first run, not before");
    println!("memory with ten embeds: {before} before any is near, {} with one that has run", memory());
    Ok(())
}

async fn it_looks_as_the_page_around_it_does(page: &Page) -> Result<()> {
    let body = QUICK.replace(
        "<p>Before</p>",
        "<style>body { color: #111; background: #fff } body.night { color: #eee; background: #111 }</style>",
    );
    let _both = Embedding::open(page, &body).await?;
    page.told("a", "ready", 1).await?;
    ensure!(look(page, "stage.classList.contains('dark')").await? == false);
    page.evaluate("document.body.classList.add('night')").await?;
    page.until(&format!("{SHADOW} return stage.classList.contains('dark')")).await?;
    page.enter_frame("a").await?;
    page.until("return document.documentElement.dataset.theme === 'dark'").await?;
    page.leave_frame().await?;
    page.evaluate("document.getElementById('a').theme = 'light'").await?;
    page.enter_frame("a").await?;
    page.until("return document.documentElement.dataset.theme === 'light'").await?;
    ensure!(
        page.evaluate("return localStorage.getItem('interleave.theme')").await?.is_null(),
        "nobody has chosen it on the site"
    );
    page.leave_frame().await
}

async fn it_takes_no_focus_and_moves_nothing_by_itself(page: &Page) -> Result<()> {
    let body = QUICK
        .replace("id=\"a\"", "id=\"a\" autoplay")
        .replace("<p>After</p>", "<p id=\"after\">After</p><input id=\"field\">");
    let _both = Embedding::open(page, &body).await?;
    // Giving the field the focus would scroll to it, which is then not the element's doing.
    page.evaluate("document.getElementById('field').focus({ preventScroll: true }); window.top0 = document.getElementById('after').getBoundingClientRect().top").await?;
    ensure!(page.evaluate("return scrollY").await? == 0, "at the top of the page");
    let _ = page.told("a", "done", 1).await?;
    ensure!(page.evaluate("return document.activeElement.id").await? == "field", "the focus stays");
    let moved = page.evaluate("return document.getElementById('after').getBoundingClientRect().top - top0").await?;
    ensure!(moved.as_f64() == Some(0.0), "nothing moves: {moved}");
    ensure!(page.evaluate("return scrollY").await? == 0, "nothing scrolls");
    // Who runs it by the keyboard goes on in it, and now it may be as high as it likes.
    page.evaluate("document.getElementById('a').autoplay = false; document.getElementById('a').reset()").await?;
    page.told("a", "ready", 2).await?;
    page.evaluate("document.getElementById('a').shadowRoot.querySelector('button').focus()").await?;
    page.evaluate("document.getElementById('a').shadowRoot.querySelector('button').click()").await?;
    page.told("a", "done", 2).await?;
    page.until("return document.activeElement.id === 'a'").await?;
    page.until(&format!("{SHADOW} return stage.getBoundingClientRect().height > 500")).await
}

async fn two_directives_are_enough(page: &Page) -> Result<()> {
    let policy = |rest: &str| {
        format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src SITEembed.js; {rest}\">"
        )
    };
    for (rest, is_enough) in
        [("frame-src SITE; img-src SITE data:", true), ("frame-src SITE", true), ("img-src SITE data:", false)]
    {
        let _both = Embedding::with_head(page, &policy(rest), QUICK).await?;
        page.listen().await?;
        page.click_poster("a").await?;
        if is_enough {
            let done = page.told("a", "done", 1).await?;
            ensure!(done["runs"][1]["state"] == "done", "{done}");
        }
        // What is forbidden is reported by the browser; nothing else is.
        let errors = page.take_errors().await?;
        let blocked = |what: &str| errors.iter().any(|error| error.contains(what));
        match rest {
            "frame-src SITE" => ensure!(
                errors
                    .iter()
                    .all(|error| error.contains("img-src") || error.contains("favicon") || error.contains("data:")),
                "{errors:?}"
            ),
            _ if is_enough => ensure!(errors.is_empty(), "{errors:?}"),
            _ => ensure!(page.count_told("done").await? == 0 && !blocked("TypeError"), "{errors:?}"),
        }
    }
    let _ = page.take_errors().await?;
    Ok(())
}

async fn a_step_of_a_lesson_is_shown(page: &Page) -> Result<()> {
    let body = "<interleave-demo id=\"a\" lesson=\"event-loop\" step=\"2\"></interleave-demo><interleave-demo id=\"b\" lesson=\"event-loop\" step=\"no-such\"><p id=\"b-fallback\">Instead</p></interleave-demo>";
    let _both = Embedding::open(page, body).await?;
    page.told("a", "ready", 1).await?;
    page.enter_frame("a").await?;
    page.find(&hook("step")).await?;
    page.leave_frame().await?;
    ensure!(look(page, "stage.classList.contains('live')").await? == true);
    let error = page.told("b", "error", 1).await?;
    ensure!(error["message"].as_str().is_some_and(|said| said.contains("no step “no-such”")), "{error}");
    ensure!(page.evaluate("return document.getElementById('b-fallback').checkVisibility()").await? == true);
    Ok(())
}

#[test]
fn the_element_is_small() -> Result<()> {
    let script = std::fs::read(dist()?.join("embed.js"))?;
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut script.as_slice(), &mut packed, &brotli::enc::BrotliEncoderParams::default())?;
    println!("embed.js: {} bytes, {} with brotli", script.len(), packed.len());
    ensure!(packed.len() <= 5_000, "{} bytes with brotli", packed.len());
    Ok(())
}
