//! When a call is made again, and after how long.
//!
//! "Truncated exponential backoff" as Google's page "Retry strategy" describes it, with full
//! jitter, so that the thirty of a class who met the same busy second do not meet again in the next.

use core::future::Future;

use super::error::ApiError;

/// How often a call is made again, at most: five tries in all.
pub const MOST_RETRIES: u32 = 4;
/// The longest wait before the first repeat, in milliseconds; it doubles with each.
pub const FIRST_WAIT: u32 = 500;
/// The longest wait that anybody is asked for, in milliseconds. Whoever is told to come back later
/// than that reads so, and tries again by hand.
pub const LONGEST_WAIT: u32 = 60_000;

/// Why nothing is done for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// To try again after so many milliseconds.
    For(u32),
    /// To try again when the browser says that the network is back.
    Offline,
}

/// The world outside of a task: time, chance, the network, and the person who waits.
///
/// A trait, so that the flows can be tested natively without any of them.
pub trait World {
    /// Waits, shows why (`error` is what the last try met, if there was one), and lets the person
    /// skip it. Whoever has enough stops the task as a whole: its future is dropped.
    fn pause(&self, pause: Pause, error: Option<&ApiError>) -> impl Future<Output = ()>;

    /// Waits so many milliseconds, unseen.
    fn sleep(&self, millis: u32) -> impl Future<Output = ()>;

    /// A number from 0 up to, and without, 1.
    fn chance(&self) -> f64;

    /// Whether the browser says that there is no network. A hint: it may be wrong.
    fn is_offline(&self) -> bool;
}

/// Makes a call that may be made more than once, until it succeeds or there is no point any more.
///
/// # Errors
/// The last try's.
pub async fn patiently<T, C>(world: &impl World, mut call: impl FnMut() -> C) -> Result<T, ApiError>
where
    C: Future<Output = Result<T, ApiError>>,
{
    let mut failures = 0;
    loop {
        match call().await {
            Ok(answer) => return Ok(answer),
            Err(error) => {
                failures += 1;
                wait(world, failures, error).await?;
            }
        }
    }
}

/// Waits before the next try, after so many that failed.
///
/// # Errors
/// `error`, the last try's, where there is not to be a next one.
pub async fn wait(world: &impl World, failures: u32, error: ApiError) -> Result<(), ApiError> {
    let pause = match error {
        ApiError::Network if world.is_offline() && failures <= MOST_RETRIES => Pause::Offline,
        _ => match millis(failures, &error, world.chance()) {
            Some(millis) => Pause::For(millis),
            None => return Err(error),
        },
    };
    world.pause(pause, Some(&error)).await;
    Ok(())
}

/// How long to wait, in milliseconds, after so many tries that failed, the last with `error`;
/// nothing where it is not to be tried again. `chance` is from 0 up to 1.
///
/// Where the answer says how long, it is as long and up to a quarter more; else anything up to
/// [`FIRST_WAIT`], doubled with each try.
pub fn millis(failures: u32, error: &ApiError, chance: f64) -> Option<u32> {
    let most = match error {
        // What a filter or a sign-in page of the network puts in the place of an answer stays; an
        // answer that was cut off does not.
        ApiError::BadResponse { http, .. } if *http < 500 => 1,
        ApiError::BadResponse { .. }
        | ApiError::Network
        | ApiError::Timeout
        | ApiError::Refused(_) => MOST_RETRIES,
    };
    if failures == 0 || failures > most || !error.is_transient() {
        return None;
    }
    let told = error.retry_after();
    let least = told.unwrap_or(0);
    let spread = told.map_or(FIRST_WAIT << (failures - 1), |told| told / 4);
    if least > LONGEST_WAIT {
        return None;
    }
    Some(least + (f64::from(spread) * chance) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classroom::{error::Refusal, reason::Reason, status::Status};

    const ALMOST_ONE: f64 = 0.999_999;

    fn busy(retry_after: Option<u32>) -> ApiError {
        ApiError::Refused(Refusal {
            retry_after,
            ..Refusal::new(429, Status::ResourceExhausted, None)
        })
    }

    #[test]
    fn the_wait_is_anything_up_to_half_a_second_doubled_with_each_try() {
        for (failures, longest) in [(1, 499), (2, 999), (3, 1_999), (4, 3_999)] {
            assert_eq!(millis(failures, &ApiError::Network, 0.0), Some(0));
            assert_eq!(
                millis(failures, &ApiError::Network, ALMOST_ONE),
                Some(longest)
            );
        }
    }

    #[test]
    fn after_five_tries_it_is_over() {
        assert_eq!(millis(5, &ApiError::Network, 0.0), None);
    }

    #[test]
    fn an_answer_that_is_not_the_apis_is_asked_for_once_more() {
        let answer = |http| ApiError::BadResponse {
            http,
            retry_after: None,
        };
        assert!(millis(1, &answer(200), 0.0).is_some());
        assert_eq!(millis(2, &answer(200), 0.0), None);
        assert!(millis(4, &answer(502), 0.0).is_some(), "a gateway recovers");
    }

    #[test]
    fn who_is_told_how_long_waits_at_least_as_long() {
        assert_eq!(millis(1, &busy(Some(3_000)), 0.0), Some(3_000));
        assert_eq!(millis(4, &busy(Some(3_000)), ALMOST_ONE), Some(3_749));
        assert_eq!(millis(1, &busy(Some(0)), ALMOST_ONE), Some(0));
    }

    #[test]
    fn nobody_is_asked_to_wait_for_more_than_a_minute() {
        assert!(millis(1, &busy(Some(LONGEST_WAIT)), 0.0).is_some());
        assert_eq!(millis(1, &busy(Some(LONGEST_WAIT + 1)), 0.0), None);
    }

    #[test]
    fn what_another_try_cannot_help_is_not_tried_again() {
        let full = Refusal::new(
            400,
            Status::FailedPrecondition,
            Some(Reason::CourseMemberLimitReached),
        );
        assert_eq!(millis(1, &ApiError::Refused(full), 0.0), None);
        let tomorrow = Refusal::new(
            429,
            Status::ResourceExhausted,
            Some(Reason::UserCourseJoinRateLimitReached),
        );
        assert_eq!(millis(1, &ApiError::Refused(tomorrow), 0.0), None);
    }
}
