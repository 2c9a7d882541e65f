//! Finding things in a page as a person perceives them: by role and accessible name.
//!
//! The browser itself computes both (WebDriver's "Get Computed Role" and "Get Computed Label"),
//! so that what is found here is what assistive technology is told. A CSS selector only narrows
//! down which elements are asked. Hidden elements have no role and are never found.

use std::{fmt, sync::Arc};

use anyhow::{Context, Result, bail};
use reqwest::Method;
use serde_json::Value;
use thirtyfour::{
    By, Key, WebElement,
    common::command::{Command, ExtensionCommand},
    error::{WebDriverError, WebDriverErrorInner, WebDriverResult},
};

use crate::{
    browser::{Browser, Engine},
    wait,
};

/// The key that makes commands of letters.
pub(crate) const COMMAND: Key = if cfg!(target_os = "macos") {
    Key::Meta
} else {
    Key::Control
};

/// A role of WAI-ARIA, as far as the views have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are WAI-ARIA's")]
pub enum Role {
    Alert,
    Button,
    Checkbox,
    Combobox,
    Dialog,
    /// What opens and closes a `<details>`; ARIA has no role for it.
    Disclosure,
    Group,
    Heading,
    Image,
    Link,
    List,
    Listbox,
    ListItem,
    Navigation,
    Option,
    Progressbar,
    Radio,
    RadioGroup,
    Region,
    Status,
    Switch,
    Table,
    Textbox,
}

impl Role {
    /// Which elements can have this role at all.
    fn candidates(self) -> &'static str {
        match self {
            Self::Alert => "[role=alert]",
            Self::Button => "button, [role=button], input[type=button], input[type=submit]",
            Self::Checkbox => "input[type=checkbox], [role=checkbox]",
            Self::Combobox => "select, input, [role=combobox]",
            Self::Dialog => "dialog, [role=dialog]",
            Self::Disclosure => "summary",
            Self::Group => "fieldset, details, [role=group]",
            Self::Heading => "h1, h2, h3, h4, h5, h6, [role=heading]",
            Self::Image => "img, [role=img]",
            Self::Link => "a[href], [role=link]",
            Self::List => "ul, ol, [role=list]",
            Self::Listbox => "[role=listbox]",
            Self::ListItem => "li, [role=listitem]",
            Self::Navigation => "nav, [role=navigation]",
            Self::Option => "option, [role=option]",
            Self::Progressbar => "progress, [role=progressbar]",
            Self::Radio => "input[type=radio], [role=radio]",
            Self::RadioGroup => "fieldset, [role=radiogroup]",
            Self::Region => "section, [role=region]",
            Self::Status => "output, [role=status]",
            Self::Switch => "[role=switch]",
            Self::Table => "table, [role=table]",
            Self::Textbox => "input, textarea, [role=textbox]",
        }
    }

    /// Whether what the browser computed is this role. Browsers differ over `<summary>`, a
    /// search field is a text field too, and "img" has had two names.
    fn is(self, computed: &str) -> bool {
        match self {
            Self::Alert => computed == "alert",
            Self::Button => computed == "button",
            Self::Checkbox => computed == "checkbox",
            // A `<select>` is a button to WebKit, as Safari shows it.
            Self::Combobox => matches!(computed, "combobox" | "button"),
            Self::Dialog => computed == "dialog",
            // WebKit has a name for it but no role.
            Self::Disclosure => computed != "none",
            Self::Group => computed == "group",
            Self::Heading => computed == "heading",
            Self::Image => matches!(computed, "img" | "image"),
            Self::Link => computed == "link",
            Self::List => computed == "list",
            Self::Listbox => computed == "listbox",
            Self::ListItem => computed == "listitem",
            Self::Navigation => computed == "navigation",
            Self::Option => computed == "option",
            Self::Progressbar => computed == "progressbar",
            Self::Radio => computed == "radio",
            Self::RadioGroup => computed == "radiogroup",
            Self::Region => computed == "region",
            Self::Status => computed == "status",
            Self::Switch => computed == "switch",
            Self::Table => computed == "table",
            Self::Textbox => matches!(computed, "textbox" | "searchbox"),
        }
    }

    /// Anything of this role, whatever its name.
    pub fn any(self) -> Target {
        Target {
            role: self,
            name: Name::Any,
        }
    }

    /// The one of this role with exactly this name.
    pub fn named(self, name: impl Into<String>) -> Target {
        Target {
            role: self,
            name: Name::Exactly(name.into()),
        }
    }

    /// The one of this role whose name begins like this.
    pub fn beginning(self, name: impl Into<String>) -> Target {
        Target {
            role: self,
            name: Name::Beginning(name.into()),
        }
    }
}

