//! Sizes of a chart and how wide its text will be. An estimate of the text's width stands in for a browser's, so that the
//! layout stays pure; it errs on the wide side.

use super::Scale;

/// Sizes, all in CSS px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metrics {
    /// Room for the rows' labels, left of the plot.
    pub gutter_px: f64,
    /// Room right of the plot, so that the last tick's label is not cut.
    pub margin_px: f64,
    /// Room above the plot, for the label of the run's end.
    pub head_px: f64,
    /// Room below the plot, for the ticks' labels.
    pub axis_px: f64,
    /// Height of a row, while there is room.
    pub row_px: f64,
    /// Height of a row where there are only a few.
    pub tall_row_px: f64,
    /// Gap between two rows, while there is room.
    pub gap_px: f64,
    /// No row becomes lower than this.
    pub min_row_px: f64,
    /// Height of the row that shows the page's frames.
    pub heartbeat_px: f64,
    /// Height of a counter's row.
    pub counter_px: f64,
    /// Height of the row of instants.
    pub marks_px: f64,
    /// Rows shrink so that the plot becomes no higher than this, as long as they keep their least height.
    pub max_plot_px: f64,
    /// What is higher than this scrolls behind the plot, unless the page gives it more room.
    pub max_view_px: f64,
    /// Height of the labels' font.
    pub font_px: f64,
    /// Mean width of a character, as a share of the font's height.
    pub char_share: f64,
}

impl Metrics {
    /// Sizes for a canvas of this width (CSS px).
    pub fn for_width(canvas_width_px: f64) -> Self {
        let narrow = canvas_width_px < 560.0;
        Self {
            gutter_px: if narrow { 88.0 } else { 96.0 },
            margin_px: 24.0,
            head_px: 20.0,
            axis_px: 20.0,
            row_px: 18.0,
            tall_row_px: 26.0,
            gap_px: 4.0,
            min_row_px: 6.0,
            heartbeat_px: 14.0,
            counter_px: 28.0,
            marks_px: 14.0,
            max_view_px: if narrow { 600.0 } else { 800.0 },
            max_plot_px: if narrow { 300.0 } else { 400.0 },
            font_px: 12.0,
            char_share: 0.56,
        }
    }

    /// The scale that shows `start_ms`…`end_ms` in a canvas of this width (CSS px), with room for labels on both sides.
    pub fn scale(&self, start_ms: f64, end_ms: f64, canvas_width_px: f64) -> Scale {
        Scale::fit(start_ms, end_ms, self.gutter_px, canvas_width_px - self.gutter_px - self.margin_px)
    }

    /// How wide a text is, about, CSS px.
    pub fn text_width(&self, text: &str) -> f64 {
        text.chars().count() as f64 * self.font_px * self.char_share
    }

    /// `text` as it fits into `width_px`: whole; else, of what stands after its last dot, as “depth 2” does, all; else its short
    /// form; else its beginning with an ellipsis; else nothing.
    pub fn fitted(&self, text: &str, width_px: f64) -> Option<String> {
        let room = self.room(width_px)?;
        if text.chars().count() <= room {
            return Some(text.to_owned());
        }
        if let Some((_, last)) = text.rsplit_once(" · ") {
            return self.fitted(last, width_px);
        }
        if let Some(number) = number_of(text) {
            return (number.len() <= room).then(|| number.to_owned());
        }
        // Two letters and an ellipsis say something; one does not.
        (room >= 3).then(|| text.chars().take(room - 1).chain(['…']).collect())
    }

    /// As [`Self::fitted`], but the short form at once, for a text that has one.
    pub fn fitted_short(&self, text: &str, width_px: f64) -> Option<String> {
        self.fitted(number_of(text).unwrap_or(text), width_px)
    }

    /// A name as it fits into `width_px`: as [`Self::fitted`], but of one with a number as much as there is room for before it.
    pub fn fitted_name(&self, text: &str, width_px: f64) -> Option<String> {
        let fitted = self.fitted(text, width_px)?;
        let spare = self.room(width_px)?.saturating_sub(fitted.len() + 1);
        // Two letters say something; one does not.
        let is_cut = number_of(text) == Some(&fitted) && fitted.len() < text.len() && spare >= 2;
        Some(if is_cut { text.chars().take(spare).chain(['…']).chain(fitted.chars()).collect() } else { fitted })
    }

    /// How many characters fit into `width_px`; `None` if nothing could be read there.
    fn room(&self, width_px: f64) -> Option<usize> {
        let room = (width_px / (self.font_px * self.char_share)).floor();
        (width_px >= 5.0 && room >= 1.0).then_some(room as usize)
    }
}

/// The number at the end of a text, which is what tells “range 7” from “range 8”.
pub fn number_of(text: &str) -> Option<&str> {
    let number = &text[text.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
    (!number.is_empty()).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_whole_or_a_number_or_shortened_or_left_out() {
        let metrics = Metrics { font_px: 10.0, char_share: 0.5, ..Metrics::for_width(800.0) };
        let fitted = |text, width_px| metrics.fitted(text, width_px).unwrap_or_default();
        assert_eq!(
            [100.0, 45.0, 44.0, 10.0, 9.0].map(|width| fitted("request 12", width)),
            ["request 12", "12", "12", "12", ""]
        );
        let named = |text, width_px| metrics.fitted_name(text, width_px).unwrap_or_default();
        assert_eq!([50.0, 30.0, 20.0].map(|width| named("executor-0_3", width)), ["executor…3", "exec…3", "ex…3"]);
        assert_eq!(["request 12", "12"].map(|text| named(text, 10.0)), ["12", "12"]);
        assert_eq!([60.0, 30.0].map(|width| fitted("reader · depth 2", width)), ["depth 2", "2"]);
        assert_eq!(fitted("Renderer · CrRendererMain", 40.0), "CrRende…");
        assert_eq!(
            [60.0, 49.0, 15.0, 14.0].map(|width| fitted("event loop", width)),
            ["event loop", "event lo…", "ev…", ""]
        );
        assert_eq!(fitted("a", 4.9), "");
    }

    #[test]
    fn the_plot_leaves_room_on_both_sides() {
        let scale = Metrics::for_width(360.0).scale(0.0, 100.0, 360.0);
        assert_eq!((scale.left_px, scale.right_px()), (88.0, 336.0));
    }
}
