//! Why the API refused: the `@Name` at the head of `error.message`, or an `ErrorInfo` reason.
//!
//! Sources: Google's page "Common Google Classroom API error messages", names seen in the wild
//! since, and `google/api/error_reason.proto`. A match on [`Reason`] has no `_` arm, so that a new
//! name cannot be forgotten anywhere.

/// The reason in an answer. Alphabetical; an unknown name is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// `ACCESS_TOKEN_EXPIRED`: the token ran out (`ErrorInfo`).
    AccessTokenExpired,
    /// `ACCESS_TOKEN_TYPE_UNSUPPORTED`: the token is of a kind the API does not take (`ErrorInfo`).
    AccessTokenTypeUnsupported,
    /// `ACCOUNT_STATE_INVALID`: the account is disabled or deleted (`ErrorInfo`).
    AccountStateInvalid,
    /// `AttachmentNotVisible`: an attachment is missing or not shared.
    AttachmentNotVisible,
    /// `CannotDirectAddUser`: an administrator's direct add of somebody without an account in the domain.
    CannotDirectAddUser,
    /// `CannotInviteUserInUntrustedDomain`: the person belongs to a domain that is not trusted.
    CannotInviteUserInUntrustedDomain,
    /// `CannotRemoveCourseFolderOwner`: the owner of the class's Drive folder cannot be removed.
    CannotRemoveCourseFolderOwner,
    /// `CannotRemoveCourseOwner`: the owner of the class cannot be removed.
    CannotRemoveCourseOwner,
    /// `CannotRemoveCourseOwnerTransferIncomplete`: a change of owner is still running.
    CannotRemoveCourseOwnerTransferIncomplete,
    /// `CannotRemoveTeacherWithNoCourseOwner`: the class has no owner; teachers cannot be removed.
    CannotRemoveTeacherWithNoCourseOwner,
    /// `ClassroomApiDisabled`: the school does not let apps use Classroom for this account.
    ClassroomApiDisabled,
    /// `ClassroomDisabled`: the account has no access to Classroom.
    ClassroomDisabled,
    /// `CONSUMER_INVALID`: the Cloud project is not valid (`ErrorInfo`).
    ConsumerInvalid,
    /// `CONSUMER_SUSPENDED`: the Cloud project is suspended (`ErrorInfo`).
    ConsumerSuspended,
    /// `CourseMemberLimitReached`: the class is full.
    CourseMemberLimitReached,
    /// `CourseNotFound`: the class was not found; seen as passing on fresh classes.
    CourseNotFound,
    /// `CourseNotModifiable`: the class is archived, or in another state that forbids changes.
    CourseNotModifiable,
    /// `CourseTeacherLimitReached`: the class has as many teachers as it may have.
    CourseTeacherLimitReached,
    /// `CourseTitleCannotContainUrl`: a class's title holds an address.
    CourseTitleCannotContainUrl,
    /// `CourseTopicLimitReached`: the class has too many topics.
    CourseTopicLimitReached,
    /// `CREDENTIALS_MISSING`: the call carried no token (`ErrorInfo`).
    CredentialsMissing,
    /// `EmptyAssignees`: coursework would be assigned to nobody.
    EmptyAssignees,
    /// `ExpiredAddOnToken`: an add-on's token ran out.
    ExpiredAddOnToken,
    /// `InactiveCourseOwner`: the account of the class's owner was deleted.
    InactiveCourseOwner,
    /// `IneligibleOwner`: only a co-teacher can be invited as owner.
    IneligibleOwner,
    /// `InvalidAddOnToken`: an add-on's token is not valid for this account.
    InvalidAddOnToken,
    /// `ListCoursesStudentAndTeacherFilter`: a list was asked for with two filters that exclude each other.
    ListCoursesStudentAndTeacherFilter,
    /// `MissingGrant`: a push registration lacks a grant.
    MissingGrant,
    /// `NotGoogleAppsUser`: the account belongs to no school or organisation.
    NotGoogleAppsUser,
    /// `PendingInvitationExists`: an offer to become owner is still open.
    PendingInvitationExists,
    /// `ProjectPermissionDenied`: the thing belongs to another Cloud project.
    ProjectPermissionDenied,
    /// `RATE_LIMIT_EXCEEDED`: too many calls in a short time (`ErrorInfo`).
    RateLimitExceeded,
    /// `ACCESS_TOKEN_SCOPE_INSUFFICIENT`: the token lacks a scope; said in three ways, all of them this (`ErrorInfo`, `errors[]`, or the message alone).
    ScopeMissing,
    /// `SERVICE_DISABLED`: the Cloud project has not enabled the Classroom API (`ErrorInfo`).
    ServiceDisabled,
    /// `UserAlreadyOwner`: the person already owns the class.
    UserAlreadyOwner,
    /// `USER_BLOCKED_BY_ADMIN`: the school blocks the service for this account (`ErrorInfo`).
    UserBlockedByAdmin,
    /// `UserCannotOwnCourse`: the person may not own the class.
    UserCannotOwnCourse,
    /// `UserCourseJoinRateLimitReached`: the account joined as many classes as one day allows.
    UserCourseJoinRateLimitReached,
    /// `UserGroupsMembershipLimitReached`: the account is in as many groups as allowed.
    UserGroupsMembershipLimitReached,
    /// `UserIneligibleToUpdateGradingPeriodSettings`: licence or role is missing for grading periods.
    UserIneligibleToUpdateGradingPeriodSettings,
    /// `UserInvitationQuotaExhausted`: today's invitations are used up.
    UserInvitationQuotaExhausted,
    /// A name that is not in the list, as it came, without the `@`.
    Other(String),
}

