//! `invitations.*`: who invites whom, who reads it, and what becomes of it.

mod support;

use serde_json::{Value, json};
use support::{
    ADA, BIOLOGY, CARL, CHESS, ERROL, HOMEROOM, IKE, INES, IVY, KOFI, MAYA, NORA, OTTO, PRIYA, SAM,
    Sandbox, TOM, WANDA,
};

const DENIED: &str = "The caller does not have permission";
const PRECONDITION: &str = "FAILED_PRECONDITION";

const DRAMA: &str = "760200000201";
const CHOIR: &str = "760200000202";
const SECRET: &str = "760200000203";
const ANOTHER: &str = "760200000204";
const WITHDRAWN: &str = "760200000205";

/// Number, canonical status and message of an error that says no more than its status.
fn plain(code: u16, status: &str, message: &str) -> (u16, String, String) {
    (code, status.to_owned(), message.to_owned())
}

fn missed() -> (u16, String, String) {
    plain(404, "NOT_FOUND", "Requested entity was not found.")
}

fn denied() -> (u16, String, String) {
    plain(403, "PERMISSION_DENIED", DENIED)
}

fn exists() -> (u16, String, String) {
    plain(409, "ALREADY_EXISTS", "Requested entity already exists")
}

fn precondition() -> (u16, String, String) {
    plain(400, PRECONDITION, "Precondition check failed.")
}

fn list(sandbox: &Sandbox, who: &str, query: &str) -> support::Answer {
    let token = sandbox.token(who, &["rosters.readonly"]);
    sandbox.ask("GET", &format!("/v1/invitations?{query}"), &token)
}

fn accept(sandbox: &Sandbox, who: &str, id: &str) -> support::Answer {
    let token = sandbox.token(who, &["rosters"]);
    sandbox.ask("POST", &format!("/v1/invitations/{id}:accept"), &token)
}

fn delete(sandbox: &Sandbox, who: &str, id: &str) -> support::Answer {
    let token = sandbox.token(who, &["rosters"]);
    sandbox.ask("DELETE", &format!("/v1/invitations/{id}"), &token)
}

#[test]
fn a_teacher_invites_somebody_who_then_finds_it_and_accepts() {
    let sandbox = Sandbox::start();
    let made = sandbox.invite(TOM, BIOLOGY, "SAM@school.example", "STUDENT");
    let made = made.json();
    assert_eq!(made["courseId"], BIOLOGY);
    assert_eq!(made["userId"], sandbox.id(SAM));
    assert_eq!(made["role"], "STUDENT");

    assert_eq!(
        list(&sandbox, SAM, "userId=me").json(),
        json!({"invitations": [made]})
    );
    let id = made["id"].as_str().unwrap();
    assert_eq!(accept(&sandbox, SAM, id).json(), json!({}));
    assert!(sandbox.is_student(SAM, BIOLOGY));
    assert_eq!(list(&sandbox, SAM, "userId=me").json(), json!({}));
    assert_eq!(accept(&sandbox, SAM, id).error(), missed());
}

#[test]
fn each_role_takes_effect_when_it_is_accepted() {
    let sandbox = Sandbox::start();
    let take = |who: &str, course: &str| {
        let id = sandbox.invitation(course, who);
        assert_eq!(accept(&sandbox, who, &id).status, 200, "{who}");
    };
    take(WANDA, BIOLOGY);
    assert!(sandbox.is_student(WANDA, BIOLOGY));
    take(OTTO, BIOLOGY);
    assert!(sandbox.is_teacher(OTTO, BIOLOGY));

    take(CARL, CHESS);
    let token = sandbox.token(ADA, &["courses.readonly"]);
    let chess = sandbox.ask("GET", &format!("/v1/courses/{CHESS}"), &token);
    assert_eq!(chess.json()["ownerId"], sandbox.id(CARL));
    assert!(sandbox.is_teacher(CARL, CHESS));
    assert!(sandbox.is_teacher(TOM, CHESS), "the owner before goes on");
}

#[test]
fn a_student_who_accepts_to_teach_is_no_student_any_more() {
    let sandbox = Sandbox::start();
    let made = sandbox.invite(TOM, HOMEROOM, MAYA, "TEACHER").json();
    assert_eq!(
        accept(&sandbox, MAYA, made["id"].as_str().unwrap()).status,
        200
    );
    assert!(sandbox.is_teacher(MAYA, HOMEROOM));
    assert!(!sandbox.is_student(MAYA, HOMEROOM));
}

