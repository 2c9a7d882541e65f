//! Going: signing out, removing access, reloading, leaving the page. What is forgotten, and what is
//! not.

use anyhow::{Result, ensure};
use hallpass_e2e::{
    Stage,
    fault::{Drop, Fault},
    find::{Role, Shown, button},
    pages::Widget,
    play,
    school::{BIOLOGY, MAYA, Person},
};
use std::time::Duration;

/// Maya, signed in and just now in the class.
async fn maya_has_joined(stage: &Stage) -> Result<Widget<'_>> {
    let widget = stage.open("course=741234567890").await?;
    widget.sign_in(MAYA).await?;
    widget.join().with(BIOLOGY.code).await?;
    widget.outcome("joined").await?;
    Ok(widget)
}

/// Nothing of this person is in the page, be it seen or not.
async fn nothing_is_left_of(stage: &Stage, person: Person) -> Result<()> {
    let page = stage
        .browser
        .evaluate("return document.documentElement.outerHTML")
        .await?
        .to_string();
    for left in [person.email, person.name, "photos/"] {
        ensure!(!page.contains(left), "{left:?} is still in {page}");
    }
    Ok(())
}

/// How often Google was asked to withdraw a grant.
async fn revocations(stage: &Stage) -> Result<usize> {
    let sent = stage.browser.traffic().await?;
    let revoke = stage.sandbox.api.join("revoke")?;
    Ok(sent
        .iter()
        .filter(|sent| sent.method == "POST" && sent.url == revoke.as_str())
        .count())
}

/// Whether every token there was is withdrawn, or none.
async fn all_revoked(stage: &Stage, revoked: bool) -> Result<()> {
    let tokens = stage.sandbox.tokens().await?;
    ensure!(!tokens.is_empty(), "there was no token");
    for token in tokens {
        assert_eq!(token.revoked, revoked, "the token of {:?}", token.account);
    }
    Ok(())
}

#[tokio::test]
async fn signing_out_takes_everything_of_the_account_off_the_page() -> Result<()> {
    play(async |stage| {
        let widget = maya_has_joined(stage).await?;
        widget.sign_out().await?;
        widget.wait_signed_out().await?;
        stage.browser.wait_for_text("You're signed out.").await?;
        assert_eq!(widget.cards().await?, Vec::<String>::new());
        nothing_is_left_of(stage, MAYA).await
    })
    .await
}

#[tokio::test]
async fn signing_out_revokes_nothing_so_that_the_next_sign_in_asks_no_consent() -> Result<()> {
    play(async |stage| {
        let widget = maya_has_joined(stage).await?;
        widget.sign_out().await?;
        widget.wait_signed_out().await?;
        let google = widget.open_signin().await?;
        google.choose(MAYA).await?;
        google.closes_by_itself().await?;
        widget.wait_signed_in(MAYA).await?;
        assert_eq!(revocations(stage).await?, 0);
        all_revoked(stage, false).await
    })
    .await
}

#[tokio::test]
async fn removing_access_revokes_the_grant_so_that_the_next_sign_in_asks_consent() -> Result<()> {
    play(async |stage| {
        let widget = maya_has_joined(stage).await?;
        widget.remove_access().await?;
        widget.wait_signed_out().await?;
        nothing_is_left_of(stage, MAYA).await?;
        stage
            .browser
            .wait_until("Google has withdrawn the grant", async || {
                Ok(stage.sandbox.tokens().await?.iter().all(|it| it.revoked))
            })
            .await?;
        all_revoked(stage, true).await?;
        assert_eq!(revocations(stage).await?, 1);

        let google = widget.open_signin().await?;
        google.choose(MAYA).await?;
        google.wait_for_consent().await?;
        google.allow().await?;
        widget.wait_signed_in(MAYA).await
    })
    .await
}

#[tokio::test]
async fn removing_access_that_google_knows_of_no_more_is_done() -> Result<()> {
    play(async |stage| {
        let widget = maya_has_joined(stage).await?;
        // For Google, not for this page, the token has run out: `invalid_token`.
        stage.sandbox.clock(Duration::from_secs(7200)).await?;
        widget.remove_access().await?;
        widget.wait_signed_out().await?;
        stage
            .browser
            .wait_until("Google is asked", async || {
                Ok(revocations(stage).await? == 1)
            })
            .await?;
        stage.browser.wait_for_text("You're signed out.").await?;
        assert_eq!(widget.cards().await?, Vec::<String>::new());
        nothing_is_left_of(stage, MAYA).await
    })
    .await
}

#[tokio::test]
async fn access_that_could_not_be_removed_is_told() -> Result<()> {
    play(async |stage| {
        let widget = maya_has_joined(stage).await?;
        let lost = Fault::dropped(Drop::Before).on("POST", "/revoke");
        stage.sandbox.faults(&[lost]).await?;
        widget.remove_access().await?;
        let alert = stage.browser.find(&Role::Alert.any()).await?;
        stage
            .browser
            .wait_until("the alert says that the app still has access", async || {
                Ok(!alert.shown_text().await?.is_empty())
            })
            .await?;
        all_revoked(stage, false).await
    })
    .await
}

#[tokio::test]
async fn a_reload_forgets_everything() -> Result<()> {
    play(async |stage| {
        let widget = maya_has_joined(stage).await?;
        stage.browser.refresh().await?;
        widget.wait_signed_out().await?;
        nothing_is_left_of(stage, MAYA).await?;
        // The next join asks who it is.
        widget.join().type_in(BIOLOGY.code).await?;
        let google = widget.join().press_signed_out().await?;
        google.choose(MAYA).await?;
        google.closes_by_itself().await?;
        widget.outcome("already-member").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn who_leaves_the_page_and_comes_back_is_not_signed_in_any_more() -> Result<()> {
    play(async |stage| {
        let widget = maya_has_joined(stage).await?;
        stage.browser.evaluate("window.isTheSame = true").await?;
        stage
            .browser
            .goto(stage.sandbox.pages.join("portal")?.as_str())
            .await?;
        stage.browser.back().await?;
        // Else the browser has loaded the page anew, and nothing would be shown here.
        let same = stage.browser.evaluate("return window.isTheSame").await?;
        ensure!(
            same == true,
            "the browser did not keep the page for \"Back\""
        );
        widget.wait_signed_out().await?;
        nothing_is_left_of(stage, MAYA).await?;
        ensure!(!stage.browser.shows(&button("Remove access")).await?);
        // The form works.
        widget.join().type_in(BIOLOGY.code).await?;
        let google = widget.join().press_signed_out().await?;
        google.choose(MAYA).await?;
        google.closes_by_itself().await?;
        widget.outcome("already-member").await.map(drop)
    })
    .await
}
