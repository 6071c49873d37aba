//! A large Chrome trace, the same at every call: what import and timeline are measured with, and what other viewers are given for
//! comparison.

use std::io::{self, Write};

/// Slices of the trace that measurements use; it is 81 MB long.
pub const SLICES: u32 = 1_000_000;
/// Its threads.
pub const THREADS: u32 = 64;

/// Names of tasks.
const NAMES: u32 = 40;

/// Writes a trace of `slices` slices on `threads` threads, which none overlaps on its thread, in the order in which they end.
pub fn large_trace(slices: u32, threads: u32, out: &mut impl Write) -> io::Result<()> {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    out.write_all(b"{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n")?;
    writeln!(out, r#"{{"ph":"M","name":"process_name","pid":1,"args":{{"name":"example"}}}},"#)?;
    for thread in 1..=threads {
        writeln!(
            out,
            r#"{{"ph":"M","name":"thread_name","pid":1,"tid":{thread},"args":{{"name":"worker {thread}"}}}},"#
        )?;
    }
    // Microseconds until which each thread is busy.
    let mut busy_us = vec![0_u64; threads as usize];
    for number in 0..slices {
        let thread = number % threads;
        let busy_us = &mut busy_us[thread as usize];
        // Every other slice follows the one before it at once; a few are very long. All times are whole µs: with fractions there
        // are viewers that take one slice that touches another for one within it, and draw something else.
        let pause_us = if random.below(2) == 0 { 0 } else { random.below(20) };
        let long = if random.below(500) == 0 { 100 } else { 1 };
        let (start_us, duration_us) = (*busy_us + pause_us, (random.below(50) + 1) * long);
        *busy_us = start_us + duration_us;
        let name = random.below(NAMES.into());
        let comma = if number + 1 == slices { "" } else { "," };
        let tid = thread + 1;
        writeln!(
            out,
            r#"{{"name":"calculation {name}","ph":"X","ts":{start_us}.000,"dur":{duration_us}.000,"pid":1,"tid":{tid}}}{comma}"#
        )?;
    }
    out.write_all(b"]}\n")
}

/// Xorshift: the same numbers everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}
