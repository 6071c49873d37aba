//! Workloads in which tasks work together: they pass messages through queues that hold only so many, meet at a barrier, or
//! wait for an event.

use super::shared::{compute, edge, judge, numbered, object};
use super::{Workload, grouped};
use crate::plan::parameter::{
    CAPACITY, CONSUMERS, ITEMS, MESSAGES, PARTIES, PHASES, PRODUCERS, RUNNERS, STAGES, SUBSCRIBERS,
};
use crate::plan::{Object, ObjectKind, Plan, Step, Task, Values};

/// How long an item is in a queue, bytes.
const ITEM_BYTES: u32 = 64;
/// How long it takes to make an item, about, ms.
const PRODUCE_MS: u32 = 3;
/// How long it takes to use one, about, ms.
const CONSUME_MS: u32 = 6;
/// How long each stage of a pipeline works on an item, about, ms: the third is the slowest, and all wait for it.
const STAGE_MS: [u32; 6] = [3, 5, 9, 4, 6, 2];

/// Some make items, some use them, and one queue stands between.
pub static PRODUCER_CONSUMER_WORKLOAD: Workload = Workload::new(
    "producer-consumer",
    &[&PRODUCERS, &CONSUMERS, &ITEMS, &CAPACITY],
    |values| {
        let (producers, consumers, items) = (values.get(&PRODUCERS), values.get(&CONSUMERS), values.get(&ITEMS));
        let produce = |number| {
            let own = edge(items, producers, number)..edge(items, producers, number + 1);
            own.flat_map(|item| [compute(PRODUCE_MS), put(0, item + 1)]).collect()
        };
        let consume = |number| {
            let own = edge(items, consumers, number)..edge(items, consumers, number + 1);
            own.flat_map(|_| [Step::Take(0), compute(CONSUME_MS)]).collect()
        };
        let mut tasks = numbered("producer", producers, &produce);
        tasks.extend(numbered("consumer", consumers, &consume));
        Plan { tasks, objects: vec![queue("queue".into(), values)] }
    },
    |values, results| {
        judge(&(PRODUCER_CONSUMER_WORKLOAD.plan)(values), results, passed(values.get(&ITEMS), "every one used once"))
    },
);

/// Stages that hand items on, each to the next.
pub static PIPELINE_WORKLOAD: Workload = Workload::new(
    "pipeline",
    &[&STAGES, &ITEMS, &CAPACITY],
    |values| {
        let (stages, items) = (values.get(&STAGES), values.get(&ITEMS));
        let stage = |number: u32| {
            let handle = |item| {
                let take = number.checked_sub(1).map(Step::Take);
                let hand_on = (number + 1 < stages).then(|| put(number, item + 1));
                take.into_iter().chain([compute(STAGE_MS[number as usize])]).chain(hand_on)
            };
            (0..items).flat_map(handle).collect()
        };
        let between = |number| queue(format!("queue {number}"), values);
        Plan { tasks: numbered("stage", stages, &stage), objects: (1..stages).map(between).collect() }
    },
    |values, results| {
        let words = passed(values.get(&ITEMS), &format!("every one through {} stages", values.get(&STAGES)));
        judge(&(PIPELINE_WORKLOAD.plan)(values), results, words)
    },
);

/// One tells every message to each of those who subscribe, through a queue for each.
pub static PUBLISH_WORKLOAD: Workload = Workload::new(
    "publish",
    &[&SUBSCRIBERS, &MESSAGES, &CAPACITY],
    |values| {
        let (subscribers, messages) = (values.get(&SUBSCRIBERS), values.get(&MESSAGES));
        let tell = |message| {
            let to_each = (0..subscribers).map(move |queue| put(queue, message + 1));
            [compute(PRODUCE_MS)].into_iter().chain(to_each)
        };
        // Each is slower than the one before it.
        let listen = |number: u32| {
            (0..messages).flat_map(|_| [Step::Take(number), compute(PRODUCE_MS * (number + 1))]).collect()
        };
        let mut tasks = vec![Task::new("publisher", (0..messages).flat_map(tell).collect())];
        tasks.extend(numbered("subscriber", subscribers, &listen));
        let box_of = |number| queue(format!("queue {number}"), values);
        Plan { tasks, objects: (1..=subscribers).map(box_of).collect() }
    },
    |values, results| {
        let words = format!("{} messages, told to {} subscribers", values.get(&MESSAGES), values.get(&SUBSCRIBERS));
        judge(&(PUBLISH_WORKLOAD.plan)(values), results, words)
    },
);

/// Tasks that compute unequally long in each phase, and wait for the slowest before the next.
pub static BARRIER_WORKLOAD: Workload = Workload::new(
    "barrier",
    &[&PARTIES, &PHASES],
    |values| {
        let parties = values.get(&PARTIES);
        let work = |task| {
            let phase = |number| [compute(5 + 10 * ((task + number) % parties)), Step::Arrive(0)];
            (0..values.get(&PHASES)).flat_map(phase).collect()
        };
        Plan {
            tasks: numbered("task", parties, &work),
            objects: vec![object("barrier", ObjectKind::Barrier { parties })],
        }
    },
    |values, results| {
        let words = format!("{} tasks met {} times", results.tasks.len(), values.get(&PHASES));
        judge(&(BARRIER_WORKLOAD.plan)(values), results, words)
    },
);

/// Tasks that wait for a starting gun, and one that gets it ready.
pub static EVENT_WORKLOAD: Workload = Workload::new(
    "event",
    &[&RUNNERS],
    |values| {
        let mut tasks = vec![Task::new("starter", vec![compute(60), Step::Set(0)])];
        tasks.extend(numbered("runner", values.get(&RUNNERS), &|_| vec![Step::Await(0), compute(20)]));
        Plan { tasks, objects: vec![object("start", ObjectKind::Event)] }
    },
    |values, results| {
        let words = format!("{} tasks waited for the start", values.get(&RUNNERS));
        judge(&(EVENT_WORKLOAD.plan)(values), results, words)
    },
);

fn queue(label: String, values: &Values) -> Object {
    object(label, ObjectKind::Queue { capacity: values.get(&CAPACITY) })
}

fn put(queue: u32, value: u32) -> Step {
    Step::Put { queue, value, bytes: ITEM_BYTES }
}

fn passed(items: u32, how: &str) -> String {
    format!("{} items, {how}", grouped(items.into()))
}
