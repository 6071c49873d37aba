//! What the tests in `tests/` stand on: a server for the page that was built for them, real browsers, and a page to act on as a
//! learner does. `cargo xtask test --only page,user` builds the page and sets the environment.
//!
//! Nothing here waits for a fixed time: every wait is for something that a learner would see, and gives up with a picture of
//! what was there instead.

mod browser;
mod charts;
pub mod deployed;
pub mod documentation;
pub mod embed;
pub mod hosts;
mod memory;
mod neighbour;
mod page;
mod play;
pub mod questions;
pub mod viewer;
mod workers;

use std::cell::RefCell;
use std::fs::File;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{PoisonError, RwLock};

use anyhow::{Context, Result};
use xtask::server::{Options, Server};

use browser::Visitor;

pub use browser::Browser;
pub use charts::charts_at_rest;
pub use neighbour::{neighbour, sender};
pub use page::{Page, chart, hook};
pub use play::{Part, play_lesson};

/// Tests that measure have the machine to themselves; others run beside one another, since they mostly wait.
static MACHINE: RwLock<()> = RwLock::new(());

thread_local! {
    /// What this test has served.
    static SERVED: RefCell<Vec<Rc<Server>>> = const { RefCell::new(Vec::new()) };
}

/// Serves something until this test has ended and its browser with it: a page that is still loading when all is seen is not cut off.
///
/// # Errors
/// As [`Server::start`].
pub fn serve(options: Options) -> Result<Rc<Server>> {
    let server = Rc::new(Server::start(options)?);
    SERVED.with_borrow_mut(|served| served.push(Rc::clone(&server)));
    Ok(server)
}

/// Serves the page that was built for the tests, isolated.
///
/// # Errors
/// If it has not been built, or cannot be served.
pub fn isolated() -> Result<Rc<Server>> {
    serve(Options::new(dist()?))
}

/// Serves the same page as a host does that sends no headers of its own, to a browser that refuses its service worker: nothing is isolated.
///
/// # Errors
/// As [`isolated`].
pub fn not_isolated() -> Result<Rc<Server>> {
    serve(Options { isolation: false, service_worker: false, ..Options::new(dist()?) })
}

/// Serves the same page as a host does that sends no headers of its own: it isolates itself by its service worker.
///
/// # Errors
/// As [`isolated`].
pub fn without_headers() -> Result<Rc<Server>> {
    serve(Options { isolation: false, ..Options::new(dist()?) })
}

/// Serves a page of its own with this text, which knows no security policy and is not isolated, and gives its address.
///
/// # Errors
/// If it cannot be written or served.
pub fn page_of(html: &str) -> Result<String> {
    site_of(&[("index.html", html)], false)
}

/// Serves such pages, by their names, isolated or not, and gives the address of `index.html`.
///
/// # Errors
/// As [`page_of`].
pub fn site_of(pages: &[(&str, &str)], isolation: bool) -> Result<String> {
    let folder = folder("page")?;
    for (name, html) in pages {
        std::fs::write(folder.join(name), html)?;
    }
    Ok(serve(Options { isolation, ..Options::new(folder) })?.url())
}

/// A new folder for what a test writes, which has this in its name.
///
/// # Errors
/// If it cannot be made.
pub fn folder(name: &str) -> Result<PathBuf> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let profiles = browser::variable("INTERLEAVE_PROFILES")?;
    loop {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = profiles.join(format!("{name}-{}-{number}", std::process::id()));
        // A process of an earlier day may have had the same number, and left its folder.
        match std::fs::create_dir(&folder) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            made => {
                made.with_context(|| format!("cannot make {}", folder.display()))?;
                return Ok(std::path::absolute(folder)?);
            }
        }
    }
}

/// A file of this name for a learner to choose, in a folder of its own; `write` says what is in it.
///
/// # Errors
/// If it cannot be written.
pub fn file(name: &str, write: impl FnOnce(&mut File) -> std::io::Result<()>) -> Result<PathBuf> {
    let path = folder("files")?.join(name);
    write(&mut File::create(&path)?)?;
    Ok(path)
}

/// The folder of the page that was built for the tests.
///
/// # Errors
/// If `INTERLEAVE_DIST` is not set.
pub fn dist() -> Result<PathBuf> {
    Ok(std::env::var_os("INTERLEAVE_DIST").context("run this by `cargo xtask test --only page,user`")?.into())
}

/// Opens `browser` alone and runs `test` in it; then there may be nothing in the console that a developer would call an error,
/// unless `test` has taken it with [`Page::take_errors`] or allowed it. Panics with what went wrong, and leaves a picture of it.
pub fn in_browser(browser: Browser, name: &str, test: impl AsyncFnOnce(&Page) -> Result<()>) {
    alone(browser, Visitor::Usual, name, test);
}

/// As [`in_browser`], for a visitor who has asked for less motion.
pub fn in_calm_browser(browser: Browser, name: &str, test: impl AsyncFnOnce(&Page) -> Result<()>) {
    alone(browser, Visitor::Calm, name, test);
}

/// As [`in_browser`], in a private window.
pub fn in_private_browser(browser: Browser, name: &str, test: impl AsyncFnOnce(&Page) -> Result<()>) {
    alone(browser, Visitor::Private, name, test);
}

/// As [`in_browser`], while other tests run: for what no other program can change.
pub fn in_browser_beside_others(browser: Browser, name: &str, test: impl AsyncFnOnce(&Page) -> Result<()>) {
    let _beside = MACHINE.read().unwrap_or_else(PoisonError::into_inner);
    run(browser, Visitor::Usual, name, test);
}

fn alone(browser: Browser, visitor: Visitor, name: &str, test: impl AsyncFnOnce(&Page) -> Result<()>) {
    let _alone = MACHINE.write().unwrap_or_else(PoisonError::into_inner);
    run(browser, visitor, name, test);
}

fn run(browser: Browser, visitor: Visitor, name: &str, test: impl AsyncFnOnce(&Page) -> Result<()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let result = runtime.block_on(async {
        let page = Page::open(browser, visitor).await?;
        let result = match test(&page).await {
            Ok(()) => page.expect_no_errors().await,
            Err(error) => Err(error),
        };
        if result.is_err() {
            page.take_picture(&format!("failed-{name}-{browser:?}")).await;
        }
        page.close().await;
        result
    });
    if let Err(error) = result {
        panic!("{name} in {browser:?}: {error:?}");
    }
}

/// Makes a test in Chromium and one in Firefox of each function `async fn(&Page) -> Result<()>`; with `beside others:` before them, of
/// functions in which nothing is measured.
#[macro_export]
macro_rules! in_both_browsers {
    (beside others: $($test:ident),+ $(,)?) => {
        $crate::in_both_browsers!(@ in_browser_beside_others $($test)+);
    };
    ($($test:ident),+ $(,)?) => {
        $crate::in_both_browsers!(@ in_browser $($test)+);
    };
    (@ $how:ident $($test:ident)+) => {
        mod chromium {
            $(#[test] fn $test() { $crate::$how($crate::Browser::Chromium, stringify!($test), super::$test); })+
        }
        mod firefox {
            $(#[test] fn $test() { $crate::$how($crate::Browser::Firefox, stringify!($test), super::$test); })+
        }
    };
}
