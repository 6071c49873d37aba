//! A trace made ready to be drawn many times: its rows, each with the tree that makes a frame cost its pixels, and what else
//! is looked up in every frame. Made once for a finished trace, and for each snapshot of one that still grows, which is small.
//! It knows neither scale nor pixels.

use std::rc::Rc;

use crate::trace::{Mark, MarkKind, SliceId, Trace};

use super::Grouping;
use super::flows::Arrows;
use super::rows::{Row, RowId, has_heartbeat, row_of_lane, rows};
use super::steps::Steps;

/// A trace with the rows in which it is drawn.
#[derive(Clone, Debug)]
pub struct Chart {
    trace: Rc<Trace>,
    grouping: Grouping,
    pub(super) rows: Vec<Row>,
    /// By lane: its row, if it has one.
    row_of_lane: Vec<Option<u32>>,
    /// Where tasks came to grief: the row and when (ms), sorted by row.
    pub(super) failures: Vec<(usize, f64)>,
    /// Everything else that happened at an instant, but for the frames; sorted by time.
    pub(super) instants: Vec<Mark>,
    pub(super) counters: Vec<Steps>,
    pub(super) arrows: Arrows,
    pub(super) has_heartbeat: bool,
    makespan_ms: f64,
}

impl Chart {
    /// `trace` with a row per task, per worker or per core; per worker where its cores are not known.
    pub fn new(trace: Rc<Trace>, grouping: Grouping) -> Self {
        let grouping = grouping.or_workers(&trace);
        let rows = rows(&trace, grouping);
        let row_of_lane = row_of_lane(&trace, &rows);
        let ends_ms = trace.lanes().iter().filter_map(|lane| lane.slices().last()).map(|slice| slice.end_ms);
        let mut chart = Self {
            grouping,
            rows,
            row_of_lane,
            failures: Vec::new(),
            instants: Vec::new(),
            counters: trace.counters().iter().map(Steps::new).collect(),
            arrows: Arrows::new(trace.flows()),
            has_heartbeat: has_heartbeat(&trace),
            makespan_ms: ends_ms.fold(0.0, f64::max),
            trace,
        };
        chart.sort_marks();
        chart
    }

    fn sort_marks(&mut self) {
        for (lane, of) in self.trace.lanes().iter().enumerate() {
            for mark in of.marks().iter().filter(|mark| mark.kind != MarkKind::Frame) {
                let row = match self.grouping {
                    Grouping::ByTask => mark.task.map(|task| task.0),
                    Grouping::ByWorker | Grouping::ByCore => self.row_of_lane[lane],
                };
                match row.filter(|_| mark.kind.is_failure()) {
                    Some(row) => self.failures.push((row as usize, mark.at_ms)),
                    None => self.instants.push(*mark),
                }
            }
        }
        self.failures.sort_by_key(|(row, _)| *row);
        self.instants.sort_by(|a, b| a.at_ms.total_cmp(&b.at_ms));
    }

    /// The trace.
    pub fn trace(&self) -> &Rc<Trace> {
        &self.trace
    }

    /// What a row stands for.
    pub fn grouping(&self) -> Grouping {
        self.grouping
    }

    /// When the last slice ended, ms from the start of the run.
    pub fn makespan_ms(&self) -> f64 {
        self.makespan_ms
    }

    /// What the rows' trees and orders take beside the trace, bytes.
    pub fn bytes(&self) -> usize {
        self.rows.iter().map(Row::bytes).sum()
    }

    /// How many rows of slices there are.
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// The row in which a slice lies; `None` if it has none in this grouping.
    pub fn row_of(&self, id: SliceId) -> Option<usize> {
        let lane = self.trace.lanes().get(usize::from(id.lane.0))?;
        if !self.grouping.shows(lane.kind()) {
            return None;
        }
        self.row_with(match self.grouping {
            Grouping::ByTask => RowId::Task(self.trace.slice(id)?.task?),
            Grouping::ByWorker | Grouping::ByCore => RowId::Lane(id.lane),
        })
    }

    /// The row of a task or a lane; `None` if it has none in this grouping.
    pub fn row_with(&self, id: RowId) -> Option<usize> {
        let row = match (id, self.grouping) {
            (RowId::Task(task), Grouping::ByTask) => task.0,
            (RowId::Lane(lane), Grouping::ByWorker | Grouping::ByCore) => {
                (*self.row_of_lane.get(usize::from(lane.0))?)?
            }
            _ => return None,
        };
        Some(row as usize).filter(|row| *row < self.rows.len())
    }

    /// Whose row it is.
    pub fn row_id(&self, row: usize) -> Option<RowId> {
        self.rows.get(row).map(|row| row.id)
    }
}
