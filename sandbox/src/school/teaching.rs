//! Adding teachers to a class and taking them out: the rules of `courses.teachers.create` and
//! `.delete` (`classroom/API.md` §3.3).

use super::{
    Answer, CourseState, Membership, Refusal, Role, School, joining::Enrolment, table::Key,
};

impl School {
    /// Has an administrator put somebody into a class as a teacher, and gives their numeric id
    /// and, where the person has one, the answer that comes after the effect. There is no code
    /// for this; one in the wish is not looked at.
    ///
    /// Changes nothing when it refuses.
    pub fn add_teacher(
        &mut self,
        wish: Enrolment<'_>,
    ) -> Result<(String, Option<Answer>), Refusal> {
        let course = self
            .course(wish.course_id)
            .ok_or(Refusal::NotFound)?
            .clone();
        let caller = self
            .account(wish.caller_id)
            .ok_or(Refusal::NotPermitted)?
            .clone();
        let person = self.person(wish.who, &caller, wish.clock);
        let person = self.person_to_add(&caller, &course, person)?;
        if self.role(&course.id, &person.id).is_some() {
            return Err(Refusal::AlreadyExists);
        }
        let afterwards = self.meet(person.added(), &caller.id, &person.id)?;
        self.check_owner(&course)?;
        self.check_open(&course, &person)?;
        self.check_room_for_teacher(&course)?;
        self.check_room_for_member(&course, &person)?;
        self.invitations.remove(&Key::place(&course.id, &person.id));
        self.teachers.push(Membership::new(&course.id, &person.id));
        Ok((person.id, afterwards))
    }

    /// Takes a teacher out of a class: any teacher of it may, and an administrator. The owner
    /// stays, and without an owner everybody does.
    pub fn remove_teacher(
        &mut self,
        course_id: &str,
        caller_id: &str,
        person_id: &str,
    ) -> Result<(), Refusal> {
        let course = self.course(course_id).ok_or(Refusal::NotFound)?;
        let caller = self.account(caller_id).ok_or(Refusal::NotPermitted)?;
        if !self.may_manage(caller, course) {
            return Err(Refusal::NotPermitted);
        }
        if self.role(course_id, person_id) != Some(Role::Teacher) {
            return Err(Refusal::NotFound);
        }
        if self.account(&course.owner_id).is_none() {
            return Err(Refusal::CannotRemoveTeacherWithNoCourseOwner);
        }
        if course.owner_id == person_id {
            return Err(Refusal::CannotRemoveCourseOwner);
        }
        if course.course_state != CourseState::Active {
            return Err(Refusal::CourseNotModifiable);
        }
        self.teachers.remove(&Key::place(course_id, person_id));
        Ok(())
    }
}
