//! The keys of `config.json`, one by one.

use super::{Config, DirectoryCourse, Support, Theme, TokenSource, View, address};
use crate::{classroom::course_ref::CourseRef, json::Json};

const API_BASE: &str = "https://classroom.googleapis.com";
const IDENTITY_SCRIPT: &str = "https://accounts.google.com/gsi/client";
const VIEWS: [View; 3] = [View::Join, View::Received, View::Invite];

/// A value that is not allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The key, or `config.json` where the whole file is at fault.
    pub key: String,
    /// What stands there: texts in quotes and shortened, anything else by its kind.
    pub found: String,
    /// What may stand there.
    pub allowed: String,
    /// Where the widget is of use all the same: on a page of its own, where the one around it is what
    /// is not allowed.
    pub way_out: Option<String>,
}

impl ConfigError {
    /// The file as a whole is at fault: `found` says how.
    pub fn whole_file(found: &str) -> Self {
        Self {
            key: "config.json".to_owned(),
            found: found.to_owned(),
            allowed: "{ … }".to_owned(),
            way_out: None,
        }
    }

    pub(super) fn new(key: &str, found: Option<&Json>, allowed: &str) -> Self {
        Self {
            key: key.to_owned(),
            found: describe(found),
            allowed: allowed.to_owned(),
            way_out: None,
        }
    }
}

/// A value as an error names it.
fn describe(value: Option<&Json>) -> String {
    const LONGEST: usize = 60;
    match value {
        None => "nothing".to_owned(),
        Some(Json::Null) => "null".to_owned(),
        Some(Json::Bool(_)) => "true or false".to_owned(),
        Some(Json::Number(_)) => "a number".to_owned(),
        Some(Json::List(_)) => "a list".to_owned(),
        Some(Json::Object(_)) => "an object".to_owned(),
        Some(Json::Text(text)) => {
            let mut short: String = text.chars().take(LONGEST).collect();
            if short.len() < text.len() {
                short.push('…');
            }
            ["\"", &short, "\""].concat()
        }
    }
}

/// Reads the file's values; gives them with the keys that have no meaning.
pub(super) fn read(file: &Json) -> Result<(Config, Vec<String>), ConfigError> {
    let Json::Object(entries) = file else {
        return Err(ConfigError::whole_file(&describe(Some(file))));
    };
    let mut config = Config {
        base: String::new(),
        client_id: None,
        api_base: API_BASE.to_owned(),
        identity_script: IDENTITY_SCRIPT.to_owned(),
        embedders: Vec::new(),
        token_source: TokenSource::Either,
        hosted_domain: Vec::new(),
        views: VIEWS.to_vec(),
        view: View::Join,
        course: None,
        courses: Vec::new(),
        support: None,
        locale: None,
        theme: Theme::Auto,
        code: None,
        login_hint: None,
    };
    let mut unknown = Vec::new();
    for (key, value) in entries {
        let at = Value { key, value };
        match key.as_str() {
            "clientId" => config.client_id = Some(at.some_text("an OAuth client id")?.to_owned()),
            "apiBase" => config.api_base = at.address()?.trim_end_matches('/').to_owned(),
            "identityScript" => config.identity_script = at.address()?.to_owned(),
            "embedders" => {
                config.embedders = at.list("a list of origins, https://*.host, or *", embedder)?
            }
            "tokenSource" => config.token_source = at.one_of(TokenSource::NAMES)?,
            "hostedDomain" => {
                config.hosted_domain = at.one_or_more("a domain, or a list of domains", domain)?
            }
            "views" => config.views = at.views()?,
            "course" => config.course = Some(at.read("a class id, d:alias or p:alias", course)?),
            "courses" => {
                config.courses = at.list("a list of {id, name, section}", directory_course)?
            }
            "support" => {
                config.support = Some(at.read("{name, url} with https: or mailto:", support)?)
            }
            "locale" => {
                config.locale = Some(at.read("a language tag, such as en or zh-Hans", |v| {
                    locale(v.text()?)
                })?)
            }
            _ => unknown.push(key.clone()),
        }
    }
    if config.client_id.is_none() && config.token_source != TokenSource::Host {
        return Err(ConfigError::new("clientId", None, "an OAuth client id"));
    }
    if let Some(first) = config.views.first() {
        config.view = *first;
    }
    Ok((config, unknown))
}

