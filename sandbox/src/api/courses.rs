//! `courses.get` and `courses.list`.

use serde_json::Value;

use super::{call::Call, error::ApiError, named_course, named_person, paging, reply::Reply};
use crate::{
    app::World,
    school::{Course, Role, School, table::Key},
};

/// One class, if the caller may see it or, as far as that is known, is invited to it.
pub fn get(call: &Call<'_>, world: &World) -> Reply {
    let course = named_course(call, world, "id")?;
    let school = &world.school;
    let invited =
        world.behaviour.invited_see_class && school.may_read_as_invited(&call.caller, &course);
    if !(invited || school.may_see_course(&call.caller, &course)) {
        return Err(ApiError::not_permitted().into());
    }
    Ok(render(&course, call, school).into())
}

/// The classes the caller may see, newest first, narrowed by a teacher, a student, states.
pub fn list(call: &Call<'_>, world: &World) -> Reply {
    let school = &world.school;
    let member = match (call.query("teacherId"), call.query("studentId")) {
        (Some(_), Some(_)) => {
            return Err(ApiError::new(
                super::error::Status::FailedPrecondition,
                "@ListCoursesStudentAndTeacherFilter Courses cannot be filtered by teacher and \
                 student at once.",
            )
            .into());
        }
        (Some(teacher), None) => Some((teacher, Role::Teacher)),
        (None, Some(student)) => Some((student, Role::Student)),
        (None, None) => None,
    };
    let member = match member {
        None => None,
        Some((name, role)) => {
            let id = named_person(call, world, name).ok_or_else(ApiError::not_found)?;
            Some((id, role))
        }
    };
    let states: Vec<&str> = call.query_all("courseStates").collect();

    let mut found: Vec<&Course> = match &member {
        None => school.courses.iter().collect(),
        Some((id, role)) => taught_or_attended(school, id, *role),
    };
    found.retain(|course| {
        let in_state = states.is_empty() || states.contains(&course.course_state.name());
        in_state && school.may_see_course(&call.caller, course)
    });
    found.sort_by(|one, other| {
        (&other.creation_time, &other.id).cmp(&(&one.creation_time, &one.id))
    });
    let most = world.behaviour.courses_per_page;
    let page = paging::page(call, "courses", most, &found, |course| {
        render(course, call, school)
    })?;
    Ok(page.into())
}

/// The classes somebody is in with this role.
fn taught_or_attended<'s>(school: &'s School, person: &str, role: Role) -> Vec<&'s Course> {
    let places = match role {
        Role::Teacher => &school.teachers,
        Role::Student => &school.students,
    };
    places
        .with(&Key::person(person))
        .filter_map(|place| school.course(&place.course_id))
        .collect()
}

/// A class as the caller sees it: the code only where they manage the class.
fn render(course: &Course, call: &Call<'_>, school: &School) -> Value {
    let mut shown = course.clone();
    shown.sandbox = None;
    if !school.may_manage(&call.caller, course) {
        shown.enrollment_code = None;
        for only_for_teachers in ["teacherFolder", "teacherGroupEmail"] {
            shown.rest.remove(only_for_teachers);
        }
    }
    // A class consists of text, lists and numbers: it cannot fail to become JSON.
    serde_json::to_value(shown).unwrap_or_default()
}
