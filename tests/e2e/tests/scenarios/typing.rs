//! Everything a pupil may type or paste into the field, and what each mistake is called.

use anyhow::{Result, ensure};
use hallpass_e2e::{
    Stage,
    find::{Role, button},
    pages::Widget,
    play,
    school::{BIOLOGY, HOMEROOM, MAYA, SAM},
};

/// Types each text and presses; every time the same class is joined with its code. The person
/// is a member from the second time on: the one POST is what is looked at.
async fn all_join_biology(parameters: &str, texts: &[&str]) -> Result<()> {
    play(async |stage| {
        let widget = stage.open(parameters).await?;
        widget.sign_in(SAM).await?;
        let mut outcome = "joined";
        for text in texts {
            stage.sandbox.forget_calls().await?;
            widget.join().with(text).await?;
            widget.outcome(outcome).await?;
            stage
                .browser
                .wait_until(&format!("{text:?} leads to one POST"), async || {
                    let writes = stage.sandbox.writes().await?;
                    Ok(matches!(writes.as_slice(), [join]
                        if join.path == format!("/v1/courses/{}/students", BIOLOGY.id)
                            && join.query["enrollmentCode"] == BIOLOGY.code))
                })
                .await?;
            outcome = "already-member";
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_code_is_understood_however_it_is_spaced_and_written() -> Result<()> {
    all_join_biology(
        "course=741234567890",
        &[
            "k5xq2ma",
            "K5XQ2MA",
            " k5xq2ma ",
            "k5xq-2ma",
            "k5 xq 2ma",
            "K5-XQ-2M-A",
        ],
    )
    .await
}

#[tokio::test]
async fn a_link_is_understood_in_every_form_google_gives_it() -> Result<()> {
    all_join_biology(
        "",
        &[
            "https://classroom.google.com/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma",
            "http://classroom.google.com/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma",
            "classroom.google.com/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma",
            "https://classroom.google.com/u/1/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma",
            "https://classroom.google.com/c/NzQxMjM0NTY3ODkw?hl=es&cjc=k5xq2ma",
            "https://classroom.google.com/c/NzQxMjM0NTY3ODkw/a/NzUwMDAwMDAwMDAx/details?cjc=k5xq2ma",
            "Join us: https://classroom.google.com/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma. See you!",
        ],
    )
    .await
}

/// Types each text; each time the card of this reason comes, without a single call.
async fn named_without_asking(reason: &str, texts: &[&str]) -> Result<()> {
    play(async |stage| {
        let widget = stage.open("course=741234567890").await?;
        widget.sign_in(MAYA).await?;
        stage.sandbox.forget_calls().await?;
        for text in texts {
            other_card(stage, widget, reason).await?;
            widget.join().with(text).await?;
            widget.error(reason).await?;
            assert_eq!(widget.join().typed().await?, *text);
        }
        let calls = stage.sandbox.calls().await?;
        ensure!(calls.is_empty(), "asked Google about it: {calls:#?}");
        Ok(())
    })
    .await
}

/// Brings up another card than `reason`, so that the one that follows is known to be new.
async fn other_card(stage: &Stage, widget: Widget<'_>, reason: &str) -> Result<()> {
    let (text, other) = if reason == "FOREIGN_LINK" {
        ("abc-defg-hij", "MEET_CODE")
    } else {
        ("https://example.org/x", "FOREIGN_LINK")
    };
    widget.join().with(text).await?;
    widget.error(other).await?;
    ensure!(stage.sandbox.calls().await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_meet_code_is_called_a_meet_code() -> Result<()> {
    named_without_asking(
        "MEET_CODE",
        &["abc-defg-hij", "https://meet.google.com/abc-defg-hij"],
    )
    .await
}

#[tokio::test]
async fn a_link_without_a_code_is_called_so() -> Result<()> {
    named_without_asking(
        "LINK_WITHOUT_CODE",
        &[
            "https://classroom.google.com/c/NzQxMjM0NTY3ODkw",
            "https://classroom.google.com/u/0/c/NzQxMjM0NTY3ODkw/t/all",
        ],
    )
    .await
}

#[tokio::test]
async fn another_sites_link_is_called_so() -> Result<()> {
    named_without_asking(
        "FOREIGN_LINK",
        &[
            "https://kahoot.it/k5xq2ma",
            "https://classroom.google.com.example.org/c/x?cjc=k5xq2ma",
        ],
    )
    .await
}

#[tokio::test]
async fn what_can_be_neither_code_nor_link_is_called_so() -> Result<()> {
    named_without_asking("INPUT_INVALID", &["k5xq", "k5xq2mak5xq2ma", "código"]).await
}

#[tokio::test]
async fn a_zero_is_offered_as_the_letter_it_was_and_one_tap_puts_it_right() -> Result<()> {
    play(async |stage| {
        let widget = stage.open(&format!("course={}", HOMEROOM.id)).await?;
        widget.sign_in(SAM).await?;
        widget.join().type_in("h20mer7").await?;
        stage.browser.press(&button("h2omer7")).await?;
        assert_eq!(widget.join().typed().await?, "h2omer7");
        widget.join().press().await?;
        widget.outcome("joined").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn each_digit_no_code_has_is_offered_as_every_letter_it_may_be() -> Result<()> {
    const READINGS: [(&str, &[&str]); 4] = [
        ("k5xq2m0", &["k5xq2mo"]),
        ("k5xq2m1", &["k5xq2ml", "k5xq2mi"]),
        ("k5xq2m8", &["k5xq2mb"]),
        ("k5x92ma", &["k5xg2ma", "k5xq2ma"]),
    ];
    play(async |stage| {
        let widget = stage.open("course=741234567890").await?;
        for (typed, readings) in READINGS {
            widget.join().type_in(typed).await?;
            for reading in readings {
                stage.browser.find(&button(reading)).await?;
            }
            let offered = stage
                .browser
                .find_all(&Role::Button.beginning("k5x"))
                .await?
                .len();
            assert_eq!(offered, readings.len(), "{typed}");
        }
        // A code as it should be is met with silence.
        widget.join().type_in("k5xq2ma").await?;
        stage
            .browser
            .wait_gone(&Role::Button.beginning("k5x"))
            .await
    })
    .await
}

#[tokio::test]
async fn a_code_with_a_doubtful_digit_is_sent_as_it_is_when_the_person_insists() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("course=741234567890").await?;
        widget.sign_in(SAM).await?;
        widget.join().with("k5x92ma").await?;
        widget.error("PERMISSION_DENIED").await?;
        let writes = stage.sandbox.writes().await?;
        let codes: Vec<_> = writes
            .iter()
            .map(|join| &join.query["enrollmentCode"])
            .collect();
        assert_eq!(codes, ["k5x92ma"]);
        Ok(())
    })
    .await
}
