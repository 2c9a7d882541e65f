//! Who is signed in.
//!
//! One [`Session`] a widget, handed down by context. The token lives in memory only and leaves it
//! for two places: the API's root and Google's revocation. It is dropped when its account signs out,
//! when the API takes it no more, and when the page is left.

pub mod account;
mod google;
pub mod host;
mod lease;
pub mod scopes;
pub mod source;
pub mod state;
pub mod token;

use core::{
    future::{Future, ready},
    pin::Pin,
};
use std::sync::Arc;

use futures_channel::oneshot;
use leptos::prelude::*;

use crate::{
    classroom::{
        Classroom,
        client::Client,
        profiles,
        retry::{self, World},
        status::Status,
    },
    config::{Config, TokenSource},
    guidance::{SignInError, Trouble},
};
use account::Account;
use google::Google;
use lease::Lease;
use scopes::Scopes;
use source::{Ask, Grant, Reason, Source};
use state::{Event, State};

/// The session of one widget. `Copy`, so that views pass it into their handlers.
#[derive(Clone, Copy)]
pub struct Session {
    state: RwSignal<State>,
    config: RwSignal<Arc<Config>>,
    is_hosted: RwSignal<bool>,
    held: StoredValue<Held, LocalStorage>,
}

/// What must not be seen by views.
struct Held {
    google: Google,
    /// The embedding page, where it supplies tokens.
    supplier: Option<Supplier>,
    /// The token of the account that acts.
    lease: Option<Lease>,
    /// A token of which it is not known yet whose it is.
    unidentified: Option<Lease>,
    /// How often in a row Google's window was closed.
    closed: u32,
    /// The question that is open.
    open: Option<Open>,
}

/// What is asked for tokens in Google's place.
pub type Supplier = Box<dyn FnMut(Ask) -> Answer>;

/// What becomes of a question.
pub type Answer = Pin<Box<dyn Future<Output = Result<Grant, SignInError>>>>;

impl Held {
    fn ask(&mut self, source: TokenSource, ask: Ask) -> Answer {
        match (&mut self.supplier, source) {
            (Some(supplier), _) => supplier(ask),
            (None, TokenSource::Host) => Box::pin(ready(Err(SignInError::HostToken))),
            (None, TokenSource::Google | TokenSource::Either) => Box::pin(self.google.ask(ask)),
        }
    }
}

/// A question that has no answer yet. Whoever asks meanwhile waits for the same one: there is one
/// window.
struct Open {
    /// When it was asked, in milliseconds since 1970.
    since: f64,
    waiting: Vec<oneshot::Sender<Result<(), Trouble>>>,
}

/// Whoever presses again so long after, in milliseconds, has lost Google's window out of sight, and
/// gets it once more.
const OUT_OF_SIGHT: f64 = 10_000.0;

/// Somebody is being asked as long as this is there, also where what waits for the answer is dropped.
struct Asking(Session);

impl Drop for Asking {
    fn drop(&mut self) {
        self.0.held.update_value(|held| held.open = None);
        if self.0.state.with_untracked(State::is_asking) {
            self.0.change(Event::Dropped);
        }
    }
}

impl Session {
    /// A session in which nobody is signed in yet; begins to load Google's script, so that it is
    /// there when the first press has to open a window.
    pub fn new(config: Arc<Config>) -> Self {
        let google = Google::new(&config);
        let is_hosted = config.token_source == TokenSource::Host;
        let session = Self {
            state: RwSignal::new(State::SignedOut),
            config: RwSignal::new(config),
            is_hosted: RwSignal::new(is_hosted),
            held: StoredValue::new_local(Held {
                google,
                supplier: None,
                lease: None,
                unidentified: None,
                closed: 0,
                open: None,
            }),
        };
        // A page that the browser keeps for "Back" would keep its token, too.
        let left = window_event_listener_untyped("pagehide", move |_| session.forget());
        on_cleanup(move || left.remove());
        session
    }

    /// The account that acts; tracked.
    pub fn account(self) -> Option<Arc<Account>> {
        self.state.with(|state| state.account().cloned())
    }

    /// The account whose things are on the page, also after its token has run out and while it is
    /// asked for the next one; tracked.
    pub fn owner(self) -> Option<Arc<Account>> {
        self.state.with(|state| state.owner().cloned())
    }

    /// The account whose things are on the page, at this moment.
    pub fn owner_untracked(self) -> Option<Arc<Account>> {
        self.state.with_untracked(|state| state.owner().cloned())
    }

    /// Whether Google's window is open or the account is being looked up; tracked.
    pub fn is_asking(self) -> bool {
        self.state.with(State::is_asking)
    }

    /// The account that acts, at this moment.
    pub fn account_untracked(self) -> Option<Arc<Account>> {
        self.state.with_untracked(|state| state.account().cloned())
    }

