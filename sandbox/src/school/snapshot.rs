//! The school as JSON, as `/_sandbox/state` gives and takes it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Membership, School, link_to, table::Key};
use crate::api::description::Description;

/// Reads and checks a whole school.
///
/// What is missing and follows from the rest is filled in: a class's link, its owner among its
/// teachers.
///
/// Fails with a sentence that names the wrong thing.
pub fn read(json: &[u8], description: &Description) -> Result<School, String> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let mut school: School =
        serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            match error.path().to_string().as_str() {
                "." => error.inner().to_string(),
                path => format!("{path}: {}", error.inner()),
            }
        })?;
    deserializer.end().map_err(|error| error.to_string())?;
    complete(&mut school);
    check(&school, description)?;
    Ok(school)
}

fn complete(school: &mut School) {
    school.courses.change_all(|course| {
        if course.alternate_link.is_empty() {
            course.alternate_link = link_to(&course.id);
        }
    });
    let owners: Vec<Membership> = school
        .courses
        .iter()
        .map(|course| Membership::new(&course.id, &course.owner_id))
        .collect();
    for owner in owners {
        let place = Key::place(&owner.course_id, &owner.user_id);
        if school.account(&owner.user_id).is_some() && !school.teachers.has(&place) {
            school.teachers.push(owner);
        }
    }
}

fn check(school: &School, description: &Description) -> Result<(), String> {
    check_accounts(school)?;
    check_courses(school, description)?;
    check_members(school)?;
    check_invitations(school)?;
    check_aliases(school)
}

fn check_accounts(school: &School) -> Result<(), String> {
    let mut ids = BTreeSet::new();
    let mut addresses = BTreeSet::new();
    for (index, account) in school.accounts.iter().enumerate() {
        let at = format!("accounts[{index}]");
        if !is_number(&account.id) {
            return Err(format!("{at}.id: {:?} is not all digits", account.id));
        }
        if !ids.insert(&account.id) {
            return Err(format!("{at}.id: {:?} is there twice", account.id));
        }
        let well_formed = account
            .email
            .split_once('@')
            .is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.'));
        if !well_formed {
            return Err(format!("{at}.email: {:?} is no address", account.email));
        }
        if !addresses.insert(account.email.to_ascii_lowercase()) {
            return Err(format!("{at}.email: {:?} is there twice", account.email));
        }
    }
    Ok(())
}

fn check_courses(school: &School, description: &Description) -> Result<(), String> {
    let mut ids = BTreeSet::new();
    for (index, course) in school.courses.iter().enumerate() {
        let at = format!("courses[{index}]");
        if !is_number(&course.id) {
            return Err(format!("{at}.id: {:?} is not all digits", course.id));
        }
        if !ids.insert(&course.id) {
            return Err(format!("{at}.id: {:?} is there twice", course.id));
        }
        // An owner may be unknown: that is what a deleted account looks like.
        if !is_number(&course.owner_id) {
            return Err(format!(
                "{at}.ownerId: {:?} is not all digits",
                course.owner_id
            ));
        }
        let rest = Value::Object(course.rest.clone());
        if let Err(violation) = description.check_schema("Course", &rest) {
            return Err(format!("{at}.{}: {}", violation.path, violation.problem));
        }
    }
    Ok(())
}

fn check_members(school: &School) -> Result<(), String> {
    let mut places = BTreeSet::new();
    for (list, members) in [
        ("students", &school.students),
        ("teachers", &school.teachers),
    ] {
        for (index, member) in members.iter().enumerate() {
            let at = format!("{list}[{index}]");
            check_known(school, &at, &member.course_id, &member.user_id)?;
            if !places.insert((&member.course_id, &member.user_id)) {
                return Err(format!(
                    "{at}: {:?} is already in course {:?}",
                    member.user_id, member.course_id
                ));
            }
        }
    }
    Ok(())
}

