//! What a task can compute, and how it is computed piece by piece: whoever drives it can yield, draw, let go of a lock or notice
//! a cancellation between two pieces.

use serde::{Deserialize, Serialize};

use super::kernel::mandelbrot::{self, Scene, Tile};
use super::kernel::{hash, png, primes, search, words};

/// Something to compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Work {
    /// Counts the primes p with `from` ≤ p < `to` by trial division.
    CountPrimes {
        /// First number tried.
        from: u32,
        /// First number no longer tried.
        to: u32,
    },
    /// Counts how often a value occurs among the elements `from` ≤ index < `to` of a long array.
    Search {
        /// First element.
        from: u32,
        /// First element no longer searched; at most [`search::MOST_ELEMENTS`].
        to: u32,
        /// What is searched for; below [`search::VALUES`].
        value: u32,
    },
    /// Draws a part of the Mandelbrot set: produces a byte a pixel, row by row (see [`Scene::pixel`]). Its result is how many
    /// of them belong to the set.
    Mandelbrot {
        /// The whole picture.
        scene: Scene,
        /// The part.
        tile: Tile,
    },
    /// Hashes the blocks `from` ≤ number < `to` by SHA-256: produces their digests, one after another. Its result is how many.
    Sha256 {
        /// First block.
        from: u32,
        /// First block no longer hashed.
        to: u32,
    },
    /// Counts the words in the sentences `from` ≤ number < `to` of a text, which is its result; produces how many of them are the
    /// sought one, as 8 bytes, the lowest first.
    CountWords {
        /// First sentence.
        from: u32,
        /// First sentence no longer read.
        to: u32,
        /// Which of [`words::SOUGHT`] is sought.
        word: u32,
    },
    /// Decodes the PNG that the task's last request brought, again and again: produces its pixels as RGB, row by row. Its result is how
    /// many were decoded in all.
    DecodePicture {
        /// How often.
        times: u32,
    },
    /// Hashes what the task's last request brought by SHA-256, again and again: produces the digest. Its result is 0.
    HashAnswer {
        /// How often.
        times: u32,
    },
    /// Says hello: produces “hello from …” and who says it.
    Hello,
    /// Panics: what a bug in a task would do.
    #[cfg(feature = "faults")]
    Panic,
    /// Computes until it is cancelled.
    #[cfg(feature = "faults")]
    Endless,
}

/// A work that is being computed.
pub struct Computation {
    /// What is left to do, where that can be said in the work's own words.
    work: Work,
    /// What else has to be kept between two pieces.
    state: State,
    done: Computed,
}

/// What a computation came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Computed {
    /// What it produced; see [`super::TaskResult::output`].
    pub output: Vec<u8>,
    /// The answer that it was given, for a work that follows.
    pub answer: Vec<u8>,
    /// Why it could not be computed: what it was given was of no use. The task ends with it.
    pub failure: Option<String>,
}

enum State {
    Nothing,
    Decoding(png::Decoder),
    Hashing(hash::Repeated),
}

impl Work {
    /// Begins to compute it, on the bytes that the task's last request brought; `who` is the name of the worker that does.
    pub fn start(self, answer: Vec<u8>, who: &str) -> Computation {
        let mut done = Computed { answer, ..Computed::default() };
        let mut state = State::Nothing;
        match self {
            Self::Hello => done.output = format!("hello from {who}").into_bytes(),
            Self::CountWords { .. } => done.output = vec![0; 8],
            Self::HashAnswer { times } => state = State::Hashing(hash::Repeated::new(times)),
            Self::DecodePicture { .. } => match png::Decoder::new(&done.answer) {
                Ok(decoder) => state = State::Decoding(decoder),
                Err(why) => done.failure = Some(why),
            },
            _ => {}
        }
        Computation { work: self, state, done }
    }
}

impl Computation {
    /// Whether nothing is left to compute, be it because it failed.
    pub fn is_done(&self) -> bool {
        if self.done.failure.is_some() {
            return true;
        }
        match (&self.work, &self.state) {
            (Work::DecodePicture { times }, _) => *times == 0,
            (_, State::Hashing(hashing)) => hashing.is_done(),
            (Work::CountPrimes { from, to } | Work::Search { from, to, .. }, _) => from >= to,
            (Work::Sha256 { from, to } | Work::CountWords { from, to, .. }, _) => from >= to,
            (Work::Mandelbrot { tile, .. }, _) => self.done.output.len() >= tile.pixels(),
            (Work::Hello | Work::HashAnswer { .. }, _) => true,
            #[cfg(feature = "faults")]
            (Work::Panic | Work::Endless, _) => false,
        }
    }

