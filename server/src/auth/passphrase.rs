//! Passphrases: argon2id in strings of the PHC format, off the async threads, a few at a time.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use khue_app::services::ServiceError;
use std::sync::{Arc, OnceLock};
use tokio::sync::Semaphore;

/// Memory in KiB, rounds and lanes: the first choice of the OWASP Password Storage Cheat Sheet, read 2026.
const COST: (u32, u32, u32) = (19_456, 2, 1);
/// Hashes at a time: each takes a core and 19 MiB.
const AT_ONCE: usize = 2;

/// Computes hashes, a few at a time.
#[derive(Clone)]
pub(crate) struct Hasher {
    turns: Arc<Semaphore>,
}

impl Default for Hasher {
    fn default() -> Self {
        let turns = Arc::new(Semaphore::new(AT_ONCE));
        Self { turns }
    }
}

fn failed(error: impl std::fmt::Display) -> ServiceError {
    ServiceError::Failed(format!("passphrase: {error}"))
}

fn argon2() -> Result<Argon2<'static>, ServiceError> {
    let (memory, rounds, lanes) = COST;
    let params = Params::new(memory, rounds, lanes, None).map_err(failed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hashed(passphrase: &str) -> Result<String, ServiceError> {
    let hash = argon2()?
        .hash_password(passphrase.as_bytes())
        .map_err(failed)?;
    Ok(hash.to_string())
}

/// What a passphrase is compared with where there is no account, so that it takes as long.
fn nobody() -> Result<&'static str, ServiceError> {
    static NOBODY: OnceLock<String> = OnceLock::new();
    match NOBODY.get() {
        Some(known) => Ok(known),
        None => {
            let made = hashed("nobody has this passphrase")?;
            Ok(NOBODY.get_or_init(|| made))
        }
    }
}

impl Hasher {
    async fn off_the_threads<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let _turn = self.turns.acquire().await.map_err(failed)?;
        tokio::task::spawn_blocking(work).await.map_err(failed)?
    }

    /// The passphrase as it is remembered.
    pub async fn hash(&self, passphrase: &str) -> Result<String, ServiceError> {
        let passphrase = passphrase.to_owned();
        self.off_the_threads(move || hashed(&passphrase)).await
    }

    /// Whether it is the one that is remembered; with nothing remembered the same work leads to `false`.
    pub async fn is(
        &self,
        passphrase: &str,
        remembered: Option<&str>,
    ) -> Result<bool, ServiceError> {
        let (passphrase, remembered) = (passphrase.to_owned(), remembered.map(str::to_owned));
        let work = move || {
            let against = match &remembered {
                Some(hash) => hash.as_str(),
                None => nobody()?,
            };
            let against = PasswordHash::new(against).map_err(failed)?;
            let same = argon2()?
                .verify_password(passphrase.as_bytes(), &against)
                .is_ok();
            Ok(same && remembered.is_some())
        };
        self.off_the_threads(work).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_passphrase_is_told_from_others() {
        let hasher = Hasher::default();
        let hash = hasher.hash("sáng nay mưa bay").await.unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(hasher.is("sáng nay mưa bay", Some(&hash)).await.unwrap());
        assert!(!hasher.is("sáng nay mưa rơi", Some(&hash)).await.unwrap());
        assert!(!hasher.is("nobody has this passphrase", None).await.unwrap());
    }
}
