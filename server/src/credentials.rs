//! Records that learners can show: signed with the portal's own key, and looked at.

mod key;
mod multikey;
mod proof;
mod standing;

use crate::clock::iso;
use crate::config::Settings;
use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use khue_app::credentials::{Credentials, Standing};
use khue_app::services::ServiceError;
use khue_content::credential::{Completion, Issuer};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::OnceLock;

/// [`Credentials`] with the key in the data folder.
pub struct PortalCredentials {
    folder: PathBuf,
    name: String,
    origin: String,
    key: OnceLock<SigningKey>,
}

impl PortalCredentials {
    /// With the key in the data folder of these settings; it is made when it is first needed.
    pub fn new(settings: &Settings) -> Self {
        Self {
            folder: settings.data.clone(),
            name: settings.name.clone(),
            origin: settings.base_url.clone().unwrap_or_default(),
            key: OnceLock::new(),
        }
    }

    fn key(&self) -> Result<&SigningKey, ServiceError> {
        if let Some(key) = self.key.get() {
            return Ok(key);
        }
        let read = key::read_or_make(&self.folder).map_err(|error| {
            tracing::error!(%error, "the key for learners' records cannot be had");
            ServiceError::Failed(error.to_string())
        })?;
        Ok(self.key.get_or_init(|| read))
    }

    fn issuer(&self) -> Result<Issuer, ServiceError> {
        let key = self.key()?.verifying_key();
        Ok(Issuer {
            did: multikey::did_web(&self.origin).unwrap_or_else(|| multikey::did_key(&key)),
            name: self.name.clone(),
            origin: self.origin.clone(),
        })
    }

    /// The address of the key that signs: within the portal's DID document, or the key itself.
    fn method(&self) -> Result<String, ServiceError> {
        let key = self.key()?.verifying_key();
        let multikey = multikey::encode(&key);
        Ok(match multikey::did_web(&self.origin) {
            Some(did) => format!("{did}#{multikey}"),
            None => format!("{}#{multikey}", multikey::did_key(&key)),
        })
    }

    /// The portal's DID document, where it is reached under a name of its own.
    ///
    /// # Errors
    /// The portal's key cannot be read or made.
    pub fn did_document(&self) -> Result<Option<Value>, ServiceError> {
        let Some(did) = multikey::did_web(&self.origin) else {
            return Ok(None);
        };
        let method = self.method()?;
        let multikey = multikey::encode(&self.key()?.verifying_key());
        Ok(Some(json!({
            "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
            "id": did,
            "verificationMethod": [{
                "id": method,
                "type": "Multikey",
                "controller": did,
                "publicKeyMultibase": multikey
            }],
            "assertionMethod": [method]
        })))
    }
}

impl Credentials for PortalCredentials {
    fn issue(&self, completion: &Completion) -> Result<String, ServiceError> {
        // Whole seconds that are over: rounded up, a record would not hold yet when it is first looked at.
        let moment = iso(Timestamp::now().as_second() * 1000);
        let id = random_id().map_err(|error| ServiceError::Failed(error.to_string()))?;
        let credential = completion.credential(&self.issuer()?, &id, &moment);
        let signed = proof::signed(credential, self.key()?, &self.method()?, &moment);
        serde_json::to_string_pretty(&signed)
            .map_err(|error| ServiceError::Failed(error.to_string()))
    }

    fn check(&self, text: &str) -> Result<Standing, ServiceError> {
        let key = self.key()?.verifying_key();
        let own = [
            Some(multikey::did_key(&key)),
            multikey::did_web(&self.origin),
        ];
        Ok(standing::of(
            text,
            &key,
            &own.into_iter().flatten().collect::<Vec<_>>(),
            Timestamp::now(),
        ))
    }
}

/// A random UUID (RFC 9562, version 4) as a URI.
fn random_id() -> Result<String, getrandom::Error> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes)?;
    let id = uuid::Builder::from_random_bytes(bytes).into_uuid();
    Ok(id.urn().to_string())
}

#[cfg(test)]
mod tests;
