//! The page's parameters: `view`, `course`, `code`, `hl`, `theme`, `login_hint`.

use super::{
    Config, ConfigError, Theme, View,
    file::{allowed_names, by_name, locale},
};
use crate::{classroom::course_ref::CourseRef, json::Json};

/// The names of all parameters.
pub const NAMES: [&str; 6] = ["view", "course", "code", "hl", "theme", "login_hint"];
/// The parameters that are taken off the address bar as soon as they are read: a code and an
/// address do not belong into histories and screenshots.
pub const PRIVATE: [&str; 2] = ["code", "login_hint"];

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
