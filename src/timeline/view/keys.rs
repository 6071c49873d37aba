//! What each key does in a focused chart. The table is both what is obeyed and what the help shows.

/// What can be asked of a view without a pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Look closer.
    ZoomIn,
    /// Look from farther away.
    ZoomOut,
    /// Move to earlier times.
    Earlier,
    /// Move to later times.
    Later,
    /// To the slice before, or to earlier times while none is selected.
    Left,
    /// To the slice after, or to later times while none is selected.
    Right,
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// To the row's first slice.
    First,
    /// To the row's last slice.
    Last,
    /// Scroll the rows by a page, upwards.
    PageUp,
    /// Scroll the rows by a page, downwards.
    PageDown,
    /// As [`Self::Left`], with all slices on the way in the selected range.
    ExtendLeft,
    /// As [`Self::Right`], with all slices on the way in the selected range.
    ExtendRight,
    /// Select a slice in view, or say the selected one again.
    Select,
    /// Select nothing.
    Clear,
    /// Show the selected range or slice as large as it fits.
    FitSelection,
    /// Show all.
    FitAll,
    /// To the next slice of the same task.
    NextOfTask,
    /// To the previous slice of the same task.
    PreviousOfTask,
    /// Search the tasks.
    Search,
    /// Show or hide all arrows.
    Arrows,
    /// Show or hide the critical path.
    CriticalPath,
    /// Rows by task, or by worker.
    Regroup,
    /// Show or hide this table.
    Help,
}

/// A line of the help: the keys as `KeyboardEvent.key` says them, whether with Shift where that matters, and what they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyHelp {
    /// Keys and what each does; more than one for a pair.
    pub keys: &'static [(&'static str, Command)],
    /// How the keys are written.
    pub shown: &'static [&'static str],
    /// What they do, in words.
    pub words: &'static str,
}

/// All keys. Letters are compared without regard to Shift.
pub const KEYS: &[KeyHelp] = &[
    help(&[("w", Command::ZoomIn), ("+", Command::ZoomIn), ("=", Command::ZoomIn)], &["W", "+"], "zoom in"),
    help(&[("s", Command::ZoomOut), ("-", Command::ZoomOut)], &["S", "−"], "zoom out"),
    help(&[("a", Command::Earlier)], &["A"], "move to earlier times"),
    help(&[("d", Command::Later)], &["D"], "move to later times"),
    help(
        &[("Enter", Command::Select), (" ", Command::Select)],
        &["Enter"],
        "select a slice, or hear the selected one again",
    ),
    help(
        &[("ArrowLeft", Command::Left), ("ArrowRight", Command::Right)],
        &["←", "→"],
        "slice before or after; without a selection, move",
    ),
    help(
        &[("ArrowUp", Command::Up), ("ArrowDown", Command::Down)],
        &["↑", "↓"],
        "row above or below; without a selection, scroll",
    ),
    help(&[("Home", Command::First), ("End", Command::Last)], &["Home", "End"], "first or last slice of the row"),
    help(&[("PageUp", Command::PageUp), ("PageDown", Command::PageDown)], &["Page up", "Page down"], "scroll the rows"),
    help(
        &[("Shift+ArrowLeft", Command::ExtendLeft), ("Shift+ArrowRight", Command::ExtendRight)],
        &["Shift ←", "Shift →"],
        "extend the selected range by a slice",
    ),
    help(&[(".", Command::NextOfTask), (">", Command::NextOfTask)], &["."], "next slice of the same task"),
    help(&[(",", Command::PreviousOfTask), ("<", Command::PreviousOfTask)], &[","], "previous slice of the same task"),
    help(&[("f", Command::FitSelection)], &["F"], "fit the selection"),
    help(&[("0", Command::FitAll)], &["0"], "fit all"),
    help(&[("/", Command::Search)], &["/"], "search tasks"),
    help(&[("g", Command::Regroup)], &["G"], "rows by task or by worker"),
    help(&[("l", Command::Arrows)], &["L"], "show or hide the arrows"),
    help(&[("c", Command::CriticalPath)], &["C"], "show or hide the critical path"),
    help(&[("Escape", Command::Clear)], &["Esc"], "select nothing"),
    help(&[("?", Command::Help)], &["?"], "show or hide these keys"),
];

const fn help(
    keys: &'static [(&'static str, Command)],
    shown: &'static [&'static str],
    words: &'static str,
) -> KeyHelp {
    KeyHelp { keys, shown, words }
}

/// What a key does: `key` as `KeyboardEvent.key` says it. `None` for a key that is the page's, such as Tab; whoever asks leaves
/// out keys pressed with Ctrl, Alt or the system's key.
pub fn command(key: &str, shift: bool) -> Option<Command> {
    let lower = if key.chars().count() == 1 { key.to_lowercase() } else { key.to_owned() };
    let wanted = if shift && key.starts_with("Arrow") { format!("Shift+{key}") } else { lower };
    KEYS.iter().flat_map(|help| help.keys).find(|(key, _)| *key == wanted).map(|(_, command)| *command)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_key_means_one_thing_and_is_explained() {
        let keys: Vec<_> = KEYS.iter().flat_map(|help| help.keys).map(|(key, _)| *key).collect();
        assert_eq!(keys.iter().collect::<HashSet<_>>().len(), keys.len());
        assert!(KEYS.iter().all(|help| !help.words.is_empty() && !help.shown.is_empty()));
    }

    #[test]
    fn letters_work_in_either_case_and_the_rest_is_the_pages() {
        assert_eq!((command("W", true), command("w", false)), (Some(Command::ZoomIn), Some(Command::ZoomIn)));
        assert_eq!(command("ArrowLeft", true), Some(Command::ExtendLeft));
        assert_eq!(
            (command("?", true), command("Tab", false), command("Wake", false)),
            (Some(Command::Help), None, None)
        );
    }
}
