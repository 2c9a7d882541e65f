//! Who of those to be invited is in the class already, or invited.
//!
//! An invitation names its person by a number, so that addresses are compared by whichever way
//! takes fewer calls: asking for each address, or reading the lists and the profiles behind them.
//! How long a list is, the API does not tell: one is read until it has taken nearly as many calls as
//! asking would, so that both together never take more than twice as many as the better way alone.

use core::{
    cell::{Cell, RefCell},
    future::Future,
};
use std::collections::BTreeMap;

use super::{at_once::four_at_once, review::State};
use crate::{
    classroom::{
        course_ref::CourseRef,
        error::ApiError,
        invitations::{Invitation, Invitations, Of},
        page::{self, Page},
        retry::{self, World},
        role::Role,
        rosters::{Member, Rosters},
        status::Status,
    },
    entry::email_address::EmailAddress,
};

/// What is known of the people of a class, by their addresses' [keys](EmailAddress::key).
type Known = BTreeMap<String, State>;

/// Finds out which of `rows` are in the class in `role` or a higher one, or invited, and tells
/// `settle` each that is. What cannot be found out is left as it is: the API settles it when it is
/// sent. May be dropped at any time.
///
/// Whom ownership is offered to has to be in the class, as a co-teacher: of the owner, only open
/// invitations are looked for.
///
/// `on_step` is called for each address that is through.
///
/// # Errors
/// What stood in the way of reading the class, or of all that was left to be asked.
pub async fn check(
    api: &(impl Invitations + Rosters),
    world: &impl World,
    course: &CourseRef,
    role: Role,
    rows: &[(usize, EmailAddress)],
    settle: impl Fn(usize, State),
    on_step: impl Fn(),
) -> Result<(), ApiError> {
    let roles: &[Role] = match role {
        Role::Student => &[Role::Teacher, Role::Student],
        // Whoever is a student may be invited to teach.
        Role::Teacher => &[Role::Teacher],
        Role::Owner => &[],
    };
    let (settle, on_step) = (&settle, &on_step);
    let mut open: Vec<_> = rows.iter().collect();
    let sift = |open: &mut Vec<&(usize, EmailAddress)>, known: &Known| {
        open.retain(|(row, address)| {
            let Some(state) = known.get(&address.key()) else {
                return true;
            };
            settle(*row, state.clone());
            on_step();
            false
        });
    };

    // The first list is begun in any case: what stands in its way stands in the way of everything.
    let mut least = 1;
    let mut unread = Vec::new();
    for role in roles {
        if open.is_empty() {
            break;
        }
        let most = (open.len() - 1).max(least);
        let (members, is_whole) = read_members(api, world, course, *role, most).await?;
        sift(&mut open, &members);
        if !is_whole {
            unread.push(*role);
        }
        least = 0;
    }
    let mut by_address = false;
    if !open.is_empty() {
        match read_invited(api, world, course, open.len(), least).await? {
            Some(invited) => sift(&mut open, &invited),
            None => by_address = true,
        }
    }
    if unread.is_empty() && !by_address {
        for _ in open {
            on_step();
        }
        return Ok(());
    }

    let (unread, hopeless) = (&unread, &Hopeless::default());
    four_at_once(open, |(row, address)| async move {
        let found = ask(api, world, course, unread, by_address, address, hopeless).await;
        if let Some(state) = found {
            settle(*row, state);
        }
        on_step();
    })
    .await;
    hopeless.result()
}

/// Asks for one address, of which the lists did not tell.
async fn ask(
    api: &(impl Invitations + Rosters),
    world: &impl World,
    course: &CourseRef,
    unread: &[Role],
    by_address: bool,
    address: &EmailAddress,
    hopeless: &Hopeless,
) -> Option<State> {
    let user = address.as_str();
    for role in unread {
        let member = hopeless.ask(world, || api.member(course, *role, user));
        if member.await.is_some() {
            return Some(State::AlreadyMember);
        }
    }
    if !by_address {
        return None;
    }
    let person = Of::Person { course, user };
    let page = hopeless.ask(world, || api.list(person, None)).await?;
    let open = page.items.into_iter().next()?;
    Some(State::AlreadyInvited(Some(open.id)))
}

