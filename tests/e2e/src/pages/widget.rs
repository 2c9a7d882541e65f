//! What is around every task: the account, sign-in, the language.

use anyhow::{Context, Result, ensure};
use thirtyfour::WebElement;

use crate::{
    browser::Browser,
    find::{Role, button, choose},
    language::Language,
    pages::{
        ErrorCard, Invite, Join, OutcomeCard, Pending, Progress, Received, Share, SigninPopup,
        cards,
    },
    school::{Course, Person},
};

/// The widget, whichever view it shows.
#[derive(Clone, Copy)]
pub struct Widget<'a> {
    browser: &'a Browser,
}

impl<'a> Widget<'a> {
    /// The widget in the browser's window.
    pub fn new(browser: &'a Browser) -> Self {
        Self { browser }
    }

    /// The view "join".
    pub fn join(self) -> Join<'a> {
        Join::new(self.browser)
    }

    /// The view "invite".
    pub fn invite(self) -> Invite<'a> {
        Invite::inviting(self.browser)
    }

    /// The open invitations and the teachers of the class that is chosen in the view "invite".
    pub fn pending(self) -> Pending<'a> {
        Pending::new(self.browser)
    }

    /// How the class that is chosen in the view "invite" is shared.
    pub fn share(self) -> Share<'a> {
        Share::new(self.browser)
    }

    /// The view "received".
    pub fn received(self) -> Received<'a> {
        Received::new(self.browser)
    }

    /// The view "enroll".
    pub fn enroll(self) -> Invite<'a> {
        Invite::adding(self.browser)
    }

    /// Chooses a language in the list of them, by its own name.
    pub async fn speak(self, language: &Language) -> Result<()> {
        let list = self.languages().await?;
        choose(&list, language.name()?).await
    }

    /// The language that is chosen, by its own name.
    pub async fn language(self) -> Result<String> {
        let tag = self.languages().await?.prop("value").await?;
        let language = Language::of(&tag.unwrap_or_default())?;
        Ok(language.name()?.to_owned())
    }

    /// The list of languages, which is called "Language" in the one that the page is in.
    async fn languages(self) -> Result<WebElement> {
        let tag = "return document.querySelector('.hall-pass[lang]')?.lang";
        let mut language = None;
        self.browser
            .wait_until("the widget says in which language it is", async || {
                let tag = self.browser.evaluate(tag).await?;
                language = tag.as_str().map(Language::of).transpose()?;
                Ok(language.is_some())
            })
            .await?;
        let language = language.context("no language")?;
        let list = Role::Combobox.named(language.text("language")?);
        self.browser.find(&list).await
    }

    /// Changes to another view by its link.
    pub async fn go_to(self, view: &str) -> Result<()> {
        self.browser.press(&Role::Link.named(view)).await
    }

    /// Presses "Sign in with Google" and brings its window to the front.
    pub async fn open_signin(self) -> Result<SigninPopup<'a>> {
        SigninPopup::opened_by(self.browser, async || {
            self.browser.press(&button("Sign in with Google")).await
        })
        .await
    }

    /// Signs in, allowing everything, and waits until the account shows.
    pub async fn sign_in(self, person: Person) -> Result<()> {
        self.open_signin().await?.sign_in(person).await?;
        self.wait_signed_in(person).await
    }

    /// Waits until this person's name and address can be read, and no sign-in is offered.
    pub async fn wait_signed_in(self, person: Person) -> Result<()> {
        self.browser.find(&button("Sign out")).await?;
        self.browser.wait_for_text(person.name).await?;
        self.browser.wait_for_text(person.email).await?;
        self.browser.wait_gone(&button("Sign in with Google")).await
    }

    /// Waits until nobody is signed in.
    pub async fn wait_signed_out(self) -> Result<()> {
        self.browser.find(&button("Sign in with Google")).await?;
        self.browser.wait_gone(&button("Sign out")).await
    }

    /// Presses "Sign out".
    pub async fn sign_out(self) -> Result<()> {
        self.browser.press(&button("Sign out")).await
    }

    /// Presses "Remove access".
    pub async fn remove_access(self) -> Result<()> {
        self.browser.press(&button("Remove access")).await
    }

    /// Presses "Switch account" and brings Google's window to the front.
    pub async fn open_switch_account(self) -> Result<SigninPopup<'a>> {
        SigninPopup::opened_by(self.browser, async || {
            self.browser.press(&button("Switch account")).await
        })
        .await
    }

    /// What is under way.
    pub fn progress(self) -> Progress<'a> {
        Progress::new(self.browser)
    }

    /// Presses a button of the error that shows.
    pub async fn follow(self, action: &str) -> Result<()> {
        ErrorCard::press(self.browser, action).await
    }

    /// Joins with this class's code, signed in with Google by the same press.
    pub async fn join_with_google(self, person: Person, course: &Course) -> Result<OutcomeCard> {
        self.join().type_in(course.code).await?;
        let google = self.join().press_signed_out().await?;
        google.sign_in(person).await?;
        let card = self.outcome("joined").await?;
        ensure!(card.text.contains(course.name), "{card:?}");
        Ok(card)
    }

    /// Whether the widget says that it is waiting for Google's window.
    pub async fn is_asking(self) -> Result<bool> {
        let button = self.browser.find(&button("Sign in with Google")).await?;
        Ok(button.attr("aria-busy").await?.as_deref() == Some("true"))
    }

    /// Presses a button of the error that shows; Google's window has to open in that press.
    pub async fn follow_signed_out(self, action: &str) -> Result<SigninPopup<'a>> {
        SigninPopup::opened_by(self.browser, async || self.follow(action).await).await
    }

    /// Waits for the card of an outcome.
    pub async fn outcome(self, outcome: &str) -> Result<OutcomeCard> {
        OutcomeCard::wait(self.browser, outcome).await
    }

    /// Waits for the card of an error.
    pub async fn error(self, reason: &str) -> Result<ErrorCard> {
        ErrorCard::wait(self.browser, reason).await
    }

    /// The outcomes and reasons of all cards that show now: one, or none.
    pub async fn cards(self) -> Result<Vec<String>> {
        cards::names(self.browser).await
    }

    /// Opens and reads "Details for IT" of the error that shows.
    pub async fn details(self) -> Result<String> {
        ErrorCard::details(self.browser).await
    }
}
