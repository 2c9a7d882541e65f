//! What a learning management system understands beside the widget's own protocol: the messages that
//! tools and platforms exchange by `postMessage` ("LTI postMessage" by 1EdTech; Canvas' own
//! `lti.frameResize`, `lti.getPageSettings` and `lti.screenReaderAlert`). Pure.
//!
//! Canvas takes objects and texts, plug-ins for Moodle want texts of JSON.

use serde::{Deserialize, Deserializer, Serialize};

use super::news::News;
use crate::{
    guidance::{Audience, guide},
    i18n::{Text, text},
};

/// How long a platform may take to say what it can do, in milliseconds. None after that means that it
/// can do nothing.
pub const LIMIT: u32 = 500;

/// A question or a request to the platform.
#[derive(Debug, Default, PartialEq, Serialize)]
pub struct Request<'a> {
    subject: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_id: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a str>,
}

/// What the platform's answers name.
const CAPABILITIES: &str = "lti.capabilities";
const PAGE_SETTINGS: &str = "lti.getPageSettings";
const ALERT: &str = "lti.screenReaderAlert";

/// Asks what the platform can do.
pub fn capabilities() -> Request<'static> {
    Request {
        subject: CAPABILITIES,
        message_id: Some("hallpass-1"),
        ..Request::default()
    }
}

/// Asks for the language and the contrast of the platform's page.
pub fn page_settings() -> Request<'static> {
    Request {
        subject: PAGE_SETTINGS,
        message_id: Some("hallpass-2"),
        ..Request::default()
    }
}

/// Tells how many pixels high the widget is.
pub fn frame_resize(height: u32) -> Request<'static> {
    Request {
        subject: "lti.frameResize",
        height: Some(height),
        ..Request::default()
    }
}

/// Has the platform read `words` to whoever listens to the page.
pub fn screen_reader_alert(words: &str) -> Request<'_> {
    Request {
        subject: ALERT,
        body: Some(words),
        ..Request::default()
    }
}

/// What the platform answers.
#[derive(Debug, PartialEq, Eq)]
pub enum Response {
    /// What it can do.
    Capabilities(Capabilities),
    /// How its page looks.
    PageSettings(PageSettings),
    /// To anything else.
    Other,
}

/// What a platform can do, of what is of use here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// Tell of its page.
    pub page_settings: bool,
    /// Have something read aloud.
    pub screen_reader_alert: bool,
}

/// How the platform's page looks.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct PageSettings {
    /// Its language.
    pub locale: Option<String>,
    /// Somebody asked for high contrast there.
    pub use_high_contrast: Option<bool>,
}

#[derive(Deserialize)]
struct Head {
    subject: String,
}

#[derive(Deserialize)]
struct CapabilitiesResponse {
    supported_messages: Vec<Head>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageSettingsResponse {
    page_settings: PageSettings,
}

/// Reads an answer, which `from` gives as often as it is asked; nothing where it is none.
pub fn read<'de, D: Deserializer<'de>>(from: impl Fn() -> D) -> Option<Response> {
    let subject = Head::deserialize(from()).ok()?.subject;
    match subject.strip_suffix(".response")? {
        CAPABILITIES => {
            let answer = CapabilitiesResponse::deserialize(from()).ok()?;
            let can = |subject| {
                let mut supported = answer.supported_messages.iter();
                supported.any(|supported| supported.subject == subject)
            };
            Some(Response::Capabilities(Capabilities {
                page_settings: can(PAGE_SETTINGS),
                screen_reader_alert: can(ALERT),
            }))
        }
        PAGE_SETTINGS => {
            let answer = PageSettingsResponse::deserialize(from()).ok()?;
            Some(Response::PageSettings(answer.page_settings))
        }
        other => other.starts_with("lti.").then_some(Response::Other),
    }
}

/// What is read aloud about `news`: whatever names nobody and no class.
pub fn words(news: &News<'_>) -> Option<Text> {
    match news {
        News::Joined {
            already_member: false,
            ..
        } => Some(text::JOINED),
        News::Joined {
            already_member: true,
            ..
        } => Some(text::ALREADY_MEMBER),
        News::Failed { task, trouble } => {
            let guidance = guide(*task, Audience::Student, trouble, None);
            guidance.values.is_empty().then(|| guidance.message.title())
        }
        News::SignedOut => Some(text::SIGNED_OUT),
        News::SignedIn | News::Invited { .. } | News::Answered { .. } | News::Enrolled { .. } => {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn heard(message: &Value) -> Option<Response> {
        read(|| message)
    }

    #[test]
    fn what_is_said_is_what_platforms_know() {
        let said = |request: Request<'_>| serde_json::to_value(request).unwrap();
        assert_eq!(
            said(frame_resize(420)),
            json!({"subject": "lti.frameResize", "height": 420})
        );
        assert_eq!(
            said(capabilities()),
            json!({"subject": "lti.capabilities", "message_id": "hallpass-1"})
        );
        assert_eq!(
            said(screen_reader_alert("Joined")),
            json!({"subject": "lti.screenReaderAlert", "body": "Joined"})
        );
    }

    #[test]
    fn a_platform_says_what_it_can_do() {
        let answer = json!({"subject": "lti.capabilities.response", "message_id": "hallpass-1",
            "supported_messages": [{"subject": "lti.frameResize", "frame": "_parent"}, {"subject": "lti.getPageSettings"}]});
        let can = Capabilities {
            page_settings: true,
            screen_reader_alert: false,
        };
        assert_eq!(heard(&answer), Some(Response::Capabilities(can)));
    }

    #[test]
    fn a_platform_tells_of_its_page() {
        let answer = json!({"subject": "lti.getPageSettings.response",
            "pageSettings": {"locale": "fr-CA", "time_zone": "America/Montreal", "use_high_contrast": true}});
        let settings = PageSettings {
            locale: Some("fr-CA".to_owned()),
            use_high_contrast: Some(true),
        };
        assert_eq!(heard(&answer), Some(Response::PageSettings(settings)));
    }

    #[test]
    fn questions_refusals_and_what_is_no_answer_are_not_taken_for_one() {
        for message in [
            json!(null),
            json!({"subject": "lti.capabilities"}),
            json!({"subject": "lti.capabilities.response"}),
            json!({"subject": "lti.capabilities.response", "error": {"code": "unsupported_subject"}}),
            json!({"subject": "lti.capabilities.response", "supported_messages": "all"}),
            json!({"subject": "lti.getPageSettings.response", "pageSettings": {"locale": 1}}),
            json!({"subject": 1}),
            json!({"subject": "other.response"}),
        ] {
            assert_eq!(heard(&message), None, "{message}");
        }
        let other = json!({"subject": "lti.frameResize.response"});
        assert_eq!(heard(&other), Some(Response::Other));
    }
}
