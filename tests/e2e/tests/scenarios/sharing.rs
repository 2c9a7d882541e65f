//! "Share this class": the code, what carries it, and the switch that lets the code alone lead there.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use hallpass_e2e::{
    Stage,
    browser::Options,
    fault::{Drop, Fault},
    find::{Role, Shown, button},
    pages::{Share, SigninPopup, Widget},
    play, play_with,
    school::{ART, BIOLOGY, CHESS, Course, HOMEROOM, MAYA, SAM, TOM},
};
use serde_json::{Value, json};
use thirtyfour::Key;

const QR_OF_JOIN: &str = "QR code of the link to join here";
const QR_OF_INVITE: &str = "QR code of the invite link";

/// The permission that only the switch asks for, as Google's window names it.
const CHANGE_CLASSES: &str = "See, edit, create, and permanently delete";

/// Tom looks at how this class is shared.
async fn tom_shares<'a>(stage: &'a Stage, class: &Course) -> Result<Widget<'a>> {
    let widget = stage
        .open(&format!("view=invite&course={}", class.id))
        .await?;
    widget.sign_in(TOM).await?;
    widget.share().wait_code(class.code).await?;
    Ok(widget)
}

/// What the class is called beside its number.
async fn aliases(stage: &Stage, class: &Course) -> Result<Vec<String>> {
    let state = stage.sandbox.state().await?;
    let aliases = state["aliases"].as_array().into_iter().flatten();
    Ok(aliases
        .filter(|alias| alias["courseId"] == class.id)
        .filter_map(|alias| alias["alias"].as_str().map(str::to_owned))
        .collect())
}

/// Changes the class, by another teacher's hand.
async fn change(stage: &Stage, class: &Course, change: impl FnOnce(&mut Value)) -> Result<()> {
    let mut state = stage.sandbox.state().await?;
    let mut courses = state["courses"].as_array_mut().into_iter().flatten();
    let course = courses.find(|course| course["id"] == class.id);
    change(course.with_context(|| format!("no {}", class.name))?);
    stage.sandbox.put_state(&state).await
}

/// Gives the class this alias, by another teacher's hand.
async fn is_called(stage: &Stage, class: &Course, alias: &str) -> Result<()> {
    let mut state = stage.sandbox.state().await?;
    let aliases = state["aliases"].as_array_mut().context("aliases")?;
    aliases.push(json!({ "courseId": class.id, "alias": alias }));
    stage.sandbox.put_state(&state).await
}

fn aliases_of(class: &Course) -> String {
    format!("/v1/courses/{}/aliases", class.id)
}

fn unavailable() -> Fault {
    Fault::google(503, "UNAVAILABLE", "The service is currently unavailable.").retry_after("0")
}

/// Where the page leads whoever joins this class here.
fn join_link(stage: &Stage, class: &Course) -> String {
    let (page, id, code) = (&stage.sandbox.widget, class.id, class.code);
    format!("{page}#view=join&course={id}&code={code}")
}

/// What a camera reads in the picture.
fn read(picture: &[u8]) -> Result<String> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(picture)).read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().context("a picture too large")?];
    let frame = reader.next_frame(&mut pixels)?;
    let (width, height) = (frame.width.try_into()?, frame.height.try_into()?);
    let (line, samples) = (frame.line_size, frame.color_type.samples());
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        // The code is black and white: one colour tells as much as all three.
        pixels[y * line + x * samples]
    });
    match prepared.detect_grids().as_slice() {
        [grid] => Ok(grid.decode()?.1),
        grids => bail!("{} codes in the picture", grids.len()),
    }
}

