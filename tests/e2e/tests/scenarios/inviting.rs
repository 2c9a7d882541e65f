//! The form of the view "invite": which class, in which role, whom.

use anyhow::{Result, ensure};
use hallpass_e2e::{
    Stage,
    find::button,
    pages::{ClassCombobox, Invite, Widget},
    play,
    school::{ART, BIOLOGY, CHESS, ERROL, HOMEROOM, PRIYA, Person, SAM, TOM},
};
use serde_json::{Value, json};
use thirtyfour::Key;

const COURSES: &str = "/v1/courses";
const INVITATIONS: &str = "/v1/invitations";

/// The view, with this person signed in.
async fn signed_in(stage: &Stage, person: Person) -> Result<Widget<'_>> {
    let widget = stage.open("view=invite").await?;
    widget.invite().wait().await?;
    widget.sign_in(person).await?;
    Ok(widget)
}

/// Waits until all pages of the classes have been read, of which there are so many.
async fn classes_are_read(stage: &Stage, pages: usize) -> Result<Vec<Value>> {
    stage
        .browser
        .wait_for_text("Type a part of its name")
        .await?;
    let mut calls = stage.sandbox.calls().await?;
    calls.retain(|call| call.is("GET", COURSES));
    assert_eq!(calls.len(), pages);
    Ok(calls
        .into_iter()
        .map(|call| Value::Object(call.query))
        .collect())
}

#[tokio::test]
async fn a_class_is_found_by_typing_and_clicked() -> Result<()> {
    play(async |stage| {
        let widget = signed_in(stage, TOM).await?;
        let class = widget.invite().class();
        for (typed, found) in [
            ("art c", ART.name),
            ("PERIOD", BIOLOGY.name),
            ("club", ART.name),
            ("hess", CHESS.name),
        ] {
            class.type_in(typed).await?;
            class.wait_offers(&[found]).await?;
        }
        class.click(CHESS.name).await?;
        class.wait_open(false).await?;
        ensure!(class.typed().await?.starts_with(CHESS.name));

        class.type_in("zumba").await?;
        stage.browser.wait_for_text("No class fits.").await?;
        class.wait_open(false).await
    })
    .await
}

