//! The demo component: engines and parameters to choose, one button to run, measured charts on one time axis, their replay and
//! their numbers. Home, lessons and the demo's own page all use it. Of the same parts is made what shows a trace from a file.

mod beside;
mod came_to;
mod chart_panel;
mod copy_link;
mod engine_choice;
mod events_table;
mod link_notice;
mod numbers;
mod parameter_field;
mod plan_editor;
mod program;
mod provenance;
mod recording;
mod replay_bar;
mod run_bar;
mod save_menu;
mod sweep_panel;
mod sweep_result;
mod tiles;
mod trace_view;
mod urls_field;
mod verdict;
mod view;

pub use copy_link::LinkTo;
pub use link_notice::link_notice;
pub use trace_view::TraceView;
pub use view::DemoView;
