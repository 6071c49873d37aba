//! What is ready and has no core, in the order in which a policy chooses from it. It knows strands and cores by their numbers only.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::Policy;

/// The strands that are ready.
#[derive(Clone, Debug)]
pub(super) enum Ready {
    /// First in, first out.
    Line(VecDeque<u32>),
    /// The smallest key first; among equals, the first in. Each is a key, the number of its coming, and a strand.
    Ranked { heap: BinaryHeap<Reverse<(u64, u64, u32)>>, came: u64 },
    /// A deque for each core, and how many are in all of them.
    Deques { deques: Vec<VecDeque<u32>>, count: usize },
    /// A line for each level; the key is the level.
    Levels(Vec<VecDeque<u32>>),
}

impl Ready {
    pub fn new(policy: &Policy, cores: u32) -> Self {
        match policy {
            Policy::RunToEnd | Policy::FirstComeFirstServed | Policy::RoundRobin { .. } => Self::Line(VecDeque::new()),
            Policy::Priority { .. } | Policy::ShortestFirst { .. } => Self::Ranked { heap: BinaryHeap::new(), came: 0 },
            Policy::WorkStealing => Self::Deques { deques: vec![VecDeque::new(); cores as usize], count: 0 },
            Policy::Feedback { slices_ms, .. } => Self::Levels(vec![VecDeque::new(); slices_ms.len()]),
        }
    }

    /// Adds a strand with its key; `core` is where it was last, or would begin.
    pub fn push(&mut self, strand: u32, key: u64, core: u32) {
        match self {
            Self::Line(line) => line.push_back(strand),
            Self::Ranked { heap, came } => {
                heap.push(Reverse((key, *came, strand)));
                *came += 1;
            }
            Self::Deques { deques, count } => {
                deques[core as usize].push_back(strand);
                *count += 1;
            }
            Self::Levels(levels) => levels[key as usize].push_back(strand),
        }
    }

    /// Takes the strand that `core` should run.
    pub fn pop(&mut self, core: u32) -> Option<u32> {
        match self {
            Self::Line(line) => line.pop_front(),
            Self::Ranked { heap, .. } => heap.pop().map(|Reverse((.., strand))| strand),
            Self::Deques { deques, count } => {
                let (own, cores) = (core as usize, deques.len());
                // Its own at the end where it adds; of others at the other end, where the oldest lie.
                let found = deques[own]
                    .pop_back()
                    .or_else(|| (1..cores).find_map(|step| deques[(own + step) % cores].pop_front()));
                *count -= usize::from(found.is_some());
                found
            }
            Self::Levels(levels) => levels.iter_mut().find_map(VecDeque::pop_front),
        }
    }

    pub fn is_empty(&self) -> bool {
        match self {
            Self::Line(line) => line.is_empty(),
            Self::Ranked { heap, .. } => heap.is_empty(),
            Self::Deques { count, .. } => *count == 0,
            Self::Levels(levels) => levels.iter().all(VecDeque::is_empty),
        }
    }

    /// The smallest key, where strands are ranked by keys.
    pub fn first_key(&self) -> Option<u64> {
        match self {
            Self::Line(_) | Self::Deques { .. } => None,
            Self::Ranked { heap, .. } => heap.peek().map(|Reverse((key, ..))| *key),
            Self::Levels(levels) => levels.iter().position(|level| !level.is_empty()).map(|level| level as u64),
        }
    }

    /// Whether a core has something of its own to do.
    pub fn has_own(&self, core: u32) -> bool {
        matches!(self, Self::Deques { deques, .. } if !deques[core as usize].is_empty())
    }

    /// Whether it matters which core takes a strand.
    pub fn is_by_core(&self) -> bool {
        matches!(self, Self::Deques { .. })
    }

    /// Brings all to the first level.
    pub fn boost(&mut self) {
        if let Self::Levels(levels) = self {
            let all: VecDeque<u32> = levels.iter_mut().flat_map(|level| level.drain(..)).collect();
            levels[0] = all;
        }
    }
}

