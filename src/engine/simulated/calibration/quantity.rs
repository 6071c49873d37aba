//! What is measured of a browser, by name.

use crate::plan::{How, Unit};

/// What a machine is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// How long each of two processes takes to come up, ms.
    ProcessStart,
    /// How long a pool of two threads takes to come up, ms. A larger one takes longer, which the machine does not know.
    ThreadStart,
    /// How long it takes to copy a byte to a process, ms.
    Copy,
    /// From one thread's letting go until another, which waited for it, goes on, ms: no less than a core takes to switch.
    Switch,
    /// How long a unit of work takes, ms.
    Work(Unit),
    /// How long an increment takes while another thread does the same, ms.
    Increment(How),
    /// How long workers that are up take to begin once a run is handed to them, ms.
    Dispatch(Workers),
    /// How many times as long computing takes there as in a process that is alone on its machine: ms by the division, of which
    /// [`super::Calibration::new`] makes a ratio.
    Pace(Place),
}

/// Workers that are kept between runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workers {
    /// Threads of a pool.
    Threads,
    /// Processes.
    Processes,
}

/// Where computing goes at a pace of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On the page’s thread, which does nothing else meanwhile.
    Page,
    /// On the page’s thread, in turns.
    EventLoop,
    /// On two threads with a GIL.
    Gil,
    /// On as many threads as there are cores.
    AllCores,
}

impl Quantity {
    /// What it is, as messages call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::ProcessStart => "the start of two processes",
            Self::ThreadStart => "the start of two threads",
            Self::Copy => "copying a byte",
            Self::Switch => "switching from one thread to another",
            Self::Work(Unit::Division) => "a division",
            Self::Work(Unit::Element) => "looking at an element",
            Self::Work(Unit::Iteration) => "an iteration of the Mandelbrot set",
            Self::Work(Unit::Block) => "hashing a block",
            Self::Work(Unit::Sentence) => "counting words in a sentence",
            Self::Work(Unit::Pixel) => "decoding a pixel",
            Self::Increment(How::Plain) => "a plain increment",
            Self::Increment(How::Atomic) => "an atomic increment",
            Self::Increment(How::Locked(_)) => "an increment under a lock",
            Self::Increment(How::Local) => "an increment of a thread’s own variable",
            Self::Dispatch(Workers::Threads) => "handing a run to threads",
            Self::Dispatch(Workers::Processes) => "handing a run to processes",
            Self::Pace(Place::Page) => "computing on the page’s thread",
            Self::Pace(Place::EventLoop) => "computing in turns on the event loop",
            Self::Pace(Place::Gil) => "computing on two threads with a GIL",
            Self::Pace(Place::AllCores) => "computing on all cores",
        }
    }

    /// In what its readings are given: “ ms”, “ ms per byte”.
    pub(super) fn unit(self) -> &'static str {
        match self {
            Self::Copy => " ms per byte",
            Self::Pace(_) => " times as long",
            _ => " ms",
        }
    }
}
