//! Puts sequences that are sorted by time into one order, by telling again and again which of them goes on. What the sequences
//! hold is the caller's business, so that nothing is copied.

/// Which of many sequences goes on next: a heap of the times that they have come to. Of sequences at the same time, the one
/// with the lowest number is first.
#[derive(Clone, Debug, Default)]
pub struct Merge {
    heap: Vec<Head>,
}

/// The time of a sequence's next element, and the sequence's number.
#[derive(Clone, Copy, Debug)]
struct Head {
    at_ms: f64,
    number: u32,
}

impl Head {
    fn is_before(self, other: Self) -> bool {
        self.at_ms < other.at_ms || (self.at_ms == other.at_ms && self.number < other.number)
    }
}

impl Merge {
    /// A merge of no sequence.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a sequence whose first element is at `at_ms`; each must have a number of its own.
    pub fn add(&mut self, number: u32, at_ms: f64) {
        let mut at = self.heap.len();
        let head = Head { at_ms, number };
        self.heap.push(head);
        while let Some(parent) = at.checked_sub(1).map(|below| below / 2)
            && head.is_before(self.heap[parent])
        {
            self.heap[at] = self.heap[parent];
            at = parent;
        }
        self.heap[at] = head;
    }

    /// The number of the sequence that goes on; `None` when all have ended.
    pub fn first(&self) -> Option<u32> {
        self.heap.first().map(|head| head.number)
    }

    /// The first sequence's next element is at `next_ms`, which is not before the one it was at; `None` where that was its last.
    pub fn advance(&mut self, next_ms: Option<f64>) {
        let head = match (next_ms, self.heap.first()) {
            (Some(at_ms), Some(first)) => Head { at_ms, number: first.number },
            (None, Some(_)) => {
                self.heap.swap_remove(0);
                let Some(moved) = self.heap.first() else { return };
                *moved
            }
            (_, None) => return,
        };
        self.sink(head);
    }

    /// Puts `head` where it belongs, starting from the top, where a place is free.
    fn sink(&mut self, head: Head) {
        let heap = &mut self.heap[..];
        let mut at = 0;
        loop {
            let mut child = 2 * at + 1;
            if child >= heap.len() {
                break;
            }
            if child + 1 < heap.len() && heap[child + 1].is_before(heap[child]) {
                child += 1;
            }
            if !heap[child].is_before(head) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = head;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn all_come_in_order_and_equals_in_the_order_of_their_sequences(
            gaps in prop::collection::vec(prop::collection::vec(0..3_u8, 0..20), 0..20)
        ) {
            let sequence = |gaps: &Vec<u8>| {
                let mut at_ms = 0.0;
                gaps.iter().map(|gap| { at_ms += f64::from(*gap); at_ms }).collect::<Vec<f64>>()
            };
            let sequences: Vec<_> = gaps.iter().map(sequence).collect();
            let mut merge = Merge::new();
            for (number, times) in (0..).zip(&sequences) {
                times.first().into_iter().for_each(|at_ms| merge.add(number, *at_ms));
            }
            let mut next = vec![0; sequences.len()];
            let mut merged = Vec::new();
            while let Some(number) = merge.first() {
                let (times, next) = (&sequences[number as usize], &mut next[number as usize]);
                merged.push((times[*next], number));
                *next += 1;
                merge.advance(times.get(*next).copied());
            }
            let mut sorted: Vec<_> =
                (0..).zip(&sequences).flat_map(|(number, times)| times.iter().map(move |at_ms| (*at_ms, number))).collect();
            sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
            prop_assert_eq!(merged, sorted);
        }
    }
}
