//! Level of detail: a tree over the spans of a row, so that looking at a row costs its pixels and not its spans. A node knows
//! from when to when its spans reach and how the longest of them looks; where all of them share a column of pixels, nobody
//! looks further. It knows neither rows nor what is drawn.
//!
//! ```text
//!  level 1   [            16 spans           ]      nodes of 16 bytes, a third as many as leaves:
//!  level 0   [   4   ]  [   4   ]  [   4   ]  ..    5.4 bytes a span
//!  leaves     ▪ ▪ ▪ ▪    ▪ ▪ ▪ ▪    ▪ ▪ ▪ ▪         8 bytes a span, close together in memory
//!  spans      elsewhere, sorted by start; they may overlap; looked up only where they are wide
//! ```

use crate::scale::greater;

/// Children of a node. More would be less memory, and more of them to be looked at in each column.
pub(crate) const FAN: usize = 4;

/// A stretch of time with a look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Its start, ms.
    pub start_ms: f64,
    /// Its end, ms.
    pub end_ms: f64,
    /// How it looks: any byte without [`EDGE`](crate::EDGE).
    pub look: u8,
}

/// A duration and a look in one word, which is what makes a leaf small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Weight(u32);

impl Weight {
    /// The lowest byte of a `f32`'s fraction is given up: what remains is exact to 1/65,536.
    const LOOK: u32 = 0xff;

    pub fn of(span: &Span) -> Self {
        Self(((span.end_ms - span.start_ms) as f32).to_bits() & !Self::LOOK | u32::from(span.look))
    }

    /// Whether the other is longer. Of two that are not, the first stands for both: among equals no look should always win.
    pub fn is_shorter(self, than: Self) -> bool {
        self.0 & !Self::LOOK < than.0 & !Self::LOOK
    }

    fn or_longer(self, other: Self) -> Self {
        if self.is_shorter(other) { other } else { self }
    }

    pub fn ms(self) -> f64 {
        f32::from_bits(self.0 & !Self::LOOK).into()
    }

    pub fn look(self) -> u8 {
        self.0 as u8
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub start_ms: f64,
    /// Until the last span ends, rounded up.
    pub duration_ms: f32,
    /// Of the longest span.
    pub longest: Weight,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Leaf {
    /// Its start, counted from the start of its group.
    pub after_ms: f32,
    pub weight: Weight,
}

/// A tree over spans that lie elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    pub(crate) leaves: Box<[Leaf]>,
    /// From the finest.
    pub(crate) levels: Vec<Box<[Node]>>,
}

impl Tree {
    /// Memory beside the spans', bytes.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.leaves) + self.levels.iter().map(|level| size_of_val(&**level)).sum::<usize>()
    }
}

/// Makes a tree of one span after another.
#[derive(Clone, Debug)]
pub struct Builder {
    leaves: Vec<Leaf>,
    groups: Vec<Node>,
    /// When the last group ends, exactly.
    end_ms: f64,
}

impl Builder {
    /// A builder with room for so many spans.
    pub fn with_capacity(spans: usize) -> Self {
        Self { leaves: Vec::with_capacity(spans), groups: Vec::with_capacity(spans.div_ceil(FAN)), end_ms: 0.0 }
    }

    /// Adds a span, which does not start before the one added last.
    pub fn push(&mut self, span: Span) {
        let weight = Weight::of(&span);
        let is_first = self.leaves.len().is_multiple_of(FAN);
        match self.groups.last_mut().filter(|_| !is_first) {
            Some(group) => {
                self.end_ms = greater(self.end_ms, span.end_ms);
                *group = Node::new(group.start_ms, self.end_ms, group.longest.or_longer(weight));
                self.leaves.push(Leaf { after_ms: (span.start_ms - group.start_ms) as f32, weight });
            }
            None => {
                self.end_ms = greater(span.start_ms, span.end_ms);
                self.groups.push(Node::new(span.start_ms, self.end_ms, weight));
                self.leaves.push(Leaf { after_ms: 0.0, weight });
            }
        }
    }

    /// The tree over the spans that were added.
    pub fn build(self) -> Tree {
        let mut levels = vec![self.groups.into_boxed_slice()];
        while let Some(below) = levels.last().filter(|level| level.len() > FAN) {
            levels.push(below.chunks(FAN).map(Node::over).collect());
        }
        Tree { leaves: self.leaves.into(), levels }
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
