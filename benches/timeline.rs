//! What a frame of a large chart costs natively: a trace of 1,000,000 slices on 64 lanes is made ready, and laid out at many
//! zooms. Prints one line of JSON per measurement.
#![expect(clippy::disallowed_types, reason = "this runs natively alone")]

use std::rc::Rc;
use std::time::Instant;

use interleave::timeline::{Chart, Grouping, LayoutOptions, Metrics, layout};
use interleave::trace::{
    LaneId, LaneKind, Provenance, Recorder, RequestsBy, SharedMemory, Slice, Source, State, TaskId, Trace,
};

const LANES: u16 = 64;
const SLICES: u32 = 1_000_000;
const TASKS: u32 = 500;
/// A wide screen, CSS px.
const WIDTH_PX: f64 = 1_440.0;

fn main() {
    let trace = Rc::new(trace());
    for grouping in [Grouping::ByWorker, Grouping::ByTask] {
        let name = if grouping == Grouping::ByWorker { "worker" } else { "task" };
        let (chart, ready_ms) = timed_ms(|| Chart::new(Rc::clone(&trace), grouping));
        println!("BENCH {{\"name\":\"timeline-ready-by-{name}-ms\",\"runs\":[{ready_ms:.2}]}}");
        let slice_bytes = size_of::<Slice>() as f64 + chart.bytes() as f64 / f64::from(SLICES);
        println!("BENCH {{\"name\":\"timeline-bytes-a-slice-by-{name}\",\"runs\":[{slice_bytes:.1}]}}");
        let metrics = Metrics { max_view_px: 800.0, ..Metrics::for_width(WIDTH_PX) };
        let whole = metrics.scale(0.0, trace.end_ms(), WIDTH_PX);
        let mut frames_ms = Vec::new();
        let mut slowest = (0.0, 0.0, 0, 0);
        // From all of it to a few slices, in steps of a quarter, around three places.
        for zoom in 0..64 {
            for share in [0.1, 0.5, 0.93] {
                let scale = whole.zoomed(whole.left_px + share * whole.width_px, 1.25_f64.powi(zoom));
                let frame = || timed_ms(|| layout(&chart, &LayoutOptions::new(scale, metrics)));
                let (picture, first_ms) = frame();
                let ms = (0..3).map(|_| frame().1).fold(first_ms, f64::min);
                if ms > slowest.0 {
                    slowest = (ms, 1.25_f64.powi(zoom), picture.bars.len(), picture.strips.len());
                }
                frames_ms.push(ms);
            }
        }
        frames_ms.sort_by(f64::total_cmp);
        let at = |share: f64| frames_ms[(share * (frames_ms.len() - 1) as f64) as usize];
        println!("BENCH {{\"name\":\"timeline-layout-by-{name}-ms\",\"runs\":[{:.3}]}}", at(0.5));
        println!("BENCH {{\"name\":\"timeline-layout-by-{name}-p95-ms\",\"runs\":[{:.3}]}}", at(0.95));
        let (ms, zoom, bars, strips) = slowest;
        eprintln!("by {name}: slowest {ms:.2} ms at zoom {zoom:.1} with {bars} bars and {strips} strips");
    }
}

fn timed_ms<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let began = Instant::now();
    let result = work();
    (result, began.elapsed().as_secs_f64() * 1_000.0)
}

/// Slices of many lengths, with gaps, on all lanes; always the same.
fn trace() -> Trace {
    let mut recorder = Recorder::new((0..TASKS).map(|task| format!("task {task}")));
    let mut random = 1_u64;
    let mut next = move || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as u32
    };
    for lane in 0..LANES {
        recorder.add_lane(LaneKind::Thread, format!("thread {lane}")).expect("few lanes");
    }
    for lane in 0..LANES {
        let mut at_ms = 0.0;
        for _ in 0..SLICES / u32::from(LANES) {
            let start_ms = at_ms + f64::from(next() % 100) * 1e-3;
            at_ms = start_ms + f64::from(next() % 1_000 * (next() % 10)) * 1e-3;
            let state = State::ALL[next() as usize % 4];
            let slice = Slice::new(Some(TaskId(next() % TASKS)), state, start_ms, at_ms);
            recorder.slice(LaneId(lane), slice).expect("in order");
        }
    }
    recorder.finish(provenance()).expect("nothing is open")
}

fn provenance() -> Provenance {
    Provenance {
        source: Source::Simulated,
        engine: "bench".into(),
        cores: 2,
        clock_resolution_ms: 0.001,
        isolated: false,
        shared_memory: SharedMemory::NotNeeded,
        requests: RequestsBy::Nobody,
        dropped_events: 0,
        hidden: false,
        date: "2026-01-01T00:00:00Z".into(),
    }
}
