//! What pages are made of. One component per file, or one function where there is no state, since each component costs a
//! visitor 2 kB; what belongs to a demo or to a lesson stands in a folder of its own.

pub mod chart;
pub mod demo;
mod footer;
mod header;
mod icon;
pub mod lesson;
mod listing;
mod listing_tabs;
mod measuring;
mod notice;
mod theme_switch;

pub use footer::footer;
pub use header::Header;
pub use icon::icon;
pub use measuring::{REST_MS, measuring};
pub use notice::{Tone, notice};
pub use theme_switch::ThemeSwitch;
