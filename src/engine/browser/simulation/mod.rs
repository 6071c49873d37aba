//! The engine that simulates. In virtual time nothing has to run here, but it takes this browser a while all the same: so a process does
//! it, as one opens a file, and hands the trace over as one buffer. It is started for the run and ended with it.
//!
//! `worker` is what runs in the process. This file is the page's side.
//!
//! ```text
//!  page                                    worker
//!  { simulate: [plan, machine, scheduler] }  simulating { done } …  simulated { trace, deadlock, lost, starvation }
//!                                            or: refused { message }
//! ```

pub(super) mod worker;

use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use super::files::memory::Source;
use super::line::Line;
use crate::engine::simulated::{Limits, Machine, Scheduler, Told};
use crate::engine::{Live, Outcome, RunError};
use crate::plan::{Plan, Results};
use crate::trace::exchange::binary;

/// How long the process may be silent, ms: it says ten times a second how far it is, but putting a long trace together takes it longer.
const SILENT_FOR_MS: u32 = 20_000;
/// What a page has the memory for, beside other charts.
const LIMITS: Limits = Limits { slices: 2_000_000, instants: 20_000_000 };

#[wasm_bindgen]
extern "C" {
    /// What the process says.
    type Word;
    #[wasm_bindgen(method, getter)]
    fn kind(this: &Word) -> String;
    #[wasm_bindgen(method, getter)]
    fn message(this: &Word) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn done(this: &Word) -> u32;
    #[wasm_bindgen(method, getter)]
    fn trace(this: &Word) -> Uint8Array;
    #[wasm_bindgen(method, getter)]
    fn deadlock(this: &Word) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn lost(this: &Word) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn starvation(this: &Word) -> Option<String>;
}

/// Simulates `plan` on `machine` under `scheduler`, and has `live` keep the trace, also of a run that comes to a standstill. Dropping the future ends the
/// process.
///
/// # Errors
/// [`RunError::NotSimulated`], the standstill that was found, or what became of the process.
pub(super) async fn simulate(
    machine: &Machine,
    scheduler: &Scheduler,
    plan: &Plan,
    live: &Live,
) -> Result<Outcome, RunError> {
    let job = serde_wasm_bindgen::to_value(&(plan, machine, scheduler));
    let job = job.map_err(|error| RunError::NotSimulated(error.to_string()))?;
    let (mut line, _) = Line::start(0).await?;
    line.tell(&[("simulate", job)], &Array::new())?;
    let word = loop {
        let word: Word = line.heard_within(SILENT_FOR_MS).await?.unchecked_into();
        match word.kind().as_str() {
            "simulating" => live.set_done(word.done()),
            "refused" => return Err(RunError::NotSimulated(word.message().unwrap_or_default())),
            "simulated" => break word,
            // That it lives.
            _ => {}
        }
    };
    // Its memory is the browser's again before the page takes as much.
    drop(line);
    let bytes = word.trace();
    let trace = binary::read(&mut Source::new(&bytes), bytes.length().into());
    let trace = Rc::new(trace.map_err(|error| RunError::WorkerLost(error.to_string()))?);
    live.keep_trace(&trace);
    live.set_done(word.done());
    let told = Told { deadlock: word.deadlock(), lost_wake_up: word.lost(), starvation: word.starvation() };
    match told.failure() {
        Some(failure) => Err(failure),
        None => Ok(Outcome { trace, results: Results::default(), starvation: told.starvation }),
    }
}
