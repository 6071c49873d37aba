//! What a learner may turn: numbers with a range, a unit and a default, in one table for all workloads and engines.

use std::collections::BTreeMap;

/// A number that a learner may change.
#[derive(Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name in links and attributes.
    pub key: &'static str,
    /// Its name on the screen.
    pub label: &'static str,
    /// Unit shown behind the number; empty for plain counts.
    pub unit: &'static str,
    /// Smallest value allowed.
    pub min: u32,
    /// Largest value allowed.
    pub max: u32,
    /// What one press of an arrow key changes.
    pub step: u32,
    /// Value at the start.
    pub default: u32,
}

/// How many requests are made.
pub static REQUESTS: Parameter =
    Parameter { key: "requests", label: "Requests", unit: "", min: 1, max: 100, step: 1, default: 9 };
/// How long each answer takes.
pub static DELAY: Parameter =
    Parameter { key: "delay", label: "Delay of each", unit: "ms", min: 0, max: 2_000, step: 50, default: 300 };
/// How long each answer's body is.
pub static BYTES: Parameter = Parameter {
    key: "bytes",
    label: "Size of each",
    unit: "bytes",
    min: 0,
    max: 1_000_000,
    step: 1_000,
    default: 2_000,
};
/// Primes below this number are counted.
pub static BOUND: Parameter = Parameter {
    key: "bound",
    label: "Count primes below",
    unit: "",
    min: 1_000,
    max: 10_000_000,
    step: 100_000,
    default: 3_000_000,
};
/// Into how many tasks the range is cut.
pub static TASKS: Parameter =
    Parameter { key: "tasks", label: "Tasks", unit: "", min: 1, max: 64, step: 1, default: 16 };
/// How many threads the pool has. The screen allows at most max(4, cores); this is the bound of what is written in a link.
pub static THREADS: Parameter =
    Parameter { key: "threads", label: "Threads in the pool", unit: "", min: 1, max: 32, step: 1, default: 2 };

/// A value that a parameter does not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{label} must be a whole number from {min} to {max}; {given} is not")]
pub struct OutOfRange {
    /// The parameter's key.
    pub key: &'static str,
    /// The parameter's name on the screen.
    pub label: &'static str,
    /// Smallest value allowed.
    pub min: u32,
    /// Largest value allowed.
    pub max: u32,
    /// What was given, as it was written.
    pub given: String,
}

impl Parameter {
    /// Reads a value as a person writes it; spaces, commas and underscores between digits are allowed.
    ///
    /// # Errors
    /// [`OutOfRange`] if it is no whole number or outside of the range.
    pub fn parse(&'static self, text: &str) -> Result<u32, OutOfRange> {
        let digits: String = text.chars().filter(|c| !matches!(c, ',' | '_' | ' ' | '\u{a0}' | '\u{202f}')).collect();
        digits.parse().ok().filter(|value| (self.min..=self.max).contains(value)).ok_or_else(|| OutOfRange {
            key: self.key,
            label: self.label,
            min: self.min,
            max: self.max,
            given: if text.trim().is_empty() { "an empty field".into() } else { format!("“{}”", text.trim()) },
        })
    }
}

/// Values of parameters; one that was not set has its default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values(BTreeMap<&'static str, u32>);

impl Values {
    /// The value of `parameter`.
    pub fn get(&self, parameter: &'static Parameter) -> u32 {
        self.0.get(parameter.key).copied().unwrap_or(parameter.default)
    }

    /// These values, with `parameter` set to `value`, which must lie in its range (see [`Parameter::parse`]).
    pub fn with(&self, parameter: &'static Parameter, value: u32) -> Self {
        let mut changed = self.clone();
        changed.0.insert(parameter.key, value.clamp(parameter.min, parameter.max));
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_write_it() {
        assert_eq!(BOUND.parse(" 3,000,000 "), Ok(3_000_000));
        assert_eq!(BOUND.parse("3 000 000"), Ok(3_000_000));
    }

    #[test]
    fn what_is_refused_says_the_range_and_what_was_given() {
        let says = |text| BOUND.parse(text).unwrap_err().to_string();
        assert_eq!(says("7"), "Count primes below must be a whole number from 1000 to 10000000; “7” is not");
        assert_eq!(says("1e6"), "Count primes below must be a whole number from 1000 to 10000000; “1e6” is not");
        assert_eq!(says("-5"), "Count primes below must be a whole number from 1000 to 10000000; “-5” is not");
        assert_eq!(says(" "), "Count primes below must be a whole number from 1000 to 10000000; an empty field is not");
    }

    #[test]
    fn every_default_lies_in_its_range() {
        for parameter in [&REQUESTS, &DELAY, &BYTES, &BOUND, &TASKS, &THREADS] {
            assert!((parameter.min..=parameter.max).contains(&parameter.default), "{}", parameter.key);
        }
    }
}
