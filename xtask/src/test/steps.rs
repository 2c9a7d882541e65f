//! The checks, one function each.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::Depth;
use super::engines::{Engine, Engines};
use super::session::Finding;
use super::tally;
use crate::setup::chromium::headless_arguments;
use crate::setup::wasm_target::{TRIPLE, WasmTarget};
use crate::setup::{Browser, Firefox, Program, WasmTools, WebKit};
use crate::{paths, process, serve};

/// Those that look at every state of every view with axe, by how their names begin.
const ACCESSIBILITY_TESTS: [&str; 2] = ["axe::", "states::"];

/// Every file is formatted as rustfmt would.
pub fn formatting() -> Result<Finding> {
    let mut cargo = process::cargo();
    cargo.args(["fmt", "--all", "--check", "--", "--color", "never"]);
    process::outcome(cargo).map(Finding::of_check)
}

/// Clippy has nothing to say about anything in the workspace.
pub fn clippy() -> Result<Finding> {
    let mut cargo = process::cargo();
    cargo.args(["clippy", "--locked", "--workspace", "--all-targets"]);
    cargo.args(["--", "--deny", "warnings"]);
    process::outcome(cargo).map(Finding::of_check)
}

/// Nothing is to be said about the code that is only there in a browser: by clippy, or where the
/// compiler for wasm32 is Debian's, which comes without clippy, by the compiler.
pub fn lints_for_wasm(tools: &WasmTools) -> Result<Finding> {
    if matches!(tools.target, WasmTarget::Rustup) {
        let mut cargo = tools.command("cargo")?;
        cargo
            .args(["clippy", "--locked", "--package", "hallpass"])
            .args(["--all-targets", "--target", TRIPLE])
            .args(["--", "--deny", "warnings"]);
        return process::outcome(cargo).map(Finding::of_check);
    }
    // Compiles what the component tests will need anyway: the library, the program, the tests.
    let mut cargo = component_tests_command(tools)?;
    cargo.arg("--no-run");
    let outcome = process::outcome(cargo)?;
    // Cargo shows warnings of the workspace's packages only, and shows them again each time.
    let warned = outcome
        .output
        .lines()
        .any(|line| line.starts_with("warning"));
    if outcome.success && warned {
        return Ok(Finding::failed(outcome.output));
    }
    Ok(Finding::of_check(outcome).telling("by Debian's compiler, which has no clippy".to_owned()))
}

/// The documentation has no dead links and no malformed parts.
pub fn documentation() -> Result<Finding> {
    let mut cargo = process::cargo();
    cargo
        .args(["doc", "--locked", "--workspace", "--no-deps"])
        .arg("--document-private-items")
        .env("RUSTDOCFLAGS", "--deny warnings");
    process::outcome(cargo).map(Finding::of_check)
}

/// The types of embed.js allow what its documentation promises, and refuse mistakes.
pub fn types(tsc: &Program) -> Result<Finding> {
    let mut command = tsc.command();
    command.args(["--project", "tests/types", "--pretty", "false"]);
    process::outcome(command).map(Finding::of_check)
}

/// What needs no browser, the examples in the documentation among it.
pub fn native_tests() -> Result<Finding> {
    let mut cargo = process::cargo();
    cargo.args(["test", "--locked", "--no-fail-fast"]);
    for package in ["hallpass", "sandbox", "xtask"] {
        cargo.args(["--package", package]);
    }
    process::outcome(cargo).map(Finding::of_tests)
}

/// The widget's parts, each alone in a page of the browser.
pub fn component_tests(tools: &WasmTools, browser: &Browser) -> Result<Finding> {
    let mut cargo = component_tests_command(tools)?;
    cargo
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            &tools.test_runner,
        )
        .env("CHROMEDRIVER", &browser.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities(browser)?)
        .env("WASM_BINDGEN_TEST_ONLY_WEB", "1")
        // In seconds; the defaults, 20 and 5, are short for a busy machine.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "180")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30");
    for other in ["GECKODRIVER", "SAFARIDRIVER", "MSEDGEDRIVER"] {
        cargo
            .env_remove(other)
            .env_remove(format!("{other}_REMOTE"));
    }
    process::outcome(cargo).map(Finding::of_tests)
}

fn component_tests_command(tools: &WasmTools) -> Result<Command> {
    let mut cargo = tools.command("cargo")?;
    cargo
        .args([
            "test",
            "--locked",
            "--no-fail-fast",
            "--package",
            "hallpass",
        ])
        .args(["--test", "components", "--target", TRIPLE])
        // wasm-bindgen would spend longer on the debug information than the tests take.
        .env("CARGO_PROFILE_DEV_DEBUG", "0");
    Ok(cargo)
}

/// Writes what the runner asks the driver for, which depends on the machine; returns the file.
fn capabilities(browser: &Browser) -> Result<PathBuf> {
    let folder = paths::target();
    let file = folder.join("webdriver.json");
    fs::create_dir_all(&folder)?;
    fs::write(
        &file,
        capabilities_json(&browser.chromium.to_string_lossy(), &headless_arguments()),
    )
    .with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}

fn capabilities_json(chromium: &str, arguments: &[&str]) -> String {
    // Rust escapes quotes and backslashes as JSON does, and paths hold nothing stranger.
    format!("{{\"goog:chromeOptions\": {{\"binary\": {chromium:?}, \"args\": {arguments:?}}}}}\n")
}

