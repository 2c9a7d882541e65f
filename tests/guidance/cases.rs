//! Everything that guidance is asked about: what was done, and what came of it.

use hallpass::{
    classroom::{
        error::{ApiError, Refusal},
        reason::Reason,
        status::Status,
    },
    config::{self, Config, ConfigError, params::PageParams},
    entry::EntryError,
    guidance::{
        Audience::{self, Administrator, Invited, Student, Teacher},
        SignInError, Task, Trouble,
    },
};

/// Something that is done, by a call of the API.
#[derive(Debug, PartialEq, Eq)]
pub struct Doing {
    pub task: Task,
    pub call: &'static str,
    /// As in "a student, joining".
    pub name: &'static str,
    /// Who does it.
    pub readers: &'static [Audience],
}

const fn doing(
    task: Task,
    call: &'static str,
    name: &'static str,
    readers: &'static [Audience],
) -> Doing {
    Doing {
        task,
        call,
        name,
        readers,
    }
}

pub const SIGNING_IN: Doing = doing(
    Task::SignIn,
    "userProfiles.get",
    "signing in",
    &Audience::ALL,
);
pub const JOINING: Doing = doing(
    Task::Join,
    "courses.students.create",
    "joining",
    &[Student, Teacher, Administrator],
);
pub const ACCEPTING: Doing = doing(
    Task::Received,
    "invitations.accept",
    "accepting an invitation",
    &[Invited],
);
pub const DECLINING: Doing = doing(
    Task::Received,
    "invitations.delete",
    "declining an invitation",
    &[Invited],
);
pub const INVITING: Doing = doing(
    Task::Invite,
    "invitations.create",
    "inviting",
    &[Teacher, Administrator],
);
pub const WITHDRAWING: Doing = doing(
    Task::Pending,
    "invitations.delete",
    "withdrawing an invitation",
    &[Teacher, Administrator],
);
pub const SENDING_AGAIN: Doing = doing(
    Task::Pending,
    "invitations.create",
    "sending an invitation again",
    &[Teacher, Administrator],
);
pub const ADDING: Doing = doing(
    Task::Enroll,
    "courses.students.create",
    "adding students",
    &[Administrator],
);
pub const SWITCHING_ON: Doing = doing(
    Task::Share,
    "courses.aliases.create",
    "letting students join with the code alone",
    &[Teacher, Administrator],
);
pub const SWITCHING_OFF: Doing = doing(
    Task::Share,
    "courses.aliases.delete",
    "no longer letting students join with the code alone",
    &[Teacher, Administrator],
);

/// Everything that is done.
pub const ALL: [&Doing; 10] = [
    &SIGNING_IN,
    &JOINING,
    &ACCEPTING,
    &DECLINING,
    &INVITING,
    &WITHDRAWING,
    &SENDING_AGAIN,
    &ADDING,
    &SWITCHING_ON,
    &SWITCHING_OFF,
];
/// Everything that is done with a class or in one.
const IN_A_CLASS: [&Doing; 9] = [
    &JOINING,
    &ACCEPTING,
    &DECLINING,
    &INVITING,
    &WITHDRAWING,
    &SENDING_AGAIN,
    &ADDING,
    &SWITCHING_ON,
    &SWITCHING_OFF,
];

type Doings = &'static [&'static Doing];

