//! Links, read and written.

use proptest::prelude::*;
use proptest::sample::subsequence;

use super::*;
use crate::demo::testing::parameter;
use crate::demo::{DEMOS, NINE_REQUESTS, PRIMES, RACE, URLS};
use crate::engine::simulated::Costs;
use crate::plan::Parameter;

fn says(demo: &'static Demo, query: &str) -> Vec<String> {
    Setup::parse(demo, query).1.iter().map(ToString::to_string).collect()
}

#[test]
fn a_link_is_read() {
    let (setup, problems) = Setup::parse(&NINE_REQUESTS, "engines=gather%2Cawait-each&requests=12&delay=50");
    assert_eq!(problems, []);
    assert_eq!(setup.engines, [EngineId::Gather, EngineId::AwaitEach]);
    assert_eq!((setup.values.get(parameter("requests")), setup.values.get(parameter("delay"))), (12, 50));
}

#[test]
fn nothing_means_the_defaults() {
    assert_eq!(Setup::parse(&PRIMES, ""), (Setup::new(&PRIMES), vec![]));
    assert_eq!(Setup::new(&PRIMES).write(&PRIMES), "engines=main,gather,threads&bound=3000000&tasks=16&threads=2");
}

#[test]
fn what_is_wrong_is_said_and_the_rest_is_kept() {
    let query = "engines=warp,gather&requests=many&delay=50&colour=red&delay=60";
    assert_eq!(Setup::parse(&NINE_REQUESTS, query).0.values.get(parameter("delay")), 50);
    assert_eq!(
        says(&NINE_REQUESTS, query),
        [
            "There is no engine “warp”; it was left out.",
            "Requests must be a whole number from 1 to 100; “many” is not; 9 was taken.",
            "This demo has no “colour”; it was left out.",
            "“delay” stands twice in the link; the first was taken.",
        ]
    );
    assert_eq!(says(&PRIMES, "bound=7").len(), 1);
    assert_eq!(Setup::parse(&PRIMES, "bound=7").0.values.get(parameter("bound")), parameter("bound").default);
    assert_eq!(
        says(&PRIMES, "engines="),
        ["The link names no engine that can run this demo; the demo’s own were chosen."]
    );
}

#[test]
fn an_engine_that_cannot_run_the_demo_is_left_out() {
    assert_eq!(Setup::parse(&RACE, "engines=gather,gil").0.engines, [EngineId::GilThreads]);
    let says = says(&RACE, "engines=gather,gil");
    assert_eq!(says, ["“Event loop, all at once” cannot run this demo; it was left out."]);
}

#[test]
fn a_simulated_machine_stands_in_the_link_where_it_is_chosen() {
    let query = "engines=threads,simulated&bound=3000000&tasks=16&threads=2&interval=5&cores=8&workers=16&scheduler=1\
                 &slice=20&gil=1&machine=1";
    let (setup, problems) = Setup::parse(&PRIMES, query);
    assert_eq!(problems, []);
    let model = setup.options(EngineId::Simulated).model;
    assert_eq!((model.cores, model.workers, model.scheduler, model.slice_ms), (8, 16, 1, 20));
    assert!(model.gil && model.costs == Costs::Ideal);
    assert_eq!(setup.write(&PRIMES), query);
    assert_eq!(Setup::parse(&PRIMES, "scheduler=shortest first").0.options(EngineId::Simulated).model.scheduler, 5);
}

#[test]
fn what_is_wrong_with_a_simulated_machine_is_said() {
    assert_eq!(
        says(&PRIMES, "engines=simulated&cores=1025&gil=2&scheduler=lottery&slice=0")[..2],
        [
            "Simulated cores must be a whole number from 1 to 1024; “1025” is not; 4 was taken.",
            "GIL must be one of 0 (without), 1 (with); “2” is not; 0 was taken."
        ]
    );
    assert_eq!(says(&URLS, "engines=simulated,gather"), ["“Simulated” cannot run this demo; it was left out."]);
}

#[test]
fn addresses_are_taken_where_they_are_asked_for_and_kept_even_if_they_are_wrong() {
    let read = |query| Setup::parse(&URLS, query).0;
    let two = read("urls=https://a.example/x%3Fy%3D1%0Ahttp://b.example");
    assert_eq!(two.values.urls().unwrap(), ["https://a.example/x?y=1", "http://b.example"]);
    assert_eq!(Setup::parse(&URLS, &two.write(&URLS)), (two, vec![]));
    assert!(says(&URLS, "urls=a.example")[0].starts_with("Line 1: “a.example” is no full address"));
    assert_eq!(read("urls=a.example").values.urls_text(), "a.example");
    assert_eq!(says(&PRIMES, "urls=https://a"), ["This demo has no “urls”; it was left out."]);
}

#[test]
fn a_sweep_that_is_unfolded_stands_in_the_link() {
    let read = |query| Setup::parse(&PRIMES, query);
    let (setup, problems) = read("engines=threads&sweep=processes%2Cchunks,3");
    assert_eq!((setup.sweep.map(|sweep| sweep.write()), problems), (Some("processes,chunks,3".to_owned()), vec![]));
    assert!(setup.write(&PRIMES).ends_with("&sweep=processes,chunks,3"));
    assert_eq!(read("").0.sweep, None);
    assert_eq!(read("sweep=").0.sweep.map(|sweep| sweep.write()), Some("threads,workers,5".to_owned()));
    assert_eq!(says(&PRIMES, "sweep=fast"), ["A sweep has no “fast”; that was left out."]);
    assert_eq!(says(&RACE, "sweep=threads"), ["This demo has nothing that could be swept; the sweep was left out."]);
}

fn setups() -> impl Strategy<Value = (&'static Demo, Setup)> {
    let engines = subsequence(&EngineId::ALL, 1..=9).prop_shuffle();
    (proptest::sample::select(DEMOS), engines, any::<[prop::sample::Index; 18]>(), any::<bool>()).prop_map(
        |(demo, mut engines, picks, sweeps)| {
            let offered = demo.offered(&Values::default());
            engines.retain(|engine| offered.contains(engine));
            if engines.is_empty() {
                engines.extend(demo.engines);
            }
            let pick = |(p, pick): (&'static Parameter, prop::sample::Index)| {
                (p, p.min + pick.index((p.max - p.min + 1) as usize) as u32)
            };
            let values = demo.parameters(&engines, &Values::default()).zip(picks).map(pick);
            let values = values.fold(Setup::new(demo).values, |values, (p, value)| values.with(p, value));
            (demo, Setup { engines, values, sweep: SweepChoice::new(demo).filter(|_| sweeps) })
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_is_read((demo, setup) in setups()) {
        prop_assert_eq!(Setup::parse(demo, &setup.write(demo)), (setup, vec![]));
    }

    #[test]
    fn any_text_opens_something(query in ".*") {
        let (setup, _) = Setup::parse(&PRIMES, &query);
        prop_assert!(!setup.engines.is_empty());
    }
}
