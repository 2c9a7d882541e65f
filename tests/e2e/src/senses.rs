//! What somebody notices of a page who does not see it, or has no mouse: what a screen reader would
//! say of its live regions, word for word, and where the focus gets lost.

use std::time::Duration;

use anyhow::{Result, ensure};

use crate::{browser::Browser, wait};

const SCRIPT: &str = include_str!("senses.js");

/// Longer than it takes to call the focus lost, or to say something once more.
const A_WHILE: Duration = Duration::from_millis(400);

impl Browser {
    /// Notices what happens in the pages that are opened from now on in this window; but in Chromium,
    /// once they have loaded.
    pub async fn attend(&self) -> Result<()> {
        self.plant(SCRIPT).await
    }

    /// Waits until as much was said as is `wanted`, as `role: words`; it is that, word for word, and
    /// nothing more. What was said begins anew then.
    pub async fn hears(&self, wanted: &[&str]) -> Result<()> {
        let mut said = Vec::new();
        wait::until(self.patience(), async || {
            said.extend(self.noticed("said").await?);
            Ok((said.len() >= wanted.len()).then_some(()))
        })
        .await?;
        tokio::time::sleep(A_WHILE).await;
        said.extend(self.noticed("said").await?);
        ensure!(said == wanted, "heard {said:#?}, not {wanted:#?}");
        Ok(())
    }

    /// Fails where the focus got lost since the page was opened: to be on nothing at all, so that the
    /// next Tab begins at the top of the page (WCAG 2.2, 2.4.3).
    pub async fn kept_the_focus(&self) -> Result<()> {
        tokio::time::sleep(A_WHILE).await;
        let lost = self.noticed("lost").await?;
        ensure!(lost.is_empty(), "the focus was lost with {lost:?}");
        Ok(())
    }

    /// Fails where something was pressed with a pointer since the page was opened.
    pub async fn used_no_mouse(&self) -> Result<()> {
        let mouse = self.noticed("mouse").await?;
        ensure!(mouse.is_empty(), "a mouse has pressed {mouse:?}");
        Ok(())
    }

    /// What was noticed of this kind since it was asked the last time.
    pub async fn noticed(&self, what: &str) -> Result<Vec<String>> {
        let noticed = format!("return window.hallpassSenses.{what}.splice(0)");
        Ok(serde_json::from_value(self.evaluate(&noticed).await?)?)
    }
}
