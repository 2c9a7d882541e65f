//! Every parser, given anything: a value or a named mistake, never a panic.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    reason = "all of it is tests, of which clippy sees only the functions marked so"
)]

use std::{fs, path::Path, sync::LazyLock};

use hallpass::{
    classroom::{
        answer::Answer,
        course_link,
        course_ref::{CourseId, CourseRef},
        error::{ApiError, Refusal},
        wait,
    },
    config::{self, params::PageParams},
    entry::{
        self, EntryError, Typed,
        address_list::{self, AddressList, LONGEST_TEXT, Listed, MOST},
        class_code::ClassCode,
        email_address::EmailAddress,
    },
    json::{self, Json},
};
use proptest::{prelude::*, sample::Index};

/// Text that looks like what is parsed, so that the tests get past the first character.
fn link_like() -> impl Strategy<Value = String> {
    let host = prop_oneof!["classroom.google.com", "meet.google.com", "[a-z.]{0,20}"];
    (
        "(https?://)?",
        host,
        "[/a-zA-Z0-9=]{0,40}",
        "[?#&]?(cjc=)?[a-z0-9&=%#]{0,30}",
        ".{0,10}",
    )
        .prop_map(|(scheme, host, path, query, rest)| [scheme, host, path, query, rest].concat())
}

/// An address that nobody would mistake for something else.
fn address() -> impl Strategy<Value = String> {
    let local = "[A-Za-z0-9_]([A-Za-z0-9._+'-]?[A-Za-z0-9]){0,8}";
    (
        local,
        "[a-zA-Z]([a-z0-9-]?[a-z0-9]){0,8}[.](example|Org|co[.]uk)",
    )
        .prop_map(|(local, domain)| [&local, "@", &domain].concat())
}

/// What stands before and behind an address in the places that addresses are copied from.
fn surroundings() -> impl Strategy<Value = (&'static str, &'static str)> {
    prop::sample::select(vec![
        ("", ""),
        ("<", ">"),
        ("(", ")"),
        ("'", "'"),
        ("\"", "\""),
        ("", "."),
        ("mailto:", ""),
        ("MAILTO:", "?subject=me@home.example"),
        ("Maya Chen <", ">"),
        ("Maya<", ">"),
        ("\"Chen, Maya; 7B @ school\" <", ">"),
        ("\"Maya \"\"May\"\" Chen\"<mailto:", ">"),
        ("陈老师 《", "》"),
    ])
}

/// What stands between two addresses.
fn separator() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        " ", ",", ", ", ";", "; ", "\t", "\n", "\r\n", ";\r\n", " \u{a0}", "，", "；", "、", "،",
        " | ", "\u{2028}", ",,", "\n\n",
    ])
}

/// Text of the pieces that lists of addresses are made of, in any order.
fn list_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        address(),
        separator().prop_map(str::to_owned),
        surroundings().prop_map(|(before, after)| [before, after].concat()),
        prop::sample::select(vec![
            "@",
            "＠",
            "\"",
            "<",
            ">",
            "mailto:",
            "?cc=",
            "%40",
            "&",
            "me",
            "Email",
            "Name",
            "7B",
            "a@b",
            "gmail.com",
            "school.example",
            ".",
            ":",
            "'",
            "-",
            "é",
            "\u{200b}",
            "\u{202e}",
            "…",
        ])
        .prop_map(str::to_owned),
        ".{0,6}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Whatever was pasted: all of the list is what it says.
fn check_addresses(text: &str, own_domains: &[&str]) -> Result<AddressList, TestCaseError> {
    let list = address_list::read(text, own_domains);
    prop_assert!(list.listed.len() <= MOST);
    prop_assert!(list.left_out == 0 || list.listed.len() == MOST);
    for (at, piece) in list.listed.iter().enumerate() {
        let Listed { text, address, .. } = piece;
        prop_assert!(text.chars().count() <= LONGEST_TEXT + 1);
        prop_assert!(!text.contains(char::is_control), "{:?}", text);
        prop_assert_eq!(text, text.trim());
        match address {
            Ok(address) => {
                prop_assert_eq!(&EmailAddress::parse(address.as_str()), &Ok(address.clone()));
                let earlier = list.listed[..at].iter().flat_map(|piece| &piece.address);
                let is_duplicate = earlier.into_iter().any(|earlier| earlier.is_same(address));
                prop_assert_eq!(piece.is_duplicate, is_duplicate);
            }
            Err(_) => prop_assert!(!piece.is_duplicate && piece.doubt.is_none()),
        }
    }
    Ok(list)
}

/// Every literal error body in `tests/fixtures/errors/`.
static ERROR_BODIES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/errors");
    fs::read_dir(folder)
        .unwrap()
        .map(|file| fs::read(file.unwrap().path()).unwrap())
        .collect()
});

