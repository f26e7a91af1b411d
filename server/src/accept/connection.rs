//! One connection from its first byte to its last.

use super::crowd::Place;
use super::guarded::Guarded;
use super::phase::Pulse;
use super::watched::Watched;
use super::{Peer, Stop};
use crate::config::Limits;
use axum::Router;
use axum::body::Body;
use axum::http::header::HOST;
use axum::http::{HeaderValue, Request, Response};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tower::ServiceExt;

/// How long a connection that took too long may still need to close in order.
const PARTING: Duration = Duration::from_secs(1);
/// Largest head of a request.
const HEAD: usize = 64 * 1024;
/// Most header lines of a request.
const HEADERS: usize = 100;
/// Most requests at a time on one HTTP/2 connection.
const STREAMS: u32 = 100;

/// Somebody who was let in.
pub(super) struct Visit {
    pub stream: TcpStream,
    pub from: SocketAddr,
    pub place: Place,
}

/// What all connections share.
pub(super) struct Connections {
    app: Router,
    limits: Limits,
    stop: Stop,
    protocol: Builder<TokioExecutor>,
}

impl Connections {
    pub(super) fn new(app: Router, limits: Limits, stop: Stop) -> Self {
        let mut protocol = Builder::new(TokioExecutor::new());
        // Our own watch is finer: it tells a connection at rest from a slow head.
        protocol
            .http1()
            .timer(TokioTimer::new())
            .header_read_timeout(None)
            .max_buf_size(HEAD)
            .max_headers(HEADERS);
        protocol
            .http2()
            .timer(TokioTimer::new())
            .max_concurrent_streams(STREAMS)
            .max_header_list_size(HEAD as u32);
        Self {
            app,
            limits,
            stop,
            protocol,
        }
    }

    /// Answers until the visitor leaves, takes too long, or the server ends.
    pub(super) async fn answer(self: Arc<Self>, visit: Visit) {
        let Visit {
            stream,
            from,
            place,
        } = visit;
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "the connection was closed at once");
            return;
        }
        let pulse = Pulse::new();
        let io = TokioIo::new(Watched::new(stream, pulse.clone(), self.limits.stall));
        let app =
            service_fn(|request| respond(self.app.clone(), request, Peer(from), pulse.clone()));
        let mut connection = pin!(self.protocol.serve_connection(io, app));
        let ended = tokio::select! {
            ended = connection.as_mut() => Some(ended),
            () = pulse.too_long(&self.limits) => None,
            () = self.stop.gently.cancelled() => None,
            () = self.stop.at_once.cancelled() => return,
        };
        let ended = match ended {
            Some(ended) => ended,
            None => {
                connection.as_mut().graceful_shutdown();
                let patience = self.patience();
                tokio::select! {
                    ended = connection => ended,
                    () = tokio::time::sleep(patience) => return,
                    () = pulse.too_long(&self.limits) => return,
                    () = self.stop.at_once.cancelled() => return,
                }
            }
        };
        if let Err(error) = ended {
            tracing::debug!(error, "connection ended with an error");
        }
        drop(place);
    }

    /// When the server ends, running answers are given longer than a visitor who took too long.
    fn patience(&self) -> Duration {
        if self.stop.gently.is_cancelled() {
            self.limits.stop
        } else {
            PARTING
        }
    }
}

async fn respond(
    app: Router,
    request: Request<Incoming>,
    peer: Peer,
    pulse: Pulse,
) -> Result<Response<Guarded<super::phase::Answering>>, Infallible> {
    let guard = pulse.request_came();
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(peer);
    name_host(&mut request);
    let response = app.oneshot(request).await?;
    Ok(response.map(|body| Guarded {
        body,
        _guard: guard,
    }))
}

/// HTTP/2 names the host in the address; handlers look in one place.
fn name_host(request: &mut Request<Body>) {
    let named = request
        .uri()
        .authority()
        .and_then(|host| HeaderValue::from_str(host.as_str()).ok());
    if let Some(host) = named {
        request.headers_mut().entry(HOST).or_insert(host);
    }
}
