//! Measuring: imports and pages, on one's own machine and material.

mod import;
mod machine;
mod pages;
mod times;

pub use import::{ImportFigures, import};
pub use machine::{machine, peak_memory};
pub use pages::{PageFigures, pages};
pub use times::Times;
