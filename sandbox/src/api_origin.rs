//! The origin of the API: requests to it, sign-in beside it, and the controls under `/_sandbox/`.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{Method, Response, StatusCode, header},
    middleware,
    response::IntoResponse,
};

use crate::{
    api::{self, Answered, call},
    app::App,
    control, cors,
    fault_layer::{self, Place},
    faults::{Fault, Origin, Target},
    journal::{self, Entry},
    server::Cut,
    signin,
};

/// Largest request body, in bytes.
const LARGEST_BODY: usize = 1 << 20;

/// Everything this origin answers.
pub fn router(app: &Arc<App>) -> Router {
    let signin = signin::router(app).layer(middleware::from_fn_with_state(
        Place {
            app: Arc::clone(app),
            origin: Origin::Api,
        },
        fault_layer::apply,
    ));
    Router::new()
        .nest("/_sandbox", control::router(app))
        .merge(signin)
        .fallback(request)
        .with_state(Arc::clone(app))
}

/// A request to the API: fault or effect, journal, delay, permission to read, in this order.
async fn request(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    let fault = app.world().faults.take(Target {
        origin: Origin::Api,
        ordinary: true,
        method: parts.method.as_str(),
        path,
    });
    let query: Vec<(String, String)> =
        url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
            .into_owned()
            .collect();
    let format = call::format(&query);
    let instead = fault.as_ref().and_then(|fault| fault.instead(&format));

    if parts.method == Method::OPTIONS {
        let response = instead.unwrap_or_else(|| cors::preflight(&parts.headers));
        return let_out(fault.as_ref(), response).await;
    }
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let request = call::Request {
        method: parts.method.as_str(),
        path,
        query: &query,
        headers: &parts.headers,
        body: &body,
    };
    let account = api::account(&app.world(), &request);
    let Answered { response, delay } = match instead {
        Some(response) => response.into(),
        None => api::answer(&app, &request),
    };
    let cut = Cut::marks(&response) || fault.as_ref().is_some_and(Fault::cuts);
    app.world().journal.entries.push(Entry {
        method: parts.method.to_string(),
        path: path.to_owned(),
        query: journal::query_object(&query),
        body: journal::body_value(&body),
        account,
        status: if cut { 0 } else { response.status().as_u16() },
    });
    tokio::time::sleep(delay).await;
    let mut response = let_out(fault.as_ref(), response).await;
    cors::allow_reading(response.headers_mut(), parts.headers.get(header::ORIGIN));
    response
}

async fn let_out(fault: Option<&Fault>, response: Response<Body>) -> Response<Body> {
    match fault {
        None => response,
        Some(fault) => {
            tokio::time::sleep(fault.delay()).await;
            fault.let_out(response)
        }
    }
}
