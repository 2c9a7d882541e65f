//! Faults in front of everything that is not the API itself.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Response, header},
    middleware::Next,
};

use crate::{
    api::call,
    app::App,
    faults::{Origin, Target},
};

/// Which origin's faults are meant.
#[derive(Clone)]
pub struct Place {
    /// The sandbox.
    pub app: Arc<App>,
    /// The origin.
    pub origin: Origin,
}

/// Lets the fault that meets a request act on it, or lets the request pass.
pub async fn apply(State(place): State<Place>, request: Request, next: Next) -> Response<Body> {
    let (fault, may_cut) = {
        let mut world = place.app.world();
        let may_cut = world.faults.may_cut(place.origin);
        let fault = world.faults.take(Target {
            origin: place.origin,
            ordinary: place.origin != Origin::Api,
            method: request.method().as_str(),
            path: request.uri().path(),
        });
        (fault, may_cut)
    };
    let mut response = match &fault {
        None => next.run(request).await,
        Some(fault) => {
            let response = match fault.instead(&call::format(&[])) {
                Some(response) => response,
                None => next.run(request).await,
            };
            tokio::time::sleep(fault.delay()).await;
            fault.let_out(response)
        }
    };
    if may_cut {
        // A browser would repeat by itself what is cut on a connection it used before.
        response
            .headers_mut()
            .insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
