//! Measuring: imports, pages, models and the search, on one's own machine and material.

mod folder;
mod fresh;
mod http;
mod import;
mod machine;
mod meaning;
mod memory;
mod models;
mod own_portal;
mod pages;
mod people;
mod process;
pub mod search;
mod times;

pub use fresh::{FreshFigures, fresh};
pub use import::{ImportFigures, import};
pub use machine::{machine, peak_memory};
pub use meaning::{MeaningFigures, Percentiles, meaning};
pub use memory::{MemoryFigures, Season, memory};
pub use models::{Engine, ModelFigures, ModelTimes, models};
pub use pages::{PageFigures, Wanted, pages};
pub use people::{Crowd, PeopleFigures, people};
pub use times::Times;
