//! Compresses bytes as small as the two formats allow that browsers accept. It is done once for a deployment, so it may take its time.
//! It knows neither files nor what is worth compressing.

use std::io::{self, Write};

/// By brotli, at its highest quality.
///
/// # Errors
/// None that memory would not meet.
pub fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &parameters)?;
    Ok(packed)
}

/// By gzip, at its highest level; the same bytes give the same result at any time.
///
/// # Errors
/// None that memory would not meet.
pub fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes)?;
    packer.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    #[test]
    fn what_is_packed_is_unpacked_the_same() {
        let bytes = b"interleave ".repeat(1_000);
        let (brotli, gzip) = (super::brotli(&bytes).unwrap(), super::gzip(&bytes).unwrap());
        assert!(brotli.len() < 100 && gzip.len() < 200, "{} and {} bytes", brotli.len(), gzip.len());
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut &brotli[..], &mut unpacked).unwrap();
        assert_eq!(unpacked, bytes);
        unpacked.clear();
        flate2::read::GzDecoder::new(&gzip[..]).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, bytes);
    }
}
