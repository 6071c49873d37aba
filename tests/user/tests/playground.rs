//! The playground: a plan is composed by keys and by pointer, run, undone, and handed on as a link, with what was recorded and without.

use anyhow::{Result, ensure};
use thirtyfour::Key;
use user_tests::{Page, chart, hook, in_both_browsers, isolated, not_isolated};

in_both_browsers!(
    beside others:
    a_plan_is_composed_by_keys_and_run,
    a_plan_is_composed_by_pointer,
    what_was_chosen_is_undone_and_redone,
    a_plan_of_the_catalogue_opens_as_text,
    a_link_reproduces_it,
    a_recording_replays_without_threads,
    a_bad_link_says_so_and_opens_the_rest,
);

/// A plan that runs within moments.
const QUICK: &str = "lock printer\ntask a * 2\n acquire printer\n compute 5\nrelease printer\n";

async fn open(page: &Page, link: &str) -> Result<()> {
    page.goto(link).await?;
    page.find(&hook("demo")).await?;
    Ok(())
}

async fn a_plan_is_composed_by_keys_and_run(page: &Page) -> Result<()> {
    let server = isolated()?;
    open(page, &format!("{}#/playground?engines=threads", server.url())).await?;
    page.type_into(&hook("plan"), "lock printer\ntask a\nacquire printr\n").await?;
    page.text_with(&hook("plan-problem"), "Line 3: there is no lock or semaphore “printr”; there are: printer.")
        .await?;
    page.text_with(&hook("run-note"), "Line 3").await?;
    ensure!(!page.find(&hook("run")).await?.is_enabled().await?, "what is wrong cannot be run");
    // The message leads to its line, and typing goes on there.
    page.find(&hook("plan-problem")).await?.send_keys(Key::Enter).await?;
    page.until("const area = document.activeElement; return area.dataset.test === 'plan' && area.value.slice(area.selectionStart, area.selectionEnd) === 'acquire printr'").await?;
    page.keys("acquire printer\ncompute 5\nrelease printer").await?;
    page.until(&format!("return document.querySelector('{}') === null", hook("plan-problem"))).await?;
    // Tab leaves the field.
    page.keys(Key::Tab).await?;
    page.until("return document.activeElement.dataset.test !== 'plan'").await?;
    page.click(&hook("run")).await?;
    page.right("threads").await?;
    Ok(())
}

async fn a_plan_is_composed_by_pointer(page: &Page) -> Result<()> {
    let server = isolated()?;
    open(page, &format!("{}#/playground?engines=threads,gather&plan=", server.url())).await?;
    for name in ["Task", "Lock", "Acquire", "Release"] {
        page.click(&format!("{}[data-name=\"{name}\"]", hook("snippet"))).await?;
    }
    let text = page.value(&hook("plan")).await?;
    ensure!(
        text.starts_with("lock lock\n") && text.contains("compute 50") && text.contains("acquire lock\n  release lock"),
        "{text}"
    );
    page.text_with(&hook("run-note"), "“Event loop, all at once” cannot run this plan: its tasks wait for one another")
        .await?;
    page.text_with(&hook("engine-refusal"), "Cannot run this plan").await?;
    page.choose(&format!("{}[data-engine=\"gather\"]", hook("engine-choice"))).await?;
    page.click(&hook("run")).await?;
    page.right("threads").await?;
    Ok(())
}

async fn what_was_chosen_is_undone_and_redone(page: &Page) -> Result<()> {
    let server = isolated()?;
    open(page, &format!("{}#/playground?engines=threads", server.url())).await?;
    let example = page.value(&hook("plan")).await?;
    ensure!(!page.find(&hook("undo")).await?.is_enabled().await?, "there is nothing to undo yet");
    page.type_into(&hook("plan"), QUICK).await?;
    page.choose(&format!("{}[data-engine=\"gil\"]", hook("engine-choice"))).await?;
    page.select(&hook("playground-demo"), "primes").await?;
    page.find(&hook("param-bound")).await?;
    page.click(&hook("undo")).await?;
    let gil = format!("{}[data-engine=\"gil\"]", hook("engine-choice"));
    page.until(&format!(
        "return document.querySelector('{gil}')?.checked === true && document.querySelector('{}') !== null",
        hook("plan")
    ))
    .await?;
    // By keys, outside of a text.
    page.find(&hook("undo")).await?.focus().await?;
    page.keys(Key::Control + "z").await?;
    page.until(&format!("return document.querySelector('{gil}').checked === false")).await?;
    let is = |text: &str| format!("return document.querySelector('{}').value === {text:?}", hook("plan"));
    page.until(&is(QUICK)).await?;
    while page.find(&hook("undo")).await?.is_enabled().await? {
        page.click(&hook("undo")).await?;
    }
    page.until(&is(&example)).await?;
    page.find(&hook("redo")).await?.focus().await?;
    while page.find(&hook("redo")).await?.is_enabled().await? {
        page.keys(Key::Control + Key::Shift + "z").await?;
    }
    page.find(&hook("param-bound")).await?;
    Ok(())
}

async fn a_plan_of_the_catalogue_opens_as_text(page: &Page) -> Result<()> {
    let server = isolated()?;
    open(page, &format!("{}#/demo/nine-requests?engines=gather&requests=4&delay=20", server.url())).await?;
    page.click(&hook("to-playground")).await?;
    page.find(&hook("as-text")).await?;
    ensure!(page.value(&hook("param-requests")).await? == "4", "the choice is kept");
    page.click(&hook("as-text")).await?;
    page.until(&format!(
        "return document.querySelector('{}')?.value === 'task request * 4\\n  request 20 bytes=2000\\n'",
        hook("plan")
    ))
    .await?;
    page.click(&hook("run")).await?;
    page.right("gather").await?;
    page.session().back().await?;
    page.text_with("h1", "Nine requests").await?;
    Ok(())
}

