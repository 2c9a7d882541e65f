//! Lists that come page by page.

use core::future::Future;

use super::{
    answer,
    error::ApiError,
    retry::{self, World},
};
use crate::json::Json;

/// The most pages that are read of one list: with a hundred to a page more classes than any domain
/// shows one person. Only a server that never comes to an end has more.
pub const MOST_PAGES: usize = 1_000;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What is on it; may be nothing although there is a next one.
    pub items: Vec<T>,
    /// What the next page is asked for with; nothing on the last one.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Reads an answer that has its list under `key`, which is left out where the list is empty.
    /// Entries that `read` gives nothing for are left out: one that cannot be read must not take
    /// the others with it.
    pub fn read(answer: &Json, key: &str, read: impl Fn(&Json) -> Option<T>) -> Self {
        let entries = answer.get(key).map(Json::items).unwrap_or_default();
        let next = answer.text_of("nextPageToken");
        Self {
            items: entries.iter().filter_map(read).collect(),
            next: (!next.is_empty()).then_some(next),
        }
    }
}

/// Reads a list from its first page to its last, each patiently, and tells `take` what is on each
/// as it comes. `fetch` asks for the page with the token it is given, the first one without.
///
/// # Errors
/// The last try's for the page that failed; what came before it has been taken. A list without an
/// end (a token that comes a second time, more than [`MOST_PAGES`]) is [`ApiError::BadResponse`]:
/// nobody is told of a whole list that is none.
pub async fn each<T, C>(
    world: &impl World,
    mut fetch: impl FnMut(Option<String>) -> C,
    mut take: impl FnMut(Vec<T>),
) -> Result<(), ApiError>
where
    C: Future<Output = Result<Page<T>, ApiError>>,
{
    let mut tokens: Vec<String> = Vec::new();
    loop {
        let page = retry::patiently(world, || fetch(tokens.last().cloned())).await?;
        take(page.items);
        match page.next {
            None => return Ok(()),
            // There is one token fewer than there were pages.
            Some(next) if tokens.len() + 1 < MOST_PAGES && !tokens.contains(&next) => {
                tokens.push(next);
            }
            Some(_) => return Err(answer::NOT_AS_DOCUMENTED),
        }
    }
}

