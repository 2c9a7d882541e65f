//! `config.json`: what is wrong stops the widget in words, what is unknown does not.

use anyhow::{Result, ensure};
use hallpass_e2e::{play, school::MAYA};
use serde_json::{Value, json};

/// With this in `config.json`, the card names all of these.
async fn stopped_by(config: Value, named: &[&str]) -> Result<()> {
    play(async |stage| {
        stage.sandbox.configure(config).await?;
        let widget = stage.open("").await?;
        let card = widget.error("CONFIG").await?;
        for part in named {
            ensure!(card.text.contains(part), "{part:?} is not named: {card:?}");
        }
        ensure!(
            stage.sandbox.calls().await?.is_empty(),
            "a widget that is not set up asks nothing"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_wrong_value_is_named_with_its_key_and_what_is_allowed() -> Result<()> {
    stopped_by(
        json!({ "tokenSource": "sometimes" }),
        &["tokenSource", "sometimes", "google", "host", "either"],
    )
    .await
}

#[tokio::test]
async fn an_address_that_is_none_is_named() -> Result<()> {
    stopped_by(
        json!({ "apiBase": "not an address" }),
        &["apiBase", "not an address"],
    )
    .await
}

#[tokio::test]
async fn a_view_that_does_not_exist_is_named() -> Result<()> {
    stopped_by(
        json!({ "views": ["join", "jion"] }),
        &["views", "jion", "received"],
    )
    .await
}

#[tokio::test]
async fn a_preset_class_that_can_be_no_class_is_named() -> Result<()> {
    stopped_by(json!({ "course": "Biology 7b" }), &["course", "Biology 7b"]).await
}

#[tokio::test]
async fn an_unknown_key_is_named_in_the_console_and_ignored() -> Result<()> {
    play(async |stage| {
        stage
            .sandbox
            .configure(json!({ "colour": "green", "course": "741234567890" }))
            .await?;
        let widget = stage.open("").await?;
        widget.sign_in(MAYA).await?;
        widget.join().with("k5xq2ma").await?;
        widget.outcome("joined").await?;
        let console = stage.browser.console().await?;
        ensure!(
            console.iter().any(|line| line.message.contains("colour")),
            "the console does not name it: {console:#?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_address_overrides_the_files_class() -> Result<()> {
    play(async |stage| {
        stage
            .sandbox
            .configure(json!({ "course": "74123456789" }))
            .await?;
        let widget = stage.open("course=741234567890").await?;
        widget.sign_in(MAYA).await?;
        widget.join().with("k5xq2ma").await?;
        let card = widget.outcome("joined").await?;
        ensure!(card.text.contains("Biology 7b"), "{card:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_code_in_the_address_is_filled_in_and_taken_out_of_the_address() -> Result<()> {
    play(async |stage| {
        let widget = stage
            .open("course=741234567890&code=k5xq2ma&login_hint=maya%40school.example")
            .await?;
        widget.join().wait().await?;
        assert_eq!(widget.join().typed().await?, "k5xq2ma");
        let address = stage.browser.current_url().await?;
        let parameters: Vec<_> = address.query_pairs().map(|(name, _)| name).collect();
        assert_eq!(parameters, ["course"], "{address}");
        Ok(())
    })
    .await
}
