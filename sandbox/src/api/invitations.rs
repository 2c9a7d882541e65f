//! `invitations.*`.

use serde_json::{Value, json};

use super::{
    call::Call,
    empty,
    error::ApiError,
    named_person, paging, refusal,
    reply::{Failure, Reply},
    special,
};
use crate::{
    app::World,
    school::{Invitation, InvitedRole, Refusal, inviting::Wish, table::Key},
};

/// Invites somebody to a class.
pub fn create(call: &Call<'_>, world: &mut World) -> Reply {
    let field = |name| call.field(name).ok_or_else(ApiError::invalid_argument);
    let role = match field("role")? {
        "STUDENT" => InvitedRole::Student,
        "TEACHER" => InvitedRole::Teacher,
        "OWNER" => InvitedRole::Owner,
        _ => return Err(ApiError::invalid_argument().into()),
    };
    let (invitation, afterwards) = world
        .school
        .invite(Wish {
            // An alias is no id: Google's description does not say that it would do here.
            course_id: field("courseId")?,
            caller_id: &call.caller.id,
            who: field("userId")?,
            role,
            clock: call.clock,
            a_day: world.behaviour.invitations_a_day,
        })
        .map_err(|refusal| refusal::failure(refusal, &world.behaviour))?;
    special::after_effect(afterwards, render(&invitation))
}

/// One invitation, for the invited person and for whoever manages the class.
pub fn get(call: &Call<'_>, world: &World) -> Reply {
    let school = &world.school;
    let invitation = school
        .invitations
        .get(&Key::id(call.path("id")))
        .ok_or_else(ApiError::not_found)?;
    if !school.may_see_invitation(&call.caller, invitation) {
        return Err(ApiError::not_permitted().into());
    }
    Ok(render(invitation).into())
}

/// The open invitations to a class, of a person, or of that person to that class, as far as the
/// caller may see them.
pub fn list(call: &Call<'_>, world: &World) -> Reply {
    let school = &world.school;
    let person = call
        .query("userId")
        .map(|name| named_person(call, world, name).unwrap_or_default());
    let key = match (call.query("courseId"), &person) {
        (None, None) => return Err(ApiError::invalid_argument().into()),
        (Some(course), None) => Key::course(course),
        (None, Some(person)) => Key::person(person),
        (Some(course), Some(person)) => Key::place(course, person),
    };
    let found: Vec<&Invitation> = school
        .invitations
        .with(&key)
        .filter(|invitation| school.may_see_invitation(&call.caller, invitation))
        .collect();
    let most = world.behaviour.invitations_per_page;
    let page = paging::page(call, "invitations", most, &found, |invitation| {
        render(invitation)
    })?;
    Ok(page.into())
}

/// Accepts an invitation.
pub fn accept(call: &Call<'_>, world: &mut World) -> Reply {
    let afterwards = world
        .school
        .accept(call.path("id"), &call.caller.id)
        .map_err(|refusal| failure(refusal, world))?;
    special::after_effect(afterwards, empty())
}

/// Declines an invitation, or withdraws it.
pub fn delete(call: &Call<'_>, world: &mut World) -> Reply {
    world
        .school
        .uninvite(call.path("id"), &call.caller.id)
        .map_err(|refusal| failure(refusal, world))?;
    Ok(empty().into())
}

fn failure(refusal: Refusal, world: &World) -> Failure {
    refusal::failure(refusal, &world.behaviour)
}

fn render(invitation: &Invitation) -> Value {
    json!({
        "id": invitation.id,
        "userId": invitation.user_id,
        "courseId": invitation.course_id,
        "role": invitation.role,
    })
}
