//! `courses.teachers.*`: who adds teachers, who reads them, who takes them out.

mod support;

use serde_json::{Value, json};
use support::{
    ADA, BIOLOGY, CARL, CHESS, ERROL, HOMEROOM, KOFI, MAYA, NORA, PRIYA, SAM, Sandbox, TOM,
};

const DENIED: &str = "The caller does not have permission";

fn call(sandbox: &Sandbox, who: &str, method: &str, path: &str) -> support::Answer {
    let token = sandbox.token(who, &["rosters", "profile.emails"]);
    sandbox.ask(method, &format!("/v1/courses/{path}"), &token)
}

fn add(sandbox: &Sandbox, who: &str, course: &str, teacher: &str) -> support::Answer {
    let token = sandbox.token(who, &["rosters", "profile.emails"]);
    let path = format!("/v1/courses/{course}/teachers");
    sandbox.post(&path, &token, &json!({"userId": teacher}))
}

#[test]
fn an_administrator_adds_a_teacher_of_the_domain() {
    let sandbox = Sandbox::start();
    let added = add(&sandbox, ADA, BIOLOGY, CARL).json();
    assert_eq!(added["courseId"], BIOLOGY);
    assert_eq!(added["userId"], sandbox.id(CARL));
    assert_eq!(added["profile"]["emailAddress"], CARL);
    assert!(sandbox.is_teacher(CARL, BIOLOGY));

    assert_eq!(add(&sandbox, ADA, BIOLOGY, CARL).error().0, 409);
    assert_eq!(
        add(&sandbox, ADA, HOMEROOM, MAYA).error().0,
        409,
        "a student"
    );
    for stranger in [
        NORA,
        "otto@partner.example",
        "ines@other.example",
        "nobody@school.example",
    ] {
        let answer = add(&sandbox, ADA, BIOLOGY, stranger);
        assert_eq!(answer.reason(), "@CannotDirectAddUser", "{stranger}");
    }
    assert_eq!(add(&sandbox, ADA, "999", CARL).error().0, 404);
}

#[test]
fn nobody_else_adds_a_teacher() {
    let sandbox = Sandbox::start();
    for who in [TOM, MAYA, ERROL] {
        let answer = add(&sandbox, who, BIOLOGY, CARL);
        assert_eq!(answer.error().2, DENIED, "{who}");
    }
    let foreign = add(&sandbox, ADA, "760100000104", CARL);
    assert_eq!(foreign.error().2, DENIED, "a class of another domain");
}

#[test]
fn adding_a_teacher_meets_the_limits_of_the_class_and_the_account() {
    let sandbox = Sandbox::start();
    for (course, who, expected) in [
        ("760100000102", CARL, "@CourseNotModifiable"),
        ("760200000202", CARL, "@CourseTeacherLimitReached"),
        ("760100000101", CARL, "@CourseMemberLimitReached"),
        (BIOLOGY, "oli@school.example", "Precondition"),
    ] {
        let answer = add(&sandbox, ADA, course, who);
        assert_eq!(answer.error().1, "FAILED_PRECONDITION", "{course}");
        assert_eq!(answer.reason(), expected, "{course}");
    }
}

#[test]
fn adding_settles_an_open_invitation() {
    let sandbox = Sandbox::start();
    assert_eq!(
        add(&sandbox, ADA, BIOLOGY, "ivy@school.example").status,
        200
    );
    let token = sandbox.token(TOM, &["rosters"]);
    let path = format!("/v1/invitations?courseId={BIOLOGY}&userId=ivy@school.example");
    assert_eq!(sandbox.ask("GET", &path, &token).json(), json!({}));
}

#[test]
fn teachers_are_read_by_everyone_in_the_class() {
    let sandbox = Sandbox::start();
    let list = |who: &str| call(&sandbox, who, "GET", &format!("{CHESS}/teachers"));
    for who in [TOM, KOFI, ADA] {
        let listed = list(who).json();
        let addresses: Vec<_> = listed["teachers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|teacher| teacher["profile"]["emailAddress"].as_str().unwrap())
            .collect();
        assert_eq!(addresses, [TOM, CARL, KOFI], "{who}");
    }
    assert_eq!(list(SAM).error().2, DENIED);

    let get = |who: &str, name: &str| call(&sandbox, who, "GET", name);
    let tom = format!("{HOMEROOM}/teachers/{TOM}");
    assert_eq!(get(MAYA, &tom).json()["userId"], sandbox.id(TOM));
    assert_eq!(get(SAM, &tom).error().2, DENIED);
    for nobody in [MAYA, "nobody@school.example"] {
        let answer = get(TOM, &format!("{HOMEROOM}/teachers/{nobody}"));
        assert_eq!(answer.error().0, 404, "{nobody}");
    }
}

#[test]
fn teachers_come_thirty_at_a_time_or_fewer() {
    let sandbox = Sandbox::start();
    sandbox.change_state(|state| {
        for number in 0..40 {
            let id = format!("30000000000000000{number:04}");
            let email = format!("t{number}@school.example");
            let account = json!({"id": id, "email": email, "name": "T Eacher"});
            state["accounts"].as_array_mut().unwrap().push(account);
            let place = json!({"courseId": BIOLOGY, "userId": id});
            state["teachers"].as_array_mut().unwrap().push(place);
        }
    });
    let path = format!("{BIOLOGY}/teachers?pageSize=100");
    let size = |page: &Value| page["teachers"].as_array().unwrap().len();
    let first = call(&sandbox, TOM, "GET", &path).json();
    assert_eq!(size(&first), 30);
    let next = first["nextPageToken"].as_str().unwrap();
    let second = call(&sandbox, TOM, "GET", &format!("{path}&pageToken={next}")).json();
    assert_eq!(size(&second), 12);
    assert_eq!(second.get("nextPageToken"), None);

    let students = format!("{BIOLOGY}/students?pageSize=100&pageToken={next}");
    assert_eq!(
        call(&sandbox, TOM, "GET", &students).error().0,
        400,
        "a token of another list"
    );
    sandbox.control("PUT", "behaviour", json!({"membersPerPage": 7}));
    assert_eq!(size(&call(&sandbox, TOM, "GET", &path).json()), 7);
}

#[test]
fn a_teacher_is_taken_out_by_the_others_but_the_owner_stays() {
    let sandbox = Sandbox::start();
    let delete = |who: &str, course: &str, teacher: &str| {
        call(
            &sandbox,
            who,
            "DELETE",
            &format!("{course}/teachers/{teacher}"),
        )
    };
    for who in [SAM, MAYA] {
        assert_eq!(delete(who, BIOLOGY, PRIYA).error().2, DENIED, "{who}");
    }
    for who in [TOM, PRIYA, ADA] {
        let answer = delete(who, BIOLOGY, TOM);
        assert_eq!(answer.reason(), "@CannotRemoveCourseOwner", "{who}");
    }
    assert_eq!(delete(TOM, BIOLOGY, SAM).error().0, 404);
    assert_eq!(delete(TOM, BIOLOGY, "nobody@school.example").error().0, 404);
    assert_eq!(delete(PRIYA, BIOLOGY, "me").json(), json!({}), "they leave");
    assert!(!sandbox.is_teacher(PRIYA, BIOLOGY));

    let kofi = sandbox.id(KOFI);
    sandbox.change_state(|state| {
        let place = json!({"courseId": "760100000103", "userId": kofi});
        state["teachers"].as_array_mut().unwrap().push(place);
    });
    let orphaned = delete(KOFI, "760100000103", "me");
    assert_eq!(orphaned.reason(), "@CannotRemoveTeacherWithNoCourseOwner");
}
