//! Five hundred people at once, through all that may come in between: everybody is invited, and
//! exactly once.

use std::{collections::BTreeMap, time::Duration};

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    fault::Fault,
    pages::{Review, Widget},
    play,
    school::{ART, TOM},
};
use serde_json::{Value, json};

const INVITATIONS: &str = "/v1/invitations";

/// How many.
const MANY: usize = 500;

/// How long a run of so many may take on a machine that is busy with others.
const LONG: Duration = Duration::from_secs(100);

fn email(number: usize) -> String {
    format!("pupil{number:03}@school.example")
}

/// Tom has pasted five hundred addresses, for Art Club, and checked them.
async fn five_hundred_are_checked(stage: &Stage) -> Result<(Widget<'_>, Review<'_>)> {
    let mut school = stage.sandbox.state().await?;
    let accounts = school["accounts"].as_array_mut().context("no accounts")?;
    for number in 0..MANY {
        accounts.push(json!({
            "id": format!("1400000000000000{number:05}"),
            "email": email(number),
            "name": format!("Pupil {number}"),
        }));
    }
    stage.sandbox.put_state(&school).await?;
    let widget = stage.open_for("invite", TOM, &ART).await?;
    widget.invite().choose_role("Student").await?;
    let pasted: Vec<_> = (0..MANY).map(email).collect();
    let review = widget.invite().check(&pasted.join("\n")).await?;
    stage
        .browser
        .wait_until("every address has a row", async || {
            Ok(review.count("ready").await? == MANY)
        })
        .await?;
    stage.sandbox.forget_calls().await?;
    Ok((widget, review))
}

/// Waits until so many are invited at least.
async fn wait_for_sent(stage: &Stage, review: Review<'_>, count: usize) -> Result<()> {
    stage
        .browser
        .wait_until(&format!("{count} are sent"), async || {
            Ok(review.count("sent").await? >= count)
        })
        .await
}

/// Every row has ended as sent, every person has one invitation, and one call made it; gives what
/// the calls were answered with.
async fn everybody_is_invited_once(
    stage: &Stage,
    review: Review<'_>,
) -> Result<BTreeMap<u16, usize>> {
    review.wait_over(LONG).await?;
    assert_eq!(
        review.states().await?,
        BTreeMap::from([("sent".to_owned(), MANY)])
    );
    let school = stage.sandbox.school().await?;
    let mut invited = BTreeMap::<_, usize>::new();
    let mut answers = BTreeMap::new();
    for call in stage.sandbox.writes().await? {
        ensure!(call.is("POST", INVITATIONS), "{call}");
        *answers.entry(call.status).or_default() += 1;
        if call.status == 200 {
            *invited.entry(call.body["userId"].to_string()).or_default() += 1;
        }
    }
    for number in 0..MANY {
        let email = email(number);
        assert_eq!(school.invited(&email, ART.id).len(), 1, "{email}");
        assert_eq!(invited.get(&json!(email).to_string()), Some(&1), "{email}");
    }
    assert_eq!(invited.len(), MANY);
    Ok(answers)
}

/// The most calls of the page's own that were under way at the same time, by the browser's clock.
async fn most_at_once(stage: &Stage) -> Result<usize> {
    let spans = stage
        .browser
        .evaluate(
            "return performance.getEntriesByType('resource')
                 .filter(entry => entry.name.includes('/v1/invitations'))
                 .map(entry => [entry.startTime, entry.responseEnd])",
        )
        .await?;
    let mut moments: Vec<(f64, i32)> = Vec::new();
    for span in spans.as_array().into_iter().flatten() {
        let at = |index: usize| span[index].as_f64().context("no time");
        moments.push((at(0)?, 1));
        moments.push((at(1)?, -1));
    }
    // Where one ends in the moment in which another begins, they are not both under way.
    moments.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let (mut now, mut most) = (0i32, 0i32);
    for (_, step) in moments {
        now += step;
        most = most.max(now);
    }
    Ok(usize::try_from(most)?)
}

