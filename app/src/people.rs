//! What pages need to know of people. The server implements [`People`] on the store.

use axum::extract::FromRequestParts;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use khue_content::account::{Actor, Held, Weak};
use std::net::IpAddr;
use std::sync::Arc;

use crate::Language;
use crate::pages::error;
use crate::reader::Reader;
use crate::services::{Answer, ServiceError, Services};

/// Where a request comes from, as far as limits and the list of sessions need it. The server puts it into the
/// request's extensions.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// The address that limits count by.
    pub address: Option<IpAddr>,
    /// What the person knows the browser by, such as "Firefox, Linux".
    pub agent: String,
    /// The language of the page that is asked for.
    pub language: Language,
}

/// Somebody who is signed in.
#[derive(Clone, Debug, Default)]
pub struct Viewer {
    /// Who acts, with the roles in force.
    pub actor: Actor,
    /// Number of this session.
    pub session: i64,
    /// Address of the account.
    pub email: String,
    /// How the person wants to be called.
    pub name: String,
    /// Every role that was given, in force or not.
    pub roles: Vec<Held>,
    /// How it stands with the second factor.
    pub second_factor: SecondFactor,
    /// Whether the account has a passphrase; whoever came by a provider may have none.
    pub has_passphrase: bool,
}

/// How it stands with the second factor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SecondFactor {
    /// There is none.
    #[default]
    Off,
    /// There is one and it has not been shown in this session: nothing else can be done.
    Awaited,
    /// It has been shown; so many recovery codes are left.
    Shown {
        /// Recovery codes that are left.
        recovery_codes: i64,
    },
}

impl Viewer {
    /// Whether a role waits for a second factor.
    pub fn has_waiting_role(&self) -> bool {
        self.second_factor == SecondFactor::Off
            && self
                .roles
                .iter()
                .any(|held| held.role.needs_second_factor())
    }
}

/// A session in the list of sessions.
#[derive(Clone, Debug)]
pub struct SessionView {
    /// Its number.
    pub id: i64,
    /// What the person knows the browser by.
    pub agent: String,
    /// When it was last in use, ISO 8601.
    pub seen_at: String,
}

/// A second factor that is offered: what the person's program for codes has to know.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The secret in base 32.
    pub secret: String,
    /// The same as an address that such programs open.
    pub address: String,
}

/// Why the server did not do what a form asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Too many tries; so many seconds are to be waited.
    TooMany(u64),
    /// No account has this address and passphrase.
    Wrong,
    /// The code is not the one that is asked for.
    WrongCode,
    /// This is no e-mail address.
    Email,
    /// The name is missing or too long.
    Name,
    /// The passphrase will not do.
    Passphrase(Weak),
    /// The link is unknown, used or too old.
    Gone,
    /// The account has no passphrase and the person signed in too long ago.
    Again,
    /// It is the last way into the account.
    LastWay,
}

/// What a form led to.
pub type Outcome<T> = Result<T, Refused>;

/// The cookie of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cookie {
    /// Its name.
    pub name: &'static str,
    /// Whether browsers send it over TLS only.
    pub secure: bool,
}

