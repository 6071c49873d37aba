//! A chart on the page: a canvas that is handled with a pointer, with fingers or with keys alone, the facts of what is selected in
//! it, and what stands around several charts on one axis. The demo and the page of opened traces use it; it knows neither.

mod brush;
mod canvas;
mod facts;
mod head;
mod keys_help;
mod legend;
mod listen;
mod overview;
mod rows_switch;
mod task_search;
mod tools;
mod widget;

use std::rc::Rc;

use crate::app::hooks::LiveRef;
use crate::trace::Trace;

pub use canvas::ChartCanvas;
pub use head::ChartsHead;

/// What a chart shows.
#[derive(Clone)]
pub enum Source {
    /// A run that goes on.
    Live(LiveRef),
    /// What was recorded.
    Recorded(Rc<Trace>),
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Live(a), Self::Live(b)) => a == b,
            (Self::Recorded(a), Self::Recorded(b)) => Rc::ptr_eq(a, b),
            _ => false,
        }
    }
}

/// Finished traces as a property: the same only if they are the same ones.
#[derive(Clone, Default)]
pub struct Traces(pub Vec<Rc<Trace>>);

impl PartialEq for Traces {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(|(a, b)| Rc::ptr_eq(a, b))
    }
}
