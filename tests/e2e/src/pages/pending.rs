//! The open invitations of the chosen class, and its teachers: what stands below the form of the view
//! "invite".

use anyhow::{Context, Result, bail};
use thirtyfour::{By, WebElement};

use crate::{
    browser::Browser,
    find::{Role, Shown, Target, button, label, was_replaced},
    wait,
};

/// What is below "Waiting for an answer" and "Teachers".
#[derive(Clone, Copy)]
pub struct Pending<'a> {
    browser: &'a Browser,
}

/// An open invitation, as a person perceives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// What stands above its buttons: name, address, role.
    pub lines: Vec<String>,
    /// `data-state`.
    pub state: String,
    /// All its words.
    pub words: String,
    /// The names of its buttons.
    pub actions: Vec<String>,
}

impl Invited {
    /// Whether it has a button of this name.
    pub fn offers(&self, action: &str) -> bool {
        self.actions.iter().any(|offered| offered == action)
    }

    /// What the person is invited as: the last of the lines.
    pub fn role(&self) -> &str {
        self.lines.last().map_or("", String::as_str)
    }
}

impl<'a> Pending<'a> {
    pub(crate) fn new(browser: &'a Browser) -> Self {
        Self { browser }
    }

    /// The part of the page with the open invitations.
    pub fn part() -> Target {
        Role::Region.named("Waiting for an answer")
    }

    /// Its heading, where the focus goes when an invitation is gone.
    pub fn heading() -> Target {
        Role::Heading.named("Waiting for an answer")
    }

    /// The button that copies a message for those who are invited.
    pub fn copy_message() -> Target {
        button("Copy a message to share")
    }

    /// The invitations, in their order; none where the part is not in the page.
    pub async fn list(self) -> Result<Vec<Invited>> {
        let list = wait::until(self.browser.patience(), async || {
            match self.read_list().await {
                Ok(list) => Ok(Some(list)),
                Err(error) if was_replaced(&error) => Ok(None),
                Err(error) => Err(error),
            }
        });
        list.await?.context("the list does not stand still")
    }

    /// Waits until the list has these invitations in this order: words of who it is, and the role.
    pub async fn wait_list(self, wanted: &[(&str, &str)]) -> Result<()> {
        let mut seen = Vec::new();
        let same = wait::until(self.browser.patience(), async || {
            seen = self.list().await?;
            let is_same = seen.len() == wanted.len()
                && seen.iter().zip(wanted).all(|(seen, (who, role))| {
                    seen.lines.iter().any(|line| line == who) && seen.role() == *role
                });
            Ok(is_same.then_some(()))
        });
        match same.await? {
            Some(()) => Ok(()),
            None => bail!("the invitations are {seen:#?}, not {wanted:?}"),
        }
    }

    /// The invitation of whoever has this line.
    pub async fn of(self, who: &str) -> Result<Invited> {
        let list = self.list().await?;
        let mut found = list.iter().filter(|one| one.lines.iter().any(|l| l == who));
        match (found.next(), found.next()) {
            (Some(one), None) => Ok(one.clone()),
            _ => bail!("{who} is not once among {list:#?}"),
        }
    }

    /// Waits until the invitation of whoever has this line is in this state.
    pub async fn wait_state(self, who: &str, state: &str) -> Result<Invited> {
        let mut seen = None;
        let there = wait::until(self.browser.patience(), async || {
            let one = self.of(who).await?;
            let is_there = one.state == state;
            seen = Some(one.clone());
            Ok(is_there.then_some(one))
        });
        match there.await? {
            Some(one) => Ok(one),
            None => bail!("it is not {state}: {seen:?}"),
        }
    }

    /// Presses a button of the invitation of whoever has this line.
    pub async fn press(self, who: &str, action: &str) -> Result<()> {
        let pressed = wait::until(self.browser.patience(), async || {
            match self.press_once(who, action).await {
                Ok(is_pressed) => Ok(is_pressed.then_some(())),
                Err(error) if was_replaced(&error) => Ok(None),
                Err(error) => Err(error),
            }
        });
        match pressed.await? {
            Some(()) => Ok(()),
            None => bail!(
                "\"{action}\" of {who} takes no press: {:#?}",
                self.list().await?
            ),
        }
    }

    /// Puts the focus on a button of the invitation of whoever has this line.
    pub async fn focus(self, who: &str, action: &str) -> Result<()> {
        let item = self.item(who).await?.context("nobody has this line")?;
        Ok(self
            .browser
            .find_in(&item, &button(action))
            .await?
            .focus()
            .await?)
    }

    /// What is said in this part beside the invitations.
    pub async fn said(self) -> Result<String> {
        Ok(self.browser.find(&Self::part()).await?.shown_text().await?)
    }

    /// The teachers, in their order: the lines of each.
    pub async fn teachers(self) -> Result<Vec<Vec<String>>> {
        let part = self.teachers_part().await?;
        let mut teachers = Vec::new();
        for item in self
            .browser
            .find_all_in(&part, &Role::ListItem.any())
            .await?
        {
            teachers.push(lines(&item.shown_text().await?));
        }
        Ok(teachers)
    }

    /// Waits until so many teachers are listed, of at most so many.
    pub async fn wait_teachers(self, count: usize, most: usize) -> Result<()> {
        let said = format!("{count} of at most {most}");
        self.browser
            .wait_until(&said, async || {
                let parts = self
                    .browser
                    .find_all(&Role::Region.named("Teachers"))
                    .await?;
                let Some(part) = parts.first() else {
                    return Ok(false);
                };
                let listed = self
                    .browser
                    .find_all_in(part, &Role::ListItem.any())
                    .await?;
                Ok(listed.len() == count && part.shown_text().await?.contains(&said))
            })
            .await
    }

    async fn teachers_part(self) -> Result<WebElement> {
        self.browser.find(&Role::Region.named("Teachers")).await
    }

    async fn items(self) -> Result<Vec<WebElement>> {
        let parts = self.browser.find_all(&Self::part()).await?;
        let Some(part) = parts.first() else {
            return Ok(Vec::new());
        };
        self.browser.find_all_in(part, &Role::ListItem.any()).await
    }

    async fn item(self, who: &str) -> Result<Option<WebElement>> {
        for item in self.items().await? {
            if lines(&item.shown_text().await?)
                .iter()
                .any(|line| line == who)
            {
                return Ok(Some(item));
            }
        }
        Ok(None)
    }

    async fn read_list(self) -> Result<Vec<Invited>> {
        let mut list = Vec::new();
        for item in self.items().await? {
            let buttons = self.browser.find_all_in(&item, &Role::Button.any()).await?;
            let mut actions = Vec::new();
            let mut described = None;
            for button in buttons {
                actions.push(label(&button).await?);
                let by = button.attr("aria-describedby").await?;
                let by = by.context("a button does not say whose it is")?;
                anyhow::ensure!(
                    described.as_ref().is_none_or(|described| *described == by),
                    "the buttons of one invitation are described differently"
                );
                described = Some(by);
            }
            let described = described.context("an invitation without buttons")?;
            let who = (**self.browser).find(By::Id(described)).await?;
            list.push(Invited {
                lines: lines(&who.shown_text().await?),
                state: item.attr("data-state").await?.unwrap_or_default(),
                words: item.shown_text().await?,
                actions,
            });
        }
        Ok(list)
    }

    /// Gives `false` where nobody has this line, or not this button.
    async fn press_once(self, who: &str, action: &str) -> Result<bool> {
        let Some(item) = self.item(who).await? else {
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

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}
