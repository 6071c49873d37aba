//! Sweeps as rows of a table: the same facts as the picture's, for whoever reads or listens instead of looking.

use super::SimulatedPoint;
use super::words::percent;
use crate::plan::catalogue::grouped;
use crate::timeline::words::milliseconds;
use crate::trace::sweep::{Size, Sizes, SpeedUp, SpeedUpPoint, Spread};

/// A table of texts; “—” where there is nothing to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What stands in each column.
    pub headings: &'static [&'static str],
    /// Rows of as many cells as there are headings.
    pub rows: Vec<Vec<String>>,
}

/// A sweep over numbers of workers, then what was simulated. No time is said finer than `resolution_ms`.
pub fn speed_up_table(sweep: &SpeedUp, simulated: &[SimulatedPoint], resolution_ms: f64) -> Table {
    let ratio = |value: f64| format!("{value:.2}");
    let by_law = |workers: u32, is_told: bool| match &sweep.fit {
        Ok(fit) if is_told => ratio(fit.speed_up(f64::from(workers))),
        _ => nothing(),
    };
    let measured = |point: &SpeedUpPoint| {
        vec![
            grouped(point.workers.into()),
            if point.beyond_cores { "measured, more workers than cores" } else { "measured" }.to_owned(),
            point.runs.to_string(),
            milliseconds(point.makespan_ms.median, resolution_ms),
            ratio(point.speed_up.median),
            spread(point.runs, point.speed_up, ratio),
            by_law(point.workers, !point.beyond_cores),
            point.serial.map_or_else(nothing, |share| percent(share.max(0.0))),
        ]
    };
    let simulated = simulated.iter().map(|point| {
        let [runs, makespan, spread, serial] = [(); 4].map(|()| nothing());
        let (workers, source) = (grouped(point.workers.into()), "simulated".to_owned());
        vec![workers, source, runs, makespan, ratio(point.speed_up), spread, by_law(point.workers, true), serial]
    });
    Table {
        headings: &[
            "Workers",
            "Source",
            "Runs",
            "Makespan, median (ms)",
            "Times as fast, median",
            "Middle half",
            "By Amdahl’s law",
            "Serial part by this point alone (%)",
        ],
        rows: sweep.points.iter().map(measured).chain(simulated).collect(),
    }
}

/// A sweep over sizes of chunks. No time is said finer than `resolution_ms`.
pub fn sizes_table(sweep: &Sizes, resolution_ms: f64) -> Table {
    let ms = |value: f64| milliseconds(value, resolution_ms);
    let row = |size: &Size| {
        vec![
            grouped(size.size.into()),
            size.runs.to_string(),
            ms(size.makespan_ms.median),
            spread(size.runs, size.makespan_ms, ms),
            format!("{:.2}", size.ratio),
        ]
    };
    Table {
        headings: &["Elements of a chunk", "Runs", "Makespan, median (ms)", "Middle half (ms)", "Times the fastest"],
        rows: sweep.sizes.iter().map(row).collect(),
    }
}

fn spread(runs: usize, Spread { low, high, .. }: Spread, text: impl Fn(f64) -> String) -> String {
    if runs > 1 { format!("{} to {}", text(low), text(high)) } else { nothing() }
}

fn nothing() -> String {
    "—".to_owned()
}
