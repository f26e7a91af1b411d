//! The encoder's file: one file with sizes, vocabulary and weights.
//!
//! Everything is little-endian. Magic `E5S1`, a version, then seven sizes (width, layers, heads, inner width, vocabulary,
//! positions, types), the epsilon of the norms, numbers in a block; the tokenizer: number of pieces, four special pieces,
//! length of all pieces, where each begins, a score for each, the pieces; a table of characters and what they become;
//! then a directory: for each tensor its name, kind (0 single precision, 1 Q4_0), count, place and length.

use super::tokenizer::{Special, Tokenizer};
use std::collections::HashMap;

/// Why a file is not what it should be: what is wrong, and where.
pub(super) type Damage = String;

/// Sizes of the network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sizes {
    pub width: usize,
    pub layers: usize,
    pub heads: usize,
    pub inner: usize,
    pub vocabulary: usize,
    pub positions: usize,
    pub epsilon: f32,
}

/// A file that was read; tensors are asked for by name.
pub(super) struct File<'a> {
    pub sizes: Sizes,
    pub tokenizer: Tokenizer,
    bytes: &'a [u8],
    tensors: HashMap<&'a str, Tensor>,
}

#[derive(Clone, Copy)]
struct Tensor {
    kind: u8,
    count: usize,
    start: usize,
    length: usize,
}

impl<'a> File<'a> {
    /// Reads sizes, tokenizer and directory.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, Damage> {
        let mut from = Reader { bytes, at: 0 };
        if from.take(4, "magic")? != b"E5S1" {
            return Err("it does not begin with E5S1, so it is no encoder of this kind".to_owned());
        }
        match from.u32("version")? {
            1 => {}
            other => {
                return Err(format!(
                    "its version is {other}, this program reads version 1"
                ));
            }
        }
        let sizes = sizes(&mut from)?;
        let tokenizer = tokenizer(&mut from)?;
        let tensors = directory(&mut from)?;
        Ok(Self {
            sizes,
            tokenizer,
            bytes,
            tensors,
        })
    }

    /// Numbers in single precision.
    pub(super) fn numbers(&self, name: &str, count: usize) -> Result<Vec<f32>, Damage> {
        let bytes = self.tensor(name, 0, count, count * 4)?;
        let four = bytes.as_chunks::<4>().0.iter();
        let numbers: Vec<f32> = four.map(|four| f32::from_le_bytes(*four)).collect();
        match numbers.iter().position(|number| !number.is_finite()) {
            Some(place) => Err(format!("tensor {name}: number {place} is not finite")),
            None => Ok(numbers),
        }
    }

    /// Blocks of 4-bit weights, as they are in the file.
    pub(super) fn blocks(&self, name: &str, count: usize) -> Result<&'a [u8], Damage> {
        self.tensor(name, 1, count, count / 32 * 18)
    }

    fn tensor(
        &self,
        name: &str,
        kind: u8,
        count: usize,
        length: usize,
    ) -> Result<&'a [u8], Damage> {
        let tensor = self.tensors.get(name);
        let tensor = tensor.ok_or_else(|| format!("there is no tensor {name}"))?;
        if (tensor.kind, tensor.count, tensor.length) != (kind, count, length) {
            return Err(format!(
                "tensor {name} has {} numbers of kind {} in {} bytes, expected {count} of kind {kind} in {length}",
                tensor.count, tensor.kind, tensor.length
            ));
        }
        let end = tensor.start.checked_add(length);
        end.and_then(|end| self.bytes.get(tensor.start..end))
            .ok_or_else(|| format!("tensor {name} reaches beyond the end of the file"))
    }
}

fn sizes(from: &mut Reader<'_>) -> Result<Sizes, Damage> {
    let mut size = |what, most| from.size(what, most);
    let (width, layers, heads) = (
        size("width", 4096)?,
        size("layers", 64)?,
        size("heads", 64)?,
    );
    let (inner, vocabulary) = (size("inner width", 16384)?, size("vocabulary", 1 << 21)?);
    let (positions, _types) = (size("positions", 8192)?, size("types", 16)?);
    let epsilon = f32::from_bits(from.u32("epsilon")?);
    let block = from.u32("numbers in a block")?;
    let fits = width % 32 == 0 && inner % 32 == 0 && heads * 32 == width && block == 32;
    if !fits || layers == 0 || positions < 8 || !epsilon.is_finite() {
        return Err(format!(
            "width {width}, inner width {inner}, {heads} heads, {positions} positions, blocks of {block}: this program computes heads of 32 and blocks of 32"
        ));
    }
    Ok(Sizes {
        width,
        layers,
        heads,
        inner,
        vocabulary,
        positions,
        epsilon,
    })
}

