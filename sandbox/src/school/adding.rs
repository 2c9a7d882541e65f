//! Adding people to a class without asking them, which administrators do (`classroom/API.md` §1).

use super::{Account, Course, Refusal, School};

impl School {
    /// The person, if the caller may add them: both the person and the class have to belong to
    /// the domain that the caller administers. `person` is nobody where no account was found.
    pub(super) fn person_to_add(
        &self,
        caller: &Account,
        course: &Course,
        person: Option<&Account>,
    ) -> Result<Account, Refusal> {
        if !self.administers(caller, course) {
            return Err(Refusal::NotPermitted);
        }
        person
            .filter(|person| person.domain() == caller.domain())
            .cloned()
            .ok_or(Refusal::CannotDirectAddUser)
    }
}
