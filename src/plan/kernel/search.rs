//! Searching a long array for a value. The elements are made piece by piece into a buffer, because the whole array would
//! take more memory than a browser likes to give, and each buffer is then really searched.

/// How many elements there can be: what makes an element permutes the numbers below this.
pub const MOST_ELEMENTS: u32 = 1 << BITS;
/// Elements are below this: a power of two, so that making one divides by nothing.
pub const VALUES: u32 = 1 << 16;
/// How many elements make a piece of about a tenth of a millisecond.
pub const PIECE: u32 = 131_072;

const BITS: u32 = 28;
const MASK: u32 = MOST_ELEMENTS - 1;
const FACTOR: u32 = 0x0d6e_8f35;
/// `FACTOR` × `INVERSE` = 1 modulo 2^28.
const INVERSE: u32 = inverse(FACTOR);
/// Elements that are made at once, on the stack.
const BUFFER: usize = 4_096;

/// The element with this index, below [`MOST_ELEMENTS`].
fn element(index: u32) -> u16 {
    let mixed = spread(spread(index).wrapping_mul(FACTOR) & MASK);
    (mixed % VALUES) as u16
}

/// Folds the upper half of the bits into the lower; twice is as if nothing had been done.
fn spread(x: u32) -> u32 {
    x ^ (x >> (BITS / 2))
}

const fn inverse(odd: u32) -> u32 {
    // Newton's iteration: each round doubles the number of bits that are right, beginning with 3.
    let mut guess = odd;
    let mut round = 0;
    while round < 4 {
        guess = guess.wrapping_mul(2_u32.wrapping_sub(odd.wrapping_mul(guess)));
        round += 1;
    }
    guess & MASK
}

/// How often `value` occurs among the elements `from` ≤ index < `to`: makes them, and looks at each.
#[inline(never)]
pub fn count(from: u32, to: u32, value: u32) -> u32 {
    let mut buffer = [0_u16; BUFFER];
    let mut found = 0;
    let mut at = from;
    while at < to {
        let length = (to - at).min(BUFFER as u32);
        let elements = &mut buffer[..length as usize];
        for (element_here, index) in elements.iter_mut().zip(at..) {
            *element_here = element(index);
        }
        found += elements.iter().map(|element| u32::from(u32::from(*element) == value)).sum::<u32>();
        at += length;
    }
    found
}

/// How often `value` occurs among the first `length` elements, found the other way round: from all that give this value
/// back to their indices.
pub fn count_backwards(length: u32, value: u32) -> u64 {
    let index = |mixed: u32| spread(spread(mixed).wrapping_mul(INVERSE) & MASK);
    (value..MOST_ELEMENTS).step_by(VALUES as usize).map(|mixed| u64::from(index(mixed) < length)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looking_at_each_and_going_backwards_agree() {
        for (length, value) in [(0, 7), (1, 0), (5_000, 49_999), (10_001, 42), (1_000_000, 0)] {
            let found: u32 = (0..length).step_by(777).map(|at| count(at, (at + 777).min(length), value)).sum();
            assert_eq!(u64::from(found), count_backwards(length, value), "{value} among {length}");
        }
    }

    #[test]
    fn values_are_spread_evenly() {
        for value in [0, 42, 500, 49_999] {
            let found = count_backwards(5_000_000, value);
            assert!((60..140).contains(&found), "{value} occurs {found} times among 5,000,000");
        }
    }
}
