//! A second opinion: `google-classroom1`, generated from Google's description by people who know
//! nothing of this sandbox, speaks to it as it would to Google. What that crate cannot read, or
//! reads as something else, the sandbox got wrong.

#![allow(clippy::unwrap_used, reason = "a helper that fails fails the test")]

mod support;

use std::{collections::BTreeSet, time::Duration};

use google_classroom1::{
    Classroom, Delegate, Error,
    api::{Course, CourseAlias, Invitation, Student, Teacher},
    common::{Response, Retry},
};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::{Value, json};
use support::{
    ADA, BIOLOGY, CARL, CHESS, ERROL, HOMEROOM, IVY, KOFI, MAYA, PRIYA, SAM, Sandbox, TOM, WANDA,
};

const DENIED: &str = "The caller does not have permission";
const NOT_FOUND: &str = "Requested entity was not found.";

const READ: &[&str] = &[
    "courses.readonly",
    "rosters",
    "profile.emails",
    "profile.photos",
];

/// More pages than any list here has; a list that goes on for longer never ends.
const MOST_PAGES: usize = 20;

/// The crate's client, acting for an account with a token of the sandbox's.
fn classroom(sandbox: &Sandbox, account: &str, scopes: &[&str]) -> Classroom<HttpConnector> {
    with_token(sandbox, sandbox.token(account, scopes))
}

fn with_token(sandbox: &Sandbox, token: String) -> Classroom<HttpConnector> {
    let client = Client::builder(TokioExecutor::new()).build_http();
    let mut hub = Classroom::new(client, token);
    hub.base_url(format!("{}/", sandbox.api));
    hub.root_url(format!("{}/", sandbox.api));
    hub
}

/// The body of a self-enrolment.
fn me() -> Student {
    Student {
        user_id: Some("me".to_owned()),
        ..Student::default()
    }
}

/// Enrols the caller in a class by its code.
async fn join(
    hub: &Classroom<HttpConnector>,
    course: &str,
    code: &str,
) -> Result<Student, (Error, Heard)> {
    let mut heard = Heard::default();
    let joined = hub
        .courses()
        .students_create(me(), course)
        .enrollment_code(code)
        .delegate(&mut heard)
        .doit()
        .await;
    joined
        .map(|(_, student)| student)
        .map_err(|error| (error, heard))
}

/// What the crate lets a listener hear of a refusal besides the error it returns.
#[derive(Debug, Default)]
struct Heard {
    /// The HTTP status.
    status: Option<u16>,
    /// The header of this name.
    retry_after: Option<String>,
}

impl Delegate for Heard {
    fn http_failure(&mut self, response: &Response, _: Option<&Value>) -> Retry {
        self.status = Some(response.status().as_u16());
        let value = response.headers().get("retry-after");
        self.retry_after = value.map(|value| value.to_str().unwrap().to_owned());
        Retry::Abort
    }
}

/// The error in Google's form that the crate decoded.
fn decoded(error: Error) -> Value {
    match error {
        Error::BadRequest(body) => body["error"].clone(),
        other => panic!("not an error of the API's: {other:?}"),
    }
}

/// Number, canonical status and message of a refusal in Google's form.
fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> (u64, String, String) {
    let error = decoded(result.unwrap_err());
    (
        error["code"].as_u64().unwrap(),
        error["status"].as_str().unwrap().to_owned(),
        error["message"].as_str().unwrap().to_owned(),
    )
}

/// A refusal as a test writes it.
fn said(code: u64, status: &str, message: &str) -> (u64, String, String) {
    (code, status.to_owned(), message.to_owned())
}

/// Puts this many more students into a class.
fn fill(sandbox: &Sandbox, course: &str, number: usize) {
    sandbox.change_state(|state| {
        for pupil in 0..number {
            let id = format!("20000000000000000{pupil:04}");
            let email = format!("pupil{pupil}@school.example");
            let lists = state.as_object_mut().unwrap();
            let mut add = |list: &str, item| lists[list].as_array_mut().unwrap().push(item);
            add(
                "accounts",
                json!({"id": id, "email": email, "name": "P Upil"}),
            );
            add("students", json!({"courseId": course, "userId": id}));
        }
    });
}

#[tokio::test]
async fn a_student_enrols_with_the_code_of_the_class() {
    let sandbox = Sandbox::start();
    let sam = classroom(&sandbox, SAM, &["rosters", "profile.emails"]);
    let student = join(&sam, BIOLOGY, "k5xq2ma").await.unwrap();
    assert_eq!(student.course_id.as_deref(), Some(BIOLOGY));
    assert_eq!(student.user_id, Some(sandbox.id(SAM)));
    let profile = student.profile.unwrap();
    assert_eq!(profile.email_address.as_deref(), Some(SAM));
    let name = profile.name.unwrap();
    assert_eq!(name.given_name.as_deref(), Some("Sam"));
    assert_eq!(name.family_name.as_deref(), Some("Okafor"));
    assert_eq!(name.full_name.as_deref(), Some("Sam Okafor"));
    assert!(sandbox.is_student(SAM, BIOLOGY));
}

