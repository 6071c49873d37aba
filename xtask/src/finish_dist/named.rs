//! Names by content for what Trunk copies under its own name: scripts beside the page, and wasm-bindgen's snippets, whose folder is
//! named by their crate. What is named by its content can be kept for ever, and two deployments never mean two things by one name.

use super::write;
use crate::hash::hash;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};

/// The scripts of www/ that the page loads.
const SCRIPTS: &[&str] = &["boot.js", "service.js"];
/// How the glue names Trunk's folder where it imports from it. The module knows its imports by the same words, which stay.
const IMPORTS: [&str; 2] = ["from './snippets/", "from \"./snippets/"];

/// Renames them in `folder`; the page that loads them under their new names.
pub fn by_content(folder: &Path, page: &str) -> Result<String> {
    let mut page = page.to_owned();
    for script in SCRIPTS {
        let content = fs::read(folder.join(script)).with_context(|| format!("cannot read {script}"))?;
        let named = format!("{}-{}.js", script.trim_end_matches(".js"), hash(&content));
        page = replaced(&page, &format!("./{script}"), &format!("./{named}"))?;
        rename(folder, script, &named)?;
    }
    if !folder.join("snippets").is_dir() {
        return Ok(page);
    }
    let mut contents = Vec::new();
    for path in files(&folder.join("snippets"))? {
        contents.extend(path.to_string_lossy().bytes().chain([0]));
        contents.extend(fs::read(folder.join("snippets").join(path))?);
    }
    let snippets = format!("snippets-{}", hash(&contents));
    rename(folder, "snippets", &snippets)?;
    for glue in files(folder)?.iter().filter_map(|path| path.to_str()) {
        // The one script at the top that imports them.
        let Some(stem) = glue.strip_suffix(".js").filter(|_| !glue.contains('/')) else { continue };
        let text = fs::read_to_string(folder.join(glue))?;
        if !IMPORTS.iter().any(|import| text.contains(import)) {
            continue;
        }
        let moved = |text: String, import: &&str| text.replace(import, &import.replace("snippets", &snippets));
        let text = IMPORTS.iter().fold(text, moved);
        let (stem, _) = stem.rsplit_once('-').with_context(|| format!("{glue} is not named by a hash"))?;
        let named = format!("{stem}-{}.js", hash(text.as_bytes()));
        write(&folder.join(glue), text.as_bytes())?;
        rename(folder, glue, &named)?;
        page = replaced(&page, glue, &named)?;
    }
    Ok(page.replace("./snippets/", &format!("./{snippets}/")))
}

fn replaced(page: &str, name: &str, named: &str) -> Result<String> {
    ensure!(page.contains(name), "index.html should load {name}");
    Ok(page.replace(name, named))
}

fn rename(folder: &Path, from: &str, to: &str) -> Result<()> {
    let to_path = folder.join(to);
    if to_path.is_dir() {
        // Of the build before, with the same content.
        fs::remove_dir_all(&to_path)?;
    }
    fs::rename(folder.join(from), &to_path).with_context(|| format!("cannot name {from} {to}"))
}

/// All files in a folder, relative to it, in order.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(folder.join(&inner))? {
            let entry = entry?;
            let path = inner.join(entry.file_name());
            if entry.file_type()?.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<script src=./boot.js></script><script src=./service.js></script><link href=./a-1.js>\
                        <link href=./snippets/x-1/p.js><script>import './a-1.js'; './a-1_bg.wasm'</script>";

    const GLUE: &str = "import {p} from './snippets/x-1/p.js'; ({ \"./snippets/x-1/p.js\": p })";

    /// A page's names when its snippet has this text.
    fn finished(name: &str, snippet: &str) -> (String, Vec<String>) {
        let folder = std::env::temp_dir().join(format!("interleave-named-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("snippets/x-1")).unwrap();
        for (path, text) in [("boot.js", "b"), ("service.js", "s"), ("a-1.js", GLUE)] {
            fs::write(folder.join(path), text).unwrap();
        }
        fs::write(folder.join("snippets/x-1/p.js"), snippet).unwrap();
        let page = by_content(&folder, PAGE).unwrap();
        let names: Vec<_> = files(&folder).unwrap().iter().map(|path| path.display().to_string()).collect();
        let glue = names_of_glue(&names).map(|name| fs::read_to_string(folder.join(name)).unwrap()).collect::<String>();
        assert!(glue.contains("from './snippets-") && glue.ends_with("({ \"./snippets/x-1/p.js\": p })"), "{glue}");
        fs::remove_dir_all(&folder).unwrap();
        (page, names)
    }

    fn names_of_glue(names: &[String]) -> impl Iterator<Item = &String> {
        names.iter().filter(|name| name.starts_with("a-"))
    }

    #[test]
    fn every_name_follows_its_content_and_the_page_knows_it() {
        let (page, names) = finished("first", "one");
        for name in names.iter().filter(|name| !name.starts_with("snippets")) {
            assert!(page.contains(&format!("./{name}")), "{name} is not in {page}");
        }
        assert!(page.contains("/snippets-") && page.contains("'./a-1_bg.wasm'"), "{page}");
        assert!(!names.iter().any(|name| ["boot.js", "service.js", "a-1.js"].contains(&name.as_str())), "{names:?}");
        assert_eq!(finished("again", "one"), (page, names.clone()));
        let (_, others) = finished("other", "two");
        let differing = names.iter().filter(|name| !others.contains(name)).count();
        assert_eq!(differing, 2, "the snippet and the glue that imports it: {names:?} and {others:?}");
    }
}
