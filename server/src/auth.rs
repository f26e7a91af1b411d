//! Accounts and sessions: [`khue_app::people::People`] on the store.

mod agent;
mod codes;
mod limits;
mod passphrase;
mod people;
mod providers;
mod seal;
mod token;

pub use agent::agent;
pub(crate) use codes::code_now;
pub(crate) use limits::{Rates, rates};
pub(crate) use people::failed;
pub use people::{PortalPeople, clean};
pub use providers::PortalProviders;
pub use seal::{Seal, bytes};
pub use token::{hash, token};
