//! The server that takes mail (SMTP, RFC 5321), and how a message is handed over.

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use percent_encoding::percent_decode_str;
use std::time::Duration;

/// How long the server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// How what is said is hidden from others on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hidden {
    /// Not at all: the server is this very machine.
    Not,
    /// TLS, begun after the first words (STARTTLS); without it nothing is sent.
    Begun,
    /// TLS from the first byte.
    FromStart,
}

/// A server that takes mail. Its `Debug` form shows no password.
#[derive(Clone)]
pub(crate) struct Server {
    host: String,
    port: u16,
    hidden: Hidden,
    credentials: Option<Credentials>,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{} ({:?})", self.host, self.port, self.hidden)
    }
}

/// Why a message was not handed over.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Undelivered {
    /// The server cannot be reached or does not take it now: it may be tried again.
    Later(String),
    /// The server will never take it.
    Never(String),
    /// The line broke after the whole message was sent, before the server had said that it has it.
    Unknown(String),
}

impl Server {
    /// A server as it stands in the settings: `smtp://user:password@host:587` with STARTTLS, `smtps://host` with TLS
    /// from the first byte, or `smtp://127.0.0.1:25` on this machine, without.
    pub fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.trim().split_once("://")?;
        let rest = rest.trim_end_matches('/');
        let (who, place) = match rest.rsplit_once('@') {
            Some((who, place)) => (Some(who), place),
            None => (None, rest),
        };
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port.parse().ok()?)),
            _ => (place, None),
        };
        let here = matches!(host, "127.0.0.1" | "localhost" | "[::1]");
        let (hidden, usual) = match (scheme, here) {
            ("smtps", _) => (Hidden::FromStart, 465),
            ("smtp", true) => (Hidden::Not, 25),
            ("smtp", false) => (Hidden::Begun, 587),
            _ => return None,
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || ".-[]:".contains(c);
        if host.is_empty() || !host.chars().all(plain) {
            return None;
        }
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let credentials = match who.map(|who| who.split_once(':')) {
            None => None,
            Some(Some((user, word))) => Some(Credentials::new(decoded(user), decoded(word))),
            Some(None) => return None,
        };
        Some(Self {
            host: host.trim_matches(['[', ']']).to_owned(),
            port: port.unwrap_or(usual),
            hidden,
            credentials,
        })
    }

    /// Hands a message over.
    pub(super) async fn deliver(
        &self,
        from: &Address,
        to: &Address,
        message: &[u8],
    ) -> Result<(), Undelivered> {
        let mut line = self.connect().await.map_err(before)?;
        let said = self.say(&mut line, from, to, message).await;
        // What the server has, it has, whether it hears the farewell or not.
        let _ = tokio::time::timeout(PATIENCE, line.quit()).await;
        said
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let name = ClientId::default();
        let tls = || TlsParameters::new(self.host.clone());
        let at_once = match self.hidden {
            Hidden::FromStart => Some(tls()?),
            _ => None,
        };
        let place = (self.host.as_str(), self.port);
        let mut line =
            AsyncSmtpConnection::connect_tokio1(place, Some(PATIENCE), &name, at_once, None)
                .await?;
        if self.hidden == Hidden::Begun {
            // An error where the server does not offer it: nothing is said in the open.
            line.starttls(tls()?, &name).await?;
        }
        if let Some(credentials) = &self.credentials {
            line.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(line)
    }

    async fn say(
        &self,
        line: &mut AsyncSmtpConnection,
        from: &Address,
        to: &Address,
        message: &[u8],
    ) -> Result<(), Undelivered> {
        let sender = Mail::new(Some(from.clone()), Vec::new());
        line.command(sender).await.map_err(before)?;
        let recipient = Rcpt::new(to.clone(), Vec::new());
        line.command(recipient).await.map_err(before)?;
        line.command(Data).await.map_err(before)?;
        let taken = line.message(message).await;
        taken.map(|_| ()).map_err(|error| match error.status() {
            Some(_) => before(error),
            None => Undelivered::Unknown(told(&error)),
        })
    }
}

/// What an error means while the server cannot have the message.
fn before(error: Error) -> Undelivered {
    match error.is_permanent() {
        true => Undelivered::Never(told(&error)),
        false => Undelivered::Later(told(&error)),
    }
}

/// An error in one line, without the addresses that servers repeat.
fn told(error: &Error) -> String {
    use std::error::Error as _;
    let mut text = error.to_string();
    if let Some(cause) = error.source() {
        text.push_str(": ");
        text.push_str(&cause.to_string());
    }
    let word = |word: &str| match word.contains('@') {
        true => "…".to_owned(),
        false => word.to_owned(),
    };
    let words: Vec<String> = text.split_whitespace().map(word).collect();
    words.join(" ").chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_read_and_secrets_hidden() {
        let server = Server::parse("smtp://khue:a%40b%3Ac@mail.example.vn:2525").unwrap();
        assert_eq!(format!("{server:?}"), "mail.example.vn:2525 (Begun)");
        let words = Credentials::new("khue".to_owned(), "a@b:c".to_owned());
        assert_eq!(server.credentials, Some(words));
        for (text, shown) in [
            ("smtps://mail.example.vn", "mail.example.vn:465 (FromStart)"),
            ("smtp://mail.example.vn/", "mail.example.vn:587 (Begun)"),
            ("smtp://127.0.0.1:1025", "127.0.0.1:1025 (Not)"),
            ("smtp://[::1]", "::1:25 (Not)"),
        ] {
            assert_eq!(format!("{:?}", Server::parse(text).unwrap()), shown);
        }
        for odd in [
            "",
            "mail.example.vn",
            "http://mail",
            "smtp://",
            "smtp://a b",
            "smtp://who@host",
            "smtp://host:port",
        ] {
            assert!(Server::parse(odd).is_none(), "{odd}");
        }
    }
}