/// A real error body in which a few stretches were replaced by other bytes or by a piece of another.
fn damaged_error_body() -> impl Strategy<Value = Vec<u8>> {
    let other = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..8),
        (any::<Index>(), any::<Index>()).prop_map(|(body, from)| {
            let body = body.get(&ERROR_BODIES);
            body[from.index(body.len() + 1)..].to_vec()
        }),
    ];
    let damage = (any::<Index>(), 0usize..40, other);
    (any::<Index>(), prop::collection::vec(damage, 1..4)).prop_map(|(body, damages)| {
        let mut body = body.get(&ERROR_BODIES).clone();
        for (at, length, other) in damages {
            let start = at.index(body.len() + 1);
            let end = body.len().min(start + length);
            body.splice(start..end, other);
        }
        body
    })
}

/// What a `Retry-After` header may have asked for.
fn wait() -> impl Strategy<Value = Option<u32>> {
    prop::option::of(0..=wait::LONGEST)
}

/// Whatever came back: read to an end, and no more kept of it than fits a card.
fn check_error(http: u16, retry_after: Option<u32>, bytes: &[u8]) -> Result<(), TestCaseError> {
    // As `Response.text()` does.
    let body = String::from_utf8_lossy(bytes).into_owned();
    let error = ApiError::from_answer(http, retry_after, &body);
    prop_assert!(error.retry_after() >= retry_after);
    prop_assert!(error.retry_after() <= Some(wait::LONGEST));
    if let ApiError::Refused(refusal) = &error {
        prop_assert_eq!(refusal.http, http);
        prop_assert!(refusal.message.chars().count() <= Refusal::LONGEST_MESSAGE + 1);
        prop_assert!(refusal.notes.len() <= Refusal::MOST_NOTES);
        for (_, note) in &refusal.notes {
            prop_assert!((1..=Refusal::LONGEST_NOTE + 1).contains(&note.chars().count()));
        }
    }
    let answer = Answer {
        http,
        retry_after,
        body,
    };
    match answer.read() {
        Ok(_) => prop_assert!((200..300).contains(&http)),
        Err(read) => prop_assert_eq!(read, error),
    }
    Ok(())
}

