//! The vectors in use: opened, added to, tidied.

use super::build::{self, Centre, Fresh, Source};
use super::merge::{self, Merged};
use super::rotation::Rotation;
use super::segment::Segment;
use super::{Entry, Key, Passage};
use crate::{Error, Result};
use serde::{Deserialize, Serialize};
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use tantivy::directory::{Directory, DirectoryLock, Lock, TerminatingWrite};
use xxhash_rust::xxh3::xxh3_64;

/// The file that names the segments in use.
const CURRENT: &str = "current.json";

/// What [`CURRENT`] holds.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Generation {
    /// Name and revision of the model.
    model: String,
    /// Number of the next file.
    next: u64,
    /// Files in use, oldest first.
    segments: Vec<String>,
}

/// One state of the vectors. Cheap to clone, safe to use from many threads.
#[derive(Clone)]
pub struct VectorSet {
    pub(super) segments: Vec<Arc<Segment>>,
    pub(super) rotation: Arc<Rotation>,
    dimensions: usize,
}

impl VectorSet {
    /// Number of entries; one with the same key in two segments counts twice.
    pub fn entries(&self) -> usize {
        self.segments
            .iter()
            .map(|segment| segment.layout.entries)
            .sum()
    }

    /// Number of passages.
    pub fn passages(&self) -> usize {
        self.segments
            .iter()
            .map(|segment| segment.layout.passages)
            .sum()
    }

    /// Coordinates of a vector.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// Whether there is no vector at all.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// Where the vectors for a key are; of several the newest.
    pub fn find(&self, key: Key) -> Option<Entry> {
        let mut newest_first = self.segments.iter().enumerate().rev();
        newest_first.find_map(|(number, s)| Some((number as u32, s.find(key)?)))
    }

    /// Number of segments.
    pub(crate) fn parts(&self) -> usize {
        self.segments.len()
    }

    /// Where another state has the same segment.
    pub(crate) fn place_in(&self, part: usize, other: &Self) -> Option<usize> {
        let own = self.segments.get(part)?;
        let mut others = other.segments.iter();
        others.position(|segment| Arc::ptr_eq(segment, own))
    }

    /// Keys of a segment, ascending.
    pub(crate) fn keys(&self, part: usize) -> impl Iterator<Item = Key> + '_ {
        let segment = &self.segments[part];
        (0..segment.layout.entries).map(|entry| segment.key(entry))
    }

    /// The entry of one segment that has a key.
    pub(crate) fn find_in(&self, part: usize, key: Key) -> Option<u32> {
        self.segments.get(part)?.find(key)
    }

    /// Bytes of text that an entry's passages are made from; `None` where one of them has no place in the
    /// text, as a summary has none.
    pub(crate) fn covered(&self, (part, entry): Entry) -> Option<u64> {
        let segment = self.segments.get(part as usize)?;
        let length = |passage| {
            let (from, to) = segment.place(passage);
            (to > from).then(|| u64::from(to - from))
        };
        segment.passages_of(entry).map(length).sum()
    }

    /// Entries in each segment, in order.
    pub(crate) fn sizes(&self) -> impl Iterator<Item = usize> + '_ {
        self.segments.iter().map(|segment| segment.layout.entries)
    }
}

/// The one writer of a folder of vectors, and its reader.
pub struct VectorStore {
    directory: Box<dyn Directory>,
    generation: Generation,
    set: VectorSet,
    model: u64,
    _lock: DirectoryLock,
}

impl VectorStore {
    /// Opens the vectors in `folder`, made by `model` (name and revision); makes the folder where there
    /// is none. What is damaged, unfinished or of another model is passed over and removed: those
    /// resources count as not yet encoded.
    ///
    /// # Errors
    /// [`Error::VectorsLocked`] while another process writes, [`Error::Folder`] where the folder cannot be used.
    #[cfg(feature = "write")]
    pub fn open(folder: &Path, model: &str, dimensions: usize) -> Result<Self> {
        let unusable = |source| Error::Folder {
            folder: folder.to_owned(),
            source,
        };
        std::fs::create_dir_all(folder).map_err(unusable)?;
        let directory =
            tantivy::directory::MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?;
        let store = Self::in_directory(Box::new(directory), model, dimensions)?;
        store.remove_strangers(std::fs::read_dir(folder).map_err(unusable)?);
        Ok(store)
    }

