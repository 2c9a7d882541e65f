//! "Details for IT": what the API said, as it said it, without a token or an address.

use super::Trouble;
use crate::classroom::error::ApiError;

/// Lines for whoever has to find out: a name and what stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details(Vec<(&'static str, String)>);

impl Details {
    /// What is known of `trouble`, met by `version` of the widget at `time` (ISO 8601).
    pub fn new(trouble: &Trouble, version: &str, time: String) -> Self {
        let mut lines = vec![("reason", trouble.reason().to_owned())];
        match trouble.api_error() {
            Some(ApiError::Refused(refusal)) => {
                lines.push((
                    "status",
                    [
                        &refusal.http.to_string(),
                        " ",
                        refusal.status.name().unwrap_or("-"),
                    ]
                    .concat(),
                ));
                lines.push(("message", without_addresses(&refusal.message)));
                for (about, note) in &refusal.notes {
                    lines.push((about, without_addresses(note)));
                }
            }
            Some(ApiError::BadResponse { http, .. }) => lines.push(("status", http.to_string())),
            Some(ApiError::Network | ApiError::Timeout) | None => {}
        }
        lines.push(("time", time));
        lines.push(("version", version.to_owned()));
        Self(lines)
    }

    /// Names and values, in order.
    pub fn lines(&self) -> &[(&'static str, String)] {
        &self.0
    }

    /// The same as plain text, a line each, for the clipboard.
    pub fn text(&self) -> String {
        let lines: Vec<_> = self
            .0
            .iter()
            .map(|(name, value)| [name, ": ", value].concat())
            .collect();
        lines.join("\n")
    }
}

/// The text with every word that holds an `@` after its beginning replaced: a message may quote the
/// address of a person.
fn without_addresses(text: &str) -> String {
    let words: Vec<_> = text
        .split(' ')
        .map(|word| {
            if word.rfind('@').is_some_and(|at| at > 0) {
                "…"
            } else {
                word
            }
        })
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classroom::{error::Refusal, reason::Reason, status::Status};

    #[test]
    fn the_details_hold_what_the_api_said_and_no_address() {
        let reason = Some(Reason::CannotDirectAddUser);
        let trouble = Trouble::Api(ApiError::Refused(Refusal {
            message: "Unable to add maya@school.example to the course.".to_owned(),
            notes: vec![("quota", "user:maya@school.example: Used up.".to_owned())],
            ..Refusal::new(403, Status::PermissionDenied, reason)
        }));
        let details = Details::new(&trouble, "0.1.0", "2026-01-01T00:00:00Z".to_owned());
        assert_eq!(
            details.text(),
            "reason: CannotDirectAddUser\nstatus: 403 PERMISSION_DENIED\nmessage: Unable to add … to the course.\nquota: … Used up.\ntime: 2026-01-01T00:00:00Z\nversion: 0.1.0"
        );
    }
}
