//! Random tokens, and the hash under which they are remembered.

use sha2::{Digest, Sha256};

/// A token that nobody guesses: 256 random bits in hexadecimal.
///
/// # Errors
/// The system has no random numbers.
pub fn token() -> Result<String, getrandom::Error> {
    Ok(hex(&random::<32>()?))
}

/// Random bytes.
pub(super) fn random<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// What the store keeps of a token. A token is random, so one round is enough.
pub fn hash(token: &str) -> String {
    hex(&Sha256::digest(token))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ_and_are_not_their_hash() {
        let (one, other) = (token().unwrap(), token().unwrap());
        assert!(one != other && one.len() == 64 && hash(&one) != one && hash(&one) == hash(&one));
    }
}
