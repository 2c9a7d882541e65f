//! `courses.teachers.*`.

use super::{
    call::Call, empty, error::ApiError, named_course, named_person, paging, profiles, refusal,
    reply::Reply, special,
};
use crate::{
    app::World,
    school::{Membership, Role, joining::Enrolment, table::Key},
};

/// Has an administrator add a teacher.
pub fn create(call: &Call<'_>, world: &mut World) -> Reply {
    let course = named_course(call, world, "courseId")?;
    let who = call
        .field("userId")
        .ok_or_else(ApiError::invalid_argument)?;
    let (person, afterwards) = world
        .school
        .add_teacher(Enrolment {
            course_id: &course.id,
            caller_id: &call.caller.id,
            who,
            code: None,
            clock: call.clock,
        })
        .map_err(|refusal| refusal::failure(refusal, &world.behaviour))?;
    let body = profiles::member(&course, &person, call, &world.school);
    special::after_effect(afterwards, body)
}

/// One teacher of a class, for everyone in it.
pub fn get(call: &Call<'_>, world: &World) -> Reply {
    let course = named_course(call, world, "courseId")?;
    if !world.school.may_see_course(&call.caller, &course) {
        return Err(ApiError::not_permitted().into());
    }
    let person = named_person(call, world, call.path("userId"))
        .filter(|id| world.school.role(&course.id, id) == Some(Role::Teacher))
        .ok_or_else(ApiError::not_found)?;
    Ok(profiles::member(&course, &person, call, &world.school).into())
}

/// The teachers of a class, for everyone in it.
pub fn list(call: &Call<'_>, world: &World) -> Reply {
    let course = named_course(call, world, "courseId")?;
    if !world.school.may_see_course(&call.caller, &course) {
        return Err(ApiError::not_permitted().into());
    }
    let teachers: Vec<&Membership> = world
        .school
        .teachers
        .with(&Key::course(&course.id))
        .collect();
    let most = world.behaviour.members_per_page;
    let page = paging::page(call, "teachers", most, &teachers, |member| {
        profiles::member(&course, &member.user_id, call, &world.school)
    })?;
    Ok(page.into())
}

/// Takes a teacher out of a class.
pub fn delete(call: &Call<'_>, world: &mut World) -> Reply {
    let course = named_course(call, world, "courseId")?;
    // Nobody is in no class: refused or missed by the same rules as somebody else who is not.
    let person = named_person(call, world, call.path("userId")).unwrap_or_default();
    world
        .school
        .remove_teacher(&course.id, &call.caller.id, &person)
        .map_err(|refusal| refusal::failure(refusal, &world.behaviour))?;
    Ok(empty().into())
}
