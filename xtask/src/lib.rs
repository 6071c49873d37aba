//! The project's own tools, as a library so that tests and benches can use them too (above all [`server`]).
//!
//! The commands are [`serve`], [`build`], [`npm_package`], [`profile`], [`test`], and [`lessons`], [`posters`] and [`finish_dist`] (which Trunk calls);
//! what they share is [`setup`] (what must be installed), [`process`] (running other programs) and [`project`] (where things are).

pub mod bench;
pub mod build;
pub mod finish_dist;
mod hash;
pub mod lessons;
pub mod npm_package;
pub mod pack;
pub mod posters;
pub mod process;
pub mod profile;
pub mod project;
pub mod serve;
pub mod server;
pub mod setup;
pub mod test;
#[cfg(test)]
mod tidy;
mod watch;
