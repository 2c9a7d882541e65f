//! `config.json` and the page's parameters, made into one validated [`Config`].
//!
//! Pure: the file's text and the parameters come in, a configuration or a [`ConfigError`] that
//! names the key, what was found and what is allowed comes out.

pub mod address;
mod file;
pub mod params;

pub use file::ConfigError;

use crate::{classroom::course_ref::CourseRef, json};
use params::PageParams;

/// A task the widget offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Join a class with a code or link.
    Join,
    /// Invite co-teachers, students, a new owner.
    Invite,
    /// Accept or decline invitations.
    Received,
    /// Add students directly, for administrators.
    Enroll,
}

impl View {
    /// Every view with its name in `views` and `view`.
    pub const NAMES: &'static [(&'static str, Self)] = &[
        ("join", Self::Join),
        ("invite", Self::Invite),
        ("received", Self::Received),
        ("enroll", Self::Enroll),
    ];
}

/// Where the access token comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenSource {
    /// Google's sign-in.
    Google,
    /// The embedding page.
    Host,
    /// The embedding page if it says that it has tokens, else Google.
    Either,
}

impl TokenSource {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("google", Self::Google),
        ("host", Self::Host),
        ("either", Self::Either),
    ];
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the browser says.
    Auto,
    /// Light, whatever the browser says.
    Light,
    /// Dark, whatever the browser says.
    Dark,
}

impl Theme {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("auto", Self::Auto),
        ("light", Self::Light),
        ("dark", Self::Dark),
    ];

    /// The name that stands in the page's `data-theme`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// A class of the school's directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectoryCourse {
    /// Id or alias.
    pub course: CourseRef,
    /// Name, as the school writes it.
    pub name: String,
    /// Section, where there is one.
    pub section: Option<String>,
}

/// Who helps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Support {
    /// Name, as in "Ask {name}".
    pub name: String,
    /// `https:` or `mailto:` address.
    pub url: String,
}

/// Everything a deployer and a page can say, validated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where the widget's files lie, with a slash at its end; empty on its own page.
    pub base: String,
    /// OAuth client id; may be missing where only the host supplies tokens.
    pub client_id: Option<String>,
    /// Root of the Classroom API, without a slash at its end.
    pub api_base: String,
    /// Address of Google Identity Services' script.
    pub identity_script: String,
    /// Origins, `https://*.host` patterns or `*`, which may embed the widget.
    pub embedders: Vec<String>,
    /// Where tokens come from.
    pub token_source: TokenSource,
    /// The school's domains, lower case; none means any account.
    pub hosted_domain: Vec<String>,
    /// Tasks offered; the first is the default. Never empty.
    pub views: Vec<View>,
    /// The task to begin with.
    pub view: View,
    /// Preset class.
    pub course: Option<CourseRef>,
    /// The school's directory of classes.
    pub courses: Vec<DirectoryCourse>,
    /// Who helps.
    pub support: Option<Support>,
    /// Fixed language, a BCP 47 tag.
    pub locale: Option<String>,
    /// Light or dark.
    pub theme: Theme,
    /// Prefilled class code or link.
    pub code: Option<String>,
    /// The account to suggest at sign-in.
    pub login_hint: Option<String>,
}

/// A configuration, and what in it nobody knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The configuration.
    pub config: Config,
    /// Keys of the file that have no meaning: named in the console, else ignored.
    pub unknown_keys: Vec<String>,
}