#[tokio::test]
async fn a_project_alias_stands_for_the_class_whether_its_colon_is_encoded_or_not() {
    let sandbox = Sandbox::start();
    for (who, alias) in [(SAM, "p:k5xq2ma"), (MAYA, "p%3Ak5xq2ma")] {
        let hub = classroom(&sandbox, who, &["rosters"]);
        let student = join(&hub, alias, "k5xq2ma").await.unwrap();
        assert_eq!(student.course_id.as_deref(), Some(BIOLOGY), "{alias}");
    }
}

#[tokio::test]
async fn a_member_of_a_class_is_read_under_every_name() {
    let sandbox = Sandbox::start();
    let maya = classroom(&sandbox, MAYA, READ);
    for name in ["me", MAYA, &sandbox.id(MAYA)] {
        let call = maya.courses().students_get(HOMEROOM, name);
        let (_, student) = call.doit().await.unwrap();
        assert_eq!(student.user_id, Some(sandbox.id(MAYA)), "{name}");
        let profile = student.profile.unwrap();
        assert_eq!(profile.id, Some(sandbox.id(MAYA)));
        assert!(profile.photo_url.unwrap().ends_with("/photos/maya.svg"));
    }
}

#[tokio::test]
async fn the_students_of_a_class_are_turned_over_page_by_page_and_each_comes_once() {
    let sandbox = Sandbox::start();
    fill(&sandbox, HOMEROOM, 10);
    let tom = classroom(&sandbox, TOM, READ);
    let (mut seen, mut sizes, mut token) = (Vec::new(), Vec::new(), None::<String>);
    for _ in 0..MOST_PAGES {
        let mut call = tom.courses().students_list(HOMEROOM).page_size(4);
        if let Some(token) = &token {
            call = call.page_token(token);
        }
        let (_, page) = call.doit().await.unwrap();
        let students = page.students.unwrap();
        sizes.push(students.len());
        seen.extend(students.into_iter().map(|student| student.user_id.unwrap()));
        token = page.next_page_token;
        if token.is_none() {
            break;
        }
    }
    assert_eq!(token, None, "the pages come to an end");
    assert_eq!(sizes, [4, 4, 3]);
    let each: BTreeSet<_> = seen.iter().collect();
    assert_eq!((seen.len(), each.len()), (11, 11), "{seen:?}");
    assert!(seen.contains(&sandbox.id(MAYA)));
}

#[tokio::test]
async fn a_class_is_read_with_all_its_fields() {
    let sandbox = Sandbox::start();
    let tom = classroom(&sandbox, TOM, READ);
    let (_, course) = tom.courses().get("p:k5xq2ma").doit().await.unwrap();
    assert_eq!(course.id.as_deref(), Some(BIOLOGY));
    assert_eq!(course.name.as_deref(), Some("Biology 7b"));
    assert_eq!(course.section.as_deref(), Some("Period 3"));
    assert_eq!(course.room.as_deref(), Some("204"));
    assert_eq!(course.owner_id, Some(sandbox.id(TOM)));
    assert_eq!(course.course_state.as_deref(), Some("ACTIVE"));
    assert_eq!(course.enrollment_code.as_deref(), Some("k5xq2ma"));
    assert_eq!(
        course.creation_time.unwrap().to_rfc3339(),
        "2026-09-01T08:00:00+00:00"
    );
    assert_eq!(
        course.alternate_link.as_deref(),
        Some("https://classroom.google.com/c/NzQxMjM0NTY3ODkw")
    );
}

/// All pages of a list of classes that `errol` teaches, in these states.
async fn taught(errol: &Classroom<HttpConnector>, states: &[&str], size: i32) -> Vec<Course> {
    let (mut all, mut token) = (Vec::new(), None::<String>);
    for _ in 0..MOST_PAGES {
        let mut call = errol.courses().list().teacher_id("me").page_size(size);
        for state in states {
            call = call.add_course_states(state);
        }
        if let Some(token) = &token {
            call = call.page_token(token);
        }
        let (_, page) = call.doit().await.unwrap();
        let courses = page.courses.unwrap_or_default();
        assert!(courses.len() <= usize::try_from(size).unwrap());
        all.extend(courses);
        token = page.next_page_token;
        if token.is_none() {
            return all;
        }
    }
    panic!("the pages do not come to an end");
}

#[tokio::test]
async fn the_classes_of_a_teacher_are_turned_over_page_by_page_and_each_comes_once() {
    let sandbox = Sandbox::start();
    let errol = classroom(&sandbox, ERROL, READ);
    let ids = |courses: &[Course]| -> BTreeSet<String> {
        courses.iter().map(|c| c.id.clone().unwrap()).collect()
    };
    let state = sandbox.state();
    let expected: BTreeSet<String> = state["teachers"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|place| place["userId"] == sandbox.id(ERROL))
        .map(|place| place["courseId"].as_str().unwrap().to_owned())
        .collect();

    let all = taught(&errol, &["ACTIVE", "ARCHIVED"], 4).await;
    assert_eq!(all.len(), expected.len(), "none twice");
    assert_eq!(ids(&all), expected, "none missing");

    let archived = taught(&errol, &["ARCHIVED"], 4).await;
    assert_eq!(archived.len(), 1);
    assert_eq!(archived[0].name.as_deref(), Some("Last year's Latin"));
}