#[tokio::test]
async fn a_tenth_of_the_calls_refused_as_too_many_keeps_nobody_from_being_invited_once()
-> Result<()> {
    play(async |stage| {
        stage.browser.speed_up(4).await?;
        let (widget, review) = five_hundred_are_checked(stage).await?;
        stage
            .browser
            .evaluate(
                "performance.setResourceTimingBufferSize(5000); performance.clearResourceTimings()",
            )
            .await?;
        let post = || Fault::google(429, "RESOURCE_EXHAUSTED", "Quota exceeded.");
        stage
            .sandbox
            .faults(&[
                post().on("POST", INVITATIONS).every(10),
                // Slow enough that a fifth call would be seen.
                Fault::delayed(Duration::from_millis(80)).on("POST", INVITATIONS),
            ])
            .await?;
        review.send().await?;
        let answers = everybody_is_invited_once(stage, review).await?;
        assert_eq!(answers.get(&200), Some(&MANY));
        let refused = answers.get(&429).copied().unwrap_or(0);
        ensure!((50..=60).contains(&refused), "{answers:?}");
        assert_eq!(answers.len(), 2, "{answers:?}");
        assert_eq!(most_at_once(stage).await?, 4);
        let card = widget.outcome("invited").await?;
        ensure!(card.text.contains("500 invitations sent"), "{card:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_token_that_runs_out_in_the_middle_is_renewed_and_the_run_goes_on_where_it_was()
-> Result<()> {
    play(async |stage| {
        stage.browser.speed_up(4).await?;
        let (widget, review) = five_hundred_are_checked(stage).await?;
        review.send().await?;
        wait_for_sent(stage, review, 100).await?;
        stage
            .sandbox
            .clock(Duration::from_secs(2 * 60 * 60))
            .await?;
        widget.error("UNAUTHENTICATED").await?;
        let states = review.states().await?;
        ensure!(
            states.get("sent").is_some_and(|sent| *sent < MANY),
            "{states:?}"
        );
        ensure!(!states.contains_key("failed"), "{states:?}");
        // Google knows who it was, and asks nothing.
        widget.follow("Sign in with Google").await?;
        let answers = everybody_is_invited_once(stage, review).await?;
        let refused = answers.get(&401).copied().unwrap_or(0);
        ensure!((1..=4).contains(&refused), "{answers:?}");
        widget.outcome("invited").await?;
        assert_eq!(widget.cards().await?, ["invited"]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_network_that_is_gone_for_a_while_is_waited_for_and_nobody_is_invited_twice() -> Result<()>
{
    play(async |stage| {
        stage.browser.speed_up(4).await?;
        let (widget, review) = five_hundred_are_checked(stage).await?;
        review.send().await?;
        wait_for_sent(stage, review, 100).await?;
        stage.browser.go_offline().await?;
        stage.browser.wait_for_text("You're offline.").await?;
        stage
            .browser
            .wait_for_text("We'll go on when you're back.")
            .await?;
        let calls = async || Ok::<_, anyhow::Error>(stage.sandbox.calls().await?.len());
        let before = calls().await?;
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert_eq!(calls().await?, before);
        let states = review.states().await?;
        ensure!(!states.contains_key("failed"), "{states:?}");

        stage.browser.come_online().await?;
        everybody_is_invited_once(stage, review).await?;
        widget.outcome("invited").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn a_paste_of_more_than_a_thousand_takes_the_first_thousand_and_says_so() -> Result<()> {
    play(async |stage| {
        let widget = stage.open_for("invite", TOM, &ART).await?;
        let pasted: Vec<_> = (0..1_100).map(|n| format!("p{n}@school.example")).collect();
        let review = widget.invite().check(&pasted.join("\n")).await?;
        stage
            .browser
            .wait_for_text("the first thousand are in the list")
            .await?;
        stage
            .browser
            .wait_until("there are a thousand rows", async || {
                Ok(review.rows().await?.len() == 1_000)
            })
            .await?;
        let focus: Value = stage
            .browser
            .evaluate("return document.activeElement.tagName")
            .await?;
        assert_eq!(focus, "TABLE");
        Ok(())
    })
    .await
}
