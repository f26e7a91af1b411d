//! Files that come with a submission.

use super::read_file::read_file;
use super::{PortalSubmissions, done, failed};
use crate::error::unanswered;
use crate::uploads::{Coming, UploadError};
use khue_app::people::Viewer;
use khue_app::services::ServiceError;
use khue_app::submissions::{Done, Undone, Upload};
use khue_store::actions::submissions::{MOST_FILES, SubmittedFile, attach_file, save_submission};
use std::path::PathBuf;

/// Longest name of a file, in characters.
const NAME: usize = 200;

impl PortalSubmissions {
    /// Keeps a file of a form.
    pub(super) async fn keep(
        &self,
        viewer: &Viewer,
        number: &str,
        file: Upload<'_>,
    ) -> Result<Done<()>, ServiceError> {
        // Nothing is written for those who may not: the content could be large.
        if let Err(why) = self.may_attach(viewer, number, &file.name).await? {
            return Ok(Err(why));
        }
        let spooled = self.0.uploads.spool(file.content).await;
        let spooled = spooled.map_err(|error| match error {
            UploadError::Folder(error) => unanswered(error),
            // Whoever brings it knows more of why it broke off.
            other => ServiceError::Failed(other.to_string()),
        })?;
        if spooled.size == 0 {
            return Ok(Ok(()));
        }
        let path = spooled.path().to_owned();
        self.attach_whole(viewer, number, path, &file.name, &file.media_type)
            .await
    }

    /// Keeps a file that came in pieces and is whole.
    pub(crate) async fn keep_whole(
        &self,
        viewer: &Viewer,
        coming: &Coming,
        path: PathBuf,
    ) -> Result<Done<()>, ServiceError> {
        let (name, media_type) = (&coming.name, &coming.media_type);
        self.attach_whole(viewer, &coming.submission, path, name, media_type)
            .await
    }

    /// Whether this person may add a file of this name to the submission now.
    pub(crate) async fn may_attach(
        &self,
        viewer: &Viewer,
        number: &str,
        name: &str,
    ) -> Result<Done<()>, ServiceError> {
        let one = self.store().submission(&viewer.actor, number).await;
        let Some(one) = one.map_err(failed)? else {
            return Ok(Err(Undone::Missing));
        };
        if one.account != viewer.actor.account {
            return Ok(Err(Undone::Forbidden));
        }
        let (files, name) = (&one.record.encoding, file_name(name));
        let has_room = files.len() < MOST_FILES || files.iter().any(|file| file.name == name);
        match one.state.is_open() && has_room {
            true => Ok(Ok(())),
            false => Ok(Err(Undone::NotNow)),
        }
    }

    /// Keeps a file of this machine and attaches it; where the submission has no text yet, what can be read of it becomes its text.
    async fn attach_whole(
        &self,
        viewer: &Viewer,
        number: &str,
        path: PathBuf,
        name: &str,
        media_type_said: &str,
    ) -> Result<Done<()>, ServiceError> {
        let name = file_name(name);
        let media_type = media_type(media_type_said, &name);
        let files = self.0.files.clone();
        let saved = tokio::task::spawn_blocking(move || files.put_file(&path)).await;
        let saved = saved.map_err(failed)?.map_err(failed)?;
        let file = SubmittedFile {
            sha256: saved.sha256,
            size: saved.size,
            name,
            media_type,
        };
        let attached = done(attach_file(self.store(), &viewer.actor, number, &file).await)?;
        // Captions are shown with what they belong to.
        if attached.is_ok() && !khue_content::captions::is_captions(&file.name) {
            self.fill(viewer, number, &file).await?;
        }
        Ok(attached)
    }

    /// What the file says goes where the author has said nothing yet.
    async fn fill(
        &self,
        viewer: &Viewer,
        number: &str,
        file: &SubmittedFile,
    ) -> Result<(), ServiceError> {
        let actor = &viewer.actor;
        let one = self.store().submission(actor, number).await;
        let Some(one) = one.map_err(failed)?.filter(|one| one.record.body.is_none()) else {
            return Ok(());
        };
        // Two at a time: reading a file may take all of a processor.
        let Ok(_turn) = self.1.acquire().await else {
            return Ok(());
        };
        let (files, sha256) = (self.0.files.clone(), file.sha256.clone());
        let name = file.name.clone();
        let read = move || Ok(read_file(&files.near(&sha256)?, &name));
        let read: Result<_, khue_store::Error> =
            tokio::task::spawn_blocking(read).await.map_err(failed)?;
        let filled = read.map_err(failed)?.map(|found| found.fill(one.record));
        if let Some(record) = filled {
            // Somebody who writes at the same time is not disturbed: the file is kept, its text is not taken.
            let saved = save_submission(self.store(), actor, number, one.edition, &record).await;
            return match saved {
                Ok(_) | Err(khue_store::Error::Stale | khue_store::Error::NotAllowed(_)) => Ok(()),
                Err(error) => Err(failed(error)),
            };
        }
        Ok(())
    }
}

/// A file's name without folders and signs that no name has.
pub(crate) fn file_name(said: &str) -> String {
    let last = said.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept = |c: &char| !c.is_control() && !"<>:\"|?*".contains(*c);
    let name: String = last.chars().filter(kept).take(NAME).collect();
    let name = name.trim().trim_start_matches('.').to_owned();
    if name.is_empty() {
        "file".to_owned()
    } else {
        name
    }
}

/// The media type that the browser says, if it has the form of one, else the one that its name tells. It decides only how a file is offered: nothing in
/// which somebody could write a script is ever shown in place.
fn media_type(said: &str, name: &str) -> String {
    let bare = said
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let token = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
    };
    match bare.split_once('/') {
        Some((kind, of)) if token(kind) && token(of) && bare.len() <= 100 && bare != UNKNOWN => {
            bare
        }
        _ => named(name).to_owned(),
    }
}

const UNKNOWN: &str = "application/octet-stream";

/// Media types of sound and films, of which there are several; of the rest each kind has one.
const HEARD: &[(&str, &str)] = &[
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("oga", "audio/ogg"),
    ("ogg", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("wav", "audio/wav"),
    ("flac", "audio/flac"),
    ("webm", "video/webm"),
    ("ogv", "video/ogg"),
    ("mp4", "video/mp4"),
    ("m4v", "video/mp4"),
];

/// The media type of files of this name.
fn named(name: &str) -> &'static str {
    let ending = name
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let heard = HEARD.iter().find(|(known, _)| *known == ending);
    heard.map_or_else(
        || khue_extract::by_name(name).map_or(UNKNOWN, khue_extract::Kind::media_type),
        |(_, media_type)| media_type,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_types_of_files_are_made_harmless() {
        assert_eq!(file_name("../../etc/passwd"), "passwd");
        assert_eq!(file_name("C:\\a\\Bài 1.docx"), "Bài 1.docx");
        assert_eq!(file_name("..\0"), "file");
        assert_eq!(media_type("Text/HTML; charset=utf-8", "a.pdf"), "text/html");
        assert_eq!(media_type("a/b\r\nx: y", "a"), "application/octet-stream");
        assert_eq!(media_type("", "Bài 1.PDF"), "application/pdf");
        assert_eq!(
            media_type("application/octet-stream", "a.webm"),
            "video/webm"
        );
    }
}
