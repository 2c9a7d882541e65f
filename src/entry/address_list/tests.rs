use std::time::{Duration, Instant};

use super::*;

const OWN: [&str; 1] = ["school.example"];

/// What is listed, in one word each: the address, or the mistake and the text.
fn listed(text: &str) -> Vec<String> {
    let list = read(text, &OWN);
    assert_eq!(list.left_out, 0);
    list.listed
        .iter()
        .map(|piece| match &piece.address {
            Ok(address) => address.to_string(),
            Err(mistake) => format!("{mistake:?}: {}", piece.text),
        })
        .collect()
}

const THREE: [&str; 3] = [
    "maya@school.example",
    "leo@school.example",
    "ann@school.example",
];

#[track_caller]
fn gives_three(text: &str) {
    assert_eq!(listed(text), THREE, "{text:?}");
}

#[test]
fn nothing_pasted_is_an_empty_list() {
    for text in [
        "",
        " \t\r\n",
        "\u{feff}\u{200b}",
        ",;,",
        "-----",
        "| --- | --- |",
    ] {
        assert_eq!(read(text, &OWN), AddressList::default(), "{text:?}");
    }
}

#[test]
fn every_usual_separator_parts_addresses() {
    for separator in [
        ",", ", ", ";", "; ", " ", "\n", "\r\n", "\r", "\t", ",\n", " ;\r\n", "\n\n", "\u{a0}",
        "\u{3000}", "\u{2003}", "\u{2028}", "\u{b}", "，", "；", "、", "،", "؛ ", " | ", " · ",
        ",,",
    ] {
        gives_three(&THREE.join(separator));
    }
}

#[test]
fn an_address_is_found_in_whatever_stands_around_it() {
    for text in [
        "<maya@school.example> <leo@school.example> <ann@school.example>",
        "(maya@school.example), [leo@school.example], {ann@school.example}.",
        "\"maya@school.example\", 'leo@school.example', `ann@school.example`",
        "“maya@school.example” ‘leo@school.example’ „ann@school.example“",
        "1. maya@school.example\n2) leo@school.example\n• ann@school.example",
        "- maya@school.example\n* leo@school.example\n*ann@school.example*",
        "Invite maya@school.example, leo@school.example and ann@school.example!",
        "To: maya@school.example\nCc: leo@school.example\nE-mail:ann@school.example",
        "> maya@school.example\n> leo@school.example\n>ann@school.example.",
        "ｍａｙａ＠ｓｃｈｏｏｌ．ｅｘａｍｐｌｅ，leo＠school。example；《ann@school.example》",
        "maya@sch\u{200b}ool.example \u{202a}leo@school.example\u{202c} \u{61c}ann@school.exam\u{ad}ple",
    ] {
        gives_three(text);
    }
}

#[test]
fn recipients_out_of_a_mail_program_are_their_addresses() {
    for text in [
        // Outlook.
        "Maya Chen <maya@school.example>; Leo Diaz <leo@school.example>; Ann O'Neil <ann@school.example>; ",
        "Chen, Maya <maya@school.example>; Diaz, Leo <leo@school.example>; O'Neil, Ann <ann@school.example>",
        "'Chen, Maya' <maya@school.example>; 'leo@school.example' <leo@school.example>; ann@school.example <mailto:ann@school.example>",
        "maya@school.example<mailto:maya@school.example>\r\nleo@school.example<mailto:leo@school.example>\r\nann@school.example",
        // Gmail, Apple Mail.
        "Maya Chen <maya@school.example>, Leo Diaz <leo@school.example>, Ann <ann@school.example>",
        "\"Chen, Maya\" <maya@school.example>, \"Diaz; Leo\" <leo@school.example>,\n \"O'Neil \\ Ann @ home\" <ann@school.example>",
        "\"Chen, Maya\"<maya@school.example>,\"Leo\" <leo@school.example> ,ann@school.example",
        "Chen, Maya <maya@school.example>, leo@school.example, ann@school.example",
        "\"maya@school.example\" <maya@school.example>, <leo@school.example>, Ann<ann@school.example>",
    ] {
        gives_three(text);
    }
}

#[test]
fn an_address_in_the_place_of_a_name_is_listed_where_it_is_another() {
    for text in [
        "\"maya@school.example\" <leo@school.example> <ann@school.example>",
        "maya@school.example <leo@school.example>, \"Ann\" <ann@school.example>",
    ] {
        gives_three(text);
    }
}

#[test]
fn rows_of_a_spreadsheet_are_their_addresses() {
    for text in [
        // Google Sheets, with and without a head, the address first, last and between.
        "Name\tClass\tEmail\nMaya Chen\t7B\tmaya@school.example\nLeo Diaz\t7B\tleo@school.example\nAnn O'Neil\t7B\tann@school.example\n",
        "maya@school.example\tMaya\t7.B\nleo@school.example\tLeo\t12\nann@school.example\tAnn\t\n",
        "Chen\tmaya@school.example\tbring 2\"x4\"\r\nDiaz\tleo@school.example\t\r\n\tann@school.example\t=A1",
        "\"Chen\tMaya\"\tmaya@school.example\nDiaz\t\"leo@school.example\nann@school.example\"",
        "Élève\tClasse\nMaya\tmaya@school.example\nLeo\tleo@school.example\nAnn\tann@school.example",
        "姓名\t电子邮箱\n陈\tmaya@school.example\n李\tleo@school.example\n王\tann@school.example",
        "https://photos.example/@maya\tmaya@school.example\n\tleo@school.example\n\tann@school.example",
    ] {
        gives_three(text);
    }
}

