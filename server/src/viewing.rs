//! Files that pages show in place, answered from the kept files.

mod captions;
mod facts;
mod text;

use crate::address::path_segment;
use crate::packages::{Part, Start};
use crate::portal::Portal;
use facts::{Facts, Known};
use khue_app::services::{Answer, ServiceError};
use khue_app::viewing::{FileView, Package, Reading, Viewing, Way};
use khue_content::{LearningResource, MediaObject};
use khue_extract::{Kind, by_name};
use std::sync::Arc;
use text::Texts;

pub(crate) use captions::webvtt;

/// Most files of a record that are shown in place; all are listed.
const MOST: usize = 60;

/// What there is to run packages.
#[derive(Clone, Debug, Default)]
pub struct Runs {
    /// The origin apart; `None` where there is none.
    pub origin: Option<String>,
    /// Whether there is a player for H5P.
    pub h5p: bool,
}

/// [`Viewing`] on a [`Portal`].
pub struct PortalViewing {
    portal: Arc<Portal>,
    runs: Runs,
    known: Known,
    texts: Texts,
}

fn failed(error: impl std::fmt::Display) -> ServiceError {
    tracing::error!(%error, "a file could not be shown");
    ServiceError::Failed(error.to_string())
}

impl PortalViewing {
    /// Shows the files of a portal.
    pub fn new(portal: Arc<Portal>, runs: Runs) -> Self {
        let texts = Texts::new(portal.folder.readings());
        Self {
            portal,
            runs,
            known: Known::default(),
            texts,
        }
    }

    /// What is to be known of a file before it is shown.
    async fn facts(&self, file: &MediaObject, kind: Kind) -> Result<Facts, ServiceError> {
        let sha256 = file.sha256.as_deref().unwrap_or_default();
        if !facts::is_worth_it(kind) {
            return Ok(Facts::default());
        }
        self.known
            .of(sha256, &self.portal.files, kind)
            .await
            .map_err(failed)
    }

    async fn way(
        &self,
        record: &LearningResource,
        file: &MediaObject,
    ) -> Result<Option<Way>, ServiceError> {
        let Some(kind) = by_name(&file.name) else {
            return Ok(None);
        };
        let media = media_type(file);
        let way = match kind {
            Kind::Pdf => Way::Pdf,
            Kind::Audio | Kind::Video if media.starts_with("audio/") => {
                Way::Audio(self.spoken(record, file).await?)
            }
            Kind::Audio | Kind::Video if media.starts_with("video/") => {
                Way::Video(self.spoken(record, file).await?)
            }
            Kind::Png | Kind::Jpeg | Kind::Gif | Kind::Webp => {
                Way::Picture(self.facts(file, kind).await?.pixels)
            }
            Kind::H5p | Kind::Zip | Kind::CommonCartridge => {
                let sha256 = file.sha256.as_deref().unwrap_or_default();
                let facts = self.facts(file, kind).await?;
                return Ok(facts
                    .package
                    .map(|start| Way::Package(self.package(sha256, start))));
            }
            kind if is_read(kind) => Way::Text,
            _ => return Ok(None),
        };
        Ok(Some(way))
    }

    fn package(&self, sha256: &str, start: Start) -> Package {
        match (&self.runs.origin, start) {
            (_, Start::Unsafe) => Package::Unsafe,
            (_, Start::Nothing) => Package::NoStart,
            (None, _) => Package::NoOrigin,
            (Some(_), Start::H5p) if !self.runs.h5p => Package::NoPlayer,
            (Some(origin), Start::H5p) => {
                Package::Runs(vec![(String::new(), format!("{origin}/{sha256}/"))])
            }
            (Some(origin), Start::Pages(parts)) => {
                let package = format!("{origin}/{sha256}");
                let part = |part: &Part| (part.name.clone(), part.address(&package));
                Package::Runs(parts.iter().map(part).collect())
            }
        }
    }
}

/// The media type, as the browser will be told it.
fn media_type(file: &MediaObject) -> String {
    let stated = file.encoding_format.as_deref().unwrap_or_default();
    stated
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// Documents that are read as text.
fn is_read(kind: Kind) -> bool {
    use Kind::{Doc, Docx, Epub, Html, Markdown, Odp, Ods, Odt, Plain, Ppt, Pptx, Rtf, Xlsx};
    matches!(
        kind,
        Docx | Pptx | Xlsx | Odt | Ods | Odp | Epub | Doc | Ppt | Rtf | Html | Markdown | Plain
    )
}

/// The address of a kept file.
fn address(file: &MediaObject) -> String {
    let sha256 = file.sha256.as_deref().unwrap_or_default();
    format!("/files/{sha256}/{}", path_segment(&file.name))
}

impl Viewing for PortalViewing {
    fn files<'a>(&'a self, record: &'a LearningResource) -> Answer<'a, Vec<FileView>> {
        Box::pin(async move {
            let mut shown = Vec::new();
            // Pictures of the text are shown there.
            let in_text = |file: &MediaObject| {
                record
                    .body
                    .as_ref()
                    .is_some_and(|body| body.text.contains(&file.name))
                    && by_name(&file.name).is_some_and(Kind::is_picture)
            };
            let kept = record.encoding.iter().filter(|file| file.sha256.is_some());
            for file in kept.filter(|file| !in_text(file)).take(MOST) {
                // A file that cannot be shown is still there to take.
                let way = self.way(record, file).await.unwrap_or_default();
                shown.extend(way.map(|way| FileView {
                    file: file.clone(),
                    address: address(file),
                    way,
                }));
            }
            Ok(shown)
        })
    }

    fn read<'a>(
        &'a self,
        record: &'a LearningResource,
        file: &'a MediaObject,
        page: usize,
    ) -> Answer<'a, Reading> {
        Box::pin(async move {
            let sha256 = file.sha256.as_deref().unwrap_or_default();
            let language = record.main_language().unwrap_or("vi");
            self.texts
                .page(sha256, &self.portal.files, &file.name, page, language)
                .await
        })
    }
}
