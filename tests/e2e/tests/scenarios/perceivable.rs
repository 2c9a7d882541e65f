//! What the person's system asks for is done, and nothing is too small, too short or in the way: less
//! motion, more contrast, the system's own colours; targets, time, pasting; errors at their fields.

use std::time::Duration;

use anyhow::{Result, ensure};
use hallpass_e2e::{
    Stage,
    browser::Options,
    fault::Fault,
    find::{Role, button},
    pages::{ClassCombobox, Invite, Join, Share},
    play, play_with,
    school::{ART, BIOLOGY, IVY, SAM, TOM},
};
use serde_json::{Value, json};
use thirtyfour::Key;

const INVITATIONS: &str = "/v1/invitations";
const COURSES: &str = "/v1/courses/";

/// Shows one state of the views after the other, to be looked at.
async fn in_every_state(
    stage: &Stage,
    mut look: impl AsyncFnMut(&str) -> Result<()>,
) -> Result<()> {
    let browser = &stage.browser;
    let widget = stage.open("").await?;
    widget.join().wait().await?;
    look("signed out").await?;
    widget.join().type_in("k5xq2m8").await?;
    browser.find(&button("k5xq2mb")).await?;
    look("a suggestion").await?;
    widget.sign_in(SAM).await?;
    widget.join().with("archive").await?;
    widget.error("CourseNotModifiable").await?;
    widget.details().await?;
    look("a card with its details").await?;
    let slow = Fault::delayed(Duration::from_secs(6)).on("POST", COURSES);
    stage.sandbox.faults(&[slow]).await?;
    widget.join().with(BIOLOGY.code).await?;
    browser.find(&button("Stop")).await?;
    look("a join under way").await?;
    stage.sandbox.faults(&[]).await?;
    widget.outcome("joined").await?;
    look("joined").await?;

    let widget = stage.open("view=received").await?;
    widget.sign_in(IVY).await?;
    browser.wait_for_text("Drama Club").await?;
    browser.wait_for_text("group too many").await?;
    for decline in browser
        .find_all(&button("Decline"))
        .await?
        .into_iter()
        .take(1)
    {
        decline.click().await?;
    }
    browser.find(&button("Keep it")).await?;
    look("invitations and a question").await?;

    let widget = stage.open_for("invite", TOM, &BIOLOGY).await?;
    browser.find(&Share::switch()).await?;
    browser.wait_for_text("wanda@school.example").await?;
    let review = widget
        .invite()
        .check("maya@school.example sam@school nora@gmail.example")
        .await?;
    review.press_in_row("sam@school", "Edit").await?;
    browser.find(&button("Save")).await?;
    look("a review, open invitations, a shared class").await?;
    browser.press(&button("Cancel")).await?;
    review.send().await?;
    browser.find(&button("They're right")).await?;
    look("a question before sending").await?;
    let slow = Fault::delayed(Duration::from_secs(4)).on("POST", INVITATIONS);
    stage.sandbox.faults(&[slow]).await?;
    browser.press(&button("They're right")).await?;
    browser.find(&button("Pause")).await?;
    look("a run").await?;
    review.wait_over(Duration::from_secs(30)).await?;
    look("a run that is over").await?;

    widget.invite().class().clear().await?;
    browser.strike(Key::Down).await?;
    widget.invite().class().wait_open(true).await?;
    look("a list of classes").await
}

/// Fails where one of the scripts, in some state, names anything that is not as it should be.
async fn nothing_anywhere(features: &[(&str, &str)], probes: &[(&str, &str)]) -> Result<()> {
    play(async |stage| {
        stage.browser.asks_for(features).await?;
        let mut wrong = Vec::new();
        in_every_state(stage, async |state| {
            for (what, script) in probes {
                let found = stage.browser.evaluate(script).await?;
                let found: Vec<String> = serde_json::from_value(found)?;
                let found = found.into_iter();
                wrong.extend(found.map(|one| format!("{what}, {state}: {one}")));
            }
            Ok(())
        })
        .await?;
        ensure!(wrong.is_empty(), "{wrong:#?}");
        Ok(())
    })
    .await
}

/// Everything in the widget that moves or changes slowly.
const MOVING: &str = "
    const seconds = (times) => Math.max(...times.split(',').map(parseFloat));
    return [...document.querySelectorAll('.hall-pass, .hall-pass *')].flatMap((element) =>
        [null, '::before'].flatMap((part) => {
            const style = getComputedStyle(element, part);
            const moves = style.animationName !== 'none' && seconds(style.animationDuration) > 0
                || seconds(style.transitionDuration) > 0;
            return moves ? [`${element.outerHTML.slice(0, 60)} ${part ?? ''}`] : [];
        }));";

