//! What is to be run: tasks made of steps, the parameters a learner may turn, and the catalogue of workloads.
//!
//! A plan says nothing about how, where or when it is carried out; that is an engine's business. The kernels that compute
//! stand here too, because the result of a plan must be the same whoever carries it out.

pub mod catalogue;
pub mod kernel;
pub mod parameter;
mod step;

pub use catalogue::{Verdict, Workload};
pub use parameter::{OutOfRange, Parameter, Values};
pub use step::{Plan, Request, Step, Task, Work};
