//! In a school's portal: the element in a card, a list of classes beside it, tokens of Google's window
//! or of the portal itself.

use std::time::Duration;

use anyhow::{Result, ensure};
use hallpass_e2e::{
    Stage,
    fault::{Fault, Origin},
    find::{Role, button},
    language::Language,
    pages::{Event, Host, Join, Received, Widget},
    play,
    school::{ADA, ART, BIOLOGY, MAYA, Person, SAM, TOM, WANDA},
};
use serde_json::{Value, json};

/// For Google, not for the page, every token has run out after that.
const LONG: Duration = Duration::from_secs(7200);

/// The portal, with Google's sign-in.
async fn portal(stage: &Stage) -> Result<Host<'_>> {
    Host::open(stage, "portal").await
}

/// The portal that signs this person in, and the widget in it, once it has.
async fn signed_in<'a>(
    stage: &'a Stage,
    person: Person,
    more: &str,
) -> Result<(Host<'a>, Widget<'a>)> {
    let path = format!("portal?tokens=host&account={}{more}", person.email);
    let portal = Host::open(stage, &path).await?;
    let widget = portal.enter().await?;
    widget.wait_signed_in(person).await?;
    Ok((portal, widget))
}

/// The events but those about the height, which come as often as it changes.
fn but_resizes(told: Vec<Event>) -> Vec<(String, Value)> {
    told.into_iter()
        .filter(|event| event.name != "resize")
        .map(|event| (event.name, event.detail))
        .collect()
}

fn named(events: &[(String, Value)]) -> Vec<&str> {
    events.iter().map(|(name, _)| name.as_str()).collect()
}

/// No part of what is told is a token, an address or a person's name.
fn is_lean(told: &[(String, Value)]) -> Result<()> {
    for (name, detail) in told {
        let detail = detail.to_string();
        for private in ["ya29.", "@", "Maya", "Chen", "Tom", "Becker", BIOLOGY.name] {
            ensure!(
                !detail.contains(private),
                "{name} holds {private}: {detail}"
            );
        }
    }
    Ok(())
}