/// What is smaller than 24 by 24 (WCAG 2.2, 2.5.8). A link in a sentence is as high as its line.
const SMALL: &str = "
    const CONTROLS = '.hall-pass :is(button, a[href], input, textarea, summary, [role=option])';
    return [...document.querySelectorAll(CONTROLS)]
        .filter((control) => control.checkVisibility({ visibilityProperty: true }))
        .filter((control) => !control.matches('p > a:not(.button)'))
        .map((control) => [control, control.getBoundingClientRect()])
        .filter(([, { width, height }]) => width < 24 || height < 24)
        .map(([control, { width, height }]) =>
            `${control.outerHTML.slice(0, 80)} ${width} x ${height}`);";

/// Controls that are called otherwise than what is written on them: who speaks to the browser says what
/// is read (WCAG 2.2, 2.5.3). A badge is a description, and hidden from the name.
const RENAMED: &str = "
    const words = (text) => text.replace(/\\s+/g, ' ').trim().toLowerCase();
    const written = (control) => {
        const copy = control.cloneNode(true);
        for (const hidden of copy.querySelectorAll('[aria-hidden=true], [hidden]')) hidden.remove();
        return words(copy.textContent);
    };
    const name = (control) => {
        const ids = control.getAttribute('aria-labelledby')?.split(' ');
        const texts = ids?.map((id) => document.getElementById(id)?.textContent ?? '');
        return words(texts?.join(' ') ?? control.ariaLabel ?? control.textContent);
    };
    return [...document.querySelectorAll('.hall-pass :is(button, a[href], summary)')]
        .filter((control) => !name(control).includes(written(control)))
        .map((control) => control.outerHTML);";

/// What has a place of its own in the order of Tab.
const OUT_OF_ORDER: &str = "
    return [...document.querySelectorAll('[tabindex]')]
        .filter((element) => element.tabIndex > 0).map((element) => element.outerHTML);";

