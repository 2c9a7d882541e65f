//! Who is signed in: shown, forgotten on request, and never guessed.

use anyhow::{Result, ensure};
use hallpass_e2e::{
    fault::Fault,
    find::{Role, button},
    pages::Join,
    play,
    school::{BIOLOGY, MAYA, NORA, SAM},
};
use serde_json::json;

#[tokio::test]
async fn the_account_shows_with_name_and_address() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        widget.wait_signed_out().await?;
        widget.sign_in(MAYA).await?;
        stage.browser.find(&button("Switch account")).await?;
        stage.browser.find(&button("Sign out")).await?;
        stage.browser.find(&button("Remove access")).await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn signing_out_forgets_the_account_and_the_next_join_asks_again() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("course=741234567890").await?;
        widget.sign_in(MAYA).await?;
        widget.sign_out().await?;
        widget.wait_signed_out().await?;
        let page = stage.browser.text().await?;
        ensure!(!page.contains(MAYA.email), "still shown: {page}");

        widget.join().type_in("k5xq2ma").await?;
        let google = widget.join().press_signed_out().await?;
        google.sign_in(SAM).await?;
        widget.outcome("joined").await?;
        let writes = stage.sandbox.writes().await?;
        let accounts: Vec<_> = writes.iter().map(|call| call.account.as_deref()).collect();
        assert_eq!(accounts, [Some(SAM.email)]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_button_that_joins_says_in_whose_name() -> Result<()> {
    play(async |stage| {
        let says = async || stage.browser.description(&Join::button()).await;
        let widget = stage.open("").await?;
        widget.join().wait().await?;
        assert_eq!(says().await?, "You'll choose your Google account first.");
        widget.sign_in(MAYA).await?;
        assert_eq!(says().await?, "You join as maya@school.example.");
        widget.open_switch_account().await?.sign_in(SAM).await?;
        widget.wait_signed_in(SAM).await?;
        assert_eq!(says().await?, "You join as sam@school.example.");
        widget.sign_out().await?;
        widget.wait_signed_out().await?;
        assert_eq!(says().await?, "You'll choose your Google account first.");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_page_that_names_the_account_needs_no_choosing() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("login_hint=maya%40school.example").await?;
        let google = widget.open_signin().await?;
        google.wait_for_consent().await?;
        google.allow().await?;
        widget.wait_signed_in(MAYA).await
    })
    .await
}

#[tokio::test]
async fn switching_the_account_shows_the_other_one() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        widget.sign_in(MAYA).await?;
        widget.open_switch_account().await?.sign_in(SAM).await?;
        widget.wait_signed_in(SAM).await?;
        let page = stage.browser.text().await?;
        ensure!(!page.contains(MAYA.email), "still shown: {page}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn closing_googles_window_is_no_drama_and_keeps_what_was_typed() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("course=741234567890").await?;
        widget.join().type_in("k5xq2ma").await?;
        let google = widget.join().press_signed_out().await?;
        google.close().await?;
        widget.error("POPUP_CLOSED").await?;
        assert_eq!(widget.join().typed().await?, "k5xq2ma");
        ensure!(
            stage.sandbox.calls().await?.is_empty(),
            "nobody was signed in"
        );

        // The way on is open.
        let google = widget.join().press_signed_out().await?;
        google.sign_in(MAYA).await?;
        widget.outcome("joined").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn saying_no_to_google_is_told_as_what_it_is() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("course=741234567890").await?;
        widget.join().type_in("k5xq2ma").await?;
        let google = widget.join().press_signed_out().await?;
        google.choose(MAYA).await?;
        google.cancel().await?;
        let card = widget.error("ACCESS_DENIED").await?;
        ensure!(card.text.contains("You said no"), "{card:?}");
        assert_eq!(widget.join().typed().await?, "k5xq2ma");
        ensure!(stage.sandbox.calls().await?.is_empty(), "there is no token");

        // Minds are changed.
        let google = widget.follow_signed_out("Sign in with Google").await?;
        google.sign_in(MAYA).await?;
        widget.outcome("joined").await?;
        assert_eq!(widget.cards().await?, ["joined"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_box_left_unticked_is_asked_for_again_and_the_join_goes_on() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("course=741234567890").await?;
        widget.join().type_in("k5xq2ma").await?;
        let google = widget.join().press_signed_out().await?;
        google.choose(MAYA).await?;
        google
            .untick("Manage your Google Classroom class rosters")
            .await?;
        google.allow().await?;
        let card = widget.error("SCOPE_MISSING").await?;
        ensure!(card.offers("Allow"), "{card:?}");
        assert_eq!(widget.join().typed().await?, "k5xq2ma");
        ensure!(stage.sandbox.writes().await?.is_empty(), "tried it anyway");

        // Google asks once more, for that box only.
        let google = widget.follow_signed_out("Allow").await?;
        google.choose(MAYA).await?;
        google.wait_for_consent().await?;
        let boxes = stage.browser.find_all(&Role::Checkbox.any()).await?;
        assert_eq!(boxes.len(), 1);
        google.allow().await?;
        widget.outcome("joined").await?;
        assert_eq!(widget.cards().await?, ["joined"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn without_the_permission_to_read_classes_the_join_succeeds_without_a_name() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("course=741234567890").await?;
        widget.join().type_in("k5xq2ma").await?;
        let google = widget.join().press_signed_out().await?;
        google.choose(MAYA).await?;
        google.untick("View your Google Classroom classes").await?;
        google.allow().await?;
        let card = widget.outcome("joined").await?;
        ensure!(
            !card.text.contains(BIOLOGY.name),
            "how does it know? {card:?}"
        );
        card.link("Open class")?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_account_outside_of_the_school_joins_nothing() -> Result<()> {
    play(async |stage| {
        stage
            .sandbox
            .configure(json!({ "hostedDomain": "school.example" }))
            .await?;
        let widget = stage.open("course=741234567890").await?;
        widget.join().type_in("k5xq2ma").await?;
        let google = widget.join().press_signed_out().await?;
        google.use_another_account().await?;
        google.sign_in(NORA).await?;
        let card = widget.error("WRONG_DOMAIN").await?;
        ensure!(card.text.contains(NORA.email), "which account? {card:?}");
        ensure!(card.offers("Switch account"), "no way on: {card:?}");
        ensure!(stage.sandbox.writes().await?.is_empty(), "tried it anyway");
        widget.wait_signed_out().await?;
        assert_eq!(widget.join().typed().await?, "k5xq2ma");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn one_tap_leads_from_the_wrong_account_to_the_schools_and_the_join_goes_on() -> Result<()> {
    play(async |stage| {
        let domain = json!({ "hostedDomain": "school.example" });
        stage.sandbox.configure(domain).await?;
        let widget = stage.open("course=741234567890").await?;
        widget.join().type_in("k5xq2ma").await?;
        let google = widget.join().press_signed_out().await?;
        google.use_another_account().await?;
        google.sign_in(NORA).await?;
        widget.error("WRONG_DOMAIN").await?;
        let google = widget.follow_signed_out("Switch account").await?;
        google.sign_in(MAYA).await?;
        widget.wait_signed_in(MAYA).await?;
        // Nothing is pressed any more.
        widget.outcome("joined").await?;
        assert_eq!(widget.cards().await?, ["joined"]);
        let writes = stage.sandbox.writes().await?;
        let actors: Vec<_> = writes.iter().map(|call| call.account.as_deref()).collect();
        assert_eq!(actors, [Some(MAYA.email)]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_blocked_sign_in_script_is_told_as_such() -> Result<()> {
    play(async |stage| {
        let blocked = Fault::status(404).on("GET", "/gsi/client");
        stage.sandbox.faults(&[blocked]).await?;
        let widget = stage.open("course=741234567890").await?;
        widget.join().with("k5xq2ma").await?;
        widget.error("SCRIPT_BLOCKED").await?;
        assert_eq!(widget.join().typed().await?, "k5xq2ma");
        Ok(())
    })
    .await
}
