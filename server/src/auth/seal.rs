//! Secrets of second factors at rest: sealed with a key from the settings, where there is one (ChaCha20-Poly1305,
//! RFC 8439, with the number of the account as associated data).

use super::token::random;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};
use khue_app::services::ServiceError;
use khue_store::Store;
use khue_store::actions::people::replace_totp_secrets;

/// First byte of what is sealed. A secret as it is has [`BARE`] bytes, and never so many.
const SEALED: u8 = 1;
/// Bytes of a secret.
const BARE: usize = 20;
const NONCE: usize = 12;

/// Seals and opens secrets; without a key they stay as they are.
#[derive(Clone, Default)]
pub struct Seal(Option<ChaCha20Poly1305>);

impl Seal {
    /// With a key of 64 hexadecimal digits; none where the text is no such key.
    pub fn new(key: Option<&str>) -> Self {
        let bytes = key.and_then(bytes);
        Self(bytes.and_then(|bytes| ChaCha20Poly1305::new_from_slice(&bytes).ok()))
    }

    /// A secret as it is stored for an account.
    pub(super) fn close(&self, account: i64, secret: &[u8]) -> Result<Vec<u8>, ServiceError> {
        let Some(cipher) = &self.0 else {
            return Ok(secret.to_vec());
        };
        let failed =
            |error: &dyn std::fmt::Display| ServiceError::Failed(format!("sealing: {error}"));
        let nonce = random::<NONCE>().map_err(|error| failed(&error))?;
        let aad = account.to_be_bytes();
        let payload = Payload {
            msg: secret,
            aad: &aad,
        };
        let sealed = cipher.encrypt(Nonce::from_slice(&nonce), payload);
        let sealed = sealed.map_err(|error| failed(&error))?;
        Ok([&[SEALED], nonce.as_slice(), &sealed].concat())
    }

    /// The secret that is stored for an account; `None` where the key is missing or another.
    pub(super) fn open(&self, account: i64, stored: &[u8]) -> Option<Vec<u8>> {
        if stored.len() == BARE {
            return Some(stored.to_vec());
        }
        let rest = stored.strip_prefix(&[SEALED])?;
        let (nonce, sealed) = rest.split_at_checked(NONCE)?;
        let aad = account.to_be_bytes();
        let payload = Payload {
            msg: sealed,
            aad: &aad,
        };
        let opened = self
            .0
            .as_ref()
            .and_then(|cipher| cipher.decrypt(Nonce::from_slice(nonce), payload).ok());
        if opened.is_none() {
            tracing::error!(
                account,
                "a second factor cannot be read: the setting people.key is missing or not the one it was sealed with"
            );
        }
        opened
    }

    /// Seals what was stored before there was a key. Returns how many secrets that were.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn close_stored(&self, store: &Store) -> khue_store::Result<usize> {
        if self.0.is_none() {
            return Ok(0);
        }
        let sealed = |account: i64, stored: &[u8]| {
            (stored.len() == BARE)
                .then(|| self.close(account, stored).ok())
                .flatten()
        };
        replace_totp_secrets(store, sealed).await
    }
}

/// The bytes of 64 hexadecimal digits.
pub fn bytes(key: &str) -> Option<[u8; 32]> {
    let key = key.trim();
    if key.len() != 64 || !key.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 32];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&key[2 * place..2 * place + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_key_and_account_open_it() {
        let (key, other) = ("0f".repeat(32), "f0".repeat(32));
        let (seal, other) = (Seal::new(Some(&key)), Seal::new(Some(&other)));
        let secret = [9; BARE];
        let stored = seal.close(7, &secret).unwrap();
        assert!(stored.len() > BARE && !stored.windows(4).any(|four| four == [9; 4]));
        assert_ne!(
            stored,
            seal.close(7, &secret).unwrap(),
            "another nonce each time"
        );
        assert_eq!(seal.open(7, &stored).as_deref(), Some(&secret[..]));
        assert_eq!(seal.open(8, &stored), None);
        assert_eq!(other.open(7, &stored), None);
        assert_eq!(Seal::default().open(7, &stored), None);
        let mut changed = stored;
        changed[20] ^= 1;
        assert_eq!(seal.open(7, &changed), None);
    }

    #[test]
    fn without_a_key_and_before_there_was_one_secrets_are_as_they_are() {
        let secret = [9; BARE];
        assert_eq!(Seal::default().close(7, &secret).unwrap(), secret);
        let seal = Seal::new(Some(&"ab".repeat(32)));
        assert_eq!(seal.open(7, &secret).as_deref(), Some(&secret[..]));
        for odd in ["", "ab", &"xy".repeat(32), &"é".repeat(32)] {
            assert_eq!(bytes(odd), None, "{odd}");
        }
    }
}
