//! The `details[]` of an error: messages of `google/rpc/error_details.proto`, each with its `@type`.

use super::{
    Refusal,
    body::{clipped, is_name, text},
};
use crate::{classroom::wait, json::Json};

/// What is kept of `ErrorInfo.metadata`: which API, which Cloud project, which of its limits.
const METADATA: [&str; 3] = ["service", "consumer", "quota_limit"];

/// The messages that hold a list: the message, the list, the two texts of an item, and what its
/// note is about.
const LISTS: [(&str, &str, [&str; 2], &str); 3] = [
    (
        "QuotaFailure",
        "violations",
        ["subject", "description"],
        "quota",
    ),
    (
        "BadRequest",
        "fieldViolations",
        ["field", "description"],
        "field",
    ),
    ("Help", "links", ["description", "url"], "help"),
];

/// The first reason that an `ErrorInfo` names.
pub(super) fn reason(error: &Json) -> Option<&str> {
    all(error, "ErrorInfo")
        .map(|info| text(info, "reason"))
        .find(|reason| is_name(reason))
}

/// The longest wait that a `RetryInfo` asks for, in milliseconds.
pub(super) fn retry_delay(error: &Json) -> Option<u32> {
    all(error, "RetryInfo")
        .filter_map(|info| wait::seconds(text(info, "retryDelay").strip_suffix('s')?))
        .max()
}

/// What the details and the older `errors[]` say for IT, always in this order: domain and metadata
/// of `ErrorInfo`, quotas, fields, help, the localized message, the older errors.
pub(super) fn notes(error: &Json, older: &[Json]) -> Vec<(&'static str, String)> {
    let mut notes = Notes(Vec::new());
    for info in all(error, "ErrorInfo") {
        notes.add("domain", &[text(info, "domain")]);
        if let Some(metadata) = info.get("metadata") {
            for key in METADATA {
                notes.add(key, &[text(metadata, key)]);
            }
        }
    }
    for (kind, list, [first, second], about) in LISTS {
        for item in all(error, kind).filter_map(|detail| detail.get(list)) {
            for item in item.items() {
                notes.add(about, &[text(item, first), text(item, second)]);
            }
        }
    }
    for localized in all(error, "LocalizedMessage") {
        notes.add("localized message", &[text(localized, "message")]);
    }
    for one in older {
        // Its message is nearly always that of the whole error once more.
        let message = text(one, "message");
        let message = if message == text(error, "message") {
            ""
        } else {
            message
        };
        notes.add(
            "older error",
            &[text(one, "domain"), text(one, "reason"), message],
        );
    }
    notes.0
}

/// The details of one kind.
fn all<'a>(error: &'a Json, kind: &'static str) -> impl Iterator<Item = &'a Json> {
    let details = error.get("details").map(Json::items).unwrap_or_default();
    details.iter().filter(move |detail| {
        text(detail, "@type")
            .strip_suffix(kind)
            .is_some_and(|before| before.ends_with("google.rpc."))
    })
}

struct Notes(Vec<(&'static str, String)>);

impl Notes {
    /// Adds the texts that are not empty as one note, as long as there is room.
    fn add(&mut self, about: &'static str, texts: &[&str]) {
        if self.0.len() == Refusal::MOST_NOTES {
            return;
        }
        let mut note = String::new();
        for text in texts.iter().filter(|text| !text.is_empty()) {
            if !note.is_empty() {
                note.push_str(": ");
            }
            note.push_str(text);
        }
        if !note.is_empty() {
            self.0.push((about, clipped(&note, Refusal::LONGEST_NOTE)));
        }
    }
}
