//! Links that somebody else wrote: random ones, and good ones that were altered, through every pure stage. Whatever they are, nothing
//! panics, nothing takes long, and the page has something to open. `PROPTEST_CASES=1000000` makes a million of each: with `--release` on
//! two cores in about eight minutes.
#![cfg(not(target_arch = "wasm32"))]

use std::io::Write;
use std::rc::Rc;
use std::sync::LazyLock;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use interleave::demo::{DEMOS, Demo, History, Linked, NINE_REQUESTS, OWN_PLAN, Recording, Session, Setup, playground};
use interleave::engine::EngineId;
use interleave::engine::simulated::{Machine, Policy, Scheduler, Workers, simulate};
use interleave::plan::text::{self, EXAMPLE};
use interleave::plan::{Plan, Values};
use interleave::trace::Trace;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// The trace of a small run.
fn traced(plan: &Plan) -> Trace {
    let scheduler = Scheduler::new(Policy::FirstComeFirstServed, Workers::ThreadEach);
    simulate(plan, &Machine::ordinary(2), &scheduler).expect("this can be simulated").trace
}

/// Good recordings, packed.
static PACKED: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let plans =
        [text::read("task a\n compute 1").expect("this is a plan"), text::read(EXAMPLE).expect("this is a plan")];
    let recording = |plan| Recording { traces: vec![(EngineId::Gather, Rc::new(traced(plan)))] };
    plans.iter().map(|plan| recording(plan).pack()).collect()
});

/// Texts of every plan of the list, as far as they are short.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let texts = DEMOS.iter().map(|demo| text::write(&demo.plan(&Values::default())));
    texts.chain([EXAMPLE.to_owned()]).filter(|text| text.len() < 1_000).collect()
});

/// Good links, with what stands behind their question mark.
static LINKS: LazyLock<Vec<(&'static Demo, String)>> = LazyLock::new(|| {
    let plain = DEMOS.iter().map(|demo| (*demo, Setup::new(demo).write(demo)));
    let own = TEXTS.iter().map(|text| {
        let setup = Setup::new(&OWN_PLAN);
        (&OWN_PLAN, Setup { values: setup.values.with_plan_text(text), ..setup }.write(&OWN_PLAN))
    });
    let trace = Recording::seal(&deflated(&PACKED[0]));
    let recorded = format!("{}&trace={trace}", Setup::new(&NINE_REQUESTS).write(&NINE_REQUESTS));
    plain.chain(own).chain([(&NINE_REQUESTS, recorded)]).collect()
});

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("a `Vec` takes whatever is written to it")
}

/// A piece is taken out of `bytes`, and another put in its place.
fn altered(mut bytes: Vec<u8>, (at, length, with): (Index, usize, Vec<u8>)) -> Vec<u8> {
    let from = at.index(bytes.len() + 1);
    let to = (from + length).min(bytes.len());
    bytes.splice(from..to, with);
    bytes
}

fn alteration(of: &'static str) -> impl Strategy<Value = (Index, usize, Vec<u8>)> {
    let with = proptest::collection::vec(select(of.as_bytes()), 0..6);
    (any::<Index>(), 0..9_usize, with)
}

/// Opens a link as the page does, and does what a visitor may do with it.
fn open(demo: &'static Demo, query: &str) {
    let Linked { setup, recording, problems } = Linked::parse(demo, query);
    assert!(!setup.engines.is_empty() && problems.len() < 20);
    assert!(problems.iter().all(|problem| problem.to_string().len() < 1_000), "no message is without end");
    let session = Session::new(demo, &setup);
    let session = recording.map_or(session.clone(), |recording| session.replaying(&recording));
    let plan = session.plan();
    assert_eq!(plan.is_some(), session.setup().is_ok());
    let draft = session.draft().expect("a link's engines and numbers are right");
    // What is opened is written, and read again as what it was.
    assert_eq!(Linked::parse(demo, &draft.write(demo)).setup, draft);
    let mut history = History::new(setup);
    history.change(draft, true, 0.0);
    history.undo();
}

proptest! {
    #[test]
    fn any_text_is_a_link(query in ".{0,80}|[a-z0-9=&%+.,-]{0,120}", demo in select(DEMOS)) {
        open(demo, &query);
        let (demo, rest, _) = playground(&query);
        open(demo, &rest);
    }

    #[test]
    fn a_good_link_is_altered(at in any::<Index>(), change in alteration("&=%+0A9zé.,-\0")) {
        let (demo, link) = at.get(&LINKS);
        let bytes = altered(link.clone().into_bytes(), change);
        open(demo, &String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_plan_is_altered(at in any::<Index>(), first in alteration("\n \"*#=09ae-"), second in alteration("\ntask endlocktake19 ")) {
        let bytes = altered(altered(at.get(&TEXTS).clone().into_bytes(), first), second);
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(plan) = text::read(&text) {
            let again = text::read(&text::write(&plan));
            prop_assert_eq!(again.as_ref(), Ok(&plan), "{}", text);
            for engine in EngineId::ALL {
                engine.can_run(&plan);
            }
        }
    }

    /// As it is after a checksum that somebody has put right.
    #[test]
    fn a_recording_is_altered(at in any::<Index>(), change in alteration("\0\x01\x02\x08\x7fILA"), again in alteration("\0\x01\x7f")) {
        let bytes = altered(altered(at.get(&PACKED).clone(), change), again);
        let _ = Recording::unpack(&bytes);
    }

    #[test]
    fn what_is_to_be_inflated_is_altered(bytes: Vec<u8>, change in alteration("\0\x01\x02\x7fABC")) {
        let _ = Recording::open(&Recording::seal(&bytes));
        let _ = Recording::open(&Recording::seal(&altered(deflated(&PACKED[0]), change)));
    }
}

#[test]
fn a_link_of_2_mb_is_opened_at_once_and_told() {
    let long = "x".repeat(2_000_000);
    for query in [
        long.clone(),
        format!("engines={long}"),
        format!("trace=1.{long}"),
        "a&".repeat(1_000_000),
        "plan=task+a%0A".repeat(150_000),
    ] {
        for demo in [&NINE_REQUESTS, &OWN_PLAN] {
            open(demo, &query);
            assert!(!Linked::parse(demo, &query).problems.is_empty());
        }
    }
}
