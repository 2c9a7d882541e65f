//! Pages that make it hard: each ends in words and a way out or, where the browser itself refuses the
//! frame, in the link of the element.

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    find::Shown,
    pages::{ErrorCard, Host, Widget},
    play,
    school::{BIOLOGY, MAYA},
};
use reqwest::Url;
use thirtyfour::By;

const NEW_TAB: &str = "Open in a new tab";

/// A press on "Join class" while signed out; Google's window, if one opens, is nobody's.
async fn pressed<'a>(stage: &'a Stage, path: &str) -> Result<Host<'a>> {
    let page = Host::open(stage, path).await?;
    let widget = page.enter().await?;
    widget.join().type_in(BIOLOGY.code).await?;
    widget.join().press().await?;
    Ok(page)
}

/// What was typed is still there, and nothing was asked of Google.
async fn nothing_is_lost(stage: &Stage, page: Host<'_>) -> Result<()> {
    let widget = page.enter().await?;
    assert_eq!(widget.join().typed().await?, BIOLOGY.code);
    ensure!(stage.sandbox.calls().await?.is_empty());
    Ok(())
}

/// The way out leads to the widget in a tab of its own, where the join is done.
async fn the_way_out_is_one(stage: &Stage, card: &ErrorCard) -> Result<()> {
    let address = card.link(NEW_TAB)?.to_owned();
    ensure!(
        address.starts_with(stage.sandbox.widget.as_str()),
        "{address}"
    );
    stage.browser.goto(&address).await?;
    let page = Host::shown(&stage.browser);
    let widget = Widget::new(&stage.browser);
    widget.join().wait().await?;
    assert_eq!(widget.join().typed().await?, BIOLOGY.code);
    let google = widget.join().press_signed_out().await?;
    google.sign_in(MAYA).await?;
    page.leave().await?;
    widget.outcome("joined").await.map(drop)
}

#[tokio::test]
async fn a_frame_that_may_open_no_windows_leads_to_a_tab_of_its_own() -> Result<()> {
    play(async |stage| {
        let page = pressed(stage, "hostile/no-popups").await?;
        let card = page.enter().await?.error("POPUP_IMPOSSIBLE").await?;
        nothing_is_lost(stage, page).await?;
        the_way_out_is_one(stage, &card).await
    })
    .await
}

#[tokio::test]
async fn a_frame_without_an_origin_leads_to_a_tab_of_its_own() -> Result<()> {
    play(async |stage| {
        let page = pressed(stage, "hostile/opaque").await?;
        let card = page.enter().await?.error("POPUP_IMPOSSIBLE").await?;
        nothing_is_lost(stage, page).await?;
        the_way_out_is_one(stage, &card).await
    })
    .await
}

#[tokio::test]
async fn a_page_that_isolates_itself_leads_to_a_tab_of_its_own() -> Result<()> {
    play(async |stage| {
        let before = stage.browser.windows().await?;
        let page = pressed(stage, "hostile/isolated").await?;
        let widget = page.enter().await?;
        let mut reasons = Vec::new();
        stage
            .browser
            .wait_until("it says that the window led nowhere", async || {
                reasons = widget.cards().await?;
                Ok(!reasons.is_empty())
            })
            .await?;
        ensure!(
            reasons.iter().all(|reason| reason.starts_with("POPUP_")),
            "{reasons:?}"
        );
        let card = widget.error(&reasons[0]).await?;
        nothing_is_lost(stage, page).await?;
        // What opened all the same is no part of this any more.
        for window in stage.browser.windows().await? {
            if !before.contains(&window) {
                stage.browser.switch_to_window(window).await?;
                stage.browser.close_window().await?;
            }
        }
        stage.browser.switch_to_window(before[0].clone()).await?;
        the_way_out_is_one(stage, &card).await
    })
    .await
}

#[tokio::test]
async fn a_page_with_a_strict_policy_has_a_widget_that_works_and_nothing_to_complain_of()
-> Result<()> {
    play(async |stage| {
        let page = Host::open(stage, "hostile/strict-policy").await?;
        page.join_with_google(MAYA, BIOLOGY.code).await?;
        ensure!(
            page.frame_height().await? > 330.0,
            "the frame was not sized"
        );
        let console = stage.browser.console().await?;
        ensure!(
            !console
                .iter()
                .any(|line| line.message.contains("Content Security Policy")
                    || line.message.contains("Trusted")),
            "{console:#?}"
        );
        Ok(())
    })
    .await
}

