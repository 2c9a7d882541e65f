//! The two kinds of answer a task ends in: an outcome, or an error in words that help.

use anyhow::{Context, Result, bail};
use thirtyfour::{By, WebElement};

use crate::{
    browser::Browser,
    find::{Role, Shown, Target, button, label, passes},
    wait,
};

/// Cards of both kinds.
const CARDS: &str = "[data-outcome], [data-reason]";

/// A link, as it stands in a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its accessible name.
    pub name: String,
    /// Where it leads, absolute.
    pub address: String,
}

/// What stands in the `role="status"` after a task is done.
#[derive(Clone, Debug)]
pub struct OutcomeCard {
    /// `data-outcome`.
    pub outcome: String,
    /// The text a person reads.
    pub text: String,
    /// The links it offers.
    pub links: Vec<Link>,
}

impl OutcomeCard {
    /// Waits for the card of this outcome.
    ///
    /// Fails, with the error card that is there instead if there is one, when none comes.
    pub async fn wait(browser: &Browser, outcome: &str) -> Result<Self> {
        let card = wait::until(browser.patience(), async || {
            unless_replaced(Self::read(browser, outcome).await)
        })
        .await?;
        match card {
            Some(card) => Ok(card),
            None => bail!(
                "no outcome `{outcome}` after {:?}, but\n{}",
                browser.patience(),
                what_is_there(browser).await?
            ),
        }
    }

    async fn read(browser: &Browser, outcome: &str) -> Result<Option<Self>> {
        let selector = format!("[data-outcome=\"{outcome}\"]");
        let Some(card) = card_in(browser, Role::Status, &selector).await? else {
            return Ok(None);
        };
        Ok(Some(Self {
            outcome: outcome.to_owned(),
            text: card.shown_text().await?,
            links: links_in(browser, &card).await?,
        }))
    }

    /// Where the link of this name leads.
    pub fn link(&self, name: &str) -> Result<&str> {
        named(&self.links, name)
    }
}

/// What stands in the `role="alert"` after a task went wrong.
#[derive(Clone, Debug)]
pub struct ErrorCard {
    /// `data-reason`.
    pub reason: String,
    /// Its heading; empty when it has none.
    pub title: String,
    /// The text a person reads, details closed.
    pub text: String,
    /// The names of its buttons and links.
    pub actions: Vec<String>,
    /// The links it offers.
    pub links: Vec<Link>,
}

/// The reasons of cards that have no "Details for IT": nothing was asked of the API.
const WITHOUT_DETAILS: [&str; 2] = ["CONFIG", "START_FAILED"];

impl ErrorCard {
    /// Waits for the card of this reason.
    ///
    /// Fails, with the card that is there instead if there is one, when none comes.
    pub async fn wait(browser: &Browser, reason: &str) -> Result<Self> {
        let card = wait::until(browser.patience(), async || {
            unless_replaced(Self::read(browser, reason).await)
        })
        .await?;
        match card {
            Some(card) => Ok(card),
            None => bail!(
                "no error `{reason}` after {:?}, but\n{}",
                browser.patience(),
                what_is_there(browser).await?
            ),
        }
    }

    async fn read(browser: &Browser, reason: &str) -> Result<Option<Self>> {
        let selector = format!("[data-reason=\"{reason}\"]");
        let Some(card) = card_in(browser, Role::Alert, &selector).await? else {
            return Ok(None);
        };
        // Its buttons come with its details, which may be a moment after its words.
        let has_details = !card.find_all(By::Css("details")).await?.is_empty();
        if !has_details && !WITHOUT_DETAILS.contains(&reason) {
            return Ok(None);
        }
        let title = match browser
            .find_all_in(&card, &Role::Heading.any())
            .await?
            .first()
        {
            Some(heading) => heading.shown_text().await?,
            None => String::new(),
        };
        let mut actions = Vec::new();
        for action in browser.find_all_in(&card, &Role::Button.any()).await? {
            actions.push(label(&action).await?);
        }
        let links = links_in(browser, &card).await?;
        actions.extend(links.iter().map(|link| link.name.clone()));
        Ok(Some(Self {
            reason: reason.to_owned(),
            title,
            text: card.shown_text().await?,
            actions,
            links,
        }))
    }

    /// Whether it has a button or link of this name.
    pub fn offers(&self, action: &str) -> bool {
        self.actions.iter().any(|offered| offered == action)
    }

    /// Where the link of this name leads.
    pub fn link(&self, name: &str) -> Result<&str> {
        named(&self.links, name)
    }

