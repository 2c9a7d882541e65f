//! Before there is a view, or where there can be none.

use std::fs;

use anyhow::{Context, Result};
use serde_json::json;

use crate::{
    fault::{Fault, Origin},
    stage::Stage,
};

/// The program cannot be loaded.
pub async fn failed(stage: &Stage) -> Result<()> {
    let wasm = fs::read_dir(stage.sandbox.dist())?
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .find(|name| name.ends_with("_bg.wasm"))
        .context("no program in the widget's folder")?;
    let missing = Fault::status(404).on("GET", format!("/{wasm}"));
    stage.sandbox.faults(&[missing.at(Origin::Files)]).await?;
    let widget = stage.open("").await?;
    widget.error("START_FAILED").await.map(drop)
}

/// `config.json` has a wrong value.
pub async fn misconfigured(stage: &Stage) -> Result<()> {
    let wrong = json!({ "tokenSource": "sometimes" });
    stage.sandbox.configure(wrong).await?;
    let widget = stage.open("").await?;
    widget.error("CONFIG").await.map(drop)
}
