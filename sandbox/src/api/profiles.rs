//! `userProfiles.get`, and profiles inside other answers.

use serde_json::{Value, json};

use super::{call::Call, error::ApiError, named_person, reply::Reply};
use crate::{
    app::World,
    school::{Account, Course, School},
};

/// A person's profile. An unknown person is refused like one the caller may not see.
pub fn get(call: &Call<'_>, world: &World) -> Reply {
    let school = &world.school;
    named_person(call, world, call.path("userId"))
        .and_then(|id| school.account(&id))
        .filter(|person| school.may_see_profile(&call.caller, person))
        .map(|person| render(person, call, school).into())
        .ok_or_else(|| ApiError::not_permitted().into())
}

/// A profile as the caller's scopes show it. What somebody is permitted is shown to themselves
/// only, and as in all of Google's answers, what is false is left out.
pub fn render(person: &Account, call: &Call<'_>, school: &School) -> Value {
    let mut profile = json!({"id": person.id, "name": person.google_name()});
    if call.has_scope("profile.emails") {
        profile["emailAddress"] = Value::from(person.email.clone());
    }
    if let Some(photo) = &person.photo_url
        && call.has_scope("profile.photos")
    {
        profile["photoUrl"] = Value::from(photo.replace("{api}", &call.addresses.api_authority()));
    }
    // Google does not say who reads this of others; a client that works without it works either
    // way.
    if call.caller.id == person.id {
        let teaches = school.teaches(&person.id);
        if teaches || person.admin {
            profile["permissions"] = json!([{"permission": "CREATE_COURSE"}]);
        }
        if teaches && !person.is_personal() {
            profile["verifiedTeacher"] = Value::from(true);
        }
    }
    profile
}

/// A `Student` or a `Teacher`, which look the same: a person's place in a class, with the profile.
pub fn member(course: &Course, person: &str, call: &Call<'_>, school: &School) -> Value {
    let profile = school
        .account(person)
        .map(|account| render(account, call, school));
    json!({"courseId": course.id, "userId": person, "profile": profile})
}
