//! At which lines of a program its tasks stand at an instant, as a trace tells it. Which line a state belongs to is said by whoever
//! wrote the program down; how marks look is the page's business.

use crate::trace::{State, TaskId, Trace};

/// A line of a program and who stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The line, from 1.
    pub line: u32,
    /// The tasks and what they are doing, in the order of the plan.
    pub tasks: Vec<(TaskId, State)>,
}

impl Standing {
    /// Whose marks are shown where there is room for `room` signs, and how many tasks are left to a last sign that counts them.
    /// The `chosen` task is among those shown.
    pub fn shown(&self, room: usize, chosen: Option<TaskId>) -> (Vec<(TaskId, State)>, usize) {
        if self.tasks.len() <= room {
            return (self.tasks.clone(), 0);
        }
        let (first, rest) = self.tasks.split_at(room.saturating_sub(1));
        let mut shown = first.to_vec();
        let left_out = rest.iter().find(|(task, _)| Some(*task) == chosen);
        if let (Some(chosen), Some(last)) = (left_out, shown.last_mut()) {
            *last = *chosen;
        }
        (shown, rest.len())
    }
}

/// The tasks at each line of `lines` at `at_ms`, from the first line to the last. `lines` says at which line a task stands while it is
/// in a state; what is in none of these states stands nowhere, and so does what has just ended.
pub fn standing(trace: &Trace, at_ms: f64, lines: &[(State, u32)]) -> Vec<Standing> {
    let mut all: Vec<Standing> = Vec::new();
    for (_, line) in lines {
        let place = all.partition_point(|at| at.line < *line);
        if all.get(place).is_none_or(|at| at.line != *line) {
            all.insert(place, Standing { line: *line, tasks: Vec::new() });
        }
    }
    for lane in trace.lanes() {
        let begun = lane.slices().partition_point(|slice| slice.start_ms <= at_ms);
        let Some(slice) = lane.slices()[..begun].last().filter(|slice| at_ms < slice.end_ms) else { continue };
        let line = lines.iter().find(|(state, _)| *state == slice.state).map(|(_, line)| *line);
        let at = all.iter_mut().find(|at| Some(at.line) == line);
        if let (Some(task), Some(Standing { tasks, .. })) = (slice.task, at) {
            let place = tasks.partition_point(|(other, _)| *other < task);
            // An imported task may be on several lanes at a time.
            if tasks.get(place).is_none_or(|(other, _)| *other != task) {
                tasks.insert(place, (task, slice.state));
            }
        }
    }
    all
}

