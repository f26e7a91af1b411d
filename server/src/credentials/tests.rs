use super::*;
use khue_content::path::shipped;

/// The example of the specification, section B.3: document, keys and signature are those that it publishes.
fn published() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential", "AlumniCredential"],
        "name": "Alumni Credential",
        "description": "A minimum viable example of an Alumni Credential.",
        "issuer": "https://vc.example/issuers/5678",
        "validFrom": "2023-01-01T00:00:00Z",
        "credentialSubject": { "id": "did:example:abcdefgh", "alumniOf": "The School of Examples" }
    })
}

const PUBLIC: &str = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
const SECRET: &str = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq";
const SIGNATURE: &str =
    "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX";

#[test]
fn the_example_of_the_specification_is_signed_as_it_says() {
    let secret = bs58::decode(&SECRET[1..]).into_vec().unwrap();
    let key = SigningKey::from_bytes(secret[2..].try_into().unwrap());
    assert_eq!(multikey::encode(&key.verifying_key()), PUBLIC);
    let method = format!("did:key:{PUBLIC}#{PUBLIC}");
    let signed = proof::signed(published(), &key, &method, "2023-02-24T23:36:38Z");
    assert_eq!(signed["proof"]["proofValue"], SIGNATURE);
    let read = proof::read(signed).unwrap();
    assert!(read.is_by(&multikey::decode(PUBLIC).unwrap()));
}

fn portal(folder: &std::path::Path, origin: &str) -> PortalCredentials {
    PortalCredentials {
        folder: folder.to_owned(),
        name: "Khuê".to_owned(),
        origin: origin.to_owned(),
        key: OnceLock::new(),
    }
}

fn completion() -> Completion<'static> {
    Completion {
        path: shipped().get("tu-cap-so-den-chuyen-dong").unwrap(),
        learner: "Nguyễn Thị Mai".to_owned(),
        right: 9,
        asked: 10,
        criteria: "8/10".to_owned(),
        attests: "Chín trong mười bài đúng.".to_owned(),
    }
}

#[test]
fn what_is_given_is_valid_here_and_whatever_is_changed_is_not() {
    let folder = tempfile::tempdir().unwrap();
    for origin in ["https://khue.example", "http://127.0.0.1:8080", ""] {
        let portal = portal(folder.path(), origin);
        let text = portal.issue(&completion()).unwrap();
        let Standing::Valid(shown) = portal.check(&text).unwrap() else {
            panic!("{text}");
        };
        assert_eq!(
            (shown.learner.as_str(), shown.score),
            ("Nguyễn Thị Mai", Some(("9".into(), "10".into())))
        );
        for (from, to) in [
            ("Mai", "Lan"),
            ("\"9\"", "\"10\""),
            ("\"type\": \"IdentityObject\"", "\"type\": \"Other\""),
            ("assertionMethod", "authentication"),
        ] {
            let changed = text.replace(from, to);
            assert_ne!(changed, text, "{from}");
            assert_eq!(portal.check(&changed).unwrap(), Standing::Altered, "{from}");
        }
        let mut added: Value = serde_json::from_str(&text).unwrap();
        added["validUntil"] = "2999-01-01T00:00:00Z".into();
        assert_eq!(portal.check(&added.to_string()).unwrap(), Standing::Altered);
        added.as_object_mut().unwrap().remove("validUntil");
        // Another order and other spaces are the same record.
        assert!(matches!(
            portal.check(&added.to_string()).unwrap(),
            Standing::Valid(_)
        ));
        added.as_object_mut().unwrap().remove("proof");
        assert_eq!(portal.check(&added.to_string()).unwrap(), Standing::Altered);
    }
}

