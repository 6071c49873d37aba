//! A field for a number or a choice as the learner sees it: the text as typed, kept even when it is wrong, beside what it means.

use crate::plan::catalogue::grouped;
use crate::plan::{OutOfRange, Parameter};

/// One parameter's field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    parameter: &'static Parameter,
    text: String,
    value: Result<u32, OutOfRange>,
}

impl Field {
    /// A field that holds `value`.
    pub fn new(parameter: &'static Parameter, value: u32) -> Self {
        Self { parameter, text: grouped(value.into()), value: Ok(value) }
    }

    /// What it is a value of.
    pub fn parameter(&self) -> &'static Parameter {
        self.parameter
    }

    /// The text as typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the values 0, 1, 2 … are called, where one is chosen by name; empty for a number.
    pub fn choices(&self) -> &'static [&'static str] {
        self.parameter.choices
    }

    /// The value, or what is wrong with the text, in words.
    ///
    /// # Errors
    /// Text for the learner.
    pub fn value(&self) -> Result<u32, String> {
        self.value.clone().map_err(|error| error.to_string())
    }

    /// The range in words, with the unit: “50 to 2,000 ms”; of a choice, its names.
    pub fn range_words(&self) -> String {
        if !self.choices().is_empty() {
            return self.choices().join(", ");
        }
        let Parameter { min, max, unit, .. } = *self.parameter;
        let range = format!("{} to {}", grouped(min.into()), grouped(max.into()));
        if unit.is_empty() { range } else { format!("{range} {unit}") }
    }

    /// The field after somebody typed `text`.
    #[must_use]
    pub fn typed(&self, text: &str) -> Self {
        Self { text: text.to_owned(), value: self.parameter.parse(text), ..self.clone() }
    }

    /// The field after `steps` presses of its stepper; a text that means no number starts again from the default.
    #[must_use]
    pub fn nudged(&self, steps: i64) -> Self {
        let Parameter { min, max, step, default, .. } = *self.parameter;
        let from = self.value.as_ref().map_or(default, |value| *value);
        let to = if self.value.is_ok() { i64::from(from) + steps * i64::from(step) } else { i64::from(from) };
        let value = to.clamp(min.into(), max.into()) as u32;
        Self { text: grouped(value.into()), value: Ok(value), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::testing::parameter;

    #[test]
    fn the_text_is_kept_as_typed_and_the_error_says_what_is_wrong() {
        let field = Field::new(parameter("delay"), 300).typed("30 00x");
        assert_eq!(field.text(), "30 00x");
        assert_eq!(field.value().unwrap_err(), "Delay of each must be a whole number from 0 to 2000; “30 00x” is not");
    }

    #[test]
    fn the_stepper_stays_in_range_and_recovers_from_nonsense() {
        let field = Field::new(parameter("bound"), 3_000_000);
        assert_eq!(field.nudged(1).text(), "3,100,000");
        assert_eq!(field.nudged(-1_000).value(), Ok(1_000));
        assert_eq!(field.nudged(1_000).value(), Ok(10_000_000));
        assert_eq!(field.typed("many").nudged(1).value(), Ok(3_000_000));
    }

    #[test]
    fn the_range_names_its_unit() {
        assert_eq!(Field::new(parameter("delay"), 300).range_words(), "0 to 2,000 ms");
    }

    #[test]
    fn a_choice_is_typed_by_its_number_and_shows_its_names() {
        let field = Field::new(parameter("order"), 0).typed("1");
        assert_eq!((field.value(), field.choices()), (Ok(1), &["two orders", "one order"][..]));
        assert_eq!(field.nudged(1).value(), Ok(1));
        assert_eq!(field.range_words(), "two orders, one order");
    }
}
