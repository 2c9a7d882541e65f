//! The screens of the sign-in window.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{
    APP_NAME,
    ask::{Ask, Fault},
    scopes,
};
use crate::{
    school::{Account, School},
    template::{
        Fill::{Markup, Text},
        fill,
    },
};

/// What the window shows.
pub enum Screen {
    /// Which account?
    Chooser {
        /// What was asked for.
        ask: Ask,
        /// The accounts on offer.
        accounts: Vec<Account>,
    },
    /// What may the app do?
    Consent {
        /// What was asked for.
        ask: Ask,
        /// The account that was chosen.
        account: Account,
        /// Scopes it has consented to before.
        granted: Vec<String>,
        /// Scopes it has not.
        open: Vec<String>,
    },
    /// The school has not approved the app for minors: no way on.
    Blocked {
        /// The account that was chosen.
        email: String,
    },
    /// The request was no good: no way on.
    Refused(Fault),
    /// The answer goes to the page that opened the window.
    Done {
        /// The origin of that page.
        origin: String,
        /// What goes there.
        message: Value,
    },
}

impl Screen {
    /// The chooser, with the accounts of the domain that was hinted at if there is any. Those that
    /// are there to be invited or added only would be in the way.
    pub fn chooser(ask: &Ask, school: &School) -> Self {
        let accounts = |domain: &str| -> Vec<Account> {
            school
                .accounts
                .iter()
                .filter(|account| account.sandbox.is_none())
                .filter(|account| domain.is_empty() || account.domain() == domain)
                .cloned()
                .collect()
        };
        Self::Chooser {
            ask: ask.clone(),
            accounts: accounts(&ask.hd),
        }
    }

    /// The end, with a `TokenResponse`.
    pub fn done(ask: &Ask, response: Value) -> Self {
        Self::Done {
            origin: ask.origin.clone(),
            message: json!({"sandboxSignIn": ask.id, "response": response}),
        }
    }

    /// The HTTP status it is shown with.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Refused(Fault::InvalidClient) => StatusCode::UNAUTHORIZED,
            Self::Refused(_) | Self::Blocked { .. } => StatusCode::BAD_REQUEST,
            _ => StatusCode::OK,
        }
    }

    /// The page.
    pub fn html(&self) -> String {
        let (title, main) = match self {
            Self::Chooser { ask, accounts } => ("Choose an account", chooser(ask, accounts)),
            Self::Consent {
                ask,
                account,
                granted,
                open,
            } => ("Permissions", consent(ask, account, granted, open)),
            Self::Blocked { email } => ("Access blocked", blocked(email)),
            Self::Refused(fault) => ("Access blocked", refused(*fault)),
            Self::Done { origin, message } => ("Signed in", done(origin, message)),
        };
        fill(
            include_str!("layout.html"),
            &[("title", Text(title)), ("main", Markup(&main))],
        )
    }
}

fn chooser(ask: &Ask, accounts: &[Account]) -> String {
    let rows: String = accounts
        .iter()
        .map(|account| {
            fill(
                include_str!("account.html"),
                &[
                    ("id", Text(&account.id)),
                    ("email", Text(&account.email)),
                    ("name", Text(&account.name)),
                    ("initial", Text(initial(account))),
                    ("note", Text(&note(account))),
                ],
            )
        })
        .collect();
    let others = if ask.hd.is_empty() {
        String::new()
    } else {
        let all = Ask {
            hd: String::new(),
            ..ask.clone()
        };
        let query: String = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(all.fields())
            .finish();
        fill(
            include_str!("other_accounts.html"),
            &[("domain", Text(&ask.hd)), ("query", Text(&query))],
        )
    };
    fill(
        include_str!("chooser.html"),
        &[
            ("app", Text(APP_NAME)),
            ("hidden", Markup(&hidden(ask))),
            ("accounts", Markup(&rows)),
            ("others", Markup(&others)),
        ],
    )
}

fn consent(ask: &Ask, account: &Account, granted: &[String], open: &[String]) -> String {
    let boxes: String = open
        .iter()
        .enumerate()
        .map(|(index, scope)| {
            fill(
                include_str!("scope.html"),
                &[
                    ("id", Text(&format!("scope-{index}"))),
                    ("scope", Text(scope)),
                    ("words", Text(&scopes::words(scope))),
                ],
            )
        })
        .collect();
    let already: String = granted
        .iter()
        .map(|scope| {
            fill(
                "<li>{{words}}</li>",
                &[("words", Text(&scopes::words(scope)))],
            )
        })
        .collect();
    let already = if already.is_empty() {
        already
    } else {
        fill(
            include_str!("already_granted.html"),
            &[("app", Text(APP_NAME)), ("scopes", Markup(&already))],
        )
    };
    fill(
        include_str!("consent.html"),
        &[
            ("app", Text(APP_NAME)),
            ("email", Text(&account.email)),
            ("initial", Text(initial(account))),
            ("id", Text(&account.id)),
            ("hidden", Markup(&hidden(ask))),
            ("boxes", Markup(&boxes)),
            ("already", Markup(&already)),
        ],
    )
}

fn blocked(email: &str) -> String {
    fill(
        include_str!("blocked.html"),
        &[("app", Text(APP_NAME)), ("email", Text(email))],
    )
}

fn refused(fault: Fault) -> String {
    let (code, words) = match fault {
        Fault::InvalidClient => (
            "Error 401: invalid_client",
            "The OAuth client was not found.",
        ),
        Fault::OriginMismatch => (
            "Error 400: origin_mismatch",
            "The page that asks is at no address registered for this app.",
        ),
        Fault::InvalidScope => (
            "Error 400: invalid_scope",
            "Some requested scopes are missing or invalid.",
        ),
    };
    fill(
        include_str!("refused.html"),
        &[("code", Text(code)), ("words", Text(words))],
    )
}

fn done(origin: &str, message: &Value) -> String {
    // Inside a script element only "</" and "<!--" could end or change it.
    let json = json!({"origin": origin, "message": message})
        .to_string()
        .replace('<', "\\u003c");
    fill(include_str!("done.html"), &[("json", Markup(&json))])
}

fn hidden(ask: &Ask) -> String {
    ask.fields()
        .iter()
        .map(|(name, value)| {
            fill(
                "<input type=\"hidden\" name=\"{{name}}\" value=\"{{value}}\">\n",
                &[("name", Text(name)), ("value", Text(value))],
            )
        })
        .collect()
}

fn initial(account: &Account) -> &str {
    account
        .name
        .char_indices()
        .nth(1)
        .map_or(account.name.as_str(), |(end, _)| &account.name[..end])
}

/// What is special about an account, for whoever picks one by hand.
fn note(account: &Account) -> String {
    let notes = [
        (account.admin, "administrator"),
        (account.disabled, "switched off"),
        (!account.classroom, "Classroom off"),
        (account.under18, "under 18"),
        (account.is_personal(), "personal account"),
    ];
    notes
        .iter()
        .filter(|(applies, _)| *applies)
        .map(|(_, words)| *words)
        .collect::<Vec<_>>()
        .join(", ")
}
