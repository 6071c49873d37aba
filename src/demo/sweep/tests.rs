//! A sweep as it goes, without a browser: which runs, what it says, what becomes of it.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::*;
use crate::demo::{DEMOS, Demo, Setup, find};
use crate::engine::EngineId::{self, GilThreads, Processes, ThreadPool};
use crate::engine::simulated::{Machine, Scheduler, SimulationError, simulate};
use crate::plan::{Plan, Values};
use crate::trace::stats::stats;

fn demo(id: &str) -> &'static Demo {
    find(id).unwrap()
}

fn job(id: &str, text: &str, cores: u32) -> SweepJob {
    let demo = demo(id);
    let choice = SweepChoice::parse(demo, text).0.unwrap();
    SweepJob { demo, choice, values: Setup::new(demo).values, cores, resolution_ms: 0.1 }
}

fn ran(makespan_ms: f64, elapsed_ms: f64) -> SweepAction {
    SweepAction::Ran { makespan_ms, elapsed_ms, hidden: false }
}

/// A sweep after so many runs on an ideal machine, 1,000 ms of work with 100 ms between two runs.
fn after(job: SweepJob, runs: usize) -> Sweep {
    let mut sweep = Sweep::new(job);
    let mut elapsed_ms = 0.0;
    for _ in 0..runs {
        let setting = sweep.next_run().unwrap();
        let makespan_ms = 1_000.0 / f64::from(sweep.job().at_once(setting));
        elapsed_ms += makespan_ms + 100.0;
        sweep = sweep.after(ran(makespan_ms, elapsed_ms));
    }
    sweep
}

#[test]
fn what_waits_for_one_another_or_takes_no_time_is_not_swept() {
    let swept: Vec<_> = DEMOS.iter().filter(|demo| !demo.swept_on().is_empty()).map(|demo| demo.id).collect();
    let expected = "nine-requests primes unreliable pictures capstone mixed gil oversubscribed process-pool search \
                    mandelbrot sha256 words copies convoy";
    assert_eq!(swept.join(" "), expected);
    assert_eq!(demo("primes").swept_on(), [GilThreads, ThreadPool, Processes]);
    let cut: Vec<_> =
        DEMOS.iter().filter(|demo| demo.swept_over().contains(&Over::Chunks)).map(|demo| demo.id).collect();
    assert_eq!(cut.join(" "), "primes gil oversubscribed process-pool search mandelbrot sha256 words");
}

#[test]
fn a_choice_is_read_as_it_is_written_and_what_is_wrong_with_it_is_said() {
    let read = |id, text| SweepChoice::parse(demo(id), text);
    for text in ["threads,workers,5", "gil,chunks,20", "processes,workers,1"] {
        let (choice, problems) = read("primes", text);
        assert_eq!((choice.unwrap().write(), problems), (text.to_owned(), vec![]));
    }
    assert_eq!(read("primes", "").0.unwrap().write(), "threads,workers,5");
    assert_eq!(read("primes", "3, processes").0.unwrap().write(), "processes,workers,3");
    let says = |id, text| read(id, text).1.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        says("primes", "main,0,everything"),
        [
            "“Main thread” has no workers of which there could be more or fewer; another engine was taken for the sweep.",
            "Runs of each must be a whole number from 1 to 20; “0” is not; 5 was taken.",
            "A sweep has no “everything”; that was left out.",
        ]
    );
    assert_eq!(
        says("nine-requests", "chunks"),
        ["The work of this demo is not cut into chunks; the sweep is one over workers."]
    );
    assert_eq!(says("race", "threads"), ["This demo has nothing that could be swept; the sweep was left out."]);
    assert_eq!(read("race", "threads").0, None);
}

#[test]
fn workers_go_to_twice_the_cores_and_no_further_than_an_engine_has() {
    for (text, cores, most) in
        [("threads", 1, 2), ("threads", 2, 4), ("threads", 0, 4), ("threads", 64, 32), ("processes", 64, 16)]
    {
        assert_eq!(job("primes", text, cores).settings(), (1..=most).collect::<Vec<_>>(), "{text} on {cores}");
    }
}

#[test]
fn chunks_are_the_same_work_in_ever_more_tasks() {
    let job = job("sha256", "chunks", 2);
    assert_eq!(job.settings(), [1, 2, 4, 8, 16, 32, 64]);
    assert_eq!([1, 16, 64].map(|tasks| job.shown(tasks)), [4_000, 250, 63]);
    assert_eq!([1, 16].map(|tasks| job.plan(tasks).tasks.len()), [1, 16]);
    assert_eq!(job.options(16).workers, 2);
    let three = SweepJob { values: Values::default().with(&crate::plan::parameter::BLOCKS, 3), ..job };
    assert_eq!((three.settings(), [1, 2, 3].map(|tasks| three.shown(tasks))), (vec![1, 2, 3], [3, 2, 1]));
}

