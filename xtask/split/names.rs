//! Short names, of what the parts have in common: a third of a module's imports and exports would be names that only the parts read.

use crate::BINDINGS;
use crate::parts::Parts;
use std::collections::{BTreeMap, BTreeSet};
use walrus::{ImportKind, Module};

/// Letters of a name that could also stand in a script, the first of them a letter.
const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const FIRST_LETTERS: usize = 52;

/// New names.
#[derive(Debug)]
pub struct Names {
    /// Of functions that wasm-bindgen's script has, by those that they have there.
    pub imports: BTreeMap<String, String>,
    /// Of functions of the first module that the rest calls, by their indices.
    pub functions: BTreeMap<usize, String>,
}

impl Names {
    /// Makes them up.
    pub fn of(module: &Module, parts: &Parts) -> Names {
        let bindings = module.imports.iter().filter(|import| import.module == BINDINGS);
        let (functions, others): (Vec<_>, Vec<_>) =
            bindings.partition(|import| matches!(import.kind, ImportKind::Function(_)));
        let taken = others.iter().map(|import| import.name.as_str()).collect();
        let imports = functions.iter().map(|import| import.name.clone()).zip(free(taken)).collect();
        let exports = module.exports.iter().map(|export| export.name.as_str()).collect();
        Names { imports, functions: parts.called_by_rest.iter().copied().zip(free(exports)).collect() }
    }

    /// Gives the bindings that a module imports their new names.
    pub fn rename_imports(&self, module: &mut Module) {
        for import in module.imports.iter_mut().filter(|import| import.module == BINDINGS) {
            if let Some(name) = self.imports.get(&import.name) {
                import.name.clone_from(name);
            }
        }
    }
}

/// Names, the shortest first, without these.
fn free(taken: BTreeSet<&str>) -> impl Iterator<Item = String> {
    (0..).map(short).filter(move |name| !taken.contains(name.as_str()))
}

fn short(number: usize) -> String {
    let mut name = String::from(char::from(LETTERS[number % FIRST_LETTERS]));
    let mut rest = number / FIRST_LETTERS;
    while rest > 0 {
        rest -= 1;
        name.push(char::from(LETTERS[rest % LETTERS.len()]));
        rest /= LETTERS.len();
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_differ() {
        let names: Vec<_> = free(BTreeSet::from(["b", "a9"])).take(4_000).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        assert_eq!(names[..3], ["a", "c", "d"]);
        assert!(
            names.iter().all(|name| name.len() <= 3 && name.starts_with(|first: char| first.is_ascii_alphabetic()))
        );
        assert!(!names.contains(&"a9".to_owned()));
    }
}
