//! A trace as the rows of a table: the same facts as the chart's, for whoever reads or listens instead of looking.

use std::cmp::Ordering;

use crate::trace::{TaskId, Trace};

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

/// Every slice of `trace` and whatever went wrong, sorted by start.
pub fn table_rows(trace: &Trace) -> Vec<TableRow<'_>> {
    let resolution_ms = trace.provenance().clock_resolution_ms;
    let task = |id: Option<TaskId>| id.map_or("—", |id| trace.tasks()[id.0 as usize].as_str());
    let slices = trace.slices().map(|(lane, slice)| TableRow {
        start_ms: slice.start_ms,
        duration_ms: Some(slice.duration_ms()),
        task: task(slice.task),
        lane: trace.lanes()[usize::from(lane.0)].label(),
        what: words::slice(trace, slice),
        start: words::milliseconds(slice.start_ms, resolution_ms),
        duration: words::milliseconds(slice.duration_ms(), resolution_ms),
    });
    let marks = trace.lanes().iter().flat_map(|lane| lane.marks().iter().map(move |mark| (lane, mark)));
    let troubles = marks.filter_map(|(lane, mark)| {
        let row = TableRow {
            start_ms: mark.at_ms,
            duration_ms: None,
            task: task(mark.task),
            lane: lane.label(),
            what: mark.kind.trouble()?.to_owned(),
            start: words::milliseconds(mark.at_ms, resolution_ms),
            duration: "—".to_owned(),
        };
        Some(row)
    });
    let mut rows: Vec<_> = slices.chain(troubles).collect();
    sort_rows(&mut rows, Column::Start, false);
    rows
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

/// Sorts rows by a column; those that are equal there stay as they are.
pub fn sort_rows(rows: &mut [TableRow], by: Column, descending: bool) {
    let compare = |a: &TableRow, b: &TableRow| match by {
        Column::Task => natural(a.task, b.task),
        Column::Lane => natural(a.lane, b.lane),
        Column::What => a.what.cmp(&b.what),
        Column::Start => a.start_ms.total_cmp(&b.start_ms),
        Column::Duration => a.duration_ms.unwrap_or(-1.0).total_cmp(&b.duration_ms.unwrap_or(-1.0)),
    };
    rows.sort_by(|a, b| if descending { compare(b, a) } else { compare(a, b) });
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
    fn rows_are_sorted_by_any_column() {
        let trace = example::pool(11, 2);
        let mut rows = table_rows(&trace);
        let mut by = |column, descending| {
            sort_rows(&mut rows, column, descending);
            rows.iter().map(|row| row.task).take(4).collect::<Vec<_>>().join(" | ")
        };
        assert_eq!(by(Column::Task, false), "range 1 | range 2 | range 3 | range 4");
        assert_eq!(by(Column::Task, true), "— | — | range 11 | range 10");
        assert_eq!(by(Column::Duration, true), "range 8 | range 4 | range 7 | range 3");
        assert_eq!(by(Column::What, false), "range 8 | range 4 | range 7 | range 3", "stable");
        assert_eq!(by(Column::Lane, true), "range 8 | range 4 | range 6 | range 2");
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
