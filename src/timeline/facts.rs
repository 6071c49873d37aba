//! A slice and a stretch of time in words: what a panel shows of them, and the one sentence that is announced.

use crate::trace::{Flow, FlowKind, LaneKind, SliceId, State, TaskId, Trace, Within};

use super::words;

/// A fact, as a name and a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// “start”
    pub name: &'static str,
    /// “12.4 ms”
    pub value: String,
}

/// More neighbours than this are counted and not named.
const NAMED: usize = 3;

/// What is known of a slice; empty for a slice of another trace.
pub fn facts(trace: &Trace, id: SliceId) -> Vec<Fact> {
    let Some(slice) = trace.slice(id) else { return Vec::new() };
    let resolution_ms = trace.provenance().clock_resolution_ms;
    let mut facts = Vec::new();
    let mut add = |name, value| facts.push(Fact { name, value });
    if let Some(task) = slice.task {
        add("task", task_name(trace, task).to_owned());
    }
    add("state", words::slice(trace, slice));
    add("start", words::duration(slice.start_ms, resolution_ms));
    add("duration", words::duration(slice.duration_ms(), resolution_ms));
    add("where", lane_name(trace, id).to_owned());
    let arrives = |flow: &&Flow| trace.slice_at(flow.to.0, flow.to.1, false) == Some(id);
    let leaves = |flow: &&Flow| trace.slice_at(flow.from.0, flow.from.1, true) == Some(id);
    let arriving: Vec<_> = trace.flows().iter().filter(|flow| flow.to.0 == id.lane).filter(arrives).collect();
    for kind in FlowKind::ALL {
        let from = arriving.iter().filter(|flow| flow.kind == kind);
        let names = names(from.map(|flow| who(trace, trace.slice_at(flow.from.0, flow.from.1, true), flow.from.0)));
        names.into_iter().for_each(|names| add(by(kind), names));
    }
    let leaving: Vec<_> = trace.flows().iter().filter(|flow| flow.from.0 == id.lane).filter(leaves).collect();
    for kind in FlowKind::ALL {
        let to = leaving.iter().filter(|flow| flow.kind == kind);
        let names = names(to.map(|flow| who(trace, trace.slice_at(flow.to.0, flow.to.1, false), flow.to.0)));
        names.into_iter().for_each(|names| add(to_whom(kind), names));
    }
    let held = trace
        .holds()
        .iter()
        .filter(|hold| Some(hold.task) == slice.task && hold.start_ms < slice.end_ms && hold.end_ms > slice.start_ms);
    let object = |id: u32| trace.objects().get(id as usize).map_or("", String::as_str);
    names(held.map(|hold| object(hold.object.0).to_owned())).into_iter().for_each(|names| add("holds", names));
    facts
}

fn by(kind: FlowKind) -> &'static str {
    match kind {
        FlowKind::Spawn => "started by",
        FlowKind::Wake => "woken by",
        FlowKind::Message => "message from",
        FlowKind::LockHandOver => "lock handed over by",
        FlowKind::Follows => "follows",
    }
}

fn to_whom(kind: FlowKind) -> &'static str {
    match kind {
        FlowKind::Spawn => "starts",
        FlowKind::Wake => "wakes",
        FlowKind::Message => "message to",
        FlowKind::LockHandOver => "hands the lock to",
        FlowKind::Follows => "is followed by",
    }
}

/// Whose slice it is: its task's name, or its lane's.
fn who(trace: &Trace, id: Option<SliceId>, lane: crate::trace::LaneId) -> String {
    let task = id.and_then(|id| trace.slice(id)?.task);
    task.map_or_else(|| lane_name(trace, SliceId { lane, index: 0 }), |task| task_name(trace, task)).to_owned()
}

/// “a, b”, “a, b, c and 4 more”; `None` for none.
fn names(all: impl Iterator<Item = String>) -> Option<String> {
    let mut all: Vec<String> = all.collect();
    all.dedup();
    let more = all.len().saturating_sub(NAMED);
    all.truncate(NAMED);
    let text = all.join(", ");
    match (text.is_empty(), more) {
        (true, _) => None,
        (false, 0) => Some(text),
        (false, more) => Some(format!("{text} and {more} more")),
    }
}

fn task_name(trace: &Trace, task: TaskId) -> &str {
    trace.tasks().get(task.0 as usize).map_or("", String::as_str)
}

fn lane_name(trace: &Trace, id: SliceId) -> &str {
    trace.lanes().get(usize::from(id.lane.0)).map_or("", |lane| lane.label())
}

