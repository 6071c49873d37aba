//! Highlights listings at build time: spans with a few classes of our own instead of the grammar's many, so that the HTML
//! stays small and the stylesheet has little to know.
//!
//! The classes a stylesheet must know are those of [`CLASSES`]:
//! `hl-comment`, `hl-string`, `hl-number`, `hl-constant` (True, None), `hl-operator`, `hl-keyword`, `hl-function` (defined or
//! called), `hl-type`, `hl-decorator`. Everything else is plain text. There are no inline styles.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::error::{Checked, mistake};
use super::source::Text;

/// Scopes of the grammars and the classes they get; the first that fits the innermost scope wins. An empty class means
/// plain text, whatever stands around it.
const CLASSES: &[(&str, &str)] = &[
    ("comment", "hl-comment"),
    ("meta.interpolation", ""),
    ("meta.annotation", "hl-decorator"),
    ("string", "hl-string"),
    ("constant.character", "hl-string"),
    ("constant.numeric", "hl-number"),
    ("constant.language", "hl-constant"),
    ("keyword.operator.logical", "hl-keyword"),
    ("keyword.operator", "hl-operator"),
    ("keyword", "hl-keyword"),
    ("storage", "hl-keyword"),
    ("entity.name.function", "hl-function"),
    ("support.function", "hl-function"),
    ("variable.function", "hl-function"),
    ("entity.name.class", "hl-type"),
    ("support.type", "hl-type"),
];

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);
static SCOPES: LazyLock<Vec<(Scope, &str)>> = LazyLock::new(|| {
    let scope = |(name, class): &(&str, &'static str)| (Scope::new(name).expect("a short scope is valid"), *class);
    CLASSES.iter().map(scope).collect()
});

/// Whether listings may be written in this language.
pub fn knows(language: &str) -> bool {
    syntax(language).is_some()
}

/// The HTML for the inside of `<pre><code>`.
pub fn highlight(language: &str, program: &Text) -> Checked<String> {
    let Some(syntax) = syntax(language) else {
        return mistake(program.line, format!("listings cannot be written in “{language}”"));
    };
    let (mut parser, mut stack, mut out) = (ParseState::new(syntax), ScopeStack::new(), Spans::default());
    for (line, text) in (program.line..).zip(program.text.split_inclusive('\n')) {
        let Ok(changes) = parser.parse_line(text, &SYNTAXES) else {
            return mistake(line, format!("the grammar of “{language}” cannot read this line"));
        };
        let mut from = 0;
        for (to, change) in changes {
            out.push(class(&stack), &text[from..to]);
            from = to;
            if stack.apply(&change).is_err() {
                return mistake(line, format!("the grammar of “{language}” cannot read this line"));
            }
        }
        out.push(class(&stack), &text[from..]);
    }
    Ok(out.finish())
}

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    matches!(language, "python" | "rust").then(|| SYNTAXES.find_syntax_by_token(language)).flatten()
}

fn class(stack: &ScopeStack) -> &'static str {
    let known = |scope: &Scope| SCOPES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope));
    stack.as_slice().iter().rev().find_map(known).map_or("", |(_, class)| class)
}

/// Collects text in spans; neighbours of one class share a span.
#[derive(Default)]
struct Spans {
    html: String,
    class: &'static str,
}

impl Spans {
    fn push(&mut self, class: &'static str, text: &str) {
        if text.is_empty() {
            return;
        }
        // White space looks the same in every class, so it need not end a span; but no span goes over the end of a line.
        if class != self.class && !text.trim().is_empty() {
            self.close();
            self.class = class;
            if !class.is_empty() {
                self.html.push_str(&format!("<span class=\"{class}\">"));
            }
        }
        for character in text.chars() {
            match character {
                '&' => self.html.push_str("&amp;"),
                '<' => self.html.push_str("&lt;"),
                '>' => self.html.push_str("&gt;"),
                '\n' => {
                    self.close();
                    self.html.push('\n');
                }
                _ => self.html.push(character),
            }
        }
    }

    fn close(&mut self) {
        if !self.class.is_empty() {
            self.html.push_str("</span>");
            self.class = "";
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.html.trim_end().to_owned()
    }
}
