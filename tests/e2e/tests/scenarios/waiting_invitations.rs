//! A class's open invitations: who has not answered yet, and what a teacher can do about it.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    browser::Options,
    fault::{Drop, Fault},
    find::{Role, Shown, button},
    journal::Call,
    pages::{ErrorCard, Invite, Pending, Widget},
    play, play_with,
    school::{ART, BIOLOGY, CARL, CHESS, Course, IVY, Invitation, OTTO, PRIYA, Person, TOM, WANDA},
};
use serde_json::{Value, json};
use thirtyfour::Key;

const INVITATIONS: &str = "/v1/invitations";

/// How Otto is listed, of whom nothing may be known yet: his number ends like this.
const OTTO_UNNAMED: &str = "Account ending in 5461";

/// Those who are invited to Biology, in the order in which the API lists them.
const BIOLOGY_WAITS_FOR: [(&str, &str); 3] = [
    (WANDA.email, "Student"),
    (IVY.email, "Co-teacher"),
    (OTTO_UNNAMED, "Co-teacher"),
];

const LOST: &str = "This invitation is withdrawn, and the new one isn't sent yet.";

/// The teacher looks at this class.
async fn looks_at<'a>(stage: &'a Stage, teacher: Person, class: &Course) -> Result<Widget<'a>> {
    let widget = stage
        .open(&format!("view=invite&course={}", class.id))
        .await?;
    widget.sign_in(teacher).await?;
    stage.browser.find(&Pending::part()).await?;
    Ok(widget)
}

/// Tom looks at Biology and its three invitations.
async fn tom_looks_at_biology(stage: &Stage) -> Result<Widget<'_>> {
    let widget = looks_at(stage, TOM, &BIOLOGY).await?;
    widget.pending().wait_list(&BIOLOGY_WAITS_FOR).await?;
    Ok(widget)
}

/// The one invitation that waits for this person, if there is one.
async fn waits_for(stage: &Stage, person: Person, class: &Course) -> Result<Option<Invitation>> {
    let school = stage.sandbox.school().await?;
    let open = school.invited(person.email, class.id);
    ensure!(open.len() < 2, "invited more than once: {open:?}");
    Ok(open.first().map(|open| (*open).clone()))
}

/// The person was withdrawn and invited again, in this order, and waits in this role.
async fn is_sent_again(stage: &Stage, old: &Invitation, person: Person, role: &str) -> Result<()> {
    let new = waits_for(stage, person, &BIOLOGY)
        .await?
        .context("nobody is invited")?;
    ensure!(new.id != old.id, "it is the old one");
    assert_eq!(new.role, role);
    let writes = stage.sandbox.writes().await?;
    let [delete, create] = writes.as_slice() else {
        anyhow::bail!("{writes:#?}");
    };
    assert!(delete.is("DELETE", &format!("{INVITATIONS}/{}", old.id)));
    assert!(create.is("POST", INVITATIONS));
    let body = json!({ "courseId": BIOLOGY.id, "userId": old.user_id, "role": role });
    assert_eq!(create.body, body);
    Ok(())
}

async fn wanda_waits(stage: &Stage) -> Result<Invitation> {
    let waits = waits_for(stage, WANDA, &BIOLOGY).await?;
    waits.context("Wanda is not invited")
}

/// The creation of invitations meets this.
fn creating(fault: Fault) -> Fault {
    fault.on("POST", INVITATIONS)
}

/// The withdrawal of invitations meets this.
fn withdrawing(fault: Fault) -> Fault {
    fault.on("DELETE", INVITATIONS)
}

fn unavailable() -> Fault {
    Fault::google(503, "UNAVAILABLE", "The service is currently unavailable.").retry_after("0")
}

/// Invites these people to the class, by nobody's hand.
async fn are_invited(stage: &Stage, class: &Course, people: &[(&str, &str)]) -> Result<()> {
    let mut state = stage.sandbox.state().await?;
    for (number, (email, role)) in people.iter().enumerate() {
        let user = number_of(&state, email)?;
        let invitations = state["invitations"].as_array_mut().context("invitations")?;
        invitations.push(json!({
            "id": format!("seeded{number}"), "userId": user, "courseId": class.id, "role": role,
        }));
    }
    stage.sandbox.put_state(&state).await
}

fn number_of(state: &Value, email: &str) -> Result<Value> {
    let mut accounts = state["accounts"].as_array().into_iter().flatten();
    let account = accounts.find(|account| account["email"] == email);
    Ok(account.with_context(|| format!("no {email}"))?["id"].clone())
}

