//! Join a class with a class code or an invite link.

use core::future::Future;

use leptos::{attr::custom::custom_attribute, html::Input, prelude::*, task::spawn_local};
use web_sys::SubmitEvent;

use crate::{
    classroom::client::Client,
    entry::{self, class_code::ClassCode},
    flows::join::{Plan, join},
    guidance::{Audience, Task, Trouble},
    i18n::{I18n, text},
    session::{Session, scopes::Scopes},
    ui::{
        controls::{account_bar::ActingAs, suggestions::Suggestions},
        marks,
        notices::{FAILURE_ID, LiveRegions, Notices, Outcome},
        part::live_attribute,
    },
};

const HINT_ID: &str = "code-hint";
const ACTING_ID: &str = "acting-as";

/// The form, as its handlers see it.
#[derive(Clone, Copy)]
struct Form {
    session: Session,
    notices: Notices,
    field: NodeRef<Input>,
    typed: RwSignal<String>,
    /// A join is on its way.
    pending: RwSignal<bool>,
}

impl Form {
    /// Joins, or says why not. To be called inside a person's press.
    fn submit(self) {
        // A second press while the first is on its way is the same press.
        if self.pending.get_untracked() {
            return;
        }
        self.notices.clear();
        match entry::read(&self.typed.get_untracked()) {
            Err(mistake) => self.fail(&mistake.into()),
            Ok(typed) => {
                let plan = Plan::new(typed, self.session.config().course.as_ref(), None);
                // Here, in the press itself: Google's window has to open before the first `await`.
                let client = self.session.client(Scopes::JOIN);
                self.pending.set(true);
                spawn_local(async move {
                    let result = self.attempt(&plan, client).await;
                    self.pending.set(false);
                    match result {
                        Ok(outcome) => self.succeed(outcome),
                        Err(trouble) => self.fail(&trouble),
                    }
                });
            }
        }
    }

    async fn attempt(
        self,
        plan: &Plan,
        client: impl Future<Output = Result<Client, Trouble>>,
    ) -> Result<Outcome, Trouble> {
        let client = client.await?;
        self.notices.say(text::JOINING);
        marks::mark(marks::SENT);
        let joined = join(&client, plan).await?;
        Ok(Outcome::Joined(joined, self.session.account_untracked()))
    }

    fn succeed(self, outcome: Outcome) {
        self.write("");
        self.notices.succeed(outcome);
    }

    fn fail(self, trouble: &Trouble) {
        let account = self.session.account_untracked();
        let audience = if account.is_some_and(|account| account.verified_teacher) {
            Audience::Teacher
        } else {
            Audience::Student
        };
        self.session.heed(trouble);
        let again = Callback::new(move |()| self.submit());
        self.notices.fail(Task::Join, audience, trouble, again);
        if self.notices.is_about_the_field() {
            self.focus();
        }
    }

    /// Puts `text` into the field.
    fn write(self, text: &str) {
        if let Some(input) = self.field.get_untracked() {
            input.set_value(text);
        }
        self.typed.set(text.to_owned());
    }

    /// Leads the focus to the field.
    fn focus(self) {
        if let Some(input) = self.field.get_untracked() {
            // A field that cannot take the focus keeps its mark; there is nothing else to do.
            let _ = input.focus();
        }
    }
}

/// The view.
#[component]
pub fn JoinView() -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let notices = expect_context::<Notices>();
    let session = expect_context::<Session>();
    let config = session.config();
    let prefilled = config.code.clone().unwrap_or_default();
    let form = Form {
        session,
        notices,
        field: NodeRef::new(),
        typed: RwSignal::new(prefilled.clone()),
        pending: RwSignal::new(false),
    };
    let Form {
        field,
        typed,
        pending,
        ..
    } = form;

    // Safari's own attribute, which Leptos does not know: "k5xq2ma" is no word to correct.
    let autocorrect_off = custom_attribute("autocorrect", "off");
    view! {
        <form
            class="task"
            aria-labelledby="join-heading"
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                form.submit();
            }
        >
            <h1 id="join-heading">{i18n.show(text::JOIN_A_CLASS)}</h1>
            <div class="field">
                <label for="code">{i18n.show(text::CLASS_CODE_OR_LINK)}</label>
                <input
                    id="code"
                    name="code"
                    type="text"
                    autocomplete="off"
                    autocapitalize="none"
                    {..autocorrect_off}
                    spellcheck="false"
                    enterkeyhint="go"
                    value=prefilled
                    node_ref=field
                    aria-invalid=live_attribute(move || notices.is_about_the_field().then_some("true"))
                    aria-describedby=live_attribute(move || {
                        Some(if notices.is_about_the_field() { FAILURE_ID } else { HINT_ID })
                    })
                    on:input:target=move |event| typed.set(event.target().value())
                />
                <p class="hint" id=HINT_ID>{i18n.show(text::CLASS_CODE_EXAMPLE)}</p>
                <Suggestions typed on_pick=move |reading: ClassCode| {
                    form.write(reading.as_str());
                    form.focus();
                } />
            </div>
            <p class="task-actions">
                <button
                    type="submit"
                    class="button button-main"
                    aria-busy=live_attribute(move || pending.get().then_some("true"))
                    aria-describedby=ACTING_ID
                >
                    {i18n.show(text::JOIN_CLASS)}
                </button>
            </p>
            <ActingAs id=ACTING_ID />
        </form>
        <LiveRegions />
    }
}