/// Nothing in the widget offers Google's sign-in or what belongs to it.
async fn google_is_not_offered(stage: &Stage) -> Result<()> {
    for name in ["Sign in with Google", "Switch account", "Remove access"] {
        ensure!(!stage.browser.shows(&button(name)).await?, "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn a_student_joins_the_chosen_class_with_google() -> Result<()> {
    play(async |stage| {
        let portal = portal(stage).await?;
        portal.press("Choose Biology 7b").await?;
        let card = portal.join_with_google(MAYA, BIOLOGY.code).await?;
        ensure!(card.text.contains(BIOLOGY.name), "{card:?}");
        assert_eq!(
            stage.sandbox.posts().await?,
            [format!("/v1/courses/{}/students", BIOLOGY.id)]
        );

        let joined = portal.wait_told("joined", 1).await?;
        assert_eq!(
            joined,
            [json!({ "courseId": BIOLOGY.id, "alreadyMember": false })]
        );
        let told = but_resizes(portal.told().await?);
        assert_eq!(named(&told), ["ready", "signedin", "joined"]);
        assert_eq!(
            told[0].1["views"],
            json!(["join", "received", "invite"]),
            "{told:?}"
        );
        ensure!(told[0].1["version"].is_string(), "{told:?}");
        assert_eq!(told[1].1, Value::Null);
        is_lean(&told)?;
        stage.browser.find(&button("You're in")).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn whoever_is_in_the_portal_is_in_the_widget_and_joins_without_any_window() -> Result<()> {
    play(async |stage| {
        let (portal, _) = signed_in(stage, MAYA, "").await?;
        google_is_not_offered(stage).await?;
        portal.press("Choose Biology 7b").await?;
        let widget = portal.enter().await?;
        widget.join().with(BIOLOGY.code).await?;
        widget.outcome("joined").await?;
        assert_eq!(stage.browser.windows().await?.len(), 1);

        portal.wait_told("joined", 1).await?;
        let told = but_resizes(portal.told().await?);
        assert_eq!(named(&told), ["ready", "signedin", "joined"]);
        is_lean(&told)
    })
    .await
}

#[tokio::test]
async fn whoever_is_in_the_class_already_is_told_as_such() -> Result<()> {
    play(async |stage| {
        let (portal, widget) = signed_in(stage, MAYA, "&course=512251138243&code=h2omer7").await?;
        assert_eq!(widget.join().typed().await?, "h2omer7");
        widget.join().press().await?;
        widget.outcome("already-member").await?;
        let joined = portal.wait_told("joined", 1).await?;
        assert_eq!(
            joined,
            [json!({ "courseId": "512251138243", "alreadyMember": true })]
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_portals_buttons_set_the_class_while_the_widget_runs() -> Result<()> {
    play(async |stage| {
        let (portal, _) = signed_in(stage, MAYA, "").await?;
        portal.press("Choose Biology 7b").await?;
        portal.press("Choose Art Club").await?;
        let widget = portal.enter().await?;
        widget.join().with(ART.code).await?;
        widget.outcome("joined").await?;
        assert_eq!(
            stage.sandbox.posts().await?,
            [format!("/v1/courses/{}/students", ART.id)]
        );
        // The same widget all the while: it was not loaded anew.
        portal.wait_told("ready", 1).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn leaving_the_portal_signs_out_of_the_widget() -> Result<()> {
    play(async |stage| {
        let portal = portal(stage).await?;
        portal.sign_in(MAYA).await?;
        portal.press("Leave the portal").await?;
        portal.enter().await?.wait_signed_out().await?;
        portal.wait_told("signedout", 1).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn signing_out_in_the_widget_is_told_to_the_portal() -> Result<()> {
    play(async |stage| {
        let portal = portal(stage).await?;
        let widget = portal.sign_in(MAYA).await?;
        widget.sign_out().await?;
        widget.wait_signed_out().await?;
        assert_eq!(portal.wait_told("signedout", 1).await?, [Value::Null]);
        let told = but_resizes(portal.told().await?);
        assert_eq!(named(&told), ["ready", "signedin", "signedout"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_portal_that_cannot_sign_the_person_in_is_named_in_words() -> Result<()> {
    play(async |stage| {
        let portal = Host::open(stage, "portal?tokens=host&account=nobody@school.example").await?;
        let widget = portal.enter().await?;
        let card = widget.error("HOST_TOKEN").await?;
        ensure!(
            !card.title.is_empty() && card.offers("Try again"),
            "{card:?}"
        );
        let errors = portal.wait_told("error", 1).await?;
        assert_eq!(errors[0]["reason"], "HOST_TOKEN");
        assert_eq!(errors[0]["retryable"], true);
        ensure!(stage.sandbox.calls().await?.is_empty());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_token_whose_time_is_up_is_asked_for_again_by_itself() -> Result<()> {
    play(async |stage| {
        let (_, widget) = signed_in(stage, MAYA, "&course=741234567890&lasts=2").await?;
        tokio::time::sleep(Duration::from_secs(3)).await;
        widget.join().with(BIOLOGY.code).await?;
        widget.outcome("joined").await?;
        let tokens = stage.sandbox.tokens().await?;
        ensure!(tokens.len() > 1, "the page was asked once only");
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(MAYA.email, BIOLOGY.id), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_token_that_google_takes_no_more_is_asked_for_again_and_the_join_goes_on() -> Result<()> {
    play(async |stage| {
        let (portal, widget) = signed_in(stage, MAYA, "&course=741234567890").await?;
        stage.sandbox.clock(LONG).await?;
        widget.join().with(BIOLOGY.code).await?;
        widget.outcome("joined").await?;
        assert_eq!(widget.cards().await?, ["joined"]);
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(MAYA.email, BIOLOGY.id), 1);
        portal.wait_told("joined", 1).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn a_portal_that_has_no_other_token_is_named_in_words_and_asked_again_on_a_press()
-> Result<()> {
    play(async |stage| {
        let (_, widget) = signed_in(stage, MAYA, "&course=741234567890").await?;
        stage.sandbox.clock(LONG).await?;
        let nothing = Fault::status(503).at(Origin::Pages);
        let nothing = nothing.on("POST", "/portal/token");
        stage.sandbox.faults(&[nothing]).await?;
        widget.join().with(BIOLOGY.code).await?;
        let card = widget.error("HOST_TOKEN").await?;
        ensure!(
            card.offers("Try again") && !card.text.contains("Sign in"),
            "{card:?}"
        );
        google_is_not_offered(stage).await?;
        assert_eq!(widget.join().typed().await?, BIOLOGY.code);
        stage.sandbox.faults(&[]).await?;
        widget.follow("Try again").await?;
        widget.outcome("joined").await?;
        widget.wait_signed_in(MAYA).await
    })
    .await
}

#[tokio::test]
async fn tokens_that_are_of_no_use_are_not_asked_for_over_and_over() -> Result<()> {
    play(async |stage| {
        let (_, widget) = signed_in(stage, MAYA, "&course=741234567890").await?;
        let refused = Fault::google(401, "UNAUTHENTICATED", "Invalid credentials.");
        let refused = refused.on("POST", "/v1/courses/741234567890/students");
        stage.sandbox.faults(&[refused]).await?;
        widget.join().with(BIOLOGY.code).await?;
        let card = widget.error("UNAUTHENTICATED").await?;
        assert_eq!(card.title, "This page didn't sign you in");
        ensure!(card.offers("Try again"), "{card:?}");
        assert_eq!(stage.sandbox.tokens().await?.len(), 2);
        stage.sandbox.faults(&[]).await?;
        widget.follow("Try again").await?;
        widget.outcome("joined").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn invitations_go_on_by_themselves_once_the_portal_has_another_token() -> Result<()> {
    play(async |stage| {
        let (portal, widget) = signed_in(stage, TOM, "&view=invite&course=741234567890").await?;
        let review = widget
            .invite()
            .check("sam@school.example, maya@school.example")
            .await?;
        stage.sandbox.clock(LONG).await?;
        review.send().await?;
        review
            .wait_rows(&[(SAM.email, "sent"), (MAYA.email, "sent")])
            .await?;
        ensure!(
            widget
                .cards()
                .await?
                .iter()
                .all(|card| card != "HOST_TOKEN")
        );
        assert_eq!(stage.sandbox.tokens().await?.len(), 2);
        portal.wait_told("invited", 2).await.map(drop)
    })
    .await
}

/// The portal's page has another class for the widget, or none.
async fn set_course(stage: &Stage, portal: Host<'_>, course: &str) -> Result<()> {
    portal.leave().await?;
    let set = format!("document.querySelector('hall-pass').setAttribute('course', '{course}');");
    stage.browser.evaluate(&set).await.map(drop)
}

#[tokio::test]
async fn a_class_that_the_portal_takes_back_brings_the_choice_back() -> Result<()> {
    play(async |stage| {
        let courses = [BIOLOGY, ART].map(|class| json!({ "id": class.id, "name": class.name }));
        stage
            .sandbox
            .configure(json!({ "courses": courses }))
            .await?;
        let (portal, widget) = signed_in(stage, MAYA, "&course=741234567890").await?;
        let directory = widget.join().directory();
        ensure!(!directory.is_there().await?, "there is a class already");
        for is_there in [true, false, true] {
            set_course(stage, portal, if is_there { "" } else { BIOLOGY.id }).await?;
            portal.enter().await?;
            stage
                .browser
                .wait_until("the choice follows the portal", async || {
                    Ok(directory.is_there().await? == is_there)
                })
                .await?;
        }
        widget.join().choose_class("art", ART.name).await?;
        widget.join().with(ART.code).await?;
        widget.outcome("joined").await?;
        assert_eq!(
            stage.sandbox.posts().await?,
            [format!("/v1/courses/{}/students", ART.id)]
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_class_that_the_portal_takes_back_is_chosen_no_more_by_a_teacher() -> Result<()> {
    play(async |stage| {
        let (portal, widget) = signed_in(stage, TOM, "&view=invite&course=741234567890").await?;
        let class = widget.invite().class();
        for expected in [BIOLOGY.name, "", ART.name] {
            match expected {
                "" => set_course(stage, portal, "").await?,
                name if name == ART.name => set_course(stage, portal, ART.id).await?,
                _ => {}
            }
            portal.enter().await?;
            stage
                .browser
                .wait_until("the choice follows the portal", async || {
                    let typed = class.typed().await?;
                    Ok(typed.starts_with(expected) && typed.is_empty() == expected.is_empty())
                })
                .await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_refusal_is_told_by_its_reason() -> Result<()> {
    play(async |stage| {
        let (portal, widget) = signed_in(stage, SAM, "").await?;
        widget.join().with("archive").await?;
        widget.error("CourseNotModifiable").await?;
        assert_eq!(
            portal.wait_told("error", 1).await?,
            [json!({ "task": "join", "status": "FAILED_PRECONDITION", "reason": "CourseNotModifiable",
                     "retryable": false })]
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn each_invitation_that_is_sent_is_told_once() -> Result<()> {
    play(async |stage| {
        let (portal, widget) = signed_in(stage, TOM, "&view=invite&course=741234567890").await?;
        let review = widget
            .invite()
            .check("sam@school.example, maya@school.example")
            .await?;
        review.send().await?;
        review
            .wait_rows(&[(SAM.email, "sent"), (MAYA.email, "sent")])
            .await?;
        let invited = portal.wait_told("invited", 2).await?;
        for (person, detail) in [SAM, MAYA].iter().zip(&invited) {
            let school = stage.sandbox.school().await?;
            let open = school.invited(person.email, BIOLOGY.id);
            assert_eq!(open.len(), 1, "{person:?}");
            ensure!(
                invited
                    .iter()
                    .any(|detail| detail["invitationId"] == open[0].id),
                "{invited:?}"
            );
            assert_eq!(detail["courseId"], BIOLOGY.id);
            assert_eq!(detail["role"], "TEACHER");
        }
        is_lean(&but_resizes(portal.told().await?))
    })
    .await
}

/// Wanda answers her invitation to Biology 7b.
async fn wanda_answers(action: &str, outcome: &str, event: &str) -> Result<()> {
    play(async |stage| {
        let school = stage.sandbox.school().await?;
        let id = school.invited(WANDA.email, BIOLOGY.id)[0].id.clone();
        let (portal, widget) = signed_in(stage, WANDA, "&view=received").await?;
        widget
            .received()
            .wait_classes(&["Biology 7b Period 3"])
            .await?;
        press_in_row(widget, action).await?;
        widget.outcome(outcome).await?;
        assert_eq!(
            portal.wait_told(event, 1).await?,
            [json!({ "courseId": BIOLOGY.id, "role": "STUDENT", "invitationId": id })]
        );
        Ok(())
    })
    .await
}

async fn press_in_row(widget: Widget<'_>, action: &str) -> Result<()> {
    let received: Received<'_> = widget.received();
    match action {
        "Decline" => received.decline("Biology 7b Period 3").await,
        action => received.press("Biology 7b Period 3", action).await,
    }
}

#[tokio::test]
async fn an_invitation_that_is_accepted_is_told() -> Result<()> {
    wanda_answers("Accept", "accepted", "accepted").await
}

#[tokio::test]
async fn an_invitation_that_is_declined_is_told() -> Result<()> {
    wanda_answers("Decline", "declined", "declined").await
}

#[tokio::test]
async fn a_student_who_is_added_is_told() -> Result<()> {
    play(async |stage| {
        stage
            .sandbox
            .configure(json!({ "views": ["enroll", "join"] }))
            .await?;
        let (portal, widget) = signed_in(stage, ADA, "&view=enroll&course=741234567890").await?;
        let review = widget.enroll().check(SAM.email).await?;
        review.send().await?;
        review.wait_rows(&[(SAM.email, "sent")]).await?;
        assert_eq!(
            portal.wait_told("enrolled", 1).await?,
            [json!({ "courseId": BIOLOGY.id })]
        );
        Ok(())
    })
    .await
}

/// The colour of the ground that the widget's words stand on, as it is painted.
async fn ground(stage: &Stage) -> Result<String> {
    let script = "let place = document.querySelector('.hall-pass h1');
        let colour;
        do {
            colour = getComputedStyle(place).backgroundColor;
            place = place.parentElement;
        } while (place && (colour === 'rgba(0, 0, 0, 0)' || colour === 'transparent'));
        return colour;";
    Ok(stage
        .browser
        .evaluate(script)
        .await?
        .as_str()
        .unwrap_or_default()
        .to_owned())
}

#[tokio::test]
async fn colours_and_font_are_the_portals_and_follow_it_live() -> Result<()> {
    play(async |stage| {
        let portal = portal(stage).await?;
        portal.enter().await?.join().wait().await?;
        let waits_for = async |colour: &str| {
            stage
                .browser
                .wait_until(&format!("the ground is {colour}"), async || {
                    Ok(ground(stage).await? == colour)
                })
                .await
        };
        // The portal's --paper, light and dark.
        waits_for("rgb(255, 255, 255)").await?;
        let field = stage.browser.find(&Join::field()).await?;
        let font = field.css_value("font-family").await?;
        ensure!(font.contains("Georgia"), "{font}");
        portal.choose("Appearance", "Dark").await?;
        portal.enter().await?;
        waits_for("rgb(26, 38, 33)").await?;
        portal.choose("Appearance", "Light").await?;
        portal.enter().await?;
        waits_for("rgb(255, 255, 255)").await?;
        portal.wait_told("ready", 1).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn the_words_follow_the_portals_language_live_and_what_is_typed_stays() -> Result<()> {
    play(async |stage| {
        let browser = &stage.browser;
        let portal = portal(stage).await?;
        portal.enter().await?.join().type_in("k5xq").await?;
        portal.choose("Portal language", "Español").await?;
        portal.enter().await?;
        let spanish = Language::of("es")?;
        let heading = spanish.text("join_a_class")?;
        browser.find(&Role::Heading.named(heading)).await?;
        let field = spanish.text("class_code_or_link")?;
        let field = browser.find(&Role::Textbox.named(field)).await?;
        assert_eq!(field.prop("value").await?.as_deref(), Some("k5xq"));
        let language = "return document.querySelector('.hall-pass').lang";
        assert_eq!(browser.evaluate(language).await?, "es");
        portal.choose("Portal language", "English").await?;
        let widget = portal.enter().await?;
        assert_eq!(widget.join().typed().await?, "k5xq");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_frame_is_always_as_high_as_what_is_in_it_and_stands_still() -> Result<()> {
    play(async |stage| {
        let (portal, _) = signed_in(stage, MAYA, "&course=741234567890").await?;
        let comes_to_fit = async |when: &str| {
            stage
                .browser
                .wait_until(&format!("the frame fits {when}"), async || {
                    portal.fits().await
                })
                .await
        };
        comes_to_fit("at first").await?;
        let first = portal.frame_height().await?;

        let widget = portal.enter().await?;
        widget.join().with("wrongco").await?;
        widget.error("PERMISSION_DENIED").await?;
        comes_to_fit("with an error").await?;
        ensure!(portal.frame_height().await? > first, "it did not grow");
        portal.enter().await?;
        widget.details().await?;
        comes_to_fit("with the details").await?;

        let widget = portal.enter().await?;
        widget.join().with(BIOLOGY.code).await?;
        widget.outcome("joined").await?;
        comes_to_fit("with an outcome").await?;

        let resizes = async || -> Result<usize> {
            let told = portal.told().await?;
            Ok(told.iter().filter(|event| event.name == "resize").count())
        };
        // Whatever is still on its way arrives within a second; nothing comes after it.
        tokio::time::sleep(Duration::from_secs(1)).await;
        let settled = resizes().await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(resizes().await?, settled, "the height oscillates");
        ensure!(settled < 20, "{settled} changes of the height");
        Ok(())
    })
    .await
}
