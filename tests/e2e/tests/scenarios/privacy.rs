//! Static files that ask nobody but Google, and keep no secret.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    find::{Role, Shown},
    pages::Widget,
    play,
    school::MAYA,
};

/// Maya joins, from wherever the widget was opened.
async fn maya_joins(widget: Widget<'_>) -> Result<()> {
    widget.sign_in(MAYA).await?;
    widget
        .join()
        .with("https://classroom.google.com/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma")
        .await?;
    widget.outcome("joined").await.map(drop)
}

/// What the console has against the page; a healthy join leaves nothing. The icon that browsers
/// look for beside Google's window is not the widget's affair.
async fn complaints(stage: &Stage) -> Result<Vec<String>> {
    let googles_icon = stage.sandbox.api.join("favicon.ico")?;
    Ok(stage
        .browser
        .console()
        .await?
        .into_iter()
        .filter(|line| {
            line.level == "SEVERE"
                || line.source.as_deref() == Some("security")
                || line.message.contains("Content Security Policy")
        })
        .map(|line| line.message)
        .filter(|message| !message.starts_with(googles_icon.as_str()))
        .collect())
}

#[tokio::test]
async fn a_join_asks_only_for_its_own_files_for_signin_and_for_the_api() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        maya_joins(widget).await?;

        let allowed: BTreeSet<String> = [&stage.sandbox.widget, &stage.sandbox.api]
            .into_iter()
            .map(|origin| origin.origin().ascii_serialization())
            .collect();
        let traffic = stage.browser.traffic().await?;
        ensure!(!traffic.is_empty(), "no traffic was seen at all");
        for sent in &traffic {
            if sent.url.starts_with("data:") || sent.url.starts_with("about:") {
                continue;
            }
            let address: reqwest::Url = sent.url.parse()?;
            ensure!(
                allowed.contains(&address.origin().ascii_serialization()),
                "{} {} is neither the widget's nor Google's",
                sent.method,
                sent.url
            );
            ensure!(
                sent.authorization.is_none() || address.origin() == stage.sandbox.api.origin(),
                "a token went to {}",
                sent.url
            );
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_join_breaks_no_content_security_policy_and_logs_no_error() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        maya_joins(widget).await?;
        assert_eq!(complaints(stage).await?, Vec::<String>::new());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_widget_is_served_with_a_policy_that_allows_no_inline_script() -> Result<()> {
    play(async |stage| {
        let answer = reqwest::get(stage.sandbox.widget.clone()).await?;
        let policy = answer
            .headers()
            .get("content-security-policy")
            .context("no content security policy: the scenario above would prove nothing")?
            .to_str()?
            .to_owned();
        let scripts = policy
            .split(';')
            .map(str::trim)
            .find(|directive| {
                directive.starts_with("script-src") || directive.starts_with("default-src")
            })
            .context("no rule for scripts")?;
        ensure!(!scripts.contains("'unsafe-inline'"), "{scripts}");
        ensure!(!scripts.contains("'unsafe-eval'"), "{scripts}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_widget_works_from_a_folder_below_the_root() -> Result<()> {
    play(async |stage| {
        let nested = stage.sandbox.widget.join("app/nested/")?;
        stage.browser.goto(nested.as_str()).await?;
        maya_joins(Widget::new(&stage.browser)).await?;
        assert_eq!(complaints(stage).await?, Vec::<String>::new());
        let own = stage.sandbox.widget.origin();
        for sent in stage.browser.traffic().await? {
            let address: reqwest::Url = sent.url.parse()?;
            ensure!(
                address.origin() != own || address.path().starts_with("/app/nested/"),
                "{} is outside of the folder",
                sent.url
            );
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_token_is_kept_nowhere_a_later_visitor_could_read_it() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        maya_joins(widget).await?;
        let token = stage
            .browser
            .traffic()
            .await?
            .into_iter()
            .find_map(|sent| Some(sent.authorization?.strip_prefix("Bearer ")?.to_owned()))
            .context("no call carried a token")?;
        let kept = stage
            .browser
            .driver()
            .execute_async(
                "const done = arguments[0];
                 Promise.all([indexedDB.databases(), caches.keys(),
                              navigator.serviceWorker.getRegistrations()])
                   .then(([databases, caches, workers]) => done({
                     localStorage: { ...localStorage }, sessionStorage: { ...sessionStorage },
                     cookies: document.cookie, databases, caches, workers: workers.length,
                     address: location.href, history: history.state, name: window.name,
                     page: document.documentElement.outerHTML }));",
                Vec::new(),
            )
            .await?
            .json()
            .clone();
        let everything = kept.to_string();
        ensure!(!everything.contains(&token), "the token is in {everything}");
        // Nothing at all is stored, the token's near relatives included.
        for place in ["localStorage", "sessionStorage"] {
            ensure!(
                kept[place] == serde_json::json!({}),
                "{place}: {}",
                kept[place]
            );
        }
        for place in ["databases", "caches"] {
            ensure!(
                kept[place] == serde_json::json!([]),
                "{place}: {}",
                kept[place]
            );
        }
        assert_eq!(kept["cookies"], "");
        assert_eq!(kept["workers"], 0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn status_and_alert_are_in_the_page_from_the_start_once_each() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        widget.join().wait().await?;
        for role in [Role::Status, Role::Alert] {
            let regions = stage.browser.find_all(&role.any()).await?;
            assert_eq!(regions.len(), 1, "{role:?}");
            assert_eq!(
                regions[0].shown_text().await?,
                "",
                "{role:?} speaks before anything happened"
            );
        }
        Ok(())
    })
    .await
}
