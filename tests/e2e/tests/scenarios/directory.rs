//! The school's directory of classes: found by typing, chosen by mouse or by keyboard, and shown
//! before anything is joined.

use anyhow::{Result, ensure};
use hallpass_e2e::{
    Stage,
    find::Target,
    pages::{ClassCombobox, Join, Widget},
    play,
    school::{ART, BIOLOGY, CHESS, Course, MAYA},
};
use serde_json::json;
use thirtyfour::Key;

/// The widget with a directory of three classes and no preset class; Maya is signed in.
async fn maya_before_the_directory(stage: &Stage) -> Result<Widget<'_>> {
    set_up_directory(stage).await?;
    let widget = stage.open("").await?;
    widget.sign_in(MAYA).await?;
    Ok(widget)
}

async fn set_up_directory(stage: &Stage) -> Result<()> {
    stage
        .sandbox
        .configure(json!({ "courses": [
            { "id": ART.id, "name": ART.name, "section": "Wednesdays" },
            { "id": BIOLOGY.id, "name": BIOLOGY.name, "section": "Period 3" },
            { "id": CHESS.id, "name": CHESS.name },
        ] }))
        .await
}

/// The one POST there was went to this class, and the outcome names it.
async fn joined(stage: &Stage, widget: Widget<'_>, course: Course) -> Result<()> {
    let card = widget.outcome("joined").await?;
    ensure!(card.text.contains(course.name), "{card:?}");
    assert_eq!(
        stage.sandbox.posts().await?,
        [format!("/v1/courses/{}/students", course.id)]
    );
    let school = stage.sandbox.school().await?;
    assert_eq!(school.times_student(MAYA.email, course.id), 1);
    Ok(())
}

