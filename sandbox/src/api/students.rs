//! `courses.students.*`.

use super::{
    call::Call, empty, error::ApiError, named_course, named_person, paging, profiles, refusal,
    reply::Reply, special,
};
use crate::{
    app::World,
    school::{Membership, Role, joining::Enrolment, table::Key},
};

/// Joins a class with its code, or has an administrator add somebody.
pub fn create(call: &Call<'_>, world: &mut World) -> Reply {
    let course = named_course(call, world, "courseId")?;
    let who = call
        .field("userId")
        .ok_or_else(ApiError::invalid_argument)?;
    let (person, afterwards) = world
        .school
        .enrol(Enrolment {
            course_id: &course.id,
            caller_id: &call.caller.id,
            who,
            code: call.query("enrollmentCode"),
            clock: call.clock,
        })
        .map_err(|refusal| refusal::failure(refusal, &world.behaviour))?;
    let body = profiles::member(&course, &person, call, &world.school);
    special::after_effect(afterwards, body)
}

/// One student of a class.
pub fn get(call: &Call<'_>, world: &World) -> Reply {
    let course = named_course(call, world, "courseId")?;
    let person = named_person(call, world, call.path("userId"));
    let own = person.as_deref() == Some(call.caller.id.as_str());
    if !own && !world.school.may_manage(&call.caller, &course) {
        return Err(ApiError::not_permitted().into());
    }
    let person = person
        .filter(|id| world.school.role(&course.id, id) == Some(Role::Student))
        .ok_or_else(ApiError::not_found)?;
    Ok(profiles::member(&course, &person, call, &world.school).into())
}

/// The students of a class, for its teachers and administrators.
pub fn list(call: &Call<'_>, world: &World) -> Reply {
    let course = named_course(call, world, "courseId")?;
    if !world.school.may_manage(&call.caller, &course) {
        return Err(ApiError::not_permitted().into());
    }
    let students: Vec<&Membership> = world
        .school
        .students
        .with(&Key::course(&course.id))
        .collect();
    let most = world.behaviour.members_per_page;
    let page = paging::page(call, "students", most, &students, |member| {
        profiles::member(&course, &member.user_id, call, &world.school)
    })?;
    Ok(page.into())
}

/// Takes a student out of a class.
pub fn delete(call: &Call<'_>, world: &mut World) -> Reply {
    let course = named_course(call, world, "courseId")?;
    let Some(person) = named_person(call, world, call.path("userId")) else {
        let manages = world.school.may_manage(&call.caller, &course);
        return Err(if manages {
            ApiError::not_found().into()
        } else {
            ApiError::not_permitted().into()
        });
    };
    world
        .school
        .unenrol(&course.id, &call.caller.id, &person)
        .map_err(|refusal| refusal::failure(refusal, &world.behaviour))?;
    Ok(empty().into())
}
