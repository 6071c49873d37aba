//! How fast runs are simulated, natively. Prints one line of JSON per measurement, in millions of slices a second.
#![expect(clippy::disallowed_types, reason = "this runs natively alone")]

mod cases;

use std::rc::Rc;
use std::time::Instant;

use cases::cases;
use interleave::engine::simulated::MOST_CORES;
use interleave::timeline::{Chart, Grouping, LayoutOptions, Metrics, layout};
use interleave::trace::Trace;

const RUNS: usize = 9;
/// A wide screen, CSS px.
const WIDTH_PX: f64 = 1_440.0;

fn main() {
    for case in cases() {
        let (name, mut runs, mut count) = (case.name, Vec::new(), 0);
        // The first run warms up.
        for run in 0..=RUNS {
            let began = Instant::now();
            let (trace, slices) = case.simulate();
            if run > 0 {
                runs.push(slices as f64 / 1e6 / began.elapsed().as_secs_f64());
            }
            if run == RUNS && case.cores == MOST_CORES {
                chart(&Rc::new(trace));
            }
            count = slices;
        }
        println!("BENCH {{\"name\":\"simulated-{name}-mslices\",\"runs\":{runs:.2?}}}");
        runs.sort_by(f64::total_cmp);
        eprintln!("{name}: {count} slices, median {:.2}, {:.2} to {:.2}", runs[RUNS / 2], runs[0], runs[RUNS - 1]);
    }
}

/// What it takes to make a chart of very many cores, and to lay it out.
fn chart(trace: &Rc<Trace>) {
    let began = Instant::now();
    let chart = Chart::new(Rc::clone(trace), Grouping::ByCore);
    let ready_ms = began.elapsed().as_secs_f64() * 1e3;
    let metrics = Metrics { max_view_px: 800.0, ..Metrics::for_width(WIDTH_PX) };
    let options = LayoutOptions::new(metrics.scale(0.0, trace.end_ms(), WIDTH_PX), metrics);
    let layouts: Vec<f64> = (0..RUNS)
        .map(|_| {
            let began = Instant::now();
            std::hint::black_box(layout(&chart, &options));
            began.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    println!("BENCH {{\"name\":\"simulated-chart-{MOST_CORES}-cores-ready-ms\",\"runs\":[{ready_ms:.2}]}}");
    println!("BENCH {{\"name\":\"simulated-chart-{MOST_CORES}-cores-layout-ms\",\"runs\":{layouts:.3?}}}");
}