    /// The same in memory, for tests and short-lived collections.
    pub fn in_memory(model: &str, dimensions: usize) -> Result<Self> {
        Self::in_directory(
            Box::new(tantivy::directory::RamDirectory::create()),
            model,
            dimensions,
        )
    }

    fn in_directory(directory: Box<dyn Directory>, model: &str, dimensions: usize) -> Result<Self> {
        let lock = Lock {
            filepath: "writer.lock".into(),
            is_blocking: false,
        };
        let lock = directory
            .acquire_lock(&lock)
            .map_err(|_| Error::VectorsLocked)?;
        let number = xxh3_64(model.as_bytes());
        let mut generation = read_generation(directory.as_ref(), model);
        let read = |name: &String| {
            let file = directory
                .open_read(Path::new(name))
                .ok()?
                .read_bytes()
                .ok()?;
            Segment::read(name, file, number, dimensions).map(Arc::new)
        };
        let segments: Vec<Arc<Segment>> = generation.segments.iter().filter_map(read).collect();
        generation.segments = segments
            .iter()
            .map(|segment| segment.name.clone())
            .collect();
        let rotation = Arc::new(Rotation::new(dimensions));
        let set = VectorSet {
            segments,
            rotation,
            dimensions,
        };
        Ok(Self {
            directory,
            generation,
            set,
            model: number,
            _lock: lock,
        })
    }

    /// The vectors as they are now.
    pub fn set(&self) -> VectorSet {
        self.set.clone()
    }

    /// Adds entries, durable and visible together; an entry whose key is there already replaces it.
    /// Passages of another length, or of no direction, are passed over.
    pub fn append(&mut self, entries: Vec<(Key, Vec<Passage>)>) -> Result<()> {
        let usable = |(key, passages): (Key, Vec<Passage>)| {
            let rotated: Vec<Passage> = passages
                .iter()
                .filter_map(|passage| self.rotated(passage))
                .collect();
            (!rotated.is_empty()).then_some((key, rotated))
        };
        let fresh = Fresh::new(entries.into_iter().filter_map(usable).collect());
        if fresh.entries() == 0 {
            return Ok(());
        }
        let centre = self.centre_for(&fresh);
        let added = self.write(&fresh, &centre)?;
        let mut segments = self.set.segments.clone();
        segments.push(added);
        self.publish(segments)?;
        self.merge_due()
    }

    /// Writes segments anew in which more than a third of the entries are not to be kept. Returns
    /// how many entries were dropped.
    pub fn tidy(&mut self, keep: &dyn Fn(Key) -> bool) -> Result<usize> {
        let before = self.set.entries();
        let stale = |segment: &Segment| {
            let dropped = (0..segment.layout.entries)
                .filter(|entry| !keep(segment.key(*entry)))
                .count();
            3 * dropped > segment.layout.entries
        };
        let places: Vec<usize> = (0..self.set.segments.len())
            .filter(|place| stale(&self.set.segments[*place]))
            .collect();
        if !places.is_empty() {
            self.merge(&places, keep)?;
        }
        Ok(before - self.set.entries())
    }

    fn rotated(&self, passage: &Passage) -> Option<Passage> {
        let length = passage
            .vector
            .iter()
            .map(|value| value * value)
            .sum::<f32>()
            .sqrt();
        let sound =
            passage.vector.len() == self.set.dimensions && length.is_finite() && length > 0.0;
        sound.then(|| {
            let unit: Vec<f32> = passage.vector.iter().map(|value| value / length).collect();
            Passage {
                vector: self.set.rotation.apply(&unit),
                place: passage.place,
            }
        })
    }

