//! Addresses that are no pages.

pub mod api;
pub mod captions;
pub mod did;
pub mod files;
pub mod health;
pub mod packs;
pub mod robots;
pub mod sheet_reports;
pub mod site;
pub mod sitemap;
pub mod submitted_files;
pub mod uploads;

mod far;
mod origin;
