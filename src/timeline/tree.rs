//! Level of detail: a tree over the spans of a row, so that looking at a row costs its pixels and not its spans. A node knows
//! from when to when its spans reach and how the longest of them looks; where all of them share a column of pixels, nobody
//! looks further. It knows neither rows nor what is drawn.
//!
//! ```text
//!  level 1   [              25 spans               ]      nodes of 16 bytes, a quarter as many as leaves:
//!  level 0   [   5   ]  [   5   ]  [   5   ]  ..          4 bytes a span
//!  leaves     ▪ ▪ ▪ ▪ ▪  ▪ ▪ ▪ ▪ ▪  ▪ ▪ ▪ ▪ ▪             8 bytes a span, close together in memory
//!  spans      elsewhere, sorted by start; they may overlap; looked up only where they are wide
//! ```

use super::{Look, Scale};

/// Children of a node.
const FAN: usize = 5;
/// In a group that is wider than this (CSS px), leaves are not exact enough, and there are only few such groups in a plot.
const EXACT_PX: f64 = 4_096.0;

/// A stretch of time with a look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    pub start_ms: f64,
    pub end_ms: f64,
    pub look: Look,
}

/// What is seen of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Seen {
    /// A span at least as wide as asked for, by its index.
    Wide(usize, Span),
    /// Narrow spans that start in one column.
    Narrow(Narrow),
}

/// Narrow spans that start in one column. Places in CSS px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Narrow {
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
    pub fn look(&self) -> Look {
        self.longest.look()
    }
}

/// Which part of a row is looked at, and how finely.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    pub scale: Scale,
    /// Nothing that starts after this time (ms) is seen.
    pub to_ms: f64,
    /// Spans at least this wide (CSS px) are seen singly; not below a column's width.
    pub wide_px: f64,
    /// Width of a column, CSS px: of what starts within one, the longest stands for all.
    pub column_px: f64,
}

/// A duration and a look in one word, which is what makes a leaf small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Weight(u32);

impl Weight {
    /// The lowest byte of a `f32`'s fraction is given up: what remains is exact to 1/65,536.
    const LOOK: u32 = 0xff;

    fn of(span: &Span) -> Self {
        Self(((span.end_ms - span.start_ms) as f32).to_bits() & !Self::LOOK | u32::from(span.look.byte()))
    }

    /// Whether the other is longer. Of two that are not, the first stands for both: among equals no look should always win.
    fn is_shorter(self, than: Self) -> bool {
        self.0 & !Self::LOOK < than.0 & !Self::LOOK
    }

    fn or_longer(self, other: Self) -> Self {
        if self.is_shorter(other) { other } else { self }
    }

    fn ms(self) -> f64 {
        f32::from_bits(self.0 & !Self::LOOK).into()
    }

    fn look(self) -> Look {
        Look::from_byte(self.0 as u8)
    }
}

#[derive(Clone, Copy, Debug)]
struct Node {
    start_ms: f64,
    /// Until the last span ends, rounded up.
    duration_ms: f32,
    /// Of the longest span.
    longest: Weight,
}

#[derive(Clone, Copy, Debug)]
struct Leaf {
    /// Its start, counted from the start of its group.
    after_ms: f32,
    weight: Weight,
}

/// A tree over spans that lie elsewhere.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    leaves: Box<[Leaf]>,
    /// From the finest.
    levels: Vec<Box<[Node]>>,
}

