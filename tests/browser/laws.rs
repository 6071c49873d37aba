//! What holds for every trace of an engine, whatever was run.

use interleave::engine::{self, EngineId};
use interleave::trace::stats::stats;
use interleave::trace::{FlowKind, LaneKind, State, Trace};

/// By how much two threads' readings of one moment may differ in a trace, ms.
pub fn clocks_apart_ms(trace: &Trace) -> f64 {
    engine::clocks_apart_ms(trace.provenance().clock_resolution_ms)
}

/// Asserts the laws of `engine` on a trace; those of all traces the recorder has held already.
pub fn hold_for(trace: &Trace, engine: EngineId) {
    let apart_ms = clocks_apart_ms(trace);
    for (_, slice) in trace.slices() {
        assert!(slice.start_ms >= 0.0 && slice.end_ms <= trace.end_ms(), "{slice:?}");
    }
    for flow in trace.flows() {
        assert!(flow.from.1 <= flow.to.1, "an arrow arrives after it left: {flow:?}");
    }
    match engine {
        EngineId::MainThread | EngineId::AwaitEach => {
            assert!(stats(trace).peak_in_progress <= 1, "one task after another");
        }
        EngineId::Limited | EngineId::Gather => assert!(stats(trace).peak_running <= 1, "one thread"),
        EngineId::GilThreads => assert!(overlap_ms(trace) <= apart_ms * trace.slices().count() as f64, "one at a time"),
        EngineId::ThreadPool | EngineId::FreshProcesses | EngineId::Processes => {}
        EngineId::Executor | EngineId::Simulated => {}
    }
    no_task_runs_without_the_lock_it_waits_for(trace);
    exclusive_locks_have_one_holder(trace, apart_ms);
    let workers = trace.lanes().iter().filter(|lane| matches!(lane.kind(), LaneKind::Thread | LaneKind::Process));
    // In virtual time a task is where it is without being sent.
    if engine.is_real() && workers.clone().any(|lane| lane.slices().iter().any(|slice| slice.task.is_some())) {
        assert!(trace.flows().iter().any(|flow| flow.kind == FlowKind::Spawn), "somebody handed out the tasks");
    }
}

/// For how long more than one lane was running, ms.
fn overlap_ms(trace: &Trace) -> f64 {
    let running = trace.slices().filter(|(_, slice)| slice.state == State::Running);
    let mut edges: Vec<(f64, i32)> = running.flat_map(|(_, slice)| [(slice.start_ms, 1), (slice.end_ms, -1)]).collect();
    edges.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let (mut depth, mut since_ms, mut sum_ms) = (0, 0.0, 0.0);
    for (at_ms, change) in edges {
        if depth > 1 {
            sum_ms += at_ms - since_ms;
        }
        (depth, since_ms) = (depth + change, at_ms);
    }
    sum_ms
}

fn no_task_runs_without_the_lock_it_waits_for(trace: &Trace) {
    for (lane, waiting) in trace.slices().filter(|(_, slice)| slice.state == State::WaitingForLock) {
        assert!(waiting.object().is_some(), "who waits for others waits for something: {waiting:?}");
        let holds = trace.holds().iter().filter(|hold| hold.lane == lane && Some(hold.object) == waiting.object());
        let mut during = holds.filter(|hold| hold.start_ms < waiting.end_ms && hold.end_ms > waiting.start_ms);
        assert!(during.all(|hold| Some(hold.task) != waiting.task), "nobody waits for what it holds: {waiting:?}");
    }
}

/// For locks that are called so; a semaphore has several holders.
fn exclusive_locks_have_one_holder(trace: &Trace, apart_ms: f64) {
    for (object, label) in trace.objects().iter().enumerate() {
        if !label.contains("lock") && label != "GIL" {
            continue;
        }
        let mut holds: Vec<_> = trace.holds().iter().filter(|hold| hold.object.0 as usize == object).collect();
        // Two threads' clocks may differ, so the start alone does not tell who was first: of a hold that
        // took no time and a longer one, the short one may seem to lie just within the other. Their middles tell.
        holds.sort_by(|a, b| (a.start_ms + a.end_ms).total_cmp(&(b.start_ms + b.end_ms)));
        for pair in holds.windows(2) {
            assert!(pair[0].end_ms <= pair[1].start_ms + apart_ms, "{label} has one holder: {pair:?}");
        }
    }
}
