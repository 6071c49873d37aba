//! Names, each kept once.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use interleave_scan::{Text, unescaped};

/// Names by number, in the order of their first use.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(HashMap<Vec<u8>, u32>);

impl Names {
    /// The number of a name.
    pub(super) fn number(&mut self, name: Text) -> u32 {
        // Whether it is UTF-8 is asked once for each name, and not for each use.
        let name = if name.escaped { Cow::Owned(unescaped(name.raw)) } else { Cow::Borrowed(name.raw) };
        if let Some(number) = self.0.get(&*name) {
            return *number;
        }
        let number = self.0.len() as u32;
        self.0.insert(name.into_owned(), number);
        number
    }

    /// The names, by number.
    pub(super) fn into_labels(self) -> Vec<String> {
        let mut labels = vec![String::new(); self.0.len()];
        for (name, number) in self.0 {
            labels[number as usize] =
                String::from_utf8(name).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
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
    // FNV-1a, and a last step so that every byte counts for every bit.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.iter().chain(&[0xff]) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ hash >> 29
}
