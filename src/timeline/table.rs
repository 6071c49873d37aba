//! A trace as the rows of a table: the same facts as the chart's, for whoever reads or listens instead of looking.

use crate::trace::Trace;

use super::words;

/// A slice in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow<'a> {
    /// The task's name; “—” for what belongs to the lane itself.
    pub task: &'a str,
    /// The lane's name.
    pub lane: &'a str,
    /// The state's name.
    pub state: &'static str,
    /// Start in ms from the start of the run, without the unit.
    pub start: String,
    /// Duration in ms, without the unit.
    pub duration: String,
}

/// Every slice of `trace`, sorted by start.
pub fn table_rows(trace: &Trace) -> Vec<TableRow<'_>> {
    let resolution_ms = trace.provenance().clock_resolution_ms;
    let mut slices: Vec<_> = trace.slices().collect();
    slices.sort_by(|(_, a), (_, b)| a.start_ms.total_cmp(&b.start_ms));
    let row = |(lane, slice): (crate::trace::LaneId, &crate::trace::Slice)| TableRow {
        task: slice.task.map_or("—", |task| trace.tasks()[task.0 as usize].as_str()),
        lane: trace.lanes()[usize::from(lane.0)].label(),
        state: slice.state.words(),
        start: words::milliseconds(slice.start_ms, resolution_ms),
        duration: words::milliseconds(slice.duration_ms(), resolution_ms),
    };
    slices.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::example;
    use expect_test::expect;

    #[test]
    fn a_table_has_a_row_per_slice_in_order_of_time() {
        let trace = example::pool(3, 2);
        let line =
            |row: TableRow| format!("{} | {} | {} | {} | {}\n", row.task, row.lane, row.state, row.start, row.duration);
        expect![[r#"
            — | thread 1 | starting | 0.0 | 30.0
            — | thread 2 | starting | 0.0 | 30.0
            range 1 | thread 1 | running | 30.0 | 118.8
            range 2 | thread 2 | running | 30.0 | 120.8
            range 3 | thread 1 | running | 148.8 | 122.8
        "#]]
        .assert_eq(&table_rows(&trace).into_iter().map(line).collect::<String>());
    }
}
