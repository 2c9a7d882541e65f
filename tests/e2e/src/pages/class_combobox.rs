//! The school's directory of classes: a field with a list of suggestions (the editable combobox of
//! the ARIA Authoring Practices).

use anyhow::{Context, Result, ensure};
use thirtyfour::{By, WebElement};

use crate::{
    browser::Browser,
    find::{Role, Target, label},
    pages::ErrorCard,
};

/// The combobox "Class".
#[derive(Clone, Copy)]
pub struct ClassCombobox<'a> {
    browser: &'a Browser,
}

impl<'a> ClassCombobox<'a> {
    pub(crate) fn new(browser: &'a Browser) -> Self {
        Self { browser }
    }

    /// The field.
    pub fn field() -> Target {
        Role::Combobox.named("Class")
    }

    /// Whether it is in the page now.
    pub async fn is_there(self) -> Result<bool> {
        self.browser.shows(&Self::field()).await
    }

    /// Types into the field, in place of what is there.
    pub async fn type_in(self, text: &str) -> Result<()> {
        self.browser.fill(&Self::field(), text).await
    }

    /// Empties the field.
    pub async fn clear(self) -> Result<()> {
        self.browser.clear(&Self::field()).await
    }

    /// Waits until the field asks to be corrected: it is marked as wrong, has the focus, and is
    /// described by words of the card.
    pub async fn wait_to_be_corrected(self, card: &ErrorCard) -> Result<()> {
        card.wait_to_be_about(self.browser, &Self::field()).await
    }

    /// What stands in the field.
    pub async fn typed(self) -> Result<String> {
        let field = self.browser.find(&Self::field()).await?;
        Ok(field.prop("value").await?.unwrap_or_default())
    }

    /// The names of the classes that are offered now; none while the list is closed.
    pub async fn offered(self) -> Result<Vec<String>> {
        let mut offered = Vec::new();
        for list in self.browser.find_all(&Role::Listbox.any()).await? {
            for option in self.browser.find_all_in(&list, &Role::Option.any()).await? {
                offered.push(label(&option).await?);
            }
        }
        Ok(offered)
    }

    /// Waits until the classes offered are as many as these beginnings and each begins like its
    /// own, in this order.
    pub async fn wait_offers(self, beginnings: &[&str]) -> Result<()> {
        let what = format!("{beginnings:?} are offered");
        let waited = self
            .browser
            .wait_until(&what, async || {
                let offered = self.offered().await?;
                Ok(offered.len() == beginnings.len()
                    && offered
                        .iter()
                        .zip(beginnings)
                        .all(|(option, beginning)| option.starts_with(beginning)))
            })
            .await;
        match waited {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(format!("offered are {:?}", self.offered().await?))),
        }
    }

    /// Clicks the class whose name begins like this, as soon as it is offered.
    pub async fn click(self, beginning: &str) -> Result<()> {
        self.browser.press(&Role::Option.beginning(beginning)).await
    }

    /// The class that the arrow keys have led to, as it is told to assistive technology: it is in
    /// the list that the field says it opens, and marked there as the selected one.
    pub async fn active(self) -> Result<Option<String>> {
        let field = self.browser.find(&Self::field()).await?;
        let Some(id) = named(&field, "aria-activedescendant").await? else {
            return Ok(None);
        };
        let list = named(&field, "aria-controls")
            .await?
            .context("the field does not say which list it opens")?;
        let list = (**self.browser).find(By::Id(list)).await?;
        let active = list
            .find(By::Id(id.as_str()))
            .await
            .with_context(|| format!("`{id}`, the active class, is not in the list"))?;
        ensure!(
            active.attr("aria-selected").await?.as_deref() == Some("true"),
            "the active class is not marked as selected"
        );
        Ok(Some(label(&active).await?))
    }

    /// Waits until the arrow keys have led to the class whose name begins like this.
    pub async fn wait_active(self, beginning: &str) -> Result<()> {
        let what = format!("\"{beginning}…\" is the active class");
        self.browser
            .wait_until(&what, async || {
                let active = self.active().await?;
                Ok(active.is_some_and(|active| active.starts_with(beginning)))
            })
            .await
    }

    /// Whether the field says that its list is open.
    pub async fn is_open(self) -> Result<bool> {
        let field = self.browser.find(&Self::field()).await?;
        Ok(field.attr("aria-expanded").await?.as_deref() == Some("true"))
    }

    /// Waits until the list is open, or closed, by word of the field and to the eye.
    pub async fn wait_open(self, open: bool) -> Result<()> {
        let what = if open {
            "the list is open"
        } else {
            "the list is closed"
        };
        self.browser
            .wait_until(what, async || {
                let seen = self.browser.shows(&Role::Listbox.any()).await?;
                Ok(self.is_open().await? == open && seen == open)
            })
            .await
    }
}

/// The id an attribute names; an empty one names none.
async fn named(element: &WebElement, attribute: &str) -> Result<Option<String>> {
    let id = element.attr(attribute).await?;
    Ok(id.filter(|id| !id.is_empty()))
}