/// What a reason means, the status it comes with, and what can meet it: Google's reference of each
/// method, and its page of error messages.
pub fn about(reason: &Reason) -> (&'static str, Status, Doings) {
    use Status::{
        FailedPrecondition, InvalidArgument, NotFound, PermissionDenied, ResourceExhausted,
        Unauthenticated,
    };
    match reason {
        Reason::AccessTokenExpired => ("The sign-in ran out.", Unauthenticated, &ALL),
        Reason::AccessTokenTypeUnsupported => (
            "The token is of a kind that the Classroom API does not take.",
            Unauthenticated,
            &ALL,
        ),
        Reason::AccountStateInvalid => (
            "The account is switched off or deleted.",
            Unauthenticated,
            &ALL,
        ),
        Reason::AttachmentNotVisible => ("An attachment is not shared.", FailedPrecondition, &[]),
        Reason::CannotDirectAddUser => (
            "An administrator adds somebody who has no account in the domain, or whose account is \
             only minutes old.",
            PermissionDenied,
            &[&ADDING],
        ),
        Reason::CannotInviteUserInUntrustedDomain => (
            "The person belongs to a domain that this one does not trust, or that does not trust \
             this one.",
            PermissionDenied,
            &[&JOINING, &INVITING, &SENDING_AGAIN, &ADDING],
        ),
        Reason::CannotRemoveCourseFolderOwner => (
            "The owner of the class's folder cannot be removed.",
            FailedPrecondition,
            &[],
        ),
        Reason::CannotRemoveCourseOwner => (
            "The owner of the class cannot be removed.",
            FailedPrecondition,
            &[],
        ),
        Reason::CannotRemoveCourseOwnerTransferIncomplete => (
            "The class is still on its way to another owner.",
            FailedPrecondition,
            &[],
        ),
        Reason::CannotRemoveTeacherWithNoCourseOwner => (
            "The class has no owner, so no teacher can be removed.",
            FailedPrecondition,
            &[],
        ),
        Reason::ClassroomApiDisabled => (
            "The school does not let this account use Classroom through apps.",
            PermissionDenied,
            &ALL,
        ),
        Reason::ClassroomDisabled => (
            "Classroom is switched off for this account.",
            PermissionDenied,
            &ALL,
        ),
        Reason::ConsumerInvalid => (
            "The Cloud project behind the client id is not valid.",
            PermissionDenied,
            &ALL,
        ),
        Reason::ConsumerSuspended => (
            "The Cloud project behind the client id is suspended.",
            PermissionDenied,
            &ALL,
        ),
        Reason::CourseMemberLimitReached => (
            "The class has as many members as it may have.",
            FailedPrecondition,
            &[&JOINING, &ACCEPTING, &ADDING],
        ),
        Reason::CourseNotFound => (
            "There is no such class. Also seen for a while on classes made a moment ago.",
            NotFound,
            &IN_A_CLASS,
        ),
        Reason::CourseNotModifiable => (
            "The class is archived.",
            FailedPrecondition,
            &[
                &JOINING,
                &ACCEPTING,
                &INVITING,
                &SENDING_AGAIN,
                &ADDING,
                &SWITCHING_ON,
            ],
        ),
        Reason::CourseTeacherLimitReached => (
            "The class has as many teachers as it may have.",
            FailedPrecondition,
            &[&ACCEPTING, &INVITING, &SENDING_AGAIN],
        ),
        Reason::CourseTitleCannotContainUrl => {
            ("A class's title holds an address.", InvalidArgument, &[])
        }
        Reason::CourseTopicLimitReached => {
            ("The class has too many topics.", FailedPrecondition, &[])
        }
        Reason::CredentialsMissing => ("The call carried no token.", Unauthenticated, &ALL),
        Reason::EmptyAssignees => (
            "Coursework would be assigned to nobody.",
            FailedPrecondition,
            &[],
        ),
        Reason::ExpiredAddOnToken => ("An add-on's token ran out.", PermissionDenied, &[]),
        Reason::InactiveCourseOwner => (
            "The account of the class's owner was deleted.",
            FailedPrecondition,
            &[&JOINING, &ADDING],
        ),
        Reason::IneligibleOwner => (
            "Only a co-teacher of the class can be invited as its owner.",
            FailedPrecondition,
            &[&INVITING, &SENDING_AGAIN],
        ),
        Reason::InvalidAddOnToken => (
            "An add-on's token is another account's.",
            PermissionDenied,
            &[],
        ),
        Reason::ListCoursesStudentAndTeacherFilter => (
            "A list was asked for with two filters that exclude each other.",
            FailedPrecondition,
            &[],
        ),
        Reason::MissingGrant => (
            "A registration for notices lacks a permission.",
            PermissionDenied,
            &[],
        ),
        Reason::NotGoogleAppsUser => (
            "The account belongs to no school or organisation.",
            PermissionDenied,
            &ALL,
        ),
        Reason::PendingInvitationExists => (
            "Somebody was asked to become owner and has not answered yet.",
            FailedPrecondition,
            &[&INVITING, &SENDING_AGAIN],
        ),
        Reason::ProjectPermissionDenied => (
            "What is asked for belongs to another Cloud project.",
            PermissionDenied,
            &ALL,
        ),
        Reason::RateLimitExceeded => ("Too many calls in a short time.", ResourceExhausted, &ALL),
        Reason::ScopeMissing => (
            "A permission is missing: a box in Google's window was left empty, or the page needs \
             one more than it did before. Also told by `insufficientPermissions` or by the message \
             alone; the card's `data-reason` is `SCOPE_MISSING`.",
            PermissionDenied,
            &ALL,
        ),
        Reason::ServiceDisabled => (
            "The Classroom API is not enabled in the Cloud project behind the client id.",
            PermissionDenied,
            &ALL,
        ),
        Reason::UserAlreadyOwner => (
            "The person owns the class already.",
            FailedPrecondition,
            &[&INVITING, &SENDING_AGAIN],
        ),
        Reason::UserBlockedByAdmin => (
            "The school blocks the service for this account.",
            PermissionDenied,
            &ALL,
        ),
        Reason::UserCannotOwnCourse => {
            ("The person may not own the class.", FailedPrecondition, &[])
        }
        Reason::UserCourseJoinRateLimitReached => (
            "The account has joined as many classes as one day allows.",
            ResourceExhausted,
            &[&JOINING, &ACCEPTING, &ADDING],
        ),
        Reason::UserGroupsMembershipLimitReached => (
            "The account is in as many groups as it may be; a class is a group, too.",
            FailedPrecondition,
            &[&JOINING, &ACCEPTING, &ADDING],
        ),
        Reason::UserIneligibleToUpdateGradingPeriodSettings => (
            "Licence or role is missing for grading periods.",
            PermissionDenied,
            &[],
        ),
        Reason::UserInvitationQuotaExhausted => (
            "As many invitations were sent as one day allows.",
            ResourceExhausted,
            &[&INVITING, &SENDING_AGAIN],
        ),
        Reason::Other(_) => ("A name that is not in this list.", FailedPrecondition, &ALL),
    }
}

