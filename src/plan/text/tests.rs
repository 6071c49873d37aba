//! Every plan of the catalogue as text and back, any text without a panic, and what is said of mistakes.

use proptest::prelude::*;

use super::*;
use crate::plan::catalogue::WORKLOADS;
use crate::plan::kernel::mandelbrot::{Scene, Tile};
use crate::plan::parameter::{HOW, ORDER, RETRIES};
use crate::plan::{How, Object, ObjectKind, Plan, Request, Step, Target, Task, Values, Work};

fn says(text: &str) -> Vec<String> {
    read(text).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn every_plan_of_the_catalogue_is_written_and_read_back() {
    let base = Values::default().with_urls("https://a.example/x?y=1#z\nhttp://b.example");
    let values =
        [base.clone(), base.with(&ORDER, 1).with(&RETRIES, 2).with(&HOW, 1), base.with(&HOW, 2), base.with(&HOW, 3)];
    for (values, workload) in values.iter().flat_map(|values| WORKLOADS.iter().map(move |workload| (values, workload)))
    {
        let plan = (workload.plan)(values);
        let text = write(&plan);
        assert_eq!(read(&text).as_ref(), Ok(&plan), "{}:\n{text}", workload.id);
    }
}

#[test]
fn tasks_that_differ_in_their_numbers_stand_there_once() {
    let nine = WORKLOADS.iter().find(|workload| workload.id == "requests").unwrap();
    assert_eq!(write(&(nine.plan)(&Values::default())), "task request * 9\n  request 300 bytes=2000\n");
}

#[test]
fn the_example_is_a_plan() {
    let plan = read(EXAMPLE).unwrap();
    let labels: Vec<_> = plan.tasks.iter().map(|task| &*task.label).collect();
    assert_eq!(labels, ["download 1", "download 2", "download 3"]);
    assert_eq!(
        plan.tasks[1].steps[1..],
        [Step::Acquire(0), Step::Compute(Work::Sha256 { from: 0, to: 300 }), Step::Release(0)]
    );
    let Step::Io(request) = &plan.tasks[2].steps[0] else { panic!("a request comes first") };
    assert_eq!((request.id, request.waits_ms()), (2, Some(300)));
}

#[test]
fn what_is_repeated_is_written_out() {
    let plan = read("counter c\ntask t\nrepeat 2\nyield\nrepeat 3\nincrement c 1\nend\nend").unwrap();
    let steps: Vec<_> = plan.tasks[0].steps.iter().map(|step| *step == Step::Yield).collect();
    assert_eq!(steps, [true, false, false, false, true, false, false, false]);
}

#[test]
fn a_mistake_is_told_with_its_line_and_what_is_allowed() {
    for (text, what) in [
        (
            "lock printer\n\ntask a\n  acquire printr",
            "Line 4: there is no lock or semaphore “printr”; there are: printer.",
        ),
        ("task a\n acquire x", "Line 2: there is no lock or semaphore “x”; there is none."),
        ("queue q 4\ntask a\n acquire q", "Line 3: “q” is no lock or semaphore."),
        ("", "Line 1: there is no task yet; write: task and its name."),
        ("compute 5", "Line 1: a step belongs to a task; write: task and its name."),
        (
            "task a\n compute soon",
            "Line 2: here stands how long it computes, about, in ms; or primes, search, mandelbrot, sha256, words, picture, hash or hello.",
        ),
        (
            "task a\n request -3",
            "Line 2: “-3” is not after how many ms it is answered, a whole number from 0 to 20000.",
        ),
        (
            "task a\n request 3 size=4",
            "Line 2: there is no size= here, but bytes=, failures=, timeout=, retries=, id=.",
        ),
        ("task a\n request 3 bytes=4 bytes=4", "Line 2: bytes= stands twice."),
        ("task a\n yield now", "Line 2: “now” is too much here."),
        ("task \"a\n yield", "Line 1: the quotation mark has no second one."),
        ("task a\n spawn b", "Line 2: there is no task “b”; there are: a."),
        ("task a\ntask a\n join a", "Line 3: more than one task is called “a”."),
        ("lock l\nlock l\ntask a", "Line 2: there is a “l” already."),
        ("lock l\ntask a\n release l", "Line 3: the task does not hold “l” here."),
        ("lock l\ntask a\n acquire l", "Line 3: the task ends with “l” in its hands; write: release “l”."),
        ("task a\n repeat 2\n yield", "Line 2: what is repeated has no end; write: end."),
        ("task a\n end", "Line 2: here is nothing that ends; end belongs to repeat."),
        (
            "task a\n repeat 9999\n repeat 9999\n yield\n end\n end",
            "Line 2: repeated so often it is more than 10000 steps.",
        ),
        ("task a * 200\n repeat 9000\n yield\n end", "Line 1: with this task there are more than 10000 steps."),
        (
            "event e\ntask a * 17\n await e",
            "Line 1: these 17 tasks wait for one another, so each has a worker of its own; 16 is the most.",
        ),
        (
            "task a\n repeat 50\n compute 60000\n end",
            "Line 1: the tasks compute for about 50 minutes in all; 10 is the most.",
        ),
        (
            "nap",
            "Line 1: there is no object “nap”; there are: lock, reentrant-lock, semaphore, event, barrier, queue, counter, condition; tasks begin with: task.",
        ),
        ("task a\n request url nowhere", "Line 2: “nowhere” is no full address; write it with https:// and a host."),
    ] {
        assert_eq!(says(text).first().map(String::as_str), Some(what), "{text}");
    }
    let columns: Vec<_> = read("task a\n  put\n  take q 5").unwrap_err().iter().map(|p| (p.line, p.column)).collect();
    assert_eq!(columns, [(2, 6), (3, 8)], "all are told, each where it is");
}

#[test]
fn not_all_of_many_mistakes_are_told() {
    assert_eq!(says(&"nonsense\n".repeat(9_000)).len(), 20);
    assert_eq!(
        says(&"task a\n".repeat(MOST_TEXT_BYTES)),
        ["Line 1: the text has 700000 bytes; it can have 100000 at most."]
    );
    assert!(
        says(&format!("task a\n compute {}", "9".repeat(50_000)))[0].len() < 200,
        "what was given is not repeated at any length"
    );
}

/// Names as a learner may give them.
fn name() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zäß][a-z0-9_-]{0,8}", "[ -~ü“]{0,8}[!-~]", Just("all".to_owned()), Just("task 1".to_owned())]
}

