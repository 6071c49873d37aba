//! The one parameter that belongs to an engine and not to a workload: how many threads the pool has. The screen allows at
//! most max(4, cores), which a [`Session`](super::Session) is told; the range here is that of what is written in a link.

use crate::plan::Parameter;

/// How many threads the pool has.
pub static THREADS: Parameter =
    Parameter { key: "threads", label: "Threads in the pool", unit: "", min: 1, max: 32, step: 1, default: 2 };
