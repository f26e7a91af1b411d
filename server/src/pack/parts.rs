//! Parts: what a pack holds, cut into pieces that are packed and checked one by one.

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use khue_content::pack::{PackError, Part};
use sha2::{Digest, Sha256};
use std::io::{self, Read, Write};

/// Size of a part unpacked, in bytes, at most: small enough that a broken line loses little.
const SIZE: usize = 256 * 1024;

/// From this size on, in bytes, a part may end early, where the content says so.
const LEAST: usize = 64 * 1024;

/// One line in so many ends its part.
const LINES: u8 = 16;

/// Takes bytes in and gives them out as parts. Where parts end depends on what lies just before, not on what lies far
/// before: what stays the same between two packs lies in the same parts, and need not be fetched again.
#[derive(Default)]
pub struct Packer {
    /// What is not yet in a part.
    rest: Vec<u8>,
    /// The parts, one after the other.
    pub packed: Vec<u8>,
    /// What they are.
    pub parts: Vec<Part>,
}

impl Packer {
    /// Takes a file in. A large one begins a part, and small ones share parts with their neighbours.
    pub fn file(&mut self, content: &[u8]) -> io::Result<()> {
        if content.len() < LEAST {
            self.take(content)?;
            return self.end_from(LEAST);
        }
        self.end_from(1)?;
        self.take(content)?;
        self.end_from(1)
    }

    /// Takes a line of a long file in.
    pub fn line(&mut self, line: &[u8]) -> io::Result<()> {
        self.take(line)?;
        let ends = Sha256::digest(line)
            .first()
            .is_some_and(|byte| byte % LINES == 0);
        match ends {
            true => self.end_from(LEAST),
            false => Ok(()),
        }
    }

    /// Takes more in.
    fn take(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.rest.extend_from_slice(bytes);
        while self.rest.len() >= SIZE {
            let after = self.rest.split_off(SIZE);
            self.close()?;
            self.rest = after;
        }
        Ok(())
    }

    /// Ends the part if it has at least so many bytes.
    pub fn end_from(&mut self, size: usize) -> io::Result<()> {
        match self.rest.len() >= size {
            true => self.close(),
            false => Ok(()),
        }
    }

    fn close(&mut self) -> io::Result<()> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        packer.write_all(&self.rest)?;
        let packed = packer.finish()?;
        self.parts.push(Part {
            bytes: packed.len(),
            unpacked: self.rest.len(),
            sha256: sha256(&packed),
        });
        self.packed.extend(packed);
        self.rest.clear();
        Ok(())
    }
}

/// Checks all parts and joins what they hold.
///
/// # Errors
/// Names the part that is damaged or missing.
pub fn unpack(parts: &[Part], packed: &[u8]) -> Result<Vec<u8>, PackError> {
    let total = parts.len();
    let mut content = Vec::with_capacity(parts.iter().map(|part| part.unpacked.min(SIZE)).sum());
    let mut rest = packed;
    for (at, part) in parts.iter().enumerate() {
        let number = at + 1;
        let Some((own, after)) = rest.split_at_checked(part.bytes) else {
            return Err(PackError::Short { number, total });
        };
        if sha256(own) != part.sha256 {
            return Err(PackError::Part { number });
        }
        let before = content.len();
        // One byte more than is said, so that a part that grows is noticed.
        let most = u64::try_from(part.unpacked)
            .unwrap_or(u64::MAX)
            .saturating_add(1);
        let read = GzDecoder::new(own).take(most).read_to_end(&mut content);
        if read.is_err() || content.len() - before != part.unpacked {
            return Err(PackError::Part { number });
        }
        rest = after;
    }
    Ok(content)
}

/// SHA-256 in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed() -> (Vec<u8>, Packer) {
        let content: Vec<u8> = (0..700_000u32)
            .map(|n| (n.wrapping_mul(n) / 7) as u8)
            .collect();
        let mut packer = Packer::default();
        content
            .chunks(10_001)
            .for_each(|chunk| packer.take(chunk).unwrap());
        packer.end_from(1).unwrap();
        (content, packer)
    }

    #[test]
    fn parts_give_back_what_went_in() {
        let (content, packer) = packed();
        assert_eq!(packer.parts.len(), 3);
        assert_eq!(unpack(&packer.parts, &packer.packed).unwrap(), content);
    }

    #[test]
    fn what_stays_the_same_lies_in_the_same_parts() {
        let line = |n: u32| {
            let words =
                (0..200u32).map(|word| n.wrapping_mul(2_654_435_761).wrapping_add(word * word));
            words.map(|word| format!("{word:x} ")).collect::<String>()
        };
        let sums = |left_out: u32, picture: &[u8]| {
            let mut packer = Packer::default();
            packer.file(picture).unwrap();
            packer.file(&[7; 300_000]).unwrap();
            let lines = (0..2_000).filter(|n| *n != left_out).map(line);
            lines.for_each(|line| packer.line(line.as_bytes()).unwrap());
            packer.end_from(1).unwrap();
            packer
                .parts
                .into_iter()
                .map(|part| part.sha256)
                .collect::<Vec<_>>()
        };
        let before = sums(u32::MAX, b"small");
        let after = sums(1_000, b"another");
        let new = after.iter().filter(|sum| !before.contains(sum)).count();
        assert!(before.len() > 15, "{} parts", before.len());
        assert!((1..=3).contains(&new), "{new} of {} parts", after.len());
    }

    #[test]
    fn damage_is_noticed_in_its_part() {
        let (_, packer) = packed();
        let mut damaged = packer.packed.clone();
        damaged[packer.parts[0].bytes + 5] ^= 1;
        assert_eq!(
            unpack(&packer.parts, &damaged),
            Err(PackError::Part { number: 2 })
        );
        let cut = &packer.packed[..packer.packed.len() - 1];
        assert_eq!(
            unpack(&packer.parts, cut),
            Err(PackError::Short {
                number: 3,
                total: 3
            })
        );
        let mut lying = packer.parts.clone();
        lying[0].unpacked -= 1;
        assert_eq!(
            unpack(&lying, &packer.packed),
            Err(PackError::Part { number: 1 })
        );
    }
}
