//! The demo component: engines and parameters to choose, one button to run, measured charts on one time axis, their replay and
//! their numbers. Home, lessons and the demo's own page all use it.

mod chart_panel;
mod copy_link;
mod engine_choice;
mod events_table;
mod numbers;
mod parameter_field;
mod provenance;
mod replay_bar;
mod run_bar;
mod tiles;
mod urls_field;
mod verdict;
mod view;

pub use view::{DemoView, Measured};
