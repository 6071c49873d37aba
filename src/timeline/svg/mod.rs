//! A [`Picture`] as a self-contained SVG: for export, and for the golden pictures of the tests. It draws what the canvas' painter
//! draws, in the light theme, and knows no browser.

mod bars;
mod frame;
mod sheet;

use super::Picture;
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
    let (title, description) = (escaped(title), escaped(description));
    let clip_px = scale.right_px() + 12.0;
    let plot_px = bottom_px - top_px;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width_px} {height_px}\" width=\"{width_px}\" height=\"{height_px}\" \
         role=\"img\" aria-labelledby=\"title description\" font-family=\"system-ui, sans-serif\" font-weight=\"500\">\n\
         <title id=\"title\">{title}</title>\n<desc id=\"description\">{description}</desc>\n\
         <clipPath id=\"plot\"><rect y=\"{top_px}\" width=\"{clip_px}\" height=\"{plot_px}\"/></clipPath>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n{}</svg>\n",
        sheet.into_text()
    )
}

#[cfg(test)]
mod tests;
