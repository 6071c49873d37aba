//! Documentation with demos in it: the examples of `recipes/`, built by the real tools, and a demo in one of their pages, as tests use it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::{env, fs};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use xtask::process;
use xtask::server::{Options, Server};

use crate::browser::variable;
use crate::{Page, folder, serve};

/// What stands in the examples for the address of the site with the demos.
const SITE: &str = "https://interleave.example/";
/// What stands there for their own: Material's navigation within the site compares addresses with it.
const OWN: &str = "https://docs.example";

/// What documentation is written with; each has a folder in `recipes/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// A preprocessor of ours.
    MdBook,
    /// An extension of ours.
    Sphinx,
    /// With Material.
    MkDocs,
    /// MDX.
    Docusaurus,
    /// Vue.
    VitePress,
    /// Two lines of HTML.
    Plain,
}

/// An example that is to be built, in a folder of its own, and served as a host does that sends no header.
pub struct Documentation {
    tool: Tool,
    /// What it is built from.
    pub source: PathBuf,
    /// What is built.
    pub built: PathBuf,
    /// Who serves that, as soon as it is there.
    pub served: Rc<Server>,
}

impl Documentation {
    /// Copies an example, with the address of the site with the demos put in.
    ///
    /// # Errors
    /// If it cannot be written or served.
    pub fn of(tool: Tool, site: &str) -> Result<Self> {
        let own = folder(&format!("{tool:?}").to_lowercase())?;
        let (source, built) = (own.join("source"), own.join("built"));
        let example = recipes().join(format!("{tool:?}").to_lowercase()).join("example");
        let served = serve(Options { isolation: false, ..Options::new(&built) })?;
        let url = served.url();
        copy_with(&example, &source, |text| text.replace(SITE, site).replace(OWN, url.trim_end_matches('/')))?;
        // What is installed is found from the folder above, as in a workspace of npm.
        if let Some(installed) = tool.node_modules()? {
            std::os::unix::fs::symlink(installed, own.join("node_modules"))?;
        }
        Ok(Self { tool, source, built, served })
    }

    /// Changes a file of it.
    ///
    /// # Errors
    /// If there is none, or it stays as it was.
    pub fn change(&self, file: &str, change: impl FnOnce(&str) -> String) -> Result<()> {
        let path = self.source.join(file);
        let before = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let after = change(&before);
        ensure!(after != before, "{file} is as before");
        Ok(fs::write(path, after)?)
    }

    /// Builds it for a browser, and gives what the tool said.
    ///
    /// # Errors
    /// What the tool said, if it fails.
    pub fn build(&self) -> Result<String> {
        let (source, built) = (self.source.as_os_str(), self.built.as_os_str());
        let mut command = match self.tool {
            Tool::MdBook => {
                let mut command = process::command(variable("INTERLEAVE_MDBOOK")?);
                let paths = env::var_os("PATH").unwrap_or_default();
                let ours = std::path::absolute(variable("INTERLEAVE_MDBOOK_PREPROCESSORS")?)?;
                command.env("PATH", env::join_paths([ours].into_iter().chain(env::split_paths(&paths)))?);
                command.arg("build").arg("--dest-dir").args([built, source]);
                command
            }
            Tool::Sphinx => self.sphinx("html")?,
            Tool::MkDocs => {
                let mut command = python("mkdocs")?;
                command.args(["build", "--strict", "--config-file"]).arg(self.source.join("mkdocs.yml"));
                command.arg("--site-dir").arg(built);
                command
            }
            Tool::Docusaurus => {
                let mut command = node("INTERLEAVE_DOCUSAURUS")?;
                command.arg("build").arg(source).arg("--out-dir").arg(built).arg("--no-minify");
                command
            }
            Tool::VitePress => {
                let mut command = node("INTERLEAVE_VITEPRESS")?;
                command.arg("build").arg(source).arg("--outDir").arg(built);
                command
            }
            Tool::Plain => {
                copy_with(&self.source, &self.built, str::to_owned)?;
                return Ok(String::new());
            }
        };
        said_by(command.current_dir(source))
    }

    /// Sphinx, which builds this by one of its builders.
    ///
    /// # Errors
    /// If it is not set up.
    pub fn sphinx(&self, builder: &str) -> Result<Command> {
        let mut command = python("sphinx")?;
        // What it keeps between two builds is not to be packed into a book.
        command.args(["-q", "-W", "--keep-going", "-b", builder, "-d"]).arg(self.built.with_file_name("doctrees"));
        command.args([&self.source, &self.built]);
        command.env("PYTHONPATH", recipes().join("sphinx"));
        Ok(command)
    }

