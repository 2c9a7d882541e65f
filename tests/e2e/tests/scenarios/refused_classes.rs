//! Refusals that are about the class, the caller or the page, and not about one person: a row tells
//! what is the matter as any other, and a run that meets the same again and again ends. The seeded
//! people with a refusal of their own are in `refused_people`.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    fault::Fault,
    pages::{Review, Widget},
    play,
    school::{ADA, ART, BIOLOGY, Course, Person, TOM},
};
use serde_json::json;

use super::reasons::with_error_info;

const INVITATIONS: &str = "/v1/invitations";
const LONG: Duration = Duration::from_secs(40);

/// Errol's class that holds nobody but its one member.
const FULL_HOUSE: Course = Course {
    id: "760100000101",
    name: "Full house",
    code: "fulllll",
    slug: "NzYwMTAwMDAwMTAx",
};

/// What a call is refused with.
enum Refusal {
    /// A reason in front of the message, with the HTTP status and Google's status.
    Named(&'static str, u16, &'static str),
    /// A reason in `google.rpc.ErrorInfo`, likewise.
    InDetails(&'static str, u16, &'static str),
    /// Nothing but a status.
    Status(&'static str, u16),
}

use Refusal::{InDetails, Named, Status};

impl Refusal {
    fn fault(&self) -> Fault {
        match *self {
            Named(reason, http, status) => {
                Fault::google(http, status, &format!("@{reason} The words are for IT."))
            }
            InDetails(reason, http, status) => with_error_info(http, status, reason),
            Status(status, http) => Fault::google(http, status, "The words are for IT."),
        }
    }
}

/// Refusals, and what a row then says to whoever invites and to whoever adds.
const TOLD: [(Refusal, &str, &str); 14] = [
    (
        Named("CourseMemberLimitReached", 400, "FAILED_PRECONDITION"),
        "This class is full",
        "This class is full",
    ),
    (
        Named("CourseTeacherLimitReached", 400, "FAILED_PRECONDITION"),
        "This class has too many teachers",
        "This class has too many teachers",
    ),
    (
        Named("CourseNotModifiable", 400, "FAILED_PRECONDITION"),
        "This class is archived",
        "This class is archived",
    ),
    (
        Named("InactiveCourseOwner", 400, "FAILED_PRECONDITION"),
        "Ask your school to restore that account",
        "Restore that account in the Admin console",
    ),
    (
        Named(
            "UserGroupsMembershipLimitReached",
            400,
            "FAILED_PRECONDITION",
        ),
        "It must leave some first",
        "Take it out of some first",
    ),
    (
        Named("UserCourseJoinRateLimitReached", 429, "RESOURCE_EXHAUSTED"),
        "That's enough classes for today",
        "That's enough classes for today",
    ),
    (
        Named("NotGoogleAppsUser", 403, "PERMISSION_DENIED"),
        "Switch to your school account",
        "Turn Classroom on for this person",
    ),
    (
        Named("ProjectPermissionDenied", 403, "PERMISSION_DENIED"),
        "Something isn't set up on this page",
        "Enable the Classroom API",
    ),
    (
        InDetails("CONSUMER_INVALID", 403, "PERMISSION_DENIED"),
        "Something isn't set up on this page",
        "Enable the Classroom API",
    ),
    (
        InDetails("CONSUMER_SUSPENDED", 403, "PERMISSION_DENIED"),
        "Something isn't set up on this page",
        "Enable the Classroom API",
    ),
    (
        Status("CANCELLED", 499),
        "Something came in between",
        "Something came in between",
    ),
    (
        Status("OUT_OF_RANGE", 400),
        "Check the address and the class",
        "Check the address and the class",
    ),
    (
        Status("UNIMPLEMENTED", 501),
        "Google Classroom can't do that",
        "Google Classroom can't do that",
    ),
    (
        Status("QUITE_NEW", 400),
        "That didn't work",
        "That didn't work",
    ),
];

/// The view, with this person signed in and the class chosen.
async fn before<'a>(
    stage: &'a Stage,
    view: &str,
    who: Person,
    course: &Course,
) -> Result<Widget<'a>> {
    stage
        .sandbox
        .configure(json!({ "views": ["invite", "enroll"] }))
        .await?;
    stage.open_for(view, who, course).await
}

fn people(count: usize) -> Vec<String> {
    (0..count)
        .map(|n| format!("p{n:02}@school.example"))
        .collect()
}

/// As many people as there are refusals are sent, and each of these is told once.
async fn all_are_told(
    stage: &Stage,
    review: Review<'_>,
    path: &str,
    told: Vec<(Fault, &str)>,
) -> Result<()> {
    let emails = people(told.len());
    let (faults, says): (Vec<_>, Vec<_>) = told.into_iter().unzip();
    let once = faults
        .into_iter()
        .map(|fault| fault.on("POST", path).times(1))
        .collect::<Vec<_>>();
    stage.sandbox.faults(&once).await?;
    review.send().await?;
    review.wait_over(LONG).await?;
    assert_eq!(review.count("failed").await?, emails.len());
    // Who met which is left to chance: four are in flight.
    let mut rows = Vec::new();
    for email in &emails {
        rows.push(review.row(email).await?);
    }
    for words in says {
        let told = rows.iter().position(|row| row.words.contains(words));
        let told = told.with_context(|| format!("{words:?} is not among {rows:?}"))?;
        rows.swap_remove(told);
    }
    Ok(())
}

