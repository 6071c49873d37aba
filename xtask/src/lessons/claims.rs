//! Claims of a demo about its runs: read, and simulated. One that does not come out is a mistake, however sure its author was.

use interleave::lesson::DemoBlock;
use interleave::lesson::claim::{Claim, Measure, Of};

use super::ahead::{self, CORES};
use super::error::{Checked, Mistake, mistake};
use super::head::Entry;

/// The claims among the lines of `demo`, each of which holds on an ideal machine with 4 cores, or as many as `claim-cores` says.
pub fn read(demo: &DemoBlock, lines: &[Entry]) -> Checked<Vec<Claim>> {
    let cores = match lines.iter().find(|entry| entry.key == "claim-cores") {
        Some(entry) => match entry.value.parse() {
            Ok(cores @ 1..=64) => cores,
            _ => return mistake(entry.line, format!("“{}” is no number of cores from 1 to 64", entry.value)),
        },
        None => CORES,
    };
    let claim = |entry: &Entry| {
        let claim = claim(entry.value, entry.line)?;
        check(demo, &claim, entry.line)?;
        if !claim.needs_real_run() {
            holds(demo, &claim, cores, entry.line)?;
        }
        Ok(claim)
    };
    lines.iter().filter(|entry| entry.key == "claim").map(claim).collect()
}

/// The claim that is written as `text`.
pub fn claim(text: &str, line: usize) -> Checked<Claim> {
    Claim::read(text).map_err(|error| Mistake { line, message: error.to_string() })
}

fn check(demo: &DemoBlock, claim: &Claim, line: usize) -> Checked<()> {
    for measure in claim.measures() {
        match measure.of {
            Of::Only | Of::Any => {
                return mistake(line, "a claim names its engines: `*` and any are for the conditions of tasks");
            }
            Of::Engine(engine) if measure.parameters.is_empty() && !demo.engines.contains(&engine) => {
                let key = engine.key();
                let wrong = format!("the demo “{}” does not run the engine “{key}”", demo.id);
                return mistake(line, format!("{wrong}; with parameters of its own it is simulated: {key}?…"));
            }
            Of::Engine(_) => {}
        }
    }
    match claim.needs_real_run() && claim.needs_simulation() {
        true => mistake(line, "this can be told neither by a simulated run nor by a real one"),
        false => Ok(()),
    }
}

/// Whether `claim` of the compiled `demo` would hold on an ideal machine with so many cores, as far as that can be simulated.
///
/// # Errors
/// Why not, in words.
pub fn holds_on(demo: &DemoBlock, claim: &Claim, cores: u32) -> Result<(), String> {
    match claim.needs_real_run() {
        true => Ok(()),
        false => holds(demo, claim, cores, 0).map_err(|wrong| wrong.message),
    }
}

/// Whether `claim` holds if its runs are simulated on a machine with so many cores; if not, the mistake says what came out.
fn holds(demo: &DemoBlock, claim: &Claim, cores: u32, line: usize) -> Checked<()> {
    let value = |measure: &Measure| {
        let Of::Engine(engine) = measure.of else { return Err("it names no engine".to_owned()) };
        let link = format!("{}?{}", engine.key(), measure.parameters);
        ahead::run(demo, &link, cores, line).map_err(|wrong| wrong.message).and_then(|run| measure.in_run(&run))
    };
    let judged = claim.judge_by(&value);
    match judged.is_met() {
        true => Ok(()),
        false => mistake(line, format!("simulated on {cores} cores, “{}” does not hold: {}", claim.text, judged.words)),
    }
}
