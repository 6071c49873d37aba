//! Real browsers: starts a browser's driver for one test and ends it afterwards, with a profile that nobody used before.

use std::cell::Cell;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use thirtyfour::{Capabilities, WebDriver};

/// The browsers that tests run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Headless Chromium, by chromedriver.
    Chromium,
    /// Headless Firefox, by geckodriver.
    Firefox,
    /// WebKitGTK's test browser, by WebKitWebDriver, on a virtual display.
    WebKit,
}

/// Who visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Visitor {
    /// Somebody with a browser as it comes.
    Usual,
    /// Somebody who wants as little motion as possible.
    Calm,
    /// Somebody in a private window.
    Private,
}

/// How long a driver may take to answer.
const UP_WITHIN: Duration = Duration::from_secs(30);

/// A driver's process. Dropping it ends it, and its browser with it.
pub(crate) struct Driver {
    process: Child,
    /// WebKit's screen.
    _screen: Option<Screen>,
    /// Where it writes what it has to say; Firefox's console goes there too.
    pub(crate) log: PathBuf,
    /// How many bytes of the log have been looked at.
    pub(crate) seen: Cell<usize>,
}

impl Driver {
    /// The number of its process.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A screen that nobody sees, for a browser that has no headless mode. Dropping it ends it.
struct Screen {
    process: Child,
    /// As `DISPLAY` names it.
    name: String,
}

impl Screen {
    /// Starts one and waits until it can be drawn on.
    fn start() -> Result<Self> {
        let mut command = Command::new(variable("INTERLEAVE_XVFB")?);
        // Chooses a number that is free and writes it to the standard output as soon as it is up.
        command.args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "1440x900x24"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().with_context(|| format!("{command:?} does not start"))?;
        let mut number = String::new();
        if let Some(out) = process.stdout.take() {
            BufReader::new(out).read_line(&mut number)?;
        }
        let screen = Self { process, name: format!(":{}", number.trim()) };
        if number.trim().is_empty() {
            bail!("{command:?} ended without a screen");
        }
        Ok(screen)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Browser {
    /// Starts the browser; the driver has to be kept as long as it is used.
    pub(crate) async fn start(self, visitor: Visitor) -> Result<(Driver, WebDriver)> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let log = variable("INTERLEAVE_PROFILES")?.join(format!("{self:?}-{port}.log"));
        let screen = if self == Self::WebKit { Some(Screen::start()?) } else { None };
        let mut command = self.command(port)?;
        if let Some(screen) = &screen {
            command.env("DISPLAY", &screen.name);
        }
        let out = File::create(&log).with_context(|| format!("{} cannot be written", log.display()))?;
        command.stdin(Stdio::null()).stderr(out.try_clone()?).stdout(out);
        let process = command.spawn().with_context(|| format!("{command:?} does not start"))?;
        let driver = Driver { process, _screen: screen, log, seen: Cell::new(0) };
        let began = Instant::now();
        loop {
            match WebDriver::new(format!("http://127.0.0.1:{port}"), self.capabilities(visitor)?).await {
                Ok(browser) => return Ok((driver, browser)),
                // Until the driver listens, which no event tells.
                Err(_) if began.elapsed() < UP_WITHIN => tokio::time::sleep(Duration::from_millis(50)).await,
                Err(error) => bail!("{self:?} does not start: {error}; see {}", driver.log.display()),
            }
        }
    }

    fn command(self, port: u16) -> Result<Command> {
        Ok(match self {
            Self::Chromium => {
                let mut command = Command::new(variable("INTERLEAVE_CHROMEDRIVER")?);
                command.arg(format!("--port={port}"));
                command
            }
            Self::Firefox => {
                let mut command = Command::new(variable("INTERLEAVE_GECKODRIVER")?);
                // Each instance needs a port of its own for talking to Firefox too; 0 lets it choose.
                command.args(["--port", &port.to_string(), "--websocket-port", "0"]);
                command
            }
            Self::WebKit => {
                let mut command = Command::new(variable("INTERLEAVE_WEBKITWEBDRIVER")?);
                command.arg(format!("--port={port}"));
                command
            }
        })
    }

    fn capabilities(self, visitor: Visitor) -> Result<Capabilities> {
        let wanted = match self {
            Self::Chromium => {
                let motion = match visitor {
                    Visitor::Calm => "--force-prefers-reduced-motion",
                    _ => "--force-prefers-no-reduced-motion",
                };
                let mut arguments = vec![
                    // Chromium's sandbox does not start for root, as which tests run in containers.
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--disable-quic",
                    "--no-first-run",
                    motion,
                ];
                arguments.extend((visitor == Visitor::Private).then_some("--incognito"));
                json!({
                    "goog:loggingPrefs": { "browser": "ALL" },
                    "goog:chromeOptions": { "args": arguments },
                })
            }
            Self::Firefox => json!({
                "moz:firefoxOptions": { "args": ["-headless"], "prefs": {
                    "ui.prefersReducedMotion": i32::from(visitor == Visitor::Calm),
                    "browser.privatebrowsing.autostart": visitor == Visitor::Private,
                    // What the console shows is written to the driver's log.
                    "devtools.console.stdout.content": true,
                    // What the browser says of itself is not the page's.
                    "devtools.console.stdout.chrome": false,
                    "browser.dom.window.dump.enabled": true,
                    "javascript.options.showInConsole": true,
                    "datareporting.policy.dataSubmissionEnabled": false,
                    "app.normandy.enabled": false,
                    "network.captive-portal-service.enabled": false,
                    "network.connectivity-service.enabled": false,
                }},
            }),
            // Whose every session is a private one.
            Self::WebKit => json!({
                "webkitgtk:browserOptions": {
                    "binary": "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
                    "args": ["--automation"],
                },
            }),
        };
        let Value::Object(map) = wanted else { bail!("capabilities are an object") };
        let mut capabilities = Capabilities::new();
        for (key, value) in map {
            capabilities.set(key, value)?;
        }
        Ok(capabilities)
    }
}

pub(crate) fn variable(name: &str) -> Result<PathBuf> {
    Ok(std::env::var_os(name).with_context(|| format!("{name} is not set; `cargo xtask test` sets it"))?.into())
}
