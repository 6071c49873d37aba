//! Demos that compute, and gain by nothing but more processors.

use crate::demo::{Demo, Group};
use crate::engine::EngineId::{Gather, GilThreads, MainThread, Processes, ThreadPool};
use crate::plan::catalogue;
use crate::timeline::Grouping;

/// Computation that only more processors make faster.
pub static PRIMES: Demo = Demo {
    id: "primes",
    title: "Count the primes",
    sentence: "Sixteen tasks that compute. Taking turns does not make them faster; a second processor does.",
    group: Group::Computing,
    workload: &catalogue::PRIMES_WORKLOAD,
    engines: &[MainThread, Gather, ThreadPool],
    grouping: Grouping::ByWorker,
};

/// The same threads with and without a GIL.
pub static GIL: Demo = Demo {
    id: "gil",
    title: "Threads with and without a GIL",
    sentence: "The same threads count primes twice: with one lock that each must hold to compute, and without.",
    group: Group::Computing,
    workload: &catalogue::PRIMES_WORKLOAD,
    engines: &[GilThreads, ThreadPool],
    grouping: Grouping::ByWorker,
};

/// More threads than cores.
pub static OVERSUBSCRIBED: Demo = Demo {
    id: "oversubscribed",
    title: "More threads than cores",
    sentence: "Turn up the threads: once every core has one, more of them only take turns.",
    group: Group::Computing,
    workload: &catalogue::PRIMES_WORKLOAD,
    engines: &[ThreadPool],
    grouping: Grouping::ByWorker,
};

/// Threads and processes under the same computation.
pub static PROCESS_POOL: Demo = Demo {
    id: "process-pool",
    title: "Threads or processes",
    sentence: "Threads share one memory, processes have one each; both compute in parallel.",
    group: Group::Computing,
    workload: &catalogue::PRIMES_WORKLOAD,
    engines: &[ThreadPool, Processes],
    grouping: Grouping::ByWorker,
};

/// A long array, searched in parts.
pub static SEARCH: Demo = Demo {
    id: "search",
    title: "Search an array",
    sentence: "Sixty million elements are made and looked at, part by part, to count one value.",
    group: Group::Computing,
    workload: &catalogue::SEARCH_WORKLOAD,
    engines: &[MainThread, ThreadPool, Processes],
    grouping: Grouping::ByWorker,
};

/// Tiles of very different cost.
pub static MANDELBROT: Demo = Demo {
    id: "mandelbrot",
    title: "The Mandelbrot set",
    sentence: "Tiles of one size take very different times to draw, so it matters who takes the next one.",
    group: Group::Computing,
    workload: &catalogue::MANDELBROT_WORKLOAD,
    engines: &[MainThread, ThreadPool],
    grouping: Grouping::ByWorker,
};

/// Tasks of equal cost.
pub static SHA256: Demo = Demo {
    id: "sha256",
    title: "Hash many blocks",
    sentence: "Blocks of equal length take equally long to hash, and divide evenly among workers.",
    group: Group::Computing,
    workload: &catalogue::SHA256_WORKLOAD,
    engines: &[MainThread, ThreadPool, Processes],
    grouping: Grouping::ByWorker,
};

/// Text, read in parts.
pub static WORDS: Demo = Demo {
    id: "words",
    title: "Count the words",
    sentence: "A long text is read in parts, and what each part counts is added up.",
    group: Group::Computing,
    workload: &catalogue::WORDS_WORKLOAD,
    engines: &[MainThread, ThreadPool, Processes],
    grouping: Grouping::ByWorker,
};