/// Who stands where, in words: “Line 2, waiting for I/O: request 1, request 2.”
pub fn standing_words(trace: &Trace, standing: &[Standing]) -> String {
    let mut sentences = Vec::new();
    for Standing { line, tasks } in standing {
        for state in State::ALL {
            let there = tasks.iter().filter(|(_, doing)| *doing == state);
            let names: Vec<_> = there.map(|(task, _)| trace.tasks()[task.0 as usize].as_str()).collect();
            if !names.is_empty() {
                sentences.push(format!("Line {line}, {}: {}.", state.words(), names.join(", ")));
            }
        }
    }
    if sentences.is_empty() { "No task stands at a line now.".to_owned() } else { sentences.join(" ") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::timeline::example;

    const LINES: [(State, u32); 3] = [(State::WaitingForIo, 2), (State::Running, 7), (State::Ready, 7)];

    /// Line by line who stands there, as numbers from 1: “2: 1 2 3 | 7:”.
    fn told(trace: &Trace, at_ms: f64) -> String {
        let numbers =
            |tasks: &[(TaskId, State)]| tasks.iter().map(|(task, _)| format!(" {}", task.0 + 1)).collect::<String>();
        let lines = standing(trace, at_ms, &LINES);
        lines.iter().map(|at| format!("{}:{}", at.line, numbers(&at.tasks))).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn one_after_another_one_task_stands_at_the_line_and_all_at_once_all_do() {
        let (stairs, side_by_side) = (example::staircase(3, 300.0), example::side_by_side(3, 300.0));
        assert_eq!(
            [0.0, 299.9, 300.0, 750.0].map(|at_ms| told(&stairs, at_ms)),
            ["2: 1 | 7:", "2: 1 | 7:", "2: 2 | 7:", "2: 3 | 7:"]
        );
        assert_eq!(
            [150.0, 301.0, 303.0].map(|at_ms| told(&side_by_side, at_ms)),
            ["2: 1 2 3 | 7:", "2: 2 3 | 7: 1", "2: 3 | 7: 2"]
        );
    }

    #[test]
    fn at_the_end_before_the_start_and_in_a_state_without_a_line_nobody_stands_anywhere() {
        let trace = example::staircase(3, 300.0);
        assert_eq!([-1.0, 900.0, f64::INFINITY, f64::NAN].map(|at_ms| told(&trace, at_ms)), ["2: | 7:"; 4]);
        // Tasks 3, 5 and 6 wait for others, start and are overhead.
        assert_eq!(told(&example::every_state(), 60.0), "2: 2 | 7: 1 4");
        assert_eq!(standing(&trace, 1.0, &[]), []);
    }

    #[test]
    fn what_there_is_no_room_for_is_counted_and_the_chosen_task_is_shown() {
        let all = standing(&example::side_by_side(9, 300.0), 1.0, &LINES).swap_remove(0);
        let shown = |room, chosen: Option<u32>| {
            let (shown, more) = all.shown(room, chosen.map(TaskId));
            (shown.iter().map(|(task, _)| task.0).collect::<Vec<_>>(), more)
        };
        assert_eq!(shown(9, None), ((0..9).collect(), 0));
        assert_eq!(shown(4, None), (vec![0, 1, 2], 6));
        assert_eq!(shown(4, Some(1)), (vec![0, 1, 2], 6));
        assert_eq!(shown(4, Some(8)), (vec![0, 1, 8], 6));
        assert_eq!((shown(1, Some(8)), shown(0, None)), ((vec![], 9), (vec![], 9)));
    }

    #[test]
    fn it_is_said_in_words() {
        let trace = example::side_by_side(3, 300.0);
        let said = |at_ms| standing_words(&trace, &standing(&trace, at_ms, &LINES));
        assert_eq!(said(301.0), "Line 2, waiting for I/O: request 2, request 3. Line 7, running: request 1.");
        assert_eq!(said(400.0), "No task stands at a line now.");
    }

    /// Slices one after another on a lane, of gaps before them (ms), lengths (ms) and states.
    fn laid_out(lane: &[(f64, f64, usize)]) -> Vec<(State, f64, f64)> {
        let mut free_ms = 0.0;
        let slice = |(gap_ms, length_ms, state): &(f64, f64, usize)| {
            let start_ms = free_ms + gap_ms;
            free_ms = start_ms + length_ms;
            (State::ALL[*state], start_ms, free_ms)
        };
        lane.iter().map(slice).collect()
    }

    proptest! {
        #[test]
        fn within_a_slice_its_task_stands_at_its_line_alone_and_between_slices_nowhere(
            lanes in prop::collection::vec(prop::collection::vec((0.1..9.0_f64, 0.1..9.0_f64, 0..State::ALL.len()), 0..8), 1..5),
            share in 0.0..1.0_f64,
        ) {
            let slices: Vec<_> = lanes.iter().map(|lane| laid_out(lane)).collect();
            let trace = example::of_tasks(&slices);
            let lines_of = |at_ms, task| {
                let lines = standing(&trace, at_ms, &LINES);
                let there = lines.into_iter().filter(|at| at.tasks.iter().any(|(other, _)| *other == task));
                there.map(|at| at.line).collect::<Vec<_>>()
            };
            for (task, slices) in (0..).map(TaskId).zip(&slices) {
                let mut free_ms = 0.0;
                for (state, start_ms, end_ms) in slices.iter().copied() {
                    let line = LINES.iter().find(|(bound, _)| *bound == state).map(|(_, line)| *line);
                    let (within, before) = (start_ms + share * (end_ms - start_ms) * 0.999, free_ms + share * (start_ms - free_ms) * 0.999);
                    prop_assert_eq!(lines_of(within, task), line.into_iter().collect::<Vec<_>>());
                    prop_assert_eq!(lines_of(before, task), Vec::<u32>::new());
                    free_ms = end_ms;
                }
                prop_assert_eq!(lines_of(free_ms, task), Vec::<u32>::new());
            }
        }
    }
}
