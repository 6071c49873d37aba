//! Traces from files: chosen, dropped, cancelled, broken; and charts that are saved as files, which open again.

use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Result, ensure};
use thirtyfour::Key;
use user_tests::{Page, chart, file, hook, in_both_browsers, isolated, not_isolated};

in_both_browsers!(
    beside others:
    a_file_that_is_chosen_is_drawn_and_listed,
    a_compressed_file_is_opened_on_a_host_without_isolation,
    a_broken_file_says_where_and_loses_nothing,
    a_file_that_is_too_large_is_refused,
    a_large_file_is_read_and_written_beside_the_page,
    a_worker_that_panics_costs_that_file_alone,
    a_file_can_be_dropped_anywhere_on_the_page,
    a_saved_trace_opens_again_with_the_same_slices,
    a_chart_is_saved_by_the_keyboard_alone,
);

/// Two threads; the second does one thing within another, and one that never ends.
const SMALL: &str = r#"{"traceEvents":[
{"ph":"M","name":"thread_name","pid":1,"tid":1,"args":{"name":"reader"}},
{"ph":"X","name":"parse <b>","pid":1,"tid":1,"ts":1000,"dur":2500},
{"ph":"X","name":"load","pid":1,"tid":2,"ts":1500,"dur":4000},
{"ph":"X","name":"unpack","pid":1,"tid":2,"ts":2000,"dur":1000},
{"ph":"B","name":"write","pid":1,"tid":1,"ts":4000}]}"#;

/// A comma is missing.
const BROKEN: &str = r#"[{"ph":"M"}, {"ph":"X" "ts":1}]"#;

/// Opens the page for traces.
async fn open(page: &Page, site: &str) -> Result<()> {
    page.goto(&format!("{site}#/trace")).await?;
    page.find(&hook("sources")).await?;
    Ok(())
}

/// Chooses a file, as a learner does in the browser's own dialogue.
async fn choose(page: &Page, path: &Path) -> Result<()> {
    Ok(page.find(&hook("file")).await?.send_keys(path.to_string_lossy()).await?)
}

/// Waits until a file with so many slices is shown.
async fn shown(page: &Page, slices: u32) -> Result<()> {
    page.find(&format!("{}[data-slices=\"{slices}\"]", hook("trace"))).await?;
    page.until(&format!(
        "const canvas = document.querySelector('{} [data-test=plot] canvas');
         const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
         return pixels.some((value, at) => at % 4 === 3 && value > 0);",
        hook("trace")
    ))
    .await
}

async fn a_file_that_is_chosen_is_drawn_and_listed(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.goto(&server.url()).await?;
    page.click("footer a[href=\"#/trace\"]").await?;
    page.text_with("main", "nothing is uploaded").await?;
    choose(page, &file("small.json", |out| out.write_all(SMALL.as_bytes()))?).await?;
    shown(page, 4).await?;
    page.text_with(&hook("announce"), "small.json is open").await?;
    page.text_with(&hook("trace-notes"), "1 slice did not end").await?;
    page.click(&format!("{} {} summary", hook("trace"), hook("table"))).await?;
    // Names are data: markup in them is shown and does nothing.
    let row = page.text_with(&hook("table-row"), "parse <b>").await?;
    ensure!(row.contains("reader") && row.contains("2.5"), "{row}");
    ensure!(page.all(&hook("table-row")).await?.len() == 4);
    let provenance = page.hidden_text(&hook("provenance")).await?;
    ensure!(provenance.contains("imported") && provenance.contains("small.json"), "the badge says “{provenance}”");
    Ok(())
}

async fn a_compressed_file_is_opened_on_a_host_without_isolation(page: &Page) -> Result<()> {
    let server = not_isolated()?;
    open(page, &server.url()).await?;
    let packed = file("small.json.gz", |out| {
        let mut packer = flate2::write::GzEncoder::new(out, flate2::Compression::default());
        packer.write_all(SMALL.as_bytes())?;
        packer.finish().map(drop)
    })?;
    choose(page, &packed).await?;
    shown(page, 4).await
}

async fn a_broken_file_says_where_and_loses_nothing(page: &Page) -> Result<()> {
    let server = isolated()?;
    open(page, &server.url()).await?;
    choose(page, &file("small.json", |out| out.write_all(SMALL.as_bytes()))?).await?;
    shown(page, 4).await?;
    choose(page, &file("broken.json", |out| out.write_all(BROKEN.as_bytes()))?).await?;
    let says = page.text_with(&hook("file-error"), "broken.json").await?;
    ensure!(says.contains("event 2, byte 23: a comma or a closing brace should stand here"), "{says}");
    shown(page, 4).await?;
    ensure!(page.text(&format!("{} h2", hook("trace"))).await? == "small.json", "the trace before is still there");
    // The very file, put right.
    choose(page, &file("broken.json", |out| out.write_all(BROKEN.replace("\" \"", "\", \"").as_bytes()))?).await?;
    shown(page, 1).await?;
    ensure!(page.all(&hook("file-error")).await?.is_empty(), "nothing is said of what is over");
    Ok(())
}