#[tokio::test]
async fn whoever_is_in_no_class_gets_an_empty_list() {
    let sandbox = Sandbox::start();
    let sam = classroom(&sandbox, SAM, READ);
    let (_, page) = sam.courses().list().student_id("me").doit().await.unwrap();
    assert!(page.courses.is_none() && page.next_page_token.is_none());
}

#[tokio::test]
async fn a_profile_tells_a_teacher_from_a_student() {
    let sandbox = Sandbox::start();
    for (who, name, teaches) in [(TOM, "Tom Becker", true), (SAM, "Sam Okafor", false)] {
        let hub = classroom(&sandbox, who, READ);
        let (_, profile) = hub.user_profiles().get("me").doit().await.unwrap();
        assert_eq!(profile.id, Some(sandbox.id(who)));
        assert_eq!(profile.name.unwrap().full_name.as_deref(), Some(name));
        assert_eq!(profile.email_address.as_deref(), Some(who));
        assert_eq!(profile.verified_teacher.unwrap_or(false), teaches, "{who}");
        let permissions: Vec<_> = profile
            .permissions
            .unwrap_or_default()
            .into_iter()
            .map(|global| global.permission.unwrap())
            .collect();
        assert_eq!(
            permissions.concat(),
            if teaches { "CREATE_COURSE" } else { "" }
        );
    }
}

#[tokio::test]
async fn a_teacher_gives_a_class_a_name_finds_it_and_takes_it_away() {
    let sandbox = Sandbox::start();
    let tom = classroom(&sandbox, TOM, &["courses"]);
    let name = || CourseAlias {
        alias: Some("p:h2omer7".to_owned()),
    };
    let names = async || {
        let (_, page) = tom.courses().aliases_list(HOMEROOM).doit().await.unwrap();
        page.aliases
            .unwrap_or_default()
            .into_iter()
            .map(|alias| alias.alias.unwrap())
            .collect::<Vec<_>>()
    };

    assert!(names().await.is_empty());
    let create = || tom.courses().aliases_create(name(), HOMEROOM);
    let (_, created) = create().doit().await.unwrap();
    assert_eq!(created.alias.as_deref(), Some("p:h2omer7"));
    assert_eq!(
        refusal(create().doit().await),
        said(409, "ALREADY_EXISTS", "Requested entity already exists")
    );
    assert_eq!(names().await, ["p:h2omer7"]);

    let delete = || tom.courses().aliases_delete("p:h2omer7", "p:h2omer7");
    delete().doit().await.unwrap();
    assert!(names().await.is_empty());
    assert_eq!(
        refusal(delete().doit().await),
        said(404, "NOT_FOUND", NOT_FOUND)
    );
}

#[tokio::test]
async fn a_token_that_is_made_up_or_has_run_out_is_refused_with_401() {
    let sandbox = Sandbox::start();
    let made_up = with_token(&sandbox, "made-up".to_owned());
    let ran_out = classroom(&sandbox, SAM, READ);
    sandbox.control("PUT", "clock", json!({"offsetSeconds": 2 * 60 * 60}));
    for hub in [made_up, ran_out] {
        let (code, status, message) = refusal(hub.courses().list().doit().await);
        assert_eq!((code, status.as_str()), (401, "UNAUTHENTICATED"));
        assert!(message.starts_with("Request had invalid authentication credentials. "));
    }
}

#[tokio::test]
async fn a_token_without_the_scope_is_refused_with_403_and_the_reason() {
    let sandbox = Sandbox::start();
    let sam = classroom(&sandbox, SAM, &["courses.readonly"]);
    let (error, heard) = join(&sam, BIOLOGY, "k5xq2ma").await.unwrap_err();
    let error = decoded(error);
    assert_eq!(heard.status, Some(403));
    assert_eq!(error["status"], "PERMISSION_DENIED");
    assert_eq!(
        error["message"],
        "Request had insufficient authentication scopes."
    );
    assert_eq!(
        error["details"][0]["reason"],
        "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
    );
}

#[tokio::test]
async fn a_class_of_others_is_refused_with_403_and_an_unknown_one_with_404() {
    let sandbox = Sandbox::start();
    let sam = classroom(&sandbox, SAM, READ);
    let get = async |course: &str| refusal(sam.courses().get(course).doit().await);
    assert_eq!(get(HOMEROOM).await, said(403, "PERMISSION_DENIED", DENIED));
    assert_eq!(get("999").await, said(404, "NOT_FOUND", NOT_FOUND));
    assert_eq!(get("p:zzzzzzz").await, said(404, "NOT_FOUND", NOT_FOUND));
    let membership = sam.courses().students_get(BIOLOGY, "me").doit().await;
    assert_eq!(refusal(membership), said(404, "NOT_FOUND", NOT_FOUND));
}

#[tokio::test]
async fn whoever_is_in_the_class_already_is_refused_with_409() {
    let sandbox = Sandbox::start();
    let maya = classroom(&sandbox, MAYA, &["rosters"]);
    let (error, _) = join(&maya, HOMEROOM, "h2omer7").await.unwrap_err();
    assert_eq!(
        refusal(Err::<(), _>(error)),
        said(409, "ALREADY_EXISTS", "Requested entity already exists")
    );
}

