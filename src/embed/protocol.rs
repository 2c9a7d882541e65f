//! The messages between widget and embedding page: `{hallpass: 1, type, id?, payload?}`. Pure.
//!
//! What comes in is read whole or not at all: another version, an unknown type, a value of another
//! kind make it no message. Where it came from is for [`bridge`](super::bridge) to check.

use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};

use super::{news::News, theming::Variables};
use crate::{
    classroom::{error::ApiError, invitations::InvitationId, role::Role},
    config::params::PageParams,
    guidance::{Action, Audience, Task, Trouble, guide},
    session::{
        host::{Reason, Supplied, TokenRequest},
        token::AccessToken,
    },
};

/// The version of the protocol, the value of `hallpass`.
const VERSION: u32 = 1;
/// The longest token that is taken.
const LONGEST_TOKEN: usize = 8192;
/// The longest text that a page's message for the console may have.
const LONGEST_TEXT: usize = 300;

/// What the page may say.
#[derive(Debug, PartialEq)]
pub enum Incoming {
    /// It is there.
    Hello {
        /// It can supply tokens.
        tokens: bool,
    },
    /// The answer to a question for a token.
    Token {
        /// The question's.
        id: u32,
        /// What the page gives.
        supplied: Supplied,
    },
    /// There is no token.
    TokenError {
        /// The question's.
        id: u32,
        /// Why, for whoever looks after the page.
        message: String,
    },
    /// Something is to be otherwise.
    Configure(Box<Configure>),
    /// The token is to be forgotten.
    SignOut,
}

/// What is to be otherwise; what is not named stays.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Configure {
    view: Option<String>,
    course: Option<String>,
    code: Option<String>,
    hl: Option<String>,
    theme: Option<String>,
    login_hint: Option<String>,
    /// Colours, corners, fonts.
    pub variables: Option<Variables>,
}

impl Configure {
    /// Puts what is named into `params`; an empty text takes a parameter back.
    pub fn apply(&self, params: &mut PageParams) {
        let named = [
            ("view", &self.view),
            ("course", &self.course),
            ("code", &self.code),
            ("hl", &self.hl),
            ("theme", &self.theme),
            ("login_hint", &self.login_hint),
        ];
        for (name, value) in named {
            if let Some(value) = value {
                params.set(name, value.clone());
            }
        }
    }

    /// Whether another view is asked for.
    pub fn names_view(&self) -> bool {
        self.view.is_some()
    }
}

#[derive(Deserialize)]
struct Head {
    hallpass: u32,
    #[serde(rename = "type")]
    kind: String,
    id: Option<u32>,
}

#[derive(Deserialize)]
struct Body<P> {
    payload: P,
}

#[derive(Deserialize)]
struct Hello {
    tokens: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Token {
    access_token: String,
    expires_in: f64,
}

#[derive(Deserialize)]
struct TokenError {
    message: String,
}

/// Reads a message, which `from` gives as often as it is asked; nothing where it is none.
pub fn read<'de, D: Deserializer<'de>>(from: impl Fn() -> D) -> Option<Incoming> {
    let head = Head::deserialize(from()).ok()?;
    if head.hallpass != VERSION {
        return None;
    }
    match head.kind.as_str() {
        "hello" => {
            let Hello { tokens } = payload(from)?;
            Some(Incoming::Hello { tokens })
        }
        "token" => {
            let answer: Body<Token> = Body::deserialize(from()).ok()?;
            Some(Incoming::Token {
                id: head.id?,
                supplied: answer.payload.checked()?,
            })
        }
        "token-error" => {
            let TokenError { message } = payload(from)?;
            Some(Incoming::TokenError {
                id: head.id?,
                message: message.chars().take(LONGEST_TEXT).collect(),
            })
        }
        "configure" => Some(Incoming::Configure(payload(from)?)),
        "sign-out" => Some(Incoming::SignOut),
        _ => None,
    }
}

/// Reads what a page's own function for tokens gives; nothing where that is no token.
pub fn read_supplied<'de, D: Deserializer<'de>>(from: D) -> Option<Supplied> {
    Token::deserialize(from).ok()?.checked()
}

impl Token {
    fn checked(self) -> Option<Supplied> {
        let lives = self.expires_in.is_finite() && self.expires_in > 0.0;
        (lives && is_token(&self.access_token)).then(|| Supplied {
            token: AccessToken::new(self.access_token),
            expires_in: self.expires_in,
        })
    }
}

fn payload<'de, P: DeserializeOwned, D: Deserializer<'de>>(from: impl Fn() -> D) -> Option<P> {
    let body = Body::<P>::deserialize(from()).ok()?;
    Some(body.payload)
}

/// Whether `text` may stand in an `Authorization` header (RFC 6750, section 2.1).
fn is_token(text: &str) -> bool {
    let text = text.trim_end_matches('=');
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte);
    (1..=LONGEST_TOKEN).contains(&text.len()) && text.bytes().all(fits)
}

