//! A browser with cookies and an address of its own, for those who go to another site and come back.

use super::answer::{Answer, encode};
use super::test_portal::TestPortal;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

static ADDRESSES: AtomicU8 = AtomicU8::new(1);

/// The browser.
pub struct Browser {
    /// The portal.
    pub portal: Arc<TestPortal>,
    /// Cookies by name.
    pub cookies: BTreeMap<String, String>,
    address: String,
}

impl Browser {
    /// One that has not been here.
    pub fn new(portal: &Arc<TestPortal>) -> Self {
        let number = ADDRESSES.fetch_add(1, Ordering::Relaxed);
        Self {
            portal: portal.clone(),
            cookies: BTreeMap::new(),
            address: format!("203.0.113.{number}"),
        }
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> Answer {
        let pairs = self.cookies.iter();
        let pairs: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let cookie = pairs.join("; ");
        let headers = [
            ("cookie", cookie.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
            ("x-forwarded-for", &self.address),
        ];
        let answer = self.portal.ask(method, path, &headers, body);
        for set in answer.headers.get_all("set-cookie") {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            match value {
                "" => self.cookies.remove(name),
                value => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        answer
    }

    /// Asks for a page.
    pub fn get(&mut self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    /// Sends a form.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs = fields.iter();
        let body: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        self.ask("POST", path, &body.join("&"))
    }

    /// On the way to the provider: the address of its page.
    pub fn set_out(&mut self, path: &str) -> String {
        let answer = self.get(path);
        assert_eq!(answer.status, 303, "{path}: {:.500}", answer.text());
        answer.header("location").to_owned()
    }

    /// Comes back with what the provider gave: where that leads, without the portal's origin.
    pub fn come_back(&mut self, way: &str) -> String {
        let path = way.strip_prefix(&self.portal.origin).unwrap().to_owned();
        let answer = self.get(&path);
        assert_eq!(answer.status, 303, "{path}: {:.500}", answer.text());
        answer.header("location").to_owned()
    }

    /// Whether somebody is signed in.
    pub fn is_signed_in(&mut self) -> bool {
        self.get("/submissions").status == 200
    }
}
