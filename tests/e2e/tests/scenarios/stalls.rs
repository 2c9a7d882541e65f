//! Calls that stall past their time limit. The limit is really waited for here, once for all of
//! them: each stalls in a tab of its own, at the same time.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use hallpass_e2e::{
    Stage,
    browser::Options,
    fault::{Drop, Fault},
    pages::Widget,
    play_with,
    school::{ART, BIOLOGY, CHESS, Course, SAM},
};
use thirtyfour::WindowHandle;

/// The time limit of a call.
const TIME_LIMIT: Duration = Duration::from_secs(15);

/// When the sandbox answers for the class `slowwww`, and in the other stalls.
const SLOW_ANSWER: Duration = Duration::from_secs(20);

const WHO: &str = "/v1/userProfiles/me";

/// The class `slowwww`.
const TWENTY_SECONDS: &str = "760100000125";

/// Sam in a tab for each call that stalls.
struct Tabs<'a> {
    stage: &'a Stage,
    widget: Widget<'a>,
}

impl Tabs<'_> {
    /// The form in a tab of its own.
    async fn in_front(&self, parameters: &str) -> Result<WindowHandle> {
        let browser = &self.stage.browser;
        let tab = browser.new_tab().await?;
        browser.switch_to_window(tab.clone()).await?;
        self.stage.open(parameters).await?;
        Ok(tab)
    }

    /// Signs in in a tab of its own, and presses; gives when that was.
    async fn joins(&self, parameters: &str, code: &str) -> Result<(WindowHandle, Instant)> {
        let tab = self.in_front(parameters).await?;
        self.widget.sign_in(SAM).await?;
        let pressed = Instant::now();
        self.widget.join().with(code).await?;
        self.stage
            .browser
            .wait_for_text("Joining the class")
            .await?;
        Ok((tab, pressed))
    }

    async fn front(&self, tab: WindowHandle) -> Result<()> {
        Ok(self.stage.browser.switch_to_window(tab).await?)
    }

    /// This tab says that Sam is in, the school agrees, and so many tries were made.
    async fn is_in(&self, course_id: &str, path: &str, posts: usize) -> Result<()> {
        let card = self.widget.outcome("joined").await?;
        card.link("Open class")?;
        ensure!(self.widget.cards().await? == ["joined"]);
        let school = self.stage.sandbox.school().await?;
        let times = school.times_student(SAM.email, course_id);
        ensure!(times == 1, "{times} times in {path}");
        let made = self.stage.sandbox.posts().await?;
        let made = made.iter().filter(|post| *post == path).count();
        ensure!(made == posts, "{made} posts to {path}");
        Ok(())
    }

    /// This tab says that Google takes very long, and loses nothing.
    async fn is_too_long(&self, code: &str) -> Result<()> {
        let card = self.widget.error("TIMEOUT").await?;
        ensure!(card.text.contains("takes very long"), "{card:?}");
        ensure!(self.widget.join().typed().await? == code);
        Ok(())
    }
}

fn joins_of(course: Course) -> String {
    format!("/v1/courses/{}/students", course.id)
}

fn preset(course: Course) -> String {
    format!("course={}", course.id)
}

/// Told when the limit was over and before the answer came.
fn in_time(pressed: Instant) -> Result<()> {
    let told_after = pressed.elapsed();
    ensure!(
        (TIME_LIMIT..SLOW_ANSWER).contains(&told_after),
        "told after {told_after:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_call_past_its_time_limit_is_looked_up_and_told() -> Result<()> {
    let patient = Options {
        patience: Duration::from_secs(30),
        ..Options::default()
    };
    play_with(patient, async |stage| {
        let tabs = Tabs {
            stage,
            widget: Widget::new(&stage.browser),
        };
        let (art, chess) = (joins_of(ART), joins_of(CHESS));
        stage
            .sandbox
            .faults(&[
                // A join that never takes effect.
                Fault::status(503)
                    .after(SLOW_ANSWER)
                    .on("POST", &art)
                    .times(1),
                // A join that does, its answer lost, and the look-up stalls.
                Fault::dropped(Drop::After).on("POST", &chess).times(1),
                Fault::delayed(SLOW_ANSWER).on("GET", &chess).times(1),
            ])
            .await?;

        // A join that takes effect, and answers too late.
        let (slow, slow_pressed) = tabs.joins("", "slowwww").await?;
        let (art_tab, art_pressed) = tabs.joins(&preset(ART), ART.code).await?;
        let (chess_tab, chess_pressed) = tabs.joins(&preset(CHESS), CHESS.code).await?;
        let who_tab = tabs.in_front(&preset(BIOLOGY)).await?;
        tabs.widget.join().type_in(BIOLOGY.code).await?;
        let google = tabs.widget.join().press_signed_out().await?;
        // Nobody says whose account it is, once the faults before are spent.
        stage
            .browser
            .wait_until("the look-up arrives", async || {
                let calls = stage.sandbox.calls().await?;
                Ok(calls
                    .iter()
                    .any(|call| call.is("GET", &format!("{chess}/me"))))
            })
            .await?;
        let who = Fault::delayed(SLOW_ANSWER).on("GET", WHO).times(1);
        stage.sandbox.faults(&[who]).await?;
        let who_pressed = Instant::now();
        google.sign_in(SAM).await?;

        tabs.front(slow).await?;
        tabs.is_in(TWENTY_SECONDS, "/v1/courses/p%3Aslowwww/students", 1)
            .await?;
        in_time(slow_pressed)?;

        tabs.front(art_tab).await?;
        tabs.is_too_long(ART.code).await?;
        in_time(art_pressed)?;
        tabs.widget.follow("Try again").await?;
        tabs.is_in(ART.id, &art, 2).await?;

        tabs.front(chess_tab).await?;
        tabs.is_in(CHESS.id, &chess, 2).await?;
        in_time(chess_pressed)?;

        tabs.front(who_tab).await?;
        tabs.is_too_long(BIOLOGY.code).await?;
        in_time(who_pressed)?;
        tabs.widget.follow("Try again").await?;
        tabs.is_in(BIOLOGY.id, &joins_of(BIOLOGY), 1).await
    })
    .await
}
