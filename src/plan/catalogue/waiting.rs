//! Workloads that wait: requests that are answered after a delay, that fail, that the learner chooses, and whose answers are
//! computed with.

use super::shared::{failures, numbered, plain, request, sum};
use super::{PictureLayout, Pixels, Verdict, Workload, grouped};
use crate::plan::kernel::mandelbrot::Tile;
use crate::plan::kernel::{hash, png};
use crate::plan::parameter::{
    BYTES, DELAY, DOWNLOAD, FAILING, FAILURES, HASHES, PHOTOS, PICTURE_COUNT, REQUESTS, RETRIES, SAVE, SLOW, TIMEOUT,
};
use crate::plan::{PICTURE_CHECKSUMS, PICTURE_SIZE, PICTURES, Plan, Request, Results, Step, Target, Values, Work};

/// How often the capstone's pictures are decoded: once takes two or three milliseconds in a browser.
const DECODED_TIMES: u32 = 4;

/// Requests that are answered after a delay.
pub static REQUESTS_WORKLOAD: Workload = Workload::new(
    "requests",
    &[&REQUESTS, &DELAY, &BYTES],
    |values| {
        let (delay_ms, bytes) = (values.get(&DELAY), values.get(&BYTES));
        Plan::of(numbered("request", values.get(&REQUESTS), &|id| vec![request(id, delay_ms, bytes)]))
    },
    |values, results| answered(&(REQUESTS_WORKLOAD.plan)(values), values, results),
);

/// Requests of which some fail at first, and some are slow.
pub static UNRELIABLE_WORKLOAD: Workload = Workload::new(
    "unreliable",
    &[&REQUESTS, &DELAY, &BYTES, &FAILING, &FAILURES, &SLOW, &TIMEOUT, &RETRIES],
    |values| {
        let every = |nth: u32, id: u32| nth > 0 && (id + 1).is_multiple_of(nth);
        let target = |id| Target::Slow {
            delay_ms: values.get(&DELAY) * if every(values.get(&SLOW), id) { 10 } else { 1 },
            bytes: values.get(&BYTES),
            failures: if every(values.get(&FAILING), id) { values.get(&FAILURES) } else { 0 },
        };
        let (timeout_ms, retries) = (values.get(&TIMEOUT), values.get(&RETRIES));
        let request = |id| Request { id, target: target(id), timeout_ms, retries };
        Plan::of(numbered("request", values.get(&REQUESTS), &|id| vec![Step::Io(request(id))]))
    },
    |values, results| answered(&(UNRELIABLE_WORKLOAD.plan)(values), values, results),
);

/// Requests to addresses of the learner's own.
pub static URLS_WORKLOAD: Workload = Workload {
    takes_urls: true,
    ..Workload::new(
        "urls",
        &[&TIMEOUT, &RETRIES],
        |values| {
            let urls = values.urls().unwrap_or_default();
            let (timeout_ms, retries) = (values.get(&TIMEOUT), values.get(&RETRIES));
            let target = |id: u32| Target::Url(urls[id as usize].clone());
            let request = |id| Request { id, target: target(id), timeout_ms, retries };
            Plan::of(numbered("request", urls.len() as u32, &|id| vec![Step::Io(request(id))]))
        },
        |values, results| {
            let failed = failures(&(URLS_WORKLOAD.plan)(values), results, "answered");
            Verdict::new(failed.is_none(), failed.unwrap_or_else(|| responses(results)))
        },
    )
};

/// Pictures that are downloaded, and decoded as soon as they have come.
pub static PICTURES_WORKLOAD: Workload = Workload {
    picture: Some(|values| side_by_side(values.get(&PICTURE_COUNT), 4)),
    ..Workload::new(
        "pictures",
        &[&PICTURE_COUNT, &DELAY],
        |values| {
            let steps = |id| vec![picture(id, values.get(&DELAY)), Step::Compute(Work::DecodePicture { times: 1 })];
            Plan::of(numbered("picture", values.get(&PICTURE_COUNT), &steps))
        },
        |values, results| decoded(&(PICTURES_WORKLOAD.plan)(values), results, "decoded"),
    )
};

