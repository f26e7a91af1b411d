//! Proofs of the cryptosuite `eddsa-jcs-2022` (W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.3).

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The only suite that is written and read here.
const SUITE: &str = "eddsa-jcs-2022";

/// A document with a proof by a key. `method` is the address of the key, `created` ISO 8601.
pub fn signed(mut document: Value, key: &SigningKey, method: &str, created: &str) -> Value {
    let mut proof = json!({
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": created,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod"
    });
    if let Some(context) = document.get("@context") {
        proof["@context"] = context.clone();
    }
    let signature = key.sign(&hashes(&proof, &document));
    proof["proofValue"] = format!("z{}", bs58::encode(signature.to_bytes()).into_string()).into();
    document["proof"] = proof;
    document
}

/// A proof that was read, and what it is about.
pub struct Read {
    /// The address of the key that is said to have signed.
    pub method: String,
    hashes: Vec<u8>,
    signature: Signature,
}

/// Why no proof could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// There is none, or it is not well formed.
    Missing,
    /// It is of another suite.
    Other,
}

/// Takes the proof out of a document.
pub fn read(mut document: Value) -> Result<Read, Unread> {
    let map = document.as_object_mut().ok_or(Unread::Missing)?;
    let mut proof = match map.remove("proof").ok_or(Unread::Missing)? {
        Value::Array(mut proofs) if proofs.len() == 1 => proofs.remove(0),
        proof => proof,
    };
    let text = |name: &str| {
        proof
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    if text("type").is_empty() {
        return Err(Unread::Missing);
    }
    if text("type") != "DataIntegrityProof" || text("cryptosuite") != SUITE {
        return Err(Unread::Other);
    }
    let (method, purpose, value) = (
        text("verificationMethod"),
        text("proofPurpose"),
        text("proofValue"),
    );
    // A proof for another purpose, or of other words than the document's, proves nothing about it.
    if purpose != "assertionMethod"
        || proof
            .get("@context")
            .is_some_and(|own| Some(own) != document.get("@context"))
    {
        return Err(Unread::Missing);
    }
    let signature = signature(&value).ok_or(Unread::Missing)?;
    if let Some(map) = proof.as_object_mut() {
        map.remove("proofValue");
    }
    Ok(Read {
        method,
        hashes: hashes(&proof, &document),
        signature,
    })
}

impl Read {
    /// Whether this key has signed.
    pub fn is_by(&self, key: &VerifyingKey) -> bool {
        key.verify_strict(&self.hashes, &self.signature).is_ok()
    }
}

fn signature(multibase: &str) -> Option<Signature> {
    let bytes = bs58::decode(multibase.strip_prefix('z')?).into_vec().ok()?;
    Signature::from_slice(&bytes).ok()
}

/// What is signed: the hashes of the proof without its value and of the document without its proof, in canonical form
/// (RFC 8785).
fn hashes(proof: &Value, document: &Value) -> Vec<u8> {
    let hash = |value: &Value| {
        // A value of serde_json always has a canonical form: its numbers are finite.
        let text = serde_json_canonicalizer::to_vec(value).unwrap_or_default();
        Sha256::digest(text)
    };
    [hash(proof), hash(document)].concat()
}
