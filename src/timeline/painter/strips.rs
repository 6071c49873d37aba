//! The narrow parts of the rows, pixel by pixel, as one image: a canvas that is told of every stretch of one look in crowded rows needs
//! ten times as long.

use std::cell::RefCell;

use interleave_tree::{PixelRow, Pixels, RowPainter};
use js_sys::{Uint8ClampedArray, Uint32Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use super::pen::Pen;
use crate::timeline::{Picture, Strip};

thread_local! {
    /// The last image, for the next frame: new ones would keep the browser's collector busy.
    static SHEET: RefCell<Option<Sheet>> = const { RefCell::new(None) };
}

/// An image on its way to a canvas.
struct Sheet {
    pixels: Pixels,
    /// The same pixels outside of our memory, which a canvas does not take them from, as it may be shared.
    words: Uint32Array,
    image: ImageData,
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl Sheet {
    /// A sheet of so many device pixels; `None` where the browser has no room for one.
    fn new(width: usize, height: usize) -> Option<Self> {
        let canvas = web_sys::window()?.document()?.create_element("canvas").ok()?;
        let canvas: HtmlCanvasElement = canvas.unchecked_into();
        canvas.set_width(width as u32);
        canvas.set_height(height as u32);
        let context = canvas.get_context("2d").ok()??.unchecked_into();
        let bytes = Uint8ClampedArray::new_with_length((4 * width * height) as u32);
        let words = Uint32Array::new(&bytes.buffer());
        let image = ImageData::new_with_js_u8_clamped_array(&bytes, width as u32).ok()?;
        Some(Self { pixels: Pixels { width, words: vec![0; width * height] }, words, image, canvas, context })
    }

    fn has_size(&self, width: usize, height: usize) -> bool {
        self.pixels.width == width && self.pixels.words.len() == width * height
    }
}

pub(super) fn strips(pen: &Pen, picture: &Picture) {
    let Some(columns) = picture.strips.first() else { return };
    let ratio = pen.ratio();
    let device_px = |px: f64| (px * ratio).round();
    // All of the plot, so that the sheet keeps its size while rows come and go.
    let (left, top) = (device_px(picture.scale.left_px), device_px(picture.top_px));
    let width = (device_px(picture.scale.right_px()) - left).max(1.0) as usize;
    let height = (device_px(picture.bottom_px) - top).max(1.0) as usize;
    let column_of =
        column_of(width, left, |column| device_px(picture.scale.left_px + f64::from(column) * columns.column_px));
    let inks = Strip::inks(|state, colour, is_edge| pen.theme.word(state, colour, is_edge));
    SHEET.with_borrow_mut(|sheet| {
        if !sheet.as_ref().is_some_and(|sheet| sheet.has_size(width, height)) {
            *sheet = Sheet::new(width, height);
        }
        let Some(Sheet { pixels, words, image, canvas, context }) = sheet else { return };
        pixels.words.fill(0);
        let mut painter = RowPainter::new(&inks, &column_of);
        for strip in &picture.strips {
            let (top, shapes) = ((strip.top_px(ratio) - top) as isize, strip.shapes(ratio));
            painter.paint(&PixelRow { top, looks: &strip.looks, shapes: &shapes }, pixels);
        }
        words.copy_from(&pixels.words);
        // Ignored, here and in the pen: numbers that are not finite would not have come so far.
        let _: Result<(), JsValue> = context.put_image_data(image, 0.0, 0.0);
        pen.image(canvas, left, top);
    });
}

/// The column of each pixel of a line, given where columns begin.
fn column_of(width: usize, left: f64, start: impl Fn(u32) -> f64) -> Vec<u32> {
    let (mut column, mut next) = (0, start(1));
    let pixel = |pixel: usize| {
        while left + pixel as f64 >= next {
            column += 1;
            next = start(column + 1);
        }
        column
    };
    (0..width).map(pixel).collect()
}
