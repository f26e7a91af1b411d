//! Puts the files in place: new ones first, then the manifest, then old ones away.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

use anyhow::Result;

use crate::{
    asset::File,
    compress::compress,
    manifest::{Asset, MANIFEST, MANIFEST_VERSION, Manifest, Packs},
};

/// The manifest that stands, when it was made from the same inputs and all its files are there.
pub(crate) fn up_to_date(out: &Path, inputs: &str, packs: Packs) -> Option<Manifest> {
    let manifest = Manifest::read(out)?;
    let whole = manifest.paths().iter().all(|path| out.join(path).is_file());
    (manifest.inputs == inputs && manifest.packs == packs && whole).then_some(manifest)
}

/// What is to be published.
pub(crate) struct Edition {
    /// Files to write.
    pub(crate) files: Vec<File>,
    /// Files of the edition before that stay as they are.
    pub(crate) carried: BTreeMap<String, Asset>,
    /// Digest of everything that went in.
    pub(crate) inputs: String,
    pub(crate) packs: Packs,
    /// Compress quickly rather than well.
    pub(crate) quick: bool,
}

/// Writes all files, then the manifest, then removes what lay there for the edition before the last.
pub(crate) fn publish(out: &Path, edition: Edition) -> Result<Manifest> {
    let before = Manifest::read(out);
    let mut assets = edition.carried;
    for file in &edition.files {
        assets.insert(file.name.clone(), write_file(out, file, edition.quick)?);
    }
    let mut manifest = Manifest {
        version: MANIFEST_VERSION,
        inputs: edition.inputs,
        packs: edition.packs,
        assets,
        former: BTreeSet::new(),
    };
    let now = manifest.paths();
    if let Some(before) = &before {
        manifest.former = before.paths().difference(&now).cloned().collect();
    }
    replace_manifest(out, &manifest)?;
    if let Some(before) = before {
        remove_old(out, &before, &manifest);
    }
    Ok(manifest)
}

/// Says in the manifest that stands what became of the half that reads packs.
pub(crate) fn note_packs(out: &Path, packs: Packs) -> Result<()> {
    let Some(manifest) = Manifest::read(out) else {
        return Ok(());
    };
    replace_manifest(out, &Manifest { packs, ..manifest })
}

fn replace_manifest(out: &Path, manifest: &Manifest) -> Result<()> {
    let text = serde_json::to_string_pretty(manifest)?;
    Ok(replace(&out.join(MANIFEST), text.as_bytes())?)
}

fn write_file(out: &Path, file: &File, quick: bool) -> io::Result<Asset> {
    let path = out.join(&file.path);
    replace(&path, &file.bytes)?;
    let compressed = compress(&file.name, &file.bytes, quick)?;
    if let Some(forms) = &compressed {
        replace(&out.join(format!("{}.gz", file.path)), &forms.gzip)?;
        replace(&out.join(format!("{}.br", file.path)), &forms.brotli)?;
    }
    Ok(Asset {
        path: file.path.clone(),
        raw: file.bytes.len(),
        gzip: compressed.as_ref().map(|forms| forms.gzip.len()),
        br: compressed.as_ref().map(|forms| forms.brotli.len()),
    })
}

/// Writes beside the place and moves there, so that a reader sees the old file or the new one, never half.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    fs::write(&beside, bytes)?;
    fs::rename(&beside, path)
}

/// Removes what was kept for the edition before; other people's files in the folder stay.
fn remove_old(out: &Path, before: &Manifest, now: &Manifest) {
    let needed = now.paths();
    let stays = |path: &&String| needed.contains(*path) || now.former.contains(*path);
    for path in before.former.iter().filter(|path| !stays(path)) {
        // a file that is gone already, or cannot go, does no harm
        let _ = fs::remove_file(out.join(path));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(text: &str, inputs: &str) -> Edition {
        Edition {
            files: vec![File::hashed("khue.css", text.repeat(100).into_bytes())],
            carried: BTreeMap::new(),
            inputs: inputs.to_owned(),
            packs: Packs::Built,
            quick: true,
        }
    }

    #[test]
    fn a_site_replaces_the_one_before_the_last_and_leaves_strangers_alone() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let out = folder.path();
        fs::write(out.join("stranger.txt"), "mine")?;
        let paths = |manifest: &Manifest| manifest.paths();
        let there = |paths: &BTreeSet<String>| paths.iter().all(|path| out.join(path).is_file());
        let gone = |paths: &BTreeSet<String>| paths.iter().all(|path| !out.join(path).exists());

        let first = paths(&publish(out, edition("a{color:red}", "one"))?);
        assert!(up_to_date(out, "one", Packs::Built).is_some());
        assert!(up_to_date(out, "two", Packs::Built).is_none());
        assert!(up_to_date(out, "one", Packs::LeftOut).is_none());
        let second = publish(out, edition("a{color:blue}", "two"))?;
        assert_eq!(Manifest::read(out).as_ref(), Some(&second));
        let second = paths(&second);
        assert_eq!((first.len(), second.len()), (3, 3), "with compressed forms");
        assert!(there(&first) && there(&second), "pages that are open");
        publish(out, edition("a{color:green}", "three"))?;
        assert!(gone(&first) && there(&second));
        let back = publish(out, edition("a{color:blue}", "two"))?;
        assert!(there(&second) && !back.former.is_empty());

        assert!(out.join("stranger.txt").exists());
        fs::remove_file(out.join(second.first().unwrap()))?;
        assert!(
            up_to_date(out, "two", Packs::Built).is_none(),
            "a site with a file missing is not up to date"
        );
        Ok(())
    }

    #[test]
    fn files_of_the_edition_before_are_carried_on_as_they_are() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let out = folder.path();
        let first = publish(out, edition("a{color:red}", "one"))?;
        let mut second = edition("unused", "two");
        second.files.clear();
        second.carried = first.assets.clone();
        second.packs = Packs::Coming;
        assert_eq!(publish(out, second)?.assets, first.assets);
        note_packs(out, Packs::Failed)?;
        let noted = Manifest::read(out).unwrap();
        assert_eq!((noted.packs, noted.assets), (Packs::Failed, first.assets));
        Ok(())
    }
}
