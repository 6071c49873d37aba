//! The demos beyond the first two: what can be chosen in them, what they show, and what becomes of them where something is
//! missing or goes wrong.

use anyhow::{Result, ensure};
use user_tests::{Page, chart, hook, in_both_browsers, isolated, neighbour, not_isolated};

in_both_browsers!(
    a_way_of_counting_is_chosen_from_a_list,
    a_race_shows_how_many_rounds_lost_updates,
    addresses_of_ones_own_are_asked_and_a_refusal_is_explained,
    an_address_that_is_none_is_explained_at_its_field,
    requests_that_fail_are_named_and_succeed_when_they_are_tried_again,
    the_mandelbrot_set_appears_tile_by_tile,
    pictures_are_downloaded_and_decoded,
    pictures_are_saved_sooner_where_the_page_waits_and_processes_compute,
    a_deadlock_names_who_holds_what_and_the_next_run_works,
    a_pipeline_runs_on_threads_and_on_processes,
    without_isolation_the_process_pool_takes_over_when_it_is_asked_to,
    a_page_that_was_hidden_during_a_run_says_so,
    more_threads_than_cores_can_be_had,
    the_demos_are_listed_under_headings,
);

async fn a_way_of_counting_is_chosen_from_a_list(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/demo/race?engines=threads&increments=20000&rounds=3", server.url())).await?;
    page.select(&hook("param-how"), "2").await?;
    page.until("return location.hash.includes('how=2')").await?;
    page.click(&hook("run")).await?;
    let says = page.right("threads").await?;
    ensure!(says.contains("none of 120,000 updates was lost"), "{says}");
    page.session().refresh().await?;
    ensure!(page.value(&hook("param-how")).await? == "2", "the address keeps what was chosen");
    Ok(())
}

async fn a_race_shows_how_many_rounds_lost_updates(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.run(&server.url(), "race?engines=threads&how=0&rounds=5&increments=1000000").await?;
    let says = page.right("threads").await?;
    ensure!(says.contains("of 10,000,000 updates"), "{says}");
    page.find(&chart("threads", "histogram")).await?;
    let sum = "return [...document.querySelectorAll('[data-test=histogram] .number')].reduce((sum, bar) => sum + Number(bar.lastChild.textContent), 0)";
    ensure!(page.evaluate(sum).await? == 5, "each round stands in one bar");
    page.text_with(&chart("threads", "counters"), "counter 1: ").await?;
    Ok(())
}

async fn addresses_of_ones_own_are_asked_and_a_refusal_is_explained(page: &Page) -> Result<()> {
    let server = isolated()?;
    let open = neighbour("Access-Control-Allow-Origin: *\r\n")?;
    let closed = neighbour("")?;
    page.goto(&format!("{}#/demo/urls?engines=gather", server.url())).await?;
    page.text_with(&hook("run-note"), "Give at least one address").await?;
    page.type_into(&hook("urls"), &format!("{open}\n{closed}")).await?;
    page.click(&hook("run")).await?;
    page.ran("gather").await?;
    let says = page.text_with(&chart("gather", "verdict"), "1 of 2 answered").await?;
    ensure!(says.contains("request 2: ") && says.contains("CORS") && says.contains(&closed), "{says}");
    page.click(&format!("{} summary", hook("table"))).await?;
    page.text_with(&hook("table-row"), "task failed").await?;
    let badge = page.hidden_text(&chart("gather", "provenance")).await?;
    ensure!(badge.contains("servers that you named"), "{badge}");
    // The browser reports by itself that it kept the answer from the page; that is as it should be, and all.
    let errors = page.take_errors().await?;
    ensure!(errors.iter().all(|error| error.contains(&closed)), "{}", errors.join("\n"));
    // The one that answers does so alone.
    page.type_into(&hook("urls"), &open).await?;
    page.text(&hook("stale")).await?;
    page.click(&hook("run")).await?;
    page.text_with(&chart("gather", "verdict"), "1 responses, 5 bytes").await?;
    Ok(())
}

