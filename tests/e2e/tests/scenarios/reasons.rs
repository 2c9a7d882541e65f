//! Every name that a card can have (`data-reason`), brought onto the page. The names stand in
//! `docs/errors.md`; the seeded classes that bring some of them about are in `sentinels`.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    fault::{Drop, Fault},
    find::button,
    pages::{ErrorCard, Widget},
    play,
    school::{BIOLOGY, SAM},
};
use serde_json::json;

const STUDENTS: &str = "/v1/courses/741234567890/students";
const SIGN_IN: &str = "Sign in with Google";

/// Reasons in front of the message (`@Name …`), with the HTTP status and Google's status.
const NAMED_IN_THE_MESSAGE: [(&str, u16, &str); 17] = [
    ("CannotDirectAddUser", 403, "PERMISSION_DENIED"),
    (
        "CannotInviteUserInUntrustedDomain",
        403,
        "PERMISSION_DENIED",
    ),
    ("ClassroomApiDisabled", 403, "PERMISSION_DENIED"),
    ("ClassroomDisabled", 403, "PERMISSION_DENIED"),
    ("CourseMemberLimitReached", 400, "FAILED_PRECONDITION"),
    ("CourseNotFound", 404, "NOT_FOUND"),
    ("CourseNotModifiable", 400, "FAILED_PRECONDITION"),
    ("CourseTeacherLimitReached", 400, "FAILED_PRECONDITION"),
    ("InactiveCourseOwner", 400, "FAILED_PRECONDITION"),
    ("IneligibleOwner", 400, "FAILED_PRECONDITION"),
    ("NotGoogleAppsUser", 403, "PERMISSION_DENIED"),
    ("PendingInvitationExists", 400, "FAILED_PRECONDITION"),
    ("ProjectPermissionDenied", 403, "PERMISSION_DENIED"),
    ("UserAlreadyOwner", 400, "FAILED_PRECONDITION"),
    ("UserCourseJoinRateLimitReached", 429, "RESOURCE_EXHAUSTED"),
    (
        "UserGroupsMembershipLimitReached",
        400,
        "FAILED_PRECONDITION",
    ),
    ("UserInvitationQuotaExhausted", 429, "RESOURCE_EXHAUSTED"),
];

/// Reasons in `google.rpc.ErrorInfo`, with the HTTP status and Google's status.
const NAMED_IN_THE_DETAILS: [(&str, u16, &str); 9] = [
    ("ACCESS_TOKEN_EXPIRED", 401, "UNAUTHENTICATED"),
    ("ACCESS_TOKEN_TYPE_UNSUPPORTED", 401, "UNAUTHENTICATED"),
    ("ACCOUNT_STATE_INVALID", 401, "UNAUTHENTICATED"),
    ("CONSUMER_INVALID", 403, "PERMISSION_DENIED"),
    ("CONSUMER_SUSPENDED", 403, "PERMISSION_DENIED"),
    ("CREDENTIALS_MISSING", 401, "UNAUTHENTICATED"),
    ("RATE_LIMIT_EXCEEDED", 429, "RESOURCE_EXHAUSTED"),
    ("SERVICE_DISABLED", 403, "PERMISSION_DENIED"),
    ("USER_BLOCKED_BY_ADMIN", 403, "PERMISSION_DENIED"),
];

/// Statuses without a reason, with the HTTP status. `ALREADY_EXISTS` is an outcome in a join.
const STATUSES: [(&str, u16); 15] = [
    ("ABORTED", 409),
    ("CANCELLED", 499),
    ("DATA_LOSS", 500),
    ("DEADLINE_EXCEEDED", 504),
    ("FAILED_PRECONDITION", 400),
    ("INTERNAL", 500),
    ("INVALID_ARGUMENT", 400),
    ("NOT_FOUND", 404),
    ("OUT_OF_RANGE", 400),
    ("PERMISSION_DENIED", 403),
    ("RESOURCE_EXHAUSTED", 429),
    ("UNAUTHENTICATED", 401),
    ("UNAVAILABLE", 503),
    ("UNIMPLEMENTED", 501),
    ("UNKNOWN", 500),
];

/// What is told before anything is sent, and what has to be typed for it.
const TYPED: [(&str, &str); 7] = [
    ("INPUT_INVALID", ""),
    ("INPUT_INVALID", "k5xq"),
    ("INPUT_INVALID", "k5xq2ma!"),
    ("MEET_CODE", "abc-defg-hij"),
    ("MEET_CODE", "https://meet.google.com/abc-defg-hij"),
    (
        "LINK_WITHOUT_CODE",
        "https://classroom.google.com/c/NzQxMjM0NTY3ODkw",
    ),
    ("FOREIGN_LINK", "https://example.org/k5xq2ma"),
];

