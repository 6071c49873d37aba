//! Search over the lessons and the glossary: what is asked for, what fits, and which stretch of it is shown. Case and accents make no
//! difference, a word is found by its beginning, and whatever is found has all words. Pure; the page fetches the index and shows results.

use serde::{Deserialize, Serialize};

/// Where the index (`Vec<Entry>`) is served, relative to the page.
pub const SEARCH_PATH: &str = "lessons/search.json";

/// More results than these nobody reads.
pub const MOST_RESULTS: usize = 50;
/// How much of a text is shown before the first word that was found, and in all, in characters.
const BEFORE: usize = 60;
const SHOWN: usize = 200;
/// More words than these nobody types; what comes in a link is cut here.
const MOST_WORDS: usize = 12;

/// Something that can be found: a step of a lesson, or a term.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its title, as plain text.
    pub title: String,
    /// The lesson that it belongs to, or “Glossary”.
    pub place: String,
    /// The link to it, from `#`.
    pub link: String,
    /// What stands there, as plain text.
    pub text: String,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Query(Vec<String>);

/// What was found, with the stretch of its text that is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<'a> {
    /// What it is.
    pub entry: &'a Entry,
    /// Its title, in pieces.
    pub title: Vec<Piece>,
    /// A stretch of its text, in pieces.
    pub snippet: Vec<Piece>,
}

/// A stretch of text, and whether it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it is the beginning of a word that was asked for.
    pub marked: bool,
}

impl Query {
    /// The words of what was typed.
    pub fn new(typed: &str) -> Self {
        let mut words: Vec<String> = words(typed).into_iter().map(|word| word.folded).collect();
        words.truncate(MOST_WORDS);
        Self(words)
    }

    /// The words, folded.
    pub fn words(&self) -> &[String] {
        &self.0
    }

    /// Whether each word begins a word of one of these texts.
    pub fn is_in(&self, texts: &[&str]) -> bool {
        let all: Vec<Word> = texts.iter().flat_map(|text| words(text)).collect();
        self.0.iter().all(|asked| all.iter().any(|word| word.folded.starts_with(asked)))
    }

    /// What fits, best first: what has more of the words in its title, and whole; then the order of the index.
    pub fn find<'a>(&self, index: &'a [Entry]) -> Vec<Found<'a>> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let fit = index.iter().filter(|entry| self.is_in(&[&entry.title, &entry.text]));
        let mut ranked: Vec<_> = fit.map(|entry| (self.rank(entry), entry)).collect();
        ranked.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
        let found = |(_, entry): (_, &'a Entry)| Found {
            entry,
            title: self.marked(&entry.title),
            snippet: self.snippet(&entry.text),
        };
        ranked.into_iter().take(MOST_RESULTS).map(found).collect()
    }

    /// How well an entry fits: words in the title, whole words in the title, no other words in the title, whole words in the text.
    fn rank(&self, entry: &Entry) -> (usize, usize, bool, usize) {
        let (title, text) = (words(&entry.title), words(&entry.text));
        let count = |fits: &dyn Fn(&String) -> bool| self.0.iter().filter(|asked| fits(asked)).count();
        let begun = count(&|asked| title.iter().any(|word| word.folded.starts_with(asked)));
        let whole = count(&|asked| title.iter().any(|word| word.folded == *asked));
        let in_text = count(&|asked| text.iter().any(|word| word.folded == *asked));
        (begun, whole, whole == title.len(), in_text)
    }

    /// A stretch around the first word that was found, or the text's beginning.
    fn snippet(&self, text: &str) -> Vec<Piece> {
        let all = words(text);
        let first = all.iter().position(|word| self.asks_for(word).is_some());
        let from_char = first.map_or(0, |first| text[..all[first].start].chars().count().saturating_sub(BEFORE));
        // From the beginning of a word to the end of one.
        let start = char_at(text, from_char);
        let start = all.iter().map(|word| word.start).find(|at| *at >= start).filter(|_| from_char > 0).unwrap_or(0);
        let cut = start + char_at(&text[start..], SHOWN);
        let end = match cut < text.len() {
            true => all.iter().map(|word| word.end).take_while(|end| *end <= cut).last().unwrap_or(cut).max(start),
            false => text.len(),
        };
        let mut pieces = self.marked(&text[start..end]);
        let dots = || Piece { text: "…".into(), marked: false };
        if start > 0 {
            pieces.insert(0, dots());
        }
        if end < text.len() {
            pieces.push(dots());
        }
        pieces
    }

    /// A text in pieces, with what was asked for marked.
    fn marked(&self, text: &str) -> Vec<Piece> {
        let (mut pieces, mut at) = (Vec::new(), 0);
        let mut push = |text: &str, marked| {
            if !text.is_empty() {
                pieces.push(Piece { text: text.to_owned(), marked });
            }
        };
        for word in words(text) {
            if let Some(length) = self.asks_for(&word) {
                push(&text[at..word.start], false);
                push(&text[word.start..word.start + length], true);
                at = word.start + length;
            }
        }
        push(&text[at..], false);
        pieces
    }

    /// How much of a word's beginning was asked for, in bytes.
    fn asks_for(&self, word: &Word) -> Option<usize> {
        let asked = self.0.iter().filter(|asked| word.folded.starts_with(asked.as_str())).map(String::len).max()?;
        word.ends.iter().find(|(folded, _)| *folded >= asked).map(|(_, bytes)| *bytes)
    }
}