#[test]
fn a_class_list_as_csv_is_its_addresses() {
    for text in [
        "Last name,First name,Email address\r\nChen,Maya,maya@school.example\r\nDiaz,Leo,leo@school.example\r\nO'Neil,Ann,ann@school.example\r\n",
        "\u{feff}\"Name\",\"E-Mail\"\n\"Chen, Maya\",\"maya@school.example\"\n\"Diaz \"\"Leo\"\", L.\",\"leo@school.example\"\n\"\",\"ann@school.example\"",
        // A spreadsheet in German or French.
        "Nom;Prénom;Courriel\nChen;Maya;maya@school.example\nDiaz;Leo;leo@school.example\nO'Neil;Ann;ann@school.example",
        "First Name [Required],Last Name [Required],Email Address [Required],Password [Required]\nMaya,Chen,maya@school.example,****\nLeo,Diaz,leo@school.example,****\nAnn,O'Neil,ann@school.example,****",
        "Name,Email,Guardian email\nMaya Chen,maya@school.example,leo@school.example\nAnn,ann@school.example,",
        "| Name | Mail |\n|------|------|\n| Maya | maya@school.example |\n| Leo | leo@school.example |\n| Ann | ann@school.example |",
    ] {
        gives_three(text);
    }
}

#[test]
fn links_to_write_a_mail_give_every_recipient() {
    for text in [
        "mailto:maya@school.example?subject=Join MAILTO:leo@school.example mailto:ann@school.example",
        "mailto:maya@school.example,leo@school.example,ann@school.example?subject=Our%20class",
        "mailto:maya%40school.example%2Cleo@school.example?cc=ann%40school.example&subject=me%40home.example",
        "mailto:?to=maya@school.example&BCC=leo@school.example,ann@school.example?body=Hi",
        "[Maya](mailto:maya@school.example) [Leo](mailto:leo@school.example), [ann@school.example](mailto:ann@school.example)",
        "<a href=\"mailto:maya@school.example\">Maya</a> <a href=\"mailto:leo@school.example?subject=x\">Leo</a>, <ann@school.example>",
    ] {
        gives_three(text);
    }
    assert_eq!(
        listed("mailto:?subject=Hello"),
        ["NoAt: mailto:?subject=Hello"]
    );
    assert_eq!(
        listed("mailto:maya%ff@school.example"),
        ["maya%ff@school.example"]
    );
}

#[test]
fn the_odd_one_out_of_a_list_is_a_mistake() {
    for (text, odd) in [
        ("maya@school.example, bob, leo@school.example", "NoAt: bob"),
        (
            "maya@school.example; Bob Stone; leo@school.example",
            "NoAt: Bob Stone",
        ),
        ("maya@school.example\nbob\nleo@school.example", "NoAt: bob"),
        (
            "maya@school.example,\nbob,\nleo@school.example",
            "NoAt: bob",
        ),
        (
            "maya@school.example robert leo@school.example",
            "NoAt: robert",
        ),
        (
            "maya@school.example, me, leo@school.example",
            "NotAnAddress: me",
        ),
        (
            "maya@school.example\n1034829374\nleo@school.example",
            "NotAnAddress: 1034829374",
        ),
        (
            "maya@school.example, bob@, leo@school.example",
            "NoDomain: bob@",
        ),
        (
            "maya@school.example, @bob, leo@school.example",
            "NoName: @bob",
        ),
        (
            "maya@school.example, bob@school, leo@school.example",
            "NoEnding: bob@school",
        ),
        (
            "maya@school.example\tbobschool.example\tleo@school.example",
            "NoAt: bobschool.example",
        ),
        (
            "maya@school.example\nbob @ school.example\nleo@school.example",
            "HasSpaces: bob @ school.example",
        ),
        (
            "maya@school.example\nbob @school.example\nleo@school.example",
            "HasSpaces: bob @school.example",
        ),
        (
            "maya@school.example\nbob@ school.example\nleo@school.example",
            "HasSpaces: bob@ school.example",
        ),
        (
            "maya@school.example\nbob@x.org@y.org\nleo@school.example",
            "SeveralAts: bob@x.org@y.org",
        ),
        (
            "maya@school.example\nbjörn@x.org\nleo@school.example",
            "BadName: björn@x.org",
        ),
        (
            "Maya\tmaya@school.example\nBob Stone\t7B\t\nLeo\tleo@school.example",
            "NoAt: Bob Stone 7B",
        ),
    ] {
        let expected = ["maya@school.example", odd, "leo@school.example"];
        assert_eq!(listed(text), expected, "{text:?}");
    }
}

