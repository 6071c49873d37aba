//! The machine that is simulated: plain data, with the range of each number. Where the numbers come from is its name's business: a
//! textbook, a measurement of this browser, or a learner.

use serde::{Deserialize, Serialize};

use super::{Delay, Network, SimulationError, Speed};

/// Most cores.
pub const MOST_CORES: u32 = 1_024;
/// Longest of any duration, ms: eleven days.
pub(super) const MOST_MS: f64 = 1e9;

/// A machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// What it is, as provenance and charts call it: “a textbook's machine”, “this browser”.
    pub name: String,
    /// How many cores it has, all alike; 1 to 1,024.
    pub cores: u32,
    /// How long a core takes to switch from one thread to another, ms. A core that goes on with the same one does not switch.
    pub switch_ms: f64,
    /// How long a thread takes to come up, ms. It needs no core meanwhile.
    pub thread_start_ms: f64,
    /// How long a process takes to come up, ms. It needs no core meanwhile.
    pub process_start_ms: f64,
    /// How long it takes to copy a byte between two processes, ms of a core.
    pub copy_ms_per_byte: f64,
    /// After how long a thread that waits for a GIL asks for it, ms.
    pub switch_interval_ms: f64,
    /// How fast its cores are.
    pub speed: Speed,
    /// What lies between it and who answers requests.
    pub network: Network,
}

impl Machine {
    /// The machine of a textbook: nothing costs time but the work itself.
    pub fn ideal(cores: u32) -> Self {
        Self {
            name: "an ideal machine".into(),
            cores,
            switch_ms: 0.0,
            thread_start_ms: 0.0,
            process_start_ms: 0.0,
            copy_ms_per_byte: 0.0,
            switch_interval_ms: 5.0,
            speed: Speed::ORDINARY,
            network: Network::IDEAL,
        }
    }

    /// A machine as they are on desks in 2026, in round figures: a switch takes some µs, a thread comes up in tenths of a ms, a process
    /// in tens, a gigabyte is copied in a second, and an answer takes a little longer than it should. One that is calibrated has its own.
    pub fn ordinary(cores: u32) -> Self {
        Self {
            name: "an ordinary machine".into(),
            switch_ms: 0.005,
            thread_start_ms: 0.2,
            process_start_ms: 30.0,
            copy_ms_per_byte: 1e-6,
            network: Network { delay: Delay::LogNormal { median_ms: 1.0, sigma: 0.5 }, seed: 1, connections: None },
            ..Self::ideal(cores)
        }
    }

    /// The same with another number of cores, which its name then says.
    pub fn with_cores(&self, cores: u32) -> Self {
        let plural = if cores == 1 { "" } else { "s" };
        let name = match cores == self.cores {
            true => self.name.clone(),
            false => format!("{}, if it had {cores} core{plural}", self.name),
        };
        Self { name, cores, ..self.clone() }
    }

    /// Whether it can be simulated.
    ///
    /// # Errors
    /// [`SimulationError::OutOfRange`] for the first number that is not within its range.
    pub fn check(&self) -> Result<(), SimulationError> {
        if !(1..=MOST_CORES).contains(&self.cores) {
            let allowed = format!("a whole number from 1 to {MOST_CORES}");
            return Err(SimulationError::out_of_range("cores of the machine", allowed, self.cores));
        }
        duration("switching cost of the machine", self.switch_ms)?;
        duration("start-up of a thread", self.thread_start_ms)?;
        duration("start-up of a process", self.process_start_ms)?;
        duration("copying cost of a byte", self.copy_ms_per_byte)?;
        duration_above_zero("switch interval of the GIL", self.switch_interval_ms)?;
        self.speed.check()?;
        self.network.check()
    }
}

/// Whether `ms` is a duration.
pub(super) fn duration(field: &'static str, ms: f64) -> Result<(), SimulationError> {
    let allowed = || format!("from 0 to {MOST_MS} ms");
    if (0.0..=MOST_MS).contains(&ms) { Ok(()) } else { Err(SimulationError::out_of_range(field, allowed(), ms)) }
}

/// Whether `ms` is a duration of at least a nanosecond, which is the step of virtual time.
pub(super) fn duration_above_zero(field: &'static str, ms: f64) -> Result<(), SimulationError> {
    let allowed = || format!("above 0 and at most {MOST_MS} ms");
    if (1e-6..=MOST_MS).contains(&ms) { Ok(()) } else { Err(SimulationError::out_of_range(field, allowed(), ms)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(change: impl FnOnce(&mut Machine)) -> String {
        let mut machine = Machine::ideal(2);
        change(&mut machine);
        machine.check().unwrap_err().to_string()
    }

    #[test]
    fn what_is_refused_says_which_number_and_what_is_allowed() {
        let cores = "cores of the machine must be a whole number from 1 to 1024; ";
        assert_eq!(says(|machine| machine.cores = 0), format!("{cores}0 is not"));
        assert_eq!(says(|machine| machine.cores = 1_025), format!("{cores}1025 is not"));
        let switch = "switching cost of the machine must be from 0 to 1000000000 ms; ";
        assert_eq!(says(|machine| machine.switch_ms = -1.0), format!("{switch}-1 is not"));
        assert_eq!(says(|machine| machine.switch_ms = f64::NAN), format!("{switch}NaN is not"));
        let interval = "switch interval of the GIL must be above 0 and at most 1000000000 ms; 0 is not";
        assert_eq!(says(|machine| machine.switch_interval_ms = 0.0), interval);
        let block = "time for a block must be from 0 to 1000 ms; inf is not";
        assert_eq!(says(|machine| machine.speed.block_ms = f64::INFINITY), block);
        assert_eq!(Machine::ideal(1_024).check(), Ok(()));
        assert_eq!(Machine::ordinary(64).check(), Ok(()));
    }
}
