//! `cargo xtask test`: every check and every test, in the order in which they are quick to fail.
//! A failure does not end the run, so that one run tells everything; it ends with a table of steps and times.

pub mod browsers;
mod step;

use crate::setup::{self, Purpose};
use anyhow::{Result, bail};
use std::time::{Duration, Instant};
pub use step::{Step, user_command};

/// Run every check and every test
#[derive(clap::Args)]
pub struct Arguments {
    /// Run only these steps
    #[arg(long, value_enum, value_name = "STEP", value_delimiter = ',')]
    only: Vec<Step>,
    /// Run only tests whose name contains one of these, and no checks
    filter: Vec<String>,
}

pub fn run(arguments: Arguments) -> Result<()> {
    let toolchain = setup::prepare(Purpose::Tests)?;
    let wanted = |step: &Step| match arguments.only.as_slice() {
        [] => arguments.filter.is_empty() || step.takes_filters(),
        only => only.contains(step),
    };
    let mut results = Vec::new();
    for step in Step::ALL.into_iter().filter(wanted) {
        println!("\n── {} ──", step.title());
        let started = Instant::now();
        let result = step.run(&toolchain, &arguments.filter);
        if let Err(error) = &result {
            eprintln!("{error:#}");
        }
        results.push((step, started.elapsed(), result.is_ok()));
    }
    println!("\n{}", table(&results));
    let failed: Vec<&str> = results.iter().filter(|(.., passed)| !passed).map(|(step, ..)| step.name()).collect();
    if !failed.is_empty() {
        bail!("failed: {0} (again: `cargo xtask test --only {0}`)", failed.join(","));
    }
    Ok(())
}

fn table(results: &[(Step, Duration, bool)]) -> String {
    let mut table = String::new();
    for (step, time, passed) in results {
        let verdict = if *passed { "passed" } else { "FAILED" };
        table += &format!("{verdict}  {:>7.1} s  {:<10} {}\n", time.as_secs_f64(), step.name(), step.title());
    }
    let total: Duration = results.iter().map(|(_, time, _)| *time).sum();
    table + &format!("        {:>7.1} s  in all", total.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_shows_verdict_time_and_sum() {
        let results =
            [(Step::Format, Duration::from_millis(1250), true), (Step::Native, Duration::from_secs(100), false)];
        assert_eq!(
            table(&results).lines().map(str::trim_end).collect::<Vec<_>>(),
            [
                "passed      1.2 s  format     formatting",
                "FAILED    100.0 s  native     native tests",
                "          101.2 s  in all",
            ]
        );
    }
}
