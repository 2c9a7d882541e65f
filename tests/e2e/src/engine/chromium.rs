//! Chromium, with chromedriver and Chromium's own protocol.

use anyhow::{Context, Result};
use serde_json::json;
use thirtyfour::{Capabilities, WebDriver};
use tokio::process::Command;

use super::{NARROWEST_WINDOW, Programs, file, left_out, port_said, program, runs_as_root};
use crate::{browser::Options, process::Process};

pub(super) async fn start() -> Result<Programs> {
    let mut command = Command::new(program("CHROMEDRIVER", "chromedriver"));
    command.arg("--port=0");
    let mut driver = Process::start("chromedriver", command)?;
    let port = port_said(&mut driver, "started successfully on port ").await?;
    Ok(Programs {
        driver,
        port,
        screen: None,
    })
}

pub(super) fn capabilities(options: &Options) -> Result<Capabilities> {
    let mut arguments: Vec<String> = [
        "--headless=new",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        // The driver computes no roles in frames that have a process of their own. And nobody opens the
        // address bar's lists, which are pages that cost more than half of the browser's start.
        "--disable-features=IsolateSandboxedIframes,WebUIOmniboxPopup,WebUIOmniboxAimPopup",
    ]
    .map(str::to_owned)
    .into();
    if runs_as_root() {
        arguments.push("--no-sandbox".to_owned());
    }
    if let Some(name) = options.user_agent {
        arguments.push(format!("--user-agent={name}"));
    }
    if options.without_wasm {
        // Without its compilers it has none.
        arguments.push("--js-flags=--jitless".to_owned());
    }
    let mut chromium = json!({
        "args": arguments,
        "prefs": { "intl.accept_languages": options.languages },
        // The driver lets every page open windows; people's browsers do so only on a press, and
        // whether the widget opens Google's in that press is the point.
        "excludeSwitches": ["disable-popup-blocking"],
    });
    let names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    // Without one, the driver looks for itself.
    if let Some(binary) = file("CHROMIUM", &names) {
        chromium["binary"] = json!(binary);
    }
    let mut capabilities = Capabilities::new();
    capabilities.set("browserName", "chrome")?;
    capabilities.set("goog:chromeOptions", chromium)?;
    let heard = if options.timed { "OFF" } else { "ALL" };
    capabilities.set(
        "goog:loggingPrefs",
        json!({ "browser": heard, "performance": heard }),
    )?;
    Ok(capabilities)
}

pub(super) fn debugger_address(driver: &WebDriver) -> Result<String> {
    driver
        .capabilities()
        .get("goog:chromeOptions")
        .and_then(|options| Some(options.get("debuggerAddress")?.as_str()?.to_owned()))
        .context("the browser does not say where it listens for debuggers")
}

pub(super) async fn emulate(driver: &WebDriver, options: &Options) -> Result<()> {
    let cdp = driver.cdp();
    let (width, height) = options.size;
    if width < NARROWEST_WINDOW {
        left_out::asks_for_chromium();
    }
    // A window cannot be made as narrow as a phone; the page in it can.
    cdp.send_raw(
        "Emulation.setDeviceMetricsOverride",
        json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }),
    )
    .await?;
    let scheme = if options.dark { "dark" } else { "light" };
    cdp.send_raw(
        "Emulation.setEmulatedMedia",
        json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] }),
    )
    .await?;
    Ok(())
}
