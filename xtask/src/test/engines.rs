//! What is played in which engine: `tests/e2e/engines.json`, which the scenarios read too.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::Depth;
use crate::paths;

/// An engine beside Chromium.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Firefox.
    Firefox,
    /// WebKit.
    WebKit,
}

impl Engine {
    /// Its name in `HALLPASS_ENGINE` and in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }
}

/// What the file says.
#[derive(Debug)]
pub struct Engines(Value);

impl Engines {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// Fails when it cannot be read.
    pub fn read() -> Result<Self> {
        let file = paths::root().join("tests/e2e/engines.json");
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        serde_json::from_str(&text)
            .map(Self)
            .with_context(|| file.display().to_string())
    }

    /// What tells the runner of the scenarios which of them to play in this engine: the journeys, or
    /// at full depth all but those that are left out there.
    ///
    /// # Errors
    ///
    /// Fails when the file names none.
    pub fn chosen(&self, engine: Engine, depth: Depth) -> Result<Vec<&str>> {
        let mut arguments = Vec::new();
        if depth == Depth::Full {
            for group in self.left_out_in(engine) {
                // Not `--exact`: `states::` leaves out all of a module.
                arguments.extend(texts(&group["scenarios"]).flat_map(|name| ["--skip", name]));
            }
        } else {
            arguments.push("--exact");
            let journeys = self.0["journeys"].as_object().into_iter().flatten();
            arguments.extend(journeys.filter_map(|(_, name)| name.as_str()));
            if arguments.len() == 1 {
                bail!("engines.json names no scenario");
            }
        }
        Ok(arguments)
    }

    /// The scenarios that are left out, with the engines, what they need, and what covers that there.
    pub fn left_out(&self) -> String {
        let mut told = String::new();
        for group in self.0["left_out"].as_array().into_iter().flatten() {
            let engines: Vec<&str> = texts(&group["in"]).collect();
            let [needs, covered] =
                ["needs", "covered"].map(|key| group[key].as_str().unwrap_or("?"));
            // Writing to a string cannot fail.
            let _ = writeln!(
                told,
                "  - not in {}: {needs}; {covered}",
                engines.join(", ")
            );
            for name in texts(&group["scenarios"]) {
                let _ = writeln!(told, "      {name}");
            }
        }
        told
    }

    fn left_out_in(&self, engine: Engine) -> impl Iterator<Item = &Value> {
        let groups = self.0["left_out"].as_array().into_iter().flatten();
        groups.filter(move |group| texts(&group["in"]).any(|name| name == engine.name()))
    }
}

fn texts(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn engines() -> Engines {
        Engines(json!({
            "journeys": { "Join": "joining::joins" },
            "left_out": [
                { "needs": "a clock", "in": ["firefox", "webkit"], "covered": "b waits", "scenarios": ["a", "c"] },
                { "needs": "the dark", "in": ["webkit"], "covered": "Firefox has it", "scenarios": ["d"] },
            ],
        }))
    }

    #[test]
    fn usually_the_journeys_are_played() -> Result<()> {
        let engines = engines();
        assert_eq!(
            engines.chosen(Engine::WebKit, Depth::Usual)?,
            ["--exact", "joining::joins"]
        );
        Ok(())
    }

    #[test]
    fn at_full_depth_everything_is_played_that_the_engine_can() -> Result<()> {
        let engines = engines();
        assert_eq!(
            engines.chosen(Engine::Firefox, Depth::Full)?,
            ["--skip", "a", "--skip", "c"]
        );
        let in_webkit = engines.chosen(Engine::WebKit, Depth::Full)?;
        assert_eq!(in_webkit[4..], ["--skip", "d"]);
        Ok(())
    }

    #[test]
    fn what_is_left_out_is_told_with_what_covers_it() {
        assert_eq!(
            engines().left_out(),
            "  - not in firefox, webkit: a clock; b waits\n      a\n      c\n\
             \x20 - not in webkit: the dark; Firefox has it\n      d\n"
        );
    }

    #[test]
    fn the_file_can_be_read_and_has_journeys() -> Result<()> {
        let engines = Engines::read()?;
        let chosen = engines.chosen(Engine::Firefox, Depth::Usual)?;
        assert!(chosen.len() > 20, "{chosen:?}");
        Ok(())
    }
}
