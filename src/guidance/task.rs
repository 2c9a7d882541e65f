//! What was being done, and who reads about it.

/// What the person was doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Signing in for its own sake.
    SignIn,
    /// Joining a class with a code or link.
    Join,
    /// Looking at the invitations that wait for oneself, accepting, declining.
    Received,
    /// Inviting others to a class.
    Invite,
    /// Looking after invitations that are open: withdrawing, sending again, changing the role.
    Pending,
    /// Adding students directly, as an administrator.
    Enroll,
    /// Sharing a class: its code, its link, the switch for the code alone.
    Share,
}

impl Task {
    /// Every task.
    pub const ALL: [Self; 7] = [
        Self::SignIn,
        Self::Join,
        Self::Received,
        Self::Invite,
        Self::Pending,
        Self::Enroll,
        Self::Share,
    ];
}

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// A pupil, or anybody who joins.
    Student,
    /// Somebody whom an invitation waits for, also as a teacher.
    Invited,
    /// A teacher.
    Teacher,
    /// An administrator of the school's domain, who may read the names of menus.
    Administrator,
}

impl Audience {
    /// Everybody who reads.
    pub const ALL: [Self; 4] = [
        Self::Student,
        Self::Invited,
        Self::Teacher,
        Self::Administrator,
    ];
}
