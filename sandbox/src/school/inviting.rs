//! Inviting people, and what becomes of it: the rules of `invitations.create`, `.accept` and
//! `.delete` (`classroom/API.md` §3.4).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{
    Account, Answer, Course, Invitation, InvitedRole, Membership, Refusal, Role, School,
    account::domain_of, table::Key, trust,
};
use crate::clock::Clock;

/// People a school account may invite in one day.
const SCHOOL_INVITATIONS_A_DAY: u32 = 500;
/// People a personal account may invite in one day.
const PERSONAL_INVITATIONS_A_DAY: u32 = 100;

/// Somebody to be invited to a class.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// The class's numeric id.
    pub course_id: &'a str,
    /// The numeric id of whoever asks.
    pub caller_id: &'a str,
    /// Who is invited: numeric id, address, or `me`.
    pub who: &'a str,
    /// As what.
    pub role: InvitedRole,
    /// The time, for limits that begin anew each day.
    pub clock: Clock,
    /// How many people the caller may invite today, in place of Google's number.
    pub a_day: Option<u32>,
}

impl School {
    /// Makes an invitation, and gives it and, where the person has one, the answer that comes
    /// after the effect.
    ///
    /// Changes nothing when it refuses.
    pub fn invite(&mut self, wish: Wish<'_>) -> Result<(Invitation, Option<Answer>), Refusal> {
        let course = self
            .course(wish.course_id)
            .ok_or(Refusal::NotFound)?
            .clone();
        let caller = self
            .account(wish.caller_id)
            .ok_or(Refusal::NotPermitted)?
            .clone();
        self.check_inviter(&caller, &course, wish.role)?;
        let person = self.person_to_invite(&caller, wish)?.clone();
        let afterwards = self.meet(person.invited(), &caller.id, &person.id)?;
        self.check_open(&course, &person)?;
        self.check_role(&course, &person, wish.role)?;
        if self.invitations.has(&Key::place(&course.id, &person.id)) {
            return Err(Refusal::AlreadyExists);
        }
        if wish.role == InvitedRole::Owner && self.is_offered(&course) {
            return Err(Refusal::PendingInvitationExists);
        }
        let a_day = wish.a_day.unwrap_or(if caller.is_personal() {
            PERSONAL_INVITATIONS_A_DAY
        } else {
            SCHOOL_INVITATIONS_A_DAY
        });
        let today = wish.clock.today();
        if self.invited.on(today, &caller.id) >= a_day {
            return Err(Refusal::UserInvitationQuotaExhausted);
        }

        let invitation = Invitation {
            id: self.new_invitation_id(),
            user_id: person.id,
            course_id: course.id,
            role: wish.role,
        };
        self.invitations.push(invitation.clone());
        self.invited.add(today, &caller.id);
        Ok((invitation, afterwards))
    }

    /// Gives the invited person their role, and gives the answer that comes after the effect
    /// where the class has one. Only the invited person may.
    ///
    /// Changes nothing when it refuses, unless the class is one whose invitations turn out to be
    /// settled already.
    pub fn accept(&mut self, id: &str, caller_id: &str) -> Result<Option<Answer>, Refusal> {
        let (invitation, course) = self.invitation_and_course(id)?;
        let person = self
            .account(caller_id)
            .ok_or(Refusal::NotPermitted)?
            .clone();
        if invitation.user_id != person.id {
            return Err(Refusal::NotPermitted);
        }
        self.settle_elsewhere(&invitation, &course)?;
        let afterwards = self.meet(course.answer(), &person.id, &course.id)?;
        self.check_open(&course, &person)?;
        self.check_room_for_role(&course, &person, invitation.role)?;
        self.take_effect(&invitation);
        Ok(afterwards)
    }

    /// Takes an invitation away: the invited person declines, whoever manages the class withdraws.
    pub fn uninvite(&mut self, id: &str, caller_id: &str) -> Result<(), Refusal> {
        let (invitation, course) = self.invitation_and_course(id)?;
        let caller = self.account(caller_id).ok_or(Refusal::NotPermitted)?;
        if !self.may_see_invitation(caller, &invitation) {
            return Err(Refusal::NotPermitted);
        }
        self.settle_elsewhere(&invitation, &course)?;
        self.invitations.remove(&Key::id(id));
        Ok(())
    }

    /// Whether the caller invites people to this class: its teachers and administrators do, and
    /// only the owner and administrators give it away.
    fn check_inviter(
        &self,
        caller: &Account,
        course: &Course,
        role: InvitedRole,
    ) -> Result<(), Refusal> {
        let may = match role {
            InvitedRole::Student | InvitedRole::Teacher => self.may_manage(caller, course),
            InvitedRole::Owner => course.owner_id == caller.id || self.administers(caller, course),
        };
        if may {
            Ok(())
        } else {
            Err(Refusal::NotPermitted)
        }
    }

