//! Tokens from the embedding page.
//!
//! What is asked, what waits, and what is late; the messages themselves are the embedding's affair.

use core::{cell::RefCell, future::Future, pin::pin};
use std::rc::Rc;

use futures_channel::oneshot;
use futures_util::future::{Either, select};

pub use super::source::Reason;
use super::{
    scopes::Scope,
    source::{Ask, Grant, Source},
    token::AccessToken,
};
use crate::{classroom::retry::World, guidance::SignInError};

/// How long the page may take to answer, in milliseconds.
pub const LIMIT: u32 = 10_000;
/// How many questions are remembered after their time is up.
const REMEMBERED: usize = 8;

/// A question to the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRequest {
    /// What its answer names.
    pub id: u32,
    /// What the token is to allow.
    pub scopes: Vec<Scope>,
    /// Why it is asked.
    pub reason: Reason,
}

/// What the page gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Supplied {
    /// The token.
    pub token: AccessToken,
    /// How long it may be used, in seconds from now on.
    pub expires_in: f64,
}

impl Supplied {
    /// The page does not say what the token allows: what was asked for, until the API says
    /// otherwise.
    fn granted(self, request: &TokenRequest) -> Grant {
        Grant {
            token: self.token,
            expires_in: self.expires_in,
            scopes: request.scopes.clone(),
        }
    }
}

/// What an answer brings.
pub type Answer = Result<Grant, SignInError>;

/// The embedding page as a source of tokens.
pub struct Host<W> {
    world: W,
    send: Box<dyn FnMut(TokenRequest)>,
    open: Rc<RefCell<Open>>,
}

/// The questions that were asked.
#[derive(Default)]
struct Open {
    last: u32,
    /// Who waits for the answer to which question.
    waiting: Vec<(TokenRequest, oneshot::Sender<Answer>)>,
    /// Questions whose time is up.
    overdue: Vec<TokenRequest>,
    /// The answer to one of those.
    late: Option<Grant>,
}

/// What takes the page's answers.
#[derive(Clone, Default)]
pub struct Answers(Rc<RefCell<Open>>);

impl Answers {
    /// The answer to the question `id`; tells whether it came late, and is kept for the next
    /// question. One to a question that was never asked, or is answered, is nobody's.
    pub fn take(&self, id: u32, answer: Result<Supplied, SignInError>) -> bool {
        let mut open = self.0.borrow_mut();
        if let Some(at) = open.waiting.iter().position(|(asked, _)| asked.id == id) {
            let (asked, sender) = open.waiting.swap_remove(at);
            // Whoever does not wait any more needs no answer.
            let _ = sender.send(answer.map(|supplied| supplied.granted(&asked)));
        } else if let Some(at) = open.overdue.iter().position(|asked| asked.id == id) {
            let asked = open.overdue.swap_remove(at);
            open.late = answer.ok().map(|supplied| supplied.granted(&asked));
            return open.late.is_some();
        }
        false
    }

    /// The questions that wait for an answer: to be asked again of a page that was loaded anew.
    pub fn open(&self) -> Vec<TokenRequest> {
        let open = self.0.borrow();
        open.waiting
            .iter()
            .map(|(asked, _)| asked.clone())
            .collect()
    }
}

impl<W: World + Copy + 'static> Host<W> {
    /// A page that hears questions by `send`, and whose answers go to `answers`.
    pub fn new(world: W, answers: Answers, send: impl FnMut(TokenRequest) + 'static) -> Self {
        // Not from 1 on: an answer that was meant for the widget before this one, which was loaded
        // anew, must fit no question of this one.
        answers.0.borrow_mut().last = (world.chance() * f64::from(u32::MAX / 2)) as u32;
        Self {
            world,
            send: Box::new(send),
            open: answers.0,
        }
    }
}

