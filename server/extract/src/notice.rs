//! What reading noticed, short of a reason not to read.

use crate::kind::Kind;
use crate::legacy::Encoding;
use serde::{Deserialize, Serialize};

/// Something to tell the person whose file it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", tag = "code")]
pub enum Notice {
    /// The name says one kind, the content another.
    #[error("its name says {named}, but it is {found}; name it after what it is")]
    Mismatch {
        /// By the name.
        named: Kind,
        /// By the content.
        found: Kind,
    },
    /// There is no text: scanned pages, drawings, sound.
    #[error("there is no text in it; describe it, or add a version with text")]
    NoText,
    /// Some pages have no text.
    #[error("{without} of {pages} pages have no text; they may be scans")]
    PagesWithoutText {
        /// Pages without text.
        without: u32,
        /// All pages.
        pages: u32,
    },
    /// Text in an older Vietnamese encoding was converted to Unicode.
    #[error("its text was in {encoding} and was converted to Unicode; look through it")]
    Converted {
        /// The encoding.
        encoding: Encoding,
    },
    /// Signs that no known encoding explains; they are left out of the text.
    #[error(
        "a part of its text is in an encoding that is not known here and was left out; save it as Unicode (UTF-8)"
    )]
    UnknownEncoding,
    /// A file in the archive was not read.
    #[error("{file}: not read: {reason}")]
    FileNotRead {
        /// Its name in the archive.
        file: String,
        /// Why.
        reason: String,
    },
    /// A part of the file could not be read.
    #[error("a part of it could not be read ({part})")]
    Damaged {
        /// Which.
        part: String,
    },
    /// It holds programs of an office suite.
    #[error("it contains macros; they are never run here, and readers get it as a download only")]
    Macros,
    /// The markup declares entities, which are not followed.
    #[error("it declares entities of its own; they are not followed")]
    Entities,
}

/// Why nothing is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", tag = "reason")]
pub enum Reason {
    /// There is nothing in it.
    #[error("it is empty; check that it was written to the end")]
    Empty,
    /// A program.
    #[error("it is a program; programs are not taken")]
    Program,
    /// A harmless file that stands for a virus in tests of scanners.
    #[error("it is the test file of virus scanners")]
    ScannerTest,
    /// Two kinds of file at once.
    #[error(
        "it is {first} and {second} at once, as files made to deceive are; save it again from its program"
    )]
    Polyglot {
        /// What it looks like.
        first: Kind,
        /// What else it is.
        second: Kind,
    },
    /// A name in an archive that leads out of it.
    #[error("the archive has a file whose name leads out of it ({name}); pack it again")]
    UnsafeName {
        /// The name.
        name: String,
    },
    /// A kind that is kept but not read here.
    #[error("text is not read from this kind of file ({kind}); {advice}")]
    Kind {
        /// The kind.
        kind: Kind,
        /// What to do.
        advice: String,
    },
    /// A password is needed.
    #[error("it is protected by a password; save it without one")]
    Encrypted,
    /// It is damaged.
    #[error("it is damaged or no {kind} ({detail}); open it in its program and save it again")]
    Damaged {
        /// What it should be.
        kind: Kind,
        /// What the reader said.
        detail: String,
    },
    /// The reader stopped unexpectedly.
    #[error("reading it failed unexpectedly ({detail}); it is kept as it is")]
    Crashed {
        /// What is known.
        detail: String,
    },
}