/// A value and the key it belongs to, for the error.
struct Value<'a> {
    key: &'a str,
    value: &'a Json,
}

impl<'a> Value<'a> {
    fn wrong(&self, allowed: &str) -> ConfigError {
        ConfigError::new(self.key, Some(self.value), allowed)
    }

    fn read<T>(
        &self,
        allowed: &str,
        read: impl Fn(&'a Json) -> Option<T>,
    ) -> Result<T, ConfigError> {
        read(self.value).ok_or_else(|| self.wrong(allowed))
    }

    fn some_text(&self, allowed: &str) -> Result<&'a str, ConfigError> {
        self.read(allowed, some_text)
    }

    fn address(&self) -> Result<&'a str, ConfigError> {
        self.read("an https: address (http: on this machine only)", |value| {
            some_text(value).filter(|text| address::is_service(text))
        })
    }

    /// Every item of a list; the first wrong one is what the error names.
    fn list<T>(&self, allowed: &str, read: fn(&Json) -> Option<T>) -> Result<Vec<T>, ConfigError> {
        let Json::List(items) = self.value else {
            return Err(self.wrong(allowed));
        };
        let mut list = Vec::new();
        for item in items {
            list.push(read(item).ok_or_else(|| ConfigError::new(self.key, Some(item), allowed))?);
        }
        Ok(list)
    }

    fn one_or_more<T>(
        &self,
        allowed: &str,
        read: fn(&Json) -> Option<T>,
    ) -> Result<Vec<T>, ConfigError> {
        match self.value {
            Json::List(_) => self.list(allowed, read),
            _ => self.read(allowed, read).map(|one| vec![one]),
        }
    }

    fn one_of<T: Copy>(&self, names: &[(&str, T)]) -> Result<T, ConfigError> {
        self.read(&allowed_names(names), |value| by_name(names, value.text()?))
    }

    fn views(&self) -> Result<Vec<View>, ConfigError> {
        let allowed = allowed_names(View::NAMES);
        let views = self.list(&allowed, |value| by_name(View::NAMES, value.text()?))?;
        if views.is_empty() {
            Err(self.wrong(&allowed))
        } else {
            Ok(views)
        }
    }
}

/// The names that are allowed, for an error.
pub(super) fn allowed_names<T>(names: &[(&str, T)]) -> String {
    let names: Vec<_> = names.iter().map(|(name, _)| *name).collect();
    names.join(", ")
}

/// The value of this name.
pub(super) fn by_name<T: Copy>(names: &[(&str, T)], name: &str) -> Option<T> {
    names
        .iter()
        .find(|(n, _)| *n == name)
        .map(|(_, value)| *value)
}

/// Whether `tag` has the form of a BCP 47 tag; which languages there are is `i18n`'s to know.
pub(super) fn locale(tag: &str) -> Option<String> {
    let fits = tag.len() <= 35
        && tag.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        });
    fits.then(|| tag.to_owned())
}

fn some_text(value: &Json) -> Option<&str> {
    value.text().filter(|text| !text.trim().is_empty())
}

fn embedder(value: &Json) -> Option<String> {
    value
        .text()
        .filter(|text| address::is_embedder(text))
        .map(str::to_owned)
}

fn domain(value: &Json) -> Option<String> {
    value
        .text()
        .filter(|text| address::is_host(text))
        .map(str::to_ascii_lowercase)
}

fn course(value: &Json) -> Option<CourseRef> {
    CourseRef::parse(value.text()?)
}

fn directory_course(value: &Json) -> Option<DirectoryCourse> {
    let section = match value.get("section") {
        None | Some(Json::Null) => None,
        Some(section) => Some(section.text()?.to_owned()).filter(|text| !text.is_empty()),
    };
    Some(DirectoryCourse {
        course: course(value.get("id")?)?,
        name: some_text(value.get("name")?)?.to_owned(),
        section,
    })
}

fn support(value: &Json) -> Option<Support> {
    let url = some_text(value.get("url")?)?;
    let name = some_text(value.get("name")?)?;
    address::is_contact(url).then(|| Support {
        name: name.to_owned(),
        url: url.to_owned(),
    })
}
