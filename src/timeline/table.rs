//! A trace as the rows of a table: the same facts as the chart's, for whoever reads or listens instead of looking.

use std::cmp::Ordering;

use crate::trace::{Lane, Mark, Slice, Trace};

use super::words;

/// A slice in words, or a mark at which something went wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow<'a> {
    /// Start, ms from the start of the run.
    pub start_ms: f64,
    /// Duration, ms; `None` for an instant.
    pub duration_ms: Option<f64>,
    /// The task's name; “—” for what belongs to the lane itself.
    pub task: &'a str,
    /// The lane's name.
    pub lane: &'a str,
    /// The state's name with what was waited for, or what went wrong.
    pub what: String,
    /// Start in ms from the start of the run, without the unit.
    pub start: String,
    /// Duration in ms, without the unit; “—” for an instant.
    pub duration: String,
}

/// The first rows in the order of a column, `most` at most, and how many there are in all: a million in words would take more memory
/// than a page has. What is equal there is in order of time.
pub fn first_rows(trace: &Trace, most: usize, by: Column, descending: bool) -> (Vec<TableRow<'_>>, usize) {
    let mut first = First { trace, by, descending, most, number: 0, entries: Vec::new() };
    for lane in trace.lanes().iter().filter(|lane| !lane.kind().repeats_others()) {
        lane.slices().iter().for_each(|slice| first.add(slice.start_ms, lane, What::Slice(slice)));
    }
    for lane in trace.lanes() {
        let troubles = lane.marks().iter().filter_map(|mark| Some((mark, mark.kind.trouble()?)));
        troubles.for_each(|(mark, trouble)| first.add(mark.at_ms, lane, What::Trouble(mark, trouble)));
    }
    let number = first.number;
    (first.sorted().iter().map(|entry| row(trace, entry)).collect(), number)
}

/// What becomes a row, before it is put in words.
struct Entry<'a> {
    start_ms: f64,
    /// How many were before it: what begins at the same time stays in order.
    number: usize,
    lane: &'a Lane,
    what: What<'a>,
}

enum What<'a> {
    Slice(&'a Slice),
    Trouble(&'a Mark, &'static str),
}

impl Entry<'_> {
    fn task<'a>(&self, trace: &'a Trace) -> &'a str {
        let task = match self.what {
            What::Slice(slice) => slice.task,
            What::Trouble(mark, _) => mark.task,
        };
        task.map_or("—", |id| trace.tasks()[id.0 as usize].as_str())
    }

    /// Its state or trouble, and what was waited for: in the order of the text that says both.
    fn words<'a>(&self, trace: &'a Trace) -> (&'static str, &'a str) {
        match self.what {
            What::Slice(slice) => {
                let object = slice.object().and_then(|object| trace.objects().get(object.0 as usize));
                (slice.state.words(), object.map_or("", String::as_str))
            }
            What::Trouble(_, trouble) => (trouble, ""),
        }
    }

    fn duration_ms(&self) -> Option<f64> {
        match self.what {
            What::Slice(slice) => Some(slice.duration_ms()),
            What::Trouble(..) => None,
        }
    }
}

/// The first entries, and twice as many while they are gathered.
struct First<'a> {
    trace: &'a Trace,
    by: Column,
    descending: bool,
    most: usize,
    number: usize,
    entries: Vec<Entry<'a>>,
}

impl<'a> First<'a> {
    fn add(&mut self, start_ms: f64, lane: &'a Lane, what: What<'a>) {
        self.entries.push(Entry { start_ms, number: self.number, lane, what });
        self.number += 1;
        if self.entries.len() >= self.most.saturating_mul(2).max(2) {
            self.cut();
        }
    }

    fn cut(&mut self) {
        if self.entries.len() > self.most {
            let order = self.order();
            self.entries.select_nth_unstable_by(self.most, order);
            self.entries.truncate(self.most);
        }
    }

    fn sorted(mut self) -> Vec<Entry<'a>> {
        self.cut();
        let order = self.order();
        self.entries.sort_unstable_by(order);
        self.entries
    }

    fn order(&self) -> impl Fn(&Entry, &Entry) -> Ordering + use<'a> {
        let Self { trace, by, descending, .. } = *self;
        move |a, b| {
            let order = match by {
                Column::Task => natural(a.task(trace), b.task(trace)),
                Column::Lane => natural(a.lane.label(), b.lane.label()),
                Column::What => a.words(trace).cmp(&b.words(trace)),
                Column::Start => a.start_ms.total_cmp(&b.start_ms),
                Column::Duration => a.duration_ms().unwrap_or(-1.0).total_cmp(&b.duration_ms().unwrap_or(-1.0)),
            };
            let order = if descending { order.reverse() } else { order };
            order.then(a.start_ms.total_cmp(&b.start_ms)).then(a.number.cmp(&b.number))
        }
    }
}