#[test]
fn what_does_not_matter_does_not_make_a_sweep_old() {
    use crate::plan::parameter::{BOUND, CORES, INTERVAL, TASKS, THREADS};
    let differs = |text, parameter| {
        let job = job("primes", text, 2);
        job.differs_with(&job.values.with(parameter, parameter.min.max(3)))
    };
    let changed = [&BOUND, &TASKS, &THREADS, &INTERVAL, &CORES];
    assert_eq!(changed.map(|parameter| differs("threads", parameter)), [true, true, false, false, false]);
    assert_eq!(changed.map(|parameter| differs("threads,chunks", parameter)), [true, false, true, false, false]);
    assert_eq!(changed.map(|parameter| differs("gil", parameter)), [true, true, false, true, false]);
}

#[test]
fn every_round_has_each_setting_once_and_its_own_order() {
    let job = job("primes", "threads,5", 4);
    let runs = job.runs();
    assert_eq!((runs.len(), runs[0]), (41, 1));
    let rounds: Vec<_> = runs[1..].chunks(8).collect();
    assert_eq!(rounds[0], [1, 2, 3, 4, 5, 6, 7, 8]);
    for (number, round) in rounds.iter().enumerate() {
        let mut sorted = round.to_vec();
        sorted.sort_unstable();
        assert_eq!(sorted, rounds[0]);
        assert!(!rounds[..number].contains(round), "{round:?} again");
    }
    assert_eq!(job.runs(), runs);
}

#[test]
fn the_run_to_warm_up_does_not_count() {
    let sweep = Sweep::new(job("primes", "threads,2", 1));
    let sweep =
        [9_000.0, 1_000.0, 900.0, 800.0, 1_100.0].into_iter().fold(sweep, |sweep, ms| sweep.after(ran(ms, 0.0)));
    assert_eq!(sweep.phase(), &Phase::Simulating);
    let repeats = sweep.repeats();
    let all: Vec<f64> = repeats.iter().flat_map(|repeats| repeats.makespans_ms.clone()).collect();
    assert_eq!((repeats.len(), all.len(), all.iter().sum::<f64>()), (2, 4, 3_800.0));
    let Ok(Swept::Workers(swept)) = sweep.result() else { panic!("a speed-up") };
    assert_eq!((swept.points.len(), swept.cores), (2, 1));
}

#[test]
fn progress_says_how_long_it_still_takes() {
    let job = || job("primes", "threads,2", 2);
    let words = |runs| after(job(), runs).progress_words();
    assert_eq!(words(0), "Warming up, then 8 runs");
    // 1,000 and 500, 500, 500 ms twice, and 100 ms between two of them: 5.8 s in all.
    assert_eq!(after(job(), 1).left_ms().map(f64::round), Some(5_800.0));
    assert_eq!(words(1), "Run 1 of 8, about 6 s left");
    assert_eq!(words(8), "Run 8 of 8, about a second left");
    assert_eq!(words(9), "Simulating up to 1,024 workers…");
}

#[test]
fn what_is_cut_short_keeps_what_there_is() {
    let sweep = after(job("primes", "threads,2", 2), 4);
    for (action, phase) in
        [(SweepAction::Cancel, Phase::Cancelled), (SweepAction::Failed("gone".into()), Phase::Failed("gone".into()))]
    {
        let cut = sweep.after(action);
        assert_eq!((cut.phase(), cut.is_running()), (&phase, false));
        assert_eq!(cut.result(), sweep.result());
        assert_eq!(cut.words(&cut.result().unwrap())[0], "It was cut short after 3 of 8 runs.");
        // What comes too late changes nothing.
        assert_eq!(cut.after(ran(1.0, 1.0)).after(SweepAction::Continued(Ok(vec![]))), cut);
    }
    let Ok(Swept::Workers(swept)) = sweep.result() else { panic!("a speed-up") };
    assert_eq!(swept.points.iter().map(|point| point.workers).collect::<Vec<_>>(), [1, 2, 3]);
    let none = after(job("primes", "threads", 2), 1).after(SweepAction::Cancel);
    assert_eq!(none.result(), Err(SweepError::NothingToCompareWith).or(Err(SweepError::Nothing)));
}

#[test]
fn what_the_clock_cannot_tell_is_refused() {
    let sweep = Sweep::new(job("primes", "threads", 2));
    let Phase::Failed(why) = sweep.after(ran(2.0, 2.0)).phase().clone() else { panic!("too short") };
    assert!(why.starts_with("A run took 2.0 ms, and this browser’s clock has steps of 0.1 ms"), "{why}");
    assert_eq!(sweep.after(ran(2.1, 2.1)).phase(), &Phase::Measuring);
}

