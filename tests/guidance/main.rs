//! What people read when something does not work: all of it, for everybody, in every language.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    reason = "all of it is tests, of which clippy sees only the functions marked so"
)]

mod cases;
mod page;

use std::{fs, path::Path};

use cases::{Doing, refused};
use hallpass::{
    classroom::{reason::Reason, status::Status},
    config::Config,
    guidance::{Action, Actor, Audience, Guidance, SignInError, Task, Tone, Trouble, guide},
    i18n::{Catalogue, Language, Message},
};

/// Everything that can be met, and a good deal that cannot: every reason and status with every
/// call, and every sign in every task.
fn everything() -> Vec<(Task, Trouble)> {
    let mut all = Vec::new();
    for sign in cases::signs() {
        all.extend(Task::ALL.map(|task| (task, sign.trouble.clone())));
    }
    for doing in cases::ALL {
        for reason in cases::reasons() {
            let (_, status, _) = cases::about(&reason);
            all.push((doing.task, refused(doing, &status, Some(&reason))));
        }
        for status in cases::statuses() {
            all.push((doing.task, refused(doing, &status, None)));
            // As for a reason that nobody has heard of.
            let unheard = Reason::Other("CourseOnFieldTrip".to_owned());
            all.push((doing.task, refused(doing, &status, Some(&unheard))));
        }
    }
    all
}

