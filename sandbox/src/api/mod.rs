//! The Classroom API: requests checked as Google checks them, answered from the school.
//!
//! The order of the checks: is there such a method (501), is there a valid token (401), has it a
//! scope of the method (403), does the request fit the description (400), may the account use
//! Classroom (403), and then the rules of the method.

mod aliases;
pub mod call;
mod courses;
pub mod description;
pub mod error;
mod fields;
mod invitations;
pub mod paging;
mod profiles;
mod refusal;
pub mod reply;
mod special;
mod students;
mod teachers;

use std::time::Duration;

use axum::{body::Body, http::Response};
use serde_json::Value;

use self::{
    call::{Call, Request},
    error::ApiError,
    reply::{Failure, Reply},
};
use crate::{
    app::{App, World},
    signin::sessions::Token,
};

/// An answer and how it is to be sent.
pub struct Answered {
    /// The answer.
    pub response: Response<Body>,
    /// How long to hold it back.
    pub delay: Duration,
}

impl From<Response<Body>> for Answered {
    fn from(response: Response<Body>) -> Self {
        Self {
            response,
            delay: Duration::ZERO,
        }
    }
}

/// Answers a request, with all its effects.
pub fn answer(app: &App, request: &Request<'_>) -> Answered {
    let format = call::format(request.query);
    let mut delay = Duration::ZERO;
    let reply = reply(app, request).map(|success| {
        delay = success.delay;
        match &format.mask {
            Some(mask) => mask.apply(success.body),
            None => success.body,
        }
    });
    Answered {
        response: reply::response(reply.as_ref(), &format),
        delay,
    }
}

/// The address of the account whose valid token a request carries.
pub fn account(world: &World, request: &Request<'_>) -> Option<String> {
    let token = token(world, request)?;
    Some(world.school.account(&token.account)?.email.clone())
}

/// The valid token a request carries.
fn token(world: &World, request: &Request<'_>) -> Option<Token> {
    let sent = request
        .headers
        .get("authorization")?
        .to_str()
        .ok()?
        .split_once(' ')
        .filter(|(kind, _)| kind.eq_ignore_ascii_case("bearer"))?
        .1;
    world.sessions.token(sent.trim(), world.clock.now())
}

fn reply(app: &App, request: &Request<'_>) -> Reply {
    let description = &app.description;
    let Some((method, path)) = description.find(request.method, request.path) else {
        return Err(
            ApiError::unimplemented(&format!("{} {}", request.method, request.path)).into(),
        );
    };
    let mut world = app.world();
    let token = token(&world, request).ok_or_else(ApiError::unauthenticated)?;
    let caller = world
        .school
        .account(&token.account)
        .cloned()
        .ok_or_else(ApiError::unauthenticated)?;
    if !method
        .scopes
        .iter()
        .any(|scope| token.scopes.contains(scope))
    {
        return Err(ApiError::insufficient_scopes(&method.id).into());
    }
    let body = call::check(description, method, &path, request)?;
    if !caller.classroom {
        return Err(refusal::classroom_disabled().into());
    }
    let call = Call {
        method: &method.id,
        path,
        query: request.query,
        body,
        caller,
        scopes: token.scopes,
        addresses: app.addresses(request.headers),
        clock: world.clock,
    };
    dispatch(&call, &mut world)
}

fn dispatch(call: &Call<'_>, world: &mut World) -> Reply {
    match call.method {
        "classroom.courses.get" => courses::get(call, world),
        "classroom.courses.list" => courses::list(call, world),
        "classroom.courses.aliases.create" => aliases::create(call, world),
        "classroom.courses.aliases.delete" => aliases::delete(call, world),
        "classroom.courses.aliases.list" => aliases::list(call, world),
        "classroom.courses.students.create" => students::create(call, world),
        "classroom.courses.students.delete" => students::delete(call, world),
        "classroom.courses.students.get" => students::get(call, world),
        "classroom.courses.students.list" => students::list(call, world),
        "classroom.courses.teachers.create" => teachers::create(call, world),
        "classroom.courses.teachers.delete" => teachers::delete(call, world),
        "classroom.courses.teachers.get" => teachers::get(call, world),
        "classroom.courses.teachers.list" => teachers::list(call, world),
        "classroom.invitations.accept" => invitations::accept(call, world),
        "classroom.invitations.create" => invitations::create(call, world),
        "classroom.invitations.delete" => invitations::delete(call, world),
        "classroom.invitations.get" => invitations::get(call, world),
        "classroom.invitations.list" => invitations::list(call, world),
        "classroom.userProfiles.get" => profiles::get(call, world),
        unknown => Err(ApiError::unimplemented(unknown).into()),
    }
}

/// What `delete` and `accept` answer.
fn empty() -> Value {
    Value::Object(serde_json::Map::new())
}

/// The class a call names, by id or alias. Fails with 404 where there is none.
fn named_course(
    call: &Call<'_>,
    world: &World,
    parameter: &str,
) -> Result<crate::school::Course, Failure> {
    world
        .school
        .course_by_name(call.path(parameter), &call.caller)
        .cloned()
        .ok_or_else(|| ApiError::not_found().into())
}

/// The numeric id of the person a call names: an id, an address or `me`; none where there is no
/// such account.
fn named_person(call: &Call<'_>, world: &World, name: &str) -> Option<String> {
    world
        .school
        .person(name, &call.caller, call.clock)
        .map(|account| account.id.clone())
}
