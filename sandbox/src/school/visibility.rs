//! Who may see what.

use super::{Account, Course, CourseState, Invitation, Membership, Role, School, table::Key};

impl School {
    /// Whether `caller` administers the domain that this class belongs to.
    pub fn administers(&self, caller: &Account, course: &Course) -> bool {
        caller.admin && self.domain_of(course) == Some(caller.domain())
    }

    /// Whether `caller` may see this class: a member may, and an administrator of its domain;
    /// one that is not open yet or not wanted only its owner and administrators, a suspended
    /// one only its owner.
    pub fn may_see_course(&self, caller: &Account, course: &Course) -> bool {
        let owns = course.owner_id == caller.id;
        match course.course_state {
            CourseState::Active | CourseState::Archived => {
                self.role(&course.id, &caller.id).is_some() || self.administers(caller, course)
            }
            CourseState::Provisioned | CourseState::Declined => {
                owns || self.administers(caller, course)
            }
            CourseState::Suspended => owns,
        }
    }

    /// Whether `caller` acts for this class as a teacher does: a teacher, or an administrator of
    /// its domain.
    pub fn may_manage(&self, caller: &Account, course: &Course) -> bool {
        self.role(&course.id, &caller.id) == Some(Role::Teacher) || self.administers(caller, course)
    }

    /// Whether `caller` is invited to this class and may therefore read about it.
    pub fn may_read_as_invited(&self, caller: &Account, course: &Course) -> bool {
        let open = matches!(
            course.course_state,
            CourseState::Active | CourseState::Archived
        );
        open && !course.is_hidden_from_invited()
            && self.invitations.has(&Key::place(&course.id, &caller.id))
    }

    /// Whether `caller` may see this invitation: the invited person may, and whoever manages the
    /// class.
    pub fn may_see_invitation(&self, caller: &Account, invitation: &Invitation) -> bool {
        invitation.user_id == caller.id || self.manages(caller, &invitation.course_id)
    }

    /// Whether `caller` may see somebody's profile: their own, anyone's in the domain they
    /// administer, a teacher those in their classes, a student their teachers, and whoever
    /// manages a class those of its domain who are invited to it.
    pub fn may_see_profile(&self, caller: &Account, person: &Account) -> bool {
        if caller.id == person.id || (caller.admin && caller.domain() == person.domain()) {
            return true;
        }
        let theirs = Key::person(&person.id);
        let in_class = |place: &Membership| self.role(&place.course_id, &caller.id);
        self.teachers
            .with(&theirs)
            .any(|place| in_class(place).is_some())
            || self
                .students
                .with(&theirs)
                .any(|place| in_class(place) == Some(Role::Teacher))
            || self.invitations.with(&theirs).any(|invitation| {
                let course = self.course(&invitation.course_id);
                course.is_some_and(|course| {
                    self.domain_of(course) == Some(person.domain())
                        && self.may_manage(caller, course)
                })
            })
    }

    fn manages(&self, caller: &Account, course_id: &str) -> bool {
        self.course(course_id)
            .is_some_and(|course| self.may_manage(caller, course))
    }
}
