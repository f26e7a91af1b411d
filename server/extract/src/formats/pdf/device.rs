//! Takes down where which letter stands; draws nothing.

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
};

/// Most letters of a page; a page of fine print has twenty thousand.
const MOST: usize = 400_000;

/// A letter on a page, in points from the upper left corner as one reads: lines that run up or down are
/// turned.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// Where it begins.
    pub(super) x: f64,
    /// Where the next should begin.
    pub(super) end: f64,
    /// Its base line, downwards.
    pub(super) y: f64,
    /// Height of the font.
    pub(super) size: f64,
    /// Quarter turns of its line.
    pub(super) turn: u8,
    /// What it says.
    pub(super) text: String,
}

/// The letters of a page.
pub(super) struct Glyphs {
    target: Rect,
    pub(super) glyphs: Vec<Placed>,
}

impl Glyphs {
    /// For a page of this size; what lies outside is not on the page.
    pub(super) fn within(target: Rect) -> Self {
        Self {
            target: target.inflate(2.0, 2.0),
            glyphs: Vec::new(),
        }
    }

    fn add(&mut self, glyph: &Glyph<'_>, transform: Affine) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(letter)) => letter.to_string(),
            Some(BfString::String(text)) => text,
            None => unmapped(glyph.char_code()),
        };
        let advance = match glyph {
            Glyph::Outline(glyph) => glyph.advance_width(),
            Glyph::Type3(glyph) => glyph.advance_width(),
        };
        let advance = f64::from(advance.unwrap_or(500.0));
        let start = transform * Point::ZERO;
        let end = transform * Point::new(advance, 0.0);
        let up = transform * Point::new(0.0, 1000.0) - start;
        let along = transform * Point::new(1000.0, 0.0) - start;
        let size = up.hypot();
        if !(self.target.contains(start)
            && size > 0.5
            && size < 2_000.0
            && end.x.is_finite()
            && end.y.is_finite())
        {
            return;
        }
        let placed = |x: f64, end: f64, y: f64, turn| Placed {
            x,
            end,
            y,
            size,
            turn,
            text,
        };
        self.glyphs.push(match along.x.abs() >= along.y.abs() {
            true if along.x >= 0.0 => placed(start.x, end.x, start.y, 0),
            true => placed(-start.x, -end.x, -start.y, 2),
            false if along.y < 0.0 => placed(-start.y, -end.y, start.x, 1),
            false => placed(start.y, end.y, -start.x, 3),
        });
    }
}

/// A code that no table of the file explains: plain letters are mostly themselves.
fn unmapped(code: u32) -> String {
    let plain = char::from_u32(code).filter(|letter| letter.is_ascii_graphic() || *letter == ' ');
    plain.map_or_else(|| "\u{fffd}".to_owned(), String::from)
}

impl Device<'_> for Glyphs {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, mode: &DrawMode) {
        // Filled and stroked letters come twice.
        let again = matches!(mode, DrawMode::Stroke(_));
        let before = self.glyphs.len();
        for glyph in run.glyphs() {
            if self.glyphs.len() < MOST {
                self.add(glyph, props.transform * glyph.transform());
            }
        }
        if again && repeats(&self.glyphs, before) {
            self.glyphs.truncate(before);
        }
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

/// Whether the letters from here on are those before them once more, in the same places.
fn repeats(glyphs: &[Placed], from: usize) -> bool {
    let count = glyphs.len() - from;
    let same = |one: &Placed, other: &Placed| {
        one.text == other.text && (one.x - other.x).abs() < 0.1 && (one.y - other.y).abs() < 0.1
    };
    count > 0
        && from >= count
        && glyphs[from..]
            .iter()
            .zip(&glyphs[from - count..from])
            .all(|(one, other)| same(one, other))
}