#[test]
fn what_others_give_is_not_ours() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let own = portal(here.path(), "https://khue.example");
    let key = portal(there.path(), "").issue(&completion()).unwrap();
    assert!(matches!(
        own.check(&key).unwrap(),
        Standing::Unknown {
            signed: Some(true),
            ..
        }
    ));
    let changed = key.replace("Mai", "Lan");
    assert!(matches!(
        own.check(&changed).unwrap(),
        Standing::Unknown {
            signed: Some(false),
            ..
        }
    ));
    let web = portal(there.path(), "https://other.example")
        .issue(&completion())
        .unwrap();
    assert!(matches!(
        own.check(&web).unwrap(),
        Standing::Unknown { signed: None, .. }
    ));
    // Whoever takes our name has not our key.
    let forged = portal(there.path(), "https://khue.example")
        .issue(&completion())
        .unwrap();
    assert_eq!(own.check(&forged).unwrap(), Standing::Altered);
}

#[test]
fn an_end_in_the_past_and_a_beginning_to_come_are_not_in_force() {
    let folder = tempfile::tempdir().unwrap();
    let portal = portal(folder.path(), "https://khue.example");
    let (key, method) = (portal.key().unwrap(), portal.method().unwrap());
    for (from, until, valid) in [
        ("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z", false),
        ("2999-01-01T00:00:00Z", "2999-02-01T00:00:00Z", false),
        ("2020-01-01T00:00:00Z", "soon", false),
        ("2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z", true),
    ] {
        let mut credential = completion().credential(&portal.issuer().unwrap(), "urn:uuid:1", from);
        credential["validUntil"] = until.into();
        let text = proof::signed(credential, key, &method, from).to_string();
        let standing = portal.check(&text).unwrap();
        assert_eq!(
            matches!(standing, Standing::Valid(_)),
            valid,
            "{from} {until}: {standing:?}"
        );
        assert_eq!(matches!(standing, Standing::Expired(_)), !valid);
    }
}

#[test]
fn anything_else_is_no_record() {
    let folder = tempfile::tempdir().unwrap();
    let portal = portal(folder.path(), "https://khue.example");
    for text in [
        "",
        "{",
        "[]",
        "null",
        "{\"type\": \"VerifiableCredential\"}",
        &"[".repeat(10_000),
    ] {
        assert_eq!(
            portal.check(text).unwrap(),
            Standing::Unreadable,
            "{text:.40}"
        );
    }
    let jwt = r#"{"type": ["VerifiableCredential"], "proof": {"type": "DataIntegrityProof", "cryptosuite": "bbs-2023"}}"#;
    assert_eq!(portal.check(jwt).unwrap(), Standing::OtherProof);
}

#[test]
fn the_key_is_kept_and_secret() {
    let folder = tempfile::tempdir().unwrap();
    let first = portal(folder.path(), "").issuer().unwrap();
    assert_eq!(portal(folder.path(), "").issuer().unwrap(), first);
    let file = folder.path().join("credential-key");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            std::fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        1,
        "no draft stays"
    );
    std::fs::write(&file, "not a key").unwrap();
    let damaged = portal(folder.path(), "").issue(&completion());
    assert!(damaged.unwrap_err().to_string().contains("credential-key"));
    assert_eq!(
        std::fs::read_to_string(&file).unwrap(),
        "not a key",
        "nothing is written over"
    );
}

#[test]
fn a_portal_is_named_by_its_address() {
    assert_eq!(
        multikey::did_web("https://khue.example").as_deref(),
        Some("did:web:khue.example")
    );
    assert_eq!(
        multikey::did_web("https://a.example:8443/khue").as_deref(),
        Some("did:web:a.example%3A8443:khue")
    );
    assert_eq!(multikey::did_web("http://khue.example"), None);
    let folder = tempfile::tempdir().unwrap();
    let document = portal(folder.path(), "https://khue.example")
        .did_document()
        .unwrap()
        .unwrap();
    let method = document["verificationMethod"][0]["id"].as_str().unwrap();
    assert_eq!(document["assertionMethod"][0], method);
    assert!(method.starts_with("did:web:khue.example#z6Mk"));
}
