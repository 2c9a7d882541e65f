//! The custom element in pages of all kinds: loaded twice, beside another of its name, put up before
//! its script, moved, removed, changed.

use std::time::Duration;

use anyhow::{Result, ensure};
use hallpass_e2e::{
    Stage,
    pages::Host,
    play,
    school::{ART, MAYA},
};
use serde_json::{Value, json};

/// Errors that the console has shown.
async fn complaints(stage: &Stage) -> Result<Vec<String>> {
    let console = stage.browser.console().await?;
    Ok(console
        .into_iter()
        .filter(|line| line.level == "SEVERE")
        .map(|line| line.message)
        .collect())
}

/// Has the page sign this person in, by asking its own server.
fn supply(account: &str) -> String {
    format!(
        "async ({{ scopes, reason, signal }}) => {{
           (globalThis.asked ??= []).push([reason, signal]);
           const answer = await fetch('/portal/token', {{
             method: 'POST', body: JSON.stringify({{ account: '{account}', scopes }}),
           }});
           const token = await answer.json();
           return {{ accessToken: token.access_token, expiresIn: token.expires_in }};
         }}"
    )
}

const SCRIPT: &str = "<script type=module src={widget}/embed.js></script>";

/// A page with the element and nothing else, once its widget runs; it is seen from the page.
async fn alone(stage: &Stage) -> Result<Host<'_>> {
    let page = Host::open_own(stage, &format!("{SCRIPT}<hall-pass></hall-pass>")).await?;
    page.enter().await?.join().wait().await?;
    page.wait_told("ready", 1).await?;
    page.leave().await?;
    Ok(page)
}

