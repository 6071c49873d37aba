//! What a browser's console shows of a page. A developer would call some of it an error; a test ends with none that it does not know of.

use anyhow::{Result, ensure};

use super::Page;
use crate::browser::Browser;

impl Page {
    /// From now on errors with `part` in them are as it should be; the browser may tell them later than the page.
    pub fn allow_errors(&self, part: &'static str) {
        self.allowed.borrow_mut().push(part);
    }

    /// What the console has shown since the last call that a developer would call an error.
    pub async fn take_errors(&self) -> Result<Vec<String>> {
        let mut errors = self.console().await?;
        errors.retain(|error| !self.allowed.borrow().iter().any(|part| error.contains(part)));
        Ok(errors)
    }

    async fn console(&self) -> Result<Vec<String>> {
        match self.browser {
            Browser::Chromium => {
                let log = self.session.get_log("browser").await?;
                let errors = log.into_iter().filter(|entry| entry.level == "SEVERE").map(|entry| entry.message);
                Ok(errors.filter(|error| !error.contains(NO_SERVICE_WORKER)).collect())
            }
            Browser::Firefox => {
                let log = std::fs::read(&self.driver.log)?;
                let seen = self.driver.seen.replace(log.len());
                let text = String::from_utf8_lossy(&log[seen..]).into_owned();
                Ok(text.lines().filter(|line| is_firefox_error(line)).map(Into::into).collect())
            }
            // Its driver hands out no console.
            Browser::WebKit => Ok(Vec::new()),
        }
    }

    pub(crate) async fn expect_no_errors(&self) -> Result<()> {
        let errors = self.take_errors().await?;
        ensure!(errors.is_empty(), "the console shows errors:\n{}", errors.join("\n"));
        Ok(())
    }
}

/// What Chromium reports of a service worker where `not_isolated` serves none. Where one is missing by mistake, tests of requests see it.
const NO_SERVICE_WORKER: &str = "A bad HTTP response code (404) was received when fetching the script.";

/// What Firefox reports, in no file's name, of a worker that is ended while it loads its modules: Cancel and leaving the page do
/// that. A module that is really missing fails the run as well, which every test of a pool sees.
const ENDED_WHILE_LOADING: &str = "JavaScript error: , line 0: TypeError: error loading dynamically imported module";

/// Lines that Firefox writes for `console.error`, for uncaught errors and for what a policy blocked, on pages from here.
fn is_firefox_error(line: &str) -> bool {
    // A page's text stands in quotes; what Firefox's own modules report does not.
    line.starts_with("console.error: \"")
        || (line.starts_with("JavaScript error:")
            && line.contains("http://127.0.0.1")
            && !line.starts_with(ENDED_WHILE_LOADING))
}
