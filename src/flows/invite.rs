//! Inviting many: what is asked before anything is sent, and where the words differ.

use super::review::Row;
use crate::classroom::role::Role;

/// Something that is asked once, before anything is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Whoever accepts takes the class over.
    Owner,
    /// Some addresses lie outside of the school: these, as far as one can look at them at once.
    Outsiders(Vec<String>),
}

/// The most addresses that a question names.
pub const MOST_NAMED: usize = 5;

/// What was answered with yes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// The class may be given away.
    pub owner: bool,
    /// The outsiders are right.
    pub outsiders: bool,
}

/// What is still to be asked before `rows` are sent. `own` are the domains of the school.
pub fn question(role: Role, rows: &[Row], own: &[&str], answered: Answered) -> Option<Question> {
    if role == Role::Owner && !answered.owner {
        return Some(Question::Owner);
    }
    if answered.outsiders {
        return None;
    }
    let outside = rows.iter().filter(|row| row.is_outside(own));
    let named: Vec<_> = outside
        .map(|row| row.text.clone())
        .take(MOST_NAMED)
        .collect();
    (!named.is_empty()).then_some(Question::Outsiders(named))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{entry::address_list, flows::review::State};

    const OWN: [&str; 2] = ["school.example", "Students.School.Example"];

    fn rows(typed: &str) -> Vec<Row> {
        let list = address_list::read(typed, &OWN).listed;
        list.into_iter().map(Row::from).collect()
    }

    fn asked(role: Role, typed: &str, answered: Answered) -> Option<Question> {
        question(role, &rows(typed), &OWN, answered)
    }

    fn outsiders<const N: usize>(addresses: [&str; N]) -> Option<Question> {
        Some(Question::Outsiders(addresses.map(str::to_owned).into()))
    }

    const NOTHING: Answered = Answered {
        owner: false,
        outsiders: false,
    };

    #[test]
    fn of_people_of_ones_own_school_nothing_is_asked() {
        let typed = "maya@school.example, leo@SCHOOL.example, ida@students.school.example";
        assert_eq!(asked(Role::Teacher, typed, NOTHING), None);
        assert_eq!(asked(Role::Student, typed, NOTHING), None);
    }

    #[test]
    fn giving_the_class_away_is_asked_about_first_and_then_the_outsiders() {
        let typed = "maya@other.example";
        let mut answered = NOTHING;
        assert_eq!(asked(Role::Owner, typed, answered), Some(Question::Owner));
        answered.owner = true;
        assert_eq!(asked(Role::Owner, typed, answered), outsiders([typed]));
        answered.outsiders = true;
        assert_eq!(asked(Role::Owner, typed, answered), None);
    }

    #[test]
    fn what_was_answered_is_not_asked_again_and_answers_nothing_else() {
        let typed = "maya@other.example";
        let answered = Answered {
            outsiders: true,
            ..NOTHING
        };
        assert_eq!(asked(Role::Teacher, typed, answered), None);
        assert_eq!(asked(Role::Owner, typed, answered), Some(Question::Owner));
    }

    #[test]
    fn an_address_that_could_be_meant_to_look_like_another_counts_as_outside() {
        let typed = "maya@schoo1.example";
        assert!(rows(typed)[0].doubt.is_some());
        assert_eq!(asked(Role::Teacher, typed, NOTHING), outsiders([typed]));
        // Even where the domain is one's own.
        let own = ["schoo1.example"];
        assert_eq!(
            question(Role::Teacher, &rows(typed), &own, NOTHING),
            outsiders([typed])
        );
    }

    #[test]
    fn a_domain_within_or_around_ones_own_is_another_one() {
        for typed in ["maya@staff.school.example", "maya@example.org"] {
            assert_eq!(asked(Role::Student, typed, NOTHING), outsiders([typed]));
        }
    }

    #[test]
    fn only_as_many_are_named_as_one_can_look_at() {
        let typed: Vec<_> = (0..9).map(|at| format!("p{at}@other.example")).collect();
        let named = ["p0", "p1", "p2", "p3", "p4"].map(|p| [p, "@other.example"].concat());
        assert_eq!(
            asked(Role::Teacher, &typed.join("\n"), NOTHING),
            outsiders([&*named[0], &*named[1], &*named[2], &*named[3], &*named[4]])
        );
    }

    #[test]
    fn who_is_not_going_to_be_sent_to_is_not_asked_about() {
        let mut rows =
            rows("a@other.example, a@other.example, x@, b@other.example, c@other.example");
        rows[0].state = State::AlreadyMember;
        rows[3].is_out = true;
        assert_eq!(rows[1].state, State::Duplicate);
        assert_eq!(
            question(Role::Teacher, &rows, &OWN, NOTHING),
            outsiders(["c@other.example"])
        );
        rows[4].state = State::Skipped;
        assert_eq!(question(Role::Teacher, &rows, &OWN, NOTHING), None);
    }
}
