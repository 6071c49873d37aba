//! A deployment: which files the service worker keeps, each with a hash of its content, under a version that is a hash of all. The list
//! stands in sw.js itself, so that another deployment is another service worker; the page bears its version, and asks with it for what is
//! not named by its content.

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

/// How the line of sw.js begins that holds the list.
const LINE: &str = "const DEPLOYMENT = ";
/// How the page bears its version.
const MARK: &str = " data-deployment=";

/// What the service worker keeps, so that the page works without a network.
#[derive(Debug, Deserialize, PartialEq, Serialize)]
pub struct Deployment {
    /// Another for every other content.
    pub version: String,
    /// Sum of the files' sizes, uncompressed.
    pub bytes: u64,
    /// Paths, each with a hash, in the order in which they are kept: index.html is the last.
    pub files: Vec<(String, String)>,
}

impl Deployment {
    /// The deployment that a finished folder holds, as its sw.js says.
    ///
    /// # Errors
    /// If it says none.
    pub fn read(folder: &Path) -> Result<Deployment> {
        let text = read(&folder.join("sw.js"))?;
        let list = text.lines().find_map(|line| line.strip_prefix(LINE)).and_then(|line| line.strip_suffix(';'));
        Ok(serde_json::from_str(list.context("sw.js has no list of files")?)?)
    }

    /// Lists what stands in a folder and writes it to its sw.js and its index.html, which may hold another list.
    ///
    /// # Errors
    /// If the folder holds no page, or cannot be written.
    pub fn write(folder: &Path) -> Result<Deployment> {
        let (index, worker) = (folder.join("index.html"), folder.join("sw.js"));
        let page = without_version(&read(&index)?)?;
        let mut paths = Vec::new();
        visit(folder, "", &mut paths)?;
        paths.sort();
        let mut deployment = Deployment { version: String::new(), bytes: 0, files: Vec::new() };
        for path in paths {
            let content = fs::read(folder.join(&path)).with_context(|| format!("cannot read {path}"))?;
            deployment.bytes += content.len() as u64;
            deployment.files.push((path, digest(&content)));
        }
        let listed = serde_json::to_string(&deployment.files)?;
        deployment.version = digest((listed + &page).as_bytes());
        let page = page.replacen("<html", &format!("<html{MARK}{}", deployment.version), 1);
        deployment.bytes += page.len() as u64;
        deployment.files.push(("index.html".into(), digest(page.as_bytes())));
        super::write(&index, page.as_bytes())?;

        let text = read(&worker)?;
        ensure!(text.lines().filter(|line| line.starts_with(LINE)).count() == 1, "sw.js needs one line `{LINE}…;`");
        let list = format!("{LINE}{};", serde_json::to_string(&deployment)?);
        let lines = text.lines().map(|line| if line.starts_with(LINE) { list.as_str() } else { line });
        let text: String = lines.flat_map(|line| [line, "\n"]).collect();
        super::write(&worker, text.as_bytes())?;
        Ok(deployment)
    }
}

/// Whether a file is kept: all that the app asks for. The plain pages of the lessons and their charts are not, for the app shows the same
/// lessons; nor is what other sites load, who have no service worker of ours (and the gallery, whose words will do without pictures), and
/// what another step makes of these files.
fn is_kept(path: &str) -> bool {
    let (_, ending) = path.rsplit_once('.').unwrap_or_default();
    match path.strip_prefix("lessons/") {
        Some(_) => ending == "json",
        None => {
            let for_others = path == "embed.js" || path.starts_with("posters/");
            !for_others && !["sw.js", "index.html"].contains(&path) && !["br", "gz"].contains(&ending)
        }
    }
}

fn visit(folder: &Path, prefix: &str, paths: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else {
            bail!("{} has no name in Unicode", entry.path().display())
        };
        // Trunk's own.
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            visit(&entry.path(), &format!("{path}/"), paths)?;
        } else if is_kept(&path) {
            paths.push(path);
        }
    }
    Ok(())
}

fn without_version(page: &str) -> Result<String> {
    ensure!(page.contains("<html"), "index.html has no <html>");
    let Some(start) = page.find(MARK) else { return Ok(page.to_owned()) };
    let rest = &page[start + MARK.len()..];
    let end = rest.find([' ', '>']).unwrap_or(rest.len());
    Ok(format!("{}{}", &page[..start], &rest[end..]))
}

/// The first 16 hexadecimal digits of the SHA-256, as sw.js works it out too.
fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes)[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    /// A folder as Trunk leaves it, gone when dropped.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let folder = std::env::temp_dir().join(format!("interleave-deployment-{name}-{}", std::process::id()));
            fs::create_dir_all(folder.join("lessons")).unwrap();
            fs::create_dir_all(folder.join(".stage")).unwrap();
            for (path, text) in [
                ("index.html", "<!doctype html><html lang=en><title>x</title>"),
                ("sw.js", "// About\nconst DEPLOYMENT = { version: \"\" };\nrest();\n"),
                ("a-1.js", "a"),
                ("a-1.js.br", "packed"),
                ("lessons/one.json", "{}"),
                ("lessons/one.html", "<p>"),
                ("embed.js", "element"),
                (".stage/x", "Trunk's"),
            ] {
                fs::write(folder.join(path), text).unwrap();
            }
            Folder(folder)
        }

        fn text(&self, path: &str) -> String {
            fs::read_to_string(self.0.join(path)).unwrap()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).ok();
        }
    }

    #[test]
    fn what_the_app_asks_for_is_listed_and_the_page_comes_last() {
        let folder = Folder::new("listed");
        let deployment = Deployment::write(&folder.0).unwrap();
        let paths: Vec<_> = deployment.files.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["a-1.js", "lessons/one.json", "index.html"]);
        // The SHA-256 of `a` begins so.
        assert_eq!(deployment.files[0].1, "ca978112ca1bbdca");
        let page = folder.text("index.html");
        assert!(page.starts_with(&format!("<!doctype html><html data-deployment={} lang=en>", deployment.version)));
        assert_eq!(deployment.files[2].1, digest(page.as_bytes()));
        assert_eq!(deployment.bytes, page.len() as u64 + 3);
        assert_eq!(Deployment::read(&folder.0).unwrap(), deployment);
        assert!(folder.text("sw.js").starts_with("// About\nconst DEPLOYMENT = {\"version\":"));
        assert!(folder.text("sw.js").ends_with("};\nrest();\n"));
    }

    #[test]
    fn the_version_follows_the_content() {
        let folder = Folder::new("version");
        let first = Deployment::write(&folder.0).unwrap();
        assert_eq!(Deployment::write(&folder.0).unwrap(), first, "nothing has changed");
        fs::write(folder.0.join("lessons/one.json"), "[]").unwrap();
        let second = Deployment::write(&folder.0).unwrap();
        assert_ne!(second.version, first.version);
        assert_eq!(folder.text("index.html").matches(MARK).count(), 1);
        let page = folder.text("index.html").replace("<title>x", "<title>y");
        fs::write(folder.0.join("index.html"), page).unwrap();
        assert_ne!(Deployment::write(&folder.0).unwrap().version, second.version);
    }

    #[test]
    fn a_folder_that_cannot_be_deployed_is_refused() {
        let folder = Folder::new("refused");
        assert!(Deployment::read(&folder.0).is_err(), "it was not finished");
        fs::write(folder.0.join("sw.js"), "rest();\n").unwrap();
        assert!(format!("{:#}", Deployment::write(&folder.0).unwrap_err()).contains("sw.js needs one line"));
    }
}