/// A list as a whole, read as [`each`] does; `on_page` is told after each page how many there are
/// so far.
///
/// # Errors
/// As [`each`]; what came before is dropped.
pub async fn all<T, C>(
    world: &impl World,
    fetch: impl FnMut(Option<String>) -> C,
    mut on_page: impl FnMut(usize),
) -> Result<Vec<T>, ApiError>
where
    C: Future<Output = Result<Page<T>, ApiError>>,
{
    let mut whole = Vec::new();
    each(world, fetch, |page| {
        whole.extend(page);
        on_page(whole.len());
    })
    .await?;
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use core::cell::{Cell, RefCell};

    use futures_executor::block_on;

    use super::*;
    use crate::{
        classroom::{error::Refusal, retry::Pause, status::Status},
        json,
    };

    /// A world in which waiting takes no time, and is counted.
    #[derive(Default)]
    struct Hasty {
        pauses: Cell<u32>,
    }

    impl World for Hasty {
        async fn pause(&self, _: Pause, _: Option<&ApiError>) {
            self.pauses.set(self.pauses.get() + 1);
        }
        async fn sleep(&self, _: u32) {}
        fn chance(&self) -> f64 {
            0.5
        }
        fn is_offline(&self) -> bool {
            false
        }
    }

    type Answer = Result<Page<u32>, ApiError>;

    fn page(items: &[u32], next: Option<&str>) -> Answer {
        Ok(Page {
            items: items.to_vec(),
            next: next.map(str::to_owned),
        })
    }

    fn refused(http: u16, status: Status) -> Answer {
        Err(ApiError::Refused(Refusal::new(http, status, None)))
    }

    /// What came of reading `answers`, given in turn: the list, the tokens it was asked for with,
    /// how many there were after each page, how often was waited.
    struct Read {
        list: Result<Vec<u32>, ApiError>,
        asked: Vec<Option<String>>,
        counts: Vec<usize>,
        pauses: u32,
    }

    fn read_all<const N: usize>(answers: [Answer; N]) -> Read {
        let world = Hasty::default();
        let answers = RefCell::new(Vec::from(answers));
        let mut asked = Vec::new();
        let mut counts = Vec::new();
        let list = block_on(all(
            &world,
            |token| {
                asked.push(token);
                let answer = answers.borrow_mut().remove(0);
                async { answer }
            },
            |count| counts.push(count),
        ));
        assert!(answers.borrow().is_empty(), "all of them were asked for");
        Read {
            list,
            asked,
            counts,
            pauses: world.pauses.get(),
        }
    }

    fn tokens<const N: usize>(tokens: [Option<&str>; N]) -> Vec<Option<String>> {
        tokens.map(|token| token.map(str::to_owned)).into()
    }

    #[test]
    fn three_pages_are_one_list_in_their_order() {
        let read = read_all([
            page(&[1, 2], Some("b")),
            page(&[3], Some("c")),
            page(&[4, 5], None),
        ]);
        assert_eq!(read.list, Ok(vec![1, 2, 3, 4, 5]));
        assert_eq!(read.asked, tokens([None, Some("b"), Some("c")]));
        assert_eq!(read.counts, [2, 3, 5]);
        assert_eq!(read.pauses, 0);
    }

    #[test]
    fn an_empty_page_is_not_the_end() {
        let read = read_all([page(&[], Some("b")), page(&[1], None)]);
        assert_eq!(read.list, Ok(vec![1]));
    }

    #[test]
    fn a_page_that_fails_for_a_while_is_asked_for_again_with_its_token() {
        let read = read_all([
            page(&[1], Some("b")),
            refused(503, Status::Unavailable),
            Err(ApiError::Network),
            page(&[2], Some("c")),
            page(&[3], None),
        ]);
        assert_eq!(read.list, Ok(vec![1, 2, 3]));
        let asked = [None, Some("b"), Some("b"), Some("b"), Some("c")];
        assert_eq!(read.asked, tokens(asked));
        assert_eq!(read.counts, [1, 2, 3]);
        assert_eq!(read.pauses, 2);
    }

    #[test]
    fn each_page_has_its_own_five_tries() {
        let busy = || refused(503, Status::Unavailable);
        let read = read_all([
            busy(),
            busy(),
            busy(),
            busy(),
            page(&[1], Some("b")),
            busy(),
            busy(),
            busy(),
            busy(),
            page(&[2], None),
        ]);
        assert_eq!(read.list, Ok(vec![1, 2]));
    }

    #[test]
    fn an_error_that_stays_ends_the_list() {
        let read = read_all([
            page(&[1], Some("b")),
            refused(403, Status::PermissionDenied),
        ]);
        assert!(read.list.unwrap_err().is(&Status::PermissionDenied));
        assert_eq!(read.counts, [1]);
    }

    #[test]
    fn what_came_before_an_error_has_been_taken() {
        let mut answers = vec![
            page(&[1], Some("b")),
            refused(403, Status::PermissionDenied),
        ];
        let mut taken = Vec::new();
        let end = block_on(each(
            &Hasty::default(),
            |_| {
                let answer = answers.remove(0);
                async { answer }
            },
            |page| taken.extend(page),
        ));
        assert!(end.is_err());
        assert_eq!(taken, [1]);
    }

    #[test]
    fn a_token_that_comes_again_is_an_error_and_not_a_loop() {
        let same = read_all([page(&[1], Some("b")), page(&[2], Some("b"))]);
        assert_eq!(same.list, Err(answer::NOT_AS_DOCUMENTED));
        let circle = read_all([
            page(&[1], Some("b")),
            page(&[2], Some("c")),
            page(&[3], Some("b")),
        ]);
        assert_eq!(circle.list, Err(answer::NOT_AS_DOCUMENTED));
    }

    #[test]
    fn a_list_without_an_end_is_given_up() {
        let mut asked = 0;
        let list = block_on(all(
            &Hasty::default(),
            |_| {
                asked += 1;
                let answer = page(&[1], Some(&asked.to_string()));
                async { answer }
            },
            |_| {},
        ));
        assert_eq!(list, Err(answer::NOT_AS_DOCUMENTED));
        assert_eq!(asked, MOST_PAGES);
    }

    #[test]
    fn the_longest_list_is_read_to_its_end() {
        let mut asked = 0;
        let list = block_on(all(
            &Hasty::default(),
            |_| {
                asked += 1;
                let next = (asked < MOST_PAGES).then(|| asked.to_string());
                let answer = page(&[1], next.as_deref());
                async { answer }
            },
            |_| {},
        ));
        assert_eq!(list.unwrap().len(), MOST_PAGES);
    }

    fn names(body: &str) -> Page<String> {
        let answer = json::read(body).unwrap();
        Page::read(&answer, "names", |entry| entry.text().map(str::to_owned))
    }

    #[test]
    fn a_page_holds_what_can_be_read_and_the_next_token() {
        let page = names(r#"{"names":["a",7,null,"b",{}],"nextPageToken":"t=="}"#);
        assert_eq!(page.items, ["a", "b"]);
        assert_eq!(page.next.as_deref(), Some("t=="));
    }

    #[test]
    fn an_empty_list_is_left_out_and_an_empty_token_is_none() {
        for body in [
            "{}",
            r#"{"nextPageToken":""}"#,
            r#"{"names":null,"nextPageToken":null}"#,
            r#"{"names":{"a":1},"nextPageToken":7}"#,
            r#"{"names":"a","nextPageToken":["t"]}"#,
        ] {
            let page = names(body);
            assert!(page.items.is_empty(), "{body}");
            assert_eq!(page.next, None, "{body}");
        }
    }
}
