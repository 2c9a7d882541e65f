//! A person with a keyboard and no mouse: keys are all that reaches the page.

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use thirtyfour::{By, Key, WebElement};

use crate::{
    browser::Browser,
    find::{COMMAND, Target, label, passes, role},
};

/// So often nobody presses Tab in vain: more stops than any view has.
const MOST_STOPS: usize = 90;

/// Where the focus is, and whether that can be seen.
const LOOK: &str = "
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    // Firefox keeps it in mind while the browser's own controls have the focus.
    if (!element.matches(':focus')) return null;
    const style = getComputedStyle(element);
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const inside = (x, y) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
    // Points all over it: of what is 2 px thick a point at its border may be another's.
    const points = [];
    for (const across of [0.1, 0.5, 0.9]) {
        for (const down of [0.2, 0.5, 0.8]) {
            points.push([left + across * (right - left), top + down * (bottom - top)]);
        }
    }
    const isOwn = ([x, y]) => {
        const hit = inside(x, y) && document.elementFromPoint(x, y);
        return hit && (element.contains(hit) || hit.contains(element) && hit !== document.body
            || [...element.labels ?? []].some((label) => label.contains(hit)));
    };
    const isEmpty = right - left === 0 || bottom - top === 0;
    return {
        outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
            && style.outlineColor !== 'transparent' && !/, 0\\)$/.test(style.outlineColor),
        in_view: inside(Math.max(left, 0), Math.max(top, 0)) && bottom > 0 && right > 0,
        uncovered: isEmpty || points.some(isOwn),
        html: element.outerHTML.slice(0, 120),
    };";

#[derive(Deserialize)]
struct Look {
    outlined: bool,
    in_view: bool,
    uncovered: bool,
    html: String,
}

/// The keyboard of a browser's window. It sees to it that the focus can be seen wherever it comes.
#[derive(Clone, Copy)]
pub struct Keyboard<'a> {
    browser: &'a Browser,
}

impl Browser {
    /// The keyboard.
    pub fn keyboard(&self) -> Keyboard<'_> {
        Keyboard { browser: self }
    }
}

impl<'a> Keyboard<'a> {
    /// Presses a key, wherever the focus is.
    pub async fn press(self, key: Key) -> Result<()> {
        self.browser.strike(key).await
    }

    /// Types, wherever the focus is.
    pub async fn write(self, text: &str) -> Result<()> {
        self.browser.type_on(text).await
    }

    /// Types in place of what is in the field that has the focus.
    pub async fn write_over(self, text: &str) -> Result<()> {
        let hand = self.browser.driver().action_chain();
        hand.key_down(COMMAND)
            .send_keys("a")
            .key_up(COMMAND)
            .perform()
            .await?;
        self.press(Key::Backspace).await?;
        self.write(text).await
    }

    /// Presses Tab until the focus is on it; not at all where it is already.
    ///
    /// Fails, with what it came by, where it never comes there, and where the focus cannot be seen on
    /// the way.
    pub async fn tab_to(self, target: &Target) -> Result<()> {
        self.go(target, None, false).await
    }

    /// As [`tab_to`](Self::tab_to), to the one that is described by these words: there may be several
    /// of its name.
    pub async fn tab_to_of(self, target: &Target, about: &str) -> Result<()> {
        self.go(target, Some(about), false).await
    }

    /// As [`tab_to`](Self::tab_to), with Shift+Tab.
    pub async fn back_to(self, target: &Target) -> Result<()> {
        self.go(target, None, true).await
    }

    /// Presses Tab until the focus is on it, then Enter.
    pub async fn enter(self, target: &Target) -> Result<()> {
        self.tab_to(target).await?;
        self.press(Key::Enter).await
    }

    /// As [`enter`](Self::enter), to the one that is described by these words.
    pub async fn enter_of(self, target: &Target, about: &str) -> Result<()> {
        self.tab_to_of(target, about).await?;
        self.press(Key::Enter).await
    }

    /// Presses Tab until the focus is on it, then the space bar.
    pub async fn space(self, target: &Target) -> Result<()> {
        self.tab_to(target).await?;
        self.press(Key::Space).await
    }