async fn a_file_that_is_too_large_is_refused(page: &Page) -> Result<()> {
    let server = isolated()?;
    open(page, &server.url()).await?;
    // Nothing is in it; it is as long as that all the same.
    choose(page, &file("large.json", |out| out.set_len(201_000_000))?).await?;
    page.text_with(&hook("file-error"), "it has 201 MB, and up to 200 MB can be opened").await?;
    Ok(())
}

/// A trace of about 60 MB.
fn large(out: &mut impl Write) -> std::io::Result<()> {
    let mut out = BufWriter::new(out);
    out.write_all(b"[")?;
    for number in 0..800_000 {
        let (tid, ts) = (number % 8, number / 8 * 10);
        let comma = if number == 0 { "" } else { "," };
        writeln!(out, r#"{comma}{{"ph":"X","name":"calculation {tid}","pid":1,"tid":{tid},"ts":{ts},"dur":7.25}}"#)?;
    }
    out.write_all(b"]")
}

async fn a_large_file_is_read_and_written_beside_the_page(page: &Page) -> Result<()> {
    let server = isolated()?;
    open(page, &server.url()).await?;
    let large = file("large.json", large)?;
    let progress = "document.querySelector('[data-test=file-progress]')?.textContent.includes('large.json:')";
    page.note("cancel", &format!("if (!{progress}) return false; {}", press("cancel-file"))).await?;
    choose(page, &large).await?;
    page.text_with(&hook("file-cancelled"), "large.json was not opened").await?;
    ensure!(page.all(&hook("trace")).await?.is_empty() && page.all(&hook("file-progress")).await?.is_empty());
    page.until("return document.activeElement !== document.body").await?;
    // Another replaces it while it is read.
    page.note("reads", &format!("return {progress}")).await?;
    choose(page, &large).await?;
    page.noted("reads").await?;
    choose(page, &file("small.json", |out| out.write_all(SMALL.as_bytes()))?).await?;
    shown(page, 4).await?;
    // And to its end, while the page goes on drawing.
    page.evaluate(&count_frames("file-progress")).await?;
    choose(page, &large).await?;
    shown(page, 800_000).await?;
    std::fs::remove_file(&large)?;
    ensure!(page.evaluate("return window.frames > 2").await? == true, "the page draws while a worker reads");
    // It is written by a worker as well.
    page.keep_saved().await?;
    page.click(&format!("{} {} summary", hook("trace"), hook("save"))).await?;
    page.note("cancel", &press("save-cancel")).await?;
    page.click(&hook("save-json")).await?;
    page.text_with(&hook("saved"), "nothing was saved").await?;
    ensure!(page.all(&hook("save-cancel")).await?.is_empty());
    page.evaluate(&count_frames("save-cancel")).await?;
    page.click(&hook("save-csv")).await?;
    page.text_with(&hook("saved"), "Saved as").await?;
    ensure!(page.evaluate("return window.frames > 2").await? == true, "the page draws while a worker writes");
    ensure!(page.evaluate("return Object.values(window.saved).map((file) => file.size > 2e7).join()").await? == "true");
    Ok(())
}

/// Presses a button as soon as it is there, which it may not be for long; gives whether it was.
fn press(test: &str) -> String {
    format!("const button = document.querySelector('[data-test=\"{test}\"]'); button?.click(); return button !== null")
}

/// Counts from now on the frames that are drawn while there is such an element.
fn count_frames(test: &str) -> String {
    format!(
        "window.frames = 0;
         cancelAnimationFrame(window.frame);
         (function frame() {{
           if (document.querySelector('[data-test=\"{test}\"]')) window.frames += 1;
           window.frame = requestAnimationFrame(frame);
         }})();"
    )
}

async fn a_worker_that_panics_costs_that_file_alone(page: &Page) -> Result<()> {
    let server = isolated()?;
    open(page, &server.url()).await?;
    choose(page, &file("panic.json", |out| out.write_all(SMALL.as_bytes()))?).await?;
    let says = page.text_with(&hook("file-error"), "panic.json").await?;
    ensure!(says.contains("this file is there to make its reader panic"), "{says}");
    // The browser itself reports the trap of a worker.
    page.allow_errors("unreachable");
    choose(page, &file("small.json", |out| out.write_all(SMALL.as_bytes()))?).await?;
    shown(page, 4).await
}

/// Drops the file that `script` makes on the page's heading.
async fn drop_file(page: &Page, script: &str) -> Result<()> {
    let drop = format!(
        "return Promise.resolve({script}).then((file) => {{
           const dataTransfer = new DataTransfer();
           dataTransfer.items.add(file);
           const heading = document.querySelector('main h1');
           const send = (kind) => heading.dispatchEvent(new DragEvent(kind, {{ dataTransfer, bubbles: true, cancelable: true }}));
           const refused = send('dragover');
           return new Promise((done) => setTimeout(() => {{
             const over = document.querySelector('[data-over]').dataset.over;
             send('drop');
             done(!refused && over === 'true');
           }}, 100));
         }})"
    );
    ensure!(page.evaluate(&drop).await? == true, "the page takes the file and shows that it would");
    page.find("[data-over=\"false\"]").await?;
    Ok(())
}

