//! Mail to people: what is queued in the store is sent to a server by SMTP, once at most.

mod mailing;
mod post;
mod rounds;
mod server;
mod when;

pub use mailing::PortalMailing;
pub(crate) use mailing::offer_confirmation;
pub use post::Post;
pub(crate) use post::outgoing;
pub use rounds::run;
pub(crate) use server::Server;
pub(crate) use when::zone;
