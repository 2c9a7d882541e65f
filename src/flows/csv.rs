//! Results as a file for a spreadsheet.
//!
//! CSV as RFC 4180 has it: fields in quotes, lines ended by CR LF. A byte order mark tells
//! spreadsheets that it is UTF-8; without one, Excel garbles every accented name. A field that a
//! spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV Injection"): the
//! addresses and the names in it are others' and come to stand in the teacher's spreadsheet.

/// The file of these rows, the head first.
///
/// ```
/// use hallpass::flows::csv;
/// let file = csv::write([["Address", "Result"], ["maya@school.example", "sent"]]);
/// assert_eq!(file, "\u{feff}\"Address\",\"Result\"\r\n\"maya@school.example\",\"sent\"\r\n");
/// ```
pub fn write<Field: AsRef<str>, const COLUMNS: usize>(
    rows: impl IntoIterator<Item = [Field; COLUMNS]>,
) -> String {
    let mut file = String::from('\u{feff}');
    for row in rows {
        for (column, field) in row.iter().enumerate() {
            if column > 0 {
                file.push(',');
            }
            push_field(&mut file, field.as_ref());
        }
        file.push_str("\r\n");
    }
    file
}

fn push_field(file: &mut String, field: &str) {
    file.push('"');
    if begins_like_a_formula(field) {
        file.push('\'');
    }
    for c in field.chars() {
        if c == '"' {
            file.push('"');
        }
        file.push(c);
    }
    file.push('"');
}

/// Whether a spreadsheet may carry the field out: it begins with one of `= + - @`, in full width
/// too, or with a character that some programs drop, which would bring one of those to the front.
fn begins_like_a_formula(field: &str) -> bool {
    field
        .trim_start_matches([' ', '\u{a0}', '\u{feff}'])
        .starts_with([
            '=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', '\0',
        ])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of one field, without its byte order mark and line end.
    fn field(text: &str) -> String {
        let file = write([[text]]);
        let field = file.strip_prefix('\u{feff}').unwrap();
        field.strip_suffix("\r\n").unwrap().to_owned()
    }

    /// What a reader that keeps to RFC 4180 makes of the file.
    fn read(file: &str) -> Vec<Vec<String>> {
        let mut rows = vec![vec![String::new()]];
        let mut is_quoted = false;
        let mut rest = file.strip_prefix('\u{feff}').unwrap().chars().peekable();
        while let Some(c) = rest.next() {
            let row = rows.last_mut().unwrap();
            match c {
                '"' if is_quoted && rest.next_if_eq(&'"').is_some() => {
                    row.last_mut().unwrap().push('"');
                }
                '"' => is_quoted = !is_quoted,
                ',' if !is_quoted => row.push(String::new()),
                '\r' if !is_quoted && rest.next_if_eq(&'\n').is_some() => {
                    rows.push(vec![String::new()]);
                }
                _ => row.last_mut().unwrap().push(c),
            }
        }
        assert_eq!(
            rows.pop(),
            Some(vec![String::new()]),
            "ends with a line end"
        );
        rows
    }

    #[test]
    fn what_is_written_is_read_as_it_was() {
        let rows = [
            ["Address", "Name", "Result"],
            ["maya@school.example", "Chen, Maya \"May\"", "sent"],
            [
                "zoe@school.example",
                "Zoë\r\n陈",
                "this school isn't trusted; ask IT",
            ],
            ["", "", ""],
        ];
        assert_eq!(read(&write(rows)), rows);
    }

    #[test]
    fn no_rows_are_an_empty_file() {
        assert_eq!(write::<String, 3>([]), "\u{feff}");
    }

    #[test]
    fn a_formula_is_shown_and_not_carried_out() {
        for text in [
            "=HYPERLINK(\"http://evil.example\")",
            "+1+1",
            "-2+3+cmd|' /C calc'!A0",
            "@SUM(1)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            "＝1",
            "＠SUM(1)",
        ] {
            let written = field(text);
            assert!(written.starts_with("\"'"), "{written}");
            assert_eq!(written, format!("\"'{}\"", text.replace('"', "\"\"")));
        }
    }

    #[test]
    fn a_quotation_mark_never_ends_a_field_before_its_end() {
        assert_eq!(field("\",=1+1"), "\"\"\",=1+1\"");
    }

    #[test]
    fn usual_fields_stay_as_they_are() {
        for text in ["maya@school.example", "o'brien", "7-b", "", "سارة"] {
            assert_eq!(field(text), format!("\"{text}\""));
        }
    }
}