impl Reason {
    /// Every reason that has a name here.
    pub const KNOWN: &'static [Self] = &[
        Self::AccessTokenExpired,
        Self::AccessTokenTypeUnsupported,
        Self::AccountStateInvalid,
        Self::AttachmentNotVisible,
        Self::CannotDirectAddUser,
        Self::CannotInviteUserInUntrustedDomain,
        Self::CannotRemoveCourseFolderOwner,
        Self::CannotRemoveCourseOwner,
        Self::CannotRemoveCourseOwnerTransferIncomplete,
        Self::CannotRemoveTeacherWithNoCourseOwner,
        Self::ClassroomApiDisabled,
        Self::ClassroomDisabled,
        Self::ConsumerInvalid,
        Self::ConsumerSuspended,
        Self::CourseMemberLimitReached,
        Self::CourseNotFound,
        Self::CourseNotModifiable,
        Self::CourseTeacherLimitReached,
        Self::CourseTitleCannotContainUrl,
        Self::CourseTopicLimitReached,
        Self::CredentialsMissing,
        Self::EmptyAssignees,
        Self::ExpiredAddOnToken,
        Self::InactiveCourseOwner,
        Self::IneligibleOwner,
        Self::InvalidAddOnToken,
        Self::ListCoursesStudentAndTeacherFilter,
        Self::MissingGrant,
        Self::NotGoogleAppsUser,
        Self::PendingInvitationExists,
        Self::ProjectPermissionDenied,
        Self::RateLimitExceeded,
        Self::ScopeMissing,
        Self::ServiceDisabled,
        Self::UserAlreadyOwner,
        Self::UserBlockedByAdmin,
        Self::UserCannotOwnCourse,
        Self::UserCourseJoinRateLimitReached,
        Self::UserGroupsMembershipLimitReached,
        Self::UserIneligibleToUpdateGradingPeriodSettings,
        Self::UserInvitationQuotaExhausted,
    ];

    /// The reason of this name; [`Reason::Other`] where the name is not in the list.
    pub fn from_name(name: &str) -> Self {
        Self::KNOWN
            .iter()
            .find(|known| known.name() == name)
            .cloned()
            .unwrap_or_else(|| Self::Other(name.to_owned()))
    }

    /// The name on the wire.
    pub fn name(&self) -> &str {
        match self {
            Self::AccessTokenExpired => "ACCESS_TOKEN_EXPIRED",
            Self::AccessTokenTypeUnsupported => "ACCESS_TOKEN_TYPE_UNSUPPORTED",
            Self::AccountStateInvalid => "ACCOUNT_STATE_INVALID",
            Self::AttachmentNotVisible => "AttachmentNotVisible",
            Self::CannotDirectAddUser => "CannotDirectAddUser",
            Self::CannotInviteUserInUntrustedDomain => "CannotInviteUserInUntrustedDomain",
            Self::CannotRemoveCourseFolderOwner => "CannotRemoveCourseFolderOwner",
            Self::CannotRemoveCourseOwner => "CannotRemoveCourseOwner",
            Self::CannotRemoveCourseOwnerTransferIncomplete => {
                "CannotRemoveCourseOwnerTransferIncomplete"
            }
            Self::CannotRemoveTeacherWithNoCourseOwner => "CannotRemoveTeacherWithNoCourseOwner",
            Self::ClassroomApiDisabled => "ClassroomApiDisabled",
            Self::ClassroomDisabled => "ClassroomDisabled",
            Self::ConsumerInvalid => "CONSUMER_INVALID",
            Self::ConsumerSuspended => "CONSUMER_SUSPENDED",
            Self::CourseMemberLimitReached => "CourseMemberLimitReached",
            Self::CourseNotFound => "CourseNotFound",
            Self::CourseNotModifiable => "CourseNotModifiable",
            Self::CourseTeacherLimitReached => "CourseTeacherLimitReached",
            Self::CourseTitleCannotContainUrl => "CourseTitleCannotContainUrl",
            Self::CourseTopicLimitReached => "CourseTopicLimitReached",
            Self::CredentialsMissing => "CREDENTIALS_MISSING",
            Self::EmptyAssignees => "EmptyAssignees",
            Self::ExpiredAddOnToken => "ExpiredAddOnToken",
            Self::InactiveCourseOwner => "InactiveCourseOwner",
            Self::IneligibleOwner => "IneligibleOwner",
            Self::InvalidAddOnToken => "InvalidAddOnToken",
            Self::ListCoursesStudentAndTeacherFilter => "ListCoursesStudentAndTeacherFilter",
            Self::MissingGrant => "MissingGrant",
            Self::NotGoogleAppsUser => "NotGoogleAppsUser",
            Self::PendingInvitationExists => "PendingInvitationExists",
            Self::ProjectPermissionDenied => "ProjectPermissionDenied",
            Self::RateLimitExceeded => "RATE_LIMIT_EXCEEDED",
            Self::ScopeMissing => "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
            Self::ServiceDisabled => "SERVICE_DISABLED",
            Self::UserAlreadyOwner => "UserAlreadyOwner",
            Self::UserBlockedByAdmin => "USER_BLOCKED_BY_ADMIN",
            Self::UserCannotOwnCourse => "UserCannotOwnCourse",
            Self::UserCourseJoinRateLimitReached => "UserCourseJoinRateLimitReached",
            Self::UserGroupsMembershipLimitReached => "UserGroupsMembershipLimitReached",
            Self::UserIneligibleToUpdateGradingPeriodSettings => {
                "UserIneligibleToUpdateGradingPeriodSettings"
            }
            Self::UserInvitationQuotaExhausted => "UserInvitationQuotaExhausted",
            Self::Other(name) => name,
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
