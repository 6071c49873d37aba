//! What a block becomes: for HTML the element, with what stands in it where there is no JavaScript; for other renderers a link in Markdown.
//! Whatever is written stands on one line, so that lists and quotes go on around it.

use crate::fence::{Embed, Place};

/// What a chart is that nobody has measured; whoever runs the demo sees another.
const SIMULATED: &str = "The chart is simulated, with the demo’s own settings.";

/// Where Interleave is served; ends with a slash.
#[derive(Debug)]
pub struct Site(String);

impl Site {
    /// Reads what stands in book.toml.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let is_address = ["https://", "http://", "/"].iter().any(|start| text.starts_with(start));
        if !is_address || text.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>#?".contains(c)) {
            return Err(format!(
                "site is “{text}”; it has to be the address where Interleave is served, such as https://…/ or /interleave/"
            ));
        }
        Ok(Self(format!("{}/", text.trim_end_matches('/'))))
    }

    fn poster(&self, demo: &str) -> String {
        format!("{}posters/{demo}.svg", self.0)
    }

    fn address(&self, place: &Place) -> String {
        match place {
            Place::Site(rest) => format!("{}{rest}", self.0),
            Place::Anywhere(address) => address.clone(),
        }
    }
}

/// For whom it is written.
#[derive(Debug)]
pub enum Output {
    /// mdBook's own renderer.
    Html(Site),
    /// Any other, which may make paper of it.
    Markdown(Site),
}

impl Output {
    /// What stands in a block's place; `before` is what stands before it on its line, and the chapter's first brings the script.
    pub fn line(&self, embed: &Embed, is_first: bool, before: &str) -> String {
        match self {
            Self::Html(site) => html(site, embed, is_first),
            Self::Markdown(site) => {
                // A paragraph of its own, within the same quote or list.
                let margin = if before.trim_matches([' ', '>']).is_empty() { before } else { "" };
                let before = if margin == before { format!("\n{margin}") } else { String::new() };
                format!("{before}{}\n{}", markdown(site, embed), margin.trim_end())
            }
        }
    }
}

/// It begins with a comment: such a line is HTML to Markdown, whatever stands above it, and what is below is Markdown again.
fn html(site: &Site, embed: &Embed, is_first: bool) -> String {
    let mut line = "<!-- interleave -->".to_owned();
    if is_first {
        line += &format!("<script type=\"module\" src=\"{}embed.js\"></script>", escaped(&site.0));
    }
    line += "<interleave-demo";
    for (name, value) in &embed.attributes {
        line += &match value {
            Some(value) => format!(" {name}=\"{}\"", escaped(value)),
            None => format!(" {name}"),
        };
    }
    // Where the element comes to life this is not shown, and so, being lazy, not loaded.
    let (poster, note) = embed.poster.map_or(Default::default(), |demo| {
        let poster = format!("<img src=\"{}\" alt=\"\" loading=\"lazy\"> ", escaped(&site.poster(demo)));
        (poster, format!(" <small>{SIMULATED}</small>"))
    });
    let (address, words) = (escaped(&site.address(&embed.place)), escaped(&embed.words));
    line + &format!("><a href=\"{address}\">{poster}{words}</a>{note}</interleave-demo>")
}

fn markdown(site: &Site, embed: &Embed) -> String {
    let mut words = String::new();
    for c in embed.words.chars() {
        if c.is_ascii_punctuation() {
            words.push('\\');
        }
        words.push(if c.is_control() { ' ' } else { c });
    }
    let (poster, note) = embed
        .poster
        .map_or(Default::default(), |demo| (format!("![](<{}>) ", site.poster(demo)), format!(" {SIMULATED}")));
    let address: String =
        site.address(&embed.place).chars().filter(|c| !"<>\\".contains(*c) && !c.is_control()).collect();
    format!("[{poster}{words}](<{address}>){note}")
}

/// Text that stands in HTML, also within quotes, on one line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\r' => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn embed(body: &str) -> Embed {
        Embed::parse(body).unwrap()
    }

    #[test]
    fn a_site_is_an_address_and_ends_with_one_slash() {
        for (text, site) in [("https://a.example", "https://a.example/"), ("/interleave//", "/interleave/"), ("/", "/")]
        {
            assert_eq!(Site::parse(text).unwrap().0, site);
        }
        for text in ["", "a.example", "javascript:alert(1)", "https://a.example/\"", "https://a b/", "https://a/#/demo"]
        {
            assert!(Site::parse(text).unwrap_err().contains("https://…/"), "{text}");
        }
    }

    #[test]
    fn text_stays_text() {
        let output = Output::Html(Site::parse("https://a.example/").unwrap());
        let line =
            output.line(&embed("demo = \"primes\"\nfallback = \"\"\"</a><script>\n\"x\" & y\"\"\"\n"), false, "");
        assert!(line.contains("> &lt;/a&gt;&lt;script&gt; &quot;x&quot; &amp; y</a> <small>The chart is"), "{line}");
        let line = output.line(&embed("trace = \"a.json?x=1&y=\\\"\"\nautoplay = true"), false, "");
        assert!(
            line.contains("<interleave-demo trace=\"a.json?x=1&amp;y=&quot;\" autoplay><a href=\"a.json?x"),
            "{line}"
        );
    }

    #[test]
    fn paper_has_a_link_in_a_paragraph_of_its_own() {
        let output = Output::Markdown(Site::parse("https://a.example/").unwrap());
        let link = "[![](<https://a.example/posters/primes.svg>) Counting\\_primes\\]](<https://a.example/#/demo/primes>) The chart is simulated, with the demo’s own settings.";
        for (before, line) in [
            ("", format!("\n{link}\n")),
            ("> ", format!("\n> {link}\n>")),
            ("  ", format!("\n  {link}\n")),
            ("- ", format!("{link}\n")),
        ] {
            let embed = embed("demo = \"primes\"\nfallback = \"Counting_primes]\"");
            assert_eq!(output.line(&embed, true, before), line, "“{before}”");
        }
    }
}
