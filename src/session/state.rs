//! Who is signed in, and how that changes. Pure.

use std::sync::Arc;

use super::account::Account;

/// Where the session stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody is signed in.
    SignedOut,
    /// Somebody is being asked who they are.
    Asking,
    /// This account acts.
    SignedIn(Arc<Account>),
    /// The token of this account ran out.
    Expired(Arc<Account>),
    /// The token of this account ran out, and it is being asked for the next one.
    Renewing(Arc<Account>),
    /// This account acts until another one is chosen.
    Switching(Arc<Account>),
    /// The last one asked said no, or may not act here.
    Refused,
}

/// What happens to a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Google's window opens, or the embedding page is asked.
    Ask,
    /// It is known whose token it is.
    Identified(Arc<Account>),
    /// No, or not this account, or the API will not have this account.
    Refused,
    /// There is no answer, and will be none.
    Dropped,
    /// The token ran out, or the API takes it no more.
    RanOut,
    /// Signed out by the person, the embedding page, or because the page is left.
    Forgotten,
}

impl State {
    /// The state after `event`.
    #[must_use]
    pub fn after(self, event: Event) -> Self {
        match (self, event) {
            (_, Event::Forgotten) => Self::SignedOut,
            (_, Event::Identified(account)) => Self::SignedIn(account),
            (Self::SignedIn(account) | Self::Switching(account), Event::Ask) => {
                Self::Switching(account)
            }
            (Self::Expired(account) | Self::Renewing(account), Event::Ask) => {
                Self::Renewing(account)
            }
            (_, Event::Ask) => Self::Asking,
            (Self::SignedIn(account) | Self::Switching(account), Event::RanOut) => {
                Self::Expired(account)
            }
            // Whoever does not switch stays.
            (Self::Switching(account), Event::Refused | Event::Dropped) => Self::SignedIn(account),
            (Self::Asking | Self::Renewing(_) | Self::SignedIn(_), Event::Refused) => Self::Refused,
            (Self::Asking, Event::Dropped) => Self::SignedOut,
            // Whoever closes the window has lost nothing yet.
            (Self::Renewing(account), Event::Dropped) => Self::Expired(account),
            (state, Event::Refused | Event::Dropped | Event::RanOut) => state,
        }
    }

    /// The account that acts.
    pub fn account(&self) -> Option<&Arc<Account>> {
        match self {
            Self::SignedIn(account) | Self::Switching(account) => Some(account),
            Self::SignedOut
            | Self::Asking
            | Self::Expired(_)
            | Self::Renewing(_)
            | Self::Refused => None,
        }
    }

    /// The account whose things are on the page: also when its token has run out, and while it is
    /// asked for the next one.
    pub fn owner(&self) -> Option<&Arc<Account>> {
        match self {
            Self::SignedIn(account)
            | Self::Switching(account)
            | Self::Expired(account)
            | Self::Renewing(account) => Some(account),
            Self::SignedOut | Self::Asking | Self::Refused => None,
        }
    }

    /// Whether somebody is being asked.
    pub fn is_asking(&self) -> bool {
        matches!(self, Self::Asking | Self::Switching(_) | Self::Renewing(_))
    }

    /// The account that the next one asked probably is, so that Google need not ask which:
    /// `configured` is what the page was told. One that was refused is not suggested again.
    pub fn hint(&self, configured: Option<&str>) -> Option<String> {
        match self {
            // Signed in, with a permission missing.
            Self::Expired(account)
            | Self::Renewing(account)
            | Self::SignedIn(account)
            | Self::Switching(account) => Some(account.email.clone()),
            Self::SignedOut | Self::Asking => configured.map(str::to_owned),
            Self::Refused => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(email: &str) -> Arc<Account> {
        Arc::new(Account {
            name: email.to_owned(),
            email: email.to_owned(),
            photo: None,
            verified_teacher: false,
        })
    }

    fn after(events: impl IntoIterator<Item = Event>) -> State {
        events.into_iter().fold(State::SignedOut, State::after)
    }

    fn signed_in(email: &str) -> [Event; 2] {
        [Event::Ask, Event::Identified(account(email))]
    }

    #[test]
    fn signing_in_asks_and_then_knows() {
        assert!(after([Event::Ask]).is_asking());
        assert_eq!(after([Event::Ask]).account(), None);
        assert_eq!(after(signed_in("maya")), State::SignedIn(account("maya")));
    }

    #[test]
    fn who_is_asked_to_switch_acts_until_another_one_does() {
        let asked = after(signed_in("maya")).after(Event::Ask);
        assert!(asked.is_asking());
        assert_eq!(asked.account(), Some(&account("maya")));
        for stays in [Event::Refused, Event::Dropped] {
            assert_eq!(asked.clone().after(stays), State::SignedIn(account("maya")));
        }
        let other = asked.after(Event::Identified(account("sam")));
        assert_eq!(other, State::SignedIn(account("sam")));
    }

    #[test]
    fn who_ran_out_acts_no_more_and_is_suggested() {
        let ran_out = after(signed_in("maya")).after(Event::RanOut);
        assert_eq!(ran_out.account(), None);
        assert_eq!(ran_out.hint(None).as_deref(), Some("maya"));
        assert_eq!(ran_out.hint(Some("sam")).as_deref(), Some("maya"));
        assert_eq!(after([Event::RanOut]), State::SignedOut);
    }

    #[test]
    fn who_ran_out_keeps_what_is_on_the_page_until_somebody_else_comes() {
        let ran_out = after(signed_in("maya")).after(Event::RanOut);
        assert_eq!(ran_out.owner(), Some(&account("maya")));
        let asked = ran_out.clone().after(Event::Ask);
        assert!(asked.is_asking());
        assert_eq!((asked.account(), asked.owner()), (None, ran_out.owner()));
        assert_eq!(asked.hint(None).as_deref(), Some("maya"));
        assert_eq!(asked.clone().after(Event::Dropped), ran_out);
        assert_eq!(asked.clone().after(Event::Refused), State::Refused);
        let other = asked.after(Event::Identified(account("sam")));
        assert_eq!(other, State::SignedIn(account("sam")));
    }

    #[test]
    fn who_was_refused_is_not_suggested_again() {
        assert_eq!(after([]).hint(Some("maya")).as_deref(), Some("maya"));
        let refused = after([Event::Ask, Event::Refused]);
        assert_eq!(refused, State::Refused);
        assert_eq!(refused.hint(Some("maya")), None);
        assert_eq!(after([Event::Ask, Event::Dropped]), State::SignedOut);
        let barred = after(signed_in("maya")).after(Event::Refused);
        assert_eq!(barred, State::Refused);
    }

    #[test]
    fn what_is_forgotten_is_forgotten_from_anywhere() {
        for events in [
            vec![],
            vec![Event::Ask],
            signed_in("maya").to_vec(),
            vec![Event::Ask, Event::Refused],
        ] {
            assert_eq!(after(events).after(Event::Forgotten), State::SignedOut);
        }
    }
}
