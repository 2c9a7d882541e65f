//! The view "join": a code or a link, and a button.

use anyhow::Result;

use crate::{
    browser::Browser,
    find::{Role, Target, button},
    pages::{ClassCombobox, ErrorCard, SigninPopup, Widget},
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

    /// Whether the field is marked as wrong.
    pub async fn is_marked(self) -> Result<bool> {
        let field = self.browser.find(&Self::field()).await?;
        Ok(field.attr("aria-invalid").await?.as_deref() == Some("true"))
    }

    /// Waits until the field asks to be corrected: it is marked as wrong, has the focus, and is
    /// described by words of the card.
    pub async fn wait_to_be_corrected(self, card: &ErrorCard) -> Result<()> {
        card.wait_to_be_about(self.browser, &Self::field()).await
    }

    /// The directory of classes.
    pub fn directory(self) -> ClassCombobox<'a> {
        ClassCombobox::new(self.browser)
    }

    /// Types into the directory and clicks the only class whose text begins with this name.
    pub async fn choose_class(self, typed: &str, name: &str) -> Result<()> {
        self.directory().type_in(typed).await?;
        self.directory().click(name).await
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
