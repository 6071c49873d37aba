//! Recordings as they travel in links, and as they arrive.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use super::*;
use crate::demo::{Linked, NINE_REQUESTS, PRIMES, Setup};
use crate::engine::simulated::{Machine, Policy, Scheduler, Workers, simulate};
use crate::plan::{Values, Workload};
use crate::trace::Source;

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn recording(workload: &Workload) -> Recording {
    let scheduler = Scheduler::new(Policy::FirstComeFirstServed, Workers::Threads(2));
    let simulated = simulate(&(workload.plan)(&Values::default()), &Machine::ordinary(2), &scheduler).unwrap();
    Recording { traces: vec![(EngineId::Gather, Rc::new(simulated.trace))] }
}

fn letters() -> String {
    Recording::seal(&deflated(&recording(NINE_REQUESTS.workload).pack()))
}

#[test]
fn what_is_packed_is_opened() {
    let recording = recording(NINE_REQUESTS.workload);
    let opened = Recording::open(&letters()).unwrap();
    assert_eq!((opened.traces.len(), opened.traces[0].0), (1, EngineId::Gather));
    assert_eq!(binary::encode(&opened.traces[0].1), binary::encode(&recording.traces[0].1));
    assert_eq!(opened.traces[0].1.provenance().source, Source::Simulated, "it would be the same here");
}

#[test]
fn what_was_measured_elsewhere_says_so() {
    let mut bytes = recording(PRIMES.workload).pack();
    // The source is the first byte behind magic and end; 0 is what was measured.
    let source = 1 + "gather".len() + 4 + 8 + 8;
    assert_eq!(std::mem::replace(&mut bytes[source], 0), 2);
    assert_eq!(Recording::unpack(&bytes).unwrap().traces[0].1.provenance().source, Source::Recorded);
}

#[test]
fn a_link_that_was_cut_off_or_altered_is_told_so() {
    let letters = letters();
    for end in [0, 1, 2, 3, 9, letters.len() / 2, letters.len() - 1] {
        assert_eq!(Recording::open(&letters[..end]), Err(RecordingProblem::Damaged), "cut off at {end}");
    }
    for at in (2..letters.len()).step_by(7) {
        let other = if &letters[at..=at] == "A" { "B" } else { "A" };
        let altered = format!("{}{other}{}", &letters[..at], &letters[at + 1..]);
        assert_eq!(Recording::open(&altered), Err(RecordingProblem::Damaged), "altered at {at}");
    }
    for damaged in ["", ".", "1", "1.", "0.AAAA", "x.AAAA", "-1.AAAA", "1.ü"] {
        assert_eq!(Recording::open(damaged), Err(RecordingProblem::Damaged), "{damaged}");
    }
}

#[test]
fn a_link_of_the_future_is_told_so_and_one_without_end_is_not_read() {
    assert_eq!(Recording::open("2.whatever that will be"), Err(RecordingProblem::Newer));
    let long = format!("1.{}", "A".repeat(2_000_000));
    assert_eq!(Recording::open(&long), Err(RecordingProblem::TooLong(2_000_000)));
}

#[test]
fn what_unpacks_to_too_much_is_not_unpacked() {
    let bomb = Recording::seal(&deflated(&vec![0; 50_000_000]));
    assert!(bomb.len() < MOST_LETTERS);
    let says = Recording::open(&bomb).unwrap_err().to_string();
    assert_eq!(says, "The recording in this link cannot be shown: it unpacks to more than a link from here can hold.");
}

#[test]
fn what_is_no_trace_is_told_so() {
    for (bytes, says) in [
        (&b""[..], "it is empty"),
        (b"\x09gather", "it ends too early"),
        (b"\x06gather\xff\xff\xff\xff", "it ends too early"),
        (b"\x04warp\0\0\0\0", "it names an engine that is not known, or one twice"),
        (b"\x06gather\x08\0\0\0ILTRACE\x09", "these bytes are no trace, or one of another version"),
    ] {
        assert_eq!(Recording::open(&Recording::seal(&deflated(bytes))), Err(no_trace(says)));
    }
    assert_eq!(Recording::open(&Recording::seal(b"\xff\xff")), Err(no_trace("it cannot be unpacked")));
}

#[test]
fn a_bad_recording_leaves_the_rest_of_its_link_as_it_is() {
    let link =
        |trace: &str| Linked::parse(&NINE_REQUESTS, &format!("engines=gather&requests=12&trace={trace}&delay=50"));
    let chosen = Setup::parse(&NINE_REQUESTS, "engines=gather&requests=12&delay=50").0;
    let good = link(&letters());
    assert_eq!((good.setup, good.problems.len(), good.recording.is_some()), (chosen.clone(), 0, true));
    let bad = link(&letters()[..50]);
    assert_eq!((bad.setup, bad.recording), (chosen, None));
    assert_eq!(bad.problems, [RecordingProblem::Damaged.into()]);
}
