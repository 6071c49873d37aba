//! The first line of a directive: its name, perhaps an id, and attributes (`python title="One by one" engine=main`); and the
//! lines `key: value` of front matter and demos.

use super::error::{Checked, mistake};
use super::source::Text;

/// The first line of a directive.
#[derive(Debug, PartialEq, Eq)]
pub struct Head {
    /// Line in the file, from 1.
    pub line: usize,
    /// Which directive it is.
    pub name: String,
    /// The bare word after the name.
    pub id: Option<String>,
    /// The words `key=value`.
    pub attributes: Vec<(String, String)>,
    /// The points that it teaches, which any directive with an id may name: `teaches="4.2 4.3"`.
    pub teaches: Option<String>,
}

impl Head {
    /// The value of the attribute `key`.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// Refuses attributes other than these.
    pub fn only(&self, known: &[&str]) -> Checked<()> {
        match self.attributes.iter().find(|(key, _)| !known.contains(&key.as_str())) {
            Some((key, _)) => mistake(self.line, format!("“{}” has no attribute “{key}”", self.name)),
            None => Ok(()),
        }
    }
}

/// Reads the words behind ``` or `:::`.
pub fn parse(info: &str, line: usize) -> Checked<Head> {
    let mut words = words(info, line)?.into_iter();
    let name = words.next().unwrap_or_default();
    let mut head = Head { line, name, id: None, attributes: Vec::new(), teaches: None };
    for word in words {
        match word.split_once('=') {
            Some((key, value)) if head.get(key).is_none() => head.attributes.push((key.to_owned(), value.to_owned())),
            Some((key, _)) => return mistake(line, format!("broken directive: “{key}” stands twice")),
            None if head.id.is_none() && head.attributes.is_empty() => head.id = Some(word),
            None => return mistake(line, format!("broken directive: “{word}” is neither the id nor `key=value`")),
        }
    }
    if let Some(place) = head.attributes.iter().position(|(key, _)| key == "teaches") {
        head.teaches = Some(head.attributes.remove(place).1);
    }
    match head {
        Head { id: None, teaches: Some(_), .. } => mistake(line, "what has no id cannot say what it teaches"),
        head => Ok(head),
    }
}

/// Words between spaces; quotes hold a value with spaces together and are taken off.
fn words(info: &str, line: usize) -> Checked<Vec<String>> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for character in info.chars() {
        match character {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.extend((!word.is_empty()).then(|| std::mem::take(&mut word))),
            _ => word.push(character),
        }
    }
    if quoted {
        return mistake(line, "broken directive: a quote is not closed");
    }
    words.extend((!word.is_empty()).then_some(word));
    Ok(words)
}

/// A line `key: value`.
pub struct Entry<'a> {
    /// Line in the file, from 1.
    pub line: usize,
    /// What stands before the colon.
    pub key: &'a str,
    /// What stands behind it.
    pub value: &'a str,
}

/// Reads lines `key: value`; blank lines are allowed, and no key but `again` may stand twice.
pub fn entries<'a>(text: &'a Text, again: &str) -> Checked<Vec<Entry<'a>>> {
    let mut entries: Vec<Entry> = Vec::new();
    for (line, content) in (text.line..).zip(text.text.lines()).filter(|(_, content)| !content.trim().is_empty()) {
        let Some((key, value)) = content.split_once(':').map(|(key, value)| (key.trim(), value.trim())) else {
            return mistake(line, format!("“{content}” is not of the form `key: value`"));
        };
        if key != again && entries.iter().any(|entry| entry.key == key) {
            return mistake(line, format!("“{key}” stands twice"));
        }
        entries.push(Entry { line, key, value });
    }
    Ok(entries)
}
