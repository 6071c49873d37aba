//! A number that is typed: how it is read, and in which range it lies.

use serde::{Deserialize, Serialize};

use crate::lesson::Range;

/// A number to be typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Number {
    /// Its unit, as plain text; may be empty.
    pub unit: String,
    /// The least that may be typed, in that unit.
    pub from: Option<f64>,
    /// The most that may be typed, in that unit.
    pub to: Option<f64>,
    /// What is said to whom, in ascending order, without gaps; exactly one is correct.
    pub ranges: Vec<Range>,
}

impl Number {
    /// The range in which `value` lies; `None` if it may not be typed.
    pub fn range(&self, value: f64) -> Option<&Range> {
        let may_be =
            value.is_finite() && self.from.is_none_or(|from| from <= value) && self.to.is_none_or(|to| value <= to);
        self.ranges.iter().find(|range| may_be && range.below.is_none_or(|below| value < below))
    }

    /// Reads what was typed: with a decimal point or comma, perhaps with spaces between thousands and the unit behind it.
    ///
    /// # Errors
    /// Why it is no answer, in a sentence for the learner.
    pub fn read(&self, typed: &str) -> Result<f64, String> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err("Type a number first.".into());
        }
        let number = typed.strip_suffix(&self.unit).unwrap_or(typed);
        let digits: String = number.chars().filter(|character| !character.is_whitespace()).collect();
        if let Some((whole, thousands)) = digits.split_once(',')
            && is_grouped(whole, thousands)
        {
            let point = format!("{whole}.{thousands}");
            return Err(format!("“{typed}” can be read in two ways: type {whole}{thousands}, or {point}."));
        }
        let value = digits.replacen(',', ".", 1).parse::<f64>().ok().filter(|value| value.is_finite());
        let Some(value) = value else {
            return Err(format!("“{typed}” is no number: type digits only, such as 1500 or 0.5."));
        };
        let unit = self.unit();
        match (self.from, self.to) {
            _ if self.range(value).is_some() => Ok(value),
            (Some(from), Some(to)) => Err(format!("Type a number from {from} to {to}{unit}.")),
            (Some(from), None) => Err(format!("Type a number of {from}{unit} or more.")),
            (None, to) => Err(format!("Type a number of {}{unit} or less.", to.unwrap_or(f64::MAX))),
        }
    }

    /// A number with its unit, as it is said.
    pub fn words(&self, value: f64) -> String {
        format!("{value}{}", self.unit())
    }

    /// The unit as it stands behind a number.
    fn unit(&self) -> String {
        if self.unit.is_empty() { String::new() } else { format!(" {}", self.unit) }
    }
}

/// Whether a comma between these may stand between thousands.
fn is_grouped(whole: &str, thousands: &str) -> bool {
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&whole.len())
        && !whole.starts_with('0')
        && thousands.len() == 3
        && are_digits(whole)
        && are_digits(thousands)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(unit: &str, from: Option<f64>, to: Option<f64>) -> Number {
        Number {
            unit: unit.into(),
            from,
            to,
            ranges: vec![Range { below: None, correct: true, reply_html: String::new() }],
        }
    }

    #[test]
    fn what_people_type_is_read() {
        let number = number("ms", None, None);
        for (typed, value) in [
            ("300", 300.0),
            (" 300 ms ", 300.0),
            ("2.7", 2.7),
            ("2,75", 2.75),
            ("0,125", 0.125),
            ("2 700", 2_700.0),
            ("2\u{202f}700\u{a0}ms", 2_700.0),
            ("-4", -4.0),
            ("1e3", 1_000.0),
        ] {
            assert_eq!(number.read(typed), Ok(value), "{typed}");
        }
    }

    #[test]
    fn what_is_no_answer_is_told_why() {
        let said = |number: &Number, typed: &str| number.read(typed).unwrap_err();
        let any = number("ms", None, None);
        assert_eq!(said(&any, "  "), "Type a number first.");
        for typed in ["abc", "ms", "3 s", "1,000,000", "1.2.3", "inf", "NaN"] {
            assert_eq!(
                said(&any, typed),
                format!("“{typed}” is no number: type digits only, such as 1500 or 0.5."),
                "{typed}"
            );
        }
        assert_eq!(said(&any, "2,700"), "“2,700” can be read in two ways: type 2700, or 2.700.");
        assert_eq!(said(&number("ms", Some(0.0), Some(10.0)), "11"), "Type a number from 0 to 10 ms.");
        assert_eq!(said(&number("", Some(0.0), None), "-1"), "Type a number of 0 or more.");
        assert_eq!(said(&number("cores", None, Some(8.0)), "9"), "Type a number of 8 cores or less.");
    }

    #[test]
    fn a_number_is_said_with_its_unit() {
        assert_eq!([number("ms", None, None).words(2.7), number("", None, None).words(9.0)], ["2.7 ms", "9"]);
    }
}
