//! Measurements of a large trace inside a browser, in a release build: how fast its file is read and with how much memory, how long
//! it takes from the parsed trace to the first picture, and what a frame costs while it is zoomed and panned. Prints one line of
//! JSON per measurement, which `cargo xtask bench` holds against the goals.
#![cfg(target_arch = "wasm32")]

mod gestures;
mod large_trace;
mod text;

use std::rc::Rc;

use gestures::{Handled, handle};
use gloo::timers::future::TimeoutFuture;
use interleave::engine::browser::now_ms;
use interleave::timeline::painter::{Theme, paint};
use interleave::timeline::view::{Scene, View};
use interleave::timeline::{COLUMNS_IN_MOTION, Chart, Grouping, LayoutOptions, Metrics, layout};
use interleave::trace::exchange::{Importer, binary};
use interleave::trace::{Slice, Trace};
use large_trace::{SLICES, THREADS};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

wasm_bindgen_test_configure!(run_in_browser);

/// How often everything is measured.
const RUNS: usize = 3;
/// A wide screen, CSS px.
const WIDTH_PX: f64 = 1_440.0;
/// Gestures of a run: five seconds of a screen that draws 60 frames a second.
const FRAMES: usize = 300;

fn report(name: &str, runs: &[f64]) {
    console_log!("BENCH {{\"name\":\"{name}\",\"runs\":{runs:.3?}}}");
}

/// The memory of this module, bytes. It grows and never shrinks, so after some work this is the most that was ever needed.
fn memory_bytes() -> f64 {
    core::arch::wasm32::memory_size(0) as f64 * 65_536.0
}

#[wasm_bindgen_test]
async fn a_large_file_is_read_drawn_and_handled() {
    let bytes = reading().await;
    let trace = opening(&bytes).await;
    drop(bytes);
    for (name, grouping) in [("", Grouping::ByWorker), ("-by-task", Grouping::ByTask)] {
        handling(&trace, name, grouping).await;
    }
}

/// Reads the file as a worker does that is handed pieces of it; the trace, as that worker hands it to the page.
async fn reading() -> Vec<u8> {
    let text = text::Text::new(SLICES, THREADS);
    let megabytes = text.bytes() / 1e6;
    let (mut mb_per_s, mut peak_mb) = (Vec::new(), Vec::new());
    let mut imported = None;
    for _ in 0..RUNS {
        // The one before is gone first: a worker reads one file.
        drop(imported.take());
        let before = memory_bytes();
        let began_ms = now_ms();
        let mut importer = Importer::new("large.json");
        text.feed(&mut importer);
        imported = Some(importer.finish().expect("it holds slices").trace);
        mb_per_s.push(megabytes / (now_ms() - began_ms) * 1e3);
        // Only the first needs memory that was not there yet.
        peak_mb.push((memory_bytes() - before) / 1e6);
        TimeoutFuture::new(100).await;
    }
    report("large-import-mb-per-s", &mb_per_s);
    report("large-import-peak-mb", &peak_mb[..1]);
    binary::encode(&imported.expect("it was read"))
}

/// From a worker's bytes to what a chart of them needs.
async fn opening(bytes: &[u8]) -> Rc<Trace> {
    let (mut decode_ms, mut open_ms) = (Vec::new(), Vec::new());
    let mut opened = None;
    for _ in 0..RUNS {
        drop(opened.take());
        let canvas = Canvas::new();
        let began_ms = now_ms();
        let trace = Rc::new(binary::decode(bytes).expect("they are a trace"));
        decode_ms.push(now_ms() - began_ms);
        let chart = Chart::new(Rc::clone(&trace), Grouping::ByWorker);
        let scene = scene(&chart);
        canvas.draw(&View::new(Grouping::ByWorker, &scene.limits()), &scene, f64::INFINITY);
        // What a canvas was told is carried out at the end of the frame, the latest when somebody asks for it.
        canvas.wait_until_drawn();
        open_ms.push(now_ms() - began_ms);
        opened = Some(trace);
        TimeoutFuture::new(100).await;
    }
    report("large-decode-ms", &decode_ms);
    report("large-open-ms", &open_ms);
    opened.expect("it was opened")
}

