//! The `error` object of an answer: status, reason, message.

use super::{Refusal, details};
use crate::{
    classroom::{reason::Reason, status::Status},
    json::Json,
    within::has,
};

/// The most letters of a reason or status. Google's own limit for `ErrorInfo.reason`
/// (`google/rpc/error_details.proto`); the longest `@Name` known has 43.
pub(super) const LONGEST_NAME: usize = 63;

/// Reads `error`, which came under the number `http` with a header asking for `retry_after`.
pub(super) fn refusal(http: u16, retry_after: Option<u32>, error: &Json) -> Refusal {
    let older = error.get("errors").map(Json::items).unwrap_or_default();
    let told = text(error, "message");
    let older_messages = older.iter().map(|one| text(one, "message"));
    let whole = [told]
        .into_iter()
        .chain(older_messages.clone())
        .find(|message| !message.is_empty())
        .unwrap_or_default();

    let status = status(http, error);
    let reason = [whole]
        .into_iter()
        .chain(older_messages)
        .find_map(|message| split_reason(message).0)
        .or_else(|| details::reason(error))
        .map(Reason::from_name)
        .or_else(|| unnamed(&status, older, whole));
    Refusal {
        message: clipped(split_reason(whole).1, Refusal::LONGEST_MESSAGE),
        retry_after: retry_after.max(details::retry_delay(error)),
        notes: details::notes(error, older),
        ..Refusal::new(http, status, reason)
    }
}

/// The text of `key`; empty where there is none.
pub(super) fn text<'a>(json: &'a Json, key: &str) -> &'a str {
    json.get(key).and_then(Json::text).unwrap_or_default()
}

/// Whether this can be the name of a reason or status, which then stands in `data-reason`.
pub(super) fn is_name(text: &str) -> bool {
    (1..=LONGEST_NAME).contains(&text.len()) && text.bytes().all(|byte| in_name(char::from(byte)))
}

/// The text, cut off with a `…` after `longest` characters.
pub(super) fn clipped(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => [&text[..end], "…"].concat(),
        None => text.to_owned(),
    }
}

fn in_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The status that is named, else what the HTTP number stands for, else the body's own number,
/// which remains where something on the way changed the answer's.
fn status(http: u16, error: &Json) -> Status {
    let named = text(error, "status");
    if is_name(named) {
        return Status::from_name(named);
    }
    match (Status::from_http(http), error.get("code")) {
        // A number that fits nothing is cut off by the conversion at 0 or at the largest, which
        // stand for nothing either.
        (Status::Missing(_), Some(Json::Number(code))) if !(400..600).contains(&http) => {
            Status::from_http(*code as u16)
        }
        (status, _) => status,
    }
}

/// `@Name rest` or `@Name: rest` -> the name and the rest; any other message as it is.
pub(super) fn split_reason(message: &str) -> (Option<&str>, &str) {
    const AFTER: [char; 4] = [' ', '\t', '\n', ':'];
    let Some(rest) = message.strip_prefix('@') else {
        return (None, message);
    };
    let (name, rest) = rest.split_at(rest.find(|c| !in_name(c)).unwrap_or(rest.len()));
    if is_name(name) && (rest.is_empty() || rest.starts_with(AFTER)) {
        (Some(name), rest.trim_start_matches(AFTER))
    } else {
        (None, message)
    }
}

/// What older answers, and those that say it in words only, mean by a 403 that names no reason: it
/// would pass for a refused code otherwise. The words of `errors[].reason` are those of Google's
/// older APIs.
fn unnamed(status: &Status, older: &[Json], message: &str) -> Option<Reason> {
    if *status != Status::PermissionDenied {
        return None;
    }
    if has(message, "insufficient authentication scopes") {
        return Some(Reason::ScopeMissing);
    }
    if has(message, "has not been used in project") {
        return Some(Reason::ServiceDisabled);
    }
    older.iter().find_map(|one| match text(one, "reason") {
        "insufficientPermissions" => Some(Reason::ScopeMissing),
        "accessNotConfigured" => Some(Reason::ServiceDisabled),
        "rateLimitExceeded" | "userRateLimitExceeded" => Some(Reason::RateLimitExceeded),
        _ => None,
    })
}
