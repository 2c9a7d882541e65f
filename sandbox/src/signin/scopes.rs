//! Scopes in the words of the consent page.

use crate::api::description::Description;

/// Scopes that only say who somebody is. Choosing an account consents to them.
const SIGN_IN: [&str; 5] = [
    "openid",
    "email",
    "profile",
    "https://www.googleapis.com/auth/userinfo.email",
    "https://www.googleapis.com/auth/userinfo.profile",
];

/// Google's own words for the scopes of rosters and classes (`classroom/API.md` §3).
const WORDS: [(&str, &str); 6] = [
    ("rosters", "Manage your Google Classroom class rosters"),
    (
        "rosters.readonly",
        "View your Google Classroom class rosters",
    ),
    ("courses.readonly", "View your Google Classroom classes"),
    (
        "courses",
        "See, edit, create, and permanently delete your Google Classroom classes",
    ),
    (
        "profile.emails",
        "View the email addresses of people in your classes",
    ),
    (
        "profile.photos",
        "View the profile photos of people in your classes",
    ),
];

/// Whether Google has such a scope, given by full name.
pub fn is_known(description: &Description, scope: &str) -> bool {
    is_sign_in(scope) || description.scopes.contains(scope)
}

/// Whether a scope needs no box of its own on the consent page.
pub fn is_sign_in(scope: &str) -> bool {
    SIGN_IN.contains(&scope)
}

/// What the consent page says for a scope.
pub fn words(scope: &str) -> String {
    let short = scope.rsplit('/').next().unwrap_or(scope);
    let name = short.strip_prefix("classroom.").unwrap_or(short);
    WORDS
        .iter()
        .find(|(known, _)| *known == name)
        .map_or_else(|| short.to_owned(), |(_, words)| (*words).to_owned())
}
