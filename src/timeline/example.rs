//! Traces as the engines record them, with round numbers: the textbook cases that the tests of this folder draw.

use crate::trace::{
    Flow, FlowKind, LaneId, LaneKind, Mark, MarkKind, Provenance, Reading, Recorder, RequestsBy, SharedMemory, Slice,
    Source, State, TaskId, Trace,
};

const FRAME_MS: f64 = 16.7;

fn provenance() -> Provenance {
    Provenance {
        source: Source::Measured,
        engine: "example".into(),
        cores: 2,
        clock_resolution_ms: 0.1,
        isolated: true,
        shared_memory: SharedMemory::NotNeeded,
        requests: RequestsBy::Nobody,
        dropped_events: 0,
        hidden: false,
        date: "2026-01-01T00:00:00Z".into(),
    }
}

/// A trace under construction that panics where a recorder refuses.
struct Draft(Recorder);

impl Draft {
    fn new(name: &str, tasks: u32) -> Self {
        Self(Recorder::new((1..=tasks).map(|number| format!("{name} {number}"))))
    }

    fn lane(&mut self, kind: LaneKind, label: &str) -> LaneId {
        self.0.add_lane(kind, label).unwrap()
    }

    fn slice(&mut self, lane: LaneId, task: u32, state: State, start_ms: f64, end_ms: f64) {
        self.0.slice(lane, Slice::new(Some(TaskId(task)), state, start_ms, end_ms)).unwrap();
    }

    fn finish(mut self, end_ms: f64, frozen: bool) -> Trace {
        let page = self.lane(LaneKind::Heartbeat, "page");
        let mut at_ms = FRAME_MS / 2.0;
        while at_ms < end_ms && !frozen {
            self.0.mark(page, Mark { at_ms, task: None, kind: MarkKind::Frame }).unwrap();
            at_ms += FRAME_MS;
        }
        self.0.mark(page, Mark { at_ms: end_ms, task: None, kind: MarkKind::Frame }).unwrap();
        self.0.finish(provenance()).unwrap()
    }
}

/// Two threads on the first of two cores, of which the second has nothing to do.
pub fn cores() -> Trace {
    let mut draft = Draft(Recorder::new(["a", "b"]));
    let [core, _] = ["core 1", "core 2"].map(|label| draft.lane(LaneKind::Core, label));
    let [one, two] = ["thread 1", "thread 2"].map(|label| draft.lane(LaneKind::Thread, label));
    draft.slice(two, 1, State::Ready, 0.0, 4.0);
    for (lane, task, state, start_ms, end_ms) in
        [(one, 0, State::Running, 0.0, 4.0), (two, 1, State::Overhead, 4.0, 5.0), (two, 1, State::Running, 5.0, 8.0)]
    {
        [lane, core].into_iter().for_each(|lane| draft.slice(lane, task, state, start_ms, end_ms));
    }
    draft.0.finish(provenance()).unwrap()
}

/// Requests, each awaited before the next is sent.
pub fn staircase(tasks: u32, delay_ms: f64) -> Trace {
    let mut draft = Draft::new("request", tasks);
    let in_flight = draft.lane(LaneKind::InFlight, "in flight");
    draft.lane(LaneKind::EventLoop, "event loop");
    for task in 0..tasks {
        let start_ms = f64::from(task) * delay_ms;
        draft.slice(in_flight, task, State::WaitingForIo, start_ms, start_ms + delay_ms);
    }
    draft.finish(f64::from(tasks) * delay_ms, false)
}

/// Requests, all sent at once; each answer is handled on the event loop for 2 ms.
pub fn side_by_side(tasks: u32, delay_ms: f64) -> Trace {
    let mut draft = Draft::new("request", tasks);
    let event_loop = draft.lane(LaneKind::EventLoop, "event loop");
    for task in 0..tasks {
        let in_flight = draft.lane(LaneKind::InFlight, "in flight");
        let handled_ms = delay_ms + f64::from(task) * 2.0;
        draft.slice(in_flight, task, State::WaitingForIo, 0.0, handled_ms);
        draft.slice(event_loop, task, State::Running, handled_ms, handled_ms + 2.0);
    }
    draft.finish(delay_ms + f64::from(tasks) * 2.0, false)
}

