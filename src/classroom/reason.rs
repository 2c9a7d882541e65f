//! Why the API refused: the `@Name` at the head of `error.message`, or an `ErrorInfo` reason.
//!
//! Sources: Google's page "Common Google Classroom API error messages", names seen in the wild
//! since, and `google/api/error_reason.proto`. A match on [`Reason`] has no `_` arm, so that a new
//! name cannot be forgotten anywhere.

/// Makes the enum, [`Reason::KNOWN`] and [`Reason::name`] of one list.
macro_rules! reasons {
    ($($(#[$about:meta])* $variant:ident = $name:literal,)*) => {
        /// The reason in an answer. Alphabetical; an unknown name is kept.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Reason {
            $($(#[$about])* $variant,)*
            /// A name that is not in the list, as it came, without the `@`.
            Other(String),
        }

        impl Reason {
            /// Every reason that has a name here.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant,)*];

            /// The name on the wire.
            pub fn name(&self) -> &str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Other(name) => name,
                }
            }
        }
    };
}

reasons! {
    /// The token ran out (`ErrorInfo`).
    AccessTokenExpired = "ACCESS_TOKEN_EXPIRED",
    /// The token is of a kind the API does not take (`ErrorInfo`).
    AccessTokenTypeUnsupported = "ACCESS_TOKEN_TYPE_UNSUPPORTED",
    /// The account is disabled or deleted (`ErrorInfo`).
    AccountStateInvalid = "ACCOUNT_STATE_INVALID",
    /// An attachment is missing or not shared.
    AttachmentNotVisible = "AttachmentNotVisible",
    /// An administrator's direct add of somebody without an account in the domain.
    CannotDirectAddUser = "CannotDirectAddUser",
    /// The person belongs to a domain that is not trusted.
    CannotInviteUserInUntrustedDomain = "CannotInviteUserInUntrustedDomain",
    /// The owner of the class's Drive folder cannot be removed.
    CannotRemoveCourseFolderOwner = "CannotRemoveCourseFolderOwner",
    /// The owner of the class cannot be removed.
    CannotRemoveCourseOwner = "CannotRemoveCourseOwner",
    /// A change of owner is still running.
    CannotRemoveCourseOwnerTransferIncomplete = "CannotRemoveCourseOwnerTransferIncomplete",
    /// The class has no owner; teachers cannot be removed.
    CannotRemoveTeacherWithNoCourseOwner = "CannotRemoveTeacherWithNoCourseOwner",
    /// The school does not let apps use Classroom for this account.
    ClassroomApiDisabled = "ClassroomApiDisabled",
    /// The account has no access to Classroom.
    ClassroomDisabled = "ClassroomDisabled",
    /// The Cloud project is not valid (`ErrorInfo`).
    ConsumerInvalid = "CONSUMER_INVALID",
    /// The Cloud project is suspended (`ErrorInfo`).
    ConsumerSuspended = "CONSUMER_SUSPENDED",
    /// The class is full.
    CourseMemberLimitReached = "CourseMemberLimitReached",
    /// The class was not found; seen as passing on fresh classes.
    CourseNotFound = "CourseNotFound",
    /// The class is archived, or in another state that forbids changes.
    CourseNotModifiable = "CourseNotModifiable",
    /// The class has as many teachers as it may have.
    CourseTeacherLimitReached = "CourseTeacherLimitReached",
    /// A class's title holds an address.
    CourseTitleCannotContainUrl = "CourseTitleCannotContainUrl",
    /// The class has too many topics.
    CourseTopicLimitReached = "CourseTopicLimitReached",
    /// The call carried no token (`ErrorInfo`).
    CredentialsMissing = "CREDENTIALS_MISSING",
    /// Coursework would be assigned to nobody.
    EmptyAssignees = "EmptyAssignees",
    /// An add-on's token ran out.
    ExpiredAddOnToken = "ExpiredAddOnToken",
    /// The account of the class's owner was deleted.
    InactiveCourseOwner = "InactiveCourseOwner",
    /// Only a co-teacher can be invited as owner.
    IneligibleOwner = "IneligibleOwner",
    /// An add-on's token is not valid for this account.
    InvalidAddOnToken = "InvalidAddOnToken",
    /// A list was asked for with two filters that exclude each other.
    ListCoursesStudentAndTeacherFilter = "ListCoursesStudentAndTeacherFilter",
    /// A push registration lacks a grant.
    MissingGrant = "MissingGrant",
    /// The account belongs to no school or organisation.
    NotGoogleAppsUser = "NotGoogleAppsUser",
    /// An offer to become owner is still open.
    PendingInvitationExists = "PendingInvitationExists",
    /// The thing belongs to another Cloud project.
    ProjectPermissionDenied = "ProjectPermissionDenied",
    /// Too many calls in a short time (`ErrorInfo`).
    RateLimitExceeded = "RATE_LIMIT_EXCEEDED",
    /// The token lacks a scope; said in three ways, all of them this (`ErrorInfo`, `errors[]`, or
    /// the message alone).
    ScopeMissing = "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
    /// The Cloud project has not enabled the Classroom API (`ErrorInfo`).
    ServiceDisabled = "SERVICE_DISABLED",
    /// The person already owns the class.
    UserAlreadyOwner = "UserAlreadyOwner",
    /// The school blocks the service for this account (`ErrorInfo`).
    UserBlockedByAdmin = "USER_BLOCKED_BY_ADMIN",
    /// The person may not own the class.
    UserCannotOwnCourse = "UserCannotOwnCourse",
    /// The account joined as many classes as one day allows.
    UserCourseJoinRateLimitReached = "UserCourseJoinRateLimitReached",
    /// The account is in as many groups as allowed.
    UserGroupsMembershipLimitReached = "UserGroupsMembershipLimitReached",
    /// Licence or role is missing for grading periods.
    UserIneligibleToUpdateGradingPeriodSettings = "UserIneligibleToUpdateGradingPeriodSettings",
    /// Today's invitations are used up.
    UserInvitationQuotaExhausted = "UserInvitationQuotaExhausted",
}

impl Reason {
    /// The reason of this name; [`Reason::Other`] where the name is not in the list.
    pub fn from_name(name: &str) -> Self {
        Self::KNOWN
            .iter()
            .find(|known| known.name() == name)
            .cloned()
            .unwrap_or_else(|| Self::Other(name.to_owned()))
    }

    /// Whether the same call may well succeed after a while, as far as the reason tells: yes for
    /// too many calls in a short time; no for everything that somebody has to change first and for
    /// limits of a day, also where the status alone would say yes (`RESOURCE_EXHAUSTED`); nothing
    /// for an unknown name, of which the status tells.
    pub fn is_transient(&self) -> Option<bool> {
        match self {
            Self::RateLimitExceeded => Some(true),
            Self::AccessTokenExpired
            | Self::AccessTokenTypeUnsupported
            | Self::AccountStateInvalid
            | Self::AttachmentNotVisible
            | Self::CannotDirectAddUser
            | Self::CannotInviteUserInUntrustedDomain
            | Self::CannotRemoveCourseFolderOwner
            | Self::CannotRemoveCourseOwner
            | Self::CannotRemoveCourseOwnerTransferIncomplete
            | Self::CannotRemoveTeacherWithNoCourseOwner
            | Self::ClassroomApiDisabled
            | Self::ClassroomDisabled
            | Self::ConsumerInvalid
            | Self::ConsumerSuspended
            | Self::CourseMemberLimitReached
            | Self::CourseNotFound
            | Self::CourseNotModifiable
            | Self::CourseTeacherLimitReached
            | Self::CourseTitleCannotContainUrl
            | Self::CourseTopicLimitReached
            | Self::CredentialsMissing
            | Self::EmptyAssignees
            | Self::ExpiredAddOnToken
            | Self::InactiveCourseOwner
            | Self::IneligibleOwner
            | Self::InvalidAddOnToken
            | Self::ListCoursesStudentAndTeacherFilter
            | Self::MissingGrant
            | Self::NotGoogleAppsUser
            | Self::PendingInvitationExists
            | Self::ProjectPermissionDenied
            | Self::ScopeMissing
            | Self::ServiceDisabled
            | Self::UserAlreadyOwner
            | Self::UserBlockedByAdmin
            | Self::UserCannotOwnCourse
            | Self::UserCourseJoinRateLimitReached
            | Self::UserGroupsMembershipLimitReached
            | Self::UserIneligibleToUpdateGradingPeriodSettings
            | Self::UserInvitationQuotaExhausted => Some(false),
            Self::Other(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_comes_back_as_it_went_in() {
        for known in Reason::KNOWN {
            assert_eq!(&Reason::from_name(known.name()), known);
        }
        assert_eq!(Reason::from_name("BrandNew").name(), "BrandNew");
    }

    #[test]
    fn the_list_is_alphabetical() {
        let names: Vec<_> = Reason::KNOWN
            .iter()
            .map(|known| format!("{known:?}"))
            .collect();
        assert!(names.is_sorted());
    }
}
