//! Packages that were asked for lately, open with the list of their entries: a page of a hundred files reads it once.

use super::archive::{Package, Refused};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Most packages that are open at a time; each holds a file open.
const PACKAGES: usize = 64;
/// Most entries in their lists altogether.
const ENTRIES: usize = 200_000;

/// Open packages by the hash of their content, which never changes.
#[derive(Default)]
pub(super) struct Opened(Mutex<Shelf>);

#[derive(Default)]
struct Shelf {
    packages: HashMap<String, (Package, u64)>,
    /// Counts what is asked for, to tell which package nobody has asked for longest.
    clock: u64,
}

impl Opened {
    /// The package; where nobody has it open, it is opened at the path that `find` tells.
    pub fn get(
        &self,
        sha256: &str,
        find: impl FnOnce() -> Result<PathBuf, Refused>,
    ) -> Result<Package, Refused> {
        if let Some(package) = self.shelf().take(sha256) {
            return Ok(package);
        }
        // Nobody waits while a long list is read; two who ask at once both read it.
        let package = Package::open(&find()?)?;
        self.shelf().put(sha256, package.clone());
        Ok(package)
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf {
    fn take(&mut self, sha256: &str) -> Option<Package> {
        self.clock += 1;
        let (package, used) = self.packages.get_mut(sha256)?;
        *used = self.clock;
        Some(package.clone())
    }

    fn put(&mut self, sha256: &str, package: Package) {
        self.packages
            .insert(sha256.to_owned(), (package, self.clock));
        while self.packages.len() > PACKAGES || self.packages.len() > 1 && self.entries() > ENTRIES
        {
            let oldest = self.packages.iter().min_by_key(|(_, (_, used))| *used);
            let Some(oldest) = oldest.map(|(sha256, _)| sha256.clone()) else {
                return;
            };
            self.packages.remove(&oldest);
        }
    }

    fn entries(&self) -> usize {
        let count = |(package, _): &(Package, u64)| package.names().count();
        self.packages.values().map(count).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::path::Path;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn pack(path: &Path, files: usize) {
        let mut zip = ZipWriter::new(std::fs::File::create(path).unwrap());
        for number in 0..files {
            let name = format!("{number}.txt");
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            write!(zip, "text {number}").unwrap();
        }
        zip.finish().unwrap();
    }

    #[test]
    fn the_list_of_a_package_is_read_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        pack(&path, 100);
        let (opened, mut read) = (Opened::default(), 0);
        for number in 0..100 {
            let find = || {
                read += 1;
                Ok(path.clone())
            };
            let mut package = opened.get("a", find).unwrap();
            let bytes = package.read(&format!("{number}.txt")).unwrap();
            assert_eq!(bytes, format!("text {number}").into_bytes());
        }
        assert_eq!(read, 1);
        // Two read at once without being in each other's way.
        let get = || opened.get("a", || Err(Refused::Missing)).unwrap();
        let (mut one, mut other) = (get(), get());
        assert_eq!(one.read("7.txt").unwrap(), b"text 7");
        assert_eq!(other.read("99.txt").unwrap(), b"text 99");
    }

    #[test]
    fn what_nobody_has_asked_for_longest_is_closed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        pack(&path, 1);
        let opened = Opened::default();
        let is_open = |name: &str| opened.get(name, || Err(Refused::Missing)).is_ok();
        for number in 0..=PACKAGES {
            opened
                .get(&number.to_string(), || Ok(path.clone()))
                .unwrap();
            assert!(is_open("0"), "asked for all the time");
        }
        assert!(!is_open("1") && is_open("2"));
        assert_eq!(opened.shelf().packages.len(), PACKAGES);
    }

    #[test]
    fn long_lists_are_not_all_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        pack(&path, 15_000);
        let opened = Opened::default();
        for number in 0..20 {
            opened
                .get(&number.to_string(), || Ok(path.clone()))
                .unwrap();
        }
        assert!(opened.shelf().entries() <= ENTRIES);
    }
}
