//! The head of an exported file, which says where the numbers come from, and text as JSON has it.

use std::fmt::{self, Write as _};
use std::io::{self, Write};

use super::super::super::{RequestsBy, SharedMemory, Source, Trace};

/// Opens the object and the array of events.
pub(super) fn header(trace: &Trace, out: &mut impl Write) -> io::Result<()> {
    let provenance = trace.provenance();
    let source = match &provenance.source {
        Source::Measured => "measured",
        Source::Recorded => "recorded",
        Source::Simulated => "simulated",
        Source::Imported(_) => "imported",
    };
    let requests = match &provenance.requests {
        RequestsBy::Nobody => "nobody",
        RequestsBy::ServiceWorker => "service worker",
        RequestsBy::Servers => "servers",
        RequestsBy::Timer(_) => "timer",
        RequestsBy::Simulation => "simulation",
    };
    let shared_memory = match provenance.shared_memory {
        SharedMemory::Used => "used",
        SharedMemory::NotNeeded => "not needed",
    };
    let (engine, date) = (Quoted(&provenance.engine), Quoted(&provenance.date));
    write!(out, "{{\"displayTimeUnit\":\"ms\",\n\"otherData\":{{\"interleave\":1,\"source\":\"{source}\"")?;
    if let Source::Imported(file) = &provenance.source {
        write!(out, ",\"file\":{}", Quoted(file))?;
    }
    write!(out, ",\"engine\":{engine},\"cores\":{}", provenance.cores)?;
    write!(out, ",\"clock_resolution_ms\":{}", finite(provenance.clock_resolution_ms))?;
    write!(out, ",\"isolated\":{},\"hidden\":{}", provenance.isolated, provenance.hidden)?;
    write!(out, ",\"shared_memory\":\"{shared_memory}\",\"requests\":\"{requests}\"")?;
    if let RequestsBy::Timer(why) = &provenance.requests {
        write!(out, ",\"why_timer\":{}", Quoted(why))?;
    }
    write!(out, ",\"dropped_events\":{},\"date\":{date}", provenance.dropped_events)?;
    writeln!(out, ",\"end_ms\":{}}},\n\"traceEvents\":[", trace.end_ms())
}

/// JSON knows no other numbers.
fn finite(number: f64) -> f64 {
    if number.is_finite() { number } else { 0.0 }
}

/// Text in quotation marks.
pub(super) struct Quoted<'a>(pub(super) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_char('"')?;
        let mut rest = self.0;
        while let Some(at) = rest.find(|c: char| c < ' ' || c == '"' || c == '\\') {
            out.write_str(&rest[..at])?;
            match rest.as_bytes()[at] {
                b'\n' => out.write_str("\\n")?,
                byte @ (b'"' | b'\\') => write!(out, "\\{}", char::from(byte))?,
                byte => write!(out, "\\u{byte:04x}")?,
            }
            rest = &rest[at + 1..];
        }
        out.write_str(rest)?;
        out.write_char('"')
    }
}
