//! A paste's characters, made plain.

use crate::entry::plain_characters;

/// The text in plain characters: line breaks as `\n`, spaces of all kinds as ` `, the punctuation of
/// other scripts and of word processors as ASCII's, nothing that cannot be seen.
pub fn cleaned(text: &str) -> String {
    plain_characters(text)
        .chars()
        .filter_map(|c| match c {
            '\t' | '\n' => Some(c),
            // Vertical tabs are a word processor's line breaks within a paragraph.
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => None,
            // Fillers, selectors and marks without a width, beyond those already gone.
            '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}' => None,
            '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' => None,
            '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}' => None,
            '、' | '､' | '،' => Some(','),
            '؛' => Some(';'),
            '。' | '｡' => Some('.'),
            '“' | '”' | '„' | '«' | '»' => Some('"'),
            '‘' | '’' | '‚' => Some('\''),
            '《' | '〈' => Some('<'),
            '》' | '〉' => Some('>'),
            c if c.is_whitespace() => Some(' '),
            c => Some(c),
        })
        .collect()
}
