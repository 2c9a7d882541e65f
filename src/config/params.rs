//! The page's parameters: `view`, `course`, `code`, `hl`, `theme`, `login_hint`.

use super::{
    Config, ConfigError, Theme, View,
    file::{allowed_names, by_name, locale},
};
use crate::{
    classroom::{course_ref::CourseRef, request::encode_into},
    entry::class_code::ClassCode,
    json::Json,
};

/// The names of all parameters.
pub const NAMES: [&str; 6] = ["view", "course", "code", "hl", "theme", "login_hint"];
/// The parameters that are taken off the address bar as soon as they are read: a code and an
/// address do not belong into histories and screenshots.
pub const PRIVATE: [&str; 2] = ["code", "login_hint"];

/// The fragment by which a page begins with `view`, and with a class and a code where there are any.
pub fn fragment(view: View, course: Option<&CourseRef>, code: Option<&ClassCode>) -> String {
    let view = View::NAMES.iter().find(|(_, named)| *named == view);
    let values = [
        ("view", view.map(|(name, _)| *name)),
        ("course", course.map(CourseRef::as_str)),
        ("code", code.map(ClassCode::as_str)),
    ];
    let mut out = String::new();
    for (name, value) in values {
        if let Some(value) = value {
            out.push(if out.is_empty() { '#' } else { '&' });
            out.push_str(name);
            out.push('=');
            encode_into(&mut out, value);
        }
    }
    out
}

/// What the address of the page says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageParams {
    view: Option<String>,
    course: Option<String>,
    code: Option<String>,
    hl: Option<String>,
    theme: Option<String>,
    login_hint: Option<String>,
}

impl PageParams {
    /// Takes one parameter; a later value replaces an earlier one, so that the query is to come
    /// before the fragment. An empty value says nothing; a name that is not in [`NAMES`] neither.
    pub fn set(&mut self, name: &str, value: String) {
        let slot = match name {
            "view" => &mut self.view,
            "course" => &mut self.course,
            "code" => &mut self.code,
            "hl" => &mut self.hl,
            "theme" => &mut self.theme,
            "login_hint" => &mut self.login_hint,
            _ => return,
        };
        *slot = Some(value).filter(|value| !value.is_empty());
    }

    /// The language asked for, not checked yet.
    pub fn language(&self) -> Option<&str> {
        self.hl.as_deref()
    }

    /// Overrides what the file said.
    pub(super) fn apply(&self, config: &mut Config) -> Result<(), ConfigError> {
        if let Some(view) = &self.view {
            let offered: Vec<_> = View::NAMES
                .iter()
                .copied()
                .filter(|(_, view)| config.views.contains(view))
                .collect();
            config.view = by_name(&offered, view)
                .ok_or_else(|| wrong("view", view, &allowed_names(&offered)))?;
        }
        if let Some(course) = &self.course {
            let read = CourseRef::parse(course)
                .ok_or_else(|| wrong("course", course, "a class id, d:alias or p:alias"))?;
            config.course = Some(read);
        }
        if let Some(hl) = &self.hl {
            let read = locale(hl)
                .ok_or_else(|| wrong("hl", hl, "a language tag, such as en or zh-Hans"))?;
            config.locale = Some(read);
        }
        if let Some(theme) = &self.theme {
            config.theme = by_name(Theme::NAMES, theme)
                .ok_or_else(|| wrong("theme", theme, &allowed_names(Theme::NAMES)))?;
        }
        config.code.clone_from(&self.code);
        config.login_hint.clone_from(&self.login_hint);
        Ok(())
    }
}

fn wrong(name: &str, value: &str, allowed: &str) -> ConfigError {
    ConfigError::new(name, Some(&Json::Text(value.to_owned())), allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_holds_view_class_and_code_and_nothing_else() {
        let course = CourseRef::parse("d:bio&art").unwrap();
        let code = ClassCode::parse("k5xq2ma").unwrap();
        assert_eq!(
            fragment(View::Join, Some(&course), Some(&code)),
            "#view=join&course=d%3Abio%26art&code=k5xq2ma"
        );
        assert_eq!(fragment(View::Received, None, None), "#view=received");
    }
}
