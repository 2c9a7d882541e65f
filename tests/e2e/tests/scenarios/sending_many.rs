//! A run: how it is watched, paused, stopped, left, and what comes of it in the end. Five hundred
//! people at once are in `five_hundred`.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    fault::{Drop, Fault},
    find::{Role, Shown, button},
    pages::{Review, Widget},
    play,
    school::{ART, BIOLOGY, CARL, CHESS, Course, KOFI, MAYA, PRIYA, SAM, TOM, WANDA},
};
use serde_json::json;

const INVITATIONS: &str = "/v1/invitations";

/// Long enough for a run of a dozen, with all that goes wrong on the way.
const LONG: Duration = Duration::from_secs(40);

/// Tom, signed in, with the class chosen.
async fn tom_invites_to<'a>(stage: &'a Stage, course: &Course) -> Result<Widget<'a>> {
    stage.open_for("invite", TOM, course).await
}

/// Adds so many people to the school.
async fn people(stage: &Stage, count: usize) -> Result<Vec<String>> {
    let mut school = stage.sandbox.state().await?;
    let accounts = school["accounts"].as_array_mut().context("no accounts")?;
    let mut emails = Vec::new();
    for number in 0..count {
        let email = format!("pupil{number:03}@school.example");
        accounts.push(json!({
            "id": format!("1300000000000000{number:05}"), "email": email, "name": email,
        }));
        emails.push(email);
    }
    stage.sandbox.put_state(&school).await?;
    Ok(emails)
}

/// So many people, checked, for Art Club. The first four invitations are quick, the others take
/// their time until [`hurry`]: what stands then can be looked at.
async fn about_to_be_sent(stage: &Stage, count: usize) -> Result<(Widget<'_>, Vec<String>)> {
    let emails = people(stage, count).await?;
    let widget = tom_invites_to(stage, &ART).await?;
    widget.invite().check(&emails.join("\n")).await?;
    let sent_in = |delay| Fault::delayed(delay).on("POST", INVITATIONS);
    stage
        .sandbox
        .faults(&[
            sent_in(Duration::ZERO).times(4),
            sent_in(Duration::from_secs(5)),
        ])
        .await?;
    Ok((widget, emails))
}

/// Invitations take no time any more.
async fn hurry(stage: &Stage) -> Result<()> {
    stage.sandbox.faults(&[]).await
}

/// Waits until so many rows are in this state at least.
async fn wait_for(stage: &Stage, review: Review<'_>, count: usize, state: &str) -> Result<()> {
    stage
        .browser
        .wait_until(&format!("{count} are {state}"), async || {
            Ok(review.count(state).await? >= count)
        })
        .await
}

/// Each of them is invited to the class, and was once.
async fn invited_once(stage: &Stage, emails: &[String], course: &Course) -> Result<()> {
    let school = stage.sandbox.school().await?;
    let writes = stage.sandbox.writes().await?;
    for email in emails {
        assert_eq!(school.invited(email, course.id).len(), 1, "{email}");
        let done = writes
            .iter()
            .filter(|call| call.status == 200 && call.body["userId"] == email.as_str());
        assert_eq!(done.count(), 1, "{email}");
    }
    Ok(())
}

#[tokio::test]
async fn a_run_shows_how_far_it_has_come_and_says_what_it_came_to() -> Result<()> {
    play(async |stage| {
        let (widget, emails) = about_to_be_sent(stage, 12).await?;
        let review = widget.invite().review();
        ensure!(!stage.browser.shows(&Review::bar()).await?);
        let about = stage
            .browser
            .description(&button("Send invitations"))
            .await?;
        ensure!(about.contains(TOM.email), "who acts? {about:?}");
        review.send().await?;
        wait_for(stage, review, 4, "sent").await?;
        stage
            .browser
            .find(&Role::Progressbar.named("Sending invitations…"))
            .await?;
        let (done, all) = review.progress().await?.context("no bar")?;
        ensure!((4..12).contains(&done) && all == 12, "{done} of {all}");
        let on_their_way = review.count("sending").await?;
        ensure!((1..=4).contains(&on_their_way), "{on_their_way} at once");
        ensure!(!review.can_send().await?);

        hurry(stage).await?;
        review.wait_over(LONG).await?;
        let card = widget.outcome("invited").await?;
        ensure!(card.text.contains("12 invitations sent"), "{card:?}");
        stage.browser.wait_gone(&Review::bar()).await?;
        ensure!(!review.offers("Try failed again").await?);
        let row = review.row(&emails[0]).await?;
        assert_eq!(
            (row.state.as_str(), row.words.as_str()),
            ("sent", "Invited")
        );
        assert_eq!(row.actions, [""; 0]);
        invited_once(stage, &emails, &ART).await
    })
    .await
}

