//! Where a replay stands and how fast it goes. Values in, values out: whoever draws frames brings the time that has passed,
//! and nothing here knows a clock.

use crate::trace::{Lane, MarkKind, Trace};

/// The speeds a learner may choose; 1 is as fast as it happened.
pub const SPEEDS: [f64; 9] = [0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0];

/// A replay at an instant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Playback {
    /// Where it stands, ms from the start of the run.
    pub position_ms: f64,
    /// How many ms of the run pass in one ms; one of [`SPEEDS`].
    pub speed: f64,
    /// Whether it goes on by itself.
    pub playing: bool,
    /// Whether it begins again where it ends.
    pub looping: bool,
}

impl Playback {
    /// Resting at the end of a run that took `end_ms`: the whole chart is seen.
    pub fn at_end(end_ms: f64) -> Self {
        Self { position_ms: end_ms, speed: 1.0, playing: false, looping: false }
    }

    /// After `elapsed_ms` of the viewer's time. It stops at `end_ms`; or it begins again, there or at the end of the stretch that is
    /// to be repeated, `range_ms`.
    #[must_use]
    pub fn advance(self, elapsed_ms: f64, end_ms: f64, range_ms: Option<(f64, f64)>) -> Self {
        if !self.playing {
            return self;
        }
        let position_ms = self.position_ms + elapsed_ms.max(0.0) * self.speed;
        let (from_ms, to_ms) = range_ms.map_or((0.0, end_ms), |(from_ms, to_ms)| (from_ms, to_ms.min(end_ms)));
        if self.looping && position_ms >= to_ms && to_ms > from_ms {
            // After a pause of the page of any length, within the stretch.
            return Self { position_ms: from_ms + (position_ms - to_ms) % (to_ms - from_ms), ..self };
        }
        Self { position_ms: position_ms.min(end_ms), playing: position_ms < end_ms, ..self }
    }

    /// Playing; from the start if it stood at the end.
    #[must_use]
    pub fn play(self, end_ms: f64) -> Self {
        let position_ms = if self.position_ms >= end_ms { 0.0 } else { self.position_ms };
        Self { position_ms, playing: end_ms > 0.0, ..self }
    }

    /// The other way at the end: stopping there, or beginning again.
    #[must_use]
    pub fn toggle_looping(self) -> Self {
        Self { looping: !self.looping, ..self }
    }

    /// Resting where it stands.
    #[must_use]
    pub fn pause(self) -> Self {
        Self { playing: false, ..self }
    }

    /// What the button does: pauses a playing one, plays a resting one.
    #[must_use]
    pub fn toggle(self, end_ms: f64) -> Self {
        if self.playing { self.pause() } else { self.play(end_ms) }
    }

    /// Resting at `position_ms`, held within the run: scrubbing and stepping.
    #[must_use]
    pub fn seek(self, position_ms: f64, end_ms: f64) -> Self {
        Self { position_ms: position_ms.min(end_ms).max(0.0), playing: false, ..self }
    }

    /// At the speed of [`SPEEDS`] that is nearest to `speed`.
    #[must_use]
    pub fn with_speed(self, speed: f64) -> Self {
        let nearest = SPEEDS.into_iter().min_by(|a, b| (a - speed).abs().total_cmp(&(b - speed).abs()));
        Self { speed: nearest.unwrap_or(1.0), ..self }
    }
}

/// When the first event after `position_ms` happened, ms: a slice that begins or ends, or a mark; frames are too many to
/// step through. `None` after the last.
pub fn next_event(trace: &Trace, position_ms: f64) -> Option<f64> {
    trace.lanes().iter().filter_map(|lane| next_on(lane, position_ms)).min_by(f64::total_cmp)
}

/// When the last event before `position_ms` happened, ms. `None` before the first.
pub fn previous_event(trace: &Trace, position_ms: f64) -> Option<f64> {
    trace.lanes().iter().filter_map(|lane| previous_on(lane, position_ms)).max_by(f64::total_cmp)
}

