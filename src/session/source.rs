//! Where tokens come from: Google's sign-in, or the embedding page.

use core::future::Future;

use super::{
    scopes::{Scope, Scopes},
    token::AccessToken,
};
use crate::guidance::SignInError;

/// Why a token is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There was none before.
    Initial,
    /// The last one ran out.
    Expired,
    /// The last one does not allow what is to be done.
    InsufficientScope,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// What the token is to allow.
    pub scopes: Scopes,
    /// The one domain that the account has to be of.
    pub hosted_domain: Option<String>,
    /// The account that it probably is.
    pub login_hint: Option<String>,
    /// Why it is asked for.
    pub reason: Reason,
}

/// What was given.
#[derive(Clone, Debug, PartialEq)]
pub struct Grant {
    /// The token.
    pub token: AccessToken,
    /// How long it may be used, in seconds from now on.
    pub expires_in: f64,
    /// What it allows.
    pub scopes: Vec<Scope>,
}

/// A place that gives tokens.
pub trait Source {
    /// Asks for a token. What has to happen inside a person's press happens before this returns.
    ///
    /// # Errors
    /// Why there is none, as the future's result.
    fn ask(&mut self, ask: Ask) -> impl Future<Output = Result<Grant, SignInError>> + use<Self>;
}
