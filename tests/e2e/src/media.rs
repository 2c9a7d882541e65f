//! What the person's system asks of pages: less motion, more contrast, colours of its own.

use anyhow::Result;
use serde_json::{Value, json};

use crate::browser::Browser;

impl Browser {
    /// From now on the system asks for this, and for nothing else: media features with their values,
    /// as `("prefers-contrast", "more")`. In Chromium only.
    pub async fn asks_for(&self, features: &[(&str, &str)]) -> Result<()> {
        let features: Vec<Value> = features
            .iter()
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect();
        self.cdp()?
            .send_raw(
                "Emulation.setEmulatedMedia",
                json!({ "features": features }),
            )
            .await?;
        Ok(())
    }
}
