//! The outer shape of a trace file, fed piece by piece: an array of events, or an object with one among other things. An event
//! that a piece cuts in two is kept until its rest has come; nothing else is.

use interleave_scan::{Cursor, Event, Fault, Skip, is_space};

use super::error::ImportError;
use super::gather::Gather;
use super::notes::Note;

/// The longest an event may be, bytes. The longest known, with screenshots in them, have some hundred kB.
pub(super) const LONGEST_EVENT: usize = 16 << 20;

/// What comes next.
#[derive(Clone, Copy, Debug)]
enum Next {
    /// The bracket that opens the file.
    Opening,
    /// A key of the outer object, or its end.
    Key,
    /// The rest of a key.
    RestOfKey,
    /// What stands between a key and its value.
    Colon,
    /// The value of the last key.
    Value,
    /// The rest of a value that nobody needs.
    RestOfValue(Skip),
    /// An event, or the end of their array.
    Event,
    /// The rest of an event, or of another object, of which a part is kept.
    RestOfKept(Skip),
    /// Nothing.
    End,
    /// Something all the same, which is not read.
    More,
}

/// Reads a file, and gives its events to a [`Gather`].
#[derive(Debug)]
pub(super) struct Document {
    pub(super) gather: Gather,
    next: Next,
    /// Whether the events are a value of an object.
    in_object: bool,
    key: Vec<u8>,
    /// The beginning of an event whose rest has not come yet.
    kept: Vec<u8>,
    /// How many bytes came before the ones that are read now.
    before: u64,
    /// Events until now.
    pub(super) events: u64,
}

impl Document {
    pub(super) fn new(gather: Gather) -> Self {
        let (key, kept) = (Vec::new(), Vec::new());
        Self { gather, next: Next::Opening, in_object: false, key, kept, before: 0, events: 0 }
    }

