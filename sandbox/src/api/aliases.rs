//! `courses.aliases.*`.

use serde_json::{Value, json};

use super::{
    call::Call,
    empty,
    error::ApiError,
    named_course,
    paging::{self, PageSize},
    reply::{Failure, Reply},
};
use crate::{
    app::World,
    school::{Course, CourseAlias, table::Key},
};

/// Longest alias, in characters.
const LONGEST: usize = 256;

/// The other names of a class, for its members.
pub fn list(call: &Call<'_>, world: &World) -> Reply {
    let course = named_course(call, world, "courseId")?;
    if !world.school.may_see_course(&call.caller, &course) {
        return Err(ApiError::not_permitted().into());
    }
    let aliases: Vec<&CourseAlias> = world
        .school
        .aliases
        .with(&Key::course(&course.id))
        .collect();
    let page = paging::page(call, "aliases", PageSize::ALIASES, &aliases, |alias| {
        render(alias)
    })?;
    Ok(page.into())
}

/// Gives a class another name: `p:` by whoever manages it, `d:` by an administrator.
pub fn create(call: &Call<'_>, world: &mut World) -> Reply {
    let course = named_course(call, world, "courseId")?;
    let alias = call.field("alias").ok_or_else(ApiError::invalid_argument)?;
    let name = alias
        .strip_prefix("p:")
        .or_else(|| alias.strip_prefix("d:"))
        .ok_or_else(ApiError::invalid_argument)?;
    if name.is_empty() || alias.chars().count() > LONGEST {
        return Err(ApiError::invalid_argument().into());
    }
    may_change(call, world, &course, alias)?;
    if world.school.aliases.has(&Key::alias(alias)) {
        return Err(ApiError::already_exists().into());
    }
    let alias = CourseAlias {
        course_id: course.id,
        alias: alias.to_owned(),
    };
    let body = render(&alias);
    world.school.aliases.push(alias);
    Ok(body.into())
}

/// Takes a name away from a class.
pub fn delete(call: &Call<'_>, world: &mut World) -> Reply {
    let course = named_course(call, world, "courseId")?;
    let alias = call.path("alias");
    may_change(call, world, &course, alias)?;
    let aliases = &mut world.school.aliases;
    let name = Key::alias(alias);
    if aliases
        .get(&name)
        .is_none_or(|known| known.course_id != course.id)
    {
        return Err(ApiError::not_found().into());
    }
    aliases.remove(&name);
    Ok(empty().into())
}

fn may_change(call: &Call<'_>, world: &World, course: &Course, alias: &str) -> Result<(), Failure> {
    let school = &world.school;
    if !school.may_manage(&call.caller, course) {
        return Err(ApiError::not_permitted().into());
    }
    if alias.starts_with("d:") {
        if call.caller.is_personal() {
            return Err(ApiError::precondition().into());
        }
        if !school.administers(&call.caller, course) {
            return Err(ApiError::not_permitted().into());
        }
    }
    Ok(())
}

fn render(alias: &CourseAlias) -> Value {
    json!({"alias": alias.alias})
}
