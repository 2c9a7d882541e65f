//! Each in their own language: chosen on the page, by its address, by the school, or by the browser.

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    browser::Options,
    fault::{Fault, Origin},
    find::{Role, button},
    language::Language,
    pages::Pending,
    play, play_with,
    school::{BIOLOGY, SAM, TOM},
};
use serde_json::json;

/// Waits until the page is in that language: its heading, and what it says of itself.
async fn speaks(stage: &Stage, language: &Language) -> Result<()> {
    let browser = &stage.browser;
    let heading = language.text("join_a_class")?;
    browser.find(&Role::Heading.named(heading)).await?;
    let said = "const { lang, dir } = document.documentElement; return `${lang} ${dir}`";
    let expected = format!("{} {}", language.tag, language.direction()?);
    assert_eq!(browser.evaluate(said).await?, *expected);
    is_called(stage, heading).await
}

/// Waits until the page has this title, with the product's name behind it.
async fn is_called(stage: &Stage, title: &str) -> Result<()> {
    let title = format!("{title} · Hall Pass");
    stage
        .browser
        .wait_until(&format!("the title {title:?}"), async || {
            Ok(stage.browser.title().await? == title)
        })
        .await
}

/// Everything that a person may want to say in one place: the field, by its name in the language.
async fn typed(stage: &Stage, language: &Language) -> Result<String> {
    let name = language.text("class_code_or_link")?;
    let field = stage.browser.find(&Role::Textbox.named(name)).await?;
    Ok(field.prop("value").await?.unwrap_or_default())
}

#[tokio::test]
async fn every_language_is_chosen_by_its_own_name_and_what_is_typed_stays() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("hl=en").await?;
        widget.join().type_in("k5xq").await?;
        let (english, others): (Vec<_>, _) = Language::all()?
            .into_iter()
            .partition(|language| language.tag == "en");
        for language in others.iter().chain(&english) {
            widget.speak(language).await?;
            speaks(stage, language).await?;
            assert_eq!(typed(stage, language).await?, "k5xq");
            assert_eq!(widget.language().await?, language.name()?);
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_page_is_called_by_its_view() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("hl=en&view=received").await?;
        is_called(stage, "My invitations").await?;
        widget.go_to("Invite people").await?;
        is_called(stage, "Invite people").await?;
        widget.speak(&Language::of("fr")?).await?;
        is_called(stage, Language::of("fr")?.text("invite_people")?).await
    })
    .await
}

#[tokio::test]
async fn the_address_comes_before_the_school_and_that_before_the_browser() -> Result<()> {
    let options = Options {
        languages: "ar-EG,en",
        ..Options::default()
    };
    play_with(options, async |stage| {
        stage.open("").await?;
        speaks(stage, &Language::of("ar")?).await?;
        stage
            .sandbox
            .configure(json!({ "locale": "fr-CA" }))
            .await?;
        stage.open("").await?;
        speaks(stage, &Language::of("fr")?).await?;
        stage.open("hl=zh-CN").await?;
        speaks(stage, &Language::of("zh-Hans")?).await
    })
    .await
}

/// How many invitations wait, and the category of that number in some languages (Unicode CLDR).
const COUNTED: [(usize, [(&str, &str); 4]); 3] = [
    (
        1,
        [
            ("en", "one"),
            ("fr", "one"),
            ("zh-Hans", "other"),
            ("ar", "one"),
        ],
    ),
    (
        2,
        [
            ("en", "other"),
            ("fr", "other"),
            ("zh-Hans", "other"),
            ("ar", "two"),
        ],
    ),
    (
        3,
        [
            ("en", "other"),
            ("fr", "other"),
            ("zh-Hans", "other"),
            ("ar", "few"),
        ],
    ),
];

#[tokio::test]
async fn numbers_and_what_is_counted_take_the_forms_of_the_language() -> Result<()> {
    play(async |stage| {
        let school = stage.sandbox.state().await?;
        for (count, languages) in COUNTED {
            let mut fewer = school.clone();
            let open = fewer["invitations"].as_array_mut().context("invitations")?;
            open.retain(|invitation| invitation["courseId"] == BIOLOGY.id);
            open.truncate(count);
            assert_eq!(open.len(), count);
            stage.sandbox.put_state(&fewer).await?;

            let address = format!("view=invite&course={}&hl=en", BIOLOGY.id);
            let widget = stage.open(&address).await?;
            widget.sign_in(TOM).await?;
            stage.browser.find(&Pending::part()).await?;
            for (tag, category) in languages {
                let language = Language::of(tag)?;
                widget.speak(&language).await?;
                let number = format!("return ({count}).toLocaleString('{tag}')");
                let number = stage.browser.evaluate(&number).await?;
                let form = language.form("pending_count", category)?;
                let said = form.replace("{count}", number.as_str().unwrap_or_default());
                stage.browser.wait_for_text(&said).await?;
            }
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_student_joins_from_right_to_left() -> Result<()> {
    play(async |stage| {
        let browser = &stage.browser;
        let arabic = Language::of("ar")?;
        let address = format!("view=join&course={}&hl=en", BIOLOGY.id);
        let widget = stage.open(&address).await?;
        widget.sign_in(SAM).await?;
        widget.speak(&arabic).await?;
        speaks(stage, &arabic).await?;

        // Where reading begins is to the right: the first of the links, and the field's name.
        let mut starts = Vec::new();
        for key in ["join_a_class", "my_invitations"] {
            let link = Role::Link.named(arabic.text(key)?);
            let place = browser.find(&link).await?.rect().await?;
            starts.push(place.x + place.width);
        }
        ensure!(starts[0] > starts[1], "{starts:?}");

        let field = Role::Textbox.named(arabic.text("class_code_or_link")?);
        browser.find(&field).await?.send_keys(BIOLOGY.code).await?;
        browser.press(&button(arabic.text("join_class")?)).await?;
        let joined = widget.outcome("joined").await?;
        let said = arabic
            .text("joined_named")?
            .replace("{class}", BIOLOGY.name);
        ensure!(joined.text.contains(&said), "not {said:?}: {joined:?}");
        joined.link(arabic.text("open_class")?)?;
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(SAM.email, BIOLOGY.id), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn words_that_do_not_come_leave_the_page_as_it_is_and_can_be_asked_for_again() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("hl=en").await?;
        let lost = Fault::status(503)
            .at(Origin::Files)
            .on("GET", "/locales/fr.json");
        stage.sandbox.faults(&[lost]).await?;
        let (english, french) = (Language::of("en")?, Language::of("fr")?);
        widget.speak(&french).await?;
        let failed = english.text("language_failed")?;
        stage.browser.wait_for_text(failed).await?;
        speaks(stage, &english).await?;
        assert_eq!(widget.language().await?, english.name()?);

        stage.sandbox.faults(&[]).await?;
        widget.speak(&french).await?;
        speaks(stage, &french).await
    })
    .await
}
