//! Times as a trace file has them: decimal µs, read and written without a detour through binary fractions, so that slices that touch
//! in the file touch in the trace. The unit between is the picosecond, the finest that any known exporter writes.

use std::fmt;

/// Beyond this (31,000 years) a number is no time, ps.
const MOST: i128 = 1_000_000_000_000_000_000_000_000;
/// Digits that a `u64` always holds.
const DIGITS: u32 = 19;
const PER_MS: f64 = 1e9;

/// The picoseconds that a decimal number of µs is, to the nearest; `None` if the text is no finite number, or beyond 31,000 years.
pub fn picoseconds(us: &[u8]) -> Option<i128> {
    plain(us).map(i128::from).or_else(|| any(us))
}

/// The same for what nearly all numbers are, digits and at most six decimals, which come to less than 106 days; `None` for others.
fn plain(us: &[u8]) -> Option<i64> {
    if us.len() > 18 {
        return None;
    }
    let (mut mantissa, mut decimals) = (0_i64, None);
    for byte in us {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + i64::from(byte - b'0');
                decimals = decimals.map(|decimals| decimals + 1);
            }
            b'.' if decimals.is_none() => decimals = Some(0_usize),
            _ => return None,
        }
    }
    if decimals == Some(us.len().saturating_sub(1)) || us.is_empty() {
        return None;
    }
    const TO_PS: [i64; 7] = [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];
    mantissa.checked_mul(*TO_PS.get(decimals.unwrap_or_default())?)
}

fn any(us: &[u8]) -> Option<i128> {
    let us = us.trim_ascii();
    let (negative, us) = match us.split_first()? {
        (b'-', rest) => (true, rest),
        (b'+', rest) => (false, rest),
        _ => (false, us),
    };
    // mantissa × 10^exponent, in ps.
    let (mut mantissa, mut digits, mut exponent, mut at) = (0_u64, 0_u32, 6_i32, 0);
    let (mut in_fraction, mut any) = (false, false);
    while let Some(&byte) = us.get(at) {
        match byte {
            b'0'..=b'9' => {
                any = true;
                if digits < DIGITS {
                    mantissa = mantissa * 10 + u64::from(byte - b'0');
                    digits += u32::from(mantissa > 0);
                    exponent -= i32::from(in_fraction);
                } else {
                    exponent = exponent.saturating_add(i32::from(!in_fraction));
                }
            }
            b'.' if !in_fraction => in_fraction = true,
            b'e' | b'E' if any => {
                exponent = exponent.saturating_add(power(&us[at + 1..])?);
                break;
            }
            _ => return None,
        }
        at += 1;
    }
    let ps = if any { scaled(mantissa, exponent)? } else { return None };
    (ps <= MOST).then_some(if negative { -ps } else { ps })
}

/// The power of ten behind an `e`.
fn power(text: &[u8]) -> Option<i32> {
    let (negative, digits) = match text.split_first()? {
        (b'-', rest) => (true, rest),
        (b'+', rest) => (false, rest),
        _ => (false, text),
    };
    let mut power = 0_i32;
    for byte in digits {
        let digit = byte.is_ascii_digit().then(|| i32::from(byte - b'0'))?;
        power = power.saturating_mul(10).saturating_add(digit);
    }
    (!digits.is_empty()).then_some(if negative { -power } else { power })
}

fn scaled(mantissa: u64, exponent: i32) -> Option<i128> {
    if mantissa == 0 {
        return Some(0);
    }
    let power = exponent.unsigned_abs();
    if exponent >= 0 {
        // 10^24 ps are the most there are.
        return if power > 24 { None } else { i128::from(mantissa).checked_mul(10_i128.pow(power)) };
    }
    if power > DIGITS {
        return Some(0);
    }
    let unit = 10_u64.pow(power);
    let rounded_up = mantissa % unit >= unit / 2;
    Some(i128::from(mantissa / unit + u64::from(rounded_up)))
}

/// Picoseconds in ms. It keeps order: of two numbers the greater does not become the smaller.
pub fn milliseconds(ps: i128) -> f64 {
    // The first gives the same, and is much shorter on a processor of 32 bits.
    let ps = if let Ok(ps) = i64::try_from(ps) { ps as f64 } else { from_long(ps) };
    ps / PER_MS
}

/// Apart, or the compiler takes the long way always.
#[cold]
#[inline(never)]
fn from_long(ps: i128) -> f64 {
    ps as f64
}

/// A time as a file has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Picoseconds(
    /// How many.
    pub i128,
);

impl Picoseconds {
    /// The nearest to a time in ms that is a whole number of ns, the finest that viewers tell apart.
    pub fn of_ms(ms: f64) -> Self {
        Self((ms * PER_MS / 1e3).round() as i128 * 1_000)
    }

    /// Whether a reader makes exactly `ms` of it.
    pub fn is_read_as(self, ms: f64) -> bool {
        self.0 <= MOST && milliseconds(self.0) == ms
    }
}

/// In µs, with as many decimals as it needs.
impl fmt::Display for Picoseconds {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let ps = self.0.unsigned_abs();
        let (whole, mut fraction, mut width) = (ps / 1_000_000, ps % 1_000_000, 6);
        if fraction == 0 {
            return write!(out, "{sign}{whole}");
        }
        while fraction % 10 == 0 {
            (fraction, width) = (fraction / 10, width - 1);
        }
        write!(out, "{sign}{whole}.{fraction:0width$}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_to_the_picosecond() {
        let ps = |text: &str| picoseconds(text.as_bytes());
        assert_eq!(ps("0"), Some(0));
        assert_eq!(ps("1"), Some(1_000_000));
        assert_eq!(ps("-1.5"), Some(-1_500_000));
        assert_eq!(ps(" 12.345678 "), Some(12_345_678));
        assert_eq!(ps("0.0000005"), Some(1), "half a picosecond is rounded up");
        assert_eq!(ps("0.0000004999"), Some(0));
        assert_eq!(ps("1e3"), Some(1_000_000_000));
        assert_eq!(ps("1.25E-3"), Some(1_250));
        assert_eq!(ps("1700000000000000.123"), Some(1_700_000_000_000_000_123_000));
        assert_eq!(ps("100.30000000000001"), ps("100.3"), "what binary fractions leave behind");
        assert_eq!(ps("00000000000000000000000000012"), Some(12_000_000));
        assert_eq!(ps("0.00000000000000000000000000012"), Some(0));
        assert_eq!(ps("1e15"), Some(1_000_000_000_000_000_000_000), "a billion seconds");
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in
            ["", " ", "-", ".", "NaN", "Infinity", "-Infinity", "1e400", "1e19", "9e99999999999", "1.2.3", "e5", "1e"]
        {
            assert_eq!(picoseconds(text.as_bytes()), None, "{text}");
        }
        assert_eq!(picoseconds(b"0e400"), Some(0));
        assert_eq!(picoseconds(b"1e-99999999999"), Some(0));
    }

    #[test]
    fn what_is_written_is_read() {
        for ps in [0, 1, -1, 10, 1_000_000, 1_500_000, -12_345_678, 1_700_000_000_000_000_123_000] {
            assert_eq!(picoseconds(Picoseconds(ps).to_string().as_bytes()), Some(ps));
        }
        assert_eq!(Picoseconds::of_ms(0.3), Picoseconds(300_000_000));
        assert_eq!(Picoseconds::of_ms(1.234_567_8), Picoseconds(1_234_568_000), "in whole ns");
        assert_eq!(milliseconds(300_000_000), 0.3);
    }
}
