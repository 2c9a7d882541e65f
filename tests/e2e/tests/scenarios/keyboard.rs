//! Every flow with the keyboard alone: nothing here clicks, and wherever Tab leads the focus can be
//! seen (WCAG 2.2, 2.1.1, 2.4.7, 2.4.11). After each the focus was never lost (2.4.3).

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    fault::Fault,
    find::{Role, button},
    keyboard::Keyboard,
    pages::{ClassCombobox, Invite, Join, Pending, Received, Share, SigninPopup, Widget},
    play,
    school::{ADA, ART, BIOLOGY, CHESS, IVY, MAYA, Person, SAM, TOM, WANDA},
};
use serde_json::json;
use std::time::Duration;
use thirtyfour::Key;

const STUDENTS: &str = "/v1/courses/741234567890/students";
const INVITATIONS: &str = "/v1/invitations";

/// Plays with the keyboard only, from the page with these parameters on; fails where the focus got lost
/// or a mouse was used.
async fn with_keys(
    parameters: &str,
    scenario: impl AsyncFnOnce(&Stage, Widget<'_>, Keyboard<'_>) -> Result<()>,
) -> Result<()> {
    with_keys_in(json!({}), parameters, scenario).await
}

/// As [`with_keys`], with these keys in the page's configuration.
async fn with_keys_in(
    config: serde_json::Value,
    parameters: &str,
    scenario: impl AsyncFnOnce(&Stage, Widget<'_>, Keyboard<'_>) -> Result<()>,
) -> Result<()> {
    play(async |stage| {
        stage.sandbox.configure(config).await?;
        stage.browser.attend().await?;
        let widget = stage.open(parameters).await?;
        scenario(stage, widget, stage.browser.keyboard()).await?;
        stage.browser.kept_the_focus().await?;
        stage.browser.used_no_mouse().await
    })
    .await
}

/// Google's window, which opens at this key.
async fn opens_google<'a>(stage: &'a Stage, key: Key) -> Result<SigninPopup<'a>> {
    SigninPopup::opened_by(&stage.browser, async || {
        stage.browser.keyboard().press(key).await
    })
    .await
}

/// Signs in with the button of the account bar.
async fn signs_in(stage: &Stage, widget: Widget<'_>, person: Person) -> Result<()> {
    let keys = stage.browser.keyboard();
    keys.tab_to(&button("Sign in with Google")).await?;
    let google = opens_google(stage, Key::Enter).await?;
    google.sign_in_by_keyboard(person).await?;
    widget.wait_signed_in(person).await
}

/// The view for a class, with this person signed in, once the class is chosen.
async fn chooses(stage: &Stage, widget: Widget<'_>, person: Person, name: &str) -> Result<()> {
    signs_in(stage, widget, person).await?;
    let class = widget.invite().class();
    stage
        .browser
        .wait_until("the class is chosen", async || {
            Ok(class.typed().await?.starts_with(name))
        })
        .await
}

#[tokio::test]
async fn a_student_joins_by_code() -> Result<()> {
    with_keys("", async |stage, widget, keys| {
        keys.tab_to(&Join::field()).await?;
        keys.write(BIOLOGY.code).await?;
        let google = opens_google(stage, Key::Enter).await?;
        google.sign_in_by_keyboard(SAM).await?;
        widget.outcome("joined").await?;
        keys.is_led_to(&Join::field()).await?;
        keys.tab_to(&Role::Link.named("Open class")).await
    })
    .await
}

#[tokio::test]
async fn a_student_joins_by_link() -> Result<()> {
    with_keys("", async |stage, widget, keys| {
        keys.tab_to(&Join::field()).await?;
        keys.write(&ART.invite_link()).await?;
        keys.tab_to(&Join::button()).await?;
        let google = opens_google(stage, Key::Space).await?;
        google.sign_in_by_keyboard(SAM).await?;
        widget.outcome("joined").await?;
        // Whoever pressed the button still has it.
        keys.is_led_to(&Join::button()).await
    })
    .await
}

#[tokio::test]
async fn a_mistyped_code_is_put_right() -> Result<()> {
    with_keys("course=741234567890", async |stage, widget, keys| {
        keys.tab_to(&Join::field()).await?;
        // Between x and q there is no 9: it was a g.
        keys.write("k5x9").await?;
        keys.press(Key::Enter).await?;
        widget.error("INPUT_INVALID").await?;
        keys.is_led_to(&Join::field()).await?;
        keys.write_over("k5xq2m8").await?;
        keys.tab_to(&button("k5xq2mb")).await?;
        keys.press(Key::Space).await?;
        keys.is_led_to(&Join::field()).await?;
        assert_eq!(widget.join().typed().await?, "k5xq2mb");
        stage.browser.wait_gone(&button("k5xq2mb")).await
    })
    .await
}

