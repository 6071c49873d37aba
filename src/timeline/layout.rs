//! From a chart and a scale to a [`Picture`]: which rows, how high, what of each slice can be seen and what is written on it.
//! A pure function, called anew for each frame in which something changed. It knows no canvas and no colour values.

use interleave_tree::{Detail, Lens, detail};

use crate::trace::Slice;

use super::look::colour_of;
use super::rows::{HEARTBEAT_LABEL, Slices, hold_span, named_span, span};
use super::stack::Stack;
use super::{
    Band, Bar, Chart, Emphasis, EndLine, Grouping, Look, Metrics, Picture, Rect, RowLabel, Scale, Scrolled, Sign,
    Strip, colour, emphasis, heartbeat, instants, labels, ticks, words,
};

/// How a chart is to be laid out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayoutOptions<'a> {
    /// Time ↔ x; the same for all charts that share an axis. See [`Metrics::scale`].
    pub scale: Scale,
    /// Nothing after this time (ms) is drawn: where a replay stands, or now. `f64::INFINITY` for all of it. The line of the
    /// end is drawn when this has reached it, so that in a run that still goes on it moves with the time.
    pub until_ms: f64,
    /// Sizes.
    pub metrics: Metrics,
    /// How far the rows are scrolled, CSS px; held within what there is.
    pub offset_px: f64,
    /// What is emphasised.
    pub emphasis: Emphasis<'a>,
    /// Crowded rows have columns of several pixels, so that there are no more of them than this: see [`COLUMNS_IN_MOTION`].
    pub most_columns: f64,
}

impl LayoutOptions<'_> {
    /// All of a trace, from its first row, with nothing emphasised.
    pub fn new(scale: Scale, metrics: Metrics) -> Self {
        Self {
            scale,
            until_ms: f64::INFINITY,
            metrics,
            offset_px: 0.0,
            emphasis: Emphasis::default(),
            most_columns: f64::INFINITY,
        }
    }
}

/// More bars than this are too many to paint in a frame; where rows could have more, what is narrow becomes so sooner.
const MOST_BARS: f64 = 2_500.0;
/// More columns than this take too long where a picture follows another at every frame.
pub const COLUMNS_IN_MOTION: f64 = 24_000.0;
/// What is narrower than this (CSS px) has no room for an outline.
const NARROW_PX: f64 = 3.0;

/// Where a chart's rows are on its canvas.
pub(super) struct Place<'a> {
    pub chart: &'a Chart,
    pub options: LayoutOptions<'a>,
    pub stack: Stack,
    /// Upper and lower edge of the plot.
    pub top_px: f64,
    pub bottom_px: f64,
    /// Of the content that is above the plot.
    pub offset_px: f64,
}

impl<'a> Place<'a> {
    pub fn new(chart: &'a Chart, options: &LayoutOptions<'a>) -> Self {
        let metrics = &options.metrics;
        let stack = Stack::of(chart, metrics);
        let (content_px, top_px) = (stack.content_px(), metrics.head_px);
        let view_px = content_px.min(metrics.max_view_px.max(metrics.tall_row_px));
        let offset_px = options.offset_px.clamp(0.0, content_px - view_px);
        Self { chart, options: *options, stack, top_px, bottom_px: top_px + view_px, offset_px }
    }

    /// A height in the content as one on the canvas.
    pub fn y(&self, content_px: f64) -> f64 {
        self.top_px + content_px - self.offset_px
    }

    /// The rows that can be seen.
    pub fn rows(&self) -> std::ops::Range<usize> {
        self.stack.rows_between(self.offset_px, self.offset_px + self.bottom_px - self.top_px)
    }

    /// Whether any of a row of this kind is in the plot.
    pub fn shows(&self, y_px: f64, height_px: f64) -> bool {
        y_px < self.bottom_px && y_px + height_px > self.top_px
    }
}

