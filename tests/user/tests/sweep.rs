//! Sweeps over workers and over sizes of chunks, made as a learner makes them: unfolded by a link or by hand, cancelled, saved.

use anyhow::{Context, Result, ensure};
use thirtyfour::Key;
use user_tests::{Page, hook, in_both_browsers, isolated, not_isolated};

in_both_browsers!(
    a_sweep_over_workers_shows_what_was_measured_and_how_it_goes_on,
    a_sweep_is_made_by_the_keyboard_alone,
    a_sweep_that_is_cancelled_keeps_what_there_is_and_the_next_run_works,
    chunks_are_swept_as_well,
    without_shared_memory_processes_are_swept,
    a_link_to_a_sweep_that_cannot_be_is_told,
);

/// Work of some tens of ms, in eight tasks.
const SMALL: &str = "primes?engines=threads&bound=1000000&tasks=8";

async fn open(page: &Page, site: &str, link: &str) -> Result<()> {
    page.goto(&format!("{site}#/demo/{link}")).await?;
    page.find(&hook("run")).await.map(drop)
}

/// Waits until a sweep stands so.
async fn stands(page: &Page, state: &str) -> Result<()> {
    page.find(&format!("{}[data-state=\"{state}\"]", hook("sweep"))).await.map(drop)
}

/// Whether a sweep has come to this run, or beyond.
fn at_run(number: u32) -> String {
    format!(
        "return /Run (\\d+) of/.exec(document.querySelector('[data-test=sweep-progress]')?.textContent)?.[1] >= {number}"
    )
}

/// Has it noted when a button cannot be pressed.
async fn note_locked(page: &Page, name: &str) -> Result<()> {
    page.note("locked", &format!("return document.querySelector('{}:disabled') !== null", hook(name))).await
}

/// As many workers as are measured: twice the cores.
async fn most(page: &Page) -> Result<usize> {
    let cores = page.evaluate("return navigator.hardwareConcurrency").await?;
    Ok(cores.as_u64().context("cores")? as usize * 2)
}

/// The cells of the table, row by row.
async fn table(page: &Page) -> Result<Vec<Vec<String>>> {
    let rows = "return [...document.querySelectorAll('[data-test=sweep-row]')].map(row => [...row.cells].map(cell => cell.textContent))";
    Ok(serde_json::from_value(page.evaluate(rows).await?)?)
}

async fn a_sweep_over_workers_shows_what_was_measured_and_how_it_goes_on(page: &Page) -> Result<()> {
    let server = isolated()?;
    open(page, &server.url(), &format!("{SMALL}&sweep=threads,workers,2")).await?;
    let most = most(page).await?;
    page.text_with(&hook("sweep-note"), &format!("by 1 to {most} threads, 2 times each")).await?;
    stands(page, "idle").await?;
    note_locked(page, "run").await?;
    let progress = "document.querySelector('[data-test=sweep-progress]')?.textContent";
    page.note("told", &format!("return {progress}?.includes('of {}')", 2 * most)).await?;
    page.click(&hook("sweep-run")).await?;
    stands(page, "done").await?;
    // The machine was the sweep's.
    page.noted("locked").await?;
    page.noted("told").await?;
    page.find(&format!("{}:enabled", hook("run"))).await?;

    let words = page.text(&hook("sweep-words")).await?;
    for part in
        ["as fast as one", "cores", "Simulated with a core for each, 1,024 workers", "only 8 tasks", "on this machine"]
    {
        ensure!(words.contains(part), "“{part}” is missing: {words}");
    }
    page.click(&hook("sweep-far")).await?;
    let picture = page.text_with(&format!("{} svg", hook("curve")), "1,024").await?;
    for part in ["measured: median and middle half", "more workers than cores", "simulated", "ideal"] {
        ensure!(picture.contains(part), "“{part}” is missing in the picture: {picture}");
    }
    let rows = table(page).await?;
    ensure!(rows.len() == most + 10, "{rows:?}");
    for (row, workers) in rows.iter().zip(1..=most) {
        ensure!(row[0] == workers.to_string() && row[1].starts_with("measured") && row[2] == "2", "{row:?}");
        ensure!(row[3].parse::<f64>()? > 0.0 && row[4].parse::<f64>()? > 0.0 && row[5].contains(" to "), "{row:?}");
    }
    ensure!(rows[most..].iter().all(|row| row[1] == "simulated"), "{rows:?}");
    let far = |row: usize| rows[most + row][4].parse::<f64>();
    // 8 workers and 1,024.
    ensure!(far(2)? > 4.0 && rows[most + 2][4] == rows[most + 9][4], "{rows:?}");

    // Whoever points at a point is told its numbers.
    page.find(&hook("curve")).await?.focus().await?;
    page.keys(Key::Right).await?;
    let first = page.text_with(&hook("curve-said"), "1 worker: ").await?;
    let (x, y) = page.middle(".curve-pointed circle").await?;
    page.keys(Key::Escape).await?;
    page.text_with(&hook("curve-said"), "Point at a point").await?;
    page.session().action_chain().move_to(x, y).perform().await?;
    ensure!(page.text_with(&hook("curve-said"), "1 worker: ").await? == first);

    page.click(&hook("sweep-near")).await?;
    page.until(
        "return [...document.querySelectorAll('[data-test=curve] text')].every(text => text.textContent !== '1,024')",
    )
    .await?;
    page.keep_saved().await?;
    page.click(&hook("sweep-csv")).await?;
    page.text_with(&hook("sweep-saved"), "interleave-primes-threads-speed-up.csv").await?;
    let csv = page.evaluate("return window.saved['interleave-primes-threads-speed-up.csv'].text()").await?;
    let csv = csv.as_str().unwrap_or_default();
    ensure!(csv.matches("measured,").count() == 2 * most && csv.matches("simulated,").count() == 10, "{csv}");
    page.click(&hook("sweep-svg")).await?;
    page.text_with(&hook("sweep-saved"), "interleave-primes-threads-speed-up.svg").await?;
    let svg = page.evaluate("return window.saved['interleave-primes-threads-speed-up.svg'].text()").await?;
    let svg = svg.as_str().unwrap_or_default();
    ensure!(svg.starts_with("<svg") && !svg.contains("var("), "a file has colours of its own: {svg}");

    page.type_into(&hook("param-bound"), "900000").await?;
    page.text_with(&hook("sweep-stale"), "other values").await?;
    Ok(())
}

