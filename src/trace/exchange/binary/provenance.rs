//! Where a trace's numbers come from, as bytes.

use std::io::{self, Read, Write};

use super::super::super::{Provenance, RequestsBy, SharedMemory, Source};
use super::read::{BinaryError, Reader};
use super::write::Writer;

pub(super) fn put<W: Write>(provenance: &Provenance, out: &mut Writer<W>) -> io::Result<()> {
    let Provenance { source, engine, cores, clock_resolution_ms, isolated, shared_memory, requests, .. } = provenance;
    let (source, file) = match source {
        Source::Measured => (0, ""),
        Source::Recorded => (1, ""),
        Source::Simulated => (2, ""),
        Source::Imported(file) => (3, file.as_str()),
    };
    let (requests, why) = match requests {
        RequestsBy::Nobody => (0, ""),
        RequestsBy::ServiceWorker => (1, ""),
        RequestsBy::Servers => (2, ""),
        RequestsBy::Simulation => (4, ""),
        RequestsBy::Timer(why) => (3, why.as_str()),
    };
    let shared_memory = match shared_memory {
        SharedMemory::Used => 0,
        SharedMemory::NotNeeded => 1,
    };
    for code in [source, requests, shared_memory, u8::from(*isolated), u8::from(provenance.hidden)] {
        out.u8(code)?;
    }
    for text in [file, why, engine, &provenance.date] {
        out.text(text)?;
    }
    out.u32(*cores)?;
    out.f64(*clock_resolution_ms)?;
    out.u64(provenance.dropped_events)
}

pub(super) fn get<R: Read>(from: &mut Reader<R>) -> Result<Provenance, BinaryError> {
    let [source, requests, shared_memory, isolated, hidden] = from.array()?;
    let (file, why) = (from.text()?, from.text()?);
    Ok(Provenance {
        source: match source {
            0 => Source::Measured,
            1 => Source::Recorded,
            2 => Source::Simulated,
            3 => Source::Imported(file),
            _ => return Err(BinaryError::Malformed),
        },
        engine: from.text()?,
        date: from.text()?,
        cores: from.u32()?,
        clock_resolution_ms: f64::from_le_bytes(from.array()?),
        dropped_events: u64::from_le_bytes(from.array()?),
        isolated: isolated != 0,
        hidden: hidden != 0,
        shared_memory: if shared_memory == 0 { SharedMemory::Used } else { SharedMemory::NotNeeded },
        requests: match requests {
            0 => RequestsBy::Nobody,
            1 => RequestsBy::ServiceWorker,
            2 => RequestsBy::Servers,
            3 => RequestsBy::Timer(why),
            4 => RequestsBy::Simulation,
            _ => return Err(BinaryError::Malformed),
        },
    })
}