    /// Takes the next small piece off the work and computes it: a few tenths of a millisecond. `None` when nothing is left.
    ///
    /// The piece is a function called often and not inlined: a browser's compiler puts a function that is called again into
    /// its fast tier, but does not replace one that is running.
    pub fn next_piece(&mut self) -> Option<u64> {
        if self.is_done() {
            return None;
        }
        let Computed { output, answer, failure } = &mut self.done;
        let result = match (&mut self.work, &mut self.state) {
            (_, State::Hashing(hashing)) => {
                hashing.piece(answer, output);
                0
            }
            (Work::DecodePicture { times }, State::Decoding(decoder)) => decode(times, decoder, answer, output)
                .unwrap_or_else(|why| {
                    *failure = Some(why);
                    0
                }),
            (Work::CountPrimes { from, to }, _) => {
                let (begin, end) = advance(from, *to, primes::piece_length(*from));
                primes::count(begin, end)
            }
            (Work::Search { from, to, value }, _) => {
                let (begin, end) = advance(from, *to, search::PIECE);
                search::count(begin, end, *value)
            }
            (Work::Mandelbrot { scene, tile }, _) => mandelbrot::piece(*scene, *tile, output),
            (Work::Sha256 { from, to }, _) => {
                let (begin, end) = advance(from, *to, hash::PIECE);
                (begin..end).for_each(|block| output.extend_from_slice(&hash::digest_of_block(block)));
                end - begin
            }
            (Work::CountWords { from, to, word }, _) => {
                let (begin, end) = advance(from, *to, words::PIECE);
                let (count, found) = words::count(begin, end, *word);
                add(output, found);
                count
            }
            (Work::Hello | Work::DecodePicture { .. } | Work::HashAnswer { .. }, _) => 0,
            #[cfg(feature = "faults")]
            (Work::Panic, _) => panic!("this task was written to panic"),
            #[cfg(feature = "faults")]
            (Work::Endless, _) => primes::count(0, 4_000),
        };
        Some(u64::from(result))
    }

    /// What it came to.
    pub fn finish(self) -> Computed {
        self.done
    }
}

/// Decodes the next piece of a picture that is to be decoded so often still, and begins anew when it has come to its end.
fn decode(times: &mut u32, decoder: &mut png::Decoder, bytes: &[u8], pixels: &mut Vec<u8>) -> Result<u32, String> {
    let decoded = decoder.piece(pixels)?;
    if decoder.is_done() {
        *times -= 1;
        if *times > 0 {
            *decoder = png::Decoder::new(bytes)?;
            pixels.clear();
        }
    }
    Ok(decoded)
}

/// Moves `from` on by `length`, but not past `to`; where it was and where it is.
fn advance(from: &mut u32, to: u32, length: u32) -> (u32, u32) {
    let begin = *from;
    *from = begin + (to - begin).min(length);
    (begin, *from)
}

/// Adds to a number that is kept as 8 bytes.
fn add(bytes: &mut [u8], more: u32) {
    if let Ok(kept) = <[u8; 8]>::try_from(&*bytes) {
        bytes.copy_from_slice(&(u64::from_le_bytes(kept) + u64::from(more)).to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn computed(work: Work, answer: &[u8]) -> (u64, Computed) {
        let mut computation = work.start(answer.to_vec(), "worker 1");
        let value = std::iter::from_fn(|| computation.next_piece()).sum();
        assert!(computation.is_done());
        (value, computation.finish())
    }

    #[test]
    fn pieces_add_up_to_the_whole() {
        assert_eq!(computed(Work::CountPrimes { from: 0, to: 100_000 }, b"").0, 9_592);
        let (from, to) = (10, 5_000);
        assert_eq!(computed(Work::CountWords { from, to, word: 1 }, b"").0, u64::from(words::count(from, to, 1).0));
        let (value, Computed { output, .. }) = computed(Work::Sha256 { from: 3, to: 6 }, b"");
        assert_eq!((value, output.len(), &output[64..]), (3, 96, &hash::digest_of_block(5)[..]));
    }

    #[test]
    fn an_empty_work_is_done_at_once() {
        for work in [
            Work::CountPrimes { from: 5, to: 5 },
            Work::Search { from: 7, to: 3, value: 0 },
            Work::HashAnswer { times: 0 },
        ] {
            assert_eq!(computed(work, b"x").0, 0);
        }
    }

    #[test]
    fn hello_says_who_says_it() {
        assert_eq!(computed(Work::Hello, b"").1.output, b"hello from worker 1");
    }

    #[test]
    fn an_answer_is_hashed_and_given_on() {
        let (_, done) = computed(Work::HashAnswer { times: 3 }, b"abc");
        assert_eq!((done.output, done.answer), (hash::digest(b"abc").to_vec(), b"abc".to_vec()));
    }

    #[test]
    fn a_picture_that_is_decoded_again_comes_out_once() {
        let picture = include_bytes!("../../www/pictures/1.png");
        let [(pixels, once), (all_pixels, thrice)] =
            [1, 3].map(|times| computed(Work::DecodePicture { times }, picture));
        assert_eq!((all_pixels, thrice.failure), (3 * pixels, None));
        assert!(pixels > 0 && thrice.output == once.output, "the same pixels");
    }

    #[test]
    fn an_answer_that_is_no_picture_is_a_failure_and_not_a_panic() {
        let (value, done) = computed(Work::DecodePicture { times: 2 }, b"not found");
        assert_eq!((value, done.failure.as_deref()), (0, Some("this is no PNG")));
    }
}