/// What the widget says.
#[derive(Debug, PartialEq, Serialize)]
pub struct Outgoing<P> {
    hallpass: u32,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<P>,
}

impl<P> Outgoing<P> {
    const fn new(kind: &'static str, payload: P) -> Self {
        Self {
            hallpass: VERSION,
            kind,
            id: None,
            payload: Some(payload),
        }
    }
}

/// The widget runs.
#[derive(Debug, PartialEq, Serialize)]
pub struct Ready {
    version: &'static str,
    views: Vec<&'static str>,
}

/// The widget runs, and offers the views of these names.
pub fn ready(views: Vec<&'static str>) -> Outgoing<Ready> {
    let version = env!("CARGO_PKG_VERSION");
    Outgoing::new("ready", Ready { version, views })
}

/// How high the widget is.
#[derive(Debug, PartialEq, Serialize)]
pub struct Height {
    height: u32,
}

/// The widget is so many pixels high.
pub const fn resize(height: u32) -> Outgoing<Height> {
    Outgoing::new("resize", Height { height })
}

/// A question for a token.
#[derive(Debug, PartialEq, Serialize)]
pub struct TokenQuestion {
    scopes: Vec<&'static str>,
    reason: &'static str,
}

/// Asks the page for a token.
pub fn token_request(request: &TokenRequest) -> Outgoing<TokenQuestion> {
    let question = TokenQuestion {
        scopes: request.scopes.iter().map(|scope| scope.url()).collect(),
        reason: reason(request.reason),
    };
    Outgoing {
        id: Some(request.id),
        ..Outgoing::new("token-request", question)
    }
}

/// Why a token is asked for, in the page's words.
pub const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Initial => "initial",
        Reason::Expired => "expired",
        Reason::InsufficientScope => "insufficient-scope",
    }
}

/// What a page is told: no token, no address, no name.
#[derive(Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Told {
    #[serde(skip_serializing_if = "Option::is_none")]
    course_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    already_member: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    invitation_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retryable: Option<bool>,
}

/// Tells the page of `news`.
pub fn news(news: &News<'_>) -> Outgoing<Told> {
    let of_invitation = |course: &str, role: Role, id: Option<&InvitationId>| Told {
        course_id: Some(course.to_owned()),
        role: Some(role.as_str()),
        invitation_id: id.map(|id| id.as_str().to_owned()),
        ..Told::default()
    };
    match news {
        News::SignedIn => bare("signedin"),
        News::SignedOut => bare("signedout"),
        News::Joined {
            course,
            already_member,
        } => Outgoing::new(
            "joined",
            Told {
                course_id: course.map(|course| course.as_str().to_owned()),
                already_member: Some(*already_member),
                ..Told::default()
            },
        ),
        News::Invited {
            course,
            role,
            invitation,
        } => Outgoing::new("invited", of_invitation(course, *role, *invitation)),
        News::Answered {
            accepted,
            course,
            role,
            invitation,
        } => Outgoing::new(
            if *accepted { "accepted" } else { "declined" },
            of_invitation(course.as_str(), *role, Some(invitation)),
        ),
        News::Enrolled { course } => Outgoing::new(
            "enrolled",
            Told {
                course_id: Some((*course).to_owned()),
                ..Told::default()
            },
        ),
        News::Failed { task, trouble } => Outgoing::new("error", failed(*task, trouble)),
    }
}

const fn bare(kind: &'static str) -> Outgoing<Told> {
    Outgoing {
        hallpass: VERSION,
        kind,
        id: None,
        payload: None,
    }
}

