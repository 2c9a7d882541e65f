//! Messages from whom the widget does not trust: a frame beside it, a frame without an origin, a page
//! around it that is not listed. Nothing is obeyed, nothing leaks, and it works afterwards.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    find::Shown,
    pages::Host,
    play,
    school::{BIOLOGY, ERROL, MAYA},
};
use serde_json::Value;
use thirtyfour::By;

/// Every attack of the sandbox's attackers; `docs/sandbox.md` says what each of them sends.
const ATTACKS: [&str; 9] = [
    "Forge tokens",
    "Replay answers",
    "Forge configure",
    "Forge sign-out",
    "Forge answers of a course system",
    "Pollute prototypes",
    "Send wrong types",
    "Send huge payloads",
    "Send 10,000 messages",
];

/// Presses every button of the attacker that the view is of, and waits until it has sent everything.
async fn attack(stage: &Stage) -> Result<()> {
    for name in ATTACKS {
        press(stage, name).await?;
        let sent = (*stage.browser).find(By::Id("sent")).await?;
        stage
            .browser
            .wait_until(&format!("the attacker has sent it: {name}"), async || {
                Ok(sent.shown_text().await?.starts_with(name))
            })
            .await?;
    }
    Ok(())
}

/// Presses an attacker's button. Looked for by its words: the driver computes no roles in frames that
/// have a process of their own.
async fn press(stage: &Stage, name: &str) -> Result<()> {
    let mut found = None;
    stage
        .browser
        .wait_until(&format!("there is a button {name}"), async || {
            for button in (*stage.browser).find_all(By::Tag("button")).await? {
                if button.shown_text().await? == name {
                    found = Some(button);
                }
            }
            Ok(found.is_some())
        })
        .await?;
    let button = found.context("no button")?;
    button.scroll_into_view().await?;
    Ok(button.click().await?)
}

/// The attacker that the view is of has heard nothing.
async fn heard_nothing(stage: &Stage) -> Result<()> {
    let heard = (*stage.browser).find_all(By::Css("#heard > li")).await?;
    let mut lines = Vec::new();
    for line in heard {
        lines.push(line.shown_text().await?);
    }
    ensure!(lines.is_empty(), "{lines:?}");
    Ok(())
}

/// What everything in the widget's page would show if it were polluted, its language and its theme.
async fn traces(stage: &Stage) -> Result<Value> {
    stage
        .browser
        .evaluate(
            "return [({}).polluted ?? null, ({}).tokens ?? null, [].polluted ?? null,
                     document.documentElement.lang,
                     document.querySelector('[data-theme]')?.dataset.theme ?? null];",
        )
        .await
}

/// A widget into which the page has signed Maya in is attacked from the frame of this number.
async fn from_beside(number: usize) -> Result<()> {
    play(async |stage| {
        let page = Host::open(stage, "hostile/attacked").await?;
        let widget = page.enter().await?;
        widget.wait_signed_in(MAYA).await?;
        widget.join().type_in("k5xq").await?;
        let before = traces(stage).await?;
        stage.sandbox.forget_calls().await?;

        page.enter_frame(number).await?;
        attack(stage).await?;
        // Whatever was sent has arrived by then.
        tokio::time::sleep(Duration::from_secs(1)).await;
        heard_nothing(stage).await?;

        let widget = page.enter().await?;
        widget.wait_signed_in(MAYA).await?;
        assert_eq!(widget.join().typed().await?, "k5xq");
        assert_eq!(traces(stage).await?, before);
        assert_eq!(widget.cards().await?, Vec::<String>::new());
        assert_eq!(stage.sandbox.calls().await?.len(), 0, "nothing was asked");

        widget.join().with(BIOLOGY.code).await?;
        widget.outcome("joined").await?;
        let calls = stage.sandbox.calls().await?;
        ensure!(
            calls
                .iter()
                .all(|call| call.account.as_deref() == Some(MAYA.email)),
            "{calls:#?}"
        );
        assert_eq!(
            stage.sandbox.posts().await?,
            [format!("/v1/courses/{}/students", BIOLOGY.id)]
        );
        page.enter_frame(number).await?;
        heard_nothing(stage).await
    })
    .await
}

#[tokio::test]
async fn a_frame_beside_the_widget_is_not_obeyed_and_hears_nothing() -> Result<()> {
    from_beside(1).await
}

#[tokio::test]
async fn a_frame_without_an_origin_is_not_obeyed_and_hears_nothing() -> Result<()> {
    from_beside(2).await
}

#[tokio::test]
async fn what_is_forged_before_anybody_signed_in_is_not_obeyed_either() -> Result<()> {
    play(async |stage| {
        let page = Host::open(stage, "hostile/attacked").await?;
        page.enter().await?.wait_signed_in(MAYA).await?;
        let widget = page.enter().await?;
        widget.sign_out().await?;
        stage.sandbox.forget_calls().await?;
        page.enter_frame(1).await?;
        attack(stage).await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        let calls = stage.sandbox.calls().await?;
        ensure!(
            calls
                .iter()
                .all(|call| call.account.as_deref() != Some(ERROL.email)),
            "{calls:#?}"
        );
        page.enter().await?;
        ensure!(!stage.browser.text().await?.contains(ERROL.email));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_page_that_is_not_listed_is_not_obeyed_and_hears_nothing_it_may_not() -> Result<()> {
    play(async |stage| {
        // Where no header stops it, only the widget itself can.
        let page = Host::open_elsewhere(stage, "hostile/attacking").await?;
        page.enter().await?;
        stage.browser.wait_for_text("embedders").await?;
        let words = stage.browser.text().await?;
        page.leave().await?;
        attack(stage).await?;
        tokio::time::sleep(Duration::from_secs(1)).await;

        for line in (*stage.browser).find_all(By::Css("#heard > li")).await? {
            let line = line.shown_text().await?;
            let public = ["ready", "resize", "lti.capabilities", "lti.frameResize"];
            ensure!(public.iter().any(|kind| line.contains(kind)), "{line}");
        }
        page.enter().await?;
        assert_eq!(stage.browser.text().await?, words);
        let fields = (*stage.browser)
            .find_all(By::Css("input, textarea"))
            .await?;
        ensure!(fields.is_empty(), "it can be used");
        ensure!(stage.sandbox.calls().await?.is_empty());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_element_passes_on_nothing_that_another_frame_says() -> Result<()> {
    play(async |stage| {
        let page = Host::open_own(
            stage,
            "<script type=module src={widget}/embed.js></script>
             <hall-pass></hall-pass>
             <script>
               document.querySelector('hall-pass').getAccessToken = () => {
                 throw new Error('nobody may ask');
               };
             </script>
             <iframe title=Stranger src={pages}/hostile/attacker></iframe>",
        )
        .await?;
        page.enter().await?.join().wait().await?;
        page.wait_told("ready", 1).await?;
        page.enter_frame(1).await?;
        press(stage, "Speak as the widget").await?;
        stage.browser.wait_for_text("11 sent").await?;
        heard_nothing(stage).await?;
        // Time for it to arrive.
        tokio::time::sleep(Duration::from_millis(500)).await;
        let told = page.told().await?;
        ensure!(
            told.iter()
                .all(|event| ["ready", "resize", "error"].contains(&event.name.as_str())),
            "{told:?}"
        );
        page.wait_told("ready", 1).await?;
        ensure!(page.frame_height().await? < 4000.0);
        Ok(())
    })
    .await
}
