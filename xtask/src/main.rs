//! `cargo xtask …`: everything one does to Interleave besides editing it.
//! A command is a module with `Arguments` and `run`; adding one takes a line in each half of this file.

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;
use xtask::{bench, build, finish_dist, lessons, npm_package, posters, profile, serve, test};

/// Set-up, build, serve and test of Interleave. What is missing is installed first, and said.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Xtask {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Serve(serve::Arguments),
    Build(build::Arguments),
    NpmPackage(npm_package::Arguments),
    Profile(profile::Arguments),
    Test(test::Arguments),
    Bench(bench::Arguments),
    Lessons(lessons::Arguments),
    Posters(posters::Arguments),
    FinishDist(finish_dist::Arguments),
}

fn main() -> ExitCode {
    match run(Xtask::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Serve(arguments) => serve::run(arguments),
        Command::Build(arguments) => build::run(arguments),
        Command::NpmPackage(arguments) => npm_package::run(arguments),
        Command::Profile(arguments) => profile::run(arguments),
        Command::Test(arguments) => test::run(arguments),
        Command::Bench(arguments) => bench::run(arguments),
        Command::Lessons(arguments) => lessons::run(arguments),
        Command::Posters(arguments) => posters::run(arguments),
        Command::FinishDist(arguments) => finish_dist::run(arguments),
    }
}
