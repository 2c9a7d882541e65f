//! The table of those who are to be invited or added, and sending what stands in it.
//!
//! A table may have five hundred rows, and the driver takes its time over each element that it is
//! asked the name of. What tells how all rows stand, their `data-` attributes, is therefore read in
//! one go; a row's own words and buttons are found inside of it, the others outside of the table.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use thirtyfour::{By, WebElement};

use crate::{
    browser::Browser,
    find::{Role, Shown, Target, button, label, passes, role, was_replaced},
    wait,
};

/// The review.
#[derive(Clone, Copy)]
pub struct Review<'a> {
    browser: &'a Browser,
    send: &'static str,
}

/// A row, as a person perceives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowSeen {
    /// `data-state`.
    pub state: String,
    /// What can be read in it beside the address.
    pub words: String,
    /// The names of its buttons.
    pub actions: Vec<String>,
}

impl RowSeen {
    /// Whether it has a button of this name.
    pub fn offers(&self, action: &str) -> bool {
        self.actions.iter().any(|offered| offered == action)
    }
}

impl<'a> Review<'a> {
    pub(crate) fn new(browser: &'a Browser, send: &'static str) -> Self {
        Self { browser, send }
    }

    /// The bar that shows how far sending has come.
    pub fn bar() -> Target {
        Role::Progressbar.any()
    }

    /// `data-row` and `data-state` of every row, in their order.
    pub async fn rows(self) -> Result<Vec<(String, String)>> {
        let rows = self
            .browser
            .evaluate(
                "return [...document.querySelectorAll('[data-row]')]
                     .map(row => [row.dataset.row, row.dataset.state])",
            )
            .await?;
        serde_json::from_value(rows).context("the rows' attributes")
    }

    /// How many rows are in each state.
    pub async fn states(self) -> Result<BTreeMap<String, usize>> {
        let mut states = BTreeMap::new();
        for (_, state) in self.rows().await? {
            *states.entry(state).or_default() += 1;
        }
        Ok(states)
    }

    /// How many rows are in this state.
    pub async fn count(self, state: &str) -> Result<usize> {
        Ok(self.states().await?.get(state).copied().unwrap_or(0))
    }

    /// Waits until the rows are these, in this order: address and state.
    pub async fn wait_rows(self, wanted: &[(&str, &str)]) -> Result<()> {
        let mut seen = Vec::new();
        let same = wait::until(self.browser.patience(), async || {
            seen = self.rows().await?;
            let is_same = seen.len() == wanted.len()
                && seen
                    .iter()
                    .zip(wanted)
                    .all(|(seen, wanted)| seen.0 == wanted.0 && seen.1 == wanted.1);
            Ok(is_same.then_some(()))
        })
        .await?;
        match same {
            Some(()) => Ok(()),
            None => bail!("the rows are {seen:?}, not {wanted:?}"),
        }
    }

    /// Waits until the row of this address is in this state.
    pub async fn wait_state(self, address: &str, state: &str) -> Result<()> {
        let mut seen = Vec::new();
        let there = wait::until(self.browser.patience(), async || {
            seen = self.rows().await?;
            let wanted = (address.to_owned(), state.to_owned());
            Ok(seen.contains(&wanted).then_some(()))
        })
        .await?;
        match there {
            Some(()) => Ok(()),
            None => bail!("{address} is not {state}: {seen:?}"),
        }
    }

    /// Waits until the addresses are checked: there are rows, and nothing is said to be under way.
    pub async fn wait_checked(self) -> Result<()> {
        self.browser
            .wait_until("the addresses are checked", async || {
                let form = self.browser.find(&button("Check addresses")).await?;
                let busy = form.attr("aria-busy").await?.as_deref() == Some("true");
                Ok(!busy && !self.rows().await?.is_empty())
            })
            .await
    }

    /// The first row of this address.
    pub async fn row(self, address: &str) -> Result<RowSeen> {
        let seen = wait::until(self.browser.patience(), async || {
            match self.read_row(address).await {
                Ok(seen) => Ok(Some(seen)),
                Err(error) if was_replaced(&error) => Ok(None),
                Err(error) => Err(error),
            }
        })
        .await?;
        seen.with_context(|| format!("the row of {address} does not stand still"))
    }

    async fn read_row(self, address: &str) -> Result<RowSeen> {
        let row = self.element(address).await?;
        let words = row.find(By::Css("td")).await?.shown_text().await?;
        let mut actions = Vec::new();
        for action in self.browser.find_all_in(&row, &Role::Button.any()).await? {
            actions.push(label(&action).await?);
        }
        Ok(RowSeen {
            state: row.attr("data-state").await?.unwrap_or_default(),
            words,
            actions,
        })
    }

