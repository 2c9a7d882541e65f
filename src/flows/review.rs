//! The rows of a review: who is to be invited or added, and what has become of it.

use std::collections::BTreeSet;

use crate::{
    classroom::{error::ApiError, invitations::InvitationId},
    config::Config,
    entry::{
        address_list::{self, Doubt, Listed},
        email_address::{AddressMistake, EmailAddress},
    },
    guidance::{Audience, Guidance, Task, Trouble, guide},
};

/// Where a row stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// To be sent.
    Ready,
    /// What was typed is no address.
    Invalid(AddressMistake),
    /// The same address stands further up.
    Duplicate,
    /// An invitation to the class waits for this person already: the one with this id, where it is
    /// known.
    AlreadyInvited(Option<InvitationId>),
    /// In the class already, in this role or a higher one.
    AlreadyMember,
    /// On its way.
    Sending,
    /// Invited or added, by the invitation with this id where there is one and it is known.
    Sent(Option<InvitationId>),
    /// Refused, or lost: the call's name in Google's reference, and what came back.
    Failed(&'static str, ApiError),
    /// Not sent, since the run ended before.
    Skipped,
}

impl State {
    /// The name in `data-state`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Invalid(_) => "invalid",
            Self::Duplicate => "duplicate",
            Self::AlreadyInvited(_) => "already-invited",
            Self::AlreadyMember => "already-member",
            Self::Sending => "sending",
            Self::Sent(_) => "sent",
            Self::Failed(..) => "failed",
            Self::Skipped => "skipped",
        }
    }

    /// Whether nothing more will happen to the row by itself.
    pub const fn is_settled(&self) -> bool {
        !matches!(self, Self::Ready | Self::Sending)
    }
}

/// One person of a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The address; as it was typed where it is none.
    pub text: String,
    /// The address, where it is one.
    pub address: Option<EmailAddress>,
    /// Why it should be looked at twice.
    pub doubt: Option<Doubt>,
    /// Where it stands.
    pub state: State,
    /// The person has taken it out of the list.
    pub is_out: bool,
}

impl From<Listed> for Row {
    fn from(listed: Listed) -> Self {
        match listed.address {
            Ok(address) => Self {
                text: address.as_str().to_owned(),
                address: Some(address),
                doubt: listed.doubt,
                state: if listed.is_duplicate {
                    State::Duplicate
                } else {
                    State::Ready
                },
                is_out: false,
            },
            Err(mistake) => Self {
                text: listed.text,
                address: None,
                doubt: None,
                state: State::Invalid(mistake),
                is_out: false,
            },
        }
    }
}

impl Row {
    /// The row that `typed` makes in the place of another one; `others` are the addresses in the
    /// list, `own` the school's domains.
    pub fn corrected(typed: &str, others: &[EmailAddress], own: &[&str]) -> Self {
        let mut list = address_list::read(typed, own).listed;
        match list.len() {
            1 => {
                let mut listed = list.remove(0);
                listed.is_duplicate = listed
                    .address
                    .as_ref()
                    .is_ok_and(|address| others.iter().any(|other| other.is_same(address)));
                Self::from(listed)
            }
            // Nothing, or two: a row is one person.
            count => Self::from(Listed {
                text: typed.trim().to_owned(),
                address: Err(if count == 0 {
                    AddressMistake::NoAt
                } else {
                    AddressMistake::SeveralAts
                }),
                doubt: None,
                is_duplicate: false,
            }),
        }
    }

    /// The address that is to be sent, where one is.
    pub fn due(&self) -> Option<&EmailAddress> {
        match self.state {
            _ if self.is_out => None,
            State::Ready => self.address.as_ref(),
            State::Invalid(_)
            | State::Duplicate
            | State::AlreadyInvited(_)
            | State::AlreadyMember
            | State::Sending
            | State::Sent(_)
            | State::Failed(..)
            | State::Skipped => None,
        }
    }

    /// What stood in the way of a row that failed.
    pub fn trouble(&self) -> Option<Trouble> {
        match &self.state {
            State::Failed(call, error) => Some(Trouble::Api {
                call,
                error: error.clone(),
            }),
            State::Ready
            | State::Invalid(_)
            | State::Duplicate
            | State::AlreadyInvited(_)
            | State::AlreadyMember
            | State::Sending
            | State::Sent(_)
            | State::Skipped => None,
        }
    }

    /// What is said about a row that failed.
    pub fn guidance(&self, task: Task, audience: Audience, config: &Config) -> Option<Guidance> {
        let trouble = self.trouble()?;
        Some(guide(task, audience, &trouble, Some(config)))
    }

