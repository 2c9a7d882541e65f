//! How many invitations wait for whoever is signed in.

use leptos::prelude::*;

/// The number, shared by context: the view of the invitations knows it, the navigation shows it.
#[derive(Clone, Copy)]
pub struct Waiting(RwSignal<Option<usize>>);

impl Waiting {
    /// Not known yet.
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// How many wait; nothing where nobody has looked; tracked.
    pub fn count(self) -> Option<usize> {
        self.0.get()
    }

    /// How many wait, at this moment.
    pub fn count_untracked(self) -> Option<usize> {
        self.0.get_untracked()
    }

    /// So many do.
    pub fn set(self, count: Option<usize>) {
        if self.0.get_untracked() != count {
            self.0.set(count);
        }
    }
}

impl Default for Waiting {
    fn default() -> Self {
        Self::new()
    }
}
