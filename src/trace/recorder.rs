//! Builds a trace event by event and refuses what cannot have happened, with the name of the law it breaks.
//!
//! It takes no clock: whoever records gives the time. A trace that grows on the screen is a [`Recorder::snapshot`].

use super::{Counter, Flow, Lane, LaneId, LaneKind, Mark, Provenance, Slice, State, TaskId, Trace};

/// Why a recorder refused an event.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TraceError {
    /// The lane was never added.
    #[error("{0} does not exist")]
    UnknownLane(LaneId),
    /// The plan has no such task.
    #[error("{0} does not exist")]
    UnknownTask(TaskId),
    /// A time is not a number, infinite, or before the start of the run.
    #[error("{0} is not a time within the run")]
    NotATime(f64),
    /// A slice would end before it starts.
    #[error("a slice on {lane} ends at {end_ms} ms, before its start at {start_ms} ms")]
    EndBeforeStart {
        /// Where.
        lane: LaneId,
        /// Its start, ms.
        start_ms: f64,
        /// Its end, ms.
        end_ms: f64,
    },
    /// A slice would start before the previous one on its lane has ended.
    #[error("a slice on {lane} starts at {start_ms} ms, while another lasts until {busy_until_ms} ms")]
    Overlap {
        /// Where.
        lane: LaneId,
        /// Start of the refused slice, ms.
        start_ms: f64,
        /// End of the slice before it, ms; infinite while that one is still open.
        busy_until_ms: f64,
    },
    /// An event lies before the one recorded before it on its lane or counter.
    #[error("an event at {at_ms} ms follows one at {after_ms} ms")]
    OutOfOrder {
        /// Time of the refused event, ms.
        at_ms: f64,
        /// Time of the event before it, ms.
        after_ms: f64,
    },
    /// An end without a beginning.
    #[error("nothing is open on {0}")]
    NothingOpen(LaneId),
    /// The trace was to be finished with a slice still open.
    #[error("a slice on {0} is still open")]
    StillOpen(LaneId),
    /// More lanes than a trace can number.
    #[error("a trace has at most 65,536 lanes")]
    TooManyLanes,
}

/// A slice that has begun and not ended.
#[derive(Clone, Copy, Debug)]
struct Open {
    task: Option<TaskId>,
    state: State,
    start_ms: f64,
}

/// Builds one [`Trace`].
#[derive(Clone, Debug, Default)]
pub struct Recorder {
    tasks: Vec<String>,
    lanes: Vec<Lane>,
    open: Vec<Option<Open>>,
    flows: Vec<Flow>,
    counters: Vec<Counter>,
    end_ms: f64,
}