fn tokenizer(from: &mut Reader<'_>) -> Result<Tokenizer, Damage> {
    let count = from.size("pieces", 1 << 21)?;
    let mut id = || from.u32("special pieces");
    let (start, end, _pad, unknown) = (id()?, id()?, id()?, id()?);
    let length = usize::try_from(from.u64("length of pieces")?).unwrap_or(usize::MAX);
    let starts = from.numbers(count + 1, "places of pieces", u32::from_le_bytes)?;
    let scores = from.numbers(count, "scores of pieces", f32::from_le_bytes)?;
    let pieces = from.take(length, "pieces")?.to_vec();
    let rules = from.size("characters to replace", 1 << 20)?;
    let _bytes = from.u32("length of characters to replace")?;
    let mut table = HashMap::with_capacity(rules);
    for _ in 0..rules {
        let (character, becomes) = rule(from)?;
        table.insert(character, becomes);
    }
    let special = Special {
        start,
        end,
        unknown,
    };
    Tokenizer::new(starts, scores, pieces, table, special)
}

fn rule(from: &mut Reader<'_>) -> Result<(char, Box<str>), Damage> {
    let character = from.character()?;
    let [count] = from.array("characters to replace")?;
    let becomes: Result<String, Damage> = (0..count).map(|_| from.character()).collect();
    Ok((character, becomes?.into()))
}

fn directory<'a>(from: &mut Reader<'a>) -> Result<HashMap<&'a str, Tensor>, Damage> {
    let count = from.size("tensors", 1 << 16)?;
    let mut tensors = HashMap::with_capacity(count);
    for _ in 0..count {
        let length = usize::from(u16::from_le_bytes(from.array("the directory")?));
        let name = std::str::from_utf8(from.take(length, "the directory")?)
            .map_err(|_| "a tensor's name is no text".to_owned())?;
        let [kind] = from.array("the directory")?;
        let count = from.u32("the directory")? as usize;
        let mut place =
            || Ok::<_, Damage>(usize::try_from(from.u64("the directory")?).unwrap_or(usize::MAX));
        let (start, length) = (place()?, place()?);
        tensors.insert(
            name,
            Tensor {
                kind,
                count,
                start,
                length,
            },
        );
    }
    Ok(tensors)
}

/// Reads on from a place; what would reach beyond the end says what was to be read.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize, what: &str) -> Result<&'a [u8], Damage> {
        let end = self.at.checked_add(length);
        let found = end.and_then(|end| self.bytes.get(self.at..end));
        let found =
            found.ok_or_else(|| format!("it ends at byte {} within {what}", self.bytes.len()))?;
        self.at += length;
        Ok(found)
    }

    fn array<const N: usize>(&mut self, what: &str) -> Result<[u8; N], Damage> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N, what)?);
        Ok(array)
    }

    fn u32(&mut self, what: &str) -> Result<u32, Damage> {
        Ok(u32::from_le_bytes(self.array(what)?))
    }

    fn u64(&mut self, what: &str) -> Result<u64, Damage> {
        Ok(u64::from_le_bytes(self.array(what)?))
    }

    fn character(&mut self) -> Result<char, Damage> {
        let number = self.u32("characters to replace")?;
        char::from_u32(number).ok_or_else(|| format!("{number:#x} is no character"))
    }

    fn size(&mut self, what: &str, most: usize) -> Result<usize, Damage> {
        let size = self.u32(what)? as usize;
        if size > most {
            return Err(format!("{what}: {size}, at most {most} are possible"));
        }
        Ok(size)
    }

    fn numbers<T>(
        &mut self,
        count: usize,
        what: &str,
        read: fn([u8; 4]) -> T,
    ) -> Result<Vec<T>, Damage> {
        let bytes = self.take(count.saturating_mul(4), what)?;
        Ok(bytes
            .as_chunks::<4>()
            .0
            .iter()
            .map(|four| read(*four))
            .collect())
    }
}
