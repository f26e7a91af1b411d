//! Many people at work at once, over HTTP: some write and send in, some appraise and publish, all of them read.

mod person;

use super::own_portal::OwnPortal;
use super::times::Times;
use anyhow::{Context, Result, ensure};
use person::Person;
use std::time::{Duration, Instant};

/// One of so many people appraises; the others write.
const APPRAISERS: usize = 10;

/// What came out.
#[derive(Debug, Default)]
pub struct PeopleFigures {
    /// Pages that were read: lists, forms, the desk, searches, resources.
    pub reading: Times,
    /// What was written: drafts begun and saved, files, sending, messages, decisions, publishing.
    pub writing: Times,
    /// How long it all took.
    pub time: Duration,
    /// What was published.
    pub published: usize,
}

/// How hard they work.
#[derive(Clone, Debug)]
pub struct Crowd {
    /// How many people.
    pub people: usize,
    /// For how long.
    pub length: Duration,
    /// How long each rests between two requests, as somebody does who reads what comes.
    pub rest: Duration,
    /// A database elsewhere; SQLite in a folder of its own where there is none.
    pub database: Option<String>,
}

/// Starts a portal of its own, lets people come in and work, and takes the times of what they do.
///
/// # Errors
/// The portal does not start, or answers something that it should not.
pub async fn people(crowd: &Crowd) -> Result<PeopleFigures> {
    ensure!(
        crowd.people >= 2,
        "it takes at least two people: one writes, one appraises"
    );
    let folder = tempfile::tempdir().context("cannot make a folder: check the space in TMPDIR")?;
    let portal = OwnPortal::create(folder.path())?
        .without_models()
        .with_database(crowd.database.clone());
    let mut portal = portal;
    portal.restart().await?;
    let mut people = Vec::new();
    for number in 0..crowd.people {
        people.push(match number % APPRAISERS {
            1 => Person::appraiser(&portal, number).await?,
            _ => Person::author(&portal, number).await?,
        });
    }
    let started = Instant::now();
    let end = started + crowd.length;
    let rest = crowd.rest;
    let work = people
        .into_iter()
        .map(|person| tokio::spawn(person.work(end, rest)));
    let work: Vec<_> = work.collect();
    let mut figures = PeopleFigures::default();
    for one in work {
        let done = one.await??;
        figures.reading.extend(done.reading);
        figures.writing.extend(done.writing);
        figures.published += done.published;
    }
    figures.time = started.elapsed();
    ensure!(
        portal
            .command(&["audit", "verify"])
            .await?
            .starts_with("whole: "),
        "the log of decisions is not whole after this"
    );
    Ok(figures)
}
