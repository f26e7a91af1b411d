//! Bytes as characters that can be seen: how vocabularies of bytes are written.

/// The character for a byte: itself where it can be seen, else one from 256 on.
pub(super) fn character(byte: u8) -> char {
    let code = match byte {
        b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff => u32::from(byte),
        0..=0x20 => 256 + u32::from(byte),
        0x7f..=0xa0 => 256 + 33 + u32::from(byte - 0x7f),
        0xad => 256 + 33 + 34,
    };
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The byte that a character stands for.
fn byte(character: char) -> Option<u8> {
    let code = u32::from(character);
    let code = match code {
        0x21..=0x7e | 0xa1..=0xac | 0xae..=0xff => code,
        256..=288 => code - 256,
        289..=322 => code - 289 + 0x7f,
        323 => 0xad,
        _ => return None,
    };
    u8::try_from(code).ok()
}

/// The bytes of a piece; those of a character that stands for none are its own.
pub(super) fn decoded(piece: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(piece.len());
    for letter in piece.chars() {
        match byte(letter) {
            Some(byte) => bytes.push(byte),
            None => bytes.extend(letter.to_string().bytes()),
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::{character, decoded};

    #[test]
    fn every_byte_comes_back() {
        for byte in 0..=u8::MAX {
            assert_eq!(decoded(&character(byte).to_string()), [byte]);
        }
        assert_eq!((character(b' '), character(b'\n')), ('Ġ', 'Ċ'));
    }
}