/// What is looked for.
#[derive(Clone, Debug)]
pub struct Target {
    role: Role,
    name: Name,
}

#[derive(Clone, Debug)]
enum Name {
    Any,
    Exactly(String),
    Beginning(String),
}

impl Name {
    fn is(&self, computed: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Exactly(name) => computed == name,
            Self::Beginning(name) => computed.starts_with(name.as_str()),
        }
    }
}

impl Target {
    /// Whether this is such a thing.
    pub(crate) async fn fits(&self, element: &WebElement) -> WebDriverResult<bool> {
        perceived_as(element, self).await
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.role)?;
        match &self.name {
            Name::Any => Ok(()),
            Name::Exactly(name) => write!(f, " \"{name}\""),
            Name::Beginning(name) => write!(f, " \"{name}…\""),
        }
    }
}

/// A `Button "Join class"`; short for the commonest of all targets.
pub fn button(name: &str) -> Target {
    Role::Button.named(name)
}

impl Browser {
    /// Waits until exactly one such thing is in the page, and gives it.
    ///
    /// Fails, listing what is there instead, when there is none or more than one when the
    /// browser's patience is over.
    pub async fn find(&self, target: &Target) -> Result<WebElement> {
        self.find_within(None, target).await
    }

    /// As [`find`](Self::find), inside an element only.
    pub async fn find_in(&self, scope: &WebElement, target: &Target) -> Result<WebElement> {
        self.find_within(Some(scope), target).await
    }

    async fn find_within(&self, scope: Option<&WebElement>, target: &Target) -> Result<WebElement> {
        let mut count = 0;
        let found = wait::until(self.patience(), async || {
            let mut found = self.look(scope, target).await?;
            count = found.len();
            Ok(if count == 1 { found.pop() } else { None })
        })
        .await?;
        match found {
            Some(found) => Ok(found),
            None => bail!(
                "{count} times {target} after {:?}, looked for one; there is\n{}",
                self.patience(),
                self.perceived().await?
            ),
        }
    }

    /// All such things that are in the page now.
    pub async fn find_all(&self, target: &Target) -> Result<Vec<WebElement>> {
        self.look(None, target).await
    }

    /// All such things that are inside an element now.
    pub async fn find_all_in(
        &self,
        scope: &WebElement,
        target: &Target,
    ) -> Result<Vec<WebElement>> {
        self.look(Some(scope), target).await
    }

    /// Whether such a thing is in the page now.
    pub async fn shows(&self, target: &Target) -> Result<bool> {
        Ok(!self.look(None, target).await?.is_empty())
    }

    /// Waits until no such thing is in the page any more.
    pub async fn wait_gone(&self, target: &Target) -> Result<()> {
        self.wait_until(&format!("{target} goes away"), async || {
            Ok(!self.shows(target).await?)
        })
        .await
    }

