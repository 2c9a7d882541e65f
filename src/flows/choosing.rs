//! Choosing one of many by typing a part of its name.
//!
//! What an editable combobox with a list does, key by key, as the ARIA Authoring Practices describe
//! it ("Combobox", list autocomplete with manual selection); without the DOM.

use crate::config::DirectoryCourse;

/// The most choices that are listed at once: whoever has more types another letter.
pub const MOST_LISTED: usize = 50;

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name.
    pub name: String,
    /// What tells it from another of the same name, where there is something.
    pub section: Option<String>,
}

impl Choice {
    /// Name and section in one line.
    pub fn label(&self) -> String {
        match &self.section {
            Some(section) => [&self.name, " · ", section].concat(),
            None => self.name.clone(),
        }
    }
}

impl From<&DirectoryCourse> for Choice {
    fn from(course: &DirectoryCourse) -> Self {
        Self {
            name: course.name.clone(),
            section: course.section.clone(),
        }
    }
}

/// Makes a text comparable: small letters, no accents. The browser knows how; natively the tests
/// have something simpler.
pub type Fold = fn(&str) -> String;

/// How far a choice has come. A choice is named by its place among all.
#[derive(Clone, Debug)]
pub struct Choosing {
    choices: Vec<Choice>,
    /// The choices' labels, folded.
    folded: Vec<String>,
    fold: Fold,
    typed: String,
    is_open: bool,
    active: Option<usize>,
    picked: Option<usize>,
}

impl Choosing {
    /// Nothing typed, nothing chosen.
    pub fn new(choices: Vec<Choice>, fold: Fold) -> Self {
        Self {
            folded: choices.iter().map(|choice| fold(&choice.label())).collect(),
            choices,
            fold,
            typed: String::new(),
            is_open: false,
            active: None,
            picked: None,
        }
    }

    /// There is more to choose from.
    pub fn add(&mut self, choices: Vec<Choice>) {
        let labels = choices.iter().map(|choice| (self.fold)(&choice.label()));
        self.folded.extend(labels);
        self.choices.extend(choices);
    }

    /// There is nothing to choose from any more; what was typed stays.
    pub fn clear(&mut self) {
        self.choices.clear();
        self.folded.clear();
        self.picked = None;
        self.active = None;
    }

    /// Whether there is nothing to choose from.
    pub fn is_empty(&self) -> bool {
        self.choices.is_empty()
    }

    /// What stands in the field.
    pub fn text(&self) -> &str {
        &self.typed
    }

    /// Whether the list is open: only where there is something in it.
    pub fn is_open(&self) -> bool {
        self.is_open && !self.listed().is_empty()
    }

    /// The choice that Enter would pick.
    pub fn active(&self) -> Option<usize> {
        self.active
    }

    /// The choice that was made.
    pub fn picked(&self) -> Option<usize> {
        self.picked
    }

    /// The choices that fit, in their order: every word typed is somewhere in the label. All of
    /// them where nothing was typed since the last choice. At most [`MOST_LISTED`].
    pub fn listed(&self) -> Vec<(usize, &Choice)> {
        let typed = match self.picked {
            Some(_) => String::new(),
            None => (self.fold)(&self.typed),
        };
        self.choices
            .iter()
            .enumerate()
            .filter(|(at, _)| {
                let label = self.folded.get(*at).map(String::as_str).unwrap_or_default();
                typed.split(' ').all(|word| label.contains(word))
            })
            .take(MOST_LISTED)
            .collect()
    }

    /// Whether something was typed that fits no choice, or more than one.
    pub fn is_unclear(&self) -> bool {
        self.picked.is_none() && !self.typed.trim().is_empty()
    }

    /// Whether something was typed that fits no choice.
    pub fn fits_nothing(&self) -> bool {
        self.is_unclear() && self.listed().is_empty()
    }

    /// Opens the list.
    pub fn open(&mut self) {
        self.is_open = true;
    }

    /// The field's text has changed.
    pub fn write(&mut self, text: String) {
        self.typed = text;
        self.is_open = true;
        self.active = None;
        self.picked = None;
    }

    /// Makes the choice.
    pub fn pick(&mut self, at: usize) {
        if let Some(choice) = self.choices.get(at) {
            self.typed = choice.label();
            self.picked = Some(at);
            self.close();
        }
    }

    /// The field is left: where only one choice fits what was typed, that one is meant.
    pub fn leave(&mut self) {
        self.close();
        if self.is_unclear() {
            let only = match self.listed().as_slice() {
                [(only, _)] => Some(*only),
                _ => None,
            };
            if let Some(only) = only {
                self.pick(only);
            }
        }
    }

