//! Counting words in a text. The text is made deterministically from a small vocabulary, sentence by sentence, and repeats
//! itself after a while: so whoever makes it knows without reading how many words there are.

use crate::mix;

/// The words that can be counted; all of them are in the text.
pub const SOUGHT: &[&str] = &["tea", "river", "clock", "window", "thread"];
/// How many sentences make a piece of about two tenths of a millisecond.
pub const PIECE: u32 = 256;

/// The other words. Some have a sought word in them, which must not be counted.
const OTHERS: &[&str] = &[
    "a",
    "the",
    "one",
    "every",
    "some",
    "slow",
    "quick",
    "patient",
    "steam",
    "teapot",
    "riverside",
    "clockwork",
    "windows",
    "threads",
    "cook",
    "baker",
    "sailor",
    "teacher",
    "friend",
    "waits",
    "works",
    "listens",
    "hurries",
    "returns",
    "and",
    "or",
    "while",
    "until",
    "because",
    "near",
    "under",
    "beside",
    "garden",
    "kitchen",
    "harbour",
    "station",
    "market",
    "evening",
    "morning",
    "rain",
    "bread",
    "lamp",
    "letter",
    "bell",
    "song",
];
/// After so many sentences the text begins again.
const PERIOD: u32 = 1_024;

/// How many words a sentence has, and where in the two vocabularies together they stand.
fn sentence(number: u32) -> impl Iterator<Item = usize> {
    let seed = mix(number % PERIOD);
    let all = (SOUGHT.len() + OTHERS.len()) as u32;
    (0..5 + seed % 8).map(move |place| (mix(seed ^ (place + 1)) % all) as usize)
}

/// Room for a word: as much as is copied at once.
const ROOM: usize = 16;

/// The letters of all words, each with room behind them, and how many they are.
static WORDS: [([u8; ROOM], usize); SOUGHT.len() + OTHERS.len()] = {
    let mut words = [([0; ROOM], 0); SOUGHT.len() + OTHERS.len()];
    let mut place = 0;
    while place < words.len() {
        let word = if place < SOUGHT.len() { SOUGHT[place] } else { OTHERS[place - SOUGHT.len()] }.as_bytes();
        let mut at = 0;
        while at < word.len() {
            words[place].0[at] = word[at];
            at += 1;
        }
        words[place].1 = word.len();
        place += 1;
    }
    words
};

/// Adds a sentence to `text`: a capital at its beginning, a comma here and there, a full stop and a blank at its end.
fn write(number: u32, text: &mut Vec<u8>) {
    let begin = text.len();
    for (count, place) in sentence(number).enumerate() {
        if count > 0 {
            if count % 5 == 0 {
                text.push(b',');
            }
            text.push(b' ');
        }
        // As much as there is room for, which costs less than to copy as many letters as there are.
        let (letters, length) = &WORDS[place];
        let end = text.len() + length;
        text.extend_from_slice(letters);
        text.truncate(end);
    }
    text[begin].make_ascii_uppercase();
    text.extend_from_slice(b". ");
}

/// How many words there are in the sentences `from` ≤ number < `to`, and how many of them are the sought word with this
/// number: makes the text, and reads it letter by letter.
#[inline(never)]
pub fn count(from: u32, to: u32, sought: u32) -> (u32, u32) {
    let mut text = Vec::with_capacity((to - from) as usize * 64);
    (from..to).for_each(|number| write(number, &mut text));
    let sought = SOUGHT[sought as usize].as_bytes();
    let (mut words, mut found) = (0, 0);
    for word in text.split(|byte| !byte.is_ascii_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        found += u32::from(word.eq_ignore_ascii_case(sought));
    }
    (words, found)
}

/// What [`count`] finds in the first `sentences`, as whoever makes the text knows it.
pub fn count_as_made(sentences: u32, sought: u32) -> (u64, u64) {
    let of = |numbers: std::ops::Range<u32>| {
        numbers
            .flat_map(sentence)
            .fold((0, 0), |(words, found): (u64, u64), place| (words + 1, found + u64::from(place == sought as usize)))
    };
    let (times, whole, rest) = (u64::from(sentences / PERIOD), of(0..PERIOD.min(sentences)), of(0..sentences % PERIOD));
    (times * whole.0 + rest.0, times * whole.1 + rest.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_agrees_with_making() {
        for (sentences, sought) in [(0, 0), (1, 1), (100, 2), (1_024, 3), (5_000, 4)] {
            let (words, found) = count(0, sentences, sought);
            assert_eq!((words.into(), found.into()), count_as_made(sentences, sought), "{sentences} sentences");
        }
    }

    #[test]
    fn every_sought_word_occurs_and_the_text_reads_as_one() {
        for sought in 0..SOUGHT.len() as u32 {
            assert!(count_as_made(1_000, sought).1 > 50);
        }
        let mut text = Vec::new();
        (0..2).for_each(|number| write(number, &mut text));
        let text = String::from_utf8(text).unwrap();
        assert!(text.ends_with(". ") && text.starts_with(|c: char| c.is_ascii_uppercase()), "{text}");
    }
}
