//! The catalogue from outside: every plan is carried out, as simply as can be, and its own check says that the results are
//! right; results that are wrong are found.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex};

use interleave::plan::catalogue::{
    CAPSTONE_WORKLOAD, MANDELBROT_WORKLOAD, MIXED_WORKLOAD, PICTURES_WORKLOAD, PRIMES_WORKLOAD, REQUESTS_WORKLOAD,
    UNRELIABLE_WORKLOAD, WORKLOADS,
};
use interleave::plan::parameter::{
    BLOCKS, BOUND, COMPUTE, DEPTH, ELEMENTS, HASHES, HEIGHT, HOW, INCREMENTS, ITERATIONS, MEALS, ORDER, PHOTOS,
    PICTURE_COUNT, RETRIES, SENTENCES, SHORT_DELAY, TASKS, TILES, WIDTH,
};
use interleave::plan::{How, ObjectKind, Pixels, Plan, Request, Results, Step, Target, Task, TaskResult, Values};

/// Small enough for a debug build.
fn values() -> Values {
    [
        (&BOUND, 10_007),
        (&TASKS, 7),
        (&ELEMENTS, 50_000),
        (&WIDTH, 101),
        (&HEIGHT, 67),
        (&TILES, 10),
        (&ITERATIONS, 100),
        (&BLOCKS, 30),
        (&SENTENCES, 3_000),
        (&HASHES, 3),
        (&PICTURE_COUNT, 9),
        (&PHOTOS, 3),
        (&COMPUTE, 10),
        (&INCREMENTS, 2_000),
        (&RETRIES, 1),
        (&ORDER, 1),
    ]
    .into_iter()
    .fold(Values::default().with_urls("https://a.example\nhttp://b.example"), |values, (p, value)| {
        values.with(p, value)
    })
}

/// The objects of a plan, each as a few numbers that one mutex guards. Whoever waits looks again after every change.
struct World<'a> {
    plan: &'a Plan,
    objects: Mutex<Vec<Object>>,
    changed: Condvar,
    counters: Vec<AtomicU64>,
}

#[derive(Clone, Default)]
struct Object {
    /// Permits that are out, messages put, parties that have come, or 1 for an event that has happened.
    number: u32,
    holder: Option<usize>,
    messages: VecDeque<u32>,
}

impl World<'_> {
    fn kind(&self, object: u32) -> ObjectKind {
        self.plan.objects[object as usize].kind
    }

    /// Waits until `ready`, and then changes the object.
    fn when<T>(&self, object: u32, ready: impl Fn(&Object) -> bool, change: impl FnOnce(&mut Object) -> T) -> T {
        let waiting = |objects: &mut Vec<Object>| !ready(&objects[object as usize]);
        let mut objects = self.changed.wait_while(self.objects.lock().unwrap(), waiting).unwrap();
        let given = change(&mut objects[object as usize]);
        self.changed.notify_all();
        given
    }

    fn acquire(&self, task: usize, object: u32) {
        let most = match self.kind(object) {
            ObjectKind::Semaphore { permits } => permits,
            ObjectKind::ReentrantLock => u32::MAX,
            _ => 1,
        };
        let reentrant = self.kind(object) == ObjectKind::ReentrantLock;
        let free = |o: &Object| o.number < most && (!reentrant || o.number == 0 || o.holder == Some(task));
        self.when(object, free, |o| (o.number, o.holder) = (o.number + 1, Some(task)));
    }

    fn release(&self, object: u32) {
        self.when(object, |_| true, |o| o.number = o.number.checked_sub(1).expect("it is held"));
    }

    fn arrive(&self, object: u32) {
        let ObjectKind::Barrier { parties } = self.kind(object) else { panic!("no barrier") };
        let place = self.when(
            object,
            |_| true,
            |o| {
                o.number += 1;
                o.number
            },
        );
        let full = place.div_ceil(parties) * parties;
        self.when(object, |o| o.number >= full, |_| ());
    }

    fn increment(&self, task: usize, counter: u32, times: u32, how: How) {
        let number = &self.counters[counter as usize];
        let plain = || number.store(number.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
        match how {
            How::Local => {
                number.fetch_add(times.into(), Ordering::Relaxed);
            }
            How::Atomic => (0..times).for_each(|_| {
                number.fetch_add(1, Ordering::Relaxed);
            }),
            How::Plain => (0..times).for_each(|_| plain()),
            How::Locked(lock) => (0..times).for_each(|_| {
                self.acquire(task, lock);
                plain();
                self.release(lock);
            }),
        }
    }

    fn carry_out(&self, number: usize, task: &Task) -> TaskResult {
        let (mut result, mut answer) = (TaskResult::default(), Vec::new());
        for step in &task.steps {
            match step {
                Step::Compute(work) => {
                    let mut computation = work.start(answer, "worker 1");
                    result.value += std::iter::from_fn(|| computation.next_piece()).sum::<u64>();
                    let done = computation.finish();
                    answer = done.answer;
                    result.output.extend(done.output);
                    result.failure = done.failure;
                }
                Step::Io(request) => match respond(request) {
                    Ok(body) => {
                        result.value += body.len() as u64;
                        answer = body;
                    }
                    Err(why) => result.failure = Some(why),
                },
                Step::Acquire(object) => self.acquire(number, *object),
                Step::Release(object) => self.release(*object),
                Step::Increment { counter, times, how } => self.increment(number, *counter, *times, *how),
                Step::Set(event) => self.when(*event, |_| true, |o| o.number = 1),
                Step::Await(event) => self.when(*event, |o| o.number == 1, |_| ()),
                Step::Arrive(barrier) => self.arrive(*barrier),
                Step::Put { queue, value, .. } => {
                    let ObjectKind::Queue { capacity } = self.kind(*queue) else { panic!("no queue") };
                    let room = |o: &Object| o.messages.len() < capacity as usize;
                    self.when(*queue, room, |o| o.messages.push_back(*value));
                }
                Step::Take(queue) => {
                    let taken = self.when(*queue, |o| !o.messages.is_empty(), |o| o.messages.pop_front());
                    result.value += u64::from(taken.unwrap());
                }
                _ => panic!("a step that is not known here"),
            }
            if result.failure.is_some() {
                break;
            }
        }
        result
    }
}

