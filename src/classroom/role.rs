//! What somebody is, or is invited to be, in a class.

/// A role (Classroom API reference, `CourseRole`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A student.
    Student,
    /// A teacher beside the owner.
    Teacher,
    /// The one teacher whom the class belongs to. Only somebody who teaches it already can be
    /// invited to be that.
    Owner,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Student, Self::Teacher, Self::Owner];

    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Student => "STUDENT",
            Self::Teacher => "TEACHER",
            Self::Owner => "OWNER",
        }
    }

    /// The role of this name; nothing where there is none, as for `COURSE_ROLE_UNSPECIFIED`.
    ///
    /// ```
    /// use hallpass::classroom::role::Role;
    /// assert_eq!(Role::parse("TEACHER"), Some(Role::Teacher));
    /// assert_eq!(Role::parse("COURSE_ROLE_UNSPECIFIED"), None);
    /// ```
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_comes_back_as_it_went_in() {
        for name in ["STUDENT", "TEACHER", "OWNER"] {
            assert_eq!(Role::parse(name).unwrap().as_str(), name);
        }
    }

    #[test]
    fn what_is_no_role_is_none() {
        for name in ["", "student", "COURSE_ROLE_UNSPECIFIED", "GUARDIAN"] {
            assert_eq!(Role::parse(name), None, "{name}");
        }
    }
}
