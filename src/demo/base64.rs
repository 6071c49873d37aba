//! Bytes in links: base64 with the letters that need no escape there (RFC 4648, section 5), and nothing that fills up its end.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// `bytes` as text: four letters for three of them.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let word = group.iter().fold(0_u32, |word, byte| (word << 8) | u32::from(*byte)) << (8 * (3 - group.len()));
        let letters = (0..=group.len()).map(|k| (word >> (18 - 6 * k)) & 63);
        text.extend(letters.map(|letter| char::from(LETTERS[letter as usize])));
    }
    text
}

/// The bytes that `text` stands for; `None` if it stands for none.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for group in text.as_bytes().chunks(4) {
        let letter = |letter: &u8| LETTERS.iter().position(|known| known == letter);
        let word = group.iter().try_fold(0_usize, |word, byte| Some((word << 6) | letter(byte)?))?;
        let [_, first, second, third] = ((word << (6 * (4 - group.len()))) as u32).to_be_bytes();
        bytes.extend(&[first, second, third][..group.len().checked_sub(1).filter(|bytes| *bytes > 0)?]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn as_others_write_it() {
        for (bytes, text) in [(&b""[..], ""), (b"f", "Zg"), (b"fo", "Zm8"), (b"foob", "Zm9vYg"), (&[0xfb, 0xff], "-_8")]
        {
            assert_eq!(encode(bytes), text);
        }
        assert_eq!(["A", "Zg==", "Z g", "Zgü"].map(decode), [None, None, None, None]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(bytes: Vec<u8>) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            decode(&text);
        }
    }
}
