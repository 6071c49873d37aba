//! What the tests of this folder share.

use super::super::{Provenance, RequestsBy, SharedMemory, Source};

/// A provenance with something in every field.
pub fn provenance() -> Provenance {
    Provenance {
        source: Source::Simulated,
        engine: "Thread pool".into(),
        cores: 2,
        clock_resolution_ms: 0.005,
        isolated: true,
        shared_memory: SharedMemory::Used,
        requests: RequestsBy::Timer("there is no \"network\"".into()),
        dropped_events: 7,
        hidden: true,
        date: "2026-01-01T00:00:00Z".into(),
    }
}
