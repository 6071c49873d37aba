//! The laws of a trace, checked on a whole one. What a recorder builds obeys them anyway; this is for traces that come in
//! from elsewhere, whose bytes nobody vouches for.

use super::recorder::in_order;
use super::{Lane, LaneId, ObjectId, TaskId, Trace, TraceError};

impl Trace {
    /// This trace, if it obeys the laws that the [module](super) states.
    pub(super) fn checked(self) -> Result<Self, TraceError> {
        if self.lanes.len() > usize::from(u16::MAX) + 1 {
            return Err(TraceError::TooManyLanes);
        }
        self.time(self.end_ms, f64::INFINITY)?;
        for (index, lane) in self.lanes.iter().enumerate() {
            self.check_lane(LaneId(index as u16), lane)?;
        }
        for hold in &self.holds {
            self.lane(hold.lane)?;
            self.task(Some(hold.task))?;
            self.object(Some(hold.object))?;
            self.time(hold.start_ms, self.end_ms)?;
            self.time(hold.end_ms, self.end_ms)?;
            in_order(Some(hold.start_ms), hold.end_ms)?;
        }
        for flow in &self.flows {
            for (lane, at_ms) in [flow.from, flow.to] {
                self.lane(lane)?;
                self.time(at_ms, self.end_ms)?;
            }
            in_order(Some(flow.from.1), flow.to.1)?;
        }
        for counter in &self.counters {
            self.object(Some(counter.object))?;
            let mut last_ms = 0.0;
            for (at_ms, value) in &counter.samples {
                self.time(*at_ms, self.end_ms)?;
                in_order(Some(std::mem::replace(&mut last_ms, *at_ms)), *at_ms)?;
                if !value.is_finite() {
                    return Err(TraceError::NotAValue(*value));
                }
            }
        }
        Ok(self)
    }

    fn check_lane(&self, id: LaneId, lane: &Lane) -> Result<(), TraceError> {
        if let Some(above) = lane.below.filter(|above| *above >= id) {
            return Err(TraceError::UnknownLane(above));
        }
        let mut busy_until_ms = 0.0;
        for slice in &lane.slices {
            let (start_ms, end_ms) = (slice.start_ms, slice.end_ms);
            self.time(start_ms, self.end_ms)?;
            self.time(end_ms, self.end_ms)?;
            self.task(slice.task)?;
            self.object(slice.object())?;
            if end_ms < start_ms {
                return Err(TraceError::EndBeforeStart { lane: id, start_ms, end_ms });
            }
            if start_ms < busy_until_ms {
                return Err(TraceError::Overlap { lane: id, start_ms, busy_until_ms });
            }
            busy_until_ms = end_ms;
        }
        let mut last_ms = 0.0;
        for mark in &lane.marks {
            self.time(mark.at_ms, self.end_ms)?;
            self.task(mark.task)?;
            in_order(Some(std::mem::replace(&mut last_ms, mark.at_ms)), mark.at_ms)?;
        }
        Ok(())
    }

    fn lane(&self, id: LaneId) -> Result<(), TraceError> {
        if usize::from(id.0) < self.lanes.len() { Ok(()) } else { Err(TraceError::UnknownLane(id)) }
    }

    fn task(&self, id: Option<TaskId>) -> Result<(), TraceError> {
        match id {
            Some(id) if id.0 as usize >= self.tasks.len() => Err(TraceError::UnknownTask(id)),
            _ => Ok(()),
        }
    }

    fn object(&self, id: Option<ObjectId>) -> Result<(), TraceError> {
        match id {
            Some(id) if id.0 as usize >= self.objects.len() => Err(TraceError::UnknownObject(id)),
            _ => Ok(()),
        }
    }

    fn time(&self, at_ms: f64, latest_ms: f64) -> Result<(), TraceError> {
        if (0.0..=latest_ms).contains(&at_ms) && at_ms.is_finite() { Ok(()) } else { Err(TraceError::NotATime(at_ms)) }
    }
}