fn failed(task: Task, trouble: &Trouble) -> Told {
    let status = match trouble.api_error() {
        Some(ApiError::Refused(refusal)) => refusal.status.name(),
        Some(_) | None => None,
    };
    let guidance = guide(task, Audience::Student, trouble, None);
    Told {
        task: Some(match task {
            Task::SignIn => "sign-in",
            Task::Join => "join",
            Task::Received => "received",
            Task::Invite => "invite",
            Task::Pending => "pending",
            Task::Enroll => "enroll",
            Task::Share => "share",
        }),
        status: status.map(str::to_owned),
        reason: Some(guidance.reason),
        retryable: Some(guidance.actions.contains(&Action::TryAgain)),
        ..Told::default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{classroom::course_ref::CourseId, guidance::SignInError, session::scopes::Scope};

    fn heard(message: &Value) -> Option<Incoming> {
        read(|| message)
    }

    fn said<P: Serialize>(message: &Outgoing<P>) -> Value {
        serde_json::to_value(message).unwrap()
    }

    #[test]
    fn each_message_of_the_page_is_read() {
        assert_eq!(
            heard(&json!({"hallpass": 1, "type": "hello", "payload": {"tokens": true}})),
            Some(Incoming::Hello { tokens: true })
        );
        let token = json!({"hallpass": 1, "type": "token", "id": 7,
            "payload": {"accessToken": "ya29.a-b_c~d+e/f==", "expiresIn": 3599}});
        assert_eq!(
            heard(&token),
            Some(Incoming::Token {
                id: 7,
                supplied: Supplied {
                    token: AccessToken::new("ya29.a-b_c~d+e/f==".to_owned()),
                    expires_in: 3599.0,
                },
            })
        );
        assert_eq!(
            heard(
                &json!({"hallpass": 1, "type": "token-error", "id": 7, "payload": {"message": "no"}})
            ),
            Some(Incoming::TokenError {
                id: 7,
                message: "no".to_owned()
            })
        );
        assert_eq!(
            heard(&json!({"hallpass": 1, "type": "sign-out"})),
            Some(Incoming::SignOut)
        );
        let configure = json!({"hallpass": 1, "type": "configure", "payload": {
            "view": "invite", "course": null, "variables": {"--hall-pass-accent": "#123456"}}});
        let Some(Incoming::Configure(configure)) = heard(&configure) else {
            panic!("not read");
        };
        assert!(configure.names_view());
        assert_eq!(
            configure.variables.unwrap().accent.as_deref(),
            Some("#123456")
        );
    }

    #[test]
    fn what_is_not_within_the_schema_is_no_message() {
        let long = "x".repeat(LONGEST_TOKEN + 1);
        for message in [
            json!(null),
            json!("hello"),
            json!(1),
            json!([]),
            json!({}),
            json!({"type": "hello", "payload": {"tokens": true}}),
            json!({"hallpass": 2, "type": "hello", "payload": {"tokens": true}}),
            json!({"hallpass": "1", "type": "hello", "payload": {"tokens": true}}),
            json!({"hallpass": true, "type": "hello", "payload": {"tokens": true}}),
            json!({"hallpass": 1, "type": "hello"}),
            json!({"hallpass": 1, "type": "hello", "payload": {}}),
            json!({"hallpass": 1, "type": "hello", "payload": {"tokens": "true"}}),
            json!({"hallpass": 1, "type": "hello", "payload": {"tokens": 1}}),
            json!({"hallpass": 1, "type": ["hello"], "payload": {"tokens": true}}),
            json!({"hallpass": 1, "type": "Hello", "payload": {"tokens": true}}),
            json!({"hallpass": 1, "type": "toString", "payload": {}}),
            json!({"hallpass": 1, "type": "__proto__", "payload": {}}),
            json!({"hallpass": 1, "type": "eval", "payload": "alert(1)"}),
            json!({"hallpass": 1, "type": "token", "payload": {"accessToken": "x", "expiresIn": 60}}),
            json!({"hallpass": 1, "type": "token", "id": "7", "payload": {"accessToken": "x", "expiresIn": 60}}),
            json!({"hallpass": 1, "type": "token", "id": -7, "payload": {"accessToken": "x", "expiresIn": 60}}),
            json!({"hallpass": 1, "type": "token", "id": 7, "payload": {"accessToken": "", "expiresIn": 60}}),
            json!({"hallpass": 1, "type": "token", "id": 7, "payload": {"accessToken": "x\r\nCookie: y", "expiresIn": 60}}),
            json!({"hallpass": 1, "type": "token", "id": 7, "payload": {"accessToken": long, "expiresIn": 60}}),
            json!({"hallpass": 1, "type": "token", "id": 7, "payload": {"accessToken": "x", "expiresIn": 0}}),
            json!({"hallpass": 1, "type": "token", "id": 7, "payload": {"accessToken": "x", "expiresIn": "60"}}),
            json!({"hallpass": 1, "type": "configure", "payload": {"theme": 1}}),
            json!({"hallpass": 1, "type": "configure", "payload": {"variables": "red"}}),
            json!({"hallpass": 1, "type": "configure", "payload": {"variables": {"--hall-pass-accent": {"toString": "red"}}}}),
        ] {
            assert_eq!(heard(&message), None, "{message}");
        }
    }

    #[test]
    fn keys_that_nobody_knows_are_overlooked_also_those_that_would_pollute() {
        let message = json!({"hallpass": 1, "type": "hello", "__proto__": {"tokens": true},
            "constructor": {"prototype": {"tokens": true}},
            "payload": {"tokens": false, "__proto__": {"tokens": true}, "apiBase": "https://evil.example"}});
        assert_eq!(heard(&message), Some(Incoming::Hello { tokens: false }));
    }

    #[test]
    fn what_configure_names_becomes_parameters_and_nothing_else_does() {
        let message = json!({"hallpass": 1, "type": "configure", "payload": {
            "view": "invite", "hl": "", "apiBase": "https://evil.example"}});
        let Some(Incoming::Configure(configure)) = heard(&message) else {
            panic!("not read");
        };
        let mut params = PageParams::default();
        params.set("hl", "fr".to_owned());
        configure.apply(&mut params);
        let mut expected = PageParams::default();
        expected.set("view", "invite".to_owned());
        assert_eq!(params, expected);
    }

    #[test]
    fn what_the_widget_says_is_as_agreed() {
        assert_eq!(
            said(&ready(vec!["join"])),
            json!({"hallpass": 1, "type": "ready",
                "payload": {"version": env!("CARGO_PKG_VERSION"), "views": ["join"]}})
        );
        assert_eq!(
            said(&resize(420)),
            json!({"hallpass": 1, "type": "resize", "payload": {"height": 420}})
        );
        let request = TokenRequest {
            id: 3,
            scopes: vec![Scope::Rosters],
            reason: Reason::InsufficientScope,
        };
        assert_eq!(
            said(&token_request(&request)),
            json!({"hallpass": 1, "type": "token-request", "id": 3, "payload": {
                "scopes": ["https://www.googleapis.com/auth/classroom.rosters"],
                "reason": "insufficient-scope"}})
        );
    }

    #[test]
    fn news_are_lean() {
        let course = CourseId::parse("741234567890").unwrap();
        let invitation = InvitationId::parse("NzQx").unwrap();
        let of_invitation =
            json!({"courseId": "741234567890", "role": "TEACHER", "invitationId": "NzQx"});
        for (news, kind, payload) in [
            (News::SignedIn, "signedin", Value::Null),
            (News::SignedOut, "signedout", Value::Null),
            (
                News::Joined {
                    course: Some(&course),
                    already_member: false,
                },
                "joined",
                json!({"courseId": "741234567890", "alreadyMember": false}),
            ),
            (
                News::Invited {
                    course: course.as_str(),
                    role: Role::Teacher,
                    invitation: Some(&invitation),
                },
                "invited",
                of_invitation.clone(),
            ),
            (
                News::Answered {
                    accepted: true,
                    course: &course,
                    role: Role::Teacher,
                    invitation: &invitation,
                },
                "accepted",
                of_invitation.clone(),
            ),
            (
                News::Answered {
                    accepted: false,
                    course: &course,
                    role: Role::Teacher,
                    invitation: &invitation,
                },
                "declined",
                of_invitation,
            ),
            (
                News::Enrolled {
                    course: course.as_str(),
                },
                "enrolled",
                json!({"courseId": "741234567890"}),
            ),
        ] {
            let mut expected = json!({"hallpass": 1, "type": kind});
            if !payload.is_null() {
                expected["payload"] = payload;
            }
            assert_eq!(said(&super::news(&news)), expected);
        }
    }

    #[test]
    fn a_failure_is_told_by_its_names_without_the_address_in_it() {
        let trouble = Trouble::SignIn(SignInError::WrongDomain {
            email: "maya@gmail.example".to_owned(),
            domain: "school.example".to_owned(),
        });
        let told = said(&news(&News::Failed {
            task: Task::Join,
            trouble: &trouble,
        }));
        assert_eq!(
            told,
            json!({"hallpass": 1, "type": "error", "payload": {
                "task": "join", "reason": "WRONG_DOMAIN", "retryable": false}})
        );
        let told = said(&news(&News::Failed {
            task: Task::SignIn,
            trouble: &SignInError::HostToken.into(),
        }));
        assert_eq!(told["payload"]["reason"], "HOST_TOKEN");
        assert_eq!(told["payload"]["retryable"], true);
    }
}
