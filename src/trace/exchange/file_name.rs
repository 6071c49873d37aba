//! Names for the files that a trace is saved in: they say what is in them, and are good on any system. It knows no file.

/// The longest that a name without its extension becomes, characters.
const LONGEST: usize = 80;

/// A name of these parts, whatever they hold: “interleave-nine-requests-gather.svg”.
pub fn file_name(parts: &[&str], extension: &str) -> String {
    let words = parts.iter().flat_map(|part| part.split(|c: char| !c.is_alphanumeric()));
    let words = words.filter(|word| !word.is_empty()).map(str::to_lowercase).skip_while(|word| word == OURS);
    let mut name = words.fold(OURS.to_owned(), |name, word| format!("{name}-{word}"));
    if let Some((end, _)) = name.char_indices().nth(LONGEST) {
        name.truncate(end);
    }
    format!("{}.{extension}", name.trim_end_matches('-'))
}

/// What every name begins with.
const OURS: &str = "interleave";

/// A file's name without what only says how it is written: “nine.json.gz” is “nine”.
pub fn stem(file: &str) -> &str {
    let mut stem = file;
    for extension in [".gz", ".json"] {
        let end = stem.len().saturating_sub(extension.len());
        if stem.get(end..).is_some_and(|ending| ending.eq_ignore_ascii_case(extension)) {
            stem = &stem[..end];
        }
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_is_in_the_file() {
        assert_eq!(file_name(&["nine-requests", "gather"], "svg"), "interleave-nine-requests-gather.svg");
        assert_eq!(file_name(&["Thread pool: 2 × “primes”"], "csv"), "interleave-thread-pool-2-primes.csv");
        assert_eq!(file_name(&["مسار", "übung"], "png"), "interleave-مسار-übung.png");
        assert_eq!(file_name(&[stem("interleave-primes.json")], "json"), "interleave-primes.json", "not twice ours");
    }

    #[test]
    fn no_name_leads_anywhere_or_is_without_end() {
        assert_eq!(file_name(&["../../etc/passwd\0"], "svg"), "interleave-etc-passwd.svg");
        assert_eq!(file_name(&[""], "svg"), "interleave.svg");
        assert_eq!(file_name(&["-", "…"], "svg"), "interleave.svg");
        let long = file_name(&[&"ä b".repeat(10_000)], "svg");
        assert!(long.chars().count() <= LONGEST + 4 && long.ends_with(".svg"), "{long}");
    }

    #[test]
    fn the_stem_is_without_extensions() {
        let files = ["nine.json.gz", "NINE.JSON", "nine.gz", "nine.trace", ".json", "json", "", "é.gz"];
        assert_eq!(files.map(stem), ["nine", "NINE", "nine", "nine.trace", "", "json", "", "é"]);
    }
}