    /// The API in the name of the account that acts, asking for sign-in first where there is no
    /// token that lasts for another call. To be called inside a person's press: Google's window opens
    /// before the first `await`, or the browser blocks it.
    ///
    /// # Errors
    /// [`Trouble::SignIn`], or [`Trouble::Api`] where the account could not be looked up.
    pub fn client(
        self,
        scopes: Scopes,
        world: impl World + Copy + 'static,
    ) -> impl Future<Output = Result<Client, Trouble>> {
        let ready = self.ready_client(scopes);
        let unidentified = self.held.with_value(|held| {
            let lease = held.unidentified.as_ref();
            lease.is_some_and(|lease| lease.lasts_for_a_call() && lease.covers(scopes))
        });
        let asked = (ready.is_none() && !unidentified).then(|| self.sign_in(scopes, world));
        async move {
            match (ready, asked) {
                (Some(client), _) => Ok(client),
                (None, Some(asked)) => asked.await,
                (None, None) => {
                    self.change(Event::Ask);
                    let asking = Asking(self);
                    let client = self.identify(world).await;
                    drop(asking);
                    client
                }
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
        let configured = self.config().login_hint.clone();
        let hint = self
            .state
            .with_untracked(|state| state.hint(configured.as_deref()));
        self.ask(scopes, hint, world)
    }

    /// Asks who acts instead of the account that is signed in, with Google's account chooser. To be
    /// called inside a person's press.
    ///
    /// # Errors
    /// As [`Session::client`]. Whoever was signed in before is then still signed in.
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
        let waits = self.waits_for_open();
        let ask = Ask {
            scopes,
            hosted_domain,
            login_hint,
            reason: self.reason(),
        };
        let asking = waits.is_none().then(|| {
            let source = self.config().token_source;
            let answer = self.held.try_update_value(|held| {
                held.open = Some(Open {
                    since: js_sys::Date::now(),
                    waiting: Vec::new(),
                });
                held.ask(source, ask)
            });
            self.change(Event::Ask);
            (answer, Asking(self))
        });
        async move {
            let Some((answer, asking)) = asking else {
                let answered = match waits {
                    Some(waits) => waits.await.unwrap_or(Err(SignInError::PopupClosed.into())),
                    None => Ok(()),
                };
                let client = answered.map(|()| self.ready_client(scopes));
                return client?.ok_or(SignInError::ScopeMissing.into());
            };
            let result = self.finish(answer, world).await;
            let open = self.held.try_update_value(|held| held.open.take());
            drop(asking);
            for waiting in open.flatten().into_iter().flat_map(|open| open.waiting) {
                // Whoever does not wait any more needs no answer.
                let _ = waiting.send(result.as_ref().map(drop).map_err(Trouble::clone));
            }
            result
        }
    }

    /// The answer to the question that is open, where there is one that is still in sight.
    fn waits_for_open(self) -> Option<oneshot::Receiver<Result<(), Trouble>>> {
        let now = js_sys::Date::now();
        let waits = self.held.try_update_value(|held| {
            let open = held.open.as_mut()?;
            (now - open.since < OUT_OF_SIGHT).then(|| {
                let (sender, receiver) = oneshot::channel();
                open.waiting.push(sender);
                receiver
            })
        });
        waits.flatten()
    }

    /// From Google's answer to a known account.
    async fn finish(self, answer: Option<Answer>, world: impl World) -> Result<Client, Trouble> {
        let answer = answer.ok_or(SignInError::PopupClosed)?.await;
        let closed = self.held.try_update_value(|held| {
            held.closed = match &answer {
                Err(SignInError::PopupClosed) => held.closed + 1,
                Ok(_) | Err(_) => 0,
            };
            held.closed
        });
        match answer {
            Ok(grant) => {
                let lease = Lease::new(&grant, js_sys::Date::now());
                self.held
                    .update_value(|held| held.unidentified = Some(lease));
                self.identify(world).await
            }
            // Without a network Google's window shows nothing but that, and gets closed.
            Err(_) if world.is_offline() => Err(Trouble::Offline),
            // Everything that Google refuses on its own pages ends in a closed window.
            Err(SignInError::PopupClosed) if closed > Some(1) => {
                Err(SignInError::PopupClosedAgain.into())
            }
            Err(error) => {
                if error == SignInError::AccessDenied {
                    self.change(Event::Refused);
                }
                Err(error.into())
            }
        }
    }

    /// The API in the name of whom the new token belongs to, as soon as that is known, and shown.
    async fn identify(self, world: impl World) -> Result<Client, Trouble> {
        let lease = self.held.with_value(|held| held.unidentified.clone());
        let lease = lease.ok_or(SignInError::PopupClosed)?;
        let client = self.client_with(&lease);
        match self.look_up_account(&client, world).await {
            Ok(account) => {
                self.held.update_value(|held| {
                    held.unidentified = None;
                    held.lease = Some(lease);
                });
                self.change(Event::Identified(Arc::new(account)));
                Ok(client)
            }
            Err(trouble) => {
                // What may pass leaves the token, or the next try would bring Google's window back.
                let may_pass = trouble
                    .api_error()
                    .is_some_and(|error| error.is_transient() || error.leaves_doubt());
                if !may_pass {
                    self.held.update_value(|held| held.unidentified = None);
                    self.change(Event::Refused);
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
        self.held.update_value(|held| {
            held.lease = None;
            held.unidentified = None;
        });
        self.change(Event::Forgotten);
    }

    /// Withdraws the whole grant at Google, and forgets at once. A token that Google no longer knows
    /// counts as withdrawn.
    ///
    /// # Errors
    /// [`SignInError::AccessKept`] where Google did not hear of it.
    pub fn remove_access(self) -> impl Future<Output = Result<(), Trouble>> {
        let revoked = self.held.with_value(|held| {
            let lease = held.lease.as_ref();
            lease.map(|lease| google::revoke(lease.token()))
        });
        self.forget();
        async move {
            let is_done = match revoked {
                Some(revoked) => revoked.await,
                None => true,
            };
            is_done.then_some(()).ok_or(SignInError::AccessKept.into())
        }
    }

    /// Drops the token where `trouble` shows that it is of no use any more.
    pub fn heed(self, trouble: &Trouble) {
        let Some(error) = trouble.api_error() else {
            return;
        };
        if error.is_about_scopes() {
            self.held.update_value(|held| {
                if let Some(lease) = &mut held.lease {
                    lease.lacks();
                }
            });
        } else if error.is(&Status::Unauthenticated) {
            let barred = error.bars_the_account();
            self.drop_token(if barred {
                Event::Refused
            } else {
                Event::RanOut
            });
        }
    }

    /// Whether the token of who is signed in has run out; tracked.
    pub fn has_run_out(self) -> bool {
        self.state.with(|state| matches!(state, State::Expired(_)))
    }

    /// Takes tokens from the embedding page from now on, or from Google where that has none.
    pub fn supply(self, supplier: Option<Supplier>) {
        let is_hosted = supplier.is_some();
        let mut config = Config::clone(&self.config());
        config.token_source = if is_hosted {
            TokenSource::Host
        } else {
            TokenSource::Google
        };
        self.held.update_value(|held| {
            if supplier.is_none() {
                held.google.load();
            }
            held.supplier = supplier;
        });
        if is_hosted != self.is_hosted.get_untracked() {
            self.is_hosted.set(is_hosted);
        }
        self.reconfigure(config);
    }

    /// Whether the embedding page signs people in, and not Google; tracked.
    pub fn is_hosted(self) -> bool {
        self.is_hosted.get()
    }

    /// Goes on with another configuration.
    pub fn reconfigure(self, config: Config) {
        self.config.set(Arc::new(config));
    }

    /// Why a token is asked for, at this moment.
    fn reason(self) -> Reason {
        let is_held = self.held.with_value(|held| held.lease.is_some());
        let had_one = self.state.with_untracked(|state| state.owner().is_some());
        match (is_held, had_one) {
            (true, _) => Reason::InsufficientScope,
            (false, true) => Reason::Expired,
            (false, false) => Reason::Initial,
        }
    }

    /// The configuration, at this moment.
    pub fn config(self) -> Arc<Config> {
        self.config.get_untracked()
    }

    /// The configuration, which the embedding page may change; tracked.
    pub fn configured(self) -> Arc<Config> {
        self.config.get()
    }

    /// The API in the name of the account that acts, where nothing has to be asked for. A token that
    /// would run out during the call is dropped.
    pub fn ready_client(self, scopes: Scopes) -> Option<Client> {
        let lease = self.held.with_value(|held| held.lease.clone())?;
        if lease.lasts_for_a_call() {
            return lease.covers(scopes).then(|| self.client_with(&lease));
        }
        self.drop_token(Event::RanOut);
        None
    }

    fn drop_token(self, event: Event) {
        self.held.update_value(|held| held.lease = None);
        self.change(event);
    }

    /// Moves to the state after `event`. Where nothing changes nobody is told: what shows the
    /// session keeps its focus.
    fn change(self, event: Event) {
        let before = self.state.get_untracked();
        let after = before.clone().after(event);
        if after != before {
            self.state.set(after);
        }
    }

    fn client_with(self, lease: &Lease) -> Client {
        Client::new(&self.config().api_base, lease.token().clone())
    }
}