async fn an_address_that_is_none_is_explained_at_its_field(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/demo/urls?engines=gather", server.url())).await?;
    page.type_into(&hook("urls"), "example.org").await?;
    page.text_with(&hook("field-error"), "Line 1: “example.org” is no full address").await?;
    ensure!(!page.find(&hook("run")).await?.is_enabled().await?, "Run waits until it is put right");
    ensure!(page.value(&hook("urls")).await? == "example.org", "what was typed is still there");
    Ok(())
}

async fn requests_that_fail_are_named_and_succeed_when_they_are_tried_again(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.run(&server.url(), "unreliable?engines=gather&requests=6&delay=50&failing=3&failures=1&retries=0").await?;
    let says = page.text_with(&chart("gather", "verdict"), "4 of 6 answered").await?;
    ensure!(says.contains("request 3: ") && says.contains("request 6: "), "{says}");
    ensure!(says.contains("status 503"), "{says}");
    page.text_with(".legend", "failed here").await?;
    page.type_into(&hook("param-retries"), "1").await?;
    page.click(&hook("run")).await?;
    page.text_with(&chart("gather", "verdict"), "6 responses").await?;
    page.right("gather").await?;
    // A browser reports an answer with such a status, which here is asked for.
    let errors = page.take_errors().await?;
    ensure!(errors.iter().all(|error| error.contains("slow/50") && error.contains("503")), "{}", errors.join("\n"));
    Ok(())
}

async fn the_mandelbrot_set_appears_tile_by_tile(page: &Page) -> Result<()> {
    let server = isolated()?;
    // Whoever watches sees how many tiles there are at each change.
    page.goto(&format!("{}#/demo/mandelbrot?engines=threads&threads=2&tiles=24&iterations=20000", server.url()))
        .await?;
    page.evaluate(
        "window.seen = []; new MutationObserver(changes => changes.forEach(({ target }) => seen.push(Number(target.dataset.tiles)))).observe(document.body, { subtree: true, attributeFilter: ['data-tiles'] })",
    )
    .await?;
    page.click(&hook("run")).await?;
    page.right("threads").await?;
    page.find(&format!("{}[data-tiles=\"24\"]", hook("picture"))).await?;
    page.until("return seen.some(tiles => tiles > 0 && tiles < 24)").await?;
    let colours = "const { width, height } = document.querySelector('[data-test=picture]'); const pixels = document.querySelector('[data-test=picture]').getContext('2d').getImageData(0, 0, width, height).data; return new Set(new Uint32Array(pixels.buffer)).size > 50 && pixels.every((byte, at) => at % 4 < 3 || byte === 255)";
    ensure!(page.evaluate(colours).await? == true, "every pixel is drawn, in many colours");
    // Back to the start of the replay there is nothing.
    page.find(&hook("scrub")).await?.focus().await?;
    page.keys(thirtyfour::Key::Home).await?;
    page.find(&format!("{}[data-tiles=\"0\"]", hook("picture"))).await?;
    page.keys(thirtyfour::Key::End).await?;
    page.find(&format!("{}[data-tiles=\"24\"]", hook("picture"))).await?;
    Ok(())
}

async fn pictures_are_downloaded_and_decoded(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.run(&server.url(), "pictures?engines=main,gather,threads,processes&delay=50").await?;
    for engine in ["main", "gather", "threads", "processes"] {
        let says = page.right(engine).await?;
        ensure!(says.contains("8 pictures, every pixel as it should be"), "{engine}: {says}");
        page.find(&format!("{}[data-tiles=\"8\"]", chart(engine, "picture"))).await?;
    }
    Ok(())
}

async fn pictures_are_saved_sooner_where_the_page_waits_and_processes_compute(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.run(&server.url(), "capstone?engines=main,executor&photos=12&limit=12&processes=2").await?;
    for engine in ["main", "executor"] {
        let says = page.right(engine).await?;
        ensure!(says.contains("12 pictures, every pixel as it should be"), "{engine}: {says}");
        page.find(&format!("{}[data-tiles=\"12\"]", chart(engine, "picture"))).await?;
    }
    let [main_ms, executor_ms] = [page.ran("main").await?, page.ran("executor").await?];
    ensure!(main_ms >= 12.0 * 200.0 && executor_ms * 3.0 < main_ms, "{executor_ms} ms instead of {main_ms} ms");
    Ok(())
}

