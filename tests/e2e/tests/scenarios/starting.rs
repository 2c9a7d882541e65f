//! The moment before the application runs: when it cannot, a person is told.

use std::fs;

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    fault::{Fault, Origin},
    play,
    sandbox::Sandbox,
};

/// The path of the WebAssembly file that the page begins with.
fn wasm_path(sandbox: &Sandbox) -> Result<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(sandbox.dist())? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with("_bg.wasm") {
            names.push(name);
        }
    }
    ensure!(
        names.len() == 1,
        "one _bg.wasm was due, there are {names:?}"
    );
    let name = names.pop().context("no .wasm")?;
    Ok(format!("/{name}"))
}

#[tokio::test]
async fn an_application_that_cannot_be_loaded_says_so() -> Result<()> {
    play(async |stage| {
        let wasm = wasm_path(&stage.sandbox)?;
        let missing = Fault::status(404).on("GET", wasm).at(Origin::Files);
        stage.sandbox.faults(&[missing]).await?;
        let widget = stage.open("").await?;
        let card = widget.error("START_FAILED").await?;
        ensure!(!card.text.trim().is_empty(), "{card:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_application_that_is_not_what_it_should_be_says_so() -> Result<()> {
    play(async |stage| {
        let wasm = wasm_path(&stage.sandbox)?;
        let filtered = Fault::html(200, "<html>blocked</html>")
            .on("GET", wasm)
            .at(Origin::Files);
        stage.sandbox.faults(&[filtered]).await?;
        let widget = stage.open("").await?;
        widget.error("START_FAILED").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn the_application_says_when_it_runs_and_a_press_counts() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        widget.join().wait().await?;
        stage
            .browser
            .wait_until("the mark hallpass:ready is set", async || {
                let marks = stage
                    .browser
                    .evaluate("return performance.getEntriesByType('mark').map(mark => mark.name)")
                    .await?;
                Ok(marks
                    .as_array()
                    .is_some_and(|marks| marks.iter().any(|mark| mark == "hallpass:ready")))
            })
            .await
    })
    .await
}
