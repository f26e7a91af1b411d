//! The table of rules: code, weight, and what to do next. One row each.

use super::{Finding, Severity};

/// What a finding is about, how much it matters, and what to do.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Stable code in kebab case; key of the texts in three languages.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong and what to do next, in English.
    pub message: &'static str,
}

/// Longest detail that a finding carries, in characters.
const DETAIL: usize = 80;

impl Rule {
    /// The finding that this rule makes of a property and a value.
    pub fn on(&self, property: &str, detail: &str) -> Finding {
        let detail = shortened(detail);
        let message = match detail.is_empty() {
            true => format!("{property}: {}", self.message),
            false => format!("{property} ({detail}): {}", self.message),
        };
        Finding {
            property: property.to_owned(),
            code: self.code.to_owned(),
            severity: self.severity,
            detail,
            message,
        }
    }
}

fn shortened(detail: &str) -> String {
    let detail = detail.trim();
    match detail.char_indices().nth(DETAIL) {
        Some((end, _)) => format!("{}…", detail[..end].trim_end()),
        None => detail.to_owned(),
    }
}

macro_rules! rules {
    ($($name:ident $code:literal $severity:ident $message:literal;)*) => {
        $(
            #[doc = concat!("`", $code, "`: ", $message, ".")]
            pub const $name: Rule = Rule {
                code: $code,
                severity: Severity::$severity,
                message: $message,
            };
        )*
        /// Every rule, so that texts and fixtures can be tested for completeness.
        pub const CODES: &[Rule] = &[$($name),*];
    };
}

