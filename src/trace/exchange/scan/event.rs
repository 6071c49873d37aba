//! One event of a trace file: where its fields stand. Which of them it needs depends on its phase, so nothing is converted here.

use super::cursor::{Cursor, Fault, Text, Token};

/// An event, as it stands in the bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Event<'a> {
    /// What kind of event it is; 0 without a phase.
    pub phase: u8,
    /// What it is called.
    pub name: Option<Text<'a>>,
    /// Its category, or several with commas between.
    pub category: &'a [u8],
    /// Name of a colour, which may say a state.
    pub colour: &'a [u8],
    /// Process, by number or name.
    pub process: Option<&'a [u8]>,
    /// Thread, by number or name.
    pub thread: Option<&'a [u8]>,
    /// What ends that belong together have in common, within `scope`.
    pub id: &'a [u8],
    /// Whether another process may have the same id for something else.
    pub id_is_local: bool,
    /// Among what `id` is unique.
    pub scope: &'a [u8],
    /// Start, µs.
    pub start_us: Option<&'a [u8]>,
    /// Duration, µs.
    pub duration_us: Option<&'a [u8]>,
    /// Whether the end of an arrow belongs to the slice around it, rather than to the next.
    pub binds_around: bool,
    /// The arguments with their braces, and where they begin in the event.
    pub arguments: Option<(&'a [u8], usize)>,
    /// In our own files: its exact start, ms.
    pub start_ms: Option<&'a [u8]>,
    /// In our own files: its exact end, ms.
    pub end_ms: Option<&'a [u8]>,
    /// In our own files: what a counter counts, by number.
    pub object: Option<&'a [u8]>,
}

impl<'a> Event<'a> {
    /// The event at the beginning of `bytes`, and how many of them it is. A key that comes twice counts as it comes last.
    ///
    /// # Errors
    /// [`Fault`] where the bytes are no object, or end before it does.
    pub fn parse(bytes: &'a [u8]) -> Result<(Self, usize), Fault> {
        let mut cursor = Cursor::new(bytes);
        cursor.pass(b'{', "an event")?;
        let mut event = Self::default();
        while let Some(key) = cursor.key()? {
            let value = cursor.value()?;
            let content = value.content();
            match key {
                b"ph" => event.phase = if content.len() == 1 { content[0] } else { 0 },
                b"name" => event.name = value.text().or(Some(Text { raw: content, escaped: false })),
                b"cat" => event.category = content,
                b"cname" => event.colour = content,
                b"pid" => event.process = Some(content),
                b"tid" => event.thread = Some(content),
                b"ts" => event.start_us = Some(content),
                b"dur" => event.duration_us = Some(content),
                b"id" => event.id = content,
                b"id2" => {
                    event.id = content;
                    event.id_is_local = content.windows(5).any(|word| word == b"local");
                }
                b"scope" => event.scope = content,
                b"bp" => event.binds_around = content == b"e",
                b"args" => {
                    if let Token::Nested(bytes @ [b'{', ..]) = value {
                        event.arguments = Some((bytes, cursor.at() - bytes.len()));
                    }
                }
                b"ms" => event.start_ms = Some(content),
                b"end_ms" => event.end_ms = Some(content),
                b"object" => event.object = Some(content),
                _ => {}
            }
        }
        Ok((event, cursor.at()))
    }

    /// Its arguments, one by one.
    ///
    /// # Errors
    /// [`Fault::Unexpected`] where they are no JSON; its place is within the event.
    pub fn each_argument(&self, mut take: impl FnMut(&'a [u8], Token<'a>)) -> Result<(), Fault> {
        let Some((bytes, offset)) = self.arguments else { return Ok(()) };
        // The arguments are all here: what seems to end too early is a bracket too few.
        let within = |fault| match fault {
            Fault::Incomplete => Fault::Unexpected { at: offset + bytes.len() - 1, wanted: "a value" },
            Fault::Unexpected { at, wanted } => Fault::Unexpected { at: offset + at, wanted },
        };
        let mut cursor = Cursor::new(bytes);
        cursor.pass(b'{', "arguments").map_err(within)?;
        while let Some(key) = cursor.key().map_err(within)? {
            take(key, cursor.value().map_err(within)?);
        }
        Ok(())
    }
}
