//! Somebody who sends files in pieces.

use crate::harness::{Answer, Person, TestPortal};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A person at the uploads of a submission.
pub struct Sender<'a> {
    portal: &'a TestPortal,
    cookie: &'a str,
    number: &'a str,
}

/// The checksum of a piece, as its header says it.
pub fn checksum(content: &str) -> String {
    format!("sha256 {}", BASE64_STANDARD.encode(Sha256::digest(content)))
}

/// The id at the end of an address.
pub fn upload_id(place: &str) -> &str {
    place.rsplit('/').next().unwrap()
}

/// The links of what is attached.
pub fn attached(person: &Person, number: &str) -> Vec<String> {
    let page = person.get(&format!("/submissions/{number}"));
    assert_eq!(page.status, 200);
    let links = page.page().attributes(".file-list a", "href");
    links.into_iter().collect()
}

/// What is told of a file, in pairs.
pub fn metadata(pairs: &[(&str, &str)]) -> String {
    let pairs = pairs.iter();
    let pairs: Vec<String> = pairs
        .map(|(key, value)| format!("{key} {}", BASE64_STANDARD.encode(value)))
        .collect();
    pairs.join(",")
}

impl<'a> Sender<'a> {
    pub fn of(person: &'a Person, number: &'a str) -> Self {
        Self::with(&person.portal, &person.cookie, number)
    }

    pub fn with(portal: &'a TestPortal, cookie: &'a str, number: &'a str) -> Self {
        Self {
            portal,
            cookie,
            number,
        }
    }

    pub fn path(&self) -> String {
        format!("/submissions/{}/uploads", self.number)
    }

    /// A request as the page's script sends it.
    pub fn ask(&self, method: &str, path: &str, more: &[(&str, &str)], body: &str) -> Answer {
        let mut headers = vec![
            ("cookie", self.cookie),
            ("sec-fetch-site", "same-origin"),
            ("tus-resumable", "1.0.0"),
        ];
        headers.extend(more);
        self.portal.ask(method, path, &headers, body)
    }

    /// Lets a file come.
    pub fn create(&self, name: &str, length: usize) -> Answer {
        let told = metadata(&[("filename", name), ("lastmodified", "1700000000000")]);
        let length = length.to_string();
        let headers = [
            ("upload-length", length.as_str()),
            ("upload-metadata", &told),
        ];
        self.ask("POST", &self.path(), &headers, "")
    }

    /// The same, which has to go well; the address of the file.
    pub fn begin(&self, name: &str, length: usize) -> String {
        let answer = self.create(name, length);
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.header("location").to_owned()
    }

    pub fn append(&self, place: &str, offset: usize, content: &str) -> Answer {
        self.append_with(place, offset, content, &[])
    }

    pub fn append_with(
        &self,
        place: &str,
        offset: usize,
        content: &str,
        more: &[(&str, &str)],
    ) -> Answer {
        let offset = offset.to_string();
        let mut headers = vec![
            ("upload-offset", offset.as_str()),
            ("content-type", "application/offset+octet-stream"),
        ];
        headers.extend(more);
        self.ask("PATCH", place, &headers, content)
    }

    /// How much has come; `None` where the file is not known.
    pub fn offset(&self, place: &str) -> Option<u64> {
        let answer = self.ask("HEAD", place, &[], "");
        assert!(
            [200, 404, 410, 422].contains(&answer.status),
            "{}",
            answer.status
        );
        answer.header("upload-offset").parse().ok()
    }

    /// What is unfinished.
    pub fn list(&self) -> Vec<Value> {
        let answer = self.ask("GET", &self.path(), &[], "");
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json().as_array().unwrap().clone()
    }
}
