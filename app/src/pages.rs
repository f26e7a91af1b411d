//! One file per address: load the data, then make the page.

pub mod account;
pub mod adapt;
pub mod browse;
pub mod collection;
pub mod community;
pub mod desk;
pub mod error;
pub mod exercise;
pub mod guidance;
pub mod home;
pub mod offline;
pub mod path;
pub mod plan;
pub mod prose;
pub mod report;
pub mod resource;
pub mod search;
pub mod submission;
pub mod verify;
pub mod viewer;
