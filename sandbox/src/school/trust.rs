//! Which domains take each other's people.

use super::{Account, Course, School, account::is_personal};

/// Schools that have named each other as trusted.
const TRUSTING: [(&str, &str); 1] = [("school.example", "partner.example")];

/// Whether a school takes people of a domain: those of its own, of one that it trusts, and people
/// with a personal account. Where there is no school on the other side, anyone is taken.
pub fn takes(host: &str, guest: &str) -> bool {
    host == guest
        || is_personal(host)
        || is_personal(guest)
        || TRUSTING.contains(&(host, guest))
        || TRUSTING.contains(&(guest, host))
}

impl School {
    /// Whether this class takes this person. Without an owner it is refused for that, later on.
    pub fn lets_in(&self, person: &Account, course: &Course) -> bool {
        self.domain_of(course)
            .is_none_or(|domain| takes(domain, person.domain()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_takes_its_own_the_trusted_and_personal_accounts() {
        for (host, guest, taken) in [
            ("school.example", "school.example", true),
            ("school.example", "partner.example", true),
            ("partner.example", "school.example", true),
            ("school.example", "gmail.example", true),
            ("gmail.example", "other.example", true),
            ("school.example", "other.example", false),
        ] {
            assert_eq!(takes(host, guest), taken, "{guest} in {host}");
        }
    }
}