    /// A key (its DOM name); tells whether that was all it was pressed for.
    pub fn press(&mut self, key: &str) -> bool {
        match key {
            "ArrowDown" => self.step(1),
            "ArrowUp" => self.step(-1),
            "Enter" => match self.active.filter(|_| self.is_open()) {
                Some(active) => self.pick(active),
                None => return false,
            },
            "Escape" if self.is_open => self.close(),
            "Escape" if !self.typed.is_empty() => {
                self.write(String::new());
                self.close();
            }
            _ => return false,
        }
        true
    }

    fn close(&mut self) {
        self.is_open = false;
        self.active = None;
    }

    /// To the next or the one before, around the ends; from nowhere to the first or the last.
    fn step(&mut self, by: isize) {
        self.is_open = true;
        let listed: Vec<_> = self.listed().into_iter().map(|(at, _)| at).collect();
        let now = self
            .active
            .and_then(|active| listed.iter().position(|at| *at == active));
        let next = match (now, by < 0) {
            (Some(now), false) => now + 1,
            (Some(now), true) => now + listed.len() - 1,
            (None, false) => 0,
            (None, true) => listed.len().saturating_sub(1),
        };
        self.active = next
            .checked_rem(listed.len())
            .and_then(|next| listed.get(next))
            .copied();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes() -> Choosing {
        let choices = [
            ("Biology 7b", Some("Period 3")),
            ("Biology 7b", Some("Period 4")),
            ("Art Club", None),
        ];
        let choices = choices.map(|(name, section)| Choice {
            name: name.to_owned(),
            section: section.map(str::to_owned),
        });
        Choosing::new(choices.into(), |text| text.to_lowercase())
    }

    fn typed(text: &str) -> Choosing {
        let mut choosing = classes();
        choosing.write(text.to_owned());
        choosing
    }

    fn listed(choosing: &Choosing) -> Vec<usize> {
        choosing.listed().into_iter().map(|(at, _)| at).collect()
    }

    #[test]
    fn every_word_typed_is_looked_for_in_name_and_section() {
        assert_eq!(listed(&typed("")), [0, 1, 2]);
        assert_eq!(listed(&typed("BIO")), [0, 1]);
        assert_eq!(listed(&typed("4 bio")), [1]);
        assert!(typed("chess").listed().is_empty() && typed("chess").fits_nothing());
        assert!(!typed("bio").fits_nothing() && !typed(" ").is_unclear());
    }

    #[test]
    fn the_arrows_go_through_the_list_and_around_its_ends() {
        let mut choosing = typed("bio");
        let mut active = |key| {
            assert!(choosing.press(key));
            choosing.active()
        };
        assert_eq!(active("ArrowDown"), Some(0));
        assert_eq!(active("ArrowDown"), Some(1));
        assert_eq!(active("ArrowDown"), Some(0));
        assert_eq!(active("ArrowUp"), Some(1));
        let mut from_nowhere = classes();
        assert!(from_nowhere.press("ArrowUp") && from_nowhere.is_open());
        assert_eq!(from_nowhere.active(), Some(2));
        assert!(typed("chess").press("ArrowDown"), "an empty list");
    }

    #[test]
    fn enter_picks_what_is_active_and_else_is_left_to_the_form() {
        let mut choosing = typed("bio");
        assert!(!choosing.press("Enter"));
        choosing.press("ArrowDown");
        assert!(choosing.press("Enter"));
        assert_eq!(
            (choosing.picked(), choosing.text(), choosing.is_open()),
            (Some(0), "Biology 7b · Period 3", false)
        );
        assert!(!choosing.press("Enter"));
        assert_eq!(listed(&choosing), [0, 1, 2], "a choice is no search");
    }

    #[test]
    fn escape_closes_the_list_and_then_clears_the_field() {
        let mut choosing = typed("bio");
        assert!(choosing.press("Escape") && !choosing.is_open());
        assert_eq!(choosing.text(), "bio");
        assert!(choosing.press("Escape"));
        assert_eq!(choosing.text(), "");
        assert!(!choosing.press("Escape"));
    }

    #[test]
    fn leaving_the_field_picks_the_only_one_that_fits() {
        let mut only = typed("art");
        only.leave();
        assert_eq!((only.picked(), only.text()), (Some(2), "Art Club"));
        let mut several = typed("bio");
        several.leave();
        assert_eq!((several.picked(), several.text()), (None, "bio"));
        assert!(several.is_unclear());
    }

    #[test]
    fn typing_on_takes_the_choice_back() {
        let mut choosing = classes();
        choosing.pick(1);
        choosing.write("Biology 7b · Period".to_owned());
        assert_eq!(choosing.picked(), None);
    }

    #[test]
    fn no_more_are_listed_than_can_be_looked_through() {
        let many = (0..1000).map(|number| Choice {
            name: number.to_string(),
            section: None,
        });
        let choosing = Choosing::new(many.collect(), |text| text.to_owned());
        assert_eq!(choosing.listed().len(), MOST_LISTED);
    }
}