    /// A file of what is built.
    ///
    /// # Errors
    /// If there is none.
    pub fn file(&self, name: &str) -> Result<String> {
        let path = self.built.join(name);
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))
    }
}

impl Tool {
    fn node_modules(self) -> Result<Option<PathBuf>> {
        Ok(match self {
            Self::Docusaurus => Some(installed_with("INTERLEAVE_DOCUSAURUS")?),
            Self::VitePress => Some(installed_with("INTERLEAVE_VITEPRESS")?),
            _ => None,
        })
    }
}

/// The `node_modules` in which the program lies that a variable names.
///
/// # Errors
/// If it is not set.
pub fn installed_with(name: &str) -> Result<PathBuf> {
    let program = std::path::absolute(variable(name)?)?;
    let folder = program.ancestors().find(|folder| folder.ends_with("node_modules"));
    Ok(folder.with_context(|| format!("{} is in no node_modules", program.display()))?.to_owned())
}

/// A program of npm's, by the variable that names it. None asks the network for anything.
///
/// # Errors
/// If it is not set.
pub fn node(name: &str) -> Result<Command> {
    let mut command = process::command("node");
    command.arg(std::path::absolute(variable(name)?)?);
    command.env("NO_UPDATE_NOTIFIER", "1").env("DO_NOT_TRACK", "1");
    Ok(command)
}

fn python(module: &str) -> Result<Command> {
    let mut command = process::command(variable("INTERLEAVE_PYTHON")?);
    command.args(["-m", module]).env("PYTHONDONTWRITEBYTECODE", "1").env("NO_MKDOCS_2_WARNING", "1");
    Ok(command)
}

fn recipes() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../recipes"))
}

/// Runs a command to its end and gives what it wrote.
///
/// # Errors
/// What it wrote, if it fails.
pub fn said_by(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("{command:?} does not start"))?;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    if !output.status.success() {
        bail!("{command:?} failed ({}):\n{said}", output.status);
    }
    Ok(said)
}

/// Copies a folder of texts, each of them changed.
///
/// # Errors
/// If a file cannot be read or written.
pub fn copy_with(from: &Path, to: &Path, change: impl Fn(&str) -> String + Copy) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("{} cannot be read", from.display()))? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        match entry.file_type()?.is_dir() {
            true => copy_with(&from, &to, change)?,
            false => fs::write(to, change(&fs::read_to_string(from)?))?,
        }
    }
    Ok(())
}

/// Runs the demo of the page that is open as its reader does, by the button on its poster, and gives what the page hears of it; every result has to
/// be right, and none may come from anywhere but this browser.
///
/// # Errors
/// If anything of that is not so.
pub async fn run_the_demo(page: &Page, demo: &str, engines: &[&str]) -> Result<Value> {
    let find = format!("const element = document.querySelector('interleave-demo[demo=\"{demo}\"]'); ");
    // The tool's own script may still be at work on the page.
    page.until(&format!("{find} if (element) element.id = 'a'; return !!element?.shadowRoot?.querySelector('iframe')"))
        .await?;
    page.until(&format!("{find} return element.shadowRoot.querySelector('img').naturalWidth > 0")).await?;
    page.listen().await?;
    // A tool may still be scrolling, and keeps a bar above its pages, under which no button can be clicked.
    let find = format!("{find} const button = element.shadowRoot.querySelector('button'); ");
    page.wait("the poster's button", async || {
        let script = format!("{find} button.scrollIntoView({{ block: 'center' }}); return button");
        let button = page.session().execute(&script, Vec::new()).await?.element()?;
        Ok(button.click().await.ok())
    })
    .await?;
    let done = page.told("a", "done", 1).await?;
    let runs = done["runs"].as_array().context("a list")?;
    ensure!(done["demo"] == demo && runs.iter().map(|run| &run["engine"]).eq(engines), "{done}");
    let is_right = |run: &Value| run["state"] == "done" && run["source"] == "measured" && run["correct"] == true;
    ensure!(runs.iter().all(is_right), "{done}");
    ensure!(page.count_told("error").await? == 0);
    Ok(done)
}

/// What the console shows that anybody would call an error; that a tool's example brings no icon is not ours.
///
/// # Errors
/// If there is any.
pub async fn expect_no_errors_of_ours(page: &Page) -> Result<()> {
    let errors = page.take_errors().await?;
    let ours: Vec<&String> = errors.iter().filter(|error| !error.contains("favicon.ico")).collect();
    ensure!(ours.is_empty(), "the console shows errors: {ours:#?}");
    Ok(())
}
