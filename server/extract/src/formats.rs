//! Readers of the kinds of files, one each.

mod docx;
mod epub;
mod html;
mod markdown;
mod odf;
mod office;
mod old_office;
mod package;
mod pdf;
mod picture;
mod pptx;
mod rtf;
mod subtitles;
pub(crate) mod text;
mod xlsx;
mod zip;

use crate::document::Event;
use crate::kind::{self, Kind};
use crate::limits::{Limit, Limits};
use crate::notice::{Notice, Reason};
use crate::out::{Failure, Out};

/// The harmless file by which scanners of viruses are tested, its beginning put together here so that
/// this file is none.
const SCANNER_TEST: [&[u8]; 2] = [b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$", b"EICAR"];

/// Reads a file and says how it ended.
pub(crate) fn read(bytes: &[u8], name: &str, limits: &Limits, to: &mut dyn FnMut(Event)) {
    let mut out = Out::new(limits, to);
    let result = whole(bytes, name, &mut out);
    out.end(result);
}

fn whole(bytes: &[u8], name: &str, out: &mut Out<'_>) -> Result<(), Failure> {
    if bytes.is_empty() {
        return Err(Failure::Unreadable(Reason::Empty));
    }
    if bytes.len() as u64 > out.limits.input {
        return Err(Failure::Limit(Limit::Input));
    }
    let found = kind::by_content(bytes, name);
    out.event(Event::Kind(found));
    let named =
        kind::by_name(name).filter(|named| found != Kind::Unknown && !found.fits_name(*named));
    if let Some(named) = named {
        out.notice(Notice::Mismatch { named, found });
    }
    of_kind(bytes, found, out)?;
    let speaks = matches!(found, Kind::Audio | Kind::Video) || found.is_picture();
    if !out.has_text() && !speaks {
        out.notice(Notice::NoText);
    }
    Ok(())
}

/// Reads a file in an archive; what cannot be read is told and passed over.
pub(crate) fn within(bytes: &[u8], name: &str, out: &mut Out<'_>) -> Result<(), Failure> {
    if bytes.is_empty() {
        return Ok(());
    }
    let found = kind::by_content(bytes, name);
    let result = out.within(name, |out| of_kind(bytes, found, out));
    let reason = match result {
        Ok(()) => return Ok(()),
        Err(Failure::Limit(limit @ (Limit::Ratio | Limit::Depth | Limit::Pixels))) => {
            limit.to_string()
        }
        Err(Failure::Limit(limit)) => return Err(Failure::Limit(limit)),
        Err(Failure::Refused(reason) | Failure::Unreadable(reason)) => reason.to_string(),
    };
    out.notice(Notice::FileNotRead {
        file: name.to_owned(),
        reason,
    });
    Ok(())
}

fn of_kind(bytes: &[u8], kind: Kind, out: &mut Out<'_>) -> Result<(), Failure> {
    if bytes.starts_with(SCANNER_TEST[0]) && bytes[28..].starts_with(SCANNER_TEST[1]) {
        return Err(Failure::Refused(Reason::ScannerTest));
    }
    if let Some(second) = kind::second_kind(bytes, kind) {
        return Err(Failure::Refused(Reason::Polyglot {
            first: kind,
            second,
        }));
    }
    match kind {
        Kind::Pdf => pdf::read(bytes, out),
        Kind::Docx => docx::read(bytes, out),
        Kind::Pptx => pptx::read(bytes, out),
        Kind::Xlsx => xlsx::read(bytes, out),
        Kind::Odt | Kind::Ods | Kind::Odp => odf::read(bytes, kind, out),
        Kind::Epub => epub::read(bytes, out),
        Kind::Doc => old_office::doc(bytes, out),
        Kind::Ppt => old_office::ppt(bytes, out),
        Kind::Rtf => rtf::read(bytes, out),
        Kind::Html => html::read(bytes, out),
        Kind::Markdown => markdown::read(bytes, out),
        Kind::Plain | Kind::Csv | Kind::Json => text::read(bytes, out),
        Kind::Xml => text::xml(bytes, out),
        Kind::Srt | Kind::Vtt => subtitles::read(bytes, out),
        Kind::Svg => picture::svg(bytes, out),
        kind if kind.is_picture() => picture::read(bytes, kind, out),
        Kind::Audio | Kind::Video => Ok(()),
        Kind::H5p | Kind::Scorm | Kind::CommonCartridge | Kind::Cmi5 | Kind::WebPackage => {
            package::read(bytes, kind, out)
        }
        Kind::Zip => zip::read(bytes, out),
        Kind::Program => Err(Failure::Refused(Reason::Program)),
        Kind::OldOffice => old_office::other(bytes),
        kind => Err(Failure::Unreadable(Reason::Kind {
            kind,
            advice: advice(kind).to_owned(),
        })),
    }
}

fn advice(kind: Kind) -> &'static str {
    match kind {
        Kind::OtherArchive => "unpack it and send its files, or pack them as ZIP",
        Kind::Xls | Kind::Xlsb => "save it as .xlsx or .ods to make its text findable",
        _ => "describe it, and add a PDF or a text if you can",
    }
}

/// What a damaged file of a kind is called.
pub(crate) fn damaged(kind: Kind, detail: impl Into<String>) -> Failure {
    Failure::Unreadable(Reason::Damaged {
        kind,
        detail: detail.into(),
    })
}