#[test]
fn teachers_and_administrators_invite_and_only_the_owner_and_they_give_a_class_away() {
    let sandbox = Sandbox::start();
    let sent = |who: &str, role: &str| {
        let answer = sandbox.invite(who, CHESS, SAM, role);
        let id = answer.json()["id"].as_str().map(str::to_owned);
        if let Some(id) = id {
            delete(&sandbox, who, &id);
        }
        answer
    };
    for who in [TOM, CARL, ADA] {
        assert_eq!(sent(who, "STUDENT").status, 200, "{who}");
        assert_eq!(sent(who, "TEACHER").status, 200, "{who}");
    }
    for who in [SAM, MAYA, ERROL, INES] {
        assert_eq!(sent(who, "STUDENT").error(), denied(), "{who}");
    }
    assert_eq!(
        sandbox.invite(CARL, CHESS, KOFI, "OWNER").error(),
        denied(),
        "a co-teacher"
    );
    for who in [TOM, ADA] {
        assert_eq!(sent(who, "OWNER").reason(), "@IneligibleOwner", "{who}");
    }
}

#[test]
fn an_invitation_that_cannot_be_is_refused() {
    let sandbox = Sandbox::start();
    let invite = |course: &str, who: &str, role: &str| sandbox.invite(TOM, course, who, role);
    for (who, role) in [
        (TOM, "STUDENT"),
        (TOM, "TEACHER"),
        (PRIYA, "STUDENT"),
        (PRIYA, "TEACHER"),
        ("oli@school.example", "STUDENT"),
    ] {
        assert_eq!(
            invite(BIOLOGY, who, role).error(),
            precondition(),
            "{who} as {role}"
        );
    }
    assert_eq!(invite(HOMEROOM, MAYA, "STUDENT").error(), precondition());

    assert_eq!(invite("999", SAM, "STUDENT").error(), missed());
    assert_eq!(invite("p:k5xq2ma", SAM, "STUDENT").error(), missed());
    assert_eq!(
        invite(BIOLOGY, "nobody@school.example", "STUDENT").error(),
        missed()
    );
    assert_eq!(invite(BIOLOGY, "999", "STUDENT").error(), missed());

    for role in ["STUDENT", "TEACHER"] {
        assert_eq!(invite(BIOLOGY, WANDA, role).error(), exists(), "{role}");
    }
    for outsider in [INES, "nobody@OTHER.example", &sandbox.id(INES)] {
        let answer = invite(BIOLOGY, outsider, "STUDENT");
        assert_eq!(
            answer.reason(),
            "@CannotInviteUserInUntrustedDomain",
            "{outsider}"
        );
    }
    for outsider in [NORA, "otto@partner.example"] {
        assert_eq!(
            invite(HOMEROOM, outsider, "STUDENT").status,
            200,
            "{outsider}"
        );
    }
    let archived = sandbox.invite(ERROL, "760100000102", SAM, "STUDENT");
    assert_eq!(archived.reason(), "@CourseNotModifiable");
}

#[test]
fn a_class_is_offered_to_one_co_teacher_at_a_time() {
    let sandbox = Sandbox::start();
    let offer = |who: &str| sandbox.invite(TOM, CHESS, who, "OWNER");
    for (who, expected) in [
        (
            SAM,
            "@IneligibleOwner Only a co-teacher can be invited as owner of the course",
        ),
        (
            TOM,
            "@UserAlreadyOwner Cannot transfer course to the user who is already the owner",
        ),
    ] {
        assert_eq!(offer(who).error(), plain(400, PRECONDITION, expected));
    }
    assert_eq!(offer(KOFI).reason(), "@PendingInvitationExists");
    assert_eq!(offer(CARL).error(), exists());

    let id = sandbox.invitation(CHESS, CARL);
    assert_eq!(delete(&sandbox, TOM, &id).json(), json!({}));
    let made = offer(KOFI).json();
    assert_eq!(made["role"], "OWNER");

    // Whoever stopped teaching meanwhile does not get the class.
    let token = sandbox.token(TOM, &["rosters"]);
    let place = format!("/v1/courses/{CHESS}/teachers/{KOFI}");
    assert_eq!(sandbox.ask("DELETE", &place, &token).status, 200);
    let late = accept(&sandbox, KOFI, made["id"].as_str().unwrap());
    assert_eq!(late.reason(), "@IneligibleOwner");
}

