//! The parsers, given anything for a while: `fuzz/`, by cargo-fuzz and LLVM's libFuzzer.
//!
//! Part of `test --full`, since building it takes minutes; the property tests give the same parsers
//! anything in every run.

use std::path::Path;

use anyhow::Result;

use super::session::Finding;
use crate::setup::cache::Cache;
use crate::setup::crate_tool::CrateTool;
use crate::{paths, process};

/// How long each target is fuzzed, in seconds.
const SECONDS: u32 = 60;

/// The targets, each with the folder of its first inputs.
const TARGETS: [(&str, &str); 4] = [
    ("addresses", "fuzz/seeds/addresses"),
    ("error_body", "tests/fixtures/errors"),
    ("typed", "fuzz/fuzz_targets"),
    ("config_file", "public"),
];

/// Nothing that is made up breaks a parser or takes it more than five seconds.
pub fn fuzzing() -> Result<Finding> {
    let tool = CrateTool {
        package: "cargo-fuzz",
        version: "0.13.2",
        programs: &["cargo-fuzz"],
        arguments: &["--locked"],
        minutes: 1,
    }
    .ensure(&Cache::locate()?)?;
    for (target, seeds) in TARGETS {
        let found = paths::root().join("fuzz").join("corpus").join(target);
        std::fs::create_dir_all(&found)?;
        let outcome = process::outcome(run(&tool, target, &found, seeds)?)?;
        if !outcome.success {
            return Ok(Finding::of_check(outcome));
        }
    }
    Ok(Finding::passed().telling(format!("{} targets, {SECONDS} s each", TARGETS.len())))
}

fn run(tool: &Path, target: &str, found: &Path, seeds: &str) -> Result<std::process::Command> {
    let mut cargo = process::cargo();
    cargo
        .current_dir(paths::root())
        // Stable Rust has no sanitizers; there is no `unsafe` for them to watch.
        .args(["fuzz", "run", "--sanitizer", "none", target])
        .arg(found)
        .arg(seeds)
        .arg("--")
        .arg(format!("-max_total_time={SECONDS}"))
        .args(["-timeout=5", "-max_len=65536"])
        .env_remove("CARGO_TARGET_DIR");
    process::put_on_path(&mut cargo, &[tool])?;
    Ok(cargo)
}
