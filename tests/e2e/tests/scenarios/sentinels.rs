//! The seeded classes that answer with one particular error: each is met by hand in the sandbox,
//! and told by its own reason here.

use anyhow::{Result, ensure};
use hallpass_e2e::{play, school::MAYA};

/// Joins with each code in turn, by its alias.
async fn told_as(codes: &[(&str, &str)]) -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        widget.sign_in(MAYA).await?;
        for (code, reason) in codes {
            widget.join().with(code).await?;
            let card = widget.error(reason).await?;
            ensure!(!card.text.trim().is_empty(), "{code}: a blank card");
            assert_eq!(widget.join().typed().await?, *code);
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_up_with_the_class_is_told() -> Result<()> {
    told_as(&[
        ("fulllll", "CourseMemberLimitReached"),
        ("archive", "CourseNotModifiable"),
        ("noowner", "InactiveCourseOwner"),
        ("foreign", "CannotInviteUserInUntrustedDomain"),
        ("missing", "CourseNotFound"),
    ])
    .await
}

#[tokio::test]
async fn what_is_up_with_the_account_is_told() -> Result<()> {
    told_as(&[
        ("groupsx", "UserGroupsMembershipLimitReached"),
        ("disable", "FAILED_PRECONDITION"),
        ("toomany", "UserCourseJoinRateLimitReached"),
        ("nocroom", "ClassroomDisabled"),
        ("apioffx", "ClassroomApiDisabled"),
        ("badacct", "ACCOUNT_STATE_INVALID"),
    ])
    .await
}

#[tokio::test]
async fn what_is_up_with_this_page_or_its_school_is_told() -> Result<()> {
    told_as(&[
        ("nosetup", "SERVICE_DISABLED"),
        ("blocked", "USER_BLOCKED_BY_ADMIN"),
        ("mystery", "CourseOnFieldTrip"),
    ])
    .await
}

#[tokio::test]
async fn what_is_up_with_google_or_the_network_is_told() -> Result<()> {
    told_as(&[
        ("aborted", "ABORTED"),
        ("ratelim", "RATE_LIMIT_EXCEEDED"),
        ("oops5oo", "INTERNAL"),
        ("busy5o3", "UNAVAILABLE"),
        ("late5o4", "DEADLINE_EXCEEDED"),
        ("html5o2", "BAD_RESPONSE"),
        ("nothing", "BAD_RESPONSE"),
        ("cutoffb", "NETWORK"),
    ])
    .await
}

#[tokio::test]
async fn an_answer_that_was_lost_after_the_join_is_looked_up_and_the_join_told() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        widget.sign_in(MAYA).await?;
        widget.join().with("cutoffa").await?;
        widget.outcome("joined").await?;
        let writes = stage.sandbox.writes().await?;
        ensure!(writes.len() == 1, "joined more than once: {writes:#?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_sign_in_that_ran_out_is_asked_for_again_and_the_join_goes_on() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        widget.sign_in(MAYA).await?;
        widget.join().with("expired").await?;
        widget.error("UNAUTHENTICATED").await?;
        assert_eq!(widget.join().typed().await?, "expired");
        let google = widget.join().press_signed_out().await?;
        google.sign_in(MAYA).await?;
        widget.outcome("joined").await.map(drop)
    })
    .await
}