#[tokio::test]
async fn the_directory_is_there_only_without_a_preset_class() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        widget.join().wait().await?;
        ensure!(!widget.join().directory().is_there().await?, "no classes");

        set_up_directory(stage).await?;
        let widget = stage.open("").await?;
        stage.browser.find(&ClassCombobox::field()).await?;
        widget.join().wait().await?;

        let widget = stage.open("course=741234567890").await?;
        widget.join().wait().await?;
        ensure!(
            !widget.join().directory().is_there().await?,
            "a preset class"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_class_clicked_in_the_directory_is_shown_and_joined() -> Result<()> {
    play(async |stage| {
        let widget = maya_before_the_directory(stage).await?;
        let directory = widget.join().directory();
        widget.join().choose_class("che", CHESS.name).await?;
        directory.wait_open(false).await?;
        assert_eq!(directory.typed().await?, CHESS.name);
        // Which class it is about to be can be read beside the button, too.
        stage.browser.wait_for_text(CHESS.name).await?;
        ensure!(
            stage.sandbox.posts().await?.is_empty(),
            "a choice is no join"
        );

        widget.join().with(CHESS.code).await?;
        joined(stage, widget, CHESS).await
    })
    .await
}

#[tokio::test]
async fn a_class_is_chosen_and_joined_by_keyboard_alone() -> Result<()> {
    play(async |stage| {
        let widget = maya_before_the_directory(stage).await?;
        let directory = widget.join().directory();
        let (browser, class) = (&stage.browser, ClassCombobox::field());
        tab_to(stage, &Join::field()).await?;
        browser.type_on(BIOLOGY.code).await?;
        tab_to(stage, &class).await?;

        browser.strike(Key::Down).await?;
        directory.wait_open(true).await?;
        directory
            .wait_offers(&[ART.name, BIOLOGY.name, CHESS.name])
            .await?;
        directory.wait_active(ART.name).await?;
        browser.strike(Key::Down).await?;
        directory.wait_active(BIOLOGY.name).await?;
        browser.strike(Key::Up).await?;
        directory.wait_active(ART.name).await?;
        browser.strike(Key::Up).await?;
        directory.wait_active(CHESS.name).await?;
        browser.strike(Key::Down).await?;
        directory.wait_active(ART.name).await?;
        browser.strike(Key::Down).await?;
        directory.wait_active(BIOLOGY.name).await?;
        ensure!(browser.has_focus(&class).await?, "the focus has moved off");

        // The first Enter chooses, the second sends the form.
        browser.strike(Key::Enter).await?;
        directory.wait_open(false).await?;
        ensure!(
            directory.typed().await?.starts_with(BIOLOGY.name),
            "the class does not stand in the field"
        );
        ensure!(browser.has_focus(&class).await?, "the focus has moved off");
        browser.wait_for_text(BIOLOGY.name).await?;
        ensure!(
            widget.cards().await?.is_empty() && stage.sandbox.posts().await?.is_empty(),
            "Enter in the open list has sent the form"
        );
        browser.strike(Key::Enter).await?;
        joined(stage, widget, BIOLOGY).await
    })
    .await
}

/// Presses the tab key until the focus is there.
async fn tab_to(stage: &Stage, target: &Target) -> Result<()> {
    stage
        .browser
        .wait_until(&format!("the tab key leads to {target}"), async || {
            stage.browser.strike(Key::Tab).await?;
            stage.browser.has_focus(target).await
        })
        .await
}

#[tokio::test]
async fn a_class_is_found_by_its_name_or_its_section_in_any_case() -> Result<()> {
    play(async |stage| {
        set_up_directory(stage).await?;
        let widget = stage.open("").await?;
        let directory = widget.join().directory();
        for (typed, found) in [
            ("wednes", ART.name),
            ("PERIOD", BIOLOGY.name),
            ("bIOL", BIOLOGY.name),
            ("club", ART.name),
        ] {
            directory.type_in(typed).await?;
            directory.wait_open(true).await?;
            directory.wait_offers(&[found]).await?;
        }
        // Both lines of a class can be read in the list.
        let offered = directory.offered().await?.concat();
        ensure!(offered.contains("Wednesdays"), "{offered}");
        widget.sign_in(MAYA).await?;
        widget.join().choose_class("wednes", ART.name).await?;
        widget.join().with(ART.code).await?;
        joined(stage, widget, ART).await
    })
    .await
}

#[tokio::test]
async fn a_text_that_fits_no_class_says_so_and_chooses_nothing() -> Result<()> {
    play(async |stage| {
        let widget = maya_before_the_directory(stage).await?;
        let directory = widget.join().directory();
        let before = stage.browser.text().await?;
        directory.type_in("zumba").await?;
        stage
            .browser
            .wait_until("the page says that no class fits", async || {
                let now = stage.browser.text().await?;
                Ok(now.lines().any(|line| !before.contains(line)))
            })
            .await?;
        directory.wait_open(false).await?;
        let page = stage.browser.text().await?;
        for class in [ART, BIOLOGY, CHESS] {
            ensure!(!page.contains(class.name), "{}: {page}", class.name);
        }

        is_not_clear(stage, widget, "zumba").await?;
        // An emptied field is no choice: the code alone leads to its class.
        directory.clear().await?;
        widget.join().with(BIOLOGY.code).await?;
        widget.outcome("joined").await?;
        assert_eq!(
            stage.sandbox.posts().await?,
            ["/v1/courses/p%3Ak5xq2ma/students"]
        );
        Ok(())
    })
    .await
}

/// Pressing "Join class" now joins nothing: the directory's field, with what was typed into it,
/// asks to be corrected.
async fn is_not_clear(stage: &Stage, widget: Widget<'_>, typed: &str) -> Result<()> {
    widget.join().with(BIOLOGY.code).await?;
    let card = widget.error("INPUT_INVALID").await?;
    widget
        .join()
        .directory()
        .wait_to_be_corrected(&card)
        .await?;
    assert_eq!(widget.join().directory().typed().await?, typed);
    assert_eq!(widget.join().typed().await?, BIOLOGY.code);
    ensure!(
        stage.sandbox.posts().await?.is_empty(),
        "a class was guessed"
    );
    Ok(())
}

#[tokio::test]
async fn a_text_that_fits_several_classes_chooses_none_of_them() -> Result<()> {
    play(async |stage| {
        let widget = maya_before_the_directory(stage).await?;
        widget.join().directory().type_in("c").await?;
        widget
            .join()
            .directory()
            .wait_offers(&[ART.name, CHESS.name])
            .await?;
        is_not_clear(stage, widget, "c").await
    })
    .await
}

#[tokio::test]
async fn a_text_that_fits_one_class_only_is_shown_as_that_class_and_joins_it() -> Result<()> {
    play(async |stage| {
        let widget = maya_before_the_directory(stage).await?;
        widget.join().directory().type_in("CHE").await?;
        widget.join().type_in(CHESS.code).await?;
        assert_eq!(widget.join().directory().typed().await?, CHESS.name);
        stage.browser.wait_for_text(CHESS.name).await?;
        widget.join().press().await?;
        joined(stage, widget, CHESS).await
    })
    .await
}

#[tokio::test]
async fn escape_closes_the_list_and_chooses_nothing() -> Result<()> {
    play(async |stage| {
        let widget = maya_before_the_directory(stage).await?;
        let directory = widget.join().directory();
        directory.type_in("c").await?;
        directory.wait_open(true).await?;
        stage.browser.strike(Key::Down).await?;
        directory.wait_active(ART.name).await?;
        stage.browser.strike(Key::Escape).await?;
        directory.wait_open(false).await?;
        assert_eq!(directory.active().await?, None);
        assert_eq!(directory.typed().await?, "c");
        ensure!(
            stage.browser.has_focus(&ClassCombobox::field()).await?,
            "the focus has moved off"
        );
        is_not_clear(stage, widget, "c").await
    })
    .await
}

#[tokio::test]
async fn a_choice_is_taken_back_by_choosing_another() -> Result<()> {
    play(async |stage| {
        let widget = maya_before_the_directory(stage).await?;
        widget.join().choose_class("che", CHESS.name).await?;
        stage.browser.wait_for_text(CHESS.name).await?;
        widget.join().choose_class("art", ART.name).await?;
        stage.browser.wait_for_text(ART.name).await?;
        ensure!(!stage.browser.text().await?.contains(CHESS.name));
        widget.join().with(ART.code).await?;
        joined(stage, widget, ART).await
    })
    .await
}

#[tokio::test]
async fn a_pasted_link_comes_before_the_chosen_class() -> Result<()> {
    play(async |stage| {
        let widget = maya_before_the_directory(stage).await?;
        widget.join().choose_class("che", CHESS.name).await?;
        widget.join().with(&ART.invite_link()).await?;
        joined(stage, widget, ART).await
    })
    .await
}

#[tokio::test]
async fn the_chosen_class_comes_before_the_alias_and_a_refusal_there_is_not_tried_on_it()
-> Result<()> {
    play(async |stage| {
        let widget = maya_before_the_directory(stage).await?;
        widget.join().choose_class("che", CHESS.name).await?;
        // The code is that of Biology, and has an alias.
        widget.join().with(BIOLOGY.code).await?;
        widget.error("PERMISSION_DENIED").await?;
        assert_eq!(
            stage.sandbox.posts().await?,
            [format!("/v1/courses/{}/students", CHESS.id)]
        );
        assert_eq!(widget.join().typed().await?, BIOLOGY.code);
        assert_eq!(widget.join().directory().typed().await?, CHESS.name);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_class_it_is_about_to_be_is_shown_wherever_it_is_known_from() -> Result<()> {
    play(async |stage| {
        set_up_directory(stage).await?;
        // From a pasted link, which comes before the choice.
        let widget = stage.open("").await?;
        widget.join().choose_class("che", CHESS.name).await?;
        stage.browser.wait_for_text(CHESS.name).await?;
        widget.join().type_in(&ART.invite_link()).await?;
        stage.browser.wait_for_text(ART.name).await?;
        ensure!(!stage.browser.text().await?.contains(CHESS.name));

        // From the page, where the directory knows the name.
        stage.open("course=741234567890").await?;
        stage.browser.wait_for_text(BIOLOGY.name).await
    })
    .await
}
