//! What people hear who do not see the page: word for word, and once (WCAG 2.2, 4.1.3). There are two
//! live regions, both in the page from the start; nothing else speaks by itself.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    fault::Fault,
    find::button,
    pages::{Invite, Share, Widget},
    play,
    school::{ADA, ART, BIOLOGY, CARL, HOMEROOM, MAYA, OTTO, SAM, TOM, WANDA},
};
use serde_json::json;

const INVITATIONS: &str = "/v1/invitations";
const STUDENTS: &str = "/v1/courses/741234567890/students";

// Texts with numbers, each in one place.
const CHECKED_1_OF_3: &str = "status: Ready to send: 1. To look at: 2.";
const CHECKED_1: &str = "status: Ready to send: 1. To look at: 0.";
const CHECKED_2: &str = "status: Ready to send: 2. To look at: 0.";
const CHECKED_40: &str = "status: Ready to send: 40. To look at: 0.";
const SENT_1: &str = "status: 1 invitation sent";
const SENT_40: &str = "status: 40 invitations sent";
const SENT_1_OF_2: &str = "status: 1 invitation sent 1 invitation not sent";
const ADDED_1: &str = "status: 1 student added";
const ONE_WAITS: &str = "status: 1 invitation is waiting for you";

/// Plays in a page with these parameters, in which everything that is said is noted.
async fn listening(
    parameters: &str,
    scenario: impl AsyncFnOnce(&Stage, Widget<'_>) -> Result<()>,
) -> Result<()> {
    play(async |stage| {
        stage.browser.attend().await?;
        let widget = stage.open(parameters).await?;
        scenario(stage, widget).await
    })
    .await
}

fn signed_in(email: &str) -> String {
    format!("status: You're signed in as {email}.")
}

#[tokio::test]
async fn there_are_two_regions_from_the_start_and_they_are_silent() -> Result<()> {
    listening("", async |stage, widget| {
        widget.join().wait().await?;
        let regions = stage
            .browser
            .evaluate(
                "return [...document.querySelectorAll('[aria-live], [role=status], [role=alert]')]
                     .map((region) => [region.getAttribute('role'), region.textContent.trim()])",
            )
            .await?;
        assert_eq!(regions, json!([["status", ""], ["alert", ""]]));
        stage.browser.hears(&[]).await
    })
    .await
}

#[tokio::test]
async fn a_join_is_told_with_its_sign_in() -> Result<()> {
    listening("course=741234567890", async |stage, widget| {
        widget.join_with_google(SAM, &BIOLOGY).await?;
        stage
            .browser
            .hears(&[
                "status: Joining the class… Stop",
                &signed_in(SAM.email),
                "status: You're in Biology 7b Open class If Google asks, pick sam@school.example \
                 there.",
            ])
            .await?;
        widget.join().with(BIOLOGY.code).await?;
        stage
            .browser
            .hears(&[
                "status: Joining the class… Stop",
                "status: You're already in Biology 7b Open class If Google asks, pick \
                 sam@school.example there.",
            ])
            .await?;
        widget.sign_out().await?;
        stage.browser.hears(&["status: You're signed out."]).await
    })
    .await
}

#[tokio::test]
async fn a_refusal_is_told_with_what_can_be_done() -> Result<()> {
    listening("", async |stage, widget| {
        widget.sign_in(SAM).await?;
        stage.browser.hears(&[&signed_in(SAM.email)]).await?;
        widget.join().with("archive").await?;
        widget.error("CourseNotModifiable").await?;
        stage
            .browser
            .hears(&[
                "status: Joining the class… Stop",
                "alert: This class is closed It has been archived, so nobody can join it. Ask your \
                 teacher to reopen it. Details for IT",
            ])
            .await?;
        widget.join().with("k5x").await?;
        stage
            .browser
            .hears(&[
                "alert: That doesn't look like a class code A class code has 5 to 12 letters and \
                 numbers, like k5xq2ma. Check it with your teacher, or paste the invite link. \
                 Details for IT",
            ])
            .await
    })
    .await
}

#[tokio::test]
async fn a_pause_is_told_once() -> Result<()> {
    listening("course=741234567890", async |stage, widget| {
        widget.sign_in(SAM).await?;
        stage.browser.hears(&[&signed_in(SAM.email)]).await?;
        let busy = Fault::google(429, "RESOURCE_EXHAUSTED", "Quota exceeded.");
        let busy = busy.retry_after("20").on("POST", STUDENTS).times(1);
        stage.sandbox.faults(&[busy]).await?;
        widget.join().with(BIOLOGY.code).await?;
        let (_, length) = widget.progress().wait_for_countdown().await?;
        let again = format!(
            "status: Google Classroom is busy right now Trying again in {} s. Stop Try now",
            length.as_secs()
        );
        stage
            .browser
            .hears(&["status: Joining the class… Stop", &again])
            .await?;
        widget.progress().stop().await?;
        stage
            .browser
            .hears(&["status: Stopped. You can try again: nothing happens twice."])
            .await
    })
    .await
}

#[tokio::test]
async fn a_mistyped_code_is_told_with_what_it_may_be() -> Result<()> {
    listening("", async |stage, widget| {
        widget.join().type_in("k5xq2m8").await?;
        stage.browser.find(&button("k5xq2mb")).await?;
        stage
            .browser
            .hears(&["status: Class codes never have 0, 1, 8 or 9. Did you mean: k5xq2mb"])
            .await
    })
    .await
}

#[tokio::test]
async fn a_search_that_finds_nothing_says_so() -> Result<()> {
    listening("view=invite", async |stage, widget| {
        widget.sign_in(TOM).await?;
        stage
            .browser
            .wait_for_text("Type a part of its name")
            .await?;
        stage.browser.hears(&[&signed_in(TOM.email)]).await?;
        widget.invite().class().type_in("zz").await?;
        stage
            .browser
            .hears(&["status: No class fits. Try another part of its name."])
            .await
    })
    .await
}

#[tokio::test]
async fn an_answered_invitation_is_told() -> Result<()> {
    listening("view=received", async |stage, widget| {
        widget.sign_in(WANDA).await?;
        stage
            .browser
            .hears(&[&signed_in(WANDA.email), ONE_WAITS])
            .await?;
        stage.browser.press(&button("Accept")).await?;
        stage
            .browser
            .hears(&[
                "status: Accepting the invitation… Stop",
                "status: You're in Biology 7b Open class If Google asks, pick \
                 wanda@school.example there.",
            ])
            .await?;
        stage.browser.press(&button("Refresh")).await?;
        stage
            .browser
            .hears(&["status: No invitations are waiting for you"])
            .await
    })
    .await
}

#[tokio::test]
async fn a_declined_invitation_is_told() -> Result<()> {
    listening("view=received", async |stage, widget| {
        widget.sign_in(CARL).await?;
        stage
            .browser
            .hears(&[&signed_in(CARL.email), ONE_WAITS])
            .await?;
        stage.browser.press(&button("Decline")).await?;
        // The question has the focus, and is read for that; it is no news.
        stage.browser.hears(&[]).await?;
        stage.browser.press(&button("Decline")).await?;
        stage
            .browser
            .hears(&[
                "status: Declining the invitation… Stop",
                "status: Invitation to Chess declined",
            ])
            .await
    })
    .await
}

#[tokio::test]
async fn a_review_and_what_is_sent_are_told_in_numbers() -> Result<()> {
    let parameters = format!("view=invite&course={}", BIOLOGY.id);
    listening(&parameters, async |stage, widget| {
        widget.sign_in(TOM).await?;
        stage.browser.find(&Invite::addresses()).await?;
        stage.browser.hears(&[&signed_in(TOM.email)]).await?;
        let invite = widget.invite();
        let review = invite
            .check("maya@school.example wanda@school.example sam@school")
            .await?;
        stage
            .browser
            .hears(&[
                "status: Checking who is in the class already… Stop",
                CHECKED_1_OF_3,
            ])
            .await?;
        review.send().await?;
        stage
            .browser
            .hears(&["status: Sending invitations…", SENT_1])
            .await
    })
    .await
}

#[tokio::test]
async fn a_long_run_is_told_in_quarters() -> Result<()> {
    let parameters = format!("view=invite&course={}", ART.id);
    listening(&parameters, async |stage, widget| {
        let mut school = stage.sandbox.state().await?;
        let accounts = school["accounts"].as_array_mut().context("no accounts")?;
        let emails: Vec<_> = (0..40)
            .map(|n| format!("pupil{n:02}@school.example"))
            .collect();
        for (number, email) in emails.iter().enumerate() {
            accounts.push(json!({
                "id": format!("1300000000000000{number:05}"), "email": email, "name": email,
            }));
        }
        stage.sandbox.put_state(&school).await?;
        widget.sign_in(TOM).await?;
        stage.browser.hears(&[&signed_in(TOM.email)]).await?;
        let review = widget.invite().check(&emails.join("\n")).await?;
        stage
            .browser
            .hears(&[
                "status: Checking who is in the class already… Stop",
                CHECKED_40,
            ])
            .await?;
        review.send().await?;
        review.wait_over(Duration::from_secs(40)).await?;
        stage
            .browser
            .hears(&[
                "status: Sending invitations…",
                "status: 10 of 40",
                "status: 20 of 40",
                "status: 30 of 40",
                SENT_40,
            ])
            .await
    })
    .await
}

#[tokio::test]
async fn pausing_and_stopping_are_told() -> Result<()> {
    let parameters = format!("view=invite&course={}", ART.id);
    listening(&parameters, async |stage, widget| {
        widget.sign_in(TOM).await?;
        stage.browser.hears(&[&signed_in(TOM.email)]).await?;
        let review = widget
            .invite()
            .check("maya@school.example wanda@school.example")
            .await?;
        stage
            .browser
            .hears(&[
                "status: Checking who is in the class already… Stop",
                CHECKED_2,
            ])
            .await?;
        let sent_in = |delay| Fault::delayed(delay).on("POST", INVITATIONS);
        let refused = Fault::google(409, "ABORTED", "Aborted.");
        let refused = refused
            .on("POST", INVITATIONS)
            .after(Duration::from_secs(10));
        stage
            .sandbox
            .faults(&[refused.times(1), sent_in(Duration::from_secs(10)).times(1)])
            .await?;
        review.send().await?;
        stage
            .browser
            .hears(&["status: Sending invitations…"])
            .await?;
        review.press("Pause").await?;
        stage.browser.hears(&["status: Paused."]).await?;
        review.press("Resume").await?;
        stage
            .browser
            .hears(&["status: Sending invitations…"])
            .await?;
        review.press("Stop").await?;
        stage
            .browser
            .hears(&["status: Stopping after the ones on their way…", SENT_1_OF_2])
            .await
    })
    .await
}

#[tokio::test]
async fn what_becomes_of_an_open_invitation_is_told() -> Result<()> {
    let parameters = format!("view=invite&course={}", BIOLOGY.id);
    listening(&parameters, async |stage, widget| {
        widget.sign_in(TOM).await?;
        widget.pending().of(WANDA.email).await.ok();
        stage.browser.wait_for_text(WANDA.email).await?;
        stage.browser.hears(&[&signed_in(TOM.email)]).await?;
        let pending = widget.pending();
        for (button, words) in [
            (
                "Change to co-teacher",
                [
                    "status: Changing the role… Stop",
                    "status: wanda@school.example is now invited as a co-teacher",
                ],
            ),
            (
                "Send again",
                [
                    "status: Sending the invitation again… Stop",
                    "status: A new invitation waits for wanda@school.example",
                ],
            ),
            (
                "Withdraw",
                [
                    "status: Withdrawing the invitation… Stop",
                    "status: The invitation of wanda@school.example is withdrawn Undo",
                ],
            ),
        ] {
            pending.press(WANDA.email, button).await?;
            stage.browser.hears(&words).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_copied_and_switched_is_told() -> Result<()> {
    let parameters = format!("view=invite&course={}", HOMEROOM.id);
    listening(&parameters, async |stage, widget| {
        widget.sign_in(TOM).await?;
        widget.share().wait_code(HOMEROOM.code).await?;
        stage.browser.find(&Share::switch()).await?;
        stage.browser.hears(&[&signed_in(TOM.email)]).await?;
        for copy in ["Copy code", "Copy link", "Copy link"] {
            stage.browser.press(&button(copy)).await?;
            stage.browser.hears(&["status: Copied"]).await?;
        }
        let google = widget.share().press_switch_for_permission().await?;
        google.allow().await?;
        stage
            .browser
            .hears(&[
                "status: Changing the class… Stop",
                "status: Students can now join with the code alone",
            ])
            .await?;
        widget.share().press_switch().await?;
        stage
            .browser
            .hears(&[
                "status: Changing the class… Stop",
                "status: Students can't join with the code alone any more",
            ])
            .await
    })
    .await
}

#[tokio::test]
async fn added_students_are_told() -> Result<()> {
    play(async |stage| {
        let config = json!({ "views": ["enroll", "join"], "course": BIOLOGY.id });
        stage.sandbox.configure(config).await?;
        stage.browser.attend().await?;
        let widget = stage.open("view=enroll").await?;
        widget.enroll().wait().await?;
        widget.sign_in(ADA).await?;
        stage.browser.hears(&[&signed_in(ADA.email)]).await?;
        let review = widget.enroll().check(MAYA.email).await?;
        stage
            .browser
            .hears(&[
                "status: Checking who is in the class already… Stop",
                CHECKED_1,
            ])
            .await?;
        review.send().await?;
        stage
            .browser
            .hears(&["status: Adding students…", ADDED_1])
            .await
    })
    .await
}

#[tokio::test]
async fn whom_the_page_asks_about_first_is_no_news() -> Result<()> {
    let parameters = format!("view=invite&course={}", ART.id);
    listening(&parameters, async |stage, widget| {
        widget.sign_in(TOM).await?;
        stage.browser.hears(&[&signed_in(TOM.email)]).await?;
        let review = widget.invite().check(OTTO.email).await?;
        stage
            .browser
            .hears(&[
                "status: Checking who is in the class already… Stop",
                CHECKED_1,
            ])
            .await?;
        review.send().await?;
        let question = hallpass_e2e::find::Role::Group.beginning("Some addresses");
        ensure!(
            stage.browser.has_focus(&question).await?,
            "read by its focus"
        );
        stage.browser.hears(&[]).await
    })
    .await
}
