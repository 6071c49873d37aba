//! The start tags of a page, where they stand and what they say: as much of HTML as one needs to check a page
//! that a program wrote. No tree, no entities.

use std::ops::Range;

/// A start tag; a script or style goes on to the end of its end tag.
#[derive(Debug)]
pub struct Tag<'a> {
    /// In lower case.
    pub name: String,
    pub attributes: Vec<Attribute<'a>>,
    /// What stands inside a script or style; nothing for other tags.
    pub content: &'a str,
    /// Where it stands.
    pub range: Range<usize>,
}

#[derive(Debug)]
pub struct Attribute<'a> {
    /// In lower case.
    pub name: String,
    /// Without its quotes; empty where there is none.
    pub value: &'a str,
    /// Where it stands.
    pub range: Range<usize>,
}

/// All start tags, in order; comments and end tags are passed over.
pub fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = find(html, at, "<") {
        let rest = &html[open..];
        if rest.starts_with("<!--") {
            at = find(html, open, "-->").map_or(html.len(), |end| end + 3);
        } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            let tag = tag(html, open);
            at = tag.range.end;
            tags.push(tag);
        } else {
            at = open + 1;
        }
    }
    tags
}

fn tag(html: &str, open: usize) -> Tag<'_> {
    let mut at = skip(html, open + 1, |c| !c.is_whitespace() && c != '>' && c != '/');
    let name = html[open + 1..at].to_ascii_lowercase();
    let mut attributes = Vec::new();
    loop {
        at = skip(html, at, |c| c.is_whitespace() || c == '/');
        if at >= html.len() || html[at..].starts_with('>') {
            break;
        }
        let attribute = attribute(html, at);
        at = attribute.range.end;
        attributes.push(attribute);
    }
    let inside = (at + 1).min(html.len());
    if name != "script" && name != "style" {
        return Tag { name, attributes, content: "", range: open..inside };
    }
    let lower = html[inside..].to_ascii_lowercase();
    let end = lower.find(&format!("</{name}")).map_or(html.len(), |end| inside + end);
    let range = open..find(html, end, ">").map_or(html.len(), |close| close + 1);
    Tag { name, attributes, content: &html[inside..end], range }
}

fn attribute(html: &str, start: usize) -> Attribute<'_> {
    // The first character is a part of the name whatever it is, so that every attribute is at least one long.
    let first = html[start..].chars().next().map_or(1, char::len_utf8);
    let name_end = skip(html, start + first, |c| !c.is_whitespace() && !"=>/".contains(c));
    let name = html[start..name_end].to_ascii_lowercase();
    let equals = skip(html, name_end, char::is_whitespace);
    if !html[equals..].starts_with('=') {
        return Attribute { name, value: "", range: start..name_end };
    }
    let value = skip(html, equals + 1, char::is_whitespace);
    match html[value..].chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let end = skip(html, value + 1, |c| c != quote);
            Attribute { name, value: &html[value + 1..end], range: start..(end + 1).min(html.len()) }
        }
        _ => {
            let end = skip(html, value, |c| !c.is_whitespace() && c != '>');
            Attribute { name, value: &html[value..end], range: start..end }
        }
    }
}

fn find(html: &str, from: usize, what: &str) -> Option<usize> {
    html[from..].find(what).map(|at| from + at)
}

/// Where the characters that match end.
fn skip(html: &str, from: usize, matches: impl Fn(char) -> bool) -> usize {
    html[from..].find(|c| !matches(c)).map_or(html.len(), |at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> Vec<String> {
        let attributes =
            |tag: &Tag| tag.attributes.iter().map(|a| format!(" {}={}", a.name, a.value)).collect::<String>();
        tags(html).iter().map(|tag| format!("{}{}|{}", tag.name, attributes(tag), tag.content)).collect()
    }

    #[test]
    fn tags_and_attributes() {
        assert_eq!(
            read("<!doctype html><P class=a ID = 'b c' hidden>x < y</p><br/>"),
            ["p class=a id=b c hidden=|", "br|"]
        );
        assert_eq!(read("<a href=\"a>b\">é</a>"), ["a href=a>b|"]);
    }

    #[test]
    fn scripts_and_comments_hold_no_tags() {
        assert_eq!(read("<!-- <b> --><script type=module>'<i>'</SCRIPT><b>"), ["script type=module|'<i>'", "b|"]);
    }

    #[test]
    fn broken_html_ends() {
        for html in ["<", "<a", "<a b", "<a b=", "<a b='", "<script>", "<!--", "<a =>", "<é"] {
            tags(html);
        }
    }
}