/// What the service worker would answer in the end.
fn respond(request: &Request) -> Result<Vec<u8>, String> {
    match request.target {
        Target::Slow { failures, .. } if failures > request.retries => Err("answered with status 503".into()),
        Target::Slow { bytes, .. } => Ok(vec![0; bytes as usize]),
        Target::Picture { number, .. } => {
            Ok(std::fs::read(format!("{}/www/pictures/{number}.png", env!("CARGO_MANIFEST_DIR"))).unwrap())
        }
        Target::Url(_) => Ok(b"hello".to_vec()),
    }
}

/// One after another where nothing is shared, else a thread for each task.
fn carry_out(plan: &Plan) -> Results {
    let world = World {
        plan,
        objects: Mutex::new(vec![Object::default(); plan.objects.len()]),
        changed: Condvar::new(),
        counters: plan.objects.iter().map(|_| AtomicU64::new(0)).collect(),
    };
    let numbered = || plan.tasks.iter().enumerate();
    let tasks = if plan.interacts() {
        std::thread::scope(|scope| {
            let world = &world;
            let threads: Vec<_> =
                numbered().map(|(number, task)| scope.spawn(move || world.carry_out(number, task))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        })
    } else {
        numbered().map(|(number, task)| world.carry_out(number, task)).collect()
    };
    Results { tasks, objects: world.counters.into_iter().map(AtomicU64::into_inner).collect() }
}

#[test]
fn every_plan_carried_out_gives_what_its_check_expects() {
    let values = values();
    for workload in WORKLOADS {
        let plan = (workload.plan)(&values);
        let results = carry_out(&plan);
        let verdict = (workload.check)(&values, &results);
        assert!(verdict.correct, "{}: {}", workload.id, verdict.words);
        let missing = Results { tasks: results.tasks[1..].to_vec(), ..results.clone() };
        assert!(!(workload.check)(&values, &missing).correct, "{}: a task is missing", workload.id);
        let mut failed = results;
        failed.tasks[0].failure = Some("it rained".into());
        let verdict = (workload.check)(&values, &failed);
        assert!(!verdict.correct, "{}", workload.id);
        assert!(verdict.words.ends_with(&format!("; {}: it rained", plan.tasks[0].label)), "{}", verdict.words);
        if let Some(layout) = workload.picture.map(|picture| picture(&values)) {
            let bytes = if layout.pixels == Pixels::Rgb { 3 } else { 1 };
            let lengths = failed.tasks.iter().map(|task| task.output.len());
            assert!(layout.tiles.iter().map(|tile| tile.pixels() * bytes).eq(lengths), "{}", workload.id);
        }
    }
}

#[test]
fn every_way_of_counting_carried_out_is_judged_right() {
    let race = WORKLOADS.iter().find(|workload| workload.id == "race").unwrap();
    for how in 0..4 {
        let values = values().with(&HOW, how);
        let verdict = (race.check)(&values, &carry_out(&(race.plan)(&values)));
        assert!(verdict.correct, "{}", verdict.words);
        assert_eq!(verdict.histogram.is_some(), how == 0);
    }
}

#[test]
fn what_is_taken_is_given_back_and_what_is_put_is_taken() {
    for values in [values(), Values::default(), values().with(&DEPTH, 5).with(&MEALS, 1).with(&SHORT_DELAY, 0)] {
        for workload in WORKLOADS {
            let plan = (workload.plan)(&values);
            let count = |task: &Task, is: &dyn Fn(&Step) -> bool| task.steps.iter().filter(|step| is(step)).count();
            let used = |is: &dyn Fn(&Step) -> bool| plan.tasks.iter().map(|task| count(task, is)).collect::<Vec<_>>();
            assert!(plan.steps().filter_map(Step::object).all(|object| (object as usize) < plan.objects.len()));
            for (number, object) in (0..).zip(&plan.objects) {
                let at = |is: fn(&Step) -> bool| used(&|step| step.object() == Some(number) && is(step));
                let name = format!("{}: {}", workload.id, object.label);
                let (acquired, released) =
                    (at(|step| matches!(step, Step::Acquire(_))), at(|step| matches!(step, Step::Release(_))));
                assert_eq!(acquired, released, "{name}");
                let (put, taken) =
                    (at(|step| matches!(step, Step::Put { .. })), at(|step| matches!(step, Step::Take(_))));
                assert_eq!(put.iter().sum::<usize>(), taken.iter().sum::<usize>(), "{name}");
                if let ObjectKind::Barrier { parties } = object.kind {
                    let mut arrivals = at(|step| matches!(step, Step::Arrive(_)));
                    arrivals.retain(|times| *times > 0);
                    let equal = arrivals.iter().all(|times| *times == arrivals[0]);
                    assert!(equal && [0, parties as usize].contains(&arrivals.len()), "{name}");
                }
            }
        }
    }
}

#[test]
fn what_is_wrong_is_said() {
    let values = values().with(&BOUND, 1_000).with(&TASKS, 1);
    let result = |value| TaskResult { value, ..TaskResult::default() };
    let results = |tasks| Results { tasks, objects: Vec::new() };
    let verdict = (PRIMES_WORKLOAD.check)(&values, &results(vec![result(169)]));
    assert_eq!((verdict.correct, &*verdict.words), (false, "169 primes below 1,000; a sieve finds 168"));
    let verdict = (REQUESTS_WORKLOAD.check)(&values, &results(vec![result(1_999); 9]));
    assert_eq!(verdict.words, "9 responses, 17,991 bytes; 18,000 bytes were expected");
    let unlucky = values.with(&RETRIES, 0);
    let verdict = (UNRELIABLE_WORKLOAD.check)(&unlucky, &carry_out(&(UNRELIABLE_WORKLOAD.plan)(&unlucky)));
    assert_eq!(
        verdict.words,
        "6 of 9 answered; request 3: answered with status 503; request 6: answered with status 503; request 9: answered with status 503"
    );
}

#[test]
fn a_wrong_byte_is_found() {
    let values = values();
    for (workload, says) in [
        (&PICTURES_WORKLOAD, "picture 3 has other pixels than it should"),
        (&CAPSTONE_WORKLOAD, "picture 3 has other pixels than it should"),
        (&MIXED_WORKLOAD, "the digest of answer 3 is not the right one"),
        (
            &MANDELBROT_WORKLOAD,
            "6,767 points, 1,245 of them in the set; points that were computed again came out otherwise",
        ),
    ] {
        let mut results = carry_out(&(workload.plan)(&values));
        results.tasks[2].output[5] ^= 1;
        results.tasks[2].output[6] = 0;
        let verdict = (workload.check)(&values, &results);
        assert_eq!((verdict.correct, &*verdict.words), (false, says));
    }
}
