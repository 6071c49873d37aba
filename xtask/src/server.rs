//! A static host on 127.0.0.1, as a good one would be set up: the right types, a 404 that is a 404, and the
//! headers that let threads share memory. For `cargo xtask serve`, and for tests and benches, sync or async.

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Redirect;
use axum::routing::any;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::thread::JoinHandle;
use tokio::runtime;
use tokio::sync::oneshot;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// What is served, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder that is served.
    pub folder: PathBuf,
    /// The path it is served under: `/`, or `/some/path/`.
    pub prefix: String,
    /// Whether the page is told to isolate itself (COOP, COEP, CORP), without which no memory is shared.
    pub isolation: bool,
    /// Whether the service worker's script is there. Without it the page stands as in a browser that refuses service workers.
    pub service_worker: bool,
}

impl Options {
    /// The folder at the root of the host, isolated.
    pub fn new(folder: impl Into<PathBuf>) -> Options {
        Options { folder: folder.into(), prefix: "/".to_owned(), isolation: true, service_worker: true }
    }
}

/// A port that is held, before anything is served on it.
pub struct Listener(TcpListener);

impl Listener {
    /// Takes a port of 127.0.0.1; 0 means any that is free.
    pub fn bind(port: u16) -> Result<Listener> {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => Ok(Listener(listener)),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {
                bail!(
                    "port {port} is taken by another program; stop it, or choose another with --port {}",
                    port.wrapping_add(1).max(1024)
                )
            }
            Err(error) => Err(error).with_context(|| format!("cannot listen on 127.0.0.1:{port}")),
        }
    }

    /// Starts to serve on it, in a thread of its own.
    pub fn serve(self, options: Options) -> Result<Server> {
        self.0.set_nonblocking(true)?;
        let addr = self.0.local_addr()?;
        let prefix = normalised(&options.prefix);
        let router = router(&options, &prefix)?;
        let runtime = runtime::Builder::new_current_thread().enable_io().build()?;
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::Builder::new().name("server".to_owned()).spawn(move || {
            let served: Result<()> = runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(self.0)?;
                tokio::select! {
                    served = axum::serve(listener, router).into_future() => Ok(served?),
                    _ = stopped => Ok(()),
                }
            });
            // Open connections are cut, not waited for: a browser may keep one open for minutes.
            runtime.shutdown_background();
            served
        })?;
        Ok(Server { addr, prefix, stop: Some(stop), thread: Some(thread) })
    }
}

/// A running server; it stops when this is dropped.
pub struct Server {
    /// Where it listens.
    pub addr: SocketAddr,
    prefix: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<Result<()>>>,
}

impl Server {
    /// Serves on any free port.
    pub fn start(options: Options) -> Result<Server> {
        Listener::bind(0)?.serve(options)
    }

    /// The page's address, with the slash at its end.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.addr, self.prefix)
    }

    /// Serves until the process is ended.
    pub fn wait(mut self) -> Result<()> {
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(served)) => served,
            Some(Err(_)) => bail!("the server panicked"),
            None => Ok(()),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // Nobody is left to tell of an error.
            thread.join().ok();
        }
    }
}

/// `some/path` as `/some/path/`.
fn normalised(prefix: &str) -> String {
    match prefix.trim_matches('/') {
        "" => "/".to_owned(),
        inner => format!("/{inner}/"),
    }
}

fn router(options: &Options, prefix: &str) -> Result<Router> {
    let files = ServeDir::new(&options.folder).precompressed_br();
    let mut router = match prefix.trim_end_matches('/') {
        "" => Router::new().fallback_service(files),
        bare => {
            if bare.contains(['{', '}', '*', ':', '?', '#']) {
                bail!("--prefix is a plain path such as /some/path/, not `{prefix}`");
            }
            let to = prefix.to_owned();
            Router::new()
                .route(bare, any(async move || Redirect::permanent(&to)))
                .nest_service(prefix, files)
                .fallback(async || StatusCode::NOT_FOUND)
        }
    };
    if !options.service_worker {
        router = router.route(&format!("{prefix}sw.js"), any(async || StatusCode::NOT_FOUND));
    }
    let always = [
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // What pages of other sites embed is a module and pictures, which they may not load without.
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    let isolating = [
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
        // Also in frames of pages that are isolated themselves.
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    for (name, value) in always.into_iter().chain(isolating.into_iter().filter(|_| options.isolation)) {
        router = router.layer(SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value)));
    }
    Ok(router)
}

#[cfg(test)]
mod tests;
