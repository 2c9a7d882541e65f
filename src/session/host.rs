//! Tokens from the embedding page.
//!
//! What is asked, what waits, and what is late; the messages themselves are the embedding's affair.

use core::{cell::RefCell, future::Future, pin::pin};
use std::rc::Rc;

use futures_channel::oneshot;
use futures_util::future::{Either, select};

use super::{
    scopes::Scope,
    source::{Ask, Grant, Source},
};
use crate::{classroom::retry::World, guidance::SignInError};

/// How long the page may take to answer, in milliseconds.
pub const LIMIT: u32 = 10_000;

/// Why the page is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There was no token before.
    Initial,
    /// The last one ran out.
    Expired,
    /// The last one does not allow what is to be done.
    InsufficientScope,
}

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

/// What an answer brings.
pub type Answer = Result<Grant, SignInError>;

/// The embedding page as a source of tokens.
pub struct Host<W> {
    world: W,
    send: Box<dyn FnMut(TokenRequest)>,
    /// Why the next question is asked.
    pub reason: Reason,
    open: Rc<RefCell<Open>>,
}

/// The questions that were asked.
#[derive(Default)]
struct Open {
    last: u32,
    /// Who waits for the answer to which question.
    waiting: Vec<(u32, oneshot::Sender<Answer>)>,
    /// Questions whose time is up.
    overdue: Vec<u32>,
    /// The answer to one of those.
    late: Option<Grant>,
}

/// What takes the page's answers.
#[derive(Clone)]
pub struct Answers(Rc<RefCell<Open>>);

impl Answers {
    /// The answer to the question `id`. One that is late is kept for the next question; one to a
    /// question that was never asked, or is answered, is nobody's.
    pub fn take(&self, id: u32, answer: Answer) {
        let mut open = self.0.borrow_mut();
        if let Some(at) = open.waiting.iter().position(|(waiting, _)| *waiting == id) {
            let (_, sender) = open.waiting.swap_remove(at);
            // Whoever does not wait any more needs no answer.
            let _ = sender.send(answer);
        } else if let Some(at) = open.overdue.iter().position(|overdue| *overdue == id) {
            open.overdue.swap_remove(at);
            open.late = answer.ok();
        }
    }
}

impl<W: World + Copy + 'static> Host<W> {
    /// A page that hears questions by `send`.
    pub fn new(world: W, send: impl FnMut(TokenRequest) + 'static) -> Self {
        Self {
            world,
            send: Box::new(send),
            reason: Reason::Initial,
            open: Rc::default(),
        }
    }

    /// Where the page's answers go.
    pub fn answers(&self) -> Answers {
        Answers(Rc::clone(&self.open))
    }
}

impl<W: World + Copy + 'static> Source for Host<W> {
    fn ask(&mut self, ask: Ask) -> impl Future<Output = Answer> + use<W> {
        let late = self.open.borrow_mut().late.take();
        let (sender, receiver) = oneshot::channel();
        let id = {
            let mut open = self.open.borrow_mut();
            open.last += 1;
            let id = open.last;
            if late.is_none() {
                open.waiting.push((id, sender));
            }
            id
        };
        if late.is_none() {
            let scopes = ask.scopes.required.iter().chain(ask.scopes.wanted);
            (self.send)(TokenRequest {
                id,
                scopes: scopes.copied().collect(),
                reason: self.reason,
            });
        }
        self.reason = Reason::Expired;
        let (open, world) = (Rc::clone(&self.open), self.world);
        async move {
            if let Some(late) = late {
                return Ok(late);
            }
            match select(receiver, pin!(world.sleep(LIMIT))).await {
                Either::Left((answer, _)) => answer.unwrap_or(Err(SignInError::HostToken)),
                Either::Right(_) => {
                    let mut open = open.borrow_mut();
                    open.waiting.retain(|(waiting, _)| *waiting != id);
                    open.overdue.push(id);
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
        }
    }

    fn grant(token: &str) -> Grant {
        Grant {
            token: AccessToken::new(token.to_owned()),
            expires_in: 60.0,
            scopes: Scopes::JOIN.required.to_vec(),
        }
    }

    fn host(is_up: bool) -> (Host<Time>, Rc<RefCell<Vec<TokenRequest>>>) {
        let asked = Rc::new(RefCell::new(Vec::new()));
        let heard = Rc::clone(&asked);
        let host = Host::new(Time { is_up }, move |request| {
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
        host.answers().take(question.id, Ok(grant("a")));
        assert_eq!(block_on(answer), Ok(grant("a")));
    }

    #[test]
    fn who_asks_again_has_had_a_token_that_ran_out() {
        let (mut host, asked) = host(false);
        drop((host.ask(ask()), host.ask(ask())));
        let asked = asked.borrow();
        assert_eq!(asked[1].reason, Reason::Expired);
        assert_ne!(asked[0].id, asked[1].id);
    }

    #[test]
    fn answers_find_their_questions_in_any_order() {
        let (mut host, asked) = host(false);
        let (first, second) = (host.ask(ask()), host.ask(ask()));
        let ids: Vec<_> = asked.borrow().iter().map(|asked| asked.id).collect();
        host.answers().take(ids[1], Ok(grant("b")));
        host.answers().take(ids[0], Err(SignInError::HostToken));
        assert_eq!(block_on(second), Ok(grant("b")));
        assert_eq!(block_on(first), Err(SignInError::HostToken));
    }

    #[test]
    fn a_late_answer_is_taken_by_the_next_question() {
        let (mut host, asked) = host(true);
        assert_eq!(block_on(host.ask(ask())), Err(SignInError::HostToken));
        let id = asked.borrow()[0].id;
        host.answers().take(id, Ok(grant("late")));
        host.answers().take(id, Ok(grant("twice")));
        assert_eq!(block_on(host.ask(ask())), Ok(grant("late")));
        assert_eq!(asked.borrow().len(), 1, "the page is not asked again");
    }

    #[test]
    fn an_answer_to_no_question_is_nobodys() {
        let (mut host, _) = host(true);
        host.answers().take(99, Ok(grant("stray")));
        assert_eq!(block_on(host.ask(ask())), Err(SignInError::HostToken));
    }
}