    /// Reads the next bytes.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Result<(), ImportError> {
        let mut at = 0;
        while at < bytes.len() {
            at = self.step(bytes, at)?;
        }
        self.before += bytes.len() as u64;
        Ok(())
    }

    /// Takes what is next from `bytes[at..]`, which is not empty, and returns where to go on.
    fn step(&mut self, bytes: &[u8], at: usize) -> Result<usize, ImportError> {
        let (rest, byte) = (&bytes[at..], bytes[at]);
        match self.next {
            Next::RestOfKey if byte == b'"' => self.next = Next::Colon,
            // Two keys are known, and both are shorter.
            Next::RestOfKey => self.key.extend((self.key.len() < 16).then_some(byte)),
            Next::RestOfValue(mut skip) => match skip.run(rest) {
                Some(length) => {
                    self.next = Next::Key;
                    return Ok(at + length);
                }
                None => {
                    self.next = Next::RestOfValue(skip);
                    return Ok(bytes.len());
                }
            },
            Next::RestOfKept(skip) => return self.rest_of_kept(skip, bytes, at),
            Next::More => return Ok(bytes.len()),
            _ if is_space(byte) => {}
            Next::Opening => match byte {
                b'[' => self.next = Next::Event,
                b'{' => (self.next, self.in_object) = (Next::Key, true),
                // A byte order mark.
                0xEF | 0xBB | 0xBF if self.before + (at as u64) < 3 => {}
                _ => return Err(ImportError::NotATrace { found: found(rest) }),
            },
            Next::Key => match byte {
                b',' => {}
                b'"' => {
                    self.next = Next::RestOfKey;
                    self.key.clear();
                }
                b'}' => self.next = Next::End,
                _ => return Err(self.malformed(bytes, at, "a key or a closing brace")),
            },
            Next::Colon if byte == b':' => self.next = Next::Value,
            Next::Colon => return Err(self.malformed(bytes, at, "a colon")),
            Next::Value => return self.value(bytes, at),
            Next::Event => match byte {
                b',' => {}
                b']' => self.next = if self.in_object { Next::Key } else { Next::End },
                b'{' => return self.event(bytes, at),
                _ => return Err(self.malformed(bytes, at, "an event in braces")),
            },
            Next::End => {
                self.gather.notes.add(Note::GoesOn);
                self.next = Next::More;
            }
        }
        Ok(at + 1)
    }

    fn value(&mut self, bytes: &[u8], at: usize) -> Result<usize, ImportError> {
        match (&*self.key, bytes[at]) {
            (b"traceEvents", b'[') => {
                self.next = Next::Event;
                return Ok(at + 1);
            }
            (b"traceEvents", _) => return Err(self.malformed(bytes, at, "an array of events")),
            (b"otherData", b'{') => self.next = Next::RestOfKept(Skip::default()),
            _ => self.next = Next::RestOfValue(Skip::default()),
        }
        Ok(at)
    }

    fn event(&mut self, bytes: &[u8], at: usize) -> Result<usize, ImportError> {
        match Event::parse(&bytes[at..]) {
            Ok((event, length)) => {
                let base = self.before + at as u64;
                if length > LONGEST_EVENT {
                    return Err(self.too_long(base));
                }
                self.events += 1;
                self.gather.take(&event).map_err(|fault| fault_in_event(fault, self.events, base, &bytes[at..]))?;
                Ok(at + length)
            }
            Err(Fault::Incomplete) => {
                self.key.clear();
                self.rest_of_kept(Skip::default(), bytes, at)
            }
            Err(fault) => Err(fault_in_event(fault, self.events + 1, self.before + at as u64, &bytes[at..])),
        }
    }

    /// Goes on with an object that began in earlier bytes, or begins here.
    fn rest_of_kept(&mut self, mut skip: Skip, bytes: &[u8], at: usize) -> Result<usize, ImportError> {
        let end = skip.run(&bytes[at..]).map(|length| at + length);
        let part = &bytes[at..end.unwrap_or(bytes.len())];
        let begin = self.before + at as u64 - self.kept.len() as u64;
        if self.kept.len() + part.len() > LONGEST_EVENT {
            return Err(self.too_long(begin));
        }
        self.kept.extend(part);
        let Some(end) = end else {
            self.next = Next::RestOfKept(skip);
            return Ok(bytes.len());
        };
        let mut kept = std::mem::take(&mut self.kept);
        if self.key == b"otherData" {
            self.next = Next::Key;
            self.key.clear();
            self.gather.head(&mut Cursor::new(&kept)).map_err(|fault| match fault {
                Fault::Unexpected { at, wanted } => {
                    ImportError::Malformed { at: begin + at as u64, wanted, found: found(&kept[at..]) }
                }
                Fault::Incomplete => ImportError::Malformed { at: begin, wanted: "an object", found: found(&kept) },
            })?;
        } else {
            self.next = Next::Event;
            self.events += 1;
            let taken = Event::parse(&kept).and_then(|(event, _)| self.gather.take(&event));
            taken.map_err(|fault| fault_in_event(fault, self.events, begin, &kept))?;
        }
        kept.clear();
        self.kept = kept;
        Ok(end)
    }

    /// There are no more bytes: what the file holds. It may break off in the middle of an event, as long as what is there of that
    /// makes sense.
    pub(super) fn finish(mut self) -> Result<Gather, ImportError> {
        if !self.kept.is_empty() {
            let begin = self.before - self.kept.len() as u64;
            if let Err(fault @ Fault::Unexpected { .. }) = Event::parse(&self.kept) {
                return Err(fault_in_event(fault, self.events + 1, begin, &self.kept));
            }
            self.gather.notes.add(Note::BreaksOff);
        }
        Ok(self.gather)
    }

    fn too_long(&self, at: u64) -> ImportError {
        ImportError::TooLong { event: self.events + 1, at, limit: LONGEST_EVENT }
    }

    fn malformed(&self, bytes: &[u8], at: usize, wanted: &'static str) -> ImportError {
        let found = found(&bytes[at..]);
        let place = self.before + at as u64;
        if matches!(self.next, Next::Event) {
            return ImportError::MalformedEvent { event: self.events + 1, at: place, wanted, found };
        }
        ImportError::Malformed { at: place, wanted, found }
    }
}

/// An error about an event that begins at `begin` in the file and is, or begins with, `bytes`.
fn fault_in_event(fault: Fault, event: u64, begin: u64, bytes: &[u8]) -> ImportError {
    let (at, wanted) = match fault {
        Fault::Unexpected { at, wanted } => (at, wanted),
        // The brackets match, and the object does not end: one of them is of the other kind.
        Fault::Incomplete => (bytes.len().saturating_sub(1), "a closing brace"),
    };
    ImportError::MalformedEvent { event, at: begin + at as u64, wanted, found: found(&bytes[at..]) }
}

/// What stands at the beginning of `bytes`, for a message: one character, since it must not matter how many bytes have come.
fn found(bytes: &[u8]) -> String {
    match bytes.first() {
        Some(byte) if byte.is_ascii_graphic() => format!("‘{}’", char::from(*byte)),
        Some(byte) => format!("a byte {byte:02x}"),
        None => "its end".to_owned(),
    }
}
