//! A teacher who tries to join reads whose move it is from a teacher's side: often their own.

use anyhow::{Result, ensure};
use hallpass_e2e::{
    play,
    school::{BIOLOGY, Person, SAM, TOM},
};

/// A code, the reason it is told by, and what a student and a teacher are told to do.
struct Move {
    code: &'static str,
    reason: &'static str,
    student: &'static str,
    teacher: &'static str,
}

const fn said(
    code: &'static str,
    reason: &'static str,
    student: &'static str,
    teacher: &'static str,
) -> Move {
    Move {
        code,
        reason,
        student,
        teacher,
    }
}

const MOVES: [Move; 9] = [
    said(
        "fulllll",
        "CourseMemberLimitReached",
        "Tell your teacher",
        "start a second class",
    ),
    said(
        "archive",
        "CourseNotModifiable",
        "Ask your teacher to reopen it",
        "Restore the class in Google Classroom",
    ),
    said(
        "noowner",
        "InactiveCourseOwner",
        "they can fix it",
        "restore that account",
    ),
    said(
        "foreign",
        "CannotInviteUserInUntrustedDomain",
        "ask your teacher",
        "list the other domain as trusted",
    ),
    said(
        "groupsx",
        "UserGroupsMembershipLimitReached",
        "Leave some you no longer use",
        "It must leave some first",
    ),
    said(
        "disable",
        "FAILED_PRECONDITION",
        "to look at it",
        "to check the account",
    ),
    said(
        "apioffx",
        "ClassroomApiDisabled",
        "Join in Google Classroom itself",
        "to let users authorise apps",
    ),
    said(
        "missing",
        "CourseNotFound",
        "Check it with your teacher",
        "the settings of the class",
    ),
    said(
        "zzzzzzz",
        "COURSE_UNKNOWN",
        "the invite link from your teacher",
        "Share this class",
    ),
];

/// This person types each code and reads the words that are theirs, and not the others'.
async fn reads(
    person: Person,
    theirs: impl Fn(&Move) -> &'static str,
    others: impl Fn(&Move) -> &'static str,
) -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        widget.sign_in(person).await?;
        for said in &MOVES {
            widget.join().with(said.code).await?;
            let card = widget.error(said.reason).await?;
            let (theirs, others) = (theirs(said), others(said));
            ensure!(card.text.contains(theirs), "no {theirs:?} in {card:?}");
            ensure!(!card.text.contains(others), "{others:?} in {card:?}");
            assert_eq!(widget.join().typed().await?, said.code);
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_teacher_reads_what_a_teacher_can_do() -> Result<()> {
    reads(TOM, |said| said.teacher, |said| said.student).await
}

#[tokio::test]
async fn a_student_reads_what_a_student_can_do() -> Result<()> {
    reads(SAM, |said| said.student, |said| said.teacher).await
}

#[tokio::test]
async fn a_teacher_with_a_wrong_code_is_led_to_the_settings_of_the_class() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("course=741234567890").await?;
        widget.sign_in(TOM).await?;
        widget.join().with("zzzzz77").await?;
        let card = widget.error("PERMISSION_DENIED").await?;
        ensure!(
            card.text.contains("settings of the class") && card.text.contains("reset"),
            "{card:?}"
        );
        widget.join().wait_to_be_corrected(&card).await?;
        assert_eq!(widget.join().typed().await?, "zzzzz77");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn who_teaches_the_class_reads_that_they_do() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("course=741234567890").await?;
        widget.sign_in(TOM).await?;
        widget.join().with(BIOLOGY.code).await?;
        let card = widget.outcome("already-member").await?;
        ensure!(
            card.text.contains("You already teach") && card.text.contains(BIOLOGY.name),
            "{card:?}"
        );
        assert_eq!(widget.cards().await?, ["already-member"]);
        Ok(())
    })
    .await
}

/// The same after the switch of account: the words follow whoever acts now.
#[tokio::test]
async fn the_words_follow_the_account_that_acts() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        widget.sign_in(TOM).await?;
        widget.join().with("archive").await?;
        let card = widget.error("CourseNotModifiable").await?;
        ensure!(card.text.contains("Restore the class"), "{card:?}");

        widget.open_switch_account().await?.sign_in(SAM).await?;
        widget.wait_signed_in(SAM).await?;
        widget.join().with("archive").await?;
        stage
            .browser
            .wait_for_text("Ask your teacher to reopen it")
            .await
    })
    .await
}