#[tokio::test]
async fn the_code_is_large_and_code_and_links_can_be_copied() -> Result<()> {
    play(async |stage| {
        let widget = tom_shares(stage, &BIOLOGY).await?;
        let share = widget.share();
        let code = share.code().await?;
        assert_eq!(code.text, BIOLOGY.code);
        ensure!(code.size.1 >= 40.0, "{code:?}");
        assert_eq!(share.copied("Copy code").await?, BIOLOGY.code);
        assert_eq!(share.copied("Copy link").await?, BIOLOGY.invite_link());
        let join = share.copied("Copy link to join here").await?;
        assert_eq!(join, join_link(stage, &BIOLOGY));
        ensure!(stage.sandbox.writes().await?.is_empty());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_qr_code_leads_to_the_join_with_class_and_code_filled_in() -> Result<()> {
    play(async |stage| {
        let widget = tom_shares(stage, &ART).await?;
        let read = read(&widget.share().qr_code(QR_OF_JOIN).await?)?;
        assert_eq!(read, join_link(stage, &ART));

        // Somebody's phone, which has read it.
        widget.sign_out().await?;
        stage.browser.goto("about:blank").await?;
        stage.browser.goto(&read).await?;
        widget.join().wait().await?;
        assert_eq!(widget.join().typed().await?, ART.code);
        widget.join().press_signed_out().await?.sign_in(SAM).await?;
        let card = widget.outcome("joined").await?;
        ensure!(card.text.contains(ART.name), "{card:?}");
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(SAM.email, ART.id), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn in_the_dark_the_qr_code_is_as_readable() -> Result<()> {
    let dark = Options {
        dark: true,
        size: (320, 700),
        ..Options::default()
    };
    play_with(dark, async |stage| {
        let widget = tom_shares(stage, &CHESS).await?;
        let picture = widget.share().qr_code(QR_OF_JOIN).await?;
        assert_eq!(read(&picture)?, join_link(stage, &CHESS));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_page_that_offers_no_joins_shares_the_invite_link_alone() -> Result<()> {
    play(async |stage| {
        stage
            .sandbox
            .configure(json!({ "views": ["invite", "received"] }))
            .await?;
        let widget = tom_shares(stage, &BIOLOGY).await?;
        let join = button("Copy link to join here");
        ensure!(!stage.browser.shows(&join).await?);
        let picture = widget.share().qr_code(QR_OF_INVITE).await?;
        assert_eq!(read(&picture)?, BIOLOGY.invite_link());
        Ok(())
    })
    .await
}

/// The poster on a page of this size: the code fills it from side to side.
async fn poster_on(size: (u32, u32)) -> Result<()> {
    let options = Options {
        size,
        ..Options::default()
    };
    play_with(options, async |stage| {
        let widget = tom_shares(stage, &BIOLOGY).await?;
        let (browser, share) = (&stage.browser, widget.share());
        browser.press(&Share::enlarge()).await?;
        let poster = browser.find(&Share::poster()).await?;
        let words = poster.shown_text().await?;
        ensure!(words.contains(BIOLOGY.name), "{words:?}");
        let code = share.large_code().await?;
        assert_eq!(code.text, BIOLOGY.code);
        let width = browser.evaluate("return innerWidth").await?;
        let width = width.as_f64().context("width")?;
        ensure!(
            code.size.0 > 0.6 * width && code.size.0 <= width,
            "{code:?} of {width}"
        );
        assert_eq!(
            read(&share.qr_code(QR_OF_JOIN).await?)?,
            join_link(stage, &BIOLOGY)
        );
        let close = browser
            .find_in(&poster, &button("Close"))
            .await?
            .rect()
            .await?;
        // The driver counts from the top of the page, above which the poster lies wherever it is.
        let seen = browser.evaluate("return [scrollY, innerHeight]").await?;
        let (scrolled, height) = (seen[0].as_f64(), seen[1].as_f64());
        let bottom = close.y + close.height - scrolled.context("scrolled")?;
        ensure!(
            bottom <= height.context("height")?,
            "the way out is out of sight: {close:?}"
        );
        browser.press(&button("Close")).await?;
        browser.wait_gone(&Share::poster()).await?;
        ensure!(browser.has_focus(&Share::enlarge()).await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_whole_screen_shows_the_code_from_side_to_side() -> Result<()> {
    poster_on((1280, 800)).await
}

#[tokio::test]
async fn on_a_phone_the_poster_has_everything_in_sight() -> Result<()> {
    poster_on((320, 568)).await
}

#[tokio::test]
async fn a_phone_on_its_side_shows_everything_too() -> Result<()> {
    poster_on((640, 320)).await
}

#[tokio::test]
async fn the_poster_is_opened_and_left_by_keyboard_alone() -> Result<()> {
    play(async |stage| {
        let widget = tom_shares(stage, &BIOLOGY).await?;
        let browser = &stage.browser;
        widget.share().wait_on(true).await?;
        for leave in [Key::Escape, Key::Enter] {
            browser.find(&Share::enlarge()).await?.focus().await?;
            browser.strike(Key::Enter).await?;
            let poster = browser.find(&Share::poster()).await?;
            // The only thing to press is the way out.
            let close = browser.find_in(&poster, &button("Close")).await?;
            browser
                .wait_until("the way out has the focus", async || {
                    Ok(browser.active_element().await? == close)
                })
                .await?;
            browser.strike(leave).await?;
            browser.wait_gone(&Share::poster()).await?;
            ensure!(browser.has_focus(&Share::enlarge()).await?);
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_switch_asks_for_the_one_permission_it_needs_says_why_and_takes_the_alias() -> Result<()>
{
    play(async |stage| {
        let widget = tom_shares(stage, &BIOLOGY).await?;
        let share = widget.share();
        share.wait_on(true).await?;
        let why = stage.browser.description(&Share::switch()).await?;
        ensure!(
            why.contains("Google asks you whether the page may change your classes"),
            "{why:?}"
        );
        let google = share.press_switch_for_permission().await?;
        google.wait_for_consent().await?;
        let asked = stage.browser.text().await?;
        ensure!(asked.contains(CHANGE_CLASSES), "{asked}");
        google.allow().await?;
        let card = widget.outcome("code-alone-off").await?;
        ensure!(card.text.contains("can't join with the code alone"));
        share.wait_on(false).await?;
        assert_eq!(aliases(stage, &BIOLOGY).await?, [""; 0]);

        // What was allowed is not asked for again.
        share.press_switch().await?;
        widget.outcome("code-alone-on").await?;
        share.wait_on(true).await?;
        assert_eq!(aliases(stage, &BIOLOGY).await?, ["p:k5xq2ma"]);
        assert_eq!(stage.browser.windows().await?.len(), 1);
        let writes = stage.sandbox.writes().await?;
        let calls: Vec<_> = writes
            .iter()
            .map(|call| (call.method.as_str(), call.path.as_str()))
            .collect();
        let path = aliases_of(&BIOLOGY);
        assert_eq!(
            calls,
            [
                ("DELETE", &*format!("{path}/p%3Ak5xq2ma")),
                ("POST", &*path)
            ]
        );
        assert_eq!(writes[1].body, json!({ "alias": "p:k5xq2ma" }));

        // The invitations below are still read with that permission.
        widget.invite().choose_class(CHESS.name).await?;
        share.wait_code(CHESS.code).await?;
        share.wait_on(false).await?;
        assert_eq!(stage.browser.windows().await?.len(), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn once_switched_on_the_code_alone_lets_a_student_in() -> Result<()> {
    play(async |stage| {
        let widget = tom_shares(stage, &CHESS).await?;
        widget.share().wait_on(false).await?;
        let google = widget.share().press_switch_for_permission().await?;
        google.allow().await?;
        let card = widget.outcome("code-alone-on").await?;
        ensure!(card.text.contains("can now join with the code alone"));

        let widget = stage.open("").await?;
        widget.sign_in(MAYA).await?;
        widget.join().with(CHESS.code).await?;
        widget.outcome("joined").await?;
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(MAYA.email, CHESS.id), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_box_left_unticked_says_what_the_permission_is_for_and_is_asked_for_again() -> Result<()>
{
    play(async |stage| {
        let widget = tom_shares(stage, &CHESS).await?;
        let share = widget.share();
        share.wait_on(false).await?;
        let google = share.press_switch_for_permission().await?;
        google.wait_for_consent().await?;
        google.untick(CHANGE_CLASSES).await?;
        google.allow().await?;
        let card = widget.error("SCOPE_MISSING").await?;
        ensure!(
            card.text.contains("let students join with the code alone") && card.offers("Allow"),
            "{card:?}"
        );
        ensure!(!share.is_on().await?);
        assert_eq!(aliases(stage, &CHESS).await?, [""; 0]);
        widget.follow_signed_out("Allow").await?.allow().await?;
        widget.outcome("code-alone-on").await?;
        share.wait_on(true).await
    })
    .await
}

#[tokio::test]
async fn a_no_to_googles_question_switches_nothing_and_can_be_thought_better_of() -> Result<()> {
    play(async |stage| {
        let widget = tom_shares(stage, &CHESS).await?;
        let share = widget.share();
        share.wait_on(false).await?;
        let google = share.press_switch_for_permission().await?;
        google.wait_for_consent().await?;
        google.cancel().await?;
        widget.error("ACCESS_DENIED").await?;
        share.press_switch_for_permission().await?.close().await?;
        widget.error("POPUP_CLOSED").await?;
        ensure!(!share.is_on().await?);
        ensure!(stage.sandbox.writes().await?.is_empty());
        // All that needs no more than before goes on.
        stage.browser.find(&button("Sign out")).await?;
        stage.browser.wait_for_text(TOM.email).await?;
        share.wait_code(CHESS.code).await?;
        share.press_switch_for_permission().await?.allow().await?;
        widget.outcome("code-alone-on").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn a_code_that_was_reset_is_recognised_and_takes_the_place_of_the_old_one() -> Result<()> {
    play(async |stage| {
        change(stage, &BIOLOGY, |course| {
            course["enrollmentCode"] = json!("n3wcode");
        })
        .await?;
        is_called(stage, &BIOLOGY, "d:biology-7b").await?;
        let reset = Course {
            code: "n3wcode",
            ..BIOLOGY
        };
        let widget = tom_shares(stage, &reset).await?;
        let share = widget.share();
        share.wait_on(false).await?;
        let words = share.words().await?;
        ensure!(
            words.contains("This class has a new code.") && words.contains(BIOLOGY.code),
            "{words}"
        );
        let google = SigninPopup::opened_by(&stage.browser, async || {
            stage.browser.press(&button("Use the new code")).await
        })
        .await?;
        google.allow().await?;
        widget.outcome("code-alone-on").await?;
        share.wait_on(true).await?;
        stage.browser.wait_gone(&button("Use the new code")).await?;
        // What is no code of this class's has stayed.
        assert_eq!(
            aliases(stage, &BIOLOGY).await?,
            ["d:biology-7b", "p:n3wcode"]
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_code_that_is_reset_while_it_is_shown_is_shown_anew_when_the_class_is_chosen_again()
-> Result<()> {
    play(async |stage| {
        let widget = tom_shares(stage, &BIOLOGY).await?;
        change(stage, &BIOLOGY, |course| {
            course["enrollmentCode"] = json!("n3wcode");
        })
        .await?;
        widget.invite().choose_class(CHESS.name).await?;
        widget.share().wait_code(CHESS.code).await?;
        widget.invite().choose_class(BIOLOGY.name).await?;
        // The list of classes still has the old one.
        widget.share().wait_code("n3wcode").await?;
        assert_eq!(widget.share().copied("Copy code").await?, "n3wcode");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_class_without_a_code_says_where_to_switch_it_on() -> Result<()> {
    play(async |stage| {
        change(stage, &ART, |course| {
            if let Some(course) = course.as_object_mut() {
                course.remove("enrollmentCode");
            }
        })
        .await?;
        let widget = stage
            .open(&format!("view=invite&course={}", ART.id))
            .await?;
        widget.sign_in(TOM).await?;
        stage
            .browser
            .wait_for_text("This class has no code: it's switched off.")
            .await?;
        let part = stage.browser.find(&Share::part()).await?;
        let link = stage
            .browser
            .find_in(&part, &Role::Link.named("Open class"))
            .await?;
        assert_eq!(link.prop("href").await?, Some(ART.link()));
        for gone in [Share::switch(), Share::enlarge(), button("Copy code")] {
            ensure!(!stage.browser.shows(&gone).await?, "{gone}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_code_that_leads_to_another_class_says_so() -> Result<()> {
    play(async |stage| {
        is_called(stage, &HOMEROOM, "p:c4ess7x").await?;
        let widget = tom_shares(stage, &CHESS).await?;
        widget.share().wait_on(false).await?;
        let google = widget.share().press_switch_for_permission().await?;
        google.allow().await?;
        let card = widget.error("ALREADY_EXISTS").await?;
        assert_eq!(card.title, "This code leads to another class");
        ensure!(!widget.share().is_on().await?);
        assert_eq!(aliases(stage, &CHESS).await?, [""; 0]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_a_colleague_has_switched_meanwhile_is_success() -> Result<()> {
    play(async |stage| {
        let widget = tom_shares(stage, &CHESS).await?;
        widget.share().wait_on(false).await?;
        is_called(stage, &CHESS, "p:c4ess7x").await?;
        let google = widget.share().press_switch_for_permission().await?;
        google.allow().await?;
        widget.outcome("code-alone-on").await?;

        let mut state = stage.sandbox.state().await?;
        let aliases = state["aliases"].as_array_mut().context("aliases")?;
        aliases.retain(|alias| alias["alias"] != "p:c4ess7x");
        stage.sandbox.put_state(&state).await?;
        widget.share().press_switch().await?;
        widget.outcome("code-alone-off").await?;
        widget.share().wait_on(false).await
    })
    .await
}

/// Whatever one or two of these do, the switch is on in the end, and then off again.
async fn is_switched_despite(fault: impl Fn() -> Fault) -> Result<()> {
    let patient = Options {
        patience: Duration::from_secs(40),
        ..Options::default()
    };
    play_with(patient, async |stage| {
        let widget = tom_shares(stage, &CHESS).await?;
        let share = widget.share();
        share.wait_on(false).await?;
        let path = aliases_of(&CHESS);
        stage
            .sandbox
            .faults(&[
                fault().on("POST", path.clone()).times(2),
                fault().on("DELETE", path).times(2),
            ])
            .await?;
        share.press_switch_for_permission().await?.allow().await?;
        widget.outcome("code-alone-on").await?;
        share.wait_on(true).await?;
        assert_eq!(aliases(stage, &CHESS).await?, ["p:c4ess7x"]);
        share.press_switch().await?;
        widget.outcome("code-alone-off").await?;
        share.wait_on(false).await?;
        assert_eq!(aliases(stage, &CHESS).await?, [""; 0]);
        assert_eq!(widget.cards().await?, ["code-alone-off"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn answers_that_get_lost_are_looked_up() -> Result<()> {
    is_switched_despite(|| Fault::dropped(Drop::After)).await
}

#[tokio::test]
async fn calls_that_get_lost_are_made_again() -> Result<()> {
    is_switched_despite(|| Fault::dropped(Drop::Before)).await
}

#[tokio::test]
async fn a_google_in_trouble_is_asked_again() -> Result<()> {
    is_switched_despite(unavailable).await
}

#[tokio::test]
async fn what_fails_for_good_leaves_the_switch_and_is_done_by_try_again() -> Result<()> {
    play(async |stage| {
        let widget = tom_shares(stage, &CHESS).await?;
        let share = widget.share();
        share.wait_on(false).await?;
        let path = aliases_of(&CHESS);
        let faults = [
            unavailable().on("POST", path.clone()),
            unavailable().on("DELETE", path),
        ];
        stage.sandbox.faults(&faults).await?;
        share.press_switch_for_permission().await?.allow().await?;
        let card = widget.error("UNAVAILABLE").await?;
        ensure!(card.offers("Try again"), "{card:?}");
        ensure!(!share.is_on().await?);
        stage.sandbox.faults(&[]).await?;
        widget.follow("Try again").await?;
        widget.outcome("code-alone-on").await?;

        stage.sandbox.faults(&faults).await?;
        share.press_switch().await?;
        widget.error("UNAVAILABLE").await?;
        share.wait_on(true).await?;
        stage.sandbox.faults(&[]).await?;
        widget.follow("Try again").await?;
        widget.outcome("code-alone-off").await?;
        share.wait_on(false).await
    })
    .await
}

/// What the switch is refused with, and what is said.
const REFUSED: [(u16, &str, &str, &str, &str); 6] = [
    (
        403,
        "PERMISSION_DENIED",
        "The caller does not have permission",
        "PERMISSION_DENIED",
        "teacher of this class",
    ),
    (
        404,
        "NOT_FOUND",
        "Requested entity was not found.",
        "NOT_FOUND",
        "find this class",
    ),
    (
        400,
        "FAILED_PRECONDITION",
        "@CourseNotModifiable The course cannot be modified.",
        "CourseNotModifiable",
        "Restore the class",
    ),
    (
        400,
        "INVALID_ARGUMENT",
        "Request contains an invalid argument.",
        "INVALID_ARGUMENT",
        "quite right",
    ),
    (
        403,
        "PERMISSION_DENIED",
        "@ClassroomApiDisabled The user is not permitted to access the Classroom API.",
        "ClassroomApiDisabled",
        "let users authorise apps",
    ),
    (
        403,
        "PERMISSION_DENIED",
        "@ClassroomDisabled The user does not have access to Classroom.",
        "ClassroomDisabled",
        "can't use Classroom",
    ),
];

#[tokio::test]
async fn every_refusal_has_its_own_words_and_the_switch_stays() -> Result<()> {
    play(async |stage| {
        let widget = tom_shares(stage, &CHESS).await?;
        let share = widget.share();
        share.wait_on(false).await?;
        let mut first = true;
        for (code, status, message, reason, words) in REFUSED {
            let refused = Fault::google(code, status, message).on("POST", aliases_of(&CHESS));
            stage.sandbox.faults(&[refused]).await?;
            if first {
                share.press_switch_for_permission().await?.allow().await?;
                first = false;
            } else {
                share.press_switch().await?;
            }
            let card = widget.error(reason).await?;
            ensure!(card.text.contains(words), "{card:?}");
            ensure!(!share.is_on().await?);
        }
        stage.sandbox.faults(&[]).await?;
        share.press_switch().await?;
        widget.outcome("code-alone-on").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn what_cannot_be_read_leaves_the_code_and_is_read_by_refresh() -> Result<()> {
    play(async |stage| {
        let list = unavailable().on("GET", aliases_of(&BIOLOGY));
        stage.sandbox.faults(&[list]).await?;
        let widget = stage
            .open(&format!("view=invite&course={}", BIOLOGY.id))
            .await?;
        widget.sign_in(TOM).await?;
        let card = widget.error("UNAVAILABLE").await?;
        ensure!(card.offers("Try again"), "{card:?}");
        let share = widget.share();
        share.wait_code(BIOLOGY.code).await?;
        let words = share.words().await?;
        ensure!(words.contains("couldn't be read"), "{words}");
        // Not off, and not on: nobody knows.
        ensure!(!stage.browser.shows(&Share::switch()).await?);
        stage.sandbox.faults(&[]).await?;
        let part = stage.browser.find(&Share::part()).await?;
        let refresh = stage.browser.find_in(&part, &button("Refresh")).await?;
        refresh.click().await?;
        share.wait_on(true).await?;
        assert_eq!(widget.cards().await?, [""; 0]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn each_class_and_each_account_has_its_own() -> Result<()> {
    play(async |stage| {
        let widget = tom_shares(stage, &BIOLOGY).await?;
        widget.share().wait_on(true).await?;
        for class in [&ART, &HOMEROOM, &BIOLOGY] {
            widget.invite().choose_class(class.name).await?;
            widget.share().wait_code(class.code).await?;
            widget.share().wait_on(class.code == BIOLOGY.code).await?;
            let words = widget.share().words().await?;
            ensure!(!words.contains(CHESS.code), "{words}");
        }
        widget.sign_out().await?;
        widget.wait_signed_out().await?;
        stage.browser.wait_gone(&Share::part()).await?;
        let page = stage.browser.text().await?;
        ensure!(!page.contains(BIOLOGY.code), "{page}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn where_the_browser_lets_nobody_copy_the_text_is_there_to_be_copied_by_hand() -> Result<()> {
    play(async |stage| {
        tom_shares(stage, &BIOLOGY).await?;
        stage.browser.shut_clipboard().await?;
        stage.browser.press(&button("Copy link")).await?;
        let by_hand = Role::Textbox.named("Copy link");
        let field = stage.browser.find(&by_hand).await?;
        assert_eq!(field.prop("value").await?, Some(BIOLOGY.invite_link()));
        ensure!(stage.browser.has_focus(&by_hand).await?);
        let selected = stage
            .browser
            .evaluate(
                "const field = document.activeElement;
                 return field.value.slice(field.selectionStart, field.selectionEnd)",
            )
            .await?;
        assert_eq!(selected, json!(BIOLOGY.invite_link()));
        ensure!(!stage.browser.text().await?.contains("Copied"));
        Ok(())
    })
    .await
}
