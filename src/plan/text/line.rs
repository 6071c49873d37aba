//! A line of the text as words with their places, and what may be asked of the next one.

use super::{Problem, quoted};

/// A word of a line, a text in quotes, or one of either behind `key=`.
#[derive(Clone, Debug, PartialEq)]
struct Word {
    column: usize,
    key: Option<String>,
    text: String,
    is_quoted: bool,
}

/// A line that is being read, word by word.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Which one, from 1.
    pub(super) number: usize,
    words: Vec<Word>,
    at: usize,
    /// Behind its last word.
    end: usize,
}

impl Line {
    /// Takes a line apart.
    pub(super) fn new(number: usize, text: &str) -> Result<Self, Problem> {
        let letters: Vec<char> = text.chars().collect();
        let mut line = Self { number, words: Vec::new(), at: 0, end: letters.len() + 1 };
        let mut at = 0;
        while let Some(letter) = letters.get(at) {
            if letter.is_whitespace() {
                at += 1;
                continue;
            }
            if *letter == '#' {
                break;
            }
            let column = at + 1;
            let key: String = letters[at..].iter().take_while(|c| c.is_ascii_lowercase()).collect();
            let has_key = !key.is_empty() && letters.get(at + key.len()) == Some(&'=');
            at += if has_key { key.len() + 1 } else { 0 };
            let is_quoted = letters.get(at) == Some(&'"');
            let text = if is_quoted {
                let (text, behind) = in_quotes(&letters, at + 1)
                    .ok_or_else(|| line.problem_at(at + 1, "the quotation mark has no second one".into()))?;
                at = behind;
                text
            } else {
                let text: String = letters[at..].iter().take_while(|c| !c.is_whitespace()).collect();
                at += text.chars().count();
                text
            };
            line.words.push(Word { column, key: has_key.then_some(key), text, is_quoted });
        }
        Ok(line)
    }

    /// Whether nothing is left to be read.
    pub(super) fn is_done(&self) -> bool {
        self.at == self.words.len()
    }

    /// A problem at the next word.
    pub(super) fn problem(&self, what: impl Into<String>) -> Problem {
        self.problem_at(self.words.get(self.at).map_or(self.end, |word| word.column), what.into())
    }

    /// A problem at the word that was read last.
    pub(super) fn problem_before(&self, what: impl Into<String>) -> Problem {
        let word = self.at.checked_sub(1).and_then(|at| self.words.get(at));
        self.problem_at(word.map_or(1, |word| word.column), what.into())
    }

    fn problem_at(&self, column: usize, what: String) -> Problem {
        Problem { line: self.number, column, what }
    }

    /// Whether the next word is this one, which is then read.
    pub(super) fn takes(&mut self, wanted: &str) -> bool {
        let is_it =
            self.words.get(self.at).is_some_and(|word| !word.is_quoted && word.key.is_none() && word.text == wanted);
        self.at += usize::from(is_it);
        is_it
    }

    /// The next word, in quotes or not; `what` it should be.
    pub(super) fn word(&mut self, what: &str) -> Result<String, Problem> {
        let word = self.words.get(self.at).filter(|word| word.key.is_none());
        let text = word.map(|word| word.text.clone()).ok_or_else(|| self.problem(format!("here stands {what}")))?;
        self.at += 1;
        Ok(text)
    }

    /// The next word as a name, of an object or a task.
    pub(super) fn name(&mut self, what: &str) -> Result<String, Problem> {
        let name = self.word(what)?;
        if name.trim().is_empty() || name.chars().any(char::is_control) || name.chars().count() > LONGEST_NAME {
            let why = format!("a name has 1 to {LONGEST_NAME} letters, and none that cannot be seen");
            return Err(self.problem_before(why));
        }
        Ok(name)
    }

    /// Whether the next word is a number.
    pub(super) fn is_at_number(&self) -> bool {
        self.words
            .get(self.at)
            .is_some_and(|word| word.key.is_none() && word.text.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// The next word as a number from `least` to `most`; `what` it is.
    pub(super) fn number(&mut self, what: &str, least: u32, most: u32) -> Result<u32, Problem> {
        let wanted = || format!("{what}, a whole number from {least} to {most}");
        let given = self.word(&wanted())?;
        number(&given, least, most)
            .ok_or_else(|| self.problem_before(format!("{} is not {}", quoted(&given), wanted())))
    }

    /// All `key=number` from here, each at most once: of each key its value, at most as large as said, or what stands for it.
    pub(super) fn options<const N: usize>(&mut self, keys: [(&str, u32, u32); N]) -> Result<[u32; N], Problem> {
        let mut values = keys.map(|(.., default)| default);
        let mut seen = [false; N];
        while let Some(Word { key: Some(key), text, .. }) = self.words.get(self.at).cloned() {
            let Some(place) = keys.iter().position(|(known, ..)| *known == key) else {
                let known: Vec<_> = keys.iter().map(|(known, ..)| format!("{known}=")).collect();
                let allowed = if known.is_empty() { "nothing".to_owned() } else { known.join(", ") };
                return Err(self.problem(format!("there is no {}= here, but {allowed}", key)));
            };
            let (known, most, _) = keys[place];
            if std::mem::replace(&mut seen[place], true) {
                return Err(self.problem(format!("{known}= stands twice")));
            }
            let wanted = || format!("{} is not a whole number from 0 to {most}", quoted(&text));
            values[place] = number(&text, 0, most).ok_or_else(|| self.problem(wanted()))?;
            self.at += 1;
        }
        Ok(values)
    }

    /// The text behind `key=`, if that stands next.
    pub(super) fn option(&mut self, wanted: &str) -> Option<String> {
        let word = self.words.get(self.at).filter(|word| word.key.as_deref() == Some(wanted))?;
        self.at += 1;
        Some(word.text.clone())
    }

    /// Nothing may be left.
    pub(super) fn done(&self) -> Result<(), Problem> {
        match self.words.get(self.at) {
            None => Ok(()),
            Some(word) => {
                let key = word.key.as_ref().map(|key| format!("{key}=")).unwrap_or_default();
                Err(self.problem(format!("{} is too much here", quoted(&format!("{key}{}", word.text)))))
            }
        }
    }
}

/// The longest name, characters.
pub(super) const LONGEST_NAME: usize = 60;

fn number(text: &str, least: u32, most: u32) -> Option<u32> {
    // `u32::from_str` takes a sign, which no number here has.
    let digits = text.starts_with(|c: char| c.is_ascii_digit());
    text.parse().ok().filter(|value| digits && (least..=most).contains(value))
}

/// The text up to the next quotation mark, and where it goes on behind that.
fn in_quotes(letters: &[char], from: usize) -> Option<(String, usize)> {
    let (mut text, mut at) = (String::new(), from);
    loop {
        match letters.get(at)? {
            '"' => return Some((text, at + 1)),
            '\\' => {
                at += 1;
                text.push(*letters.get(at)?);
            }
            letter => text.push(*letter),
        }
        at += 1;
    }
}
