//! HTML as the lessons' compiler makes it, as plain text: for what is searched, and for where no tags can stand.

/// Tags that part words from what stands beside them.
const APART: [&str; 12] = ["p", "li", "ul", "ol", "br", "pre", "td", "th", "tr", "table", "blockquote", "h3"];

/// The text of `html`: tags are gone, what they part has a space between, entities are the characters that they stand for.
pub fn plain_text(html: &str) -> String {
    let (mut text, mut rest) = (String::new(), html);
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if APART.contains(&name) {
            text.push(' ');
        }
        rest = after;
    }
    text.push_str(rest);
    let spaced = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // The ampersand last: what it makes is no entity.
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .into_iter()
        .fold(spaced, |text, (entity, character)| text.replace(entity, character))
}

#[cfg(test)]
mod tests {
    use super::plain_text;

    #[test]
    fn tags_are_gone_and_words_stay_apart() {
        let html = "<p>One <em>t</em>wo</p>\n<ul><li>three</li><li><code>x &lt; y &amp;amp;</code></li></ul>";
        assert_eq!(plain_text(html), "One two three x < y &amp;");
        assert_eq!(["", "<", "a<b", "a > b"].map(plain_text), ["", "", "a", "a > b"]);
    }
}
