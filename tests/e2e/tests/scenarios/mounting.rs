//! In a page of the widget's own origin, without a frame.

use std::time::Duration;

use anyhow::Result;
use hallpass_e2e::{
    Stage,
    fault::{Fault, Origin},
    find::Role,
    pages::{Host, Widget},
    play,
    school::{BIOLOGY, MAYA},
};
use serde_json::json;

/// What the tokens of the page allow.
const SCOPES: [&str; 3] = [
    "classroom.rosters",
    "classroom.profile.emails",
    "classroom.courses.readonly",
];

/// For Google, not for the page, every token has run out after that.
const LONG: Duration = Duration::from_secs(7200);

/// The page's own server gives Maya's token, made now.
async fn server(stage: &Stage) -> Result<Fault> {
    let token = stage.sandbox.token(MAYA.email, &SCOPES).await?;
    let answer = json!({ "accessToken": token, "expiresIn": 3599 }).to_string();
    let answer = Fault::json(200, &answer);
    Ok(answer.at(Origin::Files).on("POST", "/token"))
}

/// A page that signs Maya in to the widget in it.
async fn page(stage: &Stage) -> Result<Widget<'_>> {
    let body = format!(
        "<div id=place></div>
         <script type=module>
           import {{ mount }} from './hallpass.js';
           globalThis.asked = [];
           globalThis.handle = await mount(document.getElementById('place'), {{
             view: 'join', course: '{}', hl: 'en',
             async getAccessToken({{ scopes, reason, signal }}) {{
               asked.push(reason);
               const answer = await fetch('/token', {{
                 method: 'POST', body: JSON.stringify(scopes), signal,
               }});
               return answer.json();
             }},
           }});
         </script>",
        BIOLOGY.id
    );
    Host::open_beside(stage, &body, vec![server(stage).await?]).await?;
    let widget = Widget::new(&stage.browser);
    widget.wait_signed_in(MAYA).await?;
    Ok(widget)
}

/// Why the page was asked for tokens, each time.
async fn asked(stage: &Stage) -> Result<serde_json::Value> {
    stage.browser.evaluate("return asked;").await
}

#[tokio::test]
async fn whoever_the_page_has_signed_in_joins() -> Result<()> {
    play(async |stage| {
        let widget = page(stage).await?;
        let heading = Role::Heading.named("Join a class");
        let heading = stage.browser.find(&heading).await?;
        // The page has a first heading of its own.
        assert_eq!(heading.attr("aria-level").await?.as_deref(), Some("2"));
        widget.join().with(BIOLOGY.code).await?;
        widget.outcome("joined").await?;
        assert_eq!(stage.browser.windows().await?.len(), 1);
        assert_eq!(asked(stage).await?, json!(["initial"]));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_page_is_asked_again_once_its_token_has_run_out_and_the_join_goes_on() -> Result<()> {
    play(async |stage| {
        let widget = page(stage).await?;
        stage.sandbox.clock(LONG).await?;
        stage.sandbox.faults(&[server(stage).await?]).await?;
        widget.join().with(BIOLOGY.code).await?;
        widget.outcome("joined").await?;
        assert_eq!(asked(stage).await?, json!(["initial", "expired"]));
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(MAYA.email, BIOLOGY.id), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_page_that_has_no_other_token_is_told_so_and_asked_again_on_a_press() -> Result<()> {
    play(async |stage| {
        let widget = page(stage).await?;
        stage.sandbox.clock(LONG).await?;
        let nothing = Fault::status(503).at(Origin::Files).on("POST", "/token");
        stage.sandbox.faults(&[nothing]).await?;
        widget.join().with(BIOLOGY.code).await?;
        let card = widget.error("HOST_TOKEN").await?;
        assert_eq!(card.title, "This page didn't sign you in");
        assert_eq!(asked(stage).await?, json!(["initial", "expired"]));
        stage.sandbox.faults(&[server(stage).await?]).await?;
        widget.follow("Try again").await?;
        widget.outcome("joined").await?;
        assert_eq!(
            asked(stage).await?,
            json!(["initial", "expired", "expired"])
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn it_leaves_nothing_behind_when_it_is_taken_away() -> Result<()> {
    play(async |stage| {
        page(stage).await?;
        let left = "handle.unmount();
            return document.getElementById('place').childElementCount;";
        assert_eq!(stage.browser.evaluate(left).await?, json!(0));
        stage
            .browser
            .wait_gone(&Role::Heading.named("Join a class"))
            .await
    })
    .await
}
