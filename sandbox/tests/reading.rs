//! What may be read, by whom: courses, students, aliases, profiles; and lists in pages.

mod support;

use serde_json::{Value, json};
use support::{ADA, BIOLOGY, HOMEROOM, MAYA, NORA, SAM, Sandbox, TOM};

const READ: &[&str] = &[
    "courses.readonly",
    "rosters",
    "profile.emails",
    "profile.photos",
];

#[test]
fn a_class_is_seen_by_its_members_and_administrators_only() {
    let sandbox = Sandbox::start();
    let get = |who: &str| {
        sandbox.ask(
            "GET",
            &format!("/v1/courses/{HOMEROOM}"),
            &sandbox.token(who, READ),
        )
    };
    for who in [MAYA, TOM, ADA] {
        assert_eq!(get(who).json()["name"], "Homeroom 7b", "{who}");
    }
    for who in [SAM, NORA] {
        assert_eq!(
            get(who).error().2,
            "The caller does not have permission",
            "{who}"
        );
    }
}

#[test]
fn a_class_shows_its_code_to_teachers_and_its_link_to_all() {
    let sandbox = Sandbox::start();
    let get = |who: &str| {
        sandbox
            .ask(
                "GET",
                &format!("/v1/courses/{HOMEROOM}"),
                &sandbox.token(who, READ),
            )
            .json()
    };
    let (teacher, student) = (get(TOM), get(MAYA));
    assert_eq!(teacher["enrollmentCode"], "h2omer7");
    assert_eq!(student["enrollmentCode"], Value::Null);
    assert_eq!(
        student["alternateLink"],
        "https://classroom.google.com/c/NTEyMjUxMTM4MjQz"
    );
    assert_eq!(teacher["courseState"], "ACTIVE");

    sandbox.change_state(|state| {
        state["courses"][0]["sandbox"] = json!({"memberLimit": 5});
        state["courses"][0]
            .as_object_mut()
            .unwrap()
            .remove("enrollmentCode");
    });
    let biology = sandbox
        .ask(
            "GET",
            &format!("/v1/courses/{BIOLOGY}"),
            &sandbox.token(TOM, READ),
        )
        .json();
    assert!(
        biology.get("enrollmentCode").is_none(),
        "a code that is off is left out"
    );
    assert!(
        biology.get("sandbox").is_none(),
        "what only the sandbox knows is not told"
    );
}

#[test]
fn a_class_in_another_state_is_hidden_as_google_hides_it() {
    let sandbox = Sandbox::start();
    for (state_name, teacher, admin, student) in [
        ("ARCHIVED", 200, 200, 200),
        ("PROVISIONED", 200, 200, 403),
        ("DECLINED", 200, 200, 403),
        ("SUSPENDED", 200, 403, 403),
    ] {
        sandbox.change_state(|state| state["courses"][3]["courseState"] = json!(state_name));
        for (who, expected) in [(TOM, teacher), (ADA, admin), (MAYA, student)] {
            let answer = sandbox.ask(
                "GET",
                &format!("/v1/courses/{HOMEROOM}"),
                &sandbox.token(who, READ),
            );
            assert_eq!(answer.status, expected, "{state_name} for {who}");
        }
    }
}