/// What a status means where no reason is named, its HTTP number, and what can meet it.
pub fn about_status(status: &Status) -> (&'static str, u16, Doings) {
    match status {
        Status::Aborted => ("Another change came in between.", 409, &ALL),
        Status::AlreadyExists => (
            "The person is in the class, the invitation is open, or the switch is on.",
            409,
            &[
                &JOINING,
                &ACCEPTING,
                &INVITING,
                &SENDING_AGAIN,
                &ADDING,
                &SWITCHING_ON,
            ],
        ),
        Status::Cancelled => ("The call was given up.", 499, &ALL),
        Status::DataLoss => ("Something broke at Google.", 500, &ALL),
        Status::DeadlineExceeded => (
            "Google took too long; the change may have been made all the same, which is looked up.",
            504,
            &ALL,
        ),
        Status::FailedPrecondition => (
            "The state of class or account forbids it: mostly an account that is switched off, or, \
             when inviting, one that has the role.",
            400,
            &[
                &JOINING,
                &ACCEPTING,
                &INVITING,
                &SENDING_AGAIN,
                &ADDING,
                &SWITCHING_ON,
            ],
        ),
        Status::Internal => ("Something broke at Google.", 500, &ALL),
        Status::InvalidArgument => ("Something in the call is not as it has to be.", 400, &ALL),
        Status::NotFound => (
            "The class, the person or the invitation is unknown.",
            404,
            &IN_A_CLASS,
        ),
        Status::OutOfRange => (
            "Something in the call is too much or too little.",
            400,
            &ALL,
        ),
        Status::PermissionDenied => (
            "The account may not do this: a wrong code, a wrong role, a stranger to the class, or \
             data access that is switched off.",
            403,
            &ALL,
        ),
        Status::ResourceExhausted => ("Too many calls in a short time.", 429, &ALL),
        Status::Unauthenticated => ("The sign-in ran out, or access was removed.", 401, &ALL),
        Status::Unavailable => ("Google Classroom is out of order for a while.", 503, &ALL),
        Status::Unimplemented => ("There is no such method.", 501, &ALL),
        Status::Unknown => ("Something broke at Google.", 500, &ALL),
        Status::Other(_) => ("A status that is not in this list.", 418, &ALL),
        Status::Missing(_) => (
            "No status at all, and an HTTP number that does not tell.",
            400,
            &ALL,
        ),
    }
}

/// A sign that is no answer of the API's, what it means, and what can meet it.
pub struct Sign {
    pub trouble: Trouble,
    /// Its name on the page for support staff, where that is not the one in `data-reason`.
    pub name: Option<&'static str>,
    pub about: &'static str,
    pub doings: Doings,
    pub config: Config,
}

