//! The picture that tasks draw, tile by tile: each appears when its task has ended, in a run that goes on as in a replay. It is
//! drawn outside the virtual DOM, as the chart is.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};
use yew::prelude::*;

use crate::app::hooks::LiveRef;
use crate::app::stage::{Stage, StageRef};
use crate::demo::Finished;
use crate::plan::{PictureLayout, TaskResult};
use crate::timeline::tiles;

/// Where the tiles come from.
#[derive(Clone, PartialEq)]
pub enum Tiles {
    /// A run that goes on.
    Live(LiveRef),
    /// One that has ended.
    Done(Rc<Finished>),
}

/// The canvas of a picture with this layout; nothing without one.
#[hook]
pub fn use_tiles(picture: Option<(PictureLayout, Tiles)>, stage: &StageRef) -> Html {
    let node = use_node_ref();
    let size = picture.as_ref().map(|(layout, _)| (layout.width, layout.height));
    {
        let node = node.clone();
        use_effect_with((picture, stage.clone()), move |(picture, stage)| {
            let easel = picture.clone().and_then(|(layout, from)| Easel::new(node.cast()?, layout, from));
            let draw = {
                let stage = Rc::clone(&stage.0);
                move || {
                    if let Some(easel) = &easel {
                        easel.draw(&stage);
                    }
                }
            };
            draw();
            let listener = stage.0.listen(draw);
            move || drop(listener)
        });
    }
    let Some((width, height)) = size else { return html! {} };
    html! {
        <canvas ref={node} class="picture" data-test="picture" role="img" width={width.to_string()} height={height.to_string()}
            aria-label="The picture that the tasks draw, each of them a part of it" />
    }
}

/// A canvas with what is to be seen on it.
struct Easel {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    layout: PictureLayout,
    from: Tiles,
    /// When each task ended, ms; of a run that goes on everything is seen at once.
    ends_ms: Vec<f64>,
    /// Which tiles are on the canvas now.
    drawn: RefCell<Vec<bool>>,
}

impl Easel {
    fn new(canvas: HtmlCanvasElement, layout: PictureLayout, from: Tiles) -> Option<Self> {
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok().flatten()?.dyn_into().ok()?;
        context.clear_rect(0.0, 0.0, f64::from(layout.width), f64::from(layout.height));
        let ends_ms = match &from {
            Tiles::Live(_) => Vec::new(),
            Tiles::Done(finished) => tiles::ends_ms(&finished.trace),
        };
        let drawn = RefCell::new(vec![false; layout.tiles.len()]);
        Some(Self { canvas, context, layout, from, ends_ms, drawn })
    }

    fn draw(&self, stage: &Stage) {
        match &self.from {
            Tiles::Live(live) => live.0.with_results(|results| self.show(results, f64::INFINITY)),
            Tiles::Done(finished) => self.show(&finished.results.tasks, stage.until_ms()),
        }
    }

    fn show(&self, results: &[TaskResult], until_ms: f64) {
        let mut drawn = self.drawn.borrow_mut();
        for (number, result) in results.iter().enumerate().take(drawn.len()) {
            let wanted = self.ends_ms.get(number).is_none_or(|end_ms| *end_ms <= until_ms);
            if wanted == drawn[number] {
                continue;
            }
            let tile = self.layout.tiles[number];
            let [x, y, width, height] = [tile.x, tile.y, tile.width, tile.height].map(f64::from);
            if !wanted {
                self.context.clear_rect(x, y, width, height);
                drawn[number] = false;
            } else if let Some(bytes) = tiles::rgba(self.layout.pixels, tile, &result.output) {
                // Copied: an image cannot be made of a memory that may be shared.
                let copy = js_sys::Uint8ClampedArray::new_with_length(bytes.len() as u32);
                copy.copy_from(&bytes);
                let image = ImageData::new_with_js_u8_clamped_array(&copy, tile.width);
                drawn[number] = image.is_ok_and(|image| self.context.put_image_data(&image, x, y).is_ok());
            }
        }
        let seen = drawn.iter().filter(|drawn| **drawn).count();
        // Of an attribute that is set as it was, a browser makes nothing.
        let _ = self.canvas.set_attribute("data-tiles", &seen.to_string());
    }
}
