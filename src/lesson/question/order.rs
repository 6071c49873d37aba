//! Items that are to be put in order: how they lie at first, and what a hand or a key does to them.

use serde::{Deserialize, Serialize};

use crate::random::SplitMix64;

/// Something that has its place in an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// What it says, as inline HTML.
    pub html: String,
    /// What is said if it is the first that stands at a wrong place, as HTML; empty for the first item, which never is.
    pub reply_html: String,
}

/// The numbers below `count` as they lie at first: always the same for the same text, and none at its place (Sattolo 1986, “An algorithm
/// to generate a random cyclic permutation”). One alone has no other place.
pub fn shuffled(count: usize, hash: &str) -> Vec<u32> {
    let seeds: Vec<u64> = hash.bytes().map(u64::from).collect();
    let mut random = SplitMix64::of(&seeds);
    let mut order: Vec<u32> = (0..count as u32).collect();
    for last in (1..count).rev() {
        order.swap(last, (random.next() % last as u64) as usize);
    }
    order
}

/// The order after what stands at `from` went to the place `to`, or as far as it can: what is fixed stays where it is, and everything else
/// makes room around it. Places count from 0.
#[must_use]
pub fn moved(order: &[u32], fixed: &[bool], from: usize, to: usize) -> Vec<u32> {
    let is_fixed = |place: usize| fixed.get(place).copied().unwrap_or(false);
    let free: Vec<usize> = (0..order.len()).filter(|place| !is_fixed(*place)).collect();
    let mut moved = order.to_vec();
    let Some(at) = free.iter().position(|place| *place == from) else { return moved };
    // A place that is fixed lies beyond those that are free on this side of it.
    let wanted = match to > from {
        true => free.iter().rposition(|place| *place <= to),
        false => free.iter().position(|place| *place >= to),
    };
    let mut items: Vec<u32> = free.iter().map(|place| order[*place]).collect();
    let item = items.remove(at);
    items.insert(wanted.unwrap_or(at), item);
    for (place, item) in free.into_iter().zip(items) {
        moved[place] = item;
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_lie_as_their_text_has_it_and_none_at_its_place() {
        for count in 2..=8 {
            for text in 0..200 {
                let order = shuffled(count, &format!("{text:016x}"));
                let mut sorted = order.clone();
                sorted.sort_unstable();
                assert!(sorted.into_iter().eq(0..count as u32), "{order:?}");
                assert!((0..).zip(&order).all(|(place, item)| place != *item), "{order:?}");
            }
        }
        assert_eq!(shuffled(6, "65a1a7e55de88cfd"), shuffled(6, "65a1a7e55de88cfd"));
        let orders: std::collections::BTreeSet<_> = (0..200).map(|text: u32| shuffled(4, &text.to_string())).collect();
        assert_eq!(orders.len(), 6, "every cycle of four occurs");
    }

    #[test]
    fn an_item_goes_where_it_is_put_and_the_others_make_room() {
        let free = [false; 4];
        assert_eq!(moved(&[3, 2, 1, 0], &free, 0, 2), [2, 1, 3, 0]);
        assert_eq!(moved(&[3, 2, 1, 0], &free, 3, 0), [0, 3, 2, 1]);
        assert_eq!(moved(&[3, 2, 1, 0], &free, 1, 9), [3, 1, 0, 2]);
        assert_eq!(moved(&[3, 2, 1, 0], &free, 1, 1), [3, 2, 1, 0]);
        assert_eq!(moved(&[3, 2, 1, 0], &free, 7, 0), [3, 2, 1, 0], "there is no such item");
    }

    #[test]
    fn what_is_fixed_stays_where_it_is() {
        let fixed = [false, true, false, false, true];
        assert_eq!(moved(&[3, 1, 0, 2, 4], &fixed, 0, 1), [3, 1, 0, 2, 4], "it cannot go past what is fixed by halves");
        assert_eq!(moved(&[3, 1, 0, 2, 4], &fixed, 0, 2), [0, 1, 3, 2, 4]);
        assert_eq!(moved(&[3, 1, 0, 2, 4], &fixed, 3, 0), [2, 1, 3, 0, 4]);
        assert_eq!(moved(&[3, 1, 0, 2, 4], &fixed, 2, 4), [3, 1, 2, 0, 4]);
        assert_eq!(moved(&[3, 1, 0, 2, 4], &fixed, 1, 0), [3, 1, 0, 2, 4]);
    }
}
