//! What hands do on a chart: pointers that go down, move and go up become inputs of a view. It knows no event of a browser and no
//! chart; whoever has both says on which ground a pointer went down.

use super::Input;

/// A hand that has moved less than this (CSS px) since it went down means to tap.
const SLOP_PX: f64 = 4.0;
/// Fingers nearer than this (CSS px) are not pinched any closer: a factor made of so little would leap.
const NEAREST_PX: f64 = 12.0;

/// Where a pointer goes down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Among the slices: a drag moves the picture.
    Plot,
    /// Among the slices, to select a stretch of time: with Shift, or after pressing the button for it.
    Range,
    /// Above or below them, where times are written: a drag moves the playhead.
    Axis,
}

/// What comes of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    /// The view changes.
    Input(Input),
    /// The playhead goes to this x, CSS px.
    Scrub(f64),
}

/// The hands on a chart.
#[derive(Clone, Debug, Default)]
pub struct Gesture {
    hands: Vec<Hand>,
    manner: Manner,
}

#[derive(Clone, Copy, Debug)]
struct Hand {
    id: i32,
    began: (f64, f64),
    at: (f64, f64),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Manner {
    #[default]
    Idle,
    /// Down, and not yet moved.
    Pressed(Ground),
    Pan,
    Range,
    Scrub,
    Pinch,
}

impl Gesture {
    /// Whether any hand is down.
    pub fn is_on(&self) -> bool {
        !self.hands.is_empty()
    }

    /// The pointer `id` goes down. A second one pinches, a third does nothing.
    pub fn down(&mut self, id: i32, at: (f64, f64), ground: Ground) -> Option<Act> {
        let hand = Hand { id, began: at, at };
        match self.hands.len() {
            0 => self.manner = if ground == Ground::Axis { Manner::Scrub } else { Manner::Pressed(ground) },
            1 => self.manner = Manner::Pinch,
            _ => return None,
        }
        self.hands.push(hand);
        (self.manner == Manner::Scrub).then_some(Act::Scrub(at.0))
    }

    /// The pointer `id` has moved.
    pub fn moved(&mut self, id: i32, at: (f64, f64)) -> impl Iterator<Item = Act> + use<> {
        let before = self.hands.clone();
        let Some(index) = self.hands.iter().position(|hand| hand.id == id) else { return acts([None, None]) };
        let Hand { began, at: was, .. } = self.hands[index];
        let (dx_px, dy_px) = (at.0 - was.0, at.1 - was.1);
        if let Manner::Pressed(ground) = self.manner {
            if (at.0 - began.0).hypot(at.1 - began.1) < SLOP_PX {
                return acts([None, None]);
            }
            self.manner = if ground == Ground::Range { Manner::Range } else { Manner::Pan };
        }
        self.hands[index].at = at;
        match self.manner {
            Manner::Pan => acts([Some(Input::Pan { dx_px, dy_px }), None]),
            Manner::Range => acts([Some(Input::Range(began.0, at.0)), None]),
            Manner::Pinch => acts(pinched(&before, &self.hands)),
            Manner::Scrub => Some(Act::Scrub(at.0)).into_iter().chain(None),
            Manner::Idle | Manner::Pressed(_) => acts([None, None]),
        }
    }

    /// The pointer `id` goes up.
    pub fn up(&mut self, id: i32) -> Option<Act> {
        let hand = self.hands.iter().find(|hand| hand.id == id).copied()?;
        let pressed = self.manner;
        self.lost(id);
        match pressed {
            Manner::Pressed(Ground::Range) => Some(Act::Input(Input::Extend(hand.at.0, hand.at.1))),
            Manner::Pressed(_) => Some(Act::Input(Input::Tap(hand.at.0, hand.at.1))),
            _ => None,
        }
    }