/// Tasks of 120 ms and less that threads take from one queue; a thread needs 30 ms to start.
pub fn pool(tasks: u32, threads: u32) -> Trace {
    let mut draft = Draft::new("range", tasks);
    let lanes: Vec<_> = (1..=threads).map(|number| draft.lane(LaneKind::Thread, &format!("thread {number}"))).collect();
    for lane in &lanes {
        draft.0.slice(*lane, Slice::new(None, State::Starting, 0.0, 30.0)).unwrap();
    }
    let mut free_ms = vec![30.0; lanes.len()];
    for task in 0..tasks {
        let next = (0..lanes.len()).min_by(|a, b| f64::total_cmp(&free_ms[*a], &free_ms[*b])).unwrap();
        let end_ms = free_ms[next] + 120.0 + f64::from(task % 4) * 2.0 - 1.2;
        draft.slice(lanes[next], task, State::Running, free_ms[next], end_ms);
        free_ms[next] = end_ms;
    }
    draft.finish(free_ms.into_iter().fold(0.0, f64::max), false)
}

/// Tasks that take turns of 8 ms on the event loop, ready in between.
pub fn interleaved(tasks: u32, rounds: u32) -> Trace {
    let mut draft = Draft::new("range", tasks);
    let event_loop = draft.lane(LaneKind::EventLoop, "event loop");
    let ready: Vec<_> = (0..tasks).map(|_| draft.lane(LaneKind::InFlight, "in flight")).collect();
    for turn in 0..tasks * rounds {
        let (task, round) = (turn % tasks, turn / tasks);
        let start_ms = f64::from(turn) * 8.0;
        let since_ms = if round == 0 { 0.0 } else { f64::from(turn - tasks) * 8.0 + 8.0 };
        draft.slice(ready[task as usize], task, State::Ready, since_ms, start_ms);
        draft.slice(event_loop, task, State::Running, start_ms, start_ms + 8.0);
    }
    draft.finish(f64::from(tasks * rounds) * 8.0, false)
}

/// Tasks that block the page's own thread.
pub fn frozen(tasks: u32) -> Trace {
    let mut draft = Draft::new("range", tasks);
    let main = draft.lane(LaneKind::MainThread, "main thread");
    let mut at_ms = 0.0;
    for task in 0..tasks {
        let end_ms = at_ms + 110.0 + f64::from(task);
        draft.slice(main, task, State::Running, at_ms, end_ms);
        at_ms = end_ms;
    }
    draft.finish(at_ms, true)
}

/// One task in each state, and a thread that starts.
pub fn every_state() -> Trace {
    let mut draft = Draft::new("task", 6);
    let thread = draft.lane(LaneKind::Thread, "thread 1");
    draft.0.slice(thread, Slice::new(None, State::Starting, 0.0, 20.0)).unwrap();
    for (task, state) in State::ALL.into_iter().enumerate() {
        let lane = draft.lane(LaneKind::Thread, "thread");
        let start_ms = 10.0 * task as f64;
        draft.slice(lane, task as u32, state, start_ms, start_ms + 150.0);
    }
    draft.finish(220.0, false)
}

/// A task on each lane, with these slices: states, starts and ends (ms).
pub fn of_tasks(slices: &[Vec<(State, f64, f64)>]) -> Trace {
    let mut draft = Draft::new("task", slices.len() as u32);
    for (task, slices) in (0..).zip(slices) {
        let lane = draft.lane(LaneKind::Thread, "thread");
        slices.iter().for_each(|(state, start_ms, end_ms)| draft.slice(lane, task, *state, *start_ms, *end_ms));
    }
    draft.0.finish(provenance()).unwrap()
}

/// A plan of which nothing has happened yet.
pub fn empty(tasks: u32) -> Trace {
    Draft::new("task", tasks).0.finish(provenance()).unwrap()
}

