//! A smaller picture from a larger one.

use image::codecs::png::PngDecoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// Files smaller than this, in bytes, are sent as they are.
const SMALL: u64 = 24 * 1024;
/// Longest side in pixels of what is read.
const LONGEST: u32 = 12_000;
/// Memory for one picture, in bytes.
const MEMORY: u64 = 256 * 1024 * 1024;
/// Quality of photographs, of 100.
const QUALITY: f32 = 78.0;
/// Least share of the file that has to be saved.
const SAVED: f64 = 0.1;

/// The picture as WebP, at most `width` pixels wide and upright; `None` where that is not worth it or where the file is no
/// still picture.
pub(super) fn made(path: &Path, width: u32) -> Option<Vec<u8>> {
    let size = path.metadata().ok()?.len();
    if size < SMALL {
        return None;
    }
    let picture = narrowed(read(path)?, width);
    let pixels = picture.to_rgba8();
    let made = webp::Encoder::from_rgba(&pixels, pixels.width(), pixels.height())
        .encode_simple(false, QUALITY)
        .ok()?
        .to_vec();
    let worth = (made.len() as f64) < size as f64 * (1.0 - SAVED);
    worth.then_some(made)
}

fn narrowed(picture: DynamicImage, width: u32) -> DynamicImage {
    match picture.width() > width {
        true => picture.resize(width, u32::MAX, FilterType::Triangle),
        false => picture,
    }
}

fn read(path: &Path) -> Option<DynamicImage> {
    let reader = ImageReader::open(path).ok()?.with_guessed_format().ok()?;
    if reader.format() == Some(ImageFormat::Png) && moves(path) {
        return None;
    }
    let mut decoder = reader.into_decoder().ok()?;
    decoder.set_limits(limits()).ok()?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(orientation);
    Some(picture)
}

/// Whether a PNG is animated: only its first picture would be left.
fn moves(path: &Path) -> bool {
    let decoder = File::open(path).map(|file| PngDecoder::new(BufReader::new(file)));
    decoder.is_ok_and(|decoder| decoder.is_ok_and(|decoder| decoder.is_apng().unwrap_or(true)))
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    limits.max_alloc = Some(MEMORY);
    limits
}
