//! Somebody with an account, who sends forms as a browser does.

use super::answer::{Answer, encode};
use super::test_portal::TestPortal;
use regex::Regex;
use std::sync::Arc;

/// The passphrase of everybody in tests.
pub const PASSPHRASE: &str = "sáng nay mưa bay trên phố";

/// A person at a portal, with the cookie of their session.
pub struct Person {
    /// The portal.
    pub portal: Arc<TestPortal>,
    /// Address of the account.
    pub email: String,
    /// `name=value` of the session's cookie; empty without a session.
    pub cookie: String,
}

impl Person {
    /// Somebody who is not signed in.
    pub fn stranger(portal: &Arc<TestPortal>) -> Self {
        let (portal, email, cookie) = (portal.clone(), String::new(), String::new());
        Self {
            portal,
            email,
            cookie,
        }
    }

    /// Somebody who has registered and signed in.
    pub fn registered(portal: &Arc<TestPortal>, name: &str) -> Self {
        let mut person = Self::stranger(portal);
        person.email = format!("{name}@truong.edu.vn");
        let fields = [
            ("name", name),
            ("email", &person.email.clone()),
            ("passphrase", PASSPHRASE),
        ];
        let answer = person.post("/register", &fields);
        assert_eq!(answer.status, 303, "{:.800}", answer.text());
        person.sign_in();
        person
    }

    /// Somebody who was given a role and has accepted it; the second factor is on where the role needs it.
    pub fn with_role(
        portal: &Arc<TestPortal>,
        name: &str,
        role: &str,
        institution: Option<&str>,
    ) -> Self {
        let mut person = Self::stranger(portal);
        person.email = format!("{name}@truong.edu.vn");
        let mut arguments = vec!["grant", &person.email, role];
        arguments.extend(institution.iter().flat_map(|code| ["--institution", code]));
        let said = portal.command(&arguments).unwrap();
        let token = Regex::new("token=([0-9a-f]{64})")
            .unwrap()
            .captures(&said)
            .unwrap()[1]
            .to_owned();
        let fields = [
            ("token", token.as_str()),
            ("name", name),
            ("passphrase", PASSPHRASE),
        ];
        let answer = person.post("/invitation", &fields);
        assert_eq!(answer.status, 303, "{:.800}", answer.text());
        person.sign_in();
        if matches!(role, "appraiser" | "administrator") {
            person.begin_second_factor();
        }
        person
    }

    /// Begins a session.
    pub fn sign_in(&mut self) {
        let fields = [
            ("email", self.email.clone()),
            ("passphrase", PASSPHRASE.to_owned()),
        ];
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let answer = self.post("/sign-in", &fields);
        assert_eq!(answer.status, 303, "{:.800}", answer.text());
        self.take_cookie(&answer);
        assert!(!self.cookie.is_empty());
    }

    /// Switches the second factor on; gives the secret.
    pub fn begin_second_factor(&mut self) -> String {
        let secret = self
            .get("/account")
            .page()
            .attribute("input[name=secret]", "value");
        let code = totp(&secret, 0);
        let fields = [
            ("secret", secret.as_str()),
            ("code", &code),
            ("passphrase-now", PASSPHRASE),
            ("do", "begin-factor"),
        ];
        let answer = self.post("/account", &fields);
        assert_eq!(answer.status, 200, "{:.2000}", answer.text());
        self.take_cookie(&answer);
        secret
    }

    /// Keeps the cookie of an answer, as browsers do.
    pub fn take_cookie(&mut self, answer: &Answer) {
        let set = answer.header("set-cookie");
        if let Some(pair) = set
            .split(';')
            .next()
            .filter(|pair| pair.starts_with("khue-session="))
        {
            self.cookie = pair.to_owned();
        }
    }

    /// Asks for a page.
    pub fn get(&self, path: &str) -> Answer {
        self.portal
            .ask("GET", path, &[("cookie", &self.cookie)], "")
    }

    /// Sends a form from the portal's own page.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_with(path, fields, &[])
    }

    /// The same with more headers.
    pub fn post_with(&self, path: &str, fields: &[(&str, &str)], more: &[(&str, &str)]) -> Answer {
        let body = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        let body = body.collect::<Vec<_>>().join("&");
        let mut headers = vec![
            ("content-type", "application/x-www-form-urlencoded"),
            ("cookie", self.cookie.as_str()),
        ];
        if more.is_empty() {
            headers.push(("sec-fetch-site", "same-origin"));
        }
        headers.extend(more);
        self.portal.ask("POST", path, &headers, &body)
    }

    /// Begins a draft and fills it in so that nothing is missing; gives its number.
    pub fn draft(&self, name: &str) -> String {
        let answer = self.post("/submissions", &[]);
        assert_eq!(answer.status, 303, "{:.800}", answer.text());
        let number = answer
            .header("location")
            .rsplit('/')
            .next()
            .unwrap()
            .to_owned();
        assert_eq!(self.fill_in(&number, name, "save").status, 303);
        number
    }

    /// Fills a form in and presses a button.
    pub fn fill_in(&self, number: &str, name: &str, button: &str) -> Answer {
        let uri = |scheme: &str, name: &str| {
            khue_content::vocabulary::find(scheme, name)
                .unwrap()
                .id
                .clone()
        };
        let edition = self.edition(number);
        let (about, level) = (uri("about", "toan"), uri("educationalLevel", "grade-4"));
        let (kind, license) = (
            uri("learningResourceType", "lesson"),
            uri("license", "CC BY 4.0"),
        );
        let fields = [
            ("edition", edition.as_str()),
            ("name", name),
            (
                "description",
                "So sánh hai phân số cùng mẫu số bằng hình vẽ.",
            ),
            ("about", &about),
            ("educationalLevel", &level),
            ("learningResourceType", &kind),
            ("inLanguage", "vi"),
            ("license", &license),
            ("creator", "Nguyễn Lan"),
            (
                "text",
                "## Ví dụ\n\nHai phân số cùng mẫu số: phân số nào có tử số lớn hơn thì lớn hơn.",
            ),
            ("do", button),
        ];
        self.post(&format!("/submissions/{number}"), &fields)
    }

    /// The edition that the pages of a file send back.
    pub fn edition(&self, number: &str) -> String {
        for page in [format!("/submissions/{number}"), format!("/desk/{number}")] {
            let answer = self.get(&page);
            if answer.status == 200 {
                let editions = answer.page().attributes("input[name=edition]", "value");
                if let Some(edition) = editions.into_iter().next() {
                    return edition;
                }
            }
        }
        "0".to_owned()
    }

    /// Takes a step at the desk.
    pub fn decide(&self, number: &str, step: &str) -> Answer {
        let edition = self.edition(number);
        let reason = if step == "withdraw" {
            "outdated"
        } else {
            "content"
        };
        let fields = [
            ("edition", edition.as_str()),
            ("reason", reason),
            ("words", "Vì còn thiếu ví dụ."),
            ("do", step),
        ];
        self.post(&format!("/desk/{number}"), &fields)
    }
}

/// The code of a secret, so many steps of thirty seconds from now.
pub fn totp(secret: &str, steps: i64) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    totp.generate(now.saturating_add_signed(steps * 30))
        .to_string()
}
