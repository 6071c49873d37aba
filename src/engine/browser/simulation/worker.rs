//! What runs in a process that simulates: it goes on in portions, tells how far it is, and hands the trace over as one buffer. Then it
//! has nothing more to do, and is ended.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use super::LIMITS;
use crate::engine::MOST_TRACE_BYTES;
use crate::engine::browser::clock::now_ms;
use crate::engine::browser::files::memory::buffer_of;
use crate::engine::browser::files::worker::say;
use crate::engine::browser::on_panic;
use crate::engine::browser::turns::turn;
use crate::engine::simulated::{Machine, Scheduler, Simulation, SimulationError};
use crate::plan::Plan;
use crate::trace::exchange::binary;

/// Instants between two looks at the clock: some ms.
const PORTION: u64 = 8_192;
/// How long it goes on before the event loop comes round, ms: a worker that computes without a pause is ended only after seconds.
const TURN_MS: f64 = 50.0;

/// Simulates what `job` says, a plan with a machine and a scheduler, and posts what came of it.
pub async fn simulate(job: JsValue) {
    on_panic(|said| say("panicked", &[("message", said.into())], &Array::new()));
    if let Err(why) = carry_out(job).await {
        say("refused", &[("message", why.into())], &Array::new());
    }
}

async fn carry_out(job: JsValue) -> Result<(), String> {
    let job = serde_wasm_bindgen::from_value(job).map_err(|error| error.to_string())?;
    let (plan, machine, scheduler): (Plan, Machine, Scheduler) = job;
    let text = |error: SimulationError| error.to_string();
    let mut simulation = Simulation::new(&plan, &machine, &scheduler, LIMITS).map_err(text)?;
    let mut told_ms = now_ms();
    while !simulation.step(PORTION).map_err(text)? {
        if now_ms() - told_ms >= TURN_MS {
            say("simulating", &[("done", (simulation.progress().0 as u32).into())], &Array::new());
            turn().await;
            told_ms = now_ms();
        }
    }
    let (done, slices) = (simulation.progress().0 as u32, simulation.slices());
    let simulated = simulation.finish().map_err(text)?;
    if binary::encoded_len(&simulated.trace) > MOST_TRACE_BYTES {
        return Err(text(SimulationError::TooManySlices(slices - 1)));
    }
    let told = simulated.told();
    let buffer = buffer_of(&simulated.trace).map_err(|error| error.to_string())?;
    let parts = [
        ("done", done.into()),
        ("trace", Uint8Array::new(&buffer).into()),
        ("deadlock", told.deadlock.into()),
        ("lost", told.lost_wake_up.into()),
        ("starvation", told.starvation.into()),
    ];
    say("simulated", &parts, &Array::of1(&buffer));
    Ok(())
}