#[test]
fn an_address_without_its_at_sign_is_seen_beside_one() {
    assert_eq!(
        listed("Maya\tmaya.school.example\tmum@gmail.com\nLeo\tleo@school.example\tdadGMAIL.com"),
        [
            "NoAt: maya.school.example",
            "mum@gmail.com",
            "leo@school.example",
            "NoAt: dadGMAIL.com"
        ]
    );
    assert_eq!(
        listed("www.school.example maya@school.example"),
        ["maya@school.example"]
    );
    assert_eq!(
        listed("Domain school.example: maya@school.example"),
        ["maya@school.example"]
    );
}

#[test]
fn a_line_without_any_address_is_one_mistake() {
    assert_eq!(listed("Class 7B Biology"), ["NoAt: Class 7B Biology"]);
    assert_eq!(listed("Chen\tMaya\t7B"), ["NoAt: Chen Maya 7B"]);
    assert_eq!(listed("me"), ["NotAnAddress: me"]);
    assert_eq!(
        listed("https://school.example/@maya"),
        ["BadName: https://school.example/@maya"]
    );
}

#[test]
fn several_ids_in_a_line_are_a_mistake_each() {
    assert_eq!(
        listed("me, 1034829374; maya.example"),
        [
            "NotAnAddress: me",
            "NotAnAddress: 1034829374",
            "NoAt: maya.example"
        ]
    );
}

#[test]
fn a_head_is_no_mistake_unless_something_in_it_was_meant_as_an_address() {
    for head in [
        "Email",
        "E-mail:",
        "EMAIL ADDRESSES",
        "Name,Email",
        "Parent e-mail",
        "student_email",
        "Students:",
        "Name\tEmail 1\tEmail 2",
        "First name\tLast name",
        "Correo electrónico",
        "Adresse mail",
        "邮箱地址",
        "البريد الإلكتروني",
        "élève",
    ] {
        let text = [head, "\nmaya@school.example"].concat();
        assert_eq!(listed(&text), ["maya@school.example"], "{head}");
    }
    assert_eq!(listed("Mail me"), ["NoAt: Mail me"]);
    assert_eq!(listed("Email mayagmail.com"), ["NoAt: mayagmail.com"]);
}

#[test]
fn the_same_address_further_down_is_a_duplicate_and_a_mistake_never_is() {
    let list = read(
        "maya@school.example, Maya@SCHOOL.example; bob\nbob\n<maya@school.example>, leo@school.example",
        &OWN,
    );
    let is_duplicate: Vec<_> = list.listed.iter().map(|piece| piece.is_duplicate).collect();
    assert_eq!(is_duplicate, [false, true, false, true, false]);
    let list = read("bob\nbob", &OWN);
    assert!(list.listed.iter().all(|piece| !piece.is_duplicate));
}

#[test]
fn a_domain_that_looks_like_another_is_doubted() {
    let list = read(
        "maya@schoo1.example, leo@gmial.com, ann@gmail.com, kim@lycéе.example, bob@x",
        &OWN,
    );
    let doubts: Vec<_> = list.listed.into_iter().map(|piece| piece.doubt).collect();
    assert_eq!(
        doubts,
        [
            Some(Doubt::LookAlike("school.example".into())),
            Some(Doubt::LookAlike("gmail.com".into())),
            None,
            Some(Doubt::MixedScripts),
            None
        ]
    );
}

#[test]
fn no_more_than_a_class_holds_is_taken_and_the_rest_is_counted() {
    let text: String = (0..MOST + 7)
        .map(|n| format!("s{n}@school.example\n"))
        .collect();
    let list = read(&text, &OWN);
    assert_eq!((list.listed.len(), list.left_out), (MOST, 7));
    assert_eq!(
        list.listed[MOST - 1].text,
        format!("s{}@school.example", MOST - 1)
    );
}

#[test]
fn a_long_piece_is_cut_off_where_it_is_shown() {
    let list = read(&"é".repeat(1000), &OWN);
    assert_eq!(
        list.listed[0].text,
        ["é".repeat(LONGEST_TEXT), "…".into()].concat()
    );
}

#[test]
fn a_megabyte_of_anything_is_read_at_once() {
    for pattern in [
        "@",
        " \"",
        "\"\" ",
        "\"\"\" ",
        "\"a,",
        "<",
        "<a",
        "a<b>",
        ",",
        "a,",
        "a\n",
        "\n",
        ".",
        "mailto:?cc=",
        "?to=@",
        ":@",
        "a@b.c ",
        "maya@school.example,",
        "\"x\" <maya@school.example>;",
        "\u{200b}",
        "a @ ",
        "@gmail.com.",
        "rn",
        "a@rn.",
        "%40",
    ] {
        let text = pattern.repeat(1_000_000 / pattern.len());
        let start = Instant::now();
        let list = read(&text, &OWN);
        let taken = start.elapsed();
        // Unoptimised and on a busy machine; in time that grows with the square it would be hours.
        assert!(
            taken < Duration::from_secs(20),
            "{pattern:?} took {taken:?}"
        );
        assert!(list.listed.len() <= MOST);
    }
}
