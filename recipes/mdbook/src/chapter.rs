//! A chapter's text: its fenced blocks `interleave` are found as a Markdown parser finds them (in lists and quotes too, and not within
//! other blocks of code), and each is replaced by a line of its own.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::fence::Embed;
use crate::output::Output;

/// A block as it stands in a chapter.
struct Fence {
    range: Range<usize>,
    /// What stands in it, without its quote or list.
    body: String,
}

/// The text with its demos.
///
/// # Errors
/// All that is wrong, each `line: what`.
pub fn with_demos(content: &str, output: &Output) -> Result<String, Vec<String>> {
    let (mut replaced, mut end, mut problems) = (String::with_capacity(content.len()), 0, Vec::new());
    for (at, fence) in fences(content).into_iter().enumerate() {
        match Embed::parse(&fence.body) {
            Ok(embed) => {
                let line_start = content[..fence.range.start].rfind('\n').map_or(0, |at| at + 1);
                replaced.push_str(&content[end..fence.range.start]);
                replaced.push_str(&output.line(&embed, at == 0, &content[line_start..fence.range.start]));
                end = fence.range.end;
            }
            Err(all) => {
                let line = content[..fence.range.start].matches('\n').count() + 1;
                problems.extend(all.into_iter().map(|it| format!("{}: {}", line + it.line, it.what)));
            }
        }
    }
    replaced.push_str(&content[end..]);
    if problems.is_empty() { Ok(replaced) } else { Err(problems) }
}

fn fences(content: &str) -> Vec<Fence> {
    let (mut fences, mut open) = (Vec::new(), None);
    // Those of mdBook that hold blocks: a fence in a footnote is one, too.
    let options = Options::ENABLE_FOOTNOTES | Options::ENABLE_DEFINITION_LIST | Options::ENABLE_TABLES;
    for (event, range) in Parser::new_ext(content, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if is_ours(&info) => {
                let length = content[range.clone()].trim_end_matches(['\n', '\r']).len();
                open = Some(Fence { range: range.start..range.start + length, body: String::new() });
            }
            Event::Text(text) => {
                if let Some(fence) = &mut open {
                    fence.body.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => fences.extend(open.take()),
            _ => {}
        }
    }
    fences
}

fn is_ours(info: &str) -> bool {
    info.split([' ', ',', '\t']).next() == Some("interleave")
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::output::Site;

    fn check(content: &str, expected: Expect) {
        let output = Output::Html(Site::parse("https://a.example/docs").unwrap());
        let replaced = with_demos(content, &output).unwrap_or_else(|problems| problems.join("\n"));
        expected.assert_eq(&replaced);
    }

    #[test]
    fn a_fence_becomes_one_line_and_the_script_stands_once() {
        check(
            "Before\n```interleave\ndemo = \"primes\"\nengines = \"main,threads\"\nparameters = \"bound=1000000&tasks=8\"\n```\nafter\n\n~~~interleave\ndemo = \"gil\"\n~~~\n",
            expect![[r#"
                Before
                <!-- interleave --><script type="module" src="https://a.example/docs/embed.js"></script><interleave-demo demo="primes" engines="main,threads" parameters="bound=1000000&amp;tasks=8"><a href="https://a.example/docs/#/demo/primes?engines=main,threads&amp;bound=1000000&amp;tasks=8"><img src="https://a.example/docs/posters/primes.svg" alt="" loading="lazy"> Count the primes</a> <small>The chart is simulated, with the demo’s own settings.</small></interleave-demo>
                after

                <!-- interleave --><interleave-demo demo="gil"><a href="https://a.example/docs/#/demo/gil"><img src="https://a.example/docs/posters/gil.svg" alt="" loading="lazy"> Threads with and without a GIL</a> <small>The chart is simulated, with the demo’s own settings.</small></interleave-demo>
            "#]],
        );
    }

    #[test]
    fn lists_and_quotes_go_on_around_it() {
        check(
            "- one\n\n  ```interleave\n  lesson = \"gil\"\n  step = \"2\"\n  ```\n\n  more\n\n> ```interleave\n> lesson = \"gil\"\n> step = \"3\"\n> ```\n> more\n",
            expect![[r#"
                - one

                  <!-- interleave --><script type="module" src="https://a.example/docs/embed.js"></script><interleave-demo lesson="gil" step="2"><a href="https://a.example/docs/#/lesson/gil/2">A step of the lesson “gil”</a></interleave-demo>

                  more

                > <!-- interleave --><interleave-demo lesson="gil" step="3"><a href="https://a.example/docs/#/lesson/gil/3">A step of the lesson “gil”</a></interleave-demo>
                > more
            "#]],
        );
    }

    #[test]
    fn what_is_shown_as_code_stays_code() {
        let content = "````md\n```interleave\ndemo = \"primes\"\n```\n````\n\n    ```interleave\n\n```toml\ndemo = 1\n```\n`interleave`\n";
        let output = Output::Html(Site::parse("https://a.example/").unwrap());
        assert_eq!(with_demos(content, &output).as_deref(), Ok(content));
    }

    #[test]
    fn lines_are_told_where_the_mistakes_stand() {
        check(
            "# T\n\n```interleave\ndemo = \"primes\"\nparameters = \"bond=3\"\n```\n\n* x\n\n  ```interleave\n  demo = 1\n  ```\n",
            expect![[r#"
                5: “primes” has no parameter “bond”; it has bound, tasks, threads, processes, limit, interval, cores, workers, scheduler, slice, gil, machine
                11: invalid type: integer `1`, expected a string"#]],
        );
    }
}
