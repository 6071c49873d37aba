//! Builds a trace event by event and refuses what cannot have happened, with the name of the law it breaks.
//!
//! It takes no clock: whoever records gives the time. A trace that grows on the screen is a [`Recorder::snapshot`].

use super::shared::Shared;
use super::{Flow, Lane, LaneId, LaneKind, Mark, ObjectId, Provenance, Slice, State, TaskId, Trace, TraceError};

/// A slice that has begun and not ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    pub(super) task: Option<TaskId>,
    pub(super) state: State,
    pub(super) object: Option<ObjectId>,
    start_ms: f64,
}

/// Builds one [`Trace`].
#[derive(Clone, Debug, Default)]
pub struct Recorder {
    tasks: Vec<String>,
    objects: Vec<String>,
    /// Tasks that have taken their last step.
    pub(super) ended: Vec<bool>,
    lanes: Vec<Lane>,
    pub(super) open: Vec<Option<Open>>,
    pub(super) shared: Shared,
    pub(super) flows: Vec<Flow>,
    pub(super) end_ms: f64,
    /// By how much two threads' clocks may differ, ms.
    pub(super) clocks_differ_ms: f64,
}

impl Recorder {
    /// A recorder for a plan whose tasks have these labels, by [`TaskId`].
    pub fn new(tasks: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let tasks: Vec<String> = tasks.into_iter().map(Into::into).collect();
        Self { ended: vec![false; tasks.len()], tasks, ..Self::default() }
    }

    /// The same, for threads whose clocks differ by `ms` at most.
    #[must_use]
    pub fn with_clocks_that_differ_by(self, ms: f64) -> Self {
        Self { clocks_differ_ms: ms, ..self }
    }

    /// Adds an object that tasks share and returns its id.
    pub fn add_object(&mut self, label: impl Into<String>) -> ObjectId {
        self.objects.push(label.into());
        ObjectId(self.objects.len() as u32 - 1)
    }

    /// Adds a lane and returns its id.
    ///
    /// # Errors
    /// [`TraceError::TooManyLanes`] beyond 65,536.
    pub fn add_lane(&mut self, kind: LaneKind, label: impl Into<String>) -> Result<LaneId, TraceError> {
        let id = u16::try_from(self.lanes.len()).map_err(|_| TraceError::TooManyLanes)?;
        self.lanes.push(Lane { kind, label: label.into(), below: None, slices: Vec::new(), marks: Vec::new() });
        self.open.push(None);
        Ok(LaneId(id))
    }

    /// Opens a slice at `at_ms`.
    ///
    /// # Errors
    /// [`TraceError::Overlap`] while another is open on the lane or lasts beyond `at_ms`; unknown lane, task or time.
    pub fn begin(&mut self, lane: LaneId, task: Option<TaskId>, state: State, at_ms: f64) -> Result<(), TraceError> {
        self.begin_on(lane, task, state, None, at_ms)
    }

    /// Opens a slice at `at_ms` that waits for `object`, if that is one.
    ///
    /// # Errors
    /// As [`Self::begin`]; unknown object.
    pub fn begin_on(
        &mut self,
        lane: LaneId,
        task: Option<TaskId>,
        state: State,
        object: Option<ObjectId>,
        at_ms: f64,
    ) -> Result<(), TraceError> {
        self.check_begin(lane, task, object, at_ms)?;
        self.open[usize::from(lane.0)] = Some(Open { task, state, object, start_ms: at_ms });
        self.end_ms = self.end_ms.max(at_ms);
        Ok(())
    }

    /// Whether a slice can begin there and then.
    fn check_begin(
        &self,
        lane: LaneId,
        task: Option<TaskId>,
        object: Option<ObjectId>,
        at_ms: f64,
    ) -> Result<(), TraceError> {
        let busy_until_ms = match self.open_on(lane)? {
            Some(_) => f64::INFINITY,
            None => self.lane(lane)?.slices.last().map_or(0.0, |slice| slice.end_ms),
        };
        self.check_time(at_ms)?;
        self.check_task(task)?;
        object.map_or(Ok(()), |object| self.check_object(object))?;
        if at_ms < busy_until_ms {
            return Err(TraceError::Overlap { lane, start_ms: at_ms, busy_until_ms });
        }
        Ok(())
    }