/// Reads at most so many pages of the members; tells, too, whether those were all.
async fn read_members(
    api: &impl Rosters,
    world: &impl World,
    course: &CourseRef,
    role: Role,
    most: usize,
) -> Result<(Known, bool), ApiError> {
    let mut known = Known::new();
    let pages = Cell::new(0);
    let is_whole = read(
        world,
        |token| async move { api.members(course, role, token.as_deref()).await },
        || pages.get() < most,
        |page: Vec<Member>| {
            pages.set(pages.get() + 1);
            let keys = page
                .iter()
                .filter_map(|member| key(&member.profile.email_address));
            known.extend(keys.map(|key| (key, State::AlreadyMember)));
        },
    )
    .await?;
    Ok((known, is_whole))
}

/// Reads the open invitations and the profiles behind them, unless that takes at least as many calls
/// as the `addresses` are; `least` pages are read in any case.
async fn read_invited(
    api: &(impl Invitations + Rosters),
    world: &impl World,
    course: &CourseRef,
    addresses: usize,
    least: usize,
) -> Result<Option<Known>, ApiError> {
    let open: RefCell<Vec<Invitation>> = RefCell::default();
    let pages = Cell::new(0);
    let is_whole = read(
        world,
        |token| async move { api.list(Of::Course(course), token.as_deref()).await },
        || pages.get() < least || pages.get() + open.borrow().len() + 1 < addresses,
        |page| {
            pages.set(pages.get() + 1);
            open.borrow_mut().extend(page);
        },
    )
    .await?;
    let open = open.into_inner();
    if !is_whole || open.len() >= addresses {
        return Ok(None);
    }
    let invited = RefCell::new(Known::new());
    let (found, hopeless) = (&invited, &Hopeless::default());
    four_at_once(open, |invitation| async move {
        let user = invitation.user.as_str();
        let profile = hopeless.ask(world, || api.profile(user)).await;
        // Not everybody's profile may be read, and not every profile has an address: those are
        // told by the API when it comes to that.
        if let Some(key) = profile.and_then(|profile| key(&profile.email_address)) {
            let state = State::AlreadyInvited(Some(invitation.id));
            found.borrow_mut().insert(key, state);
        }
    })
    .await;
    hopeless.result()?;
    Ok(Some(invited.into_inner()))
}

/// Reads a list page by page, as long as it `goes_on`; tells whether that was all of it.
async fn read<T, C>(
    world: &impl World,
    fetch: impl Fn(Option<String>) -> C,
    goes_on: impl Fn() -> bool,
    take: impl FnMut(Vec<T>),
) -> Result<bool, ApiError>
where
    C: Future<Output = Result<Page<T>, ApiError>>,
{
    let is_whole = Cell::new(true);
    let fetch = |token| {
        is_whole.set(goes_on());
        let fetched = is_whole.get().then(|| fetch(token));
        async move {
            match fetched {
                Some(page) => page.await,
                // The end, as far as this is concerned.
                None => Ok(Page {
                    items: Vec::new(),
                    next: None,
                }),
            }
        }
    };
    page::each(world, fetch, take).await?;
    Ok(is_whole.get())
}

/// The first answer after which there is no point in asking for anybody else.
#[derive(Default)]
struct Hopeless(RefCell<Option<ApiError>>);

impl Hopeless {
    /// Asks patiently. Gives nothing where there is no answer: of one person, that is no matter.
    async fn ask<T, C>(&self, world: &impl World, call: impl FnMut() -> C) -> Option<T>
    where
        C: Future<Output = Result<T, ApiError>>,
    {
        if self.0.borrow().is_some() {
            return None;
        }
        let error = match retry::patiently(world, call).await {
            Ok(answer) => return Some(answer),
            Err(error) => error,
        };
        if error.is(&Status::Unauthenticated) || error.is_about_scopes() || error.bars_the_account()
        {
            self.0.replace(Some(error));
        }
        None
    }

    fn result(&self) -> Result<(), ApiError> {
        match self.0.take() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }
}

/// An address as they are compared.
fn key(address: &str) -> Option<String> {
    EmailAddress::parse(address)
        .ok()
        .map(|address| address.key())
}

#[cfg(test)]
mod tests;