/// Accounts and sessions.
pub trait People: Send + Sync {
    /// The cookie that carries a session's token.
    fn cookie(&self) -> Cookie;
    /// Who a session belongs to.
    fn viewer<'a>(&'a self, token: &'a str) -> Answer<'a, Option<Viewer>>;
    /// Makes an account; the answer is the same where the address has one already.
    fn register<'a>(
        &'a self,
        from: &'a Visitor,
        email: &'a str,
        name: &'a str,
        passphrase: &'a str,
    ) -> Answer<'a, Outcome<()>>;
    /// Begins a session, in place of the one that `former` is the token of; gives its token.
    fn sign_in<'a>(
        &'a self,
        from: &'a Visitor,
        email: &'a str,
        passphrase: &'a str,
        former: Option<&'a str>,
    ) -> Answer<'a, Outcome<String>>;
    /// Shows the second factor, or a recovery code; gives the token of the session that takes the place of this one.
    fn show_second_factor<'a>(
        &'a self,
        from: &'a Visitor,
        viewer: &'a Viewer,
        token: &'a str,
        code: &'a str,
    ) -> Answer<'a, Outcome<String>>;
    /// Ends a session.
    fn sign_out<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, ()>;
    /// The sessions of a person.
    fn sessions<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Vec<SessionView>>;
    /// Ends one session of the person, or all but this one.
    fn end_sessions<'a>(&'a self, viewer: &'a Viewer, which: Option<i64>) -> Answer<'a, ()>;
    /// Changes the passphrase; other sessions end.
    fn change_passphrase<'a>(
        &'a self,
        from: &'a Visitor,
        viewer: &'a Viewer,
        now: &'a str,
        new: &'a str,
    ) -> Answer<'a, Outcome<()>>;
    /// A new secret for a second factor; nothing is stored yet.
    fn offer_second_factor<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Offer>;
    /// Puts a second factor in force; gives the token of the new session, and recovery codes.
    fn begin_second_factor<'a>(
        &'a self,
        from: &'a Visitor,
        viewer: &'a Viewer,
        secret: &'a str,
        passphrase: &'a str,
        code: &'a str,
    ) -> Answer<'a, Outcome<(String, Vec<String>)>>;
    /// Takes the second factor away.
    fn drop_second_factor<'a>(
        &'a self,
        from: &'a Visitor,
        viewer: &'a Viewer,
        passphrase: &'a str,
    ) -> Answer<'a, Outcome<()>>;
    /// The address that an invitation was made for.
    fn invited<'a>(&'a self, token: &'a str) -> Answer<'a, Option<String>>;
    /// Accepts an invitation.
    fn accept_invitation<'a>(
        &'a self,
        from: &'a Visitor,
        token: &'a str,
        name: &'a str,
        passphrase: &'a str,
    ) -> Answer<'a, Outcome<()>>;
}

/// A request to a page that people have accounts for.
pub struct Caller {
    /// The reader.
    pub reader: Reader,
    /// What the server knows of people.
    pub people: Arc<dyn People>,
    /// Where the request comes from.
    pub visitor: Visitor,
    /// The token that it carries.
    pub token: Option<String>,
}

impl Caller {
    /// Who is signed in, the second factor included.
    ///
    /// # Errors
    /// The server cannot tell.
    pub async fn viewer(&self) -> Result<Option<Viewer>, ServiceError> {
        let viewer = self.half_signed_in().await?;
        Ok(viewer.filter(|viewer| viewer.second_factor != SecondFactor::Awaited))
    }

    /// Who has given a passphrase; a second factor may still be awaited.
    ///
    /// # Errors
    /// The server cannot tell.
    pub async fn half_signed_in(&self) -> Result<Option<Viewer>, ServiceError> {
        match &self.token {
            Some(token) => self.people.viewer(token).await,
            None => Ok(None),
        }
    }

    /// Gives the browser a session's token, or takes it away.
    pub fn keep(&self, response: &mut Response, token: Option<&str>) {
        let Cookie { name, secure } = self.people.cookie();
        let secure = if secure { "; Secure" } else { "" };
        let (value, age) = match token {
            Some(token) => (token, ""),
            None => ("", "; Max-Age=0"),
        };
        let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
    }
}

impl FromRequestParts<Services> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Response> {
        let Ok(reader) = Reader::from_request_parts(parts, services).await;
        let Some(people) = services.people.clone() else {
            return Err(error::not_found(&reader));
        };
        let token = cookie(&parts.headers, people.cookie().name);
        let visitor = parts
            .extensions
            .get::<Visitor>()
            .cloned()
            .unwrap_or_default();
        Ok(Self {
            reader,
            people,
            visitor,
            token,
        })
    }
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let mut pairs = lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs
        .find(|(known, value)| *known == name && !value.is_empty() && value.len() <= 128)
        .map(|(_, value)| value.to_owned())
}

/// A path of this site that a form or link may lead on to; anything else becomes `other`.
pub fn own_path(asked: &str, other: &str) -> String {
    let plain = |c: char| c.is_ascii_graphic() && c != '\\';
    let own = asked.starts_with('/')
        && !asked.starts_with("//")
        && asked.len() <= 2000
        && asked.chars().all(plain);
    if own { asked } else { other }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn nobody_is_led_to_another_site() {
        assert_eq!(
            own_path("/en/submissions?a=b", "/account"),
            "/en/submissions?a=b"
        );
        for odd in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "javascript:alert(1)",
            "/a\r\nset-cookie: x=y",
            "evil.example",
            "/ /evil",
        ] {
            assert_eq!(own_path(odd, "/account"), "/account", "{odd:?}");
        }
    }
}
