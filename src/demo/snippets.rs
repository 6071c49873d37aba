//! Lines that an editor of plans offers to insert, and where in the text each belongs: objects before the first task, tasks at the
//! end, steps below the line at which somebody writes. Places in texts are counted as browsers do, in UTF-16 units.

/// Where a line belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Belongs {
    /// Before the first task.
    Above,
    /// At the end.
    Below,
    /// Below the line with the caret.
    Here,
}

/// A line that can be inserted.
#[derive(Debug, PartialEq, Eq)]
pub struct Snippet {
    /// What its button is called.
    pub name: &'static str,
    /// The line without the name that it needs: of its own, or of what it uses.
    line: &'static str,
    /// What comes behind the name.
    behind: &'static str,
    /// Which objects it uses; empty if it uses none.
    uses: &'static [&'static str],
    belongs: Belongs,
}

const LOCKS: &[&str] = &["lock", "reentrant-lock", "semaphore"];

const fn step(name: &'static str, line: &'static str, uses: &'static [&'static str], behind: &'static str) -> Snippet {
    Snippet { name, line, behind, uses, belongs: Belongs::Here }
}

const fn object(name: &'static str, line: &'static str, behind: &'static str) -> Snippet {
    Snippet { name, line, behind, uses: &[], belongs: Belongs::Above }
}

/// All of them, by what they are, as an editor lists them.
pub static SNIPPETS: [(&str, &[Snippet]); 3] = [
    (
        "Task",
        &[Snippet { name: "Task", line: "task task\n  compute 50", behind: "", uses: &[], belongs: Belongs::Below }],
    ),
    (
        "Step",
        &[
            step("Wait for an answer", "request 300", &[], ""),
            step("Compute", "compute 50", &[], ""),
            step("Acquire", "acquire", LOCKS, ""),
            step("Release", "release", LOCKS, ""),
            step("Put", "put", &["queue"], " 1"),
            step("Take", "take", &["queue"], ""),
            step("Increment", "increment", &["counter"], " 1000000"),
            step("Arrive", "arrive", &["barrier"], ""),
            step("Set event", "set", &["event"], ""),
            step("Await event", "await", &["event"], ""),
        ],
    ),
    (
        "Shared",
        &[
            object("Lock", "lock", ""),
            object("Semaphore", "semaphore", " 2"),
            object("Queue", "queue", " 4"),
            object("Counter", "counter", ""),
            object("Barrier", "barrier", " 2"),
            object("Event", "event", ""),
        ],
    ),
];

/// What replaces what stands from one place of a text to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insertion {
    /// From here, UTF-16 units.
    pub from: usize,
    /// To here.
    pub to: usize,
    /// What stands there then.
    pub with: String,
}

impl Snippet {
    /// How it is inserted into `text` by somebody who writes at `caret`.
    pub fn insertion(&self, text: &str, caret: usize) -> Insertion {
        let lines: Vec<&str> = text.split('\n').collect();
        let begins = |number: usize| lines[..number].iter().map(|line| length(line) + 1).sum::<usize>();
        let line = self.line_for(&lines);
        match self.belongs {
            Belongs::Above => {
                let is_above = |line: &&str| line.trim_start().starts_with('#') || declares(line).is_some();
                let number = lines.iter().position(|line| !is_above(line)).unwrap_or(lines.len() - 1);
                Insertion { from: begins(number), to: begins(number), with: format!("{line}\n") }
            }
            Belongs::Below => {
                let end = length(text);
                let blank = if text.trim().is_empty() { "" } else { "\n" };
                let before = if text.is_empty() || text.ends_with('\n') { blank } else { "\n\n" };
                Insertion { from: end, to: end, with: format!("{before}{line}\n") }
            }
            Belongs::Here => {
                let number = (0..lines.len()).rev().find(|number| begins(*number) <= caret).unwrap_or_default();
                let (from, to) = (begins(number), begins(number) + length(lines[number]));
                if lines[number].trim().is_empty() {
                    Insertion { from, to, with: format!("  {line}") }
                } else {
                    Insertion { from: to, to, with: format!("\n  {line}") }
                }
            }
        }
    }

