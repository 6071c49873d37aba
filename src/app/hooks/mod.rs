//! Hooks: the browser's moving parts as values that components can use.

mod use_attempt;
mod use_file_drop;
mod use_frame;
mod use_host;
mod use_json;
mod use_opening;
mod use_refocus;
mod use_resize;
mod use_run;
mod use_sweep;
mod use_turns;
mod use_width;

pub use use_attempt::use_attempt;
pub use use_file_drop::use_file_drop;
pub use use_frame::use_frame;
pub use use_host::{Say, use_host};
pub use use_json::{Fetched, use_json, use_json_when};
pub use use_opening::use_opening;
pub use use_refocus::use_refocus;
pub use use_resize::use_resize;
pub use use_run::{LiveRef, Runner, SessionRef, use_run};
pub use use_sweep::{SweepRef, Sweeper, use_sweep};
pub use use_turns::use_turns;
pub use use_width::use_width;
