//! The rows of the benchmark: what is measured, beside what, and which goal it is held to.

/// What a row of the table is made of.
#[derive(Clone, Copy)]
pub struct Spec {
    /// Name of the row, as given on the command line.
    pub name: &'static str,
    /// The measurement that it shows.
    pub shows: &'static str,
    /// The measurement that it is compared with, in the same run on the same machine.
    pub beside: Option<&'static str>,
    pub unit: &'static str,
    /// What the ratio to `beside` is held to where there is one, else the median.
    pub goal: Goal,
}

/// A bound.
#[derive(Clone, Copy)]
pub enum Goal {
    /// The row only informs.
    None,
    AtMost(f64),
    AtLeast(f64),
    Between(f64, f64),
}

/// A row that is held to a ratio.
const fn ratio(name: &'static str, shows: &'static str, beside: &'static str, unit: &'static str, goal: Goal) -> Spec {
    Spec { name, shows, beside: Some(beside), unit, goal }
}

/// A row that is held to its own median, under the name of its measurement.
const fn own(name: &'static str, unit: &'static str, goal: Goal) -> Spec {
    Spec { name, shows: name, beside: None, unit, goal }
}

/// What wasm may take, beside the same code natively.
const KERNEL: Goal = Goal::AtMost(1.15);
/// What of native rayon's speed-up two threads must reach, and two processes.
const THREADS: Goal = Goal::AtLeast(0.95);
const PROCESSES: Goal = Goal::AtLeast(0.9);

/// How many million slices a second are simulated, natively and in the browser.
const SIMULATED: Goal = Goal::AtLeast(5.0);
const SIMULATED_IN_BROWSER: Goal = Goal::AtLeast(3.0);

