//! What the rows of a chart can stand for. Not every trace has rows of every kind.

use crate::trace::{LaneKind, Trace};

/// What a row of the chart stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grouping {
    /// A row per task, wherever it was: running on a worker, waiting in flight.
    ByTask,
    /// A row per thread or event loop, whichever tasks were on it. Waiting in flight needs no worker and has no row.
    ByWorker,
    /// A row per core, also for one that had nothing to do. Only a simulated run knows its cores.
    ByCore,
}

impl Grouping {
    /// All of them, in the order in which a switch shows them.
    pub const ALL: [Self; 3] = [Self::ByTask, Self::ByWorker, Self::ByCore];

    /// Whether `trace` can be shown so.
    pub fn suits(self, trace: &Trace) -> bool {
        self != Self::ByCore || trace.lanes().iter().any(|lane| lane.kind() == LaneKind::Core)
    }

    /// The next one, round and round, among those in which `trace` can be shown.
    #[must_use]
    pub fn next(self, trace: &Trace) -> Self {
        let after = Self::ALL.into_iter().cycle().skip_while(|grouping| *grouping != self).skip(1);
        after.take(Self::ALL.len()).find(|grouping| grouping.suits(trace)).unwrap_or(self)
    }

    /// This one, or the workers' rows for a trace that cannot be shown so.
    #[must_use]
    pub(super) fn or_workers(self, trace: &Trace) -> Self {
        if self.suits(trace) { self } else { Self::ByWorker }
    }

    /// Its key in attributes.
    pub fn key(self) -> &'static str {
        match self {
            Self::ByTask => "task",
            Self::ByWorker => "worker",
            Self::ByCore => "core",
        }
    }

    /// Whether a lane of this kind has a row of its own.
    pub(super) fn has_row_for(self, kind: LaneKind) -> bool {
        match self {
            Self::ByTask => false,
            Self::ByWorker => kind.is_worker(),
            Self::ByCore => kind == LaneKind::Core,
        }
    }

    /// Whether slices of a lane of this kind are shown, in a row of whatever kind.
    pub(super) fn shows(self, kind: LaneKind) -> bool {
        kind.repeats_others() == (self == Self::ByCore)
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::timeline::{Chart, ascii, example};
    use crate::trace::stats::{stats, utilisation_of};
    use crate::trace::{critical_path, within};

    #[test]
    fn rows_go_round_among_those_that_a_trace_has() {
        let (pool, cores) = (example::pool(3, 2), example::cores());
        assert_eq!(
            [Grouping::ByTask.next(&pool), Grouping::ByWorker.next(&pool)],
            [Grouping::ByWorker, Grouping::ByTask]
        );
        assert_eq!(
            Grouping::ALL.map(|grouping| grouping.next(&cores)),
            [Grouping::ByWorker, Grouping::ByCore, Grouping::ByTask]
        );
        assert_eq!(Grouping::ByCore.or_workers(&pool), Grouping::ByWorker);
    }

    #[test]
    fn a_core_has_a_row_of_its_own_and_none_among_others() {
        let cores = example::cores();
        let told = |grouping| ascii(&cores, grouping, 8);
        assert_eq!(told(Grouping::ByCore), "core 1 ████▓███\ncore 2 ········\n       0 8.0 ms\n");
        assert_eq!(told(Grouping::ByWorker), "thread 1 ████····\nthread 2 ▒▒▒▒▓███\n         0 8.0 ms\n");
        assert_eq!(told(Grouping::ByTask), "   a ████····\n   b ▒▒▒▒▓███\n     0 8.0 ms\n");
    }

    #[test]
    fn what_a_core_shows_again_is_counted_once() {
        let cores = example::cores();
        let stats = stats(&cores);
        assert_eq!((stats.running_ms, stats.peak_running, stats.peak_in_progress), (7.0, 1, 2));
        assert_eq!((cores.slices().count(), cores.slice_ids().count()), (4, 4));
        assert_eq!(within(&cores, 0.0, 8.0).slices, 4);
        assert_eq!(critical_path(&cores).len(), 3);
        let utilisation = |kind| utilisation_of(&cores, |of| of == kind).into_iter().map(|(_, share)| share);
        assert_eq!(utilisation(LaneKind::Core).collect::<Vec<_>>(), [7.0 / 8.0, 0.0]);
        assert_eq!(stats.utilisation.len(), 2, "of the threads alone");
    }

    #[test]
    fn a_walk_stays_in_the_rows_that_are_shown() {
        for grouping in Grouping::ALL {
            let chart = Chart::new(Rc::new(example::cores()), grouping);
            for (id, _) in example::cores().slice_ids() {
                assert_eq!(chart.row_of(id).is_some(), grouping != Grouping::ByCore);
            }
            assert_eq!(chart.row_count(), 2);
        }
    }
}
