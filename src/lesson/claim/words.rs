//! Claims in words: what is to be (“Event loop, all at once takes at most 400 ms”), and what came (“Event loop, all at once took 312 ms;
//! at most 400 ms are allowed”).

use super::{Bound, Claim, Measure, Metric, Of, Order, Unit};
use crate::plan::catalogue::grouped;
use crate::timeline::compare::times;
use crate::timeline::words::duration;

impl Claim {
    /// What is to be, as a sentence without its full stop.
    pub fn words(&self) -> String {
        let (metric, who) = (self.left.metric, self.left.who());
        match &self.right {
            Bound::Number(number) => {
                let amount = match (self.order, *number) {
                    (Order::AtMost, 0.0) if metric.unit() == Unit::Count => "no".into(),
                    (order, number) => format!("{} {}", order.words(), amount(metric, number)),
                };
                metric.sentence(&who, &amount, *number == 1.0, false)
            }
            Bound::Times(factor, other) => {
                let many = ["long", "much", "many"][metric.unit() as usize];
                let fewer = if metric.unit() == Unit::Count { "fewer" } else { "less" };
                let (amount, as_what) = match (self.order, *factor) {
                    (Order::Below, 1.0) => (fewer.to_owned(), "than"),
                    (Order::Above, 1.0) => ("more".to_owned(), "than"),
                    (order, 1.0) => (format!("{} as {many}", order.words()), "as"),
                    (order, factor) => (format!("{} {} as {many}", order.words(), factor_words(factor)), "as"),
                };
                let whose = match other.metric == metric {
                    true => other.who(),
                    false => other.metric.sentence(&other.who(), "", false, false).replace("  ", " ").trim().to_owned(),
                };
                format!("{} {as_what} {whose}", metric.sentence(&who, &amount, false, false))
            }
        }
    }

    /// What came, and what is allowed.
    pub(super) fn came_words(&self, value: f64, bound: f64) -> String {
        let metric = self.left.metric;
        let came = match (metric.unit(), value) {
            (Unit::Count, 0.0) => "no".into(),
            _ => amount(metric, value),
        };
        let came = metric.sentence(&self.left.who(), &came, value == 1.0, true);
        let verb = match self.order {
            Order::AtMost | Order::Below => "allowed",
            Order::AtLeast | Order::Above => "needed",
        };
        let are = if bound == 1.0 || metric.unit() == Unit::Percent { "is" } else { "are" };
        let of = match &self.right {
            Bound::Number(_) => String::new(),
            Bound::Times(factor, other) => {
                let theirs = amount(other.metric, bound / factor);
                match *factor {
                    1.0 => format!(", as for {}", other.who()),
                    factor => format!(", {} the {theirs} of {}", factor_words(factor), other.who()),
                }
            }
        };
        match (self.order, bound) {
            (Order::AtMost, 0.0) => format!("{came}; none {are} {verb}{of}", are = "is"),
            (order, bound) => format!("{came}; {} {} {are} {verb}{of}", order.words(), amount(metric, bound)),
        }
    }
}

impl Order {
    fn words(self) -> &'static str {
        match self {
            Self::AtMost => "at most",
            Self::Below => "less than",
            Self::AtLeast => "at least",
            Self::Above => "more than",
        }
    }
}

impl Measure {
    /// Whose run it is, in words.
    pub(super) fn who(&self) -> String {
        match self.of {
            Of::Engine(engine) if self.parameters.is_empty() => engine.name().into(),
            Of::Engine(engine) => format!("{} ({})", engine.name(), self.parameters.replace('&', ", ")),
            Of::Only => "One engine alone".into(),
            Of::Any => "At least one engine".into(),
        }
    }
}

impl Metric {
    /// What `who` does, or did: so much of this.
    fn sentence(self, who: &str, amount: &str, is_one: bool, past: bool) -> String {
        let s = if is_one { "" } else { "s" };
        let verb = |now: &'static str, then: &'static str| if past { then } else { now };
        match self {
            Self::Makespan => format!("{who} {} {amount}", verb("takes", "took")),
            Self::Utilisation => {
                format!("{who} {} its cores computing {amount} of the time", verb("keeps", "kept"))
            }
            Self::PeakRunning => format!("{who} {} {amount} task{s} computing at once", verb("has", "had")),
            Self::PeakWaiting => format!("{who} {} {amount} task{s} waiting for I/O at once", verb("has", "had")),
            Self::Lost => format!("{who} {} {amount} update{s}", verb("loses", "lost")),
            Self::Deadlocks => format!("{who} {} {amount} task{s} in a deadlock", verb("has", "had")),
            Self::Frozen => format!("{who} {} the page for {amount}", verb("freezes", "froze")),
            Self::Starting => format!("{who} {} {amount} on starting workers", verb("spends", "spent")),
            Self::Overhead => format!("{who} {} {amount} on overhead", verb("spends", "spent")),
            Self::Locked => format!("{who} {} tasks wait {amount} for others", verb("lets", "let")),
            Self::Ready => format!("{who} {} tasks wait {amount} for a core", verb("lets", "let")),
            Self::Workers => format!("{who} {} {amount} worker{s} at work", verb("has", "had")),
        }
    }
}

fn amount(metric: Metric, value: f64) -> String {
    match metric.unit() {
        Unit::Ms => duration(value, 1.0),
        Unit::Percent => format!("{value:.0} %"),
        Unit::Count if value.fract() == 0.0 => grouped(value as u64),
        Unit::Count => format!("{value:.1}"),
    }
}

fn factor_words(factor: f64) -> String {
    match factor {
        0.5 => "half".into(),
        2.0 => "twice".into(),
        // Two digits: what is below one needs them more than what is above.
        factor if factor < 1.0 => {
            let text = format!("{factor:.2}");
            format!("{} times", text.trim_end_matches('0'))
        }
        factor => format!("{} times", times(factor)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        Claim::read(text).unwrap().words()
    }

    #[test]
    fn what_is_to_be_is_a_sentence() {
        assert_eq!(words("makespan(gather) <= 400"), "Event loop, all at once takes at most 400 ms");
        assert_eq!(words("makespan(*) < 1200"), "One engine alone takes less than 1.20 s");
        assert_eq!(words("peak_running(any) >= 2"), "At least one engine has at least 2 tasks computing at once");
        assert_eq!(words("workers(threads) <= 1"), "Thread pool has at most 1 worker at work");
        assert_eq!(words("lost(threads) <= 0"), "Thread pool loses no updates");
        assert_eq!(words("utilisation(main) <= 20"), "Main thread keeps its cores computing at most 20 % of the time");
    }

    #[test]
    fn what_is_to_be_beside_another_run_is_a_sentence() {
        assert_eq!(
            words("makespan(gather) <= 0.2 * makespan(main)"),
            "Event loop, all at once takes at most 0.2 times as long as Main thread"
        );
        assert_eq!(
            words("makespan(threads?threads=4) > makespan(threads)"),
            "Thread pool (threads=4) takes more than Thread pool"
        );
        assert_eq!(
            words("peak_waiting(limited) < peak_waiting(gather)"),
            "Event loop, a few at a time has fewer tasks waiting for I/O at once than Event loop, all at once"
        );
        assert_eq!(
            words("overhead(processes) >= 0.5 * makespan(main)"),
            "Process pool spends at least half as long on overhead as Main thread takes"
        );
        assert_eq!(
            words("makespan(gil) >= makespan(main)"),
            "Threads with a GIL takes at least as long as Main thread"
        );
    }
}
