//! The Classroom REST API, as far as the widget needs it.
//!
//! What the flows call are traits, one a need: [`Classroom`] for joining and for who acts,
//! [`invitations::Invitations`], [`rosters::Rosters`], [`courses::Courses`]; [`client::Client`]
//! answers them over the network. Facts: Google's discovery document "Google Classroom API" v1 and
//! its reference pages.

pub mod answer;
pub mod client;
pub mod course_link;
pub mod course_ref;
pub mod courses;
pub mod error;
pub mod invitations;
pub mod page;
pub mod profiles;
pub mod reason;
pub mod request;
pub mod retry;
pub mod role;
pub mod rosters;
pub mod status;
pub mod students;
pub(crate) mod transport;
pub mod user;
pub mod wait;

use core::future::Future;

use crate::entry::class_code::ClassCode;
use course_ref::CourseRef;
use courses::Course;
use error::ApiError;
use profiles::Profile;
use students::Student;

/// The calls of the API that signing in and joining make, on behalf of one account.
///
/// A trait, so that the flows can be tested natively against a stand-in that answers what a test
/// wants; the futures are not `Send` since a browser's are not.
pub trait Classroom {
    /// Adds the account to the class with its code: `courses.students.create`.
    ///
    /// Gives the new membership. Errors: see [`ApiError`]; a wrong code has no documented error.
    fn join(
        &self,
        course: &CourseRef,
        code: &ClassCode,
    ) -> impl Future<Output = Result<Student, ApiError>>;

    /// The account's own membership of the class as a student: `courses.students.get` with `me`.
    ///
    /// `NOT_FOUND` where it is none.
    fn own_membership(&self, course: &CourseRef)
    -> impl Future<Output = Result<Student, ApiError>>;

    /// The class: `courses.get`. Only members, teachers and administrators may read it.
    fn course(&self, course: &CourseRef) -> impl Future<Output = Result<Course, ApiError>>;

    /// The account itself: `userProfiles.get` with `me`.
    fn own_profile(&self) -> impl Future<Output = Result<Profile, ApiError>>;
}
