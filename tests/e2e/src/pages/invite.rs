//! The views "invite" and "enroll": a class, a role, many addresses, and what becomes of them. They
//! differ in the role, which only the first asks for, and in words.

use anyhow::{Context, Result};
use thirtyfour::By;

use crate::{
    browser::Browser,
    find::{Role, Shown, Target, button, label},
    pages::{ClassCombobox, ErrorCard, Review, SigninPopup},
};

/// One of the two views.
#[derive(Clone, Copy)]
pub struct Invite<'a> {
    browser: &'a Browser,
    heading: &'static str,
    send: &'static str,
}

/// A choice of the group "Role".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleSeen {
    /// Its name.
    pub name: String,
    /// What it is described by.
    pub description: String,
    /// Whether it is the one that is chosen.
    pub is_chosen: bool,
}

impl<'a> Invite<'a> {
    pub(crate) fn inviting(browser: &'a Browser) -> Self {
        Self {
            browser,
            heading: "Invite people",
            send: "Send invitations",
        }
    }

    pub(crate) fn adding(browser: &'a Browser) -> Self {
        Self {
            browser,
            heading: "Add students",
            send: "Add students",
        }
    }

    /// The field for the addresses.
    pub fn addresses() -> Target {
        Role::Textbox.named("Email addresses")
    }

    /// The button that makes the review.
    pub fn check_button() -> Target {
        button("Check addresses")
    }

    /// Waits for the view: heading, class, addresses and button.
    pub async fn wait(self) -> Result<()> {
        self.browser
            .find(&Role::Heading.named(self.heading))
            .await?;
        self.browser.find(&ClassCombobox::field()).await?;
        self.browser.find(&Self::addresses()).await?;
        self.browser.find(&Self::check_button()).await?;
        Ok(())
    }

    /// The classes.
    pub fn class(self) -> ClassCombobox<'a> {
        ClassCombobox::new(self.browser)
    }

    /// Types into the field for the class and clicks the only one whose text begins with this name.
    pub async fn choose_class(self, name: &str) -> Result<()> {
        self.class().type_in(name).await?;
        self.class().click(name).await
    }

    /// The choices of the group "Role", in their order; none where it is not asked.
    pub async fn roles(self) -> Result<Vec<RoleSeen>> {
        let mut roles = Vec::new();
        for group in self.browser.find_all(&Role::Group.named("Role")).await? {
            for radio in self.browser.find_all_in(&group, &Role::Radio.any()).await? {
                let described = radio.attr("aria-describedby").await?;
                let described = described.context("a role is not described")?;
                let description = (**self.browser).find(By::Id(described)).await?;
                roles.push(RoleSeen {
                    name: label(&radio).await?,
                    description: description.shown_text().await?,
                    is_chosen: radio.is_selected().await?,
                });
            }
        }
        Ok(roles)
    }

    /// Chooses a role.
    pub async fn choose_role(self, name: &str) -> Result<()> {
        self.browser.press(&Role::Radio.named(name)).await
    }

    /// Puts this into the field for the addresses, in place of what is there.
    pub async fn paste(self, addresses: &str) -> Result<()> {
        self.browser.insert(&Self::addresses(), addresses).await
    }

    /// What stands in the field for the addresses.
    pub async fn pasted(self) -> Result<String> {
        let field = self.browser.find(&Self::addresses()).await?;
        Ok(field.prop("value").await?.unwrap_or_default())
    }

    /// Presses "Check addresses".
    pub async fn press_check(self) -> Result<()> {
        self.browser.press(&Self::check_button()).await
    }

    /// Presses "Check addresses" while signed out; Google's window has to open in that press.
    pub async fn press_signed_out(self) -> Result<SigninPopup<'a>> {
        SigninPopup::opened_by(self.browser, async || self.press_check().await).await
    }

    /// Pastes, presses "Check addresses", and waits until all that can be found out is.
    pub async fn check(self, addresses: &str) -> Result<Review<'a>> {
        self.paste(addresses).await?;
        self.press_check().await?;
        let review = self.review();
        review.wait_checked().await?;
        Ok(review)
    }

    /// The review.
    pub fn review(self) -> Review<'a> {
        Review::new(self.browser, self.send)
    }

    /// Waits until this field asks to be corrected: it is marked as wrong, has the focus, and is
    /// described by words of the card.
    pub async fn wait_to_be_corrected(self, card: &ErrorCard, field: &Target) -> Result<()> {
        card.wait_to_be_about(self.browser, field).await
    }
}
