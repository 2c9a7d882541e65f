//! A list that keeps its order, and whose rows are found without going through it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a row is found by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// An account's, a class's or an invitation's own id.
    Id(String),
    /// An account's address, in small letters.
    Email(String),
    /// A class's alias with its prefix.
    Alias(String),
    /// The class something belongs to.
    Course(String),
    /// The person something belongs to.
    Person(String),
    /// The class and the person something belongs to.
    Place(String, String),
}

impl Key {
    /// By the row's own id.
    pub fn id(id: &str) -> Self {
        Self::Id(id.to_owned())
    }

    /// By an address, whatever its case.
    pub fn email(address: &str) -> Self {
        Self::Email(address.to_ascii_lowercase())
    }

    /// By an alias.
    pub fn alias(alias: &str) -> Self {
        Self::Alias(alias.to_owned())
    }

    /// By a class's id.
    pub fn course(id: &str) -> Self {
        Self::Course(id.to_owned())
    }

    /// By a person's id.
    pub fn person(id: &str) -> Self {
        Self::Person(id.to_owned())
    }

    /// By a class's and a person's id.
    pub fn place(course_id: &str, user_id: &str) -> Self {
        Self::Place(course_id.to_owned(), user_id.to_owned())
    }
}

/// Something that stands in a [`Table`].
pub trait Row {
    /// Everything it is found by; the same as long as it stands there.
    fn keys(&self) -> Vec<Key>;
}

/// Rows in the order they came. As JSON it is a plain list.
#[derive(Clone, Debug)]
pub struct Table<T> {
    rows: BTreeMap<u64, T>,
    /// The numbers of the rows that have a key.
    index: BTreeMap<Key, BTreeSet<u64>>,
}

impl<T: Row> Table<T> {
    /// Puts a row at the end.
    pub fn push(&mut self, row: T) {
        let number = self.rows.last_key_value().map_or(0, |(last, _)| last + 1);
        for key in row.keys() {
            self.index.entry(key).or_default().insert(number);
        }
        self.rows.insert(number, row);
    }

    /// Takes every row with this key out, and gives how many there were.
    pub fn remove(&mut self, key: &Key) -> usize {
        let numbers = self.index.get(key).cloned().unwrap_or_default();
        for number in &numbers {
            let Some(row) = self.rows.remove(number) else {
                continue;
            };
            for key in row.keys() {
                if let Some(others) = self.index.get_mut(&key) {
                    others.remove(number);
                    if others.is_empty() {
                        self.index.remove(&key);
                    }
                }
            }
        }
        numbers.len()
    }

    /// Every row.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.rows.values()
    }

    /// The rows with this key.
    pub fn with(&self, key: &Key) -> impl Iterator<Item = &T> {
        self.index
            .get(key)
            .into_iter()
            .flatten()
            .filter_map(|number| self.rows.get(number))
    }

    /// The first row with this key.
    pub fn get(&self, key: &Key) -> Option<&T> {
        self.with(key).next()
    }

    /// The first row with this key, to be changed in what is no key.
    pub fn get_mut(&mut self, key: &Key) -> Option<&mut T> {
        let number = self.index.get(key)?.first()?;
        self.rows.get_mut(number)
    }

    /// Changes every row in what is no key.
    pub fn change_all(&mut self, change: impl FnMut(&mut T)) {
        self.rows.values_mut().for_each(change);
    }

    /// How many rows have this key.
    pub fn count(&self, key: &Key) -> usize {
        self.index.get(key).map_or(0, BTreeSet::len)
    }

    /// Whether any row has this key.
    pub fn has(&self, key: &Key) -> bool {
        self.index.contains_key(key)
    }
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            rows: BTreeMap::new(),
            index: BTreeMap::new(),
        }
    }
}

impl<T: Row> FromIterator<T> for Table<T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        let mut table = Self::default();
        for row in rows {
            table.push(row);
        }
        table
    }
}

impl<T: Serialize> Serialize for Table<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows.values())
    }
}

impl<'de, T: Row + Deserialize<'de>> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::deserialize(deserializer)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Place(&'static str, &'static str);

    impl Row for Place {
        fn keys(&self) -> Vec<Key> {
            vec![
                Key::course(self.0),
                Key::person(self.1),
                Key::place(self.0, self.1),
            ]
        }
    }

    fn table() -> Table<Place> {
        [Place("b", "2"), Place("a", "1"), Place("b", "1")]
            .into_iter()
            .collect()
    }

    #[test]
    fn rows_are_found_by_each_of_their_keys_and_keep_their_order() {
        let table = table();
        let in_b: Vec<_> = table.with(&Key::course("b")).collect();
        assert_eq!(in_b, [&Place("b", "2"), &Place("b", "1")]);
        assert_eq!(table.get(&Key::person("1")), Some(&Place("a", "1")));
        assert_eq!(table.count(&Key::person("1")), 2);
        assert!(!table.has(&Key::place("a", "2")));
        let all: Vec<_> = table.iter().map(|place| place.0).collect();
        assert_eq!(all, ["b", "a", "b"]);
    }

    #[test]
    fn a_row_that_was_taken_out_is_found_by_none_of_its_keys() {
        let mut table = table();
        assert_eq!(table.remove(&Key::place("b", "2")), 1);
        assert!(!table.has(&Key::person("2")));
        assert_eq!(table.count(&Key::course("b")), 1);
        assert_eq!(table.remove(&Key::place("b", "2")), 0);
        table.push(Place("b", "2"));
        let in_b: Vec<_> = table.with(&Key::course("b")).collect();
        assert_eq!(in_b, [&Place("b", "1"), &Place("b", "2")]);
    }
}