impl<W: World + Copy + 'static> Source for Host<W> {
    fn ask(&mut self, ask: Ask) -> impl Future<Output = Answer> + use<W> {
        let late = self.open.borrow_mut().late.take();
        let (sender, receiver) = oneshot::channel();
        let mut asked = None;
        if late.is_none() {
            let scopes = ask.scopes.required.iter().chain(ask.scopes.wanted);
            let request = {
                let mut open = self.open.borrow_mut();
                open.last += 1;
                let request = TokenRequest {
                    id: open.last,
                    scopes: scopes.copied().collect(),
                    reason: ask.reason,
                };
                open.waiting.push((request.clone(), sender));
                request
            };
            asked = Some(request.clone());
            (self.send)(request);
        }
        let (open, world) = (Rc::clone(&self.open), self.world);
        async move {
            if let Some(late) = late {
                return Ok(late);
            }
            match select(receiver, pin!(world.sleep(LIMIT))).await {
                Either::Left((answer, _)) => answer.unwrap_or(Err(SignInError::HostToken)),
                Either::Right(_) => {
                    let mut open = open.borrow_mut();
                    open.waiting
                        .retain(|(waiting, _)| asked.as_ref().is_none_or(|asked| waiting != asked));
                    if open.overdue.len() == REMEMBERED {
                        open.overdue.remove(0);
                    }
                    open.overdue.extend(asked);
                    Err(SignInError::HostToken)
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use core::future::{pending, ready};

    use futures_executor::block_on;

    use super::*;
    use crate::{
        classroom::{error::ApiError, retry::Pause},
        session::{scopes::Scopes, token::AccessToken},
    };

    /// A world in which time stands still, or is always up.
    #[derive(Clone, Copy)]
    struct Time {
        is_up: bool,
    }

    impl World for Time {
        async fn pause(&self, _: Pause, _: Option<&ApiError>) {}
        async fn sleep(&self, millis: u32) {
            assert_eq!(millis, LIMIT);
            if self.is_up {
                ready(()).await
            } else {
                pending().await
            }
        }
        fn chance(&self) -> f64 {
            0.0
        }
        fn is_offline(&self) -> bool {
            false
        }
    }

    fn ask() -> Ask {
        Ask {
            scopes: Scopes::JOIN,
            hosted_domain: None,
            login_hint: None,
            reason: Reason::Initial,
        }
    }

    fn supplied(token: &str) -> Result<Supplied, SignInError> {
        Ok(Supplied {
            token: AccessToken::new(token.to_owned()),
            expires_in: 60.0,
        })
    }

    fn token(answer: Answer) -> Result<AccessToken, SignInError> {
        answer.map(|grant| grant.token)
    }

    fn named(token: &str) -> Result<AccessToken, SignInError> {
        Ok(AccessToken::new(token.to_owned()))
    }

    fn host(is_up: bool) -> (Host<Time>, Rc<RefCell<Vec<TokenRequest>>>) {
        let asked = Rc::new(RefCell::new(Vec::new()));
        let heard = Rc::clone(&asked);
        let host = Host::new(Time { is_up }, Answers::default(), move |request| {
            heard.borrow_mut().push(request);
        });
        (host, asked)
    }

    #[test]
    fn the_page_is_asked_for_all_scopes_and_its_answer_is_taken() {
        let (mut host, asked) = host(false);
        let answer = host.ask(ask());
        let question = asked.borrow()[0].clone();
        assert_eq!(
            (question.reason, question.scopes.len()),
            (Reason::Initial, 4)
        );
        assert!(!Answers(Rc::clone(&host.open)).take(question.id, supplied("a")));
        let granted = block_on(answer).unwrap();
        assert_eq!(
            granted.scopes, question.scopes,
            "it allows what was asked for"
        );
        assert_eq!(token(Ok(granted)), named("a"));
    }

    #[test]
    fn each_question_has_an_id_of_its_own_and_says_why_it_is_asked() {
        let (mut host, asked) = host(false);
        let expired = Ask {
            reason: Reason::Expired,
            ..ask()
        };
        drop((host.ask(ask()), host.ask(expired)));
        let asked = asked.borrow();
        assert_eq!(asked[1].reason, Reason::Expired);
        assert_ne!(asked[0].id, asked[1].id);
        assert_eq!(
            Answers(Rc::clone(&host.open)).open(),
            *asked,
            "both wait for their answers"
        );
    }

    #[test]
    fn answers_find_their_questions_in_any_order() {
        let (mut host, asked) = host(false);
        let (first, second) = (host.ask(ask()), host.ask(ask()));
        let ids: Vec<_> = asked.borrow().iter().map(|asked| asked.id).collect();
        Answers(Rc::clone(&host.open)).take(ids[1], supplied("b"));
        Answers(Rc::clone(&host.open)).take(ids[0], Err(SignInError::HostToken));
        assert_eq!(token(block_on(second)), named("b"));
        assert_eq!(block_on(first), Err(SignInError::HostToken));
    }

    #[test]
    fn a_late_answer_is_taken_by_the_next_question() {
        let (mut host, asked) = host(true);
        assert_eq!(block_on(host.ask(ask())), Err(SignInError::HostToken));
        let id = asked.borrow()[0].id;
        assert!(Answers(Rc::clone(&host.open)).take(id, supplied("late")));
        assert!(!Answers(Rc::clone(&host.open)).take(id, supplied("twice")));
        assert_eq!(token(block_on(host.ask(ask()))), named("late"));
        assert_eq!(asked.borrow().len(), 1, "the page is not asked again");
    }

    #[test]
    fn an_answer_to_no_question_is_nobodys() {
        let (mut host, _) = host(true);
        assert!(!Answers(Rc::clone(&host.open)).take(99, supplied("stray")));
        assert_eq!(block_on(host.ask(ask())), Err(SignInError::HostToken));
    }
}
