//! Headless Chromium, driven as a reader would.

mod acts;
mod axe;
mod driver;
mod sample;
mod scheme;
mod session;
mod sight;

mod appearance;
mod findings;
mod narrow;

pub use scheme::Scheme;
pub use session::{Scripts, Visitor};
