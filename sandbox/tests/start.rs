//! The command line and the ports.

#![allow(clippy::unwrap_used, reason = "a helper that fails fails the test")]

mod support;

use std::process::{Command, Output};

use support::{Sandbox, send};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sandbox"))
        .args(arguments)
        .output()
        .unwrap()
}

fn port(origin: &str) -> u16 {
    origin.rsplit_once(':').unwrap().1.parse().unwrap()
}

#[test]
fn three_consecutive_ports_answer_on_both_names_of_the_machine() {
    let sandbox = Sandbox::start();
    let first = port(&sandbox.widget);
    assert_eq!(
        [port(&sandbox.api), port(&sandbox.pages)],
        [first + 1, first + 2]
    );
    for origin in [&sandbox.widget, &sandbox.api, &sandbox.pages] {
        for name in ["localhost", "127.0.0.1"] {
            let url = format!("{}/", origin.replace("localhost", name));
            assert_ne!(send("GET", &url, &[], "").status, 0, "{url}");
        }
    }
}

#[test]
fn a_port_that_is_taken_is_named() {
    let sandbox = Sandbox::start();
    let taken = port(&sandbox.api).to_string();
    let output = run(&["--port", &taken]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains(&taken), "{said}");
}

#[test]
fn an_argument_that_is_not_known_is_named() {
    for (arguments, named) in [
        (&["--colour"][..], "--colour"),
        (&["--port", "many"], "many"),
        (&["dist"], "dist"),
    ] {
        let output = run(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(named) && said.contains("Usage:"), "{said}");
    }
    let help = run(&["--help"]);
    assert!(help.status.success());
    assert!(
        String::from_utf8(help.stdout)
            .unwrap()
            .contains("--dist DIR")
    );
}
