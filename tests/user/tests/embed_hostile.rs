//! Pages and frames that mean no good: forged messages, attributes that try to be markup or scripts, traces without an end. Nothing of it
//! runs, nothing leaks, and whoever has to know is told.

use std::io::Write;
use std::net::TcpStream;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use user_tests::embed::{Embedding, KEEP_WARNINGS};
use user_tests::{Page, dist, file, hook, in_both_browsers, sender, serve};
use xtask::server::Options;

in_both_browsers!(
    beside others:
    forged_messages_of_a_host_do_nothing,
    a_hostile_frame_is_not_believed,
    an_attribute_is_no_markup_and_no_script,
    a_trace_is_fetched_and_shown,
    a_trace_that_is_too_large_or_never_ends_is_cut_off,
);

const DEMO: &str =
    "<interleave-demo id=\"a\" demo=\"nine-requests\" engines=\"gather\" parameters=\"delay=10\"></interleave-demo>";
/// Allowed to every page.
const CORS: &str = "Access-Control-Allow-Origin: *\r\nConnection: close\r\n";

async fn forged_messages_of_a_host_do_nothing(page: &Page) -> Result<()> {
    let _both = Embedding::open(page, DEMO).await?;
    page.told("a", "ready", 1).await?;
    page.enter_frame("a").await?;
    page.evaluate(KEEP_WARNINGS).await?;
    page.leave_frame().await?;
    // From the host's own window, and from another one of its origin, which is not the frame's parent.
    page.evaluate(
        "const frame = document.getElementById('a').shadowRoot.querySelector('iframe');
         const nonce = new URLSearchParams(frame.src.split('?')[1]).get('nonce');
         const port = (nonce, more) => JSON.stringify({ interleave: '1', kind: 'port', nonce, ...more });
         const say = (message, ...ports) => frame.contentWindow.postMessage(message, '*', ports);
         const { port1 } = new MessageChannel();
         say({ interleave: '1', kind: 'run' });
         say('run');
         say('{\"interleave\":\"2\",\"kind\":\"run\"}');
         say('{\"interleave\":\"1\",\"kind\":\"run\"}');
         say('x'.repeat(100000));
         say(port('0'.repeat(32)), port1);
         say(port(nonce, { plan: 'x' }));
         say(port(nonce));
         say(port(nonce), new MessageChannel().port1);
         const other = document.body.appendChild(document.createElement('iframe'));
         other.contentWindow.Function('frame', 'text', 'frame.postMessage(text, \"*\")')(frame.contentWindow, port(nonce));",
    )
    .await?;
    page.enter_frame("a").await?;
    for refusal in [
        "it is no text",
        "it is not a JSON object",
        "of version “2”",
        "no message “run”",
        "longer than 2000 characters",
        "does not know this frame’s nonce",
        "“plan” is no field",
        "it brings 0 ports",
        "handed over before",
        "does not come from the window around this frame",
    ] {
        page.until(&format!(
            "return warned.some(what => what.includes('a message was ignored') && what.includes('{refusal}'))"
        ))
        .await?;
    }
    ensure!(page.attribute(&hook("chart"), "data-state").await? == "idle", "nothing runs");
    page.leave_frame().await?;
    ensure!(page.count_told("run").await? == 0);
    // The true port still works.
    page.click_poster("a").await?;
    page.told("a", "done", 1).await?;
    Ok(())
}

