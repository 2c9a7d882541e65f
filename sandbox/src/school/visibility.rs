//! Who may see what.

use super::{Account, Course, CourseState, Role, School};

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

    /// Whether `caller` may see somebody's profile: their own, anyone's in the domain they
    /// administer, a teacher those in their classes, a student their teachers.
    pub fn may_see_profile(&self, caller: &Account, person: &Account) -> bool {
        if caller.id == person.id || (caller.admin && caller.domain() == person.domain()) {
            return true;
        }
        self.courses.iter().any(|course| {
            let roles = (
                self.role(&course.id, &caller.id),
                self.role(&course.id, &person.id),
            );
            matches!(
                roles,
                (Some(Role::Teacher), Some(_)) | (Some(Role::Student), Some(Role::Teacher))
            )
        })
    }
}
