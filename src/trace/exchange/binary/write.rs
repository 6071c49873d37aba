//! Writes a trace as bytes. No step needs a second copy of the trace: rows go out in blocks.

use std::io::{self, Write};

use super::super::super::{LaneKind, Trace};
use super::row::{Row, code};
use super::{MAGIC, NONE, provenance};

/// How much is gathered before it is written, bytes.
const BLOCK: usize = 1 << 16;

/// Writes `trace` to `out`, in blocks of about 64 kB.
///
/// # Errors
/// Whatever `out` refuses.
pub fn write(trace: &Trace, out: &mut impl Write) -> io::Result<()> {
    let mut writer = Writer { out, block: Vec::with_capacity(2 * BLOCK) };
    writer.block.extend(MAGIC);
    writer.f64(trace.end_ms())?;
    provenance::put(trace.provenance(), &mut writer)?;
    writer.labels(trace.tasks())?;
    writer.labels(trace.objects())?;
    writer.number(trace.lanes().len())?;
    for lane in trace.lanes() {
        writer.u8(code(&LaneKind::ALL, lane.kind()))?;
        writer.u32(lane.below().map_or(NONE, |above| above.0.into()))?;
        writer.text(lane.label())?;
        writer.rows(lane.slices())?;
        writer.rows(lane.marks())?;
    }
    writer.rows(trace.holds())?;
    writer.rows(trace.flows())?;
    writer.number(trace.counters().len())?;
    for counter in trace.counters() {
        writer.u32(counter.object.0)?;
        writer.rows(&counter.samples)?;
    }
    writer.out.write_all(&writer.block)
}

/// How many bytes [`write`] writes.
pub fn encoded_len(trace: &Trace) -> u64 {
    let mut count = Count(0);
    // It refuses nothing.
    let _ = write(trace, &mut count);
    count.0
}

struct Count(u64);

impl Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Gathers small pieces into blocks.
pub(super) struct Writer<'a, W> {
    out: &'a mut W,
    block: Vec<u8>,
}

impl<W: Write> Writer<'_, W> {
    pub(super) fn u8(&mut self, byte: u8) -> io::Result<()> {
        self.bytes(&[byte])
    }

    pub(super) fn u32(&mut self, number: u32) -> io::Result<()> {
        self.bytes(&number.to_le_bytes())
    }

    pub(super) fn u64(&mut self, number: u64) -> io::Result<()> {
        self.bytes(&number.to_le_bytes())
    }

    pub(super) fn f64(&mut self, number: f64) -> io::Result<()> {
        self.bytes(&number.to_le_bytes())
    }

    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.number(text.len())?;
        self.bytes(text.as_bytes())
    }

    fn labels(&mut self, labels: &[String]) -> io::Result<()> {
        self.number(labels.len())?;
        labels.iter().try_for_each(|label| self.text(label))
    }

    fn number(&mut self, length: usize) -> io::Result<()> {
        self.u32(u32::try_from(length).map_err(io::Error::other)?)
    }

    fn rows<T: Row>(&mut self, rows: &[T]) -> io::Result<()> {
        self.number(rows.len())?;
        for rows in rows.chunks(BLOCK / T::BYTES) {
            let before = self.block.len();
            self.block.resize(before + rows.len() * T::BYTES, 0);
            let places = self.block[before..].chunks_exact_mut(T::BYTES);
            rows.iter().zip(places).for_each(|(row, place)| row.put(place));
            self.hand_on()?;
        }
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.block.extend(bytes);
        self.hand_on()
    }

    fn hand_on(&mut self) -> io::Result<()> {
        if self.block.len() >= BLOCK {
            self.out.write_all(&self.block)?;
            self.block.clear();
        }
        Ok(())
    }
}