/// A site whose page is not Interleave's, though it hands out the element.
const HOSTILE: &str = r#"<!doctype html><title>x</title><script>
    const [, nonce] = /nonce=(\w+)/.exec(location.hash);
    const text = (said) => typeof said === "string" ? said : JSON.stringify({ interleave: "1", ...said });
    const say = (to, said) => to === parent ? to.postMessage(text(said), "*") : to.postMessage(text(said));
    say(parent, { kind: "done", demo: "x", runs: [] });
    say(parent, { kind: "hello", nonce: "0".repeat(32) });
    addEventListener("message", ({ ports: [port] }) => {
        for (const said of ["x", "null", "[]", "x".repeat(200000), { kind: "run", engines: "all" }, { kind: "done", demo: "x", runs: [null] },
            { kind: "size", height: "9" }, { kind: "size", height: -1 }, { kind: "constructor" }, { kind: "error", message: {} },
            { interleave: "2", kind: "ready" }, { kind: "port" }]) say(port, said);
        port.postMessage({ interleave: "1", kind: "ready" });
        say(port, { kind: "size", height: 5000 });
        say(port, { kind: "error", message: "<img src=x onerror='window.owned = true'>" });
    });
    say(parent, { kind: "hello", nonce });
</script>"#;

async fn a_hostile_frame_is_not_believed(page: &Page) -> Result<()> {
    let index = file("index.html", |out| out.write_all(HOSTILE.as_bytes()))?;
    let folder = index.parent().context("a file has a folder")?;
    std::fs::copy(dist()?.join("embed.js"), folder.join("embed.js"))?;
    std::fs::create_dir_all(folder.join("posters"))?;
    std::fs::copy(dist()?.join("posters/nine-requests.svg"), folder.join("posters/nine-requests.svg"))?;
    let site = serve(Options { isolation: false, ..Options::new(folder) })?;
    let head = format!(
        "<script>{KEEP_WARNINGS} window.heard = []; for (const name of ['ready', 'run', 'done', 'error']) \
         addEventListener(name, (event) => {{ if (event.target.id === 'a') heard.push(['a', name, event.detail]); }}, true);</script>"
    );
    let _both = Embedding::of(page, site, &head, DEMO).await?;
    let error = page.told("a", "error", 1).await?;
    ensure!(error["message"].as_str().is_some_and(|said| said.starts_with("<img")), "{error}");
    ensure!(page.evaluate("return heard.length").await? == 1, "nothing else was believed");
    page.until("return warned.filter(what => what.includes('was ignored')).length === 15").await?;
    // What it said stands there as text.
    let shown = page.evaluate(
        "const root = document.getElementById('a').shadowRoot; return [root.querySelector('.problem').textContent, root.querySelectorAll('.problem *').length, window.owned ?? null]",
    );
    ensure!(shown.await? == json!(["<img src=x onerror='window.owned = true'>", 0, null]));
    Ok(())
}

async fn an_attribute_is_no_markup_and_no_script(page: &Page) -> Result<()> {
    let bad = "&quot;&gt;&lt;img src=x onerror=&quot;window.owned = true&quot;&gt;";
    let one = |id: &str, attributes: &str| {
        format!("<interleave-demo id=\"{id}\" {attributes} autoplay><p id=\"in-{id}\">Instead</p></interleave-demo>")
    };
    let body = [
        one("a", &format!("demo=\"{bad}\"")),
        one("b", "trace=\"javascript:window.owned = true\""),
        one("c", "trace=\"data:application/json,[]\""),
        one("d", "lesson=\"../../x\" step=\"1\""),
        one("e", ""),
        one(
            "f",
            &format!(
                "demo=\"nine-requests\" engines=\"{bad}\" parameters=\"delay=1&amp;host=https://evil.example&amp;x={bad}\""
            ),
        ),
    ];
    let _both = Embedding::open(page, &body.concat()).await?;
    for (id, says) in [
        ("a", "There is no demo “\"><img"),
        ("b", "is at no web address"),
        ("c", "is at no web address"),
        ("d", "have to be"),
        ("e", "There is no demo “”"),
    ] {
        let error = page.told(id, "error", 1).await?;
        ensure!(error["message"].as_str().is_some_and(|said| said.contains(says)), "{id}: {error}");
        let look = format!(
            "const of = document.getElementById('{id}'); return [of.shadowRoot.querySelector('iframe'), document.getElementById('in-{id}').checkVisibility()]"
        );
        ensure!(
            page.evaluate(&look).await? == json!([null, true]),
            "{id}: nothing is loaded, and what stands inside is shown"
        );
    }
    // What is not known of a demo's own is told in the frame, and the rest runs.
    page.told("f", "done", 1).await?;
    page.enter_frame("f").await?;
    page.text_with(&hook("link-problem"), "onerror").await?;
    ensure!(page.evaluate("return window.owned ?? null").await?.is_null());
    page.leave_frame().await?;
    ensure!(page.evaluate("return window.owned ?? null").await?.is_null());
    Ok(())
}