    /// Whether sending it again can help: it was not sent, or what was in the way may have passed.
    pub fn can_be_tried_again(&self, task: Task, audience: Audience, config: &Config) -> bool {
        self.state == State::Skipped
            || self
                .guidance(task, audience, config)
                .is_some_and(|guidance| guidance.trying_again_helps())
    }

    /// Whether the person may still change or take out the row.
    pub fn is_open(&self) -> bool {
        !matches!(self.state, State::Sending | State::Sent(_))
    }

    /// Whether the address lies outside of all `own` domains, or could be meant to look like one.
    pub fn is_outside(&self, own: &[&str]) -> bool {
        self.due().is_some_and(|address| {
            self.doubt.is_some()
                || !own
                    .iter()
                    .any(|own| own.eq_ignore_ascii_case(address.domain()))
        })
    }
}

/// Where the duplicates stand that are none any more, since what they repeated was corrected or taken
/// out: of each address the first.
pub fn freed(rows: &[Row]) -> Vec<usize> {
    let key = |row: &Row| row.address.as_ref().map(EmailAddress::key);
    let (repeated, others): (Vec<_>, Vec<_>) = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| !row.is_out)
        .partition(|(_, row)| row.state == State::Duplicate);
    let mut taken: BTreeSet<_> = others.iter().filter_map(|(_, row)| key(row)).collect();
    repeated
        .into_iter()
        .filter_map(|(at, row)| taken.insert(key(row)?).then_some(at))
        .collect()
}

/// How many rows stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// To be sent, or on their way.
    pub open: usize,
    /// Sent.
    pub sent: usize,
    /// So already: invited, or in the class.
    pub already: usize,
    /// Refused, lost, or not sent.
    pub failed: usize,
    /// No address, or one that stands further up.
    pub unusable: usize,
}

