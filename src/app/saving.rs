//! Saves a trace as a file: as a picture, as a table, or as what this page and others open. All of it is made here, in the
//! browser, and handed over as a download. Text is written by a worker, since that of a large trace takes seconds.

use std::rc::Rc;

use futures::channel::oneshot;
use gloo::timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, Url};

use super::dom::window;
use crate::engine::browser::write_file;
use crate::engine::{FileFormat, megabytes};
use crate::timeline::painter::{self, Theme};
use crate::timeline::{Grouping, Picture, Poster, svg, words};
use crate::trace::Trace;
use crate::trace::exchange::file_name;

/// What a trace can be saved as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveAs {
    /// A picture that stays sharp at any size.
    Svg,
    /// A picture made of pixels.
    Png,
    /// A table.
    Csv,
    /// Chrome Trace Event JSON.
    Json,
}

impl SaveAs {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::Svg, Self::Png, Self::Csv, Self::Json];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Svg => "SVG",
            Self::Png => "PNG",
            Self::Csv => "CSV",
            Self::Json => "Trace JSON",
        }
    }

    /// What such a file's name ends with.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Csv => "text/csv",
            Self::Json => "application/json",
        }
    }
}

/// The trace and how it is called.
#[derive(Clone)]
pub struct Saving {
    /// The trace.
    pub trace: Rc<Trace>,
    /// What a row of a picture stands for.
    pub grouping: Grouping,
    /// What a picture is called.
    pub title: String,
    /// The trace in words, if they are there already.
    pub description: Option<String>,
    /// What the file's name says.
    pub name: Vec<String>,
}

/// The highest plot of an SVG, CSS px.
const MOST_SVG_PX: f64 = 20_000.0;
/// The highest plot of a PNG, CSS px: some browsers make no canvas of more than 16 million pixels.
const MOST_PNG_PX: f64 = 3_400.0;
/// Pixels of a PNG for each CSS px.
const RATIO: f64 = 2.0;

/// Saves it, and tells in words how far it is; what is to be said of that in the end. Dropping the future gives it up.
///
/// # Errors
/// Why it could not be saved, in a sentence.
pub async fn save(saving: &Saving, kind: SaveAs, progress: impl Fn(String)) -> Result<String, String> {
    let parts: Vec<&str> = saving.name.iter().map(String::as_str).collect();
    let name = file_name(&parts, kind.extension());
    let Saving { trace, grouping, title, .. } = saving;
    let grown = |bytes: f64| progress(format!("{} of {name} written…", megabytes(bytes)));
    let written = async |format| {
        let pieces = write_file(trace, format, grown).await;
        let pieces =
            pieces.map_err(|error| format!("{name} was not written: {error}. Press again to try once more."))?;
        blob(kind, &pieces)
    };
    let (blob, left_out) = match kind {
        SaveAs::Svg => {
            let poster = Poster::new(trace, *grouping, MOST_SVG_PX);
            let description = saving.description.clone().unwrap_or_else(|| words::summary(trace));
            let text = svg(&poster.picture, title, &description);
            (blob(kind, &Array::of1(&text.into()))?, poster.left_out())
        }
        SaveAs::Png => {
            let poster = Poster::new(trace, *grouping, MOST_PNG_PX);
            (pixels(&poster.picture).await?, poster.left_out())
        }
        SaveAs::Csv => (written(FileFormat::Csv).await?, None),
        SaveAs::Json => (written(FileFormat::Json).await?, None),
    };
    download(&blob, &name).map_err(|_| refused())?;
    Ok([Some(format!("Saved as {name}.")), left_out].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// Saves a text as a file of this kind, whose name is made of these parts; what is to be said of that.
///
/// # Errors
/// Why it could not be saved, in a sentence.
pub fn save_text(parts: &[&str], kind: SaveAs, text: String) -> Result<String, String> {
    let name = file_name(parts, kind.extension());
    download(&blob(kind, &Array::of1(&text.into()))?, &name).map_err(|_| refused())?;
    Ok(format!("Saved as {name}."))
}

fn refused() -> String {
    "The browser did not let this page save a file.".to_owned()
}

/// A file of these pieces, texts or bytes.
fn blob(kind: SaveAs, pieces: &Array) -> Result<Blob, String> {
    let options = BlobPropertyBag::new();
    options.set_type(kind.media_type());
    Blob::new_with_blob_sequence_and_options(pieces, &options).map_err(|_| refused())
}

/// The picture in pixels, on white ground.
async fn pixels(picture: &Picture) -> Result<Blob, String> {
    let too_large = || "The browser could not make a picture of this size; an SVG can have any.".to_owned();
    let canvas: HtmlCanvasElement = element("canvas").ok_or_else(too_large)?;
    canvas.set_width((picture.width_px * RATIO).round() as u32);
    canvas.set_height((picture.height_px * RATIO).round() as u32);
    let context = canvas.get_context("2d").ok().flatten().ok_or_else(too_large)?;
    let context: CanvasRenderingContext2d = context.dyn_into().map_err(|_| too_large())?;
    painter::paint(&context, picture, &Theme::light(), RATIO, None);
    // The painter clears what is below it.
    context.set_global_composite_operation("destination-over").map_err(|_| too_large())?;
    context.set_fill_style_str("#ffffff");
    context.fill_rect(0.0, 0.0, picture.width_px, picture.height_px);
    let (done, made) = oneshot::channel();
    let on_made = Closure::once(move |blob: Option<Blob>| {
        // Nobody waits any more for a picture of a page that was left.
        let _ = done.send(blob);
    });
    canvas.to_blob(on_made.as_ref().unchecked_ref()).map_err(|_| too_large())?;
    made.await.ok().flatten().ok_or_else(too_large)
}

/// How long a download may need to begin, ms.
const BEGINS_WITHIN_MS: u32 = 60_000;

fn download(blob: &Blob, name: &str) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(blob)?;
    let link: HtmlAnchorElement = element("a").ok_or(JsValue::NULL)?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // Who revokes it at once takes the file away from a browser that asks first where to put it.
    Timeout::new(BEGINS_WITHIN_MS, move || drop(Url::revoke_object_url(&address))).forget();
    Ok(())
}

fn element<T: JsCast>(tag: &str) -> Option<T> {
    window().document()?.create_element(tag).ok()?.dyn_into().ok()
}