impl Recorder {
    /// A recorder for a plan whose tasks have these labels, by [`TaskId`].
    pub fn new(tasks: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { tasks: tasks.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// Adds a lane and returns its id.
    ///
    /// # Errors
    /// [`TraceError::TooManyLanes`] beyond 65,536.
    pub fn add_lane(&mut self, kind: LaneKind, label: impl Into<String>) -> Result<LaneId, TraceError> {
        let id = u16::try_from(self.lanes.len()).map_err(|_| TraceError::TooManyLanes)?;
        self.lanes.push(Lane { kind, label: label.into(), slices: Vec::new(), marks: Vec::new() });
        self.open.push(None);
        Ok(LaneId(id))
    }

    /// Opens a slice at `at_ms`.
    ///
    /// # Errors
    /// [`TraceError::Overlap`] while another is open on the lane or lasts beyond `at_ms`; unknown lane, task or time.
    pub fn begin(&mut self, lane: LaneId, task: Option<TaskId>, state: State, at_ms: f64) -> Result<(), TraceError> {
        let busy_until_ms = match self.open_on(lane)? {
            Some(_) => f64::INFINITY,
            None => self.lane(lane)?.slices.last().map_or(0.0, |slice| slice.end_ms),
        };
        self.check_time(at_ms)?;
        self.check_task(task)?;
        if at_ms < busy_until_ms {
            return Err(TraceError::Overlap { lane, start_ms: at_ms, busy_until_ms });
        }
        self.open[usize::from(lane.0)] = Some(Open { task, state, start_ms: at_ms });
        self.end_ms = self.end_ms.max(at_ms);
        Ok(())
    }

    /// Ends the open slice of a lane at `at_ms`.
    ///
    /// # Errors
    /// [`TraceError::NothingOpen`], [`TraceError::EndBeforeStart`], unknown lane or time.
    pub fn end(&mut self, lane: LaneId, at_ms: f64) -> Result<(), TraceError> {
        let Open { task, state, start_ms } = self.open_on(lane)?.ok_or(TraceError::NothingOpen(lane))?;
        self.check_time(at_ms)?;
        if at_ms < start_ms {
            return Err(TraceError::EndBeforeStart { lane, start_ms, end_ms: at_ms });
        }
        self.open[usize::from(lane.0)] = None;
        self.lane_mut(lane)?.slices.push(Slice { task, state, start_ms, end_ms: at_ms });
        self.end_ms = self.end_ms.max(at_ms);
        Ok(())
    }

    /// Ends the open slice of a lane at `at_ms`, if there is one: for a reader who knows that events were lost.
    ///
    /// # Errors
    /// As [`Self::end`], except that there may be nothing to end.
    pub fn end_if_open(&mut self, lane: LaneId, at_ms: f64) -> Result<(), TraceError> {
        match self.open_on(lane)? {
            Some(_) => self.end(lane, at_ms),
            None => Ok(()),
        }
    }

    /// Records a whole slice.
    ///
    /// # Errors
    /// As [`Self::begin`] and [`Self::end`]; nothing is recorded then.
    pub fn slice(&mut self, lane: LaneId, slice: Slice) -> Result<(), TraceError> {
        let Slice { task, state, start_ms, end_ms } = slice;
        self.check_time(end_ms)?;
        if end_ms < start_ms {
            return Err(TraceError::EndBeforeStart { lane, start_ms, end_ms });
        }
        self.begin(lane, task, state, start_ms)?;
        self.end(lane, end_ms)
    }

    /// Records an instant.
    ///
    /// # Errors
    /// [`TraceError::OutOfOrder`] before the lane's last mark; unknown lane, task or time.
    pub fn mark(&mut self, lane: LaneId, mark: Mark) -> Result<(), TraceError> {
        self.check_time(mark.at_ms)?;
        self.check_task(mark.task)?;
        let marks = &mut self.lane_mut(lane)?.marks;
        in_order(marks.last().map(|last| last.at_ms), mark.at_ms)?;
        marks.push(mark);
        self.end_ms = self.end_ms.max(mark.at_ms);
        Ok(())
    }

    /// Records an arrow.
    ///
    /// # Errors
    /// [`TraceError::OutOfOrder`] if it arrives before it leaves; unknown lane or time.
    pub fn flow(&mut self, flow: Flow) -> Result<(), TraceError> {
        for (lane, at_ms) in [flow.from, flow.to] {
            self.lane(lane)?;
            self.check_time(at_ms)?;
        }
        in_order(Some(flow.from.1), flow.to.1)?;
        self.flows.push(flow);
        self.end_ms = self.end_ms.max(flow.to.1);
        Ok(())
    }

    /// Records the value of a counter from `at_ms` on.
    ///
    /// # Errors
    /// [`TraceError::OutOfOrder`] before the counter's last sample; not a time.
    pub fn count(&mut self, name: &str, at_ms: f64, value: f64) -> Result<(), TraceError> {
        self.check_time(at_ms)?;
        match self.counters.iter_mut().find(|counter| counter.name == name) {
            Some(counter) => {
                in_order(counter.samples.last().map(|last| last.0), at_ms)?;
                counter.samples.push((at_ms, value));
            }
            None => self.counters.push(Counter { name: name.into(), samples: vec![(at_ms, value)] }),
        }
        self.end_ms = self.end_ms.max(at_ms);
        Ok(())
    }

    /// Until when a lane is occupied: the start of its open slice, or the end of its last; 0 if it has none.
    pub fn lane_end_ms(&self, lane: LaneId) -> f64 {
        let open = self.open_on(lane).ok().flatten().map(|open| open.start_ms);
        let last = || self.lane(lane).ok().and_then(|lane| lane.slices.last()).map(|slice| slice.end_ms);
        open.or_else(last).unwrap_or_default()
    }

    /// Ends every open slice at `at_ms`, or where it began if that is later: what a run that was cut short leaves behind.
    ///
    /// # Errors
    /// [`TraceError::NotATime`].
    pub fn close_all(&mut self, at_ms: f64) -> Result<(), TraceError> {
        self.check_time(at_ms)?;
        for (lane, open) in self.lanes.iter_mut().zip(&mut self.open) {
            if let Some(Open { task, state, start_ms }) = open.take() {
                lane.slices.push(Slice { task, state, start_ms, end_ms: at_ms.max(start_ms) });
            }
        }
        self.end_ms = self.end_ms.max(at_ms);
        Ok(())
    }

    /// The trace as it stands at `now_ms`, open slices lasting until then. The recorder goes on.
    ///
    /// # Errors
    /// [`TraceError::NotATime`].
    pub fn snapshot(&self, now_ms: f64, provenance: Provenance) -> Result<Trace, TraceError> {
        let mut so_far = self.clone();
        so_far.close_all(now_ms)?;
        so_far.finish(provenance)
    }

    /// The finished trace.
    ///
    /// # Errors
    /// [`TraceError::StillOpen`] if a slice has not ended.
    pub fn finish(self, provenance: Provenance) -> Result<Trace, TraceError> {
        if let Some(lane) = self.open.iter().position(Option::is_some) {
            return Err(TraceError::StillOpen(LaneId(lane as u16)));
        }
        let Self { tasks, lanes, flows, counters, end_ms, open: _ } = self;
        Ok(Trace { tasks, lanes, flows, counters, provenance, end_ms })
    }

    fn lane(&self, lane: LaneId) -> Result<&Lane, TraceError> {
        self.lanes.get(usize::from(lane.0)).ok_or(TraceError::UnknownLane(lane))
    }

    fn lane_mut(&mut self, lane: LaneId) -> Result<&mut Lane, TraceError> {
        self.lanes.get_mut(usize::from(lane.0)).ok_or(TraceError::UnknownLane(lane))
    }

    fn open_on(&self, lane: LaneId) -> Result<Option<Open>, TraceError> {
        self.open.get(usize::from(lane.0)).copied().ok_or(TraceError::UnknownLane(lane))
    }

    fn check_task(&self, task: Option<TaskId>) -> Result<(), TraceError> {
        match task {
            Some(id) if id.0 as usize >= self.tasks.len() => Err(TraceError::UnknownTask(id)),
            _ => Ok(()),
        }
    }

    fn check_time(&self, at_ms: f64) -> Result<(), TraceError> {
        if at_ms.is_finite() && at_ms >= 0.0 { Ok(()) } else { Err(TraceError::NotATime(at_ms)) }
    }
}

fn in_order(last_ms: Option<f64>, at_ms: f64) -> Result<(), TraceError> {
    match last_ms {
        Some(after_ms) if at_ms < after_ms => Err(TraceError::OutOfOrder { at_ms, after_ms }),
        _ => Ok(()),
    }
}
