//! Packs that a portal gives away.

use khue_content::pack::{LARGEST_MANIFEST, LONGEST_LINE, Manifest};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// How packs are named.
pub const EXTENSION: &str = "khuepack";
/// Most packs that are listed.
const MOST: usize = 200;

/// Where packs are.
#[derive(Clone, Debug, Default)]
pub enum Packs {
    /// Nowhere.
    #[default]
    None,
    /// All that lie in a folder, which need not be there.
    Folder(PathBuf),
    /// This one.
    One(PathBuf),
}

/// A pack that can be fetched.
pub struct Offered {
    /// Name of its file.
    pub file: String,
    /// What is in it.
    pub manifest: Manifest,
    /// Where its parts begin.
    pub begin: usize,
}

/// All packs; files that are none are passed over.
pub fn list(packs: &Packs) -> Vec<Offered> {
    files(packs)
        .iter()
        .take(MOST)
        .filter_map(|path| read(path))
        .collect()
}

/// Where the pack of this name would lie; in a folder no other file is a pack, and none outside of it.
pub fn find(packs: &Packs, name: &str) -> Option<PathBuf> {
    match packs {
        Packs::None => None,
        Packs::One(file) => (file_name(file) == Some(name)).then(|| file.clone()),
        Packs::Folder(folder) => {
            let path = Path::new(name);
            let inside = path.file_name() == Some(name.as_ref());
            let is_pack = path.extension().is_some_and(|kind| kind == EXTENSION);
            (inside && is_pack).then(|| folder.join(name))
        }
    }
}

fn files(packs: &Packs) -> Vec<PathBuf> {
    let folder = match packs {
        Packs::None => return Vec::new(),
        Packs::One(file) => return vec![file.clone()],
        Packs::Folder(folder) => folder,
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let mut packs: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|kind| kind == EXTENSION))
        .collect();
    packs.sort();
    packs
}

fn file_name(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()
}

fn read(path: &Path) -> Option<Offered> {
    let most = u64::try_from(LARGEST_MANIFEST + LONGEST_LINE).unwrap_or(u64::MAX);
    let mut file = File::open(path).ok()?;
    let mut head = vec![0; 64 * 1024];
    let read = file.read(&mut head).ok()?;
    head.truncate(read);
    let found = Manifest::read(&head).or_else(|_| {
        let mut whole = head.clone();
        let rest = file.take(most).read_to_end(&mut whole);
        rest.ok()
            .map_or_else(|| Manifest::read(&head), |_| Manifest::read(&whole))
    });
    let (manifest, begin) = match found {
        Ok(found) => found,
        Err(error) => {
            tracing::warn!(file = %path.display(), %error, "a file among the packs cannot be read");
            return None;
        }
    };
    let file = file_name(path)?.to_owned();
    Some(Offered {
        file,
        manifest,
        begin,
    })
}