#[test]
fn an_invitation_without_class_person_or_role_is_invalid() {
    let sandbox = Sandbox::start();
    let token = sandbox.token(TOM, &["rosters"]);
    for body in [
        json!({"userId": SAM, "role": "STUDENT"}),
        json!({"courseId": BIOLOGY, "role": "STUDENT"}),
        json!({"courseId": BIOLOGY, "userId": SAM}),
        json!({"courseId": BIOLOGY, "userId": SAM, "role": "COURSE_ROLE_UNSPECIFIED"}),
        json!({"courseId": BIOLOGY, "userId": SAM, "role": "PRINCIPAL"}),
        json!({"courseId": BIOLOGY, "userId": SAM, "role": "STUDENT", "mail": true}),
    ] {
        let (code, status, _) = sandbox.post("/v1/invitations", &token, &body).error();
        assert_eq!((code, status.as_str()), (400, "INVALID_ARGUMENT"), "{body}");
    }
    let id = sandbox.invitation(BIOLOGY, WANDA);
    let token = sandbox.token(WANDA, &["rosters"]);
    let path = format!("/v1/invitations/{id}:accept");
    let (code, status, _) = sandbox.post(&path, &token, &json!({})).error();
    assert_eq!(
        (code, status.as_str()),
        (400, "INVALID_ARGUMENT"),
        "accept takes no body"
    );
}

#[test]
fn only_the_invited_person_accepts_and_only_they_and_the_class_end_it() {
    let sandbox = Sandbox::start();
    let id = sandbox.invitation(BIOLOGY, WANDA);
    for who in [TOM, ADA, SAM] {
        assert_eq!(accept(&sandbox, who, &id).error(), denied(), "{who}");
    }
    for who in [SAM, ERROL, IVY] {
        assert_eq!(delete(&sandbox, who, &id).error(), denied(), "{who}");
    }
    assert_eq!(accept(&sandbox, WANDA, "made-up").error(), missed());
    assert_eq!(delete(&sandbox, WANDA, "made-up").error(), missed());

    assert_eq!(delete(&sandbox, WANDA, &id).json(), json!({}), "declined");
    assert_eq!(delete(&sandbox, TOM, &id).error(), missed());
    for (withdrawn_by, invited) in [(PRIYA, IVY), (ADA, OTTO)] {
        let id = sandbox.invitation(BIOLOGY, invited);
        assert_eq!(delete(&sandbox, withdrawn_by, &id).status, 200);
        assert_eq!(accept(&sandbox, invited, &id).error(), missed());
    }
    assert!(!sandbox.is_student(WANDA, BIOLOGY));
}

#[test]
fn an_invitation_is_read_by_the_invited_person_and_by_the_class() {
    let sandbox = Sandbox::start();
    let id = sandbox.invitation(BIOLOGY, WANDA);
    let get = |who: &str, id: &str| {
        let token = sandbox.token(who, &["rosters.readonly"]);
        sandbox.ask("GET", &format!("/v1/invitations/{id}"), &token)
    };
    for who in [WANDA, TOM, PRIYA, ADA] {
        assert_eq!(get(who, &id).json()["role"], "STUDENT", "{who}");
    }
    assert_eq!(get(SAM, &id).error(), denied());
    assert_eq!(get(TOM, "made-up").error(), missed());
}

#[test]
fn a_list_needs_a_class_or_a_person_and_holds_what_the_caller_may_see() {
    let sandbox = Sandbox::start();
    let invited = |who: &str, query: &str| -> Vec<String> {
        let answer = list(&sandbox, who, query).json();
        let found = answer["invitations"].as_array().cloned();
        found
            .unwrap_or_default()
            .iter()
            .map(|open| open["userId"].as_str().unwrap().to_owned())
            .collect()
    };
    let ids = |names: &[&str]| -> Vec<String> { names.iter().map(|n| sandbox.id(n)).collect() };
    let in_biology = format!("courseId={BIOLOGY}");

    let (code, status, _) = list(&sandbox, TOM, "").error();
    assert_eq!((code, status.as_str()), (400, "INVALID_ARGUMENT"));
    for who in [TOM, ADA] {
        assert_eq!(invited(who, &in_biology), ids(&[WANDA, IVY, OTTO]), "{who}");
    }
    assert_eq!(invited(IVY, &in_biology), ids(&[IVY]), "their own");
    assert_eq!(invited(SAM, &in_biology), ids(&[]));
    assert_eq!(
        invited(TOM, &format!("{in_biology}&userId={OTTO}")),
        ids(&[OTTO])
    );
    assert_eq!(
        invited(TOM, &format!("userId={IVY}")),
        ids(&[IVY]),
        "not those of Errol's classes"
    );
    assert_eq!(invited(TOM, "userId=nobody@school.example"), ids(&[]));
    assert_eq!(invited(TOM, "courseId=999"), ids(&[]));
    assert!(invited(IVY, "userId=me").len() > 5);
}

