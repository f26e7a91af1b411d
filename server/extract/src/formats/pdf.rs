//! PDF: glyphs with their places, put together into words, lines and headings.

mod device;
mod lines;
mod strings;
mod structure;

use super::damaged;
use crate::document::Section;
use crate::kind::Kind;
use crate::notice::{Notice, Reason};
use crate::out::{Failure, Out};
use device::Glyphs;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page,
};
use structure::Body;

/// Pages that are read; no document for a school has more.
const MOST_PAGES: usize = 20_000;

pub(super) fn read(bytes: &[u8], out: &mut Out<'_>) -> Result<(), Failure> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(failure)?;
    let count = pdf.pages().len();
    if count == 0 {
        return Err(damaged(Kind::Pdf, "it has no pages"));
    }
    out.pages(u32::try_from(count).unwrap_or(u32::MAX));
    strings::metadata(&pdf, out);
    let cache = InterpreterCache::new();
    let mut body = Body::default();
    let mut without = 0;
    for (number, page) in (1..).zip(pdf.pages().iter().take(MOST_PAGES)) {
        let (width, height) = page.render_dimensions();
        let target = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = page.initial_transform(true).to_kurbo();
        let settings = InterpreterSettings::default();
        let mut context = Context::new(transform, target, &cache, pdf.xref(), settings);
        let mut glyphs = Glyphs::within(target);
        interpret_page(page, &mut context, &mut glyphs);
        let lines = lines::lines(glyphs.glyphs);
        without += u32::from(lines.is_empty());
        for section in body.sections(lines, number) {
            out.section(section)?;
        }
    }
    let pages = u32::try_from(count).unwrap_or(u32::MAX);
    if without > 0 && without < pages {
        out.notice(Notice::PagesWithoutText { without, pages });
    }
    Ok(())
}

fn failure(error: LoadPdfError) -> Failure {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            Failure::Unreadable(Reason::Encrypted)
        }
        LoadPdfError::Decryption(error) => damaged(Kind::Pdf, format!("encryption: {error:?}")),
        LoadPdfError::Invalid => damaged(Kind::Pdf, "its parts do not fit together"),
    }
}

/// A section of one page.
fn section(heading: String, level: u8, page: u32) -> Section {
    Section {
        heading,
        level,
        page: Some(page),
        ..Section::default()
    }
}
