//! Coming into a class and leaving it: the rules of `courses.students.create` and `.delete`
//! (`classroom/API.md` §1, §2.4, §3.2, §5.2).

use super::{Account, Answer, Course, CourseState, Membership, Role, School};

/// Members, teachers and students together, a class of a school account may have.
const SCHOOL_MEMBERS: usize = 1_000;
/// Members a class of a personal account may have.
const PERSONAL_MEMBERS: usize = 250;
/// Classes a school account may be in.
const SCHOOL_CLASSES: usize = 1_000;
/// Classes a personal account may be in.
const PERSONAL_CLASSES: usize = 100;
/// Classes a personal account may join in one day.
const PERSONAL_JOINS_A_DAY: u32 = 30;

/// Why something was not done. The names are those of Google's reasons where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The caller may not do this; Google says no more.
    NotPermitted,
    /// The code is not, or no longer, that of the class.
    WrongCode,
    /// No such person, or none in this class.
    NotFound,
    /// In the class already, as student or teacher.
    AlreadyExists,
    /// The account is disabled.
    AccountSwitchedOff,
    /// The class has as many members as it may have.
    CourseMemberLimitReached,
    /// The class is archived, or otherwise not open.
    CourseNotModifiable,
    /// The person is in as many classes as they may be in.
    UserGroupsMembershipLimitReached,
    /// The owner's account is gone.
    InactiveCourseOwner,
    /// The person joined as many classes today as they may.
    UserCourseJoinRateLimitReached,
    /// An administrator's addition of somebody outside the domain.
    CannotDirectAddUser,
    /// The person's school and the class's school do not trust each other.
    CannotInviteUserInUntrustedDomain,
    /// The class is there for this answer.
    Answered(Answer),
}

/// Somebody to be put into a class as a student.
#[derive(Clone, Copy, Debug)]
pub struct Enrolment<'a> {
    /// The class's numeric id.
    pub course_id: &'a str,
    /// The numeric id of whoever asks.
    pub caller_id: &'a str,
    /// Who is to join: numeric id, address, or `me`.
    pub who: &'a str,
    /// The class code, where one was given.
    pub code: Option<&'a str>,
    /// The number of the day, for limits that begin anew each day.
    pub today: i64,
}

impl School {
    /// Puts somebody into a class as a student, and gives their numeric id and, where the class
    /// has one, the answer that comes after the joining.
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

        if self.role(&course.id, &person.id).is_some() {
            return Err(Refusal::AlreadyExists);
        }
        let afterwards = self.special_answer(&course, &person)?;
        self.check_room(&course, &person)?;
        if by_themselves
            && person.is_personal()
            && self.joins_on(enrolment.today, &person.id) >= PERSONAL_JOINS_A_DAY
        {
            return Err(Refusal::UserCourseJoinRateLimitReached);
        }

        self.invitations.retain(|invitation| {
            !(invitation.course_id == course.id && invitation.user_id == person.id)
        });
        self.students.push(Membership {
            course_id: course.id,
            user_id: person.id.clone(),
        });
        if by_themselves {
            self.count_join(enrolment.today, &person.id);
        }
        Ok((person.id, afterwards))
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
        self.students
            .retain(|member| !member.is(course_id, person_id));
        Ok(())
    }

    /// Whom the caller may put into the class, if the caller may put that person there: themselves
    /// with the code, and anyone of the domain where the caller administers domain and class.
    fn person_to_enrol(
        &self,
        caller: &Account,
        course: &Course,
        enrolment: Enrolment<'_>,
    ) -> Result<Account, Refusal> {
        let person = match enrolment.who {
            "me" => Some(caller),
            name => self.account_by_name(name),
        };
        let administers = self.administers(caller, course);
        if let Some(person) = person
            && person.id == caller.id
        {
            return match enrolment.code {
                Some(code) if course.enrollment_code.as_deref() != Some(code) => {
                    Err(Refusal::WrongCode)
                }
                None if !administers => Err(Refusal::NotPermitted),
                _ => self.let_in(person, course).map(|()| person.clone()),
            };
        }
        if !administers {
            return Err(Refusal::NotPermitted);
        }
        match person {
            Some(person) if person.domain() == caller.domain() => Ok(person.clone()),
            Some(_) => Err(Refusal::CannotDirectAddUser),
            // An address of another domain is refused alike, whether it exists or not.
            None => match enrolment.who.rsplit_once('@') {
                Some((_, domain)) if domain != caller.domain() => Err(Refusal::CannotDirectAddUser),
                _ => Err(Refusal::NotFound),
            },
        }
    }

    /// Whether a school's class takes this account: those of another school it does not. A
    /// personal account it does, and a personal account's class takes anyone.
    fn let_in(&self, person: &Account, course: &Course) -> Result<(), Refusal> {
        let Some(owner) = self.account(&course.owner_id) else {
            // Without an owner the class is refused for that, further on.
            return Ok(());
        };
        let foreign = person.domain() != owner.domain();
        if foreign && !owner.is_personal() && !person.is_personal() {
            return Err(Refusal::CannotInviteUserInUntrustedDomain);
        }
        Ok(())
    }

    /// The answer a class is there for: refused with it now, or given back to be used after the
    /// joining.
    fn special_answer(
        &mut self,
        course: &Course,
        person: &Account,
    ) -> Result<Option<Answer>, Refusal> {
        match course.answer() {
            None => Ok(None),
            Some(answer @ (Answer::Slow | Answer::CutAfter)) => Ok(Some(answer)),
            Some(Answer::SignInRanOut) => {
                if self.ran_out.insert(person.id.clone()) {
                    Err(Refusal::Answered(Answer::SignInRanOut))
                } else {
                    Ok(None)
                }
            }
            Some(answer) => Err(Refusal::Answered(answer)),
        }
    }

    /// Whether the class can change, and has room for this person, and this person for the class.
    fn check_room(&self, course: &Course, person: &Account) -> Result<(), Refusal> {
        let Some(owner) = self.account(&course.owner_id) else {
            return Err(Refusal::InactiveCourseOwner);
        };
        if course.course_state != CourseState::Active {
            return Err(Refusal::CourseNotModifiable);
        }
        if person.disabled {
            return Err(Refusal::AccountSwitchedOff);
        }
        let members = course.member_limit().unwrap_or(if owner.is_personal() {
            PERSONAL_MEMBERS
        } else {
            SCHOOL_MEMBERS
        });
        if self.member_count(&course.id) >= members {
            return Err(Refusal::CourseMemberLimitReached);
        }
        let classes = if person.is_personal() {
            PERSONAL_CLASSES
        } else {
            SCHOOL_CLASSES
        };
        if self.class_count(&person.id) >= classes {
            return Err(Refusal::UserGroupsMembershipLimitReached);
        }
        Ok(())
    }
}
