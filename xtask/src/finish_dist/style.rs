//! The page's style sheets as one: Trunk links each file of its own, and a browser paints nothing before the last of them is there.
//! Text in, text out.

use super::html::tags;
use crate::hash::hash;
use anyhow::{Result, bail};

/// A page with one style sheet.
#[derive(Debug)]
pub struct Joined {
    /// The page, which links it where the first one was.
    pub html: String,
    /// Its file, beside the page, named by what is in it.
    pub name: String,
    /// All of them, in their order.
    pub css: String,
    /// The files that nothing links any more.
    pub parts: Vec<String>,
}

/// Joins the style sheets of a page; `read` gives the text of a file beside it.
pub fn join(html: &str, read: impl Fn(&str) -> Result<String>) -> Result<Joined> {
    let tags = tags(html);
    let links = tags.iter().filter(|tag| {
        tag.name == "link"
            && tag.attributes.iter().any(|attribute| attribute.name == "rel" && attribute.value == "stylesheet")
    });
    let (mut parts, mut ranges) = (Vec::new(), Vec::new());
    for link in links {
        let href = link.attributes.iter().find(|attribute| attribute.name == "href").map_or("", |found| found.value);
        let Some(name) = href.strip_prefix("./").filter(|name| !name.contains('/')) else {
            bail!("the style sheet '{href}' is not beside the page");
        };
        parts.push(name.to_owned());
        ranges.push(link.range.clone());
    }
    let (Some(first), Some(last)) = (ranges.first(), ranges.last()) else { bail!("index.html links no style sheet") };
    let css = parts.iter().map(|part| read(part)).collect::<Result<String>>()?;
    let name = format!("style-{}.css", hash(css.as_bytes()));

    let mut joined = format!(r#"{}<link rel="stylesheet" href="./{name}">"#, &html[..first.start]);
    for (link, next) in ranges.iter().zip(&ranges[1..]) {
        joined.push_str(&html[link.end..next.start]);
    }
    joined.push_str(&html[last.end..]);
    Ok(Joined { html: joined, name, css, parts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_become_one_in_their_order() {
        let html = r#"<head><link href="./a-1.css" rel="stylesheet"><link rel="icon" href="./i.svg"><link rel="stylesheet" href="./b-2.css"></head>"#;
        let joined = join(html, |name| Ok(format!("/*{name}*/"))).unwrap();
        assert_eq!(joined.css, "/*a-1.css*//*b-2.css*/");
        assert_eq!(joined.parts, ["a-1.css", "b-2.css"]);
        let name = &joined.name;
        assert!(name.starts_with("style-") && name.ends_with(".css"), "{name}");
        assert_eq!(
            joined.html,
            format!(r#"<head><link rel="stylesheet" href="./{name}"><link rel="icon" href="./i.svg"></head>"#)
        );
    }

    #[test]
    fn what_is_missing_is_said() {
        let told = |html: &str| format!("{:#}", join(html, |name| bail!("there is no {name}")).unwrap_err());
        assert!(told("<head></head>").contains("no style sheet"));
        assert!(told(r#"<link rel="stylesheet" href="./a.css">"#).contains("no a.css"));
        assert!(told(r#"<link rel="stylesheet" href="https://x.example/a.css">"#).contains("not beside the page"));
    }
}
