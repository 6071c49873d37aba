//! Looks at a tree through a window: finds the spans that are wide enough to be seen singly, and of all that start within one
//! column of pixels the longest. It says what it sees, in order of start, and draws nothing.

use crate::Scale;
use crate::scale::greater;
use crate::tree::{FAN, Span, Tree, Weight};

/// In a group that is wider than this (CSS px), leaves are not exact enough, and there are only few such groups in a plot.
const EXACT_PX: f64 = 4_096.0;

/// What is seen of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Seen {
    /// A span at least as wide as asked for, by its index.
    Wide(usize, Span),
    /// Narrow spans that start in one column.
    Narrow(Narrow),
}

/// Narrow spans that start in one column. Places in CSS px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Narrow {
    /// The column, counted from the plot's left edge.
    pub column: u32,
    /// Where the first of them starts.
    pub left_px: f64,
    /// Where the longest ends; where it starts, if it was not looked at singly.
    pub right_px: f64,
    /// Where the last of them ends.
    pub busy_px: f64,
    longest: Weight,
}

impl Narrow {
    /// Width of the longest, CSS px.
    pub fn widest_px(&self, scale: &Scale) -> f64 {
        self.longest.ms() * scale.px_per_ms
    }

    /// Look of the longest.
    pub fn look(&self) -> u8 {
        self.longest.look()
    }
}

/// Which part of a row is looked at, and how finely.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub scale: Scale,
    /// Nothing that starts after this time (ms) is seen.
    pub to_ms: f64,
    /// Spans at least this wide (CSS px) are seen singly; not below a column's width.
    pub wide_px: f64,
    /// Width of a column, CSS px: of what starts within one, the longest stands for all.
    pub column_px: f64,
}

/// Calls `see` with what can be seen of `tree` in `window`, in order of start. `spans` gives the spans that the tree was made of.
pub(crate) fn look_at(tree: &Tree, spans: &dyn Fn(usize) -> Span, window: &Window, see: impl FnMut(Seen)) {
    let Some(top) = tree.levels.len().checked_sub(1) else { return };
    let column_ms = window.scale.duration_of(window.column_px);
    let columns_per_px = 1.0 / window.column_px;
    let pending = Narrow { column: NOWHERE, left_px: 0.0, right_px: 0.0, busy_px: 0.0, longest: Weight::default() };
    let mut looking = Looking { tree, spans, see, window: *window, column_ms, columns_per_px, pending };
    looking.go_through(top);
    looking.flush();
}

/// A look at a tree.
struct Looking<'a, F> {
    tree: &'a Tree,
    spans: &'a dyn Fn(usize) -> Span,
    see: F,
    window: Window,
    column_ms: f64,
    columns_per_px: f64,
    /// What is narrow and starts in the column that was reached: whoever listens hears of each column once.
    pending: Narrow,
}

/// No column: nothing is pending.
const NOWHERE: u32 = u32::MAX;

impl<F: FnMut(Seen)> Looking<'_, F> {
    /// Goes through the nodes in order of start, and down only where one is wider than a column.
    fn go_through(&mut self, top: usize) {
        let tree = self.tree;
        let Window { scale, to_ms, .. } = self.window;
        let (mut level, mut index) = (top, 0);
        let mut nodes = &*tree.levels[top];
        while let Some(node) = nodes.get(index) {
            let duration_ms = f64::from(node.duration_ms);
            if node.start_ms > to_ms {
                return;
            }
            if node.start_ms + duration_ms >= scale.start_ms {
                let left_px = scale.x_from_time(node.start_ms);
                if duration_ms < self.column_ms {
                    self.narrow(left_px, left_px, left_px + duration_ms * scale.px_per_ms, node.longest);
                } else if level > 0 {
                    level -= 1;
                    index *= FAN;
                    nodes = &tree.levels[level];
                    continue;
                } else {
                    let first = index * FAN;
                    let goes_on = if duration_ms * scale.px_per_ms < EXACT_PX {
                        self.leaves(first, left_px)
                    } else {
                        (first..tree.leaves.len().min(first + FAN)).all(|index| self.exact(index))
                    };
                    if !goes_on {
                        return;
                    }
                }
            }
            index += 1;
            // After the last of a group, its parent's neighbour.
            while index.is_multiple_of(FAN) && level < top {
                level += 1;
                index /= FAN;
                nodes = &tree.levels[level];
            }
        }
    }

    fn leaves(&mut self, first: usize, group_px: f64) -> bool {
        let tree = self.tree;
        let end = tree.leaves.len().min(first + FAN);
        for (index, leaf) in (first..end).zip(&tree.leaves[first..end]) {
            let Window { scale, wide_px, .. } = self.window;
            let left_px = group_px + f64::from(leaf.after_ms) * scale.px_per_ms;
            let width_px = leaf.weight.ms() * scale.px_per_ms;
            // Weights are rounded down a little.
            if width_px * 1.000_1 < wide_px {
                self.narrow(left_px, left_px + width_px, left_px + width_px, leaf.weight);
            } else if !self.exact(index) {
                return false;
            }
        }
        true
    }

    #[inline]
    fn narrow(&mut self, left_px: f64, right_px: f64, busy_px: f64, longest: Weight) {
        let plot_px = self.window.scale.left_px;
        if busy_px < plot_px {
            return;
        }
        let column = ((left_px - plot_px) * self.columns_per_px) as u32;
        let pending = &mut self.pending;
        if pending.column == column {
            pending.busy_px = greater(pending.busy_px, busy_px);
            if pending.longest.is_shorter(longest) {
                (pending.right_px, pending.longest) = (right_px, longest);
            }
        } else {
            self.flush();
            self.pending = Narrow { column, left_px, right_px, busy_px, longest };
        }
    }

    fn flush(&mut self) {
        if self.pending.column != NOWHERE {
            (self.see)(Seen::Narrow(self.pending));
            self.pending.column = NOWHERE;
        }
    }

    /// Looks at a span itself. Whether there may be anything after it.
    fn exact(&mut self, index: usize) -> bool {
        let Window { scale, to_ms, wide_px, .. } = self.window;
        let span = (self.spans)(index);
        if span.start_ms > to_ms {
            return false;
        }
        let (left_px, right_px) = (scale.x_from_time(span.start_ms), scale.x_from_time(span.end_ms));
        if right_px - left_px < wide_px {
            self.narrow(left_px, right_px, right_px, Weight::of(&span));
        } else if span.end_ms >= scale.start_ms {
            self.flush();
            (self.see)(Seen::Wide(index, span));
        }
        true
    }
}