/// A slice in one sentence: “range 3: running on thread 1, from 149 ms, for 123 ms.”
pub fn sentence(trace: &Trace, id: SliceId) -> Option<String> {
    let slice = trace.slice(id)?;
    let resolution_ms = trace.provenance().clock_resolution_ms;
    let lane = lane_name(trace, id);
    let task = slice.task.map(|task| format!("{}: ", shortened(task_name(trace, task)))).unwrap_or_default();
    let is_place = |kind: LaneKind| kind.is_worker() || kind == LaneKind::Core;
    let place = if lane.is_empty() || !is_place(trace.lanes()[usize::from(id.lane.0)].kind()) {
        String::new()
    } else {
        format!(" on {}", shortened(lane))
    };
    let (start, duration) =
        (words::duration(slice.start_ms, resolution_ms), words::duration(slice.duration_ms(), resolution_ms));
    Some(format!("{task}{}{place}, from {start}, for {duration}.", words::slice(trace, slice)))
}

/// A name as it can be listened to.
fn shortened(name: &str) -> String {
    const MOST: usize = 80;
    if name.chars().count() <= MOST { name.to_owned() } else { name.chars().take(MOST - 1).chain(['…']).collect() }
}

/// A stretch of time in one or two sentences: “From 120 ms to 300 ms, 180 ms: 3 tasks in 12 slices. Running 240 ms in all,
/// waiting for I/O 90.0 ms.”
pub fn range(trace: &Trace, within: &Within) -> String {
    let resolution_ms = trace.provenance().clock_resolution_ms;
    let time = |ms: f64| words::duration(ms, resolution_ms);
    let count = |number: usize, one: &str| if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") };
    let span = format!("From {} to {}, {}", time(within.from_ms), time(within.to_ms), time(within.duration_ms()));
    if within.slices == 0 {
        return format!("{span}: nothing happened.");
    }
    let states = State::ALL.iter().zip(within.in_state_ms).filter(|(_, ms)| *ms > 0.0);
    let states: Vec<_> = states.map(|(state, ms)| format!("{} {}", state.words(), time(ms))).collect();
    let (tasks, slices) = (count(within.tasks, "task"), count(within.slices, "slice"));
    let mut text = format!("{span}: {tasks} in {slices}.");
    if let Some((first, rest)) = states.split_first() {
        let mut letters = first.chars();
        let first = letters.next().map(|letter| letter.to_uppercase().chain(letters).collect::<String>());
        let rest: String = rest.iter().map(|state| format!(", {state}")).collect();
        text.push_str(&format!(" {} in all{rest}.", first.unwrap_or_default()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::example;
    use crate::trace::{LaneId, within};
    use expect_test::expect;

    fn told(trace: &Trace, lane: u16, index: u32) -> String {
        let id = SliceId { lane: LaneId(lane), index };
        let facts = facts(trace, id).into_iter().map(|Fact { name, value }| format!("{name}: {value}\n"));
        facts.chain(sentence(trace, id)).collect()
    }

    #[test]
    fn a_slice_is_told_with_who_woke_it_and_what_it_holds() {
        let trace = example::hand_over();
        expect![[r#"
            task: task 1
            state: running
            start: 20.0 ms
            duration: 60.0 ms
            where: thread 1
            hands the lock to: task 2
            holds: lock A
            task 1: running on thread 1, from 20.0 ms, for 60.0 ms."#]]
        .assert_eq(&told(&trace, 0, 1));
        expect![[r#"
            task: task 2
            state: waiting for others: lock A
            start: 30.0 ms
            duration: 50.0 ms
            where: thread 2
            task 2: waiting for others: lock A on thread 2, from 30.0 ms, for 50.0 ms."#]]
        .assert_eq(&told(&trace, 1, 1));
        expect![[r#"
            task: task 2
            state: running
            start: 80.0 ms
            duration: 60.0 ms
            where: thread 2
            lock handed over by: task 1
            hands the lock to: task 3
            holds: lock A
            task 2: running on thread 2, from 80.0 ms, for 60.0 ms."#]]
        .assert_eq(&told(&trace, 1, 2));
        assert_eq!(told(&trace, 9, 9), "");
    }

    #[test]
    fn a_stretch_in_which_nothing_happened_says_so() {
        let trace = example::staircase(2, 100.0);
        assert_eq!(range(&trace, &within(&trace, 250.0, 300.0)), "From 250 ms to 300 ms, 50.0 ms: nothing happened.");
        assert_eq!(
            range(&trace, &within(&trace, 50.0, 150.0)),
            "From 50.0 ms to 150 ms, 100 ms: 2 tasks in 2 slices. Waiting for I/O 100 ms in all."
        );
    }
}
