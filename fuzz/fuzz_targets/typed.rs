//! Whatever is typed or pasted into the field: a code, a link, or a named mistake.
#![no_main]

use hallpass::{
    classroom::course_ref::CourseId,
    entry::{self, Typed, class_code::ClassCode},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match entry::read(text) {
        Ok(Typed::Code(code)) => assert_eq!(ClassCode::parse(code.as_str()), Some(code)),
        Ok(Typed::Link(link)) => {
            assert_eq!(
                CourseId::parse(link.course.as_str()).as_ref(),
                Some(&link.course)
            );
            assert_eq!(ClassCode::parse(link.code.as_str()), Some(link.code));
        }
        Err(_) => {}
    }
});
