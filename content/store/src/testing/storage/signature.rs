//! Signatures of AWS, version 4, in addresses, computed from their description.

use super::http::Asked;
use super::{ACCESS_KEY, REGION, SECRET_KEY};
use crate::identity::hex;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// What is signed.
pub struct Signed<'a> {
    /// Method.
    pub method: &'a str,
    /// Path, decoded.
    pub path: &'a str,
    /// Parameters, decoded, without the signature.
    pub query: &'a [(String, String)],
    /// Host with its port.
    pub host: &'a str,
    /// Region.
    pub region: &'a str,
    /// When, as in `20130524T000000Z`.
    pub at: &'a str,
}

/// The signature of a request by a key.
pub fn signature(signed: &Signed<'_>, secret: &str) -> String {
    let mut query: Vec<String> = signed
        .query
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name, false), encoded(value, false)))
        .collect();
    query.sort();
    let request = format!(
        "{}\n{}\n{}\nhost:{}\n\nhost\nUNSIGNED-PAYLOAD",
        signed.method,
        encoded(signed.path, true),
        query.join("&"),
        signed.host
    );
    let day = signed.at.get(..8).unwrap_or_default();
    let scope = format!("{day}/{}/s3/aws4_request", signed.region);
    let digest = hex(&Sha256::digest(request));
    let text = format!("AWS4-HMAC-SHA256\n{}\n{scope}\n{digest}", signed.at);
    let steps = [day, signed.region, "s3", "aws4_request", &text];
    let key = format!("AWS4{secret}").into_bytes();
    hex(&steps.iter().fold(key, |key, step| mac(&key, step)))
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    // A key may have any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return Vec::new();
    };
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// A text as it stands in an address, where nothing but a few signs stands for itself; in a path the slash too.
pub(super) fn encoded(text: &str, is_path: bool) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        match plain || is_path && byte == b'/' {
            true => encoded.push(char::from(byte)),
            false => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

impl Asked {
    /// Whether the request is signed by the key of these tests.
    pub fn check_signature(&self) -> Result<(), &'static str> {
        let said = |name| self.query(name).unwrap_or_default();
        let day = said("X-Amz-Date").get(..8).unwrap_or_default();
        if said("X-Amz-Credential") != format!("{ACCESS_KEY}/{day}/{REGION}/s3/aws4_request") {
            return Err("InvalidAccessKeyId");
        }
        let unsigned = |(name, _): &&(String, String)| name != "X-Amz-Signature";
        let query: Vec<_> = self.parameters.iter().filter(unsigned).cloned().collect();
        let right = signature(
            &Signed {
                method: &self.method,
                path: &self.path,
                query: &query,
                host: self.header("host").unwrap_or_default(),
                region: REGION,
                at: said("X-Amz-Date"),
            },
            SECRET_KEY,
        );
        match said("X-Amz-Signature") == right {
            true => Ok(()),
            false => Err("SignatureDoesNotMatch"),
        }
    }
}
