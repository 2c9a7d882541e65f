//! Whatever is pasted where addresses are expected: addresses and named mistakes, each as it says.
#![no_main]

use std::collections::HashSet;

use hallpass::entry::{
    address_list::{self, LONGEST_TEXT, MOST},
    email_address::EmailAddress,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let list = address_list::read(text, &["school.example"]);
    assert!(list.listed.len() <= MOST);
    assert!(list.left_out == 0 || list.listed.len() == MOST);
    let mut seen = HashSet::new();
    for piece in list.listed {
        assert!(piece.text.chars().count() <= LONGEST_TEXT + 1);
        assert!(!piece.text.contains(char::is_control));
        match piece.address {
            Ok(address) => {
                assert_eq!(piece.is_duplicate, !seen.insert(address.key()));
                assert_eq!(EmailAddress::parse(address.as_str()), Ok(address));
            }
            Err(_) => assert!(!piece.is_duplicate && piece.doubt.is_none()),
        }
    }
});
