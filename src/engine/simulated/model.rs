//! What a learner chooses of a simulated run, and the machine and the scheduler that are made of it.

use super::{Machine, Policy, Scheduler, SimulationError, Workers};
use crate::plan::parameter::{CORES, INTERVAL, MACHINE, SCHEDULER, TIME_SLICE, WITH_GIL, WORKERS};
use crate::plan::{Plan, Values};

/// A simulated machine with its scheduler, as plain choices: the values of the parameters of the same names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Model {
    /// How many cores there are.
    pub cores: u32,
    /// How many threads take the tasks; 0 for as many as there are cores.
    pub workers: u32,
    /// Which scheduler, by its place among the choices.
    pub scheduler: u32,
    /// How long a turn is, ms.
    pub slice_ms: u32,
    /// Whether there is a GIL.
    pub gil: bool,
    /// After how long a thread that waits for the GIL asks for it, ms.
    pub switch_interval_ms: u32,
    /// What takes time on it, and how much.
    pub costs: Costs,
}

/// What takes time on a simulated machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Costs {
    /// What it takes on an ordinary machine.
    Ordinary,
    /// Nothing but work.
    Ideal,
    /// What was measured in this browser.
    ThisBrowser,
}

impl Costs {
    const fn chosen(value: u32) -> Self {
        match value {
            1 => Self::Ideal,
            2 => Self::ThisBrowser,
            _ => Self::Ordinary,
        }
    }
}

impl Model {
    /// What stands when nothing was chosen.
    pub const DEFAULT: Self = Self {
        cores: CORES.default,
        workers: WORKERS.default,
        scheduler: SCHEDULER.default,
        slice_ms: TIME_SLICE.default,
        gil: WITH_GIL.default == 1,
        switch_interval_ms: INTERVAL.default,
        costs: Costs::chosen(MACHINE.default),
    };

    /// What `values` say.
    pub fn chosen(values: &Values) -> Self {
        Self {
            cores: values.get(&CORES),
            workers: values.get(&WORKERS),
            scheduler: values.get(&SCHEDULER),
            slice_ms: values.get(&TIME_SLICE),
            gil: values.get(&WITH_GIL) == 1,
            switch_interval_ms: values.get(&INTERVAL),
            costs: Costs::chosen(values.get(&MACHINE)),
        }
    }

    /// The machine; `None` if it is to be this browser, and that was not measured.
    pub fn machine(&self, this_browser: Option<&Machine>) -> Option<Machine> {
        let machine = match self.costs {
            Costs::Ordinary => Machine::ordinary(self.cores),
            Costs::Ideal => Machine::ideal(self.cores),
            Costs::ThisBrowser => this_browser?.with_cores(self.cores),
        };
        Some(Machine { switch_interval_ms: self.switch_interval_ms.into(), ..machine })
    }

    /// The scheduler, for `plan`: where tasks wait for one another each has a thread of its own, as on the engines that really run.
    pub fn scheduler(&self, plan: &Plan) -> Scheduler {
        let count = if self.workers == 0 { self.cores } else { self.workers };
        let threads = if plan.interacts() { Workers::ThreadEach } else { Workers::Threads(count) };
        let slice_ms = f64::from(self.slice_ms);
        let (policy, workers) = match self.scheduler {
            1 => (Policy::FirstComeFirstServed, threads),
            2 => (Policy::RunToEnd, threads),
            3 => (Policy::FirstComeFirstServed, Workers::EventLoops(count)),
            4 => (Policy::Priority { preemptive: true }, threads),
            5 => (Policy::ShortestFirst { preemptive: false }, threads),
            6 => (Policy::ShortestFirst { preemptive: true }, threads),
            7 => (Policy::WorkStealing, threads),
            // Each level has twice the time of the one above it, and now and then all begin anew, as in textbooks.
            8 => {
                let slices_ms = [1.0, 2.0, 4.0].map(|times| times * slice_ms).to_vec();
                (Policy::Feedback { slices_ms, boost_ms: Some(100.0 * slice_ms) }, threads)
            }
            _ => (Policy::RoundRobin { slice_ms }, threads),
        };
        Scheduler { gil: self.gil, ..Scheduler::new(policy, workers) }
    }

    /// Whether its choices go together, whatever the plan.
    ///
    /// # Errors
    /// [`SimulationError::Contradiction`], [`SimulationError::OutOfRange`].
    pub fn check(&self) -> Result<(), SimulationError> {
        // What this browser takes is known only later, and checked then.
        self.machine(None).map_or(Ok(()), |machine| machine.check())?;
        self.scheduler(&Plan::default()).check()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::catalogue::{BARRIER_WORKLOAD, PRIMES_WORKLOAD};

    fn primes() -> Plan {
        (PRIMES_WORKLOAD.plan)(&Values::default())
    }

    #[test]
    fn the_default_is_what_nothing_chosen_means() {
        assert_eq!(Model::chosen(&Values::default()), Model::DEFAULT);
        assert_eq!(Model::DEFAULT.check(), Ok(()));
        assert_eq!(Model::DEFAULT.scheduler(&primes()).words(), "round robin, 10 ms; 4 threads");
        assert_eq!(Model::DEFAULT.machine(None).unwrap().name, "an ordinary machine");
    }

    #[test]
    fn each_choice_of_a_machine_is_another_one() {
        let browser = Machine { name: "this browser".into(), ..Machine::ideal(2) };
        let named = |value, cores| {
            let model = Model { costs: Costs::chosen(value), cores, ..Model::DEFAULT };
            model.machine(Some(&browser)).unwrap().name
        };
        assert_eq!([0, 1, 2].map(|value| named(value, 2)), ["an ordinary machine", "an ideal machine", "this browser"]);
        assert_eq!(named(2, 64), "this browser, if it had 64 cores");
        assert_eq!(named(2, 1), "this browser, if it had 1 core");
        assert_eq!(MACHINE.max, 2);
        assert_eq!(Model { costs: Costs::ThisBrowser, ..Model::DEFAULT }.machine(None), None);
    }

    #[test]
    fn there_is_a_thread_for_each_task_where_tasks_wait_for_one_another() {
        let plan = (BARRIER_WORKLOAD.plan)(&Values::default());
        let model = Model { workers: 2, ..Model::DEFAULT };
        assert_eq!(model.scheduler(&plan).workers, Workers::ThreadEach);
        assert_eq!(model.scheduler(&primes()).workers, Workers::Threads(2));
    }

    #[test]
    fn every_choice_of_a_scheduler_is_another_one_and_is_called_as_it_is() {
        let plan = primes();
        let told = |value: u32| Model { scheduler: value, ..Model::DEFAULT }.scheduler(&plan).words();
        for (value, name) in (0..).zip(SCHEDULER.choices) {
            let words = told(value);
            assert_eq!((0..=SCHEDULER.max).filter(|other| told(*other) == words).count(), 1, "{words}");
            let first = name.split(' ').next().unwrap_or_default();
            let named = if value == 3 { words.ends_with("4 event loops") } else { words.starts_with(first) };
            assert!(named, "“{name}” is “{words}”");
        }
    }

    #[test]
    fn what_excludes_each_other_is_refused() {
        let with_gil = |scheduler| Model { scheduler, gil: true, ..Model::DEFAULT }.check();
        let refused: Vec<_> = (0..=SCHEDULER.max).filter(|scheduler| with_gil(*scheduler).is_err()).collect();
        assert_eq!(refused, [2, 3]);
        assert!(with_gil(3).unwrap_err().to_string().starts_with("a GIL is for threads"));
    }
}
