//! The invitations that wait for whoever is signed in: seen, counted, accepted, declined.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    browser::Options,
    fault::{Drop, Fault},
    find::{Shown, button},
    pages::{Received, Widget},
    play, play_with,
    school::{BIOLOGY, CARL, CHESS, IKE, IVY, MAYA, OTTO, Person, WANDA},
};
use serde_json::{Value, json};
use thirtyfour::Key;

const INVITATIONS: &str = "/v1/invitations";
const COURSES: &str = "/v1/courses/";

/// What stands in the place of a name that may not be read yet.
const UNNAMED: &str = "A class whose name you can't see yet";

const SECRET: &str = "760200000203";
const DRAMA: &str = "760200000201";

/// What Ivy is invited to, in the order in which the API lists it.
const IVYS: [&str; 9] = [
    "Biology 7b Period 3",
    "Drama Club Invitations",
    "Crowded Choir Invitations",
    UNNAMED,
    "Accepted in another window Invitations",
    "Withdrawn in the meantime Invitations",
    "Full house Sandbox",
    "Last year's Latin Sandbox",
    "One group too many Sandbox",
];

const DRAMA_CLUB: &str = IVYS[1];

/// This person is signed in and looks at their invitations.
async fn looks<'a>(stage: &'a Stage, person: Person) -> Result<Widget<'a>> {
    let widget = stage.open("view=received").await?;
    widget.received().wait().await?;
    widget.sign_in(person).await?;
    Ok(widget)
}

async fn ivy_looks(stage: &Stage) -> Result<Widget<'_>> {
    let widget = looks(stage, IVY).await?;
    widget.received().wait_classes(&IVYS).await?;
    Ok(widget)
}

/// All of them but these.
fn without(gone: &[&str]) -> Vec<&'static str> {
    IVYS.into_iter()
        .filter(|class| !gone.contains(class))
        .collect()
}

async fn is_invited(stage: &Stage, person: Person, course: &str) -> Result<bool> {
    let school = stage.sandbox.school().await?;
    Ok(!school.invited(person.email, course).is_empty())
}

async fn number_of(stage: &Stage, email: &str) -> Result<Value> {
    let state = stage.sandbox.state().await?;
    let mut accounts = state["accounts"].as_array().into_iter().flatten();
    let account = accounts.find(|account| account["email"] == email);
    Ok(account.with_context(|| format!("no {email}"))?["id"].clone())
}

/// Somebody else invites this person, somewhere else.
async fn becomes_invited(stage: &Stage, person: Person, course: &str, role: &str) -> Result<()> {
    let user = number_of(stage, person.email).await?;
    let mut state = stage.sandbox.state().await?;
    let invitations = state["invitations"].as_array_mut().context("invitations")?;
    invitations.push(json!({ "id": "later", "userId": user, "courseId": course, "role": role }));
    stage.sandbox.put_state(&state).await
}

fn accepting(fault: Fault) -> Fault {
    fault.on("POST", INVITATIONS)
}

fn declining(fault: Fault) -> Fault {
    fault.on("DELETE", INVITATIONS)
}

fn unavailable() -> Fault {
    Fault::google(503, "UNAVAILABLE", "The service is currently unavailable.").retry_after("0")
}

fn patient() -> Options {
    Options {
        patience: Duration::from_secs(40),
        ..Options::default()
    }
}