/// Waits for the element's link, which leads to the widget with what the element was given.
async fn the_element_gives_a_link(stage: &Stage, page: Host<'_>, folder: &str) -> Result<()> {
    let link = page.wait_for_link().await?;
    assert_eq!(link.name, NEW_TAB);
    let address = Url::parse(&link.address)?;
    ensure!(address.path() == folder, "{address}");
    let fragment = address.fragment().context("no fragment")?;
    ensure!(fragment.contains("view=join"), "{fragment}");
    stage.browser.goto(address.as_str()).await?;
    let widget = Widget::new(&stage.browser);
    widget.join().wait().await
}

#[tokio::test]
async fn a_page_that_is_not_listed_has_the_link_of_the_element_where_the_browser_shows_no_widget()
-> Result<()> {
    play(async |stage| {
        let page = Host::open_elsewhere(stage, "hostile/unlisted").await?;
        ensure!(page.link().await?.is_none(), "it is shown before its time");
        the_element_gives_a_link(stage, page, "/").await
    })
    .await
}

#[tokio::test]
async fn a_page_in_a_frame_of_a_strangers_has_the_link_too() -> Result<()> {
    play(async |stage| {
        let page = Host::open_elsewhere(stage, "hostile/nested-unlisted").await?;
        page.enter_frame(0).await?;
        the_element_gives_a_link(stage, page, "/").await
    })
    .await
}

/// The widget in the frame that the view is of says in words that it is not for this page, and offers
/// nothing that it could be tricked into: the way out is a tab of its own.
///
/// Looked for by their tags: the driver computes no roles in frames that have a process of their own.
async fn words_only(stage: &Stage) -> Result<()> {
    let card = wait_for_card(stage).await?;
    ensure!(card.split_whitespace().count() > 8, "{card}");
    ensure!(card.contains("embedders"), "{card}");
    // The words can be read in other languages; there is nothing else to be done.
    let controls = "input, textarea, select:not(#language), nav a";
    let found = (*stage.browser).find_all(By::Css(controls)).await?;
    ensure!(found.is_empty(), "there are controls");
    ensure!(!card.contains("Sign in"), "{card}");
    ensure!(stage.sandbox.calls().await?.is_empty());
    let ways_out = (*stage.browser).find_all(By::Css(".hall-pass a")).await?;
    ensure!(ways_out.len() == 1, "{} links", ways_out.len());
    assert_eq!(ways_out[0].shown_text().await?, NEW_TAB);
    assert_eq!(ways_out[0].attr("target").await?.as_deref(), Some("_blank"));
    let address = ways_out[0].prop("href").await?.context("no address")?;
    stage.browser.goto(&address).await?;
    let widget = Widget::new(&stage.browser);
    widget.join().wait().await
}

async fn wait_for_card(stage: &Stage) -> Result<String> {
    let mut words = String::new();
    stage
        .browser
        .wait_until("the card of a page that is not listed shows", async || {
            let cards = (*stage.browser)
                .find_all(By::Css("[data-reason=CONFIG]"))
                .await?;
            let Some(card) = cards.first() else {
                return Ok(false);
            };
            words = card.shown_text().await?;
            Ok(true)
        })
        .await?;
    Ok(words)
}

#[tokio::test]
async fn a_page_that_is_not_listed_has_words_and_a_way_out_where_nobody_else_stops_it() -> Result<()>
{
    play(async |stage| {
        let page = Host::open_elsewhere(stage, "hostile/unlisted-without-header").await?;
        page.enter().await?;
        words_only(stage).await
    })
    .await
}

#[tokio::test]
async fn a_page_in_a_frame_of_a_strangers_has_words_and_a_way_out_where_nobody_else_stops_it()
-> Result<()> {
    play(async |stage| {
        let page = Host::open_elsewhere(stage, "hostile/nested-unlisted-without-header").await?;
        page.enter_frame(0).await?;
        page.go_down(0).await?;
        words_only(stage).await
    })
    .await
}

#[tokio::test]
async fn a_portal_in_a_frame_of_a_listed_page_has_a_widget_that_works() -> Result<()> {
    play(async |stage| {
        let page = Host::open(stage, "hostile/nested").await?;
        let enter = async || -> Result<_> {
            page.enter_frame(0).await?;
            page.go_down(0).await?;
            Ok(Widget::new(&stage.browser))
        };
        let widget = enter().await?;
        widget.join().type_in(BIOLOGY.code).await?;
        let google = widget.join().press_signed_out().await?;
        google.sign_in(MAYA).await?;
        enter().await?.outcome("joined").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn a_listed_page_has_a_widget_that_works_from_a_server_that_sends_no_headers() -> Result<()> {
    play(async |stage| {
        let page = Host::open(stage, "hostile/plain").await?;
        page.join_with_google(MAYA, BIOLOGY.code).await.map(drop)
    })
    .await
}
