//! The post: where mail goes, who it is from, and how messages look on the way.

use super::server::{Server, Undelivered};
use super::when::zone;
use crate::config::Settings;
use anyhow::{Context, Result};
use jiff::tz::TimeZone;
use khue_app::mail::{Letter, Portal};
use khue_store::actions::mail::{Outgoing, Sending};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};
use std::sync::Arc;

/// Where mail goes and who it is from.
pub struct Post {
    server: Server,
    from: Mailbox,
    pub(super) zone: TimeZone,
    name: String,
    origin: String,
}

impl Post {
    /// The post of the settings; `None` where no mail is sent. Says so in the log in either case.
    ///
    /// # Errors
    /// The portal does not know its own address, which links in mail need.
    pub fn of(settings: &Settings) -> Result<Option<Arc<Self>>> {
        let Some(server) = settings.mail.server.as_deref().and_then(Server::parse) else {
            tracing::info!(
                "no mail is sent: notifications stand on their page only (the setting mail.server names a server)"
            );
            return Ok(None);
        };
        let from = settings.mail.from.as_deref().unwrap_or_default();
        let from: Mailbox = from.parse().context("the setting `mail.from`")?;
        let origin = settings.base_url.clone().context(
            "the setting `mail.server` needs `base_url`, the address of the portal that links in mail lead to",
        )?;
        tracing::info!(?server, "mail is sent");
        Ok(Some(Arc::new(Self {
            server,
            from,
            zone: zone(&settings.mail.time_zone).unwrap_or(TimeZone::UTC),
            name: settings.name.clone(),
            origin,
        })))
    }

    /// What messages say of the portal.
    pub(crate) fn portal(&self) -> Portal<'_> {
        Portal {
            name: &self.name,
            origin: &self.origin,
        }
    }

    /// The page on which the holder of a token says that no more is wanted.
    pub(super) fn unsubscribe(&self, token: &str) -> String {
        format!("{}/unsubscribe?token={token}", self.origin)
    }

    /// Sends a message that was taken from the queue.
    pub(super) async fn send(&self, mail: &Sending) -> Result<(), Undelivered> {
        let never = |error: &dyn std::fmt::Display| Undelivered::Never(error.to_string());
        let to: Address = mail.recipient.parse().map_err(|error| never(&error))?;
        let message = self.message(mail, &to).map_err(|error| never(&error))?;
        self.server
            .deliver(&self.from.email, &to, &message.formatted())
            .await
    }

    fn message(&self, mail: &Sending, to: &Address) -> Result<Message> {
        // The same at every try, so that whoever gets it twice after all can tell.
        let id = format!(
            "<{}.{}@{}>",
            mail.id,
            mail.created_at,
            self.from.email.domain()
        );
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.clone()))
            .subject(mail.subject.clone())
            .message_id(Some(id))
            .date_now()
            .raw_header(header("Auto-Submitted", "auto-generated")?);
        if let Some(address) = &mail.unsubscribe {
            let one_click = "List-Unsubscribe=One-Click";
            message = message
                .raw_header(header("List-Unsubscribe", &format!("<{address}>"))?)
                .raw_header(header("List-Unsubscribe-Post", one_click)?);
        }
        let both = MultiPart::alternative_plain_html(mail.body.clone(), mail.html.clone());
        Ok(message.multipart(both)?)
    }
}

fn header(name: &str, value: &str) -> Result<HeaderValue> {
    let name = HeaderName::new_from_ascii(name.to_owned()).context("the name of a header")?;
    Ok(HeaderValue::new(name, value.to_owned()))
}

/// A message for somebody, as it is queued.
pub(crate) fn outgoing(recipient: &str, letter: Letter, unsubscribe: Option<String>) -> Outgoing {
    Outgoing {
        recipient: recipient.to_owned(),
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        unsubscribe,
    }
}