#[test]
fn chunks_end_without_a_simulation() {
    let sweep = after(job("primes", "threads,chunks,1", 2), 8);
    assert_eq!(sweep.phase(), &Phase::Done);
    let swept = sweep.result().unwrap();
    assert!(matches!(&swept, Swept::Chunks(sizes) if sizes.sizes.len() == 7));
    assert_eq!(sweep.table(&swept).rows.len(), 7);
    assert!(sweep.words(&swept)[0].starts_with("Chunks of "), "{:?}", sweep.words(&swept));
}

#[test]
fn a_sweep_is_saved_run_by_run() {
    let points = vec![SimulatedPoint { workers: 2, speed_up: 1.9 }];
    let sweep = after(job("primes", "threads,1", 1), 3).after(SweepAction::Continued(Ok(points)));
    assert_eq!(sweep.phase(), &Phase::Done);
    assert_eq!(
        sweep.csv(),
        "source,workers,run,makespan_ms,times_as_fast\r\nmeasured,1,1,1000.0,\r\nmeasured,2,1,1000.0,\r\nsimulated,2,,,1.900\r\n"
    );
}

#[test]
fn words_say_what_is_going_to_be_run_and_where_the_numbers_are_from() {
    assert_eq!(
        job("primes", "threads,5", 2).words(),
        "The same work is done by 1 to 4 threads, 5 times each, in mixed order: 20 runs, after one to warm up."
    );
    assert_eq!(
        job("sha256", "processes,chunks,1", 2).words(),
        "The same work is cut into 1 to 64 tasks, for 2 processes, once each: 7 runs, after one to warm up."
    );
    let sweep = after(job("primes", "threads,2", 2), 9);
    let points = vec![SimulatedPoint { workers: 1_024, speed_up: 15.2 }];
    let done = sweep.after(SweepAction::Continued(Ok(points)));
    let words = done.words(&done.result().unwrap());
    assert!(
        words[1].starts_with("Simulated with a core for each, 1,024 workers are 15 times as fast as one."),
        "{words:?}"
    );
    assert!(words[1].ends_with("There are only 16 tasks, and workers beyond that have nothing to do."), "{words:?}");
    assert!(words[2].contains("2 cores, a clock with steps of 0.1 ms"), "{words:?}");
    let refused = sweep.after(SweepAction::Continued(Err("no worker came up.".into())));
    assert_eq!(refused.words(&refused.result().unwrap())[1], "What lies beyond was not simulated: no worker came up.");
}

fn simulated_ms(plan: &Plan, machine: &Machine, scheduler: &Scheduler) -> Result<f64, SimulationError> {
    simulate(plan, machine, scheduler).map(|simulated| stats(&simulated.trace).makespan_ms)
}

fn continued(job: &SweepJob, one_ms: f64) -> Vec<f64> {
    let simulate = async |plan: &Plan, machine: &Machine, scheduler: &Scheduler| simulated_ms(plan, machine, scheduler);
    // Here nothing has to be waited for.
    let machine = Machine::ideal(1);
    let future = pin!(continuation(job, &machine, one_ms, simulate));
    let Poll::Ready(points) = future.poll(&mut Context::from_waker(Waker::noop())) else { panic!("it waits") };
    let points = points.unwrap();
    assert_eq!(
        points.iter().map(|point| point.workers).collect::<Vec<_>>(),
        [2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024]
    );
    points.into_iter().map(|point| point.speed_up).collect()
}

#[test]
fn the_simulation_goes_on_to_as_many_workers_as_there_are_tasks() {
    // Sixteen of one length.
    let speed_ups = continued(&job("sha256", "threads", 2), 800.0);
    for (speed_up, ideal) in speed_ups.into_iter().zip([2.0, 4.0, 8.0, 16.0, 16.0, 16.0, 16.0, 16.0, 16.0, 16.0]) {
        assert!((speed_up - ideal).abs() < 0.01, "{speed_up} and not {ideal}");
    }
    let gil = continued(&job("primes", "gil", 2), 800.0);
    assert!(gil.iter().all(|speed_up| (0.9..1.1).contains(speed_up)), "{gil:?}");
    // Nine that wait can all wait at once.
    let waiting = continued(&job("nine-requests", "threads", 2), 2_700.0);
    assert!((waiting[0] - 9.0 / 5.0).abs() < 0.01 && (waiting[9] - 9.0).abs() < 0.1, "{waiting:?}");
}

#[test]
fn workers_without_a_task_change_nothing_so_they_are_not_simulated() {
    for engine in [GilThreads, ThreadPool, Processes] {
        let job = job("sha256", engine.key(), 2);
        let options = |workers| crate::engine::Options { workers, ..job.options(1) };
        let took_ms = |workers| {
            let machine = Machine { cores: workers, ..Machine::ordinary(1) };
            let plan = job.plan(1);
            let (machine, scheduler) =
                crate::engine::simulated::like(engine, &options(workers), &plan, &machine.into()).unwrap();
            simulated_ms(&plan, &machine, &scheduler).unwrap()
        };
        assert_eq!(took_ms(16), took_ms(1_024), "{}", EngineId::key(engine));
    }
}