    /// Presses it, as soon as it is there and takes a press.
    ///
    /// An element that was replaced or covered between finding and pressing is looked for again;
    /// a press that went through is never repeated.
    pub async fn press(&self, target: &Target) -> Result<()> {
        let mut last = None;
        let pressed = wait::until(self.patience(), async || {
            let element = self.find(target).await?;
            match press_once(&element).await {
                Ok(true) => Ok(Some(())),
                Ok(false) => {
                    last = Some("it is disabled".to_owned());
                    Ok(None)
                }
                Err(error) if passes(&error) => {
                    last = Some(error.to_string());
                    Ok(None)
                }
                Err(error) => Err(error).with_context(|| format!("pressing {target}")),
            }
        })
        .await?;
        pressed.with_context(|| {
            format!(
                "{target} takes no press: {}",
                last.as_deref().unwrap_or("unknown why")
            )
        })
    }

    /// Presses it if it is there now; gives whether it was pressed.
    pub async fn press_if_there(&self, target: &Target) -> Result<bool> {
        let Some(element) = self.look(None, target).await?.pop() else {
            return Ok(false);
        };
        match press_once(&element).await {
            Ok(pressed) => Ok(pressed),
            Err(error) if passes(&error) => Ok(false),
            Err(error) => Err(error).with_context(|| format!("pressing {target}")),
        }
    }

    /// Puts the text into a field, in place of what is in it, key by key.
    pub async fn fill(&self, target: &Target, text: &str) -> Result<()> {
        let filled = wait::until(self.patience(), async || {
            let field = self.find(target).await?;
            match type_over(&field, text).await {
                Ok(()) => Ok(Some(())),
                Err(error) if passes(&error) => Ok(None),
                Err(error) => Err(error).with_context(|| format!("typing into {target}")),
            }
        })
        .await?;
        filled.with_context(|| format!("{target} takes no text"))
    }

    /// Empties a field, with keys.
    pub async fn clear(&self, target: &Target) -> Result<()> {
        self.fill(target, "").await
    }

    /// The text it is described by, as assistive technology reads it out after the name; empty
    /// without one.
    pub async fn description(&self, target: &Target) -> Result<String> {
        let element = self.find(target).await?;
        let ids = element.attr("aria-describedby").await?.unwrap_or_default();
        let mut texts = Vec::new();
        for id in ids.split_whitespace() {
            texts.push((**self).find(By::Id(id)).await?.shown_text().await?);
        }
        Ok(texts.join(" "))
    }

    /// The text a person sees in the page.
    pub async fn text(&self) -> Result<String> {
        Ok((**self).find(By::Tag("body")).await?.shown_text().await?)
    }

    /// Waits until this text can be read in the page.
    pub async fn wait_for_text(&self, text: &str) -> Result<()> {
        let seen = wait::until(self.patience(), async || {
            Ok(match self.text().await {
                Ok(page) => page.contains(text).then_some(()),
                // The page is being replaced.
                Err(_) => None,
            })
        })
        .await?;
        match seen {
            Some(()) => Ok(()),
            None => bail!(
                "\"{text}\" is nowhere to be read after {:?}; the page says\n{}",
                self.patience(),
                self.text().await?
            ),
        }
    }

    /// The roles and names that are in the page, a line each: for messages.
    pub async fn perceived(&self) -> Result<String> {
        const WORTH_NAMING: &str = "h1, h2, h3, h4, h5, h6, a, button, input, select, textarea, \
                                    summary, nav, fieldset, output, dialog, table, [role]";
        const ENOUGH: usize = 80;
        let mut lines = String::new();
        for element in (**self)
            .find_all(By::Css(WORTH_NAMING))
            .await?
            .into_iter()
            .take(ENOUGH)
        {
            let (Ok(role), Ok(name)) = (role(&element).await, label(&element).await) else {
                continue;
            };
            if !matches!(role.as_str(), "" | "none") {
                lines.push_str(&format!("  {role} \"{name}\"\n"));
            }
        }
        if lines.is_empty() {
            lines.push_str("  nothing with a role\n");
        }
        Ok(lines)
    }

