//! Searching a long array for a value. The elements are made piece by piece into a buffer, because the whole array would
//! take more memory than a browser likes to give, and each buffer is then really searched.

use std::ops::{BitXor, Shr};

use wide::u32x4;

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
/// Elements that are made at once, on the stack, four in each place.
const BUFFER: usize = 1_024;

/// The elements with these indices, each below [`MOST_ELEMENTS`].
fn elements(indices: u32x4) -> u32x4 {
    spread((spread(indices) * FACTOR) & u32x4::splat(MASK)) & u32x4::splat(VALUES - 1)
}

/// Folds the upper half of the bits into the lower; twice is as if nothing had been done.
fn spread<T: Copy + BitXor<Output = T> + Shr<u32, Output = T>>(x: T) -> T {
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

/// How often `value` occurs among the elements `from` ≤ index < `to`: makes them, and looks at each. With explicit vectors, since an
/// optimiser that is told to keep the page small makes none.
#[inline(never)]
pub fn count(from: u32, to: u32, value: u32) -> u32 {
    let mut buffer = [u32x4::ZERO; BUFFER];
    let mut found = u32x4::ZERO;
    let four = u32x4::new([0, 1, 2, 3]);
    for start in (from..to).step_by(BUFFER * 4) {
        let length = ((to - start) as usize).div_ceil(4).min(BUFFER);
        let mut indices = u32x4::splat(start) + four;
        for place in &mut buffer[..length] {
            // What lies behind the end equals no value.
            *place = elements(indices) | indices.simd_ge(u32x4::splat(to));
            indices += u32x4::splat(4);
        }
        for elements in &buffer[..length] {
            // Where they are equal all bits are set, which is -1.
            found -= elements.simd_eq(u32x4::splat(value));
        }
    }
    found.reduce_add()
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