async fn a_sweep_is_made_by_the_keyboard_alone(page: &Page) -> Result<()> {
    let server = isolated()?;
    open(page, &server.url(), SMALL).await?;
    page.find(&format!("{} > summary", hook("sweep"))).await?.focus().await?;
    page.keys(Key::Enter).await?;
    page.until("return location.hash.includes('sweep=threads,workers,5')").await?;
    for list in ["sweep-engine", "sweep-over", "sweep-repeats"] {
        page.keys(Key::Tab).await?;
        page.until(&format!("return document.activeElement.dataset.test === '{list}'")).await?;
    }
    page.keys("o").await?;
    page.until("return location.hash.includes('sweep=threads,workers,1')").await?;
    page.keys(Key::Tab).await?;
    page.keys(Key::Enter).await?;
    stands(page, "done").await?;
    page.until("return document.activeElement.dataset.test === 'sweep-run'").await?;
    page.text_with(&hook("sweep-words"), "a point is one run").await?;
    ensure!(page.text(&hook("sweep-run")).await? == "Measure again");
    Ok(())
}

async fn a_sweep_that_is_cancelled_keeps_what_there_is_and_the_next_run_works(page: &Page) -> Result<()> {
    let server = isolated()?;
    open(page, &server.url(), "primes?engines=threads&bound=2000000&tasks=8&sweep=threads,workers,20").await?;
    page.click(&hook("sweep-run")).await?;
    page.until(&at_run(3)).await?;
    page.click(&hook("sweep-cancel")).await?;
    stands(page, "cancelled").await?;
    page.text_with(&hook("sweep-words"), "It was cut short after").await?;
    let rows = table(page).await?;
    ensure!(rows.len() >= 2 && rows.iter().all(|row| row[1].starts_with("measured")), "{rows:?}");
    note_locked(page, "sweep-run").await?;
    page.click(&hook("run")).await?;
    page.right("threads").await?;
    page.noted("locked").await?;
    page.click(&hook("sweep-run")).await?;
    page.until(&at_run(2)).await?;
    // Leaving the page gives it up, and another demo can be run.
    page.evaluate("location.hash = '#/demo/sha256?engines=threads&blocks=200'").await?;
    page.find(&format!("{}[data-demo=\"sha256\"] {}", hook("demo"), hook("run"))).await?;
    page.click(&hook("run")).await?;
    page.right("threads").await?;
    Ok(())
}

async fn chunks_are_swept_as_well(page: &Page) -> Result<()> {
    let server = isolated()?;
    open(page, &server.url(), "primes?engines=threads&bound=500000&sweep=threads,workers,1").await?;
    page.select(&hook("sweep-over"), "chunks").await?;
    page.until("return location.hash.includes('sweep=threads,chunks,1')").await?;
    page.text_with(&hook("sweep-note"), "cut into 1 to 64 tasks, for 2 threads, once each: 7 runs").await?;
    page.click(&hook("sweep-run")).await?;
    stands(page, "done").await?;
    let rows = table(page).await?;
    let sizes: Vec<_> = rows.iter().map(|row| row[0].as_str()).collect();
    ensure!(sizes == ["7,813", "15,625", "31,250", "62,500", "125,000", "250,000", "500,000"], "{sizes:?}");
    page.text_with(&hook("sweep-words"), "hunk").await?;
    Ok(())
}

async fn without_shared_memory_processes_are_swept(page: &Page) -> Result<()> {
    let server = not_isolated()?;
    // A clock of 1 ms, as it is there, asks for more to be measured.
    open(page, &server.url(), "primes?engines=processes&bound=3000000&tasks=8&sweep=threads,workers,1").await?;
    page.find(&format!("{}:disabled", hook("sweep-run"))).await?;
    page.click(&hook("sweep-instead")).await?;
    page.until("return location.hash.includes('sweep=processes,workers,1')").await?;
    page.click(&hook("sweep-run")).await?;
    stands(page, "done").await?;
    page.text_with(&hook("sweep-words"), "Simulated with a core for each").await?;
    Ok(())
}

async fn a_link_to_a_sweep_that_cannot_be_is_told(page: &Page) -> Result<()> {
    let server = isolated()?;
    open(page, &server.url(), "race?sweep=threads").await?;
    page.text_with(&hook("link-problem"), "nothing that could be swept").await?;
    ensure!(page.all(&hook("sweep")).await?.is_empty(), "nothing to sweep");
    open(page, &server.url(), "primes?sweep=main,99").await?;
    let told = page.text(&hook("link-problem")).await?;
    ensure!(told.contains("“Main thread” has no workers") && told.contains("“99” is not; 5 was taken"), "{told}");
    page.find(&format!("{}[open]", hook("sweep"))).await?;
    Ok(())
}
