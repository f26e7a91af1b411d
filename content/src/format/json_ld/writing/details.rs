//! Rights, other works, files and plain values.

use super::{Writer, parts};
use crate::Link;
use crate::check::dates::is_duration;
use crate::check::values::is_uri;
use crate::format::json_ld::amb::is_whole_date;
use crate::format::json_ld::vocabularies::foreign;
use crate::language::is_two_letter_code;
use serde_json::{Value, json};

impl Writer<'_> {
    pub(super) fn rights(&mut self) {
        let record = self.record;
        if let Some(license) = &record.license {
            match foreign("license", license) {
                Some(url) => self.put("license", json!({"id": url})),
                None => self.put_own("license", license),
            }
        }
        if let Some(free) = record.is_accessible_for_free {
            self.put("isAccessibleForFree", free);
        }
        self.put_own("provenance", &record.provenance);
    }

    pub(super) fn works(&mut self) {
        let record = self.record;
        let lists: [(&str, &[Link]); 4] = [
            ("isBasedOn", &record.is_based_on),
            ("isPartOf", &record.is_part_of),
            ("hasPart", &record.has_part),
            ("workTranslation", &record.work_translation),
        ];
        for (key, links) in lists {
            let (base, named) = (self.base_url, key == "isBasedOn");
            let items: Vec<Value> = links
                .iter()
                .filter_map(|link| parts::link(link, base, named))
                .collect();
            self.put_list(key, items);
            if !links.is_empty() {
                self.put_own(key, &links);
            }
        }
        let base = self.base_url;
        let files = record
            .encoding
            .iter()
            .filter_map(|file| parts::file(file, base));
        self.put_list("encoding", files.collect());
        if !record.encoding.is_empty() {
            self.put_own("encoding", &record.encoding);
        }
    }

    pub(super) fn details(&mut self) {
        let record = self.record;
        let codes = record
            .in_language
            .iter()
            .filter(|code| is_two_letter_code(code));
        let codes: Vec<Value> = codes.map(|code| json!(code)).collect();
        if codes.len() < record.in_language.len() {
            self.put_own("inLanguage", &record.in_language);
        }
        self.put_list("inLanguage", codes);
        let texts = [
            ("alternateName", &record.alternate_name),
            ("keywords", &record.keywords),
            ("accessibilityFeature", &record.accessibility_feature),
        ];
        for (key, list) in texts {
            self.put_list(key, list.iter().map(|text| json!(text)).collect());
        }
        let alignments = record.educational_alignment.iter().map(parts::alignment);
        self.put_list("educationalAlignment", alignments.collect());
        self.checked("image", record.image.as_ref(), is_uri);
        self.checked("url", record.url.as_ref(), is_uri);
        self.checked("dateCreated", record.date_created.as_ref(), is_whole_date);
        self.checked(
            "datePublished",
            record.date_published.as_ref(),
            is_whole_date,
        );
        self.checked("dateModified", record.date_modified.as_ref(), is_whole_date);
        self.checked("timeRequired", record.time_required.as_ref(), is_duration);
        self.checked("typicalAgeRange", record.typical_age_range.as_ref(), |_| {
            true
        });
        self.checked("version", record.version.as_ref(), |_| true);
    }

    /// A value that AMB takes only in one form; in another it stands apart.
    fn checked(&mut self, key: &str, value: Option<&String>, fits: fn(&str) -> bool) {
        match value {
            Some(value) if fits(value) => self.put(key, value.clone()),
            Some(value) => self.put_own(key, value),
            None => {}
        }
    }
}
