//! Interleave teaches concurrency and parallelism by running them: plan → engine → trace → timeline.
//!
//! A [`plan`] says what is to be run, an [`engine`] carries it out, a [`trace`] is the log of what happened, and the
//! [`timeline`] draws a trace. A [`demo`] names a plan with its engines and parameters; a [`lesson`] is text around demos; the
//! `app` puts both on a page, and [`embed`] is how a demo talks to somebody else's page. Arrows run one way: `app` → [`embed`] →
//! [`demo`], [`lesson`] → [`engine`], [`timeline`] → [`trace`], [`plan`]. Whatever knows a browser is compiled for wasm32 alone; the
//! rest is tested with `cargo test`.
#![warn(missing_docs)]

#[cfg(target_arch = "wasm32")]
pub mod app;
pub mod demo;
pub mod embed;
pub mod engine;
pub mod lesson;
pub mod plan;
mod random;
pub mod timeline;
pub mod trace;
