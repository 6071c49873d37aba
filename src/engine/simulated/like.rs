//! Which simulated machine and scheduler stand for an engine that really runs: what is predicted of it is simulated on them. It knows how
//! the engines share out cores and tasks, and of a browser only what a [`Host`] says.

use super::{Machine, Policy, Scheduler, Workers};
use crate::engine::{EngineId, Options};
use crate::plan::Plan;

/// How long a system lets a thread compute while another is ready, ms: Linux's slice on a few cores (`base_slice_ns`, 3 ms of which grow
/// with the logarithm of the number of cores).
const SYSTEMS_SLICE_MS: f64 = 4.0;

/// A machine with what a browser on it adds. It is the page that hands out work and draws the chart of it, and so takes its share of the
/// cores: that differs by where a plan computes, which a machine does not know.
#[derive(Clone, Debug, PartialEq)]
pub struct Host {
    /// The machine, as a process that is alone on it finds it.
    pub machine: Machine,
    /// How long threads that are up take to begin, once a run is handed to them, ms.
    pub thread_dispatch_ms: f64,
    /// How long processes that are up take to, ms.
    pub process_dispatch_ms: f64,
    /// How fast computing goes in each place.
    pub pace: Pace,
}

/// How many times as long computing takes in a place as in a process that is alone on its machine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// On the page’s thread, which does nothing else meanwhile.
    pub page: f64,
    /// On the page’s thread in turns, between which the page draws.
    pub event_loop: f64,
    /// On threads with a GIL, of which one computes at a time.
    pub gil: f64,
    /// On each core while all of them compute.
    pub all_cores: f64,
}

impl From<Machine> for Host {
    /// Nothing is added: no hand-over takes time, and nobody else needs a core.
    fn from(machine: Machine) -> Self {
        let pace = Pace { page: 1.0, event_loop: 1.0, gil: 1.0, all_cores: 1.0 };
        Self { machine, thread_dispatch_ms: 0.0, process_dispatch_ms: 0.0, pace }
    }
}