fn work() -> impl Strategy<Value = Work> {
    let bounds = || (0..2_000_u32, 0..2_000_u32).prop_map(|(from, length)| (from, from + length));
    prop_oneof![
        bounds().prop_map(|(from, to)| Work::CountPrimes { from, to }),
        (bounds(), 0..9_u32).prop_map(|((from, to), value)| Work::Search { from, to, value }),
        bounds().prop_map(|(from, to)| Work::Sha256 { from, to }),
        (0..1_000_u32).prop_map(|to| Work::Sha256 { from: 0, to }),
        (bounds(), 0..5_u32).prop_map(|((from, to), word)| Work::CountWords { from, to, word }),
        (1..9_u32, 1..9_u32).prop_map(|(x, y)| Work::Mandelbrot {
            scene: Scene { width: 20, height: 20, iterations: x * y },
            tile: Tile { x, y, width: y, height: x },
        }),
        (1..4_u32).prop_map(|times| Work::DecodePicture { times }),
        (0..50_u32).prop_map(|times| Work::HashAnswer { times }),
        Just(Work::Hello),
    ]
}

fn target() -> impl Strategy<Value = Target> {
    prop_oneof![
        (0..50_u32, 0..9_u32, 0..3_u32).prop_map(|(delay_ms, bytes, failures)| Target::Slow {
            delay_ms,
            bytes,
            failures
        }),
        (0..50_u32, 1..8_u32).prop_map(|(delay_ms, number)| Target::Picture { delay_ms, number }),
    ]
}