/// A word of a text.
struct Word {
    /// Where it stands, in bytes.
    start: usize,
    end: usize,
    folded: String,
    /// After each of its characters: the bytes of the folded word and of the word.
    ends: Vec<(usize, usize)>,
}

/// The words of a text: letters and digits that follow one another.
fn words(text: &str) -> Vec<Word> {
    let (mut words, mut open): (Vec<Word>, bool) = (Vec::new(), false);
    for (at, character) in text.char_indices() {
        // A letter that has no counterpart, such as a combining accent, ends no word.
        let folded = folded(character);
        if !(character.is_alphanumeric() || open && folded.is_empty()) {
            open = false;
            continue;
        }
        if !std::mem::replace(&mut open, true) {
            words.push(Word { start: at, end: at, folded: String::new(), ends: Vec::new() });
        }
        if let Some(word) = words.last_mut() {
            word.folded.push_str(&folded);
            word.end = at + character.len_utf8();
            word.ends.push((word.folded.len(), word.end - word.start));
        }
    }
    words.retain(|word| !word.folded.is_empty());
    words
}

/// Where the character with this number starts, in bytes.
fn char_at(text: &str, number: usize) -> usize {
    text.char_indices().nth(number).map_or(text.len(), |(at, _)| at)
}

/// A text in small letters without accents.
pub fn fold(text: &str) -> String {
    text.chars().map(folded).collect()
}

/// Small, and without its accent; nothing for an accent that stands by itself.
fn folded(character: char) -> String {
    let plain = |lower: char| {
        Some(match lower {
            'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
            'æ' => "ae",
            'ç' | 'ć' | 'č' => "c",
            'ď' | 'đ' => "d",
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
            'ğ' => "g",
            'ì'..='ï' | 'ī' | 'į' | 'ı' => "i",
            'ł' => "l",
            'ñ' | 'ń' | 'ň' => "n",
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
            'œ' => "oe",
            'ř' => "r",
            'ś' | 'ş' | 'š' | 'ș' => "s",
            'ß' => "ss",
            'ť' | 'ţ' | 'ț' => "t",
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => "u",
            'ý' | 'ÿ' => "y",
            'ź' | 'ż' | 'ž' => "z",
            '\u{300}'..='\u{36f}' => "",
            _ => return None,
        })
    };
    character.to_lowercase().map(|lower| plain(lower).map_or_else(|| lower.to_string(), str::to_owned)).collect()
}
