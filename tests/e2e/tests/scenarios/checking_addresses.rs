//! From what was pasted to a table that can be sent: addresses are read, looked up, corrected.

use std::{fmt::Write, time::Duration};

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    fault::Fault,
    find::{Role, Shown, button},
    pages::{Invite, Widget},
    play,
    school::{ART, BIOLOGY, CHESS, Course, MAYA, PRIYA, SAM, TOM, WANDA},
};
use serde_json::json;
use thirtyfour::Key;

/// Tom, signed in, with the class chosen.
async fn tom_invites_to<'a>(stage: &'a Stage, course: &Course) -> Result<Invite<'a>> {
    Ok(stage.open_for("invite", TOM, course).await?.invite())
}

/// Each of them is Maya and Sam, as people copy them.
const MAYA_AND_SAM: [(&str, &str); 13] = [
    (
        "typed with commas",
        "maya@school.example, sam@school.example",
    ),
    (
        "typed with spaces",
        "maya@school.example sam@school.example.",
    ),
    (
        "one a line",
        "maya@school.example\r\nsam@school.example\r\n",
    ),
    ("semicolons", "maya@school.example;sam@school.example;"),
    (
        "capitals in the domain",
        "maya@SCHOOL.Example, sam@School.EXAMPLE",
    ),
    (
        "a spreadsheet",
        "Name\tClass\tEmail\nMaya Chen\t7b\tmaya@school.example\nSam Okafor\t7b\tsam@school.example\n",
    ),
    (
        "Outlook",
        "Chen, Maya <maya@school.example>; Okafor, Sam <sam@school.example>; ",
    ),
    (
        "Gmail",
        "Maya Chen <maya@school.example>, Sam Okafor <sam@school.example>",
    ),
    (
        "quoted names",
        "\"Chen, Maya\" <maya@school.example>, 'Sam; the other' <sam@school.example>",
    ),
    (
        "CSV",
        "\"Name\",\"E-mail\"\n\"Chen, Maya\",\"maya@school.example\"\n\"Okafor, Sam\",sam@school.example",
    ),
    (
        "a link to write a mail",
        "mailto:maya@school.example,sam@school.example?subject=Art",
    ),
    (
        "links in a text",
        "<mailto:maya@school.example> and [Sam](mailto:sam@school.example)",
    ),
    (
        "full width",
        "ｍａｙａ＠ｓｃｈｏｏｌ．ｅｘａｍｐｌｅ；sam＠school。example",
    ),
];