impl Tally {
    /// Counts.
    pub fn of<'a>(states: impl IntoIterator<Item = &'a State>) -> Self {
        let mut tally = Self::default();
        for state in states {
            *tally.place(state) += 1;
        }
        tally
    }

    /// A row was taken out.
    pub fn taken(&mut self, from: &State) {
        let place = self.place(from);
        *place = place.saturating_sub(1);
    }

    /// A row has moved.
    pub fn moved(&mut self, from: &State, to: &State) {
        self.taken(from);
        *self.place(to) += 1;
    }

    fn place(&mut self, state: &State) -> &mut usize {
        match state {
            State::Ready | State::Sending => &mut self.open,
            State::Sent(_) => &mut self.sent,
            State::AlreadyInvited(_) | State::AlreadyMember => &mut self.already,
            State::Failed(..) | State::Skipped => &mut self.failed,
            State::Invalid(_) | State::Duplicate => &mut self.unusable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        classroom::{error::Refusal, invitations, reason::Reason, status::Status, students},
        config,
        config::params::PageParams,
    };

    const OWN: [&str; 1] = ["school.example"];

    fn config() -> Config {
        config::check(r#"{"clientId":"x"}"#, &PageParams::default())
            .unwrap()
            .config
    }

    fn rows(typed: &str) -> Vec<Row> {
        let list = address_list::read(typed, &OWN).listed;
        list.into_iter().map(Row::from).collect()
    }

    fn row(state: State) -> Row {
        Row {
            state,
            ..rows("maya@school.example").remove(0)
        }
    }

    fn refused(http: u16, status: Status, reason: Option<Reason>) -> State {
        let refusal = Refusal::new(http, status, reason);
        State::Failed(invitations::CREATE, ApiError::Refused(refusal))
    }

    /// One of each kind, in the order in which they are declared.
    fn states() -> [State; 9] {
        [
            State::Ready,
            State::Invalid(AddressMistake::NoAt),
            State::Duplicate,
            State::AlreadyInvited(InvitationId::parse("i")),
            State::AlreadyMember,
            State::Sending,
            State::Sent(None),
            State::Failed(invitations::CREATE, ApiError::Network),
            State::Skipped,
        ]
    }

    #[test]
    fn the_states_have_the_names_that_pages_rely_on() {
        assert_eq!(
            states().map(|state| state.name()),
            [
                "ready",
                "invalid",
                "duplicate",
                "already-invited",
                "already-member",
                "sending",
                "sent",
                "failed",
                "skipped"
            ]
        );
    }

    #[test]
    fn only_what_is_still_to_come_is_not_settled() {
        let open = states().into_iter().filter(|state| !state.is_settled());
        assert_eq!(Vec::from_iter(open), [State::Ready, State::Sending]);
    }

    #[test]
    fn a_row_shows_the_address_as_it_is_sent_and_a_mistake_as_it_was_typed() {
        let rows = rows("Maya Chen <Maya@SCHOOL.example>\nleo.school.example\nmaya@school.example");
        let shown: Vec<_> = rows.iter().map(|row| (&*row.text, &row.state)).collect();
        assert_eq!(
            shown,
            [
                ("Maya@school.example", &State::Ready),
                ("leo.school.example", &State::Invalid(AddressMistake::NoAt)),
                ("maya@school.example", &State::Duplicate),
            ]
        );
        assert!(rows[0].address.is_some() && rows[1].address.is_none());
        assert!(rows.iter().all(|row| !row.is_out && row.doubt.is_none()));
    }

    #[test]
    fn a_domain_to_be_looked_at_twice_is_doubted_and_ready_all_the_same() {
        let row = rows("maya@schoo1.example").remove(0);
        assert_eq!(row.doubt, Some(Doubt::LookAlike("school.example".into())));
        assert_eq!(row.state, State::Ready);
    }

    fn corrected(typed: &str) -> Row {
        let others = rows("leo@school.example, ida@school.example");
        let others: Vec<_> = others.into_iter().filter_map(|row| row.address).collect();
        Row::corrected(typed, &others, &OWN)
    }

    #[test]
    fn a_correction_is_read_as_a_paste_is() {
        for typed in [
            "maya@school.example",
            "  Maya Chen <maya@SCHOOL.example>, ",
            "mailto:maya@school.example",
        ] {
            let row = corrected(typed);
            assert_eq!(row.text, "maya@school.example", "{typed}");
            assert_eq!(row.state, State::Ready);
        }
        assert!(corrected("maya@schoo1.example").doubt.is_some());
    }

    #[test]
    fn a_correction_that_is_no_address_says_why() {
        for (typed, text, mistake) in [
            (
                " maya.school.example ",
                "maya.school.example",
                AddressMistake::NoAt,
            ),
            ("maya@school", "maya@school", AddressMistake::NoEnding),
            ("", "", AddressMistake::NoAt),
            ("email", "email", AddressMistake::NoAt),
        ] {
            let row = corrected(typed);
            assert_eq!(row.text, text);
            assert_eq!(row.state, State::Invalid(mistake), "{typed}");
            assert_eq!((row.address, row.doubt), (None, None));
        }
    }

    #[test]
    fn a_row_is_one_person() {
        let typed = "maya@school.example, sam@school.example";
        let row = corrected(typed);
        assert_eq!(row.text, typed);
        assert_eq!(row.state, State::Invalid(AddressMistake::SeveralAts));
    }

    #[test]
    fn a_correction_to_what_stands_elsewhere_is_a_duplicate() {
        let row = corrected("LEO@school.example");
        assert_eq!(row.state, State::Duplicate);
        assert_eq!(row.due(), None);
    }

    #[test]
    fn what_repeats_a_row_that_is_taken_out_or_corrected_is_no_duplicate_any_more() {
        let mut rows = rows("a@x.org, b@x.org, A@x.org, a@X.org, b@x.org");
        assert!(freed(&rows).is_empty());
        // The first of the two that are left.
        rows[0].is_out = true;
        assert_eq!(freed(&rows), [2]);
        rows[2].state = State::Ready;
        assert!(freed(&rows).is_empty());

        rows[1] = Row::corrected("c@x.org", &[], &OWN);
        assert_eq!(freed(&rows), [4]);
    }

    #[test]
    fn what_repeats_a_row_that_is_settled_stays_a_duplicate() {
        let mut rows = rows("a@x.org, a@x.org");
        for state in states() {
            let is_duplicate = state == State::Duplicate;
            rows[0].state = state;
            // Two that repeat each other: one of them has to be sent.
            let expected: &[usize] = if is_duplicate { &[0] } else { &[] };
            assert_eq!(freed(&rows), expected, "{:?}", rows[0].state);
        }
    }

    #[test]
    fn a_duplicate_that_is_taken_out_is_not_freed() {
        let mut rows = rows("a@x.org, a@x.org, a@x.org");
        rows[0].is_out = true;
        rows[1].is_out = true;
        assert_eq!(freed(&rows), [2]);
    }

    #[test]
    fn only_what_is_ready_and_not_taken_out_is_sent() {
        let due = states()
            .map(row)
            .into_iter()
            .filter(|row| row.due().is_some());
        assert_eq!(due.count(), 1);
        let mut ready = row(State::Ready);
        assert_eq!(ready.due().unwrap().as_str(), "maya@school.example");
        ready.is_out = true;
        assert_eq!(ready.due(), None);
    }

    #[test]
    fn what_was_not_sent_or_may_have_passed_can_be_tried_again() {
        let config = config();
        let again = |row: &Row| row.can_be_tried_again(Task::Invite, Audience::Teacher, &config);
        let tried = states().map(row).into_iter().filter(again);
        let tried: Vec<_> = tried.map(|row| row.state.name()).collect();
        assert_eq!(tried, ["failed", "skipped"]);

        let reasons = |http, status: Status, reasons: &[Reason]| {
            let states = reasons.iter().cloned().map(Some);
            let states = states.map(|reason| refused(http, status.clone(), reason));
            Vec::from_iter(states)
        };
        let helps = [
            State::Failed(invitations::CREATE, ApiError::Timeout),
            refused(401, Status::Unauthenticated, None),
            refused(403, Status::PermissionDenied, Some(Reason::ScopeMissing)),
            refused(404, Status::NotFound, None),
            refused(429, Status::ResourceExhausted, None),
            refused(500, Status::Internal, None),
            refused(503, Status::Unavailable, None),
            refused(504, Status::DeadlineExceeded, None),
        ];
        for state in helps {
            assert!(again(&row(state.clone())), "{state:?}");
        }
        let mut helps_nothing = vec![
            refused(400, Status::InvalidArgument, None),
            refused(400, Status::FailedPrecondition, None),
            refused(403, Status::PermissionDenied, None),
            refused(
                429,
                Status::ResourceExhausted,
                Some(Reason::UserInvitationQuotaExhausted),
            ),
        ];
        helps_nothing.extend(reasons(
            400,
            Status::FailedPrecondition,
            &[
                Reason::CourseMemberLimitReached,
                Reason::CourseNotModifiable,
                Reason::InactiveCourseOwner,
                Reason::IneligibleOwner,
                Reason::PendingInvitationExists,
            ],
        ));
        helps_nothing.extend(reasons(
            403,
            Status::PermissionDenied,
            &[
                Reason::CannotInviteUserInUntrustedDomain,
                Reason::ClassroomApiDisabled,
            ],
        ));
        for state in helps_nothing {
            assert!(!again(&row(state.clone())), "{state:?}");
        }
    }

    #[test]
    fn whoever_cannot_be_added_is_invited_instead_and_not_added_again() {
        let refusal = Refusal::new(
            403,
            Status::PermissionDenied,
            Some(Reason::CannotDirectAddUser),
        );
        let row = row(State::Failed(students::JOIN, ApiError::Refused(refusal)));
        let config = config();
        assert!(!row.can_be_tried_again(Task::Enroll, Audience::Administrator, &config));
        let guidance = row.guidance(Task::Enroll, Audience::Administrator, &config);
        assert!(
            guidance
                .unwrap()
                .actions
                .contains(&crate::guidance::Action::InviteInstead)
        );
    }

    #[test]
    fn only_a_row_that_failed_has_something_to_be_said_about() {
        let config = config();
        let said = states().map(row).into_iter().filter(|row| {
            let guidance = row.guidance(Task::Invite, Audience::Teacher, &config);
            guidance.is_some()
        });
        let said: Vec<_> = said.map(|row| row.state.name()).collect();
        assert_eq!(said, ["failed"]);
    }

    #[test]
    fn what_is_on_its_way_or_sent_is_not_changed_any_more() {
        let closed = states().map(row).into_iter().filter(|row| !row.is_open());
        let closed: Vec<_> = closed.map(|row| row.state.name()).collect();
        assert_eq!(closed, ["sending", "sent"]);
    }

    #[test]
    fn outside_is_what_is_to_be_sent_to_none_of_ones_own_domains() {
        let is_outside = |typed: &str, own: &[&str]| rows(typed)[0].is_outside(own);
        assert!(!is_outside("maya@school.example", &OWN));
        assert!(!is_outside("maya@School.Example", &["SCHOOL.example"]));
        assert!(!is_outside("maya@b.example", &["a.example", "b.example"]));
        assert!(is_outside("maya@b.example", &OWN));
        assert!(is_outside("maya@staff.school.example", &OWN));
        assert!(
            is_outside("maya@schoo1.example", &["schoo1.example"]),
            "doubted"
        );
        assert!(is_outside("maya@school.example", &[]));
        assert!(!is_outside("maya@", &OWN), "not sent to");
        let mut out = rows("maya@b.example").remove(0);
        out.is_out = true;
        assert!(!out.is_outside(&OWN));
    }

    #[test]
    fn a_tally_has_each_row_in_one_place() {
        let tally = Tally::of(&states());
        assert_eq!(
            tally,
            Tally {
                open: 2,
                sent: 1,
                already: 2,
                failed: 2,
                unusable: 2
            }
        );
    }

    #[test]
    fn a_tally_follows_every_move_as_if_it_were_counted_anew() {
        for from in states() {
            for to in states() {
                let mut tally = Tally::of([&from, &State::Skipped]);
                tally.moved(&from, &to);
                assert_eq!(tally, Tally::of([&to, &State::Skipped]), "{from:?} {to:?}");
                tally.taken(&to);
                assert_eq!(tally, Tally::of([&State::Skipped]));
            }
        }
    }
}
