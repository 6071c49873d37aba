//! The book as mdBook hands it over: `[context, book]` in JSON, of which only what is used is looked at, so that versions 0.4 and 0.5 will
//! do. Every chapter's text is given to [`crate::chapter`]; the rest goes back as it came. Nothing here reads or writes a file.

use serde_json::Value;

use crate::chapter;
use crate::output::{Output, Site};

/// The book with its demos.
///
/// # Errors
/// All that is wrong with it, a sentence each, with the chapter's file and the line.
pub fn with_demos(input: Value) -> Result<Value, Vec<String>> {
    let mut parts = match input {
        Value::Array(parts) if parts.len() == 2 => parts,
        _ => return Err(vec!["what mdBook hands over is not a context and a book".into()]),
    };
    let (mut book, context) = (parts.remove(1), parts.remove(0));
    let site = match context.pointer("/config/preprocessor/interleave/site") {
        Some(Value::String(site)) => Site::parse(site).map_err(|problem| vec![format!("book.toml: {problem}")])?,
        _ => {
            return Err(vec![
                "book.toml: [preprocessor.interleave] needs a line site = \"https://…/\", which says where Interleave is served".into(),
            ]);
        }
    };
    let output = match context["renderer"].as_str() {
        Some("html") => Output::Html(site),
        _ => Output::Markdown(site),
    };
    let folder = context.pointer("/config/book/src").and_then(Value::as_str).unwrap_or("src");
    // In 0.4 it is called sections.
    let key = if book.get("items").is_some() { "items" } else { "sections" };
    let Some(items) = book.get_mut(key).and_then(Value::as_array_mut) else {
        return Err(vec![
            "the book that mdBook hands over has no chapters; versions 0.4 and 0.5 are known here".into(),
        ]);
    };
    let mut problems = Vec::new();
    replace(items, folder, &output, &mut problems);
    if problems.is_empty() { Ok(book) } else { Err(problems) }
}

/// Puts demos into chapters and those below them. What stands between chapters has no text.
fn replace(items: &mut [Value], folder: &str, output: &Output, problems: &mut Vec<String>) {
    for chapter in items.iter_mut().filter_map(|item| item.get_mut("Chapter")) {
        let file = ["source_path", "path"].iter().find_map(|key| chapter[*key].as_str());
        let name = match (file, chapter["name"].as_str()) {
            (Some(file), _) => format!("{folder}/{file}"),
            (None, name) => name.unwrap_or("a chapter").to_owned(),
        };
        if let Some(content) = chapter.get("content").and_then(Value::as_str) {
            match chapter::with_demos(content, output) {
                Ok(replaced) => chapter["content"] = replaced.into(),
                Err(all) => problems.extend(all.into_iter().map(|problem| format!("{name}:{problem}"))),
            }
        }
        if let Some(below) = chapter.get_mut("sub_items").and_then(Value::as_array_mut) {
            replace(below, folder, output, problems);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const FENCE: &str = "# One\n\n```interleave\ndemo = \"primes\"\n```\n";

    fn chapter(file: &str, content: &str, below: Value) -> Value {
        json!({ "Chapter": {
            "name": "N", "content": content, "number": null, "sub_items": below, "path": file, "source_path": file, "parent_names": []
        } })
    }

    fn handed(renderer: &str, key: &str, items: Value) -> Value {
        let config =
            json!({ "book": { "src": "text" }, "preprocessor": { "interleave": { "site": "https://a.example" } } });
        let mut book = serde_json::Map::new();
        book.insert(key.into(), items);
        json!([{ "root": "/book", "config": config, "renderer": renderer, "mdbook_version": "0.5.4" }, book])
    }

    #[test]
    fn chapters_on_all_levels_have_demos_and_the_rest_is_as_it_came() {
        for key in ["items", "sections"] {
            let inner = chapter("two.md", FENCE, json!([]));
            let items = json!(["Separator", { "PartTitle": "P" }, chapter("one.md", FENCE, json!([inner]))]);
            let book = with_demos(handed("html", key, items)).unwrap();
            assert_eq!(book[key][0], "Separator");
            assert_eq!(book[key][1]["PartTitle"], "P");
            let outer = &book[key][2]["Chapter"];
            for chapter in [outer, &outer["sub_items"][0]["Chapter"]] {
                let content = chapter["content"].as_str().unwrap();
                assert!(content.contains("<interleave-demo demo=\"primes\">"), "{content}");
                assert_eq!(content.matches("https://a.example/embed.js").count(), 1, "{content}");
            }
            assert_eq!(outer["path"], "one.md");
        }
    }

    #[test]
    fn other_renderers_are_given_markdown() {
        let book = with_demos(handed("markdown", "items", json!([chapter("one.md", FENCE, json!([]))]))).unwrap();
        let content = book["items"][0]["Chapter"]["content"].as_str().unwrap();
        assert!(
            content.contains("](<https://a.example/#/demo/primes>)") && !content.contains("<interleave"),
            "{content}"
        );
    }

    #[test]
    fn all_that_is_wrong_is_said_with_file_and_line() {
        let wrong = FENCE.replace("primes", "prime");
        let items = json!([chapter("one.md", &wrong, json!([chapter("b/two.md", &format!("\n{wrong}"), json!([]))]))]);
        let problems = with_demos(handed("html", "items", items)).unwrap_err();
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(problems[0].starts_with("text/one.md:4: there is no demo “prime”; there are nine-requests, primes"));
        assert!(problems[1].starts_with("text/b/two.md:5: "), "{problems:?}");
    }

    #[test]
    fn what_is_no_book_is_refused() {
        let says = |input: Value, part: &str| {
            let problems = with_demos(input).unwrap_err();
            assert!(problems[0].contains(part), "{problems:?}");
        };
        says(json!({}), "not a context and a book");
        says(handed("html", "pages", json!([])), "0.4 and 0.5");
        says(json!([{ "config": {} }, { "items": [] }]), "needs a line site");
        says(
            json!([{ "config": { "preprocessor": { "interleave": { "site": "docs" } } } }, { "items": [] }]),
            "book.toml: site is “docs”",
        );
    }
}
