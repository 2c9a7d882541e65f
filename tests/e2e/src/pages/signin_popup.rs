//! The window Google's sign-in opens, as the sandbox plays it: choose an account, then allow
//! what the page asks for.

use anyhow::{Context, Result};
use thirtyfour::{Key, WindowHandle, error::WebDriverErrorInner};

use crate::{
    browser::Browser,
    find::{Role, Target, button},
    school::Person,
    wait,
};

/// The pop-up, in front; the widget waits behind it.
pub struct SigninPopup<'a> {
    browser: &'a Browser,
    widget: WindowHandle,
    popup: WindowHandle,
}

impl<'a> SigninPopup<'a> {
    /// Does what should open the window, waits for it and brings it to the front.
    pub async fn opened_by(
        browser: &'a Browser,
        press: impl AsyncFnOnce() -> Result<()>,
    ) -> Result<Self> {
        let known = browser.windows().await?;
        let widget = browser.window().await?;
        press().await?;
        let popup = browser
            .new_window(&known)
            .await
            .context("Google's window")?;
        browser.switch_to_window(popup.clone()).await?;
        Ok(Self {
            browser,
            widget,
            popup,
        })
    }

    /// Chooses an account and, where the page asks for something new, allows all of it.
    pub async fn sign_in(self, person: Person) -> Result<()> {
        self.choose(person).await?;
        if self.asks().await? {
            self.allow().await
        } else {
            self.back_to_widget().await
        }
    }

    /// As [`sign_in`](Self::sign_in), with keys only.
    pub async fn sign_in_by_keyboard(self, person: Person) -> Result<()> {
        self.enter(&Role::Button.beginning(person.email)).await?;
        if self.asks().await? {
            self.allow_by_keyboard().await
        } else {
            self.back_to_widget().await
        }
    }

    /// As [`allow`](Self::allow), with keys only.
    pub async fn allow_by_keyboard(self) -> Result<()> {
        self.enter(&button("Allow")).await?;
        self.back_to_widget().await
    }

    /// Presses it with the keyboard. The window may close under the key.
    async fn enter(&self, target: &Target) -> Result<()> {
        let keyboard = self.browser.keyboard();
        keyboard.tab_to(target).await?;
        let pressed = keyboard.press(Key::Enter).await;
        if self.is_open().await? {
            pressed
        } else {
            Ok(())
        }
    }

    /// Once the account is chosen: whether Google asks what the app may do, or closes.
    async fn asks(&self) -> Result<bool> {
        let allow = button("Allow");
        wait::until(self.browser.patience(), async || {
            if !self.is_open().await? {
                return Ok(Some(false));
            }
            Ok(self.shows_or_closed(&allow).await?.then_some(true))
        })
        .await?
        .context(
            "after the account was chosen, neither was anything asked nor did the window close",
        )
    }

    /// Presses the account's button in the chooser.
    pub async fn choose(&self, person: Person) -> Result<()> {
        self.browser
            .press(&Role::Button.beginning(person.email))
            .await
    }

    /// Waits until Google asks what the app may do.
    pub async fn wait_for_consent(&self) -> Result<()> {
        self.browser.find(&button("Allow")).await.map(drop)
    }

    /// Waits until the window has closed by itself, nothing more having been asked.
    pub async fn closes_by_itself(self) -> Result<()> {
        self.back_to_widget().await
    }

    /// Leaves the window open behind the widget.
    pub async fn leave_open(&self) -> Result<()> {
        Ok(self.browser.switch_to_window(self.widget.clone()).await?)
    }

    /// Brings the window to the front again.
    pub async fn come_back(&self) -> Result<()> {
        Ok(self.browser.switch_to_window(self.popup.clone()).await?)
    }

    /// Asks for the accounts outside of the domain the page has hinted at.
    pub async fn use_another_account(&self) -> Result<()> {
        self.browser
            .press(&Role::Link.named("Use another account"))
            .await
    }

    /// Takes the tick off the box whose label begins like this.
    pub async fn untick(&self, permission: &str) -> Result<()> {
        let the_box = self
            .browser
            .find(&Role::Checkbox.beginning(permission))
            .await?;
        if the_box.is_selected().await? {
            the_box.click().await?;
        }
        Ok(())
    }

    /// Allows what is ticked; the window closes.
    pub async fn allow(self) -> Result<()> {
        self.browser.press(&button("Allow")).await?;
        self.back_to_widget().await
    }

    /// Refuses; the window closes.
    pub async fn cancel(self) -> Result<()> {
        self.browser.press(&button("Cancel")).await?;
        self.back_to_widget().await
    }

    /// Closes the window with its own cross.
    pub async fn close(self) -> Result<()> {
        self.browser.close_window().await?;
        self.back_to_widget().await
    }

    async fn is_open(&self) -> Result<bool> {
        Ok(self.browser.windows().await?.contains(&self.popup))
    }

    /// As [`Browser::shows`], in a window that may close under the question.
    async fn shows_or_closed(&self, target: &Target) -> Result<bool> {
        match self.browser.shows(target).await {
            Ok(shows) => Ok(shows),
            Err(error) => match error.downcast_ref::<thirtyfour::error::WebDriverError>() {
                Some(error) if matches!(**error, WebDriverErrorInner::NoSuchWindow(_)) => Ok(false),
                _ if !self.is_open().await? => Ok(false),
                _ => Err(error),
            },
        }
    }

    /// Waits until the window has closed by itself, and brings the widget to the front.
    async fn back_to_widget(self) -> Result<()> {
        self.browser
            .wait_until("Google's window closes", async || {
                Ok(!self.is_open().await?)
            })
            .await?;
        self.browser.switch_to_window(self.widget.clone()).await?;
        Ok(())
    }
}