/// The built widget, served by the sandbox, used as people use it, in Chromium.
pub fn end_to_end(browser: &Browser, depth: Depth) -> Result<Finding> {
    let programs = [
        ("CHROMIUM", &browser.chromium),
        ("CHROMEDRIVER", &browser.driver),
    ];
    let skipped = ACCESSIBILITY_TESTS.map(|tests| ["--skip", tests]).concat();
    end_to_end_in(&skipped, &programs, || end_to_end_command(depth))
}

/// Every state of every view, looked at in every language, in all colours, at several widths.
pub fn accessibility(browser: &Browser, axe: &PathBuf, depth: Depth) -> Result<Finding> {
    let programs = [
        ("CHROMIUM", &browser.chromium),
        ("CHROMEDRIVER", &browser.driver),
        ("HALLPASS_AXE", axe),
    ];
    let mut chosen = vec!["--show-output"];
    chosen.extend(ACCESSIBILITY_TESTS);
    end_to_end_in(&chosen, &programs, || {
        let mut cargo = end_to_end_command(depth)?;
        // Without the crate's own tests, none of which is among these.
        cargo.args(["--test", "scenarios"]);
        Ok(cargo)
    })
}

/// What of it is played in Firefox as well.
pub fn end_to_end_in_firefox(
    firefox: &Firefox,
    axe: Option<&PathBuf>,
    depth: Depth,
) -> Result<Finding> {
    let programs = [
        ("FIREFOX", &firefox.firefox),
        ("GECKODRIVER", &firefox.driver),
    ];
    in_another_engine(Engine::Firefox, &programs, axe, depth)
}

/// What of it is played in WebKit as well.
pub fn end_to_end_in_webkit(
    webkit: &WebKit,
    axe: Option<&PathBuf>,
    depth: Depth,
) -> Result<Finding> {
    let programs = [
        ("MINIBROWSER", &webkit.browser),
        ("WEBKITWEBDRIVER", &webkit.driver),
        ("XVFB", &webkit.screen),
    ];
    in_another_engine(Engine::WebKit, &programs, axe, depth)
}

fn in_another_engine(
    engine: Engine,
    programs: &[(&str, &PathBuf)],
    axe: Option<&PathBuf>,
    depth: Depth,
) -> Result<Finding> {
    let mut programs = programs.to_vec();
    programs.extend(axe.map(|axe| ("HALLPASS_AXE", axe)));
    let engines = Engines::read()?;
    let chosen = engines.chosen(engine, depth)?;
    let finding = end_to_end_in(&chosen, &programs, || scenarios_in(engine, depth))?;
    // What cannot be seen there must not be taken for having been looked at.
    Ok(finding.telling(
        "tokens were looked for in storage, cookies, pages and addresses only, not in the console, in \
         messages and in history"
            .to_owned(),
    ))
}

/// The tests that these arguments of their runner choose.
fn end_to_end_in(
    chosen: &[&str],
    programs: &[(&str, &PathBuf)],
    command: impl Fn() -> Result<Command>,
) -> Result<Finding> {
    serve::build_sandbox()?;
    let run = |arguments: &[&str]| {
        let mut cargo = command()?;
        cargo
            .envs(programs.iter().copied())
            .arg("--")
            .args(arguments);
        process::outcome(cargo)
    };
    let outcome = run(chosen)?;
    let looks = tally::looks(&outcome.output);
    let finding = Finding::of_browser_tests(outcome, |failed| {
        let alone = ["--test-threads=1", "--exact"];
        let failed = failed.iter().map(String::as_str);
        run(&alone.into_iter().chain(failed).collect::<Vec<_>>())
    })?;
    Ok(finding.telling(looks))
}

/// The names of the tests that are played in this engine.
pub fn names_in(engine: Engine, depth: Depth) -> Result<Vec<String>> {
    let engines = Engines::read()?;
    let mut cargo = scenarios_in(engine, depth)?;
    cargo
        .args(["--", "--list"])
        .args(engines.chosen(engine, depth)?);
    let outcome = process::outcome(cargo)?;
    let names = tally::listed(&outcome.output);
    if !outcome.success || names.is_empty() {
        bail!(
            "the tests in {} cannot be listed:\n{}",
            engine.name(),
            outcome.output
        );
    }
    Ok(names)
}

/// The scenarios alone, in this engine.
fn scenarios_in(engine: Engine, depth: Depth) -> Result<Command> {
    let mut cargo = end_to_end_command(depth)?;
    cargo
        .args(["--test", "scenarios"])
        .env("HALLPASS_ENGINE", engine.name());
    Ok(cargo)
}

fn end_to_end_command(depth: Depth) -> Result<Command> {
    let mut cargo = process::cargo();
    cargo
        .args(["test", "--locked", "--no-fail-fast"])
        .args(["--package", "hallpass-e2e"])
        .env("HALLPASS_DIST", paths::dist())
        .env("HALLPASS_SANDBOX", paths::sibling_binary("sandbox")?)
        .env("HALLPASS_DEPTH", depth.name())
        .env_remove("HALLPASS_ENGINE")
        // Where they wait for a page they make errors by the dozen, each with its backtrace.
        .env("RUST_BACKTRACE", "0")
        .env("RUST_LIB_BACKTRACE", "0");
    Ok(cargo)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_capabilities_are_json() {
        assert_eq!(
            capabilities_json(r"C:\chrome.exe", &["--headless=new", "--no-sandbox"]),
            "{\"goog:chromeOptions\": {\"binary\": \"C:\\\\chrome.exe\", \
             \"args\": [\"--headless=new\", \"--no-sandbox\"]}}\n"
        );
    }
}
