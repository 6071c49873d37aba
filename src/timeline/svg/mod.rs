//! A [`Picture`] as a self-contained SVG: for export, and for the golden pictures of the tests. It draws what the canvas' painter
//! draws, in the light theme, and knows no browser.

mod bars;
mod curve;
mod frame;
mod sheet;

use super::colour::light;
use super::{Picture, Point};
pub use curve::{CurveInks, curve_svg};
use sheet::{Sheet, escaped};

/// Between two lines of a hatch, along the x axis, CSS px.
const HATCH_PX: f64 = 7.0;

/// The picture as an SVG document, with its name and its description in words, which may hold anything.
pub fn svg(picture: &Picture, title: &str, description: &str) -> String {
    let mut sheet = Sheet::default();
    let Picture { width_px, height_px, scale, top_px, bottom_px, .. } = picture;
    frame::rules(&mut sheet, picture);
    // What is scrolled is cut at the plot's edges; crosses and arrows may stand out at its sides.
    sheet.open(&format!("g clip-path=\"url(#plot)\" font-size=\"{}\"", picture.font_px));
    bars::bars(&mut sheet, picture);
    frame::counters(&mut sheet, picture);
    frame::marks(&mut sheet, picture);
    frame::heartbeat(&mut sheet, picture);
    bars::emphasis(&mut sheet, picture);
    frame::signs(&mut sheet, picture);
    sheet.close("g");
    frame::labels(&mut sheet, picture);
    let clip_px = scale.right_px() + 12.0;
    let plot_px = bottom_px - top_px;
    let clip =
        format!("<clipPath id=\"plot\"><rect y=\"{top_px}\" width=\"{clip_px}\" height=\"{plot_px}\"/></clipPath>\n");
    document((*width_px, *height_px), light::PAPER, title, description, &clip, sheet)
}

/// A document of this size (CSS px), on paper of a colour: what it defines, and what it draws.
fn document(
    (width_px, height_px): Point,
    paper: &str,
    title: &str,
    description: &str,
    defined: &str,
    sheet: Sheet,
) -> String {
    let (title, description) = (escaped(title), escaped(description));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width_px} {height_px}\" width=\"{width_px}\" height=\"{height_px}\" \
         role=\"img\" aria-labelledby=\"title description\" font-family=\"system-ui, sans-serif\" font-weight=\"500\">\n\
         <title id=\"title\">{title}</title>\n<desc id=\"description\">{description}</desc>\n\
         {defined}<rect width=\"100%\" height=\"100%\" fill=\"{paper}\"/>\n{}</svg>\n",
        sheet.into_text()
    )
}

#[cfg(test)]
mod tests;