/// Lays out `chart`.
pub fn layout(chart: &Chart, options: &LayoutOptions) -> Picture {
    let LayoutOptions { scale, metrics, .. } = *options;
    let resolution_ms = chart.trace().provenance().clock_resolution_ms;
    let place = Place::new(chart, options);
    let mut picture = Picture {
        width_px: scale.right_px() + metrics.margin_px,
        height_px: place.bottom_px + metrics.axis_px,
        scale,
        top_px: place.top_px,
        bottom_px: place.bottom_px,
        row_labels: Vec::new(),
        row_px: place.stack.row_px,
        font_px: metrics.font_px,
        ticks: ticks(&scale, resolution_ms),
        scrolled: Scrolled { content_px: place.stack.content_px(), offset_px: place.offset_px },
        idle: Vec::new(),
        strips: Vec::new(),
        bars: Vec::new(),
        holds: Vec::new(),
        signs: Vec::new(),
        counters: instants::counters(&place),
        marks: instants::marks(&place),
        heartbeat: None,
        end: end_line(chart.makespan_ms(), resolution_ms, options),
        arrows: emphasis::arrows(&place),
        emphasis: emphasis::emphasis(&place),
        is_rough: false,
    };
    let lens = lens(&place);
    picture.is_rough = lens.column_px > 1.0;
    for row in place.rows() {
        lay_out_row(&place, row, &lens, &mut picture);
    }
    for (row, at_ms) in &chart.failures {
        picture.signs.extend(sign(&place, *row, *at_ms));
    }
    labels::label_bars(&mut picture.bars, chart, options);
    if let Some(y_px) = place.stack.heartbeat_y() {
        picture.heartbeat = heartbeat::heartbeat(chart.trace(), place.y(y_px), options);
    }
    picture.row_labels = row_labels(&place);
    picture
}

fn lens(place: &Place) -> Lens {
    let LayoutOptions { scale, until_ms, .. } = place.options;
    let pixels = place.rows().len() as f64 * scale.width_px;
    let idle_until_ms = if place.chart.grouping() == Grouping::ByTask { 0.0 } else { place.chart.makespan_ms() };
    Lens {
        scale,
        until_ms,
        narrow_px: (pixels / MOST_BARS).max(NARROW_PX),
        column_px: (pixels / place.options.most_columns).ceil().max(1.0),
        idle_until_ms,
    }
}

fn row_labels(place: &Place) -> Vec<RowLabel> {
    let Place { chart, stack, .. } = place;
    let trace = chart.trace();
    let rows = labelled_rows(chart, stack.label_every);
    let rows = rows
        .into_iter()
        .filter(|row| place.rows().contains(row))
        .map(|row| (chart.rows[row].id.label(trace), stack.row_y(row) + stack.row_px / 2.0));
    let counters = trace.counters().iter().enumerate().map(|(index, counter)| {
        let label = trace.objects().get(counter.object.0 as usize).map_or("", String::as_str);
        (label, stack.counter_y(index) + stack.counter_px / 2.0)
    });
    let marks = stack.marks().map(|(y_px, height_px)| (MARKS_LABEL, y_px + height_px / 2.0));
    let beat = stack.heartbeat_y().map(|y_px| (HEARTBEAT_LABEL, y_px + place.options.metrics.heartbeat_px / 2.0));
    let all = rows.chain(counters).chain(marks).chain(beat);
    let half_px = place.options.metrics.font_px / 2.0;
    let seen = all.map(|(label, y_px)| (label, place.y(y_px)));
    let seen = seen.filter(|(_, y_px)| *y_px >= place.top_px && y_px + half_px / 2.0 <= place.bottom_px);
    seen.filter_map(|(label, y_px)| row_label(label, y_px, &place.options)).collect()
}

/// Every so many rows have a label, from the first row on: those that stand for themselves, and of those that continue one
/// as many as there is room for until the next.
fn labelled_rows(chart: &Chart, every: usize) -> Vec<usize> {
    let mut labelled: Vec<usize> = Vec::new();
    let mut first = 0;
    for group in chart.rows.chunk_by(|_, next| next.is_nested) {
        let end = first + group.len();
        let is_last = end == chart.rows.len();
        for row in first..end {
            let has_room = labelled.last().is_none_or(|last| row - last >= every);
            if has_room && (row == first || is_last || end - row >= every) {
                labelled.push(row);
            }
        }
        first = end;
    }
    labelled
}

const MARKS_LABEL: &str = "events";

fn row_label(text: &str, y_px: f64, options: &LayoutOptions) -> Option<RowLabel> {
    let text = options.metrics.fitted_name(text, options.scale.left_px - LABEL_GAP_PX)?;
    Some(RowLabel { y_px, text })
}

/// Between a row's label and the plot.
pub(super) const LABEL_GAP_PX: f64 = 10.0;

