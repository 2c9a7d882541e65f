//! Hall Pass's chores: `cargo xtask setup | serve | test | dist | bench | shots`.
//!
//! * [`setup`] finds or installs the tools a build and its tests need;
//! * [`widget`] compiles the widget with them;
//! * [`dist`] makes the deployable folder and its archive of it;
//! * [`serve`] shows it with the sandbox;
//! * [`mod@bench`] measures how fast it is;
//! * [`shots`] takes the pictures for the documentation;
//! * [`mod@test`] checks everything.
//!
//! [`process`], [`paths`] and [`console`] are what these have in common.

mod bench;
mod console;
mod dist;
mod paths;
mod process;
mod serve;
mod setup;
mod shots;
mod test;
mod widget;

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use lexopt::{Arg, Parser, ValueExt};

const USAGE: &str = "\
Usage: cargo xtask <COMMAND> [--verbose]

Commands:
  setup   Find or install the tools that building and testing need
  serve   Build the widget and serve it with the sandbox: no Google account needed
            --port <N>   first of three ports in a row (default 8400)
            --no-open    open no browser
  test    Run the checks
            --quick      the inner loop: formatting, clippy, native tests, end to end
            --full       for what takes too long for every change: fuzzing
  dist    Make dist/, ready to deploy, and target/hallpass-VERSION.zip of it
  bench   Measure how fast it is on a slow machine, and print the table
  shots   Take the pictures in docs/shots/ anew: every state of every view

Options:
  --verbose   Show what the tools print, not only when they fail
  --help      This text

Environment:
  HALL_PASS_CACHE        where tools are kept (default: hall-pass in your cache folder)
  HALL_PASS_WASM         rustup | debian: whose wasm32 compiler to use (default: whichever works)
  CHROMIUM, CHROMEDRIVER the browser and its driver (default: looked for)
";

/// One call of the program, understood.
#[derive(Debug, PartialEq)]
enum Task {
    Help,
    Setup,
    Serve(serve::Options),
    Test(test::Depth),
    Dist,
    Bench,
    Shots,
}

fn main() -> ExitCode {
    let task = match parse(Parser::from_env()) {
        Ok(task) => task,
        Err(error) => {
            eprintln!("error: {error:#}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(task) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<ExitCode> {
    match task {
        Task::Help => {
            print!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        Task::Setup => setup::run(),
        Task::Serve(options) => serve::run(&options).map(|()| ExitCode::SUCCESS),
        Task::Test(depth) => test::run(depth),
        Task::Dist => dist::run().map(|()| ExitCode::SUCCESS),
        Task::Bench => bench::run().map(|()| ExitCode::SUCCESS),
        Task::Shots => shots::run().map(|()| ExitCode::SUCCESS),
    }
}

fn parse(mut arguments: Parser) -> Result<Task> {
    let mut task = None;
    while let Some(argument) = arguments.next()? {
        match (argument, &mut task) {
            (Arg::Short('h') | Arg::Long("help"), _) => return Ok(Task::Help),
            (Arg::Short('v') | Arg::Long("verbose"), _) => process::be_verbose(),
            (Arg::Value(name), none @ None) => {
                *none = Some(match name.string()?.as_str() {
                    "help" => Task::Help,
                    "setup" => Task::Setup,
                    "serve" => Task::Serve(serve::Options::default()),
                    "test" => Task::Test(test::Depth::Usual),
                    "dist" => Task::Dist,
                    "bench" => Task::Bench,
                    "shots" => Task::Shots,
                    other => bail!("there is no command `{other}`"),
                });
            }
            (Arg::Long("port"), Some(Task::Serve(options))) => {
                let number = arguments.value()?.string()?;
                options.port = serve::parse_port(&number).context("--port")?;
            }
            (Arg::Long("no-open"), Some(Task::Serve(options))) => options.open = false,
            (Arg::Long("quick"), Some(Task::Test(depth))) => *depth = test::Depth::Quick,
            (Arg::Long("full"), Some(Task::Test(depth))) => *depth = test::Depth::Full,
            (argument, _) => return Err(argument.unexpected().into()),
        }
    }
    Ok(task.unwrap_or(Task::Help))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &[&str]) -> Result<Task> {
        parse(Parser::from_args(arguments))
    }

    #[test]
    fn every_command_is_understood() {
        assert_eq!(parsed(&["setup"]).unwrap(), Task::Setup);
        assert_eq!(parsed(&["dist"]).unwrap(), Task::Dist);
        assert_eq!(parsed(&["shots"]).unwrap(), Task::Shots);
        assert_eq!(parsed(&["test"]).unwrap(), Task::Test(test::Depth::Usual));
        assert_eq!(
            parsed(&["test", "--quick"]).unwrap(),
            Task::Test(test::Depth::Quick)
        );
        assert_eq!(
            parsed(&["test", "--full"]).unwrap(),
            Task::Test(test::Depth::Full)
        );
        assert_eq!(
            parsed(&["serve", "--port", "9000", "--no-open"]).unwrap(),
            Task::Serve(serve::Options {
                port: 9000,
                open: false
            })
        );
    }

    #[test]
    fn the_readme_names_commands_and_options_that_there_are() {
        let readme = include_str!("../../README.md");
        let named: Vec<_> = readme
            .split("cargo xtask ")
            .skip(1)
            .filter_map(|rest| rest.split(|c: char| !c.is_ascii_lowercase()).next())
            .collect();
        for command in ["setup", "serve", "test", "dist"] {
            assert!(named.contains(&command), "{command} is not in the README");
        }
        for command in named {
            assert!(parsed(&[command]).is_ok(), "{command} is in the README");
        }
    }

    #[test]
    fn no_command_asks_for_help() {
        assert_eq!(parsed(&[]).unwrap(), Task::Help);
        assert_eq!(parsed(&["--help"]).unwrap(), Task::Help);
    }

    #[test]
    fn an_unknown_command_or_an_option_of_another_command_is_refused() {
        assert!(parsed(&["bake"]).is_err());
        assert!(parsed(&["dist", "--port", "1"]).is_err());
        assert!(parsed(&["test", "serve"]).is_err());
    }

    #[test]
    fn a_port_that_leaves_no_room_for_three_is_refused() {
        assert!(parsed(&["serve", "--port", "65534"]).is_err());
        assert!(parsed(&["serve", "--port", "0"]).is_err());
        assert!(parsed(&["serve", "--port", "eight"]).is_err());
    }
}