    /// Ends the open slice of a lane at `at_ms`.
    ///
    /// # Errors
    /// [`TraceError::NothingOpen`], [`TraceError::EndBeforeStart`], unknown lane or time.
    pub fn end(&mut self, lane: LaneId, at_ms: f64) -> Result<(), TraceError> {
        let Open { task, state, object, start_ms } = self.open_on(lane)?.ok_or(TraceError::NothingOpen(lane))?;
        self.check_time(at_ms)?;
        if at_ms < start_ms {
            return Err(TraceError::EndBeforeStart { lane, start_ms, end_ms: at_ms });
        }
        self.open[usize::from(lane.0)] = None;
        self.lane_mut(lane)?.slices.push(Slice::new(task, state, start_ms, at_ms).waiting_for(object));
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
        let Slice { task, start_ms, end_ms, .. } = slice;
        self.check_time(end_ms)?;
        if end_ms < start_ms {
            return Err(TraceError::EndBeforeStart { lane, start_ms, end_ms });
        }
        self.check_begin(lane, task, slice.object(), start_ms)?;
        self.lane_mut(lane)?.slices.push(slice);
        self.end_ms = self.end_ms.max(end_ms);
        Ok(())
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

    /// `task` has taken its last step.
    ///
    /// # Errors
    /// [`TraceError::UnknownTask`].
    pub fn task_ended(&mut self, task: TaskId) -> Result<(), TraceError> {
        self.check_task(Some(task))?;
        self.ended[task.0 as usize] = true;
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
            if let Some(Open { task, state, object, start_ms }) = open.take() {
                lane.slices.push(Slice::new(task, state, start_ms, at_ms.max(start_ms)).waiting_for(object));
            }
        }
        self.shared.let_all_go(at_ms);
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
        let Self { tasks, objects, lanes, flows, shared, end_ms, .. } = self;
        let counters = shared.counters();
        Ok(Trace { tasks, objects, lanes, holds: shared.holds, flows, counters, provenance, end_ms })
    }

    pub(super) fn lane(&self, lane: LaneId) -> Result<&Lane, TraceError> {
        self.lanes.get(usize::from(lane.0)).ok_or(TraceError::UnknownLane(lane))
    }

    fn lane_mut(&mut self, lane: LaneId) -> Result<&mut Lane, TraceError> {
        self.lanes.get_mut(usize::from(lane.0)).ok_or(TraceError::UnknownLane(lane))
    }

    fn open_on(&self, lane: LaneId) -> Result<Option<Open>, TraceError> {
        self.open.get(usize::from(lane.0)).copied().ok_or(TraceError::UnknownLane(lane))
    }

    pub(super) fn check_task(&self, task: Option<TaskId>) -> Result<(), TraceError> {
        match task {
            Some(id) if id.0 as usize >= self.tasks.len() => Err(TraceError::UnknownTask(id)),
            _ => Ok(()),
        }
    }

    pub(super) fn check_object(&self, object: ObjectId) -> Result<(), TraceError> {
        if (object.0 as usize) < self.objects.len() { Ok(()) } else { Err(TraceError::UnknownObject(object)) }
    }

    pub(super) fn check_time(&self, at_ms: f64) -> Result<(), TraceError> {
        if at_ms.is_finite() && at_ms >= 0.0 { Ok(()) } else { Err(TraceError::NotATime(at_ms)) }
    }
}

pub(super) fn in_order(last_ms: Option<f64>, at_ms: f64) -> Result<(), TraceError> {
    match last_ms {
        Some(after_ms) if at_ms < after_ms => Err(TraceError::OutOfOrder { at_ms, after_ms }),
        _ => Ok(()),
    }
}
