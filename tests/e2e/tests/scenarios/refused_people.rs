//! The seeded people whose invitation, or whose being added, is answered with one particular error:
//! each row says in its own words what is the matter and offers what can help. `docs/sandbox.md`
//! lists them for people.

use std::{collections::BTreeSet, fs, path::Path, time::Duration};

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    find::Role,
    pages::{Invite, Review, RowSeen, Widget},
    play,
    school::{ADA, ART, BIOLOGY, Course, Person, TOM},
};
use serde_json::json;

/// Every one of them is tried until there is no point any more.
const LONG: Duration = Duration::from_secs(90);

/// What becomes of somebody's row.
struct Case {
    address: &'static str,
    /// `data-state`.
    state: &'static str,
    /// What is said.
    says: &'static str,
    /// What the row offers beside "Edit" and "Remove".
    offers: &'static [&'static str],
    /// Whether "Try failed again" takes it.
    again: bool,
}

/// A refusal that stays one.
const fn refused(address: &'static str, says: &'static str) -> Case {
    Case {
        address,
        state: "failed",
        says,
        offers: &[],
        again: false,
    }
}

/// A refusal that may be none the next time.
const fn passing(address: &'static str, says: &'static str) -> Case {
    Case {
        again: true,
        ..refused(address, says)
    }
}

const fn offering(mut case: Case, offers: &'static [&'static str]) -> Case {
    case.offers = offers;
    case
}

/// No refusal at all.
const fn well(address: &'static str, state: &'static str, says: &'static str) -> Case {
    Case {
        state,
        ..refused(address, says)
    }
}

/// As Tom invites them.
const INVITED: [Case; 26] = [
    passing("newcomer@school.example", "We couldn't find this account"),
    refused("disabled@school.example", "This person can't be invited"),
    refused("already@school.example", "This person can't be invited"),
    offering(
        well(
            "invited@school.example",
            "already-invited",
            "Already invited",
        ),
        &["Withdraw and send again"],
    ),
    offering(
        refused(
            "ineligible@school.example",
            "Only a co-teacher can become owner",
        ),
        &["Invite as co-teacher"],
    ),
    offering(
        refused(
            "offered@school.example",
            "An offer to own this class is still waiting",
        ),
        &["Withdraw"],
    ),
    well(
        "owner@school.example",
        "already-member",
        "Already in the class",
    ),
    refused(
        "denied@school.example",
        "You need to be a teacher of this class",
    ),
    passing("missing@school.example", "We couldn't find this account"),
    refused("noclass@school.example", "We couldn't find this class"),
    refused("invalid@school.example", "Something here isn't quite right"),
    refused("mystery@school.example", "That isn't possible right now"),
    refused("nocroom@school.example", "This account can't use Classroom"),
    refused(
        "apioff@school.example",
        "Your school doesn't let apps use Classroom",
    ),
    refused(
        "nosetup@school.example",
        "Something isn't set up on this page",
    ),
    passing("aborted@school.example", "Something came in between"),
    passing(
        "ratelim@school.example",
        "Google Classroom is busy right now",
    ),
    passing("internal@school.example", "Google Classroom has a problem"),
    passing("busy@school.example", "Google Classroom has a problem"),
    passing("late@school.example", "Google Classroom has a problem"),
    passing(
        "html@school.example",
        "Your network answered instead of Google",
    ),
    passing(
        "nothing@school.example",
        "Your network answered instead of Google",
    ),
    passing(
        "cutbefore@school.example",
        "We can't reach Google Classroom",
    ),
    well("cutafter@school.example", "sent", "Invited"),
    well("slow@school.example", "sent", "Invited"),
    offering(
        refused(
            "untrusted@other.example",
            "This address belongs to another school",
        ),
        &["Copy link"],
    ),
];

