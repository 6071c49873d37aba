//! The page's pictures: each decodes to what the table and another decoder say.
#![cfg(not(target_arch = "wasm32"))]

use std::io::Cursor;

use interleave::plan::kernel::png::{Decoder, Header, checksum};
use interleave::plan::{PICTURE_CHECKSUMS, PICTURE_SIZE, PICTURES};

#[test]
fn the_pictures_of_the_page_are_what_the_table_and_another_decoder_say() {
    let mut checksums = Vec::new();
    for number in 1..=PICTURES {
        let bytes = std::fs::read(format!("{}/www/pictures/{number}.png", env!("CARGO_MANIFEST_DIR"))).unwrap();
        assert!((10_000..60_000).contains(&bytes.len()), "picture {number} has {} bytes", bytes.len());
        let Header { width, height, .. } = Decoder::new(&bytes).unwrap().header();
        assert_eq!([width, height], PICTURE_SIZE);
        let mut reader = png::Decoder::new(Cursor::new(&bytes)).read_info().unwrap();
        let mut theirs = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut theirs).unwrap();
        let (mut decoder, mut ours) = (Decoder::new(&bytes).unwrap(), Vec::new());
        while !decoder.is_done() {
            decoder.piece(&mut ours).unwrap();
        }
        assert!(ours == theirs, "picture {number}");
        checksums.push(checksum(&ours));
    }
    assert!(checksums == PICTURE_CHECKSUMS, "the checksums are {checksums:#010x?}");
}
