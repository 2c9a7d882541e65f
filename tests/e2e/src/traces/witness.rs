//! What pages have said: to the console, to each other, and in their addresses.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::devtools::{Listener, Prelude};

/// What tells of messages and of the console, in every page before its own scripts.
const SCRIPT: &str = concat!(
    "{",
    include_str!("text.js"),
    include_str!("witness.js"),
    "}"
);

/// The function by which the script tells.
const TELL: &str = "hallpassWitness";

/// Everything that was said since the browser started, also in windows that are gone.
#[derive(Clone, Default)]
pub(crate) struct Witness(Arc<Mutex<Vec<Said>>>);

/// Something that was said.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Said {
    /// A message arrived.
    Message {
        /// The origin it came from.
        from: String,
        /// The origin of the page that heard it.
        to: String,
        text: String,
    },
    /// To the console, by a page or by the browser.
    Console(String),
    /// A page went there.
    Address(String),
}

impl Witness {
    /// What every page is to be told before it begins.
    pub(crate) fn prelude() -> Prelude {
        vec![
            ("Page.enable", json!({})),
            ("Runtime.enable", json!({})),
            ("Log.enable", json!({})),
            ("Runtime.addBinding", json!({ "name": TELL })),
            (
                "Page.addScriptToEvaluateOnNewDocument",
                json!({ "source": SCRIPT }),
            ),
        ]
    }

    /// What hears the pages' events.
    pub(crate) fn listener(&self) -> Listener {
        let witness = self.clone();
        Box::new(move |event, parameters| {
            if let Some(said) = said(event, parameters) {
                witness.said().push(said);
            }
        })
    }

    /// Where one of `secrets` was said that should not have been. A message into the page at `home`
    /// may carry one.
    pub(crate) fn places_of(&self, secrets: &[String], home: &str) -> Vec<String> {
        let told = |text: &str| secrets.iter().any(|secret| text.contains(secret));
        let said = self.said();
        let places = said.iter().filter_map(|said| match said {
            Said::Message { from, to, text } => {
                let comes_home = to == home && from != home;
                (told(text) && !comes_home).then(|| format!("a message from {from} to {to}"))
            }
            Said::Console(text) => told(text).then(|| "the console".to_owned()),
            Said::Address(text) => told(text).then(|| "an address on the way".to_owned()),
        });
        places.collect()
    }

    /// What was said to the console, in order.
    pub(crate) fn console(&self) -> String {
        let said = self.said();
        let lines = said.iter().filter_map(|said| match said {
            Said::Console(text) => Some(format!("{text}\n")),
            Said::Message { .. } | Said::Address(_) => None,
        });
        lines.collect()
    }

    fn said(&self) -> MutexGuard<'_, Vec<Said>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn said(event: &str, parameters: &Value) -> Option<Said> {
    match event {
        "Runtime.bindingCalled" if parameters["name"] == TELL => {
            serde_json::from_str(parameters["payload"].as_str()?).ok()
        }
        // What the browser says itself: errors nobody caught, the network, policies.
        "Runtime.exceptionThrown" | "Log.entryAdded" => Some(Said::Console(parameters.to_string())),
        "Page.frameNavigated" => Some(Said::Address(parameters["frame"].to_string())),
        "Page.navigatedWithinDocument" => Some(Said::Address(parameters["url"].to_string())),
        _ => None,
    }
}
