//! The catalogues as they are served: `locales/` has one file a language, for people to write in;
//! the page gets the words of the join and of what everybody meets, and only with the views of staff
//! the rest. What the program takes of a file is the order of its texts, so they go without keys.
//!
//! `build.rs` reads this file too, since it names the program what the served files have to be.

use serde_json::Value;

/// The parts of a catalogue by their sections, each with what its file's name ends in.
pub const PARTS: [(&str, [&str; 2]); 2] = [
    (".json", ["texts", "messages"]),
    (".staff.json", ["staff", "staff_messages"]),
];

/// The served file of these sections: a list of all texts, in their order.
pub fn served(catalogue: &Value, sections: [&str; 2]) -> String {
    let mut texts = Vec::new();
    for section in sections {
        collect(&catalogue[section], &mut texts);
    }
    Value::Array(texts).to_string()
}

fn collect(value: &Value, texts: &mut Vec<Value>) {
    match value {
        // A plural text stays one text, with its forms.
        Value::Object(forms) if forms.contains_key("other") => texts.push(value.clone()),
        Value::Object(entries) => entries.values().for_each(|value| collect(value, texts)),
        text => texts.push(text.clone()),
    }
}
