//! Spreads the slices of a thread over lanes, since those of one lane do not overlap: what lies within another slice goes one lane
//! deeper, and what overlaps another without lying within it goes to the first lane that is free.

use super::super::super::Slice;
use super::notes::{Note, Notes};

/// The most lanes of one thread. Deeper recursion is left out, and said.
const DEEPEST: usize = 4096;
/// How many lanes are looked at for a free one.
const NEAR: usize = 256;

/// `slices` by lane, from the outermost, each in order and disjoint. Slices that are so already stay as they are: one without
/// length lies before, not within, the one that begins where it does.
pub(super) fn spread(mut slices: Vec<Slice>, notes: &mut Notes) -> Vec<Vec<Slice>> {
    if slices.windows(2).all(|pair| pair[0].end_ms <= pair[1].start_ms) {
        return vec![slices];
    }
    slices.sort_by(|a, b| a.start_ms.total_cmp(&b.start_ms).then(b.end_ms.total_cmp(&a.end_ms)));
    let mut lanes = Lanes::default();
    let depths: Vec<u16> = slices.iter().map(|slice| lanes.place(slice, notes) as u16).collect();
    let mut counts = vec![0; lanes.ends.len()];
    for depth in &depths {
        if let Some(count) = counts.get_mut(usize::from(*depth)) {
            *count += 1;
        }
    }
    let mut spread: Vec<_> = counts.into_iter().map(Vec::with_capacity).collect();
    for (slice, depth) in slices.into_iter().zip(depths) {
        match spread.get_mut(usize::from(depth)) {
            Some(lane) => lane.push(slice),
            None => notes.add(Note::NoLane),
        }
    }
    spread
}

#[derive(Default)]
struct Lanes {
    /// When the last slice of each lane ends, ms.
    ends: Vec<f64>,
    /// How many lanes, from the first, may still be occupied.
    open: usize,
}

impl Lanes {
    /// The lane of the next slice, by start; beyond the last lane if there is none for it.
    fn place(&mut self, slice: &Slice, notes: &mut Notes) -> usize {
        while self.open > 0 && self.ends[self.open - 1] <= slice.start_ms {
            self.open -= 1;
        }
        let around_ms = if self.open == 0 { f64::INFINITY } else { self.ends[self.open - 1] };
        let lane = if slice.end_ms <= around_ms {
            self.open
        } else {
            notes.add(Note::Overlap);
            let near = self.ends[..self.open].iter().take(NEAR);
            near.into_iter().position(|end_ms| *end_ms <= slice.start_ms).unwrap_or(self.open)
        };
        if lane >= DEEPEST {
            return DEEPEST;
        }
        if lane == self.ends.len() {
            self.ends.push(slice.end_ms);
        }
        self.ends[lane] = slice.end_ms;
        self.open = self.open.max(lane + 1);
        lane
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::State;
    use super::*;
    use expect_test::{Expect, expect};

    /// Draws slices, `start-end` each, lane by lane.
    fn check(slices: &str, lanes: Expect) {
        let slice = |text: &str| {
            let (start, end) = text.split_once('-').unwrap();
            Slice::new(None, State::Running, start.parse().unwrap(), end.parse().unwrap())
        };
        let mut notes = Notes::default();
        let spread = spread(slices.split(' ').map(slice).collect(), &mut notes);
        let line = |lane: &Vec<Slice>| {
            let slices: Vec<_> = lane.iter().map(|slice| format!("{}-{}", slice.start_ms, slice.end_ms)).collect();
            slices.join(" ") + "\n"
        };
        let drawn: String = spread.iter().map(line).collect();
        lanes.assert_eq(&(drawn + &notes.in_words().join("\n")));
        for lane in spread {
            assert!(lane.windows(2).all(|pair| pair[0].end_ms <= pair[1].start_ms));
        }
    }

    #[test]
    fn what_touches_stays_on_one_lane() {
        check("0-1 1-2 2-2 2-3", expect![["0-1 1-2 2-2 2-3\n"]]);
        check("1-2 0-1", expect![["0-1 1-2\n"]]);
    }

    #[test]
    fn what_lies_within_goes_deeper() {
        check(
            "1-2 2-3 0-4 2-2.5 4-5",
            expect![[r#"
            0-4 4-5
            1-2 2-3
            2-2.5
        "#]],
        );
        check(
            "0-4 0-4 4-4",
            expect![[r#"
            0-4 4-4
            0-4
        "#]],
        );
    }

    #[test]
    fn what_overlaps_takes_the_first_free_lane() {
        check(
            "0-10 5-15 12-20 13-14 16-18",
            expect![[r#"
            0-10 12-20
            5-15 16-18
            13-14
            2 slices overlapped another of the same thread, and were moved to a lane below"#]],
        );
    }

    #[test]
    fn recursion_without_end_is_left_out_and_said() {
        let slices = (0..5000).map(|depth| Slice::new(None, State::Running, f64::from(depth), 1e4)).collect();
        let mut notes = Notes::default();
        let lanes = spread(slices, &mut notes);
        assert_eq!(lanes.len(), DEEPEST);
        assert_eq!(notes.in_words(), ["904 slices were left out: there are too many lanes"]);
    }
}
