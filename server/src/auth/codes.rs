//! Codes of the second factor (TOTP, RFC 6238: SHA-1, six digits, thirty seconds, as every program for codes knows
//! them), and recovery codes.

use super::token::{hash, random};
use khue_app::people::Offer;
use khue_app::services::ServiceError;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::time::{SystemTime, UNIX_EPOCH};
use totp_rs::{Builder, Secret};

/// Recovery codes of a person.
const RECOVERY_CODES: usize = 10;
/// Bytes of a secret, as RFC 4226 recommends.
const SECRET: usize = 20;

fn failed(error: impl std::fmt::Display) -> ServiceError {
    ServiceError::Failed(format!("second factor: {error}"))
}

/// A new secret for a person.
pub(super) fn offer(email: &str) -> Result<Offer, ServiceError> {
    let bytes = random::<SECRET>().map_err(failed)?;
    let secret = Secret::from(bytes.to_vec()).to_base32();
    let account = utf8_percent_encode(email, NON_ALPHANUMERIC);
    let address = format!("otpauth://totp/Khue:{account}?secret={secret}&issuer=Khue");
    Ok(Offer { secret, address })
}

/// The bytes of a secret that an offer was made of; `None` for anything else.
pub(super) fn secret(text: &str) -> Option<Vec<u8>> {
    let secret = Secret::try_from_base32(text).ok()?;
    let bytes: &[u8] = secret.as_ref();
    (bytes.len() == SECRET).then(|| bytes.to_vec())
}

/// The time step that a code belongs to, if it is of now, or of the step before or after.
pub(super) fn step(secret: &[u8], code: &str) -> Option<i64> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let totp = Builder::new().with_secret(secret.to_vec()).build().ok()?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    let step = totp.check(&digits, now.as_secs())?;
    i64::try_from(step).ok()
}

/// The code of now for a secret in base 32: for measurements, in which a program is the person.
pub(crate) fn code_now(text: &str) -> Option<String> {
    let totp = Builder::new().with_secret(secret(text)?).build().ok()?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    Some(totp.generate(now.as_secs()).to_string())
}

/// Recovery codes: as a person copies them, and the hashes that are remembered.
pub(super) fn recovery() -> Result<(Vec<String>, Vec<String>), ServiceError> {
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        let bytes = random::<8>().map_err(failed)?;
        let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        codes.push(format!(
            "{}-{}-{}-{}",
            &text[..4],
            &text[4..8],
            &text[8..12],
            &text[12..]
        ));
    }
    let hashes = codes.iter().map(|code| recovery_hash(code)).collect();
    Ok((codes, hashes))
}

/// What is remembered of a recovery code, however it is typed.
pub(super) fn recovery_hash(typed: &str) -> String {
    let bare: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    hash(&bare.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_now_is_known_and_others_are_not() {
        let offer = offer("lan@truong.edu.vn").unwrap();
        assert!(
            offer
                .address
                .starts_with("otpauth://totp/Khue:lan%40truong"),
            "{}",
            offer.address
        );
        let secret = secret(&offer.secret).unwrap();
        let totp = Builder::new().with_secret(secret.clone()).build().unwrap();
        let code = totp.generate_current().to_string();
        assert!(
            step(&secret, &code).is_some()
                && step(&secret, &format!("{} {}", &code[..3], &code[3..])).is_some()
        );
        for odd in ["", "abcdef", "12345", "1234567"] {
            assert_eq!(step(&secret, odd), None, "{odd}");
        }
        assert_eq!(super::secret("JBSWY3DP"), None, "too short");
    }

    #[test]
    fn recovery_codes_are_known_however_they_are_typed() {
        let (codes, hashes) = recovery().unwrap();
        assert_eq!((codes.len(), hashes.len()), (10, 10));
        let typed = format!(" {} ", codes[3].to_uppercase().replace('-', " "));
        assert_eq!(recovery_hash(&typed), hashes[3]);
    }
}
