//! The school: people, classes and who is in them.

mod account;
mod adding;
mod answer;
mod course;
pub mod inviting;
pub mod joining;
mod refusal;
mod room;
pub mod seed;
pub mod snapshot;
pub mod table;
mod tally;
mod teaching;
mod trust;
pub mod visibility;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use account::Account;
pub use answer::Answer;
pub use course::{Course, CourseState, link_to};
pub use refusal::Refusal;

use self::{
    table::{Key, Row, Table},
    tally::Tally,
};
use crate::clock::Clock;

/// The whole school. Its JSON is that of `/_sandbox/state`, see [`snapshot`].
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct School {
    /// Everyone who has a Google account, of this school or not.
    pub accounts: Table<Account>,
    /// Every class.
    pub courses: Table<Course>,
    /// Who is a student where.
    #[serde(default)]
    pub students: Table<Membership>,
    /// Who teaches where, owners included.
    #[serde(default)]
    pub teachers: Table<Membership>,
    /// The invitations nobody has answered yet.
    #[serde(default)]
    pub invitations: Table<Invitation>,
    /// Other names of classes.
    #[serde(default)]
    pub aliases: Table<CourseAlias>,
    /// How many classes an account has joined by itself. No part of `state`.
    #[serde(skip)]
    joined: Tally,
    /// How many people an account has invited. No part of `state`.
    #[serde(skip)]
    invited: Tally,
    /// How many invitations there have been. No part of `state`.
    #[serde(skip)]
    invitations_made: u64,
    /// Who has met [`Answer::SignInRanOut`] already, and where. No part of `state`.
    #[serde(skip)]
    ran_out: BTreeSet<(String, String)>,
}

/// Somebody's place in a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Membership {
    /// The class's numeric id.
    pub course_id: String,
    /// The person's numeric id.
    pub user_id: String,
}

/// An invitation that waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Invitation {
    /// Assigned by Classroom, opaque.
    pub id: String,
    /// The invited person's numeric id.
    pub user_id: String,
    /// The class's numeric id.
    pub course_id: String,
    /// What the person is invited as.
    pub role: InvitedRole,
}

/// What somebody can be invited as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum InvitedRole {
    /// To learn.
    Student,
    /// To teach with the others.
    Teacher,
    /// To take the class over.
    Owner,
}

/// Another name of a class: `d:` for a domain, `p:` for a Cloud project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CourseAlias {
    /// The class's numeric id.
    pub course_id: String,
    /// The name with its prefix.
    pub alias: String,
}

/// What somebody is in a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Learns.
    Student,
    /// Teaches; the owner does, too.
    Teacher,
}

impl Row for Membership {
    fn keys(&self) -> Vec<Key> {
        vec![
            Key::course(&self.course_id),
            Key::person(&self.user_id),
            Key::place(&self.course_id, &self.user_id),
        ]
    }
}

impl Row for Invitation {
    fn keys(&self) -> Vec<Key> {
        vec![
            Key::id(&self.id),
            Key::course(&self.course_id),
            Key::person(&self.user_id),
            Key::place(&self.course_id, &self.user_id),
        ]
    }
}

impl Row for CourseAlias {
    fn keys(&self) -> Vec<Key> {
        vec![Key::alias(&self.alias), Key::course(&self.course_id)]
    }
}

impl School {
    /// The account with this numeric id.
    pub fn account(&self, id: &str) -> Option<&Account> {
        self.accounts.get(&Key::id(id))
    }

    /// The account with this numeric id or this address, whatever its case.
    pub fn account_by_name(&self, name: &str) -> Option<&Account> {
        self.account(name)
            .or_else(|| self.accounts.get(&Key::email(name)))
    }

    /// Whom `caller` means by a numeric id, an address or `me`; nobody where there is no such
    /// account, or none that others find yet.
    pub fn person<'s>(
        &'s self,
        name: &str,
        caller: &'s Account,
        clock: Clock,
    ) -> Option<&'s Account> {
        match name {
            "me" => Some(caller),
            name => self
                .account_by_name(name)
                .filter(|account| account.is_found(clock.offset_seconds)),
        }
    }

    /// The class with this numeric id.
    pub fn course(&self, id: &str) -> Option<&Course> {
        self.courses.get(&Key::id(id))
    }

    /// The class that `name` stands for when `caller` says it: a numeric id, a `p:` alias, or a
    /// `d:` alias of the caller's own domain.
    pub fn course_by_name(&self, name: &str, caller: &Account) -> Option<&Course> {
        if !(name.starts_with("p:") || name.starts_with("d:")) {
            return self.course(name);
        }
        let alias = self.aliases.get(&Key::alias(name))?;
        let course = self.course(&alias.course_id)?;
        (name.starts_with("p:") || self.domain_of(course) == Some(caller.domain()))
            .then_some(course)
    }

    /// The domain a class belongs to, which is its owner's; none when the owner's account is
    /// gone.
    pub fn domain_of(&self, course: &Course) -> Option<&str> {
        self.account(&course.owner_id).map(Account::domain)
    }

    /// What this person is in this class.
    pub fn role(&self, course_id: &str, user_id: &str) -> Option<Role> {
        let place = Key::place(course_id, user_id);
        if self.teachers.has(&place) {
            Some(Role::Teacher)
        } else if self.students.has(&place) {
            Some(Role::Student)
        } else {
            None
        }
    }

    /// Whether somebody teaches any class at all.
    pub fn teaches(&self, user_id: &str) -> bool {
        self.teachers.has(&Key::person(user_id))
    }
}

impl Membership {
    /// That person's place in that class.
    pub fn new(course_id: &str, user_id: &str) -> Self {
        Self {
            course_id: course_id.to_owned(),
            user_id: user_id.to_owned(),
        }
    }
}
