//! The sandbox's school, as `GET /_sandbox/state` gives it, and who is in the seeded one.

use serde::{Deserialize, Serialize};

/// The whole school, in Google's field names; fields that no scenario reads are left out.
#[derive(Clone, Debug, Deserialize)]
pub struct School {
    /// Everyone who can sign in.
    pub accounts: Vec<Account>,
    /// Who is a student of which course.
    pub students: Vec<Member>,
    /// Who teaches which course.
    pub teachers: Vec<Member>,
    /// Whom an invitation waits for.
    pub invitations: Vec<Invitation>,
}

/// An invitation that waits for its answer.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    /// Google's id.
    pub id: String,
    /// The person's numeric id.
    pub user_id: String,
    /// The course's numeric id.
    pub course_id: String,
    /// `STUDENT`, `TEACHER` or `OWNER`.
    pub role: String,
}

/// A Google account of the school.
#[derive(Clone, Debug, Deserialize)]
pub struct Account {
    /// Google's numeric id.
    pub id: String,
    /// The address it signs in with.
    pub email: String,
}

/// One person's place in one course.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    /// The course's numeric id.
    pub course_id: String,
    /// The person's numeric id.
    pub user_id: String,
}

impl School {
    /// How often the account with this address stands among the students of `course`.
    pub fn times_student(&self, email: &str, course: &str) -> usize {
        self.times(&self.students, email, course)
    }

    /// How often the account with this address stands among the teachers of `course`.
    pub fn times_teacher(&self, email: &str, course: &str) -> usize {
        self.times(&self.teachers, email, course)
    }

    /// The invitations to `course` that wait for the account with this address.
    pub fn invited(&self, email: &str, course: &str) -> Vec<&Invitation> {
        let ids = self.ids(email);
        self.invitations
            .iter()
            .filter(|open| open.course_id == course && ids.contains(&open.user_id.as_str()))
            .collect()
    }

    fn times(&self, members: &[Member], email: &str, course: &str) -> usize {
        let ids = self.ids(email);
        members
            .iter()
            .filter(|member| member.course_id == course && ids.contains(&member.user_id.as_str()))
            .count()
    }

    fn ids(&self, email: &str) -> Vec<&str> {
        self.accounts
            .iter()
            .filter(|account| account.email == email)
            .map(|account| account.id.as_str())
            .collect()
    }
}

/// A person of the seeded school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The address the account chooser lists.
    pub email: &'static str,
    /// The full name the widget shows.
    pub name: &'static str,
}

/// A student; in Homeroom 7b already.
pub const MAYA: Person = Person {
    email: "maya@school.example",
    name: "Maya Chen",
};

/// Another student.
pub const SAM: Person = Person {
    email: "sam@school.example",
    name: "Sam Okafor",
};

/// A teacher, owner of the classes.
pub const TOM: Person = Person {
    email: "tom@school.example",
    name: "Tom Becker",
};

/// Another teacher: of Biology 7b, and of no other class.
pub const PRIYA: Person = Person {
    email: "priya@school.example",
    name: "Priya Nair",
};

/// Who administers the school's domain.
pub const ADA: Person = Person {
    email: "ada@school.example",
    name: "Ada Admin",
};

/// A co-teacher of Chess.
pub const KOFI: Person = Person {
    email: "kofi@school.example",
    name: "Kofi Mensah",
};

/// A co-teacher of Chess, to whom the class is offered.
pub const CARL: Person = Person {
    email: "carl@school.example",
    name: "Carl Coteach",
};

/// Somebody who is invited to Biology 7b as a student.
pub const WANDA: Person = Person {
    email: "wanda@school.example",
    name: "Wanda Waiting",
};

/// Somebody of another school, which this one trusts; invited to Biology 7b as a co-teacher.
pub const OTTO: Person = Person {
    email: "otto@partner.example",
    name: "Otto Outsider",
};

/// Somebody who is invited to nine classes, not all of which can be joined any more.
pub const IVY: Person = Person {
    email: "ivy@school.example",
    name: "Ivy Invited",
};

/// Somebody who is invited to twenty classes, each of which answers with another error.
pub const IKE: Person = Person {
    email: "ike@school.example",
    name: "Ike Invited",
};

/// A teacher whose classes lead to errors.
pub const ERROL: Person = Person {
    email: "errol@school.example",
    name: "Errol Errors",
};

/// A person with an account of their own, outside of the school's domain.
pub const NORA: Person = Person {
    email: "nora@gmail.example",
    name: "Nora Newcomer",
};

/// Somebody whose account is switched off: it signs in, and joins nothing.
pub const OLI: Person = Person {
    email: "oli@school.example",
    name: "Oli Off",
};

/// Somebody for whom Classroom is off: every call is refused.
pub const CLEO: Person = Person {
    email: "cleo@school.example",
    name: "Cleo Noclass",
};

/// Somebody under 18 whose school has not approved the widget: Google's window goes no further.
pub const UMA: Person = Person {
    email: "uma@school.example",
    name: "Uma Under",
};

/// Somebody of another school, which this one does not trust.
pub const INES: Person = Person {
    email: "ines@other.example",
    name: "Ines Outside",
};

/// A course of the seeded school, with everything that leads into it.
#[derive(Clone, Copy, Debug)]
pub struct Course {
    /// The numeric id.
    pub id: &'static str,
    /// The name the widget shows.
    pub name: &'static str,
    /// The class code.
    pub code: &'static str,
    /// What stands after `/c/` in Google's links to it: the id, padded with `Z` to a multiple
    /// of three characters, in base64. Written out, not computed: a helper with the widget's
    /// own mistake would hide it.
    pub slug: &'static str,
}

impl Course {
    /// The invite link a teacher copies.
    pub fn invite_link(&self) -> String {
        format!("{}?cjc={}", self.link(), self.code)
    }

    /// Where "Open class" leads.
    pub fn link(&self) -> String {
        format!("https://classroom.google.com/c/{}", self.slug)
    }
}

/// Twelve digits: a link without padding. Has the alias `p:k5xq2ma`.
pub const BIOLOGY: Course = Course {
    id: "741234567890",
    name: "Biology 7b",
    code: "k5xq2ma",
    slug: "NzQxMjM0NTY3ODkw",
};

/// Eleven digits: a link padded with one `Z`.
pub const ART: Course = Course {
    id: "74123456789",
    name: "Art Club",
    code: "m3wnq6a",
    slug: "NzQxMjM0NTY3ODla",
};

/// Ten digits: a link padded with two `Z`.
pub const CHESS: Course = Course {
    id: "7412345678",
    name: "Chess",
    code: "c4ess7x",
    slug: "NzQxMjM0NTY3OFpa",
};

/// The class [`MAYA`] is in from the start.
pub const HOMEROOM: Course = Course {
    id: "512251138243",
    name: "Homeroom 7b",
    code: "h2omer7",
    slug: "NTEyMjUxMTM4MjQz",
};
