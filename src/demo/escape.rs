//! Text in links: bytes that mean something there are written as %XX.

use std::fmt::Write;

/// Writes all but letters, digits and `-._~:/` as %XX, and a blank as +.
pub fn encode(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/".contains(&byte) {
            escaped.push(byte.into());
        } else if byte == b' ' {
            escaped.push('+');
        } else {
            // Writing to a string cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

/// Undoes %XX and +; what is no valid escape stays as it is.
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escape = match tail {
            [a, b, ..] if *first == b'%' => {
                std::str::from_utf8(&[*a, *b]).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok())
            }
            _ => None,
        };
        bytes.push(escape.unwrap_or(if *first == b'+' { b' ' } else { *first }));
        rest = if escape.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let text = "https://a.example/x?y=1&z=ü+%\nhttp://b c";
        assert_eq!(encode(text), "https://a.example/x%3Fy%3D1%26z%3D%C3%BC%2B%25%0Ahttp://b+c");
        assert_eq!(decode(&encode(text)), text);
        assert_eq!(decode("a+b%2Cc%zz%"), "a b,c%zz%");
    }
}
