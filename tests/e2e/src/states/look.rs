//! How a state can look: in which language, in which colours, how wide. And which of these looks each
//! state is seen in.

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::{browser::Browser, language::Language};

/// The colours that the person's system asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// A few colours of the person's own in place of the page's (WCAG 2.2 does not ask for it; Windows
    /// calls it a contrast theme).
    ForcedColours,
}

impl Theme {
    /// Every one of them.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::ForcedColours];
}

/// How wide a page is looked at, in CSS pixels: a phone, or a desktop at 400 % (WCAG 2.2, 1.4.10); a
/// tablet; a desktop.
pub const WIDTHS: [u32; 3] = [320, 768, 1280];

/// One look at a state.
#[derive(Clone, Copy, Debug)]
pub struct Look<'l> {
    /// The language.
    pub language: &'l Language,
    /// The colours.
    pub theme: Theme,
    /// The width, in CSS pixels.
    pub width: u32,
}

/// The looks at the state of this number: one for each language, in which every theme and every width
/// comes at least once. The further looks at the others bring together every language with every
/// theme and width, and every theme with every width.
pub fn looks(state: usize, languages: &[Language]) -> Vec<Look<'_>> {
    let rows = languages.len().max(Theme::ALL.len()).max(WIDTHS.len());
    languages
        .iter()
        .cycle()
        .take(rows)
        .enumerate()
        .map(|(row, language)| Look {
            language,
            theme: Theme::ALL[(row + state) % Theme::ALL.len()],
            width: WIDTHS[(row + state / Theme::ALL.len()) % WIDTHS.len()],
        })
        .collect()
}

/// The widget, once it has started: in the page, or behind the border that `mount` draws.
const WIDGET: &str = "
    const borders = [...document.querySelectorAll('*')].flatMap((one) => one.shadowRoot ?? []);
    const widgets = [document, ...borders].map((tree) => tree.querySelector('.hall-pass[lang]'));
    const widget = widgets.find((one) => one);";

impl Browser {
    /// Looks at what shows now in another language, in other colours, at another width, and leaves all
    /// else as it is.
    pub async fn wear(&self, look: &Look<'_>) -> Result<()> {
        self.paint(look.theme, look.width).await?;
        self.speak(look.language).await
    }

    /// Asks for these colours, and makes the page so wide.
    pub async fn paint(&self, theme: Theme, width: u32) -> Result<()> {
        self.resize(width, 900).await?;
        let scheme = if theme == Theme::Dark {
            "dark"
        } else {
            "light"
        };
        let forced = if theme == Theme::ForcedColours {
            "active"
        } else {
            "none"
        };
        let features = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "forced-colors", "value": forced },
            // What moves is in two places at once for a picture, and half transparent.
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        self.cdp()?
            .send_raw("Emulation.setEmulatedMedia", features)
            .await?;
        Ok(())
    }

    /// A picture (PNG) of the whole page that is in front, so painted.
    pub async fn picture(&self, theme: Theme, width: u32) -> Result<Vec<u8>> {
        self.paint(theme, width).await?;
        // What fills the window has no height of its own.
        let fills = "return document.querySelector('dialog:modal') !== null";
        if self.evaluate(fills).await? != true {
            let cdp = self.cdp()?;
            let hidden = json!({ "hidden": true });
            cdp.send_raw("Emulation.setScrollbarsHidden", hidden)
                .await?;
            // As high as the page, whose margins are a small part of that height.
            let mut height = 1;
            for _ in 0..4 {
                self.resize(width, height).await?;
                let metrics = cdp.send_raw("Page.getLayoutMetrics", json!({})).await?;
                // A number with a fraction, as JavaScript has them.
                let high = metrics["cssContentSize"]["height"].as_f64();
                height = high.context("no height")?.ceil() as u32;
            }
            self.resize(width, height).await?;
        }
        Ok(self.driver().screenshot_as_png().await?)
    }

    async fn resize(&self, width: u32, height: u32) -> Result<()> {
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp()?
            .send_raw("Emulation.setDeviceMetricsOverride", metrics)
            .await?;
        Ok(())
    }

    /// Chooses the language from the widget's own list. By script: a mouse would close what is open,
    /// and where a dialog is it could not reach the list.
    ///
    /// Where the widget has not started there is nothing to choose from: that page is in English.
    pub async fn speak(&self, language: &Language) -> Result<()> {
        let tag = json!(language.tag);
        let asked = self
            .evaluate(&format!(
                "{WIDGET}
                 if (!widget || widget.lang === {tag}) return true;
                 const list = widget.querySelector('select#language');
                 if (!list) return false;
                 list.value = {tag};
                 list.dispatchEvent(new Event('change', {{ bubbles: true }}));
                 return true;"
            ))
            .await?;
        ensure!(asked == true, "no list of languages");
        let script = format!("{WIDGET} return !widget || widget.lang === {tag};");
        let what = format!("the page speaks {}", language.name()?);
        self.wait_until(&what, async || Ok(self.evaluate(&script).await? == true))
            .await
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::states::ALL;

    /// As many looks as there may be in all, so that a run stays short.
    const MOST: usize = 300;

    #[test]
    fn every_state_is_seen_in_every_language_theme_and_width() -> Result<()> {
        let all = Language::all()?;
        for count in 1..=all.len() {
            let languages = &all[..count];
            for state in 0..ALL.len() {
                let looks = looks(state, languages);
                for language in languages {
                    assert!(looks.iter().any(|look| look.language.tag == language.tag));
                }
                for theme in Theme::ALL {
                    assert!(looks.iter().any(|look| look.theme == theme));
                }
                for width in WIDTHS {
                    assert!(looks.iter().any(|look| look.width == width));
                }
            }
        }
        Ok(())
    }

    #[test]
    fn every_language_meets_every_theme_and_width_and_these_each_other() -> Result<()> {
        let languages = Language::all()?;
        let all: Vec<_> = (0..ALL.len())
            .flat_map(|state| looks(state, &languages))
            .collect();
        let count = |pairs: BTreeSet<(String, String)>| pairs.len();
        let (tags, themes, widths) = (languages.len(), Theme::ALL.len(), WIDTHS.len());
        let pair = |a: &dyn ToString, b: &dyn ToString| (a.to_string(), b.to_string());
        let name = |theme: Theme| format!("{theme:?}");
        let spoken = all.iter().map(|l| pair(&l.language.tag, &name(l.theme)));
        assert_eq!(count(spoken.collect()), tags * themes);
        let wide = all.iter().map(|l| pair(&l.language.tag, &l.width));
        assert_eq!(count(wide.collect()), tags * widths);
        let coloured = all.iter().map(|l| pair(&name(l.theme), &l.width));
        assert_eq!(count(coloured.collect()), themes * widths);
        Ok(())
    }

    #[test]
    fn there_are_not_more_looks_than_are_allowed() -> Result<()> {
        let languages = Language::all()?;
        let rows: usize = (0..ALL.len())
            .map(|state| looks(state, &languages).len())
            .sum();
        assert!(rows <= MOST, "{rows} rows");
        Ok(())
    }
}
