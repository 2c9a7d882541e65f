//! What is under way, as `role="status"` tells it, with "Try now" and "Stop".

use std::time::Duration;

use anyhow::{Context, Result};

use crate::{
    browser::Browser,
    find::{Role, Shown, Target, button},
    wait,
};

/// A pause shorter than this may end by itself while a hand is still on its way to a button.
const WORTH_SKIPPING: Duration = Duration::from_secs(2);

/// What is under way.
#[derive(Clone, Copy)]
pub struct Progress<'a> {
    browser: &'a Browser,
}

impl<'a> Progress<'a> {
    pub(crate) fn new(browser: &'a Browser) -> Self {
        Self { browser }
    }

    /// The button that ends a pause.
    pub fn try_now_button() -> Target {
        button("Try now")
    }

    /// The button that ends it all.
    pub fn stop_button() -> Target {
        button("Stop")
    }

    /// What is said now.
    pub async fn text(self) -> Result<String> {
        let status = self.browser.find(&Role::Status.any()).await?;
        Ok(status.shown_text().await?)
    }

    /// Waits until a pause is told, with both its buttons; gives what is said.
    pub async fn wait_for_pause(self) -> Result<String> {
        self.browser.find(&Self::try_now_button()).await?;
        self.browser.find(&Self::stop_button()).await?;
        self.text().await
    }

    /// Waits until a pause of a certain length is told; gives what is said and how long it takes.
    pub async fn wait_for_countdown(self) -> Result<(String, Duration)> {
        let text = self.wait_for_pause().await?;
        let length = length(&text).with_context(|| format!("for how long? {text:?}"))?;
        Ok((text, length))
    }

    /// Presses "Try now".
    pub async fn try_now(self) -> Result<()> {
        self.browser.press(&Self::try_now_button()).await
    }

    /// Presses "Stop".
    pub async fn stop(self) -> Result<()> {
        self.browser.press(&Self::stop_button()).await
    }

    /// Presses "Try now" in every pause that is long enough for it, until `over`.
    pub async fn hurry_until(
        self,
        what: &str,
        mut over: impl AsyncFnMut() -> Result<bool>,
    ) -> Result<()> {
        let hurried = wait::until(self.browser.patience(), async || {
            if over().await? {
                return Ok(Some(()));
            }
            self.skip_pause().await?;
            Ok(None)
        })
        .await?;
        match hurried {
            Some(()) => Ok(()),
            None => anyhow::bail!(
                "waited in vain: {what}; the page says\n{}",
                self.browser.text().await?
            ),
        }
    }

    /// Presses "Try now" if there is a pause now that is long enough for it.
    async fn skip_pause(self) -> Result<()> {
        let page = self.browser.text().await.unwrap_or_default();
        if length(&page).is_some_and(|length| length >= WORTH_SKIPPING) {
            self.browser.press_if_there(&Self::try_now_button()).await?;
        }
        Ok(())
    }
}

/// "Trying again in 3 s."
fn length(text: &str) -> Option<Duration> {
    let (_, rest) = text.split_once("Trying again in ")?;
    let (seconds, _) = rest.split_once(" s.")?;
    seconds.parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_a_pause_is_read_from_its_words() {
        let text = "Google Classroom is busy right now Trying again in 23 s.\nTry now\nStop";
        assert_eq!(length(text), Some(Duration::from_secs(23)));
        assert_eq!(length("Joining the class…\nStop"), None);
    }
}
