//! Pages from files: `{{name}}` stands for a value.

/// A value for a page.
pub enum Fill<'v> {
    /// Text, to be shown as it is.
    Text(&'v str),
    /// A piece of a page, made by [`fill`].
    Markup(&'v str),
}

/// Puts values into a page. A name without a value stays as it is, so that it is seen.
pub fn fill(page: &str, values: &[(&str, Fill<'_>)]) -> String {
    let mut filled = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("{{") {
        filled.push_str(before);
        let Some((name, after)) = after.split_once("}}") else {
            filled.push_str("{{");
            rest = after;
            continue;
        };
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, Fill::Text(text))) => filled.push_str(&escape(text)),
            Some((_, Fill::Markup(markup))) => filled.push_str(markup),
            None => {
                filled.push_str("{{");
                filled.push_str(name);
                filled.push_str("}}");
            }
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_shown_as_it_is_and_never_read_as_a_page() {
        let page = fill(
            "<p title=\"{{a}}\">{{b}}</p>{{c}}",
            &[
                ("a", Fill::Text("\"><script>")),
                ("b", Fill::Markup("<b>{{a}}</b>")),
            ],
        );
        assert_eq!(
            page,
            "<p title=\"&quot;&gt;&lt;script&gt;\"><b>{{a}}</b></p>{{c}}"
        );
    }
}