/// Names of `docs/errors.md` that are brought onto the page elsewhere, and where.
const ELSEWHERE: [(&str, &str); 12] = [
    ("ACCESS_DENIED", "signing_in"),
    ("ALREADY_EXISTS", "joining: an outcome"),
    ("CONFIG", "configuration"),
    ("COURSE_UNKNOWN", "here, by a wrong code alone"),
    ("POPUP_CLOSED", "signing_in"),
    ("SCRIPT_BLOCKED", "signing_in"),
    ("START_FAILED", "starting"),
    ("TIMEOUT", "stalls"),
    ("POPUP_BLOCKED", "googles_window"),
    ("POPUP_IMPOSSIBLE", "no_window_possible"),
    ("WRONG_DOMAIN", "signing_in"),
    ("HOST_TOKEN", "portal, mounting"),
];

/// Names of `docs/errors.md` that no scenario brings about, and why.
const NOT_ON_THE_PAGE_YET: [(&str, &str); 2] = [
    ("invalid_client", "sign-in: a wrong client id"),
    ("unauthorized_client", "sign-in: a wrong client id"),
];

/// Sam, signed in, before the form of the preset class.
async fn sam_at_the_form(stage: &Stage) -> Result<Widget<'_>> {
    let widget = stage.open("course=741234567890").await?;
    widget.sign_in(SAM).await?;
    Ok(widget)
}

/// Sam joins and is answered so; the one card that shows has this name and speaks to a person.
async fn told(stage: &Stage, widget: Widget<'_>, fault: Fault, reason: &str) -> Result<()> {
    stage.sandbox.faults(&[fault.on("POST", STUDENTS)]).await?;
    widget.join().with(BIOLOGY.code).await?;
    let card = widget.error(reason).await?;
    let cards = widget.cards().await?;
    ensure!(cards == [reason], "{cards:?}");
    let typed = widget.join().typed().await?;
    ensure!(typed == BIOLOGY.code, "{typed:?} is left of the code");
    speaks_human(&card)?;
    if stage.browser.shows(&button("Sign out")).await? {
        return Ok(());
    }
    // The card told of a sign-in that is of no use any more.
    let offers = |name: &str| card.actions.iter().any(|action| action == name);
    if offers("Switch account") {
        // Google is not told who it was: that account is of no use.
        return widget.sign_in(SAM).await;
    }
    if !offers(SIGN_IN) {
        stage.browser.press(&button(SIGN_IN)).await?;
        return widget.wait_signed_in(SAM).await;
    }
    stage.sandbox.faults(&[]).await?;
    // Google knows who it was, and asks nothing.
    widget.follow(SIGN_IN).await?;
    widget.outcome("joined").await?;
    leaves_the_class(stage).await
}

/// Sam is no student of any class any more.
async fn leaves_the_class(stage: &Stage) -> Result<()> {
    let mut school = stage.sandbox.state().await?;
    school["students"] = json!([]);
    stage.sandbox.put_state(&school).await
}

/// There are a title, what happened, and the next step, and none of it is for IT.
fn speaks_human(card: &ErrorCard) -> Result<()> {
    let lines = card.text.lines().filter(|line| !line.trim().is_empty());
    ensure!(
        !card.title.trim().is_empty() && lines.count() >= 3,
        "too little is said: {card:?}"
    );
    let raw = card
        .text
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .find(|word| is_raw(word));
    ensure!(raw.is_none(), "{raw:?} is not for people: {card:?}");
    Ok(())
}

/// A name of a status or reason, or an HTTP number.
fn is_raw(word: &str) -> bool {
    let is_status = word.len() > 4 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    let is_reason = word.len() > 8 && word.chars().skip(1).any(|c| c.is_ascii_uppercase());
    // 500 is not among them: so many invitations a day Google allows.
    let is_number = matches!(word.parse(), Ok(401_u32..=499 | 501..=599));
    (is_status || is_reason || is_number) && word != "k5xq2ma"
}

