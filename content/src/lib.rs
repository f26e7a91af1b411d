#![doc = include_str!("../README.md")]

pub mod account;
pub mod adapt;
pub mod calendar;
pub mod captions;
pub mod check;
pub mod collection;
pub mod community;
pub mod credential;
#[cfg(any(feature = "format", feature = "render"))]
pub mod escape;
pub mod exercise;
#[cfg(feature = "format")]
pub mod format;
#[cfg(feature = "render")]
pub mod glossary;
#[cfg(feature = "render")]
pub mod guidance;
pub mod institution;
pub mod language;
pub mod license;
pub mod mail;
pub mod next_step;
pub mod pack;
pub mod path;
pub mod plan;
pub mod prerequisite;
mod property;
#[cfg(feature = "render")]
pub mod render;
mod resource;
pub mod review;
pub mod search;
pub mod suggestion;
pub mod vocabulary;

pub use property::{Kind, PROPERTIES, Property};
pub use resource::{
    Agent, AgentKind, Alignment, Body, BodyFormat, LearningResource, Link, MediaObject, Origin,
    Provenance,
};
pub use suggestion::{Evidence, Suggestion};
