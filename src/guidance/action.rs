//! What a person may do about it.

use super::Task;
use crate::{
    config::{Config, TokenSource, View},
    i18n::{Text, text},
};

/// A button or link in the card. "Copy details" stands in every card and is none of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The same again, with what was typed.
    TryAgain,
    /// Sign in, and go on where it stopped.
    SignIn,
    /// Choose another account.
    SwitchAccount,
    /// Give the permission that is missing.
    Allow,
    /// Google's own page to join a class on, with the code copied.
    OpenClassroom,
    /// The class in Google Classroom.
    OpenClass,
    /// The same page in a tab of its own, outside of the frame it stands in.
    OpenInNewTab,
    /// The person or page that the configuration names.
    AskSupport,
    /// Google's help on who may use Classroom.
    HelpPage,
    /// The OAuth client id, for whoever approves apps in the Admin console.
    CopyClientId,
    /// The class's invite link.
    CopyLink,
    /// Read again what is shown.
    Refresh,
    /// The invitations that wait for whoever reads: perhaps the class is among them.
    MyInvitations,
    /// Back to the addresses.
    Edit,
    /// Invite the person instead of adding them.
    InviteInstead,
    /// Invite the person as co-teacher, to be owner later.
    InviteAsCoTeacher,
    /// Withdraw the invitation that is in the way.
    Withdraw,
    /// Withdraw the invitation and send a new one.
    WithdrawAndSendAgain,
    /// What became of every address, as a file.
    DownloadResults,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 19] = [
        Self::TryAgain,
        Self::SignIn,
        Self::SwitchAccount,
        Self::Allow,
        Self::OpenClassroom,
        Self::OpenClass,
        Self::OpenInNewTab,
        Self::AskSupport,
        Self::HelpPage,
        Self::CopyClientId,
        Self::CopyLink,
        Self::Refresh,
        Self::MyInvitations,
        Self::Edit,
        Self::InviteInstead,
        Self::InviteAsCoTeacher,
        Self::Withdraw,
        Self::WithdrawAndSendAgain,
        Self::DownloadResults,
    ];

    /// What stands on the button; [`Action::AskSupport`]'s has a place for the `{name}`.
    pub const fn label(self) -> Text {
        match self {
            Self::TryAgain => text::TRY_AGAIN,
            Self::SignIn => text::SIGN_IN,
            Self::SwitchAccount => text::SWITCH_ACCOUNT,
            Self::Allow => text::ALLOW,
            Self::OpenClassroom => text::OPEN_CLASSROOM,
            Self::OpenClass => text::OPEN_CLASS,
            Self::OpenInNewTab => text::OPEN_IN_NEW_TAB,
            Self::AskSupport => text::ASK_SUPPORT,
            Self::HelpPage => text::HELP_PAGE,
            Self::CopyClientId => text::COPY_CLIENT_ID,
            Self::CopyLink => text::COPY_LINK,
            Self::Refresh => text::REFRESH,
            Self::MyInvitations => text::MY_INVITATIONS,
            Self::Edit => text::EDIT,
            Self::InviteInstead => text::INVITE_INSTEAD,
            Self::InviteAsCoTeacher => text::INVITE_AS_CO_TEACHER,
            Self::Withdraw => text::WITHDRAW,
            Self::WithdrawAndSendAgain => text::WITHDRAW_AND_SEND_AGAIN,
            Self::DownloadResults => text::DOWNLOAD_RESULTS,
        }
    }

    /// Whether the view of `task` can do it, on a page with this configuration.
    pub(super) fn is_possible(self, task: Task, config: Option<&Config>) -> bool {
        match self {
            Self::TryAgain
            | Self::SignIn
            | Self::Allow
            | Self::OpenClassroom
            | Self::OpenInNewTab => true,
            // Whose token it is, is the embedding page's affair.
            Self::SwitchAccount => {
                config.is_none_or(|config| config.token_source != TokenSource::Host)
            }
            Self::AskSupport => config.is_some_and(|config| config.support.is_some()),
            Self::CopyClientId => config.is_some_and(|config| config.client_id.is_some()),
            Self::OpenClass => matches!(
                task,
                Task::Invite | Task::Pending | Task::Enroll | Task::Share
            ),
            Self::HelpPage | Self::Refresh => !matches!(task, Task::SignIn | Task::Join),
            Self::MyInvitations => {
                task == Task::Join
                    && config.is_some_and(|config| config.views.contains(&View::Received))
            }
            Self::CopyLink => matches!(task, Task::Invite | Task::Share),
            Self::Edit | Self::DownloadResults => matches!(task, Task::Invite | Task::Enroll),
            Self::InviteInstead => matches!(task, Task::Enroll),
            Self::InviteAsCoTeacher | Self::Withdraw | Self::WithdrawAndSendAgain => {
                matches!(task, Task::Invite | Task::Pending)
            }
        }
    }
}