    /// The person to be invited. An address of a domain that is not trusted is refused for that,
    /// whether it exists or not.
    fn person_to_invite<'s>(
        &'s self,
        caller: &'s Account,
        wish: Wish<'_>,
    ) -> Result<&'s Account, Refusal> {
        let person = self.person(wish.who, caller, wish.clock);
        let domain = match person {
            Some(person) => person.domain().to_owned(),
            None => domain_of(wish.who).to_ascii_lowercase(),
        };
        if !domain.is_empty() && !trust::takes(caller.domain(), &domain) {
            return Err(Refusal::CannotInviteUserInUntrustedDomain);
        }
        person.ok_or(Refusal::NotFound)
    }

    /// Whether the person can be offered this role, which is none they have already.
    fn check_role(
        &self,
        course: &Course,
        person: &Account,
        role: InvitedRole,
    ) -> Result<(), Refusal> {
        let has = self.role(&course.id, &person.id);
        match role {
            InvitedRole::Owner if course.owner_id == person.id => Err(Refusal::UserAlreadyOwner),
            InvitedRole::Owner if has != Some(Role::Teacher) => Err(Refusal::IneligibleOwner),
            InvitedRole::Teacher if has == Some(Role::Teacher) => Err(Refusal::HasRoleAlready),
            InvitedRole::Student if has.is_some() => Err(Refusal::HasRoleAlready),
            _ => Ok(()),
        }
    }

    /// Whether somebody is thinking about owning this class.
    fn is_offered(&self, course: &Course) -> bool {
        self.invitations
            .with(&Key::course(&course.id))
            .any(|invitation| invitation.role == InvitedRole::Owner)
    }

    /// An id nobody has seen before.
    fn new_invitation_id(&mut self) -> String {
        loop {
            self.invitations_made += 1;
            let id = URL_SAFE_NO_PAD.encode(format!("invitation-{}", self.invitations_made));
            if !self.invitations.has(&Key::id(&id)) {
                return id;
            }
        }
    }

    fn invitation_and_course(&self, id: &str) -> Result<(Invitation, Course), Refusal> {
        let invitation = self
            .invitations
            .get(&Key::id(id))
            .ok_or(Refusal::NotFound)?;
        let course = self
            .course(&invitation.course_id)
            .ok_or(Refusal::NotFound)?;
        Ok((invitation.clone(), course.clone()))
    }

    /// In a class that is there for this, the invitation turns out to be settled already.
    fn settle_elsewhere(
        &mut self,
        invitation: &Invitation,
        course: &Course,
    ) -> Result<(), Refusal> {
        match course.answer() {
            Some(Answer::AcceptedElsewhere) => self.take_effect(invitation),
            Some(Answer::Withdrawn) => {
                self.invitations.remove(&Key::id(&invitation.id));
            }
            _ => return Ok(()),
        }
        Err(Refusal::NotFound)
    }

    /// Whether the class has room for the person in this role, and the person for the class.
    fn check_room_for_role(
        &self,
        course: &Course,
        person: &Account,
        role: InvitedRole,
    ) -> Result<(), Refusal> {
        let has = self.role(&course.id, &person.id);
        if role == InvitedRole::Owner && has != Some(Role::Teacher) {
            return Err(Refusal::IneligibleOwner);
        }
        if role == InvitedRole::Teacher && has != Some(Role::Teacher) {
            self.check_room_for_teacher(course)?;
        }
        if has.is_none() {
            self.check_room_for_member(course, person)?;
        }
        Ok(())
    }

    /// The invited person has the role, the invitation is gone.
    fn take_effect(&mut self, invitation: &Invitation) {
        let Invitation {
            course_id, user_id, ..
        } = invitation;
        self.invitations.remove(&Key::id(&invitation.id));
        let has = self.role(course_id, user_id);
        match invitation.role {
            InvitedRole::Student if has.is_none() => {
                self.students.push(Membership::new(course_id, user_id));
            }
            InvitedRole::Teacher if has != Some(Role::Teacher) => {
                self.students.remove(&Key::place(course_id, user_id));
                self.teachers.push(Membership::new(course_id, user_id));
            }
            // The owner before goes on as one of the other teachers.
            InvitedRole::Owner => {
                if let Some(course) = self.courses.get_mut(&Key::id(course_id)) {
                    course.owner_id.clone_from(user_id);
                }
            }
            InvitedRole::Student | InvitedRole::Teacher => {}
        }
    }
}
