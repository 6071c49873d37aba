//! The colours of tasks: the palette of Okabe and Ito, which people with colour-blindness can tell apart, each with an
//! outline that stands out from the paper and an ink that can be read on it. It knows no canvas and no stylesheet; the
//! stylesheet repeats these values as custom properties, so that a user's own sheet may replace them.

use crate::trace::{ObjectId, TaskId};

/// The colours of one task, as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Swatch {
    /// The bar's area.
    pub fill: &'static str,
    /// Its outline, and lines in the task's colour: at least 3:1 against the paper.
    pub line: &'static str,
    /// Text on the area: at least 4.5:1 against it.
    pub ink: &'static str,
}

/// How many colours there are; the ninth task takes the first again.
pub const COLOURS: usize = 8;

/// Blue, orange, bluish green, vermillion, sky blue, reddish purple, yellow, grey; for light paper.
pub static PALETTE: [Swatch; COLOURS] = [
    Swatch { fill: "#0072b2", line: "#00507d", ink: "#ffffff" },
    Swatch { fill: "#e69f00", line: "#8a5f00", ink: "#1a1a1a" },
    Swatch { fill: "#009e73", line: "#006b4e", ink: "#0d0d0d" },
    Swatch { fill: "#d55e00", line: "#8f3f00", ink: "#0d0d0d" },
    Swatch { fill: "#56b4e9", line: "#1f6f9f", ink: "#1a1a1a" },
    Swatch { fill: "#cc79a7", line: "#8a4470", ink: "#1a1a1a" },
    Swatch { fill: "#f0e442", line: "#7a7000", ink: "#1a1a1a" },
    Swatch { fill: "#6e7681", line: "#4a515a", ink: "#ffffff" },
];

/// The neutral colours of the light theme, as in `www/style/tokens.css`: what an SVG is drawn in, and a canvas where no stylesheet
/// says otherwise.
pub(super) mod light {
    pub const PAPER: &str = "#ffffff";
    pub const INK: &str = "#1d1b18";
    pub const INK_2: &str = "#5c574f";
    pub const RULE: &str = "#ddd8cf";
    pub const RULE_FAINT: &str = "#f0ede7";
    pub const IDLE: &str = "#f3f0ea";
    pub const ACCENT: &str = "#2c3f8f";
    pub const BAD: &str = "#a32a1d";
    pub const HATCH: &str = "#706a61";
    /// Area, line and text.
    pub const STARTING: [&str; 3] = ["#ece9e3", "#7f7970", "#1d1b18"];
    /// Area, line and text.
    pub const OVERHEAD: [&str; 3] = ["#b2ada5", "#6f6a62", "#1a1a1a"];
}

/// The same tasks on dark paper: the same areas, with outlines lighter than they are.
pub static PALETTE_DARK: [Swatch; COLOURS] = [
    Swatch { fill: "#0072b2", line: "#4aa8e0", ink: "#ffffff" },
    Swatch { fill: "#e69f00", line: "#ffc44d", ink: "#1a1a1a" },
    Swatch { fill: "#009e73", line: "#3fcfa5", ink: "#0d0d0d" },
    Swatch { fill: "#d55e00", line: "#ff9650", ink: "#0d0d0d" },
    Swatch { fill: "#56b4e9", line: "#9dd5f5", ink: "#1a1a1a" },
    Swatch { fill: "#cc79a7", line: "#e8aacb", ink: "#1a1a1a" },
    Swatch { fill: "#f0e442", line: "#fff59a", ink: "#1a1a1a" },
    Swatch { fill: "#6e7681", line: "#a3abb6", ink: "#ffffff" },
];

/// The colour of a task, an index into [`PALETTE`]; the same in every chart of a page.
pub fn task_colour(task: TaskId) -> usize {
    task.0 as usize % COLOURS
}

/// The colours of locks, in the order that meets those of the first tasks last.
const OF_OBJECTS: [usize; COLOURS] = [5, 3, 7, 4, 6, 2, 1, 0];

/// The colour of a lock, an index into [`PALETTE`].
pub fn object_colour(object: ObjectId) -> usize {
    OF_OBJECTS[object.0 as usize % COLOURS]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance as WCAG 2 defines it.
    fn luminance(hex: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn outlines_stand_out_from_the_paper_and_text_from_the_areas() {
        for (palette, papers) in [(&PALETTE, ["#ffffff", "#f4f2ec"]), (&PALETTE_DARK, ["#101214", "#24282d"])] {
            for Swatch { fill, line, ink } in palette {
                for paper in papers {
                    assert!(contrast(line, paper) >= 3.0, "{line} on {paper}: {:.2}", contrast(line, paper));
                }
                assert!(contrast(ink, fill) >= 4.5, "{ink} on {fill}: {:.2}", contrast(ink, fill));
            }
        }
    }

    #[test]
    fn neighbours_never_share_a_colour() {
        assert!((0..100).all(|id| task_colour(TaskId(id)) != task_colour(TaskId(id + 1))));
        assert_eq!(task_colour(TaskId(8)), task_colour(TaskId(0)));
    }
}
