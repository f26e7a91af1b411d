//! Where packages are answered, and where readers reach them.

use crate::config::Settings;
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// The listener apart, and its origin.
pub struct Place {
    /// Takes connections.
    pub listener: TcpListener,
    /// Where readers reach it; `None` where nobody has said so, and then packages are downloads.
    pub origin: Option<String>,
}

/// Opens the listener that the settings ask for. `portal` is where the portal itself listens.
///
/// With `auto` it is a port of this machine, and only where the portal itself is reached on this machine alone: a
/// reader elsewhere could not come to it. That is the case of `cargo start` and of trying it out. Both are then the
/// same host with two ports, between which browsers do not divide cookies; so no cookie is read or set there, the
/// session's is not readable by scripts, and `sandbox` gives every package an origin of its own. A portal that others
/// reach has to name an origin.
pub async fn place(settings: &Settings, portal: SocketAddr) -> Option<Place> {
    let wanted = &settings.packages;
    if wanted.listen == "off" {
        return None;
    }
    let listener = match wanted.listen.as_str() {
        "auto" if is_here_alone(settings, portal) => beside(portal).await,
        "auto" => return None,
        listen => TcpListener::bind(listen).await,
    };
    let listener = match listener {
        Ok(listener) => listener,
        Err(error) => {
            tracing::warn!(%error, listen = wanted.listen, "no place for packages: they are offered as downloads; set packages.listen to a free address and port");
            return None;
        }
    };
    let own = listener
        .local_addr()
        .ok()
        .filter(|own| own.ip().is_loopback());
    let own = own
        .filter(|_| is_here_alone(settings, portal))
        .map(|own| format!("http://{own}"));
    let origin = wanted.origin.clone().or(own);
    if origin.is_none() {
        tracing::warn!(
            "packages.listen is set, but not packages.origin: packages are offered as downloads"
        );
    }
    Some(Place { listener, origin })
}

/// The port after the portal's, or any that is free.
async fn beside(portal: SocketAddr) -> std::io::Result<TcpListener> {
    let next = portal.port().checked_add(1).unwrap_or(0);
    match TcpListener::bind((portal.ip(), next)).await {
        Ok(listener) => Ok(listener),
        Err(_) => TcpListener::bind((portal.ip(), 0)).await,
    }
}

/// Whether only this machine reaches the portal.
fn is_here_alone(settings: &Settings, portal: SocketAddr) -> bool {
    let named = settings.base_url.as_deref().is_none_or(|address| {
        let host = address.split_once("://").map_or("", |(_, host)| host);
        ["127.0.0.1", "localhost", "[::1]"]
            .iter()
            .any(|own| host == *own || host.starts_with(&format!("{own}:")))
    });
    portal.ip().is_loopback() && named
}
