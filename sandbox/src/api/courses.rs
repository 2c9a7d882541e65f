//! `courses.get` and `courses.list`.

use serde_json::Value;

use super::{call::Call, error::ApiError, named_course, named_person, paging, reply::Reply};
use crate::{
    app::World,
    school::{Course, Role, School},
};

/// Classes on one page; Google lets its server decide.
const PAGE: usize = 20;

/// One class, if the caller may see it.
pub fn get(call: &Call<'_>, world: &World) -> Reply {
    let course = named_course(call, world, "id")?;
    if !world.school.may_see_course(&call.caller, &course) {
        return Err(ApiError::not_permitted().into());
    }
    Ok(render(&course, call, &world.school).into())
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

    let mut found: Vec<&Course> = school
        .courses
        .iter()
        .filter(|course| school.may_see_course(&call.caller, course))
        .filter(|course| {
            member
                .as_ref()
                .is_none_or(|(id, role)| school.role(&course.id, id) == Some(*role))
        })
        .filter(|course| states.is_empty() || states.contains(&course.course_state.name()))
        .collect();
    found.sort_by(|one, other| {
        (&other.creation_time, &other.id).cmp(&(&one.creation_time, &one.id))
    });
    let page = paging::page(call, "courses", PAGE, &found, |course| {
        render(course, call, school)
    })?;
    Ok(page.into())
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
