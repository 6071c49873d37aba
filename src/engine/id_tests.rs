//! Which engines can carry out which plans, and what stands in for those that cannot.

use super::*;
use crate::plan::catalogue::WORKLOADS;
use crate::plan::{Request, Target, Values};

fn able(id: &str) -> String {
    let workload = WORKLOADS.iter().find(|workload| workload.id == id).unwrap();
    let plan = (workload.plan)(&Values::default());
    let able = EngineId::ALL.into_iter().filter(|engine| engine.can_run(&plan));
    able.map(EngineId::key).collect::<Vec<_>>().join(" ")
}

#[test]
fn keys_are_found() {
    for engine in EngineId::ALL {
        assert_eq!(EngineId::from_key(engine.key()), Some(engine));
    }
    assert_eq!(EngineId::from_key("warp"), None);
}

#[test]
fn what_tasks_share_decides_who_can_run_them() {
    let all = "main await-each limited gather gil threads fresh-processes processes executor simulated";
    for (id, engines) in [
        ("requests", all),
        ("mandelbrot", all),
        ("pipeline", "gil threads fresh-processes processes simulated"),
        ("publish", "gil threads fresh-processes processes simulated"),
        ("producer-consumer", "gil threads simulated"),
        ("race", "gil threads simulated"),
        ("barrier", "gil threads simulated"),
    ] {
        assert_eq!(able(id), engines, "{id}");
    }
}

#[test]
fn what_needs_virtual_time_can_only_be_simulated() {
    let task = |step| Plan::of(vec![Task::new("task", vec![step]), Task::new("other", vec![])]);
    let late = Plan::of(vec![Task { arrival_ms: 1, ..Task::default() }]);
    let urgent = Plan::of(vec![Task { priority: 1, ..Task::default() }]);
    let condition = Step::Notify { condition: 0, all: true };
    for plan in [task(Step::Yield), task(Step::Spawn(1)), task(Step::Join(1)), task(condition), late, urgent] {
        assert!(plan.needs_virtual_time(), "{plan:?}");
        let able: Vec<_> = EngineId::ALL.into_iter().filter(|engine| engine.can_run(&plan)).collect();
        assert_eq!(able, [EngineId::Simulated], "{plan:?}");
        assert_eq!(EngineId::ThreadPool.instead(&plan), None);
    }
}

#[test]
fn a_queue_between_processes_has_two_ends_in_two_tasks() {
    let refusal = |text: &str| EngineId::Processes.refusal(&crate::plan::text::read(text).unwrap());
    assert_eq!(refusal("queue q 1\ntask a\n put q\ntask b\n take q"), None);
    assert_eq!(refusal("queue q 1\nqueue idle 1\ntask a\n take q"), None, "who takes waits for ever, and is told so");
    for text in ["queue q 1\ntask a\n put q\n take q", "queue q 1\ntask a * 2\n put q\ntask b\n take q"] {
        assert!(refusal(text).unwrap().starts_with("a queue between processes"), "{text}");
    }
}

#[test]
fn what_has_no_length_that_could_be_known_cannot_be_simulated() {
    let address = Target::Url("https://a.example".into());
    let request = Request { id: 0, target: address, timeout_ms: 0, retries: 0 };
    let plan = Plan::of(vec![Task::new("request", vec![Step::Io(request)])]);
    assert!(EngineId::Gather.can_run(&plan) && !EngineId::Simulated.can_run(&plan));
    // The learner has typed no address yet.
    assert!(!EngineId::Simulated.can_run(&Plan::default()));
}

#[test]
fn the_ladder_leads_down_to_who_can() {
    let plan = |id: &str| (WORKLOADS.iter().find(|w| w.id == id).unwrap().plan)(&Values::default());
    assert_eq!(EngineId::ThreadPool.instead(&plan("primes")), Some(EngineId::Processes));
    assert_eq!(EngineId::Processes.instead(&plan("primes")), Some(EngineId::Gather));
    assert_eq!(EngineId::ThreadPool.instead(&plan("pipeline")), Some(EngineId::Processes));
    assert_eq!(EngineId::ThreadPool.instead(&plan("race")), None);
    assert_eq!(EngineId::Gather.instead(&plan("primes")), None);
}
