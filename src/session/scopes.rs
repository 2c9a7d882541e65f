//! What is asked for, and no more.

/// A permission of the Classroom API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// "Manage your Google Classroom class rosters": to join, to invite, to answer an invitation.
    Rosters,
    /// "View the email addresses of people in your classes": to show whose account acts.
    ProfileEmails,
    /// "View the profile photos of people in your classes": to show the account's picture.
    ProfilePhotos,
    /// "View your Google Classroom classes": to name the class that was joined, to choose the one
    /// that people are invited to.
    CoursesReadonly,
    /// "See, edit, create, and permanently delete your Google Classroom classes": to give a class
    /// its alias. The API has nothing smaller for that.
    Courses,
}

impl Scope {
    /// The scope as OAuth knows it.
    pub const fn url(self) -> &'static str {
        match self {
            Self::Rosters => "https://www.googleapis.com/auth/classroom.rosters",
            Self::ProfileEmails => "https://www.googleapis.com/auth/classroom.profile.emails",
            Self::ProfilePhotos => "https://www.googleapis.com/auth/classroom.profile.photos",
            Self::CoursesReadonly => "https://www.googleapis.com/auth/classroom.courses.readonly",
            Self::Courses => "https://www.googleapis.com/auth/classroom.courses",
        }
    }
}

/// What one task asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scopes {
    /// Without these the task cannot be done.
    pub required: &'static [Scope],
    /// Asked for in the same window; without these something is missing on the screen.
    pub wanted: &'static [Scope],
}

impl Scopes {
    /// To join a class.
    pub const JOIN: Self = Self {
        required: &[Scope::Rosters, Scope::ProfileEmails],
        wanted: &[Scope::CoursesReadonly, Scope::ProfilePhotos],
    };

    /// To invite others to a class, and to look after what is pending.
    pub const INVITE: Self = Self {
        required: &[Scope::Rosters, Scope::ProfileEmails, Scope::CoursesReadonly],
        wanted: &[Scope::ProfilePhotos],
    };

    /// To add students directly.
    pub const ENROLL: Self = Self::INVITE;

    /// To answer the invitations that wait for oneself.
    pub const RECEIVED: Self = Self {
        required: &[Scope::Rosters, Scope::ProfileEmails],
        wanted: &[Scope::CoursesReadonly, Scope::ProfilePhotos],
    };

    /// To switch the alias on and off that lets students join with the code alone.
    ///
    /// The others are wanted as well, although [`Scope::Courses`] allows more than one of them: the
    /// new token takes the place of that for [`INVITE`](Self::INVITE), which must go on without
    /// Google's window.
    pub const ALIAS: Self = Self {
        required: &[Scope::Rosters, Scope::ProfileEmails, Scope::Courses],
        wanted: &[Scope::CoursesReadonly, Scope::ProfilePhotos],
    };

    /// All of them, separated by spaces, as a token request takes them.
    pub fn request(self) -> String {
        let all: Vec<_> = self
            .required
            .iter()
            .chain(self.wanted)
            .map(|scope| scope.url())
            .collect();
        all.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_names_required_and_wanted_scopes() {
        assert_eq!(
            Scopes::JOIN.request(),
            "https://www.googleapis.com/auth/classroom.rosters \
             https://www.googleapis.com/auth/classroom.profile.emails \
             https://www.googleapis.com/auth/classroom.courses.readonly \
             https://www.googleapis.com/auth/classroom.profile.photos"
        );
    }

    #[test]
    fn only_the_alias_asks_for_more_than_reading_classes() {
        for scopes in [
            Scopes::JOIN,
            Scopes::INVITE,
            Scopes::ENROLL,
            Scopes::RECEIVED,
        ] {
            assert!(!scopes.required.contains(&Scope::Courses));
            assert!(!scopes.wanted.contains(&Scope::Courses));
        }
        assert!(Scopes::ALIAS.required.contains(&Scope::Courses));
        assert!(
            Scopes::ALIAS
                .request()
                .contains("https://www.googleapis.com/auth/classroom.courses ")
        );
    }

    #[test]
    fn classes_have_to_be_read_to_invite_and_only_named_to_join() {
        assert!(Scopes::INVITE.required.contains(&Scope::CoursesReadonly));
        assert!(Scopes::ENROLL.required.contains(&Scope::CoursesReadonly));
        assert!(Scopes::RECEIVED.wanted.contains(&Scope::CoursesReadonly));
        assert!(Scopes::JOIN.wanted.contains(&Scope::CoursesReadonly));
    }

    #[test]
    fn whoever_switched_the_alias_can_still_invite() {
        let asked = |scope| {
            let alias = Scopes::ALIAS;
            alias.required.contains(scope) || alias.wanted.contains(scope)
        };
        assert!(Scopes::INVITE.required.iter().all(asked));
    }
}