async fn a_deadlock_names_who_holds_what_and_the_next_run_works(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.run(&server.url(), "deadlock?engines=threads&order=0").await?;
    let says = page.text(&chart("threads", "error")).await?;
    for part in ["thread 1", "thread 2", "lock A", "lock B"] {
        ensure!(says.contains(part), "{part} is not named: {says}");
    }
    page.click(&format!("{} summary", hook("table"))).await?;
    page.text_with(&hook("table-row"), "waiting for others: lock").await?;
    page.text_with(&hook("table-row"), "deadlock found").await?;
    page.run(&server.url(), "primes?engines=threads&threads=2&bound=200000").await?;
    page.right("threads").await?;
    Ok(())
}

async fn a_pipeline_runs_on_threads_and_on_processes(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.run(&server.url(), "pipeline?engines=threads,fresh-processes,processes&items=12").await?;
    for engine in ["threads", "fresh-processes", "processes"] {
        page.right(engine).await?;
    }
    page.text_with(".legend", "waiting for others").await?;
    Ok(())
}

async fn without_isolation_the_process_pool_takes_over_when_it_is_asked_to(page: &Page) -> Result<()> {
    let server = not_isolated()?;
    page.run(&server.url(), "primes?engines=gather,threads&bound=200000").await?;
    page.right("gather").await?;
    page.text_with(&chart("threads", "unavailable"), "cross-origin isolated").await?;
    ensure!(page.text(&chart("threads", "instead")).await? == "Run it on the process pool instead");
    page.click(&chart("threads", "instead")).await?;
    let says = page.right("processes").await?;
    ensure!(says.contains("17,984 primes below 200,000"), "{says}");
    ensure!(page.all(&chart("threads", "unavailable")).await?.is_empty(), "the pool has been replaced");
    page.right("gather").await?;
    page.text(&chart("processes", "ratio")).await?;
    page.until("return location.hash.includes('engines=gather,processes')").await?;
    // Where there is no other rung that is said.
    page.goto(&format!("{}#/demo/barrier?engines=threads", server.url())).await?;
    page.text_with(&chart("threads", "unavailable"), "There is no other engine here that can run it.").await?;
    Ok(())
}

async fn a_page_that_was_hidden_during_a_run_says_so(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/demo/nine-requests?engines=await-each&delay=200", server.url())).await?;
    page.find(&hook("run")).await?;
    // In the middle of the run, whenever that is.
    let hide = "if (!/[1-8] of 9 tasks/.test(document.querySelector('[data-test=progress]')?.textContent)) return false; \
                Object.defineProperty(document, 'hidden', { configurable: true, value: true }); \
                document.dispatchEvent(new Event('visibilitychange')); return true";
    page.note("hidden", hide).await?;
    page.click(&hook("run")).await?;
    page.ran("await-each").await?;
    page.noted("hidden").await?;
    page.text_with(&chart("await-each", "provenance"), "page was hidden").await?;
    Ok(())
}

async fn more_threads_than_cores_can_be_had(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/demo/oversubscribed?engines=threads&bound=200000&tasks=32", server.url())).await?;
    page.type_into(&hook("param-threads"), "33").await?;
    page.text_with(&hook("field-error"), "from 1 to 32").await?;
    page.type_into(&hook("param-threads"), "32").await?;
    page.click(&hook("run")).await?;
    page.right("threads").await?;
    // Threads that computed for equally long are told together.
    let shares = page
        .evaluate("return [...document.querySelectorAll('.lane-share')].map(share => share.textContent).join('|')")
        .await?;
    ensure!(
        shares.as_str().is_some_and(|shares| shares.contains("thread 1") && shares.contains("thread 32")),
        "{shares}"
    );
    Ok(())
}

async fn the_demos_are_listed_under_headings(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&format!("{}#/demos", server.url())).await?;
    page.find(".demo-card").await?;
    let empty = "return [...document.querySelectorAll('.demo-group')].filter(group => !group.querySelector('h2').textContent || !group.querySelector('.demo-card')).length";
    ensure!(page.evaluate(empty).await? == 0);
    ensure!(page.all(".demo-group").await?.len() == 5 && page.all(".demo-card").await?.len() >= 25);
    page.click(".demo-card a[href=\"#/demo/philosophers\"]").await?;
    page.find(&hook("run")).await?;
    Ok(())
}
