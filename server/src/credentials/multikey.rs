//! Keys and the portal as identifiers: Multikey (W3C Controlled Identifiers 1.0), `did:key`, `did:web`.

use ed25519_dalek::VerifyingKey;

/// What stands before the bytes of an Ed25519 public key.
const ED25519: [u8; 2] = [0xed, 0x01];

/// A key as a Multikey: `z` and base 58.
pub fn encode(key: &VerifyingKey) -> String {
    format!(
        "z{}",
        bs58::encode([&ED25519[..], key.as_bytes()].concat()).into_string()
    )
}

/// The key that a Multikey is; `None` where it is no Ed25519 key.
pub fn decode(multikey: &str) -> Option<VerifyingKey> {
    let bytes = bs58::decode(multikey.strip_prefix('z')?).into_vec().ok()?;
    let key = bytes.strip_prefix(&ED25519)?;
    VerifyingKey::from_bytes(key.try_into().ok()?).ok()
}

/// A key as an identifier.
pub fn did_key(key: &VerifyingKey) -> String {
    format!("did:key:{}", encode(key))
}

/// A portal as an identifier, by where it is reached; only over HTTPS, as the method asks for.
pub fn did_web(origin: &str) -> Option<String> {
    let host = origin.strip_prefix("https://")?;
    let mut steps = host.split('/').filter(|step| !step.is_empty());
    let host = steps.next()?.replace(':', "%3A");
    let rest: String = steps.map(|step| format!(":{step}")).collect();
    Some(format!("did:web:{host}{rest}"))
}
