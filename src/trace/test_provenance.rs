//! What the tests of this folder share.

use super::{Provenance, RequestsBy, SharedMemory, Source};

/// A provenance whose content does not matter.
pub fn provenance() -> Provenance {
    Provenance {
        source: Source::Simulated,
        engine: "test".into(),
        cores: 2,
        clock_resolution_ms: 0.1,
        isolated: false,
        shared_memory: SharedMemory::NotNeeded,
        requests: RequestsBy::Nobody,
        dropped_events: 0,
        hidden: false,
        date: "2026-01-01T00:00:00Z".into(),
    }
}