/// The machine and the scheduler on which `plan` goes as it does on `engine`; `None` for the engine that simulates, which stands for
/// itself. `host` is what has the engine. Workers that are kept between runs, and the page, are up already.
pub fn like(engine: EngineId, options: &Options, plan: &Plan, host: &Host) -> Option<(Machine, Scheduler)> {
    let (count, interacts) = (options.workers_for(plan), plan.interacts());
    let round_robin = Policy::RoundRobin { slice_ms: SYSTEMS_SLICE_MS };
    let threads = if interacts { Workers::ThreadEach } else { Workers::Threads(count) };
    let on = |pace, thread_start_ms, process_start_ms| Machine {
        switch_interval_ms: options.switch_interval_ms.into(),
        speed: host.machine.speed.at_pace(pace),
        thread_start_ms,
        process_start_ms,
        ..host.machine.clone()
    };
    let of_page = |pace, policy, workers| {
        (Machine { cores: 1, switch_ms: 0.0, ..on(pace, 0.0, 0.0) }, Scheduler::new(policy, workers))
    };
    // With a core to spare the page is in nobody’s way.
    let crowded = if count >= host.machine.cores { host.pace.all_cores } else { 1.0 };
    let kept = |pace| on(pace, host.thread_dispatch_ms, host.process_dispatch_ms);
    let Pace { page, event_loop, gil, .. } = host.pace;
    Some(match engine {
        EngineId::Simulated => return None,
        // Awaited one by one, tasks go as they do in a plain loop; only the page is free meanwhile.
        EngineId::MainThread => of_page(page, Policy::RunToEnd, Workers::MainThread),
        EngineId::AwaitEach => of_page(event_loop, Policy::RunToEnd, Workers::MainThread),
        EngineId::Gather => of_page(event_loop, Policy::FirstComeFirstServed, Workers::EventLoops(1)),
        // Whoever is let in computes until it waits: so do threads on one core that takes nobody’s turn away.
        EngineId::Limited => of_page(event_loop, Policy::FirstComeFirstServed, Workers::Threads(options.limit)),
        EngineId::GilThreads => (kept(gil), Scheduler { gil: true, ..Scheduler::new(round_robin, threads) }),
        EngineId::ThreadPool => (kept(crowded), Scheduler::new(round_robin, threads)),
        EngineId::FreshProcesses => {
            let machine = on(crowded, host.machine.thread_start_ms, host.machine.process_start_ms);
            (machine, Scheduler::new(round_robin, Workers::FreshProcesses(count)))
        }
        EngineId::Processes => (kept(crowded), Scheduler::new(round_robin, Workers::Processes(count))),
        // Whoever is let in has a core to itself once it is its turn to compute, and so many cores as there are processes; it begins on the
        // page, which is there.
        EngineId::Executor => {
            let cores = count.min(host.machine.cores);
            let machine = Machine { cores, switch_ms: 0.0, ..on(crowded, 0.0, 0.0) };
            (machine, Scheduler::new(Policy::FirstComeFirstServed, Workers::Processes(options.limit)))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::simulated::{Model, simulate};
    use crate::plan::Values;
    use crate::plan::catalogue::{PRIMES_WORKLOAD, REQUESTS_WORKLOAD, WORKLOADS};
    use crate::trace::stats::stats;

    const TWO: Options = Options { workers: 2, limit: 3, switch_interval_ms: 5, model: Model::DEFAULT };

    fn makespan_ms(engine: EngineId, plan: &Plan) -> f64 {
        let machine = Machine { process_start_ms: 40.0, ..Machine::ideal(4) };
        let (machine, scheduler) = like(engine, &TWO, plan, &machine.into()).unwrap();
        stats(&simulate(plan, &machine, &scheduler).unwrap().trace).makespan_ms
    }

    #[test]
    fn nine_waits_of_300_ms_take_as_long_as_they_can_overlap() {
        let plan = (REQUESTS_WORKLOAD.plan)(&Values::default());
        for (engine, expected_ms) in [
            (EngineId::MainThread, 2_700.0),
            (EngineId::AwaitEach, 2_700.0),
            (EngineId::Limited, 900.0),
            (EngineId::Gather, 300.0),
            (EngineId::ThreadPool, 1_500.0),
            (EngineId::GilThreads, 1_500.0),
            (EngineId::Processes, 1_500.0),
            (EngineId::Executor, 900.0),
            // The page starts nine, two at a time: five after one another.
            (EngineId::FreshProcesses, 1_700.0),
        ] {
            let came_to_ms = makespan_ms(engine, &plan);
            assert!((came_to_ms - expected_ms).abs() < 1.0, "{}: {came_to_ms}", engine.key());
        }
    }

    #[test]
    fn what_computes_gains_by_workers_and_not_under_a_gil() {
        let plan = (PRIMES_WORKLOAD.plan)(&Values::default());
        let engines = [EngineId::MainThread, EngineId::GilThreads, EngineId::ThreadPool, EngineId::Executor];
        let [alone_ms, gil_ms, two_ms, posted_ms] = engines.map(|engine| makespan_ms(engine, &plan));
        assert!((gil_ms / alone_ms - 1.0).abs() < 0.01, "{gil_ms} beside {alone_ms}");
        for two_ms in [two_ms, posted_ms] {
            assert!((alone_ms / two_ms - 2.0).abs() < 0.2, "{two_ms} beside {alone_ms}");
        }
    }

    #[test]
    fn whatever_an_engine_can_run_can_be_simulated_as_it_goes_there() {
        for workload in WORKLOADS {
            let plan = (workload.plan)(&Values::default());
            for engine in
                EngineId::all_real().filter(|engine| EngineId::Simulated.can_run(&plan) && engine.can_run(&plan))
            {
                let (machine, scheduler) = like(engine, &TWO, &plan, &Machine::ordinary(2).into()).unwrap();
                let simulated = simulate(&plan, &machine, &scheduler);
                assert!(simulated.is_ok(), "{} on {}: {:?}", workload.id, engine.key(), simulated.err());
            }
        }
        assert!(like(EngineId::Simulated, &TWO, &Plan::default(), &Machine::ideal(1).into()).is_none());
    }
}