rules! {
    MISSING_PROPERTY "missing-property" Error "nothing is stated; fill it in before publishing";
    NO_CONTENT "no-content" Warning "there is no text, file or address to open; add one of them";
    UNKNOWN_CONCEPT "unknown-concept" Error "this is not in the vocabulary; choose a value from its list";
    BAD_DATE "bad-date" Error "this is no date; write year, year-month or year-month-day such as 2026-09-05";
    BAD_DURATION "bad-duration" Error "this is no duration; write it like PT45M or PT1H30M";
    BAD_URL "bad-url" Error "this is no web address; write it in full, beginning with https://";
    BAD_LANGUAGE "bad-language" Error "this is no language code; write one such as vi, en or fr";
    BAD_AGE_RANGE "bad-age-range" Error "this is no range of ages; write it like 6-7 or 18-";
    BAD_MEDIA_TYPE "bad-media-type" Warning "this is no media type; write one such as application/pdf";
    BAD_CHECKSUM "bad-checksum" Error "this is no SHA-256 in 64 hexadecimal digits; compute it again from the file";
    DATES_OUT_OF_ORDER "dates-out-of-order" Warning "one date lies before the day of making; correct one of them";
    AGE_CONTRADICTS_LEVEL "age-contradicts-level" Warning "the ages do not fit the level; correct one of them";
    DUPLICATE_KEYWORD "duplicate-keyword" Note "the keyword stands there more than once; keep one";
    LONG_NAME "long-name" Note "the title is longer than 300 characters; shorten it and move the rest into the description";
    EMPTY_LINK "empty-link" Warning "the link names no work; give its address or its title";
    MISSING_ALT_TEXT "missing-alt-text" Warning "a picture has no description; say what a reader who cannot see it should know";
    MISSING_MEDIA "missing-media" Warning "the text refers to a file that is not among the files; add the file or remove the reference";
    UNBALANCED_MATH "unbalanced-math" Warning "a formula is not closed or its brackets do not match; correct it in the text";
    MALFORMED_MATHML "malformed-mathml" Warning "the tags of a MathML formula do not match; correct it in the text";
    BROKEN_EXERCISE "broken-exercise" Warning "an exercise cannot be read and is shown as it is written; correct the line that is named";
    LANGUAGE_CONTRADICTS_TEXT "language-contradicts-text" Warning "the text is in another language than the one stated; correct the language";
    LICENSE_UNKNOWN "license-unknown" Warning "nobody knows yet what may be done with it; find out the licence or link to the work instead of copying it";
    LICENSE_FORBIDS_SHARING "license-forbids-sharing" Error "the text or a file is kept here, but the licence does not let it be passed on; keep only the address or obtain permission";
    LICENSE_FORBIDS_ADAPTATION "license-forbids-adaptation" Error "the work it is based on must not be changed; use another work or obtain permission";
    LICENSE_NOT_SHARED_ALIKE "license-not-shared-alike" Error "the work it is based on must be passed on under its own licence; choose the same licence";
    LICENSE_DROPS_NON_COMMERCIAL "license-drops-non-commercial" Error "the work it is based on forbids commercial use; choose a licence that forbids it too";
    REPLACED_BYTES "replaced-bytes" Warning "some bytes were no UTF-8 and were replaced; save the file as UTF-8 and import it again";
    DAMAGED_EXPORT "damaged-export" Warning "the record looks like an export of this portal but does not fit; what fits was taken, compare it with the source";
    UNMAPPED_CONCEPT "unmapped-concept" Warning "the source's word is in no list here and was kept aside; choose the value that is meant";
    UNMAPPED_SUBJECT "unmapped-subject" Note "the source's subject is in no list here and became a keyword; choose the subject that is meant";
    UNMAPPED_VALUE "unmapped-value" Warning "the value does not fit the property and was kept aside; enter it by hand";
    LICENSE_OF_THE_LIST "license-of-the-list" Warning "the statement is about the catalogue and not about the work; find out the work's own licence";
    LICENSE_NOT_RECOGNISED "license-not-recognised" Warning "the statement names no known licence; choose the licence that is meant";
    LICENSE_WITHOUT_VERSION "license-without-version" Warning "the licence is named without its version; choose the version that the source means";
    LICENSE_SEVERAL "license-several" Warning "the statement names several licences for several parts; choose the one that holds for the text";
    LICENSE_CHOICE "license-choice" Note "the source offers a choice of licences and one was taken; change it if another suits better";
    BAD_ROW "bad-row" Warning "the row has more cells than the header; check the separators and quotation marks in it";
    CELL_ERROR "cell-error" Warning "the cell shows an error of the spreadsheet instead of a value, so it counts as empty; correct its formula";
    SHEETS_NOT_READ "sheets-not-read" Note "of the sheets in the workbook only the one that is named here was read, the first with known columns; import the others in files of their own";
    UNKNOWN_COLUMN "unknown-column" Note "no property has this name, so its values were kept aside; rename the column if they matter";
    DUPLICATE_URL "duplicate-url" Warning "another record has the same address; keep one of the two";
    BROKEN_MARKUP "broken-markup" Warning "the markup is broken here and the rest was read; mend it in the source and import it again";
    UNKNOWN_ELEMENT "unknown-element" Note "nothing is known of this element, so only its text was kept; look at the page and mend it if needed";
    EMPTY_COLLECTION "empty-collection" Error "the collection lists no module; check that this is the right file";
    LICENSES_DIFFER "licenses-differ" Warning "the books it is a part of have different licences; find out which one holds";
    UNKNOWN_FIELD "unknown-field" Note "no property has this name, so its value was kept aside; correct the name if it matters";
    FILE_NOT_READ "file-not-read" Warning "the file is kept and offered, but its text could not be read; describe it, or add a version with text";
    FILE_PARTLY_READ "file-partly-read" Warning "a part of the file could not be read; look whether what matters can be found";
    FILE_WITHOUT_TEXT "file-without-text" Note "the file, or some of its pages, has no text; describe it so that it can be found";
    FILE_MISNAMED "file-misnamed" Warning "the file is of another kind than its name says; name it after what it is";
    FILE_CONVERTED "file-converted" Note "the text was in an older Vietnamese encoding and was converted to Unicode; look through it";
    FILE_MACROS "file-macros" Warning "the file contains macros; save it without them";
    LICENSE_HINT "license-hint" Note "the file says this about its licence; choose the licence if it holds for the whole work";
    AMB_MISSING "amb-missing" Error "the profile requires this; add it";
    AMB_WRONG_SHAPE "amb-wrong-shape" Error "the value has another shape than the profile asks for; write it as described there";
    AMB_WRONG_VALUE "amb-wrong-value" Error "the value is not among those that the profile allows; choose one of them";
}
