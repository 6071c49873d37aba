//! Reads a claim: `LEFT <= RIGHT within 30%`. Each side is a number, `metric(engine)` or a number times that. What is measured stands on
//! the left of what is read, whichever side it was written on.

use super::{Bound, Claim, Measure, Metric, Of, Order, WITHIN};
use crate::engine::EngineId;

/// What is wrong with a claim.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{text}”, character {at}: {what}")]
pub struct ClaimError {
    /// The claim as it was written.
    pub text: String,
    /// Where, in characters from 1.
    pub at: usize,
    /// What is wrong there, and what would be right.
    pub what: String,
}

/// A side as it was written.
enum Side {
    Number(f64),
    Measured(f64, Measure),
}

struct Reader<'a> {
    text: &'a str,
    /// In bytes.
    at: usize,
}

type Read<T> = Result<T, ClaimError>;

impl Claim {
    /// Reads a claim.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn read(text: &str) -> Result<Self, ClaimError> {
        let mut reader = Reader { text, at: 0 };
        let left = reader.side()?;
        let order = reader.order()?;
        let begins = reader.at;
        let right = reader.side()?;
        let within = reader.within()?;
        let (times, left, order, right) = match (left, right) {
            (Side::Measured(times, left), right) => (times, left, order, right),
            (left @ Side::Number(_), Side::Measured(times, right)) => (times, right, order.mirrored(), left),
            (Side::Number(_), Side::Number(_)) => {
                return reader.wrong(0, "two numbers claim nothing of a run: name a metric, as in makespan(main)");
            }
        };
        let right = match right {
            Side::Number(number) => Bound::Number(number / times),
            Side::Measured(factor, measure) if measure.metric.unit() == left.metric.unit() => {
                Bound::Times(factor / times, measure)
            }
            Side::Measured(_, measure) => {
                let what = format!("{} cannot be compared with {}", left.metric.key(), measure.metric.key());
                return reader.wrong(begins, what);
            }
        };
        Ok(Self { text: text.trim().to_owned(), left, order, right, within })
    }
}

impl Order {
    /// What holds if the sides are exchanged.
    fn mirrored(self) -> Self {
        match self {
            Self::AtMost => Self::AtLeast,
            Self::Below => Self::Above,
            Self::AtLeast => Self::AtMost,
            Self::Above => Self::Below,
        }
    }
}

impl<'a> Reader<'a> {
    fn wrong<T>(&self, at: usize, what: impl Into<String>) -> Read<T> {
        let characters = self.text[..at].chars().count();
        Err(ClaimError { text: self.text.to_owned(), at: characters + 1, what: what.into() })
    }