fn check_invitations(school: &School) -> Result<(), String> {
    let mut ids = BTreeSet::new();
    let mut open = BTreeSet::new();
    for (index, invitation) in school.invitations.iter().enumerate() {
        let at = format!("invitations[{index}]");
        if invitation.id.is_empty() || !ids.insert(&invitation.id) {
            return Err(format!(
                "{at}.id: {:?} is empty or there twice",
                invitation.id
            ));
        }
        check_known(school, &at, &invitation.course_id, &invitation.user_id)?;
        if !open.insert((&invitation.course_id, &invitation.user_id)) {
            return Err(format!(
                "{at}: {:?} already has an invitation to course {:?}",
                invitation.user_id, invitation.course_id
            ));
        }
    }
    Ok(())
}

fn check_aliases(school: &School) -> Result<(), String> {
    let mut names = BTreeSet::new();
    for (index, alias) in school.aliases.iter().enumerate() {
        let at = format!("aliases[{index}]");
        if !(alias.alias.starts_with("p:") || alias.alias.starts_with("d:")) {
            return Err(format!(
                "{at}.alias: {:?} begins neither with p: nor with d:",
                alias.alias
            ));
        }
        if !names.insert(&alias.alias) {
            return Err(format!("{at}.alias: {:?} is there twice", alias.alias));
        }
        if school.course(&alias.course_id).is_none() {
            return Err(format!(
                "{at}.courseId: there is no course {:?}",
                alias.course_id
            ));
        }
    }
    Ok(())
}

fn check_known(school: &School, at: &str, course_id: &str, user_id: &str) -> Result<(), String> {
    if school.course(course_id).is_none() {
        return Err(format!("{at}.courseId: there is no course {course_id:?}"));
    }
    if school.account(user_id).is_none() {
        return Err(format!("{at}.userId: there is no account {user_id:?}"));
    }
    Ok(())
}

fn is_number(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{super::CourseState, *};
    use serde_json::json;

    fn read_text(json: &str) -> Result<School, String> {
        read(json.as_bytes(), &Description::load().unwrap())
    }

    fn problem(change: impl FnOnce(&mut Value)) -> String {
        let mut school = json!({
            "accounts": [{"id": "1", "email": "a@school.example", "name": "A B"}],
            "courses": [{"id": "7", "name": "C", "ownerId": "1"}],
        });
        change(&mut school);
        read_text(&school.to_string()).unwrap_err()
    }

    #[test]
    fn a_small_school_is_completed() {
        let school = read_text(
            r#"{"accounts":[{"id":"1","email":"a@b.example","name":{"fullName":"A B"}}],
                "courses":[{"id":"7412345678","name":"C","ownerId":"1"}]}"#,
        )
        .unwrap();
        let first = school.courses.iter().next().unwrap();
        assert_eq!(school.accounts.iter().next().unwrap().name, "A B");
        assert_eq!(
            first.alternate_link,
            "https://classroom.google.com/c/NzQxMjM0NTY3OFpa"
        );
        assert_eq!(first.course_state, CourseState::Active);
        assert!(school.teachers.has(&Key::place("7412345678", "1")));
    }

    #[test]
    fn a_wrong_school_is_refused_by_the_name_of_what_is_wrong() {
        let member = json!([{"courseId": "7", "userId": "9"}]);
        let alias = json!([{"courseId": "7", "alias": "x"}]);
        for (named, problem) in [
            (
                "accounts[0].id",
                problem(|s| s["accounts"][0]["id"] = json!("me")),
            ),
            (
                "accounts[0].id",
                problem(|s| s["accounts"][0]["id"] = json!(1)),
            ),
            (
                "accounts[0].email",
                problem(|s| s["accounts"][0]["email"] = json!("a")),
            ),
            (
                "colour",
                problem(|s| s["accounts"][0]["colour"] = json!("red")),
            ),
            (
                "courses[0].colour",
                problem(|s| s["courses"][0]["colour"] = json!("red")),
            ),
            (
                "courses[0].room",
                problem(|s| s["courses"][0]["room"] = json!(7)),
            ),
            (
                "students[0].userId",
                problem(|s| s["students"] = member.clone()),
            ),
            (
                "aliases[0].alias",
                problem(|s| s["aliases"] = alias.clone()),
            ),
            ("classes", problem(|s| s["classes"] = json!([]))),
            (
                "courses",
                problem(|s| drop(s.as_object_mut().unwrap().remove("courses"))),
            ),
        ] {
            assert!(problem.contains(named), "{problem:?} does not name {named}");
        }
    }
}