/// As Ada adds them.
const ADDED: [Case; 23] = [
    offering(
        refused(
            "newcomer@school.example",
            "This person can't be added directly",
        ),
        &["Invite instead"],
    ),
    refused(
        "disabled@school.example",
        "This person's account may be switched off",
    ),
    well(
        "already@school.example",
        "already-member",
        "Already in the class",
    ),
    well(
        "invited@school.example",
        "already-member",
        "Already in the class",
    ),
    well(
        "owner@school.example",
        "already-member",
        "Already in the class",
    ),
    passing(
        "groups@school.example",
        "This account is in too many groups",
    ),
    refused("denied@school.example", "This account may not do that here"),
    passing("missing@school.example", "We couldn't find this account"),
    refused("noclass@school.example", "We couldn't find this class"),
    refused("invalid@school.example", "Something here isn't quite right"),
    refused("mystery@school.example", "That isn't possible right now"),
    refused("nocroom@school.example", "This account can't use Classroom"),
    refused("apioff@school.example", "Apps may not use Classroom"),
    refused(
        "nosetup@school.example",
        "Enable the Classroom API in the Cloud project",
    ),
    passing("aborted@school.example", "Something came in between"),
    passing(
        "ratelim@school.example",
        "Google Classroom is busy right now",
    ),
    passing("internal@school.example", "Google Classroom has a problem"),
    passing("busy@school.example", "Google Classroom has a problem"),
    passing("late@school.example", "Google Classroom has a problem"),
    passing(
        "html@school.example",
        "The network answered instead of Google",
    ),
    passing(
        "nothing@school.example",
        "The network answered instead of Google",
    ),
    passing(
        "cutbefore@school.example",
        "Google Classroom can't be reached",
    ),
    well("cutafter@school.example", "sent", "Added"),
];

/// What comes back for these would come back for everybody else, too: it ends the run. With the
/// name of the card.
const ENDING: [(&str, &str); 3] = [
    ("quota@school.example", "UserInvitationQuotaExhausted"),
    ("badacct@school.example", "ACCOUNT_STATE_INVALID"),
    ("blocked@school.example", "USER_BLOCKED_BY_ADMIN"),
];

/// Whom a scenario of `sending_many` is about.
const ELSEWHERE: &str = "expired@school.example";

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
    stage.browser.speed_up(5).await?;
    stage.open_for(view, who, course).await
}

/// Every row says what it should and nothing that only IT understands.
async fn each_row_tells(review: Review<'_>, cases: &[Case]) -> Result<()> {
    for case in cases {
        let row = review.row(case.address).await?;
        tells(&row, case).with_context(|| case.address.to_owned())?;
    }
    Ok(())
}

fn tells(row: &RowSeen, case: &Case) -> Result<()> {
    ensure!(row.state == case.state, "{row:?}");
    ensure!(row.words.contains(case.says), "{row:?}");
    let raw = |word: &str| {
        let letters = word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        word.contains('@')
            || letters.contains('_')
            || letters.len() > 3 && letters.bytes().all(|b| b.is_ascii_uppercase())
            || letters.len() == 3 && letters.bytes().all(|b| b.is_ascii_digit())
    };
    ensure!(!row.words.split_whitespace().any(raw), "raw words: {row:?}");
    let mut offers: Vec<&str> = case.offers.to_vec();
    if row.state != "sent" {
        offers.extend(["Edit", "Remove"]);
    }
    ensure!(row.actions == offers, "{row:?}");
    Ok(())
}

/// "Try failed again" takes those whom it can help, and nobody else.
async fn tries_again_what_can_help(
    stage: &Stage,
    review: Review<'_>,
    cases: &[Case],
    who: impl Fn(&hallpass_e2e::journal::Call) -> Option<String>,
) -> Result<()> {
    stage.sandbox.forget_calls().await?;
    review.press("Try failed again").await?;
    review.wait_over(LONG).await?;
    let calls = stage.sandbox.writes().await?;
    let tried: BTreeSet<_> = calls.iter().filter_map(who).collect();
    let helped: BTreeSet<_> = cases
        .iter()
        .filter(|case| case.again)
        .map(|case| case.address.to_owned())
        .collect();
    assert_eq!(tried, helped);
    Ok(())
}

fn all(cases: &[Case]) -> String {
    let addresses: Vec<_> = cases.iter().map(|case| case.address).collect();
    addresses.join("\n")
}

#[tokio::test]
async fn every_reason_why_somebody_is_not_invited_is_told_in_its_row() -> Result<()> {
    play(async |stage| {
        let widget = before(stage, "invite", TOM, &ART).await?;
        let review = widget.invite().check(&all(&INVITED)).await?;
        review.send().await?;
        review.press("They're right").await?;
        review.wait_over(LONG).await?;
        each_row_tells(review, &INVITED).await?;
        tries_again_what_can_help(stage, review, &INVITED, |call| {
            Some(call.body["userId"].as_str()?.to_owned())
        })
        .await
    })
    .await
}

#[tokio::test]
async fn every_reason_why_somebody_is_not_added_is_told_in_its_row() -> Result<()> {
    play(async |stage| {
        let widget = before(stage, "enroll", ADA, &BIOLOGY).await?;
        let review = widget.enroll().check(&all(&ADDED)).await?;
        review.send().await?;
        review.wait_over(LONG).await?;
        each_row_tells(review, &ADDED).await?;
        tries_again_what_can_help(stage, review, &ADDED, |call| {
            Some(call.body["userId"].as_str()?.to_owned())
        })
        .await
    })
    .await
}

