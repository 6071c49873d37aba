//! Which functions a first visit does not run, by hashes of their names. How that was found out is nothing to it.

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// The functions that are put off. One that no profile knows, because it was written or renamed since, is not among them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Profile {
    hashes: BTreeSet<u64>,
}

/// Hexadecimal digits of a hash: few enough for a short file, enough for no two of 10,000 names to meet.
const DIGITS: usize = 12;

impl Profile {
    /// Puts off the functions of these names.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Profile {
        Profile { hashes: names.into_iter().map(hash).collect() }
    }

    /// How many functions it knows.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Reads what [`Self::text`] wrote; lines that begin with `#` say something about it.
    ///
    /// # Errors
    /// If a line is no hash.
    pub fn read(text: &str) -> Result<Profile> {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let hash = |line| u64::from_str_radix(line, 16).with_context(|| format!("`{line}` is no hash of a name"));
        Ok(Profile { hashes: lines.map(hash).collect::<Result<_>>()? })
    }

    /// As text, a line for each function.
    pub fn text(&self) -> String {
        self.hashes.iter().map(|hash| format!("{hash:0DIGITS$x}\n")).collect()
    }

    /// Whether the function of this name is put off.
    pub fn puts_off(&self, name: &str) -> bool {
        self.hashes.contains(&hash(name))
    }
}

fn hash(name: &str) -> u64 {
    let digest = Sha256::digest(plain(name));
    digest[..DIGITS / 2].iter().fold(0, |hash, byte| hash << 8 | u64::from(*byte))
}

/// A name without what another compiler or another build would have otherwise: the crates' hashes in brackets.
pub fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        let is_hash = |inside: &str| inside.len() >= 8 && inside.bytes().all(|byte| byte.is_ascii_hexdigit());
        rest = match after.split_once(']') {
            Some((inside, behind)) if is_hash(inside) => behind,
            _ => {
                plain.push('[');
                after
            }
        };
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_in_another_build() {
        let profile = Profile::new(["<app[0123456789abcdef]::Page as yew[60deaf2a9bb70515]::View>::view"]);
        assert!(profile.puts_off("<app[fedcba9876543210]::Page as yew[0000000000000000]::View>::view"));
        assert!(!profile.puts_off("<app[fedcba9876543210]::Other as yew[0000000000000000]::View>::view"));
        assert_ne!(hash("<[u8; 4]>::sort"), hash("<[u8; 8]>::sort"), "what is in brackets and no hash counts");
    }

    #[test]
    fn its_text_is_read_again() {
        let profile = Profile::new(["a", "b"]);
        assert_eq!(Profile::read(&format!("# About\n{}", profile.text())).unwrap(), profile);
        assert!(format!("{:#}", Profile::read("xyz\n").unwrap_err()).contains("`xyz` is no hash"));
    }
}
