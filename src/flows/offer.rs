//! The offer to own a class: there is one at a time, and while it waits no other can be made.

use super::pending::withdraw;
use crate::classroom::{
    course_ref::CourseRef,
    error::ApiError,
    invitations::{self, Invitations, Of},
    page,
    retry::World,
    role::Role,
    status::Status,
};

/// Withdraws the offer that waits, to whomever it was made; it is well where none does any more.
///
/// # Errors
/// The call's name in Google's reference, and what came back: then the offer may still wait.
pub async fn withdraw_offer(
    api: &impl Invitations,
    world: &impl World,
    course: &CourseRef,
) -> Result<(), (&'static str, ApiError)> {
    let open = page::all(
        world,
        |token: Option<String>| async move { api.list(Of::Course(course), token.as_deref()).await },
        |_| {},
    )
    .await
    .map_err(|error| (invitations::LIST, error))?;
    for offer in open.iter().filter(|open| open.role == Role::Owner) {
        match withdraw(api, world, &offer.id).await {
            Ok(()) => {}
            Err(error) if error.is(&Status::NotFound) => {}
            Err(error) => return Err((invitations::DELETE, error)),
        }
    }
    Ok(())
}
