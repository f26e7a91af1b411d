//! Language models: which of several texts reads on best, and how usual a text is.

mod constraint;
mod fault;
mod gguf;
mod guard;
mod layer;
mod memory;
mod network;
mod session;
mod shape;
mod tokenizer;
mod turns;

pub use constraint::{Grammar, Written};
pub use guard::Surprise;
pub use session::{Likelihood, Session};

use crate::error::{Error, Result};
use crate::kernels::Instructions;
use crate::models::{ModelFolder, Role};
use fault::Found;
use gguf::Gguf;
use memory::Memory;
use network::Network;
use std::path::Path;
use std::sync::Arc;
use tokenizer::Tokenizer;

/// Vectors whose logits are computed at a time: a vocabulary may have a quarter of a million pieces.
const LOGITS: usize = 8;

/// A language model in a GGUF file. Cheap to clone; all clones share one copy of the weights.
///
/// Computing takes the processor for milliseconds to seconds, always on the calling thread: never call it on an async
/// thread. The same file, texts and machine give the same answer; machines with other instructions round differently.
#[derive(Clone)]
pub struct Writer(Arc<Inner>);

struct Inner {
    tokenizer: Tokenizer,
    network: Network,
    name: String,
    revision: String,
}

impl Writer {
    /// Opens the writer that is in use in this folder.
    ///
    /// # Errors
    /// [`Error::Disabled`] where none has been fetched or chosen; else as [`Writer::open_file`].
    pub fn open(folder: &ModelFolder) -> Result<Self> {
        let chosen = folder.in_use(Role::Writer)?;
        Self::open_file(&chosen.path, &chosen.name, &chosen.revision)
    }

    /// Opens a file that need not be in the table of models.
    ///
    /// # Errors
    /// [`Error::Read`]; [`Error::Damaged`]; [`Error::Missing`] with the key or tensor that it lacks;
    /// [`Error::Unsupported`] with the architecture, the tokenizer or the size that is not computed here.
    pub fn open_file(path: &Path, name: &str, revision: &str) -> Result<Self> {
        let (tokenizer, network) = read(path).map_err(|fault| fault.at(path))?;
        Ok(Self(Arc::new(Inner {
            tokenizer,
            network,
            name: name.to_owned(),
            revision: revision.to_owned(),
        })))
    }

    /// The model's name.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The model's revision.
    pub fn revision(&self) -> &str {
        &self.0.revision
    }

    /// Most pieces of a text that it reads.
    pub fn longest(&self) -> usize {
        self.0.network.shape.longest
    }

    /// The same model with other instructions, for comparisons; those that the machine lacks leave it as it is.
    ///
    /// # Errors
    /// As [`Writer::open_file`].
    pub fn with_instructions(path: &Path, with: Instructions) -> Result<Self> {
        let mut writer = Self::open_file(path, "", "")?;
        let can = Instructions::available().contains(&with);
        if let (true, Some(inner)) = (can, Arc::get_mut(&mut writer.0)) {
            inner.network.with = with;
        }
        Ok(writer)
    }

    /// Identifiers of the pieces of a text. Names of control pieces in it are letters like any others.
    pub fn piece_ids(&self, text: &str) -> Vec<u32> {
        self.0.tokenizer.first(text)
    }

    /// The text of pieces.
    pub fn text(&self, pieces: &[u32]) -> String {
        let bytes = pieces
            .iter()
            .flat_map(|piece| self.0.tokenizer.bytes(*piece));
        String::from_utf8_lossy(&bytes.copied().collect::<Vec<u8>>()).into_owned()
    }

    /// Reads a text, to go on from it any number of times. Of a long one the beginning is left out.
    pub fn read(&self, context: &str) -> Session {
        Session::new(self.clone(), context)
    }

    /// Logits of every piece of the vocabulary after each piece of a text: `[pieces, vocabulary]`.
    ///
    /// # Errors
    /// [`Error::Piece`] where an identifier is not in the vocabulary or there are too many.
    pub fn logits(&self, pieces: &[u32]) -> Result<Vec<Vec<f32>>> {
        self.check(pieces)?;
        let network = &self.0.network;
        let vectors = network.read_on(pieces, &mut Memory::new(&network.shape));
        let width = network.shape.width;
        let logits = vectors.chunks(width).map(|vector| network.logits(vector));
        Ok(logits.collect())
    }

    /// How surprising a text is to the model: e to the mean of −ln p over its pieces but the first. Of a long text the
    /// beginning counts.
    ///
    /// # Errors
    /// As [`Writer::logits`]; a text of fewer than two pieces surprises by 1.
    pub fn perplexity(&self, text: &str) -> Result<f64> {
        let mut pieces: Vec<u32> = self.0.tokenizer.start().into_iter().collect();
        pieces.extend(self.piece_ids(text));
        pieces.truncate(self.longest());
        let Some((_, expected)) = pieces.split_first().filter(|(_, rest)| !rest.is_empty()) else {
            return Ok(1.0);
        };
        let network = &self.0.network;
        let vectors = network.read_on(&pieces, &mut Memory::new(&network.shape));
        let sum = self.0.surprise(&vectors, expected);
        Ok((sum / expected.len() as f64).exp())
    }

    fn check(&self, pieces: &[u32]) -> Result<()> {
        let vocabulary = self.0.network.shape.vocabulary;
        match pieces.iter().find(|piece| **piece as usize >= vocabulary) {
            Some(piece) => Err(Error::Piece(format!(
                "piece {piece} is not in the vocabulary of {vocabulary}"
            ))),
            None if pieces.len() > self.longest() => Err(Error::Piece(format!(
                "{} pieces are more than the {} that it reads",
                pieces.len(),
                self.longest()
            ))),
            None => Ok(()),
        }
    }
}

impl Inner {
    /// Sum of −ln p of the expected pieces, each after its vector.
    fn surprise(&self, vectors: &[f32], expected: &[u32]) -> f64 {
        let width = self.network.shape.width;
        let some = vectors.chunks(width * LOGITS).zip(expected.chunks(LOGITS));
        let sums = some.map(|(vectors, expected)| {
            let vectors = &vectors[..expected.len() * width];
            let logits = self.network.logits(vectors);
            let rows = logits.chunks(self.network.shape.vocabulary);
            rows.zip(expected)
                .map(|(row, piece)| surprise(row, *piece as usize))
                .sum::<f64>()
        });
        sums.sum()
    }
}

/// −ln of the share that a place has of all exponentials.
fn surprise(logits: &[f32], place: usize) -> f64 {
    let most = logits.iter().fold(f32::NEG_INFINITY, |a, b| a.max(*b));
    let sum: f64 = logits
        .iter()
        .map(|logit| f64::from(logit - most).exp())
        .sum();
    sum.ln() - f64::from(logits[place] - most)
}

fn read(path: &Path) -> Found<(Tokenizer, Network)> {
    let mut file = Gguf::open(path)?;
    let network = Network::read(&mut file)?;
    let tokenizer = Tokenizer::read(&file, network.shape.vocabulary)?;
    Ok((tokenizer, network))
}
