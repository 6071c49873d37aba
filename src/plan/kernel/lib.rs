//! The computations that workloads are made of: plain portable Rust, the same in a browser's worker and natively.
//!
//! Each offers a function of one small piece, a few tenths of a millisecond, and says how long a piece is. A piece is not
//! inlined, so that a browser's compiler meets it often and puts it into its fast tier.
#![warn(missing_docs)]

pub mod hash;
pub mod mandelbrot;
pub mod png;
pub mod primes;
pub mod search;
pub mod words;

/// Mixes the bits of a number so well that the results of 0, 1, 2 … look like chance; the same everywhere, and never two
/// numbers to the same result.
pub fn mix(number: u32) -> u32 {
    let mut x = number;
    x = (x ^ (x >> 16)).wrapping_mul(0x7feb_352d);
    x = (x ^ (x >> 15)).wrapping_mul(0x846c_a68b);
    x ^ (x >> 16)
}