#[tokio::test]
async fn a_wrong_code_is_refused_in_each_of_the_ways_google_might() {
    let sandbox = Sandbox::start();
    let sam = classroom(&sandbox, SAM, &["rosters"]);
    for expected in [
        said(403, "PERMISSION_DENIED", DENIED),
        said(404, "NOT_FOUND", NOT_FOUND),
        said(
            400,
            "INVALID_ARGUMENT",
            "Request contains an invalid argument.",
        ),
    ] {
        sandbox.control("PUT", "behaviour", json!({"wrongCode": expected.0}));
        let (error, _) = join(&sam, BIOLOGY, "wrongaa").await.unwrap_err();
        assert_eq!(refusal(Err::<(), _>(error)), expected);
    }
}

/// The codes of `docs/sandbox.md` that lead to an error in Google's form: HTTP status, canonical
/// status, beginning of the message, and the reason in its `ErrorInfo` where it has one.
#[rustfmt::skip]
const REFUSED: &[(&str, u16, &str, &str, &str)] = &[
    ("fulllll", 400, "FAILED_PRECONDITION", "@CourseMemberLimitReached ", ""),
    ("archive", 400, "FAILED_PRECONDITION", "@CourseNotModifiable ", ""),
    ("noowner", 400, "FAILED_PRECONDITION", "@InactiveCourseOwner ", ""),
    ("foreign", 403, "PERMISSION_DENIED", "@CannotInviteUserInUntrustedDomain ", ""),
    ("groupsx", 400, "FAILED_PRECONDITION", "@UserGroupsMembershipLimitReached ", ""),
    ("disable", 400, "FAILED_PRECONDITION", "Precondition check failed.", ""),
    ("mystery", 400, "FAILED_PRECONDITION", "@CourseOnFieldTrip ", ""),
    ("expired", 401, "UNAUTHENTICATED", "Request had invalid authentication credentials. ", ""),
    ("badacct", 401, "UNAUTHENTICATED", "The account is in an invalid state", "ACCOUNT_STATE_INVALID"),
    ("nocroom", 403, "PERMISSION_DENIED", "@ClassroomDisabled ", ""),
    ("apioffx", 403, "PERMISSION_DENIED", "@ClassroomApiDisabled ", ""),
    ("nosetup", 403, "PERMISSION_DENIED", "Google Classroom API has not been used ", "SERVICE_DISABLED"),
    ("blocked", 403, "PERMISSION_DENIED", "The service is blocked", "USER_BLOCKED_BY_ADMIN"),
    ("missing", 404, "NOT_FOUND", "@CourseNotFound ", ""),
    ("aborted", 409, "ABORTED", "The operation was aborted.", ""),
    ("toomany", 429, "RESOURCE_EXHAUSTED", "@UserCourseJoinRateLimitReached ", ""),
    ("ratelim", 429, "RESOURCE_EXHAUSTED", "Quota exceeded ", "RATE_LIMIT_EXCEEDED"),
    ("oops5oo", 500, "INTERNAL", "Internal error encountered.", ""),
    ("busy5o3", 503, "UNAVAILABLE", "The service is currently unavailable.", ""),
    ("late5o4", 504, "DEADLINE_EXCEEDED", "Deadline expired ", ""),
];

/// The codes that lead to something else, each in a test of its own below.
const OTHERWISE: [&str; 5] = ["html5o2", "nothing", "cutoffb", "cutoffa", "slowwww"];

#[test]
fn no_code_that_leads_to_an_error_is_left_out_here() {
    let state = Sandbox::start().state();
    let seeded: BTreeSet<&str> = state["courses"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|course| course["section"] == "Sandbox")
        .map(|course| course["enrollmentCode"].as_str().unwrap())
        .collect();
    let tried: BTreeSet<&str> = REFUSED.iter().map(|row| row.0).chain(OTHERWISE).collect();
    assert_eq!(seeded, tried);
}

#[tokio::test]
async fn every_refusal_of_the_api_is_read_with_its_status_and_its_reason() {
    let sandbox = Sandbox::start();
    let sam = classroom(&sandbox, SAM, &["rosters"]);
    for &(code, http, status, message, reason) in REFUSED {
        let (error, heard) = join(&sam, &format!("p:{code}"), code).await.unwrap_err();
        let error = decoded(error);
        assert_eq!(heard.status, Some(http), "{code}");
        assert_eq!(error["code"], http, "{code}");
        assert_eq!(error["status"], status, "{code}");
        let found = error["message"].as_str().unwrap();
        assert!(found.starts_with(message), "{code}: {found}");
        let details = &error["details"][0];
        assert_eq!(details["reason"].as_str().unwrap_or(""), reason, "{code}");
        let waits = heard.retry_after.as_deref();
        assert_eq!(waits, (code == "ratelim").then_some("1"), "{code}");
    }
}

#[tokio::test]
async fn a_sign_in_that_ran_out_is_refused_once() {
    let sandbox = Sandbox::start();
    let sam = classroom(&sandbox, SAM, &["rosters"]);
    assert!(join(&sam, "p:expired", "expired").await.is_err());
    assert!(join(&sam, "p:expired", "expired").await.is_ok());
}