#[tokio::test]
async fn classes_on_several_pages_are_all_offered_and_chosen_by_keyboard_alone() -> Result<()> {
    play(async |stage| {
        stage.sandbox.behave(json!({ "coursesPerPage": 1 })).await?;
        let widget = signed_in(stage, TOM).await?;
        let queries = classes_are_read(stage, 4).await?;
        ensure!(
            queries.iter().all(|query| query["teacherId"] == "me"),
            "{queries:?}"
        );
        let (browser, class) = (&stage.browser, widget.invite().class());
        browser.find(&ClassCombobox::field()).await?.focus().await?;
        browser.strike(Key::Down).await?;
        // The newest first, as the API lists them.
        class
            .wait_offers(&[BIOLOGY.name, HOMEROOM.name, ART.name, CHESS.name])
            .await?;
        class.wait_active(BIOLOGY.name).await?;
        browser.strike(Key::Up).await?;
        class.wait_active(CHESS.name).await?;
        browser.strike(Key::Down).await?;
        class.wait_active(BIOLOGY.name).await?;
        browser.strike(Key::Down).await?;
        class.wait_active(HOMEROOM.name).await?;

        browser.strike(Key::Escape).await?;
        class.wait_open(false).await?;
        assert_eq!(class.active().await?, None);
        assert_eq!(class.typed().await?, "");

        browser.type_on("b").await?;
        class
            .wait_offers(&[BIOLOGY.name, HOMEROOM.name, ART.name])
            .await?;
        browser.strike(Key::Down).await?;
        browser.strike(Key::Down).await?;
        class.wait_active(HOMEROOM.name).await?;
        browser.strike(Key::Enter).await?;
        class.wait_open(false).await?;
        ensure!(class.typed().await?.starts_with(HOMEROOM.name));
        ensure!(browser.has_focus(&ClassCombobox::field()).await?);
        ensure!(
            widget.cards().await?.is_empty(),
            "Enter in the open list has sent the form"
        );

        // Escape in the closed list empties the field.
        browser.strike(Key::Escape).await?;
        assert_eq!(class.typed().await?, "");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn only_active_classes_that_one_teaches_are_offered() -> Result<()> {
    play(async |stage| {
        let widget = signed_in(stage, ERROL).await?;
        let class = widget.invite().class();
        class.type_in("drama").await?;
        class.wait_offers(&["Drama Club"]).await?;
        for elsewhere in ["latin", "biology"] {
            class.type_in(elsewhere).await?;
            stage.browser.wait_for_text("No class fits.").await?;
            assert_eq!(class.offered().await?, [""; 0]);
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_class_that_the_page_is_for_is_chosen_and_so_is_the_only_one_there_is() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("view=invite&course=7412345678").await?;
        widget.sign_in(TOM).await?;
        stage.browser.wait_for_text("You invite as").await?;
        let class = widget.invite().class();
        let is_chosen = async |name| {
            stage
                .browser
                .wait_until(name, async || Ok(class.typed().await?.starts_with(name)))
                .await
        };
        is_chosen(CHESS.name).await?;

        stage.open("view=invite").await?;
        widget.sign_in(PRIYA).await?;
        is_chosen(BIOLOGY.name).await
    })
    .await
}

#[tokio::test]
async fn signed_out_the_press_leads_to_sign_in_and_keeps_what_was_pasted() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("view=invite").await?;
        let invite = widget.invite();
        invite.wait().await?;
        invite.paste(SAM.email).await?;
        let google = invite.press_signed_out().await?;
        google.sign_in(TOM).await?;
        widget.wait_signed_in(TOM).await?;
        classes_are_read(stage, 1).await?;
        assert_eq!(invite.pasted().await?, SAM.email);
        ensure!(stage.sandbox.writes().await?.is_empty());
        invite.choose_class(ART.name).await?;
        invite.press_check().await?;
        invite.review().wait_rows(&[(SAM.email, "ready")]).await
    })
    .await
}

#[tokio::test]
async fn every_role_says_what_it_may_do_and_a_co_teacher_is_the_usual_one() -> Result<()> {
    play(async |stage| {
        let widget = signed_in(stage, TOM).await?;
        let invite = widget.invite();
        let roles = invite.roles().await?;
        let names: Vec<_> = roles
            .iter()
            .map(|role| (role.name.as_str(), role.is_chosen))
            .collect();
        assert_eq!(
            names,
            [("Co-teacher", true), ("Student", false), ("Owner", false)]
        );
        for (role, says) in roles
            .iter()
            .zip(["can't delete", "as a student", "your place"])
        {
            ensure!(role.description.contains(says), "{role:?}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn people_are_invited_in_the_role_that_is_chosen() -> Result<()> {
    play(async |stage| {
        let widget = signed_in(stage, TOM).await?;
        let invite = widget.invite();
        invite.choose_class(ART.name).await?;
        for (role, person, sent) in [
            (None, "maya@school.example", "TEACHER"),
            (Some("Student"), "sam@school.example", "STUDENT"),
            (Some("Co-teacher"), "priya@school.example", "TEACHER"),
        ] {
            if let Some(role) = role {
                invite.choose_role(role).await?;
            }
            stage.sandbox.forget_calls().await?;
            let review = invite.check(person).await?;
            review.send().await?;
            review.wait_rows(&[(person, "sent")]).await?;
            let card = widget.outcome("invited").await?;
            ensure!(card.text.contains("1 invitation sent"), "{card:?}");
            let writes = stage.sandbox.writes().await?;
            let [call] = writes.as_slice() else {
                anyhow::bail!("{writes:?}");
            };
            ensure!(call.is("POST", INVITATIONS), "{call}");
            assert_eq!(
                call.body,
                json!({ "courseId": ART.id, "userId": person, "role": sent })
            );
            let school = stage.sandbox.school().await?;
            let invited = school.invited(person, ART.id);
            assert_eq!(invited.len(), 1);
            assert_eq!(invited[0].role, sent);
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn without_a_class_or_without_an_address_the_field_asks_to_be_filled() -> Result<()> {
    play(async |stage| {
        let widget = signed_in(stage, TOM).await?;
        let invite = widget.invite();
        invite.paste(SAM.email).await?;
        invite.press_check().await?;
        let card = widget.error("INPUT_INVALID").await?;
        invite
            .wait_to_be_corrected(&card, &ClassCombobox::field())
            .await?;

        // Two classes have it in their names.
        invite.class().type_in("7b").await?;
        invite.press_check().await?;
        let card = widget.error("INPUT_INVALID").await?;
        invite
            .wait_to_be_corrected(&card, &ClassCombobox::field())
            .await?;

        invite.choose_class(ART.name).await?;
        for nobody in ["", " ,;\n"] {
            invite.paste(nobody).await?;
            invite.press_check().await?;
            let card = widget.error("INPUT_INVALID").await?;
            invite
                .wait_to_be_corrected(&card, &Invite::addresses())
                .await?;
        }
        ensure!(stage.sandbox.writes().await?.is_empty());
        assert_eq!(invite.review().rows().await?, []);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_permission_that_is_missing_is_asked_for_when_the_classes_are_needed() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("view=invite").await?;
        let google = widget.open_signin().await?;
        google.choose(TOM).await?;
        google.wait_for_consent().await?;
        google.untick("View your Google Classroom classes").await?;
        google.allow().await?;
        widget.wait_signed_in(TOM).await?;

        let show = button("Show my classes");
        stage.browser.find(&show).await?;
        ensure!(
            stage
                .sandbox
                .calls()
                .await?
                .iter()
                .all(|call| call.path != COURSES)
        );
        let again = hallpass_e2e::pages::SigninPopup::opened_by(&stage.browser, async || {
            stage.browser.press(&show).await
        })
        .await?;
        again.allow().await?;
        classes_are_read(stage, 1).await?;
        stage.browser.wait_gone(&show).await
    })
    .await
}
