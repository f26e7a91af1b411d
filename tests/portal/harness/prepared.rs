//! A data folder as the first start leaves it: made once for a program, copied for each portal of the tests.

use super::program::{program, target};
use super::test_portal::{Setup, TestPortal};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Beginning of the folders' names, in the folder that cargo builds into.
const PREFIX: &str = "first-start-";

/// Puts the data of a first start into `data`, which does not exist yet.
pub fn copy_to(data: &Path) {
    copy(&prepared(), data);
}

/// The folder for this program; whoever comes first makes it, the others wait.
fn prepared() -> PathBuf {
    let all = target().join("tmp");
    fs::create_dir_all(&all).unwrap();
    let lock = File::create(all.join("first-start.lock")).unwrap();
    lock.lock().unwrap();
    let folder = all.join(format!("{PREFIX}{}", age_of_program()));
    if !folder.is_dir() {
        forget_others(&all);
        make(&folder);
    }
    folder
}

/// Differs from one build of the program to the next.
fn age_of_program() -> u128 {
    let built = fs::metadata(program()).unwrap().modified().unwrap();
    built.duration_since(UNIX_EPOCH).unwrap().as_nanos()
}

fn make(folder: &Path) {
    let first = TestPortal::start(Setup {
        fresh: true,
        ..Setup::default()
    });
    let stopped = first.stop();
    let half = folder.with_extension("half");
    let _ = fs::remove_dir_all(&half);
    copy(&stopped.path().join("data"), &half);
    fs::rename(half, folder).unwrap();
}

fn forget_others(all: &Path) {
    for entry in fs::read_dir(all).unwrap().flatten() {
        if entry.file_name().to_string_lossy().starts_with(PREFIX) {
            // A portal of an older program is of no use to anybody.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
