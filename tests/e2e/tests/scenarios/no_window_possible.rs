//! Places in which Google's window can do nothing: frames without the permissions, browsers inside
//! of apps. The way out is a tab of its own.

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    browser::Options,
    fault::{Fault, Origin},
    find::Role,
    pages::{ErrorCard, Widget},
    play, play_with,
    school::{BIOLOGY, MAYA},
};
use thirtyfour::By;

const NEW_TAB: &str = "Open in a new tab";

/// The widget in a frame with these permissions, in a page of the school; the frame is in front.
async fn framed<'a>(stage: &'a Stage, parameters: &str, sandbox: &str) -> Result<Widget<'a>> {
    let page = format!(
        "<!doctype html><title>School</title>
         <iframe title=\"Hall Pass\" width=\"700\" height=\"800\" {sandbox} src=\"{}?{parameters}\">\
         </iframe>",
        stage.sandbox.widget
    );
    let page = Fault::html(200, &page)
        .at(Origin::Pages)
        .on("GET", "/school");
    stage.sandbox.faults(&[page]).await?;
    stage
        .browser
        .goto(stage.sandbox.pages.join("school")?.as_str())
        .await?;
    let frame = (*stage.browser).find(By::Tag("iframe")).await?;
    frame.enter_frame().await?;
    Ok(Widget::new(&stage.browser))
}

/// A press is answered by the card with the way out, and opens nothing.
async fn is_told(stage: &Stage, widget: Widget<'_>) -> Result<ErrorCard> {
    widget.join().press().await?;
    let card = widget.error("POPUP_IMPOSSIBLE").await?;
    assert_eq!(stage.browser.windows().await?.len(), 1);
    assert_eq!(widget.join().typed().await?, BIOLOGY.code);
    ensure!(stage.sandbox.calls().await?.is_empty());
    Ok(card)
}

/// The address carries view, class and code in its fragment, and nothing else.
fn carries_only_what_it_may(stage: &Stage, card: &ErrorCard) -> Result<()> {
    let address = card.link(NEW_TAB)?;
    let (page, fragment) = address.split_once('#').context("no fragment")?;
    assert_eq!(page, stage.sandbox.widget.as_str());
    assert_eq!(fragment, "view=join&course=741234567890&code=k5xq2ma");
    Ok(())
}

/// Everything an address may say that is of no use in a new tab, or nobody's business.
const MUCH: &str = "course=741234567890&theme=dark&hl=en&login_hint=maya%40school.example";

#[tokio::test]
async fn a_frame_of_an_opaque_origin_leads_to_a_tab_of_its_own_where_the_join_is_done() -> Result<()>
{
    play(async |stage| {
        let permissions =
            "sandbox=\"allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox\"";
        let widget = framed(stage, MUCH, permissions).await?;
        widget.join().type_in(BIOLOGY.code).await?;
        let card = is_told(stage, widget).await?;
        carries_only_what_it_may(stage, &card)?;

        let known = stage.browser.windows().await?;
        stage.browser.press(&Role::Link.named(NEW_TAB)).await?;
        let tab = stage.browser.new_window(&known).await?;
        stage.browser.switch_to_window(tab).await?;
        widget.join().wait().await?;
        assert_eq!(widget.join().typed().await?, BIOLOGY.code);
        let google = widget.join().press_signed_out().await?;
        google.sign_in(MAYA).await?;
        let card = widget.outcome("joined").await?;
        ensure!(card.text.contains(BIOLOGY.name), "{card:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_frame_that_may_open_no_windows_is_told_apart_from_a_blocker() -> Result<()> {
    play(async |stage| {
        let permissions = "sandbox=\"allow-scripts allow-same-origin allow-forms\"";
        let widget = framed(stage, MUCH, permissions).await?;
        widget.join().type_in(BIOLOGY.code).await?;
        let card = is_told(stage, widget).await?;
        carries_only_what_it_may(stage, &card)
    })
    .await
}

#[tokio::test]
async fn a_frame_with_the_permissions_signs_in_as_a_page_does() -> Result<()> {
    play(async |stage| {
        let permissions = "sandbox=\"allow-scripts allow-same-origin allow-forms allow-popups \
                           allow-popups-to-escape-sandbox\"";
        let widget = framed(stage, "course=741234567890", permissions).await?;
        widget.join().type_in(BIOLOGY.code).await?;
        let google = widget.join().press_signed_out().await?;
        google.choose(MAYA).await?;
        google.wait_for_consent().await?;
        google.allow().await?;
        (*stage.browser)
            .find(By::Tag("iframe"))
            .await?
            .enter_frame()
            .await?;
        widget.outcome("joined").await.map(drop)
    })
    .await
}

/// A press in a browser of this name.
async fn in_app(user_agent: &'static str) -> Result<()> {
    let options = Options {
        user_agent: Some(user_agent),
        ..Options::default()
    };
    play_with(options, async |stage| {
        let widget = stage.open(MUCH).await?;
        widget.join().type_in(BIOLOGY.code).await?;
        let card = is_told(stage, widget).await?;
        carries_only_what_it_may(stage, &card)
    })
    .await
}

#[tokio::test]
async fn a_browser_inside_of_an_app_leads_out_of_it() -> Result<()> {
    in_app(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like \
         Gecko) Mobile/15E148 Instagram 334.0.4.32.98",
    )
    .await
}

#[tokio::test]
async fn a_web_view_of_android_leads_out_of_it() -> Result<()> {
    in_app(
        "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UQ1A; wv) AppleWebKit/537.36 (KHTML, like \
         Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36",
    )
    .await
}