/// Every row. Later work adds some and takes none away.
pub const ROWS: &[Spec] = &[
    ratio("kernel-primes", "wasm-primes-ms", "native-primes-ms", "ms", Goal::AtMost(1.10)),
    ratio("kernel-mandelbrot", "wasm-mandelbrot-ms", "native-mandelbrot-ms", "ms", KERNEL),
    ratio("kernel-sha256", "wasm-sha256-ms", "native-sha256-ms", "ms", KERNEL),
    ratio("kernel-search", "wasm-search-ms", "native-search-ms", "ms", KERNEL),
    ratio("kernel-words", "wasm-words-ms", "native-words-ms", "ms", KERNEL),
    ratio("pool-speedup-primes", "wasm-speedup-primes", "native-speedup-primes", "times", THREADS),
    ratio("pool-speedup-mandelbrot", "wasm-speedup-mandelbrot", "native-speedup-mandelbrot", "times", THREADS),
    ratio("pool-speedup-sha256", "wasm-speedup-sha256", "native-speedup-sha256", "times", THREADS),
    ratio("processes-primes", "wasm-processes-primes", "native-speedup-primes", "times", PROCESSES),
    ratio("processes-mandelbrot", "wasm-processes-mandelbrot", "native-speedup-mandelbrot", "times", PROCESSES),
    ratio("processes-sha256", "wasm-processes-sha256", "native-speedup-sha256", "times", PROCESSES),
    // What any two workers reach in this browser, beside a page that draws as often, which bounds the six above.
    ratio("bare-workers", "worker-bare-speedup", "native-speedup-primes", "times", Goal::None),
    ratio("process-ready", "worker-process-ms", "worker-bare-ms", "ms", Goal::AtMost(1.3)),
    ratio("pool-of-4-ready", "worker-pool-ms", "worker-bare-pool-ms", "ms", Goal::AtMost(1.5)),
    own("page-requests-100-ms", "ms", Goal::AtMost(200.0)),
    // What any page needs for them, through the same service worker.
    own("page-bare-requests-100-ms", "ms", Goal::None),
    own("page-requests-in-turn-s", "s", Goal::AtLeast(16.0)),
    own("wasm-gil-two-threads", "times", Goal::Between(1.9, 2.3)),
    own("page-longest-task-ms", "ms", Goal::AtMost(50.0)),
    own("pool-frame-gap-ms", "ms", Goal::AtMost(50.0)),
    own("first-slice-ms", "ms", Goal::None),
    own("event-ns", "ns", Goal::AtMost(50.0)),
    // Millions of slices a second that are simulated: what is kept of the trace, lanes of cores too.
    own("simulated-round-robin-16-cores-mslices", "M/s", SIMULATED),
    own("simulated-locks-4-cores-mslices", "M/s", SIMULATED),
    own("simulated-event-loop-mslices", "M/s", SIMULATED),
    own("simulated-gil-4-cores-mslices", "M/s", SIMULATED),
    own("wasm-simulated-round-robin-16-cores-mslices", "M/s", SIMULATED_IN_BROWSER),
    own("wasm-simulated-locks-4-cores-mslices", "M/s", SIMULATED_IN_BROWSER),
    own("wasm-simulated-event-loop-mslices", "M/s", SIMULATED_IN_BROWSER),
    own("wasm-simulated-gil-4-cores-mslices", "M/s", SIMULATED_IN_BROWSER),
    // How far a plan’s makespan is predicted, once this browser was measured: the median over the catalogue.
    own("residual-chromium-percent", "%", Goal::AtMost(15.0)),
    own("residual-firefox-percent", "%", Goal::AtMost(15.0)),
    // Until the first run can be begun, and what comes when the page is idle.
    own("transfer-brotli-kb", "kB", Goal::AtMost(350.0)),
    own("transfer-rest-brotli-kb", "kB", Goal::None),
    ratio("run-ready-ms", "run-ready-ms", "bare-ready-ms", "ms", Goal::None),
    // Of 100 points, on its mobile setting: performance of home and of a lesson, and the least of its other categories.
    own("lighthouse-home", "points", Goal::AtLeast(95.0)),
    own("lighthouse-lesson", "points", Goal::AtLeast(95.0)),
    own("lighthouse-others", "points", Goal::AtLeast(100.0)),
    // By how much ten embedded demos that nobody has started lower their page's.
    own("lighthouse-host-loss", "points", Goal::AtMost(2.0)),
    // A trace of 1,000,000 slices on 64 lanes, 81 MB of text.
    own("large-import-mb-per-s", "MB/s", Goal::AtLeast(50.0)),
    own("large-import-peak-mb", "MB", Goal::None),
    // From the parsed trace to its first picture.
    own("large-open-ms", "ms", Goal::AtMost(400.0)),
    own("large-index-by-task-ms", "ms", Goal::None),
    own("large-bytes-a-slice", "bytes", Goal::AtMost(64.0)),
    own("large-bytes-a-slice-by-task", "bytes", Goal::AtMost(64.0)),
    // What is our own work of a frame in motion, of the last one, which is finer, and how long it takes until the next.
    own("large-own-ms", "ms", Goal::AtMost(4.0)),
    own("large-own-p95-ms", "ms", Goal::AtMost(4.0)),
    own("large-own-by-task-p95-ms", "ms", Goal::AtMost(4.0)),
    own("large-at-rest-ms", "ms", Goal::None),
    own("large-frame-ms", "ms", Goal::None),
    own("large-frame-p95-ms", "ms", Goal::AtMost(17.0)),
    own("large-frame-by-task-p95-ms", "ms", Goal::AtMost(17.0)),
    // The page as a learner has it: from the choice of the file to its picture, frames under a wheel, memory of the tab.
    own("timeline-open-ms", "ms", Goal::AtMost(2_000.0)),
    own("timeline-frame-ms", "ms", Goal::None),
    own("timeline-frame-p95-ms", "ms", Goal::AtMost(17.0)),
    own("timeline-peak-mb", "MB", Goal::None),
    own("timeline-memory-mb", "MB", Goal::AtMost(200.0)),
    // The same file and gestures in another viewer, which shows one of the 64 lanes at a time.
    own("speedscope-open-ms", "ms", Goal::None),
    own("speedscope-frame-ms", "ms", Goal::None),
    own("speedscope-frame-p95-ms", "ms", Goal::None),
    own("speedscope-peak-mb", "MB", Goal::None),
    own("speedscope-memory-mb", "MB", Goal::None),
];