/// Zooms and pans, one gesture a frame.
async fn handling(trace: &Rc<Trace>, name: &str, grouping: Grouping) {
    let mut index_ms = Vec::new();
    for _ in 0..RUNS {
        let began_ms = now_ms();
        drop(Chart::new(Rc::clone(trace), grouping));
        index_ms.push(now_ms() - began_ms);
        TimeoutFuture::new(50).await;
    }
    report(&format!("large-index{name}-ms"), &index_ms);
    let chart = Chart::new(Rc::clone(trace), grouping);
    let bytes = size_of::<Slice>() as f64 + chart.bytes() as f64 / f64::from(SLICES);
    report(&format!("large-bytes-a-slice{name}"), &[bytes]);
    let canvas = Canvas::new();
    let scene = scene(&chart);
    let view = View::new(grouping, &scene.limits());
    let all: Vec<Handled> =
        handle(FRAMES, view, &scene, |view, scene| canvas.draw(view, scene, COLUMNS_IN_MOTION)).await;
    let mut rest_ms = Vec::new();
    for _ in 0..10 {
        let began_ms = now_ms();
        canvas.draw(&view, &scene, f64::INFINITY);
        rest_ms.push(now_ms() - began_ms);
        TimeoutFuture::new(20).await;
    }
    report(&format!("large-at-rest{name}-ms"), &rest_ms);
    let (shares, of) = ([("", 0.5), ("-p95", 0.95)], |ms: fn(&Handled) -> f64| all.iter().map(ms).collect::<Vec<_>>());
    for (what, ms) in [
        ("layout", of(|frame| frame.layout_ms)),
        ("own", of(|frame| frame.own_ms)),
        ("frame", of(|frame| frame.frame_ms)),
    ] {
        for (ending, share) in shares {
            report(&format!("large-{what}{name}{ending}-ms"), &[at_share(&ms, share)]);
        }
    }
}

/// The value that so large a share of all does not exceed.
fn at_share(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[(share * (sorted.len() - 1) as f64).ceil() as usize]
}

fn scene(chart: &Chart) -> Scene<'_> {
    let metrics = Metrics::for_width(WIDTH_PX);
    Scene { chart, metrics, width_px: WIDTH_PX, end_ms: chart.trace().end_ms(), until_ms: f64::INFINITY }
}

/// A canvas on the page, which goes with it.
struct Canvas {
    element: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    theme: Theme,
}

impl Canvas {
    fn new() -> Self {
        let document = web_sys::window().and_then(|window| window.document()).expect("a page");
        let element: HtmlCanvasElement = document.create_element("canvas").expect("a canvas").unchecked_into();
        document.body().expect("a body").prepend_with_node_1(&element).expect("a place");
        element.set_width(WIDTH_PX as u32);
        element.set_height(900);
        let context = element.get_context("2d").ok().flatten().expect("a context").unchecked_into();
        Self { theme: Theme::from_css(&element), element, context }
    }

    /// Lays the view out, in no more columns than these, and paints it; how long the layout took, ms.
    fn draw(&self, view: &View, scene: &Scene, most_columns: f64) -> f64 {
        let began_ms = now_ms();
        let picture = layout(scene.chart, &LayoutOptions { most_columns, ..view.options(scene, &[]) });
        let layout_ms = now_ms() - began_ms;
        paint(&self.context, &picture, &self.theme, 1.0, None);
        layout_ms
    }

    fn wait_until_drawn(&self) {
        drop(self.context.get_image_data(0.0, 0.0, 1.0, 1.0));
    }
}

impl Drop for Canvas {
    fn drop(&mut self) {
        self.element.remove();
    }
}