    /// Looks once.
    async fn look(&self, scope: Option<&WebElement>, target: &Target) -> Result<Vec<WebElement>> {
        let selector = By::Css(target.role.candidates());
        let candidates = match scope {
            None => self.candidates(selector, target.role).await,
            Some(scope) => scope.find_all(selector).await,
        };
        let candidates = match candidates {
            Ok(candidates) => candidates,
            Err(error) if passes(&error) || leaves(&error) => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        };
        let mut found = Vec::new();
        for candidate in candidates {
            match perceived_as(&candidate, target).await {
                Ok(true) => found.push(candidate),
                Ok(false) => {}
                // Gone meanwhile: not in the page.
                Err(error) if passes(&error) || leaves(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(found)
    }

    /// What can have this role in the page; where the page itself has none, in its open shadow roots,
    /// of whose borders nobody sees anything.
    async fn candidates(&self, selector: By, role: Role) -> WebDriverResult<Vec<WebElement>> {
        const BEHIND_BORDERS: &str = "
            const roots = [...document.querySelectorAll('*')].map((element) => element.shadowRoot);
            return roots.flatMap((root) => root ? [...root.querySelectorAll(arguments[0])] : []);";
        let found = (**self).find_all(selector).await?;
        if !found.is_empty() {
            return Ok(found);
        }
        let arguments = vec![Value::from(role.candidates())];
        match self.execute(BEHIND_BORDERS, arguments).await {
            // The page is being replaced.
            Ok(found) if found.json().is_null() => Ok(Vec::new()),
            Ok(found) => found.elements(),
            Err(error) if matches!(*error, WebDriverErrorInner::JavascriptError(_)) => {
                Ok(Vec::new())
            }
            Err(error) => Err(error),
        }
    }
}

/// The text of an element as a person sees it: lines are lines, and what is hidden is none.
pub trait Shown {
    /// That text.
    fn shown_text(&self) -> impl Future<Output = WebDriverResult<String>>;
}

impl Shown for WebElement {
    async fn shown_text(&self) -> WebDriverResult<String> {
        // WebKit's driver runs lines together, and reads out what is hidden.
        const LINES: &str = r"
            const [element] = arguments;
            if (!element.checkVisibility({ visibilityProperty: true })) return '';
            const lines = (element.innerText ?? element.textContent).split('\n');
            return lines.map((line) => line.replace(/\s+/g, ' ').trim()).filter(Boolean).join('\n');";
        if !runs_in_webkit() {
            return self.text().await;
        }
        let arguments = vec![self.to_json()?];
        self.handle().execute(LINES, arguments).await?.convert()
    }
}

/// Chooses an option of a `<select>` by its words. WebKit tells of the options' roles only while the
/// list is open.
pub(crate) async fn choose(list: &WebElement, words: &str) -> Result<()> {
    for option in list.find_all(By::Tag("option")).await? {
        if option.prop("text").await?.as_deref() == Some(words) {
            return Ok(option.click().await?);
        }
    }
    bail!("the list has no {words:?}")
}

/// Asks the browser for the role it computed; `none` for what is hidden.
pub async fn role(element: &WebElement) -> WebDriverResult<String> {
    let role = computed(element, "computedrole").await;
    role.or_else(|error| if_hidden(error, "none"))
}

/// Asks the browser for the accessible name it computed, white space evened out.
pub async fn label(element: &WebElement) -> WebDriverResult<String> {
    let label = computed(element, "computedlabel").await;
    let label = label.or_else(|error| if_hidden(error, ""))?;
    Ok(label.split_whitespace().collect::<Vec<_>>().join(" "))
}

async fn perceived_as(element: &WebElement, target: &Target) -> WebDriverResult<bool> {
    let fits = target.name.is(&label(element).await?) && target.role.is(&role(element).await?);
    Ok(fits && !is_hidden(element).await?)
}

/// WebKit computes roles of what something else refers to, hidden or not.
async fn is_hidden(element: &WebElement) -> WebDriverResult<bool> {
    const HIDDEN: &str = "
        const shown = arguments[0].closest('select') ?? arguments[0];
        return !shown.checkVisibility({ visibilityProperty: true });";
    if !runs_in_webkit() {
        return Ok(false);
    }
    let arguments = vec![element.to_json()?];
    element.handle().execute(HIDDEN, arguments).await?.convert()
}

fn runs_in_webkit() -> bool {
    matches!(Engine::chosen(), Ok(Engine::WebKit))
}

/// Gives `false` for what is disabled.
async fn press_once(element: &WebElement) -> WebDriverResult<bool> {
    if !element.is_enabled().await? {
        return Ok(false);
    }
    bring_into_sight(element).await?;
    element.click().await?;
    Ok(true)
}

/// Firefox's driver looks no further than the frame that the element is in, which may itself be out of
/// sight.
async fn bring_into_sight(element: &WebElement) -> WebDriverResult<()> {
    const SCRIPT: &str =
        "arguments[0].scrollIntoView({ behavior: 'instant', block: 'nearest', inline: 'nearest' })";
    let driver = element.handle();
    driver.execute(SCRIPT, vec![element.to_json()?]).await?;
    Ok(())
}

async fn type_over(field: &WebElement, text: &str) -> WebDriverResult<()> {
    bring_into_sight(field).await?;
    field.click().await?;
    if field
        .prop("value")
        .await?
        .is_some_and(|held| !held.is_empty())
    {
        empty(field).await?;
    }
    if text.is_empty() {
        // WebKit's driver takes that for a mistake.
        return Ok(());
    }
    field.send_keys(text).await
}

/// Marks all that is in the field that has the focus and deletes it, with keys: WebDriver's own
/// "Element Clear" takes the focus off the field, which people do not.
async fn empty(field: &WebElement) -> WebDriverResult<()> {
    field.send_keys(COMMAND + "a").await?;
    field.send_keys(Key::Backspace + "").await
}

/// Whether an error only says that the page was just then changing: nothing was done, and
/// looking again is right.
pub(crate) fn passes(error: &WebDriverError) -> bool {
    matches!(
        **error,
        WebDriverErrorInner::StaleElementReference(_)
            | WebDriverErrorInner::NoSuchElement(_)
            | WebDriverErrorInner::ElementClickIntercepted(_)
            | WebDriverErrorInner::ElementNotInteractable(_)
    ) || says(error, "does not belong to the document")
}

/// As [`passes`], of an error that has come up to a page object.
pub(crate) fn was_replaced(error: &anyhow::Error) -> bool {
    error.downcast_ref::<WebDriverError>().is_some_and(passes)
}

/// Whether an error says that the page was on its way out while it was looked at. After a press it
/// does not tell whether the press went through; of a look it says that there is nothing to see.
fn leaves(error: &WebDriverError) -> bool {
    says(error, "Frame is detached")
}

/// Whether the driver passes on, without a name of its own for it, what the browser said.
fn says(error: &WebDriverError, words: &str) -> bool {
    matches!(&**error, WebDriverErrorInner::UnknownError(info)
        if info.to_string().contains(words))
}

async fn computed(element: &WebElement, what: &'static str) -> WebDriverResult<String> {
    let command = Computed {
        endpoint: format!("/element/{}/{what}", element.element_id()).into(),
    };
    let command = Command::ExtensionCommand(Box::new(command));
    element.handle().cmd(command).await?.value()
}

/// WebKit has nothing to compute of what is hidden, and says so by an error without words.
fn if_hidden(error: WebDriverError, answer: &str) -> WebDriverResult<String> {
    match &*error {
        WebDriverErrorInner::UnknownError(info) if info.value.message.is_empty() => {
            Ok(answer.to_owned())
        }
        _ => Err(error),
    }
}

/// The two commands of the WebDriver standard (12.4.9, 12.4.10) that thirtyfour lacks.
#[derive(Debug)]
struct Computed {
    endpoint: Arc<str>,
}

impl ExtensionCommand for Computed {
    fn parameters_json(&self) -> Option<Value> {
        None
    }

    fn method(&self) -> Method {
        Method::GET
    }

    fn endpoint(&self) -> Arc<str> {
        Arc::clone(&self.endpoint)
    }
}
