//! The way from one grouping to another: a picture between two pictures of one trace, in which each slice is on its way from
//! its one place to its other. It knows no clock: whoever animates says how far it has come.

use std::collections::HashMap;

use crate::trace::SliceId;

use super::{Bar, Picture, Rect};

/// The picture at `share` (0…1) of the way from one to the other, both of the same trace and width. What only one of them has
/// shrinks away or grows where it is; labels and what is too narrow for a bar change over half-way.
pub fn between(from: &Picture, to: &Picture, share: f64) -> Picture {
    let share = if share.is_nan() { 1.0 } else { share.clamp(0.0, 1.0) };
    // Slow at both ends.
    let share = share * share * (3.0 - 2.0 * share);
    let mix = |a: f64, b: f64| a + (b - a) * share;
    let mut others: HashMap<SliceId, &Bar> = from.bars.iter().map(|bar| (bar.slice, bar)).collect();
    let on_their_way = to.bars.iter().map(|bar| match others.remove(&bar.slice) {
        Some(Bar { rect, label, .. }) => {
            let rect = Rect {
                x_px: mix(rect.x_px, bar.rect.x_px),
                y_px: mix(rect.y_px, bar.rect.y_px),
                width_px: mix(rect.width_px, bar.rect.width_px),
                height_px: mix(rect.height_px, bar.rect.height_px),
            };
            Bar { rect, label: if share < 0.5 { label.clone() } else { bar.label.clone() }, ..bar.clone() }
        }
        None => Bar { rect: shrunk(bar.rect, share), label: None, ..bar.clone() },
    });
    let mut bars: Vec<_> = on_their_way.collect();
    // In the order of the picture, not of a table of hashes.
    let leaving = from.bars.iter().filter(|bar| others.contains_key(&bar.slice));
    bars.extend(leaving.map(|bar| Bar { rect: shrunk(bar.rect, 1.0 - share), label: None, ..bar.clone() }));
    let nearer = if share < 0.5 { from } else { to };
    Picture {
        height_px: mix(from.height_px, to.height_px),
        bottom_px: mix(from.bottom_px, to.bottom_px),
        bars,
        heartbeat: nearer.heartbeat.clone().map(|mut beat| {
            let y_px = |picture: &Picture| picture.heartbeat.as_ref().map_or(beat.y_px, |beat| beat.y_px);
            beat.y_px = mix(y_px(from), y_px(to));
            beat.freezes.iter_mut().for_each(|freeze| freeze.rect.y_px = beat.y_px);
            beat
        }),
        ..nearer.clone()
    }
}

/// So much of its height, around its middle.
fn shrunk(rect: Rect, share: f64) -> Rect {
    let height_px = rect.height_px * share;
    Rect { y_px: rect.y_px + (rect.height_px - height_px) / 2.0, height_px, ..rect }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::timeline::{Chart, Grouping, LayoutOptions, Metrics, example, layout};

    #[test]
    fn slices_go_from_row_to_row_and_arrive() {
        let trace = Rc::new(example::interleaved(3, 3));
        let [by_task, by_worker] = [Grouping::ByTask, Grouping::ByWorker].map(|grouping| {
            let chart = Chart::new(Rc::clone(&trace), grouping);
            let metrics = Metrics::for_width(600.0);
            layout(&chart, &LayoutOptions::new(metrics.scale(0.0, trace.end_ms(), 600.0), metrics))
        });
        let seen = |picture: &Picture| {
            let mut bars: Vec<_> = picture.bars.iter().filter(|bar| bar.rect.height_px > 0.0).cloned().collect();
            bars.sort_by_key(|bar| bar.slice);
            bars
        };
        let sorted = |picture: &Picture| seen(&Picture { bars: picture.bars.clone(), ..picture.clone() });
        assert_eq!(seen(&between(&by_task, &by_worker, 0.0)).len(), by_task.bars.len());
        assert_eq!(seen(&between(&by_task, &by_worker, 1.0)), sorted(&by_worker));
        let half = between(&by_task, &by_worker, 0.5);
        assert_eq!(half.height_px, f64::midpoint(by_task.height_px, by_worker.height_px));
        let place = |picture: &Picture| {
            picture.bars.iter().find(|bar| bar.slice == by_worker.bars[2].slice).map(|bar| bar.rect.y_px)
        };
        let (from, to) = (place(&by_task).unwrap(), place(&by_worker).unwrap());
        assert_eq!(place(&half), Some(f64::midpoint(from, to)));
    }
}
