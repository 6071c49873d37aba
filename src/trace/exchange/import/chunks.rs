//! A list that grows without moving what it holds. A `Vec` needs three times its length while it grows, which for what a large
//! file holds is more memory than a page has.

/// The most elements of one piece.
const PIECE: usize = 4096;

/// A list in pieces.
#[derive(Clone, Debug)]
pub(super) struct Chunks<T> {
    full: Vec<Vec<T>>,
    last: Vec<T>,
}

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Self { full: Vec::new(), last: Vec::new() }
    }
}

impl<T> Chunks<T> {
    #[inline]
    pub(super) fn push(&mut self, element: T) {
        // Small lists stay small: there may be ten thousand of them.
        if self.last.len() == self.last.capacity() && self.last.len() >= PIECE {
            self.full.push(std::mem::replace(&mut self.last, Vec::with_capacity(PIECE)));
        }
        self.last.push(element);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.last.is_empty()
    }

    pub(super) fn each(&mut self, change: impl FnMut(&mut T)) {
        self.full.iter_mut().flatten().chain(&mut self.last).for_each(change);
    }

    pub(super) fn len(&self) -> usize {
        self.full.iter().map(Vec::len).sum::<usize>() + self.last.len()
    }

    /// The list in one piece, with room for nothing more. Pieces are given back as they are emptied.
    pub(super) fn into_vec(self) -> Vec<T> {
        let mut all = Vec::with_capacity(self.len());
        for piece in self.full {
            all.extend(piece);
        }
        all.extend(self.last);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_comes_out_in_order() {
        for length in [0, 1, 5, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7] {
            let mut chunks = Chunks::default();
            (0..length).for_each(|number| chunks.push(number));
            assert_eq!((chunks.len(), chunks.is_empty()), (length, length == 0));
            let all = chunks.into_vec();
            assert_eq!(all.capacity(), length);
            assert!(all.into_iter().eq(0..length));
        }
    }
}
