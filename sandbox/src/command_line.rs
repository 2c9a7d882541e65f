//! What the command line asks for.

use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};

/// What `--help` prints.
pub const USAGE: &str = "\
Usage: sandbox [--port N] [--dist DIR]

  --port N     first of three consecutive ports on loopback: N the widget's files,
               N+1 the API and sign-in, N+2 pages that embed the widget
               (default 8400; 0 finds three free ones)
  --dist DIR   folder with the built widget (default dist)
  --help       this text";

/// What to do.
pub enum Command {
    /// Run the sandbox.
    Serve(Options),
    /// Print [`USAGE`].
    Help,
}

/// How to run it.
pub struct Options {
    /// The first of the three ports; 0 for any three free ones.
    pub port: u16,
    /// The folder with the widget's files.
    pub dist: PathBuf,
}

/// Reads this process's arguments. Fails, naming it, at an argument that is not known.
pub fn read() -> Result<Command, lexopt::Error> {
    let mut options = Options {
        port: 8400,
        dist: PathBuf::from("dist"),
    };
    let mut arguments = Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Long("port") => options.port = arguments.value()?.parse()?,
            Arg::Long("dist") => options.dist = arguments.value()?.into(),
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Serve(options))
}
