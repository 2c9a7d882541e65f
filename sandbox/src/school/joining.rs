//! Coming into a class and leaving it as a student: the rules of `courses.students.create` and
//! `.delete` (`classroom/API.md` §1, §2.4, §3.2).

use super::{Account, Answer, Course, CourseState, Membership, Refusal, Role, School, table::Key};
use crate::clock::Clock;

/// Classes a personal account may join in one day.
const PERSONAL_JOINS_A_DAY: u32 = 30;

/// Somebody to be put into a class.
#[derive(Clone, Copy, Debug)]
pub struct Enrolment<'a> {
    /// The class's numeric id.
    pub course_id: &'a str,
    /// The numeric id of whoever asks.
    pub caller_id: &'a str,
    /// Who is to come in: numeric id, address, or `me`.
    pub who: &'a str,
    /// The class code, where one was given.
    pub code: Option<&'a str>,
    /// The time, for limits that begin anew each day.
    pub clock: Clock,
}

impl School {
    /// Puts somebody into a class as a student, and gives their numeric id and, where the class or
    /// the person has one, the answer that comes after the effect.
    ///
    /// Changes nothing when it refuses.
    pub fn enrol(&mut self, enrolment: Enrolment<'_>) -> Result<(String, Option<Answer>), Refusal> {
        let course = self
            .course(enrolment.course_id)
            .ok_or(Refusal::NotFound)?
            .clone();
        let caller = self
            .account(enrolment.caller_id)
            .ok_or(Refusal::NotPermitted)?
            .clone();
        let person = self.person_to_enrol(&caller, &course, enrolment)?;
        let by_themselves = person.id == caller.id;
        let today = enrolment.clock.today();

        if self.role(&course.id, &person.id).is_some() {
            return Err(Refusal::AlreadyExists);
        }
        let added = if by_themselves { None } else { person.added() };
        let after_person = self.meet(added, &caller.id, &person.id)?;
        let after_course = self.meet(course.answer(), &person.id, &course.id)?;
        self.check_owner(&course)?;
        self.check_open(&course, &person)?;
        self.check_room_for_member(&course, &person)?;
        if by_themselves
            && person.is_personal()
            && self.joined.on(today, &person.id) >= PERSONAL_JOINS_A_DAY
        {
            return Err(Refusal::UserCourseJoinRateLimitReached);
        }

        self.invitations.remove(&Key::place(&course.id, &person.id));
        self.students.push(Membership::new(&course.id, &person.id));
        if by_themselves {
            self.joined.add(today, &person.id);
        }
        Ok((person.id, after_person.or(after_course)))
    }

    /// Takes a student out of a class: a teacher of it may, an administrator, and the student.
    pub fn unenrol(
        &mut self,
        course_id: &str,
        caller_id: &str,
        person_id: &str,
    ) -> Result<(), Refusal> {
        let course = self.course(course_id).ok_or(Refusal::NotFound)?;
        let caller = self.account(caller_id).ok_or(Refusal::NotPermitted)?;
        if caller_id != person_id && !self.may_manage(caller, course) {
            return Err(Refusal::NotPermitted);
        }
        if self.role(course_id, person_id) != Some(Role::Student) {
            return Err(Refusal::NotFound);
        }
        if course.course_state != CourseState::Active {
            return Err(Refusal::CourseNotModifiable);
        }
        self.students.remove(&Key::place(course_id, person_id));
        Ok(())
    }

    /// Whom the caller may put into the class, if the caller may put that person there: themselves
    /// with the code, and whomever an administrator may add.
    fn person_to_enrol(
        &self,
        caller: &Account,
        course: &Course,
        enrolment: Enrolment<'_>,
    ) -> Result<Account, Refusal> {
        let person = self.person(enrolment.who, caller, enrolment.clock);
        if person.is_none_or(|person| person.id != caller.id) {
            return self.person_to_add(caller, course, person);
        }
        match enrolment.code {
            Some(code) if course.enrollment_code.as_deref() != Some(code) => {
                Err(Refusal::WrongCode)
            }
            None if !self.administers(caller, course) => Err(Refusal::NotPermitted),
            _ if !self.lets_in(caller, course) => Err(Refusal::CannotInviteUserInUntrustedDomain),
            _ => Ok(caller.clone()),
        }
    }
}
