//! A machine that is simulated is calibrated by its own simulation, and has to come out as it is.

use expect_test::expect;

use super::super::{Model, Pace, Policy, Scheduler, Workers, like, simulate};
use super::*;
use crate::engine::Options;
use crate::trace::Trace;

fn machine() -> Machine {
    let mut speed = Speed::ORDINARY;
    speed.block_ms = 0.21;
    speed.locked_ms = 1.5e-4;
    Machine {
        switch_ms: 0.04,
        thread_start_ms: 71.0,
        process_start_ms: 29.0,
        copy_ms_per_byte: 6e-7,
        speed,
        ..Machine::ideal(4)
    }
}

fn host() -> Host {
    let pace = Pace { page: 0.9, event_loop: 1.2, gil: 1.15, all_cores: 1.4 };
    Host { machine: machine(), thread_dispatch_ms: 6.0, process_dispatch_ms: 4.0, pace }
}

/// A run of what is measured: on workers that are up already, unless it is their start.
fn run(measurement: &Measurement, host: &Host) -> Trace {
    let (plan, workers) = (measurement.plan(), measurement.workers(host.machine.cores));
    let options = Options { workers, limit: 1, switch_interval_ms: 5, model: Model::DEFAULT };
    let (mut machine, scheduler) = like(measurement.engine, &options, &plan, host).unwrap();
    match measurement.quantity {
        Quantity::ThreadStart => machine.thread_start_ms = host.machine.thread_start_ms,
        // Two threads that share one core switch each time; else each would have its own.
        Quantity::Switch => machine.cores = 1,
        _ => {}
    }
    simulate(&plan, &machine, &scheduler).unwrap().trace
}

/// What each measurement reads, as often as it is wanted.
fn readings(host: &Host) -> Vec<(Quantity, f64)> {
    let of = |measurement: &Measurement| {
        let reading = measurement.reading(&run(measurement, host)).unwrap();
        vec![(measurement.quantity, reading); measurement.repeats as usize]
    };
    PLAN.iter().flat_map(of).collect()
}

const FACTS: Facts = Facts { cores: 4, clock_resolution_ms: 0.1, has_threads: true };

#[test]
fn a_simulated_machine_comes_out_as_it_is() {
    let real = host();
    let found = Calibration::new(&FACTS, &readings(&real)).unwrap();
    assert_eq!((found.host.machine.name.as_str(), found.host.machine.cores), ("this browser", 4));
    assert_eq!((&found.assumed, &found.unsteady, found.words()), (&vec![], &vec![], vec![]));
    let (mut found, mut real) = (found.host, real);
    for measurement in PLAN {
        let (found, real) = (*place(&mut found, measurement.quantity), *place(&mut real, measurement.quantity));
        assert!((found / real - 1.0).abs() < 0.01, "{}: {found} and not {real}", measurement.quantity.name());
    }
    assert_eq!(found.machine.check(), Ok(()));
}

#[test]
fn a_run_is_long_for_a_clock_and_short_for_a_learner() {
    let mut all_ms = 0.0;
    for measurement in PLAN {
        assert!(measurement.engine.can_run(&measurement.plan()), "{}", measurement.quantity.name());
        let ms = run(measurement, &host()).end_ms();
        assert!((9.0..150.0).contains(&ms), "{}: {ms} ms", measurement.quantity.name());
        all_ms += f64::from(measurement.warm_up + measurement.repeats) * ms;
    }
    assert!(all_ms < 5_000.0, "{all_ms} ms in all");
    for (index, one) in PLAN.iter().enumerate() {
        assert!(PLAN[..index].iter().all(|other| other.quantity != one.quantity), "{}", one.quantity.name());
    }
}

#[test]
fn without_threads_what_is_assumed_is_told() {
    let facts = Facts { has_threads: false, ..FACTS };
    let of_processes = |(quantity, _): &(Quantity, f64)| {
        PLAN.iter().any(|measurement| measurement.quantity == *quantity && !measurement.needs_threads())
    };
    let readings: Vec<_> = readings(&host()).into_iter().filter(of_processes).collect();
    let found = Calibration::new(&facts, &readings).unwrap();
    expect!["These could not be measured here and are those of an ordinary machine: the start of two threads, handing a run to threads, switching from one thread to another, computing on two threads with a GIL, computing on all cores, a plain increment, an atomic increment, an increment under a lock, an increment of a thread’s own variable."].assert_eq(&found.words().join(" "));
    assert_eq!(found.host.machine.speed.plain_ms, Speed::ORDINARY.plain_ms);
    assert_eq!(found.host.machine.speed.block_ms, 0.21);
}

#[test]
fn what_was_measured_is_shown_in_units_that_can_be_said() {
    let mut readings = readings(&host());
    readings.retain(|(quantity, _)| *quantity != Quantity::Work(Unit::Pixel));
    let rows = Calibration::new(&FACTS, &readings).unwrap().rows();
    assert_eq!(rows[0], ("the start of two processes", "29 ms".to_owned()));
    assert_eq!(rows[4], ("copying a megabyte", "600 µs".to_owned()));
    assert_eq!(rows[5], ("switching from one thread to another", "40 µs".to_owned()));
    assert_eq!(rows[6], ("a division", "2.4 ns".to_owned()));
    assert_eq!(rows.len(), PLAN.len() - 1, "what was not measured is not shown");
}