#[tokio::test]
async fn every_reason_in_front_of_a_message_is_told() -> Result<()> {
    play(async |stage| {
        let widget = sam_at_the_form(stage).await?;
        for (reason, http, status) in NAMED_IN_THE_MESSAGE {
            let message = format!("@{reason} The words after it are for IT.");
            let fault = Fault::google(http, status, &message);
            told(stage, widget, fault, reason).await.context(reason)?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn every_reason_in_the_details_is_told() -> Result<()> {
    play(async |stage| {
        let widget = sam_at_the_form(stage).await?;
        for (reason, http, status) in NAMED_IN_THE_DETAILS {
            let fault = with_error_info(http, status, reason);
            told(stage, widget, fault, reason).await.context(reason)?;
        }
        // A permission that is missing has the same name whoever notices.
        let fault = with_error_info(403, "PERMISSION_DENIED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT");
        told(stage, widget, fault, "SCOPE_MISSING").await
    })
    .await
}

/// An error whose reason stands in the details.
pub(super) fn with_error_info(http: u16, status: &str, reason: &str) -> Fault {
    let details = json!([{
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
    }]);
    Fault::google_with(http, status, "The words are for IT.", details).retry_after("0")
}

#[tokio::test]
async fn every_status_without_a_reason_is_told() -> Result<()> {
    play(async |stage| {
        let widget = sam_at_the_form(stage).await?;
        for (status, http) in STATUSES {
            let fault = Fault::google(http, status, "The words are for IT.").retry_after("0");
            told(stage, widget, fault, status).await.context(status)?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn answers_that_say_nothing_are_told() -> Result<()> {
    play(async |stage| {
        let widget = sam_at_the_form(stage).await?;
        for (what, fault, reason) in [
            ("nothing", Fault::dropped(Drop::Before), "NETWORK"),
            ("a page", Fault::html(200, "<html></html>"), "BAD_RESPONSE"),
            (
                "no status, and a number that does not tell",
                Fault::json(418, r#"{"error": {"code": 418, "message": "?"}}"#),
                "BAD_RESPONSE",
            ),
            (
                "a reason nobody has heard of",
                Fault::google(403, "PERMISSION_DENIED", "@NeverHeardOf It is new."),
                "NeverHeardOf",
            ),
            (
                "a status nobody has heard of",
                Fault::google(400, "QUITE_NEW", "It is new."),
                "QUITE_NEW",
            ),
        ] {
            told(stage, widget, fault, reason).await.context(what)?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn everything_that_can_be_typed_wrongly_is_told() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        for (reason, typed) in TYPED {
            widget.join().with(typed).await?;
            let card = widget.error(reason).await.context(typed)?;
            speaks_human(&card)?;
            widget.join().wait_to_be_corrected(&card).await?;
            assert_eq!(widget.join().typed().await?, typed);
        }
        ensure!(stage.sandbox.calls().await?.is_empty(), "sent anyway");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_code_alone_that_leads_nowhere_is_told() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        widget.sign_in(SAM).await?;
        widget.join().with("zzzzzzz").await?;
        let card = widget.error("COURSE_UNKNOWN").await?;
        speaks_human(&card)
    })
    .await
}

#[test]
fn every_name_a_card_can_have_is_brought_onto_the_page() -> Result<()> {
    let names = |names: &[&'static str]| names.iter().copied().collect::<BTreeSet<_>>();
    let mut covered = names(&["NETWORK", "BAD_RESPONSE", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"]);
    covered.extend(NAMED_IN_THE_MESSAGE.map(|(name, ..)| name));
    covered.extend(NAMED_IN_THE_DETAILS.map(|(name, ..)| name));
    covered.extend(STATUSES.map(|(name, _)| name));
    covered.extend(TYPED.map(|(name, _)| name));
    covered.extend(ELSEWHERE.map(|(name, _)| name));
    covered.extend(NOT_ON_THE_PAGE_YET.map(|(name, _)| name));

    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/errors.md");
    let page = fs::read_to_string(&page).with_context(|| page.display().to_string())?;
    let documented: BTreeSet<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("### "))
        // Every second piece stands between backticks.
        .flat_map(|heading| heading.split('`').skip(1).step_by(2))
        .filter(|name| *name != "any other status")
        .collect();
    ensure!(
        documented.len() > 40,
        "the page is read wrongly: {documented:?}"
    );
    let missing: Vec<_> = documented.difference(&covered).collect();
    ensure!(missing.is_empty(), "no scenario for {missing:?}");
    let gone: Vec<_> = covered.difference(&documented).collect();
    ensure!(gone.is_empty(), "not in docs/errors.md: {gone:?}");
    Ok(())
}
