//! Finds the events in the bytes of a Chrome trace file and reads their numbers and names: what has to be done for every byte, or
//! for every event. What the events mean is the importer's business.

#![warn(missing_docs)]

mod cursor;
mod escape;
mod event;
mod time;

pub use cursor::{Cursor, Fault, Skip, Text, Token, is_space};
pub use escape::unescaped;
pub use event::Event;
pub use time::{Picoseconds, milliseconds, picoseconds};
