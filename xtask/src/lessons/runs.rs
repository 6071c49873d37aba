//! The attribute `runs="src/….rs:name"` of a listing: the function or type of this project's own source that really runs in its place,
//! taken from its file when the lessons are compiled, so that the lesson cannot fall behind.

use std::fs;

use interleave::lesson::Runs;

use super::error::{Checked, Mistake, mistake};
use super::highlight;
use super::source::Text;

/// More lines than this are no longer read beside a listing.
const MOST_LINES: usize = 40;
/// What may stand before the name of what is shown.
const KINDS: [&str; 3] = ["fn", "struct", "enum"];

/// What `runs` names; `line` is where it stands.
pub fn runs(named: &str, line: usize) -> Checked<Runs> {
    let wrong = |message: String| Mistake { line, message };
    let Some((file, name)) =
        named.split_once(':').filter(|(file, _)| file.starts_with("src/") && file.ends_with(".rs"))
    else {
        return mistake(line, format!("“{named}” is not of the form `src/….rs:name`"));
    };
    let source = match file.split('/').any(|part| part == "..") {
        true => return mistake(line, format!("“{file}” leaves this project")),
        false => fs::read_to_string(crate::project::root().join(file)),
    };
    let source = source.map_err(|error| wrong(format!("“{file}” cannot be read: {error}")))?;
    let item = item(&source, name).map_err(|why| wrong(format!("“{file}” {why}")))?;
    let html = highlight::highlight("rust", &Text { line, text: item })?;
    Ok(Runs { file: file.to_owned(), name: name.to_owned(), html })
}

/// The text of the item called `name` in a formatted source, with its documentation, moved to the left edge.
fn item(source: &str, name: &str) -> Result<String, String> {
    let lines: Vec<&str> = source.lines().collect();
    let declared: Vec<usize> = (0..lines.len()).filter(|at| declares(lines[*at], name)).collect();
    let first = match declared[..] {
        [first] => first,
        [] => return Err(format!("has no function, struct or enum “{name}”")),
        _ => return Err(format!("has “{name}” {} times: name what it has once", declared.len())),
    };
    let indent = &lines[first][..lines[first].len() - lines[first].trim_start().len()];
    // Formatted code ends an item where its first line begins.
    let ends = |at: &usize| {
        let Some(rest) = lines[*at].strip_prefix(indent) else { return false };
        match *at == first {
            true => rest.ends_with(['}', ';']),
            false => rest.starts_with('}') || rest.starts_with(')') && rest.ends_with(';'),
        }
    };
    let last = (first..lines.len()).find(ends).ok_or_else(|| format!("does not end “{name}”"))?;
    let is_about = |line: &str| line.trim_start().starts_with("///") || line.trim_start().starts_with("#[");
    let start = (0..first).rev().find(|at| !is_about(lines[*at])).map_or(0, |before| before + 1);
    if last + 1 - start > MOST_LINES {
        return Err(format!("has {} lines of “{name}”; {MOST_LINES} may be shown", last + 1 - start));
    }
    Ok(lines[start..=last].iter().flat_map(|line| [line.strip_prefix(indent).unwrap_or(line), "\n"]).collect())
}

/// Whether a line begins the item with this name.
fn declares(line: &str, name: &str) -> bool {
    let code = line.trim_start();
    let kind = KINDS.iter().find_map(|kind| {
        let (before, after) = code.split_once(&format!("{kind} {name}"))?;
        let is_word = !after.starts_with(|next: char| next.is_alphanumeric() || next == '_');
        (is_word && before.split_whitespace().all(is_modifier)).then_some(())
    });
    kind.is_some()
}

fn is_modifier(word: &str) -> bool {
    matches!(word, "async" | "const" | "unsafe" | "extern" | "in") || word.starts_with("pub")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "use std::fmt;\n\n/// A point.\n#[derive(Clone)]\npub struct Point {\n    x: f64,\n}\n\nstruct Unit;\n\nimpl Point {\n    \
        /// Goes on.\n    pub(super) async fn go<T>(\n        self,\n    ) -> T {\n        if true {\n        }\n    }\n\n    fn new() -> Self { Self }\n}\n\n\
        enum New {\n    A,\n}\n\nfn new() {}\nfn goes() { go fn go }\n";

    #[test]
    fn an_item_is_shown_with_what_is_said_of_it() {
        assert_eq!(
            item(SOURCE, "Point").unwrap(),
            "/// A point.\n#[derive(Clone)]\npub struct Point {\n    x: f64,\n}\n"
        );
        assert_eq!(item(SOURCE, "Unit").unwrap(), "struct Unit;\n");
        let go = "/// Goes on.\npub(super) async fn go<T>(\n    self,\n) -> T {\n    if true {\n    }\n}\n";
        assert_eq!(item(SOURCE, "go").unwrap(), go);
        assert_eq!(item(SOURCE, "New").unwrap(), "enum New {\n    A,\n}\n");
        assert_eq!(item(SOURCE, "new").unwrap_err(), "has “new” 2 times: name what it has once");
        let long = format!("fn long() {{\n{}}}\n", "    more();\n".repeat(39));
        assert_eq!(item(&long, "long").unwrap_err(), "has 41 lines of “long”; 40 may be shown");
        assert_eq!(item(SOURCE, "poin").unwrap_err(), "has no function, struct or enum “poin”");
    }

    #[test]
    fn what_cannot_be_shown_is_said() {
        let said = |named: &str| runs(named, 7).unwrap_err().message;
        assert_eq!(said("src/random.rs"), "“src/random.rs” is not of the form `src/….rs:name`");
        assert_eq!(said("src/../Cargo.rs:a"), "“src/../Cargo.rs” leaves this project");
        assert!(said("src/nowhere.rs:a").starts_with("“src/nowhere.rs” cannot be read: "));
        assert_eq!(said("src/random.rs:dice"), "“src/random.rs” has no function, struct or enum “dice”");
    }

    #[test]
    fn what_runs_here_is_highlighted() {
        let shown = runs("src/random.rs:unit", 7).unwrap();
        assert_eq!((shown.file.as_str(), shown.name.as_str()), ("src/random.rs", "unit"));
        assert!(shown.html.starts_with("<span class=\"hl-comment\">/// Above 0 and at most 1"), "{}", shown.html);
        assert!(shown.html.ends_with('}'), "{}", shown.html);
    }
}
