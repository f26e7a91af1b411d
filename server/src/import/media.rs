//! Pictures and other files that a text refers to.

use khue_content::format::Incoming;
use khue_content::format::cnxml::{Module, missing_media};
use khue_store::Files;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Keeps the media of a module and fills in their hash and size; what is not there is a finding.
pub(super) fn keep(root: &Path, files: Option<&Files>, module: Module) -> Incoming {
    let mut incoming = module.incoming;
    for name in &module.media {
        let found = path_of(root, name);
        let Some(path) = found else {
            incoming.findings.push(missing_media(name));
            continue;
        };
        let Some(files) = files else { continue };
        let saved = File::open(&path)
            .map_err(khue_store_io)
            .and_then(|file| files.put(file).map_err(|e| e.to_string()));
        match (saved, &mut incoming.record) {
            (Ok(saved), Ok(record)) => {
                for object in record
                    .encoding
                    .iter_mut()
                    .filter(|object| &object.name == name)
                {
                    object.sha256 = Some(saved.sha256.clone());
                    object.content_size = Some(saved.size);
                }
            }
            (Err(reason), _) => {
                tracing::warn!(file = %path.display(), %reason, "a media file could not be kept");
                incoming.findings.push(missing_media(name));
            }
            (Ok(_), Err(_)) => {}
        }
    }
    incoming
}

fn khue_store_io(error: std::io::Error) -> String {
    error.to_string()
}

/// The file of this name below `media`; names that lead elsewhere are nobody's.
fn path_of(root: &Path, name: &str) -> Option<PathBuf> {
    let plain = Path::new(name)
        .components()
        .all(|part| matches!(part, std::path::Component::Normal(_)));
    let path = root.join("media").join(name);
    (plain && path.is_file()).then_some(path)
}