    /// The centre of the segment that knows most, unless the batch itself knows more.
    fn centre_for(&self, fresh: &Fresh) -> Centre {
        let known = self
            .set
            .segments
            .iter()
            .max_by_key(|segment| segment.layout.centred_on);
        let batch: usize = (0..fresh.entries()).map(|entry| fresh.count(entry)).sum();
        match known {
            Some(segment) if segment.layout.centred_on as usize >= batch / 4 => Centre {
                mean: segment.centre.clone(),
                of: segment.layout.centred_on,
            },
            _ => Centre::of(fresh, self.set.dimensions),
        }
    }

    fn merge_due(&mut self) -> Result<()> {
        while let Some(places) = merge::due(&self.set.segments) {
            self.merge(&places, &|_| true)?;
        }
        Ok(())
    }

    fn merge(&mut self, places: &[usize], keep: &dyn Fn(Key) -> bool) -> Result<()> {
        let old = self.set.segments.clone();
        let chosen: Vec<Arc<Segment>> = places.iter().map(|place| old[*place].clone()).collect();
        let merged = Merged::new(&chosen, keep);
        let one = match merged.entries() {
            0 => None,
            _ => Some(self.write(&merged, &merged.centre(self.set.dimensions))?),
        };
        // In the place of its newest part, so that what is newer still wins.
        let last = places.last().copied().unwrap_or(0);
        let segments =
            old.iter()
                .enumerate()
                .filter_map(|(place, segment)| match places.contains(&place) {
                    true if place == last => one.clone(),
                    true => None,
                    false => Some(segment.clone()),
                });
        self.publish(segments.collect())?;
        for segment in &chosen {
            // Removed once the last reader lets go; one that stays is removed at the next start.
            self.directory.delete(Path::new(&segment.name)).ok();
        }
        Ok(())
    }

    fn write(&mut self, source: &dyn Source, centre: &Centre) -> Result<Arc<Segment>> {
        let name = format!("{:06}.vectors", self.generation.next);
        self.generation.next += 1;
        let path = Path::new(&name);
        self.directory.delete(path).ok();
        let mut out = self
            .directory
            .open_write(path)
            .map_err(tantivy::TantivyError::from)?;
        build::write(&mut out, source, centre, self.model)?;
        out.flush()?;
        out.terminate()?;
        let file = self
            .directory
            .open_read(path)
            .map_err(tantivy::TantivyError::from)?
            .read_bytes()?;
        let segment = Segment::read(&name, file, self.model, self.set.dimensions);
        segment.map(Arc::new).ok_or(Error::Vectors(name))
    }

    fn publish(&mut self, segments: Vec<Arc<Segment>>) -> Result<()> {
        self.generation.segments = segments
            .iter()
            .map(|segment| segment.name.clone())
            .collect();
        let text = serde_json::to_vec_pretty(&self.generation).unwrap_or_default();
        self.directory.sync_directory()?;
        self.directory.atomic_write(Path::new(CURRENT), &text)?;
        self.directory.sync_directory()?;
        self.set.segments = segments;
        Ok(())
    }

    /// Removes files of vectors that are in no use: of an interrupted write, damaged, or merged.
    #[cfg(feature = "write")]
    fn remove_strangers(&self, files: std::fs::ReadDir) {
        for file in files.flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            if name.ends_with(".vectors") && !self.generation.segments.contains(&name) {
                std::fs::remove_file(file.path()).ok();
            }
        }
    }
}

/// What is in use; nothing where the file is missing, damaged, or of another model. File numbers are
/// never given twice while files of a former run may still be mapped.
fn read_generation(directory: &dyn Directory, model: &str) -> Generation {
    let text = directory.atomic_read(Path::new(CURRENT)).ok();
    let read: Option<Generation> = text.and_then(|text| serde_json::from_slice(&text).ok());
    let fresh = Generation {
        model: model.to_owned(),
        next: 1,
        segments: Vec::new(),
    };
    match read {
        Some(generation) if generation.model == model => generation,
        Some(other) => Generation {
            next: other.next,
            ..fresh
        },
        None => fresh,
    }
}