#[tokio::test]
async fn pause_holds_the_rest_until_resume() -> Result<()> {
    play(async |stage| {
        let (widget, emails) = about_to_be_sent(stage, 12).await?;
        let review = widget.invite().review();
        review.send().await?;
        wait_for(stage, review, 4, "sent").await?;
        review.press("Pause").await?;
        stage.browser.wait_for_text("Paused.").await?;
        ensure!(!review.offers("Pause").await? && review.offers("Stop").await?);
        // What is on its way arrives.
        stage
            .browser
            .wait_until("nothing is on its way", async || {
                Ok(review.count("sending").await? == 0)
            })
            .await?;
        let before = stage.sandbox.writes().await?.len();
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert_eq!(stage.sandbox.writes().await?.len(), before);
        ensure!(before < 12, "there was nothing to be held");
        assert_eq!(review.count("ready").await?, 12 - before);

        hurry(stage).await?;
        review.press("Resume").await?;
        review.wait_over(LONG).await?;
        assert_eq!(review.count("sent").await?, 12);
        invited_once(stage, &emails, &ART).await
    })
    .await
}

#[tokio::test]
async fn stop_leaves_the_rest_unsent_and_try_failed_again_sends_it() -> Result<()> {
    play(async |stage| {
        let (widget, emails) = about_to_be_sent(stage, 12).await?;
        let review = widget.invite().review();
        review.send().await?;
        wait_for(stage, review, 4, "sent").await?;
        review.press("Stop").await?;
        review.wait_over(LONG).await?;
        let card = widget.outcome("invited").await?;
        let (sent, skipped) = (review.count("sent").await?, review.count("skipped").await?);
        ensure!(skipped > 0 && sent + skipped == 12, "{sent} and {skipped}");
        ensure!(
            card.text.contains(&format!("{sent} invitations sent"))
                && card
                    .text
                    .contains(&format!("{skipped} invitations not sent")),
            "{card:?}"
        );
        assert_eq!(stage.sandbox.writes().await?.len(), sent);
        let last = review.row(&emails[11]).await?;
        assert_eq!(last.state, "skipped");
        ensure!(last.words.contains("It wasn't its turn yet"), "{last:?}");

        hurry(stage).await?;
        review.press("Try failed again").await?;
        review.wait_over(LONG).await?;
        assert_eq!(review.count("sent").await?, 12);
        invited_once(stage, &emails, &ART).await
    })
    .await
}

#[tokio::test]
async fn a_paused_run_can_be_stopped() -> Result<()> {
    play(async |stage| {
        let (widget, _) = about_to_be_sent(stage, 12).await?;
        let review = widget.invite().review();
        review.send().await?;
        wait_for(stage, review, 4, "sent").await?;
        review.press("Pause").await?;
        review.press("Stop").await?;
        review.wait_over(LONG).await?;
        ensure!(review.count("skipped").await? > 0);
        Ok(())
    })
    .await
}

/// Six people are sent invitations for which Google has no time, and says when it has.
async fn google_is_busy(stage: &Stage) -> Result<(Widget<'_>, Vec<String>)> {
    let emails = people(stage, 6).await?;
    let widget = tom_invites_to(stage, &ART).await?;
    let review = widget.invite().check(&emails.join("\n")).await?;
    let busy = Fault::google(429, "RESOURCE_EXHAUSTED", "Quota exceeded.").retry_after("30");
    stage
        .sandbox
        .faults(&[busy.on("POST", INVITATIONS)])
        .await?;
    review.send().await?;
    stage
        .browser
        .wait_for_text("Google Classroom is busy right now Trying again in")
        .await?;
    Ok((widget, emails))
}

#[tokio::test]
async fn a_pause_that_google_asks_for_is_told_and_try_now_ends_it() -> Result<()> {
    play(async |stage| {
        let (widget, emails) = google_is_busy(stage).await?;
        let review = widget.invite().review();
        assert_eq!(review.count("failed").await?, 0);
        hurry(stage).await?;
        review.press("Try now").await?;
        // Nobody has waited for half a minute.
        review.wait_over(Duration::from_secs(15)).await?;
        assert_eq!(review.count("sent").await?, 6);
        invited_once(stage, &emails, &ART).await
    })
    .await
}

