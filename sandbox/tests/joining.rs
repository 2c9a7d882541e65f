//! `courses.students.create`: who gets in, who does not, and in whose words.

mod support;

use serde_json::{Value, json};
use support::{ADA, BIOLOGY, ERROL, HOMEROOM, MAYA, NORA, SAM, Sandbox, TOM};

const DENIED: &str = "The caller does not have permission";
const PRECONDITION: &str = "FAILED_PRECONDITION";
const PERMISSION: &str = "PERMISSION_DENIED";

#[test]
fn a_student_joins_with_the_code_and_is_then_in_the_class() {
    let sandbox = Sandbox::start();
    let answer = sandbox.join(SAM, BIOLOGY, "k5xq2ma");
    assert_eq!(answer.status, 200, "{}", answer.text);
    let student = answer.json();
    assert_eq!(student["courseId"], BIOLOGY);
    assert_eq!(student["userId"], sandbox.id(SAM));
    assert_eq!(student["profile"]["name"]["fullName"], "Sam Okafor");
    assert_eq!(student["profile"]["emailAddress"], SAM);
    assert!(sandbox.is_student(SAM, BIOLOGY));
}

#[test]
fn the_project_alias_of_the_code_leads_to_the_class() {
    let sandbox = Sandbox::start();
    let answer = sandbox.join(SAM, "p%3Ak5xq2ma", "k5xq2ma");
    assert_eq!(answer.json()["courseId"], BIOLOGY);
    let answer = sandbox.join(SAM, "p%3Azzzzzzz", "zzzzzzz");
    assert_eq!(answer.error().0, 404);
}

#[test]
fn a_wrong_code_is_refused_as_the_behaviour_says() {
    let sandbox = Sandbox::start();
    let wrong = |sandbox: &Sandbox| sandbox.join(SAM, BIOLOGY, "wrongaa").error();
    assert_eq!(wrong(&sandbox), (403, PERMISSION.into(), DENIED.into()));
    for (status, name) in [(404, "NOT_FOUND"), (400, "INVALID_ARGUMENT")] {
        sandbox.control("PUT", "behaviour", json!({"wrongCode": status}));
        let (code, canonical, _) = wrong(&sandbox);
        assert_eq!((code, canonical.as_str()), (status, name));
    }
    assert_eq!(
        sandbox
            .try_control("PUT", "behaviour", &json!({"wrongCode": 418}))
            .status,
        400
    );
    assert!(!sandbox.is_student(SAM, BIOLOGY));
}

#[test]
fn a_code_that_was_switched_off_or_left_out_lets_nobody_in() {
    let sandbox = Sandbox::start();
    let token = sandbox.token(SAM, &["rosters"]);
    let path = format!("/v1/courses/{BIOLOGY}/students");
    let answer = sandbox.post(&path, &token, &json!({"userId": "me"}));
    assert_eq!(answer.error(), (403, PERMISSION.into(), DENIED.into()));

    sandbox.change_state(|state| {
        state["courses"][0]
            .as_object_mut()
            .unwrap()
            .remove("enrollmentCode");
    });
    assert_eq!(sandbox.join(SAM, BIOLOGY, "k5xq2ma").error().0, 403);
}

#[test]
fn whoever_is_in_the_class_already_is_told_so() {
    let sandbox = Sandbox::start();
    let expected = (
        409,
        "ALREADY_EXISTS".to_owned(),
        "Requested entity already exists".to_owned(),
    );
    assert_eq!(
        sandbox.join(MAYA, HOMEROOM, "h2omer7").error(),
        expected,
        "a student"
    );
    assert_eq!(
        sandbox.join(TOM, BIOLOGY, "k5xq2ma").error(),
        expected,
        "a teacher"
    );
}

#[test]
fn an_unknown_class_is_not_found() {
    let sandbox = Sandbox::start();
    let expected = (
        404,
        "NOT_FOUND".to_owned(),
        "Requested entity was not found.".to_owned(),
    );
    assert_eq!(sandbox.join(SAM, "999", "k5xq2ma").error(), expected);
    assert_eq!(sandbox.join(SAM, "foo", "k5xq2ma").error(), expected);
}

