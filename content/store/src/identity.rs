//! The portal's address of a record, made from what its source calls it.

use sha2::{Digest, Sha256};

/// Longest id.
pub(crate) const MAX_ID: usize = 120;
/// Hexadecimal digits of the hash behind an id that had to be altered.
const SUFFIX: usize = 10;

/// Ids that a new record may get, best first. The last one carries a hash of
/// source and identifier, so no other record can have it but by forgery.
pub(crate) fn candidates(wanted: &str, source: &str, identifier: &str) -> Vec<String> {
    let hash = digest(&[source, identifier]);
    let qualified = format!("{source}.{identifier}");
    let mut ids = Vec::with_capacity(4);
    if is_id(wanted) {
        ids.push(wanted.to_owned());
    }
    ids.push(url_safe(identifier, &hash));
    ids.push(url_safe(&qualified, &hash));
    ids.push(suffixed(&qualified, &hash));
    ids
}

/// Whether a text may stand in an address as it is.
pub(crate) fn is_id(text: &str) -> bool {
    let dots_only = text.bytes().all(|byte| byte == b'.');
    !dots_only && text.len() <= MAX_ID && text.bytes().all(is_safe)
}

fn is_safe(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._~:-".contains(&byte)
}

fn url_safe(text: &str, hash: &str) -> String {
    match is_id(text) {
        true => text.to_owned(),
        false => suffixed(text, hash),
    }
}

fn suffixed(text: &str, hash: &str) -> String {
    let safe = |c: char| {
        if c.is_ascii() && is_safe(c as u8) {
            c
        } else {
            '-'
        }
    };
    let room = MAX_ID - SUFFIX - 1;
    let mut id: String = text.chars().take(room).map(safe).collect();
    id.push('-');
    id.push_str(&hash[..SUFFIX]);
    id
}

/// SHA-256 over texts with a separator that none of them holds, in hexadecimal.
pub(crate) fn digest(texts: &[&str]) -> String {
    hex(&Sha256::digest(texts.join("\0")))
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| DIGITS[usize::from(nibble & 15)] as char;
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(*byte)])
        .collect()
}
