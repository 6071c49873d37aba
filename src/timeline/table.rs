//! A trace as the rows of a table: the same facts as the chart's, for whoever reads or listens instead of looking.

use crate::trace::{TaskId, Trace};

use super::words;

/// A slice in words, or a mark at which something went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow<'a> {
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
    let slices = trace.slices().map(|(lane, slice)| {
        let row = TableRow {
            task: task(slice.task),
            lane: trace.lanes()[usize::from(lane.0)].label(),
            what: words::slice(trace, slice),
            start: words::milliseconds(slice.start_ms, resolution_ms),
            duration: words::milliseconds(slice.duration_ms(), resolution_ms),
        };
        (slice.start_ms, row)
    });
    let marks = trace.lanes().iter().flat_map(|lane| lane.marks().iter().map(move |mark| (lane, mark)));
    let troubles = marks.filter_map(|(lane, mark)| {
        let row = TableRow {
            task: task(mark.task),
            lane: lane.label(),
            what: mark.kind.trouble()?.to_owned(),
            start: words::milliseconds(mark.at_ms, resolution_ms),
            duration: "—".to_owned(),
        };
        Some((mark.at_ms, row))
    });
    let mut rows: Vec<_> = slices.chain(troubles).collect();
    rows.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    rows.into_iter().map(|(_, row)| row).collect()
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
