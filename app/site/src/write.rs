//! Puts the files in place: new ones first, then the manifest, then old ones away.

use std::{
    collections::{BTreeMap, HashSet},
    fs, io,
    path::Path,
};

use anyhow::Result;

use crate::{
    asset::File,
    compress::compress,
    manifest::{Asset, MANIFEST, MANIFEST_VERSION, Manifest},
};

/// The manifest that stands, when it was made from the same inputs and all its files are there.
pub(crate) fn up_to_date(out: &Path, inputs: &str) -> Option<Manifest> {
    let manifest = Manifest::read(out)?;
    let whole = manifest
        .assets
        .values()
        .flat_map(Asset::paths)
        .all(|path| out.join(path).is_file());
    (manifest.inputs == inputs && whole).then_some(manifest)
}

/// Writes all files, then the manifest, then removes what only the manifest before named.
pub(crate) fn publish(out: &Path, files: &[File], inputs: String, quick: bool) -> Result<Manifest> {
    let before = Manifest::read(out);
    let mut assets = BTreeMap::new();
    for file in files {
        assets.insert(file.name.clone(), write_file(out, file, quick)?);
    }
    let manifest = Manifest {
        version: MANIFEST_VERSION,
        inputs,
        assets,
    };
    replace(
        &out.join(MANIFEST),
        serde_json::to_string_pretty(&manifest)?.as_bytes(),
    )?;
    if let Some(before) = before {
        remove_old(out, &before, &manifest);
    }
    Ok(manifest)
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

/// Removes what the manifest before named and the new one does not; other people's files in the folder stay.
fn remove_old(out: &Path, before: &Manifest, now: &Manifest) {
    let keep: HashSet<String> = now.assets.values().flat_map(Asset::paths).collect();
    for path in before
        .assets
        .values()
        .flat_map(Asset::paths)
        .filter(|path| !keep.contains(path))
    {
        // a file that is gone already, or cannot go, does no harm
        let _ = fs::remove_file(out.join(path));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_site_replaces_the_first_and_leaves_strangers_alone() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let out = folder.path();
        fs::write(out.join("stranger.txt"), "mine")?;
        let style = |text: &str| File::hashed("khue.css", text.repeat(100).into_bytes());
        let (old, new) = (style("a{color:red}"), style("a{color:blue}"));

        publish(out, std::slice::from_ref(&old), "one".into(), true)?;
        assert!(up_to_date(out, "one").is_some());
        assert!(up_to_date(out, "two").is_none());
        let manifest = publish(out, std::slice::from_ref(&new), "two".into(), true)?;

        assert_eq!(Manifest::read(out), Some(manifest));
        assert!(!out.join(&old.path).exists() && !out.join(format!("{}.br", old.path)).exists());
        assert_eq!(fs::read(out.join(&new.path))?, new.bytes);
        assert!(out.join("stranger.txt").exists());
        fs::remove_file(out.join(format!("{}.gz", new.path)))?;
        assert!(
            up_to_date(out, "two").is_none(),
            "a site with a file missing is not up to date"
        );
        Ok(())
    }
}