#[test]
fn accepting_meets_the_limits_of_the_class() {
    let sandbox = Sandbox::start();
    for (course, expected) in [
        ("760100000101", "@CourseMemberLimitReached"),
        ("760100000102", "@CourseNotModifiable"),
        ("760100000105", "@UserGroupsMembershipLimitReached"),
        (CHOIR, "@CourseTeacherLimitReached"),
    ] {
        let id = sandbox.invitation(course, IVY);
        let answer = accept(&sandbox, IVY, &id);
        assert_eq!(
            (answer.error().0, answer.reason().as_str()),
            (400, expected)
        );
        assert_eq!(sandbox.invitation(course, IVY), id, "it stays open");
    }
    let drama = sandbox.invitation(DRAMA, IVY);
    assert_eq!(accept(&sandbox, IVY, &drama).status, 200);
}

#[test]
fn fifty_teach_a_class_and_the_next_waits_until_one_leaves() {
    let sandbox = Sandbox::start();
    sandbox.change_state(|state| {
        for number in 0..48 {
            let id = format!("30000000000000000{number:04}");
            let account =
                json!({"id": id, "email": format!("t{number}@school.example"), "name": "T Eacher"});
            state["accounts"].as_array_mut().unwrap().push(account);
            let place = json!({"courseId": BIOLOGY, "userId": id});
            state["teachers"].as_array_mut().unwrap().push(place);
        }
    });
    let id = sandbox.invitation(BIOLOGY, IVY);
    let full = accept(&sandbox, IVY, &id);
    assert_eq!(full.reason(), "@CourseTeacherLimitReached");
    let token = sandbox.token(TOM, &["rosters"]);
    let place = format!("/v1/courses/{BIOLOGY}/teachers/{PRIYA}");
    assert_eq!(sandbox.ask("DELETE", &place, &token).json(), json!({}));
    assert_eq!(accept(&sandbox, IVY, &id).status, 200);
}

#[test]
fn an_invitation_that_was_settled_elsewhere_is_gone_when_it_is_answered() {
    for (course, in_class) in [(ANOTHER, true), (WITHDRAWN, false)] {
        for answer in [accept, delete] {
            let sandbox = Sandbox::start();
            let id = sandbox.invitation(course, IVY);
            assert_eq!(answer(&sandbox, IVY, &id).error(), missed(), "{course}");
            assert_eq!(sandbox.is_student(IVY, course), in_class, "{course}");
            let left = list(&sandbox, IVY, &format!("userId=me&courseId={course}"));
            assert_eq!(left.json(), json!({}), "{course}");
        }
    }
}

#[test]
fn a_class_is_read_by_whoever_is_invited_unless_it_is_kept_from_them() {
    let sandbox = Sandbox::start();
    let get = |course: &str| {
        let token = sandbox.token(IVY, &["courses.readonly"]);
        sandbox.ask("GET", &format!("/v1/courses/{course}"), &token)
    };
    let drama = get(DRAMA).json();
    assert_eq!(drama["name"], "Drama Club");
    assert_eq!(drama["enrollmentCode"], Value::Null);
    assert_eq!(get(SECRET).error(), denied());
    let token = sandbox.token(IVY, &["courses.readonly"]);
    assert_eq!(
        sandbox.ask("GET", "/v1/courses", &token).json(),
        json!({}),
        "it is not among their classes"
    );

    sandbox.control("PUT", "behaviour", json!({"invitedSeeClass": false}));
    assert_eq!(get(DRAMA).error(), denied());
}