/// Pages with and without what the words follow.
fn pages() -> [Option<Config>; 4] {
    [
        None,
        Some(cases::configured(r#"{"tokenSource":"host"}"#)),
        Some(cases::configured(
            r#"{"clientId":"x","courses":[{"id":"741234567890","name":"Biology 7b"}]}"#,
        )),
        Some(cases::page()),
    ]
}

/// Runs `check` over everything, for everybody and on every page.
fn for_everything(mut check: impl FnMut(Task, Audience, &Trouble, &Guidance)) {
    let everything = everything();
    for page in pages() {
        for (task, trouble) in &everything {
            for audience in Audience::ALL {
                let guidance = guide(*task, audience, trouble, page.as_ref());
                check(*task, audience, trouble, &guidance);
            }
        }
    }
}

fn catalogue(language: &'static Language) -> Catalogue {
    let path = format!("locales/{}.json", language.tag);
    Catalogue::read(language, &fs::read_to_string(path).unwrap()).unwrap()
}

fn english() -> Catalogue {
    catalogue(&Language::ALL[0])
}

fn parts(message: Message) -> [hallpass::i18n::Text; 3] {
    [message.title(), message.what(), message.next()]
}

/// What is said to a student, or else to a teacher, about this refusal.
fn said(doing: &Doing, status: &Status, reason: Option<&Reason>) -> Guidance {
    let audience = doing.readers[0];
    guide(doing.task, audience, &refused(doing, status, reason), None)
}

#[test]
fn nothing_is_blank_and_every_place_is_filled_in_every_language() {
    for language in Language::ALL {
        let catalogue = catalogue(language);
        for_everything(|task, audience, trouble, guidance| {
            for part in parts(guidance.message) {
                let words = guidance.words(&catalogue, part);
                let where_ = || format!("{}: {task:?} {audience:?} {trouble:?}", language.tag);
                assert!(!words.trim().is_empty(), "{}", where_());
                assert!(!words.contains(['{', '}']), "{}: {words}", where_());
            }
        });
    }
}

#[test]
fn nobody_who_joins_needs_the_words_of_staff() {
    for_everything(|task, audience, trouble, guidance| {
        let joins = matches!(task, Task::SignIn | Task::Join)
            && matches!(audience, Audience::Student | Audience::Teacher);
        if joins && !matches!(trouble, Trouble::NoAddresses) {
            let labels = guidance.actions.iter().map(|action| action.label());
            for text in parts(guidance.message).into_iter().chain(labels) {
                assert!(!text.is_of_staff(), "{task:?} {audience:?} {trouble:?}");
            }
        }
    });
}

/// What `words` holds that is for machines: a name of the API's, or an HTTP number.
fn raw_code(words: &str) -> Option<String> {
    let names = Reason::KNOWN.iter().map(Reason::name);
    let names = names.chain(Status::KNOWN.iter().filter_map(Status::name));
    if let Some(name) = names.into_iter().find(|name| words.contains(name)) {
        return Some(name.to_owned());
    }
    let is_reason = |word: &&str| {
        let name = word.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@');
        name.strip_prefix('@')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
    };
    let is_number = |word: &&str| {
        let digits = word.trim_matches(|c: char| !c.is_alphanumeric());
        digits.len() == 3
            && digits
                .parse()
                .is_ok_and(|number: u16| (300..600).contains(&number))
    };
    words
        .split_whitespace()
        .find(|word| is_reason(word) || is_number(word))
        .map(str::to_owned)
}

#[test]
fn nobody_reads_a_raw_code_in_any_language() {
    let used_up = [&cases::INVITING, &cases::SENDING_AGAIN].map(|case| {
        let reason = Reason::UserInvitationQuotaExhausted;
        said(case, &Status::ResourceExhausted, Some(&reason)).message
    });
    for language in Language::ALL {
        let catalogue = catalogue(language);
        for_everything(|task, audience, trouble, guidance| {
            for part in parts(guidance.message) {
                let mut words = guidance.words(&catalogue, part);
                if used_up.contains(&guidance.message) {
                    // The limit of a day is a fact about Classroom, not an HTTP number.
                    words = words.replacen("500", "", 1);
                }
                let found = raw_code(&words);
                assert_eq!(found, None, "{task:?} {audience:?} {trouble:?}: {words}");
            }
        });
    }
}

#[test]
fn a_raw_code_would_be_seen() {
    for words in [
        "Error 403.",
        "(404)",
        "It says CourseNotFound.",
        "PERMISSION_DENIED",
        "(@SomethingNew)",
    ] {
        assert!(raw_code(words).is_some(), "{words}");
    }
    assert_eq!(raw_code("nora@gmail.example has 1,000 or 250"), None);
}

/// Every reason that people read something of its own about, with what can meet it.
fn reasons_with_words() -> Vec<(Reason, &'static [&'static Doing])> {
    let known = Reason::KNOWN.iter().cloned();
    known
        .map(|reason| {
            let (_, _, doings) = cases::about(&reason);
            (reason, doings)
        })
        .filter(|(_, doings)| !doings.is_empty())
        .collect()
}

#[test]
fn a_reason_says_more_than_its_status() {
    let unheard = Reason::Other("CourseOnFieldTrip".to_owned());
    // These mean what their status means.
    let as_the_status = [
        Reason::AccessTokenExpired,
        Reason::CredentialsMissing,
        Reason::RateLimitExceeded,
    ];
    let reasons = reasons_with_words();
    assert_eq!(reasons.len(), 27, "{reasons:?}");
    for (reason, doings) in reasons {
        let (_, status, _) = cases::about(&reason);
        for doing in doings {
            // A wrong code and an unknown class read the same.
            let same = as_the_status.contains(&reason)
                || (reason == Reason::CourseNotFound && doing.task == Task::Join)
                // There is nothing else that could be missing.
                || (reason == Reason::CourseNotFound && *doing == &cases::SWITCHING_ON);
            for audience in doing.readers {
                let message = |reason| {
                    let trouble = refused(doing, &status, Some(reason));
                    guide(doing.task, *audience, &trouble, None).message
                };
                let told_apart = message(&reason) != message(&unheard);
                assert_eq!(told_apart, !same, "{reason:?} {doing:?} {audience:?}");
            }
        }
    }
}

/// The statuses without a reason that people read something of its own about, and when.
fn statuses_with_words() -> Vec<(Status, Vec<&'static Doing>)> {
    let all = || cases::ALL.to_vec();
    let but_signing_in = || cases::ALL[1..].to_vec();
    vec![
        (Status::PermissionDenied, all()),
        (Status::NotFound, but_signing_in()),
        (
            Status::FailedPrecondition,
            vec![
                &cases::JOINING,
                &cases::ACCEPTING,
                &cases::ADDING,
                &cases::INVITING,
                &cases::SENDING_AGAIN,
            ],
        ),
        (Status::AlreadyExists, but_signing_in()),
        (Status::InvalidArgument, all()),
        (Status::Unauthenticated, all()),
        (Status::ResourceExhausted, all()),
        (Status::Internal, all()),
        (Status::Unavailable, all()),
        (Status::DeadlineExceeded, all()),
        (Status::Unknown, all()),
        (Status::DataLoss, all()),
    ]
}

#[test]
fn a_status_says_more_than_that_something_did_not_work() {
    for (status, doings) in statuses_with_words() {
        for doing in doings {
            let general = [
                said(doing, &Status::Missing(409), None).message,
                said(
                    doing,
                    &Status::FailedPrecondition,
                    Some(&Reason::Other("CourseOnFieldTrip".to_owned())),
                )
                .message,
            ];
            let message = said(doing, &status, None).message;
            assert!(!general.contains(&message), "{status:?} {doing:?}");
        }
    }
}

#[test]
fn a_sign_says_more_than_that_something_did_not_work() {
    let general = said(&cases::JOINING, &Status::Missing(409), None).message;
    let mut seen: Vec<Message> = Vec::new();
    for sign in cases::signs() {
        let task = sign.doings[0].task;
        let audience = sign.doings[0].readers[0];
        let message = guide(task, audience, &sign.trouble, Some(&sign.config)).message;
        assert_ne!(message, general, "{}", sign.about);
        assert!(!seen.contains(&message), "as another one: {}", sign.about);
        seen.push(message);
    }
}

#[test]
fn an_unknown_reason_says_what_its_status_says_and_never_nothing() {
    let unheard = Reason::Other("CourseOnFieldTrip".to_owned());
    for status in cases::statuses() {
        for doing in cases::ALL {
            let with = said(doing, &status, Some(&unheard));
            assert_eq!(with.reason, "CourseOnFieldTrip");
            let without = said(doing, &status, None);
            // Without a reason these two say what they mean for that call.
            let is_own = matches!(
                status,
                Status::FailedPrecondition | Status::PermissionDenied
            );
            assert!(
                is_own || with.message == without.message,
                "{status:?} {doing:?}"
            );
        }
    }
}

#[test]
fn what_is_already_so_is_success() {
    let owner = Reason::UserAlreadyOwner;
    for (doing, status, reason) in [
        (&cases::JOINING, Status::AlreadyExists, None),
        (&cases::ACCEPTING, Status::AlreadyExists, None),
        (&cases::ADDING, Status::AlreadyExists, None),
        (&cases::INVITING, Status::AlreadyExists, None),
        (&cases::SENDING_AGAIN, Status::AlreadyExists, None),
        (&cases::SWITCHING_ON, Status::AlreadyExists, None),
        (&cases::SWITCHING_OFF, Status::NotFound, None),
        (&cases::DECLINING, Status::NotFound, None),
        (&cases::WITHDRAWING, Status::NotFound, None),
        (&cases::INVITING, Status::FailedPrecondition, Some(&owner)),
    ] {
        let guidance = said(doing, &status, reason);
        assert_eq!(guidance.tone, Tone::Done, "{doing:?} {status:?}");
        assert_ne!(guidance.actor, Actor::You, "{doing:?} {status:?}");
    }
    for (doing, status) in [
        (&cases::ACCEPTING, Status::NotFound),
        (&cases::SENDING_AGAIN, Status::NotFound),
        (&cases::SWITCHING_ON, Status::NotFound),
        (&cases::JOINING, Status::Aborted),
    ] {
        assert_eq!(said(doing, &status, None).tone, Tone::Failure, "{doing:?}");
    }
}

#[test]
fn a_wrong_code_and_an_unknown_class_read_the_same() {
    let missing = Reason::CourseNotFound;
    for audience in Audience::ALL {
        let read = |status, reason| {
            let trouble = refused(&cases::JOINING, &status, reason);
            let mut guidance = guide(Task::Join, audience, &trouble, None);
            guidance.reason.clear();
            guidance
        };
        let wrong = read(Status::PermissionDenied, None);
        assert_eq!(wrong, read(Status::NotFound, None));
        assert_eq!(wrong, read(Status::NotFound, Some(&missing)));
    }
}

#[test]
fn trying_again_is_offered_only_where_it_can_help() {
    for doing in cases::ALL {
        for reason in cases::reasons() {
            let (_, status, doings) = cases::about(&reason);
            let asked = said(doing, &status, Some(&reason))
                .actions
                .contains(&Action::TryAgain);
            // Whoever leaves a group can go on; for the rest the parser's word counts.
            let expected = reason.is_transient().unwrap_or(false)
                || reason == Reason::UserGroupsMembershipLimitReached;
            if doings.contains(&doing) && reason != Reason::Other("CourseOnFieldTrip".to_owned()) {
                assert_eq!(asked, expected, "{reason:?} {doing:?}");
            }
        }
        for status in Status::KNOWN {
            let Trouble::Api { error, .. } = refused(doing, &status, None) else {
                continue;
            };
            let asked = said(doing, &status, None)
                .actions
                .contains(&Action::TryAgain);
            // An account made minutes ago is found a little later, and a call that was given up can
            // be made by hand; what cannot be is worth another try.
            let by_hand = match status {
                Status::Cancelled => true,
                Status::NotFound => {
                    let found_later = [&cases::INVITING, &cases::SENDING_AGAIN, &cases::ADDING];
                    found_later.contains(&doing) || doing.task == Task::SignIn
                }
                _ => status == Status::AlreadyExists && doing.task == Task::SignIn,
            };
            let expected = error.is_transient() || by_hand;
            assert_eq!(asked, expected, "{status:?} {doing:?}");
        }
    }
}

#[test]
fn whoever_is_told_to_ask_the_school_gets_the_button_for_it() {
    let english = english();
    let page = cases::page();
    let support = page.support.as_ref().unwrap();
    for (task, trouble) in everything() {
        for audience in Audience::ALL {
            let guidance = guide(task, audience, &trouble, Some(&page));
            let is_told = parts(guidance.message)
                .into_iter()
                .any(|part| english.text(part).contains("{school}"));
            let has_button = guidance.actions.contains(&Action::AskSupport);
            assert_eq!(is_told, has_button, "{task:?} {audience:?} {trouble:?}");
            let without = guide(task, audience, &trouble, None);
            assert!(!without.actions.contains(&Action::AskSupport));
        }
    }
    let closed = SignInError::PopupClosedAgain.into();
    let guidance = guide(Task::Join, Audience::Student, &closed, Some(&page));
    assert!(guidance.values.contains(&("school", support.name.clone())));
}

#[test]
fn a_join_and_a_sign_in_offer_only_what_their_views_can_do() {
    const CAN: [Action; 9] = [
        Action::TryAgain,
        Action::SignIn,
        Action::SwitchAccount,
        Action::Allow,
        Action::OpenClassroom,
        Action::MyInvitations,
        Action::AskSupport,
        Action::CopyClientId,
        Action::OpenInNewTab,
    ];
    for_everything(|task, audience, trouble, guidance| {
        if matches!(task, Task::Join | Task::SignIn) {
            for action in &guidance.actions {
                assert!(CAN.contains(action), "{action:?}: {audience:?} {trouble:?}");
            }
        }
    });
}

#[test]
fn every_action_occurs_and_none_twice() {
    let mut actions = Vec::new();
    for_everything(|task, _, trouble, guidance| {
        for (at, action) in guidance.actions.iter().enumerate() {
            assert!(
                !guidance.actions[..at].contains(action),
                "{task:?} {trouble:?}"
            );
        }
        actions.extend(guidance.actions.iter().copied());
    });
    for action in Action::ALL {
        assert!(actions.contains(&action), "{action:?} is never offered");
    }
}

#[test]
fn nobody_is_asked_to_sign_in_where_the_embedding_page_does_that() {
    let page = cases::configured(r#"{"tokenSource":"host"}"#);
    for (task, trouble) in everything() {
        let guidance = guide(task, Audience::Student, &trouble, Some(&page));
        let hidden = [Action::SignIn, Action::SwitchAccount, Action::CopyClientId];
        assert!(
            !guidance
                .actions
                .iter()
                .any(|action| hidden.contains(action))
        );
    }
}

#[test]
fn a_sign_in_that_ran_out_is_the_embedding_pages_to_renew() {
    let page = cases::configured(r#"{"tokenSource":"host"}"#);
    let english = english();
    for doing in cases::ALL {
        let ran_out = refused(doing, &Status::Unauthenticated, None);
        for audience in Audience::ALL {
            let none_came = Trouble::SignIn(SignInError::HostToken);
            let [asked, told] = [&ran_out, &none_came]
                .map(|trouble| guide(doing.task, audience, trouble, Some(&page)));
            assert_eq!(asked.message, told.message, "{:?}", doing.task);
            assert_eq!(asked.actions.first(), Some(&Action::TryAgain));
            assert!(asked.waits_for_sign_in);
            let own = guide(doing.task, audience, &ran_out, None);
            assert_eq!(own.actions.first(), Some(&Action::SignIn));
            let title = own.words(&english, own.message.title());
            assert_eq!(title, "Your sign-in ran out");
        }
    }
}

/// What belongs to a pupil's day.
const OF_A_PUPIL: [Task; 3] = [Task::SignIn, Task::Join, Task::Received];
const MOST_WORDS: usize = 33;

#[test]
fn a_student_reads_few_and_plain_words() {
    let english = english();
    for_everything(|task, audience, trouble, guidance| {
        if !matches!(audience, Audience::Student | Audience::Invited)
            || !OF_A_PUPIL.contains(&task)
            || matches!(trouble, Trouble::Config(_))
        {
            return;
        }
        let text = parts(guidance.message).map(|part| guidance.words(&english, part));
        let text = text.join(" ");
        let words: Vec<_> = text
            .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’'))
            .filter(|word| !word.is_empty())
            .collect();
        assert!(words.len() <= MOST_WORDS, "{} words: {text}", words.len());
        for hard in [
            "OAuth",
            "API",
            "domain",
            "token",
            "scope",
            "quota",
            "proxy",
            "403",
            "Admin",
            "console",
            "configuration",
        ] {
            assert!(!words.contains(&hard), "{hard}: {text}");
        }
    });
}

/// Where the page stands that support staff read.
const PAGE: &str = "docs/errors.md";

#[test]
fn the_page_for_support_staff_says_what_people_read() {
    let page = page::page(&english());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    if std::env::var_os("HALL_PASS_WRITE").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    let differs = written
        .lines()
        .zip(page.lines())
        .position(|(is, should)| is != should);
    assert!(
        written == page,
        "{PAGE} is not what the program says any more (line {}). To write it anew:\n\
         HALL_PASS_WRITE=1 cargo test --test guidance",
        differs.map_or(written.lines().count(), |at| at + 1)
    );
}
