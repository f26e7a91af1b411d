//! Brotli and gzip beside each file that gains from it.

use std::io::{self, Write};

use brotli::{CompressorWriter, enc::BrotliEncoderParams};
use flate2::{Compression, write::GzEncoder};

/// Size from which on a file is large, in bytes.
const LARGE: usize = 1 << 20;

/// The two compressed forms of a file.
pub(crate) struct Compressed {
    pub(crate) gzip: Vec<u8>,
    pub(crate) brotli: Vec<u8>,
}

/// `None` for what is compressed already (fonts, photographs) and for what does not get smaller.
pub(crate) fn compress(name: &str, bytes: &[u8], quick: bool) -> io::Result<Option<Compressed>> {
    if !is_compressible(name) {
        return Ok(None);
    }
    let compressed = Compressed {
        gzip: gzip(bytes, quick)?,
        brotli: brotli(bytes, quick)?,
    };
    let smaller = compressed.brotli.len() < bytes.len() && compressed.gzip.len() < bytes.len();
    Ok(smaller.then_some(compressed))
}

fn is_compressible(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    matches!(
        extension,
        "css" | "js" | "wasm" | "svg" | "json" | "webmanifest" | "txt" | "xml" | "html" | "ico"
    )
}

fn gzip(bytes: &[u8], quick: bool) -> io::Result<Vec<u8>> {
    let level = if quick {
        Compression::fast()
    } else {
        Compression::best()
    };
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn brotli(bytes: &[u8], quick: bool) -> io::Result<Vec<u8>> {
    let quality = match bytes.len() {
        _ if quick => 3,
        // The last few per cent of a large file take longer than all else.
        LARGE.. => 9,
        _ => 11,
    };
    let params = BrotliEncoderParams {
        quality,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut encoder = CompressorWriter::with_params(Vec::new(), 1 << 16, &params);
    encoder.write_all(bytes)?;
    Ok(encoder.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn both_forms_give_the_bytes_back() -> io::Result<()> {
        let text = "ngữ văn, toán, tiếng Việt; ".repeat(200);
        let Some(compressed) = compress("a.css", text.as_bytes(), false)? else {
            panic!("a repeated text gets smaller");
        };
        let mut back = String::new();
        brotli::Decompressor::new(&compressed.brotli[..], 4096).read_to_string(&mut back)?;
        assert_eq!(back, text);
        back.clear();
        flate2::read::GzDecoder::new(&compressed.gzip[..]).read_to_string(&mut back)?;
        assert_eq!(back, text);
        Ok(())
    }

    #[test]
    fn fonts_and_tiny_files_stay_as_they_are() -> io::Result<()> {
        assert!(compress("a.woff2", &[0; 5000], true)?.is_none());
        assert!(compress("a.css", b"a{}", true)?.is_none());
        Ok(())
    }
}