/// Words with too little contrast to what is behind them, for those who ask for more of it: 7 to 1
/// (WCAG 2.2, 1.4.6, which nobody has to meet).
const PALE: &str = "
    const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
        .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
    const ground = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const colour = parse(getComputedStyle(at).backgroundColor);
            if (colour[3] !== 0) return colour;
        }
        return [255, 255, 255];
    };
    return [...document.querySelectorAll('.hall-pass .hint, .hall-pass .account-email, .hall-pass dt')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.innerText.trim())
        .map((element) => {
            const [a, b] = [parse(getComputedStyle(element).color), ground(element)].map(light);
            return [element, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
        })
        .filter(([, contrast]) => contrast < 7)
        .map(([element, contrast]) => `${contrast.toFixed(1)} ${element.outerHTML.slice(0, 90)}`);";

#[tokio::test]
async fn in_every_state_all_is_large_still_and_in_order_as_the_person_asks() -> Result<()> {
    let asked = [
        ("prefers-reduced-motion", "reduce"),
        ("prefers-contrast", "more"),
    ];
    let probes = [
        ("moves", MOVING),
        ("is smaller than 24 by 24", SMALL),
        ("has a tabindex of its own", OUT_OF_ORDER),
        ("is not called what it says", RENAMED),
        ("has too little contrast", PALE),
    ];
    nothing_anywhere(&asked, &probes).await
}

#[tokio::test]
async fn in_every_state_there_is_full_contrast_in_the_dark_for_whoever_asks_for_it() -> Result<()> {
    let asked = [
        ("prefers-contrast", "more"),
        ("prefers-color-scheme", "dark"),
    ];
    nothing_anywhere(&asked, &[("has too little contrast", PALE)]).await
}

#[tokio::test]
async fn something_moves_where_nothing_is_asked_for() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        widget.join().wait().await?;
        let moving = stage.browser.evaluate(MOVING).await?;
        ensure!(
            moving != json!([]),
            "the other test would find nothing either"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn with_the_systems_own_colours_everything_can_still_be_told_apart() -> Result<()> {
    play(async |stage| {
        let browser = &stage.browser;
        browser.asks_for(&[("forced-colors", "active")]).await?;
        let widget = stage.open_for("invite", TOM, &ART).await?;
        browser.find(&Share::switch()).await?;
        // The link to the view that is seen is marked by more than a shadow, which goes.
        let marked = browser
            .evaluate(
                "const width = (link) => parseFloat(getComputedStyle(link).borderBottomWidth);
                 const [current, other] = ['[aria-current]', ':not([aria-current])']
                     .map((which) => document.querySelector(`.views a${which}`));
                 return width(current) - width(other);",
            )
            .await?;
        ensure!(marked.as_f64() > Some(1.0), "the current link: {marked}");
        // The switch differs, off and on.
        const TRACK: &str = "
            const style = getComputedStyle(document.querySelector('[role=switch]'), '::before');
            return [style.backgroundColor, style.borderTopColor];";
        let off = browser.evaluate(TRACK).await?;
        let google = widget.share().press_switch_for_permission().await?;
        google.allow().await?;
        widget.share().wait_on(true).await?;
        ensure!(
            browser.evaluate(TRACK).await? != off,
            "the switch looks the same"
        );
        // The choice that the arrows have led to, and the ring of the focus.
        widget.invite().class().clear().await?;
        browser.strike(Key::Down).await?;
        widget.invite().class().wait_open(true).await?;
        let rings = browser
            .evaluate(
                "return ['[role=option][aria-selected=true]', ':focus'].map((which) => {
                     const style = getComputedStyle(document.querySelector(which));
                     return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
                         && style.outlineColor !== style.backgroundColor;
                 });",
            )
            .await?;
        assert_eq!(rings, json!([true, true]), "selected, focused");
        browser.strike(Key::Escape).await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_ground_of_the_page_follows_the_theme_and_not_the_system() -> Result<()> {
    for (theme, dark) in [("dark", false), ("light", true)] {
        let options = Options {
            dark,
            ..Options::default()
        };
        play_with(options, async |stage: &Stage| {
            let widget = stage.open(&format!("theme={theme}")).await?;
            widget.join().wait().await?;
            let ground = stage
                .browser
                .evaluate(
                    "const ground = getComputedStyle(document.documentElement).backgroundColor;
                     const [r, g, b] = ground.match(/\\d+/g).map(Number);
                     return r + g + b < 300 ? 'dark' : 'light';",
                )
                .await?;
            assert_eq!(ground, Value::from(theme));
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn what_is_said_stays_for_as_long_as_it_takes_to_read_it() -> Result<()> {
    play(async |stage| {
        // A minute is over in twelve seconds.
        stage.browser.speed_up(5).await?;
        let widget = stage.open("course=741234567890").await?;
        widget.join_with_google(SAM, &BIOLOGY).await?;
        tokio::time::sleep(Duration::from_secs(12)).await;
        assert_eq!(widget.cards().await?, ["joined"]);
        widget.join().with("k5x").await?;
        widget.error("INPUT_INVALID").await?;
        tokio::time::sleep(Duration::from_secs(12)).await;
        assert_eq!(widget.cards().await?, ["INPUT_INVALID"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn everything_can_be_pasted() -> Result<()> {
    play(async |stage| {
        let widget = stage.open_for("invite", TOM, &ART).await?;
        let code = widget.share().copied("Copy code").await?;
        for field in [ClassCombobox::field(), Invite::addresses()] {
            assert_eq!(stage.browser.paste_into(&field).await?, code, "{field}");
        }
        widget.go_to("Join a class").await?;
        assert_eq!(stage.browser.paste_into(&Join::field()).await?, code);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_error_belongs_to_its_field() -> Result<()> {
    play(async |stage| {
        let widget = stage.open_for("invite", TOM, &ART).await?;
        widget.invite().press_check().await?;
        let card = widget.error("INPUT_INVALID").await?;
        widget
            .invite()
            .wait_to_be_corrected(&card, &Invite::addresses())
            .await?;
        widget.invite().class().type_in("zz").await?;
        widget.invite().press_check().await?;
        let card = widget.error("INPUT_INVALID").await?;
        widget.invite().class().wait_to_be_corrected(&card).await?;

        // In the row that is corrected what is wrong stays in sight.
        widget.invite().choose_class(ART.name).await?;
        let review = widget.invite().check("sam@school").await?;
        review.press_in_row("sam@school", "Edit").await?;
        let field = Role::Textbox.named("Email address");
        let element = stage.browser.find(&field).await?;
        assert_eq!(element.attr("aria-invalid").await?.as_deref(), Some("true"));
        let described = stage.browser.description(&field).await?;
        assert_eq!(described, "The end is missing, like .org.");
        Ok(())
    })
    .await
}
