//! What is to be run: tasks made of steps, the parameters a learner may turn, and the catalogue of workloads.
//!
//! A plan says nothing about how, where or when it is carried out; that is an engine's business. The kernels that compute
//! stand here too, because the result of a plan must be the same whoever carries it out.

mod amount;
pub mod catalogue;
pub mod parameter;
mod pictures;
mod request;
mod step;
pub mod text;
mod values;
mod work;

pub use amount::{Amount, Unit};
pub use catalogue::{Bin, Histogram, PictureLayout, Pixels, Verdict, Workload};
pub use interleave_kernel as kernel;
pub use interleave_kernel::mandelbrot::Tile;
pub use parameter::{OutOfRange, Parameter};
pub use pictures::{PICTURE_CHECKSUMS, PICTURE_SIZE, PICTURES};
pub use request::{Request, Target};
pub use step::{How, Object, ObjectKind, Plan, Results, Step, Task, TaskResult};
pub use values::{MOST_URLS, UrlProblem, Values};
pub use work::{Computation, Computed, Work};