const TRACE: &str = r#"[{"ph":"X","name":"parse <b>","pid":1,"tid":1,"ts":1000,"dur":2500}]"#;

fn embedded_trace(url: &str) -> String {
    format!("<interleave-demo id=\"a\" trace=\"{url}x/run.json\"></interleave-demo>")
}

async fn a_trace_is_fetched_and_shown(page: &Page) -> Result<()> {
    let url =
        sender(|visitor| write!(visitor, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n{CORS}\r\n{TRACE}", TRACE.len()))?;
    let _both = Embedding::open(page, &embedded_trace(&url)).await?;
    page.told("a", "ready", 1).await?;
    page.click_poster("a").await?;
    let done = page.told("a", "done", 1).await?;
    ensure!(done["runs"][0]["source"] == "imported" && done["runs"][0]["name"] == "run.json", "{done}");
    page.enter_frame("a").await?;
    page.find(&format!("{}[data-slices=\"1\"]", hook("trace"))).await?;
    page.leave_frame().await
}

/// Sends more and more, as fast as it is taken.
fn pour(visitor: &mut TcpStream) -> std::io::Result<()> {
    write!(visitor, "HTTP/1.1 200 OK\r\n{CORS}\r\n[")?;
    let piece = TRACE.trim_matches(['[', ']']).replace("}", "},").repeat(10_000);
    loop {
        visitor.write_all(piece.as_bytes())?;
    }
}

/// Sends a little and then nothing, and does not hang up.
fn stall(visitor: &mut TcpStream) -> std::io::Result<()> {
    write!(visitor, "HTTP/1.1 200 OK\r\n{CORS}\r\n[")?;
    wait_for_ever()
}

fn wait_for_ever() -> std::io::Result<()> {
    loop {
        std::thread::park();
    }
}

async fn a_trace_that_is_too_large_or_never_ends_is_cut_off(page: &Page) -> Result<()> {
    let two_gb = sender(|visitor| {
        write!(visitor, "HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n{CORS}\r\n[")?;
        wait_for_ever()
    })?;
    let broken = sender(|visitor| write!(visitor, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n{CORS}\r\nhello"))?;
    for (url, says) in [
        (two_gb, "more than 50.0 MB"),
        (sender(pour)?, "more than 50.0 MB"),
        (sender(stall)?, "stopped coming: nothing for 10 s"),
        (broken, "cannot be opened"),
    ] {
        let _both = Embedding::open(page, &embedded_trace(&url)).await?;
        page.told("a", "ready", 1).await?;
        page.click_poster("a").await?;
        let error = page.told("a", "error", 1).await?;
        ensure!(error["message"].as_str().is_some_and(|said| said.contains(says)), "{says}: {error}");
        page.enter_frame("a").await?;
        page.text_with(&hook("embed-problem"), says).await?;
        page.leave_frame().await?;
    }
    // And who does not want to wait cancels.
    let _both = Embedding::open(page, &embedded_trace(&sender(stall)?)).await?;
    page.told("a", "ready", 1).await?;
    page.click_poster("a").await?;
    page.told("a", "run", 1).await?;
    page.evaluate("document.getElementById('a').cancel()").await?;
    let error = page.told("a", "error", 1).await?;
    ensure!(error["message"] == "The trace was not opened: it was cancelled.", "{error}");
    Ok(())
}
