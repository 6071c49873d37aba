//! Where things are: the repository, what is built in it, and what is kept between repositories.

use std::env;
use std::path::{Path, PathBuf};

/// The repository's root folder.
pub fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// The page as it is deployed.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Cargo's folder for native builds, where xtask keeps its own leavings too.
pub fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// Cargo's folder for builds of the page.
///
/// Of its own, because those run with `RUSTC_BOOTSTRAP=1`, for which proc-macro2, serde and others ask in their build
/// scripts: in a common folder each change between a native and a wasm build would compile them anew.
pub fn wasm_target() -> PathBuf {
    target().join("wasm")
}

/// `$XDG_CACHE_HOME/interleave`: the tools, which serve every copy of the repository.
pub fn cache() -> PathBuf {
    let home = || PathBuf::from(env::var_os("HOME").unwrap_or_else(|| ".".into()));
    let caches = match env::var_os("XDG_CACHE_HOME") {
        Some(folder) if !folder.is_empty() => PathBuf::from(folder),
        _ => home().join(".cache"),
    };
    caches.join("interleave")
}