async fn a_link_reproduces_it(page: &Page) -> Result<()> {
    let server = isolated()?;
    open(page, &format!("{}#/playground?engines=threads,simulated&cores=3", server.url())).await?;
    page.type_into(&hook("plan"), QUICK).await?;
    let link = page.attribute(&hook("copy-link"), "data-link").await?;
    // Nothing is left of the visit before.
    fresh(page).await?;
    open(page, &link).await?;
    ensure!(page.value(&hook("plan")).await? == QUICK, "the text");
    ensure!(page.value(&hook("param-cores")).await? == "3", "the value");
    let chosen = "return [...document.querySelectorAll('[data-test=engine-choice]:checked')].map(box => box.dataset.engine).join() === 'threads,simulated'";
    page.until(chosen).await?;
    ensure!(page.attribute(&hook("copy-link"), "data-link").await? == link, "and the same link");
    Ok(())
}

/// Empties what the site keeps, as a browser that was never there.
async fn fresh(page: &Page) -> Result<()> {
    page.evaluate("localStorage.clear(); sessionStorage.clear()").await?;
    page.session().delete_all_cookies().await?;
    Ok(())
}

async fn a_recording_replays_without_threads(page: &Page) -> Result<()> {
    let server = isolated()?;
    open(page, &format!("{}#/playground?engines=gil,threads", server.url())).await?;
    page.type_into(&hook("plan"), QUICK).await?;
    page.click(&hook("run")).await?;
    page.right("threads").await?;
    let took = page.text(&chart("threads", "makespan")).await?;
    let link = recorded_link(page).await?;
    // The same page from a host that isolates nothing, where no thread can run.
    let plain = not_isolated()?;
    let link = link.replace(&server.url(), &plain.url());
    open(page, &link).await?;
    page.text_with(&hook("recording"), "recorded on a machine with").await?;
    ensure!(page.text(&chart("threads", "makespan")).await? == took, "the same recording");
    ensure!(page.text(&chart("threads", "provenance")).await?.contains("recorded"), "marked as what it is");
    ensure!(page.value(&hook("plan")).await? == QUICK, "of the same plan");
    page.find(&hook("replay")).await?;
    page.find(&hook("table")).await?;
    page.click(&hook("drop-recording")).await?;
    page.text_with(&hook("unavailable"), "Not available here").await?;
    let address = page.session().current_url().await?;
    ensure!(!address.as_str().contains("trace="), "{address}");
    Ok(())
}

/// The link with the recording, once it is made.
async fn recorded_link(page: &Page) -> Result<String> {
    page.click(&hook("copy-recording")).await?;
    page.find(&format!("{}[data-link]", hook("copy-recording"))).await?;
    page.attribute(&hook("copy-recording"), "data-link").await
}

async fn a_bad_link_says_so_and_opens_the_rest(page: &Page) -> Result<()> {
    let server = isolated()?;
    open(page, &format!("{}#/playground?demo=nine-requests&engines=gather&requests=3&delay=20", server.url())).await?;
    page.click(&hook("run")).await?;
    page.right("gather").await?;
    let good = recorded_link(page).await?;
    let (rest, trace) = good.split_once("&trace=1.").unwrap_or_default();
    ensure!(good.len() < 32_000 && trace.len() > 100, "{good}");
    let other = if trace.as_bytes()[80] == b'A' { "B" } else { "A" };
    let long = "A".repeat(1_900_000);
    for (bad, says) in [
        (good[..good.len() - 40].to_owned(), "cut off or altered"),
        (format!("{rest}&trace=1.{}{other}{}", &trace[..80], &trace[81..]), "cut off or altered"),
        (format!("{rest}&trace=2.{trace}"), "newer version of this page"),
        (format!("{rest}&colour={long}"), "more than any link from here"),
        (format!("{rest}&trace=1.{}", &long[..900_000]), "more than any link from here"),
        (format!("{rest}&trace=1.{}", &long[..200_000]), "more than any that is made here"),
    ] {
        // Firefox takes no address of more than a megabyte.
        if bad.len() > 1_000_000 && page.evaluate("return navigator.userAgent.includes('Firefox')").await? == true {
            continue;
        }
        open(page, &bad).await?;
        page.text_with(&hook("link-problem"), says).await?;
        ensure!(page.value(&hook("param-requests")).await? == "3", "the rest of the link is kept");
        ensure!(page.all(&hook("recording")).await?.is_empty(), "nothing is shown as recorded");
        page.click(&hook("run")).await?;
        page.right("gather").await?;
        // Firefox's own record of visits has no room for an address so long, and says so in the page's name.
        let errors = page.take_errors().await?;
        ensure!(errors.iter().all(|error| error.contains("PlacesUtils.sys.mjs")), "{says}: the console shows errors");
    }
    open(page, &format!("{}#/playground?demo=nine-lives&plan=task+a%0A+nap+5", server.url())).await?;
    page.text_with(&hook("link-problem"), "There is no demo “nine-lives”").await?;
    page.text_with(&hook("link-problem"), "there is no step “nap”").await?;
    ensure!(
        page.value(&hook("plan")).await? == "task a\n nap 5",
        "what came with the link stands there to be put right"
    );
    Ok(())
}
