//! The computations that workloads are made of: plain portable Rust, the same in a browser's worker and natively.

pub mod primes;