#[tokio::test]
async fn what_would_come_back_for_everybody_ends_the_run_with_one_card() -> Result<()> {
    for (address, reason) in ENDING {
        play(async |stage| {
            let widget = before(stage, "invite", TOM, &ART).await?;
            let rest: Vec<_> = (0..12).map(|n| format!("p{n}@school.example")).collect();
            let review = widget
                .invite()
                .check(&format!("{address}\n{}", rest.join("\n")))
                .await?;
            review.send().await?;
            let card = widget.error(reason).await?;
            ensure!(!card.text.contains(reason), "{card:?}");
            assert_eq!(widget.cards().await?, [reason]);
            let tried = stage.sandbox.writes().await?.len();
            ensure!(tried < rest.len(), "{tried} were tried in vain");
            Ok(())
        })
        .await
        .context(address)?;
    }
    Ok(())
}

#[tokio::test]
async fn who_is_of_a_school_that_is_not_trusted_can_be_sent_the_link_of_the_class() -> Result<()> {
    const UNTRUSTED: &str = "untrusted@other.example";
    play(async |stage| {
        let widget = before(stage, "invite", TOM, &ART).await?;
        let review = widget.invite().check(UNTRUSTED).await?;
        review.send().await?;
        review.press("They're right").await?;
        review.wait_rows(&[(UNTRUSTED, "failed")]).await?;
        review.press_in_row(UNTRUSTED, "Copy link").await?;
        stage.browser.wait_for_text("Copied").await?;
        let copied = stage.browser.paste_into(&Invite::addresses()).await?;
        assert_eq!(copied, ART.invite_link());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn of_a_class_without_a_code_there_is_no_link_and_its_part_of_the_page_says_why() -> Result<()>
{
    const UNTRUSTED: &str = "untrusted@other.example";
    play(async |stage| {
        let mut school = stage.sandbox.state().await?;
        let courses = school["courses"].as_array_mut().context("no courses")?;
        for course in courses.iter_mut().filter(|course| course["id"] == ART.id) {
            course
                .as_object_mut()
                .context("no course")?
                .remove("enrollmentCode");
        }
        stage.sandbox.put_state(&school).await?;
        let widget = before(stage, "invite", TOM, &ART).await?;
        let review = widget.invite().check(UNTRUSTED).await?;
        review.send().await?;
        review.press("They're right").await?;
        review.wait_rows(&[(UNTRUSTED, "failed")]).await?;
        review.press_in_row(UNTRUSTED, "Copy link").await?;
        let share = Role::Heading.named("Share this class");
        stage
            .browser
            .wait_until("the focus is where it says why", async || {
                stage.browser.has_focus(&share).await
            })
            .await?;
        stage
            .browser
            .wait_for_text("This class has no code: it's switched off.")
            .await
    })
    .await
}

#[tokio::test]
async fn an_account_made_a_minute_ago_is_found_by_trying_again_later() -> Result<()> {
    const NEW: &str = "newcomer@school.example";
    play(async |stage| {
        let widget = before(stage, "invite", TOM, &ART).await?;
        let review = widget.invite().check(NEW).await?;
        review.send().await?;
        review.wait_rows(&[(NEW, "failed")]).await?;
        // Not so late that Tom would have to sign in again.
        let mut school = stage.sandbox.state().await?;
        let accounts = school["accounts"].as_array_mut().context("no accounts")?;
        for account in accounts
            .iter_mut()
            .filter(|account| account["email"] == NEW)
        {
            account["sandbox"]["foundAfterSeconds"] = json!(0);
        }
        stage.sandbox.put_state(&school).await?;
        review.press("Try failed again").await?;
        review.wait_rows(&[(NEW, "sent")]).await
    })
    .await
}

#[test]
fn everybody_whom_people_are_told_to_invite_or_add_is() -> Result<()> {
    let met: BTreeSet<&str> = INVITED
        .iter()
        .chain(&ADDED)
        .map(|case| case.address)
        .chain(ENDING.map(|(address, _)| address))
        .chain([ELSEWHERE])
        .filter(|address| address.ends_with("@school.example"))
        .collect();

    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/sandbox.md");
    let page = fs::read_to_string(&page).with_context(|| page.display().to_string())?;
    let (_, table) = page
        .split_once("| Address | Inviting gives |")
        .context("no table of addresses")?;
    let listed: BTreeSet<&str> = table
        .lines()
        .skip(2)
        .map_while(|row| row.strip_prefix("| `")?.split_once('`'))
        .map(|(address, _)| address)
        .collect();
    assert_eq!(listed, met);
    Ok(())
}
