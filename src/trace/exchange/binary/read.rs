//! Reads a trace from bytes. Every number of rows is held against the bytes that are left before room is made for them, so
//! what is no trace cannot ask for more memory than a few times its own length.

use std::io::Read;

use super::super::super::{Counter, Lane, LaneId, LaneKind, ObjectId, Trace, TraceError};
use super::row::{Row, some};
use super::{MAGIC, provenance};

/// How much is read at once, bytes.
const BLOCK: usize = 1 << 16;

/// Why bytes are no trace.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum BinaryError {
    /// They begin otherwise: another format, or another version of this one.
    #[error("these bytes are no trace, or one of another version")]
    NotATrace,
    /// They end too early.
    #[error("the bytes of the trace end too early")]
    Incomplete,
    /// Something stands where it makes no sense.
    #[error("the bytes of the trace make no sense")]
    Malformed,
    /// They say what cannot have happened.
    #[error("the bytes say what cannot have happened: {0}")]
    Unlawful(#[from] TraceError),
}

/// The trace in the next `length` bytes of `source`.
///
/// # Errors
/// [`BinaryError`] if they are none.
pub fn read(source: &mut impl Read, length: u64) -> Result<Trace, BinaryError> {
    let mut reader = Reader { source, left: length };
    if reader.array()? != MAGIC {
        return Err(BinaryError::NotATrace);
    }
    let end_ms = f64::from_le_bytes(reader.array()?);
    let provenance = provenance::get(&mut reader)?;
    let (tasks, objects) = (reader.labels()?, reader.labels()?);
    let lanes = reader.several(17, lane)?;
    let (holds, flows) = (reader.rows()?, reader.rows()?);
    let counters =
        reader.several(8, |reader| Ok(Counter { object: ObjectId(reader.u32()?), samples: reader.rows()? }))?;
    Ok(Trace { tasks, objects, lanes, holds, flows, counters, provenance, end_ms }.checked()?)
}

fn lane<R: Read>(reader: &mut Reader<R>) -> Result<Lane, BinaryError> {
    let [kind] = reader.array()?;
    let kind = *LaneKind::ALL.get(usize::from(kind)).ok_or(BinaryError::Malformed)?;
    let below = some(reader.u32()?).map(|above| u16::try_from(above).map(LaneId)).transpose();
    let below = below.map_err(|_| BinaryError::Malformed)?;
    Ok(Lane { kind, below, label: reader.text()?, slices: reader.rows()?, marks: reader.rows()? })
}

/// Takes what it reads from what is left.
pub(super) struct Reader<'a, R> {
    source: &'a mut R,
    left: u64,
}

impl<R: Read> Reader<'_, R> {
    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], BinaryError> {
        let mut bytes = [0; N];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    pub(super) fn u32(&mut self) -> Result<u32, BinaryError> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    pub(super) fn text(&mut self) -> Result<String, BinaryError> {
        let length = self.number(1)?;
        let mut bytes = vec![0; length];
        self.fill(&mut bytes)?;
        String::from_utf8(bytes).map_err(|_| BinaryError::Malformed)
    }

    fn labels(&mut self) -> Result<Vec<String>, BinaryError> {
        self.several(4, Self::text)
    }

    /// As many as a number says, of at least `bytes` each.
    fn several<T>(
        &mut self,
        bytes: usize,
        one: impl Fn(&mut Self) -> Result<T, BinaryError>,
    ) -> Result<Vec<T>, BinaryError> {
        let number = self.number(bytes)?;
        let mut all = Vec::with_capacity(number);
        for _ in 0..number {
            all.push(one(self)?);
        }
        Ok(all)
    }

    fn rows<T: Row>(&mut self) -> Result<Vec<T>, BinaryError> {
        let number = self.number(T::BYTES)?;
        let mut rows = Vec::with_capacity(number);
        let mut block = vec![0; number.min(BLOCK / T::BYTES) * T::BYTES];
        while rows.len() < number {
            let bytes = block.len().min((number - rows.len()) * T::BYTES);
            self.fill(&mut block[..bytes])?;
            for row in block[..bytes].chunks_exact(T::BYTES) {
                rows.push(T::get(row).ok_or(BinaryError::Malformed)?);
            }
        }
        Ok(rows)
    }

    /// A number of things that take at least `bytes` each.
    fn number(&mut self, bytes: usize) -> Result<usize, BinaryError> {
        let number = self.u32()?;
        if u64::from(number) * bytes as u64 > self.left {
            return Err(BinaryError::Incomplete);
        }
        Ok(number as usize)
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), BinaryError> {
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(BinaryError::Incomplete)?;
        self.source.read_exact(bytes).map_err(|_| BinaryError::Incomplete)
    }
}
