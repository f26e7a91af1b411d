//! Packs that a portal makes by itself, in the background: everything, and one for each stage of school.

use super::{Choice, Source, build, offered::EXTENSION};
use crate::library::PortalLibrary;
use crate::portal::Portal;
use anyhow::{Context, Result};
use indicatif::ProgressBar;
use khue_app::services::{Counts, CurrentFiles, Library, PackReader};
use khue_content::pack::PACK_VERSION;
use khue_content::vocabulary::{self, Concept};
use khue_index::INDEX_VERSION;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Wait between two looks at the store; packs are made once nothing has changed in between.
const PAUSE: Duration = Duration::from_secs(4);

/// Shortest time between two makings: readers need not fetch every change by itself.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// How the names of these packs begin. A curator's own have other names.
const OURS: &str = "khue-";

/// From what the packs there are were made.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Made {
    /// Number of the store's last change.
    change: i64,
    /// Forms of packs and of their index.
    forms: (u32, u32),
    /// Most resources that a pack might have.
    most: usize,
}

/// A pack to make.
struct Plan {
    /// What tells it from the others.
    key: String,
    choice: Choice,
}

/// Keeps the packs in step with the library until it is told to stop, where browsers can read them or soon will. Packs with more than
/// `most` resources are not made.
pub async fn run(portal: Arc<Portal>, most: usize, site: CurrentFiles, stop: CancellationToken) {
    if most == 0 {
        return;
    }
    let mut seen = None;
    loop {
        let pause = match round(&portal, most, &site, &mut seen, &stop).await {
            Ok(true) => EVERY,
            Ok(false) => PAUSE,
            Err(error) => {
                tracing::warn!(
                    "school packs could not be made; trying again in an hour: {error:#}"
                );
                EVERY
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = stop.cancelled() => return,
        }
    }
}

/// Makes packs where that is due and nothing changes; whether it did.
async fn round(
    portal: &Arc<Portal>,
    most: usize,
    site: &CurrentFiles,
    seen: &mut Option<i64>,
    stop: &CancellationToken,
) -> Result<bool> {
    if !are_read(&site.now().packs) {
        return Ok(false);
    }
    let last = portal.store.last_change().await?;
    let library = PortalLibrary(portal.clone());
    let quiet = seen.replace(last) == Some(last) && library.waiting().await? == 0;
    let made = Made {
        change: last,
        forms: (PACK_VERSION, INDEX_VERSION),
        most,
    };
    let folder = portal.folder.packs();
    if !quiet || read(&folder) == made {
        return Ok(false);
    }
    let plans = plans(&library.counts().await?, most);
    for plan in &plans {
        if stop.is_cancelled() {
            return Ok(false);
        }
        make(portal, &folder, plan).await?;
    }
    tidy(&folder, &plans);
    write(&folder, &made)?;
    Ok(true)
}

/// Without what reads packs in browsers nobody asks for them.
fn are_read(reader: &PackReader) -> bool {
    matches!(reader, PackReader::Coming | PackReader::Ready(_))
}

/// Everything, and each stage that has something but not everything.
fn plans(counts: &Counts, most: usize) -> Vec<Plan> {
    let fits = |count: usize| count > 0 && count <= most;
    let everything = fits(counts.total).then(|| Plan {
        key: "all".to_owned(),
        choice: Choice::default(),
    });
    let stage = |(uri, count): &(String, usize)| {
        let stage = vocabulary::concept(uri).filter(|concept| concept.broader.is_empty())?;
        (fits(*count) && *count < counts.total).then(|| plan(stage))
    };
    let stages = counts.levels.iter().filter_map(stage);
    everything.into_iter().chain(stages).collect()
}

fn plan(stage: &'static Concept) -> Plan {
    let key = stage.id.rsplit('/').next().unwrap_or(&stage.id);
    Plan {
        key: key.to_owned(),
        choice: Choice {
            about: Vec::new(),
            level: vec![stage],
        },
    }
}

async fn make(portal: &Portal, folder: &Path, plan: &Plan) -> Result<()> {
    let source = Source {
        store: &portal.store,
        files: &portal.files,
        bar: ProgressBar::hidden(),
    };
    let target = folder.join(file_name(plan));
    let built = build(
        &source,
        &plan.choice,
        &index(folder).join(&plan.key),
        &target,
    )
    .await?;
    let (resources, bytes) = (built.manifest.resources, built.bytes);
    tracing::info!(pack = plan.key, resources, bytes, "school pack made");
    Ok(())
}

fn file_name(plan: &Plan) -> String {
    format!("{OURS}{}.{EXTENSION}", plan.key)
}

/// Where the indexes of packs stay, so that the next pack differs little from the one before.
fn index(folder: &Path) -> PathBuf {
    folder.join("index").join(INDEX_VERSION.to_string())
}

/// Removes packs of ours that are not made any more, and indexes of former versions. What cannot be removed does no harm.
fn tidy(folder: &Path, plans: &[Plan]) {
    let kept: Vec<String> = plans.iter().map(file_name).collect();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(OURS) && name.ends_with(EXTENSION) && !kept.contains(&name) {
            let _ = fs::remove_file(entry.path());
        }
    }
    for entry in fs::read_dir(folder.join("index"))
        .into_iter()
        .flatten()
        .flatten()
    {
        if entry.path() != index(folder) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn read(folder: &Path) -> Made {
    let text = fs::read(folder.join("made.json")).unwrap_or_default();
    serde_json::from_slice(&text).unwrap_or_default()
}

fn write(folder: &Path, made: &Made) -> Result<()> {
    let (path, text) = (folder.join("made.json"), serde_json::to_vec(made)?);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&path, text))
        .with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(total: usize, levels: &[(&str, usize)], most: usize) -> Vec<String> {
        let uri = |word: &str| {
            vocabulary::find("educationalLevel", word)
                .unwrap()
                .id
                .clone()
        };
        let counts = Counts {
            total,
            levels: levels.iter().map(|(word, n)| (uri(word), *n)).collect(),
            ..Counts::default()
        };
        plans(&counts, most)
            .into_iter()
            .map(|plan| plan.key)
            .collect()
    }

    #[test]
    fn everything_and_each_stage_that_differs_from_it_are_made() {
        let levels = [("Tiểu học", 3), ("lớp 1", 2), ("THCS", 4)];
        assert_eq!(keys(7, &levels, 100), ["all", "primary", "lower-secondary"]);
        assert_eq!(keys(7, &levels, 3), ["primary"], "large ones are left out");
        assert_eq!(keys(3, &[("Tiểu học", 3)], 100), ["all"]);
        assert!(keys(0, &[], 100).is_empty());
    }
}
