//! A chart as text: what a test compares and a person reads in a terminal. It shows the same rows as the picture does.

use crate::trace::{Slice, State, Trace, stats};

use super::heartbeat::FROZEN_MS;
use super::rows::{HEARTBEAT_LABEL, has_heartbeat, rows};
use super::{Grouping, words};

/// The chart in `columns` characters of time, from the start to the end of what was watched. A character shows what took most
/// of its time: `█` running, `─` waiting for I/O, `╳` waiting for others, `▒` ready, `░` starting, `▓` overhead, `·` nothing;
/// in the page's row `╎` frames, `▚` frozen.
pub fn ascii(trace: &Trace, grouping: Grouping, columns: usize) -> String {
    let columns = columns.max(1);
    let rows = rows(trace, grouping);
    let gutter =
        rows.iter().map(|row| row.id.label(trace).chars().count()).chain([HEARTBEAT_LABEL.len()]).max().unwrap_or(0);
    let column_ms = trace.end_ms() / columns as f64;
    let mut text = String::new();
    for row in &rows {
        let cells = cells(row.slices(trace).iter().map(|(_, slice)| slice), column_ms, columns);
        text.push_str(&format!("{:>gutter$} {cells}\n", row.id.label(trace)));
    }
    if has_heartbeat(trace) {
        text.push_str(&format!("{HEARTBEAT_LABEL:>gutter$} {}\n", heartbeat(trace, column_ms, columns)));
    }
    let end = words::duration(trace.end_ms(), trace.provenance().clock_resolution_ms);
    text.push_str(&format!("{:>gutter$} 0{end:>width$}\n", "", width = columns.saturating_sub(1)));
    text
}

fn glyph(state: State) -> char {
    match state {
        State::Running => '█',
        State::WaitingForIo => '─',
        State::WaitingForLock => '╳',
        State::Ready => '▒',
        State::Starting => '░',
        State::Overhead => '▓',
    }
}

fn cells<'a>(slices: impl Iterator<Item = &'a Slice>, column_ms: f64, columns: usize) -> String {
    let mut taken_ms = vec![[0.0; State::ALL.len()]; columns];
    for slice in slices.filter(|slice| slice.duration_ms() > 0.0) {
        let state = State::ALL.iter().position(|state| *state == slice.state).unwrap_or_default();
        let (first, last) = ((slice.start_ms / column_ms) as usize, (slice.end_ms / column_ms) as usize);
        for (column, taken_ms) in taken_ms.iter_mut().enumerate().take(last + 1).skip(first) {
            let (from_ms, to_ms) = (column as f64 * column_ms, (column + 1) as f64 * column_ms);
            taken_ms[state] += (slice.end_ms.min(to_ms) - slice.start_ms.max(from_ms)).max(0.0);
        }
    }
    let cell = |taken_ms: [f64; State::ALL.len()]| {
        let longest = State::ALL.into_iter().zip(taken_ms).max_by(|a, b| a.1.total_cmp(&b.1));
        let idle_ms = column_ms - taken_ms.iter().sum::<f64>();
        longest.filter(|(_, ms)| *ms > 0.0 && *ms >= idle_ms).map_or('·', |(state, _)| glyph(state))
    };
    taken_ms.into_iter().map(cell).collect()
}

fn heartbeat(trace: &Trace, column_ms: f64, columns: usize) -> String {
    let gaps: Vec<_> = stats::frame_gaps(trace).into_iter().flatten().collect();
    let frozen = |at_ms: f64| gaps.iter().any(|(from, to)| to - from > FROZEN_MS && (*from..*to).contains(&at_ms));
    let drawn = |from_ms: f64| gaps.iter().any(|(_, to)| (from_ms..from_ms + column_ms).contains(to));
    let cell = |column: usize| {
        let from_ms = column as f64 * column_ms;
        match () {
            () if frozen(from_ms + column_ms / 2.0) => '▚',
            () if drawn(from_ms) => '╎',
            () => '·',
        }
    };
    (0..columns).map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::example;
    use expect_test::expect;

    #[test]
    fn textbook_cases_look_as_in_the_textbook() {
        expect![[r#"
            request 1 ──────────······························
            request 2 ··········──────────····················
            request 3 ····················──────────··········
            request 4 ······························──────────
                 page ╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎╎
                      0                                 1.20 s
        "#]]
        .assert_eq(&ascii(&example::staircase(4, 300.0), Grouping::ByTask, 40));
        expect![[r#"
            request 1 ───────────────────────────────────────·
            request 2 ───────────────────────────────────────·
            request 3 ────────────────────────────────────────
            request 4 ────────────────────────────────────────
                 page ·╎·╎·╎·╎·╎·╎··╎·╎·╎·╎·╎·╎··╎·╎·╎·╎·╎·╎··
                      0                                 308 ms
        "#]]
        .assert_eq(&ascii(&example::side_by_side(4, 300.0), Grouping::ByTask, 40));
        expect![[r#"
            range 1 ···████████████·························
            range 2 ···████████████·························
            range 3 ···············█████████████············
            range 4 ···············█████████████············
            range 5 ····························████████████
               page ╎·╎·╎╎·╎·╎·╎╎·╎·╎╎·╎·╎·╎╎·╎·╎╎·╎·╎·╎╎·╎·
                    0                                 390 ms
        "#]]
        .assert_eq(&ascii(&example::pool(5, 2), Grouping::ByTask, 40));
        expect![[r#"
            thread 1 ░░░█████████████████████████████████████
            thread 2 ░░░█████████████████████████············
                page ╎·╎·╎╎·╎·╎·╎╎·╎·╎╎·╎·╎·╎╎·╎·╎╎·╎·╎·╎╎·╎·
                     0                                 390 ms
        "#]]
        .assert_eq(&ascii(&example::pool(5, 2), Grouping::ByWorker, 40));
        expect![[r#"
            range 1 ████▒▒▒▒▒▒▒▒████▒▒▒▒▒▒▒▒████▒▒▒▒▒▒▒▒████········
            range 2 ▒▒▒▒████▒▒▒▒▒▒▒▒████▒▒▒▒▒▒▒▒████▒▒▒▒▒▒▒▒████····
            range 3 ▒▒▒▒▒▒▒▒████▒▒▒▒▒▒▒▒████▒▒▒▒▒▒▒▒████▒▒▒▒▒▒▒▒████
               page ····╎·······╎·······╎········╎·······╎·······╎··
                    0                                        96.0 ms
        "#]]
        .assert_eq(&ascii(&example::interleaved(3, 4), Grouping::ByTask, 48));
        expect![[r#"
            range 1 ██████████······························
            range 2 ··········██████████····················
            range 3 ····················██████████··········
            range 4 ······························██████████
               page ▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚▚
                    0                                 446 ms
        "#]]
        .assert_eq(&ascii(&example::frozen(4), Grouping::ByTask, 40));
        expect![[r#"
            task 1 ███████████████████████████·············
            task 2 ··───────────────────────────···········
            task 3 ····╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳·········
            task 4 ·····▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒·······
            task 5 ·······░░░░░░░░░░░░░░░░░░░░░░░░░░░░·····
            task 6 ·········▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓····
              page ·╎··╎··╎··╎··╎··╎··╎··╎··╎··╎··╎··╎··╎··
                   0                                 220 ms
        "#]]
        .assert_eq(&ascii(&example::every_state(), Grouping::ByTask, 40));
    }
}