#[tokio::test]
async fn stop_does_not_wait_for_the_end_of_a_pause_and_try_failed_again_sends_the_rest()
-> Result<()> {
    play(async |stage| {
        let (widget, emails) = google_is_busy(stage).await?;
        let review = widget.invite().review();
        review.press("Stop").await?;
        review.wait_over(Duration::from_secs(15)).await?;
        assert_eq!(review.count("failed").await?, 4);
        assert_eq!(review.count("skipped").await?, 2);
        hurry(stage).await?;
        review.press("Try failed again").await?;
        review.wait_over(LONG).await?;
        assert_eq!(review.count("sent").await?, 6);
        invited_once(stage, &emails, &ART).await
    })
    .await
}

/// Whether the browser would ask before the page is left, by what the page answers to it.
async fn asks_before_it_is_left(stage: &Stage) -> Result<bool> {
    let asks = stage
        .browser
        .evaluate("return !dispatchEvent(new Event('beforeunload', { cancelable: true }))")
        .await?;
    Ok(asks == true)
}

#[tokio::test]
async fn leaving_the_page_during_a_run_asks_first_and_at_no_other_time() -> Result<()> {
    play(async |stage| {
        let (widget, _) = about_to_be_sent(stage, 12).await?;
        let review = widget.invite().review();
        ensure!(!asks_before_it_is_left(stage).await?, "nothing is sent yet");
        review.send().await?;
        wait_for(stage, review, 4, "sent").await?;
        ensure!(
            asks_before_it_is_left(stage).await?,
            "what is on its way is lost"
        );
        review.press("Pause").await?;
        ensure!(asks_before_it_is_left(stage).await?, "what waits is lost");
        review.press("Stop").await?;
        review.wait_over(LONG).await?;
        ensure!(!asks_before_it_is_left(stage).await?, "it is over");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_run_goes_on_while_another_view_is_looked_at() -> Result<()> {
    play(async |stage| {
        let (widget, emails) = about_to_be_sent(stage, 12).await?;
        let review = widget.invite().review();
        review.send().await?;
        wait_for(stage, review, 4, "sent").await?;
        widget.go_to("Join a class").await?;
        widget.join().wait().await?;
        hurry(stage).await?;
        stage
            .browser
            .wait_until("all are invited meanwhile", async || {
                Ok(stage.sandbox.writes().await?.len() == 12)
            })
            .await?;
        widget.go_to("Invite people").await?;
        widget.invite().wait().await?;
        review.wait_over(LONG).await?;
        assert_eq!(review.count("sent").await?, 12);
        invited_once(stage, &emails, &ART).await
    })
    .await
}

#[tokio::test]
async fn another_account_in_the_middle_of_a_run_stops_it_and_sees_nothing_of_it() -> Result<()> {
    play(async |stage| {
        let (widget, emails) = about_to_be_sent(stage, 24).await?;
        let review = widget.invite().review();
        review.send().await?;
        wait_for(stage, review, 4, "sent").await?;
        // While Google's window is open, it is still Tom's run.
        review.press("Pause").await?;
        let google = widget.open_switch_account().await?;
        google.leave_open().await?;
        review.press("Resume").await?;
        google.come_back().await?;
        google.sign_in(PRIYA).await?;
        widget.wait_signed_in(PRIYA).await?;
        stage
            .browser
            .wait_until("nothing is left of the rows", async || {
                Ok(review.rows().await?.is_empty())
            })
            .await?;
        hurry(stage).await?;
        tokio::time::sleep(Duration::from_secs(2)).await;
        let writes = stage.sandbox.writes().await?;
        ensure!(
            writes
                .iter()
                .all(|call| call.account.as_deref() == Some(TOM.email)),
            "{writes:?}"
        );
        ensure!(writes.len() < 24, "there was nothing to be stopped");
        assert_eq!(widget.cards().await?, [""; 0]);
        let page = stage.browser.text().await?;
        ensure!(!page.contains(&emails[0]), "{page}");
        ensure!(
            !asks_before_it_is_left(stage).await?,
            "nothing is on its way"
        );
        // The page is for a class that is none of Priya's, and hers are her own.
        let class = widget.invite().class();
        assert_eq!(class.typed().await?, "");
        class.type_in("7b").await?;
        class.wait_offers(&[BIOLOGY.name]).await
    })
    .await
}

#[tokio::test]
async fn signing_out_in_the_middle_of_a_run_stops_it() -> Result<()> {
    play(async |stage| {
        let (widget, _) = about_to_be_sent(stage, 12).await?;
        let review = widget.invite().review();
        review.send().await?;
        wait_for(stage, review, 4, "sent").await?;
        widget.sign_out().await?;
        widget.wait_signed_out().await?;
        assert_eq!(review.rows().await?, []);
        tokio::time::sleep(Duration::from_secs(2)).await;
        ensure!(stage.sandbox.writes().await?.len() < 12, "went on");
        assert_eq!(widget.cards().await?, [""; 0]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_sign_in_that_runs_out_with_one_person_is_asked_for_and_the_run_goes_on() -> Result<()> {
    play(async |stage| {
        let widget = tom_invites_to(stage, &ART).await?;
        let review = widget
            .invite()
            .check("maya@school.example, expired@school.example, sam@school.example")
            .await?;
        review.send().await?;
        let card = widget.error("UNAUTHENTICATED").await?;
        ensure!(card.text.contains("we'll go on where you were"), "{card:?}");
        // Google knows who it was, and asks nothing.
        widget.follow("Sign in with Google").await?;
        review.wait_over(LONG).await?;
        review
            .wait_rows(&[
                (MAYA.email, "sent"),
                ("expired@school.example", "sent"),
                (SAM.email, "sent"),
            ])
            .await?;
        let emails = [MAYA.email, "expired@school.example", SAM.email].map(str::to_owned);
        invited_once(stage, &emails, &ART).await?;
        widget.outcome("invited").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn a_run_that_waits_for_sign_in_can_be_stopped() -> Result<()> {
    play(async |stage| {
        let widget = tom_invites_to(stage, &ART).await?;
        let review = widget
            .invite()
            .check("expired@school.example, maya@school.example")
            .await?;
        review.send().await?;
        widget.error("UNAUTHENTICATED").await?;
        review.press("Stop").await?;
        review.wait_over(LONG).await?;
        review.wait_state("expired@school.example", "skipped").await
    })
    .await
}

#[tokio::test]
async fn todays_invitations_used_up_ends_the_run_and_hands_out_the_rest() -> Result<()> {
    play(async |stage| {
        stage
            .sandbox
            .behave(json!({ "invitationsADay": 5 }))
            .await?;
        let downloads = stage.browser.keep_downloads().await?;
        let emails = people(stage, 30).await?;
        let widget = tom_invites_to(stage, &ART).await?;
        let review = widget.invite().check(&emails.join("\n")).await?;
        review.send().await?;
        let card = widget.error("UserInvitationQuotaExhausted").await?;
        ensure!(card.text.contains("tomorrow"), "{card:?}");
        assert_eq!(review.count("sent").await?, 5);
        let refused = review.count("failed").await?;
        ensure!((1..=4).contains(&refused), "{refused} were tried in vain");
        assert_eq!(review.count("skipped").await?, 25 - refused);
        assert_eq!(stage.sandbox.writes().await?.len(), 5 + refused);

        widget.follow("Download results").await?;
        let file = downloads.take("results.csv").await?;
        assert_eq!(file.matches("\"sent\"").count(), 5);
        assert_eq!(file.matches("\"skipped\"").count(), 25 - refused);
        assert_eq!(file.lines().count(), 31);

        // Tomorrow is another day.
        stage
            .sandbox
            .behave(json!({ "invitationsADay": 100 }))
            .await?;
        review.press("Try failed again").await?;
        review.wait_over(LONG).await?;
        let rest = 25 - refused;
        ensure!(review.count("sent").await? >= 5 + rest);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_results_are_a_file_that_no_spreadsheet_carries_out() -> Result<()> {
    play(async |stage| {
        let downloads = stage.browser.keep_downloads().await?;
        let widget = tom_invites_to(stage, &BIOLOGY).await?;
        let pasted = "=1+1@school\n+sam@school.example\n-@school.example.\nmaya@school.example\n\
                      wanda@school.example\nmystery@school.example\n\"quo\"\"ted\" bob@\n@SUM(A1)";
        let review = widget.invite().check(pasted).await?;
        let rows = review.rows().await?;
        review.send().await?;
        review.wait_over(LONG).await?;
        review.press("Download results").await?;
        let file = downloads.take("results.csv").await?;
        ensure!(file.starts_with('\u{feff}'), "no byte order mark");
        let lines: Vec<_> = file.trim_start_matches('\u{feff}').split("\r\n").collect();
        assert_eq!(
            lines[0],
            r#""Address","Result","What happened","Details for IT""#
        );
        // The head, a line each, and the end.
        assert_eq!(lines.len(), rows.len() + 2);
        for line in &lines[1..=rows.len()] {
            let first = line.strip_prefix('"').and_then(|line| line.chars().next());
            ensure!(
                first.is_some_and(|first| !"=+-@\t\r".contains(first)),
                "a spreadsheet takes this for a formula: {line}"
            );
        }
        for part in [
            "\"'=1+1@school\",\"invalid\",\"The end is missing",
            "\"'+sam@school.example\",\"failed\",\"We couldn't find this account – Nobody",
            "\"maya@school.example\",\"sent\",\"Invited\",\"\"",
            "\"wanda@school.example\",\"already-invited\"",
            // What the API said, which people are not told.
            "reason: CourseOnFieldTrip; method: invitations.create; status: 400 FAILED_PRECONDITION",
        ] {
            ensure!(file.contains(part), "{part} is not in\n{file}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_invitation_that_waits_is_withdrawn_and_sent_again() -> Result<()> {
    play(async |stage| {
        let widget = tom_invites_to(stage, &BIOLOGY).await?;
        let before = stage.sandbox.school().await?;
        let before = before.invited(WANDA.email, BIOLOGY.id)[0].id.clone();
        let review = widget.invite().check(WANDA.email).await?;
        review
            .wait_rows(&[(WANDA.email, "already-invited")])
            .await?;
        ensure!(!review.can_send().await?, "there is nobody to send to");
        review
            .press_in_row(WANDA.email, "Withdraw and send again")
            .await?;
        review.wait_rows(&[(WANDA.email, "sent")]).await?;
        let school = stage.sandbox.school().await?;
        let after = school.invited(WANDA.email, BIOLOGY.id);
        assert_eq!(after.len(), 1);
        ensure!(after[0].id != before, "it is still the old one");
        assert_eq!(after[0].role, "TEACHER", "the role that is chosen here");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_invitation_whose_second_half_fails_is_told_and_made_in_the_end() -> Result<()> {
    play(async |stage| {
        stage.browser.speed_up(4).await?;
        let widget = tom_invites_to(stage, &BIOLOGY).await?;
        widget.invite().choose_role("Student").await?;
        let review = widget.invite().check(WANDA.email).await?;
        let down = Fault::google(503, "UNAVAILABLE", "Try later.").on("POST", INVITATIONS);
        stage.sandbox.faults(&[down]).await?;
        review
            .press_in_row(WANDA.email, "Withdraw and send again")
            .await?;
        review.wait_state(WANDA.email, "failed").await?;
        stage
            .browser
            .wait_for_text("This invitation is withdrawn, and the new one isn't sent yet.")
            .await?;
        let row = review.row(WANDA.email).await?;
        ensure!(
            row.words.contains("Google Classroom has a problem"),
            "{row:?}"
        );

        stage.sandbox.faults(&[]).await?;
        review.press("Try failed again").await?;
        review.wait_rows(&[(WANDA.email, "sent")]).await?;
        let school = stage.sandbox.school().await?;
        assert_eq!(school.invited(WANDA.email, BIOLOGY.id).len(), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_invitation_that_cannot_be_withdrawn_waits_on() -> Result<()> {
    play(async |stage| {
        let widget = tom_invites_to(stage, &BIOLOGY).await?;
        let review = widget.invite().check(WANDA.email).await?;
        let refused = Fault::google(
            403,
            "PERMISSION_DENIED",
            "The caller does not have permission",
        )
        .on("DELETE", INVITATIONS);
        stage.sandbox.faults(&[refused]).await?;
        review
            .press_in_row(WANDA.email, "Withdraw and send again")
            .await?;
        review.wait_state(WANDA.email, "failed").await?;
        ensure!(
            !stage.browser.text().await?.contains("is withdrawn"),
            "it is not"
        );
        let school = stage.sandbox.school().await?;
        assert_eq!(school.invited(WANDA.email, BIOLOGY.id).len(), 1);
        assert_eq!(stage.sandbox.posts().await?, [""; 0]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_answer_that_got_lost_on_the_way_back_is_looked_up_and_nobody_is_invited_twice()
-> Result<()> {
    play(async |stage| {
        let emails = people(stage, 6).await?;
        let widget = tom_invites_to(stage, &ART).await?;
        let review = widget.invite().check(&emails.join("\n")).await?;
        let lost = Fault::dropped(Drop::After).on("POST", INVITATIONS).every(2);
        stage.sandbox.faults(&[lost]).await?;
        review.send().await?;
        review.wait_over(LONG).await?;
        assert_eq!(review.count("sent").await?, 6);
        let school = stage.sandbox.school().await?;
        for email in &emails {
            assert_eq!(school.invited(email, ART.id).len(), 1, "{email}");
        }
        assert_eq!(stage.sandbox.posts().await?.len(), 6, "tried again in vain");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn giving_the_class_away_is_asked_about_and_withdrawing_an_offer_makes_room() -> Result<()> {
    play(async |stage| {
        let widget = tom_invites_to(stage, &CHESS).await?;
        let question = Role::Group.named("Give this class away?");
        widget.invite().choose_role("Owner").await?;
        let review = widget.invite().check(KOFI.email).await?;
        review.send().await?;
        let asked = stage.browser.find(&question).await?.shown_text().await?;
        ensure!(
            asked.contains("Only a co-teacher can become owner"),
            "{asked}"
        );
        ensure!(stage.browser.has_focus(&question).await?);
        review.press("Cancel").await?;
        stage.browser.wait_gone(&question).await?;
        ensure!(stage.sandbox.writes().await?.is_empty());

        // Another offer, to Carl, is still waiting.
        review.send().await?;
        review.press("Offer ownership").await?;
        review.wait_state(KOFI.email, "failed").await?;
        let row = review.row(KOFI.email).await?;
        ensure!(row.words.contains("is still waiting"), "{row:?}");
        review.press_in_row(KOFI.email, "Withdraw").await?;
        review.wait_state(KOFI.email, "ready").await?;
        let school = stage.sandbox.school().await?;
        assert_eq!(school.invited(CARL.email, CHESS.id).len(), 0);

        // What was answered once is not asked again.
        review.send().await?;
        review.wait_state(KOFI.email, "sent").await?;
        let school = stage.sandbox.school().await?;
        assert_eq!(school.invited(KOFI.email, CHESS.id)[0].role, "OWNER");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn in_place_of_giving_the_class_away_one_may_invite_as_co_teacher_first() -> Result<()> {
    play(async |stage| {
        let widget = tom_invites_to(stage, &ART).await?;
        widget.invite().choose_role("Owner").await?;
        let review = widget.invite().check(SAM.email).await?;
        review.send().await?;
        stage
            .browser
            .find(&Role::Group.named("Give this class away?"))
            .await?;
        review.press("Invite as co-teacher").await?;
        review.wait_rows(&[(SAM.email, "sent")]).await?;
        let school = stage.sandbox.school().await?;
        assert_eq!(school.invited(SAM.email, ART.id)[0].role, "TEACHER");
        assert_eq!(stage.sandbox.writes().await?.len(), 1);
        // As which they were invited is what is chosen now.
        let roles = widget.invite().roles().await?;
        ensure!(
            roles[0].is_chosen && roles[0].name == "Co-teacher",
            "{roles:?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn who_cannot_become_owner_yet_is_invited_as_co_teacher() -> Result<()> {
    play(async |stage| {
        let widget = tom_invites_to(stage, &BIOLOGY).await?;
        widget.invite().choose_role("Owner").await?;
        let review = widget.invite().check(SAM.email).await?;
        review.send().await?;
        review.press("Offer ownership").await?;
        review.wait_state(SAM.email, "failed").await?;
        let row = review.row(SAM.email).await?;
        ensure!(
            row.words.contains("Only a co-teacher can become owner"),
            "{row:?}"
        );
        ensure!(!review.offers("Try failed again").await?, "it cannot help");
        review
            .press_in_row(SAM.email, "Invite as co-teacher")
            .await?;
        review.wait_state(SAM.email, "sent").await?;
        let school = stage.sandbox.school().await?;
        assert_eq!(school.invited(SAM.email, BIOLOGY.id)[0].role, "TEACHER");
        Ok(())
    })
    .await
}
