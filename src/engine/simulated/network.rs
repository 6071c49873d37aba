//! The network of a simulated machine: what it adds to the time of a request, and how many requests it takes at once.

use serde::{Deserialize, Serialize};

use super::SimulationError;
use super::machine::{MOST_MS, duration, duration_above_zero};
use crate::random::SplitMix64;

/// What lies between a task and who answers it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Network {
    /// What it adds to each attempt at a request.
    pub delay: Delay,
    /// Decides what is drawn from the distribution. The same attempt at the same request takes the same time, whoever makes it and
    /// when: so two schedulers can be compared.
    pub seed: u64,
    /// Requests under way at once; those that come later wait for a connection, in order. `None` for as many as there are.
    pub connections: Option<u32>,
}

/// How the delay of a network is distributed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Delay {
    /// Always the same.
    Fixed {
        /// So long, ms.
        ms: f64,
    },
    /// Anything between two times, all alike.
    Uniform {
        /// The shortest, ms.
        from_ms: f64,
        /// The longest, ms.
        to_ms: f64,
    },
    /// Mostly short, now and then long: exponentially distributed.
    Exponential {
        /// The mean, ms.
        mean_ms: f64,
    },
    /// Around a median, with a long tail: its logarithm is normally distributed.
    LogNormal {
        /// The median, ms.
        median_ms: f64,
        /// Deviation of its natural logarithm.
        sigma: f64,
    },
}

impl Network {
    /// One that adds nothing and takes all requests at once.
    pub const IDEAL: Self = Self { delay: Delay::Fixed { ms: 0.0 }, seed: 0, connections: None };

    pub(super) fn check(&self) -> Result<(), SimulationError> {
        match self.connections {
            Some(0) => Err(SimulationError::out_of_range("connections of the network", "at least 1", 0)),
            _ => self.delay.check(),
        }
    }

    /// What is added to an attempt at a request, ms.
    pub(super) fn delay_ms(&self, request: u32, attempt: u32) -> f64 {
        let mut random = SplitMix64::of(&[self.seed, request.into(), attempt.into()]);
        let ms = match self.delay {
            Delay::Fixed { ms } => ms,
            Delay::Uniform { from_ms, to_ms } => from_ms + (to_ms - from_ms) * random.unit(),
            Delay::Exponential { mean_ms } => -mean_ms * random.unit().ln(),
            Delay::LogNormal { median_ms, sigma } => median_ms * (sigma * random.normal()).exp(),
        };
        ms.min(MOST_MS)
    }
}

impl Delay {
    fn check(self) -> Result<(), SimulationError> {
        match self {
            Self::Fixed { ms } => duration("delay of the network", ms),
            Self::Uniform { from_ms, to_ms } => {
                duration("shortest delay of the network", from_ms)?;
                duration("longest delay of the network", to_ms)?;
                let in_order = from_ms <= to_ms;
                let allowed = || format!("at least the shortest, {from_ms} ms");
                let refused = || SimulationError::out_of_range("longest delay of the network", allowed(), to_ms);
                if in_order { Ok(()) } else { Err(refused()) }
            }
            Self::Exponential { mean_ms } => duration_above_zero("mean delay of the network", mean_ms),
            Self::LogNormal { median_ms, sigma } => {
                duration_above_zero("median delay of the network", median_ms)?;
                let is_good = (0.0..=4.0).contains(&sigma);
                let refused = || SimulationError::out_of_range("sigma of the network", "from 0 to 4", sigma);
                if is_good { Ok(()) } else { Err(refused()) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean_ms(delay: Delay) -> f64 {
        let network = Network { delay, seed: 7, connections: None };
        (0..20_000).map(|request| network.delay_ms(request, 0)).sum::<f64>() / 20_000.0
    }

    #[test]
    fn delays_have_the_mean_of_their_distribution() {
        for (delay, expected) in [
            (Delay::Fixed { ms: 5.0 }, 5.0),
            (Delay::Uniform { from_ms: 10.0, to_ms: 30.0 }, 20.0),
            (Delay::Exponential { mean_ms: 40.0 }, 40.0),
            // The mean of a log-normal distribution is its median times e^(σ²/2).
            (Delay::LogNormal { median_ms: 20.0, sigma: 0.5 }, 20.0 * 0.125_f64.exp()),
        ] {
            let mean = mean_ms(delay);
            assert!((mean / expected - 1.0).abs() < 0.03, "{delay:?}: {mean}");
        }
    }

    #[test]
    fn one_attempt_always_takes_the_same_time_and_the_next_another() {
        let network = Network { delay: Delay::Exponential { mean_ms: 9.0 }, seed: 3, connections: None };
        assert_eq!(network.delay_ms(4, 1).to_bits(), network.delay_ms(4, 1).to_bits());
        assert!(network.delay_ms(4, 1) != network.delay_ms(4, 0) && network.delay_ms(5, 1) != network.delay_ms(4, 1));
        let other = Network { seed: 4, ..network.clone() };
        assert!(network.delay_ms(4, 1) != other.delay_ms(4, 1));
    }

    #[test]
    fn what_is_refused_says_what_is_allowed() {
        let says = |delay: Delay| Network { delay, ..Network::IDEAL }.check().unwrap_err().to_string();
        assert_eq!(
            says(Delay::Uniform { from_ms: 3.0, to_ms: 1.0 }),
            "longest delay of the network must be at least the shortest, 3 ms; 1 is not"
        );
        assert_eq!(
            says(Delay::Exponential { mean_ms: 0.0 }),
            "mean delay of the network must be above 0 and at most 1000000000 ms; 0 is not"
        );
        let none = Network { connections: Some(0), ..Network::IDEAL };
        assert_eq!(none.check().unwrap_err().to_string(), "connections of the network must be at least 1; 0 is not");
    }
}
