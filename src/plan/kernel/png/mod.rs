//! Decoding a PNG, piece by piece: 8 bits a channel, RGB or RGBA, not interlaced, which is what the page's own pictures are.
//! Whatever else comes, broken or only different, is refused in words; no bytes make it panic.

mod chunks;
mod filter;

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::{
    TINFL_FLAG_HAS_MORE_INPUT, TINFL_FLAG_PARSE_ZLIB_HEADER, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
};
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

pub use chunks::Header;

/// How many bytes a piece inflates, a tenth of a millisecond or two.
const PIECE: usize = 16_384;

/// A picture that is being decoded.
pub struct Decoder {
    header: Header,
    /// What is still compressed, all chunks joined.
    data: Vec<u8>,
    /// How many bytes of it are used up.
    taken: usize,
    inflate: Box<DecompressorOxide>,
    /// Rows as they were filtered, each behind the byte that names its filter. They stay, for what follows repeats parts of them.
    rows: Vec<u8>,
    /// The row that was unfiltered last.
    above: Vec<u8>,
    /// How many bytes of them are inflated.
    inflated: usize,
    /// How many of them are unfiltered and given out.
    done: usize,
}

impl Decoder {
    /// Begins to decode these bytes.
    ///
    /// # Errors
    /// Why they are no picture that can be decoded, in words.
    pub fn new(bytes: &[u8]) -> Result<Self, String> {
        let (header, data) = chunks::read(bytes)?;
        Ok(Self {
            header,
            data,
            taken: 0,
            inflate: Box::default(),
            rows: vec![0; (header.row_bytes() + 1) * header.height as usize],
            above: vec![0; header.row_bytes()],
            inflated: 0,
            done: 0,
        })
    }

    /// What the file says of itself.
    pub fn header(&self) -> Header {
        self.header
    }

    /// Whether all rows are given out.
    pub fn is_done(&self) -> bool {
        self.done == self.header.height as usize
    }

    /// Inflates the next piece and adds the rows that are whole by then to `pixels`, as RGB. Returns how many pixels that are.
    ///
    /// # Errors
    /// What is wrong with the data, in words.
    #[inline(never)]
    pub fn piece(&mut self, pixels: &mut Vec<u8>) -> Result<u32, String> {
        let end = self.rows.len().min(self.inflated + PIECE);
        let flags = TINFL_FLAG_PARSE_ZLIB_HEADER | TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF | TINFL_FLAG_HAS_MORE_INPUT;
        let input = &self.data[self.taken..];
        let (status, taken, given) = decompress(&mut self.inflate, input, &mut self.rows[..end], self.inflated, flags);
        self.taken += taken;
        self.inflated += given;
        let is_right = match status {
            TINFLStatus::HasMoreOutput => true,
            TINFLStatus::Done | TINFLStatus::NeedsMoreInput => self.inflated == self.rows.len(),
            _ => false,
        };
        if !is_right {
            return Err("the picture’s data are broken or cut short".into());
        }
        self.unfilter(pixels)
    }

    fn unfilter(&mut self, pixels: &mut Vec<u8>) -> Result<u32, String> {
        let (channels, length) = (self.header.channels, self.header.row_bytes() + 1);
        let first = self.done;
        while (self.done + 1) * length <= self.inflated {
            let filtered = &self.rows[self.done * length..][..length];
            let mut row = filtered[1..].to_vec();
            filter::undo(filtered[0], &mut row, &self.above, channels)?;
            // A fourth channel says how opaque a pixel is, and is left out.
            row.chunks_exact(channels).for_each(|pixel| pixels.extend_from_slice(&pixel[..3]));
            self.above = row;
            self.done += 1;
        }
        Ok((self.done - first) as u32 * self.header.width)
    }
}

/// A number that tells pictures apart by their pixels.
pub fn checksum(pixels: &[u8]) -> u32 {
    pixels.chunks(4).fold(0x811c_9dc5, |sum: u32, bytes| {
        let word = bytes.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte));
        (sum ^ word).wrapping_mul(0x0100_0193).rotate_left(5)
    })
}

#[cfg(test)]
mod tests {

    use proptest::prelude::*;

    use super::*;

    fn decoded(bytes: &[u8]) -> Result<Vec<u8>, String> {
        let (mut decoder, mut pixels) = (Decoder::new(bytes)?, Vec::new());
        while !decoder.is_done() {
            decoder.piece(&mut pixels)?;
        }
        Ok(pixels)
    }

    /// A picture as another encoder writes it, every row with this filter.
    fn encoded(colour: png::ColorType, filter: png::Filter, pixels: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 90, 70);
        encoder.set_color(colour);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_filter(filter);
        encoder.write_header().unwrap().write_image_data(pixels).unwrap();
        bytes
    }

    fn pixels(channels: usize) -> Vec<u8> {
        (0..90 * 70 * channels as u32).map(|at| (at / 7 + (at % 13) * (at % 5)) as u8).collect()
    }

    #[test]
    fn every_filter_is_undone() {
        use png::Filter::{Adaptive, Avg, NoFilter, Paeth, Sub, Up};
        let rgb = pixels(3);
        for filter in [NoFilter, Sub, Up, Avg, Paeth, Adaptive] {
            assert!(decoded(&encoded(png::ColorType::Rgb, filter, &rgb)).is_ok_and(|given| given == rgb));
            let rgba = pixels(4);
            let opaque: Vec<_> = rgba.chunks(4).flat_map(|pixel| &pixel[..3]).copied().collect();
            assert!(decoded(&encoded(png::ColorType::Rgba, filter, &rgba)).is_ok_and(|given| given == opaque));
        }
    }

    #[test]
    fn what_is_no_such_picture_is_refused_in_words() {
        let good = encoded(png::ColorType::Rgb, png::Filter::Adaptive, &pixels(3));
        let with = |at: usize, byte: u8| {
            let mut bytes = good.clone();
            bytes[at] = byte;
            decoded(&bytes).unwrap_err()
        };
        assert_eq!(decoded(b"<!doctype html>").unwrap_err(), "this is no PNG");
        assert_eq!(decoded(&good[..20]).unwrap_err(), "the file is cut short");
        assert_eq!(decoded(&good[..good.len() / 2]).unwrap_err(), "the file is cut short");
        assert_eq!(with(24, 16), "only 8 bits a channel, RGB or RGBA and not interlaced can be decoded here");
        assert_eq!(with(28, 1), "only 8 bits a channel, RGB or RGBA and not interlaced can be decoded here");
        assert_eq!(with(19, 0), "a picture without pixels");
        assert_eq!(with(16, 0x70), "a picture of 1879048282 × 70 pixels is too large to be decoded here");
        assert_eq!(with(23, 71), "the picture’s data are broken or cut short");
    }

    proptest! {
        #[test]
        fn broken_bytes_never_make_it_panic(at in 8_usize..2_000, byte in any::<u8>(), length in 0_usize..20_000) {
            let mut bytes = encoded(png::ColorType::Rgb, png::Filter::Adaptive, &pixels(3));
            bytes.truncate(length.max(2_000));
            let at = at % bytes.len();
            bytes[at] = byte;
            // Whether it is refused depends on where the byte stands; a wrong dimension may ask for much memory, but not too much.
            let _ = decoded(&bytes);
        }
    }
}
