//! The narrow parts of the rows as one image, a word per column and line of another kind, stretched to their pixels by the canvas: one that
//! is told of every stretch of one look in crowded rows needs ten times as long, and so does an image of every pixel.

use std::cell::RefCell;

use interleave_tree::{Lines, RowPainter};
use js_sys::{Uint8ClampedArray, Uint32Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use super::pen::Pen;
use crate::timeline::{Picture, Strip};

thread_local! {
    /// The last frame's, for the next: new ones would keep the browser's collector busy.
    static LINES: RefCell<(Vec<u32>, Vec<Lines>, Option<Sheet>)> = const { RefCell::new((Vec::new(), Vec::new(), None)) };
}

/// An image on its way to a canvas: as wide as rows have columns, with room for so many lines.
struct Sheet {
    columns: usize,
    lines: usize,
    /// The words outside of our memory, which a canvas does not take them from, as it may be shared.
    words: Uint32Array,
    image: ImageData,
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl Sheet {
    /// A sheet for so many columns and lines; `None` where the browser has no room for one.
    fn new(columns: usize, lines: usize) -> Option<Self> {
        let canvas = web_sys::window()?.document()?.create_element("canvas").ok()?;
        let canvas: HtmlCanvasElement = canvas.unchecked_into();
        canvas.set_width(columns as u32);
        canvas.set_height(lines as u32);
        let context = canvas.get_context("2d").ok()??.unchecked_into();
        let bytes = Uint8ClampedArray::new_with_length((4 * columns * lines) as u32);
        let words = Uint32Array::new(&bytes.buffer());
        let image = ImageData::new_with_js_u8_clamped_array(&bytes, columns as u32).ok()?;
        Some(Self { columns, lines, words, image, canvas, context })
    }

    /// Puts words onto the canvas, from its first line on.
    fn put(&self, words: &[u32]) {
        self.words.subarray(0, words.len() as u32).copy_from(words);
        let (width, height) = (self.columns as f64, (words.len() / self.columns) as f64);
        // Ignored, here and in the pen: numbers that are not finite would not have come so far.
        let _: Result<(), JsValue> =
            self.context.put_image_data_with_dirty_x_and_dirty_y_and_dirty_width_and_dirty_height(
                &self.image,
                0.0,
                0.0,
                0.0,
                0.0,
                width,
                height,
            );
    }
}

pub(super) fn strips(pen: &Pen, picture: &Picture) {
    let Some(first) = picture.strips.first() else { return };
    let (ratio, columns) = (pen.ratio(), first.looks().len());
    let inks = Strip::inks(|state, colour, is_edge| pen.theme.word(state, colour, is_edge));
    LINES.with_borrow_mut(|(words, bands, sheet)| {
        words.clear();
        bands.clear();
        let mut painter = RowPainter::new(&inks);
        let paint = |strip: &Strip| {
            painter.paint(strip.looks(), &strip.shapes(ratio), words, bands);
            bands.len()
        };
        let ends: Vec<usize> = picture.strips.iter().map(paint).collect();
        if !sheet.as_ref().is_some_and(|sheet| sheet.columns == columns && sheet.lines >= bands.len()) {
            *sheet = Sheet::new(columns, bands.len().next_power_of_two());
        }
        let Some(sheet) = sheet else { return };
        sheet.put(words);
        let left = (picture.scale.left_px * ratio).round();
        let width = (picture.scale.right_px() * ratio).round() - left;
        pen.stretching(&sheet.canvas, (left, width, width / (first.column_px * ratio)), |stretch| {
            let mut band = 0;
            for (strip, end) in picture.strips.iter().zip(ends) {
                for (line, (first, last)) in (band..).zip(&bands[band..end]) {
                    stretch(line as f64, strip.top_px(ratio) + *first as f64, (last - first) as f64);
                }
                band = end;
            }
        });
    });
}
