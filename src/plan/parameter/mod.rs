//! What a learner may turn: numbers with a range, a unit and a default, and choices among a few names. What stands in the
//! table is meant for all workloads and engines: one key means one thing everywhere.

mod table;

pub use table::*;

/// A number that a learner may change, or the number of a name that a learner may choose.
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
    /// What the values 0, 1, 2 … are called, where they are names; empty for a number.
    pub choices: &'static [&'static str],
}

/// A value that a parameter does not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} must be {}; {given} is not", .parameter.label, .parameter.allowed())]
pub struct OutOfRange {
    /// What it was given for.
    pub parameter: &'static Parameter,
    /// What was given, as it was written.
    pub given: String,
}

impl Parameter {
    /// A plain number from `range[0]` to `range[1]`.
    const fn number(
        key: &'static str,
        label: &'static str,
        unit: &'static str,
        range: [u32; 2],
        step: u32,
        default: u32,
    ) -> Self {
        Self { key, label, unit, min: range[0], max: range[1], step, default, choices: &[] }
    }

    /// One of these names; the first at the start.
    const fn choice(key: &'static str, label: &'static str, choices: &'static [&'static str]) -> Self {
        Self { key, label, unit: "", min: 0, max: choices.len() as u32 - 1, step: 1, default: 0, choices }
    }

    /// Reads a value as a person writes it; spaces, commas and underscores between digits are allowed, and a choice may be
    /// given by its name too.
    ///
    /// # Errors
    /// [`OutOfRange`] if it is no whole number or outside of the range.
    pub fn parse(&'static self, text: &str) -> Result<u32, OutOfRange> {
        let text = text.trim();
        if let Some(place) = self.choices.iter().position(|choice| *choice == text) {
            return Ok(place as u32);
        }
        let digits: String = text.chars().filter(|c| !matches!(c, ',' | '_' | ' ' | '\u{a0}' | '\u{202f}')).collect();
        digits.parse().ok().filter(|value| (self.min..=self.max).contains(value)).ok_or_else(|| OutOfRange {
            parameter: self,
            given: if text.is_empty() { "an empty field".into() } else { format!("“{text}”") },
        })
    }

    /// What `value` is called, where values are names.
    pub fn choice_name(&self, value: u32) -> Option<&'static str> {
        self.choices.get(value as usize).copied()
    }

    /// What is allowed, in words.
    fn allowed(&self) -> String {
        if self.choices.is_empty() {
            return format!("a whole number from {} to {}", self.min, self.max);
        }
        let named: Vec<_> = self.choices.iter().enumerate().map(|(value, name)| format!("{value} ({name})")).collect();
        format!("one of {}", named.join(", "))
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
    fn a_choice_is_read_by_its_number_or_its_name() {
        assert_eq!([HOW.parse("1"), HOW.parse(" a lock")], [Ok(1), Ok(1)]);
        assert_eq!((HOW.choice_name(1), HOW.choice_name(9), BOUND.choice_name(0)), (Some("a lock"), None, None));
    }

    #[test]
    fn what_is_refused_says_the_range_and_what_was_given() {
        let says = |text| BOUND.parse(text).unwrap_err().to_string();
        assert_eq!(says("7"), "Count primes below must be a whole number from 1000 to 10000000; “7” is not");
        assert_eq!(says("1e6"), "Count primes below must be a whole number from 1000 to 10000000; “1e6” is not");
        assert_eq!(says("-5"), "Count primes below must be a whole number from 1000 to 10000000; “-5” is not");
        assert_eq!(says(" "), "Count primes below must be a whole number from 1000 to 10000000; an empty field is not");
        assert_eq!(
            ORDER.parse("2").unwrap_err().to_string(),
            "Order of the locks must be one of 0 (two orders), 1 (one order); “2” is not"
        );
    }

    #[test]
    fn keys_are_unique_and_every_default_lies_in_its_range() {
        for parameter in ALL {
            assert_eq!(ALL.iter().filter(|other| other.key == parameter.key).count(), 1, "{}", parameter.key);
            assert!((parameter.min..=parameter.max).contains(&parameter.default), "{}", parameter.key);
        }
    }
}
