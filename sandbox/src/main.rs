//! A stand-in for Google Classroom and Google sign-in, for one machine.
//!
//! Three origins on loopback: the widget's files with production headers, the Classroom API
//! with sign-in and the controls under `/_sandbox/`, and pages that embed the widget. The school
//! is held in memory. `docs/sandbox.md` is the manual, with a list of what differs from Google.
//!
//! It shares no type with the widget, so that a misreading of the API in one of them shows up
//! against the other.

mod addresses;
mod api;
mod api_origin;
mod app;
mod clock;
mod command_line;
mod control;
mod cors;
mod fault_layer;
mod faults;
mod files;
mod journal;
mod pages;
mod policy;
mod school;
mod served_config;
mod server;
mod signin;
mod template;

use std::process::ExitCode;

use command_line::Command;

#[tokio::main]
async fn main() -> ExitCode {
    let options = match command_line::read() {
        Ok(Command::Serve(options)) => options,
        Ok(Command::Help) => {
            println!("{}", command_line::USAGE);
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("sandbox: {error}\n\n{}", command_line::USAGE);
            return ExitCode::from(2);
        }
    };
    match server::run(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}
