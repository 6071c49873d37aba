//! Search: what is found, in which order, and what is shown of it. Whatever is typed and whatever is searched, nothing panics, and what is
//! found has all words.
#![cfg(not(target_arch = "wasm32"))]

use interleave::lesson::search::{Entry, Found, Piece, Query, fold};
use proptest::prelude::*;

fn entry(title: &str, text: &str) -> Entry {
    Entry { title: title.into(), place: "Glossary".into(), link: format!("#/{title}"), text: text.into() }
}

fn index() -> Vec<Entry> {
    vec![
        entry("Predict, then run", "A lock is held by one thread at a time."),
        entry("Lock", "Held by one at a time; whoever else wants it waits."),
        entry("Deadlock", "Several wait for each other in a circle: each holds a lock that the next one needs."),
        entry("Re-entrant lock", "A lock that who holds it may take again."),
        entry("Café", "Naïve façades, and a straße."),
    ]
}

/// The titles of what is found, and the first snippet with its marks.
fn found(typed: &str) -> (Vec<String>, String) {
    let index = index();
    let found = Query::new(typed).find(&index);
    let titles = found.iter().map(|found| found.entry.title.clone()).collect();
    (titles, found.first().map(|found| marked(&found.snippet)).unwrap_or_default())
}

fn marked(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() }).collect()
}

#[test]
fn titles_come_before_text_and_whole_titles_first() {
    assert_eq!(found("lock").0, ["Lock", "Re-entrant lock", "Predict, then run", "Deadlock"]);
    assert_eq!(found("LOC").0[..2], ["Lock", "Re-entrant lock"], "a word is found by its beginning");
    assert_eq!(found("ock").0, [""; 0], "and by nothing else");
}

#[test]
fn all_words_must_occur() {
    assert_eq!(found("lock circle").0, ["Deadlock"]);
    assert_eq!(found("lock holds again").0, ["Re-entrant lock"], "one of them in the title alone");
    assert_eq!(found("lock square").0, [""; 0]);
    assert_eq!([found("").0, found(" ?! ").0], [vec![], vec![]] as [Vec<String>; 2], "nothing finds nothing");
}

#[test]
fn case_and_accents_make_no_difference() {
    for typed in ["cafe", "CAFÉ", "cafe\u{301}", "naive", "NAÏVE facade", "strasse", "stras"] {
        assert_eq!(found(typed).0, ["Café"], "{typed}");
    }
    assert_eq!(found("strasse").1, "Naïve façades, and a [straße].");
    assert_eq!(found("stras").1, "Naïve façades, and a [straß]e.", "no letter is cut");
    assert_eq!(fold("İX æ ŒUVRE"), "ix ae oeuvre");
}

#[test]
fn a_snippet_stands_around_what_was_found() {
    let long = format!("{} needle {}", "hay ".repeat(100), "stack ".repeat(100));
    let index = [entry("Long", &long)];
    let snippet = marked(&Query::new("needle").find(&index)[0].snippet);
    assert!(snippet.starts_with("…hay ") && snippet.ends_with("stack…") && snippet.contains(" [needle] "), "{snippet}");
    assert!(snippet.chars().count() < 220, "{snippet}");
    let title = marked(&Query::new("lon").find(&index)[0].snippet);
    assert!(title.starts_with("hay ") && title.ends_with("hay…"), "{title}");
}

/// Text with what lessons have and what they do not.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,80}", "(lock|race |I/O|é|e\u{301}|ß|𝒳| |\\.|…){0,120}", any::<String>()]
}

proptest! {
    #[test]
    fn whatever_is_typed_what_is_found_has_all_words(typed in text(), title in text(), body in text()) {
        let index = [entry(&title, &body), entry(&body, &title)];
        let query = Query::new(&typed);
        for Found { entry, title, snippet } in query.find(&index) {
            let all = fold(&format!("{} {}", entry.title, entry.text));
            for word in query.words() {
                prop_assert!(all.contains(word), "{word:?} is not in {all:?}");
            }
            let whole: String = title.iter().map(|piece| piece.text.as_str()).collect();
            prop_assert_eq!(&whole, &entry.title, "a title is shown whole");
            let shown: String = snippet.iter().map(|piece| piece.text.as_str()).collect();
            prop_assert!(entry.text.contains(shown.trim_matches('…')), "{shown:?} is not in {:?}", entry.text);
            let of_title = title.iter().any(|piece| piece.marked);
            prop_assert!(of_title || snippet.iter().any(|piece| piece.marked), "nothing is marked");
        }
    }

    #[test]
    fn the_beginning_of_any_word_finds_it(title in text(), body in text(), at in any::<prop::sample::Index>(), cut in 1..9_usize) {
        let both = format!("{title} {body}");
        let words = Query::new(&both);
        prop_assume!(!words.words().is_empty());
        let word = at.get(words.words());
        let beginning: String = word.chars().take(cut).collect();
        let index = [entry(&title, &body)];
        prop_assert_eq!(Query::new(&beginning).find(&index).len(), 1, "{}", beginning);
    }
}
