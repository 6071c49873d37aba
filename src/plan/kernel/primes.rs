//! Counting primes, two ways: by trial division, which is the work, and by a sieve, which checks it.

/// How many numbers from `from` on make a piece of one or two tenths of a millisecond. Trial division of n costs up to √n / 2
/// divisions, so pieces shrink as numbers grow.
pub fn piece_length(from: u32) -> u32 {
    (1_600_000 / (from.max(1).isqrt() + 20)).max(64)
}

/// Counts the primes p with `from` ≤ p < `to` by trial division by odd numbers up to √p.
#[inline(never)]
pub fn count(from: u32, to: u32) -> u32 {
    (from..to).map(|n| u32::from(is_prime(n))).sum()
}

#[expect(clippy::manual_is_multiple_of, reason = "it would ask in the innermost loop whether the divisor is 0")]
fn is_prime(n: u32) -> bool {
    if n < 4 {
        return n >= 2;
    }
    if n % 2 == 0 {
        return false;
    }
    let mut divisor = 3;
    // Cannot overflow: the division keeps divisor ≤ √n < 65,536.
    while divisor <= n / divisor {
        if n % divisor == 0 {
            return false;
        }
        divisor += 2;
    }
    true
}

/// Counts the primes below `bound` with the sieve of Eratosthenes over odd numbers. Takes `bound` / 2 bytes.
pub fn count_by_sieve(bound: u32) -> u64 {
    if bound <= 2 {
        return 0;
    }
    // composite[i] stands for the odd number 2i + 1.
    let mut composite = vec![false; (bound / 2) as usize];
    let mut count = 1; // 2
    for i in 1..composite.len() {
        if composite[i] {
            continue;
        }
        count += 1;
        let n = 2 * i + 1;
        for multiple in (n.saturating_mul(n) / 2..composite.len()).step_by(n) {
            composite[multiple] = true;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    /// π(10^k), OEIS A006880.
    const KNOWN: [(u32, u64); 6] =
        [(10, 4), (100, 25), (1_000, 168), (10_000, 1_229), (100_000, 9_592), (1_000_000, 78_498)];

    #[test]
    fn both_ways_agree_with_the_literature() {
        for (bound, expected) in KNOWN {
            assert_eq!(u64::from(count(0, bound)), expected, "trial division below {bound}");
            assert_eq!(count_by_sieve(bound), expected, "sieve below {bound}");
        }
    }

    #[test]
    fn both_ways_agree_at_every_small_bound() {
        for bound in 0..500 {
            assert_eq!(u64::from(count(0, bound)), count_by_sieve(bound), "below {bound}");
        }
    }

    #[test]
    fn trial_division_does_not_overflow_at_the_top() {
        // 4,294,967,291 is the largest prime below 2^32.
        assert_eq!(count(u32::MAX - 5, u32::MAX), 1);
    }
}
