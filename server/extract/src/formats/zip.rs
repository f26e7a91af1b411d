//! ZIP archives of files, each read as what it is.

use super::office::refuse_unsafe;
use super::within;
use crate::archive::Archive;
use crate::limits::Limit;
use crate::notice::{Notice, Reason};
use crate::out::{Failure, Out};

pub(super) fn read(bytes: &[u8], out: &mut Out<'_>) -> Result<(), Failure> {
    let mut archive = Archive::open(bytes, out.limits)?;
    refuse_unsafe(&archive)?;
    out.budget.count(archive.len())?;
    read_files(&mut archive, &|_| true, out)
}

/// Reads the files with names that are wanted; what cannot be read is told and passed over.
pub(super) fn read_files(
    archive: &mut Archive<'_>,
    wanted: &dyn Fn(&str) -> bool,
    out: &mut Out<'_>,
) -> Result<(), Failure> {
    if out.depth >= out.limits.depth {
        return Err(Failure::Limit(Limit::Depth));
    }
    let names: Vec<String> = archive.names().map(str::to_owned).collect();
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by(|one, other| names[*one].cmp(&names[*other]));
    out.depth += 1;
    let result = order.into_iter().try_for_each(|index| {
        match is_file(&names[index]) && wanted(&names[index]) {
            true => one(archive, index, &names[index], out),
            false => Ok(()),
        }
    });
    out.depth -= 1;
    result
}

fn one(
    archive: &mut Archive<'_>,
    index: usize,
    name: &str,
    out: &mut Out<'_>,
) -> Result<(), Failure> {
    if archive.is_link(index) {
        let reason = "it is a link to another file".to_owned();
        out.notice(Notice::FileNotRead {
            file: name.to_owned(),
            reason,
        });
        return Ok(());
    }
    let reason = match archive.read_at(index, &mut out.budget) {
        Ok(bytes) => return within(&bytes, name, out),
        Err(Failure::Unreadable(reason @ (Reason::Damaged { .. } | Reason::Encrypted))) => {
            reason.to_string()
        }
        Err(failure) => return Err(failure),
    };
    out.notice(Notice::FileNotRead {
        file: name.to_owned(),
        reason,
    });
    Ok(())
}

/// Folders and what systems leave beside files are none.
fn is_file(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    !(name.ends_with('/')
        || name.starts_with("__MACOSX/")
        || last.starts_with('.')
        || matches!(last, "Thumbs.db" | "desktop.ini"))
}
