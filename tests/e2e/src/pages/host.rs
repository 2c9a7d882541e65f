//! A page around the widget: a portal, a course page, somebody's own.
//!
//! The window's view is either of that page or of the widget's frame in it: [`Host::enter`] and
//! [`Host::leave`] change over. Google's window, when it is gone, leaves it on the page.

use anyhow::{Context, Result};
use serde_json::Value;
use thirtyfour::{By, WebElement};

use crate::{
    browser::Browser,
    fault::{Fault, Origin},
    find::{Role, Shown, button, choose},
    pages::{Link, OutcomeCard, Widget},
    school::Person,
    stage::Stage,
    wait,
};

/// The element's own tree, or null where there is no element.
const TREE: &str = "document.querySelector('hall-pass')?.shadowRoot";

/// How a page of somebody's own begins.
const OWN_PAGE: &str =
    "<!doctype html><html lang=en><meta charset=utf-8><title>Somebody's page</title>
<ol id=told hidden></ol>
<script>
for (const name of ['ready', 'signedin', 'signedout', 'joined', 'invited', 'accepted', 'declined',
                    'enrolled', 'error', 'resize']) {
  addEventListener('hallpass:' + name, ({ detail }) => {
    const line = document.createElement('li');
    line.textContent = name + ' ' + JSON.stringify(detail);
    document.getElementById('told').append(line);
  });
}
</script>
";

/// The page around the widget.
#[derive(Clone, Copy)]
pub struct Host<'a> {
    browser: &'a Browser,
}

/// One event of the element, as the portal writes it down.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its name, without `hallpass:`.
    pub name: String,
    /// Its `detail`.
    pub detail: Value,
}

impl<'a> Host<'a> {
    /// Opens a page of the origin of embedding pages.
    pub async fn open(stage: &'a Stage, path: &str) -> Result<Self> {
        let browser = &stage.browser;
        browser
            .goto(stage.sandbox.pages.join(path)?.as_str())
            .await?;
        Ok(Self { browser })
    }

    /// As [`open`](Self::open), under this machine's other name: an origin that the widget, asked
    /// for under its usual name, does not know.
    pub async fn open_elsewhere(stage: &'a Stage, path: &str) -> Result<Self> {
        let mut url = stage.sandbox.pages.join(path)?;
        url.set_host(Some("127.0.0.1"))?;
        let browser = &stage.browser;
        browser.goto(url.as_str()).await?;
        Ok(Self { browser })
    }

    /// Opens a page of somebody's own: this body, in which `{widget}` stands for the widget's
    /// address without the slash at its end, `{pages}` for that of the embedding pages. It writes
    /// down the element's events as the portal does.
    pub async fn open_own(stage: &'a Stage, body: &str) -> Result<Self> {
        Self::open_own_with(stage, body, Vec::new()).await
    }

    /// As [`open_own`](Self::open_own), with what somebody's own server answers.
    pub async fn open_own_with(
        stage: &'a Stage,
        body: &str,
        mut server: Vec<Fault>,
    ) -> Result<Self> {
        let address = |url: &str| url.trim_end_matches('/').to_owned();
        let body = body
            .replace("{widget}", &address(stage.sandbox.widget.as_str()))
            .replace("{pages}", &address(stage.sandbox.pages.as_str()));
        let page = format!("{OWN_PAGE}{body}");
        server.push(Fault::html(200, &page).at(Origin::Pages).on("GET", "/own"));
        stage.sandbox.faults(&server).await?;
        Self::open(stage, "own").await
    }

    /// As [`open_own_with`](Self::open_own_with), on the widget's own server, where a page may do
    /// without a frame. Addresses are what they are in it.
    pub async fn open_beside(stage: &'a Stage, body: &str, mut server: Vec<Fault>) -> Result<Self> {
        let page = Fault::html(200, &format!("{OWN_PAGE}{body}"));
        server.push(page.at(Origin::Files).on("GET", "/own"));
        stage.sandbox.faults(&server).await?;
        let browser = &stage.browser;
        browser
            .goto(stage.sandbox.widget.join("own")?.as_str())
            .await?;
        Ok(Self { browser })
    }

    /// The page that the browser shows now.
    pub fn shown(browser: &'a Browser) -> Self {
        Self { browser }
    }

