//! The class that a teacher looks after: chosen in one place, shown in several.

use leptos::prelude::*;

use crate::classroom::courses::Course;

/// The class, shared by context.
#[derive(Clone, Copy)]
pub struct ChosenClass {
    /// Which one; nothing where none is chosen.
    pub course: RwSignal<Option<Course>>,
    /// Counts how often its invitations have changed.
    changes: RwSignal<u32>,
}

impl ChosenClass {
    /// None yet.
    pub fn new() -> Self {
        Self {
            course: RwSignal::new(None),
            changes: RwSignal::new(0),
        }
    }

    /// Invitations to it have been sent, answered or withdrawn.
    pub fn has_changed(self) {
        self.changes.update(|changes| *changes += 1);
    }

    /// Follows whether they have.
    pub fn track_changes(self) {
        self.changes.track();
    }
}

impl Default for ChosenClass {
    fn default() -> Self {
        Self::new()
    }
}
