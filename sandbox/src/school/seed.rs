//! The school every start and every `reset` begins with.
//!
//! `seed.json` is the whole of it, in the form of `/_sandbox/state`.

use super::{School, snapshot};
use crate::api::description::Description;

const SEED: &str = include_str!("seed.json");

/// The seeded school. Fails, with what is wrong, only if the file was damaged.
pub fn school(description: &Description) -> Result<School, String> {
    snapshot::read(SEED.as_bytes(), description)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seeded() -> School {
        school(&Description::load().unwrap()).unwrap()
    }

    #[test]
    fn the_seeded_school_is_taken_back_as_it_was_given() {
        let given = serde_json::to_value(seeded()).unwrap();
        let description = Description::load().unwrap();
        let taken = snapshot::read(given.to_string().as_bytes(), &description).unwrap();
        assert_eq!(serde_json::to_value(taken).unwrap(), given);
    }

    #[test]
    fn every_code_is_one_google_could_have_made() {
        for course in seeded().courses.iter() {
            let code = course.enrollment_code.as_deref().unwrap();
            assert_eq!(code.len(), 7, "{code}");
            assert!(
                code.bytes()
                    .all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7')),
                "{code}"
            );
        }
    }

    #[test]
    fn every_code_that_leads_to_an_error_works_without_a_link() {
        let school = seeded();
        for course in school.courses.iter() {
            if course.rest["section"] != "Sandbox" {
                continue;
            }
            let alias = format!("p:{}", course.enrollment_code.as_deref().unwrap());
            assert!(
                school
                    .aliases
                    .iter()
                    .any(|known| known.alias == alias && known.course_id == course.id),
                "{alias}"
            );
        }
    }
}
