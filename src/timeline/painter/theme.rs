//! The colours of a chart, read from the stylesheet's custom properties, so that light, dark, a user's own sheet and forced
//! colours are the stylesheet's business alone.

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, ContextAttributes2d, CssStyleDeclaration, Element, HtmlCanvasElement};

use crate::timeline::colour::{COLOURS, PALETTE, light};
use crate::trace::State;

/// The colours and the font of a chart, as CSS writes them. Read it anew when the theme changes, not for each frame.
///
/// Each is a custom property of the element given to [`Theme::from_css`] or of an ancestor; a canvas understands plain
/// colours only, so a property must hold a colour (`#rrggbb`, `rgb(…)`, a system colour) and not a `light-dark(…)` or `var(…)`
/// that the browser leaves unresolved in a custom property (`var` in a custom property is resolved, and so is fine).
///
/// | property | what for | light (fallback) | dark |
/// |---|---|---|---|
/// | `--paper` | behind labels, inside the circles of waits | `#ffffff` | `#1c1a18` |
/// | `--ink` | labels on paper, the end's line | `#1d1b18` | `#ece8e1` |
/// | `--ink-2` | names of rows, ticks' labels, frames | `#5c574f` | `#aea89e` |
/// | `--rule` | vertical rules, base line | `#ddd8cf` | `#3a3733` |
/// | `--rule-faint` | line from a row's name through its row | `#f0ede7` | `#282522` |
/// | `--accent` | the playhead | `#2c3f8f` | `#a9b6f5` |
/// | `--idle` | time in which a worker did nothing | `#f3f0ea` | `#24221f` |
/// | `--select` | the selected slice and the selected range | `#2c3f8f` | `#a9b6f5` |
/// | `--hatch` | hatch and outline of “frozen”, lines of counters | `#706a61` | `#a09a90` |
/// | `--bad` | crosses where tasks failed | `#a32a1d` | `#ff9d8f` |
/// | `--starting`, `--starting-line`, `--starting-ink` | a worker coming up | `#ece9e3`, `#7f7970`, `#1d1b18` | `#302d2a`, `#918b82`, `#ece8e1` |
/// | `--overhead`, `--overhead-line`, `--overhead-ink` | switching, copying | `#b2ada5`, `#6f6a62`, `#1a1a1a` | `#857f76`, `#bab4aa`, `#0d0d0d` |
/// | `--task-0`…`--task-7` | areas of tasks | [`PALETTE`]'s `fill` | [`PALETTE_DARK`](crate::timeline::colour::PALETTE_DARK)'s |
/// | `--task-line-0`…`--task-line-7` | outlines, hatches and lines of tasks | its `line` | its `line` |
/// | `--task-ink-0`…`--task-ink-7` | text on tasks | its `ink` | its `ink` |
///
/// The font is the element's computed `font-family`.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    pub(super) paper: String,
    pub(super) ink: String,
    pub(super) ink_2: String,
    pub(super) rule: String,
    pub(super) rule_faint: String,
    pub(super) accent: String,
    pub(super) idle: String,
    pub(super) select: String,
    pub(super) hatch: String,
    pub(super) bad: String,
    pub(super) font: String,
    starting: [String; 3],
    overhead: [String; 3],
    tasks: [[String; 3]; COLOURS],
    /// Area and line of each task's colour, of starting and of overhead, as words of an image.
    words: [[u32; 2]; COLOURS + 2],
}

/// The colours of one kind of bar.
#[derive(Clone, Copy)]
pub(super) struct Inks<'a> {
    pub fill: &'a str,
    pub line: &'a str,
    pub ink: &'a str,
}

impl Theme {
    /// The theme that holds for `element`; what its stylesheet leaves out has the fallback of the table above.
    pub fn from_css(element: &Element) -> Self {
        let style = web_sys::window().and_then(|window| window.get_computed_style(element).ok().flatten());
        Self::read(style.as_ref())
    }

    /// The light theme, whatever the page's is: for a picture that leaves the page.
    pub fn light() -> Self {
        Self::read(None)
    }