impl Tree {
    /// A tree over `len` spans, sorted by start.
    pub fn new(len: usize, span: impl Fn(usize) -> Span) -> Self {
        let mut leaves = Vec::with_capacity(len);
        let mut groups = Vec::with_capacity(len.div_ceil(FAN));
        for first in (0..len).step_by(FAN) {
            let start_ms = span(first).start_ms;
            let (mut end_ms, mut longest) = (start_ms, Weight::of(&span(first)));
            for span in (first..len.min(first + FAN)).map(&span) {
                let weight = Weight::of(&span);
                leaves.push(Leaf { after_ms: (span.start_ms - start_ms) as f32, weight });
                (end_ms, longest) = (end_ms.max(span.end_ms), longest.or_longer(weight));
            }
            groups.push(Node::new(start_ms, end_ms, longest));
        }
        let mut levels = vec![groups.into_boxed_slice()];
        while let Some(below) = levels.last().filter(|level| level.len() > FAN) {
            levels.push(below.chunks(FAN).map(Node::over).collect());
        }
        Self { leaves: leaves.into(), levels }
    }

    /// Calls `see` with what can be seen in `window`, in order of start. `span` is the one that the tree was made with.
    pub fn look(&self, span: impl Fn(usize) -> Span, window: &Window, see: impl FnMut(Seen)) {
        let Some(top) = self.levels.len().checked_sub(1) else { return };
        let column_ms = window.scale.duration_of(window.column_px);
        let columns_per_px = 1.0 / window.column_px;
        let pending = Narrow { column: NOWHERE, left_px: 0.0, right_px: 0.0, busy_px: 0.0, longest: Weight::default() };
        let mut looking = Looking { tree: self, span, see, window: *window, column_ms, columns_per_px, pending };
        looking.descend(top, 0, self.levels[top].len());
        looking.flush();
    }

    /// Memory beside the spans', bytes.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.leaves) + self.levels.iter().map(|level| size_of_val(&**level)).sum::<usize>()
    }
}

/// A look at a tree.
struct Looking<'a, S, F> {
    tree: &'a Tree,
    span: S,
    see: F,
    window: Window,
    column_ms: f64,
    columns_per_px: f64,
    /// What is narrow and starts in the column that was reached: whoever listens hears of each column once.
    pending: Narrow,
}

/// No column: nothing is pending.
const NOWHERE: u32 = u32::MAX;

impl<S: Fn(usize) -> Span, F: FnMut(Seen)> Looking<'_, S, F> {
    /// Looks at the nodes `from..to` of a level. Whether there may be anything after them.
    fn descend(&mut self, level: usize, from: usize, to: usize) -> bool {
        let tree = self.tree;
        for (index, node) in (from..to).zip(&tree.levels[level][from..to]) {
            let Window { scale, to_ms, .. } = self.window;
            let duration_ms = f64::from(node.duration_ms);
            if node.start_ms > to_ms {
                return false;
            }
            if node.start_ms + duration_ms < scale.start_ms {
                continue;
            }
            let left_px = scale.x_from_time(node.start_ms);
            let goes_on = if duration_ms < self.column_ms {
                self.narrow(left_px, left_px, left_px + duration_ms * scale.px_per_ms, node.longest);
                true
            } else if level > 0 {
                let below = index * FAN;
                self.descend(level - 1, below, tree.levels[level - 1].len().min(below + FAN))
            } else if duration_ms * scale.px_per_ms < EXACT_PX {
                self.leaves(index * FAN, left_px)
            } else {
                (index * FAN..tree.leaves.len().min(index * FAN + FAN)).all(|index| self.exact(index))
            };
            if !goes_on {
                return false;
            }
        }
        true
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
            pending.busy_px = pending.busy_px.max(busy_px);
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
        let span = (self.span)(index);
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

impl Node {
    fn new(start_ms: f64, end_ms: f64, longest: Weight) -> Self {
        Self { start_ms, duration_ms: ((end_ms - start_ms) as f32).next_up(), longest }
    }

    /// The node over some, which are sorted by start.
    fn over(nodes: &[Self]) -> Self {
        let start_ms = nodes.first().map_or(0.0, |node| node.start_ms);
        let ends_ms = nodes.iter().map(|node| node.start_ms + f64::from(node.duration_ms));
        let longest = nodes.iter().map(|node| node.longest).reduce(Weight::or_longer).unwrap_or_default();
        Self::new(start_ms, ends_ms.fold(start_ms, f64::max), longest)
    }
}