    fn rest(&mut self) -> &'a str {
        let rest = self.text[self.at..].trim_start();
        self.at = self.text.len() - rest.len();
        rest
    }

    /// Takes `word` if it comes next.
    fn take(&mut self, word: &str) -> bool {
        let is_next = self.rest().starts_with(word);
        self.at += if is_next { word.len() } else { 0 };
        is_next
    }

    /// Takes the characters that `belongs` to what comes next.
    fn while_it(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let word = &rest[..rest.find(|character| !belongs(character)).unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    fn number(&mut self) -> Read<f64> {
        self.rest();
        let at = self.at;
        let text = self.while_it(|character| character.is_ascii_digit() || matches!(character, '.' | '_'));
        match text.replace('_', "").parse() {
            Ok(number) => Ok(number),
            Err(_) => self.wrong(at, "a number must stand here, such as 400 or 0.5"),
        }
    }

    fn side(&mut self) -> Read<Side> {
        if !self.rest().starts_with(|first: char| first.is_ascii_digit()) {
            return Ok(Side::Measured(1.0, self.measure()?));
        }
        let at = self.at;
        let number = self.number()?;
        match self.take("*") {
            true if number > 0.0 => Ok(Side::Measured(number, self.measure()?)),
            true => self.wrong(at, "a factor must be above 0"),
            false => Ok(Side::Number(number)),
        }
    }

    fn measure(&mut self) -> Read<Measure> {
        self.rest();
        let at = self.at;
        let name = self.while_it(|character| character.is_ascii_alphabetic() || character == '_');
        let Some(metric) = Metric::ALL.into_iter().find(|metric| metric.key() == name) else {
            let known = Metric::ALL.map(Metric::key).join(", ");
            return self.wrong(at, format!("a number or a metric must stand here: there are {known}"));
        };
        if !self.take("(") {
            return self.wrong(self.at, format!("“(” must stand here: {name}(ENGINE)"));
        }
        self.rest();
        let at = self.at;
        let inside = self.while_it(|character| character != ')').trim_end();
        if !self.take(")") {
            return self.wrong(at, "this parenthesis is not closed");
        }
        let (key, parameters) = inside.split_once('?').unwrap_or((inside, ""));
        let of = match key {
            "*" => Of::Only,
            "any" => Of::Any,
            _ => match EngineId::from_key(key) {
                Some(engine) => Of::Engine(engine),
                None => {
                    let known = EngineId::ALL.map(EngineId::key).join(", ");
                    return self.wrong(at, format!("unknown engine “{key}”: there are {known}, `*` and any"));
                }
            },
        };
        if !parameters.is_empty() && !matches!(of, Of::Engine(_)) {
            return self.wrong(at, "parameters belong to an engine that is named");
        }
        Ok(Measure { metric, of, parameters: parameters.to_owned() })
    }

    fn order(&mut self) -> Read<Order> {
        // The longer ones first: each begins with a shorter one.
        let all = [("<=", Order::AtMost), (">=", Order::AtLeast), ("<", Order::Below), (">", Order::Above)];
        match all.into_iter().find(|(sign, _)| self.take(sign)) {
            Some((_, order)) => Ok(order),
            None => self.wrong(self.at, "<=, <, >= or > must stand here"),
        }
    }

    fn within(&mut self) -> Read<f64> {
        let within = match self.take("within ") {
            true => {
                let percent = self.number()?;
                if !self.take("%") {
                    return self.wrong(self.at, "“%” must stand here");
                }
                percent / 100.0
            }
            false => WITHIN,
        };
        match self.rest() {
            "" => Ok(within),
            _ => self.wrong(self.at, "the claim is complete before this; only `within 30%` may follow"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(metric: Metric, engine: EngineId, parameters: &str) -> Measure {
        Measure { metric, of: Of::Engine(engine), parameters: parameters.into() }
    }

    fn read(text: &str) -> (Measure, Order, Bound, f64) {
        let claim = Claim::read(text).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(claim.text, text);
        (claim.left, claim.order, claim.right, claim.within)
    }

    #[test]
    fn what_is_measured_stands_on_the_left_however_it_was_written() {
        let makespan = |engine, parameters| measure(Metric::Makespan, engine, parameters);
        let gather = || makespan(EngineId::Gather, "");
        let main = || makespan(EngineId::MainThread, "");
        let number = (gather(), Order::AtMost, Bound::Number(400.0), 0.25);
        assert_eq!(read("makespan(gather) <= 400"), number);
        assert_eq!(read("400>=makespan(gather)"), number);
        let ratio = (gather(), Order::Below, Bound::Times(0.25, main()), 0.3);
        assert_eq!(read("makespan(gather) < 0.25 * makespan(main) within 30%"), ratio);
        assert_eq!(read("4 * makespan( gather ) < makespan(main) within 30 %"), ratio);
        let turned = (main(), Order::AtLeast, Bound::Times(4.0, gather()), 0.25);
        assert_eq!(read("makespan(main) >= 4 * makespan(gather)"), turned);
        let own = makespan(EngineId::ThreadPool, "threads=4&tasks=8");
        assert_eq!(read("makespan(threads?threads=4&tasks=8) > 1_000").0, own);
        assert_eq!(read("lost(*) > 0").0.of, Of::Only);
        assert_eq!(read("peak_running(any) >= 2 within 0%"), {
            let left = Measure { metric: Metric::PeakRunning, of: Of::Any, parameters: String::new() };
            (left, Order::AtLeast, Bound::Number(2.0), 0.0)
        });
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let says = |text: &str| {
            let error = Claim::read(text).unwrap_err();
            assert!(error.to_string().starts_with(&format!("“{text}”, character {}: ", error.at)), "{error}");
            (error.at, error.what)
        };
        let metrics = "makespan, utilisation, peak_running, peak_waiting, lost, deadlocks, frozen, starting, overhead, locked, ready, workers";
        let metric = format!("a number or a metric must stand here: there are {metrics}");
        assert_eq!(says(""), (1, metric.clone()));
        assert_eq!(says("speed(main) <= 1"), (1, metric.clone()));
        assert_eq!(says("makespan(main) <= "), (19, metric));
        assert_eq!(says("makespan main <= 1").0, 10);
        assert_eq!(says("makespan(main <= 1"), (10, "this parenthesis is not closed".into()));
        let engines =
            "main, await-each, limited, gather, gil, threads, fresh-processes, processes, executor, simulated";
        let unknown = format!("unknown engine “warp”: there are {engines}, `*` and any");
        assert_eq!(says("makespan(warp) <= 1"), (10, unknown));
        assert_eq!(says("makespan(any?threads=4) <= 1").0, 10);
        assert_eq!(says("makespan(main) = 1"), (16, "<=, <, >= or > must stand here".into()));
        assert_eq!(says("makespan(main) <= 0 * makespan(gather)"), (19, "a factor must be above 0".into()));
        assert_eq!(says("makespan(main) <= 1.2.3").0, 19);
        assert_eq!(says("1 <= 2").0, 1);
        assert_eq!(says("makespan(main) <= lost(main)"), (18, "makespan cannot be compared with lost".into()));
        assert_eq!(says("makespan(main) <= 400 ms").0, 23);
        assert_eq!(says("makespan(main) <= 400 within 30").0, 32);
        // Places are counted in letters.
        assert_eq!(says("“makespan(main) <= 400").0, 1);
        assert_eq!(says("makespan(main) ≤ 400").0, 16);
    }
}