    fn read(style: Option<&CssStyleDeclaration>) -> Self {
        let read = |name: &str, fallback: &str| property(style, name).unwrap_or_else(|| fallback.to_owned());
        let three = |name: &str, [fill, line, ink]: [&str; 3]| {
            [
                read(&format!("--{name}"), fill),
                read(&format!("--{name}-line"), line),
                read(&format!("--{name}-ink"), ink),
            ]
        };
        let task = |index: usize| {
            let swatch = &PALETTE[index];
            [
                read(&format!("--task-{index}"), swatch.fill),
                read(&format!("--task-line-{index}"), swatch.line),
                read(&format!("--task-ink-{index}"), swatch.ink),
            ]
        };
        let tasks = std::array::from_fn(task);
        let starting = three("starting", light::STARTING);
        let overhead = three("overhead", light::OVERHEAD);
        let words = words(&tasks, &starting, &overhead).unwrap_or([[0; 2]; COLOURS + 2]);
        Self {
            paper: read("--paper", light::PAPER),
            ink: read("--ink", light::INK),
            ink_2: read("--ink-2", light::INK_2),
            rule: read("--rule", light::RULE),
            rule_faint: read("--rule-faint", light::RULE_FAINT),
            accent: read("--accent", light::ACCENT),
            idle: read("--idle", &read("--sunk", light::IDLE)),
            select: read("--select", &read("--accent", light::ACCENT)),
            hatch: read("--hatch", light::HATCH),
            bad: read("--bad", light::BAD),
            font: read("font-family", "system-ui, sans-serif"),
            starting,
            overhead,
            tasks,
            words,
        }
    }

    /// The colours of a task's bars, by the index of its colour; those of overhead for what belongs to no task.
    pub(super) fn task_inks(&self, colour: Option<usize>) -> Inks<'_> {
        Inks::of(colour.map_or(&self.overhead, |index| &self.tasks[index % COLOURS]))
    }

    /// The colour of a narrow slice as a word of an image: of its edge, or of its area.
    pub(super) fn word(&self, state: State, colour: Option<usize>, is_edge: bool) -> u32 {
        let of = match (state, colour) {
            (State::Starting, _) => COLOURS,
            (State::Overhead, _) | (_, None) => COLOURS + 1,
            (_, Some(colour)) => colour % COLOURS,
        };
        self.words[of][usize::from(is_edge)]
    }

    pub(super) fn starting(&self) -> Inks<'_> {
        Inks::of(&self.starting)
    }

    pub(super) fn overhead(&self) -> Inks<'_> {
        Inks::of(&self.overhead)
    }
}

impl<'a> Inks<'a> {
    fn of([fill, line, ink]: &'a [String; 3]) -> Self {
        Self { fill, line, ink }
    }
}

/// Areas and lines as words of an image. A canvas says what CSS means: it paints a pixel of each.
fn words(
    tasks: &[[String; 3]; COLOURS],
    starting: &[String; 3],
    overhead: &[String; 3],
) -> Option<[[u32; 2]; COLOURS + 2]> {
    let canvas: HtmlCanvasElement = web_sys::window()?.document()?.create_element("canvas").ok()?.unchecked_into();
    // Kept where it can be read: what it is read from otherwise has WebKitGTK compile a program for the graphics processor first, which
    // ends the page now and then (“integer is too large: 0”).
    let readable = ContextAttributes2d::new();
    readable.set_will_read_frequently(true);
    let context = canvas.get_context_with_context_options("2d", &readable).ok()??;
    let context: CanvasRenderingContext2d = context.unchecked_into();
    let all = || tasks.iter().chain([starting, overhead]).flat_map(|[fill, line, _]| [fill, line]);
    for (colour, at) in all().zip(0..) {
        context.set_fill_style_str(colour);
        context.fill_rect(f64::from(at), 0.0, 1.0, 1.0);
    }
    let bytes = context.get_image_data(0.0, 0.0, 2.0 * (COLOURS as f64 + 2.0), 1.0).ok()?.data();
    let mut words = [[0; 2]; COLOURS + 2];
    for (word, bytes) in words.as_flattened_mut().iter_mut().zip(bytes.as_chunks().0) {
        *word = u32::from_le_bytes(*bytes);
    }
    Some(words)
}

/// The value of a property, if it has one.
fn property(style: Option<&CssStyleDeclaration>, name: &str) -> Option<String> {
    let value = style?.get_property_value(name).ok()?;
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}
