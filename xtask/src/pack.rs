//! Files of a finished page beside their compressed copies (`.br`, `.gz`), which a host sends as they are. `cargo xtask build` makes
//! them; pages for tests and for work do without.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Endings of what is text, or packs as well.
const PACKED: &[&str] = &["css", "html", "js", "json", "svg", "wasm", "webmanifest"];

/// Sums of sizes, in bytes.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// As they are; only of files with copies.
    pub plain: usize,
    pub brotli: usize,
    pub gzip: usize,
}

/// Compresses what is worth it in a folder and below.
///
/// # Errors
/// If a file cannot be read or written.
pub fn folder(folder: &Path) -> Result<Sizes> {
    let mut sizes = Sizes::default();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let path = entry.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|name| !name.starts_with('.')) else {
            continue;
        };
        if entry.file_type()?.is_dir() {
            let inner = self::folder(&path)?;
            sizes.plain += inner.plain;
            sizes.brotli += inner.brotli;
            sizes.gzip += inner.gzip;
        } else if name.rsplit_once('.').is_some_and(|(_, ending)| PACKED.contains(&ending)) {
            let plain = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let (brotli, gzip) = (interleave_pack::brotli(&plain)?, interleave_pack::gzip(&plain)?);
            sizes.plain += plain.len();
            sizes.brotli += brotli.len();
            sizes.gzip += gzip.len();
            for (ending, packed) in [("br", brotli), ("gz", gzip)] {
                let path = path.with_file_name(format!("{name}.{ending}"));
                fs::write(&path, packed).with_context(|| format!("cannot write {}", path.display()))?;
            }
        }
    }
    Ok(sizes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_has_copies_and_pictures_have_none() {
        let folder = std::env::temp_dir().join(format!("interleave-pack-{}", std::process::id()));
        fs::create_dir_all(folder.join("lessons")).unwrap();
        fs::create_dir_all(folder.join(".stage")).unwrap();
        for name in ["index.html", "lessons/a.json", "1.png", ".stage/b.js"] {
            fs::write(folder.join(name), "the same words, the same words, the same words").unwrap();
        }
        let sizes = self::folder(&folder).unwrap();
        assert_eq!(sizes.plain, 92);
        assert!(sizes.brotli < sizes.plain && sizes.gzip < sizes.plain, "{sizes:?}");
        for (name, packed) in [("index.html", true), ("lessons/a.json", true), ("1.png", false), (".stage/b.js", false)]
        {
            for ending in ["br", "gz"] {
                assert_eq!(folder.join(format!("{name}.{ending}")).is_file(), packed, "{name}.{ending}");
            }
        }
        assert_eq!(self::folder(&folder).unwrap(), sizes, "copies have no copies");
        fs::remove_dir_all(&folder).unwrap();
    }
}