#[tokio::test]
async fn every_other_reason_why_nobody_is_invited_is_told_in_a_row() -> Result<()> {
    play(async |stage| {
        let widget = before(stage, "invite", TOM, &ART).await?;
        let review = widget
            .invite()
            .check(&people(TOLD.len()).join("\n"))
            .await?;
        let told = TOLD
            .iter()
            .map(|(refusal, says, _)| (refusal.fault(), *says));
        all_are_told(stage, review, INVITATIONS, told.collect()).await
    })
    .await
}

#[tokio::test]
async fn every_other_reason_why_nobody_is_added_is_told_in_a_row() -> Result<()> {
    play(async |stage| {
        let widget = before(stage, "enroll", ADA, &BIOLOGY).await?;
        let review = widget
            .enroll()
            .check(&people(TOLD.len()).join("\n"))
            .await?;
        let told = TOLD
            .iter()
            .map(|(refusal, _, says)| (refusal.fault(), *says));
        let path = format!("/v1/courses/{}/students", BIOLOGY.id);
        all_are_told(stage, review, &path, told.collect()).await
    })
    .await
}

#[tokio::test]
async fn a_full_class_ends_the_run_after_a_few_and_is_opened_from_the_card() -> Result<()> {
    play(async |stage| {
        let widget = before(stage, "enroll", ADA, &FULL_HOUSE).await?;
        let students = "maya@school.example, sam@school.example, wanda@school.example, \
                        tom@school.example, priya@school.example, carl@school.example, \
                        kofi@school.example, ivy@school.example, ike@school.example, \
                        cutafter@school.example, slow@school.example, quota@school.example";
        let review = widget.enroll().check(students).await?;
        review.send().await?;
        let card = widget.error("CourseMemberLimitReached").await?;
        ensure!(
            card.text.contains("Remove people who have left"),
            "{card:?}"
        );
        assert_eq!(widget.cards().await?, ["CourseMemberLimitReached"]);
        review.wait_over(LONG).await?;
        let refused = review.count("failed").await?;
        ensure!((4..=7).contains(&refused), "{refused} were tried in vain");
        assert_eq!(review.count("skipped").await?, 12 - refused);
        assert_eq!(stage.sandbox.writes().await?.len(), refused);

        let windows = stage.browser.driver().windows().await?;
        widget.follow("Open class").await?;
        stage.browser.new_window(&windows).await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn too_many_teachers_end_the_run_and_the_card_says_what_to_do() -> Result<()> {
    play(async |stage| {
        let widget = before(stage, "invite", TOM, &ART).await?;
        let review = widget.invite().check(&people(12).join("\n")).await?;
        let full = Named("CourseTeacherLimitReached", 400, "FAILED_PRECONDITION");
        stage
            .sandbox
            .faults(&[full.fault().on("POST", INVITATIONS)])
            .await?;
        review.send().await?;
        let card = widget.error("CourseTeacherLimitReached").await?;
        ensure!(card.text.contains("Remove one first"), "{card:?}");
        ensure!(card.offers("Open class"), "{card:?}");
        ensure!(review.count("skipped").await? >= 5);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_permission_that_was_taken_back_is_asked_for_and_the_rest_is_sent() -> Result<()> {
    play(async |stage| {
        let widget = before(stage, "invite", TOM, &ART).await?;
        let emails = ["maya", "sam", "priya", "wanda", "carl", "kofi"]
            .map(|name| format!("{name}@school.example"));
        let review = widget.invite().check(&emails.join("\n")).await?;
        let taken_back = Fault::google(
            403,
            "PERMISSION_DENIED",
            "Request had insufficient authentication scopes.",
        );
        stage
            .sandbox
            .faults(&[taken_back.on("POST", INVITATIONS)])
            .await?;
        review.send().await?;
        let card = widget.error("SCOPE_MISSING").await?;
        ensure!(card.text.contains("To invite people"), "{card:?}");
        review.wait_over(LONG).await?;
        stage.sandbox.faults(&[]).await?;
        // Google has it on record, and asks nothing.
        widget.follow("Allow").await?;
        stage
            .browser
            .wait_until(
                "all are sent",
                async || Ok(review.count("sent").await? == 6),
            )
            .await?;
        let school = stage.sandbox.school().await?;
        for email in &emails {
            assert_eq!(school.invited(email, ART.id).len(), 1, "{email}");
        }
        widget.outcome("invited").await.map(drop)
    })
    .await
}