#[tokio::test]
async fn who_waits_is_listed_by_name_and_address_or_by_the_end_of_a_number_with_the_role()
-> Result<()> {
    play(async |stage| {
        let widget = tom_looks_at_biology(stage).await?;
        let list = widget.pending().list().await?;
        assert_eq!(list[0].lines, [WANDA.name, WANDA.email, "Student"]);
        assert_eq!(list[1].lines, [IVY.name, IVY.email, "Co-teacher"]);
        assert_eq!(list[2].lines, [OTTO_UNNAMED, "Co-teacher"]);
        let student = ["Send again", "Withdraw", "Change to co-teacher"];
        let teacher = ["Send again", "Withdraw", "Change to student"];
        assert_eq!(list[0].actions, student);
        assert_eq!(list[1].actions, teacher);
        assert_eq!(list[2].actions, teacher);
        let said = widget.pending().said().await?;
        ensure!(said.contains("3 open invitations"), "{said}");
        ensure!(stage.sandbox.writes().await?.is_empty());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn invitations_on_several_pages_are_all_listed_and_nobody_is_asked_for_twice() -> Result<()> {
    play(async |stage| {
        let small = json!({ "invitationsPerPage": 1, "membersPerPage": 1 });
        stage.sandbox.behave(small).await?;
        let widget = tom_looks_at_biology(stage).await?;
        widget.pending().wait_teachers(2, 50).await?;
        let mut asked = stage.sandbox.calls().await?;
        asked.retain(|call| call.path.starts_with("/v1/userProfiles/"));
        let mut paths: Vec<_> = asked.iter().map(|call| &call.path).collect();
        paths.sort();
        paths.dedup();
        // Tom himself, and the three who wait.
        assert_eq!(paths.len(), 4);
        assert_eq!(asked.len(), 4);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn where_nobody_waits_it_says_so_and_offers_no_message() -> Result<()> {
    play(async |stage| {
        let widget = looks_at(stage, TOM, &ART).await?;
        stage
            .browser
            .wait_for_text("No invitation is waiting for an answer.")
            .await?;
        assert_eq!(widget.pending().list().await?, []);
        ensure!(!stage.browser.shows(&Pending::copy_message()).await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_withdrawn_invitation_is_gone_and_comes_back_by_undo() -> Result<()> {
    play(async |stage| {
        let widget = tom_looks_at_biology(stage).await?;
        let pending = widget.pending();
        pending.press(WANDA.email, "Withdraw").await?;
        let card = widget.outcome("withdrawn").await?;
        ensure!(card.text.contains(WANDA.email), "{card:?}");
        pending.wait_list(&BIOLOGY_WAITS_FOR[1..]).await?;
        assert_eq!(waits_for(stage, WANDA, &BIOLOGY).await?, None);
        ensure!(stage.browser.has_focus(&Pending::heading()).await?);
        let said = pending.said().await?;
        ensure!(said.contains("2 open invitations"), "{said}");

        stage.browser.press(&button("Undo")).await?;
        let card = widget.outcome("sent-again").await?;
        ensure!(card.text.contains(WANDA.email), "{card:?}");
        pending.wait_list(&BIOLOGY_WAITS_FOR).await?;
        assert_eq!(wanda_waits(stage).await?.role, "STUDENT");
        assert_eq!(widget.cards().await?, ["sent-again"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_undo_that_fails_says_that_nobody_is_invited_and_is_offered_again() -> Result<()> {
    play(async |stage| {
        let widget = tom_looks_at_biology(stage).await?;
        let pending = widget.pending();
        pending.press(WANDA.email, "Withdraw").await?;
        widget.outcome("withdrawn").await?;
        stage.sandbox.faults(&[creating(unavailable())]).await?;
        stage.browser.press(&button("Undo")).await?;
        widget.error("UNAVAILABLE").await?;
        let lost = pending.wait_state(WANDA.email, "lost").await?;
        ensure!(lost.words.contains(LOST), "{lost:?}");

        stage.sandbox.faults(&[]).await?;
        widget.follow("Try again").await?;
        widget.outcome("sent-again").await?;
        pending.wait_state(WANDA.email, "waiting").await?;
        wanda_waits(stage).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn sending_again_withdraws_and_invites_in_the_same_role() -> Result<()> {
    play(async |stage| {
        let widget = tom_looks_at_biology(stage).await?;
        for (person, line, role) in [
            (WANDA, WANDA.email, "STUDENT"),
            (OTTO, OTTO_UNNAMED, "TEACHER"),
        ] {
            let old = waits_for(stage, person, &BIOLOGY).await?.context("old")?;
            stage.sandbox.forget_calls().await?;
            widget.pending().press(line, "Send again").await?;
            let card = widget.outcome("sent-again").await?;
            stage.browser.wait_for_text(line).await?;
            ensure!(card.text.contains("A new invitation waits for"), "{card:?}");
            widget.pending().wait_list(&BIOLOGY_WAITS_FOR).await?;
            is_sent_again(stage, &old, person, role).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_role_is_changed_by_withdrawing_and_inviting_anew() -> Result<()> {
    play(async |stage| {
        let widget = tom_looks_at_biology(stage).await?;
        let pending = widget.pending();
        for (person, change, role, shown, back) in [
            (
                WANDA,
                "Change to co-teacher",
                "TEACHER",
                "Co-teacher",
                "Change to student",
            ),
            (
                IVY,
                "Change to student",
                "STUDENT",
                "Student",
                "Change to co-teacher",
            ),
        ] {
            let old = waits_for(stage, person, &BIOLOGY).await?.context("old")?;
            stage.sandbox.forget_calls().await?;
            pending.press(person.email, change).await?;
            stage
                .browser
                .wait_for_text(&format!(
                    "{} is now invited as a {}",
                    person.email,
                    shown.to_lowercase()
                ))
                .await?;
            widget.outcome("role-changed").await?;
            let one = pending.wait_state(person.email, "waiting").await?;
            assert_eq!(one.role(), shown);
            ensure!(one.offers(back) && !one.offers(change), "{one:?}");
            is_sent_again(stage, &old, person, role).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_offer_to_own_the_class_can_be_sent_again_and_withdrawn_but_not_turned_into_another_role()
-> Result<()> {
    play(async |stage| {
        let widget = looks_at(stage, TOM, &CHESS).await?;
        let pending = widget.pending();
        pending.wait_list(&[(CARL.email, "Owner")]).await?;
        let offer = pending.of(CARL.email).await?;
        assert_eq!(offer.actions, ["Send again", "Withdraw"]);
        pending.press(CARL.email, "Send again").await?;
        widget.outcome("sent-again").await?;
        let waits = waits_for(stage, CARL, &CHESS).await?;
        assert_eq!(waits.context("no offer")?.role, "OWNER");
        pending.press(CARL.email, "Withdraw").await?;
        widget.outcome("withdrawn").await?;
        assert_eq!(waits_for(stage, CARL, &CHESS).await?, None);
        pending.wait_list(&[]).await
    })
    .await
}

/// The second half fails, which is said; then it is done by pressing this.
async fn recovers_by(
    refused: Fault,
    reason: &str,
    again: impl AsyncFnOnce(Widget<'_>) -> Result<()>,
) -> Result<()> {
    play(async |stage| {
        let widget = tom_looks_at_biology(stage).await?;
        let pending = widget.pending();
        stage.sandbox.faults(&[creating(refused)]).await?;
        pending.press(WANDA.email, "Send again").await?;
        widget.error(reason).await?;
        let lost = pending.wait_state(WANDA.email, "lost").await?;
        ensure!(lost.words.contains(LOST), "{lost:?}");
        // There is nothing to withdraw any more.
        assert_eq!(lost.actions, ["Send again", "Change to co-teacher"]);
        let status = stage.browser.find(&Role::Status.any()).await?;
        let said = status.shown_text().await?;
        ensure!(said.contains(LOST), "nobody hears of it: {said:?}");
        assert_eq!(waits_for(stage, WANDA, &BIOLOGY).await?, None);

        stage.sandbox.faults(&[]).await?;
        again(widget).await?;
        widget.outcome("sent-again").await?;
        let one = pending.wait_state(WANDA.email, "waiting").await?;
        ensure!(!one.words.contains(LOST), "{one:?}");
        assert_eq!(one.actions[1], "Withdraw");
        assert_eq!(wanda_waits(stage).await?.role, "STUDENT");
        // It was withdrawn once.
        let writes = stage.sandbox.writes().await?;
        let deletions = writes.iter().filter(|call| call.method == "DELETE");
        assert_eq!(deletions.count(), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_second_half_that_fails_is_said_and_is_done_by_try_again() -> Result<()> {
    recovers_by(unavailable(), "UNAVAILABLE", async |widget| {
        widget.follow("Try again").await
    })
    .await
}

#[tokio::test]
async fn a_second_half_that_is_refused_is_said_and_is_done_by_the_invitations_own_button()
-> Result<()> {
    let refused = Fault::google(
        403,
        "PERMISSION_DENIED",
        "The caller does not have permission",
    );
    recovers_by(refused, "PERMISSION_DENIED", async |widget| {
        widget.pending().press(WANDA.email, "Send again").await
    })
    .await
}

#[tokio::test]
async fn what_is_lost_stays_in_sight_when_the_list_is_read_again() -> Result<()> {
    play(async |stage| {
        let widget = tom_looks_at_biology(stage).await?;
        let pending = widget.pending();
        let refused = Fault::google(
            403,
            "PERMISSION_DENIED",
            "The caller does not have permission",
        );
        stage.sandbox.faults(&[creating(refused)]).await?;
        pending.press(WANDA.email, "Send again").await?;
        pending.wait_state(WANDA.email, "lost").await?;
        stage.sandbox.faults(&[]).await?;

        // Whoever has answered meanwhile brings about another look at the list.
        are_invited(stage, &BIOLOGY, &[("maya@school.example", "STUDENT")]).await?;
        let mut state = stage.sandbox.state().await?;
        let ivy = number_of(&state, IVY.email)?;
        let invitations = state["invitations"].as_array_mut().context("invitations")?;
        invitations.retain(|open| open["userId"] != ivy || open["courseId"] != BIOLOGY.id);
        stage.sandbox.put_state(&state).await?;
        pending.press(IVY.email, "Withdraw").await?;
        widget.error("NOT_FOUND").await?;
        pending
            .wait_list(&[
                (WANDA.email, "Student"),
                (OTTO_UNNAMED, "Co-teacher"),
                ("maya@school.example", "Student"),
            ])
            .await?;
        pending.wait_state(WANDA.email, "lost").await?;
        pending.press(WANDA.email, "Send again").await?;
        widget.outcome("sent-again").await?;
        wanda_waits(stage).await.map(drop)
    })
    .await
}

/// However this meets the two halves, Wanda is invited anew in the end, once.
async fn is_sent_again_despite(faults: Vec<Fault>) -> Result<()> {
    let patient = Options {
        patience: Duration::from_secs(40),
        ..Options::default()
    };
    play_with(patient, async |stage| {
        let widget = tom_looks_at_biology(stage).await?;
        let old = wanda_waits(stage).await?;
        stage.sandbox.faults(&faults).await?;
        widget.pending().press(WANDA.email, "Send again").await?;
        widget.outcome("sent-again").await?;
        assert_eq!(widget.cards().await?, ["sent-again"]);
        widget.pending().wait_state(WANDA.email, "waiting").await?;
        let new = wanda_waits(stage).await?;
        ensure!(new.id != old.id);
        assert_eq!(new.role, "STUDENT");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn answers_that_get_lost_after_either_half_are_looked_up() -> Result<()> {
    is_sent_again_despite(vec![
        withdrawing(Fault::dropped(Drop::After)).times(1),
        creating(Fault::dropped(Drop::After)).times(1),
    ])
    .await
}

#[tokio::test]
async fn calls_that_get_lost_before_either_half_are_made_again() -> Result<()> {
    is_sent_again_despite(vec![
        withdrawing(Fault::dropped(Drop::Before)).times(2),
        creating(Fault::dropped(Drop::Before)).times(2),
    ])
    .await
}

#[tokio::test]
async fn a_busy_google_is_asked_again_at_either_half() -> Result<()> {
    let busy = || Fault::google(429, "RESOURCE_EXHAUSTED", "Quota exceeded.").retry_after("1");
    is_sent_again_despite(vec![
        withdrawing(busy()).times(1),
        creating(busy()).times(1),
    ])
    .await
}

#[tokio::test]
async fn every_answer_that_gets_lost_after_the_second_half_is_looked_up() -> Result<()> {
    is_sent_again_despite(vec![creating(Fault::dropped(Drop::After))]).await
}

#[tokio::test]
async fn a_first_half_that_fails_leaves_the_invitation_as_it_was() -> Result<()> {
    play(async |stage| {
        let widget = tom_looks_at_biology(stage).await?;
        let old = wanda_waits(stage).await?;
        stage.sandbox.faults(&[withdrawing(unavailable())]).await?;
        for action in ["Send again", "Withdraw", "Change to co-teacher"] {
            widget.pending().press(WANDA.email, action).await?;
            let card = widget.error("UNAVAILABLE").await?;
            ensure!(card.offers("Try again"), "{card:?}");
            let one = widget.pending().wait_state(WANDA.email, "waiting").await?;
            ensure!(!one.words.contains(LOST), "{one:?}");
            assert_eq!(wanda_waits(stage).await?, old);
        }
        stage.sandbox.faults(&[]).await?;
        widget.follow("Try again").await?;
        widget.outcome("role-changed").await?;
        assert_eq!(wanda_waits(stage).await?.role, "TEACHER");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn who_stops_on_the_way_reads_what_became_of_it() -> Result<()> {
    play(async |stage| {
        let widget = tom_looks_at_biology(stage).await?;
        let pending = widget.pending();
        // Withdrawn at once, answered late.
        let late = withdrawing(Fault::delayed(Duration::from_secs(8)));
        stage.sandbox.faults(&[late.times(1)]).await?;
        pending.press(WANDA.email, "Send again").await?;
        stage
            .browser
            .wait_for_text("Sending the invitation again…")
            .await?;
        stage
            .browser
            .wait_until("it is withdrawn", async || {
                Ok(waits_for(stage, WANDA, &BIOLOGY).await?.is_none())
            })
            .await?;
        stage.browser.press(&button("Stop")).await?;
        let lost = pending.wait_state(WANDA.email, "lost").await?;
        ensure!(lost.words.contains(LOST), "{lost:?}");
        pending.press(WANDA.email, "Send again").await?;
        widget.outcome("sent-again").await?;

        // Stopped before anything has happened.
        let old = wanda_waits(stage).await?;
        let slow = withdrawing(Fault::status(503)).after(Duration::from_secs(8));
        stage.sandbox.faults(&[slow.times(1)]).await?;
        pending.press(WANDA.email, "Withdraw").await?;
        stage.browser.press(&button("Stop")).await?;
        pending.wait_state(WANDA.email, "waiting").await?;
        assert_eq!(wanda_waits(stage).await?, old);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_pressed_for_two_people_is_done_for_both_one_after_the_other() -> Result<()> {
    play(async |stage| {
        let widget = tom_looks_at_biology(stage).await?;
        let slow = withdrawing(Fault::delayed(Duration::from_secs(2)));
        stage.sandbox.faults(&[slow]).await?;
        let pending = widget.pending();
        pending.press(WANDA.email, "Send again").await?;
        pending.press(IVY.email, "Withdraw").await?;
        // Another press while it is on its way is the same press.
        pending.press(IVY.email, "Withdraw").await?;
        widget.outcome("withdrawn").await?;
        pending
            .wait_list(&[(WANDA.email, "Student"), (OTTO_UNNAMED, "Co-teacher")])
            .await?;
        let writes = stage.sandbox.writes().await?;
        let methods: Vec<_> = writes.iter().map(|call| call.method.as_str()).collect();
        assert_eq!(methods, ["DELETE", "POST", "DELETE"]);
        wanda_waits(stage).await?;
        assert_eq!(waits_for(stage, IVY, &BIOLOGY).await?, None);
        Ok(())
    })
    .await
}

/// Ivy has answered, in another place, unseen by Tom.
async fn ivy_has_accepted(stage: &Stage) -> Result<()> {
    let mut state = stage.sandbox.state().await?;
    let ivy = number_of(&state, IVY.email)?;
    let invitations = state["invitations"].as_array_mut().context("invitations")?;
    invitations.retain(|open| open["userId"] != ivy || open["courseId"] != BIOLOGY.id);
    let teachers = state["teachers"].as_array_mut().context("teachers")?;
    teachers.push(json!({ "courseId": BIOLOGY.id, "userId": ivy }));
    stage.sandbox.put_state(&state).await
}

#[tokio::test]
async fn sending_again_to_somebody_who_has_accepted_meanwhile_says_that_they_are_in() -> Result<()>
{
    play(async |stage| {
        let widget = tom_looks_at_biology(stage).await?;
        let pending = widget.pending();
        ivy_has_accepted(stage).await?;
        pending.press(IVY.email, "Send again").await?;
        let card = widget.outcome("already-member").await?;
        ensure!(card.text.contains(IVY.email), "{card:?}");
        pending
            .wait_list(&[(WANDA.email, "Student"), (OTTO_UNNAMED, "Co-teacher")])
            .await?;
        pending.wait_teachers(3, 50).await?;
        assert_eq!(widget.cards().await?, ["already-member"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn withdrawing_what_was_answered_meanwhile_says_that_it_is_gone_and_reads_anew() -> Result<()>
{
    play(async |stage| {
        let widget = tom_looks_at_biology(stage).await?;
        let pending = widget.pending();
        ivy_has_accepted(stage).await?;
        pending.press(IVY.email, "Withdraw").await?;
        let card = widget.error("NOT_FOUND").await?;
        assert_eq!(card.title, "Gone already");
        ensure!(!card.offers("Try again"), "{card:?}");
        pending
            .wait_list(&[(WANDA.email, "Student"), (OTTO_UNNAMED, "Co-teacher")])
            .await?;
        pending.wait_teachers(3, 50).await?;
        // That it was read anew has not taken the words away.
        assert_eq!(widget.cards().await?, ["NOT_FOUND"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn another_class_and_another_account_bring_their_own_invitations() -> Result<()> {
    play(async |stage| {
        let widget = tom_looks_at_biology(stage).await?;
        let pending = widget.pending();
        widget.invite().choose_class(CHESS.name).await?;
        pending.wait_list(&[(CARL.email, "Owner")]).await?;
        widget.invite().choose_class(BIOLOGY.name).await?;
        pending.wait_list(&BIOLOGY_WAITS_FOR).await?;

        widget.open_switch_account().await?.sign_in(PRIYA).await?;
        widget.wait_signed_in(PRIYA).await?;
        stage
            .browser
            .wait_until("Priya's only class", async || {
                let typed = widget.invite().class().typed().await?;
                Ok(typed.starts_with(BIOLOGY.name))
            })
            .await?;
        pending.wait_list(&BIOLOGY_WAITS_FOR).await?;
        stage.sandbox.forget_calls().await?;
        pending.press(WANDA.email, "Send again").await?;
        widget.outcome("sent-again").await?;
        for call in stage.sandbox.writes().await? {
            assert_eq!(call.account.as_deref(), Some(PRIYA.email));
        }
        widget.sign_out().await?;
        widget.wait_signed_out().await?;
        stage.browser.wait_gone(&Pending::part()).await?;
        let page = stage.browser.text().await?;
        ensure!(!page.contains(WANDA.email), "{page}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn whoever_is_invited_shows_up_below_at_once() -> Result<()> {
    play(async |stage| {
        let widget = looks_at(stage, TOM, &ART).await?;
        let invite = widget.invite();
        invite.choose_role("Student").await?;
        let review = invite.check("maya@school.example").await?;
        review.send().await?;
        widget.outcome("invited").await?;
        widget
            .pending()
            .wait_list(&[("maya@school.example", "Student")])
            .await?;
        // How the sending ended is still there.
        assert_eq!(widget.cards().await?, ["invited"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_message_to_share_names_the_class_and_leads_to_it() -> Result<()> {
    play(async |stage| {
        let widget = tom_looks_at_biology(stage).await?;
        let said = widget.pending().said().await?;
        ensure!(said.contains("Google may send no mail"), "{said}");
        stage.browser.press(&Pending::copy_message()).await?;
        stage.browser.wait_for_text("Copied").await?;
        let message = stage.browser.paste_into(&Invite::addresses()).await?;
        ensure!(
            message.contains(BIOLOGY.name) && message.contains(&BIOLOGY.link()),
            "{message:?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_list_that_cannot_be_read_says_why_and_is_read_by_refresh_or_try_again() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("view=invite").await?;
        widget.sign_in(TOM).await?;
        stage
            .sandbox
            .faults(&[unavailable().on("GET", INVITATIONS)])
            .await?;
        widget.invite().choose_class(BIOLOGY.name).await?;
        let card = widget.error("UNAVAILABLE").await?;
        ensure!(card.offers("Try again"), "{card:?}");
        let part = stage.browser.find(&Pending::part()).await?;
        let refresh = button("Refresh");
        stage.browser.find_in(&part, &refresh).await?;
        let said = widget.pending().said().await?;
        ensure!(said.contains("couldn't be read"), "{said}");
        stage.sandbox.faults(&[]).await?;
        stage
            .browser
            .find_in(&part, &refresh)
            .await?
            .click()
            .await?;
        widget.pending().wait_list(&BIOLOGY_WAITS_FOR).await?;
        assert_eq!(widget.cards().await?, [""; 0]);

        let html = Fault::html(200, "<html><h1>Filter</h1></html>").on("GET", INVITATIONS);
        stage.sandbox.faults(&[html]).await?;
        widget.invite().choose_class(CHESS.name).await?;
        widget.error("BAD_RESPONSE").await?;
        stage.sandbox.faults(&[]).await?;
        widget.follow("Try again").await?;
        widget.pending().wait_list(&[(CARL.email, "Owner")]).await
    })
    .await
}

#[tokio::test]
async fn names_that_come_late_or_not_at_all_do_not_keep_the_list_back() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("view=invite").await?;
        widget.sign_in(TOM).await?;
        let who = Fault::google(500, "INTERNAL", "Internal error encountered.")
            .retry_after("0")
            .on("GET", "/v1/userProfiles/");
        stage.sandbox.faults(&[who]).await?;
        widget.invite().choose_class(BIOLOGY.name).await?;
        widget
            .pending()
            .wait_list(&[
                ("Account ending in 2957", "Student"),
                ("Account ending in 8835", "Co-teacher"),
                (OTTO_UNNAMED, "Co-teacher"),
            ])
            .await?;
        assert_eq!(widget.cards().await?, [""; 0]);
        widget
            .pending()
            .press("Account ending in 2957", "Withdraw")
            .await?;
        let card = widget.outcome("withdrawn").await?;
        ensure!(card.text.contains("2957"), "{card:?}");
        assert_eq!(waits_for(stage, WANDA, &BIOLOGY).await?, None);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_sign_in_that_ran_out_is_renewed_and_what_was_pressed_is_done() -> Result<()> {
    play(async |stage| {
        let widget = tom_looks_at_biology(stage).await?;
        let old = wanda_waits(stage).await?;
        let out = Fault::google(401, "UNAUTHENTICATED", "Invalid credentials.");
        stage.sandbox.faults(&[withdrawing(out).times(1)]).await?;
        widget.pending().press(WANDA.email, "Send again").await?;
        widget.error("UNAUTHENTICATED").await?;
        stage.sandbox.forget_calls().await?;
        // Google knows who it was, and asks nothing.
        widget.follow("Sign in with Google").await?;
        widget.outcome("sent-again").await?;
        is_sent_again(stage, &old, WANDA, "STUDENT").await?;
        widget.pending().wait_list(&BIOLOGY_WAITS_FOR).await
    })
    .await
}

/// Who is invited to Art, how the second half of sending again is refused, and what is said.
const REFUSED: [(&str, &str, &str, &str); 13] = [
    (
        "disabled@school.example",
        "TEACHER",
        "FAILED_PRECONDITION",
        "switched off",
    ),
    (
        "quota@school.example",
        "STUDENT",
        "UserInvitationQuotaExhausted",
        "tomorrow",
    ),
    (
        "denied@school.example",
        "STUDENT",
        "PERMISSION_DENIED",
        "teacher of this class",
    ),
    (
        "missing@school.example",
        "STUDENT",
        "NOT_FOUND",
        "find this account",
    ),
    (
        "noclass@school.example",
        "STUDENT",
        "CourseNotFound",
        "find this class",
    ),
    (
        "invalid@school.example",
        "STUDENT",
        "INVALID_ARGUMENT",
        "quite right",
    ),
    (
        "mystery@school.example",
        "STUDENT",
        "CourseOnFieldTrip",
        "isn't possible right now",
    ),
    (
        "nocroom@school.example",
        "STUDENT",
        "ClassroomDisabled",
        "can't use Classroom",
    ),
    (
        "apioff@school.example",
        "STUDENT",
        "ClassroomApiDisabled",
        "let apps use",
    ),
    (
        "nosetup@school.example",
        "STUDENT",
        "SERVICE_DISABLED",
        "isn't set up",
    ),
    (
        "blocked@school.example",
        "STUDENT",
        "USER_BLOCKED_BY_ADMIN",
        "blocked",
    ),
    (
        "aborted@school.example",
        "STUDENT",
        "ABORTED",
        "came in between",
    ),
    (
        "ines@other.example",
        "STUDENT",
        "CannotInviteUserInUntrustedDomain",
        "another school",
    ),
];

/// Sends to each of these again, which is refused in its own words and leaves the invitation in sight.
async fn refused_in_turn(refused: &[(&str, &str, &str, &str)]) -> Result<()> {
    play(async |stage| {
        let people: Vec<_> = refused
            .iter()
            .map(|(who, role, ..)| (*who, *role))
            .collect();
        are_invited(stage, &ART, &people).await?;
        let widget = looks_at(stage, TOM, &ART).await?;
        let pending = widget.pending();
        let count = format!("{} open invitations", refused.len());
        stage.browser.wait_for_text(&count).await?;
        let unnamed = "Account ending in 6318";
        for (who, _, reason, words) in refused {
            // Nothing may be known of whoever belongs to another school.
            let line = if who.ends_with("school.example") {
                who
            } else {
                unnamed
            };
            stage.browser.wait_for_text(line).await?;
            pending.press(line, "Send again").await?;
            let card = widget.error(reason).await?;
            ensure!(card.text.contains(*words), "{who}: {card:?}");
            ensure!(pending.of(line).await?.state == "lost", "{who}");
            let addresses = stage.browser.find(&Invite::addresses()).await?;
            let is_marked = addresses.attr("aria-invalid").await?;
            ensure!(is_marked.is_none(), "{who}: the form above is not to blame");
        }
        let school = stage.sandbox.school().await?;
        ensure!(
            !school
                .invitations
                .iter()
                .any(|open| open.course_id == ART.id)
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_up_with_the_person_or_the_class_is_told_and_leaves_the_invitation_in_sight()
-> Result<()> {
    refused_in_turn(&REFUSED[..6]).await
}

#[tokio::test]
async fn what_is_up_with_the_school_or_the_page_is_told_and_leaves_the_invitation_in_sight()
-> Result<()> {
    refused_in_turn(&REFUSED[6..]).await
}

#[tokio::test]
async fn an_offer_that_cannot_be_made_again_says_what_stands_in_the_way() -> Result<()> {
    play(async |stage| {
        let people = [
            ("ineligible@school.example", "OWNER"),
            ("owner@school.example", "OWNER"),
            ("offered@school.example", "OWNER"),
        ];
        are_invited(stage, &CHESS, &people).await?;
        let widget = looks_at(stage, TOM, &CHESS).await?;
        let pending = widget.pending();
        pending
            .wait_list(&[
                (CARL.email, "Owner"),
                (people[0].0, "Owner"),
                (people[1].0, "Owner"),
                (people[2].0, "Owner"),
            ])
            .await?;

        pending.press("owner@school.example", "Send again").await?;
        let card = widget.error("UserAlreadyOwner").await?;
        assert_eq!(card.title, "Already the owner");

        pending
            .press("ineligible@school.example", "Send again")
            .await?;
        let card = widget.error("IneligibleOwner").await?;
        ensure!(card.text.contains("co-teacher first"), "{card:?}");
        widget.follow("Invite as co-teacher").await?;
        // The sandbox's sentinel answers the same to every role.
        widget.error("IneligibleOwner").await?;
        let roles: Vec<_> = roles_asked_for(&stage.sandbox.writes().await?);
        assert_eq!(roles.last().map(String::as_str), Some("TEACHER"));

        pending
            .press("offered@school.example", "Send again")
            .await?;
        let card = widget.error("PendingInvitationExists").await?;
        ensure!(card.text.contains("Withdraw that offer"), "{card:?}");
        // What is withdrawn is the offer that stands in the way.
        widget.follow("Withdraw").await?;
        let card = widget.outcome("withdrawn").await?;
        ensure!(card.text.contains(CARL.email), "{card:?}");
        assert_eq!(waits_for(stage, CARL, &CHESS).await?, None);
        Ok(())
    })
    .await
}

fn roles_asked_for(writes: &[Call]) -> Vec<String> {
    let created = writes.iter().filter(|call| call.is("POST", INVITATIONS));
    created
        .filter_map(|call| call.body["role"].as_str().map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn an_invitation_is_withdrawn_and_brought_back_by_keyboard_alone() -> Result<()> {
    play(async |stage| {
        let widget = tom_looks_at_biology(stage).await?;
        let (browser, pending) = (&stage.browser, widget.pending());
        browser.find(&Invite::check_button()).await?.focus().await?;
        // Three buttons each; the second one of Wanda's.
        browser.strike(Key::Tab).await?;
        browser.strike(Key::Tab).await?;
        let focused = browser.active_element().await?;
        assert_eq!(focused.shown_text().await?, "Withdraw");
        browser.strike(Key::Enter).await?;
        widget.outcome("withdrawn").await?;
        ensure!(browser.has_focus(&Pending::heading()).await?);
        assert_eq!(waits_for(stage, WANDA, &BIOLOGY).await?, None);

        // What takes it back is just before.
        let back = browser.driver().action_chain();
        back.key_down(Key::Shift)
            .key_down(Key::Tab)
            .key_up(Key::Tab)
            .key_up(Key::Shift)
            .perform()
            .await?;
        ensure!(browser.has_focus(&button("Undo")).await?);
        browser.strike(Key::Enter).await?;
        widget.outcome("sent-again").await?;
        pending.wait_list(&BIOLOGY_WAITS_FOR).await?;

        // The button that was pressed keeps the focus.
        pending.focus(OTTO_UNNAMED, "Change to student").await?;
        browser.strike(Key::Space).await?;
        widget.outcome("role-changed").await?;
        let focused = browser.active_element().await?;
        assert_eq!(focused.shown_text().await?, "Change to co-teacher");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_permission_that_was_taken_back_is_asked_for_again() -> Result<()> {
    play(async |stage| {
        let widget = tom_looks_at_biology(stage).await?;
        let scopes = Fault::google(
            403,
            "PERMISSION_DENIED",
            "Request had insufficient authentication scopes.",
        );
        stage
            .sandbox
            .faults(&[withdrawing(scopes).times(1)])
            .await?;
        widget.pending().press(WANDA.email, "Withdraw").await?;
        let card = widget.error("SCOPE_MISSING").await?;
        ensure!(card.offers("Allow"), "{card:?}");
        ErrorCard::details(&stage.browser).await?;
        wanda_waits(stage).await.map(drop)
    })
    .await
}
