//! "Details for IT": what the API said, as it said it, without a token or an address.

use super::Trouble;
use crate::{classroom::error::ApiError, within::position};

/// Lines for whoever has to find out: a name and what stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details(Vec<(&'static str, String)>);

impl Details {
    /// What is known of `trouble`, met by `version` of the widget at `time` (ISO 8601).
    pub fn new(trouble: &Trouble, version: &str, time: String) -> Self {
        let Self(mut lines) = Self::of(trouble);
        lines.push(("time", time));
        lines.push(("version", version.to_owned()));
        Self(lines)
    }

    /// What is known of `trouble` alone.
    pub fn of(trouble: &Trouble) -> Self {
        let mut lines = vec![("reason", harmless(trouble.reason()))];
        if let Some(call) = trouble.call() {
            lines.push(("method", call.to_owned()));
        }
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
                lines.push(("message", harmless(&refusal.message)));
                for (about, note) in &refusal.notes {
                    lines.push((about, harmless(note)));
                }
            }
            Some(ApiError::BadResponse { http, .. }) => lines.push(("status", http.to_string())),
            Some(ApiError::Network | ApiError::Timeout) | None => {}
        }
        Self(lines)
    }

    /// Names and values, in order.
    pub fn lines(&self) -> &[(&'static str, String)] {
        &self.0
    }

    /// The same as plain text, a line each, for the clipboard.
    pub fn text(&self) -> String {
        self.joined("\n")
    }

    /// The same in one line, for a table.
    pub fn line(&self) -> String {
        self.joined("; ")
    }

    fn joined(&self, separator: &str) -> String {
        let lines: Vec<_> = self
            .0
            .iter()
            .map(|(name, value)| [name, ": ", value].concat())
            .collect();
        lines.join(separator)
    }
}

/// What the at sign of an address is written as; the second in the address of a page.
const AT_SIGNS: [&str; 2] = ["@", "%40"];

/// What a token stands behind, or begins with: Google's access tokens are `ya29.…`.
const TOKEN_SIGNS: [&str; 4] = ["ya29.", "Bearer ", "bearer ", "access_token="];

/// The text with `…` in the place of every address of a person and of every token: a message may
/// quote what it was asked. Rather too much is taken out than too little.
fn harmless(text: &str) -> String {
    let mut out = text.to_owned();
    for sign in TOKEN_SIGNS {
        out = replaced(&out, sign, |before, after| {
            let length = after.find(|c: char| !is_of_token(c)).unwrap_or(after.len());
            (length > 0).then_some((before.len(), length))
        });
    }
    for sign in AT_SIGNS {
        out = replaced(&out, sign, |before, after| {
            let name = before.trim_end_matches(is_of_address);
            // `@ClassroomDisabled` is a reason: nothing stands before it.
            let length = after
                .find(|c: char| !is_of_address(c))
                .unwrap_or(after.len());
            // A full stop behind an address ends the sentence.
            let length = after[..length].trim_end_matches('.').len();
            (name.len() < before.len() && length > 0).then_some((name.len(), length))
        });
    }
    out
}

/// `text` with `…` in the place of what is found around each `sign`. `find` is given what stands
/// before and after it, and gives where that begins and how far behind the sign it goes.
fn replaced(text: &str, sign: &str, find: impl Fn(&str, &str) -> Option<(usize, usize)>) -> String {
    let mut out = String::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = position(&rest[from..], sign).map(|at| from + at) {
        let behind = at + sign.len();
        match find(&rest[..at], &rest[behind..]) {
            Some((start, length)) => {
                out.push_str(&rest[..start]);
                out.push('…');
                rest = &rest[behind + length..];
                from = 0;
            }
            None => from = behind,
        }
    }
    out.push_str(rest);
    out
}

/// Whether a bearer token may hold `c` (RFC 6750, section 2.1).
fn is_of_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~+/=".contains(c)
}

/// Whether an address may hold `c` where it is not quoted, without what separates it from its
/// surroundings in the address of a page.
fn is_of_address(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() || "-._+!$*^`~|%".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classroom::{error::Refusal, reason::Reason, status::Status};

    #[test]
    fn the_details_hold_what_the_api_said_and_no_address() {
        let reason = Some(Reason::CannotDirectAddUser);
        let error = ApiError::Refused(Refusal {
            message: "Unable to add maya@school.example to the course.".to_owned(),
            notes: vec![("quota", "user:maya@school.example: Used up.".to_owned())],
            ..Refusal::new(403, Status::PermissionDenied, reason)
        });
        let call = "courses.students.create";
        let trouble = Trouble::Api { call, error };
        let details = Details::new(&trouble, "0.1.0", "2026-01-01T00:00:00Z".to_owned());
        assert_eq!(
            details.text(),
            "reason: CannotDirectAddUser\nmethod: courses.students.create\nstatus: 403 PERMISSION_DENIED\nmessage: Unable to add … to the course.\nquota: user:…: Used up.\ntime: 2026-01-01T00:00:00Z\nversion: 0.1.0"
        );
    }

    #[test]
    fn an_address_is_taken_out_wherever_it_stands() {
        for (text, expected) in [
            ("maya@school.example", "…"),
            ("Ask maya.chen+7b@school.example.", "Ask …."),
            ("\"maya@school.example\" (maya@x.example)", "\"…\" (…)"),
            ("<maya@école.example>,<é@x.example>", "<…>,<…>"),
            (
                "https://x.example/v1/u/maya@school.example/y",
                "https://x.example/v1/u/…/y",
            ),
            (
                "https://x.example/?userId=maya%40school.example&y=1",
                "https://x.example/?userId=…&y=1",
            ),
            ("mailto:maya@localhost", "mailto:…"),
            ("@CannotDirectAddUser No.", "@CannotDirectAddUser No."),
            ("a @ b, 100%40, @", "a @ b, 100%40, @"),
        ] {
            assert_eq!(harmless(text), expected);
        }
    }

    #[test]
    fn a_token_is_taken_out_wherever_it_stands() {
        for (text, expected) in [
            ("ya29.a0Af_B-x.y~z", "…"),
            ("token 'ya29.A0' is not valid", "token '…' is not valid"),
            ("Authorization: Bearer abc.DEF-123_4==", "Authorization: …"),
            (
                "https://x.example/?access_token=abc&y=1",
                "https://x.example/?…&y=1",
            ),
            (
                "Expected OAuth 2 access token.",
                "Expected OAuth 2 access token.",
            ),
        ] {
            assert_eq!(harmless(text), expected);
        }
    }
}
