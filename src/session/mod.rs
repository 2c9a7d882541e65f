//! Who is signed in.
//!
//! One [`Session`] a widget, handed down by context. The token lives in memory only and leaves it
//! for two places: the API's root and Google's revocation.

pub mod account;
mod google;
pub mod scopes;
pub mod token;

use core::future::Future;
use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    classroom::{
        Classroom,
        client::Client,
        profiles,
        retry::{self, World},
        status::Status,
    },
    config::Config,
    guidance::{SignInError, Trouble},
};
use account::Account;
use google::{Ask, Google, Grant};
use scopes::Scopes;
use token::AccessToken;

/// The session of one widget. `Copy`, so that views pass it into their handlers.
#[derive(Clone, Copy)]
pub struct Session {
    /// The account that acts.
    account: RwSignal<Option<Arc<Account>>>,
    /// Google's window is open, or the account is being looked up.
    asking: RwSignal<bool>,
    held: StoredValue<Held, LocalStorage>,
}

/// What must not be seen by views.
struct Held {
    config: Arc<Config>,
    google: Google,
    token: Option<Lease>,
}

/// A token and how long it may be used.
struct Lease {
    token: AccessToken,
    /// Milliseconds since 1970.
    until: f64,
}

impl Lease {
    fn new(grant: &Grant) -> Self {
        Self {
            token: grant.token.clone(),
            until: js_sys::Date::now() + grant.expires_in * 1000.0,
        }
    }

    fn is_usable(&self) -> bool {
        js_sys::Date::now() < self.until
    }
}

/// Says that Google's window is open as long as it is there, also where what waits for its answer is
/// dropped.
struct Asking(RwSignal<bool>);