    /// The line, with the name of the last fitting object, or with a name that none has.
    fn line_for(&self, lines: &[&str]) -> String {
        let declared = || lines.iter().filter_map(|line| declares(line));
        let Self { line, behind, uses, .. } = self;
        if !uses.is_empty() {
            let fits = declared().rfind(|(kind, _)| uses.contains(kind));
            return format!("{line} {}{behind}", fits.map_or(uses[0], |(_, name)| name));
        }
        if self.belongs == Belongs::Above {
            let is_free = |name: &String| declared().all(|(_, other)| other != name);
            let names = (2..).map(|number| format!("{line}-{number}"));
            let name = std::iter::once((*line).to_owned()).chain(names).find(is_free).unwrap_or_default();
            return format!("{line} {name}{behind}");
        }
        (*line).to_owned()
    }
}

/// The kind and the name of the object that a line declares.
fn declares(line: &str) -> Option<(&str, &str)> {
    let (kind, rest) = line.trim().split_once(' ')?;
    let rest = rest.trim_start();
    let end = match rest.strip_prefix('"') {
        Some(quoted) => quoted.find('"')? + 2,
        None => rest.find(' ').unwrap_or(rest.len()),
    };
    let kinds = SNIPPETS[2].1.iter().map(|snippet| snippet.line).chain(["reentrant-lock", "condition"]);
    kinds.into_iter().any(|known| known == kind).then_some((kind, &rest[..end]))
}

/// Where line `number`, from 1, begins and ends in `text`, UTF-16 units; of one that is not there, the end of the text.
pub fn place_of_line(text: &str, number: usize) -> (usize, usize) {
    let mut at = 0;
    for (line, k) in text.split('\n').zip(1..) {
        if k == number {
            return (at, at + length(line));
        }
        at += length(line) + 1;
    }
    (length(text), length(text))
}

fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::text::{EXAMPLE, read};

    fn snippet(name: &str) -> &'static Snippet {
        SNIPPETS.iter().flat_map(|(_, snippets)| *snippets).find(|snippet| snippet.name == name).unwrap()
    }

    fn inserted(text: &str, caret: usize, name: &str) -> String {
        let Insertion { from, to, with } = snippet(name).insertion(text, caret);
        let units: Vec<u16> = text.encode_utf16().collect();
        let parts = [&units[..from], &with.encode_utf16().collect::<Vec<_>>(), &units[to..]].concat();
        String::from_utf16(&parts).unwrap()
    }

    #[test]
    fn each_line_goes_where_it_belongs() {
        let text = "lock ü\n\ntask a\n  acquire ü\n";
        assert_eq!(inserted(text, 11, "Compute"), "lock ü\n\ntask a\n  compute 50\n  acquire ü\n");
        assert_eq!(inserted(text, 27, "Release"), "lock ü\n\ntask a\n  acquire ü\n  release ü");
        assert_eq!(inserted(text, 11, "Lock"), "lock ü\nlock lock\n\ntask a\n  acquire ü\n");
        assert_eq!(inserted(text, 0, "Task"), format!("{text}\ntask task\n  compute 50\n"));
        assert_eq!(inserted("", 0, "Task"), "task task\n  compute 50\n");
        assert_eq!(inserted("lock lock\nqueue \"a b\" 4", 0, "Lock"), "lock lock\nlock lock-2\nqueue \"a b\" 4");
        assert_eq!(inserted("queue \"a b\" 4\ntask a", 99, "Put"), "queue \"a b\" 4\ntask a\n  put \"a b\" 1");
    }

    #[test]
    fn the_example_with_any_object_and_what_uses_it_can_be_read() {
        for (object, steps) in [
            ("Lock", &["Release", "Acquire"][..]),
            ("Semaphore", &["Release", "Acquire"]),
            ("Queue", &["Take", "Put"]),
            ("Counter", &["Increment", "Compute"]),
            ("Barrier", &["Arrive", "Wait for an answer"]),
            ("Event", &["Await event", "Set event", "Task"]),
        ] {
            let text = inserted(EXAMPLE, 0, object);
            let text = steps.iter().fold(text, |text, step| inserted(&text, place_of_line(&text, 6).0, step));
            assert!(read(&text).is_ok(), "{:?}:\n{text}", read(&text));
        }
    }

    #[test]
    fn no_caret_and_no_text_makes_it_panic() {
        for (_, snippets) in SNIPPETS {
            for (snippet, text) in
                snippets.iter().flat_map(|snippet| ["", "\n", "lock", "queue \"", "ü\n\n"].map(|text| (snippet, text)))
            {
                for caret in [0, 1, 99] {
                    inserted(text, caret, snippet.name);
                }
            }
        }
        assert_eq!((place_of_line("a\nüb\n", 2), place_of_line("a", 9)), ((2, 4), (1, 1)));
    }
}
