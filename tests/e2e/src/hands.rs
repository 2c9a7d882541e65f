//! What hands do beyond one press: press twice, hold a key down.

use std::time::Duration;

use anyhow::Result;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::{browser::Browser, find::Target};

impl Browser {
    /// Presses it twice, the second time after `between`, whatever the first has brought about.
    /// Within half a second the two are a double click.
    pub async fn press_twice(&self, target: &Target, between: Duration) -> Result<()> {
        let element = self.find(target).await?;
        self.driver()
            .action_chain_with_delay(None, Some(between))
            .click_element(&element)
            // A move to nowhere is how the chain waits.
            .move_by_offset(0, 0)
            .click()
            .perform()
            .await?;
        Ok(())
    }

    /// Keeps the Enter key down: `times` keydowns in all, each after the first marked as a repeat.
    /// Where the key is down already, all of them are repeats. [`let_go_enter`] ends it.
    ///
    /// [`let_go_enter`]: Self::let_go_enter
    pub async fn hold_enter(&self, times: usize, down_already: bool) -> Result<()> {
        // WebDriver's own repeated keydowns are not marked as repeats by chromedriver.
        for time in 0..times {
            let repeat = down_already || time > 0;
            self.enter(json!({ "type": "keyDown", "text": "\r", "autoRepeat": repeat }))
                .await?;
        }
        Ok(())
    }

    /// Lets go of the Enter key.
    pub async fn let_go_enter(&self) -> Result<()> {
        self.enter(json!({ "type": "keyUp" })).await
    }

    async fn enter(&self, mut event: Value) -> Result<()> {
        event["key"] = json!("Enter");
        event["code"] = json!("Enter");
        event["windowsVirtualKeyCode"] = json!(13);
        self.driver()
            .cdp()
            .send_raw("Input.dispatchKeyEvent", event)
            .await?;
        Ok(())
    }

    /// Presses a key and lets go of it, wherever the focus is.
    pub async fn strike(&self, key: Key) -> Result<()> {
        let hand = self.driver().action_chain();
        Ok(hand.key_down(key.clone()).key_up(key).perform().await?)
    }

    /// Types a text, wherever the focus is.
    pub async fn type_on(&self, text: &str) -> Result<()> {
        Ok(self
            .driver()
            .action_chain()
            .send_keys(text)
            .perform()
            .await?)
    }

    /// Whether the focus is on it.
    pub async fn has_focus(&self, target: &Target) -> Result<bool> {
        let element = self.find(target).await?;
        Ok(self.driver().active_element().await? == element)
    }
}