fn step() -> impl Strategy<Value = Vec<Step>> {
    let how = prop_oneof![Just(How::Plain), Just(How::Atomic), Just(How::Local), Just(How::Locked(8))];
    let request = (target(), 0..9_u32, 0..3_u32, 0..9_u32)
        .prop_map(|(target, timeout_ms, retries, id)| Step::Io(Request { id, target, timeout_ms, retries }));
    prop_oneof![
        work().prop_map(|work| vec![Step::Compute(work)]),
        request.prop_map(|step| vec![step]),
        (0..3_u32).prop_map(|lock| vec![Step::Acquire(lock), Step::Yield, Step::Release(lock)]),
        Just(vec![Step::Acquire(0), Step::Wait { condition: 7, lock: 0 }, Step::Release(0)]),
        any::<bool>().prop_map(|all| vec![Step::Notify { condition: 7, all }]),
        Just(vec![Step::Set(3), Step::Await(3), Step::Arrive(4), Step::Take(5)]),
        (0..9_u32, 0..9_u32).prop_map(|(value, bytes)| vec![Step::Put { queue: 5, value, bytes }]),
        (0..9_u32, how).prop_map(|(times, how)| vec![Step::Increment { counter: 6, times, how }]),
        Just(vec![Step::Spawn(0), Step::Join(0)]),
    ]
}

/// Any plan that can be carried out.
fn plans() -> impl Strategy<Value = Plan> {
    let kinds = [
        ObjectKind::Lock,
        ObjectKind::ReentrantLock,
        ObjectKind::Semaphore { permits: 2 },
        ObjectKind::Event,
        ObjectKind::Barrier { parties: 3 },
        ObjectKind::Queue { capacity: 4 },
        ObjectKind::Counter,
        ObjectKind::Condition,
        ObjectKind::Lock,
    ];
    let objects = proptest::collection::hash_set(name(), kinds.len());
    let objects = objects.prop_map(move |names| {
        names.into_iter().zip(kinds).map(|(label, kind)| Object { label, kind }).collect::<Vec<_>>()
    });
    let steps = proptest::collection::vec(step(), 0..6).prop_map(|steps| steps.concat());
    let task = (name(), steps, 0..3_u32, 0..3_u32, 0..3_u32, 0..3_u32).prop_map(
        |(label, steps, argument_bytes, result_bytes, priority, arrival_ms)| Task {
            label,
            steps,
            argument_bytes,
            result_bytes,
            priority,
            arrival_ms,
        },
    );
    let copies = (task, 1..4_u32).prop_map(|(task, copies)| {
        let label = |k| if copies == 1 { task.label.clone() } else { format!("{} {k}", task.label) };
        (1..=copies).map(|k| Task { label: label(k), ..task.clone() }).collect::<Vec<_>>()
    });
    let first = Just(vec![Task::new("the first", Vec::new())]);
    let tasks = (first, proptest::collection::vec(copies, 0..5)).prop_map(|(first, tasks)| {
        let mut tasks = [first, tasks.concat()].concat();
        tasks.retain({
            let mut firsts = 0;
            move |task| task.label != "the first" || std::mem::replace(&mut firsts, 1) == 0
        });
        tasks
    });
    (tasks, objects).prop_map(|(tasks, objects)| Plan { tasks, objects })
}

proptest! {
    #[test]
    fn what_is_written_is_read(plan in plans()) {
        let text = write(&plan);
        let again = read(&text);
        prop_assert_eq!(again.as_ref(), Ok(&plan), "{}", text);
    }

    #[test]
    fn no_text_makes_it_panic(text in "[a-z0-9 =\"*#\n.-]{0,200}|.{0,60}") {
        let _ = read(&text);
    }

    #[test]
    fn no_change_of_a_plan_makes_it_panic(plan in plans(), at in any::<prop::sample::Index>(), with in "[a-z0-9 =\"*\n]{0,3}") {
        let text = write(&plan);
        let place = at.index(text.len() + 1);
        if text.is_char_boundary(place) {
            let _ = read(&format!("{}{with}{}", &text[..place], &text[place..]));
            let _ = read(&text[..place]);
        }
    }
}
