//! Names, each kept once.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher, Hasher};

use super::scan::Text;

/// Names by number, in the order of their first use.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(HashMap<String, u32>);

impl Names {
    /// The number of a name.
    pub(super) fn number(&mut self, name: Text) -> u32 {
        let name = name.decode();
        match self.0.get(&*name) {
            Some(number) => *number,
            None => {
                let number = self.0.len() as u32;
                self.0.insert(name.into_owned(), number);
                number
            }
        }
    }

    /// The names, by number.
    pub(super) fn into_labels(self) -> Vec<String> {
        let mut labels = vec![String::new(); self.0.len()];
        for (name, number) in self.0 {
            labels[number as usize] = name;
        }
        labels
    }
}

/// A table by [`key`], which is a hash already.
pub(super) type Keyed<T> = HashMap<u64, T, BuildHasherDefault<AsItIs>>;

/// Hashes a number as that number.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }

    fn write(&mut self, bytes: &[u8]) {
        // Nothing but numbers is hashed with it.
        bytes.iter().for_each(|byte| self.0 = self.0.rotate_left(8) ^ u64::from(*byte));
    }
}

/// A number for what these parts name together. That two things share one is less likely than a failure of the machine, and
/// would put what belongs to one of them with the other's.
pub(super) fn key(parts: &[&[u8]]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for part in parts {
        hasher.write(part);
        hasher.write_u8(0xff);
    }
    hasher.finish()
}