#[tokio::test]
async fn addresses_are_taken_in_whatever_form_they_were_copied() -> Result<()> {
    play(async |stage| {
        let invite = tom_invites_to(stage, &ART).await?;
        for (form, pasted) in MAYA_AND_SAM {
            let review = invite.check(pasted).await.context(form)?;
            review
                .wait_rows(&[(MAYA.email, "ready"), (SAM.email, "ready")])
                .await
                .context(form)?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_no_address_is_marked_and_says_why() -> Result<()> {
    let wrong = [
        ("bob", "No @ in it"),
        ("bob@", "Nothing after the @"),
        ("@bob", "Nothing before the @"),
        ("bob@school", "The end is missing"),
        ("bob @ school.example", "A space in it"),
        ("bob@x.example@y.example", "Two addresses in one"),
        ("bj\u{f6}rn@school.example", "before the @"),
        ("me", "A number isn't an address"),
        ("1034829374", "A number isn't an address"),
    ];
    play(async |stage| {
        let invite = tom_invites_to(stage, &ART).await?;
        let mut pasted = String::from("maya@school.example\n");
        for (text, _) in wrong {
            writeln!(pasted, "{text}")?;
        }
        let review = invite.check(&pasted).await?;
        let mut rows = vec![(MAYA.email, "ready")];
        rows.extend(wrong.map(|(text, _)| (text, "invalid")));
        review.wait_rows(&rows).await?;
        for (text, why) in wrong {
            let row = review.row(text).await?;
            ensure!(row.words.contains(why), "{text}: {row:?}");
            assert_eq!(row.actions, ["Edit", "Remove"], "{text}");
        }
        // Nobody but Maya is sent anything.
        review.send().await?;
        review.wait_state(MAYA.email, "sent").await?;
        assert_eq!(review.count("invalid").await?, wrong.len());
        assert_eq!(stage.sandbox.writes().await?.len(), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_address_that_comes_twice_is_sent_once_even_when_the_first_is_taken_out() -> Result<()> {
    play(async |stage| {
        let invite = tom_invites_to(stage, &ART).await?;
        let review = invite
            .check("sam@school.example, maya@school.example, MAYA@School.example, Maya <maya@school.example>")
            .await?;
        review
            .wait_rows(&[
                (SAM.email, "ready"),
                (MAYA.email, "ready"),
                ("MAYA@school.example", "duplicate"),
                (MAYA.email, "duplicate"),
            ])
            .await?;
        let row = review.row("MAYA@school.example").await?;
        ensure!(row.words.contains("Twice in the list"), "{row:?}");

        review.press_in_row(MAYA.email, "Remove").await?;
        review
            .wait_rows(&[
                (SAM.email, "ready"),
                ("MAYA@school.example", "ready"),
                (MAYA.email, "duplicate"),
            ])
            .await?;
        review.send().await?;
        review
            .wait_rows(&[
                (SAM.email, "sent"),
                ("MAYA@school.example", "sent"),
                (MAYA.email, "duplicate"),
            ])
            .await?;
        assert_eq!(stage.sandbox.writes().await?.len(), 2);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_domain_that_looks_like_another_is_flagged_and_asked_about() -> Result<()> {
    let odd = [
        ("maya@schoo1.example", "Looks almost like school.example"),
        ("maya@gmial.com", "Looks almost like gmail.com"),
        ("maya@p\u{430}rtner.example", "different scripts"),
    ];
    play(async |stage| {
        let invite = tom_invites_to(stage, &ART).await?;
        let pasted = odd.map(|(address, _)| address).join("\n");
        let review = invite.check(&pasted).await?;
        review
            .wait_rows(&odd.map(|(address, _)| (address, "ready")))
            .await?;
        for (address, says) in odd {
            let row = review.row(address).await?;
            ensure!(row.words.contains(says), "{address}: {row:?}");
        }
        review.send().await?;
        let question = asked(stage, "Some addresses aren't from school.example").await?;
        ensure!(
            odd.iter().all(|(address, _)| question.contains(address)),
            "{question}"
        );
        ensure!(stage.sandbox.writes().await?.is_empty());
        Ok(())
    })
    .await
}

/// Waits for a question that is asked before anything is sent; it has the focus. What it says.
async fn asked(stage: &Stage, title: &str) -> Result<String> {
    let question = Role::Group.named(title);
    let element = stage.browser.find(&question).await?;
    ensure!(
        stage.browser.has_focus(&question).await?,
        "the focus is elsewhere"
    );
    Ok(element.shown_text().await?)
}

#[tokio::test]
async fn a_row_is_corrected_left_as_it_was_or_taken_out() -> Result<()> {
    play(async |stage| {
        let invite = tom_invites_to(stage, &ART).await?;
        let browser = &stage.browser;
        let review = invite
            .check("maya@school, sam@school.example, priya@school.example")
            .await?;
        let wrong = "maya@school";
        ensure!(
            review.description_in_row(wrong, "Edit").await? == wrong,
            "whose button is it?"
        );
        let before = [
            (wrong, "invalid"),
            (SAM.email, "ready"),
            (PRIYA.email, "ready"),
        ];
        review.wait_rows(&before).await?;

        // Escape and "Cancel" leave it as it was.
        review.correct(wrong, "nobody@school.example").await?;
        browser.strike(Key::Escape).await?;
        browser.find(&Role::Table.named("Review")).await?;
        review.wait_rows(&before).await?;
        browser.wait_gone(&button("Save")).await?;
        review.correct(wrong, "nobody@school.example").await?;
        review.press_in_row(wrong, "Cancel").await?;
        browser.wait_gone(&button("Save")).await?;
        review.wait_rows(&before).await?;

        // From wrong to wrong, to double, to right.
        review.correct(wrong, "sam@").await?;
        browser.strike(Key::Enter).await?;
        review.wait_state("sam@", "invalid").await?;
        review.correct("sam@", "SAM@school.example").await?;
        browser.strike(Key::Enter).await?;
        review.wait_state("SAM@school.example", "duplicate").await?;
        review
            .correct("SAM@school.example", " Maya <maya@SCHOOL.example>")
            .await?;
        review.press_in_row("SAM@school.example", "Save").await?;
        review
            .wait_rows(&[
                (MAYA.email, "ready"),
                (SAM.email, "ready"),
                (PRIYA.email, "ready"),
            ])
            .await?;

        review.press_in_row(SAM.email, "Remove").await?;
        review
            .wait_rows(&[(MAYA.email, "ready"), (PRIYA.email, "ready")])
            .await?;
        // The address that was taken out may come back.
        review.correct(PRIYA.email, SAM.email).await?;
        browser.strike(Key::Enter).await?;
        review.wait_state(SAM.email, "ready").await?;
        review.send().await?;
        review
            .wait_rows(&[(MAYA.email, "sent"), (SAM.email, "sent")])
            .await?;
        assert_eq!(stage.sandbox.writes().await?.len(), 2);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_correction_that_is_not_saved_yet_is_finished_before_anything_is_sent() -> Result<()> {
    play(async |stage| {
        let invite = tom_invites_to(stage, &ART).await?;
        let review = invite.check("nobody@school.example").await?;
        review.correct("nobody@school.example", SAM.email).await?;
        review.send().await?;
        let field = Role::Textbox.named("Email address");
        ensure!(stage.browser.has_focus(&field).await?);
        ensure!(
            stage.sandbox.writes().await?.is_empty(),
            "to the old address"
        );
        stage.browser.strike(Key::Enter).await?;
        review.wait_rows(&[(SAM.email, "ready")]).await?;
        review.send().await?;
        review.wait_rows(&[(SAM.email, "sent")]).await
    })
    .await
}

#[tokio::test]
async fn who_is_in_the_class_or_invited_is_found_before_anything_is_sent() -> Result<()> {
    play(async |stage| {
        let invite = tom_invites_to(stage, &BIOLOGY).await?;
        let pasted = "priya@school.example, wanda@school.example, ivy@school.example, \
                      maya@school.example, tom@school.example";
        let review = invite.check(pasted).await?;
        let found = [
            (PRIYA.email, "already-member"),
            (WANDA.email, "already-invited"),
            ("ivy@school.example", "already-invited"),
            (MAYA.email, "ready"),
            (TOM.email, "already-member"),
        ];
        review.wait_rows(&found).await?;
        ensure!(stage.sandbox.writes().await?.is_empty());
        let member = review.row(PRIYA.email).await?;
        ensure!(member.words.contains("Already in the class"), "{member:?}");
        let invited = review.row(WANDA.email).await?;
        ensure!(invited.words.contains("Already invited"), "{invited:?}");
        ensure!(invited.offers("Withdraw and send again"), "{invited:?}");

        review.send().await?;
        review.wait_state(MAYA.email, "sent").await?;
        assert_eq!(stage.sandbox.writes().await?.len(), 1);

        // What was found out about one class says nothing about another.
        invite.choose_class(CHESS.name).await?;
        assert_eq!(review.rows().await?, []);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_student_may_be_invited_to_teach_and_a_teacher_not_to_study() -> Result<()> {
    play(async |stage| {
        let mut school = stage.sandbox.state().await?;
        let id = id_of(&school, MAYA.email)?;
        push(
            &mut school,
            "students",
            json!({ "courseId": BIOLOGY.id, "userId": id }),
        )?;
        stage.sandbox.put_state(&school).await?;
        let invite = tom_invites_to(stage, &BIOLOGY).await?;
        let both = "maya@school.example, priya@school.example";
        let review = invite.check(both).await?;
        review
            .wait_rows(&[(MAYA.email, "ready"), (PRIYA.email, "already-member")])
            .await?;
        invite.choose_role("Student").await?;
        let review = invite.check(both).await?;
        review
            .wait_rows(&[
                (MAYA.email, "already-member"),
                (PRIYA.email, "already-member"),
            ])
            .await?;
        // Another role, another answer: the API gives it when it comes to that.
        invite.choose_role("Co-teacher").await?;
        review
            .wait_rows(&[(MAYA.email, "ready"), (PRIYA.email, "ready")])
            .await?;
        review.send().await?;
        review
            .wait_rows(&[(MAYA.email, "sent"), (PRIYA.email, "already-member")])
            .await
    })
    .await
}

/// The number of the account with this address.
fn id_of(school: &serde_json::Value, email: &str) -> Result<String> {
    let accounts = school["accounts"].as_array().context("no accounts")?;
    let account = accounts.iter().find(|account| account["email"] == email);
    let id = account.and_then(|account| account["id"].as_str());
    Ok(id.with_context(|| format!("no {email}"))?.to_owned())
}

fn push(school: &mut serde_json::Value, list: &str, entry: serde_json::Value) -> Result<()> {
    let list = school[list].as_array_mut().context("no such list")?;
    list.push(entry);
    Ok(())
}

/// Somebody who has an account, and waits for an answer from Art Club or teaches it.
fn person(number: usize) -> (String, String) {
    (
        format!("1200000000000000{number:05}"),
        format!("person{number:03}@school.example"),
    )
}

/// How the people of a class were compared with the addresses.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    /// Profiles that were read, for the invitations to have addresses.
    profiles: usize,
    /// Addresses that were asked for one by one.
    addresses: usize,
    /// Pages of members and of invitations.
    pages: usize,
}

async fn how_it_was_asked(stage: &Stage) -> Result<Asked> {
    let calls = stage.sandbox.calls().await?;
    let count = |is: &dyn Fn(&hallpass_e2e::journal::Call) -> bool| {
        calls.iter().filter(|call| is(call)).count()
    };
    let invitations = "/v1/invitations";
    Ok(Asked {
        profiles: count(&|call| call.path.starts_with("/v1/userProfiles/")),
        addresses: count(&|call| {
            call.is("GET", invitations) && call.query.contains_key("userId")
                || call.path.contains("@")
                || call.path.contains("%40")
        }),
        pages: count(&|call| {
            call.is("GET", invitations) && !call.query.contains_key("userId")
                || call.path.ends_with("/teachers")
                || call.path.ends_with("/students")
        }),
    })
}

#[tokio::test]
async fn addresses_are_looked_up_by_whichever_way_takes_fewer_calls() -> Result<()> {
    play(async |stage| {
        let mut school = stage.sandbox.state().await?;
        for number in 0..40 {
            let (id, email) = person(number);
            push(
                &mut school,
                "accounts",
                json!({ "id": id, "email": email, "name": email }),
            )?;
            push(
                &mut school,
                "invitations",
                json!({ "id": format!("waits{number:03}"), "userId": id,
                        "courseId": ART.id, "role": "STUDENT" }),
            )?;
        }
        stage.sandbox.put_state(&school).await?;
        let invite = tom_invites_to(stage, &ART).await?;
        let is_quiet = async || {
            // The list of those who wait is read beside, with profiles of its own.
            let mut before = 0;
            stage
                .browser
                .wait_until("nothing is read any more", async || {
                    let now = stage.sandbox.calls().await?.len();
                    let is_quiet = now == before;
                    before = now;
                    tokio::time::sleep(Duration::from_millis(700)).await;
                    Ok(is_quiet)
                })
                .await
        };
        is_quiet().await?;

        // Few addresses, many invitations: each address is asked for.
        stage.sandbox.forget_calls().await?;
        let few = [person(3).1, person(39).1, SAM.email.to_owned()].join(", ");
        let review = invite.check(&few).await?;
        review
            .wait_rows(&[
                (&person(3).1, "already-invited"),
                (&person(39).1, "already-invited"),
                (SAM.email, "ready"),
            ])
            .await?;
        let asked = how_it_was_asked(stage).await?;
        assert_eq!((asked.profiles, asked.addresses), (0, 3), "{asked:?}");
        ensure!(asked.pages <= 3, "{asked:?}");

        // Many addresses: the list is read, with a profile for each invitation in it.
        is_quiet().await?;
        stage.sandbox.forget_calls().await?;
        let many: Vec<_> = (0..200).map(|number| person(number).1).collect();
        let review = invite.check(&many.join("\n")).await?;
        stage
            .browser
            .wait_until("all who wait are found", async || {
                Ok(review.count("already-invited").await? == 40)
            })
            .await?;
        assert_eq!(review.count("ready").await?, 160);
        let asked = how_it_was_asked(stage).await?;
        assert_eq!((asked.profiles, asked.addresses), (40, 0), "{asked:?}");
        ensure!(asked.pages <= 3, "{asked:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn checking_can_be_stopped_and_what_it_did_not_find_is_settled_by_sending() -> Result<()> {
    play(async |stage| {
        let invite = tom_invites_to(stage, &BIOLOGY).await?;
        let late = Fault::delayed(Duration::from_secs(8))
            .on("GET", format!("/v1/courses/{}/teachers", BIOLOGY.id));
        stage.sandbox.faults(&[late]).await?;
        invite
            .paste("priya@school.example, wanda@school.example, sam@school.example")
            .await?;
        invite.press_check().await?;
        let widget = Widget::new(&stage.browser);
        stage.browser.wait_for_text("Checking who is in").await?;
        widget.progress().stop().await?;
        stage.browser.wait_for_text("Stopped checking.").await?;
        stage.sandbox.faults(&[]).await?;
        let review = invite.review();
        review
            .wait_rows(&[
                (PRIYA.email, "ready"),
                (WANDA.email, "ready"),
                (SAM.email, "ready"),
            ])
            .await?;
        review.send().await?;
        review
            .wait_rows(&[
                (PRIYA.email, "already-member"),
                (WANDA.email, "already-invited"),
                (SAM.email, "sent"),
            ])
            .await
    })
    .await
}

#[tokio::test]
async fn an_error_while_checking_is_told_and_checking_can_be_tried_again() -> Result<()> {
    play(async |stage| {
        let invite = tom_invites_to(stage, &BIOLOGY).await?;
        let widget = Widget::new(&stage.browser);
        let refused = Fault::google(
            403,
            "PERMISSION_DENIED",
            "The caller does not have permission",
        )
        .on("GET", format!("/v1/courses/{}/teachers", BIOLOGY.id))
        .times(1);
        stage.sandbox.faults(&[refused]).await?;
        invite.paste(WANDA.email).await?;
        invite.press_check().await?;
        let card = widget.error("PERMISSION_DENIED").await?;
        ensure!(card.offers("Switch account"), "{card:?}");
        assert_eq!(invite.pasted().await?, WANDA.email);
        invite.press_check().await?;
        invite
            .review()
            .wait_rows(&[(WANDA.email, "already-invited")])
            .await
    })
    .await
}

#[tokio::test]
async fn a_sign_in_that_runs_out_while_checking_is_renewed_and_checking_goes_on() -> Result<()> {
    play(async |stage| {
        let invite = tom_invites_to(stage, &BIOLOGY).await?;
        let widget = Widget::new(&stage.browser);
        let hours = Duration::from_secs(2 * 60 * 60);
        stage.sandbox.clock(hours).await?;
        invite.paste(WANDA.email).await?;
        invite.press_check().await?;
        widget.error("UNAUTHENTICATED").await?;
        widget.follow("Sign in with Google").await?;
        let review = invite.review();
        review
            .wait_rows(&[(WANDA.email, "already-invited")])
            .await?;
        // The card that the press came from is gone, and its rows are not.
        review.press_in_row(WANDA.email, "Remove").await?;
        review.wait_rows(&[]).await
    })
    .await
}

#[tokio::test]
async fn outsiders_are_asked_about_once() -> Result<()> {
    const NORA: &str = "nora@gmail.example";
    const UNTRUSTED: &str = "untrusted@other.example";
    play(async |stage| {
        let invite = tom_invites_to(stage, &ART).await?;
        let review = invite
            .check(&format!("{}, {NORA}, {UNTRUSTED}", SAM.email))
            .await?;
        let title = "Some addresses aren't from school.example";
        review.send().await?;
        let question = asked(stage, title).await?;
        ensure!(
            question.contains(NORA) && question.contains(UNTRUSTED),
            "{question}"
        );
        ensure!(!question.contains(SAM.email), "{question}");
        review.press("Back to the list").await?;
        stage.browser.wait_gone(&Role::Group.named(title)).await?;
        ensure!(stage.sandbox.writes().await?.is_empty());

        review.send().await?;
        asked(stage, title).await?;
        review.press("They're right").await?;
        review
            .wait_rows(&[(SAM.email, "sent"), (NORA, "sent"), (UNTRUSTED, "failed")])
            .await?;

        // Another outsider in the same list is nothing new.
        review.correct(UNTRUSTED, "otto@partner.example").await?;
        stage.browser.strike(Key::Enter).await?;
        review.wait_state("otto@partner.example", "ready").await?;
        review.send().await?;
        review.wait_state("otto@partner.example", "sent").await?;
        ensure!(!stage.browser.shows(&Role::Group.named(title)).await?);

        // Another list is another question.
        let review = invite.check("ines@other.example").await?;
        review.send().await?;
        asked(stage, title).await.map(drop)
    })
    .await
}