/// Every sign.
pub fn signs() -> Vec<Sign> {
    let sign = |trouble: Trouble, about, doings| Sign {
        trouble,
        name: None,
        about,
        doings,
        config: page(),
    };
    let typed = |error: EntryError, about| sign(error.into(), about, &[&JOINING]);
    let signing_in = |error: SignInError, about| sign(error.into(), about, &ALL);
    let network = |error, about| sign(Trouble::Api { call: "", error }, about, &ALL);
    let denied = || ApiError::Refused(Refusal::new(403, Status::PermissionDenied, None));
    vec![
        typed(EntryError::Empty, "Nothing was typed."),
        typed(EntryError::NoCode, "What was typed can be no class code."),
        sign(
            Trouble::NoAddresses,
            "Nothing was typed in the field of the addresses.",
            &[&INVITING],
        ),
        sign(
            Trouble::ClassUnclear,
            "What was typed in the field of the class fits none, or several.",
            &[&JOINING],
        ),
        typed(EntryError::MeetCode, "A code or link of Google Meet."),
        typed(
            EntryError::LinkWithoutCode,
            "A link into Google Classroom that carries no class code.",
        ),
        typed(EntryError::ForeignLink, "A link to another site."),
        sign(
            Trouble::CourseUnknown(denied()),
            "The code alone did not lead to a class: no teacher of the class has switched on that \
             students may join with the code alone, or the code is wrong. Nobody can tell which.",
            &[&JOINING],
        ),
        Sign {
            config: page_with_classes(),
            ..sign(
                Trouble::CourseUnknown(denied()),
                "The same, where `config.json` lists the school's `courses`.",
                &[&JOINING],
            )
        },
        signing_in(
            SignInError::PopupBlocked,
            "The browser did not open Google's window.",
        ),
        signing_in(
            SignInError::PopupClosed,
            "Google's window was closed before it was done.",
        ),
        signing_in(
            SignInError::PopupClosedAgain,
            "It was closed for the second time. The page cannot see why: perhaps Google said that \
             the school has to review this app first, as it does to accounts under 18.",
        ),
        signing_in(
            SignInError::PopupImpossible,
            "The frame that shows the page lets no window open.",
        ),
        signing_in(
            SignInError::AccessDenied,
            "The person pressed \"Cancel\" in Google's window.",
        ),
        signing_in(
            SignInError::ScriptBlocked,
            "Google's sign-in script did not load.",
        ),
        signing_in(
            SignInError::AccessKept,
            "\"Remove access\" did not reach Google: the page forgot its token, the grant stays.",
        ),
        signing_in(
            SignInError::HostToken,
            "The embedding page was to sign the person in, and did not in time.",
        ),
        signing_in(
            SignInError::WrongDomain {
                email: "nora@gmail.example".to_owned(),
                domain: "school.example".to_owned(),
            },
            "The account lies outside of `hostedDomain`.",
        ),
        Sign {
            name: Some("`invalid_client`, `unauthorized_client`"),
            ..signing_in(
                SignInError::Unknown("invalid_client".to_owned()),
                "Google does not know the client id, or not for this page.",
            )
        },
        Sign {
            name: Some("Any other name that Google's sign-in script gives"),
            ..signing_in(
                SignInError::Unknown("something_new".to_owned()),
                "It stands in the details as it came.",
            )
        },
        sign(
            Trouble::Offline,
            "The browser says that there is no network.",
            &ALL,
        ),
        network(
            ApiError::Network,
            "No answer came, although the browser sees a network.",
        ),
        network(ApiError::Timeout, "No answer came in time."),
        network(
            ApiError::BadResponse {
                http: 200,
                retry_after: None,
            },
            "An answer came that is not Google's: a page of HTML, nothing, or half of something.",
        ),
        sign(
            Trouble::Config(ConfigError {
                key: "tokenSource".to_owned(),
                found: "\"both\"".to_owned(),
                allowed: "google, host, either".to_owned(),
                way_out: None,
            }),
            "`config.json`, or a parameter in the page's address, holds a wrong value.",
            &[&SIGNING_IN],
        ),
    ]
}

/// What becomes of this answer to what was done, as the flows name it.
pub fn refused(doing: &Doing, status: &Status, reason: Option<&Reason>) -> Trouble {
    let (_, http, _) = about_status(status);
    let refusal = Refusal::new(http, status.clone(), reason.cloned());
    let error = ApiError::Refused(refusal);
    let about_the_code = matches!(status, Status::PermissionDenied | Status::NotFound);
    if doing.task == Task::Join && about_the_code && reason.is_none() {
        Trouble::CodeRefused(error)
    } else {
        let call = doing.call;
        Trouble::Api { call, error }
    }
}

/// Every status, also those that have no name.
pub fn statuses() -> Vec<Status> {
    let nameless = [
        Status::Other("ON_FIELD_TRIP".to_owned()),
        Status::Missing(400),
    ];
    Status::KNOWN.into_iter().chain(nameless).collect()
}

/// Every reason, also one that nobody has heard of.
pub fn reasons() -> Vec<Reason> {
    let unheard = Reason::Other("CourseOnFieldTrip".to_owned());
    Reason::KNOWN.iter().cloned().chain([unheard]).collect()
}

/// A page on which everything is configured that the words follow.
pub fn page() -> Config {
    configured(
        r#"{"clientId":"x","support":{"name":"your school","url":"https://help.school.example"}}"#,
    )
}

/// The same with a list of classes.
fn page_with_classes() -> Config {
    configured(
        r#"{"clientId":"x","support":{"name":"your school","url":"https://help.school.example"},
            "courses":[{"id":"741234567890","name":"Biology 7b"}]}"#,
    )
}

/// The configuration that this file gives.
pub fn configured(file: &str) -> Config {
    config::check(file, &PageParams::default()).unwrap().config
}
