//! The same account in two tabs, both pressing at once: one membership, one message in each.

use std::time::Duration;

use anyhow::{Result, ensure};
use hallpass_e2e::{
    Stage,
    fault::{Drop, Fault},
    pages::Widget,
    play,
    school::{BIOLOGY, SAM},
};
use thirtyfour::WindowHandle;

const STUDENTS: &str = "/v1/courses/741234567890/students";

/// Both tabs have pressed before either has its answer.
const LATE: Duration = Duration::from_millis(1_500);

/// Sam, signed in, with the right code in the field, in the window in front.
async fn sam_has_typed(stage: &Stage) -> Result<WindowHandle> {
    let widget = stage.open("course=741234567890").await?;
    widget.sign_in(SAM).await?;
    widget.join().type_in(BIOLOGY.code).await?;
    stage.browser.window().await.map_err(Into::into)
}

/// The two tabs press at once, in this order; gives what each of them says in the end.
async fn both_press(stage: &Stage, answer: Fault) -> Result<[String; 2]> {
    let browser = &stage.browser;
    let first = sam_has_typed(stage).await?;
    let second = browser.new_tab().await?;
    browser.switch_to_window(second.clone()).await?;
    sam_has_typed(stage).await?;
    let late = answer.after(LATE).on("POST", STUDENTS).times(2);
    stage.sandbox.faults(&[late]).await?;

    let widget = Widget::new(browser);
    for tab in [&first, &second] {
        browser.switch_to_window(tab.clone()).await?;
        widget.join().press().await?;
    }
    let mut said = [String::new(), String::new()];
    for (tab, said) in [&first, &second].into_iter().zip(&mut said) {
        browser.switch_to_window(tab.clone()).await?;
        browser
            .wait_until("a card shows", async || {
                Ok(!widget.cards().await?.is_empty())
            })
            .await?;
        let cards = widget.cards().await?;
        ensure!(cards.len() == 1, "one message each: {cards:?}");
        *said = cards.concat();
        let text = browser.text().await?;
        ensure!(text.contains(BIOLOGY.name), "which class? {text}");
    }
    let school = stage.sandbox.school().await?;
    assert_eq!(school.times_student(SAM.email, BIOLOGY.id), 1);
    Ok(said)
}

#[tokio::test]
async fn two_tabs_at_once_are_one_membership_and_a_message_each() -> Result<()> {
    play(async |stage| {
        let said = both_press(stage, Fault::default()).await?;
        assert_eq!(said, ["joined", "already-member"]);
        assert_eq!(stage.sandbox.posts().await?, [STUDENTS; 2]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn two_tabs_that_both_lose_their_answer_both_find_the_membership() -> Result<()> {
    play(async |stage| {
        let said = both_press(stage, Fault::dropped(Drop::After)).await?;
        assert_eq!(said, ["joined", "joined"]);
        assert_eq!(stage.sandbox.posts().await?, [STUDENTS; 2]);
        Ok(())
    })
    .await
}