fn row<'a>(trace: &'a Trace, entry: &Entry<'a>) -> TableRow<'a> {
    let resolution_ms = trace.provenance().clock_resolution_ms;
    let what = match entry.words(trace) {
        (what, "") => what.to_owned(),
        (what, object) => format!("{what}: {object}"),
    };
    let duration_ms = entry.duration_ms();
    TableRow {
        start_ms: entry.start_ms,
        duration_ms,
        task: entry.task(trace),
        lane: entry.lane.label(),
        what,
        start: words::milliseconds(entry.start_ms, resolution_ms),
        duration: duration_ms.map_or_else(|| "—".to_owned(), |ms| words::milliseconds(ms, resolution_ms)),
    }
}

/// A column by which a table can be sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// By the task's name, numbers in it by their value.
    Task,
    /// By the lane's name, likewise.
    Lane,
    /// By what it was.
    What,
    /// By start.
    Start,
    /// By duration; instants before everything else.
    Duration,
}

/// “range 9” before “range 10”.
fn natural(a: &str, b: &str) -> Ordering {
    let parts = |text: &str| {
        let name = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        (name, text[name..].parse::<u64>().ok())
    };
    let ((a_name, a_number), (b_name, b_number)) = (parts(a), parts(b));
    a[..a_name].cmp(&b[..b_name]).then(a_number.cmp(&b_number)).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::example;
    use expect_test::expect;

    /// All rows, by their start.
    fn table_rows(trace: &Trace) -> Vec<TableRow<'_>> {
        first_rows(trace, usize::MAX, Column::Start, false).0
    }

    fn told(trace: &Trace) -> String {
        let line =
            |row: TableRow| format!("{} | {} | {} | {} | {}\n", row.task, row.lane, row.what, row.start, row.duration);
        table_rows(trace).into_iter().map(line).collect()
    }

    #[test]
    fn a_table_has_a_row_per_slice_in_order_of_time() {
        expect![[r#"
            — | thread 1 | starting | 0.0 | 30.0
            — | thread 2 | starting | 0.0 | 30.0
            range 1 | thread 1 | running | 30.0 | 118.8
            range 2 | thread 2 | running | 30.0 | 120.8
            range 3 | thread 1 | running | 148.8 | 122.8
        "#]]
        .assert_eq(&told(&example::pool(3, 2)));
    }

    #[test]
    fn the_first_rows_are_those_of_the_whole_table() {
        for trace in [example::pool(11, 2), example::interleaved(4, 500), example::troubles()] {
            let all = table_rows(&trace);
            for most in [0, 1, 7, 400, all.len(), all.len() + 1] {
                let (first, number) = first_rows(&trace, most, Column::Start, false);
                assert_eq!((first.as_slice(), number), (&all[..most.min(all.len())], all.len()));
            }
        }
    }

    #[test]
    fn rows_are_sorted_by_any_column() {
        let trace = example::pool(11, 2);
        let by = |column, descending| {
            let (rows, all) = first_rows(&trace, 4, column, descending);
            assert_eq!(all, 13);
            rows.iter().map(|row| row.task).collect::<Vec<_>>().join(" | ")
        };
        assert_eq!(by(Column::Task, false), "range 1 | range 2 | range 3 | range 4");
        assert_eq!(by(Column::Task, true), "— | — | range 11 | range 10");
        assert_eq!(by(Column::Duration, true), "range 4 | range 8 | range 3 | range 7", "equal ones by time");
        assert_eq!(by(Column::What, false), "range 1 | range 2 | range 3 | range 4", "then by time");
        assert_eq!(by(Column::Lane, true), "— | range 2 | range 4 | range 6");
    }

    #[test]
    fn what_was_waited_for_and_what_went_wrong_are_named() {
        expect![[r#"
            task 1 | thread 1 | running | 0.0 | 20.0
            task 2 | thread 2 | waiting for others: lock A | 0.0 | 60.0
            task 1 | thread 1 | request failed | 20.0 | —
            task 1 | thread 1 | task failed | 30.0 | —
            task 2 | thread 2 | deadlock found | 60.0 | —
        "#]]
        .assert_eq(&told(&example::troubles()));
    }
}
