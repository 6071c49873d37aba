//! What is measured, natively and in the browser alike: plans that compute, with what their results have to be.

use interleave::plan::catalogue::{
    MANDELBROT_WORKLOAD, PRIMES_WORKLOAD, SEARCH_WORKLOAD, SHA256_WORKLOAD, WORDS_WORKLOAD,
};
use interleave::plan::parameter::{BLOCKS, BOUND, ELEMENTS, ITERATIONS, SENTENCES, TASKS, TILES};
use interleave::plan::{Parameter, Plan, Step, Task, Values, Workload};

/// How often everything is measured.
pub const RUNS: usize = 7;

/// The best of so many counts: machines are shared, and what disturbs a measurement only ever makes it slower.
pub const TRIES: usize = 3;

/// A plan that computes.
pub struct Kernel {
    /// Its name in rows.
    pub name: &'static str,
    /// Whether its speed-up is measured too.
    pub is_shared: bool,
    pub plan: Plan,
    /// The sum of its tasks' results, as computed one after another.
    pub sum: u64,
}

/// Every kernel. Those that are shared have about a second of work, in many tasks: so it is measured how they are worked on, and not
/// how workers wake or how a few large tasks happen to fall on two of them.
pub fn kernels() -> Vec<Kernel> {
    let kernel = |name, is_shared, workload: &Workload, values: &[(&'static Parameter, u32)]| {
        let set = |all: Values, (parameter, value): &(&'static Parameter, u32)| all.with(parameter, *value);
        let plan = (workload.plan)(&values.iter().fold(Values::default(), set));
        Kernel { name, is_shared, sum: alone(&plan), plan }
    };
    vec![
        kernel("primes", true, &PRIMES_WORKLOAD, &[(&TASKS, 64), (&BOUND, 7_000_000)]),
        kernel("mandelbrot", true, &MANDELBROT_WORKLOAD, &[(&TILES, 96), (&ITERATIONS, 10_000)]),
        kernel("sha256", true, &SHA256_WORKLOAD, &[(&TASKS, 64), (&BLOCKS, 12_000)]),
        kernel("search", false, &SEARCH_WORKLOAD, &[(&TASKS, 64), (&ELEMENTS, 60_000_000)]),
        kernel("words", false, &WORDS_WORKLOAD, &[(&TASKS, 64), (&SENTENCES, 400_000)]),
    ]
}

/// The result of a task that only computes.
pub fn result(task: &Task) -> u64 {
    let mut sum: u64 = 0;
    for step in &task.steps {
        let Step::Compute(work) = step else { unreachable!("a kernel only computes") };
        let mut computation = work.start(Vec::new(), "a benchmark");
        while let Some(piece) = computation.next_piece() {
            sum = sum.wrapping_add(piece);
        }
        std::hint::black_box(computation.finish());
    }
    sum
}

/// Carries out a plan, one task after another; the sum of the results.
pub fn alone(plan: &Plan) -> u64 {
    plan.tasks.iter().map(result).fold(0, u64::wrapping_add)
}
