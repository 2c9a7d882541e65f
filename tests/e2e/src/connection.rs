//! The browser's own network: taken away and given back.

use anyhow::Result;
use serde_json::json;

use crate::browser::Browser;

impl Browser {
    /// Takes the network away from the page in front, which is told so (`navigator.onLine`).
    pub async fn go_offline(&self) -> Result<()> {
        self.network(true).await
    }

    /// Gives the network back, and says so.
    pub async fn come_online(&self) -> Result<()> {
        self.network(false).await
    }

    /// Has the browser say that it is offline although the network works, or that it is online: it
    /// only knows of its own network card.
    pub async fn seem_offline(&self, offline: bool) -> Result<()> {
        self.tell("Network.overrideNetworkState", offline).await
    }

    async fn network(&self, offline: bool) -> Result<()> {
        self.tell("Network.emulateNetworkConditions", offline).await
    }

    async fn tell(&self, command: &'static str, offline: bool) -> Result<()> {
        // -1 is the speed there is.
        let conditions = json!({
            "offline": offline,
            "latency": 0,
            "downloadThroughput": -1,
            "uploadThroughput": -1,
        });
        self.cdp()?.send_raw(command, conditions).await?;
        Ok(())
    }
}
