//! `mdbook-interleave`, a preprocessor of mdBook: a fenced block `interleave` becomes a live demo. This file is what mdBook talks to: it
//! asks whether a renderer is supported, then hands over the book as JSON and takes it back. README.md says how it is used.
//!
//! It speaks that JSON itself and does not use mdBook's own crate, which is under another licence (MPL-2.0) than anything here.

mod book;
mod chapter;
mod fence;
mod output;

use std::env;
use std::io::{self, IsTerminal};
use std::process::ExitCode;

const USAGE: &str = "This is a preprocessor of mdBook, which starts it by itself. Put into book.toml:

[preprocessor.interleave]
site = \"https://…/\"    # where Interleave is served";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        // Of every renderer: those that are not of HTML are given a link.
        Some("supports") => return ExitCode::SUCCESS,
        Some("--version") => println!("mdbook-interleave {}", env!("CARGO_PKG_VERSION")),
        None if !io::stdin().is_terminal() => return preprocess(),
        _ => println!("{USAGE}"),
    }
    ExitCode::SUCCESS
}

/// Reads a book and writes it with its demos. What is wrong with it is said, all of it, and then there is no book.
fn preprocess() -> ExitCode {
    let input = match serde_json::from_reader(io::stdin().lock()) {
        Ok(input) => input,
        Err(error) => return refused(&[format!("what mdBook hands over cannot be read: {error}")]),
    };
    let book = match book::with_demos(input) {
        Ok(book) => book,
        Err(problems) => return refused(&problems),
    };
    match serde_json::to_writer(io::stdout().lock(), &book) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => refused(&[format!("the book cannot be handed back to mdBook: {error}")]),
    }
}

fn refused(problems: &[String]) -> ExitCode {
    for problem in problems {
        eprintln!("mdbook-interleave: {problem}");
    }
    ExitCode::FAILURE
}