async fn a_file_can_be_dropped_anywhere_on_the_page(page: &Page) -> Result<()> {
    let server = isolated()?;
    open(page, &server.url()).await?;
    drop_file(page, &format!("new File([{SMALL:?}], 'dropped.json')")).await?;
    shown(page, 4).await?;
    page.text_with(&hook("announce"), "dropped.json is open").await?;
    Ok(())
}

async fn a_saved_trace_opens_again_with_the_same_slices(page: &Page) -> Result<()> {
    let server = isolated()?;
    page.run(&server.url(), "nine-requests?engines=gather&requests=4&delay=100").await?;
    page.ran("gather").await?;
    page.click(&format!("{} summary", hook("table"))).await?;
    page.find(&hook("table-row")).await?;
    let slices = page.all(&hook("table-row")).await?.len() as u32;
    page.keep_saved().await?;
    page.click(&format!("{} summary", chart("gather", "save"))).await?;
    for (kind, name) in [("json", "json"), ("csv", "csv"), ("svg", "svg"), ("png", "png")] {
        page.click(&chart("gather", &format!("save-{kind}"))).await?;
        page.text_with(&chart("gather", "saved"), &format!("interleave-nine-requests-gather.{name}")).await?;
    }
    let saved = "window.saved['interleave-nine-requests-gather.";
    let csv = page.evaluate(&format!("return {saved}csv'].text()")).await?;
    let lines = csv.as_str().unwrap_or_default().lines().count();
    ensure!(lines as u32 == slices + 1, "a head and a line for each of {slices} slices, not {lines} lines");
    let svg = page.evaluate(&format!("return {saved}svg'].text()")).await?;
    let svg = svg.as_str().unwrap_or_default();
    ensure!(svg.contains("<title id=\"title\">Event loop, all at once: Nine requests"), "it says what it is: {svg}");
    ensure!(svg.contains("4 tasks, all at once"), "and what it shows: {svg}");
    let drawn = page
        .evaluate(&format!(
            "return createImageBitmap({saved}png']).then((picture) => {{
               const canvas = Object.assign(document.createElement('canvas'), {{ width: picture.width, height: picture.height }});
               const context = canvas.getContext('2d');
               context.drawImage(picture, 0, 0);
               return [picture.width, ...context.getImageData(0, 0, 1, 1).data];
             }})"
        ))
        .await?;
    ensure!(drawn == serde_json::json!([2400, 255, 255, 255, 255]), "a picture on white ground, not {drawn}");
    // Without leaving the page, which would forget what was saved.
    page.evaluate("location.hash = '#/trace'").await?;
    page.find(&hook("sources")).await?;
    drop_file(page, &format!("new File([{saved}json']], 'again.json')")).await?;
    shown(page, slices).await?;
    ensure!(page.all(&hook("trace-notes")).await?.is_empty(), "nothing had to be guessed");
    let provenance = page.hidden_text(&hook("provenance")).await?;
    ensure!(provenance.contains("recorded"), "what was measured then was not measured just now: {provenance}");
    Ok(())
}

async fn a_chart_is_saved_by_the_keyboard_alone(page: &Page) -> Result<()> {
    let server = isolated()?;
    open(page, &server.url()).await?;
    let mut presses = 0;
    while page.evaluate("return document.activeElement?.dataset?.test === 'file'").await? != true {
        presses += 1;
        ensure!(presses < 30, "Tab never reaches the file picker");
        page.keys(Key::Tab).await?;
    }
    choose(page, &file("small.json", |out| out.write_all(SMALL.as_bytes()))?).await?;
    shown(page, 4).await?;
    page.keep_saved().await?;
    page.find(&format!("{} summary", hook("save"))).await?.focus().await?;
    page.keys(Key::Enter).await?;
    page.keys(Key::Tab).await?;
    page.until("return document.activeElement?.dataset?.test === 'save-svg'").await?;
    page.keys(Key::Enter).await?;
    page.text_with(&hook("saved"), "interleave-small.svg").await?;
    page.keys(Key::Escape).await?;
    page.until("return document.activeElement?.localName === 'summary' && !document.querySelector('[data-test=\"save\"]').open")
        .await?;
    Ok(())
}
