//! One entry of an archive, read within limits.

use super::shared_file::SharedFile;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use zip::ZipArchive;

/// Most entries of a package.
const ENTRIES: u64 = 20_000;
/// Largest entry that is sent, unpacked, in bytes.
const LARGEST: u64 = 64 << 20;
/// Bytes that an entry may unpack to whatever it was packed to.
const FREE: u64 = 8 << 20;
/// How many times larger than packed it may be beyond that.
const RATIO: u64 = 250;

/// Why an entry is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// There is no such entry.
    Missing,
    /// A name leads out of the package, or a link to something else.
    Unsafe,
    /// It is larger than anything that is sent, or packed so tightly that it looks made to fill the memory.
    TooLarge,
    /// It cannot be read.
    Broken,
}

/// An open package; a clone shares its file and the list of its entries.
#[derive(Clone)]
pub(super) struct Package {
    zip: ZipArchive<SharedFile>,
    names: Arc<[String]>,
}

impl Package {
    /// Opens it, which reads its directory.
    pub fn open(path: &Path) -> Result<Self, Refused> {
        let mut file = SharedFile::open(path).map_err(|_| Refused::Broken)?;
        if stated_entries(&mut file).map_err(|_| Refused::Broken)? > ENTRIES {
            return Err(Refused::TooLarge);
        }
        let zip = ZipArchive::new(file).map_err(|_| Refused::Broken)?;
        if zip.len() as u64 > ENTRIES {
            return Err(Refused::TooLarge);
        }
        let name = |index| zip.name_for_index(index).and_then(Result::ok);
        let names: Arc<[String]> = (0..zip.len())
            .map(|index| name(index).unwrap_or_default().into_owned())
            .collect();
        if names.iter().any(|name| leads_out(name)) {
            return Err(Refused::Unsafe);
        }
        Ok(Self { zip, names })
    }

    /// Names of its files, in the order of its directory.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Whether it has a file of this name.
    pub fn has(&self, name: &str) -> bool {
        self.names().any(|own| own == name)
    }

    /// A file by its name; packages made on Windows are not always right about capitals.
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, Refused> {
        let exact = self.names.iter().position(|own| own == name);
        let lower = || {
            let wanted = name.to_lowercase();
            self.names
                .iter()
                .position(|own| own.to_lowercase() == wanted)
        };
        let index = exact.or_else(lower).ok_or(Refused::Missing)?;
        let mut file = self.zip.by_index(index).map_err(|_| Refused::Broken)?;
        if file.is_symlink() {
            return Err(Refused::Unsafe);
        }
        if file.is_dir() {
            return Err(Refused::Missing);
        }
        let packed = file.compressed_size().max(1);
        let mut bytes = Vec::new();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match file.read(&mut buffer) {
                Ok(0) => return Ok(bytes),
                Ok(read) => bytes.extend_from_slice(&buffer[..read]),
                Err(_) => return Err(Refused::Broken),
            }
            // What is really unpacked counts, not what the directory states.
            let size = bytes.len() as u64;
            if size > LARGEST || size > FREE && size / packed > RATIO {
                return Err(Refused::TooLarge);
            }
        }
    }
}

/// How many files the end of the directory states, so that no list of millions is read to count them.
fn stated_entries(file: &mut SharedFile) -> std::io::Result<u64> {
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(66 * 1024)))?;
    let mut tail = Vec::new();
    file.take(66 * 1024).read_to_end(&mut tail)?;
    let last = |sign: &[u8]| tail.windows(4).rposition(|four| four == sign);
    let wide = last(b"PK\x06\x06").and_then(|at| tail.get(at + 32..at + 40));
    let wide = wide.and_then(|eight| Some(u64::from_le_bytes(eight.try_into().ok()?)));
    let short = last(b"PK\x05\x06").and_then(|at| tail.get(at + 10..at + 12));
    let short = short.map(|two| u64::from(u16::from_le_bytes([two[0], two[1]])));
    file.seek(SeekFrom::Start(0))?;
    Ok(wide.unwrap_or(0).max(short.unwrap_or(0)))
}

/// Whether a name is absolute, climbs up, or names a drive.
fn leads_out(name: &str) -> bool {
    let plain = name.replace('\\', "/");
    let drive = plain.as_bytes().get(1) == Some(&b':');
    plain.starts_with('/')
        || drive
        || name.contains('\0')
        || plain.split('/').any(|part| part == "..")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn packed(files: &[(&str, Vec<u8>)]) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut zip = ZipWriter::new(file.reopen().unwrap());
        for (name, content) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap();
        file
    }

    #[test]
    fn an_entry_is_found_by_its_name_alone() {
        let file = packed(&[("a/Trang.html", b"x".to_vec()), ("b.js", b"y".to_vec())]);
        let mut package = Package::open(file.path()).unwrap();
        assert_eq!(package.read("a/Trang.html").unwrap(), b"x");
        assert_eq!(package.read("A/trang.HTML").unwrap(), b"x");
        for wrong in ["", "a", "a/", "a/../b.js", "/b.js", "../b.js", "b.js/"] {
            assert_eq!(package.read(wrong), Err(Refused::Missing), "{wrong:?}");
        }
    }

    #[test]
    fn names_that_lead_out_close_the_package() {
        for name in [
            "../../etc/passwd",
            "/etc/passwd",
            "a/../../b",
            "c:\\windows\\x",
        ] {
            let file = packed(&[("index.html", b"x".to_vec()), (name, b"y".to_vec())]);
            assert_eq!(
                Package::open(file.path()).err(),
                Some(Refused::Unsafe),
                "{name}"
            );
        }
    }

    #[test]
    fn bombs_do_not_go_off() {
        let file = packed(&[
            ("bomb", vec![0; 20 << 20]),
            (
                "large",
                (0..80_u32 << 18).flat_map(u32::to_le_bytes).collect(),
            ),
        ]);
        let mut package = Package::open(file.path()).unwrap();
        assert_eq!(package.read("bomb"), Err(Refused::TooLarge));
        assert_eq!(package.read("large"), Err(Refused::TooLarge));
    }

    #[test]
    fn links_are_not_followed() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut zip = ZipWriter::new(file.reopen().unwrap());
        zip.add_symlink("link", "/etc/passwd", SimpleFileOptions::default())
            .unwrap();
        zip.finish().unwrap();
        assert_eq!(
            Package::open(file.path()).unwrap().read("link"),
            Err(Refused::Unsafe)
        );
    }
}
