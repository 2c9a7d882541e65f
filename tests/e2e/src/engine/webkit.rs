//! WebKitGTK's own small browser, MiniBrowser, with its WebKitWebDriver.

use std::{
    net::{Ipv4Addr, TcpListener},
    time::Duration,
};

use anyhow::{Context, Result};
use serde_json::json;
use thirtyfour::Capabilities;
use tokio::process::Command;

use super::{Engine, Programs, file, program, refuse, runs_as_root};
use crate::{browser::Options, process::Process, wait};

/// How long the driver may take until it listens.
const START: Duration = Duration::from_secs(20);

/// The only languages it can have everywhere.
const LANGUAGES: &str = "en-US";

/// Starts a screen and, on it, the driver.
pub(super) async fn start(options: &Options) -> Result<Programs> {
    let (screen, display) = screen().await?;
    let port = free_port()?;
    let mut command = Command::new(program("WEBKITWEBDRIVER", "WebKitWebDriver"));
    command
        .arg(format!("--port={port}"))
        .env("DISPLAY", format!(":{display}"))
        // A display of the person's own would be taken first.
        .env_remove("WAYLAND_DISPLAY")
        // The browser speaks the system's language, if the system has it; C is American English.
        .env("LC_ALL", "C");
    if options.without_wasm {
        command.env("JSC_useWebAssembly", "false");
    }
    if runs_as_root() {
        // The pages are the scenarios' own.
        command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
    }
    let driver = Process::start("WebKitWebDriver", command)?;
    let programs = Programs {
        driver,
        port,
        screen: Some(screen),
    };
    wait_until_it_listens(&programs).await?;
    Ok(programs)
}

/// Starts a screen under a number that is free; gives that number.
async fn screen() -> Result<(Process, u32)> {
    let mut command = Command::new(program("XVFB", "Xvfb"));
    command
        .args(["-displayfd", "1", "-screen", "0", "1920x1440x24"])
        .args(["-nolisten", "tcp"])
        // It ends when the browser has, and takes its files with it.
        .arg("-terminate");
    let mut screen = Process::start("Xvfb", command)?;
    let number = screen.said(|line| line.trim().parse().ok()).await?;
    Ok((screen, number))
}

/// The driver can neither choose a port itself nor say which. One that was free a moment ago will
/// most likely still be.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}

/// The driver does not say when it is ready.
async fn wait_until_it_listens(programs: &Programs) -> Result<()> {
    let status = format!("http://127.0.0.1:{}/status", programs.port);
    wait::until(START, async || Ok(reqwest::get(&status).await.ok()))
        .await?
        .map(drop)
        .with_context(|| {
            format!(
                "WebKitWebDriver did not come up in {START:?}; it said:\n{}",
                programs.driver.output()
            )
        })
}

pub(super) fn capabilities(options: &Options) -> Result<Capabilities> {
    refuse(
        Engine::WebKit,
        &[
            ("that the person's system is dark", options.dark),
            ("the person's languages", options.languages != LANGUAGES),
        ],
    )?;
    let mut arguments = vec!["--automation".to_owned()];
    arguments.extend(
        options
            .user_agent
            .map(|name| format!("--user-agent={name}")),
    );
    let mut webkit = json!({ "args": arguments });
    // Without one, the driver looks where it was installed itself.
    if let Some(binary) = file("MINIBROWSER", &["MiniBrowser"]) {
        webkit["binary"] = json!(binary);
    }
    let mut capabilities = Capabilities::new();
    capabilities.set("webkitgtk:browserOptions", webkit)?;
    Ok(capabilities)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_cannot_be_told_is_refused() {
        assert!(capabilities(&Options::default()).is_ok());
        let dark = Options {
            dark: true,
            ..Options::default()
        };
        let error = capabilities(&dark).expect_err("it cannot be dark");
        assert_eq!(
            error.to_string(),
            "WebKit cannot be told that the person's system is dark"
        );
    }
}
