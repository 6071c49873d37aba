//! What is written on the bars: the task's name where the row is a worker's; where the row is the task's own, how long the
//! slice took. It decides for the whole chart, so that “range 9” does not stand between “8” and “10”.

use crate::trace::{State, Trace};

use super::{Bar, Chart, Grouping, LayoutOptions, Metrics, words};

/// Writes on `bars` what fits.
pub(super) fn label_bars(bars: &mut [Bar], chart: &Chart, options: &LayoutOptions) {
    let trace = chart.trace();
    match chart.grouping() {
        Grouping::ByWorker | Grouping::ByCore => label_with_names(bars, trace, &options.metrics),
        Grouping::ByTask => label_with_durations(bars, trace.provenance().clock_resolution_ms, options),
    }
}

fn label_with_names(bars: &mut [Bar], trace: &Trace, metrics: &Metrics) {
    let name = |bar: &Bar| match bar.task {
        Some(task) => trace.tasks().get(task.0 as usize).map_or("", String::as_str),
        None => bar.state.words(),
    };
    let rooms = || bars.iter().filter_map(|bar| Some((name(bar), room_px(bar, metrics)?)));
    let some = rooms().filter(|(name, room_px)| metrics.fitted_short(name, *room_px).is_some()).count();
    let whole = rooms().filter(|(name, room_px)| metrics.text_width(name) <= *room_px).count();
    for bar in bars {
        let Some(room_px) = room_px(bar, metrics) else { continue };
        if bar.task.is_none() {
            // A state that is cut says nothing that the fill does not.
            bar.label = Some(name(bar).to_owned()).filter(|name| metrics.text_width(name) <= room_px);
            continue;
        }
        let fitted = if whole * 2 >= some { Metrics::fitted } else { Metrics::fitted_short };
        bar.label = fitted(metrics, name(bar), room_px);
    }
}

/// Durations of a state's slices are written if they fit on half of them or more: a few would look picked.
fn label_with_durations(bars: &mut [Bar], resolution_ms: f64, options: &LayoutOptions) {
    let mut of_state = [(0, 0); State::ALL.len()];
    let index = |bar: &Bar| State::ALL.iter().position(|state| *state == bar.state).unwrap_or_default();
    for bar in bars.iter_mut() {
        bar.label = duration(bar, resolution_ms, options);
        let (all, labelled) = &mut of_state[index(bar)];
        *all += 1;
        *labelled += usize::from(bar.label.is_some());
    }
    for bar in bars {
        let (all, labelled) = of_state[index(bar)];
        if labelled * 2 < all {
            bar.label = None;
        }
    }
}

/// How long a slice took that is seen from its start to its end: shortened, a number would be another number.
fn duration(bar: &Bar, resolution_ms: f64, options: &LayoutOptions) -> Option<String> {
    let metrics = &options.metrics;
    let room_px = room_px(bar, metrics).filter(|_| bar.goes_on == (false, false))?;
    let text = words::duration(options.scale.duration_of(bar.rect.width_px), resolution_ms);
    (metrics.text_width(&text) <= room_px).then_some(text)
}

/// Room for a label, CSS px.
fn room_px(bar: &Bar, metrics: &Metrics) -> Option<f64> {
    let margin_px = match bar.state {
        State::Running | State::Starting | State::Overhead => 10.0,
        // The line must still be seen on both sides of its label.
        State::WaitingForIo | State::WaitingForLock => 40.0,
        State::Ready => return None,
    };
    let room_px = bar.rect.width_px - margin_px;
    (bar.rect.height_px >= metrics.font_px + 2.0 && room_px > 0.0).then_some(room_px)
}
