//! Every demo there is, by subject, and the order in which they are listed.

mod computing;
mod costs;
#[cfg(feature = "faults")]
mod faults;
mod own;
mod sharing;
mod together;
mod waiting;

pub use computing::*;
pub use costs::*;
#[cfg(feature = "faults")]
pub use faults::*;
pub use own::OWN_PLAN;
pub use sharing::*;
pub use together::*;
pub use waiting::*;

use super::Demo;

/// All demos, in the order the list shows them.
pub static DEMOS: &[&Demo] = &[
    &NINE_REQUESTS,
    &PRIMES,
    &UNRELIABLE,
    &URLS,
    &PICTURES,
    &CAPSTONE,
    &MIXED,
    &GIL,
    &OVERSUBSCRIBED,
    &PROCESS_POOL,
    &SEARCH,
    &MANDELBROT,
    &SHA256,
    &WORDS,
    &HELLO,
    &COPIES,
    &CONVOY,
    &RACE,
    &REENTRANT,
    &SEMAPHORE,
    &DEADLOCK,
    &PHILOSOPHERS,
    &PRODUCER_CONSUMER,
    &PIPELINE,
    &PUBLISH,
    &BARRIER,
    &EVENT,
    #[cfg(feature = "faults")]
    &PANIC,
    #[cfg(feature = "faults")]
    &ENDLESS,
];

/// The demo with this id: one of the list, or the learner's own plan.
pub fn find(id: &str) -> Option<&'static Demo> {
    DEMOS.iter().copied().chain([&OWN_PLAN]).find(|demo| demo.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::Group;
    use crate::engine::EngineId;
    use crate::plan::Values;
    use crate::plan::catalogue::WORKLOADS;

    #[test]
    fn ids_are_unique_and_found() {
        for demo in DEMOS {
            assert_eq!(DEMOS.iter().filter(|other| other.id == demo.id).count(), 1, "{}", demo.id);
            assert_eq!(find(demo.id), Some(*demo));
        }
        assert_eq!(find("no-such-demo"), None);
        assert_eq!(DEMOS[..2], [&NINE_REQUESTS, &PRIMES]);
    }

    #[test]
    fn every_demo_is_listed_in_its_group() {
        let listed = Group::ALL.into_iter().flat_map(Group::demos).count();
        assert_eq!(listed, DEMOS.len());
        assert_eq!(Group::Computing.demos().next(), Some(&PRIMES));
    }

    #[test]
    fn every_workload_has_a_demo_and_every_demo_opens_with_engines_that_can_run_it() {
        for workload in WORKLOADS.iter().filter(|workload| !workload.takes_plan) {
            assert!(DEMOS.iter().any(|demo| demo.workload.id == workload.id), "{}", workload.id);
        }
        for demo in DEMOS.iter().chain(&[&OWN_PLAN]) {
            let offered = demo.offered(&Values::default());
            // Whatever comes to an end, and is answered from here.
            let is_known = !["urls", "panic", "endless"].contains(&demo.id);
            assert_eq!(offered.contains(&EngineId::Simulated), is_known, "{}", demo.id);
            assert!(!demo.engines.is_empty() && demo.engines.is_sorted(), "{}", demo.id);
            assert!(demo.engines.iter().all(|engine| offered.contains(engine)), "{}", demo.id);
        }
    }
}