    /// Waits until the focus was led to it. What is said may have been scrolled into sight meanwhile, and
    /// this out of it: the next key brings it back.
    pub async fn is_led_to(self, target: &Target) -> Result<()> {
        let what = format!("the focus is led to {target}");
        let led = self
            .browser
            .wait_until(&what, async || self.is_on(target, None).await)
            .await;
        if led.is_err() {
            let focus = self.stop().await?;
            return led.with_context(|| format!("what has the focus is {focus:?}"));
        }
        Ok(())
    }

    /// Every stop that Tab makes in the page from its beginning on, once around: role and name.
    ///
    /// Fails where the focus cannot be seen, or does not come out at the end.
    pub async fn stops(self) -> Result<Vec<String>> {
        self.browser
            .evaluate("document.activeElement.blur()")
            .await?;
        // Browsers go on from where the focus was: the beginning is what comes after the end.
        self.until_outside().await?;
        self.until_outside().await
    }

    /// The stops from here on to the end of the page.
    async fn until_outside(self) -> Result<Vec<String>> {
        let mut stops = Vec::new();
        for _ in 0..MOST_STOPS {
            self.press(Key::Tab).await?;
            match self.sees_focus().await? {
                Some(stop) => stops.push(stop),
                None if stops.is_empty() => {}
                None => return Ok(stops),
            }
        }
        bail!("the focus does not come out of the page: {stops:#?}")
    }

    async fn go(self, target: &Target, about: Option<&str>, back: bool) -> Result<()> {
        self.browser
            .wait_until(&format!("{target} is there"), async || {
                self.browser.shows(target).await
            })
            .await?;
        let mut seen = Vec::new();
        for _ in 0..MOST_STOPS {
            if self.is_on(target, about).await? {
                return Ok(());
            }
            if back {
                let hand = self.browser.driver().action_chain();
                hand.key_down(Key::Shift)
                    .send_keys(Key::Tab)
                    .key_up(Key::Shift)
                    .perform()
                    .await?;
            } else {
                self.press(Key::Tab).await?;
            }
            seen.extend(self.sees_focus().await?);
        }
        bail!("Tab does not come to {target} {about:?}, but to {seen:#?}")
    }

    async fn is_on(self, target: &Target, about: Option<&str>) -> Result<bool> {
        let looked = async {
            let Some(active) = self.active().await? else {
                return Ok(false);
            };
            if !target.fits(&active).await? {
                return Ok(false);
            }
            let Some(about) = about else { return Ok(true) };
            let described = active.attr("aria-describedby").await?.unwrap_or_default();
            for id in described.split_whitespace() {
                let by = (**self.browser).find(By::Id(id)).await?;
                if by.text().await?.contains(about) {
                    return Ok(true);
                }
            }
            Ok(false)
        };
        match looked.await {
            Err(error) if passes(&error) => Ok(false),
            looked => Ok(looked?),
        }
    }

    /// What has the focus; nothing where that is the page as a whole.
    async fn active(self) -> thirtyfour::error::WebDriverResult<Option<WebElement>> {
        let active = self.browser.driver().active_element().await?;
        let tag = active.tag_name().await?;
        Ok((tag != "body" && tag != "html").then_some(active))
    }

    /// What has the focus, which has to be seen: outlined (WCAG 2.2, 2.4.7), in sight, and not behind
    /// anything (2.4.11). Nothing where it is not in the page.
    async fn sees_focus(self) -> Result<Option<String>> {
        let look = self.browser.evaluate(LOOK).await?;
        let Some(look) = serde_json::from_value::<Option<Look>>(look)? else {
            return Ok(None);
        };
        let Look {
            outlined,
            in_view,
            uncovered,
            html,
        } = look;
        ensure!(
            outlined && in_view && uncovered,
            "the focus cannot be seen (outlined {outlined}, in view {in_view}, uncovered \
             {uncovered}): {html}"
        );
        self.stop().await
    }

    /// Role and name of what has the focus; nothing where it is not in the page.
    async fn stop(self) -> Result<Option<String>> {
        let Some(active) = self.active().await? else {
            return Ok(None);
        };
        let (role, name) = (role(&active).await?, label(&active).await?);
        Ok(Some(format!("{role} \"{name}\"")))
    }
}
