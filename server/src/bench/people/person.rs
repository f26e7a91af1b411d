//! One of many people.

use super::PeopleFigures;
use crate::address::path_segment;
use crate::bench::http::Connection;
use crate::bench::own_portal::OwnPortal;
use anyhow::{Context, Result, ensure};
use hyper::Method;
use khue_content::vocabulary::find;
use std::time::{Duration, Instant};

const PASSPHRASE: &str = "sáng nay mưa bay trên phố";
const FORM: &str = "application/x-www-form-urlencoded";

/// What they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Work {
    Writing,
    Appraising,
}

/// Somebody with a session.
pub struct Person {
    connection: Connection,
    number: usize,
    work: Work,
    done: PeopleFigures,
}

/// An answer: status, where it leads on to, and the page.
struct Answer {
    status: u16,
    location: String,
    page: String,
}

impl Person {
    /// Somebody who registers and writes.
    pub async fn author(portal: &OwnPortal, number: usize) -> Result<Self> {
        let mut person = Self::stranger(portal, number, Work::Writing).await?;
        let email = format!("bench-{number}@truong.edu.vn");
        let name = format!("Giáo viên {number}");
        let fields = [
            ("name", name.as_str()),
            ("email", &email),
            ("passphrase", PASSPHRASE),
        ];
        person.form("/register", &fields).await?;
        person.sign_in(&email).await?;
        Ok(person)
    }

    /// Somebody who was invited to appraise, with a second factor.
    pub async fn appraiser(portal: &OwnPortal, number: usize) -> Result<Self> {
        let mut person = Self::stranger(portal, number, Work::Appraising).await?;
        let email = format!("bench-{number}@truong.edu.vn");
        let said = portal.command(&["grant", &email, "appraiser"]).await?;
        let token =
            between(&said, "token=", |c| !c.is_ascii_hexdigit()).context("no invitation")?;
        let fields = [
            ("token", token),
            ("name", "Thẩm định"),
            ("passphrase", PASSPHRASE),
        ];
        person.form("/invitation", &fields).await?;
        person.sign_in(&email).await?;
        let page = person.page("/account").await?;
        let secret = input(&page, "secret").context("no second factor is offered")?;
        let code = crate::auth::code_now(&secret).context("no code for the second factor")?;
        let fields = [
            ("secret", secret.as_str()),
            ("code", &code),
            ("passphrase-now", PASSPHRASE),
            ("do", "begin-factor"),
        ];
        person.form("/account", &fields).await?;
        Ok(person)
    }

    async fn stranger(portal: &OwnPortal, number: usize, work: Work) -> Result<Self> {
        let connection = Connection::open(portal.host()).await?;
        // Each comes from an address of their own, as behind a reverse proxy.
        let address = format!("10.{}.{}.7", number / 250, number % 250);
        let connection = connection
            .with_header("x-forwarded-for", &address)
            .with_header("sec-fetch-site", "same-origin");
        Ok(Self {
            connection,
            number,
            work,
            done: PeopleFigures::default(),
        })
    }

    async fn sign_in(&mut self, email: &str) -> Result<()> {
        let fields = [("email", email), ("passphrase", PASSPHRASE)];
        let answer = self.form("/sign-in", &fields).await?;
        ensure!(
            answer.status == 303,
            "{email} cannot sign in: {}",
            answer.status
        );
        Ok(())
    }