proptest! {
    #[test]
    fn anything_typed_gives_a_code_a_link_or_a_named_mistake(text in prop_oneof![".*", link_like()]) {
        match entry::read(&text) {
            Ok(Typed::Code(code)) => prop_assert_eq!(ClassCode::parse(code.as_str()), Some(code)),
            Ok(Typed::Link(link)) => {
                prop_assert!(text.to_ascii_lowercase().contains("classroom.google.com"));
                prop_assert_eq!(CourseId::parse(link.course.as_str()), Some(link.course));
            }
            Err(EntryError::Empty) => prop_assert!(!text.contains(|c: char| c.is_ascii_graphic())),
            Err(_) => {}
        }
    }

    #[test]
    fn a_code_is_never_blocked_on_its_length_between_five_and_twelve(code in "[a-z0-9]{5,12}") {
        let read = entry::read(&code);
        prop_assert!(matches!(&read, Ok(Typed::Code(read)) if read.as_str() == code), "{:?}", read);
    }

    #[test]
    fn suggestions_hold_no_digit_that_codes_never_have(code in "[a-z0-9]{5,12}") {
        let code = ClassCode::parse(&code).unwrap();
        for suggested in code.suggestions() {
            prop_assert!(!suggested.as_str().contains(['0', '1', '8', '9']));
            prop_assert_eq!(suggested.as_str().len(), code.as_str().len());
        }
    }

    #[test]
    fn the_link_of_a_class_leads_back_to_it(id in "[0-9]{9,15}", account in 0u8..9, code in "[a-z2-7]{5,12}") {
        let id = CourseId::parse(&id).unwrap();
        let address = course_link::address(&id);
        let segment = address.rsplit('/').next().unwrap();
        prop_assert_eq!(course_link::decode(segment), Some(id.clone()));
        let pasted = format!("https://classroom.google.com/u/{account}/c/{segment}?cjc={code}");
        let read = entry::read(&pasted);
        prop_assert!(matches!(&read, Ok(Typed::Link(link)) if link.course == id && link.code.as_str() == code), "{:?}", read);
    }

    #[test]
    fn any_segment_decodes_to_an_id_or_to_nothing(segment in ".{0,30}") {
        if let Some(id) = course_link::decode(&segment) {
            prop_assert_eq!(CourseId::parse(id.as_str()), Some(id));
        }
    }

    #[test]
    fn any_text_is_a_class_or_is_not(text in "[dp]?:?.{0,300}") {
        if let Some(course) = CourseRef::parse(&text) {
            prop_assert_eq!(course.as_str(), text);
        }
    }

    #[test]
    fn any_text_is_a_list_of_addresses_and_mistakes(text in prop_oneof![".*", list_like()]) {
        check_addresses(&text, &["school.example", ""])?;
    }

    #[test]
    fn any_text_is_an_address_or_a_named_mistake(text in prop_oneof![".*", list_like()]) {
        if let Ok(address) = EmailAddress::parse(&text) {
            prop_assert_eq!([address.local(), "@", address.domain()].concat(), address.as_str());
            prop_assert_eq!(EmailAddress::parse(address.as_str()), Ok(address));
        }
    }

    #[test]
    fn where_an_at_sign_stands_something_is_listed(before in list_like(), after in list_like()) {
        // A web address may hold one.
        prop_assume!(!before.contains("://") && !after.contains("://"));
        let list = check_addresses(&[&before, "@", &after].concat(), &[])?;
        prop_assert!(!list.listed.is_empty());
    }

    #[test]
    fn every_address_in_a_list_is_found_once_and_in_its_place(
        pieces in prop::collection::vec((address(), surroundings(), separator()), 0..60)
    ) {
        let mut text = String::new();
        let mut expected = Vec::new();
        for (at, (address, (before, after), separator)) in pieces.iter().enumerate() {
            // No two alike.
            let address = format!("{at}{address}");
            text.extend([before, &*address, after, separator]);
            expected.push(EmailAddress::parse(&address));
        }
        let list = check_addresses(&text, &[])?;
        let found: Vec<_> = list.listed.into_iter().map(|piece| piece.address).collect();
        prop_assert_eq!(found, expected, "{:?}", text);
    }

    #[test]
    fn the_same_address_is_a_duplicate_in_capitals_too(
        addresses in prop::collection::vec(address(), 1..5),
        picks in prop::collection::vec((any::<Index>(), any::<bool>(), separator()), 0..30),
    ) {
        let mut text = String::new();
        let (mut keys, mut expected) = (Vec::new(), Vec::new());
        for (pick, is_shouted, separator) in picks {
            let address = pick.get(&addresses);
            let key = address.to_ascii_lowercase();
            expected.push(keys.contains(&key));
            keys.push(key);
            let shouted = address.to_ascii_uppercase();
            text.extend([if is_shouted { &shouted } else { address }, separator]);
        }
        let list = check_addresses(&text, &[])?;
        let found: Vec<_> = list.listed.iter().map(|piece| piece.is_duplicate).collect();
        prop_assert_eq!(found, expected, "{:?}", text);
    }

    #[test]
    fn any_bytes_with_any_number_are_an_error(http: u16, bytes: Vec<u8>, wait in wait()) {
        check_error(http, wait, &bytes)?;
    }

    #[test]
    fn any_damaged_error_body_is_an_error(http: u16, bytes in damaged_error_body(), wait in wait()) {
        check_error(http, wait, &bytes)?;
    }

    #[test]
    fn any_error_object_is_an_error(http in 0u16..=999, message in ".*", status in "[A-Z_]{0,20}") {
        let text = |text: String| Json::Text(text);
        let error = Json::Object(vec![("message".to_owned(), text(message)), ("status".to_owned(), text(status))]);
        let body = Json::Object(vec![("error".to_owned(), error)]).write();
        prop_assert!(matches!(ApiError::from_answer(http, None, &body), ApiError::Refused(_)));
    }

    #[test]
    fn any_text_is_a_wait_of_at_most_a_day_or_none(text in prop_oneof![".*", "-?[0-9]{0,30}[.]?[0-9]{0,30}s?"]) {
        prop_assert!(wait::seconds(&text) <= Some(wait::LONGEST));
    }

    #[test]
    fn whole_milliseconds_are_read_as_they_are(millis in 0..=wait::LONGEST) {
        let text = format!("{}.{:03}", millis / 1000, millis % 1000);
        prop_assert_eq!(wait::seconds(&text), Some(millis));
    }

    #[test]
    fn what_is_written_reads_as_it_was(text in ".*", number in -1_000_000i32..1_000_000) {
        let json = Json::List(vec![Json::Text(text), Json::Number(f64::from(number)), Json::Null]);
        prop_assert_eq!(json::read(&json.write()), Ok(json));
    }

    #[test]
    fn any_file_gives_a_configuration_or_names_what_is_wrong(key in "[a-zA-Z]{1,14}", value in ".*", raw in ".*") {
        let file = Json::Object(vec![(key, Json::Text(value))]).write();
        for file in [file, raw] {
            if let Err(error) = config::check(&file, &PageParams::default()) {
                prop_assert!(!error.key.is_empty() && !error.found.is_empty() && !error.allowed.is_empty());
            }
        }
    }
}
