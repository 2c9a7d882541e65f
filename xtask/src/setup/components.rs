//! rustfmt and clippy, which come with rustup's default profile but not with its minimal one.

use std::process::Command;

use anyhow::{Context, Result};

use crate::{console, process};

/// Sees to it that `cargo fmt` and `cargo clippy` work.
///
/// # Errors
///
/// Fails when one is missing and rustup cannot add it.
pub fn ensure() -> Result<()> {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if works(subcommand) {
            console::note(component, "in the toolchain");
            continue;
        }
        console::announce(&format!(
            "adding {component} with rustup: less than a minute"
        ));
        let mut rustup = Command::new("rustup");
        rustup.args(["component", "add", component]);
        process::succeed(rustup).with_context(|| {
            format!("{component} is missing; add it with `rustup component add {component}`")
        })?;
        console::note(component, "added with rustup");
    }
    Ok(())
}

fn works(subcommand: &str) -> bool {
    let mut cargo = process::cargo();
    cargo.args([subcommand, "--version"]);
    process::printed_by(cargo).is_some()
}