    /// The pointer `id` is the browser's from now on, which scrolls the page with it.
    pub fn lost(&mut self, id: i32) {
        self.hands.retain(|hand| hand.id != id);
        // The finger that is left of two goes on moving the picture.
        self.manner = if self.hands.is_empty() { Manner::Idle } else { Manner::Pan };
    }
}

type Acts = std::iter::Chain<std::option::IntoIter<Act>, std::option::IntoIter<Act>>;

fn acts([first, second]: [Option<Input>; 2]) -> Acts {
    first.map(Act::Input).into_iter().chain(second.map(Act::Input))
}

/// What lies between the fingers stays between them.
fn pinched(before: &[Hand], after: &[Hand]) -> [Option<Input>; 2] {
    let spread = |hands: &[Hand]| {
        let [Hand { at: a, .. }, Hand { at: b, .. }] = hands else { return None };
        Some(((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0, (a.0 - b.0).hypot(a.1 - b.1).max(NEAREST_PX)))
    };
    let (Some((x0, y0, was_px)), Some((x1, y1, is_px))) = (spread(before), spread(after)) else { return [None, None] };
    [Some(Input::Pan { dx_px: x1 - x0, dy_px: y1 - y0 }), Some(Input::Zoom { x_px: x1, factor: is_px / was_px })]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inputs(acts: impl Iterator<Item = Act>) -> Vec<Act> {
        acts.collect()
    }

    #[test]
    fn a_hand_that_hardly_moves_taps() {
        let mut gesture = Gesture::default();
        assert_eq!(gesture.down(1, (100.0, 50.0), Ground::Plot), None);
        assert_eq!(inputs(gesture.moved(1, (102.0, 51.0))), []);
        assert_eq!(gesture.up(1), Some(Act::Input(Input::Tap(100.0, 50.0))));
        assert!(!gesture.is_on());
    }

    #[test]
    fn a_drag_moves_the_picture_with_the_hand_from_where_it_went_down() {
        let mut gesture = Gesture::default();
        gesture.down(1, (100.0, 50.0), Ground::Plot);
        let moved = inputs(gesture.moved(1, (110.0, 50.0)));
        assert_eq!(moved, [Act::Input(Input::Pan { dx_px: 10.0, dy_px: 0.0 })]);
        let moved = inputs(gesture.moved(1, (95.0, 57.0)));
        assert_eq!(moved, [Act::Input(Input::Pan { dx_px: -15.0, dy_px: 7.0 })]);
        assert_eq!(gesture.up(1), None, "a drag ends without a tap");
    }

    #[test]
    fn a_drag_for_a_range_selects_and_a_tap_extends() {
        let mut gesture = Gesture::default();
        gesture.down(1, (100.0, 50.0), Ground::Range);
        assert_eq!(inputs(gesture.moved(1, (180.0, 60.0))), [Act::Input(Input::Range(100.0, 180.0))]);
        assert_eq!(gesture.up(1), None);
        gesture.down(1, (220.0, 50.0), Ground::Range);
        assert_eq!(gesture.up(1), Some(Act::Input(Input::Extend(220.0, 50.0))));
    }

    #[test]
    fn on_the_axis_the_playhead_follows() {
        let mut gesture = Gesture::default();
        assert_eq!(gesture.down(1, (100.0, 5.0), Ground::Axis), Some(Act::Scrub(100.0)));
        assert_eq!(inputs(gesture.moved(1, (101.0, 5.0))), [Act::Scrub(101.0)]);
        assert_eq!(gesture.up(1), None);
    }

    #[test]
    fn two_fingers_zoom_at_their_middle_and_one_that_is_left_goes_on_moving() {
        let mut gesture = Gesture::default();
        gesture.down(1, (100.0, 50.0), Ground::Plot);
        gesture.down(2, (200.0, 50.0), Ground::Plot);
        let moved = inputs(gesture.moved(2, (300.0, 50.0)));
        let pan = Input::Pan { dx_px: 50.0, dy_px: 0.0 };
        assert_eq!(moved, [Act::Input(pan), Act::Input(Input::Zoom { x_px: 200.0, factor: 2.0 })]);
        assert_eq!(gesture.up(1), None, "no tap");
        let moved = inputs(gesture.moved(2, (310.0, 50.0)));
        assert_eq!(moved, [Act::Input(Input::Pan { dx_px: 10.0, dy_px: 0.0 })]);
    }

    #[test]
    fn what_the_browser_takes_for_scrolling_does_nothing() {
        let mut gesture = Gesture::default();
        gesture.down(1, (100.0, 50.0), Ground::Plot);
        gesture.lost(1);
        assert_eq!((gesture.up(1), gesture.is_on()), (None, false));
        assert_eq!(inputs(gesture.moved(1, (200.0, 50.0))), []);
    }
}
