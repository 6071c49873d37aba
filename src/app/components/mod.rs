//! What pages are made of. One component per file; what belongs to a demo or to a lesson stands in a folder of its own.

pub mod demo;
mod footer;
mod header;
pub mod lesson;
mod notice;
mod theme_switch;

pub use footer::Footer;
pub use header::Header;
pub use notice::{Notice, Tone};
pub use theme_switch::ThemeSwitch;
