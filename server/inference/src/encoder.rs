//! Text to vectors: multilingual-e5-small.

mod file;
mod network;
mod reference;
mod sections;
mod tokenizer;

pub use reference::Reference;
pub use sections::Section;

use crate::error::{Error, Result};
use crate::kernels::Instructions;
use crate::models::{self, ModelFolder, Role};
use file::{Damage, File};
use network::{Batch, Network};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tokenizer::Tokenizer;

/// Numbers in a vector.
pub const DIMENSIONS: usize = 384;

/// What a text means: a place on the unit sphere. The cosine of two vectors is their scalar product.
///
/// Cosines of this model lie close together, from about .7 for texts that have nothing in common to .95: they put
/// candidates in order, they say nothing by themselves.
pub type Vector = [f32; DIMENSIONS];

/// Turns texts into vectors. Cheap to clone; all clones share one copy of the weights.
///
/// Computing takes the processor for milliseconds: never call it on an async thread.
#[derive(Clone)]
pub struct Encoder(Arc<Inner>);

/// The encoder that was opened last, as long as somebody has it.
static OPEN: Mutex<Option<(PathBuf, Weak<Inner>)>> = Mutex::new(None);

struct Inner {
    tokenizer: Tokenizer,
    network: Network,
    name: String,
    revision: String,
    with: Instructions,
}

/// What a text is for: the model was trained with these words in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Query,
    Passage,
}

impl Purpose {
    fn words(self) -> &'static str {
        match self {
            Self::Query => "query: ",
            Self::Passage => "passage: ",
        }
    }
}

impl Encoder {
    /// Opens the encoder that is in use in this folder. While somebody in this program has it open already, this is
    /// the same one: its weights are in memory once.
    ///
    /// # Errors
    /// [`Error::Disabled`] where none has been fetched; [`Error::Damaged`] where the file isn't what was pinned.
    pub fn open(folder: &ModelFolder) -> Result<Self> {
        let chosen = folder.in_use(Role::Encoder)?;
        let mut kept = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |(path, inner): &(PathBuf, Weak<Inner>)| {
            let inner = inner.upgrade().filter(|_| *path == chosen.path)?;
            (inner.name == chosen.name && inner.revision == chosen.revision).then_some(inner)
        };
        if let Some(inner) = kept.as_ref().and_then(same) {
            return Ok(Self(inner));
        }
        let opened = Self::open_file(&chosen.path, &chosen.name, &chosen.revision)?;
        *kept = Some((chosen.path, Arc::downgrade(&opened.0)));
        Ok(opened)
    }

    /// Opens a file that need not be in the table of models. Name and revision are those to be kept with vectors.
    ///
    /// # Errors
    /// [`Error::Read`] and [`Error::Damaged`].
    pub fn open_file(path: &Path, name: &str, revision: &str) -> Result<Self> {
        let bytes = models::read(path)?;
        let (tokenizer, network) = read(&bytes).map_err(|reason| Error::Damaged {
            path: path.to_owned(),
            reason,
        })?;
        Ok(Self(Arc::new(Inner {
            tokenizer,
            network,
            name: name.to_owned(),
            revision: revision.to_owned(),
            with: Instructions::best(),
        })))
    }

    /// The model's name, to be kept with its vectors: vectors of different models can't be compared.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The model's revision, likewise.
    pub fn revision(&self) -> &str {
        &self.0.revision
    }

    /// Which instructions of the machine are used.
    pub fn instructions(&self) -> Instructions {
        self.0.with
    }

    /// The vector of what somebody searches. Only the beginning of a very long one counts: 510 pieces.
    ///
    /// # Errors
    /// [`Error::Compute`], which would be a mistake in this program.
    pub fn query(&self, text: &str) -> Result<Vector> {
        let mut pieces = self.pieces(text, Purpose::Query);
        pieces.truncate(self.window());
        Ok(unit(&self.0.means(&[&pieces])?[0]))
    }

    /// The vector of what can be found. A text longer than the model's 510 pieces is read in windows, whose vectors are
    /// averaged by their lengths; [`Encoder::sections`] keeps them apart.
    ///
    /// # Errors
    /// As [`Encoder::query`].
    pub fn passage(&self, text: &str) -> Result<Vector> {
        let pieces = self.pieces(text, Purpose::Passage);
        let mut sum = vec![0.0; DIMENSIONS];
        for window in windows(&pieces, self.window()) {
            let mean = &self.0.means(&[window])?[0];
            let weight = window.len().max(1) as f32;
            sum.iter_mut()
                .zip(mean)
                .for_each(|(sum, x)| *sum += weight * x);
        }
        Ok(unit(&sum))
    }