#[test]
fn a_profile_is_shown_to_whoever_invited_the_person_unless_they_are_from_elsewhere() {
    let sandbox = Sandbox::start();
    let get = |who: &str, user: &str| {
        let token = sandbox.token(who, &["rosters", "profile.emails"]);
        sandbox.ask("GET", &format!("/v1/userProfiles/{user}"), &token)
    };
    let wanda = sandbox.id(WANDA);
    assert_eq!(get(TOM, &wanda).json()["emailAddress"], WANDA);
    assert_eq!(get(ERROL, &wanda).error(), denied());
    assert_eq!(get(WANDA, TOM).error(), denied());
    let otto = sandbox.id(OTTO);
    assert_eq!(get(TOM, &otto).error(), denied());
    accept(&sandbox, OTTO, &sandbox.invitation(BIOLOGY, OTTO));
    assert_eq!(get(TOM, &otto).json()["emailAddress"], OTTO);
}

#[test]
fn so_many_people_are_invited_a_day_and_no_more() {
    let sandbox = Sandbox::start();
    sandbox.control("PUT", "behaviour", json!({"invitationsADay": 2}));
    let invite = |who: &str, invited: &str| sandbox.invite(who, HOMEROOM, invited, "STUDENT");
    assert_eq!(invite(TOM, MAYA).status, 400, "a refusal costs nothing");
    assert_eq!(invite(TOM, SAM).status, 200);
    assert_eq!(invite(TOM, CARL).status, 200);
    assert_eq!(
        invite(TOM, KOFI).error(),
        plain(
            429,
            "RESOURCE_EXHAUSTED",
            "@UserInvitationQuotaExhausted The user does not have enough quota to invite users to \
             this course."
        )
    );
    assert_eq!(invite(ADA, KOFI).status, 200, "everyone has their own");
    delete(&sandbox, TOM, &sandbox.invitation(HOMEROOM, SAM));
    assert_eq!(
        invite(TOM, SAM).status,
        429,
        "withdrawing gives nothing back"
    );
    sandbox.control("PUT", "clock", json!({"offsetSeconds": 24 * 60 * 60}));
    assert_eq!(invite(TOM, SAM).status, 200, "the next day");
}

#[test]
fn a_personal_account_invites_a_hundred_a_day() {
    let sandbox = Sandbox::start();
    let nora = sandbox.id(NORA);
    sandbox.change_state(|state| {
        let course = json!({"id": "77", "name": "Nora's", "ownerId": nora});
        state["courses"].as_array_mut().unwrap().push(course);
        for number in 0..101 {
            let id = format!("30000000000000000{number:04}");
            let email = format!("p{number}@gmail.example");
            let account = json!({"id": id, "email": email, "name": "P Erson"});
            state["accounts"].as_array_mut().unwrap().push(account);
        }
    });
    let token = sandbox.token(NORA, &["rosters"]);
    let invite = |number: usize| {
        let who = format!("p{number}@gmail.example");
        let body = json!({"courseId": "77", "userId": who, "role": "STUDENT"});
        sandbox.post("/v1/invitations", &token, &body)
    };
    for number in 0..100 {
        assert_eq!(invite(number).status, 200, "{number}");
    }
    assert_eq!(invite(100).reason(), "@UserInvitationQuotaExhausted");
}

#[test]
fn an_account_made_a_minute_ago_is_found_an_hour_later() {
    let sandbox = Sandbox::start();
    let newcomer = "newcomer@school.example";
    let invite = || sandbox.invite(TOM, HOMEROOM, newcomer, "STUDENT");
    let add = || {
        let token = sandbox.token(ADA, &["rosters"]);
        let path = format!("/v1/courses/{BIOLOGY}/students");
        sandbox.post(&path, &token, &json!({"userId": newcomer}))
    };
    assert_eq!(invite().error(), missed());
    assert_eq!(add().reason(), "@CannotDirectAddUser");
    sandbox.control("PUT", "clock", json!({"offsetSeconds": 60 * 60}));
    assert_eq!(invite().status, 200);
    assert_eq!(add().status, 200);
}

