//! "Share this class": what stands below the form of the view "invite" for the chosen class.

use anyhow::{Context, Result};
use thirtyfour::{By, WebElement};

use crate::{
    browser::Browser,
    find::{Role, Shown, Target, button},
    pages::{Invite, SigninPopup},
};

/// The part "Share this class".
#[derive(Clone, Copy)]
pub struct Share<'a> {
    browser: &'a Browser,
}

/// A text as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// The text.
    pub text: String,
    /// How wide and how high it is, in CSS pixels.
    pub size: (f64, f64),
}

impl<'a> Share<'a> {
    pub(crate) fn new(browser: &'a Browser) -> Self {
        Self { browser }
    }

    /// The part of the page.
    pub fn part() -> Target {
        Role::Region.named("Share this class")
    }

    /// The switch for the code alone.
    pub fn switch() -> Target {
        Role::Switch.named("Let students join with the code alone")
    }

    /// The button that shows the code on the whole screen.
    pub fn enlarge() -> Target {
        button("Show full screen")
    }

    /// What is shown then.
    pub fn poster() -> Target {
        Role::Dialog.named("Class code")
    }

    /// Waits until this is the code that is shared.
    pub async fn wait_code(self, code: &str) -> Result<()> {
        self.browser
            .wait_until(&format!("{code} is shared"), async || {
                let words = self.words().await?;
                Ok(words.lines().any(|line| line == code))
            })
            .await
    }

    /// All that can be read there; nothing where the part is not in the page.
    pub async fn words(self) -> Result<String> {
        let parts = self.browser.find_all(&Self::part()).await?;
        match parts.first() {
            Some(part) => Ok(part.shown_text().await?),
            None => Ok(String::new()),
        }
    }

    /// The code, as it is drawn in the part.
    pub async fn code(self) -> Result<Drawn> {
        let part = self.browser.find(&Self::part()).await?;
        drawn(&part.find(By::Css("bdi")).await?).await
    }

    /// The code, as it is drawn on the whole screen.
    pub async fn large_code(self) -> Result<Drawn> {
        let poster = self.browser.find(&Self::poster()).await?;
        drawn(&poster.find(By::Css("svg text")).await?).await
    }

    /// The picture of a QR code of this name: in the poster where that is open, else in the part.
    pub async fn qr_code(self, name: &str) -> Result<Vec<u8>> {
        let scope = match self.browser.find_all(&Self::poster()).await?.pop() {
            Some(poster) => poster,
            None => self.browser.find(&Self::part()).await?,
        };
        let code = self
            .browser
            .find_in(&scope, &Role::Image.named(name))
            .await?;
        Ok(code.screenshot_as_png().await?)
    }

    /// Presses a button that copies, and gives what is in the clipboard then.
    pub async fn copied(self, label: &str) -> Result<String> {
        self.browser.press(&button(label)).await?;
        self.browser.wait_for_text("Copied").await?;
        let field = Invite::addresses();
        let copied = self.browser.paste_into(&field).await?;
        self.browser.clear(&field).await?;
        Ok(copied)
    }

    /// Whether the switch is on.
    pub async fn is_on(self) -> Result<bool> {
        let switch = self.browser.find(&Self::switch()).await?;
        let is_on = switch.attr("aria-checked").await?;
        match is_on.as_deref() {
            Some("true") => Ok(true),
            Some("false") => Ok(false),
            other => anyhow::bail!("the switch is {other:?}"),
        }
    }

    /// Waits until the switch is on, or off.
    pub async fn wait_on(self, is_on: bool) -> Result<()> {
        let what = format!("the switch is {}", if is_on { "on" } else { "off" });
        self.browser
            .wait_until(&what, async || Ok(self.is_on().await? == is_on))
            .await
    }

    /// Presses the switch.
    pub async fn press_switch(self) -> Result<()> {
        self.browser.press(&Self::switch()).await
    }

    /// Presses the switch, which has to open Google's window.
    pub async fn press_switch_for_permission(self) -> Result<SigninPopup<'a>> {
        SigninPopup::opened_by(self.browser, async || self.press_switch().await)
            .await
            .context("nothing was asked")
    }
}

async fn drawn(element: &WebElement) -> Result<Drawn> {
    let rect = element.rect().await?;
    Ok(Drawn {
        text: element.shown_text().await?,
        size: (rect.width, rect.height),
    })
}