/// Reads `file`, the text of `config.json`, and lets the page's parameters override it.
///
/// # Errors
/// [`ConfigError`] for the first wrong value, in the file or among the parameters.
pub fn check(file: &str, params: &PageParams) -> Result<Checked, ConfigError> {
    let json = json::read(file).map_err(|_| ConfigError::whole_file("no JSON"))?;
    let (mut config, unknown_keys) = file::read(&json)?;
    params.apply(&mut config)?;
    Ok(Checked {
        config,
        unknown_keys,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(file: &str, params: &[(&str, &str)]) -> Result<Checked, ConfigError> {
        let mut read = PageParams::default();
        for (name, value) in params {
            read.set(name, (*value).to_owned());
        }
        check(file, &read)
    }

    fn config(file: &str, params: &[(&str, &str)]) -> Config {
        checked(file, params).unwrap().config
    }

    fn wrong_key(file: &str, params: &[(&str, &str)]) -> String {
        checked(file, params).unwrap_err().key
    }

    const LEAST: &str = r#"{"clientId":"x"}"#;

    #[test]
    fn a_client_id_alone_gives_the_documented_defaults() {
        let config = config(LEAST, &[]);
        assert_eq!(config.client_id.as_deref(), Some("x"));
        assert_eq!(config.api_base, "https://classroom.googleapis.com");
        assert_eq!(
            config.identity_script,
            "https://accounts.google.com/gsi/client"
        );
        assert_eq!(config.token_source, TokenSource::Either);
        assert_eq!(config.views, [View::Join, View::Received, View::Invite]);
        assert_eq!(config.view, View::Join);
        assert!(
            config.embedders.is_empty()
                && config.hosted_domain.is_empty()
                && config.courses.is_empty()
        );
        assert_eq!(
            (config.course, config.support, config.locale),
            (None, None, None)
        );
    }

    #[test]
    fn every_key_is_read() {
        let config = config(
            r#"{
              "clientId": "x", "apiBase": "http://localhost:8401/", "identityScript": "https://id.example/gsi",
              "embedders": ["https://portal.school.example", "https://*.school.example", "*"], "tokenSource": "google",
              "hostedDomain": "School.example", "views": ["invite", "join"], "course": "d:bio",
              "courses": [{"id": "741234567890", "name": "Biology", "section": "P3"}, {"id": "p:art", "name": "Art"}],
              "support": {"name": "the help desk", "url": "mailto:help@school.example"}, "locale": "zh-Hans"
            }"#,
            &[],
        );
        assert_eq!(config.api_base, "http://localhost:8401");
        assert_eq!(config.identity_script, "https://id.example/gsi");
        assert_eq!(config.embedders.len(), 3);
        assert_eq!(config.token_source, TokenSource::Google);
        assert_eq!(config.hosted_domain, ["school.example"]);
        assert_eq!(
            (config.views.as_slice(), config.view),
            ([View::Invite, View::Join].as_slice(), View::Invite)
        );
        assert_eq!(config.course, CourseRef::parse("d:bio"));
        assert_eq!(config.courses[0].section.as_deref(), Some("P3"));
        assert_eq!(config.courses[1].section, None);
        assert_eq!(config.support.unwrap().url, "mailto:help@school.example");
        assert_eq!(config.locale.as_deref(), Some("zh-Hans"));
    }

    #[test]
    fn a_wrong_value_is_named_by_its_key() {
        for (file, key) in [
            ("{}", "clientId"),
            (r#"{"clientId": 7}"#, "clientId"),
            (r#"{"clientId": ""}"#, "clientId"),
            (r#"{"clientId": "x", "apiBase": "ftp://x"}"#, "apiBase"),
            (
                r#"{"clientId": "x", "apiBase": "http://school.example"}"#,
                "apiBase",
            ),
            (
                r#"{"clientId": "x", "apiBase": "https://x/?a=1"}"#,
                "apiBase",
            ),
            (
                r#"{"clientId": "x", "identityScript": "javascript:alert(1)"}"#,
                "identityScript",
            ),
            (
                r#"{"clientId": "x", "embedders": "https://a.example"}"#,
                "embedders",
            ),
            (
                r#"{"clientId": "x", "embedders": ["https://a.example/path"]}"#,
                "embedders",
            ),
            (
                r#"{"clientId": "x", "embedders": ["https://*"]}"#,
                "embedders",
            ),
            (r#"{"clientId": "x", "tokenSource": "both"}"#, "tokenSource"),
            (
                r#"{"clientId": "x", "hostedDomain": "a b"}"#,
                "hostedDomain",
            ),
            (
                r#"{"clientId": "x", "hostedDomain": ["ok.example", 1]}"#,
                "hostedDomain",
            ),
            (r#"{"clientId": "x", "views": []}"#, "views"),
            (r#"{"clientId": "x", "views": ["join", "fly"]}"#, "views"),
            (r#"{"clientId": "x", "course": "biology"}"#, "course"),
            (
                r#"{"clientId": "x", "courses": [{"id": "741234567890"}]}"#,
                "courses",
            ),
            (r#"{"clientId": "x", "courses": {}}"#, "courses"),
            (
                r#"{"clientId": "x", "support": {"name": "IT", "url": "javascript:alert(1)"}}"#,
                "support",
            ),
            (r#"{"clientId": "x", "support": "IT"}"#, "support"),
            (r#"{"clientId": "x", "locale": "not a tag"}"#, "locale"),
            ("[]", "config.json"),
            ("<html>", "config.json"),
        ] {
            assert_eq!(wrong_key(file, &[]), key, "{file}");
        }
    }

    #[test]
    fn an_error_tells_what_was_found_and_what_is_allowed() {
        let error = checked(r#"{"clientId": "x", "tokenSource": "both"}"#, &[]).unwrap_err();
        assert_eq!(error.found, "\"both\"");
        assert_eq!(error.allowed, "google, host, either");
        let error = checked(r#"{"clientId": "x", "views": 3}"#, &[]).unwrap_err();
        assert_eq!(error.found, "a number");
    }

    #[test]
    fn where_only_the_host_supplies_tokens_no_client_id_is_needed() {
        assert_eq!(config(r#"{"tokenSource":"host"}"#, &[]).client_id, None);
    }

    #[test]
    fn unknown_keys_are_named_and_ignored() {
        let checked = checked(r#"{"clientId":"x","colour":"blue","__proto__":{}}"#, &[]).unwrap();
        assert_eq!(checked.unknown_keys, ["colour", "__proto__"]);
    }

    #[test]
    fn page_parameters_override_the_file() {
        let config = config(
            r#"{"clientId":"x","course":"741234567890","locale":"fr","views":["join","invite"]}"#,
            &[
                ("view", "invite"),
                ("course", "512251138243"),
                ("hl", "es"),
                ("theme", "dark"),
                ("code", "k5xq2ma"),
                ("login_hint", "maya@school.example"),
                ("apiBase", "https://evil.example"),
                ("embedders", "*"),
            ],
        );
        assert_eq!(config.view, View::Invite);
        assert_eq!(config.course, CourseRef::parse("512251138243"));
        assert_eq!(config.locale.as_deref(), Some("es"));
        assert_eq!(config.theme, Theme::Dark);
        assert_eq!(config.code.as_deref(), Some("k5xq2ma"));
        assert_eq!(config.login_hint.as_deref(), Some("maya@school.example"));
        assert_eq!(config.api_base, "https://classroom.googleapis.com");
        assert!(config.embedders.is_empty());
    }

    #[test]
    fn a_view_that_is_not_offered_cannot_be_asked_for() {
        assert_eq!(
            wrong_key(
                r#"{"clientId":"x","views":["join"]}"#,
                &[("view", "enroll")]
            ),
            "view"
        );
        assert_eq!(wrong_key(LEAST, &[("view", "fly")]), "view");
        assert_eq!(wrong_key(LEAST, &[("course", "biology")]), "course");
        assert_eq!(wrong_key(LEAST, &[("theme", "pink")]), "theme");
    }

    #[test]
    fn of_two_values_for_a_parameter_the_later_wins_and_empty_means_none() {
        let config = config(LEAST, &[("hl", "fr"), ("hl", "ar"), ("course", "")]);
        assert_eq!(config.locale.as_deref(), Some("ar"));
        assert_eq!(config.course, None);
    }
}