/// A task that fails, one that waits for ever for a lock, and a counter of two readings.
pub fn troubles() -> Trace {
    let mut draft = Draft::new("task", 2);
    let (lock, counter) = (draft.0.add_object("lock A"), draft.0.add_object("queue"));
    let lanes = [draft.lane(LaneKind::Thread, "thread 1"), draft.lane(LaneKind::Thread, "thread 2")];
    draft.slice(lanes[0], 0, State::Running, 0.0, 20.0);
    let waits = Slice::new(Some(TaskId(1)), State::WaitingForLock, 0.0, 60.0).waiting_for(Some(lock));
    draft.0.slice(lanes[1], waits).unwrap();
    for (lane, task, kind, at_ms) in
        [(0, 0, MarkKind::RequestFailed, 20.0), (0, 0, MarkKind::Failed, 30.0), (1, 1, MarkKind::Deadlock, 60.0)]
    {
        draft.0.mark(lanes[lane], Mark { at_ms, task: Some(TaskId(task)), kind }).unwrap();
    }
    for (at_ms, value) in [(5.0, 1_200), (25.0, 3)] {
        draft.0.count(counter, at_ms, Reading::Is(value)).unwrap();
    }
    draft.0.finish(provenance()).unwrap()
}

/// Three threads that want one lock: each computes, waits for it, holds it for 60 ms and computes on. A counter counts.
pub fn hand_over() -> Trace {
    let mut draft = Draft::new("task", 3);
    let (lock, counter) = (draft.0.add_object("lock A"), draft.0.add_object("count"));
    let lanes: Vec<_> = (1..=3).map(|number| draft.lane(LaneKind::Thread, &format!("thread {number}"))).collect();
    let mut free_ms = 0.0;
    for (task, lane) in (0..).zip(lanes.iter().copied()) {
        let wants_ms = 20.0 + 10.0 * f64::from(task);
        draft.slice(lane, task, State::Running, 0.0, wants_ms);
        let has_ms = f64::max(wants_ms, free_ms);
        if has_ms > wants_ms {
            let wait = Slice::new(Some(TaskId(task)), State::WaitingForLock, wants_ms, has_ms).waiting_for(Some(lock));
            draft.0.slice(lane, wait).unwrap();
            let from = (lanes[task as usize - 1], free_ms);
            draft.0.flow(Flow { kind: FlowKind::LockHandOver, from, to: (lane, has_ms) }).unwrap();
        }
        free_ms = has_ms + 60.0;
        draft.slice(lane, task, State::Running, has_ms, free_ms);
        draft.0.hold(lane, TaskId(task), lock, has_ms).unwrap();
        draft.0.let_go(TaskId(task), lock, free_ms).unwrap();
        draft.0.count(counter, free_ms - 5.0, Reading::Is(task + 1)).unwrap();
        draft.slice(lane, task, State::Running, free_ms, free_ms + 30.0);
    }
    draft.finish(free_ms + 30.0, false)
}

/// Two tasks that hand one core to each other again and again, while a third is ready and waits for it.
pub fn starvation() -> Trace {
    let mut draft = Draft::new("task", 3);
    let core = draft.lane(LaneKind::EventLoop, "event loop");
    let ready: Vec<_> = (0..3).map(|_| draft.lane(LaneKind::InFlight, "in flight")).collect();
    for turn in 0..12_u32 {
        let (task, start_ms) = (turn % 2, f64::from(turn) * 20.0);
        draft.slice(core, task, State::Running, start_ms, start_ms + 20.0);
        let other = 1 - task;
        draft.slice(ready[other as usize], other, State::Ready, start_ms, start_ms + 20.0);
        draft.0.mark(core, Mark { at_ms: start_ms + 20.0, task: Some(TaskId(task)), kind: MarkKind::Yield }).unwrap();
    }
    draft.slice(ready[2], 2, State::Ready, 0.0, 240.0);
    draft.slice(core, 2, State::Running, 240.0, 260.0);
    draft.finish(260.0, false)
}