/// HTTP status and beginning of the message; 200 where nothing is the matter.
type Met = (u16, &'static str);

/// Addresses of the seed that answer inviting, and adding, with something of their own.
#[rustfmt::skip]
const THERE_FOR_IT: &[(&str, Met, Met)] = &[
    ("newcomer", (404, "Requested entity was not found."), (403, "@CannotDirectAddUser ")),
    ("disabled", (400, "Precondition check failed."), (400, "Precondition check failed.")),
    ("already", (400, "Precondition check failed."), (409, "Requested entity already exists")),
    ("invited", (409, "Requested entity already exists"), (409, "Requested entity already exists")),
    ("ineligible", (400, "@IneligibleOwner "), (200, "")),
    ("offered", (400, "@PendingInvitationExists "), (200, "")),
    ("owner", (400, "@UserAlreadyOwner "), (409, "Requested entity already exists")),
    ("quota", (429, "@UserInvitationQuotaExhausted "), (200, "")),
    ("groups", (200, ""), (400, "@UserGroupsMembershipLimitReached ")),
    ("denied", (403, DENIED), (403, DENIED)),
    ("missing", (404, "Requested entity was not found."), (404, "Requested entity was not found.")),
    ("noclass", (404, "@CourseNotFound "), (404, "@CourseNotFound ")),
    ("invalid", (400, "Request contains an invalid argument."), (400, "Request contains an invalid argument.")),
    ("mystery", (400, "@CourseOnFieldTrip "), (400, "@CourseOnFieldTrip ")),
    ("expired", (401, "Request had invalid"), (401, "Request had invalid")),
    ("badacct", (401, "The account is in an invalid state"), (401, "The account is in an invalid state")),
    ("nocroom", (403, "@ClassroomDisabled "), (403, "@ClassroomDisabled ")),
    ("apioff", (403, "@ClassroomApiDisabled "), (403, "@ClassroomApiDisabled ")),
    ("nosetup", (403, "Google Classroom API has not"), (403, "Google Classroom API has not")),
    ("blocked", (403, "The service is blocked"), (403, "The service is blocked")),
    ("aborted", (409, "The operation was aborted."), (409, "The operation was aborted.")),
    ("ratelim", (429, "Quota exceeded "), (429, "Quota exceeded ")),
    ("internal", (500, "Internal error"), (500, "Internal error")),
    ("busy", (503, "The service is currently"), (503, "The service is currently")),
    ("late", (504, "Deadline expired"), (504, "Deadline expired")),
];

/// Those that answer otherwise.
const OTHERWISE: [&str; 5] = ["html", "nothing", "cutbefore", "cutafter", "slow"];

fn add(sandbox: &Sandbox, list: &str, who: &str) -> support::Answer {
    let token = sandbox.token(ADA, &["rosters"]);
    let path = format!("/v1/courses/{BIOLOGY}/{list}");
    sandbox.post(&path, &token, &json!({"userId": who}))
}

#[test]
fn every_address_of_the_seed_leads_to_its_error() {
    let sandbox = Sandbox::start();
    let meets = |answer: &support::Answer, (http, message): Met, who: &str| {
        assert_eq!(answer.status, http, "{who}: {}", answer.text);
        if http != 200 {
            let found = answer.error().2;
            assert!(found.starts_with(message), "{who}: {found}");
        }
    };
    for &(name, invited, added) in THERE_FOR_IT {
        let who = &format!("{name}@school.example");
        meets(&sandbox.invite(TOM, BIOLOGY, who, "STUDENT"), invited, who);
        for list in ["students", "teachers"] {
            sandbox.control("POST", "reset", Value::Null);
            meets(&add(&sandbox, list, who), added, who);
        }
    }
}

#[test]
fn every_address_that_is_there_for_an_answer_is_tried_here_and_told_in_the_manual() {
    let state = Sandbox::start().state();
    let mut seeded: Vec<&str> = state["accounts"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|account| account.get("sandbox").is_some())
        .map(|account| account["email"].as_str().unwrap())
        .map(|email| email.strip_suffix("@school.example").unwrap())
        .collect();
    let mut tried: Vec<&str> = THERE_FOR_IT.iter().map(|row| row.0).collect();
    tried.extend(OTHERWISE);
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/sandbox.md");
    let page = std::fs::read_to_string(page).unwrap();
    let (_, table) = page.split_once("| Address | Inviting gives |").unwrap();
    let mut told: Vec<&str> = table
        .lines()
        .skip(2)
        .map_while(|row| row.strip_prefix("| `")?.split_once('@'))
        .map(|(name, _)| name)
        .collect();
    for names in [&mut seeded, &mut tried, &mut told] {
        names.sort_unstable();
    }
    assert_eq!(seeded, tried);
    assert_eq!(seeded, told);
}

#[test]
fn an_address_leads_to_answers_that_are_none_of_the_api() {
    let sandbox = Sandbox::start();
    let page = sandbox.invite(TOM, BIOLOGY, "html@school.example", "STUDENT");
    assert_eq!(page.status, 502);
    assert!(page.header("content-type").starts_with("text/html"));
    let nothing = sandbox.invite(TOM, BIOLOGY, "nothing@school.example", "STUDENT");
    assert_eq!((nothing.status, nothing.text.as_str()), (200, ""));

    let token = sandbox.token(TOM, &["rosters"]);
    for (name, made) in [("cutbefore", false), ("cutafter", true)] {
        let who = format!("{name}@school.example");
        let headers = [
            ("authorization", &*format!("Bearer {token}")),
            ("content-type", "application/json"),
        ];
        let body = json!({"courseId": BIOLOGY, "userId": who, "role": "STUDENT"}).to_string();
        let url = format!("{}/v1/invitations", sandbox.api);
        assert!(support::try_send("POST", &url, &headers, &body).is_err());
        let open = sandbox.state()["invitations"].to_string();
        assert_eq!(open.contains(&sandbox.id(&who)), made, "{name}");
    }
}

#[test]
fn a_sign_in_that_ran_out_while_inviting_is_good_again_at_the_second_try() {
    let sandbox = Sandbox::start();
    let invite = || sandbox.invite(TOM, BIOLOGY, "expired@school.example", "STUDENT");
    assert_eq!(invite().status, 401);
    assert_eq!(invite().status, 200);
}

#[test]
fn a_class_that_is_there_for_an_answer_gives_it_to_whoever_accepts() {
    let sandbox = Sandbox::start();
    for (course, http, message) in [
        ("760100000106", 400, "Precondition check failed."),
        ("760100000107", 400, "@CourseOnFieldTrip "),
        ("760100000108", 401, "Request had invalid"),
        ("760100000110", 403, "@ClassroomDisabled "),
        ("760100000116", 429, "@UserCourseJoinRateLimitReached "),
        ("760100000119", 503, "The service is currently"),
    ] {
        let id = sandbox.invitation(course, IKE);
        let (code, _, found) = accept(&sandbox, IKE, &id).error();
        assert_eq!(code, http, "{course}");
        assert!(found.starts_with(message), "{course}: {found}");
    }
    let id = sandbox.invitation("760100000108", IKE);
    assert_eq!(
        accept(&sandbox, IKE, &id).status,
        200,
        "the second time it works"
    );
}

#[test]
fn five_hundred_invitations_and_a_thousand_classes_come_in_pages() {
    let sandbox = Sandbox::start();
    let tom = sandbox.id(TOM);
    sandbox.change_state(|state| {
        let mut add = |list: &str, row| state[list].as_array_mut().unwrap().push(row);
        for number in 0..1_000 {
            let id = format!("55{number:06}");
            add(
                "courses",
                json!({"id": id, "name": "Many", "ownerId": tom}),
            );
        }
        for number in 0..500 {
            let id = format!("30000000000000000{number:04}");
            let email = format!("p{number}@school.example");
            add(
                "accounts",
                json!({"id": id, "email": email, "name": "P Upil"}),
            );
            add(
                "invitations",
                json!({"id": format!("i{number}"), "courseId": HOMEROOM, "userId": id, "role": "STUDENT"}),
            );
        }
    });
    let pages = |path: &str, name: &str| -> (usize, usize) {
        let token = sandbox.token(TOM, &["rosters", "courses.readonly"]);
        let (mut pages, mut items, mut next) = (0, 0, String::new());
        loop {
            let page = sandbox.ask("GET", &format!("{path}{next}"), &token).json();
            pages += 1;
            items += page[name].as_array().unwrap().len();
            match page["nextPageToken"].as_str() {
                Some(token) => next = format!("&pageToken={token}"),
                None => return (pages, items),
            }
        }
    };
    let classes = "/v1/courses?teacherId=me&courseStates=ACTIVE&pageSize=1000";
    assert_eq!(pages(classes, "courses"), (51, 1_004));
    let open = format!("/v1/invitations?courseId={HOMEROOM}");
    assert_eq!(pages(&open, "invitations"), (1, 500));

    sandbox.control(
        "PUT",
        "behaviour",
        json!({"coursesPerPage": 100, "invitationsPerPage": 30}),
    );
    assert_eq!(pages(classes, "courses"), (11, 1_004));
    assert_eq!(pages(&open, "invitations"), (17, 500));

    let refused = sandbox.try_control("PUT", "behaviour", &json!({"coursesPerPage": 0}));
    assert_eq!(refused.status, 400);
    assert!(refused.text.contains("coursesPerPage"), "{}", refused.text);
}
