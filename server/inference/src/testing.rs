//! Small models with random weights, for tests of whatever uses one: an encoder, and ([`TinyWriter`]) language models.
//! Their answers mean nothing.
//!
//! The encoder's vectors mean nothing, but they are the
//! same for the same text, differ for different ones, and have every shape that the real ones have.

mod writer;

pub use writer::TinyWriter;

use std::io;
use std::path::{Path, PathBuf};

/// Width of the vectors, as the real one has it.
const WIDTH: usize = 384;
const INNER: usize = 64;
const LAYERS: usize = 2;
/// Pieces that it reads at once: few, so that tests reach windows soon.
const POSITIONS: usize = 64;

/// Writes the model into a folder and returns its file.
///
/// # Errors
/// The folder can't be written.
pub fn write_encoder(folder: &Path) -> io::Result<PathBuf> {
    let path = folder.join("tiny-encoder.bin");
    std::fs::write(&path, encoder())?;
    Ok(path)
}

/// The bytes of the model's file.
pub fn encoder() -> Vec<u8> {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let pieces = pieces();
    let mut file = b"E5S1".to_vec();
    let sizes = [
        1,
        WIDTH,
        LAYERS,
        WIDTH / 32,
        INNER,
        pieces.len(),
        POSITIONS,
        2,
    ];
    sizes.iter().for_each(|size| number(&mut file, *size));
    file.extend(1e-12f32.to_le_bytes());
    number(&mut file, 32);
    vocabulary(&mut file, &pieces);
    tensors(&mut file, pieces.len(), &mut random);
    file
}

/// Special pieces, letters of the three languages, and some words.
fn pieces() -> Vec<(String, f32)> {
    let mut pieces: Vec<(String, f32)> = ["<s>", "<pad>", "</s>", "<unk>"]
        .map(|name| (name.to_owned(), 0.0))
        .into();
    let letters = "▁abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;!?-()'ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵçœëïîû";
    pieces.extend(letters.chars().map(|c| (c.to_string(), -8.0)));
    let words =
        "query passage : ▁query ▁passage ▁học ▁bài ▁phân ▁số ▁the ▁of ▁lesson ▁le ▁la ▁leçon";
    pieces.extend(words.split(' ').map(|word| (word.to_owned(), -4.0)));
    pieces
}

fn vocabulary(file: &mut Vec<u8>, pieces: &[(String, f32)]) {
    number(file, pieces.len());
    [0, 2, 1, 3].iter().for_each(|id| number(file, *id));
    let text: String = pieces.iter().map(|(piece, _)| piece.as_str()).collect();
    file.extend((text.len() as u64).to_le_bytes());
    let mut start = 0;
    number(file, start);
    for (piece, _) in pieces {
        start += piece.len();
        number(file, start);
    }
    pieces
        .iter()
        .for_each(|(_, score)| file.extend(score.to_le_bytes()));
    file.extend(text.bytes());
    // two characters become others: a line break a space, a soft hyphen nothing
    number(file, 2);
    number(file, 4 + 1 + 4 + 4 + 1);
    number(file, '\n' as usize);
    file.push(1);
    number(file, ' ' as usize);
    number(file, '\u{ad}' as usize);
    file.push(0);
}

fn tensors(file: &mut Vec<u8>, vocabulary: usize, random: &mut Random) {
    let mut all: Vec<(String, u8, usize)> = vec![
        ("emb.word".to_owned(), 1, vocabulary * WIDTH),
        ("emb.pos".to_owned(), 0, POSITIONS * WIDTH),
        ("emb.type".to_owned(), 0, 2 * WIDTH),
    ];
    norm(&mut all, "emb.ln");
    for layer in 0..LAYERS {
        for (part, rows, width) in [
            ("q", WIDTH, WIDTH),
            ("k", WIDTH, WIDTH),
            ("v", WIDTH, WIDTH),
            ("ao", WIDTH, WIDTH),
            ("fi", INNER, WIDTH),
            ("fo", WIDTH, INNER),
        ] {
            all.push((format!("l{layer}.{part}.w"), 1, rows * width));
            all.push((format!("l{layer}.{part}.b"), 0, rows));
        }
        norm(&mut all, &format!("l{layer}.aln"));
        norm(&mut all, &format!("l{layer}.oln"));
    }
    number(file, all.len());
    let directory: usize = all
        .iter()
        .map(|(name, _, _)| 2 + name.len() + 1 + 4 + 16)
        .sum();
    let mut start = file.len() + directory;
    for (name, kind, count) in &all {
        let length = if *kind == 0 {
            count * 4
        } else {
            count / 32 * 18
        };
        file.extend((name.len() as u16).to_le_bytes());
        file.extend(name.bytes());
        file.push(*kind);
        number(file, *count);
        file.extend((start as u64).to_le_bytes());
        file.extend((length as u64).to_le_bytes());
        start += length;
    }
    for (name, kind, count) in &all {
        match kind {
            0 => (0..*count).for_each(|_| file.extend(random.weight(name).to_le_bytes())),
            _ => (0..count / 32).for_each(|_| block(file, random)),
        }
    }
}

fn norm(all: &mut Vec<(String, u8, usize)>, name: &str) {
    all.push((format!("{name}.w"), 0, WIDTH));
    all.push((format!("{name}.b"), 0, WIDTH));
}

fn block(file: &mut Vec<u8>, random: &mut Random) {
    // half precision: 2⁻⁶ and a little
    file.extend((0x2400 + (random.next() % 256) as u16).to_le_bytes());
    (0..16).for_each(|_| file.push(random.next() as u8));
}

fn number(file: &mut Vec<u8>, number: usize) {
    file.extend((number as u32).to_le_bytes());
}

/// Numbers that look random and are always the same (xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 16
    }

    /// Around one for what norms multiply, around zero else.
    fn weight(&mut self, name: &str) -> f32 {
        let small = (self.next() % 2000) as f32 / 10_000.0 - 0.1;
        if name.ends_with("ln.w") {
            1.0 + small
        } else {
            small
        }
    }
}
