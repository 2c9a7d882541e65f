//! What a line without any address says: the head of a table, which is no mistake, or ids.

use super::cells::Word;

/// Whether a word without an `@` was meant as an address: an id, `me`, or a dotted name with an
/// ending of letters.
pub fn looks_meant(word: &str) -> bool {
    let is_dotted = word.rsplit_once('.').is_some_and(|(_, ending)| {
        ending.len() >= 2 && ending.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    // Shorter numbers count columns, lines and classes; Google's ids have 21 digits.
    let is_id = word.len() >= 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    is_id || is_dotted && !word.contains("://") || word.eq_ignore_ascii_case("me")
}

/// Whether these words are the head of a table: a column of addresses is named, or nothing but
/// columns of people are; and none of them was meant as an address.
pub fn is_head(words: &[Word]) -> bool {
    !words.iter().any(|word| looks_meant(word.text))
        && (words.iter().any(|word| names_addresses(&name(word)))
            || words.iter().all(|word| names_people(&name(word))))
}

fn names_addresses(name: &str) -> bool {
    ADDRESS_PARTS.iter().any(|part| name.contains(part)) || ADDRESS_HEADS.contains(&name)
}

fn names_people(name: &str) -> bool {
    names_addresses(name) || PEOPLE_HEADS.contains(&name)
}

/// A word as the lists below have it. Capitals beyond Latin-1 stay: none is needed.
fn name(word: &Word) -> String {
    let letters = word.text.chars().filter(|c| !matches!(c, '-' | '_'));
    let small = letters.map(|c| match c {
        'À'..='Þ' => char::from_u32(u32::from(c) + 0x20).unwrap_or(c),
        c => c.to_ascii_lowercase(),
    });
    small.collect()
}

/// What the name of a column of addresses contains, in small letters and without hyphens.
const ADDRESS_PARTS: [&str; 7] = [
    "email",
    "邮箱",
    "邮件",
    "电邮",
    "البريد",
    "الإيميل",
    "メール",
];

/// Other names of a column of addresses.
#[rustfmt::skip]
const ADDRESS_HEADS: [&str; 14] = [
    "mail", "mails", "gmail", "mailadresse", "mailadressen", "address", "addresses", "adresse",
    "adresses", "adressen", "courriel", "courriels", "correo", "correos",
];

/// Names of a column of people, and what stands beside them.
#[rustfmt::skip]
const PEOPLE_HEADS: [&str; 52] = [
    "name", "names", "first", "last", "full", "surname", "forename", "username", "student",
    "students", "teacher", "teachers", "pupil", "pupils", "class", "grade", "id",
    "nom", "noms", "prénom", "prénoms", "élève", "élèves", "enseignant", "enseignants", "classe",
    "nombre", "nombres", "apellido", "apellidos", "alumno", "alumnos", "alumna", "alumnas",
    "estudiante", "estudiantes", "profesor", "profesora", "profesores", "docente", "clase",
    "姓名", "名字", "学生", "老师", "教师", "班级", "الاسم", "الطالب", "الطلاب", "المعلم", "الصف",
];
