//! The chunks that a PNG consists of: a header, compressed data in any number of parts, and others that are skipped.

/// Most pixels that are decoded: what a page can keep in memory without harm.
const MOST_PIXELS: u64 = 4_000_000;

/// What a PNG says of itself, as far as it concerns the decoder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Bytes of a pixel: 3 for RGB, 4 for RGBA.
    pub channels: usize,
}

impl Header {
    /// Length of a row, bytes.
    pub fn row_bytes(self) -> usize {
        self.width as usize * self.channels
    }

    fn read(data: &[u8]) -> Result<Self, String> {
        let &[w0, w1, w2, w3, h0, h1, h2, h3, depth, colour, compression, filter, interlace] = data else {
            return Err("the picture’s header has a wrong length".into());
        };
        let (width, height) = (u32::from_be_bytes([w0, w1, w2, w3]), u32::from_be_bytes([h0, h1, h2, h3]));
        let channels = match colour {
            2 => 3,
            6 => 4,
            _ => 0,
        };
        if channels == 0 || [depth, compression, filter, interlace] != [8, 0, 0, 0] {
            return Err("only 8 bits a channel, RGB or RGBA and not interlaced can be decoded here".into());
        }
        match u64::from(width) * u64::from(height) {
            0 => Err("a picture without pixels".into()),
            1..=MOST_PIXELS => Ok(Self { width, height, channels }),
            _ => Err(format!("a picture of {width} × {height} pixels is too large to be decoded here")),
        }
    }
}

/// The header, and the compressed data joined. The checksums of the chunks are not looked at: the transport has its own.
pub fn read(bytes: &[u8]) -> Result<(Header, Vec<u8>), String> {
    let cut_short = || "the file is cut short".to_owned();
    let mut rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n").ok_or("this is no PNG")?;
    let (mut header, mut data) = (None, Vec::new());
    loop {
        let (length, after) = rest.split_first_chunk().ok_or_else(cut_short)?;
        let (kind, after) = after.split_first_chunk::<4>().ok_or_else(cut_short)?;
        let (content, after) = after.split_at_checked(u32::from_be_bytes(*length) as usize).ok_or_else(cut_short)?;
        match kind {
            b"IHDR" => header = Some(Header::read(content)?),
            b"IDAT" => data.extend_from_slice(content),
            b"IEND" => break,
            _ => {}
        }
        (_, rest) = after.split_first_chunk::<4>().ok_or_else(cut_short)?;
    }
    Ok((header.ok_or("the picture has no header")?, data))
}
