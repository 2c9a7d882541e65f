//! The view "join": a code or a link, and a button.

use anyhow::Result;

use crate::{
    browser::Browser,
    find::{Role, Target, button},
    pages::{SigninPopup, Widget},
};

/// The view "join".
#[derive(Clone, Copy)]
pub struct Join<'a> {
    browser: &'a Browser,
}

impl<'a> Join<'a> {
    pub(crate) fn new(browser: &'a Browser) -> Self {
        Self { browser }
    }

    /// The field for code or link.
    pub fn field() -> Target {
        Role::Textbox.named("Class code or invite link")
    }

    /// The button that does it.
    pub fn button() -> Target {
        button("Join class")
    }

    /// Waits for the view, heading, field and button.
    pub async fn wait(self) -> Result<()> {
        self.browser
            .find(&Role::Heading.named("Join a class"))
            .await?;
        self.browser.find(&Self::field()).await?;
        self.browser.find(&Self::button()).await?;
        Ok(())
    }

    /// Types into the field, in place of what is there.
    pub async fn type_in(self, text: &str) -> Result<()> {
        self.browser.fill(&Self::field(), text).await
    }

    /// What stands in the field.
    pub async fn typed(self) -> Result<String> {
        let field = self.browser.find(&Self::field()).await?;
        Ok(field.prop("value").await?.unwrap_or_default())
    }

    /// Presses "Join class".
    pub async fn press(self) -> Result<()> {
        self.browser.press(&Self::button()).await
    }

    /// Presses "Join class" while signed out; Google's window has to open in that press.
    pub async fn press_signed_out(self) -> Result<SigninPopup<'a>> {
        SigninPopup::opened_by(self.browser, async || self.press().await).await
    }

    /// Types and presses.
    pub async fn with(self, text: &str) -> Result<Widget<'a>> {
        self.type_in(text).await?;
        self.press().await?;
        Ok(Widget::new(self.browser))
    }
}
