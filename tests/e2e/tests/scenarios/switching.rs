//! Another account in place of the one that is signed in.

use anyhow::{Result, ensure};
use hallpass_e2e::{
    Stage,
    fault::Fault,
    find::button,
    pages::{Join, Widget},
    play,
    school::{BIOLOGY, MAYA, NORA, Person, SAM},
};
use serde_json::json;
use std::time::Duration;

/// Maya, signed in, with the right code typed.
async fn maya_has_typed(stage: &Stage) -> Result<Widget<'_>> {
    let widget = stage.open("course=741234567890").await?;
    widget.sign_in(MAYA).await?;
    widget.join().type_in(BIOLOGY.code).await?;
    Ok(widget)
}

/// It is this person who acts, as shown beside the buttons and as the main one says.
async fn still_acts(stage: &Stage, person: Person) -> Result<()> {
    stage.browser.find(&button("Sign out")).await?;
    stage.browser.wait_for_text(person.name).await?;
    let acting = stage.browser.description(&Join::button()).await?;
    ensure!(acting.contains(person.email), "{acting:?}");
    Ok(())
}

/// This person joins the class without being asked anything more, and nobody else does.
async fn only_joins(stage: &Stage, widget: Widget<'_>, person: Person) -> Result<()> {
    widget.join().press().await?;
    widget.outcome("joined").await?;
    only_is_in(stage, person).await
}

async fn only_is_in(stage: &Stage, person: Person) -> Result<()> {
    let school = stage.sandbox.school().await?;
    for somebody in [MAYA, SAM, NORA] {
        assert_eq!(
            school.times_student(somebody.email, BIOLOGY.id),
            usize::from(somebody == person),
            "{}",
            somebody.email
        );
    }
    let writes = stage.sandbox.writes().await?;
    let actors: Vec<_> = writes.iter().map(|call| call.account.as_deref()).collect();
    assert_eq!(actors, [Some(person.email)]);
    Ok(())
}

#[tokio::test]
async fn who_switches_between_typing_and_joining_joins_and_the_one_before_does_not() -> Result<()> {
    play(async |stage| {
        let widget = maya_has_typed(stage).await?;
        widget.open_switch_account().await?.sign_in(SAM).await?;
        widget.wait_signed_in(SAM).await?;
        assert_eq!(widget.join().typed().await?, BIOLOGY.code);
        let acting = stage.browser.description(&Join::button()).await?;
        ensure!(acting.contains(SAM.email), "{acting:?}");
        only_joins(stage, widget, SAM).await
    })
    .await
}

#[tokio::test]
async fn a_press_before_the_other_account_is_known_joins_nobody_unseen() -> Result<()> {
    play(async |stage| {
        let widget = maya_has_typed(stage).await?;
        // Google has answered; whose token it is comes late.
        let who = Fault::delayed(Duration::from_millis(700)).on("GET", "/v1/userProfiles/me");
        stage.sandbox.faults(&[who.times(1)]).await?;
        widget.open_switch_account().await?.sign_in(SAM).await?;
        // Maya is shown, and it is Maya who joins.
        let acting = stage.browser.description(&Join::button()).await?;
        widget.join().press().await?;
        // In the sandbox and not on the page: when Sam is known after all, what Maya was told goes.
        stage
            .browser
            .wait_until("a join", async || {
                Ok(!stage.sandbox.writes().await?.is_empty())
            })
            .await?;
        let shown = if acting.contains(MAYA.email) {
            MAYA
        } else {
            SAM
        };
        only_is_in(stage, shown).await
    })
    .await
}

#[tokio::test]
async fn closing_the_window_of_a_switch_keeps_who_was_signed_in() -> Result<()> {
    play(async |stage| {
        let widget = maya_has_typed(stage).await?;
        widget.open_switch_account().await?.close().await?;
        widget.error("POPUP_CLOSED").await?;
        still_acts(stage, MAYA).await?;
        only_joins(stage, widget, MAYA).await
    })
    .await
}

#[tokio::test]
async fn saying_no_to_a_switch_keeps_who_was_signed_in() -> Result<()> {
    play(async |stage| {
        let widget = maya_has_typed(stage).await?;
        let google = widget.open_switch_account().await?;
        google.choose(SAM).await?;
        google.cancel().await?;
        widget.error("ACCESS_DENIED").await?;
        still_acts(stage, MAYA).await?;
        only_joins(stage, widget, MAYA).await
    })
    .await
}

#[tokio::test]
async fn switching_to_an_account_that_may_not_act_here_keeps_who_was_signed_in() -> Result<()> {
    play(async |stage| {
        let domain = json!({ "hostedDomain": "school.example" });
        stage.sandbox.configure(domain).await?;
        let widget = maya_has_typed(stage).await?;
        let google = widget.open_switch_account().await?;
        google.use_another_account().await?;
        google.sign_in(NORA).await?;
        widget.error("WRONG_DOMAIN").await?;
        still_acts(stage, MAYA).await?;
        only_joins(stage, widget, MAYA).await
    })
    .await
}

#[tokio::test]
async fn pressing_switch_account_twice_opens_one_window_and_asks_once() -> Result<()> {
    play(async |stage| {
        let widget = maya_has_typed(stage).await?;
        let google = hallpass_e2e::pages::SigninPopup::opened_by(&stage.browser, async || {
            let switch = button("Switch account");
            stage.browser.press_twice(&switch, Duration::ZERO).await
        })
        .await?;
        assert_eq!(stage.browser.windows().await?.len(), 2);
        // The window is open: nothing has been closed yet, whatever the first press thinks.
        google.leave_open().await?;
        tokio::time::sleep(Duration::from_millis(800)).await;
        assert_eq!(widget.cards().await?, Vec::<String>::new());
        google.come_back().await?;
        google.sign_in(SAM).await?;
        widget.wait_signed_in(SAM).await?;
        assert_eq!(widget.cards().await?, Vec::<String>::new());
        only_joins(stage, widget, SAM).await
    })
    .await
}

#[tokio::test]
async fn whoever_signs_out_while_switching_is_signed_out() -> Result<()> {
    play(async |stage| {
        let widget = maya_has_typed(stage).await?;
        let google = widget.open_switch_account().await?;
        google.leave_open().await?;
        widget.sign_out().await?;
        widget.wait_signed_out().await?;
        let page = stage.browser.text().await?;
        ensure!(!page.contains(MAYA.email), "{page}");
        google.come_back().await?;
        google.close().await?;
        // That the window was closed changes nothing for somebody who has left.
        widget.wait_signed_out().await
    })
    .await
}
