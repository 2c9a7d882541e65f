//! `engines.json`: what is played in every engine at every test, and what is left out where.
//! `cargo xtask test` reads it too.

use std::{cell::Cell, collections::BTreeMap};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::Engine;

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Engines {
    /// The scenarios that are played in every engine at every test, by what a person does in them.
    pub journeys: BTreeMap<String, String>,
    /// Those that some engine cannot play.
    pub left_out: Vec<LeftOut>,
}

/// Scenarios that need something that not every engine has.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// What they need.
    pub needs: String,
    /// The engines without it.
    #[serde(rename = "in")]
    pub engines: Vec<Engine>,
    /// What covers it in these engines.
    pub covered: String,
    /// The scenarios, as their tests are called; all of a module are `module::`.
    pub scenarios: Vec<String>,
}

impl LeftOut {
    /// Whether `scenario` is one of these.
    pub fn includes(&self, scenario: &str) -> bool {
        self.scenarios.iter().any(|named| {
            named == scenario || (named.ends_with("::") && scenario.starts_with(&**named))
        })
    }
}

impl Engines {
    /// Reads it.
    pub fn read() -> Result<Self> {
        serde_json::from_str(include_str!("../../engines.json")).context("engines.json")
    }
}

thread_local! {
    /// Whether the scenario of this thread has asked for something that only Chromium has.
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// Notes that the scenario of this thread asks for something that only Chromium has.
pub(crate) fn asks_for_chromium() {
    ASKED.set(true);
}

/// Fails where `scenario`, which has gone well, is played in Chromium only without having asked for
/// anything that only Chromium has.
pub(crate) fn is_left_out_for_a_reason(scenario: &str) -> Result<()> {
    let left_out = Engines::read()?.left_out;
    let in_chromium_only = left_out.iter().any(|left_out| {
        left_out.includes(scenario)
            && [Engine::Firefox, Engine::WebKit]
                .iter()
                .all(|engine| left_out.engines.contains(engine))
    });
    ensure!(
        ASKED.get() || !in_chromium_only,
        "engines.json leaves this out in Firefox and WebKit, but it needs nothing that is Chromium's own"
    );
    Ok(())
}