/// Pictures that are downloaded, decoded and saved; each is decoded several times over, as long as a larger one would take.
pub static CAPSTONE_WORKLOAD: Workload = Workload {
    picture: Some(|values| side_by_side(values.get(&PHOTOS), 6)),
    ..Workload::new(
        "capstone",
        &[&PHOTOS, &DOWNLOAD, &SAVE],
        |values| {
            let count = values.get(&PHOTOS);
            let decode = Step::Compute(Work::DecodePicture { times: DECODED_TIMES });
            let steps = |id| {
                let save = request(count + id, values.get(&SAVE), 0);
                vec![picture(id, values.get(&DOWNLOAD)), decode.clone(), save]
            };
            Plan::of(numbered("picture", count, &steps))
        },
        |values, results| decoded(&(CAPSTONE_WORKLOAD.plan)(values), results, "saved"),
    )
};

/// Requests whose answers are hashed: first waiting, then computing.
pub static MIXED_WORKLOAD: Workload = Workload::new(
    "mixed",
    &[&REQUESTS, &DELAY, &BYTES, &HASHES],
    |values| {
        let (delay_ms, bytes, times) = (values.get(&DELAY), values.get(&BYTES), values.get(&HASHES));
        let hash = Step::Compute(Work::HashAnswer { times });
        Plan::of(numbered("request", values.get(&REQUESTS), &|id| vec![request(id, delay_ms, bytes), hash.clone()]))
    },
    |values, results| {
        let verdict = answered(&(MIXED_WORKLOAD.plan)(values), values, results);
        // All answers consist of zeros.
        let expected = hash::digest(&vec![0; values.get(&BYTES) as usize]);
        match results.tasks.iter().position(|task| task.output != expected) {
            Some(place) if verdict.correct => {
                Verdict::new(false, format!("the digest of answer {} is not the right one", place + 1))
            }
            _ if verdict.correct => Verdict { words: verdict.words + ", every digest right", ..verdict },
            _ => verdict,
        }
    },
);

/// Downloads one of the page's pictures; there are more requests than pictures.
fn picture(id: u32, delay_ms: u32) -> Step {
    Step::Io(plain(id, Target::Picture { delay_ms, number: id % PICTURES + 1 }))
}

/// Where `count` pictures stand, so many to a row.
fn side_by_side(count: u32, columns: u32) -> PictureLayout {
    let [width, height] = PICTURE_SIZE;
    let tile = |at| Tile { x: at % columns * width, y: at / columns * height, width, height };
    PictureLayout {
        width: count.min(columns) * width,
        height: count.div_ceil(columns) * height,
        pixels: Pixels::Rgb,
        tiles: (0..count).map(tile).collect(),
    }
}

/// Whether every task of `plan` has `ended`, as that is called, and has given the pixels of its picture.
fn decoded(plan: &Plan, results: &Results, ended: &str) -> Verdict {
    if let Some(failed) = failures(plan, results, ended) {
        return Verdict::new(false, failed);
    }
    let checksums = results.tasks.iter().map(|task| png::checksum(&task.output));
    let wrong = checksums.zip(PICTURE_CHECKSUMS.iter().cycle()).position(|(found, right)| found != *right);
    let count = results.tasks.len();
    match wrong {
        Some(place) => Verdict::new(false, format!("picture {} has other pixels than it should", place + 1)),
        None => Verdict::new(true, format!("{count} pictures, every pixel as it should be")),
    }
}

/// Whether every request was answered, and by as many bytes as it should.
fn answered(plan: &Plan, values: &Values, results: &Results) -> Verdict {
    if let Some(failed) = failures(plan, results, "answered") {
        return Verdict::new(false, failed);
    }
    let expected = plan.tasks.len() as u64 * u64::from(values.get(&BYTES));
    let words = responses(results);
    if sum(results) == expected {
        Verdict::new(true, words)
    } else {
        Verdict::new(false, format!("{words}; {} bytes were expected", grouped(expected)))
    }
}

fn responses(results: &Results) -> String {
    format!("{} responses, {} bytes", results.tasks.len(), grouped(sum(results)))
}
