//! Finding tasks by their names.

use crate::trace::{TaskId, Trace};

/// More than this are not listed.
const MOST_FOUND: usize = 50;

/// The tasks whose names hold every word of `query`, whatever their case; whole names and beginnings first, then in order.
pub fn search(trace: &Trace, query: &str) -> Vec<TaskId> {
    let query = query.trim().to_lowercase();
    if query.is_empty() {
        return Vec::new();
    }
    let words: Vec<_> = query.split_whitespace().collect();
    let rank = |name: &str| {
        let name = name.to_lowercase();
        match () {
            () if name == query => Some(0),
            () if name.starts_with(&query) => Some(1),
            () if name.split_whitespace().any(|word| word == query) => Some(2),
            () if words.iter().all(|word| name.contains(word)) => Some(3),
            () => None,
        }
    };
    let mut found: Vec<(u8, TaskId)> =
        (0..).map(TaskId).zip(trace.tasks()).filter_map(|(task, name)| Some((rank(name)?, task))).collect();
    found.sort();
    found.into_iter().map(|(_, task)| task).take(MOST_FOUND).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::example;

    #[test]
    fn names_are_found_by_their_words() {
        let trace = example::pool(21, 2);
        let found = |query| search(&trace, query).into_iter().map(|task| task.0 + 1).collect::<Vec<_>>();
        assert_eq!(found("range 2"), [2, 20, 21, 12], "the whole name first");
        assert_eq!(found("2"), [2, 12, 20, 21], "a whole word first");
        assert_eq!(found("1 RAN"), [1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 21]);
        assert_eq!((found(" "), found("nobody")), (vec![], vec![]));
    }
}
