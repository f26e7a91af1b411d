//! Whose request it is, behind proxies that are believed.

use crate::accept::{Peer, neighbourhood};
use axum::extract::Request;
use axum::http::HeaderMap;
use ipnet::IpNet;
use std::net::IpAddr;

/// The address that limits count by; `None` for a trusted proxy that names nobody.
pub fn of(request: &Request, trusted: &[IpNet]) -> Option<IpAddr> {
    let Peer(peer) = request.extensions().get()?;
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let peer = peer.ip().to_canonical();
    let chain = forwarded(request.headers());
    // From the nearest to the farthest: the first that is not believed is who is asking.
    let mut nearest_first = std::iter::once(peer).chain(chain.into_iter().rev());
    nearest_first
        .find(|address| !is_trusted(address))
        .map(neighbourhood)
}

/// Addresses of X-Forwarded-For, the farthest first, up to the first from the right that is none.
fn forwarded(headers: &HeaderMap) -> Vec<IpAddr> {
    let lines = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|line| line.to_str().ok());
    let names: Vec<&str> = lines
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .collect();
    let address = |name: &&str| {
        name.parse::<IpAddr>()
            .ok()
            .map(|address| address.to_canonical())
    };
    let mut found: Vec<IpAddr> = names.iter().rev().map_while(address).collect();
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn who(peer: &str, forwarded: &str) -> Option<String> {
        let mut request = Request::builder()
            .header("x-forwarded-for", forwarded)
            .body(Body::empty())
            .unwrap();
        request
            .extensions_mut()
            .insert(Peer(format!("{peer}:1").parse().unwrap()));
        let trusted = [
            "127.0.0.0/8".parse().unwrap(),
            "10.0.0.0/8".parse().unwrap(),
        ];
        of(&request, &trusted).map(|address| address.to_string())
    }

    #[test]
    fn only_proxies_are_believed() {
        assert_eq!(
            who("192.0.2.1", "203.0.113.9").as_deref(),
            Some("192.0.2.1")
        );
        assert_eq!(
            who("127.0.0.1", "203.0.113.9").as_deref(),
            Some("203.0.113.9")
        );
        assert_eq!(
            who("127.0.0.1", "198.51.100.1, 203.0.113.9, 10.1.1.1").as_deref(),
            Some("203.0.113.9")
        );
        assert_eq!(who("127.0.0.1", "203.0.113.9, nonsense"), None);
        assert_eq!(who("127.0.0.1", ""), None);
    }
}