#[test]
fn without_pictures_decoding_them_is_assumed() {
    let mut readings = readings(&host());
    readings.retain(|(quantity, _)| *quantity != Quantity::Work(Unit::Pixel));
    let found = Calibration::new(&FACTS, &readings).unwrap();
    assert_eq!(found.assumed, [Quantity::Work(Unit::Pixel)]);
    assert_eq!(found.host.machine.speed.pixel_ms, Speed::ORDINARY.pixel_ms);
}

fn refused(facts: Facts, change: impl Fn(&mut Vec<(Quantity, f64)>)) -> String {
    let mut readings = readings(&host());
    change(&mut readings);
    Calibration::new(&facts, &readings).unwrap_err().to_string()
}

/// The same reading of a quantity each time.
fn set(wanted: Quantity, ms: f64) -> impl Fn(&mut Vec<(Quantity, f64)>) {
    move |readings| readings.iter_mut().filter(|(of, _)| *of == wanted).for_each(|(_, reading)| *reading = ms)
}

#[test]
fn what_cannot_be_is_refused_by_name() {
    let unchanged = |_: &mut Vec<_>| {};
    let again = "Close what else is running, and calibrate again";
    assert_eq!(
        refused(Facts { cores: 0, ..FACTS }, unchanged),
        format!("the number of cores came out as 0; plausible is 1 to 1024. {again}")
    );
    assert_eq!(
        refused(Facts { clock_resolution_ms: 100.0, ..FACTS }, unchanged),
        format!("the step of the clock came out as 100 ms; plausible is 0.000001 to 20 ms. {again}")
    );
    let fewer = |readings: &mut Vec<(Quantity, f64)>| _ = readings.remove(0);
    assert_eq!(refused(FACTS, fewer), "the start of two processes was measured 4 times; it takes 5");
    let negative = refused(FACTS, set(Quantity::Copy, -1e-9));
    assert!(negative.starts_with("copying a byte came out as -0.000000001 ms per byte; plausible is "), "{negative}");
    let late = refused(FACTS, set(Quantity::ThreadStart, 20_000.0));
    assert!(late.starts_with("the start of two threads came out as 20000 ms; plausible is 0.01 to 10000 ms"), "{late}");
    let block = Quantity::Work(Unit::Block);
    assert!(refused(FACTS, set(block, 30.0)).starts_with("hashing a block came out as 30 ms"));
    let one_is_none = |readings: &mut Vec<(Quantity, f64)>| readings[1].1 = f64::NAN;
    assert!(refused(FACTS, one_is_none).starts_with("the start of two processes came out as NaN ms"));
}

#[test]
fn what_differs_from_run_to_run_is_told() {
    let mut readings = readings(&host());
    readings[3].1 *= 2.0;
    let found = Calibration::new(&FACTS, &readings).unwrap();
    assert!((found.host.machine.process_start_ms - 29.0).abs() < 1e-6, "a single run does not count");
    expect!["These differed much from run to run: the start of two processes."].assert_eq(&found.words().join(" "));
}

fn prediction(name: &str, predicted_ms: f64, measured_ms: f64) -> Prediction {
    Prediction { name: name.into(), predicted_ms, measured_ms }
}

#[test]
fn what_is_left_is_said_in_percent() {
    let all = [prediction("primes", 950.0, 1_000.0), prediction("words", 130.0, 100.0), prediction("hello", 4.04, 4.0)];
    let found = Residuals::new(&all).unwrap();
    assert!((found.median_percent - 5.0).abs() < 1e-9, "{}", found.median_percent);
    expect!["Over 3 plans, a prediction is off by 5 % in the median. The furthest off: words, predicted 130 ms and measured 100 ms: 30 % too long."].assert_eq(&found.words());
    let two = Residuals::new(&all[..2]).unwrap();
    assert!((two.median_percent - 17.5).abs() < 1e-9);
    expect!["primes, predicted 950 ms and measured 1000 ms: 5 % too short."]
        .assert_eq(&Residuals::new(&all[..1]).unwrap().words());
    for none in [&[][..], &[prediction("a", 1.0, 0.0)], &[prediction("a", f64::NAN, 1.0)]] {
        assert_eq!(Residuals::new(none), None);
    }
}

#[test]
fn the_traces_themselves_say_why_they_differ() {
    let of = |thread_start_ms, cores| {
        let machine = Machine { thread_start_ms, cores, ..machine() };
        run(&PLAN[1], &Host { machine, ..host() })
    };
    let (slow, fast) = (of(120.0, 2), of(71.0, 2));
    expect!["Workers took 120 ms to come up, and 71 ms in the simulation."].assert_eq(&reasons(&slow, &fast).join(" "));
    assert_eq!(reasons(&fast, &fast), [""; 0]);
    let crowded = |cores| {
        let plan = crate::plan::Plan::of(vec![PLAN[9].plan().tasks[0].clone(), PLAN[9].plan().tasks[0].clone()]);
        let scheduler = Scheduler::new(Policy::RoundRobin { slice_ms: 5.0 }, Workers::Threads(2));
        simulate(&plan, &Machine { switch_ms: 0.0, cores, ..machine() }, &scheduler).unwrap().trace
    };
    expect![
        "Workers stood ready for 82 ms in all without a core, 82 ms more than in the simulation: other programs had it."
    ]
    .assert_eq(&reasons(&crowded(1), &crowded(2)).join(" "));
}
