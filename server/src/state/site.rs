//! The built style and scripts.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use khue_app::services::{CurrentFiles, FirstStyle, PackReader, SiteFiles};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// Name of the list of files in the folder.
const MANIFEST: &str = "manifest.json";

/// What the list calls the style that stands in pages.
const FIRST: &str = "khue-first.css";

/// Shortest time between two looks at whether the list has changed.
const PAUSE: Duration = Duration::from_secs(1);

/// The folder of the built style and scripts, if there is one. A site that is built anew is noticed. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Site(Option<Arc<Built>>);

#[derive(Debug)]
struct Built {
    folder: PathBuf,
    seen: Mutex<Seen>,
}

/// The list as it was read last.
#[derive(Debug)]
struct Seen {
    looked: Instant,
    edition: Option<Edition>,
    files: Arc<SiteFiles>,
}

/// What tells one edition of the list from the next: when it was written, and its size.
type Edition = (SystemTime, u64);

#[derive(Deserialize)]
struct Manifest {
    assets: BTreeMap<String, Asset>,
    /// What became of the half that reads packs.
    #[serde(default)]
    packs: String,
}

#[derive(Deserialize)]
struct Asset {
    path: String,
}

impl Site {
    /// The site in the folder that is set, else the first one found in the usual places.
    pub fn find(set: Option<&Path>) -> Self {
        match set {
            Some(folder) => Self::open(folder).unwrap_or_default(),
            None => usual_places()
                .iter()
                .find_map(|folder| Self::open(folder))
                .unwrap_or_default(),
        }
    }

    /// The site in a folder; `None` where there is none.
    pub fn open(folder: &Path) -> Option<Self> {
        let edition = edition(folder);
        let files = Arc::new(read(folder)?);
        let seen = Seen {
            looked: Instant::now(),
            edition,
            files,
        };
        Some(Self(Some(Arc::new(Built {
            folder: folder.to_owned(),
            seen: Mutex::new(seen),
        }))))
    }

    /// Where it is.
    pub fn folder(&self) -> Option<&Path> {
        self.0.as_deref().map(|built| built.folder.as_path())
    }

    /// The addresses that a page made now names.
    pub fn files(&self) -> Arc<SiteFiles> {
        self.look(PAUSE)
    }

    /// Looks at the list at once: who asks for the service worker keeps pages of the same edition with it.
    pub fn renew(&self) {
        self.look(Duration::ZERO);
    }

    fn look(&self, pause: Duration) -> Arc<SiteFiles> {
        let built = self.0.as_deref();
        built.map(|built| built.files(pause)).unwrap_or_default()
    }

    /// The same for pages, which ask each time.
    pub fn current(&self) -> CurrentFiles {
        let site = self.clone();
        CurrentFiles::new(move || site.files())
    }
}

impl Built {
    /// Reads the list again where another lies there, looking at most once in `pause`.
    fn files(&self, pause: Duration) -> Arc<SiteFiles> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.looked.elapsed() >= pause {
            seen.look_again(&self.folder);
        }
        seen.files.clone()
    }
}

impl Seen {
    fn look_again(&mut self, folder: &Path) {
        self.looked = Instant::now();
        let edition = edition(folder);
        if edition == self.edition {
            return;
        }
        // A list that cannot be read is looked at again; until then the one before is in force, whose files stay.
        if let Some(files) = read(folder) {
            tracing::info!(folder = %folder.display(), "style and scripts were built anew");
            self.files = Arc::new(files);
            self.edition = edition;
        }
    }
}

fn edition(folder: &Path) -> Option<Edition> {
    let about = std::fs::metadata(folder.join(MANIFEST)).ok()?;
    Some((about.modified().ok()?, about.len()))
}

fn read(folder: &Path) -> Option<SiteFiles> {
    let text = std::fs::read_to_string(folder.join(MANIFEST)).ok()?;
    let Manifest { assets, packs } = serde_json::from_str(&text).ok()?;
    let address = |name: &str| Some(format!("/{}", assets.get(name)?.path));
    let mut files = SiteFiles::from_manifest(address);
    let first = assets.get(FIRST).map(|asset| folder.join(&asset.path));
    files.first_style = first.and_then(|file| first_style(&file)).map(Arc::new);
    // While it is being built anew, what is there of the edition before is for those who keep a pack already.
    match packs.as_str() {
        "coming" => files.packs = PackReader::Coming,
        "failed" => files.packs = PackReader::Failed,
        _ => {}
    }
    Some(files)
}

/// The style that stands in pages, and its hash.
fn first_style(file: &Path) -> Option<FirstStyle> {
    let text = std::fs::read_to_string(file).ok()?;
    // Nothing else could end it early.
    if text.contains("</") {
        return None;
    }
    let sha256 = BASE64.encode(Sha256::digest(&text));
    Some(FirstStyle { text, sha256 })
}

fn usual_places() -> Vec<PathBuf> {
    let program = std::env::current_exe().ok();
    let beside = program.as_deref().and_then(Path::parent);
    let around = beside.and_then(Path::parent);
    let mut places: Vec<PathBuf> = around
        .into_iter()
        .chain(beside)
        .map(|folder| folder.join("site"))
        .collect();
    places.extend(["site".into(), "target/site".into()]);
    places
}
