//! The school: people, classes and who is in them.

mod account;
mod answer;
mod course;
pub mod joining;
pub mod seed;
pub mod snapshot;
pub mod visibility;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use account::Account;
pub use answer::Answer;
pub use course::{Course, CourseState, link_to};

/// The whole school. Its JSON is that of `/_sandbox/state`, see [`snapshot`].
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct School {
    /// Everyone who has a Google account, of this school or not.
    pub accounts: Vec<Account>,
    /// Every class.
    pub courses: Vec<Course>,
    /// Who is a student where.
    #[serde(default)]
    pub students: Vec<Membership>,
    /// Who teaches where, owners included.
    #[serde(default)]
    pub teachers: Vec<Membership>,
    /// The invitations nobody has answered yet.
    #[serde(default)]
    pub invitations: Vec<Invitation>,
    /// Other names of classes.
    #[serde(default)]
    pub aliases: Vec<CourseAlias>,
    /// How many classes an account has joined on the last day it joined any. No part of `state`.
    #[serde(skip)]
    joins: BTreeMap<String, DayCount>,
    /// Who has met [`Answer::SignInRanOut`] already. No part of `state`.
    #[serde(skip)]
    ran_out: BTreeSet<String>,
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

/// A count that begins anew each day.
#[derive(Clone, Copy, Debug, Default)]
struct DayCount {
    day: i64,
    count: u32,
}

impl School {
    /// The account with this numeric id.
    pub fn account(&self, id: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == id)
    }

    /// The account with this numeric id or this address, whatever its case.
    pub fn account_by_name(&self, name: &str) -> Option<&Account> {
        self.accounts
            .iter()
            .find(|account| account.id == name || account.email.eq_ignore_ascii_case(name))
    }

    /// The class with this numeric id.
    pub fn course(&self, id: &str) -> Option<&Course> {
        self.courses.iter().find(|course| course.id == id)
    }

    /// The class that `name` stands for when `caller` says it: a numeric id, a `p:` alias, or a
    /// `d:` alias of the caller's own domain.
    pub fn course_by_name(&self, name: &str, caller: &Account) -> Option<&Course> {
        if !(name.starts_with("p:") || name.starts_with("d:")) {
            return self.course(name);
        }
        let alias = self.aliases.iter().find(|alias| alias.alias == name)?;
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
        let among =
            |members: &[Membership]| members.iter().any(|member| member.is(course_id, user_id));
        if among(&self.teachers) {
            Some(Role::Teacher)
        } else if among(&self.students) {
            Some(Role::Student)
        } else {
            None
        }
    }

    /// Whether somebody teaches any class at all.
    pub fn teaches(&self, user_id: &str) -> bool {
        self.teachers.iter().any(|place| place.user_id == user_id)
    }

    /// How many people are in a class.
    pub fn member_count(&self, course_id: &str) -> usize {
        self.students
            .iter()
            .chain(&self.teachers)
            .filter(|member| member.course_id == course_id)
            .count()
    }

    /// How many classes somebody is in.
    pub fn class_count(&self, user_id: &str) -> usize {
        self.students
            .iter()
            .chain(&self.teachers)
            .filter(|member| member.user_id == user_id)
            .count()
    }

    /// How many classes somebody has joined by themselves on this day.
    pub fn joins_on(&self, day: i64, user_id: &str) -> u32 {
        self.joins
            .get(user_id)
            .filter(|counted| counted.day == day)
            .map_or(0, |counted| counted.count)
    }

    /// Writes down that somebody joined a class by themselves on this day.
    fn count_join(&mut self, day: i64, user_id: &str) {
        let count = self.joins_on(day, user_id) + 1;
        self.joins
            .insert(user_id.to_owned(), DayCount { day, count });
    }
}

impl Membership {
    /// Whether this is that person's place in that class.
    pub fn is(&self, course_id: &str, user_id: &str) -> bool {
        self.course_id == course_id && self.user_id == user_id
    }
}
