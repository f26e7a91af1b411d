//! Accounts and sessions: [`khue_app::people::People`] on the store.

mod agent;
mod codes;
mod limits;
mod passphrase;
mod people;
mod token;

pub use agent::agent;
pub use people::{PortalPeople, keep_clean};
pub use token::{hash, token};
