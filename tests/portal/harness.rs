//! A portal of its own for tests: program, address, pages.

mod answer;
mod browser;
mod document;
mod library;
mod line;
pub mod material;
mod outline;
mod person;
mod post;
mod prepared;
mod program;
mod provider;
mod raw;
mod test_portal;
pub mod workbook;

pub use answer::{Answer, ask_anywhere, encode};
pub use browser::Browser;
pub use document::{Document, even};
pub use library::{Lesson, hundred_searches, lessons, repository, searches_of, without_marks};
pub use line::Line;
pub use outline::outline;
pub use person::{PASSPHRASE, Person, totp};
pub use post::{Letter, PostOffice, Trouble};
pub use program::{program, site, target};
pub use provider::{CLIENT, Fault, Play, Provider};
pub use raw::send_raw;
pub use test_portal::{Setup, TestPortal, shown_files};
