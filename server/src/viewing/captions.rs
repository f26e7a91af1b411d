//! Captions among the files of a resource.

use super::{PortalViewing, failed};
use crate::address::path_segment;
use khue_app::services::ServiceError;
use khue_app::viewing::{Spoken, Track};
use khue_content::captions::{
    Cue, belongs, is_captions, language_of, parse, to_webvtt, transcript,
};
use khue_content::{LearningResource, MediaObject};
use khue_extract::{Kind, by_name};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Largest file of captions that is read, in bytes.
const LARGEST: u64 = 2 << 20;

impl PortalViewing {
    /// The captions of a film or sound, and what is said; the first in the language of the record.
    pub(super) async fn spoken(
        &self,
        record: &LearningResource,
        file: &MediaObject,
    ) -> Result<Spoken, ServiceError> {
        let mut found = captions_of(record, file);
        let main = record.main_language().unwrap_or_default();
        let language =
            |one: &MediaObject| language_of(&one.name).unwrap_or_else(|| main.to_owned());
        found.sort_by_key(|one| language(one) != main);
        let mut spoken = Spoken::default();
        for one in found {
            let sha256 = one.sha256.as_deref().unwrap_or_default();
            let (files, name) = (self.portal.files.clone(), sha256.to_owned());
            let read = move || files.near(&name).map(|path| cues(&path));
            let read = tokio::task::spawn_blocking(read).await.map_err(failed)?;
            let cues = read.map_err(failed)?;
            if cues.is_empty() {
                continue;
            }
            if spoken.transcript.is_empty() {
                spoken.transcript = transcript(&cues);
                spoken.in_language = language(one);
            }
            spoken.tracks.push(Track {
                address: format!("/captions/{sha256}/{}", path_segment(&one.name)),
                in_language: language(one),
            });
        }
        Ok(spoken)
    }
}

/// Captions that belong to a file: by their names, or because there is nothing else that they could belong to.
fn captions_of<'a>(record: &'a LearningResource, file: &MediaObject) -> Vec<&'a MediaObject> {
    let is_media = |one: &&MediaObject| {
        matches!(by_name(&one.name), Some(Kind::Audio | Kind::Video)) && one.sha256.is_some()
    };
    let alone = record.encoding.iter().filter(is_media).count() == 1;
    let own = |one: &&MediaObject| {
        is_captions(&one.name) && one.sha256.is_some() && (alone || belongs(&file.name, &one.name))
    };
    record.encoding.iter().filter(own).take(12).collect()
}

fn cues(path: &Path) -> Vec<Cue> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LARGEST).read_to_end(&mut bytes));
    match read {
        Ok(_) => parse(&decoded(&bytes)),
        Err(_) => Vec::new(),
    }
}

/// Text in UTF-8, in what its first bytes say, or in the Windows encoding of Vietnamese.
fn decoded(bytes: &[u8]) -> String {
    let marked = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    match (marked, std::str::from_utf8(bytes)) {
        (None, Ok(text)) => text.to_owned(),
        (marked, _) => marked
            .unwrap_or(encoding_rs::WINDOWS_1258)
            .decode(bytes)
            .0
            .into_owned(),
    }
}

/// A kept file of captions as WebVTT; `None` where there are none in it.
pub(crate) fn webvtt(path: &Path) -> Option<String> {
    let cues = cues(path);
    (!cues.is_empty()).then(|| to_webvtt(&cues))
}
