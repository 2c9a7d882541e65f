//! The seeded classes that answer with one particular error: each is met by hand in the sandbox,
//! and told by its own reason here. `docs/sandbox.md` lists them for people.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{play, school::MAYA};

const ABOUT_THE_CLASS: [(&str, &str); 5] = [
    ("fulllll", "CourseMemberLimitReached"),
    ("archive", "CourseNotModifiable"),
    ("noowner", "InactiveCourseOwner"),
    ("foreign", "CannotInviteUserInUntrustedDomain"),
    ("missing", "CourseNotFound"),
];

const ABOUT_THE_ACCOUNT: [(&str, &str); 6] = [
    ("groupsx", "UserGroupsMembershipLimitReached"),
    ("disable", "FAILED_PRECONDITION"),
    ("toomany", "UserCourseJoinRateLimitReached"),
    ("nocroom", "ClassroomDisabled"),
    ("apioffx", "ClassroomApiDisabled"),
    ("badacct", "ACCOUNT_STATE_INVALID"),
];

const ABOUT_THE_PAGE: [(&str, &str); 3] = [
    ("nosetup", "SERVICE_DISABLED"),
    ("blocked", "USER_BLOCKED_BY_ADMIN"),
    ("mystery", "CourseOnFieldTrip"),
];

const ABOUT_GOOGLE_OR_THE_NETWORK: [(&str, &str); 8] = [
    ("aborted", "ABORTED"),
    ("ratelim", "RATE_LIMIT_EXCEEDED"),
    ("oops5oo", "INTERNAL"),
    ("busy5o3", "UNAVAILABLE"),
    ("late5o4", "DEADLINE_EXCEEDED"),
    ("html5o2", "BAD_RESPONSE"),
    ("nothing", "BAD_RESPONSE"),
    ("cutoffb", "NETWORK"),
];

/// Codes that end well after all, and the file that tells how.
const JOINED_IN_THE_END: [(&str, &str); 3] = [
    ("expired", "here"),
    ("cutoffa", "lost_answers"),
    ("slowwww", "stalls"),
];

/// Joins with each code in turn, by its alias. Pauses are skipped.
async fn told_as(codes: &[(&str, &str)]) -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        widget.sign_in(MAYA).await?;
        for (code, reason) in codes {
            widget.join().with(code).await?;
            widget
                .progress()
                .hurry_until("a card shows", async || {
                    Ok(!widget.cards().await?.is_empty())
                })
                .await
                .with_context(|| (*code).to_owned())?;
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
    told_as(&ABOUT_THE_CLASS).await
}

#[tokio::test]
async fn what_is_up_with_the_account_is_told() -> Result<()> {
    told_as(&ABOUT_THE_ACCOUNT).await
}

#[tokio::test]
async fn what_is_up_with_this_page_or_its_school_is_told() -> Result<()> {
    told_as(&ABOUT_THE_PAGE).await
}

#[tokio::test]
async fn what_is_up_with_google_or_the_network_is_told() -> Result<()> {
    told_as(&ABOUT_GOOGLE_OR_THE_NETWORK).await
}

#[tokio::test]
async fn a_sign_in_that_ran_out_is_asked_for_again_and_the_join_goes_on() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        widget.sign_in(MAYA).await?;
        widget.join().with("expired").await?;
        widget.error("UNAUTHENTICATED").await?;
        assert_eq!(widget.join().typed().await?, "expired");
        // Google knows who it was, and asks nothing.
        widget.follow("Sign in with Google").await?;
        widget.outcome("joined").await.map(drop)
    })
    .await
}

#[test]
fn every_code_that_people_are_told_to_type_is_typed() -> Result<()> {
    let typed: BTreeSet<&str> = ABOUT_THE_CLASS
        .iter()
        .chain(&ABOUT_THE_ACCOUNT)
        .chain(&ABOUT_THE_PAGE)
        .chain(&ABOUT_GOOGLE_OR_THE_NETWORK)
        .chain(&JOINED_IN_THE_END)
        .map(|(code, _)| *code)
        .collect();

    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/sandbox.md");
    let page = fs::read_to_string(&page).with_context(|| page.display().to_string())?;
    let (_, table) = page
        .split_once("| Code | Answer of the API |")
        .context("no table of codes")?;
    let listed: BTreeSet<&str> = table
        .lines()
        .skip(2)
        .map_while(|row| row.strip_prefix("| `")?.split_once('`'))
        .map(|(code, _)| code)
        .collect();
    assert_eq!(listed, typed);
    Ok(())
}