fn next_on(lane: &Lane, after_ms: f64) -> Option<f64> {
    let (slices, marks) = (lane.slices(), lane.marks());
    let begins = slices.get(slices.partition_point(|slice| slice.start_ms <= after_ms)).map(|slice| slice.start_ms);
    let ends = slices.get(slices.partition_point(|slice| slice.end_ms <= after_ms)).map(|slice| slice.end_ms);
    let later = &marks[marks.partition_point(|mark| mark.at_ms <= after_ms)..];
    let mark = later.iter().find(|mark| mark.kind != MarkKind::Frame).map(|mark| mark.at_ms);
    [begins, ends, mark].into_iter().flatten().min_by(f64::total_cmp)
}

fn previous_on(lane: &Lane, before_ms: f64) -> Option<f64> {
    let (slices, marks) = (lane.slices(), lane.marks());
    let begins =
        slices[..slices.partition_point(|slice| slice.start_ms < before_ms)].last().map(|slice| slice.start_ms);
    let ends = slices[..slices.partition_point(|slice| slice.end_ms < before_ms)].last().map(|slice| slice.end_ms);
    let earlier = &marks[..marks.partition_point(|mark| mark.at_ms < before_ms)];
    let mark = earlier.iter().rev().find(|mark| mark.kind != MarkKind::Frame).map(|mark| mark.at_ms);
    [begins, ends, mark].into_iter().flatten().max_by(f64::total_cmp)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::example;

    #[test]
    fn it_goes_on_at_its_speed_and_stops_at_the_end() {
        let playing = Playback { position_ms: 0.0, speed: 0.5, playing: true, looping: false };
        let later = playing.advance(16.0, 10.0, None);
        assert_eq!(later, Playback { position_ms: 8.0, ..playing });
        assert_eq!(later.advance(16.0, 10.0, None), Playback { position_ms: 10.0, playing: false, ..playing });
        let looping = Playback { looping: true, ..later };
        assert_eq!(looping.advance(16.0, 10.0, None), Playback { position_ms: 6.0, ..looping });
    }

    #[test]
    fn a_resting_one_stays_and_a_clock_that_steps_back_does_not_rewind_it() {
        let resting = Playback { position_ms: 3.0, ..Playback::at_end(10.0) };
        assert_eq!(resting.advance(100.0, 10.0, None), resting);
        assert_eq!(resting.play(10.0).advance(-5.0, 10.0, None).position_ms, 3.0);
    }

    #[test]
    fn play_at_the_end_starts_anew_and_elsewhere_goes_on() {
        assert_eq!(
            Playback::at_end(10.0).toggle(10.0),
            Playback { position_ms: 0.0, playing: true, ..Playback::at_end(10.0) }
        );
        assert_eq!(Playback::at_end(10.0).seek(4.0, 10.0).toggle(10.0).position_ms, 4.0);
        assert!(!Playback::at_end(0.0).play(0.0).playing);
    }

    #[test]
    fn seeking_stays_within_the_run_and_speeds_within_the_list() {
        let playback = Playback::at_end(10.0);
        assert_eq!([-1.0, 4.0, 99.0].map(|at| playback.seek(at, 10.0).position_ms), [0.0, 4.0, 10.0]);
        assert_eq!([0.0, 0.3, 1.2, 99.0].map(|speed| playback.with_speed(speed).speed), [0.05, 0.25, 1.0, 20.0]);
    }

    #[test]
    fn stepping_walks_every_begin_and_end_forth_and_back() {
        let trace = example::staircase(3, 100.0);
        let forth: Vec<_> = std::iter::successors(Some(0.0), |at| next_event(&trace, *at)).collect();
        assert_eq!(forth, [0.0, 100.0, 200.0, 300.0]);
        let back: Vec<_> = std::iter::successors(Some(300.0), |at| previous_event(&trace, *at)).collect();
        assert_eq!(back, [300.0, 200.0, 100.0, 0.0]);
    }
}
