//! A record of a path that one can show: Open Badges 3.0, which is a W3C Verifiable Credential (Data Model 2.0).
//!
//! Here is what it says, as JSON; the server signs it. It says no more than what was seen: how many exercises were right.

use crate::path::Path;
use serde_json::{Value, json};

/// The contexts of the words in it, in the order that both specifications ask for.
pub const CONTEXTS: [&str; 2] = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
];

/// How many of ten exercises have to be right.
pub const PASS: usize = 8;

/// Most letters of a name.
pub const LONGEST_NAME: usize = 100;

/// That somebody has done a path.
#[derive(Clone, Debug)]
pub struct Completion<'a> {
    /// The path.
    pub path: &'a Path,
    /// The learner's name as they typed it; empty for none.
    pub learner: String,
    /// Exercises that were right.
    pub right: usize,
    /// Exercises that were asked.
    pub asked: usize,
    /// What has to be done for it, in words.
    pub criteria: String,
    /// What it attests and what it does not, in words.
    pub attests: String,
}

/// Who gives it, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// The portal's identifier, a DID.
    pub did: String,
    /// The portal's name.
    pub name: String,
    /// Where the portal is reached; empty where unknown.
    pub origin: String,
}

impl Completion<'_> {
    /// Whether enough was right.
    pub fn passes(&self) -> bool {
        self.asked > 0 && self.right * 10 >= self.asked * PASS
    }

    /// The credential without a proof. `id` is a URI of its own, `moment` when it is made, ISO 8601.
    pub fn credential(&self, issuer: &Issuer, id: &str, moment: &str) -> Value {
        let mut subject = json!({
            "type": ["AchievementSubject"],
            "achievement": self.achievement(issuer),
            "result": [{
                "type": ["Result"],
                "resultDescription": format!("{}#score", self.achievement_id(issuer)),
                "value": self.right.to_string()
            }]
        });
        if !self.learner.is_empty() {
            subject["identifier"] = json!([{
                "type": "IdentityObject",
                "hashed": false,
                "identityHash": self.learner,
                "identityType": "name"
            }]);
        }
        json!({
            "@context": CONTEXTS,
            "id": id,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": self.path.name,
            "issuer": profile(issuer),
            "validFrom": moment,
            "credentialSubject": subject,
            "evidence": [{ "type": ["Evidence"], "narrative": self.attests }]
        })
    }

    fn achievement_id(&self, issuer: &Issuer) -> String {
        match issuer.origin.as_str() {
            "" => format!("urn:khue:path:{}", self.path.id),
            origin => format!("{origin}/paths/{}", self.path.id),
        }
    }

    fn achievement(&self, issuer: &Issuer) -> Value {
        let id = self.achievement_id(issuer);
        json!({
            "id": id,
            "type": ["Achievement"],
            "achievementType": "Course",
            "name": self.path.name,
            "description": self.path.description,
            "inLanguage": self.path.in_language,
            "criteria": { "narrative": self.criteria },
            "resultDescription": [{
                "id": format!("{id}#score"),
                "type": ["ResultDescription"],
                "name": "Score",
                "resultType": "RawScore",
                "valueMin": "0",
                "valueMax": self.asked.to_string()
            }]
        })
    }
}

fn profile(issuer: &Issuer) -> Value {
    let mut profile = json!({ "id": issuer.did, "type": ["Profile"], "name": issuer.name });
    if !issuer.origin.is_empty() {
        profile["url"] = issuer.origin.clone().into();
    }
    profile
}
