//! `cargo xtask serve`: the page at http://127.0.0.1:8080/, isolated so that threads can share memory,
//! and built again whenever a source file is saved (reload the page by hand).

use crate::build::{self, Page};
use crate::project;
use crate::server::{Listener, Options};
use crate::setup::{self, Purpose};
use crate::watch;
use anyhow::{Result, bail};
use std::path::PathBuf;

/// Build the page, serve it, and build it again when a file is saved
#[derive(clap::Args)]
pub struct Arguments {
    /// Where to listen on 127.0.0.1
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Serve this folder as it is, and build nothing
    #[arg(long, value_name = "DIR")]
    dist: Option<PathBuf>,
    /// Serve under a sub-path, as many hosts do
    #[arg(long, value_name = "/some/path/", default_value = "/")]
    prefix: String,
    /// Leave out the headers that isolate the page (COOP, COEP, CORP): its service worker does it
    #[arg(long)]
    no_isolation: bool,
}

pub fn run(arguments: Arguments) -> Result<()> {
    // Before the build: a port that is taken should not cost a minute.
    let listener = Listener::bind(arguments.port)?;
    let dist = arguments.dist.clone().unwrap_or_else(project::dist);
    let isolation = !arguments.no_isolation;
    let options = Options { prefix: arguments.prefix, isolation, ..Options::new(&dist) };

    if arguments.dist.is_some() {
        if !dist.is_dir() {
            bail!("there is no folder {}; build the page with `cargo xtask build --dist {0}`", dist.display());
        }
        let server = listener.serve(options)?;
        println!("Serving {} at {} (Ctrl-C ends it)", dist.display(), server.url());
        return server.wait();
    }

    let toolchain = setup::prepare(Purpose::Page)?;
    let page = Page { dist, features: vec![], counts: false };
    build::page(&toolchain, &page)?;
    let server = listener.serve(options)?;
    println!("Interleave is at {} (Ctrl-C ends it)", server.url());
    watch::on_save(|| match build::page(&toolchain, &page) {
        Ok(()) => println!("Reload {} to see it", server.url()),
        Err(error) => eprintln!("{error:#}\nThe last page that was built is still served."),
    })
}
