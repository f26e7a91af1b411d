//! Headless Chromium, driven as a reader would.

mod acts;
mod axe;
mod driver;
mod sample;
mod scheme;
mod session;
mod sight;

mod appearance;
mod arrival;
mod collections;
pub mod curation;
mod findings;
mod narrow;
mod viewers;

pub use axe::axe;
pub use scheme::Scheme;
pub use session::{Scripts, Visitor};
