//! Waits for files to be saved: the sources of the page, and nothing that a build writes.

use crate::project;
use anyhow::{Context, Result};
use notify::{Event, RecursiveMode, Watcher};
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

const FOLDERS: &[&str] = &["src", "lessons", "www"];
const FILES: &[&str] = &["index.html", "Cargo.toml", "Trunk.toml"];

/// An editor saves in several steps, a branch switch in hundreds: this long a silence ends them.
const SILENCE: Duration = Duration::from_millis(200);

/// Calls `saved` after each save, for ever.
pub fn on_save(mut saved: impl FnMut()) -> Result<()> {
    let root = project::root();
    let (sender, events) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| concerns_the_page(root, &event)) {
            // The receiver lives as long as this function, which never returns while the watcher lives.
            sender.send(()).ok();
        }
    })
    .context("cannot watch the source files; build by hand with `cargo xtask build`")?;

    // Files are watched through their folder: an editor replaces a file, and the watch of the old one would end.
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    for folder in FOLDERS.iter().map(|name| root.join(name)).filter(|folder| folder.is_dir()) {
        watcher.watch(&folder, RecursiveMode::Recursive)?;
    }
    while events.recv().is_ok() {
        while events.recv_timeout(SILENCE).is_ok() {}
        saved();
        // What was saved during the build starts another one, since it waits in the channel.
    }
    Ok(())
}

fn concerns_the_page(root: &Path, event: &Event) -> bool {
    let source = |path: &std::path::PathBuf| {
        let Ok(path) = path.strip_prefix(root) else { return false };
        FILES.iter().any(|file| path == Path::new(file)) || FOLDERS.iter().any(|folder| path.starts_with(folder))
    };
    !event.kind.is_access() && event.paths.iter().any(source)
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, CreateKind, EventKind};

    fn event(kind: EventKind, path: &str) -> Event {
        Event::new(kind).add_path(path.into())
    }

    #[test]
    fn a_build_does_not_start_another() {
        let concerns = |kind, path| concerns_the_page(Path::new("/repo"), &event(kind, path));
        let created = EventKind::Create(CreateKind::File);
        assert!(concerns(created, "/repo/src/plan/mod.rs"));
        assert!(concerns(created, "/repo/index.html"));
        assert!(!concerns(created, "/repo/dist/index.html"));
        assert!(!concerns(created, "/repo/Cargo.lock"));
        assert!(!concerns(EventKind::Access(AccessKind::Read), "/repo/src/plan/mod.rs"));
    }
}
