//! Literal bodies from `tests/fixtures/errors/`, one a file, named `<HTTP number>_<what it is>`.
//!
//! Texts and outlines are those of Google's pages and of answers that people published; where no
//! verbatim message of a reason is known, the text after its name is made up.

use std::{collections::BTreeMap, fs, path::Path};

use super::*;
use crate::classroom::{reason::Reason as R, status::Status as S, wait};

fn fixtures() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/errors");
    fs::read_dir(folder)
        .unwrap()
        .map(|file| {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn http_of(name: &str) -> u16 {
    name.split_once('_').unwrap().0.parse().unwrap()
}

fn read(name: &str) -> ApiError {
    let body = &fixtures()[name];
    ApiError::from_answer(http_of(name), None, body)
}

fn refusal(name: &str) -> Refusal {
    match read(name) {
        ApiError::Refused(refusal) => refusal,
        other => panic!("{name}: {other:?}"),
    }
}

/// What every file is: status and reason, or none of the API's answers.
#[rustfmt::skip]
fn refusals() -> Vec<(&'static str, S, Option<R>)> {
    vec![
        ("200_error_object.json", S::PermissionDenied, Some(R::ClassroomDisabled)),
        ("400_at_sign_without_name.json", S::FailedPrecondition, None),
        ("400_attachment_not_visible.json", S::FailedPrecondition, Some(R::AttachmentNotVisible)),
        ("400_bad_request_fields.json", S::InvalidArgument, None),
        ("400_cannot_remove_course_folder_owner.json", S::FailedPrecondition, Some(R::CannotRemoveCourseFolderOwner)),
        ("400_cannot_remove_course_owner.json", S::FailedPrecondition, Some(R::CannotRemoveCourseOwner)),
        ("400_cannot_remove_course_owner_transfer_incomplete.json", S::FailedPrecondition, Some(R::CannotRemoveCourseOwnerTransferIncomplete)),
        ("400_cannot_remove_teacher_with_no_course_owner.json", S::FailedPrecondition, Some(R::CannotRemoveTeacherWithNoCourseOwner)),
        ("400_course_member_limit_reached.json", S::FailedPrecondition, Some(R::CourseMemberLimitReached)),
        ("400_course_not_modifiable.json", S::FailedPrecondition, Some(R::CourseNotModifiable)),
        ("400_course_teacher_limit_reached.json", S::FailedPrecondition, Some(R::CourseTeacherLimitReached)),
        ("400_course_title_cannot_contain_url.json", S::FailedPrecondition, Some(R::CourseTitleCannotContainUrl)),
        ("400_course_topic_limit_reached.json", S::FailedPrecondition, Some(R::CourseTopicLimitReached)),
        ("400_empty_assignees.json", S::FailedPrecondition, Some(R::EmptyAssignees)),
        ("400_inactive_course_owner.json", S::FailedPrecondition, Some(R::InactiveCourseOwner)),
        ("400_ineligible_owner.json", S::FailedPrecondition, Some(R::IneligibleOwner)),
        ("400_invalid_argument.json", S::InvalidArgument, None),
        ("400_list_courses_student_and_teacher_filter.json", S::FailedPrecondition, Some(R::ListCoursesStudentAndTeacherFilter)),
        ("400_out_of_range.json", S::OutOfRange, None),
        ("400_pending_invitation_exists.json", S::FailedPrecondition, Some(R::PendingInvitationExists)),
        ("400_precondition_failed.json", S::FailedPrecondition, None),
        ("400_reason_in_errors_list_alone.json", S::FailedPrecondition, Some(R::CourseNotModifiable)),
        ("400_reason_with_colon.json", S::FailedPrecondition, Some(R::CourseNotModifiable)),
        ("400_similar_name.json", S::FailedPrecondition, Some(R::Other("CourseNotModifiableYet".to_owned()))),
        ("400_status_missing.json", S::Missing(400), None),
        ("400_two_reasons.json", S::FailedPrecondition, Some(R::CourseNotModifiable)),
        ("400_unknown_reason.json", S::FailedPrecondition, Some(R::Other("MoonPhaseWrong".to_owned()))),
        ("400_user_already_owner.json", S::FailedPrecondition, Some(R::UserAlreadyOwner)),
        ("400_user_cannot_own_course.json", S::FailedPrecondition, Some(R::UserCannotOwnCourse)),
        ("400_user_groups_membership_limit_reached.json", S::FailedPrecondition, Some(R::UserGroupsMembershipLimitReached)),
        ("401_access_token_expired.json", S::Unauthenticated, Some(R::AccessTokenExpired)),
        ("401_access_token_type_unsupported.json", S::Unauthenticated, Some(R::AccessTokenTypeUnsupported)),
        ("401_account_state_invalid.json", S::Unauthenticated, Some(R::AccountStateInvalid)),
        ("401_credentials_missing.json", S::Unauthenticated, Some(R::CredentialsMissing)),
        ("401_unauthenticated.json", S::Unauthenticated, None),
        ("403_caller_does_not_have_permission.json", S::PermissionDenied, None),
        ("403_cannot_direct_add_user.json", S::PermissionDenied, Some(R::CannotDirectAddUser)),
        ("403_cannot_invite_user_in_untrusted_domain.json", S::PermissionDenied, Some(R::CannotInviteUserInUntrustedDomain)),
        ("403_classroom_api_disabled.json", S::PermissionDenied, Some(R::ClassroomApiDisabled)),
        ("403_classroom_api_disabled_older.json", S::PermissionDenied, Some(R::ClassroomApiDisabled)),
        ("403_classroom_disabled.json", S::PermissionDenied, Some(R::ClassroomDisabled)),
        ("403_consumer_invalid.json", S::PermissionDenied, Some(R::ConsumerInvalid)),
        ("403_consumer_suspended.json", S::PermissionDenied, Some(R::ConsumerSuspended)),
        ("403_empty_error.json", S::PermissionDenied, None),
        ("403_expired_add_on_token.json", S::PermissionDenied, Some(R::ExpiredAddOnToken)),
        ("403_good_json_as_plain_text.txt", S::PermissionDenied, None),
        ("403_invalid_add_on_token.json", S::PermissionDenied, Some(R::InvalidAddOnToken)),
        ("403_missing_grant.json", S::PermissionDenied, Some(R::MissingGrant)),
        ("403_not_google_apps_user.json", S::PermissionDenied, Some(R::NotGoogleAppsUser)),
        ("403_odd_types.json", S::PermissionDenied, None),
        ("403_project_permission_denied.json", S::PermissionDenied, Some(R::ProjectPermissionDenied)),
        ("403_rate_limit_errors_list.json", S::PermissionDenied, Some(R::RateLimitExceeded)),
        ("403_scope_error_info.json", S::PermissionDenied, Some(R::ScopeMissing)),
        ("403_scope_errors_list.json", S::PermissionDenied, Some(R::ScopeMissing)),
        ("403_scope_message_alone.json", S::PermissionDenied, Some(R::ScopeMissing)),
        ("403_service_disabled.json", S::PermissionDenied, Some(R::ServiceDisabled)),
        ("403_service_disabled_errors_list.json", S::PermissionDenied, Some(R::ServiceDisabled)),
        ("403_service_disabled_message_alone.json", S::PermissionDenied, Some(R::ServiceDisabled)),
        ("403_status_missing.json", S::PermissionDenied, None),
        ("403_user_blocked_by_admin.json", S::PermissionDenied, Some(R::UserBlockedByAdmin)),
        ("403_user_ineligible_to_update_grading_period_settings.json", S::PermissionDenied, Some(R::UserIneligibleToUpdateGradingPeriodSettings)),
        ("404_course_not_found.json", S::NotFound, Some(R::CourseNotFound)),
        ("404_not_found.json", S::NotFound, None),
        ("409_aborted.json", S::Aborted, None),
        ("409_already_exists.json", S::AlreadyExists, None),
        ("409_without_status.json", S::Missing(409), None),
        ("429_no_reason.json", S::ResourceExhausted, None),
        ("429_rate_limit_exceeded.json", S::ResourceExhausted, Some(R::RateLimitExceeded)),
        ("429_retry_info.json", S::ResourceExhausted, None),
        ("429_retry_info_odd.json", S::ResourceExhausted, None),
        ("429_user_course_join_rate_limit_reached.json", S::ResourceExhausted, Some(R::UserCourseJoinRateLimitReached)),
        ("429_user_invitation_quota_exhausted.json", S::ResourceExhausted, Some(R::UserInvitationQuotaExhausted)),
        ("499_cancelled.json", S::Cancelled, None),
        ("500_data_loss.json", S::DataLoss, None),
        ("500_internal.json", S::Internal, None),
        ("500_status_missing.json", S::Internal, None),
        ("500_unknown.json", S::Unknown, None),
        ("501_unimplemented.json", S::Unimplemented, None),
        ("503_one_item_array.json", S::Unavailable, None),
        ("503_unavailable.json", S::Unavailable, None),
        ("503_unknown_status.json", S::Other("OVERLOADED".to_owned()), None),
        ("504_deadline_exceeded.json", S::DeadlineExceeded, None),
    ]
}

const NO_ANSWER_OF_THE_API: &[&str] = &[
    "0_opaque.txt",
    "200_blank.txt",
    "200_captive_portal.html",
    "200_cut_off.json",
    "200_empty.txt",
    "200_filter_page.html",
    "200_null.json",
    "401_oauth_shape.json",
    "403_cut_off.json",
    "403_filter_page.html",
    "429_sorry_page.html",
    "500_empty.txt",
    "502_google_page.html",
    "502_proxy_page.html",
    "503_cut_off.json",
    "503_empty_array.json",
    "504_gateway.txt",
];

#[test]
fn every_file_is_read_as_its_row_says_and_none_is_without_a_row() {
    let mut files = fixtures();
    for (name, status, reason) in refusals() {
        let body = files.remove(name).unwrap_or_else(|| panic!("no {name}"));
        let ApiError::Refused(refusal) = ApiError::from_answer(http_of(name), None, &body) else {
            panic!("{name} is not read")
        };
        assert_eq!((refusal.status, refusal.reason), (status, reason), "{name}");
        assert_eq!(refusal.http, http_of(name));
    }
    for name in NO_ANSWER_OF_THE_API {
        let body = files.remove(*name).unwrap_or_else(|| panic!("no {name}"));
        let http = http_of(name);
        let bad = ApiError::BadResponse {
            http,
            retry_after: None,
        };
        assert_eq!(ApiError::from_answer(http, None, &body), bad, "{name}");
    }
    let without: Vec<_> = files.keys().collect();
    assert!(without.is_empty(), "without a row: {without:?}");
}

#[test]
fn every_reason_and_every_status_has_a_file() {
    let rows = refusals();
    for reason in R::KNOWN {
        let of_it = |row: &&(_, S, Option<R>)| row.2.as_ref() == Some(reason);
        assert!(rows.iter().any(|row| of_it(&row)), "{reason:?}");
    }
    for status in &S::KNOWN {
        assert!(rows.iter().any(|row| row.1 == *status), "{status:?}");
    }
}

#[test]
fn the_message_is_kept_without_its_name() {
    for (name, message) in [
        (
            "403_classroom_api_disabled.json",
            "The user is not permitted to access the Classroom API.",
        ),
        (
            "403_classroom_api_disabled_older.json",
            "The user is not permitted to access the Classroom API.",
        ),
        (
            "403_caller_does_not_have_permission.json",
            "The caller does not have permission",
        ),
        ("403_not_google_apps_user.json", ""),
        ("400_reason_with_colon.json", "The course is archived."),
        (
            "400_reason_in_errors_list_alone.json",
            "The course is archived.",
        ),
        ("400_unknown_reason.json", "Wait for the new moon."),
        (
            "400_at_sign_without_name.json",
            "@ the moment this is not possible.",
        ),
        ("409_without_status.json", "Conflict"),
        ("403_odd_types.json", ""),
    ] {
        assert_eq!(refusal(name).message, message, "{name}");
    }
}

#[test]
fn a_name_ends_where_its_letters_end() {
    for (message, name, rest) in [
        ("@Name", Some("Name"), ""),
        ("@Name text", Some("Name"), "text"),
        ("@Name\ttext", Some("Name"), "text"),
        ("@Name: text", Some("Name"), "text"),
        ("@SNAKE_CASE text", Some("SNAKE_CASE"), "text"),
        ("@", None, "@"),
        ("@ hello", None, "@ hello"),
        ("@a-b hello", None, "@a-b hello"),
        (
            "@school.example is not trusted",
            None,
            "@school.example is not trusted",
        ),
        ("@Näme text", None, "@Näme text"),
        ("Hello @Name text", None, "Hello @Name text"),
    ] {
        assert_eq!(body::split_reason(message), (name, rest), "{message}");
    }
    let longest = "a".repeat(body::LONGEST_NAME);
    let whole = format!("@{longest} text");
    assert_eq!(body::split_reason(&whole), (Some(&*longest), "text"));
    let whole = format!("@{longest}a text");
    assert_eq!(body::split_reason(&whole), (None, &*whole));
}

#[test]
fn what_infrastructure_says_is_kept_for_it_in_a_fixed_order() {
    let own = |notes: &[(&'static str, &str)]| -> Vec<_> {
        notes
            .iter()
            .map(|(about, note)| (*about, (*note).to_owned()))
            .collect()
    };
    assert_eq!(
        refusal("429_rate_limit_exceeded.json").notes,
        own(&[
            ("domain", "googleapis.com"),
            ("service", "classroom.googleapis.com"),
            ("consumer", "projects/123"),
            ("quota_limit", "RequestsPerMinutePerProjectPerUser"),
            ("quota", "project_number:123: Requests per minute per user"),
            (
                "help",
                "Request a higher quota limit.: https://cloud.google.com/docs/quotas"
            ),
            ("localized message", "Quota dépassé."),
            ("older error", "global: rateLimitExceeded"),
        ])
    );
    assert_eq!(
        refusal("401_unauthenticated.json").notes,
        own(&[("older error", "global: authError: Invalid Credentials")])
    );
    assert_eq!(
        refusal("400_bad_request_fields.json").notes,
        own(&[(
            "field",
            "student.user_id: Invalid value at 'student.user_id' (TYPE_STRING), 7"
        )])
    );
    assert_eq!(
        refusal("401_account_state_invalid.json").notes,
        own(&[
            ("domain", "googleapis.com"),
            ("service", "classroom.googleapis.com")
        ]),
        "without the account's address"
    );
    assert_eq!(refusal("403_odd_types.json").notes, Vec::new());
}

#[test]
fn the_longer_of_the_two_waits_is_kept() {
    let asked = |name: &str, header| {
        ApiError::from_answer(http_of(name), header, &fixtures()[name]).retry_after()
    };
    for (name, header, wait) in [
        ("429_retry_info.json", None, Some(3_000)),
        ("429_retry_info.json", Some(1_000), Some(3_000)),
        ("429_retry_info.json", Some(5_000), Some(5_000)),
        ("429_rate_limit_exceeded.json", None, Some(500)),
        ("503_one_item_array.json", None, Some(30_000)),
        ("429_retry_info_odd.json", None, None),
        ("503_unavailable.json", Some(0), Some(0)),
        ("503_cut_off.json", Some(7_000), Some(7_000)),
        ("502_google_page.html", Some(7_000), Some(7_000)),
        ("502_google_page.html", None, None),
    ] {
        assert_eq!(asked(name, header), wait, "{name}, header {header:?}");
    }
    assert_eq!(ApiError::Network.retry_after(), None);
    assert_eq!(ApiError::Timeout.retry_after(), None);
}

#[test]
fn exactly_these_are_worth_another_try_unasked() {
    assert!(ApiError::Network.is_transient());
    assert!(!ApiError::Timeout.is_transient());
    let passing: Vec<_> = fixtures()
        .into_iter()
        .filter(|(name, body)| ApiError::from_answer(http_of(name), None, body).is_transient())
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        passing,
        [
            "0_opaque.txt",
            "200_blank.txt",
            "200_captive_portal.html",
            "200_cut_off.json",
            "200_empty.txt",
            "200_filter_page.html",
            "200_null.json",
            "403_rate_limit_errors_list.json",
            "409_aborted.json",
            "429_no_reason.json",
            "429_rate_limit_exceeded.json",
            "429_retry_info.json",
            "429_retry_info_odd.json",
            "429_sorry_page.html",
            "500_data_loss.json",
            "500_empty.txt",
            "500_internal.json",
            "500_status_missing.json",
            "500_unknown.json",
            "502_google_page.html",
            "502_proxy_page.html",
            "503_cut_off.json",
            "503_empty_array.json",
            "503_one_item_array.json",
            "503_unavailable.json",
            "503_unknown_status.json",
            "504_deadline_exceeded.json",
            "504_gateway.txt",
        ]
    );
}

#[test]
fn lost_answers_leave_doubt_and_refusals_do_not() {
    assert!(ApiError::Network.leaves_doubt());
    assert!(ApiError::Timeout.leaves_doubt());
    for (name, doubt) in [
        ("200_filter_page.html", true),
        ("502_google_page.html", true),
        ("500_internal.json", true),
        ("503_unavailable.json", true),
        ("504_deadline_exceeded.json", true),
        ("409_aborted.json", true),
        ("409_without_status.json", true),
        ("409_already_exists.json", false),
        ("429_no_reason.json", false),
        ("403_caller_does_not_have_permission.json", false),
        ("400_course_not_modifiable.json", false),
    ] {
        assert_eq!(read(name).leaves_doubt(), doubt, "{name}");
    }
}

#[test]
fn a_hostile_body_makes_no_large_card() {
    let long = "é".repeat(1_000_000);
    let violation = format!(r#"{{"subject":"{long}","description":"{long}"}}"#);
    let violations = [violation.as_str(); 20].join(",");
    let body = format!(
        r#"{{"error":{{"message":"@CourseNotModifiable {long}","status":"{long}","details":[
            {{"@type":"google.rpc.RetryInfo","retryDelay":"99999999999999999999s"}},
            {{"@type":"google.rpc.ErrorInfo","reason":"{long}","domain":"{long}"}},
            {{"@type":"google.rpc.QuotaFailure","violations":[{violations}]}}]}}}}"#
    );
    let ApiError::Refused(refusal) = ApiError::from_answer(400, None, &body) else {
        panic!("not read")
    };
    assert_eq!(refusal.status, S::Missing(400), "a name that long is none");
    assert_eq!(refusal.reason, Some(R::CourseNotModifiable));
    let kept = refusal.message.chars().count();
    assert_eq!(kept, Refusal::LONGEST_MESSAGE + 1);
    assert!(refusal.message.ends_with('…'));
    assert_eq!(refusal.notes.len(), Refusal::MOST_NOTES);
    for (_, note) in &refusal.notes {
        assert_eq!(note.chars().count(), Refusal::LONGEST_NOTE + 1);
    }
    assert_eq!(refusal.retry_after, Some(wait::LONGEST));
}