/// A set of cores.
#[derive(Clone, Debug)]
pub(super) struct Cores {
    words: Vec<u64>,
    count: u32,
}

impl Cores {
    /// The cores below `count`.
    pub fn all(count: u32) -> Self {
        let mut cores = Self { words: vec![0; count.div_ceil(64) as usize], count: 0 };
        (0..count).for_each(|core| cores.insert(core));
        cores
    }

    pub fn insert(&mut self, core: u32) {
        let word = &mut self.words[(core / 64) as usize];
        self.count += u32::from(*word >> (core % 64) & 1 == 0);
        *word |= 1 << (core % 64);
    }

    pub fn remove(&mut self, core: u32) {
        let word = &mut self.words[(core / 64) as usize];
        self.count -= u32::from(*word >> (core % 64) & 1 == 1);
        *word &= !(1 << (core % 64));
    }

    pub fn has(&self, core: u32) -> bool {
        self.words[(core / 64) as usize] >> (core % 64) & 1 == 1
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub fn iter(&self) -> impl Iterator<Item = u32> {
        let left = |word: u64| Some(word).filter(|word| *word != 0);
        let bits = move |word: u64| std::iter::successors(left(word), move |word| left(word & (word - 1)));
        let words = self.words.iter().zip(0_u32..);
        words.flat_map(move |(word, index)| bits(*word).map(move |rest| index * 64 + rest.trailing_zeros()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(policy: &Policy, strands: &[(u32, u64, u32)], cores: &[u32]) -> Vec<u32> {
        let mut ready = Ready::new(policy, 4);
        strands.iter().for_each(|(strand, key, core)| ready.push(*strand, *key, *core));
        let taken = cores.iter().filter_map(|core| ready.pop(*core)).collect();
        assert!(ready.is_empty());
        taken
    }

    #[test]
    fn each_policy_has_its_order() {
        let strands = [(7, 2, 0), (8, 1, 0), (9, 1, 3)];
        assert_eq!(taken(&Policy::FirstComeFirstServed, &strands, &[0; 3]), [7, 8, 9]);
        assert_eq!(taken(&Policy::Priority { preemptive: false }, &strands, &[0; 3]), [8, 9, 7]);
        let feedback = Policy::Feedback { slices_ms: vec![1.0; 3], boost_ms: None };
        assert_eq!(taken(&feedback, &strands, &[0; 3]), [8, 9, 7]);
    }

    #[test]
    fn a_core_takes_its_newest_and_steals_the_oldest() {
        let strands = [(1, 0, 0), (2, 0, 0), (3, 0, 0), (4, 0, 2)];
        assert_eq!(taken(&Policy::WorkStealing, &strands, &[0, 3, 2, 2]), [3, 1, 4, 2]);
    }

    #[test]
    fn a_boost_keeps_the_order_of_levels() {
        let mut ready = Ready::new(&Policy::Feedback { slices_ms: vec![1.0; 3], boost_ms: None }, 1);
        [(1, 2), (2, 1), (3, 2)].into_iter().for_each(|(strand, level)| ready.push(strand, level, 0));
        ready.boost();
        assert_eq!(ready.first_key(), Some(0));
        assert_eq!([ready.pop(0), ready.pop(0), ready.pop(0)], [Some(2), Some(1), Some(3)]);
    }

    #[test]
    fn a_set_of_cores_has_what_was_put_into_it() {
        let mut cores = Cores::all(130);
        assert_eq!(cores.iter().collect::<Vec<_>>(), (0..130).collect::<Vec<_>>());
        (0..130).filter(|core| core % 64 != 1).for_each(|core| cores.remove(core));
        cores.remove(5);
        assert_eq!(cores.iter().collect::<Vec<_>>(), [1, 65, 129]);
        assert!(cores.has(65) && !cores.has(64) && !cores.is_empty());
    }
}
