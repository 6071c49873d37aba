//! Takes the backslashes out of a JSON string.

/// The bytes that `raw` stands for. An escape that JSON does not know stays as it is.
pub fn unescaped(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        out.extend(&rest[..at]);
        rest = &rest[at..];
        let (bytes, length) = one(rest);
        match bytes {
            Some(c) => out.extend(c.encode_utf8(&mut [0; 4]).as_bytes()),
            None => out.extend(&rest[..length]),
        }
        rest = &rest[length..];
    }
    out.extend(rest);
    out
}

/// The character that the escape at the beginning of `rest` stands for, and how long the escape is.
fn one(rest: &[u8]) -> (Option<char>, usize) {
    let c = match rest.get(1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(byte @ (b'"' | b'\\' | b'/')) => char::from(*byte),
        Some(b'u') => return unicode(rest),
        // Before a byte of a longer character too: that follows by itself.
        _ => return (None, 1),
    };
    (Some(c), 2)
}

/// `\uXXXX`, or two of them that are one character.
fn unicode(rest: &[u8]) -> (Option<char>, usize) {
    let Some(first) = hex(rest) else { return (None, 2) };
    if let (0xD800..0xDC00, Some(second @ 0xDC00..0xE000)) = (first, hex(&rest[6..])) {
        return (char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)), 12);
    }
    (Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER)), 6)
}

fn hex(rest: &[u8]) -> Option<u32> {
    let digits = rest.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |sum, digit| Some(sum * 16 + char::from(*digit).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_become_characters() {
        let check = |raw: &str, text: &str| assert_eq!(unescaped(raw.as_bytes()), text.as_bytes(), "{raw}");
        check(r#"a\n\t\r\b\f\"\\\/z"#, "a\n\t\r\u{8}\u{c}\"\\/z");
        check(r"\u00e9\u05D0", "éא");
        check(r"\ud83d\ude00!", "😀!");
        check(r"\ud83d!", "\u{fffd}!");
        check(r"\ude00\ud83d", "\u{fffd}\u{fffd}");
        check(r"\ud83d\u0041", "\u{fffd}A");
        check(r"\q\u12\", r"\q\u12\");
        check("\\é", "\\é");
    }
}
