//! What hands do beyond one press: press twice, hold a key down.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::{
    browser::Browser,
    find::{COMMAND, Target},
};

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

    /// Presses it as a script does, which the browser takes for nobody's press: a window that it
    /// opens is blocked.
    pub async fn press_by_script(&self, target: &Target) -> Result<()> {
        let element = self.find(target).await?;
        // WebDriver's own scripts run as if a person had pressed something; timers only do where a
        // person has, a moment ago.
        let script = "const [element, done] = arguments;
                      setTimeout(() => { element.click(); done(); });";
        self.driver()
            .execute_async(script, vec![element.to_json()?])
            .await?;
        Ok(())
    }

    /// Puts what is in the clipboard into a field, in place of what is in it, and gives what the
    /// field then holds.
    pub async fn paste_into(&self, target: &Target) -> Result<String> {
        self.clear(target).await?;
        let field = self.find(target).await?;
        field.send_keys(COMMAND + "v").await?;
        Ok(field.prop("value").await?.unwrap_or_default())
    }

    /// Lets no page write into the clipboard from now on. In Chromium only.
    pub async fn shut_clipboard(&self) -> Result<()> {
        let browser = self.cdp()?;
        for permission in ["clipboard-write", "clipboard-sanitized-write"] {
            let denied = json!({ "permission": { "name": permission }, "setting": "denied" });
            // A browser knows one name or the other.
            drop(browser.send_raw("Browser.setPermission", denied).await);
        }
        Ok(())
    }

    /// Puts the text into a field in one go, as pasting does, in place of what is in it: tabs and
    /// line breaks are text, and a thousand addresses are there at once.
    pub async fn insert(&self, target: &Target, text: &str) -> Result<()> {
        self.clear(target).await?;
        // The browser takes it for what a person put in, with the events of that.
        let script = "return document.execCommand('insertText', false, arguments[0])";
        let inserted = self.driver().execute(script, vec![json!(text)]).await?;
        ensure!(inserted.json() == true, "{target} takes no text");
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
        self.cdp()?
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
