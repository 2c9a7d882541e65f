//! Firefox, with geckodriver.

use anyhow::Result;
use serde_json::json;
use thirtyfour::Capabilities;
use tokio::process::Command;

use super::{Programs, file, port_said, program};
use crate::{browser::Options, process::Process};

pub(super) async fn start() -> Result<Programs> {
    let mut command = Command::new(program("GECKODRIVER", "geckodriver"));
    // Several run side by side: no port may be the usual one.
    command.args(["--port=0", "--websocket-port=0"]);
    let mut driver = Process::start("geckodriver", command)?;
    let port = port_said(&mut driver, "Listening on 127.0.0.1:").await?;
    Ok(Programs {
        driver,
        port,
        screen: None,
    })
}

pub(super) fn capabilities(options: &Options) -> Result<Capabilities> {
    let mut firefox = json!({
        "args": ["-headless"],
        "prefs": {
            "intl.accept_languages": options.languages,
            // 0 is dark, 1 light.
            "layout.css.prefers-color-scheme.content-override": u8::from(!options.dark),
            // The driver lets every page open windows; people's browsers do so only on a press.
            "dom.disable_open_during_load": true,
            "javascript.options.wasm": !options.without_wasm,
            // The browser itself would ask again where a connection broke, and how often the widget
            // asks is the point.
            "network.http.request.max-attempts": 1,
        },
    });
    if let Some(name) = options.user_agent {
        firefox["prefs"]["general.useragent.override"] = json!(name);
    }
    if let Some(binary) = file("FIREFOX", &["firefox-esr", "firefox"]) {
        firefox["binary"] = json!(binary);
    }
    let mut capabilities = Capabilities::new();
    capabilities.set("browserName", "firefox")?;
    capabilities.set("moz:firefoxOptions", firefox)?;
    Ok(capabilities)
}
