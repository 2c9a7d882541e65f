//! What is decided about one trouble: who reads what, and what everybody may do.

use super::{Action, Actor, Audience, Field, Tone};
use crate::i18n::Message;

/// Words, and whose move it is by them.
#[derive(Clone, Copy)]
pub(super) struct Says {
    pub message: Message,
    pub actor: Actor,
}

/// A row of the table that `docs/errors.md` shows.
pub(super) struct Row {
    student: Says,
    invited: Says,
    teacher: Says,
    administrator: Says,
    pub offers: &'static [Action],
    pub field: Option<Field>,
    pub tone: Tone,
}

impl Row {
    /// Everybody reads the same; nothing is offered.
    pub const fn new(message: Message, actor: Actor) -> Self {
        let says = Says { message, actor };
        Self {
            student: says,
            invited: says,
            teacher: says,
            administrator: says,
            offers: &[],
            field: None,
            tone: Tone::Failure,
        }
    }

    /// What an invited person reads instead.
    pub const fn invited(mut self, message: Message, actor: Actor) -> Self {
        self.invited = Says { message, actor };
        self
    }

    /// What a teacher reads instead, and an administrator for whom nothing else is said afterwards.
    pub const fn teacher(mut self, message: Message, actor: Actor) -> Self {
        self.teacher = Says { message, actor };
        self.administrator = self.teacher;
        self
    }

    /// What an administrator reads instead.
    pub const fn administrator(mut self, message: Message, actor: Actor) -> Self {
        self.administrator = Says { message, actor };
        self
    }

    /// What may be done, most helpful first.
    pub const fn offers(mut self, actions: &'static [Action]) -> Self {
        self.offers = actions;
        self
    }

    /// The field that it is about.
    pub const fn about(mut self, field: Field) -> Self {
        self.field = Some(field);
        self
    }

    /// How it is meant.
    pub const fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// What `audience` reads.
    pub const fn says(&self, audience: Audience) -> Says {
        match audience {
            Audience::Student => self.student,
            Audience::Invited => self.invited,
            Audience::Teacher => self.teacher,
            Audience::Administrator => self.administrator,
        }
    }
}
