//! How much room there is: in a class for people, and in a person's day and list for classes
//! (`classroom/API.md` §5.2).

use super::{Account, Course, CourseState, Refusal, School, table::Key};

/// Members, teachers and students together, a class of a school account may have.
const SCHOOL_MEMBERS: usize = 1_000;
/// Members a class of a personal account may have.
const PERSONAL_MEMBERS: usize = 250;
/// Teachers a class may have.
const TEACHERS: usize = 50;
/// Classes a school account may be in.
const SCHOOL_CLASSES: usize = 1_000;
/// Classes a personal account may be in.
const PERSONAL_CLASSES: usize = 100;

impl School {
    /// Whether the class's owner has an account.
    pub fn check_owner(&self, course: &Course) -> Result<(), Refusal> {
        match self.account(&course.owner_id) {
            Some(_) => Ok(()),
            None => Err(Refusal::InactiveCourseOwner),
        }
    }

    /// Whether the class can change and this person can come into it, or come to more in it.
    pub fn check_open(&self, course: &Course, person: &Account) -> Result<(), Refusal> {
        if course.course_state != CourseState::Active {
            return Err(Refusal::CourseNotModifiable);
        }
        if person.disabled {
            return Err(Refusal::AccountSwitchedOff);
        }
        Ok(())
    }

    /// Whether there is room in the class for one more member, and for the class among those of
    /// this person.
    pub fn check_room_for_member(&self, course: &Course, person: &Account) -> Result<(), Refusal> {
        let personal = self
            .account(&course.owner_id)
            .is_some_and(Account::is_personal);
        let members = course.member_limit().unwrap_or(if personal {
            PERSONAL_MEMBERS
        } else {
            SCHOOL_MEMBERS
        });
        if self.count(&Key::course(&course.id)) >= members {
            return Err(Refusal::CourseMemberLimitReached);
        }
        let classes = if person.is_personal() {
            PERSONAL_CLASSES
        } else {
            SCHOOL_CLASSES
        };
        if self.count(&Key::person(&person.id)) >= classes {
            return Err(Refusal::UserGroupsMembershipLimitReached);
        }
        Ok(())
    }

    /// Whether there is room in the class for one more teacher.
    pub fn check_room_for_teacher(&self, course: &Course) -> Result<(), Refusal> {
        if self.teachers.count(&Key::course(&course.id))
            >= course.teacher_limit().unwrap_or(TEACHERS)
        {
            return Err(Refusal::CourseTeacherLimitReached);
        }
        Ok(())
    }

    /// How many places in classes have this key, students' and teachers'.
    fn count(&self, key: &Key) -> usize {
        self.students.count(key) + self.teachers.count(key)
    }
}