#[tokio::test]
async fn the_frame_is_made_as_agreed_and_has_a_title() -> Result<()> {
    play(async |stage| {
        Host::open_own(
            stage,
            &format!("{SCRIPT}<hall-pass view=join course=741234567890 hl=en theme=light \
                      code=k5xq2ma login-hint=maya@school.example></hall-pass>"),
        )
        .await?
        .wait_told("ready", 1)
        .await?;
        let seen = stage
            .browser
            .evaluate(
                "const frame = document.querySelector('hall-pass').shadowRoot.querySelector('iframe');
                 return [frame.title, frame.getAttribute('sandbox'), frame.getAttribute('allow'),
                         new URL(frame.src).hash];",
            )
            .await?;
        assert_eq!(
            seen,
            json!([
                "Hall Pass",
                "allow-scripts allow-same-origin allow-forms allow-popups \
                 allow-popups-to-escape-sandbox allow-downloads allow-modals",
                "clipboard-write; fullscreen",
                "#view=join&course=741234567890&code=k5xq2ma&hl=en&theme=light\
                 &login_hint=maya%40school.example"
            ])
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn loaded_twice_from_two_places_it_is_one_element_without_complaint() -> Result<()> {
    play(async |stage| {
        let page = Host::open_own(
            stage,
            &format!(
                "{SCRIPT}<script type=module src={{widget}}/embed.js?again></script>
                 <script type=module src={{widget}}/app/nested/embed.js></script>
                 <hall-pass></hall-pass>"
            ),
        )
        .await?;
        page.enter().await?.join().wait().await?;
        page.wait_told("ready", 1).await?;
        assert_eq!(complaints(stage).await?, Vec::<String>::new());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn beside_another_element_of_its_name_it_can_have_a_name_of_the_pages_own() -> Result<()> {
    play(async |stage| {
        let page = Host::open_own(
            stage,
            "<script>
               customElements.define('hall-pass', class extends HTMLElement {
                 connectedCallback() { this.textContent = 'A pass for the hall'; }
               });
             </script>
             <script type=module>
               import { HallPassElement } from '{widget}/embed.js';
               customElements.define('school-classes', class extends HallPassElement {});
             </script>
             <hall-pass></hall-pass>
             <school-classes></school-classes>",
        )
        .await?;
        page.wait_told("ready", 1).await?;
        stage.browser.wait_for_text("A pass for the hall").await?;
        let complaints = complaints(stage).await?;
        ensure!(
            complaints.len() == 1 && complaints[0].contains("is another element here"),
            "{complaints:?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_the_page_set_before_the_script_came_counts() -> Result<()> {
    play(async |stage| {
        let page = Host::open_own(
            stage,
            &format!(
                "<hall-pass course={}></hall-pass>
                 <script>document.querySelector('hall-pass').getAccessToken = {};</script>
                 {SCRIPT}",
                ART.id,
                supply(MAYA.email)
            ),
        )
        .await?;
        let widget = page.enter().await?;
        widget.wait_signed_in(MAYA).await?;
        widget.join().with(ART.code).await?;
        widget.outcome("joined").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn what_supplies_tokens_may_come_after_the_widget() -> Result<()> {
    play(async |stage| {
        let page = alone(stage).await?;
        stage
            .browser
            .evaluate(&format!(
                "document.querySelector('hall-pass').getAccessToken = {};",
                supply(MAYA.email)
            ))
            .await?;
        page.enter().await?.wait_signed_in(MAYA).await?;
        page.wait_told("ready", 1).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn moved_it_starts_again_and_removed_it_leaves_nothing() -> Result<()> {
    play(async |stage| {
        let page = Host::open_own(
            stage,
            &format!(
                "{SCRIPT}<div id=one></div><hall-pass></hall-pass>
                 <script>document.querySelector('hall-pass').getAccessToken = {};</script>",
                supply(MAYA.email)
            ),
        )
        .await?;
        page.enter().await?.wait_signed_in(MAYA).await?;
        page.leave().await?;
        let element = "const element = document.querySelector('hall-pass');";
        stage
            .browser
            .evaluate(&format!(
                "{element} document.getElementById('one').append(element);"
            ))
            .await?;
        page.wait_told("ready", 2).await?;
        page.enter().await?.wait_signed_in(MAYA).await?;
        page.leave().await?;

        let left = stage
            .browser
            .evaluate(&format!(
                "{element} element.remove();
                 return [element.shadowRoot.childElementCount, frames.length,
                         asked.map(([, signal]) => signal.aborted)];"
            ))
            .await?;
        assert_eq!(left, json!([0, 0, [true, true]]));

        // Put back, it is as new.
        stage
            .browser
            .evaluate(
                "const again = document.createElement('hall-pass');
                 document.getElementById('one').append(again);",
            )
            .await?;
        page.wait_told("ready", 3).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn moved_with_its_state_it_goes_on_as_it_is() -> Result<()> {
    play(async |stage| {
        let page = Host::open_own(
            stage,
            &format!("{SCRIPT}<div id=one></div><hall-pass></hall-pass>"),
        )
        .await?;
        page.enter().await?.join().type_in("k5xq").await?;
        page.leave().await?;
        let moved = stage
            .browser
            .evaluate(
                "const place = document.getElementById('one');
                 place.moveBefore?.(document.querySelector('hall-pass'), null);
                 return Boolean(place.moveBefore);",
            )
            .await?;
        ensure!(moved == true, "this browser cannot move with state");
        assert_eq!(page.enter().await?.join().typed().await?, "k5xq");
        page.wait_told("ready", 1).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn several_on_a_page_know_their_own_widgets() -> Result<()> {
    play(async |stage| {
        let page = Host::open_own(
            stage,
            &format!(
                "{SCRIPT}<hall-pass id=join view=join></hall-pass>
                 <hall-pass id=received view=received></hall-pass>
                 <script>
                   globalThis.heard = [];
                   for (const element of document.querySelectorAll('hall-pass')) {{
                     element.addEventListener('hallpass:signedin', () => heard.push(element.id));
                   }}
                   document.getElementById('received').getAccessToken = {};
                 </script>",
                supply(MAYA.email)
            ),
        )
        .await?;
        page.wait_told("ready", 2).await?;
        page.wait_told("signedin", 1).await?;
        page.leave().await?;
        assert_eq!(
            stage.browser.evaluate("return heard;").await?,
            json!(["received"])
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_widget_that_is_loaded_anew_is_greeted_and_supplied_again() -> Result<()> {
    play(async |stage| {
        let page = Host::open(stage, "portal?tokens=host").await?;
        page.enter().await?.wait_signed_in(MAYA).await?;
        // By the person, in the frame's own menu.
        stage.browser.evaluate("location.reload();").await?;
        page.wait_told("ready", 2).await?;
        page.enter().await?.wait_signed_in(MAYA).await?;
        // By the page.
        page.leave().await?;
        stage
            .browser
            .evaluate("document.querySelector('hall-pass').reload();")
            .await?;
        page.wait_told("ready", 3).await?;
        page.enter().await?.wait_signed_in(MAYA).await
    })
    .await
}

#[tokio::test]
async fn another_source_is_loaded_and_one_that_is_no_address_is_named() -> Result<()> {
    play(async |stage| {
        let page = alone(stage).await?;
        let set = async |src: &str| {
            page.leave().await?;
            stage
                .browser
                .evaluate(&format!(
                    "document.querySelector('hall-pass').setAttribute('src', {src:?});
                     return document.querySelector('hall-pass').shadowRoot.childElementCount;"
                ))
                .await
        };
        let nested = stage.sandbox.widget.join("app/nested/")?;
        assert_eq!(set(nested.as_str()).await?, json!(1));
        page.wait_told("ready", 2).await?;
        page.enter().await?;
        let path = stage.browser.evaluate("return location.pathname;").await?;
        assert_eq!(path, "/app/nested/");

        for wrong in ["javascript:alert(1)", "https://", "data:text/html,hello"] {
            stage.browser.console().await?;
            assert_eq!(set(wrong).await?, json!(0), "{wrong}");
            let complaints = complaints(stage).await?;
            ensure!(
                complaints
                    .iter()
                    .any(|line| line.contains("Hall Pass: src=")),
                "{wrong}: {complaints:?}"
            );
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_attributes_say_is_told_to_the_widget_once_for_all_that_changed() -> Result<()> {
    play(async |stage| {
        let page = alone(stage).await?;
        stage
            .browser
            .evaluate(&format!(
                "const element = document.querySelector('hall-pass');
                 element.setAttribute('course', '{}');
                 element.setAttribute('code', '{}');
                 element.setAttribute('theme', 'dark');",
                ART.id, ART.code
            ))
            .await?;
        let widget = page.enter().await?;
        stage
            .browser
            .wait_until("the code is filled in", async || {
                Ok(widget.join().typed().await? == ART.code)
            })
            .await?;
        let theme = "return document.querySelector('[data-theme]').dataset.theme;";
        stage
            .browser
            .wait_until("the widget is dark", async || {
                Ok(stage.browser.evaluate(theme).await? == "dark")
            })
            .await
    })
    .await
}

#[tokio::test]
async fn a_widget_that_never_comes_is_replaced_by_a_link_in_the_persons_language() -> Result<()> {
    for (hl, words) in [
        ("en", "Open in a new tab"),
        ("fr-CA", "Ouvrir dans un nouvel onglet"),
    ] {
        play(async |stage| {
            stage.browser.speed_up(8).await?;
            let page = Host::open_own(
                stage,
                &format!("{SCRIPT}<hall-pass src=/nothing-here/ view=join hl={hl}></hall-pass>"),
            )
            .await?;
            let link = page.wait_for_link().await?;
            assert_eq!(link.name, words);
            ensure!(
                link.address
                    .ends_with(&format!("/nothing-here/#view=join&hl={hl}"))
            );
            let attributes = stage
                .browser
                .evaluate(
                    "const link = document.querySelector('hall-pass').shadowRoot.querySelector('a');
                     return [link.target, link.rel];",
                )
                .await?;
            assert_eq!(attributes, json!(["_blank", "noopener"]));
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_widget_that_comes_late_takes_the_links_place() -> Result<()> {
    play(async |stage| {
        let late = hallpass_e2e::fault::Fault::delayed(Duration::from_secs(5))
            .at(hallpass_e2e::fault::Origin::Files)
            .on("GET", "/app/nested/")
            .times(1);
        stage.browser.speed_up(8).await?;
        let page = Host::open_own(stage, &format!("{SCRIPT}<p>Late</p>")).await?;
        stage.sandbox.faults(&[late]).await?;
        stage
            .browser
            .evaluate(
                "const element = document.createElement('hall-pass');
                 element.setAttribute('src', document.querySelector('script[src]').src.replace(
                   'embed.js', 'app/nested/'));
                 document.body.append(element);",
            )
            .await?;
        page.wait_for_link().await?;
        page.wait_told("ready", 1).await?;
        ensure!(page.link().await?.is_none(), "the link stays");
        page.enter().await?.join().wait().await
    })
    .await
}

#[tokio::test]
async fn it_is_hidden_where_the_page_hides_it() -> Result<()> {
    play(async |stage| {
        Host::open_own(stage, &format!("{SCRIPT}<hall-pass hidden></hall-pass>")).await?;
        let display = "return customElements.whenDefined('hall-pass').then(() =>
            getComputedStyle(document.querySelector('hall-pass')).display);";
        assert_eq!(stage.browser.evaluate(display).await?, Value::from("none"));
        Ok(())
    })
    .await
}
