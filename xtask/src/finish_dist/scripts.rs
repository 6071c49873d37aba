//! Scripts without what only their readers need: comments on lines of their own, but for those that a licence wants kept, and
//! indentation. A minifier would save another 0.7 kB of a first visit, and compiling one takes longer than all of xtask.

use super::{named, write};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;

/// Shortens every script in `folder`.
pub fn shorten(folder: &Path) -> Result<()> {
    for path in named::files(folder)?.into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "js")) {
        let name = path.display();
        let text = fs::read_to_string(folder.join(&path)).with_context(|| format!("cannot read {name}"))?;
        let short = shortened(&text).with_context(|| format!("{name} cannot be shortened"))?;
        write(&folder.join(&path), short.as_bytes())?;
    }
    Ok(())
}

/// What a comment says that has to go along with what it is about.
const KEPT: &[&str] = &["Copyright", "@license", "@preserve"];

/// Lines stay lines, since a line's end may end a statement, and what a template holds stays as it is.
fn shortened(script: &str) -> Result<String> {
    let mut short = String::with_capacity(script.len());
    let mut is_template = false;
    // As far as it was read.
    let mut comment: Option<String> = None;
    for line in script.lines() {
        let code = line.trim_start();
        if is_template {
            short += line;
        } else if comment.is_some() || code.starts_with("/*") {
            let end = code.find("*/");
            ensure!(end.is_none_or(|end| end + 2 == code.trim_end().len()), "there is code behind a comment: {code}");
            let said = comment.take().unwrap_or_default() + line + "\n";
            match end {
                None => comment = Some(said),
                Some(_) if KEPT.iter().any(|word| said.contains(word)) => short += &said,
                Some(_) => {}
            }
            continue;
        } else if code.is_empty() || code.starts_with("//") {
            continue;
        } else {
            ensure!(!code.ends_with('\\'), "a line goes on in the next: {code}");
            short += code;
        }
        short.push('\n');
        is_template ^= line.matches('`').count() % 2 == 1;
    }
    ensure!(!is_template && comment.is_none(), "a template or a comment has no end");
    Ok(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go_and_all_else_stays() {
        let script = "\n// About\nimport { a } from './a.js';\n\n/**\n * @returns {number}\n */\nfunction f() {\n    /* one */\n    \
                      return a // why\n        - 1;\n}\nconst style = `\n  // no comment\n    ${f()}\n`;\n  g();\n";
        let short = "import { a } from './a.js';\nfunction f() {\nreturn a // why\n- 1;\n}\nconst style = `\n  // no comment\n    ${f()}\n`;\ng();\n";
        assert_eq!(shortened(script).unwrap(), short);
    }

    #[test]
    fn whose_it_is_stays() {
        let script = "/*\n * Copyright 2022 Somebody\n */\n/* why */\na();\n";
        assert_eq!(shortened(script).unwrap(), "/*\n * Copyright 2022 Somebody\n */\na();\n");
    }

    #[test]
    fn what_is_not_known_to_mean_the_same_is_refused() {
        let said = |script| format!("{:#}", shortened(script).unwrap_err());
        assert!(said("/* one */ two();").contains("code behind a comment"));
        assert!(said("const a = 'one \\\n  two';").contains("goes on in the next"));
        assert!(said("const a = `one").contains("has no end"));
        assert!(said("/* one").contains("has no end"));
    }
}
