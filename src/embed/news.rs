//! What the embedding page is told of: that something has happened, never to whom.

use crate::{
    classroom::{course_ref::CourseId, invitations::InvitationId, role::Role},
    guidance::{Task, Trouble},
};

/// Something that has happened in the widget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News<'a> {
    /// An account acts.
    SignedIn,
    /// No account acts any more.
    SignedOut,
    /// Whoever is signed in is in a class now.
    Joined {
        /// Which one, where the API told it.
        course: Option<&'a CourseId>,
        /// They were before.
        already_member: bool,
    },
    /// Somebody was invited.
    Invited {
        /// To which class.
        course: &'a str,
        /// As what.
        role: Role,
        /// By which invitation, where that is known.
        invitation: Option<&'a InvitationId>,
    },
    /// Whoever is signed in has accepted or declined an invitation.
    Answered {
        /// Accepted.
        accepted: bool,
        /// To which class.
        course: &'a CourseId,
        /// As what.
        role: Role,
        /// Which one.
        invitation: &'a InvitationId,
    },
    /// A student was added.
    Enrolled {
        /// To which class.
        course: &'a str,
    },
    /// A card says what did not work.
    Failed {
        /// What was being done.
        task: Task,
        /// What stood in the way.
        trouble: &'a Trouble,
    },
}