    /// Presses a button of the first row of this address.
    pub async fn press_in_row(self, address: &str, action: &str) -> Result<()> {
        let row = self.element(address).await?;
        let button = self.browser.find_in(&row, &button(action)).await?;
        Ok(button.click().await?)
    }

    /// The words that describe a button of the first row of this address.
    pub async fn description_in_row(self, address: &str, action: &str) -> Result<String> {
        let row = self.element(address).await?;
        let button = self.browser.find_in(&row, &button(action)).await?;
        let described = button.attr("aria-describedby").await?;
        let described = described.with_context(|| format!("\"{action}\" is not described"))?;
        Ok((**self.browser)
            .find(By::Id(described))
            .await?
            .shown_text()
            .await?)
    }

    /// Begins to correct the first row of this address, and puts `text` in the place of it; the
    /// focus is still in the field.
    pub async fn correct(self, address: &str, text: &str) -> Result<()> {
        self.press_in_row(address, "Edit").await?;
        let field = Role::Textbox.named("Email address");
        ensure!(
            self.browser.has_focus(&field).await?,
            "the focus is elsewhere"
        );
        self.browser.fill(&field, text).await
    }

    async fn element(self, address: &str) -> Result<WebElement> {
        // The address is another's words: compared, and no part of a selector.
        for row in (**self.browser).find_all(By::Css("[data-row]")).await? {
            if row.attr("data-row").await?.as_deref() == Some(address) {
                return Ok(row);
            }
        }
        bail!("no row of {address} among {:?}", self.rows().await?)
    }

    /// The button outside of the table that has this name now.
    async fn outside(self, name: &str) -> Result<Option<WebElement>> {
        // Narrowed down by its text; what counts is what the browser computes.
        let buttons = (**self.browser)
            .find_all(By::XPath(format!(
                "//button[not(ancestor::table)][normalize-space() = \"{name}\"]"
            )))
            .await?;
        for found in buttons {
            let is_it = match (label(&found).await, role(&found).await) {
                (Ok(label), Ok(role)) => label == name && role == "button",
                // Gone meanwhile.
                _ => false,
            };
            if is_it {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Whether there is a button of this name below the table now.
    pub async fn offers(self, name: &str) -> Result<bool> {
        Ok(self.outside(name).await?.is_some())
    }

    /// Waits until there is a button of this name below the table.
    pub async fn wait_offers(self, name: &str) -> Result<()> {
        self.browser
            .wait_until(&format!("\"{name}\" is offered"), async || {
                self.offers(name).await
            })
            .await
    }

    /// Presses a button below the table, as soon as it is there.
    pub async fn press(self, name: &str) -> Result<()> {
        let pressed = wait::until(self.browser.patience(), async || {
            let Some(button) = self.outside(name).await? else {
                return Ok(None);
            };
            match button.click().await {
                Ok(()) => Ok(Some(())),
                Err(error) if passes(&error) => Ok(None),
                Err(error) => Err(error.into()),
            }
        })
        .await?;
        match pressed {
            Some(()) => Ok(()),
            None => bail!(
                "no \"{name}\" to be pressed; the page says\n{}",
                self.browser.text().await?
            ),
        }
    }

    /// Presses the button that begins.
    pub async fn send(self) -> Result<()> {
        self.press(self.send).await
    }

    /// Whether there is something to begin with.
    pub async fn can_send(self) -> Result<bool> {
        self.offers(self.send).await
    }

    /// Waits, at most so long, until no row is on its way or waits for its turn.
    pub async fn wait_over(self, patience: std::time::Duration) -> Result<()> {
        let mut states = BTreeMap::new();
        let over = wait::until(patience, async || {
            states = self.states().await?;
            let is_open = ["ready", "sending"]
                .iter()
                .any(|state| states.contains_key(*state));
            Ok((!is_open && self.offers("Download results").await?).then_some(()))
        })
        .await?;
        match over {
            Some(()) => Ok(()),
            None => bail!(
                "not over after {patience:?}, but {states:?}; the page says\n{}",
                self.browser.text().await?
            ),
        }
    }

    /// How far the bar has come, and where its end is; nothing where there is no bar.
    pub async fn progress(self) -> Result<Option<(u64, u64)>> {
        let progress = self
            .browser
            .evaluate(
                "const bar = document.querySelector('progress');
                 return bar && [bar.value, bar.max]",
            )
            .await?;
        let number = |value: &Value| value.as_f64().map(|value| value as u64);
        Ok(number(&progress[0]).zip(number(&progress[1])))
    }
}