    async fn ask(
        &mut self,
        method: Method,
        path: &str,
        kind: &str,
        body: String,
    ) -> Result<Answer> {
        let (head, body) = self.connection.ask(method, path, kind, body).await?;
        let text = |name: &str| {
            let value = head.headers.get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        if let Some(pair) = text("set-cookie")
            .split(';')
            .next()
            .filter(|pair| !pair.is_empty())
        {
            self.connection.set_header("cookie", pair);
        }
        Ok(Answer {
            status: head.status.as_u16(),
            location: text("location"),
            page: String::from_utf8_lossy(&body).into_owned(),
        })
    }

    async fn form(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Answer> {
        let body = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", path_segment(value)));
        let body = body.collect::<Vec<_>>().join("&");
        self.ask(Method::POST, path, FORM, body).await
    }

    async fn page(&mut self, path: &str) -> Result<String> {
        Ok(self.ask(Method::GET, path, "", String::new()).await?.page)
    }

    /// Works until the end, and gives what was done.
    pub async fn work(mut self, end: Instant, rest: Duration) -> Result<PeopleFigures> {
        let mut turn = 0;
        // Not all at the same moment.
        tokio::time::sleep(rest * (self.number as u32 % 10) / 10).await;
        while Instant::now() < end {
            match self.work {
                Work::Writing => self.write(turn, rest).await?,
                Work::Appraising => self.appraise(rest).await?,
            }
            turn += 1;
        }
        Ok(self.done)
    }

    async fn read(&mut self, path: &str, rest: Duration) -> Result<Answer> {
        let asked = Instant::now();
        let answer = self.ask(Method::GET, path, "", String::new()).await?;
        self.done.reading.push(asked.elapsed());
        ensure!(answer.status < 500, "{path} answered {}", answer.status);
        tokio::time::sleep(rest).await;
        Ok(answer)
    }

    async fn send(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        rest: Duration,
    ) -> Result<Answer> {
        let asked = Instant::now();
        let answer = self.form(path, fields).await?;
        self.done.writing.push(asked.elapsed());
        ensure!(answer.status < 500, "{path} answered {}", answer.status);
        tokio::time::sleep(rest).await;
        Ok(answer)
    }

    /// A draft is begun, saved twice, gets a file, is sent and spoken about; what is published is looked at.
    async fn write(&mut self, turn: usize, rest: Duration) -> Result<()> {
        self.read("/submissions", rest).await?;
        let begun = self.send("/submissions", &[], rest).await?;
        ensure!(
            begun.status == 303,
            "no draft could be begun: {}",
            begun.status
        );
        let path = begun.location;
        let name = format!("Bài {turn} của giáo viên {}", self.number);
        for button in ["save", "save", "send"] {
            let page = self.read(&path, rest).await?.page;
            let edition = input(&page, "edition").unwrap_or_default();
            let saved = self.save(&path, &name, &edition, button, rest).await?;
            ensure!(
                saved.status == 303,
                "{path} could not be saved: {}",
                saved.status
            );
        }
        self.send(
            &path,
            &[("do", "message"), ("message", "Xin xem giúp.")],
            rest,
        )
        .await?;
        self.read("/search?q=b%C3%A0i+gi%C3%A1o+vi%C3%AAn", rest)
            .await?;
        self.read("/", rest).await?;
        Ok(())
    }

    async fn save(
        &mut self,
        path: &str,
        name: &str,
        edition: &str,
        button: &str,
        rest: Duration,
    ) -> Result<Answer> {
        let uri = |scheme: &str, name: &str| {
            find(scheme, name).map_or_else(String::new, |concept| concept.id.clone())
        };
        let (about, level) = (uri("about", "toan"), uri("educationalLevel", "grade-4"));
        let (kind, license) = (
            uri("learningResourceType", "lesson"),
            uri("license", "CC BY 4.0"),
        );
        let text =
            "Hai phân số cùng mẫu số: phân số nào có tử số lớn hơn thì lớn hơn.\n\n".repeat(40);
        let fields = [
            ("edition", edition),
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
            ("creator", "Giáo viên"),
            ("text", &text),
            ("do", button),
        ];
        self.send(path, &fields, rest).await
    }

    /// The file that waits longest is read, accepted and published; somebody else may have been faster.
    async fn appraise(&mut self, rest: Duration) -> Result<()> {
        let first = self.read("/desk", rest).await?;
        if first.status != 303 {
            return Ok(());
        }
        let path = first.location;
        for step in ["accept", "publish"] {
            let page = self.read(&path, rest).await?.page;
            let edition = input(&page, "edition").unwrap_or_default();
            let decided = self
                .send(&path, &[("edition", &edition), ("do", step)], rest)
                .await?;
            self.done.published += usize::from(step == "publish" && decided.status == 303);
        }
        Ok(())
    }
}

/// What stands behind a mark, up to a sign that is no part of it.
fn between<'a>(text: &'a str, mark: &str, ends: impl Fn(char) -> bool) -> Option<&'a str> {
    let rest = &text[text.find(mark)? + mark.len()..];
    Some(&rest[..rest.find(ends).unwrap_or(rest.len())])
}

/// The value of a hidden field of a page.
fn input(page: &str, name: &str) -> Option<String> {
    let place = page.find(&format!("name=\"{name}\""))?;
    between(&page[place..], "value=\"", |c| c == '"').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_out_of_a_page() {
        let page = r#"<form><input type="hidden" name="edition" value="7"/></form>"#;
        assert_eq!(input(page, "edition").as_deref(), Some("7"));
        assert_eq!(input(page, "secret"), None);
        assert_eq!(
            between("…?token=ab12\n", "token=", |c| !c.is_ascii_hexdigit()),
            Some("ab12")
        );
    }
}
