//! What the app says of a sweep, and the table in which it is saved.

use super::{Over, Phase, Sweep, SweepJob, Swept};
use crate::engine::EngineId;
use crate::timeline::curve::{Table, beyond_words, sizes_table, sizes_words, speed_up_table, speed_up_words};
use crate::timeline::words::{duration, milliseconds, step};

impl SweepJob {
    /// What is going to be run.
    pub fn words(&self) -> String {
        let (settings, repeats) = (self.settings(), self.choice.repeats);
        let (Some(first), Some(last)) = (settings.first(), settings.last()) else { return String::new() };
        let what = match self.choice.over {
            Over::Workers => format!("The same work is done by {first} to {last} {}", self.workers()),
            Over::Chunks => format!(
                "The same work is cut into {first} to {last} tasks, for {} {}",
                self.options(*first).workers,
                self.workers()
            ),
        };
        let often = if repeats == 1 { "once each".to_owned() } else { format!("{repeats} times each, in mixed order") };
        let runs = settings.len() * repeats as usize;
        format!("{what}, {often}: {runs} runs, after one to warm up.")
    }

    fn workers(&self) -> &'static str {
        if self.choice.engine == EngineId::Processes { "processes" } else { "threads" }
    }
}

impl Sweep {
    /// What the picture is called.
    pub fn title(&self) -> String {
        let what = match self.job.choice.over {
            Over::Workers => "speed-up",
            Over::Chunks => "sizes of chunks",
        };
        format!("{}: {what}, {}", self.job.demo.title, self.job.choice.engine.name())
    }

    /// How far it is: “run 7 of 20, about 12 s left”.
    pub fn progress_words(&self) -> String {
        let (made, all) = self.progress();
        if self.phase == Phase::Simulating {
            return "Simulating up to 1,024 workers…".to_owned();
        }
        match self.left_ms() {
            None => format!("Warming up, then {all} runs"),
            Some(left_ms) => format!("Run {} of {all}, {} left", (made + 1).min(all), about(left_ms)),
        }
    }

    /// What it has come to until now, a paragraph each; nothing before something is measured.
    pub fn words(&self, swept: &Swept) -> Vec<String> {
        let resolution_ms = self.job.resolution_ms;
        let (first, beyond) = match swept {
            Swept::Workers(sweep) => (speed_up_words(sweep), self.beyond_words()),
            Swept::Chunks(sweep) => (sizes_words(sweep, resolution_ms), None),
        };
        let hidden = self.was_hidden.then(|| {
            "This page was in the background during some of the runs, where browsers slow it down: measure again."
                .to_owned()
        });
        let (made, all) = self.progress();
        let is_cut_short = matches!(self.phase, Phase::Cancelled | Phase::Failed(_)) && made < all;
        let cut_short = is_cut_short.then(|| format!("It was cut short after {made} of {all} runs."));
        [cut_short, Some(first), beyond, Some(self.source_words()), hidden].into_iter().flatten().collect()
    }

    /// What was simulated beyond; or why nothing was.
    fn beyond_words(&self) -> Option<String> {
        let points = match &self.simulated {
            Ok(points) => points,
            Err(why) => return Some(format!("What lies beyond was not simulated: {}.", why.trim_end_matches('.'))),
        };
        let mut text = beyond_words(points)?;
        text += " The machine is an ordinary one, with cores as fast as one worker was here.";
        let tasks = self.job.plan(1).tasks.len();
        if points.last().is_some_and(|last| tasks < last.workers as usize) {
            let only = if tasks == 1 { "is only 1 task".to_owned() } else { format!("are only {tasks} tasks") };
            text += &format!(" There {only}, and workers beyond that have nothing to do.");
        }
        if self.job.choice.engine == EngineId::GilThreads {
            text += " Only one of them computes at a time, the one that holds the GIL.";
        }
        Some(text)
    }

    /// Where the numbers are from.
    fn source_words(&self) -> String {
        let SweepJob { cores, resolution_ms, choice, .. } = self.job;
        let machine = match cores {
            0 => "an unknown number of cores".to_owned(),
            1 => "1 core".to_owned(),
            cores => format!("{cores} cores"),
        };
        let spread = if choice.repeats > 1 {
            "a point is the median of its runs and its line the middle half"
        } else {
            "a point is one run"
        };
        format!(
            "Measured in this browser on this machine ({machine}, a clock with steps of {}), beside whatever else it had \
             to do. Runs differ: {spread}.",
            step(resolution_ms)
        )
    }

    /// The same as a table.
    pub fn table(&self, swept: &Swept) -> Table {
        match swept {
            Swept::Workers(sweep) => speed_up_table(sweep, self.simulated(), self.job.resolution_ms),
            Swept::Chunks(sweep) => sizes_table(sweep, self.job.resolution_ms),
        }
    }

    /// Every run as it was measured, and what was simulated, as RFC 4180 has tables.
    pub fn csv(&self) -> String {
        let (of, resolution_ms) = (self.job.choice.over, self.job.resolution_ms);
        let setting = if of == Over::Workers { "workers" } else { "elements_of_a_chunk" };
        let mut text = format!("source,{setting},run,makespan_ms,times_as_fast\r\n");
        for repeats in self.repeats() {
            for (run, ms) in (1..).zip(&repeats.makespans_ms) {
                text += &format!("measured,{},{run},{},\r\n", repeats.setting, milliseconds(*ms, resolution_ms));
            }
        }
        for point in self.simulated() {
            text += &format!("simulated,{},,,{:.3}\r\n", point.workers, point.speed_up);
        }
        text
    }
}

/// Why a run that took so long (ms) is no measurement.
pub(super) fn too_short(makespan_ms: f64, resolution_ms: f64) -> String {
    format!(
        "A run took {}, and this browser’s clock has steps of {}: too little to be told apart from a bit more. Give it more to do.",
        duration(makespan_ms, resolution_ms),
        step(resolution_ms)
    )
}

/// A time that is still to come: “about 12 s”.
fn about(ms: f64) -> String {
    match (ms / 1_000.0).round() {
        seconds if seconds < 2.0 => "about a second".to_owned(),
        seconds if seconds < 120.0 => format!("about {seconds} s"),
        seconds => format!("about {:.0} min", seconds / 60.0),
    }
}
