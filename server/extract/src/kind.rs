//! What kind of file something is: by its content first, by its name second.

mod content;
mod deception;
mod packed;

use serde::{Deserialize, Serialize};

pub use content::by_content;
pub(crate) use deception::second_kind;
pub(crate) use packed::packed_kind;

macro_rules! kinds {
    ($($name:ident $words:literal $media:literal [$($ending:literal),*];)*) => {
        /// Kinds of files.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Kind {
            $(#[doc = concat!($words, ": `", $media, "`.")] $name,)*
            /// Something else.
            #[default]
            Unknown,
        }

        /// Kind, name for people, media type, file endings.
        const TABLE: &[(Kind, &str, &str, &[&str])] = &[
            $((Kind::$name, $words, $media, &[$($ending),*]),)*
            (Kind::Unknown, "unknown", "application/octet-stream", &[]),
        ];
    };
}

kinds! {
    Pdf "PDF" "application/pdf" ["pdf"];
    Docx "Word document" "application/vnd.openxmlformats-officedocument.wordprocessingml.document" ["docx", "docm", "dotx", "dotm"];
    Pptx "PowerPoint presentation" "application/vnd.openxmlformats-officedocument.presentationml.presentation" ["pptx", "pptm", "ppsx", "ppsm", "potx"];
    Xlsx "Excel workbook" "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" ["xlsx", "xlsm", "xltx"];
    Xlsb "binary Excel workbook" "application/vnd.ms-excel.sheet.binary.macroEnabled.12" ["xlsb"];
    Odt "OpenDocument text" "application/vnd.oasis.opendocument.text" ["odt", "ott"];
    Ods "OpenDocument spreadsheet" "application/vnd.oasis.opendocument.spreadsheet" ["ods", "ots"];
    Odp "OpenDocument presentation" "application/vnd.oasis.opendocument.presentation" ["odp", "otp"];
    Epub "EPUB book" "application/epub+zip" ["epub"];
    Doc "Word document (before 2007)" "application/msword" ["doc", "dot"];
    Ppt "PowerPoint presentation (before 2007)" "application/vnd.ms-powerpoint" ["ppt", "pps"];
    Xls "Excel workbook (before 2007)" "application/vnd.ms-excel" ["xls", "xlt"];
    Rtf "RTF document" "application/rtf" ["rtf"];
    Html "HTML page" "text/html" ["html", "htm", "xhtml"];
    Markdown "Markdown text" "text/markdown" ["md", "markdown"];
    Plain "plain text" "text/plain" ["txt", "text", "tex"];
    Csv "sheet as text" "text/csv" ["csv", "tsv"];
    Json "JSON" "application/json" ["json", "jsonl", "jsonld"];
    Xml "XML" "application/xml" ["xml", "xsl", "xslt"];
    Srt "subtitles (SRT)" "application/x-subrip" ["srt"];
    Vtt "subtitles (WebVTT)" "text/vtt" ["vtt"];
    Png "PNG picture" "image/png" ["png"];
    Jpeg "JPEG picture" "image/jpeg" ["jpg", "jpeg"];
    Gif "GIF picture" "image/gif" ["gif"];
    Webp "WebP picture" "image/webp" ["webp"];
    Tiff "TIFF picture" "image/tiff" ["tif", "tiff"];
    Bmp "BMP picture" "image/bmp" ["bmp"];
    Heif "HEIF or AVIF picture" "image/heif" ["heic", "heif", "avif"];
    Svg "SVG drawing" "image/svg+xml" ["svg"];
    Audio "sound" "audio/mpeg" ["mp3", "ogg", "oga", "wav", "flac", "m4a", "opus"];
    Video "film" "video/mp4" ["mp4", "webm", "mkv", "avi", "mov", "m4v", "ogv"];
    H5p "H5P package" "application/zip" ["h5p"];
    Scorm "SCORM package" "application/zip" [];
    CommonCartridge "Common Cartridge" "application/zip" ["imscc"];
    Cmi5 "cmi5 or xAPI package" "application/zip" [];
    WebPackage "packed web page" "application/zip" [];
    Zip "ZIP archive" "application/zip" ["zip"];
    OtherArchive "archive (not ZIP)" "application/octet-stream" ["7z", "rar", "tar", "gz", "tgz", "xz", "bz2"];
    Program "program" "application/octet-stream" ["exe", "dll", "com", "bat", "scr", "msi", "jar", "sh"];
    OldOffice "document of an office suite (before 2007)" "application/x-ole-storage" [];
}

impl Kind {
    fn row(self) -> &'static (Kind, &'static str, &'static str, &'static [&'static str]) {
        let last = &TABLE[TABLE.len() - 1];
        TABLE.iter().find(|row| row.0 == self).unwrap_or(last)
    }

    /// Name for people, in English.
    pub fn words(self) -> &'static str {
        self.row().1
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        self.row().2
    }

    /// The usual ending of a file's name, where there is one.
    pub fn ending(self) -> Option<&'static str> {
        self.row().3.first().copied()
    }

    /// Whether files of this kind are read for their text or description.
    pub fn is_read(self) -> bool {
        !matches!(
            self,
            Self::Unknown | Self::Program | Self::OtherArchive | Self::Xlsb | Self::OldOffice
        )
    }

    /// Whether it is a ZIP archive inside.
    pub fn is_packed(self) -> bool {
        use Kind::{
            Cmi5, CommonCartridge, Docx, Epub, H5p, Odp, Ods, Odt, Pptx, Scorm, WebPackage, Xlsb,
            Xlsx, Zip,
        };
        matches!(
            self,
            Docx | Pptx
                | Xlsx
                | Xlsb
                | Odt
                | Ods
                | Odp
                | Epub
                | H5p
                | Scorm
                | CommonCartridge
                | Cmi5
                | WebPackage
                | Zip
        )
    }

    /// Whether it is a picture.
    pub fn is_picture(self) -> bool {
        use Kind::{Bmp, Gif, Heif, Jpeg, Png, Svg, Tiff, Webp};
        matches!(self, Png | Jpeg | Gif | Webp | Tiff | Bmp | Heif | Svg)
    }

    /// Whether it is text as it stands.
    pub fn is_text(self) -> bool {
        use Kind::{Csv, Html, Json, Markdown, Plain, Srt, Svg, Vtt, Xml};
        matches!(
            self,
            Plain | Markdown | Html | Csv | Json | Xml | Srt | Vtt | Svg
        )
    }

    /// Whether a name that says `named` is right for this content: packages are ZIP archives, and
    /// any text may call itself text.
    pub(crate) fn fits_name(self, named: Kind) -> bool {
        self == named
            || named == Kind::Zip && self.is_packed()
            || self == Kind::Zip && matches!(named, Kind::H5p | Kind::CommonCartridge)
            || self.is_text() && named.is_text() && !(self == Kind::Html && named == Kind::Svg)
            || matches!(
                (self, named),
                (Kind::Audio, Kind::Video) | (Kind::Video, Kind::Audio)
            )
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(self.words())
    }
}

/// The kind that a file's name claims.
///
/// ```
/// use khue_extract::{Kind, by_name};
/// assert_eq!(by_name("Bài 5. Lực.DOCX"), Some(Kind::Docx));
/// assert_eq!(by_name("README"), None);
/// ```
pub fn by_name(name: &str) -> Option<Kind> {
    let ending = name.rsplit(['/', '\\']).next()?.rsplit_once('.')?.1;
    let ending = ending.to_ascii_lowercase();
    let row = TABLE.iter().find(|row| row.3.contains(&ending.as_str()));
    row.map(|row| row.0)
}