/// What a code leads to, for somebody of the school who may join.
#[test]
fn every_code_of_the_seed_leads_to_its_error() {
    let sandbox = Sandbox::start();
    for (code, http, status, message) in [
        ("fulllll", 400, PRECONDITION, "@CourseMemberLimitReached "),
        ("archive", 400, PRECONDITION, "@CourseNotModifiable "),
        ("noowner", 400, PRECONDITION, "@InactiveCourseOwner "),
        (
            "groupsx",
            400,
            PRECONDITION,
            "@UserGroupsMembershipLimitReached ",
        ),
        ("disable", 400, PRECONDITION, "Precondition check failed."),
        ("mystery", 400, PRECONDITION, "@CourseOnFieldTrip "),
        (
            "expired",
            401,
            "UNAUTHENTICATED",
            "Request had invalid authentication credentials. ",
        ),
        (
            "badacct",
            401,
            "UNAUTHENTICATED",
            "The account is in an invalid state",
        ),
        (
            "foreign",
            403,
            PERMISSION,
            "@CannotInviteUserInUntrustedDomain ",
        ),
        (
            "nocroom",
            403,
            PERMISSION,
            "@ClassroomDisabled The user is not permitted to access Classroom.",
        ),
        (
            "apioffx",
            403,
            PERMISSION,
            "@ClassroomApiDisabled The user is not permitted to access the Classroom API.",
        ),
        (
            "nosetup",
            403,
            PERMISSION,
            "Google Classroom API has not been used in project ",
        ),
        ("blocked", 403, PERMISSION, "The service is blocked"),
        (
            "missing",
            404,
            "NOT_FOUND",
            "@CourseNotFound The course was not found.",
        ),
        ("aborted", 409, "ABORTED", "The operation was aborted."),
        (
            "toomany",
            429,
            "RESOURCE_EXHAUSTED",
            "@UserCourseJoinRateLimitReached ",
        ),
        (
            "ratelim",
            429,
            "RESOURCE_EXHAUSTED",
            "Quota exceeded for quota metric 'Requests'",
        ),
        ("oops5oo", 500, "INTERNAL", "Internal error encountered."),
        (
            "busy5o3",
            503,
            "UNAVAILABLE",
            "The service is currently unavailable.",
        ),
        ("late5o4", 504, "DEADLINE_EXCEEDED", ""),
    ] {
        let answer = sandbox.join(SAM, &format!("p%3A{code}"), code);
        let (found_http, found_status, found_message) = answer.error();
        assert_eq!(
            (found_http, found_status.as_str()),
            (http, status),
            "{code}"
        );
        assert!(
            found_message.starts_with(message),
            "{code}: {found_message}"
        );
    }
    let state = sandbox.state();
    assert!(
        !state["students"].to_string().contains(&sandbox.id(SAM)),
        "nobody got in by an error"
    );
}

#[test]
fn infrastructure_errors_carry_their_details() {
    let sandbox = Sandbox::start();
    for (code, reason) in [
        ("nosetup", "SERVICE_DISABLED"),
        ("blocked", "USER_BLOCKED_BY_ADMIN"),
        ("badacct", "ACCOUNT_STATE_INVALID"),
        ("ratelim", "RATE_LIMIT_EXCEEDED"),
    ] {
        let answer = sandbox.join(SAM, &format!("p%3A{code}"), code).json();
        let details = &answer["error"]["details"][0];
        assert_eq!(
            details["@type"], "type.googleapis.com/google.rpc.ErrorInfo",
            "{code}"
        );
        assert_eq!(details["reason"], reason, "{code}");
    }
    let answer = sandbox.join(SAM, "p%3Aratelim", "ratelim");
    assert_eq!(answer.header("retry-after"), "1");
    assert_eq!(answer.json()["error"]["details"][1]["retryDelay"], "1s");
    assert!(
        answer
            .header("access-control-expose-headers")
            .contains("retry-after")
    );
}

#[test]
fn answers_that_are_none_of_the_api_come_too() {
    let sandbox = Sandbox::start();
    let page = sandbox.join(SAM, "p%3Ahtml5o2", "html5o2");
    assert_eq!(page.status, 502);
    assert!(page.header("content-type").starts_with("text/html"));
    assert_eq!(page.header("access-control-allow-origin"), support::PAGE);

    let nothing = sandbox.join(SAM, "p%3Anothing", "nothing");
    assert_eq!((nothing.status, nothing.text.as_str()), (200, ""));
}

#[test]
fn a_connection_is_cut_before_or_after_the_joining() {
    let sandbox = Sandbox::start();
    for (code, joined) in [("cutoffb", false), ("cutoffa", true)] {
        let token = sandbox.token(SAM, &["rosters"]);
        let url = format!(
            "{}/v1/courses/p%3A{code}/students?enrollmentCode={code}",
            sandbox.api
        );
        let headers = [
            ("authorization", format!("Bearer {token}")),
            ("content-type", "application/json".to_owned()),
        ];
        let headers = headers
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        assert!(
            support::try_send("POST", &url, &headers, r#"{"userId":"me"}"#).is_err(),
            "{code}"
        );
        let in_class = sandbox.state()["students"]
            .to_string()
            .contains(&sandbox.id(SAM));
        assert_eq!(in_class, joined, "{code}");
    }
    let statuses: Vec<Value> = sandbox
        .requests()
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["status"].clone())
        .collect();
    assert_eq!(statuses, [json!(0), json!(0)]);
}

