//! The view "received": the invitations that wait for whoever is signed in.

use anyhow::{Context, Result, bail};
use thirtyfour::WebElement;

use crate::{
    browser::Browser,
    find::{Role, Shown, Target, button, label, was_replaced},
    pages::SigninPopup,
    wait,
};

/// The view "received".
#[derive(Clone, Copy)]
pub struct Received<'a> {
    browser: &'a Browser,
}

/// An invitation, as a person perceives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationSeen {
    /// The class, or what is said in the place of its name.
    pub class: String,
    /// What it is an invitation to.
    pub role: String,
    /// All its words.
    pub words: String,
    /// The names of its buttons.
    pub actions: Vec<String>,
}

impl<'a> Received<'a> {
    pub(crate) fn new(browser: &'a Browser) -> Self {
        Self { browser }
    }

    /// The heading, where the focus goes when nothing is left.
    pub fn heading() -> Target {
        Role::Heading.named("My invitations")
    }

    /// The button that reads the list for the first time.
    pub fn show_button() -> Target {
        button("Show my invitations")
    }

    /// The link to the view.
    pub fn link() -> Target {
        Role::Link.named("My invitations")
    }

    /// Waits for the view.
    pub async fn wait(self) -> Result<()> {
        self.browser.find(&Self::heading()).await.map(drop)
    }

    /// The invitations, in their order.
    pub async fn list(self) -> Result<Vec<InvitationSeen>> {
        let list = wait::until(self.browser.patience(), async || {
            match self.read_list().await {
                Ok(list) => Ok(Some(list)),
                Err(error) if was_replaced(&error) => Ok(None),
                Err(error) => Err(error),
            }
        });
        list.await?.context("the list does not stand still")
    }

    /// Waits until the invitations are to these classes, in this order.
    pub async fn wait_classes(self, wanted: &[&str]) -> Result<()> {
        let mut seen = Vec::new();
        let same = wait::until(self.browser.patience(), async || {
            seen = self
                .list()
                .await?
                .into_iter()
                .map(|one| one.class)
                .collect();
            Ok((seen == wanted).then_some(()))
        });
        match same.await? {
            Some(()) => Ok(()),
            None => bail!("the classes are {seen:#?}, not {wanted:?}"),
        }
    }

    /// The invitation to this class.
    pub async fn to(self, class: &str) -> Result<InvitationSeen> {
        let list = self.list().await?;
        let found = list.iter().find(|one| one.class == class);
        found
            .cloned()
            .with_context(|| format!("{class} is not among {list:#?}"))
    }

    /// Presses a button of the invitation to this class.
    pub async fn press(self, class: &str, action: &str) -> Result<()> {
        let pressed = wait::until(self.browser.patience(), async || {
            match self.press_once(class, action).await {
                Ok(is_pressed) => Ok(is_pressed.then_some(())),
                Err(error) if was_replaced(&error) => Ok(None),
                Err(error) => Err(error),
            }
        });
        match pressed.await? {
            Some(()) => Ok(()),
            None => bail!(
                "\"{action}\" of {class} takes no press: {:#?}",
                self.list().await?
            ),
        }
    }

    /// As [`press`](Self::press); Google's window has to open in that press.
    pub async fn press_signed_out(self, class: &str, action: &str) -> Result<SigninPopup<'a>> {
        SigninPopup::opened_by(self.browser, async || self.press(class, action).await).await
    }

    /// Declines, and means it.
    pub async fn decline(self, class: &str) -> Result<()> {
        self.press(class, "Decline").await?;
        self.browser
            .find(&Role::Group.named("Decline this invitation?"))
            .await?;
        self.press(class, "Decline").await
    }

    /// A button of the invitation to this class.
    pub async fn button(self, class: &str, action: &str) -> Result<WebElement> {
        let item = self.item(class).await?;
        let item = item.with_context(|| format!("no invitation to {class}"))?;
        self.browser.find_in(&item, &button(action)).await
    }

    /// Whether the focus is on this button of the invitation to this class.
    pub async fn has_focus(self, class: &str, action: &str) -> Result<bool> {
        let button = self.button(class, action).await?;
        Ok(self.browser.driver().active_element().await? == button)
    }

    /// How many invitations wait, as the link to the view is described, and as it shows; nothing
    /// where it says nothing of that.
    pub async fn count(self) -> Result<Option<(String, String)>> {
        let link = self.browser.find(&Self::link()).await?;
        let Some(by) = link.attr("aria-describedby").await? else {
            return Ok(None);
        };
        // Hidden, as what is only there to describe may be: its text cannot be had as a person's.
        let described = format!("return document.getElementById('{by}').textContent");
        let described = self.browser.evaluate(&described).await?;
        let shown = link.shown_text().await?.replace("My invitations", "");
        Ok(Some((
            described.as_str().unwrap_or_default().to_owned(),
            shown.trim().to_owned(),
        )))
    }

    /// Waits until the link to the view says that so many invitations wait; none for nothing said.
    pub async fn wait_count(self, count: usize) -> Result<()> {
        let described = match count {
            1 => "1 invitation is waiting for you".to_owned(),
            _ => format!("{count} invitations are waiting for you"),
        };
        let wanted = (count > 0).then(|| (described, count.to_string()));
        self.browser
            .wait_until(&format!("{wanted:?} in the navigation"), async || {
                Ok(self.count().await? == wanted)
            })
            .await
    }

    async fn items(self) -> Result<Vec<WebElement>> {
        let lists = self
            .browser
            .find_all(&Role::List.named("My invitations"))
            .await?;
        let Some(list) = lists.first() else {
            return Ok(Vec::new());
        };
        self.browser.find_all_in(list, &Role::ListItem.any()).await
    }

    async fn item(self, class: &str) -> Result<Option<WebElement>> {
        for item in self.items().await? {
            if item.shown_text().await?.lines().next() == Some(class) {
                return Ok(Some(item));
            }
        }
        Ok(None)
    }

    async fn read_list(self) -> Result<Vec<InvitationSeen>> {
        let mut list = Vec::new();
        for item in self.items().await? {
            let words = item.shown_text().await?;
            let mut lines = words.lines();
            let mut line = || lines.next().unwrap_or_default().to_owned();
            let (class, role) = (line(), line());
            let mut actions = Vec::new();
            for action in self.browser.find_all_in(&item, &Role::Button.any()).await? {
                actions.push(label(&action).await?);
            }
            list.push(InvitationSeen {
                class,
                role,
                words,
                actions,
            });
        }
        Ok(list)
    }

    /// Gives `false` where there is no such invitation, or not this button.
    async fn press_once(self, class: &str, action: &str) -> Result<bool> {
        let Some(item) = self.item(class).await? else {
            return Ok(false);
        };
        let buttons = self.browser.find_all_in(&item, &button(action)).await?;
        let Some(button) = buttons.first() else {
            return Ok(false);
        };
        button.click().await?;
        Ok(true)
    }
}
