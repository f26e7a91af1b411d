//! Going on from a text that was read once.

use super::constraint::{Grammar, Written};
use super::memory::Memory;
use super::{Inner, Writer};
use std::time::Instant;

/// Pieces that are left for going on.
const ROOM: usize = 512;

/// A text that was read, from which sentences go on. What is tried is forgotten again.
pub struct Session {
    writer: Writer,
    memory: Memory,
    /// The last vector of what was read.
    last: Vec<f32>,
}

/// A text that may come next, and how likely it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likelihood {
    /// Sum of ln p over its pieces.
    pub sum: f64,
    /// Number of its pieces.
    pub pieces: usize,
}

impl Session {
    pub(super) fn new(writer: Writer, context: &str) -> Self {
        let inner = &writer.0;
        let pieces = inner.tokenizer.first(context);
        let most = inner.network.shape.longest.saturating_sub(ROOM).max(2) - 1;
        let start = inner.tokenizer.start();
        let behind = &pieces[pieces.len().saturating_sub(most)..];
        let mut read: Vec<u32> = start.into_iter().chain(behind.iter().copied()).collect();
        if read.is_empty() {
            // Something must stand before what is to be judged.
            read.extend(inner.tokenizer.sorted().first());
        }
        let mut memory = Memory::new(&inner.network.shape);
        let last = inner.read_on(&read, &mut memory).unwrap_or_default();
        Self {
            memory,
            last,
            writer,
        }
    }

    /// Writes a sentence of a grammar behind the text: at each place the likeliest piece of those that lead on, the first of
    /// equals. Where one sentence alone is left, it is the sentence. Nothing where none can be written, it would become too
    /// long, or the time is over.
    pub fn write(
        &mut self,
        before: &str,
        grammar: &Grammar,
        until: Option<Instant>,
    ) -> Option<Written> {
        let length = self.memory.length;
        let written = self.decode(before, grammar, until);
        self.forget(length);
        written
    }

    fn decode(
        &mut self,
        before: &str,
        grammar: &Grammar,
        until: Option<Instant>,
    ) -> Option<Written> {
        let writer = self.writer.clone();
        let inner = &writer.0;
        let mut last = self.on(inner, &inner.tokenizer.pieces(before))?;
        let mut places = grammar.start();
        loop {
            if let Some(written) = grammar.decided(&places) {
                return Some(written);
            }
            if until.is_some_and(|until| Instant::now() >= until) {
                return None;
            }
            let allowed = grammar.usual(&places, &inner.tokenizer);
            let piece = likeliest(inner, &last, &allowed)?;
            places = grammar.steps(places, inner.tokenizer.bytes(piece));
            last = self.on(inner, &[piece])?;
        }
    }

    /// How likely each text is behind the text that was read and `before`. Nothing where there is no room for one, or the
    /// time is over.
    pub fn likelihoods<S: AsRef<str>>(
        &mut self,
        before: &str,
        texts: &[S],
        until: Option<Instant>,
    ) -> Option<Vec<Likelihood>> {
        let length = self.memory.length;
        let found = self.judge(before, texts, until);
        self.forget(length);
        found
    }

    fn judge<S: AsRef<str>>(
        &mut self,
        before: &str,
        texts: &[S],
        until: Option<Instant>,
    ) -> Option<Vec<Likelihood>> {
        let writer = self.writer.clone();
        let inner = &writer.0;
        let last = self.on(inner, &inner.tokenizer.pieces(before))?;
        let length = self.memory.length;
        let mut found = Vec::with_capacity(texts.len());
        for text in texts {
            if until.is_some_and(|until| Instant::now() >= until) {
                return None;
            }
            let pieces = inner.tokenizer.pieces(text.as_ref());
            let mut vectors = last.clone();
            if let Some((_, read)) = pieces.split_last() {
                vectors.extend(inner.read_on(read, &mut self.memory)?);
            }
            self.forget(length);
            found.push(Likelihood {
                sum: -inner.surprise(&vectors, &pieces),
                pieces: pieces.len(),
            });
        }
        Some(found)
    }

    /// Reads on; the vector of the last piece.
    fn on(&mut self, inner: &Inner, pieces: &[u32]) -> Option<Vec<f32>> {
        if pieces.is_empty() {
            return Some(self.last.clone());
        }
        let vectors = inner.read_on(pieces, &mut self.memory)?;
        let width = inner.network.shape.width;
        vectors.chunks(width).next_back().map(<[f32]>::to_vec)
    }

    fn forget(&mut self, length: usize) {
        self.memory.back_to(length, &self.writer.0.network.shape);
    }
}

impl Inner {
    /// The vectors of pieces behind those in memory; nothing where there is no room for them.
    fn read_on(&self, pieces: &[u32], memory: &mut Memory) -> Option<Vec<f32>> {
        let fits = memory.length + pieces.len() <= self.network.shape.longest;
        fits.then(|| self.network.read_on(pieces, memory))
    }
}

fn likeliest(inner: &Inner, last: &[f32], allowed: &[u32]) -> Option<u32> {
    if let [only] = allowed {
        return Some(*only);
    }
    let logits = inner.network.logits_of(last, allowed);
    let both = allowed.iter().zip(logits);
    let best = both.reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map(|(piece, _)| *piece)
}
