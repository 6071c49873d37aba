//! Unpacks gzip piece by piece, a little at a time, since a few bytes may unpack to very many.

use std::io::Write;

use flate2::write::MultiGzDecoder;

/// How compressed files begin.
pub(super) const MAGIC: [u8; 2] = [0x1f, 0x8b];
/// How much is unpacked at once, bytes: it becomes about a thousand times as much at most.
const BITE: usize = 2048;

/// Unpacks one file.
#[derive(Debug)]
pub(super) struct Unpacker(MultiGzDecoder<Vec<u8>>);

impl Default for Unpacker {
    fn default() -> Self {
        Self(MultiGzDecoder::new(Vec::new()))
    }
}

impl Unpacker {
    /// Unpacks the next bytes and hands on what comes out. `damaged` makes an error that says after how many of them.
    pub(super) fn feed<E>(
        &mut self,
        bytes: &[u8],
        mut take: impl FnMut(&[u8]) -> Result<(), E>,
        damaged: impl Fn(usize) -> E,
    ) -> Result<(), E> {
        for (number, bite) in bytes.chunks(BITE).enumerate() {
            self.0.write_all(bite).map_err(|_| damaged(number * BITE))?;
            take(self.0.get_ref())?;
            self.0.get_mut().clear();
        }
        Ok(())
    }

    /// What is left, and whether the file breaks off.
    pub(super) fn finish(mut self) -> (Vec<u8>, bool) {
        let breaks_off = self.0.try_finish().is_err();
        (std::mem::take(self.0.get_mut()), breaks_off)
    }
}