fn lay_out_row(place: &Place, number: usize, lens: &Lens, picture: &mut Picture) {
    let Place { chart, stack, options, .. } = place;
    let LayoutOptions { scale, until_ms, .. } = options;
    let (row, trace) = (&chart.rows[number], chart.trace());
    let slices = row.slices(trace);
    // Where nothing lies within a slice, nobody is idle.
    let idle_until_ms = if row.is_nested { 0.0 } else { lens.idle_until_ms };
    let lens = &Lens { idle_until_ms, ..*lens };
    let Detail { bars, columns, idle } = match slices {
        Slices::Lane(_, slices) => detail(&row.tree, &|index| span(&slices[index]), lens),
        Slices::Named(trace, order) => detail(&row.tree, &|index| named_span(trace, order[index]), lens),
    };
    let (y_px, height_px) = (place.y(stack.row_y(number)), stack.row_px);
    let rect = |left_px: f64, right_px: f64| Rect { x_px: left_px, y_px, width_px: right_px - left_px, height_px };
    let starts_before = |slice: &Slice| slice.start_ms < scale.start_ms;
    let ends_after = |slice: &Slice| slice.end_ms > until_ms.min(scale.end_ms() + scale.duration_of(1e-3));
    picture.idle.extend(idle.into_iter().map(|(left_px, right_px)| rect(left_px, right_px)));
    picture.bars.extend(bars.into_iter().filter_map(|(index, left_px, right_px)| {
        let (id, slice) = slices.get(index)?;
        Some(Bar {
            slice: id,
            rect: rect(left_px, right_px),
            state: slice.state,
            task: slice.task,
            colour: colour_of(slice),
            label: None,
            goes_on: (starts_before(slice), ends_after(slice)),
        })
    }));
    if !columns.is_empty() {
        picture.strips.push(Strip { y_px, height_px, column_px: lens.column_px, looks: columns });
    }
    let Some(held) = row.holds.as_deref() else { return };
    let lens = Lens { narrow_px: lens.column_px, idle_until_ms: 0.0, ..*lens };
    let band_px = (height_px / 5.0).floor().max(2.0);
    let bands = detail(&held.tree, &|index| hold_span(&held.holds[index]), &lens);
    let wide = bands.bars.iter().filter_map(|(index, left_px, right_px)| {
        let colour = colour::object_colour(held.holds.get(*index)?.object);
        Some((*left_px, *right_px, colour))
    });
    let narrow = bands.columns.iter().enumerate().filter_map(|(x, look)| {
        let left_px = scale.left_px + x as f64 * lens.column_px;
        Some((left_px, left_px + lens.column_px, Look::from_byte(*look).colour()?))
    });
    picture.holds.extend(wide.chain(narrow).map(|(left_px, right_px, colour)| {
        let area = rect(left_px, right_px.max(left_px + 1.0));
        Band { rect: Rect { y_px: y_px + height_px - band_px, height_px: band_px, ..area }, colour }
    }));
}

/// The cross of a failure: no wider than its row is high, and whole at the plot's edges.
fn sign(place: &Place, row: usize, at_ms: f64) -> Option<Sign> {
    let LayoutOptions { scale, until_ms, metrics, .. } = place.options;
    let x_px = scale.x_from_time(at_ms);
    let y_px = place.y(place.stack.row_y(row)) + place.stack.row_px / 2.0;
    let seen = at_ms >= scale.start_ms && at_ms <= until_ms && x_px <= scale.right_px() + 0.5;
    let size_px = place.stack.row_px.min(metrics.font_px);
    (seen && place.rows().contains(&row)).then_some(Sign { x_px, y_px, size_px })
}

fn end_line(makespan_ms: f64, resolution_ms: f64, options: &LayoutOptions) -> Option<EndLine> {
    let LayoutOptions { scale, until_ms, metrics, .. } = options;
    let x_px = scale.x_from_time(makespan_ms);
    let in_plot = x_px >= scale.left_px && x_px <= scale.right_px() + 0.5;
    if makespan_ms <= 0.0 || makespan_ms > *until_ms || !in_plot {
        return None;
    }
    let label = words::duration(makespan_ms, resolution_ms);
    let label_left = x_px + metrics.text_width(&label) + LABEL_GAP_PX > scale.right_px() + metrics.margin_px;
    Some(EndLine { x_px, label, label_left })
}

#[cfg(test)]
#[path = "layout_tests.rs"]
mod tests;