    /// The colours of the card that shows: of its ground and of its borders.
    pub async fn colours(browser: &Browser) -> Result<Vec<String>> {
        let alert = browser.find(&Role::Alert.any()).await?;
        let card = alert.find(By::Css(CARDS)).await?;
        let mut colours = Vec::new();
        for property in [
            "background-color",
            "border-top-color",
            "border-right-color",
            "border-bottom-color",
            "border-left-color",
        ] {
            colours.push(card.css_value(property).await?);
        }
        Ok(colours)
    }

    /// Waits until this field asks to be corrected: it is marked as wrong, has the focus, and is
    /// described by words of this card.
    pub async fn wait_to_be_about(&self, browser: &Browser, field: &Target) -> Result<()> {
        let what = format!("{field} is marked, described and focused");
        browser
            .wait_until(&what, async || {
                let element = browser.find(field).await?;
                let marked = element.attr("aria-invalid").await?.as_deref() == Some("true");
                let described = element.attr("aria-describedby").await?.unwrap_or_default();
                let mut words = String::new();
                for id in described.split_whitespace() {
                    words.push_str(&(**browser).find(By::Id(id)).await?.shown_text().await?);
                }
                let described = !words.is_empty() && self.text.contains(&words);
                Ok(marked && described && browser.has_focus(field).await?)
            })
            .await
    }

    /// Presses a button of the card that shows.
    pub async fn press(browser: &Browser, action: &str) -> Result<()> {
        let alert = browser.find(&Role::Alert.any()).await?;
        let button = browser.find_in(&alert, &button(action)).await?;
        Ok(button.click().await?)
    }

    /// Opens "Details for IT" of the card that shows, and reads them.
    pub async fn details(browser: &Browser) -> Result<String> {
        let alert = browser.find(&Role::Alert.any()).await?;
        let summary = browser
            .find_in(&alert, &Role::Disclosure.named("Details for IT"))
            .await?;
        summary.click().await?;
        let details = alert.find(By::Css("details")).await?;
        Ok(details.shown_text().await?)
    }
}

async fn links_in(browser: &Browser, card: &WebElement) -> Result<Vec<Link>> {
    let mut links = Vec::new();
    for link in browser.find_all_in(card, &Role::Link.any()).await? {
        links.push(Link {
            name: label(&link).await?,
            address: link.prop("href").await?.unwrap_or_default(),
        });
    }
    Ok(links)
}

fn named<'l>(links: &'l [Link], name: &str) -> Result<&'l str> {
    links
        .iter()
        .find(|link| link.name == name)
        .map(|link| link.address.as_str())
        .with_context(|| format!("no link \"{name}\" among {links:?}"))
}

/// The card inside the page's only region of this role, if there is one now.
///
/// The contract has exactly one status and one alert in the page, from the start: more or fewer
/// are an error here, not something to wait for.
async fn card_in(browser: &Browser, role: Role, selector: &str) -> Result<Option<WebElement>> {
    let regions = browser.find_all(&role.any()).await?;
    if regions.len() > 1 {
        bail!(
            "{} elements of role {role:?}, one is allowed",
            regions.len()
        );
    }
    let Some(region) = regions.first() else {
        return Ok(None);
    };
    let mut cards = region.find_all(By::Css(selector)).await?;
    if cards.len() > 1 {
        bail!("{} cards {selector} at once", cards.len());
    }
    Ok(cards.pop())
}

/// `data-outcome` or `data-reason` of every card in the page now.
pub(super) async fn names(browser: &Browser) -> Result<Vec<String>> {
    let cards = (**browser).find_all(By::Css(CARDS)).await?;
    let mut names = Vec::new();
    for card in cards {
        let outcome = card.attr("data-outcome").await?;
        names.extend(match outcome {
            Some(outcome) => Some(outcome),
            None => card.attr("data-reason").await?,
        });
    }
    Ok(names)
}

/// A card that was replaced while it was read will be read again.
fn unless_replaced<T>(read: Result<Option<T>>) -> Result<Option<T>> {
    match read {
        Err(error)
            if error
                .downcast_ref::<thirtyfour::error::WebDriverError>()
                .is_some_and(passes) =>
        {
            Ok(None)
        }
        other => other,
    }
}

/// For messages: the cards that are in the page, else its text.
async fn what_is_there(browser: &Browser) -> Result<String> {
    let cards = (**browser).find_all(By::Css(CARDS)).await?;
    let mut there = String::new();
    for card in cards {
        let outcome = card.attr("data-outcome").await?;
        let reason = card.attr("data-reason").await?;
        let kind = outcome.or(reason).unwrap_or_default();
        there.push_str(&format!("`{kind}`: {}\n", card.shown_text().await?));
    }
    if there.is_empty() {
        there = format!("no card; the page says\n{}", browser.text().await?);
    }
    Ok(there)
}
