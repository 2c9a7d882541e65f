//! The harness itself: that it sees what a person perceives, and a browser like a person's. A
//! finder that found too much would let every other scenario pass.

use anyhow::{Result, ensure};
use hallpass_e2e::{
    browser::Options,
    find::{Role, button},
    play_in_browser,
};
use thirtyfour::Key;

/// A page without a server.
pub(crate) fn page(html: &str) -> String {
    let encoded: String = html.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("data:text/html;charset=utf-8,{encoded}")
}

/// Has little patience, to look for what is not there.
fn impatient() -> Options {
    Options {
        patience: std::time::Duration::from_millis(200),
        ..Options::default()
    }
}

#[tokio::test]
async fn things_are_found_by_role_and_name_and_only_when_perceivable() -> Result<()> {
    play_in_browser(impatient(), async |browser| {
        browser
            .goto(page(
                "<h1>Join a class</h1><a href=x>Join a class</a>\
                 <label>Code <input></label><button>Join <b>class</b></button>\
                 <button hidden>Hidden</button><button>Twice</button><button>Twice</button>\
                 <details><summary>Details for IT</summary>raw</details>\
                 <details hidden><summary>Hidden</summary></details>\
                 <div role=status></div>",
            ))
            .await?;
        for there in [
            Role::Heading.named("Join a class"),
            Role::Link.named("Join a class"),
            Role::Textbox.named("Code"),
            button("Join class"),
            Role::Button.beginning("Join"),
            Role::Disclosure.named("Details for IT"),
            Role::Status.any(),
        ] {
            browser.find(&there).await?;
        }
        for absent in [
            button("Hidden"),
            Role::Disclosure.named("Hidden"),
            button("Join a class"),
            button("Join"),
            Role::Alert.any(),
        ] {
            let missing = browser.find(&absent).await;
            ensure!(missing.is_err(), "found {absent}, which is not there");
        }
        let Err(ambiguous) = browser.find(&button("Twice")).await else {
            anyhow::bail!("took one of two");
        };
        let message = ambiguous.to_string();
        ensure!(message.contains("textbox \"Code\""), "{message}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_page_opens_a_window_only_when_somebody_presses() -> Result<()> {
    play_in_browser(Options::default(), async |browser| {
        browser
            .goto(page(
                "<script>document.title = window.open('about:blank') ? 'opened' : 'blocked'</script>\
                 <button onclick=\"document.title = window.open('about:blank') ? 'opened' : 'no'\">\
                 Open</button>",
            ))
            .await?;
        assert_eq!(browser.title().await?, "blocked");
        browser.press(&button("Open")).await?;
        assert_eq!(browser.title().await?, "opened");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn hands_press_twice_and_hold_a_key_down() -> Result<()> {
    play_in_browser(Options::default(), async |browser| {
        browser
            .goto(page(
                "<button ondblclick=\"document.title += 'double,'\" onclick=\"document.title += 'click,'\" \
                 onkeydown=\"event.preventDefault(); document.title += event.key + event.repeat + ','\">\
                 Press</button>",
            ))
            .await?;
        browser.press_twice(&button("Press"), std::time::Duration::from_millis(100)).await?;
        browser.hold_enter(2, false).await?;
        browser.hold_enter(1, true).await?;
        browser.let_go_enter().await?;
        browser.strike(Key::Down).await?;
        assert_eq!(
            browser.title().await?,
            "click,click,double,Enterfalse,Entertrue,Entertrue,ArrowDownfalse,"
        );
        ensure!(browser.has_focus(&button("Press")).await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_browser_has_the_size_the_colours_and_the_languages_it_was_given() -> Result<()> {
    let options = Options {
        size: (320, 640),
        dark: true,
        languages: "fr-CH,en",
        ..Options::default()
    };
    play_in_browser(options, async |browser| {
        browser.goto(page("")).await?;
        let seen = browser
            .evaluate(
                "return `${innerWidth}x${innerHeight} ${navigator.languages} \
                 ${matchMedia('(prefers-color-scheme: dark)').matches}`",
            )
            .await?;
        assert_eq!(seen, "320x640 fr-CH,en true");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_browser_has_the_usual_size() -> Result<()> {
    play_in_browser(Options::default(), async |browser| {
        browser.goto(page("")).await?;
        let seen = browser
            .evaluate("return `${innerWidth}x${innerHeight} ${navigator.languages}`")
            .await?;
        assert_eq!(seen, "1280x900 en-US");
        Ok(())
    })
    .await
}
