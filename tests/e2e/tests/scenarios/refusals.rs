//! A join that does not work: the right card for each cause, nothing typed is lost, and the
//! raw answer is kept for IT without the token.

use anyhow::{Result, ensure};
use hallpass_e2e::{
    Stage,
    fault::{Drop, Fault},
    find::button,
    pages::{ErrorCard, Join, Widget},
    play,
    school::MAYA,
};

const STUDENTS: &str = "/v1/courses/741234567890/students";

/// Maya, signed in, before the form of the preset class.
async fn maya_at_the_form(stage: &Stage) -> Result<Widget<'_>> {
    let widget = stage.open("course=741234567890").await?;
    widget.sign_in(MAYA).await?;
    Ok(widget)
}

/// Tries the right code against this fault and gives the card of the reason due.
async fn met_by(
    stage: &Stage,
    widget: Widget<'_>,
    fault: Fault,
    reason: &str,
) -> Result<ErrorCard> {
    stage.sandbox.faults(&[fault]).await?;
    widget.join().with("k5xq2ma").await?;
    let card = widget.error(reason).await?;
    assert_eq!(widget.join().typed().await?, "k5xq2ma");
    assert_speaks_human(&card)?;
    Ok(card)
}

/// A person is not shown status names, numbers or raw messages.
fn assert_speaks_human(card: &ErrorCard) -> Result<()> {
    ensure!(!card.text.trim().is_empty(), "a blank card: {card:?}");
    for raw in [
        "PERMISSION_DENIED",
        "NOT_FOUND",
        "FAILED_PRECONDITION",
        "RESOURCE_EXHAUSTED",
        "INTERNAL",
        "UNAVAILABLE",
        "403",
        "404",
        "429",
        "500",
        "502",
        "503",
        "@Cl",
        "@Co",
        "@Us",
        "@Ne",
        "<html",
        "The caller",
    ] {
        ensure!(
            !card.text.contains(raw),
            "{raw:?} is not for people: {card:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_wrong_code_is_refused_in_words_and_stays_in_the_field() -> Result<()> {
    play(async |stage| {
        let widget = maya_at_the_form(stage).await?;
        widget.join().with("zzzzz77").await?;
        let card = widget.error("PERMISSION_DENIED").await?;
        assert_speaks_human(&card)?;
        assert_eq!(widget.join().typed().await?, "zzzzz77");
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(MAYA.email, "741234567890"), 0);

        // The corrected code goes through, and the error is gone.
        widget.join().with("k5xq2ma").await?;
        widget.outcome("joined").await?;
        let cards = stage
            .browser
            .evaluate("return document.querySelectorAll('[data-reason]').length")
            .await?;
        assert_eq!(cards, 0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn details_for_it_hold_status_and_message_and_no_token() -> Result<()> {
    play(async |stage| {
        let widget = maya_at_the_form(stage).await?;
        let fault = Fault::google(
            403,
            "PERMISSION_DENIED",
            "@ClassroomApiDisabled The user is not permitted to access the Classroom API.",
        );
        let card = met_by(
            stage,
            widget,
            fault.on("POST", STUDENTS),
            "ClassroomApiDisabled",
        )
        .await?;
        ensure!(
            !card.text.contains("The user is not permitted"),
            "the raw message belongs into the details: {card:?}"
        );
        let details = widget.details().await?;
        for part in [
            "403",
            "PERMISSION_DENIED",
            "ClassroomApiDisabled",
            "The user is not permitted to access the Classroom API.",
        ] {
            ensure!(details.contains(part), "no {part:?} in {details}");
        }
        let tokens = stage.sandbox.tokens().await?;
        ensure!(!tokens.is_empty(), "Maya has no token");
        let page = stage.browser.source().await?;
        stage.browser.press(&button("Copy details")).await?;
        let copied = stage.browser.paste_into(&Join::field()).await?;
        ensure!(copied.contains("ClassroomApiDisabled"), "{copied}");
        for issued in tokens {
            ensure!(!page.contains(&issued.token), "the token is in the page");
            ensure!(!copied.contains(&issued.token), "the token is copied");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_broken_network_is_called_a_network_problem() -> Result<()> {
    play(async |stage| {
        let widget = maya_at_the_form(stage).await?;
        let cut = Fault::dropped(Drop::Before).on_path("/v1/");
        met_by(stage, widget, cut, "NETWORK").await?;

        // Once the network is back, the same press goes through.
        stage.sandbox.faults(&[]).await?;
        widget.join().press().await?;
        widget.outcome("joined").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn an_answer_that_is_not_googles_is_called_so() -> Result<()> {
    play(async |stage| {
        let widget = maya_at_the_form(stage).await?;
        let proxy = Fault::html(502, "<html><body><h1>502 Bad Gateway</h1></body></html>");
        met_by(stage, widget, proxy.on("POST", STUDENTS), "BAD_RESPONSE").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_filters_page_with_status_200_is_no_success() -> Result<()> {
    play(async |stage| {
        let widget = maya_at_the_form(stage).await?;
        let filter = Fault::html(200, "<html><body>This site is blocked.</body></html>");
        met_by(stage, widget, filter.on("POST", STUDENTS), "BAD_RESPONSE").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_empty_answer_is_no_success() -> Result<()> {
    play(async |stage| {
        let widget = maya_at_the_form(stage).await?;
        let empty = Fault::status(200).on("POST", STUDENTS);
        met_by(stage, widget, empty, "BAD_RESPONSE").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn every_refusal_of_google_is_told_by_its_own_reason() -> Result<()> {
    const REFUSALS: [(u16, &str, &str, &str); 8] = [
        (
            400,
            "FAILED_PRECONDITION",
            "@CourseMemberLimitReached Full.",
            "CourseMemberLimitReached",
        ),
        (
            400,
            "FAILED_PRECONDITION",
            "@CourseNotModifiable Archived.",
            "CourseNotModifiable",
        ),
        (
            403,
            "PERMISSION_DENIED",
            "@ClassroomDisabled The user is not permitted to access Classroom.",
            "ClassroomDisabled",
        ),
        (
            429,
            "RESOURCE_EXHAUSTED",
            "@UserCourseJoinRateLimitReached Enough for today.",
            "UserCourseJoinRateLimitReached",
        ),
        (
            403,
            "PERMISSION_DENIED",
            "Request had insufficient authentication scopes.",
            "SCOPE_MISSING",
        ),
        (
            403,
            "PERMISSION_DENIED",
            "@NeverHeardOf It is new.",
            "NeverHeardOf",
        ),
        (
            404,
            "NOT_FOUND",
            "Requested entity was not found.",
            "NOT_FOUND",
        ),
        (
            400,
            "FAILED_PRECONDITION",
            "Precondition check failed.",
            "FAILED_PRECONDITION",
        ),
    ];
    play(async |stage| {
        let widget = maya_at_the_form(stage).await?;
        for (code, status, message, reason) in REFUSALS {
            let refusal = Fault::google(code, status, message).on("POST", STUDENTS);
            met_by(stage, widget, refusal, reason).await?;
        }
        Ok(())
    })
    .await
}
