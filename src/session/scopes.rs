//! What is asked for, and no more.

/// A permission of the Classroom API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// "Manage your Google Classroom class rosters": to join.
    Rosters,
    /// "View the email addresses of people in your classes": to show whose account acts.
    ProfileEmails,
    /// "View the profile photos of people in your classes": to show the account's picture.
    ProfilePhotos,
    /// "View your Google Classroom classes": to name the class that was joined.
    CoursesReadonly,
}

impl Scope {
    /// The scope as OAuth knows it.
    pub const fn url(self) -> &'static str {
        match self {
            Self::Rosters => "https://www.googleapis.com/auth/classroom.rosters",
            Self::ProfileEmails => "https://www.googleapis.com/auth/classroom.profile.emails",
            Self::ProfilePhotos => "https://www.googleapis.com/auth/classroom.profile.photos",
            Self::CoursesReadonly => "https://www.googleapis.com/auth/classroom.courses.readonly",
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
}