impl Asking {
    fn begin(asking: RwSignal<bool>) -> Self {
        asking.set(true);
        Self(asking)
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

impl Session {
    /// A session in which nobody is signed in yet; begins to load Google's script, so that it is
    /// there when the first press has to open a window.
    pub fn new(config: Arc<Config>) -> Self {
        let google = Google::new(&config);
        Self {
            account: RwSignal::new(None),
            asking: RwSignal::new(false),
            held: StoredValue::new_local(Held {
                config,
                google,
                token: None,
            }),
        }
    }

    /// The account that acts; tracked.
    pub fn account(self) -> Option<Arc<Account>> {
        self.account.get()
    }

    /// Whether Google's window is open or the account is being looked up; tracked.
    pub fn is_asking(self) -> bool {
        self.asking.get()
    }

    /// The account that acts, at this moment.
    pub fn account_untracked(self) -> Option<Arc<Account>> {
        self.account.get_untracked()
    }

    /// The API in the name of the signed-in account, asking for sign-in first where there is no
    /// usable token. To be called inside a person's press: Google's window opens before the first
    /// `await`, or the browser blocks it.
    ///
    /// # Errors
    /// [`Trouble::SignIn`], or [`Trouble::Api`] where the account could not be looked up.
    pub fn client(
        self,
        scopes: Scopes,
        world: impl World + Copy + 'static,
    ) -> impl Future<Output = Result<Client, Trouble>> {
        let ready = self.ready_client();
        let asked = ready.is_none().then(|| self.sign_in(scopes, world));
        async move {
            match (ready, asked) {
                (Some(client), _) => self.identify(client, world).await,
                (None, Some(asked)) => asked.await,
                (None, None) => Err(Trouble::SignIn(SignInError::PopupClosed)),
            }
        }
    }

    /// Asks who acts. To be called inside a person's press.
    ///
    /// # Errors
    /// As [`Session::client`].
    pub fn sign_in(
        self,
        scopes: Scopes,
        world: impl World + Copy + 'static,
    ) -> impl Future<Output = Result<Client, Trouble>> {
        self.ask(scopes, self.config().login_hint.clone(), world)
    }

    /// Asks who acts instead of the account that is signed in, with Google's account chooser. To be
    /// called inside a person's press.
    ///
    /// # Errors
    /// As [`Session::client`]. Whoever was signed in before is signed out then.
    pub fn switch(
        self,
        scopes: Scopes,
        world: impl World + Copy + 'static,
    ) -> impl Future<Output = Result<Client, Trouble>> {
        self.ask(scopes, None, world)
    }

    fn ask(
        self,
        scopes: Scopes,
        login_hint: Option<String>,
        world: impl World + Copy + 'static,
    ) -> impl Future<Output = Result<Client, Trouble>> {
        let hosted_domain = match self.config().hosted_domain.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        };
        let ask = Ask {
            scopes,
            hosted_domain,
            login_hint,
        };
        let answer = self.held.try_update_value(|held| held.google.ask(ask));
        self.forget();
        let asking = Asking::begin(self.asking);
        async move {
            let result = self.finish(answer, world).await;
            drop(asking);
            result
        }
    }

    /// From Google's answer to a known account.
    async fn finish(
        self,
        answer: Option<impl Future<Output = Result<Grant, SignInError>>>,
        world: impl World,
    ) -> Result<Client, Trouble> {
        let answer = answer.ok_or(SignInError::PopupClosed)?.await;
        // Without a network Google's window shows nothing but that, and gets closed.
        let grant = answer.map_err(|error| match world.is_offline() {
            true => Trouble::Offline,
            false => error.into(),
        })?;
        let client = self.client_with(grant.token.clone());
        self.held
            .update_value(|held| held.token = Some(Lease::new(&grant)));
        self.identify(client, world).await
    }

    /// Gives `client` as soon as it is known, and shown, whose account it acts for.
    async fn identify(self, client: Client, world: impl World) -> Result<Client, Trouble> {
        if self.account.with_untracked(Option::is_some) {
            return Ok(client);
        }
        match self.look_up_account(&client, world).await {
            Ok(account) => {
                self.account.set(Some(Arc::new(account)));
                Ok(client)
            }
            // What may pass leaves the token, or the next try would bring Google's window back.
            Err(trouble) => {
                let may_pass = trouble
                    .api_error()
                    .is_some_and(|error| error.is_transient() || error.leaves_doubt());
                if !may_pass {
                    self.forget();
                }
                Err(trouble)
            }
        }
    }

    /// The account that `client` acts for, if it may be used here.
    async fn look_up_account(self, client: &Client, world: impl World) -> Result<Account, Trouble> {
        let profile = retry::patiently(&world, || client.own_profile())
            .await
            .map_err(|error| Trouble::Api {
                call: profiles::GET,
                error,
            })?;
        let config = self.config();
        let account = Account::new(profile, &config.api_base);
        if !account.is_in(&config.hosted_domain) {
            return Err(Trouble::SignIn(SignInError::WrongDomain {
                email: account.email,
                domain: config.hosted_domain.first().cloned().unwrap_or_default(),
            }));
        }
        Ok(account)
    }

    /// Forgets the token and everything shown from it. The grant itself stays, so that the next
    /// sign-in does not bring the consent page back.
    pub fn forget(self) {
        self.held.update_value(|held| held.token = None);
        // Where nobody was signed in nothing changes: what shows it keeps its focus.
        if self.account.with_untracked(Option::is_some) {
            self.account.set(None);
        }
    }

    /// Withdraws the whole grant at Google, then forgets. A token that Google no longer knows
    /// counts as withdrawn.
    pub fn remove_access(self) {
        if let Some(token) = self
            .held
            .with_value(|held| held.token.as_ref().map(|lease| lease.token.clone()))
        {
            google::revoke(&token);
        }
        self.forget();
    }

    /// Signs out where `trouble` shows that the token is of no use any more.
    pub fn heed(self, trouble: &Trouble) {
        if trouble
            .api_error()
            .is_some_and(|error| error.is(&Status::Unauthenticated))
        {
            self.forget();
        }
    }

    /// The configuration that the session was begun with.
    pub fn config(self) -> Arc<Config> {
        self.held.with_value(|held| Arc::clone(&held.config))
    }

    /// The API in the name of the account that acts, where nothing has to be asked for.
    pub fn ready_client(self) -> Option<Client> {
        self.usable_token().map(|token| self.client_with(token))
    }

    fn usable_token(self) -> Option<AccessToken> {
        self.held.with_value(|held| {
            held.token
                .as_ref()
                .filter(|lease| lease.is_usable())
                .map(|lease| lease.token.clone())
        })
    }

    fn client_with(self, token: AccessToken) -> Client {
        Client::new(&self.config().api_base, token)
    }
}