#[test]
fn classes_are_listed_newest_first_and_narrowed() {
    let sandbox = Sandbox::start();
    let names = |who: &str, query: &str| -> Vec<String> {
        let answer = sandbox
            .ask(
                "GET",
                &format!("/v1/courses?{query}"),
                &sandbox.token(who, READ),
            )
            .json();
        answer["courses"]
            .as_array()
            .cloned()
            .unwrap_or_default()
            .iter()
            .map(|c| c["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        names(TOM, "teacherId=me"),
        ["Biology 7b", "Homeroom 7b", "Art Club", "Chess"]
    );
    assert_eq!(
        names(
            MAYA,
            "studentId=me&courseStates=ACTIVE&courseStates=ARCHIVED"
        ),
        ["Homeroom 7b"]
    );
    assert_eq!(names(TOM, &format!("studentId={MAYA}")), ["Homeroom 7b"]);
    assert_eq!(names(TOM, "courseStates=ARCHIVED"), [""; 0]);
    assert_eq!(
        names("errol@school.example", "courseStates=ARCHIVED"),
        ["Last year's Latin"]
    );

    let empty = sandbox.ask("GET", "/v1/courses", &sandbox.token(SAM, READ));
    assert_eq!(empty.json(), json!({}), "an empty list is left out");

    let token = sandbox.token(TOM, READ);
    let both = sandbox
        .ask("GET", "/v1/courses?teacherId=me&studentId=me", &token)
        .error();
    assert_eq!((both.0, both.1.as_str()), (400, "FAILED_PRECONDITION"));
    assert!(both.2.starts_with("@ListCoursesStudentAndTeacherFilter "));
    assert_eq!(
        sandbox
            .ask("GET", "/v1/courses?teacherId=nobody@school.example", &token)
            .status,
        404
    );
    assert_eq!(
        sandbox
            .ask("GET", "/v1/courses?courseStates=ACTIVE,ARCHIVED", &token)
            .status,
        400
    );
}

#[test]
fn students_come_thirty_at_a_time() {
    let sandbox = Sandbox::start();
    sandbox.change_state(|state| {
        for number in 0..65 {
            let id = format!("20000000000000000{number:04}");
            let account = json!({"id": id, "email": format!("pupil{number}@school.example"), "name": "P Upil"});
            state["accounts"].as_array_mut().unwrap().push(account);
            state["students"].as_array_mut().unwrap().push(json!({"courseId": BIOLOGY, "userId": id}));
        }
    });
    let token = sandbox.token(TOM, READ);
    let list = |query: &str| {
        sandbox.ask(
            "GET",
            &format!("/v1/courses/{BIOLOGY}/students{query}"),
            &token,
        )
    };

    let first = list("?pageSize=100").json();
    assert_eq!(first["students"].as_array().unwrap().len(), 30);
    let next = first["nextPageToken"].as_str().unwrap();
    let second = list(&format!("?pageSize=100&pageToken={next}")).json();
    let next = second["nextPageToken"].as_str().unwrap();
    let third = list(&format!("?pageSize=100&pageToken={next}")).json();
    assert_eq!(third["students"].as_array().unwrap().len(), 5);
    assert!(third.get("nextPageToken").is_none());
    assert_ne!(first["students"][0], second["students"][0]);

    assert_eq!(
        list("?pageSize=2").json()["students"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    for wrong in [
        format!("?pageToken={next}"),
        "?pageToken=made-up".to_owned(),
        "?pageSize=-1".to_owned(),
    ] {
        let (status, canonical, _) = list(&wrong).error();
        assert_eq!(
            (status, canonical.as_str()),
            (400, "INVALID_ARGUMENT"),
            "{wrong}"
        );
    }
}

#[test]
fn a_student_is_read_by_teachers_and_by_themselves() {
    let sandbox = Sandbox::start();
    let get = |who: &str, user: &str| {
        sandbox.ask(
            "GET",
            &format!("/v1/courses/{HOMEROOM}/students/{user}"),
            &sandbox.token(who, READ),
        )
    };
    assert_eq!(get(TOM, MAYA).json()["profile"]["emailAddress"], MAYA);
    assert_eq!(get(MAYA, "me").json()["userId"], sandbox.id(MAYA));
    assert_eq!(get(TOM, SAM).error().0, 404);
    assert_eq!(get(SAM, "me").error().0, 404);
    assert_eq!(get(SAM, MAYA).error().0, 403);
    let list = sandbox.ask(
        "GET",
        &format!("/v1/courses/{HOMEROOM}/students"),
        &sandbox.token(MAYA, READ),
    );
    assert_eq!(list.error().0, 403, "a student does not list the others");
}

#[test]
fn a_student_leaves_and_is_taken_out() {
    let sandbox = Sandbox::start();
    let delete = |who: &str, user: &str| {
        sandbox.ask(
            "DELETE",
            &format!("/v1/courses/{HOMEROOM}/students/{user}"),
            &sandbox.token(who, &["rosters"]),
        )
    };
    assert_eq!(delete(SAM, MAYA).error().0, 403);
    let left = delete(MAYA, "me");
    assert_eq!((left.status, left.json()), (200, json!({})));
    assert!(!sandbox.is_student(MAYA, HOMEROOM));
    assert_eq!(delete(TOM, MAYA).error().0, 404);
    sandbox.join(SAM, HOMEROOM, "h2omer7");
    assert_eq!(delete(TOM, SAM).status, 200);
}

#[test]
fn a_profile_shows_what_the_scopes_allow() {
    let sandbox = Sandbox::start();
    let me = |scopes: &[&str]| {
        sandbox
            .ask("GET", "/v1/userProfiles/me", &sandbox.token(MAYA, scopes))
            .json()
    };
    let plain = me(&["rosters"]);
    assert_eq!(
        plain["name"],
        json!({"givenName": "Maya", "familyName": "Chen", "fullName": "Maya Chen"})
    );
    assert_eq!(
        (&plain["emailAddress"], &plain["photoUrl"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(me(&["profile.emails"])["emailAddress"], MAYA);

    let photo = me(&["profile.photos"])["photoUrl"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(photo.starts_with(&sandbox.api), "{photo}");
    assert_eq!(
        support::send("GET", &photo, &[], "").header("content-type"),
        "image/svg+xml"
    );
    let tom = sandbox
        .ask("GET", "/v1/userProfiles/me", &sandbox.token(TOM, READ))
        .json();
    assert!(
        tom["photoUrl"]
            .as_str()
            .unwrap()
            .starts_with("//localhost:")
    );
}

#[test]
fn whoever_teaches_a_class_is_a_verified_teacher_and_may_create_classes() {
    let sandbox = Sandbox::start();
    let me = |who: &str| {
        sandbox
            .ask("GET", "/v1/userProfiles/me", &sandbox.token(who, READ))
            .json()
    };
    let may_create = json!([{"permission": "CREATE_COURSE"}]);
    for (who, verified, permissions) in [
        (TOM, json!(true), &may_create),
        ("priya@school.example", json!(true), &may_create),
        (ADA, Value::Null, &may_create),
        (SAM, Value::Null, &Value::Null),
        (MAYA, Value::Null, &Value::Null),
    ] {
        let profile = me(who);
        assert_eq!(profile["verifiedTeacher"], verified, "{who}");
        assert_eq!(&profile["permissions"], permissions, "{who}");
    }

    // No school, nobody there to verify it.
    let nora = sandbox.id(NORA);
    sandbox.change_state(|state| {
        let place = json!({"courseId": BIOLOGY, "userId": nora});
        state["teachers"].as_array_mut().unwrap().push(place);
    });
    let profile = me(NORA);
    assert_eq!(profile["permissions"], may_create);
    assert_eq!(profile["verifiedTeacher"], Value::Null);
}

#[test]
fn that_somebody_teaches_is_told_to_themselves_only() {
    let sandbox = Sandbox::start();
    for who in [MAYA, ADA] {
        let token = sandbox.token(who, READ);
        let tom = sandbox.ask("GET", &format!("/v1/userProfiles/{TOM}"), &token);
        let tom = tom.json();
        assert_eq!(tom["name"]["fullName"], "Tom Becker", "{who}");
        assert_eq!(tom["verifiedTeacher"], Value::Null, "{who}");
        assert_eq!(tom["permissions"], Value::Null, "{who}");
    }
}

#[test]
fn somebody_elses_profile_is_shown_to_teachers_and_otherwise_refused_never_missed() {
    let sandbox = Sandbox::start();
    let get = |who: &str, user: &str| {
        sandbox
            .ask(
                "GET",
                &format!("/v1/userProfiles/{user}"),
                &sandbox.token(who, READ),
            )
            .status
    };
    assert_eq!(get(TOM, MAYA), 200);
    assert_eq!(get(MAYA, TOM), 200);
    assert_eq!(get(ADA, SAM), 200);
    assert_eq!(get(SAM, MAYA), 403);
    assert_eq!(get(TOM, "nobody@school.example"), 403);
}

#[test]
fn a_teacher_names_a_class_for_the_project_and_takes_the_name_away() {
    let sandbox = Sandbox::start();
    let token = sandbox.token(TOM, &["courses"]);
    let path = format!("/v1/courses/{HOMEROOM}/aliases");
    let create = |alias: &str| sandbox.post(&path, &token, &json!({"alias": alias}));

    assert_eq!(create("p:h2omer7").json(), json!({"alias": "p:h2omer7"}));
    assert_eq!(sandbox.join(SAM, "p%3Ah2omer7", "h2omer7").status, 200);
    assert_eq!(create("p:h2omer7").error().0, 409);
    assert_eq!(
        create("p:k5xq2ma").error().0,
        409,
        "it names another class already"
    );
    assert_eq!(
        create("h2omer7").error().2,
        "Request contains an invalid argument."
    );
    assert_eq!(
        create("d:homeroom").error().0,
        403,
        "only an administrator names for the domain"
    );
    assert_eq!(
        create(&format!("p:{}", "x".repeat(255))).error().0,
        400,
        "too long"
    );

    let listed = sandbox.ask("GET", &path, &token).json();
    assert_eq!(listed, json!({"aliases": [{"alias": "p:h2omer7"}]}));
    let by_alias = "/v1/courses/p%3Ah2omer7/aliases/p%3Ah2omer7";
    assert_eq!(sandbox.ask("DELETE", by_alias, &token).json(), json!({}));
    assert_eq!(
        sandbox
            .ask("DELETE", &format!("{path}/p%3Ah2omer7"), &token)
            .error()
            .0,
        404
    );
    assert_eq!(sandbox.ask("GET", &path, &token).json(), json!({}));
}

#[test]
fn a_student_names_nothing() {
    let sandbox = Sandbox::start();
    let token = sandbox.token(MAYA, &["courses"]);
    let path = format!("/v1/courses/{HOMEROOM}/aliases");
    assert_eq!(
        sandbox
            .post(&path, &token, &json!({"alias": "p:mine"}))
            .error()
            .0,
        403
    );
}

#[test]
fn a_domains_alias_is_known_in_that_domain_only() {
    let sandbox = Sandbox::start();
    let token = sandbox.token(ADA, &["courses"]);
    let created = sandbox.post(
        &format!("/v1/courses/{BIOLOGY}/aliases"),
        &token,
        &json!({"alias": "d:bio"}),
    );
    assert_eq!(created.status, 200, "{}", created.text);
    assert_eq!(sandbox.join(SAM, "d%3Abio", "k5xq2ma").status, 200);
    assert_eq!(sandbox.join(NORA, "d%3Abio", "k5xq2ma").error().0, 404);
}

#[test]
fn only_the_fields_asked_for_are_answered() {
    let sandbox = Sandbox::start();
    let token = sandbox.token(TOM, READ);
    let answer = sandbox.ask(
        "GET",
        "/v1/courses?teacherId=me&pageSize=1&fields=courses(id,name)",
        &token,
    );
    assert_eq!(
        answer.json(),
        json!({"courses": [{"id": BIOLOGY, "name": "Biology 7b"}]})
    );
    let compact = sandbox.ask(
        "GET",
        "/v1/userProfiles/me?fields=id&prettyPrint=false",
        &token,
    );
    assert_eq!(compact.text, format!("{{\"id\":\"{}\"}}", sandbox.id(TOM)));
}
