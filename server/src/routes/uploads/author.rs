//! Who sends a file, and with which submission.

use super::answer::Refusal;
use super::{Sending, said};
use crate::address::path_segment;
use crate::uploads::Coming;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use khue_app::people::{Caller, Viewer};

/// Somebody who is signed in, at the uploads of a submission.
pub struct Author {
    pub viewer: Viewer,
    pub number: String,
    id: Option<String>,
    headers: HeaderMap,
}

impl Author {
    /// The headers of the request, if it speaks the protocol in the version that is known here.
    pub fn spoken(&self) -> Result<&HeaderMap, Refusal> {
        match said::speaks(&self.headers) {
            true => Ok(&self.headers),
            false => Err(Refusal::Version),
        }
    }

    /// The id that the address names.
    pub fn id(&self) -> Result<&str, Refusal> {
        let none = Refusal::from(crate::uploads::UploadError::Missing);
        self.id.as_deref().ok_or(none)
    }

    /// Whether a file on its way is theirs and comes with this submission.
    pub fn owns(&self, coming: &Coming) -> bool {
        coming.account == self.viewer.actor.account && coming.submission == self.number
    }

    /// The address of a file on its way.
    pub fn address(&self, id: &str) -> String {
        format!("/submissions/{}/uploads/{id}", path_segment(&self.number))
    }
}

impl FromRequestParts<Sending> for Author {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, sending: &Sending) -> Result<Self, Refusal> {
        let services = &sending.state.services;
        let caller = Caller::from_request_parts(parts, services).await;
        let caller = caller.map_err(|_| Refusal::Broken)?;
        let viewer = caller.viewer().await?.ok_or(Refusal::SignedOut)?;
        let named = RawPathParams::from_request_parts(parts, sending).await;
        let named = named.map_err(|_| Refusal::Broken)?;
        let find = |name: &str| {
            let mut pairs = named.iter();
            pairs
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.to_owned())
        };
        Ok(Self {
            viewer,
            number: find("number").unwrap_or_default(),
            id: find("id"),
            headers: parts.headers.clone(),
        })
    }
}