    /// [`Encoder::query`] for many, on all cores; vectors in the order of the texts.
    ///
    /// # Errors
    /// As [`Encoder::query`].
    pub fn queries<S: AsRef<str> + Sync>(&self, texts: &[S]) -> Result<Vec<Vector>> {
        on_all_cores(texts, |text| self.query(text.as_ref()))
    }

    /// [`Encoder::passage`] for many, on all cores; vectors in the order of the texts.
    ///
    /// # Errors
    /// As [`Encoder::query`].
    pub fn passages<S: AsRef<str> + Sync>(&self, texts: &[S]) -> Result<Vec<Vector>> {
        on_all_cores(texts, |text| self.passage(text.as_ref()))
    }

    /// Number of pieces that the model reads of a text as a passage; its time grows with them.
    pub fn length(&self, text: &str) -> usize {
        self.pieces(text, Purpose::Passage).len() + 2
    }

    /// Identifiers of the pieces of a text, without those that begin and end it.
    pub fn piece_ids(&self, text: &str) -> Vec<u32> {
        self.0.tokenizer.pieces(text)
    }

    /// The same encoder with other instructions, for comparisons; those that the machine lacks leave it as it is.
    pub fn with_instructions(path: &Path, with: Instructions) -> Result<Self> {
        let mut encoder = Self::open_file(path, "", "")?;
        if let (true, Some(inner)) = (
            Instructions::available().contains(&with),
            Arc::get_mut(&mut encoder.0),
        ) {
            inner.with = with;
        }
        Ok(encoder)
    }

    fn pieces(&self, text: &str, purpose: Purpose) -> Vec<u32> {
        self.0
            .tokenizer
            .pieces(&format!("{}{}", purpose.words(), text.trim_start()))
    }

    /// Pieces that the model can read at once, without the two around them.
    fn window(&self) -> usize {
        self.0.network.sizes.positions - 2
    }
}

impl Inner {
    fn means(&self, texts: &[&[u32]]) -> Result<Vec<Vec<f32>>> {
        let batch = batch(&self.tokenizer, texts);
        Ok(self.network.mean_vectors(&batch, self.with)?)
    }
}

fn read(bytes: &[u8]) -> Result<(Tokenizer, Network), Damage> {
    let file = File::read(bytes)?;
    if file.sizes.width != DIMENSIONS {
        return Err(format!(
            "its vectors have {} numbers, this program keeps {DIMENSIONS}",
            file.sizes.width
        ));
    }
    let network = Network::read(&file)?;
    Ok((file.tokenizer, network))
}

fn batch(tokenizer: &Tokenizer, texts: &[&[u32]]) -> Batch {
    let mut batch = Batch::default();
    for text in texts {
        let start = batch.pieces.len();
        batch.pieces.push(tokenizer.special.start);
        batch.pieces.extend(*text);
        batch.pieces.push(tokenizer.special.end);
        batch.segments.push(start..batch.pieces.len());
    }
    batch
}

/// A text's pieces in windows; one, if empty, where there are none.
fn windows(pieces: &[u32], size: usize) -> impl Iterator<Item = &[u32]> {
    let count = pieces.len().div_ceil(size).max(1);
    (0..count).map(move |number| &pieces[number * size..pieces.len().min((number + 1) * size)])
}

/// Length one; the vector of nothing stays nothing.
fn unit(x: &[f32]) -> Vector {
    let length = x
        .iter()
        .map(|x| x * x)
        .sum::<f32>()
        .sqrt()
        .max(f32::MIN_POSITIVE);
    std::array::from_fn(|place| x.get(place).map_or(0.0, |x| x / length))
}

/// Does the work for each text, one thread a core, each taking the next text when it is free.
pub(crate) fn on_all_cores<S: Sync, T: Send>(
    texts: &[S],
    work: impl Fn(&S) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    let cores = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(texts.len());
    let next = AtomicUsize::new(0);
    let one_core = || {
        let mut done = Vec::new();
        while let Some((number, text)) = take(&next, texts) {
            done.push((number, work(text)?));
        }
        Ok::<_, Error>(done)
    };
    let mut all: Vec<(usize, T)> = std::thread::scope(|scope| {
        let helpers: Vec<_> = (1..cores).map(|_| scope.spawn(one_core)).collect();
        let mut all = one_core()?;
        for helper in helpers {
            all.extend(
                helper
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))?,
            );
        }
        Ok::<_, Error>(all)
    })?;
    all.sort_by_key(|(number, _)| *number);
    Ok(all.into_iter().map(|(_, done)| done).collect())
}

fn take<'a, S>(next: &AtomicUsize, texts: &'a [S]) -> Option<(usize, &'a S)> {
    let number = next.fetch_add(1, Ordering::Relaxed);
    Some((number, texts.get(number)?))
}
