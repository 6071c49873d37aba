//! Finds the parts of JSON in bytes, without building anything of them. It passes over what it need not look into, and tells
//! bytes that make no sense from bytes that have not all come yet.

use std::borrow::Cow;

/// Why there is nothing to be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The bytes end too early.
    Incomplete,
    /// Something else should stand here.
    Unexpected {
        /// Index of the byte.
        at: usize,
        /// What should stand there, in words.
        wanted: &'static str,
    },
}

/// A string as it stands between its quotation marks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Text<'a> {
    /// What stands there.
    pub raw: &'a [u8],
    /// Whether there is a backslash in it.
    pub escaped: bool,
}

/// A value.
#[derive(Clone, Copy, Debug)]
pub enum Token<'a> {
    /// A string.
    Text(Text<'a>),
    /// A number or a word: `true`, `null`; also `NaN`, which some programs write.
    Bare(&'a [u8]),
    /// An object or an array, brackets and all.
    Nested(&'a [u8]),
}

impl<'a> Token<'a> {
    /// The bytes, without quotation marks: ids and numbers come with and without.
    pub fn content(self) -> &'a [u8] {
        match self {
            Self::Text(text) => text.raw,
            Self::Bare(raw) | Self::Nested(raw) => raw,
        }
    }

    /// The string that it is, if it is one.
    pub fn text(self) -> Option<Text<'a>> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

impl<'a> Text<'a> {
    /// The text itself. What is no UTF-8, or half a surrogate pair, becomes U+FFFD.
    pub fn decode(self) -> Cow<'a, str> {
        if self.escaped {
            Cow::Owned(String::from_utf8_lossy(&crate::unescaped(self.raw)).into_owned())
        } else {
            String::from_utf8_lossy(self.raw)
        }
    }
}

/// A place in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Whether a comma has to come before the next key.
    after_value: bool,
}

impl<'a> Cursor<'a> {
    /// At the beginning of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, after_value: false }
    }

    /// How far it has come, bytes.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Goes on to the next key of an object, after the `{` or a value; `None` at its end, which it passes. A comma too many
    /// does no harm.
    ///
    /// # Errors
    /// [`Fault`] where there is neither.
    #[inline]
    pub fn key(&mut self) -> Result<Option<&'a [u8]>, Fault> {
        let mut byte = self.peek()?;
        if self.after_value && byte == b',' {
            self.after_value = false;
            self.at += 1;
            byte = self.peek()?;
        }
        match byte {
            b'"' if !self.after_value => {}
            b'}' => {
                self.at += 1;
                return Ok(None);
            }
            _ => {
                let wanted = if self.after_value { "a comma or a closing brace" } else { "a key or a closing brace" };
                return Err(Fault::Unexpected { at: self.at, wanted });
            }
        }
        self.at += 1;
        let key = self.string()?.raw;
        self.pass(b':', "a colon")?;
        Ok(Some(key))
    }

    /// Passes the byte that has to be next.
    ///
    /// # Errors
    /// [`Fault`] if another is.
    #[inline]
    pub fn pass(&mut self, byte: u8, wanted: &'static str) -> Result<(), Fault> {
        if self.peek()? != byte {
            return Err(Fault::Unexpected { at: self.at, wanted });
        }
        self.at += 1;
        Ok(())
    }

    /// The next value.
    ///
    /// # Errors
    /// [`Fault`] where there is none, or not all of it.
    #[inline]
    pub fn value(&mut self) -> Result<Token<'a>, Fault> {
        let first = self.peek()?;
        let start = self.at;
        self.after_value = true;
        match first {
            b'"' => {
                self.at += 1;
                Ok(Token::Text(self.string()?))
            }
            b'{' | b'[' => {
                let length = Skip::default().run(&self.bytes[start..]).ok_or(Fault::Incomplete)?;
                self.at += length;
                Ok(Token::Nested(&self.bytes[start..self.at]))
            }
            first if is_bare(first) => {
                let rest = &self.bytes[start..];
                let length = rest.iter().position(|byte| !is_bare(*byte)).ok_or(Fault::Incomplete)?;
                self.at += length;
                Ok(Token::Bare(&rest[..length]))
            }
            _ => Err(Fault::Unexpected { at: start, wanted: "a value" }),
        }
    }

    /// The rest of a string whose quotation mark has been passed, with its second one.
    #[inline]
    fn string(&mut self) -> Result<Text<'a>, Fault> {
        let rest = &self.bytes[self.at..];
        let (mut length, mut escaped) = (0, false);
        loop {
            length += rest[length..].iter().position(|byte| is_special(*byte)).ok_or(Fault::Incomplete)?;
            if rest[length] == b'"' {
                self.at += length + 1;
                return Ok(Text { raw: &rest[..length], escaped });
            }
            escaped = true;
            length += 2;
            if length > rest.len() {
                return Err(Fault::Incomplete);
            }
        }
    }

    /// The next byte that is no space; the cursor stands before it.
    #[inline]
    fn peek(&mut self) -> Result<u8, Fault> {
        loop {
            match self.bytes.get(self.at) {
                Some(byte) if is_space(*byte) => self.at += 1,
                Some(byte) => return Ok(*byte),
                None => return Err(Fault::Incomplete),
            }
        }
    }
}

/// Where one value ends, found piece by piece: it remembers what the bytes so far have opened.
#[derive(Clone, Copy, Debug, Default)]
pub struct Skip {
    depth: u32,
    in_string: bool,
    after_backslash: bool,
    bare: bool,
}

impl Skip {
    /// How many of `bytes` belong to the value, if it ends among them. Otherwise all do, and the next bytes are to follow.
    pub fn run(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if self.after_backslash {
                self.after_backslash = false;
                at += 1;
            } else if self.in_string {
                at += bytes[at..].iter().position(|byte| is_special(*byte))? + 1;
                self.after_backslash = bytes[at - 1] == b'\\';
                self.in_string = self.after_backslash;
                if !self.in_string && self.depth == 0 {
                    return Some(at);
                }
            } else {
                at += 1;
                match byte {
                    b'"' => self.in_string = true,
                    b'{' | b'[' => self.depth = self.depth.saturating_add(1),
                    b'}' | b']' if self.depth > 1 => self.depth -= 1,
                    b'}' | b']' if self.depth == 1 => return Some(at),
                    _ if self.depth > 0 => {}
                    _ if !is_end(byte) => self.bare = true,
                    _ if self.bare || !is_space(byte) => return Some(at - 1),
                    _ => {}
                }
            }
        }
        None
    }
}

/// Whether a number or a word may have this byte.
fn is_bare(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')
}

/// Whether a number or a word ends before this byte.
fn is_end(byte: u8) -> bool {
    matches!(byte, b',' | b'}' | b']') || is_space(byte)
}

/// Whether JSON passes over this byte.
pub fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

fn is_special(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\')
}
