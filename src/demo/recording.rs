//! A finished run in a link: what each engine recorded, packed, compressed and written in letters that links take. The browser
//! compresses; reading is done here, bounded and checked, for a link is text that somebody else wrote.
//!
//! ```text
//!  trace=1.<base64 of: CRC-32 of the rest, big-endian; the rest, compressed by DEFLATE>
//!  unpacked, for each engine: length of its key, key, length of its trace (u32, little-endian), trace (see `exchange::binary`)
//! ```

use std::io::Read;
use std::rc::Rc;

use flate2::Crc;
use flate2::read::DeflateDecoder;

use super::base64;
use crate::engine::EngineId;
use crate::trace::Trace;
use crate::trace::exchange::binary;

/// The longest link with a recording, characters. Chromium takes 2 MiB (`url::kMaxURLChars`) and Firefox 1 MiB (its preference
/// `network.standard-url.max-length`), but a link is passed on: a message of Slack holds 40,000 characters (`chat.postMessage`).
pub const MOST_LINK: usize = 32_000;
/// The longest recording that is read, characters: a link may have been made where more was allowed.
const MOST_LETTERS: usize = 4 * MOST_LINK;
/// Most bytes that a recording may unpack to. A link of [`MOST_LINK`] holds about 100,000 of a trace; one made to do harm, 130 million.
const MOST_UNPACKED: u64 = 4_000_000;
/// How recordings are written.
const VERSION: u32 = 1;

/// What some engines recorded elsewhere, or at another time.
#[derive(Clone, Debug)]
pub struct Recording {
    /// By engine, in the order they ran.
    pub traces: Vec<(EngineId, Rc<Trace>)>,
}

/// Why a recording cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordingProblem {
    /// Another version of this page wrote it.
    #[error(
        "This link was made by a newer version of this page, and its recording cannot be read by this one. \
         Reload the page; if that does not help, run it anew."
    )]
    Newer,
    /// It is not as it was written.
    #[error(
        "The recording in this link is damaged: a part of the link was cut off or altered on its way. Ask for it again, \
         or run it anew."
    )]
    Damaged,
    /// It is longer than any that is made here.
    #[error("The recording in this link has {0} characters, more than any that is made here; it was left out.")]
    TooLong(usize),
    /// It arrived as it was written, but is no trace.
    #[error("The recording in this link cannot be shown: {0}.")]
    NoTrace(String),
}

impl PartialEq for Recording {
    fn eq(&self, other: &Self) -> bool {
        let same = |((a, x), (b, y)): (&(EngineId, Rc<Trace>), &(EngineId, Rc<Trace>))| a == b && Rc::ptr_eq(x, y);
        self.traces.len() == other.traces.len() && self.traces.iter().zip(&other.traces).all(same)
    }
}

impl Recording {
    /// Its bytes, to be compressed.
    pub fn pack(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (engine, trace) in &self.traces {
            let trace = binary::encode(trace);
            bytes.push(engine.key().len() as u8);
            bytes.extend(engine.key().bytes());
            bytes.extend((trace.len() as u32).to_le_bytes());
            bytes.extend(trace);
        }
        bytes
    }

    /// The letters that stand behind `trace=`, of bytes that were packed and compressed.
    pub fn seal(compressed: &[u8]) -> String {
        let bytes = [&sum_of(compressed).to_be_bytes(), compressed].concat();
        format!("{VERSION}.{}", base64::encode(&bytes))
    }

    /// Reads what stands behind `trace=`.
    ///
    /// # Errors
    /// [`RecordingProblem`] with what to do about it.
    pub fn open(letters: &str) -> Result<Self, RecordingProblem> {
        let (version, letters) = letters.split_once('.').ok_or(RecordingProblem::Damaged)?;
        let version: u32 = version.parse().map_err(|_| RecordingProblem::Damaged)?;
        if version > VERSION {
            return Err(RecordingProblem::Newer);
        }
        if letters.len() > MOST_LETTERS {
            return Err(RecordingProblem::TooLong(letters.len()));
        }
        let bytes = base64::decode(letters).filter(|_| version == VERSION).ok_or(RecordingProblem::Damaged)?;
        let (sum, compressed) = bytes.split_first_chunk().ok_or(RecordingProblem::Damaged)?;
        if u32::from_be_bytes(*sum) != sum_of(compressed) {
            return Err(RecordingProblem::Damaged);
        }
        Self::unpack(&inflated(compressed)?)
    }

    /// Reads what [`Self::pack`] wrote.
    ///
    /// # Errors
    /// [`RecordingProblem::NoTrace`].
    pub fn unpack(mut bytes: &[u8]) -> Result<Self, RecordingProblem> {
        let mut traces: Vec<(EngineId, Rc<Trace>)> = Vec::new();
        let incomplete = || no_trace("it ends too early");
        while let Some((length, rest)) = bytes.split_first() {
            let (key, rest) = rest.split_at_checked((*length).into()).ok_or_else(incomplete)?;
            let (length, rest) = rest.split_first_chunk().ok_or_else(incomplete)?;
            let (trace, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or_else(incomplete)?;
            let engine = std::str::from_utf8(key).ok().and_then(EngineId::from_key);
            let engine = engine.filter(|engine| traces.iter().all(|(other, _)| other != engine));
            let engine = engine.ok_or_else(|| no_trace("it names an engine that is not known, or one twice"))?;
            let trace = binary::decode(trace).map_err(|error| no_trace(&error.to_string()))?;
            traces.push((engine, Rc::new(trace.from_elsewhere())));
            bytes = rest;
        }
        if traces.is_empty() { Err(no_trace("it is empty")) } else { Ok(Self { traces }) }
    }
}

fn no_trace(why: &str) -> RecordingProblem {
    RecordingProblem::NoTrace(why.to_owned())
}

fn sum_of(bytes: &[u8]) -> u32 {
    let mut sum = Crc::new();
    sum.update(bytes);
    sum.sum()
}

fn inflated(compressed: &[u8]) -> Result<Vec<u8>, RecordingProblem> {
    let mut bytes = Vec::new();
    let unpacked = DeflateDecoder::new(compressed).take(MOST_UNPACKED + 1).read_to_end(&mut bytes);
    unpacked.map_err(|_| no_trace("it cannot be unpacked"))?;
    if bytes.len() as u64 > MOST_UNPACKED {
        return Err(no_trace("it unpacks to more than a link from here can hold"));
    }
    Ok(bytes)
}

#[cfg(test)]
#[path = "recording_tests.rs"]
mod tests;