#[tokio::test]
async fn a_student_chooses_from_the_directory() -> Result<()> {
    let config = json!({ "courses": [
        { "id": ART.id, "name": ART.name, "section": "Wednesdays" },
        { "id": CHESS.id, "name": CHESS.name },
    ] });
    with_keys_in(config, "", async |stage, widget, keys| {
        signs_in(stage, widget, MAYA).await?;
        keys.tab_to(&Join::field()).await?;
        keys.write(CHESS.code).await?;
        keys.tab_to(&ClassCombobox::field()).await?;
        keys.press(Key::Down).await?;
        widget.join().directory().wait_active(ART.name).await?;
        keys.press(Key::Escape).await?;
        widget.join().directory().wait_open(false).await?;
        keys.write("ches").await?;
        keys.press(Key::Down).await?;
        widget.join().directory().wait_active(CHESS.name).await?;
        keys.press(Key::Enter).await?;
        assert_eq!(widget.join().directory().typed().await?, CHESS.name);
        keys.enter(&Join::button()).await?;
        widget.outcome("joined").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn a_refusal_is_read_copied_and_tried_again() -> Result<()> {
    with_keys("course=741234567890", async |stage, widget, keys| {
        signs_in(stage, widget, SAM).await?;
        let trouble = Fault::google(500, "INTERNAL", "Oops.").on("POST", STUDENTS);
        stage.sandbox.faults(&[trouble.times(5)]).await?;
        keys.tab_to(&Join::field()).await?;
        keys.write(BIOLOGY.code).await?;
        keys.press(Key::Enter).await?;
        // Its pauses are skipped; each time the button goes from under the finger.
        let mut skips = 0;
        while !stage.browser.shows(&button("Copy details")).await?
            && !stage
                .browser
                .shows(&Role::Disclosure.named("Details for IT"))
                .await?
        {
            if stage.browser.shows(&button("Try now")).await? && skips < 5 {
                skips += usize::from(keys.enter(&button("Try now")).await.is_ok());
            }
        }
        widget.error("INTERNAL").await?;
        keys.enter(&Role::Disclosure.named("Details for IT"))
            .await?;
        keys.space(&button("Copy details")).await?;
        stage.browser.wait_for_text("Copied").await?;
        keys.is_led_to(&button("Copy details")).await?;
        keys.back_to(&button("Try again")).await?;
        keys.press(Key::Enter).await?;
        widget.outcome("joined").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn a_pause_is_stopped_and_one_is_cut_short() -> Result<()> {
    with_keys("course=741234567890", async |stage, widget, keys| {
        signs_in(stage, widget, SAM).await?;
        let busy = Fault::google(429, "RESOURCE_EXHAUSTED", "Quota exceeded.");
        let busy = busy.retry_after("20").on("POST", STUDENTS);
        stage.sandbox.faults(&[busy.times(2)]).await?;
        keys.tab_to(&Join::field()).await?;
        keys.write(BIOLOGY.code).await?;
        keys.press(Key::Enter).await?;
        keys.enter(&button("Stop")).await?;
        stage.browser.wait_gone(&button("Stop")).await?;
        stage.browser.kept_the_focus().await?;

        keys.back_to(&Join::button()).await?;
        keys.press(Key::Enter).await?;
        keys.enter(&button("Try now")).await?;
        widget.outcome("joined").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn accounts_are_switched_and_signed_out() -> Result<()> {
    with_keys("", async |stage, widget, keys| {
        signs_in(stage, widget, SAM).await?;
        keys.tab_to(&button("Switch account")).await?;
        let google = opens_google(stage, Key::Enter).await?;
        google.sign_in_by_keyboard(MAYA).await?;
        widget.wait_signed_in(MAYA).await?;
        keys.enter(&button("Sign out")).await?;
        widget.wait_signed_out().await?;
        signs_in(stage, widget, SAM).await?;
        keys.enter(&button("Remove access")).await?;
        widget.wait_signed_out().await
    })
    .await
}

#[tokio::test]
async fn a_wrong_account_is_switched_from_the_card() -> Result<()> {
    with_keys("course=760100000104", async |stage, widget, keys| {
        signs_in(stage, widget, SAM).await?;
        keys.tab_to(&Join::field()).await?;
        keys.write("foreign").await?;
        keys.press(Key::Enter).await?;
        widget.error("CannotInviteUserInUntrustedDomain").await?;
        // The one of the card, below the field; the join goes on by itself, and is refused again.
        keys.tab_to(&button("Switch account")).await?;
        let google = opens_google(stage, Key::Enter).await?;
        google.sign_in_by_keyboard(MAYA).await?;
        widget.wait_signed_in(MAYA).await?;
        widget.error("CannotInviteUserInUntrustedDomain").await?;
        keys.tab_to(&Role::Disclosure.named("Details for IT")).await
    })
    .await
}

#[tokio::test]
async fn an_invitation_is_declined_after_a_question_and_one_accepted() -> Result<()> {
    with_keys("view=received", async |stage, widget, keys| {
        signs_in(stage, widget, IVY).await?;
        let drama = "Drama Club";
        keys.enter_of(&button("Decline"), drama).await?;
        keys.is_led_to(&Role::Group.named("Decline this invitation?"))
            .await?;
        keys.enter(&button("Keep it")).await?;
        keys.is_led_to(&button("Decline")).await?;
        keys.press(Key::Enter).await?;
        keys.is_led_to(&Role::Group.named("Decline this invitation?"))
            .await?;
        keys.enter(&button("Decline")).await?;
        widget.outcome("declined").await?;
        // The next one's.
        keys.is_led_to(&button("Accept")).await?;
        keys.back_to(&Received::link()).await?;
        keys.enter_of(&button("Accept"), BIOLOGY.name).await?;
        widget.outcome("accepted").await?;
        stage.browser.wait_gone(&button("Stop")).await
    })
    .await
}

#[tokio::test]
async fn the_last_invitation_leaves_the_heading() -> Result<()> {
    with_keys("view=received", async |stage, widget, keys| {
        signs_in(stage, widget, WANDA).await?;
        keys.enter(&button("Accept")).await?;
        widget.outcome("accepted").await?;
        keys.is_led_to(&Received::heading()).await
    })
    .await
}

#[tokio::test]
async fn people_are_invited_looked_through_and_sent_to() -> Result<()> {
    with_keys("view=invite", async |stage, widget, keys| {
        let files = stage.browser.keep_downloads().await?;
        signs_in(stage, widget, TOM).await?;
        stage
            .browser
            .wait_for_text("Type a part of its name")
            .await?;
        keys.tab_to(&ClassCombobox::field()).await?;
        keys.write("art").await?;
        keys.press(Key::Down).await?;
        widget.invite().class().wait_active(ART.name).await?;
        keys.press(Key::Enter).await?;

        keys.tab_to(&Role::Radio.named("Co-teacher")).await?;
        keys.press(Key::Down).await?;
        keys.is_led_to(&Role::Radio.named("Student")).await?;

        keys.tab_to(&Invite::addresses()).await?;
        keys.write("maya@school.example, sam@school, wanda@school.example")
            .await?;
        keys.enter(&Invite::check_button()).await?;
        widget.invite().review().wait_checked().await?;
        keys.is_led_to(&Role::Table.named("Review")).await?;

        keys.enter_of(&button("Edit"), "sam@school").await?;
        keys.is_led_to(&Role::Textbox.named("Email address"))
            .await?;
        keys.write_over("sam@school.example").await?;
        keys.press(Key::Enter).await?;
        keys.enter_of(&button("Edit"), "sam@school.example").await?;
        keys.press(Key::Escape).await?;
        keys.enter_of(&button("Remove"), "wanda@school.example")
            .await?;
        keys.is_led_to(&Role::Table.named("Review")).await?;

        keys.enter(&button("Send invitations")).await?;
        widget.outcome("invited").await?;
        keys.enter(&button("Download results")).await?;
        let results = files.take("results.csv").await?;
        ensure!(results.contains("sam@school.example"), "{results}");
        let school = stage.sandbox.school().await?;
        for person in [MAYA, SAM] {
            assert_eq!(school.invited(person.email, ART.id).len(), 1);
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn questions_before_sending_are_answered() -> Result<()> {
    let parameters = format!("view=invite&course={}", CHESS.id);
    with_keys(&parameters, async |stage, widget, keys| {
        chooses(stage, widget, TOM, CHESS.name).await?;
        keys.tab_to(&Role::Radio.named("Co-teacher")).await?;
        for role in ["Student", "Owner"] {
            keys.press(Key::Down).await?;
            keys.is_led_to(&Role::Radio.named(role)).await?;
        }
        keys.tab_to(&Invite::addresses()).await?;
        keys.write("otto@partner.example").await?;
        keys.enter(&Invite::check_button()).await?;
        keys.is_led_to(&Role::Table.named("Review")).await?;
        keys.enter(&button("Send invitations")).await?;
        keys.is_led_to(&Role::Group.named("Give this class away?"))
            .await?;
        keys.enter(&button("Invite as co-teacher")).await?;
        keys.is_led_to(&Role::Group.beginning("Some addresses"))
            .await?;
        keys.enter(&button("They're right")).await?;
        widget.outcome("invited").await?;
        stage.browser.wait_gone(&button("Pause")).await
    })
    .await
}

#[tokio::test]
async fn a_run_is_paused_resumed_and_stopped() -> Result<()> {
    let parameters = format!("view=invite&course={}", ART.id);
    with_keys(&parameters, async |stage, widget, keys| {
        chooses(stage, widget, TOM, ART.name).await?;
        let slow = Fault::delayed(Duration::from_secs(2)).on("POST", INVITATIONS);
        stage.sandbox.faults(&[slow]).await?;
        keys.tab_to(&Invite::addresses()).await?;
        let people = [
            "maya", "sam", "priya", "ada", "wanda", "carl", "kofi", "ivy", "ike", "oli",
        ];
        let people = people.map(|name| format!("{name}@school.example"));
        keys.write(&people.join(" ")).await?;
        keys.enter(&Invite::check_button()).await?;
        keys.is_led_to(&Role::Table.named("Review")).await?;
        keys.enter(&button("Send invitations")).await?;
        keys.enter(&button("Pause")).await?;
        keys.is_led_to(&button("Resume")).await?;
        keys.press(Key::Enter).await?;
        keys.is_led_to(&button("Pause")).await?;
        keys.enter(&button("Stop")).await?;
        stage.sandbox.faults(&[]).await?;
        keys.tab_to(&button("Download results")).await
    })
    .await
}

#[tokio::test]
async fn what_failed_is_tried_again() -> Result<()> {
    let parameters = format!("view=invite&course={}", ART.id);
    with_keys(&parameters, async |stage, widget, keys| {
        chooses(stage, widget, TOM, ART.name).await?;
        keys.tab_to(&Invite::addresses()).await?;
        keys.write("maya@school.example").await?;
        keys.enter(&Invite::check_button()).await?;
        keys.is_led_to(&Role::Table.named("Review")).await?;
        let refused = Fault::google(409, "ABORTED", "Aborted.").on("POST", INVITATIONS);
        stage.sandbox.faults(&[refused]).await?;
        keys.enter(&button("Send invitations")).await?;
        stage.browser.find(&button("Try failed again")).await?;
        stage.sandbox.faults(&[]).await?;
        keys.enter(&button("Try failed again")).await?;
        stage.browser.wait_gone(&button("Try failed again")).await?;
        let school = stage.sandbox.school().await?;
        assert_eq!(school.invited(MAYA.email, ART.id).len(), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn open_invitations_are_looked_after() -> Result<()> {
    let parameters = format!("view=invite&course={}", BIOLOGY.id);
    with_keys(&parameters, async |stage, widget, keys| {
        chooses(stage, widget, TOM, BIOLOGY.name).await?;
        keys.enter_of(&button("Change to co-teacher"), WANDA.email)
            .await?;
        widget.outcome("role-changed").await?;
        keys.is_led_to(&button("Change to student")).await?;
        keys.back_to(&button("Send again")).await?;
        keys.press(Key::Enter).await?;
        widget.outcome("sent-again").await?;
        keys.is_led_to(&button("Send again")).await?;
        keys.enter_of(&button("Withdraw"), WANDA.email).await?;
        widget.outcome("withdrawn").await?;
        keys.is_led_to(&Pending::heading()).await?;
        keys.back_to(&button("Undo")).await?;
        keys.press(Key::Enter).await?;
        widget.outcome("sent-again").await?;
        keys.enter(&Pending::copy_message()).await?;
        stage.browser.wait_for_text("Copied").await
    })
    .await
}

#[tokio::test]
async fn a_class_is_shared() -> Result<()> {
    let parameters = format!("view=invite&course={}", ART.id);
    with_keys(&parameters, async |stage, widget, keys| {
        chooses(stage, widget, TOM, ART.name).await?;
        keys.enter(&button("Copy code")).await?;
        stage.browser.wait_for_text("Copied").await?;
        keys.enter(&button("Copy link")).await?;
        keys.tab_to(&Share::switch()).await?;
        let google = opens_google(stage, Key::Space).await?;
        google.allow_by_keyboard().await?;
        widget.outcome("code-alone-on").await?;
        keys.is_led_to(&Share::switch()).await?;
        keys.press(Key::Space).await?;
        widget.outcome("code-alone-off").await?;
        keys.is_led_to(&Share::switch()).await?;

        keys.back_to(&Share::enlarge()).await?;
        keys.press(Key::Enter).await?;
        keys.is_led_to(&button("Close")).await?;
        keys.press(Key::Enter).await?;
        keys.is_led_to(&Share::enlarge()).await?;
        keys.press(Key::Enter).await?;
        keys.is_led_to(&button("Close")).await?;
        keys.press(Key::Escape).await?;
        keys.is_led_to(&Share::enlarge()).await
    })
    .await
}

#[tokio::test]
async fn students_are_added() -> Result<()> {
    let config = json!({ "views": ["enroll", "join"] });
    with_keys_in(config, "view=enroll", async |stage, widget, keys| {
        signs_in(stage, widget, ADA).await?;
        keys.tab_to(&ClassCombobox::field()).await?;
        keys.write(&BIOLOGY.invite_link()).await?;
        keys.tab_to(&Invite::addresses()).await?;
        keys.write("maya@school.example nora@gmail.example").await?;
        keys.enter(&Invite::check_button()).await?;
        keys.is_led_to(&Role::Table.named("Review")).await?;
        keys.enter(&button("Add students")).await?;
        keys.enter(&button("They're right")).await?;
        stage.browser.find(&button("Invite instead")).await?;
        // Above what tells how it went, which has the focus.
        keys.back_to(&button("Invite instead")).await?;
        keys.press(Key::Enter).await?;
        stage
            .browser
            .wait_until("Nora is invited", async || {
                let school = stage.sandbox.school().await?;
                Ok(!school.invited("nora@gmail.example", BIOLOGY.id).is_empty())
            })
            .await?;
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(MAYA.email, BIOLOGY.id), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn views_are_changed_and_their_links_keep_the_focus() -> Result<()> {
    with_keys("", async |stage, widget, keys| {
        for view in ["My invitations", "Invite people", "Join a class"] {
            keys.back_to(&Role::Link.named(view)).await?;
            keys.press(Key::Enter).await?;
            stage.browser.find(&Role::Heading.named(view)).await?;
            keys.is_led_to(&Role::Link.named(view)).await?;
        }
        widget.join().wait().await
    })
    .await
}

/// The stops in the order in which they are read: by the place of their elements in the page, line by
/// line, within what stands side by side from left to right.
#[tokio::test]
async fn tab_goes_through_every_view_in_reading_order() -> Result<()> {
    let account = [
        "button \"Switch account\"",
        "button \"Sign out\"",
        "button \"Remove access\"",
    ];
    let views = ["Join a class", "My invitations", "Invite people"];
    let views = views.map(|view| format!("link \"{view}\""));
    for (parameters, person, own) in [
        (
            "",
            SAM,
            &[
                "textbox \"Class code or invite link\"",
                "button \"Join class\"",
            ][..],
        ),
        (
            "view=received",
            WANDA,
            &[
                "button \"Accept\"",
                "button \"Decline\"",
                "button \"Refresh\"",
            ],
        ),
        (
            "view=invite&course=741234567890",
            TOM,
            &[
                "combobox \"Class\"",
                "radio \"Co-teacher\"",
                "textbox \"Email addresses\"",
                "button \"Check addresses\"",
                "button \"Send again\"",
                "button \"Withdraw\"",
                "button \"Change to co-teacher\"",
                "button \"Send again\"",
                "button \"Withdraw\"",
                "button \"Change to student\"",
                "button \"Send again\"",
                "button \"Withdraw\"",
                "button \"Change to student\"",
                "button \"Copy a message to share\"",
                "button \"Show full screen\"",
                "button \"Copy code\"",
                "button \"Copy link\"",
                "button \"Copy link to join here\"",
                "switch \"Let students join with the code alone\"",
            ],
        ),
    ] {
        with_keys(parameters, async |stage, widget, keys| {
            signs_in(stage, widget, person).await?;
            if let Some(last) = own.last() {
                let name = last.split('"').nth(1).context("no name")?;
                stage.browser.wait_for_text(name).await?;
            }
            let stops = keys.stops().await?;
            let wanted = account.map(str::to_owned).into_iter();
            let wanted = wanted.chain(views.clone());
            let wanted: Vec<_> = wanted
                .chain(own.iter().map(|own| (*own).to_owned()))
                .chain(["combobox \"Language\"".to_owned()])
                .collect();
            assert_eq!(stops, wanted, "{parameters}");
            Ok(())
        })
        .await?;
    }
    Ok(())
}