#[test]
fn a_sign_in_that_ran_out_is_good_again_at_the_second_try() {
    let sandbox = Sandbox::start();
    assert_eq!(sandbox.join(SAM, "p%3Aexpired", "expired").status, 401);
    assert_eq!(sandbox.join(SAM, "p%3Aexpired", "expired").status, 200);
}

#[test]
fn accounts_have_errors_of_their_own() {
    let sandbox = Sandbox::start();
    let join = |who| sandbox.join(who, BIOLOGY, "k5xq2ma").error();
    assert_eq!(
        join("oli@school.example"),
        (
            400,
            PRECONDITION.into(),
            "Precondition check failed.".into()
        )
    );
    assert!(
        join("cleo@school.example")
            .2
            .starts_with("@ClassroomDisabled ")
    );
    assert!(
        join("ines@other.example")
            .2
            .starts_with("@CannotInviteUserInUntrustedDomain ")
    );
    // Any other call of that account is refused alike.
    let token = sandbox.token("cleo@school.example", &["rosters"]);
    let answer = sandbox.ask("GET", "/v1/userProfiles/me", &token);
    assert!(answer.error().2.starts_with("@ClassroomDisabled "));
}

#[test]
fn a_personal_account_joins_thirty_classes_a_day() {
    let sandbox = Sandbox::start();
    sandbox.change_state(|state| {
        let owner = state["accounts"][2]["id"].clone();
        let courses = state["courses"].as_array_mut().unwrap();
        for number in 0..31 {
            courses.push(json!({
                "id": format!("9{number:03}"), "name": "Many", "ownerId": owner,
                "enrollmentCode": "manymma",
            }));
        }
    });
    let join = |number: usize| sandbox.join(NORA, &format!("9{number:03}"), "manymma");
    for number in 0..30 {
        assert_eq!(join(number).status, 200, "join {number}");
    }
    assert!(
        join(30)
            .error()
            .2
            .starts_with("@UserCourseJoinRateLimitReached ")
    );
    sandbox.control("PUT", "clock", json!({"offsetSeconds": 24 * 60 * 60}));
    assert_eq!(join(30).status, 200, "the next day");
}

#[test]
fn an_administrator_adds_people_of_the_domain_without_a_code() {
    let sandbox = Sandbox::start();
    let token = sandbox.token(ADA, &["rosters", "profile.emails"]);
    let add = |course: &str, who: &str| {
        sandbox.post(
            &format!("/v1/courses/{course}/students"),
            &token,
            &json!({"userId": who}),
        )
    };
    let answer = add(BIOLOGY, "SAM@school.example");
    assert_eq!(answer.json()["userId"], sandbox.id(SAM));
    assert_eq!(add(BIOLOGY, SAM).error().0, 409);
    for stranger in [
        NORA,
        "ines@other.example",
        "nobody@elsewhere.example",
        "nobody@school.example",
    ] {
        assert!(
            add(BIOLOGY, stranger)
                .error()
                .2
                .starts_with("@CannotDirectAddUser "),
            "{stranger}"
        );
    }
    assert_eq!(
        add("760100000104", SAM).error().2,
        DENIED,
        "a class of another domain"
    );
    assert_eq!(add("760100000101", MAYA).error().0, 400, "a full class");
}

#[test]
fn teachers_and_students_add_nobody() {
    let sandbox = Sandbox::start();
    for caller in [TOM, MAYA, ERROL] {
        let token = sandbox.token(caller, &["rosters"]);
        let answer = sandbox.post(
            &format!("/v1/courses/{BIOLOGY}/students?enrollmentCode=k5xq2ma"),
            &token,
            &json!({"userId": SAM}),
        );
        assert_eq!(
            answer.error(),
            (403, PERMISSION.into(), DENIED.into()),
            "{caller}"
        );
    }
}

#[test]
fn joining_settles_an_open_invitation() {
    let sandbox = Sandbox::start();
    let sam = sandbox.id(SAM);
    sandbox.change_state(|state| {
        state["invitations"] = json!([
            {"id": "i1", "courseId": BIOLOGY, "userId": sam, "role": "STUDENT"},
            {"id": "i2", "courseId": HOMEROOM, "userId": sam, "role": "STUDENT"},
        ]);
    });
    assert_eq!(sandbox.join(SAM, BIOLOGY, "k5xq2ma").status, 200);
    let left = sandbox.state()["invitations"].clone();
    assert_eq!(left.as_array().unwrap().len(), 1);
    assert_eq!(left[0]["id"], "i2");
}