#[tokio::test]
async fn everything_that_waits_is_listed_with_class_and_role_and_counted_in_the_navigation()
-> Result<()> {
    play(async |stage| {
        let widget = ivy_looks(stage).await?;
        let received = widget.received();
        let list = received.list().await?;
        for one in &list {
            assert_eq!(one.actions, ["Accept", "Decline"]);
        }
        assert_eq!(list[0].role, "You're invited as a co-teacher.");
        assert_eq!(list[1].role, "You're invited as a student.");
        let class = received.button(DRAMA_CLUB, "Accept").await?;
        let by = class.attr("aria-describedby").await?.context("described")?;
        let described = stage
            .browser
            .driver()
            .find(thirtyfour::By::Id(by))
            .await?
            .shown_text()
            .await?;
        ensure!(described.contains("Drama Club") && described.contains("as a student"));
        // The link keeps its name; the number describes it.
        received.wait_count(9).await?;
        ensure!(stage.sandbox.writes().await?.is_empty());
        assert_eq!(widget.cards().await?, [""; 0]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn invitations_on_several_pages_are_all_listed() -> Result<()> {
    play(async |stage| {
        stage
            .sandbox
            .behave(json!({ "invitationsPerPage": 2 }))
            .await?;
        let widget = ivy_looks(stage).await?;
        widget.received().wait_count(9).await
    })
    .await
}

#[tokio::test]
async fn a_class_that_may_not_be_read_has_a_line_of_its_own_and_its_name_once_accepted()
-> Result<()> {
    play(async |stage| {
        let widget = ivy_looks(stage).await?;
        widget.received().press(UNNAMED, "Accept").await?;
        let card = widget.outcome("accepted").await?;
        ensure!(card.text.contains("Secret Society"), "{card:?}");
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(IVY.email, SECRET), 1);
        widget.received().wait_classes(&without(&[UNNAMED])).await
    })
    .await
}

#[tokio::test]
async fn where_no_name_may_be_read_everything_can_be_answered_all_the_same() -> Result<()> {
    play(async |stage| {
        stage
            .sandbox
            .behave(json!({ "invitedSeeClass": false }))
            .await?;
        let widget = looks(stage, IVY).await?;
        let received = widget.received();
        received.wait_classes(&[UNNAMED; 9]).await?;
        assert_eq!(widget.cards().await?, [""; 0]);
        received.press(UNNAMED, "Accept").await?;
        let card = widget.outcome("accepted").await?;
        ensure!(card.text.contains("You teach Biology 7b now"), "{card:?}");
        received.wait_classes(&[UNNAMED; 8]).await?;
        received.decline(UNNAMED).await?;
        let card = widget.outcome("declined").await?;
        ensure!(card.text.contains("Invitation declined"), "{card:?}");
        received.wait_count(7).await
    })
    .await
}

#[tokio::test]
async fn without_the_permission_to_read_classes_nothing_is_asked_about_them() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("view=received").await?;
        let google = widget.open_signin().await?;
        google.choose(WANDA).await?;
        google.wait_for_consent().await?;
        google.untick("View your Google Classroom classes").await?;
        google.allow().await?;
        widget.wait_signed_in(WANDA).await?;
        widget.received().wait_classes(&[UNNAMED]).await?;
        let calls = stage.sandbox.calls().await?;
        let asked = calls.iter().filter(|call| call.path.starts_with(COURSES));
        ensure!(asked.count() <= 1, "{calls:#?}");
        widget.received().press(UNNAMED, "Accept").await?;
        let card = widget.outcome("accepted").await?;
        ensure!(card.text.contains("You're in"), "{card:?}");
        ensure!(card.link("Open class")?.starts_with(&BIOLOGY.link()));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn who_accepts_is_in_the_class_and_is_led_to_it_and_to_the_next_invitation() -> Result<()> {
    play(async |stage| {
        let widget = ivy_looks(stage).await?;
        let received = widget.received();
        received.press(DRAMA_CLUB, "Accept").await?;
        let card = widget.outcome("accepted").await?;
        ensure!(card.text.contains("You're in Drama Club"), "{card:?}");
        ensure!(card.text.contains(IVY.email), "which account? {card:?}");
        card.link("Open class")?;
        received.wait_classes(&without(&[DRAMA_CLUB])).await?;
        received.wait_count(8).await?;
        ensure!(received.has_focus(IVYS[2], "Accept").await?);
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(IVY.email, DRAMA), 1);
        assert_eq!(school.times_teacher(IVY.email, DRAMA), 0);

        received.press(IVYS[0], "Accept").await?;
        stage
            .browser
            .wait_for_text("You teach Biology 7b now")
            .await?;
        received.wait_count(7).await?;
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_teacher(IVY.email, BIOLOGY.id), 1);
        let writes = stage.sandbox.writes().await?;
        assert_eq!(writes.len(), 2);
        ensure!(writes.iter().all(|call| call.path.ends_with(":accept")));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_last_invitation_leaves_the_focus_on_the_heading_and_no_count() -> Result<()> {
    play(async |stage| {
        let widget = looks(stage, WANDA).await?;
        let received = widget.received();
        received.wait_count(1).await?;
        received.press("Biology 7b Period 3", "Accept").await?;
        let card = widget.outcome("accepted").await?;
        ensure!(
            card.link("Open class")?.starts_with(&BIOLOGY.link()),
            "{card:?}"
        );
        ensure!(stage.browser.has_focus(&Received::heading()).await?);
        received.wait_classes(&[]).await?;
        received.wait_count(0).await?;
        stage
            .browser
            .wait_for_text("New invitations show up here.")
            .await
    })
    .await
}

#[tokio::test]
async fn a_no_is_asked_once_more_and_can_be_thought_better_of() -> Result<()> {
    play(async |stage| {
        let widget = ivy_looks(stage).await?;
        let received = widget.received();
        received.press(DRAMA_CLUB, "Decline").await?;
        let asked = received.to(DRAMA_CLUB).await?;
        ensure!(asked.words.contains("has to invite you again"), "{asked:?}");
        assert_eq!(asked.actions, ["Decline", "Keep it"]);
        received.press(DRAMA_CLUB, "Keep it").await?;
        assert_eq!(
            received.to(DRAMA_CLUB).await?.actions,
            ["Accept", "Decline"]
        );
        ensure!(received.has_focus(DRAMA_CLUB, "Decline").await?);
        ensure!(stage.sandbox.writes().await?.is_empty());

        // One question at a time.
        received.press(DRAMA_CLUB, "Decline").await?;
        received.press(IVYS[0], "Decline").await?;
        assert_eq!(
            received.to(DRAMA_CLUB).await?.actions,
            ["Accept", "Decline"]
        );
        received.press(IVYS[0], "Keep it").await?;

        received.decline(DRAMA_CLUB).await?;
        let card = widget.outcome("declined").await?;
        ensure!(card.text.contains("Invitation to Drama Club declined"));
        received.wait_classes(&without(&[DRAMA_CLUB])).await?;
        received.wait_count(8).await?;
        ensure!(!is_invited(stage, IVY, DRAMA).await?);
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(IVY.email, DRAMA), 0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_class_is_only_taken_over_after_it_was_said_what_that_means() -> Result<()> {
    play(async |stage| {
        let widget = looks(stage, CARL).await?;
        let (received, chess) = (widget.received(), "Chess After school");
        received.wait_classes(&[chess]).await?;
        let offer = received.to(chess).await?;
        assert_eq!(offer.role, "You're invited to become the owner.");
        received.press(chess, "Accept").await?;
        let asked = received.to(chess).await?;
        ensure!(asked.words.contains("only you will be able to delete it"));
        received.press(chess, "Not now").await?;
        ensure!(stage.sandbox.writes().await?.is_empty());
        ensure!(received.has_focus(chess, "Accept").await?);

        received.press(chess, "Accept").await?;
        stage
            .browser
            .find(&hallpass_e2e::find::Role::Group.named("Become the owner of this class?"))
            .await?;
        received.press(chess, "Accept").await?;
        let card = widget.outcome("accepted").await?;
        ensure!(card.text.contains("Chess is yours now"), "{card:?}");
        let state = stage.sandbox.state().await?;
        let mut courses = state["courses"].as_array().into_iter().flatten();
        let owned = courses.find(|course| course["id"] == CHESS.id);
        let owner = owned.context("no Chess")?["ownerId"].clone();
        assert_eq!(owner, number_of(stage, CARL.email).await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_was_answered_elsewhere_is_success_after_a_look_up() -> Result<()> {
    play(async |stage| {
        let widget = ivy_looks(stage).await?;
        let received = widget.received();
        let elsewhere = IVYS[4];
        received.press(elsewhere, "Accept").await?;
        let card = widget.outcome("accepted").await?;
        ensure!(
            card.text.contains("You're in Accepted in another window"),
            "{card:?}"
        );
        let calls = stage.sandbox.calls().await?;
        ensure!(
            calls
                .iter()
                .any(|call| call.is("GET", &format!("{COURSES}760200000204/students/me"))),
            "nobody looked"
        );
        received.wait_classes(&without(&[elsewhere])).await?;
        received.wait_count(8).await
    })
    .await
}

#[tokio::test]
async fn what_was_withdrawn_meanwhile_is_no_longer_open_and_the_list_is_read_anew() -> Result<()> {
    play(async |stage| {
        let widget = ivy_looks(stage).await?;
        let received = widget.received();
        let withdrawn = IVYS[5];
        // Another one comes in between.
        becomes_invited(stage, IVY, CHESS.id, "STUDENT").await?;
        received.press(withdrawn, "Accept").await?;
        let card = widget.error("NOT_FOUND").await?;
        assert_eq!(card.title, "This invitation is no longer open");
        ensure!(
            card.offers("Refresh") && !card.offers("Try again"),
            "{card:?}"
        );
        let mut left = without(&[withdrawn]);
        left.push("Chess After school");
        received.wait_classes(&left).await?;
        received.wait_count(9).await?;
        assert_eq!(widget.cards().await?, ["NOT_FOUND"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn declining_what_is_gone_already_is_success() -> Result<()> {
    play(async |stage| {
        let widget = ivy_looks(stage).await?;
        let received = widget.received();
        for gone in [IVYS[4], IVYS[5]] {
            received.decline(gone).await?;
            stage
                .browser
                .wait_for_text("This invitation was gone already")
                .await?;
            widget.outcome("declined").await?;
            stage
                .browser
                .wait_until("it has left the list", async || {
                    let list = received.list().await?;
                    Ok(list.iter().all(|one| one.class != gone))
                })
                .await?;
        }
        received.wait_count(7).await
    })
    .await
}

/// Accepts each of these invitations in turn, which ends in this reason and leaves it waiting.
async fn told_as(person: Person, refused: &[(&str, &str, &str)]) -> Result<()> {
    play(async |stage| {
        let widget = looks(stage, person).await?;
        let received = widget.received();
        for (class, reason, words) in refused {
            received.press(class, "Accept").await?;
            widget
                .progress()
                .hurry_until("a card shows", async || {
                    Ok(widget.cards().await?.iter().any(|card| card == reason))
                })
                .await
                .with_context(|| (*class).to_owned())?;
            let card = widget.error(reason).await?;
            ensure!(card.text.contains(words), "{class}: {card:?}");
            let one = received.to(class).await?;
            assert_eq!(one.actions, ["Accept", "Decline"], "{class}");
            // It is on the next one where the list was read anew.
            // Who had to press "Try now" is where it is told what has come of that.
            let focused = stage.browser.active_element().await?.shown_text().await?;
            let is_at_card = focused.contains(words) && focused.contains("Try again");
            ensure!(focused == "Accept" || is_at_card, "{class}: {focused}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_up_with_the_class_is_told_to_whoever_is_invited() -> Result<()> {
    told_as(
        IVY,
        &[
            (
                "Crowded Choir Invitations",
                "CourseTeacherLimitReached",
                "Tell whoever invited you",
            ),
            (
                "Full house Sandbox",
                "CourseMemberLimitReached",
                "Tell whoever invited you",
            ),
            (
                "Last year's Latin Sandbox",
                "CourseNotModifiable",
                "Ask whoever invited you to reopen it",
            ),
            (
                "One group too many Sandbox",
                "UserGroupsMembershipLimitReached",
                "Leave some you no longer use",
            ),
        ],
    )
    .await
}

#[tokio::test]
async fn what_is_up_with_the_account_or_the_page_is_told_to_whoever_is_invited() -> Result<()> {
    told_as(
        IKE,
        &[
            (
                "Switched-off account Sandbox",
                "FAILED_PRECONDITION",
                "switched off",
            ),
            (
                "Unheard-of reason Sandbox",
                "CourseOnFieldTrip",
                "isn't possible right now",
            ),
            (
                "Classroom is off Sandbox",
                "ClassroomDisabled",
                "can't use Classroom",
            ),
            (
                "Data access is off Sandbox",
                "ClassroomApiDisabled",
                "let apps use Classroom",
            ),
            (
                "API is off in the project Sandbox",
                "SERVICE_DISABLED",
                "isn't set up",
            ),
            (
                "Blocked by the administrator Sandbox",
                "USER_BLOCKED_BY_ADMIN",
                "blocked",
            ),
            (
                "Class went missing Sandbox",
                "CourseNotFound",
                "couldn't find this class",
            ),
            ("Aborted Sandbox", "ABORTED", "came in between"),
            (
                "Too many joins today Sandbox",
                "UserCourseJoinRateLimitReached",
                "tomorrow",
            ),
        ],
    )
    .await
}

#[tokio::test]
async fn an_account_that_google_bars_is_told_so_and_leaves_nothing_on_the_page() -> Result<()> {
    play(async |stage| {
        let widget = looks(stage, IKE).await?;
        widget
            .received()
            .press("Account in a bad state Sandbox", "Accept")
            .await?;
        let card = widget.error("ACCOUNT_STATE_INVALID").await?;
        ensure!(card.text.contains("blocked"), "{card:?}");
        widget.received().wait_classes(&[]).await?;
        widget.received().wait_count(0).await?;
        widget.sign_in(WANDA).await?;
        widget
            .received()
            .wait_classes(&["Biology 7b Period 3"])
            .await
    })
    .await
}

#[tokio::test]
async fn what_is_up_with_google_or_the_network_is_told_to_whoever_is_invited() -> Result<()> {
    told_as(
        IKE,
        &[
            ("Rate limit Sandbox", "RATE_LIMIT_EXCEEDED", "busy"),
            ("Internal error Sandbox", "INTERNAL", "It's not you"),
            ("Unavailable Sandbox", "UNAVAILABLE", "It's not you"),
            (
                "Deadline exceeded Sandbox",
                "DEADLINE_EXCEEDED",
                "It's not you",
            ),
            (
                "A filter's page Sandbox",
                "BAD_RESPONSE",
                "Your network answered",
            ),
            (
                "An empty answer Sandbox",
                "BAD_RESPONSE",
                "Your network answered",
            ),
            (
                "Connection lost before Sandbox",
                "NETWORK",
                "We can't reach Google Classroom",
            ),
        ],
    )
    .await
}

#[tokio::test]
async fn an_acceptance_whose_answer_gets_lost_is_looked_up() -> Result<()> {
    play_with(patient(), async |stage| {
        let widget = looks(stage, IKE).await?;
        let lost = "Connection lost after Sandbox";
        widget.received().press(lost, "Accept").await?;
        let card = widget.outcome("accepted").await?;
        ensure!(card.text.contains("Connection lost after"), "{card:?}");
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(IKE.email, "760100000124"), 1);
        widget.received().wait_count(19).await
    })
    .await
}

#[tokio::test]
async fn a_sign_in_that_ran_out_is_renewed_and_the_answer_goes_on() -> Result<()> {
    play(async |stage| {
        let widget = looks(stage, IKE).await?;
        let class = "Sign-in ran out Sandbox";
        widget.received().press(class, "Accept").await?;
        widget.error("UNAUTHENTICATED").await?;
        // Google knows who it was, and asks nothing.
        widget.follow("Sign in with Google").await?;
        let card = widget.outcome("accepted").await?;
        ensure!(card.text.contains("Sign-in ran out"), "{card:?}");
        widget.received().wait_count(19).await?;
        assert_eq!(widget.cards().await?, ["accepted"]);
        Ok(())
    })
    .await
}

/// One or two hindrances on the way of either answer are overcome unseen, and each is given once.
async fn is_answered_despite(faults: Vec<Fault>) -> Result<()> {
    play_with(patient(), async |stage| {
        let widget = ivy_looks(stage).await?;
        let received = widget.received();
        stage.sandbox.faults(&faults).await?;
        received.press(DRAMA_CLUB, "Accept").await?;
        let card = widget.outcome("accepted").await?;
        ensure!(card.text.contains("Drama Club"), "{card:?}");
        received.decline(IVYS[0]).await?;
        let card = widget.outcome("declined").await?;
        ensure!(
            card.text.contains("Invitation to Biology 7b declined"),
            "{card:?}"
        );
        received
            .wait_classes(&without(&[DRAMA_CLUB, IVYS[0]]))
            .await?;
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(IVY.email, DRAMA), 1);
        assert_eq!(school.times_teacher(IVY.email, BIOLOGY.id), 0);
        ensure!(school.invited(IVY.email, BIOLOGY.id).is_empty());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn answers_that_get_lost_after_they_were_given_are_looked_up() -> Result<()> {
    is_answered_despite(vec![
        accepting(Fault::dropped(Drop::After)),
        declining(Fault::dropped(Drop::After)),
    ])
    .await
}

#[tokio::test]
async fn answers_that_get_lost_before_they_were_given_are_given_again() -> Result<()> {
    is_answered_despite(vec![
        accepting(Fault::dropped(Drop::Before)).times(2),
        declining(Fault::dropped(Drop::Before)).times(2),
    ])
    .await
}

#[tokio::test]
async fn a_busy_google_is_asked_again() -> Result<()> {
    let busy = || Fault::google(429, "RESOURCE_EXHAUSTED", "Quota exceeded.").retry_after("1");
    is_answered_despite(vec![
        accepting(busy()).times(1),
        declining(unavailable()).times(2),
    ])
    .await
}

#[tokio::test]
async fn what_fails_for_good_leaves_the_invitation_and_is_done_by_try_again() -> Result<()> {
    play(async |stage| {
        let widget = ivy_looks(stage).await?;
        let received = widget.received();
        let faults = [accepting(unavailable()), declining(unavailable())];
        stage.sandbox.faults(&faults).await?;
        received.press(DRAMA_CLUB, "Accept").await?;
        let card = widget.error("UNAVAILABLE").await?;
        ensure!(card.offers("Try again"), "{card:?}");
        stage.sandbox.faults(&[]).await?;
        widget.follow("Try again").await?;
        widget.outcome("accepted").await?;

        stage.sandbox.faults(&faults).await?;
        received.decline(IVYS[0]).await?;
        widget.error("UNAVAILABLE").await?;
        received.wait_count(8).await?;
        stage.sandbox.faults(&[]).await?;
        widget.follow("Try again").await?;
        widget.outcome("declined").await?;
        received.wait_count(7).await
    })
    .await
}

#[tokio::test]
async fn a_list_that_cannot_be_read_says_why_and_is_read_by_its_button() -> Result<()> {
    play(async |stage| {
        stage
            .sandbox
            .faults(&[unavailable().on("GET", INVITATIONS)])
            .await?;
        let widget = looks(stage, WANDA).await?;
        let card = widget.error("UNAVAILABLE").await?;
        ensure!(card.offers("Try again"), "{card:?}");
        let page = stage.browser.text().await?;
        ensure!(!page.contains("No invitations"), "{page}");
        widget.received().wait_count(0).await?;
        stage.sandbox.faults(&[]).await?;
        stage.browser.press(&Received::show_button()).await?;
        widget
            .received()
            .wait_classes(&["Biology 7b Period 3"])
            .await?;
        assert_eq!(widget.cards().await?, [""; 0]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn who_stops_an_answer_reads_what_became_of_it() -> Result<()> {
    play(async |stage| {
        let widget = ivy_looks(stage).await?;
        let received = widget.received();
        // Carried out at once, answered late.
        let late = accepting(Fault::delayed(Duration::from_secs(8)));
        stage.sandbox.faults(&[late.times(1)]).await?;
        received.press(DRAMA_CLUB, "Accept").await?;
        stage
            .browser
            .wait_until("she is in", async || {
                let school = stage.sandbox.school().await?;
                Ok(school.times_student(IVY.email, DRAMA) == 1)
            })
            .await?;
        stage.browser.press(&button("Stop")).await?;
        let card = widget.outcome("accepted").await?;
        ensure!(card.text.contains("Drama Club"), "{card:?}");

        // Stopped before anything has happened.
        let slow = accepting(Fault::status(503)).after(Duration::from_secs(8));
        stage.sandbox.faults(&[slow.times(1)]).await?;
        received.press(IVYS[0], "Accept").await?;
        stage.browser.press(&button("Stop")).await?;
        stage.browser.wait_for_text("Stopped.").await?;
        let one = received.to(IVYS[0]).await?;
        assert_eq!(one.actions, ["Accept", "Decline"]);
        received.wait_count(8).await
    })
    .await
}

#[tokio::test]
async fn who_is_invited_to_nothing_is_told_so_and_sees_what_comes_later() -> Result<()> {
    play(async |stage| {
        let widget = looks(stage, MAYA).await?;
        let card = widget.outcome("none-waiting").await?;
        ensure!(card.text.contains("No invitations are waiting for you"));
        widget.received().wait_count(0).await?;

        let before = stage.sandbox.state().await?;
        becomes_invited(stage, MAYA, CHESS.id, "TEACHER").await?;
        stage.browser.press(&button("Refresh")).await?;
        widget
            .received()
            .wait_classes(&["Chess After school"])
            .await?;
        assert_eq!(widget.cards().await?, [""; 0]);
        widget.received().wait_count(1).await?;

        // Nothing any more, where it was.
        stage.sandbox.put_state(&before).await?;
        stage.browser.press(&button("Refresh")).await?;
        widget.outcome("none-waiting").await?;
        widget.received().wait_count(0).await
    })
    .await
}

#[tokio::test]
async fn signed_out_it_says_what_to_do_first_and_shows_nothing_of_anybody() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("view=received").await?;
        stage
            .browser
            .wait_for_text("Sign in to see your invitations.")
            .await?;
        widget.sign_in(IVY).await?;
        widget.received().wait_count(9).await?;
        widget.sign_out().await?;
        widget.wait_signed_out().await?;
        assert_eq!(widget.received().list().await?, []);
        assert_eq!(widget.received().count().await?, None);
        let page = stage.browser.text().await?;
        ensure!(!page.contains("Drama Club"), "{page}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn another_account_has_invitations_of_its_own() -> Result<()> {
    play(async |stage| {
        let widget = ivy_looks(stage).await?;
        widget.open_switch_account().await?.sign_in(OTTO).await?;
        widget.wait_signed_in(OTTO).await?;
        widget
            .received()
            .wait_classes(&["Biology 7b Period 3"])
            .await?;
        widget.received().wait_count(1).await?;
        widget
            .received()
            .press("Biology 7b Period 3", "Accept")
            .await?;
        widget.outcome("accepted").await?;
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_teacher(OTTO.email, BIOLOGY.id), 1);
        assert_eq!(school.times_teacher(IVY.email, BIOLOGY.id), 0);

        widget.open_switch_account().await?.sign_in(MAYA).await?;
        widget.wait_signed_in(MAYA).await?;
        widget.outcome("none-waiting").await?;
        widget.received().wait_count(0).await
    })
    .await
}

#[tokio::test]
async fn the_count_stays_in_the_navigation_of_the_other_views() -> Result<()> {
    play(async |stage| {
        let widget = ivy_looks(stage).await?;
        widget.go_to("Join a class").await?;
        widget.join().wait().await?;
        widget.received().wait_count(9).await?;
        widget.go_to("My invitations").await?;
        widget.received().wait_classes(&IVYS).await
    })
    .await
}

#[tokio::test]
async fn a_join_that_is_refused_points_to_the_invitations() -> Result<()> {
    play(async |stage| {
        let widget = stage.open(&format!("course={SECRET}")).await?;
        widget.sign_in(IVY).await?;
        widget.join().with("wr2ngco").await?;
        let card = widget.error("PERMISSION_DENIED").await?;
        ensure!(card.offers("My invitations"), "{card:?}");
        widget.follow("My invitations").await?;
        widget.received().wait_classes(&IVYS).await?;
        assert_eq!(widget.cards().await?, [""; 0]);
        widget.received().press(UNNAMED, "Accept").await?;
        let card = widget.outcome("accepted").await?;
        ensure!(card.text.contains("Secret Society"), "{card:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_page_without_that_view_points_nobody_to_it() -> Result<()> {
    play(async |stage| {
        stage
            .sandbox
            .configure(json!({ "views": ["join", "invite"] }))
            .await?;
        let widget = stage.open(&format!("course={SECRET}")).await?;
        widget.sign_in(IVY).await?;
        widget.join().with("wr2ngco").await?;
        let card = widget.error("PERMISSION_DENIED").await?;
        ensure!(!card.offers("My invitations"), "{card:?}");
        ensure!(!stage.browser.shows(&Received::link()).await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_second_press_is_no_second_answer() -> Result<()> {
    play(async |stage| {
        let widget = ivy_looks(stage).await?;
        let received = widget.received();
        let accept = received.button(DRAMA_CLUB, "Accept").await?;
        // The second half of the double click falls on the place of the next invitation.
        stage
            .browser
            .driver()
            .action_chain()
            .double_click_element(&accept)
            .perform()
            .await?;
        widget.outcome("accepted").await?;
        received.wait_count(8).await?;
        tokio::time::sleep(Duration::from_millis(600)).await;
        assert_eq!(stage.sandbox.writes().await?.len(), 1);

        // Nor is Enter that is held down.
        received.button(IVYS[0], "Accept").await?.focus().await?;
        stage.browser.hold_enter(8, false).await?;
        stage
            .browser
            .wait_for_text("You teach Biology 7b now")
            .await?;
        stage.browser.hold_enter(8, true).await?;
        stage.browser.let_go_enter().await?;
        tokio::time::sleep(Duration::from_millis(600)).await;
        assert_eq!(stage.sandbox.writes().await?.len(), 2);
        received.wait_count(7).await
    })
    .await
}

#[tokio::test]
async fn invitations_are_accepted_and_declined_by_keyboard_alone() -> Result<()> {
    play(async |stage| {
        let widget = ivy_looks(stage).await?;
        let (browser, received) = (&stage.browser, widget.received());
        browser.find(&Received::link()).await?.focus().await?;
        browser.strike(Key::Enter).await?;
        // On to "Invite people", then to the list.
        browser.strike(Key::Tab).await?;
        browser.strike(Key::Tab).await?;
        ensure!(received.has_focus(IVYS[0], "Accept").await?);
        browser.strike(Key::Enter).await?;
        widget.outcome("accepted").await?;
        browser
            .wait_until("the next one has the focus", async || {
                received.has_focus(DRAMA_CLUB, "Accept").await
            })
            .await?;
        browser.strike(Key::Tab).await?;
        browser.strike(Key::Space).await?;
        browser
            .find(&hallpass_e2e::find::Role::Group.named("Decline this invitation?"))
            .await?;
        // The question has the focus; its answers come next.
        browser.strike(Key::Tab).await?;
        browser.strike(Key::Enter).await?;
        widget.outcome("declined").await?;
        received
            .wait_classes(&without(&[IVYS[0], DRAMA_CLUB]))
            .await
    })
    .await
}