    /// Goes into the widget's frame: the element's, else the first one there is.
    pub async fn enter(self) -> Result<Widget<'a>> {
        self.enter_frame(0).await?;
        Ok(Widget::new(self.browser))
    }

    /// Goes into a frame of the page that stands in its own tree, counted from 0; where the element
    /// is, its frame comes first.
    pub async fn enter_frame(self, number: usize) -> Result<()> {
        self.leave().await?;
        self.go_down(number).await
    }

    /// As [`enter_frame`](Self::enter_frame), from the frame that the view is of already.
    pub async fn go_down(self, number: usize) -> Result<()> {
        let script = format!(
            "const inside = {TREE}?.querySelectorAll('iframe') ?? [];
             return [...inside, ...document.querySelectorAll('iframe')][{number}] ?? null;"
        );
        // The element makes its frame a moment after the page is there.
        let frame = wait::until(self.browser.patience(), async || {
            self.element(&script).await
        });
        frame.await?.context("no frame")?.enter_frame().await?;
        Ok(())
    }

    /// Goes back to the page around it.
    pub async fn leave(self) -> Result<()> {
        Ok(self.browser.enter_default_frame().await?)
    }

    /// Signs in with Google's window, in the widget; the view is of the widget then.
    pub async fn sign_in(self, person: Person) -> Result<Widget<'a>> {
        let widget = self.enter().await?;
        let google = widget.open_signin().await?;
        google.sign_in(person).await?;
        let widget = self.enter().await?;
        widget.wait_signed_in(person).await?;
        Ok(widget)
    }

    /// Types this code and presses "Join class" while signed out, and signs in; the view is of the
    /// widget then.
    pub async fn join_with_google(self, person: Person, code: &str) -> Result<OutcomeCard> {
        let widget = self.enter().await?;
        widget.join().type_in(code).await?;
        let google = widget.join().press_signed_out().await?;
        google.sign_in(person).await?;
        self.enter().await?.outcome("joined").await
    }

    /// Presses a button of the page itself.
    pub async fn press(self, name: &str) -> Result<()> {
        self.leave().await?;
        self.browser.press(&button(name)).await
    }

    /// Chooses from a list of the page itself.
    pub async fn choose(self, list: &str, option: &str) -> Result<()> {
        self.leave().await?;
        // To WebKit what is chosen is a part of the name.
        let list = self.browser.find(&Role::Combobox.beginning(list)).await?;
        choose(&list, option).await
    }

    /// The link that the element shows in place of the widget, if it does by now.
    pub async fn link(self) -> Result<Option<Link>> {
        self.leave().await?;
        self.link_here().await
    }

    /// Waits for that link, in the frame that the view is of.
    pub async fn wait_for_link(self) -> Result<Link> {
        wait::until(self.browser.patience(), async || self.link_here().await)
            .await?
            .context("the element shows no link")
    }

    async fn link_here(self) -> Result<Option<Link>> {
        let link = self
            .element(&format!("return {TREE}?.querySelector('a') ?? null;"))
            .await?;
        let Some(link) = link else { return Ok(None) };
        Ok(Some(Link {
            // The driver computes no names in frames that have a process of their own.
            name: link.shown_text().await?,
            address: link.prop("href").await?.unwrap_or_default(),
        }))
    }

    /// How high the widget's frame is, in CSS pixels.
    pub async fn frame_height(self) -> Result<f64> {
        self.leave().await?;
        let script = format!(
            "return ({TREE}?.querySelector('iframe') ?? document.querySelector('iframe'))
                 .getBoundingClientRect().height;"
        );
        let height = self.browser.evaluate(&script).await?;
        height.as_f64().context("no height")
    }

    /// Whether the frame is as high as it has to be: no scrollbar, and nothing below.
    pub async fn fits(self) -> Result<bool> {
        let frame = self.frame_height().await?;
        self.enter().await?;
        let script = "const page = document.documentElement;
             return [page.scrollHeight, page.clientHeight, page.clientWidth, innerWidth,
                     document.body.getBoundingClientRect().height];";
        let inside = self.browser.evaluate(script).await?;
        let number = |at: usize| inside[at].as_f64().unwrap_or(f64::NAN);
        let no_scrollbar = number(0) <= number(1) && (number(2) - number(3)).abs() < 0.5;
        let no_gap = (frame - number(4)).abs() < 2.0;
        Ok(no_scrollbar && no_gap)
    }

    /// What the portal has written down of the element's events, in order.
    pub async fn told(self) -> Result<Vec<Event>> {
        self.leave().await?;
        self.written("told")
            .await?
            .iter()
            .map(|line| {
                let (name, detail) = line.split_once(' ').context("a line without detail")?;
                Ok(Event {
                    name: name.to_owned(),
                    detail: serde_json::from_str(detail)?,
                })
            })
            .collect()
    }

    /// The details of this event, each time that it was told, until it was told so often.
    pub async fn wait_told(self, name: &str, times: usize) -> Result<Vec<Value>> {
        let mut details = Vec::new();
        self.browser
            .wait_until(&format!("`{name}` is told {times} times"), async || {
                let told = self.told().await?.into_iter();
                details = told
                    .filter(|event| event.name == name)
                    .map(|event| event.detail)
                    .collect();
                Ok(details.len() >= times)
            })
            .await?;
        assert_eq!(details.len(), times, "{name}: {details:?}");
        Ok(details)
    }

    /// What a course page has written down of the widget's messages, in order.
    pub async fn messages(self) -> Result<Vec<String>> {
        self.leave().await?;
        self.written("messages").await
    }

    /// The lines of a list in which a page writes down what it hears. Pages keep it folded up.
    async fn written(self, id: &str) -> Result<Vec<String>> {
        let mut lines = Vec::new();
        for line in (**self.browser)
            .find_all(By::Css(format!("#{id} > li")))
            .await?
        {
            lines.push(line.prop("textContent").await?.unwrap_or_default());
        }
        Ok(lines)
    }

    async fn element(self, script: &str) -> Result<Option<WebElement>> {
        let answer = self.browser.execute(script, Vec::new()).await?;
        if answer.json().is_null() {
            return Ok(None);
        }
        Ok(Some(answer.element()?))
    }
}