#[tokio::test]
async fn a_page_of_html_is_a_failure_that_is_not_read_as_the_apis() {
    let sandbox = Sandbox::start();
    let sam = classroom(&sandbox, SAM, &["rosters"]);
    match join(&sam, "p:html5o2", "html5o2").await.unwrap_err().0 {
        Error::Failure(response) => {
            assert_eq!(response.status(), 502);
            let kind = response.headers()["content-type"].to_str().unwrap();
            assert!(kind.starts_with("text/html"), "{kind}");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_empty_answer_is_a_success_that_cannot_be_read() {
    let sandbox = Sandbox::start();
    let sam = classroom(&sandbox, SAM, &["rosters"]);
    match join(&sam, "p:nothing", "nothing").await.unwrap_err() {
        (Error::JsonDecodeError(body, _), heard) => {
            assert_eq!(body, "");
            assert_eq!(heard.status, None, "no failure by its status");
        }
        other => panic!("{other:?}"),
    }
}

/// Whether the caller is a student of the class, as a client looks it up after a lost answer.
async fn is_in(hub: &Classroom<HttpConnector>, course: &str) -> bool {
    match hub.courses().students_get(course, "me").doit().await {
        Ok(_) => true,
        lost => {
            assert_eq!(refusal(lost), said(404, "NOT_FOUND", NOT_FOUND));
            false
        }
    }
}

#[tokio::test]
async fn a_connection_that_is_cut_leaves_the_answer_open_and_the_class_tells() {
    let sandbox = Sandbox::start();
    let sam = classroom(&sandbox, SAM, &["rosters"]);
    for (code, joined) in [("cutoffb", false), ("cutoffa", true)] {
        let alias = format!("p:{code}");
        match join(&sam, &alias, code).await.unwrap_err() {
            (Error::HttpError(_), _) => {}
            other => panic!("{code}: {other:?}"),
        }
        assert_eq!(is_in(&sam, &alias).await, joined, "{code}");
    }
    let requests = sandbox.requests();
    let requests = requests.as_array().unwrap().iter();
    let posts = requests.filter(|sent| sent["method"] == "POST").count();
    assert_eq!(posts, 2, "the client repeats no request by itself");
}

#[tokio::test]
async fn an_answer_that_keeps_one_waiting_comes_after_the_joining() {
    let sandbox = Sandbox::start();
    let sam = classroom(&sandbox, SAM, &["rosters"]);
    let patience = Duration::from_millis(300);
    let waited = tokio::time::timeout(patience, join(&sam, "p:slowwww", "slowwww")).await;
    assert!(waited.is_err(), "answered at once");
    assert!(is_in(&sam, "p:slowwww").await);
}

/// An invitation as a teacher sends it.
fn invitation(course: &str, who: &str, role: &str) -> Invitation {
    Invitation {
        course_id: Some(course.to_owned()),
        user_id: Some(who.to_owned()),
        role: Some(role.to_owned()),
        ..Invitation::default()
    }
}

/// Invites somebody, and hands on what a listener hears.
async fn invite(
    hub: &Classroom<HttpConnector>,
    wanted: Invitation,
) -> Result<Invitation, (Error, Heard)> {
    let mut heard = Heard::default();
    let call = hub.invitations().create(wanted).delegate(&mut heard);
    let made = call.doit().await;
    made.map(|(_, made)| made).map_err(|error| (error, heard))
}

#[tokio::test]
async fn an_invitation_is_made_read_found_and_accepted() {
    let sandbox = Sandbox::start();
    let tom = classroom(&sandbox, TOM, &["rosters"]);
    let sam = classroom(&sandbox, SAM, &["rosters"]);
    for (wanted, is_in) in [
        (invitation(BIOLOGY, SAM, "STUDENT"), "student"),
        (invitation(CHESS, SAM, "TEACHER"), "teacher"),
    ] {
        let course = wanted.course_id.clone().unwrap();
        let made = invite(&tom, wanted.clone()).await.unwrap();
        assert_eq!(made.course_id, wanted.course_id);
        assert_eq!(made.user_id, Some(sandbox.id(SAM)));
        assert_eq!(made.role, wanted.role);
        let id = made.id.unwrap();

        for hub in [&tom, &sam] {
            let (_, read) = hub.invitations().get(&id).doit().await.unwrap();
            assert_eq!(
                (read.id, read.role),
                (Some(id.clone()), wanted.role.clone())
            );
        }
        let (_, mine) = sam.invitations().list().user_id("me").doit().await.unwrap();
        let mine = mine.invitations.unwrap();
        assert_eq!((mine.len(), &mine[0].id), (1, &Some(id.clone())));

        sam.invitations().accept(&id).doit().await.unwrap();
        assert_eq!(sandbox.is_student(SAM, &course), is_in == "student");
        assert_eq!(sandbox.is_teacher(SAM, &course), is_in == "teacher");
        let (_, none) = sam.invitations().list().user_id("me").doit().await.unwrap();
        assert!(none.invitations.is_none());
    }
}

#[tokio::test]
async fn a_class_changes_hands_when_the_offer_is_accepted() {
    let sandbox = Sandbox::start();
    let carl = classroom(&sandbox, CARL, READ);
    let (_, mine) = carl
        .invitations()
        .list()
        .user_id("me")
        .doit()
        .await
        .unwrap();
    let offer = mine.invitations.unwrap().remove(0);
    assert_eq!(offer.role.as_deref(), Some("OWNER"));
    let id = offer.id.unwrap();
    carl.invitations().accept(&id).doit().await.unwrap();
    let (_, chess) = carl.courses().get(CHESS).doit().await.unwrap();
    assert_eq!(chess.owner_id, Some(sandbox.id(CARL)));
}

#[tokio::test]
async fn an_invitation_is_declined_and_another_withdrawn() {
    let sandbox = Sandbox::start();
    for (who, invited) in [(WANDA, WANDA), (TOM, IVY)] {
        let id = sandbox.invitation(BIOLOGY, invited);
        let hub = classroom(&sandbox, who, &["rosters"]);
        hub.invitations().delete(&id).doit().await.unwrap();
        let gone = || said(404, "NOT_FOUND", NOT_FOUND);
        assert_eq!(refusal(hub.invitations().delete(&id).doit().await), gone());
        assert_eq!(refusal(hub.invitations().get(&id).doit().await), gone());
        assert_eq!(refusal(hub.invitations().accept(&id).doit().await), gone());
    }
}

#[tokio::test]
async fn open_invitations_are_turned_over_page_by_page_and_each_comes_once() {
    let sandbox = Sandbox::start();
    let ivy = classroom(&sandbox, IVY, &["rosters.readonly"]);
    let expected = sandbox.state()["invitations"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|open| open["userId"] == sandbox.id(IVY))
        .count();
    sandbox.control("PUT", "behaviour", json!({"invitationsPerPage": 2}));
    let (mut seen, mut token) = (Vec::new(), None::<String>);
    for _ in 0..MOST_PAGES {
        let mut call = ivy.invitations().list().user_id("me").page_size(100);
        if let Some(token) = &token {
            call = call.page_token(token);
        }
        let (_, page) = call.doit().await.unwrap();
        let open = page.invitations.unwrap();
        assert!(open.len() <= 2);
        seen.extend(open.into_iter().map(|open| open.id.unwrap()));
        token = page.next_page_token;
        if token.is_none() {
            break;
        }
    }
    assert_eq!(token, None, "the pages come to an end");
    let each: BTreeSet<_> = seen.iter().collect();
    assert_eq!((seen.len(), each.len()), (expected, expected));
}

#[tokio::test]
async fn a_page_token_fits_only_the_same_call() {
    let sandbox = Sandbox::start();
    sandbox.control("PUT", "behaviour", json!({"invitationsPerPage": 1}));
    let tom = classroom(&sandbox, TOM, &["rosters"]);
    let list = |course: &str| tom.invitations().list().course_id(course);
    let (_, page) = list(BIOLOGY).doit().await.unwrap();
    let next = page.next_page_token.unwrap();
    assert!(list(BIOLOGY).page_token(&next).doit().await.is_ok());
    let invalid = || {
        said(
            400,
            "INVALID_ARGUMENT",
            "Request contains an invalid argument.",
        )
    };
    let other = list(CHESS).page_token(&next).doit().await;
    assert_eq!(refusal(other), invalid());
    let sized = list(BIOLOGY).page_size(5).page_token(&next).doit().await;
    assert_eq!(refusal(sized), invalid());
    let neither = tom.invitations().list().doit().await;
    assert_eq!(refusal(neither), invalid());
}

/// The addresses of `docs/sandbox.md` that answer an invitation with an error in Google's form:
/// name, HTTP status, canonical status, beginning of the message, reason in its `ErrorInfo`.
#[rustfmt::skip]
const NOT_INVITED: &[(&str, u16, &str, &str, &str)] = &[
    ("newcomer", 404, "NOT_FOUND", NOT_FOUND, ""),
    ("disabled", 400, "FAILED_PRECONDITION", "Precondition check failed.", ""),
    ("already", 400, "FAILED_PRECONDITION", "Precondition check failed.", ""),
    ("invited", 409, "ALREADY_EXISTS", "Requested entity already exists", ""),
    ("ineligible", 400, "FAILED_PRECONDITION", "@IneligibleOwner ", ""),
    ("offered", 400, "FAILED_PRECONDITION", "@PendingInvitationExists ", ""),
    ("owner", 400, "FAILED_PRECONDITION", "@UserAlreadyOwner ", ""),
    ("quota", 429, "RESOURCE_EXHAUSTED", "@UserInvitationQuotaExhausted ", ""),
    ("denied", 403, "PERMISSION_DENIED", DENIED, ""),
    ("missing", 404, "NOT_FOUND", NOT_FOUND, ""),
    ("noclass", 404, "NOT_FOUND", "@CourseNotFound ", ""),
    ("invalid", 400, "INVALID_ARGUMENT", "Request contains an invalid argument.", ""),
    ("mystery", 400, "FAILED_PRECONDITION", "@CourseOnFieldTrip ", ""),
    ("expired", 401, "UNAUTHENTICATED", "Request had invalid authentication credentials. ", ""),
    ("badacct", 401, "UNAUTHENTICATED", "The account is in an invalid state", "ACCOUNT_STATE_INVALID"),
    ("nocroom", 403, "PERMISSION_DENIED", "@ClassroomDisabled ", ""),
    ("apioff", 403, "PERMISSION_DENIED", "@ClassroomApiDisabled ", ""),
    ("nosetup", 403, "PERMISSION_DENIED", "Google Classroom API has not been used ", "SERVICE_DISABLED"),
    ("blocked", 403, "PERMISSION_DENIED", "The service is blocked", "USER_BLOCKED_BY_ADMIN"),
    ("aborted", 409, "ABORTED", "The operation was aborted.", ""),
    ("ratelim", 429, "RESOURCE_EXHAUSTED", "Quota exceeded ", "RATE_LIMIT_EXCEEDED"),
    ("internal", 500, "INTERNAL", "Internal error encountered.", ""),
    ("busy", 503, "UNAVAILABLE", "The service is currently unavailable.", ""),
    ("late", 504, "DEADLINE_EXCEEDED", "Deadline expired ", ""),
];

#[tokio::test]
async fn every_refusal_of_an_invitation_is_read_with_its_status_and_its_reason() {
    let sandbox = Sandbox::start();
    let tom = classroom(&sandbox, TOM, &["rosters"]);
    for &(name, http, status, message, reason) in NOT_INVITED {
        let who = format!("{name}@school.example");
        let wanted = invitation(BIOLOGY, &who, "STUDENT");
        let (error, heard) = invite(&tom, wanted).await.unwrap_err();
        let error = decoded(error);
        assert_eq!(heard.status, Some(http), "{name}");
        assert_eq!(error["status"], status, "{name}");
        let found = error["message"].as_str().unwrap();
        assert!(found.starts_with(message), "{name}: {found}");
        let details = &error["details"][0];
        assert_eq!(details["reason"].as_str().unwrap_or(""), reason, "{name}");
    }
}

#[tokio::test]
async fn what_the_school_forbids_an_inviter_is_read_too() {
    let sandbox = Sandbox::start();
    let tom = classroom(&sandbox, TOM, &["rosters"]);
    for (course, who, role, code, message) in [
        (
            BIOLOGY,
            WANDA,
            "STUDENT",
            409,
            "Requested entity already exists",
        ),
        (BIOLOGY, PRIYA, "TEACHER", 400, "Precondition check failed."),
        (
            BIOLOGY,
            "untrusted@other.example",
            "STUDENT",
            403,
            "@CannotInviteUserInUntrustedDomain ",
        ),
        (BIOLOGY, "nobody@school.example", "STUDENT", 404, NOT_FOUND),
        ("999", SAM, "STUDENT", 404, NOT_FOUND),
        ("760100000101", SAM, "STUDENT", 403, DENIED),
        (CHESS, SAM, "OWNER", 400, "@IneligibleOwner "),
        (CHESS, TOM, "OWNER", 400, "@UserAlreadyOwner "),
        (CHESS, KOFI, "OWNER", 400, "@PendingInvitationExists "),
    ] {
        let (error, _) = invite(&tom, invitation(course, who, role))
            .await
            .unwrap_err();
        let (found, _, text) = refusal(Err::<(), _>(error));
        assert_eq!(found, code, "{who} as {role}");
        assert!(text.starts_with(message), "{who} as {role}: {text}");
    }
    sandbox.control("PUT", "behaviour", json!({"invitationsADay": 0}));
    let (error, _) = invite(&tom, invitation(BIOLOGY, SAM, "STUDENT"))
        .await
        .unwrap_err();
    let (code, status, message) = refusal(Err::<(), _>(error));
    assert_eq!((code, status.as_str()), (429, "RESOURCE_EXHAUSTED"));
    assert!(message.starts_with("@UserInvitationQuotaExhausted "));
}

#[tokio::test]
async fn what_stands_in_the_way_of_accepting_is_read() {
    let sandbox = Sandbox::start();
    let ivy = classroom(&sandbox, IVY, &["rosters"]);
    for (course, code, message) in [
        ("760100000101", 400, "@CourseMemberLimitReached "),
        ("760100000102", 400, "@CourseNotModifiable "),
        ("760100000105", 400, "@UserGroupsMembershipLimitReached "),
        ("760200000202", 400, "@CourseTeacherLimitReached "),
        ("760200000204", 404, NOT_FOUND),
        ("760200000205", 404, NOT_FOUND),
    ] {
        let id = sandbox.invitation(course, IVY);
        let accepted = ivy.invitations().accept(&id).doit().await;
        let (found, _, text) = refusal(accepted);
        assert_eq!(found, code, "{course}");
        assert!(text.starts_with(message), "{course}: {text}");
    }
    let id = sandbox.invitation(BIOLOGY, WANDA);
    let others = ivy.invitations().accept(&id).doit().await;
    assert_eq!(refusal(others), said(403, "PERMISSION_DENIED", DENIED));
}

#[tokio::test]
async fn a_class_that_is_kept_from_the_invited_is_refused_and_another_is_read() {
    let sandbox = Sandbox::start();
    let ivy = classroom(&sandbox, IVY, READ);
    let (_, drama) = ivy.courses().get("760200000201").doit().await.unwrap();
    assert_eq!(drama.name.as_deref(), Some("Drama Club"));
    assert_eq!(drama.enrollment_code, None);
    let secret = ivy.courses().get("760200000203").doit().await;
    assert_eq!(refusal(secret), said(403, "PERMISSION_DENIED", DENIED));
}

/// A teacher as an administrator adds one.
fn teacher(who: &str) -> Teacher {
    Teacher {
        user_id: Some(who.to_owned()),
        ..Teacher::default()
    }
}

#[tokio::test]
async fn an_administrator_adds_a_teacher_who_is_then_read_and_taken_out() {
    let sandbox = Sandbox::start();
    let ada = classroom(&sandbox, ADA, READ);
    let create = || ada.courses().teachers_create(teacher(CARL), BIOLOGY);
    let (_, added) = create().doit().await.unwrap();
    assert_eq!(added.course_id.as_deref(), Some(BIOLOGY));
    assert_eq!(added.user_id, Some(sandbox.id(CARL)));
    assert_eq!(added.profile.unwrap().email_address.as_deref(), Some(CARL));
    assert_eq!(
        refusal(create().doit().await),
        said(409, "ALREADY_EXISTS", "Requested entity already exists")
    );

    let get = || ada.courses().teachers_get(BIOLOGY, CARL);
    let (_, read) = get().doit().await.unwrap();
    assert_eq!(read.user_id, Some(sandbox.id(CARL)));
    let (_, page) = ada.courses().teachers_list(BIOLOGY).doit().await.unwrap();
    let listed: Vec<_> = page
        .teachers
        .unwrap()
        .into_iter()
        .map(|teacher| teacher.user_id.unwrap())
        .collect();
    assert_eq!(listed, [TOM, PRIYA, CARL].map(|who| sandbox.id(who)));

    let delete = |who: &str| ada.courses().teachers_delete(BIOLOGY, who);
    delete(CARL).doit().await.unwrap();
    let gone = said(404, "NOT_FOUND", NOT_FOUND);
    assert_eq!(refusal(get().doit().await), gone);
    assert_eq!(refusal(delete(CARL).doit().await), gone);
    let (code, _, message) = refusal(delete(TOM).doit().await);
    assert_eq!(code, 400);
    assert!(message.starts_with("@CannotRemoveCourseOwner "));
}

#[tokio::test]
async fn an_administrator_adds_and_takes_out_a_student_and_meets_the_limits() {
    let sandbox = Sandbox::start();
    let ada = classroom(&sandbox, ADA, READ);
    let student = |who: &str| Student {
        user_id: Some(who.to_owned()),
        ..Student::default()
    };
    let create = ada.courses().students_create(student(SAM), BIOLOGY);
    create.doit().await.unwrap();
    let delete = ada.courses().students_delete(BIOLOGY, SAM);
    delete.doit().await.unwrap();

    for (who, course, code, beginning) in [
        ("ines@other.example", BIOLOGY, 403, "@CannotDirectAddUser "),
        (
            "newcomer@school.example",
            BIOLOGY,
            403,
            "@CannotDirectAddUser ",
        ),
        (
            "groups@school.example",
            BIOLOGY,
            400,
            "@UserGroupsMembershipLimitReached ",
        ),
        (
            "disabled@school.example",
            BIOLOGY,
            400,
            "Precondition check failed.",
        ),
        ("missing@school.example", BIOLOGY, 404, NOT_FOUND),
        (SAM, "760100000101", 400, "@CourseMemberLimitReached "),
        (SAM, "760100000102", 400, "@CourseNotModifiable "),
        (SAM, "760100000103", 403, DENIED),
        (SAM, "760100000104", 403, DENIED),
        (SAM, "999", 404, NOT_FOUND),
    ] {
        let both = [
            refusal(
                ada.courses()
                    .students_create(student(who), course)
                    .doit()
                    .await,
            ),
            refusal(
                ada.courses()
                    .teachers_create(teacher(who), course)
                    .doit()
                    .await,
            ),
        ];
        for (found, _, message) in both {
            assert_eq!(found, code, "{who} in {course}");
            assert!(
                message.starts_with(beginning),
                "{who} in {course}: {message}"
            );
        }
    }
    let crowded = ada.courses().teachers_create(teacher(SAM), "760200000202");
    let (_, _, message) = refusal(crowded.doit().await);
    assert!(message.starts_with("@CourseTeacherLimitReached "));
}

#[tokio::test]
async fn somebody_elses_profile_is_read_by_whoever_teaches_or_invited_them() {
    let sandbox = Sandbox::start();
    let tom = classroom(&sandbox, TOM, READ);
    for who in [MAYA, WANDA] {
        let (_, profile) = tom.user_profiles().get(who).doit().await.unwrap();
        assert_eq!(profile.id, Some(sandbox.id(who)));
    }
    for who in [SAM, "otto@partner.example", "nobody@school.example"] {
        let refused = refusal(tom.user_profiles().get(who).doit().await);
        assert_eq!(refused, said(403, "PERMISSION_DENIED", DENIED), "{who}");
    }
}
