//! Whether all that a state says can be read: no text is cut off, lies on another or leaves its box,
//! and no page is scrolled sideways. In texts that are longer than any translation, from left to right
//! and from right to left; with the spacing of WCAG 2.2, 1.4.12; with letters twice as large (1.4.4);
//! 320 px wide (1.4.10).

use anyhow::{Result, ensure};
use hallpass_e2e::{
    browser::{Browser, Options},
    language::Language,
    play_in_browser,
    states::look::{Theme, WIDTHS},
};

/// What cannot be read.
const LOST: &str = include_str!("shown.js");

/// Makes texts longer.
const LONGER: &str = include_str!("longer.js");

/// The spacing that a person may ask for (WCAG 2.2, 1.4.12), on top of all that the page says.
const SPACED: &str = "
    const spacing = new CSSStyleSheet();
    spacing.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: 0.12em !important;
            word-spacing: 0.16em !important; }
        p { margin-block-end: 2em !important; }`);
    const trees = [...document.querySelectorAll('*')].flatMap((one) => one.shadowRoot ?? []);
    for (const tree of [document, ...trees]) tree.adoptedStyleSheets.push(spacing);";

const UNSPACED: &str = "
    const trees = [...document.querySelectorAll('*')].flatMap((one) => one.shadowRoot ?? []);
    for (const tree of [document, ...trees]) tree.adoptedStyleSheets.pop();";

/// Letters twice as large (WCAG 2.2, 1.4.4).
const LARGE: &str = "document.documentElement.style.fontSize = '200%';";

/// Looks at what shows now in all these ways; gives what cannot be read, a line each. The page is of
/// no use for anything else afterwards.
pub async fn lost(browser: &Browser, name: &str) -> Result<Vec<String>> {
    // The language that states are reached in, and one from right to left.
    let (english, arabic) = (Language::of("en")?, Language::of("ar")?);
    let [narrow, middle, wide] = WIDTHS;
    let mut lost = Vec::new();
    let mut look = async |how: &str, widths: [u32; 2]| -> Result<()> {
        for width in widths {
            browser.paint(Theme::Light, width).await?;
            let found = browser.evaluate(LOST).await?;
            let found: Vec<String> = serde_json::from_value(found)?;
            lost.extend(
                found
                    .iter()
                    .map(|what| format!("{name}, {how}, {width} px: {what}")),
            );
        }
        Ok(())
    };
    browser.speak(&english).await?;
    browser.evaluate(SPACED).await?;
    look("spaced", [narrow, wide]).await?;
    browser.evaluate(UNSPACED).await?;
    for language in [&english, &arabic] {
        browser.speak(language).await?;
        browser.evaluate(LONGER).await?;
        look(&format!("longer than {}", language.tag), [narrow, wide]).await?;
    }
    browser.speak(&english).await?;
    browser.evaluate(LARGE).await?;
    look("twice as large", [middle, wide]).await?;
    Ok(lost)
}

#[tokio::test]
async fn what_cannot_be_read_is_found_and_what_can_is_not() -> Result<()> {
    play_in_browser(Options::default(), async |browser| {
        for (body, says) in [
            ("<p>All of this can be read</p>", ""),
            (
                "<p style=\"width: 5em; white-space: nowrap; overflow: hidden\">This is cut off</p>",
                "is cut off",
            ),
            (
                "<p style=\"height: 2em; overflow: hidden\">Two<br>lines<br>of<br>three</p>",
                "is cut off",
            ),
            (
                "<p style=\"height: 2em; overflow: auto\">Two<br>lines<br>of<br>three</p>",
                "",
            ),
            (
                "<button style=\"width: 3em; white-space: nowrap\">Sticks out of it</button>",
                "sticks out",
            ),
            (
                "<p>Below</p><p style=\"margin-top: -2.1em\">Above</p>",
                "lies on",
            ),
            (
                "<svg viewBox=\"0 0 40 20\" width=200 direction=rtl><text y=15>abc</text></svg>",
                "leaves its drawing",
            ),
            (
                "<p style=\"width: 200vw; text-align: end\">Far away</p>",
                "px wide",
            ),
        ] {
            let page = super::finding::page(&format!("<!doctype html><html lang=en>{body}"));
            browser.goto(page).await?;
            let found = browser.evaluate(LOST).await?.to_string();
            if says.is_empty() {
                ensure!(found == "[]", "{body}: {found}");
            } else {
                ensure!(found.contains(says), "{body}: {found}");
            }
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn texts_become_longer_and_can_be_put_back() -> Result<()> {
    play_in_browser(Options::default(), async |browser| {
        browser
            .goto(super::finding::page(
                "<p>Join a class</p><p>\u{627}\u{644}\u{635}\u{641}</p><bdi>Maya</bdi>",
            ))
            .await?;
        let before = browser.text().await?;
        browser.evaluate(LONGER).await?;
        let longer = browser.text().await?;
        ensure!(longer.contains("[Jöôîîn åâ clåâss]"), "{longer}");
        ensure!(
            longer.contains("Maya") && !longer.contains("[Maya"),
            "{longer}"
        );
        ensure!(longer.contains('\u{640}'), "{longer}");
        ensure!(
            longer.chars().count() * 5 > before.chars().count() * 6,
            "{longer}"
        );
        // A second time they stay.
        browser.evaluate(LONGER).await?;
        assert_eq!(browser.text().await?, longer);
        Ok(())
    })
    .await
}
