//! The table: which names mean which property.

use super::{Draft, agents, concepts, files, links, parts, rights, text};
use crate::{Agent, LearningResource, Link};
use serde_json::Value;

/// One row: a property, what it is called, and how a value gets into the record.
pub(in crate::format) struct Field {
    /// Name as in JSON.
    pub property: &'static str,
    /// Column headings in Vietnamese, English and French.
    pub labels: [&'static str; 3],
    /// What other catalogues call it, the most telling name first.
    names: &'static [&'static str],
    /// Where values go.
    pub into: Into,
}

/// Where the values of a field go.
#[derive(Clone, Copy)]
pub(in crate::format) enum Into {
    /// One text.
    Text(fn(&mut LearningResource) -> &mut String),
    /// One text that may be absent.
    Maybe(fn(&mut LearningResource) -> &mut Option<String>),
    /// Several texts.
    Texts(fn(&mut LearningResource) -> &mut Vec<String>),
    /// People and organisations.
    Agents(fn(&mut LearningResource) -> &mut Vec<Agent>),
    /// Other works.
    Links(fn(&mut LearningResource) -> &mut Vec<Link>),
    /// Concepts of a vocabulary.
    Concepts(&'static str, fn(&mut LearningResource) -> &mut Vec<String>),
    /// One concept of a vocabulary.
    Concept(
        &'static str,
        fn(&mut LearningResource) -> &mut Option<String>,
    ),
    /// Anything that needs a rule of its own; whether a cell may hold several values.
    Special(fn(&mut Draft, &str, Value), bool),
}

impl Field {
    /// Everything it is called, the property's own name first.
    pub fn all_names(&self) -> impl Iterator<Item = &'static str> {
        let own = std::iter::once(self.property);
        own.chain(self.names.iter().copied()).chain(self.labels)
    }

    /// Whether a cell of a sheet may hold several values.
    pub fn is_many(&self) -> bool {
        match self.into {
            Into::Text(_) | Into::Maybe(_) | Into::Concept(..) => false,
            Into::Special(_, many) => many,
            _ => true,
        }
    }

    /// Puts a value into the record, or keeps it aside with a finding.
    pub(super) fn take(&self, draft: &mut Draft, key: &str, value: Value) {
        match self.into {
            Into::Text(place) => text::one(draft, key, value, place),
            Into::Maybe(place) => text::maybe(draft, key, value, place),
            Into::Texts(place) => text::several(draft, key, value, place),
            Into::Agents(place) => agents::agents(draft, value, place),
            Into::Links(place) => links::links(draft, key, value, place),
            Into::Concepts(name, place) => concepts::several(draft, (key, name), value, place),
            Into::Concept(name, place) => concepts::one(draft, (key, name), value, place),
            Into::Special(rule, _) => rule(draft, key, value),
        }
    }
}

const fn row(
    property: &'static str,
    labels: [&'static str; 3],
    names: &'static [&'static str],
    into: Into,
) -> Field {
    Field {
        property,
        labels,
        names,
        into,
    }
}

/// Every field that sources and sheets may have, in the order of forms.
#[rustfmt::skip]
pub(in crate::format) const FIELDS: &[Field] = &[
    row("identifier", ["Mã nguồn", "Identifier", "Identifiant"], &["_id", "id", "uuid", "doi"],
        Into::Special(parts::identifier, false)),
    row("inLanguage", ["Ngôn ngữ", "Language", "Langue"], &["lang", "language", "languages", "in_language"],
        Into::Special(text::languages, true)),
    row("name", ["Tên", "Name", "Nom"], &["title", "headline", "tiêu đề", "nhan đề", "titre"],
        Into::Text(|r| &mut r.name)),
    row("alternateName", ["Tên khác", "Alternative names", "Autres noms"], &["subtitle", "alt_title"],
        Into::Texts(|r| &mut r.alternate_name)),
    row("description", ["Mô tả", "Description", "Description (fr)"], &["abstract", "summary", "tóm tắt", "résumé"],
        Into::Text(|r| &mut r.description)),
    row("text", ["Nội dung", "Text", "Texte"], &["body", "content", "fulltext", "full_text", "articleBody", "question"],
        Into::Special(text::body, false)),
    row("textFormat", ["Dạng văn bản", "Text format", "Format du texte"], &["body_format"],
        Into::Special(text::body_format, false)),
    row("about", ["Môn học, lĩnh vực", "Subjects", "Matières"],
        &["subject", "subjects", "subject_path", "topic", "topics", "discipline", "môn", "môn học", "matière"],
        Into::Special(concepts::about, true)),
    row("educationalLevel", ["Cấp học, lớp", "Levels and grades", "Niveaux"],
        &["grade", "grades", "level", "lớp", "cấp học", "niveau", "grade_level"],
        Into::Concepts("educationalLevel", |r| &mut r.educational_level)),
    row("learningResourceType", ["Loại học liệu", "Types of material", "Types de ressource"],
        &["resource_type", "type", "kind", "material_type"],
        Into::Concepts("learningResourceType", |r| &mut r.learning_resource_type)),
    row("format", ["Định dạng", "Format", "Format (fr)"], &["formats"], Into::Special(concepts::format, true)),
    row("license", ["Giấy phép", "Licence", "Licence (fr)"], &["licence", "rights", "usageInfo", "bản quyền"],
        Into::Special(rights::license, false)),
    row("creator", ["Tác giả", "Creators", "Auteurs"], &["author", "authors", "creators", "by", "auteur"],
        Into::Agents(|r| &mut r.creator)),
    row("contributor", ["Người đóng góp", "Contributors", "Contributeurs"], &["translator", "editor"],
        Into::Agents(|r| &mut r.contributor)),
    row("publisher", ["Nhà xuất bản", "Publishers", "Éditeurs"], &["provider", "organization"],
        Into::Agents(|r| &mut r.publisher)),
    row("keywords", ["Từ khoá", "Keywords", "Mots-clés"], &["keyword", "tags", "tag", "từ khóa"],
        Into::Special(text::keywords, false)),
    row("teaches", ["Yêu cầu cần đạt", "Outcomes", "Acquis visés"],
        &["learning_objectives", "learning_objective", "objectives", "goal", "goals", "outcomes", "mục tiêu"],
        Into::Texts(|r| &mut r.teaches)),
    row("assesses", ["Đánh giá", "Assesses", "Évalue"], &[], Into::Texts(|r| &mut r.assesses)),
    row("competencyRequired", ["Cần biết trước", "Prerequisites", "Prérequis"], &["prerequisite", "requirements"],
        Into::Texts(|r| &mut r.competency_required)),
    row("educationalAlignment", ["Bài trong sách giáo khoa", "Textbook lessons", "Leçons de manuel"], &["alignment"],
        Into::Special(parts::alignments, true)),
    row("audience", ["Đối tượng", "Audience", "Public"], &["intended_audience"],
        Into::Concepts("audience", |r| &mut r.audience)),
    row("interactivityType", ["Kiểu tương tác", "Interactivity", "Interactivité"], &[],
        Into::Concept("interactivityType", |r| &mut r.interactivity_type)),
    row("isAccessibleForFree", ["Miễn phí", "Free of charge", "Gratuit"], &["free"],
        Into::Special(text::free, false)),
    row("conditionsOfAccess", ["Điều kiện truy cập", "Conditions of access", "Conditions d’accès"], &["access"],
        Into::Concept("conditionsOfAccess", |r| &mut r.conditions_of_access)),
    row("typicalAgeRange", ["Độ tuổi", "Ages", "Âges"], &["age_range", "age"],
        Into::Maybe(|r| &mut r.typical_age_range)),
    row("timeRequired", ["Thời lượng", "Time needed", "Durée"], &["duration"],
        Into::Maybe(|r| &mut r.time_required)),
    row("accessibilityFeature", ["Tiện ích tiếp cận", "Accessibility features", "Accessibilité"], &[],
        Into::Texts(|r| &mut r.accessibility_feature)),
    row("isBasedOn", ["Dựa trên", "Based on", "Fondé sur"], &["derived_from"], Into::Links(|r| &mut r.is_based_on)),
    row("isPartOf", ["Thuộc về", "Part of", "Fait partie de"], &[], Into::Links(|r| &mut r.is_part_of)),
    row("book", ["Sách", "Book", "Livre"], &["course_name", "collection"], Into::Special(links::whole, false)),
    row("chapter", ["Chương", "Chapter", "Chapitre"], &[], Into::Special(links::chapter, false)),
    row("path", ["Mục", "Path", "Chemin"], &[], Into::Special(links::path, false)),
    row("order", ["Thứ tự", "Order", "Ordre"], &[], Into::Special(links::order, false)),
    row("position", ["Vị trí", "Position", "Position (fr)"], &[], Into::Special(links::position, false)),
    row("hasPart", ["Gồm các phần", "Has parts", "Comprend"], &[], Into::Links(|r| &mut r.has_part)),
    row("workTranslation", ["Bản dịch", "Translations", "Traductions"], &["translations"],
        Into::Links(|r| &mut r.work_translation)),
    row("url", ["Địa chỉ", "Address", "Adresse"], &["link", "uri", "href", "website", "liên kết", "lien"],
        Into::Maybe(|r| &mut r.url)),
    row("image", ["Hình xem trước", "Preview picture", "Image"], &["thumbnail", "thumbnailUrl", "cover"],
        Into::Maybe(|r| &mut r.image)),
    row("encoding", ["Tệp", "Files", "Fichiers"], &["files", "associatedMedia"], Into::Special(files::files, true)),
    row("dateCreated", ["Ngày làm", "Date made", "Date de création"], &["created", "created_at", "year"],
        Into::Maybe(|r| &mut r.date_created)),
    row("datePublished", ["Ngày xuất bản", "Date published", "Date de publication"],
        &["published", "published_at", "date", "ngày"], Into::Maybe(|r| &mut r.date_published)),
    row("dateModified", ["Ngày sửa", "Date changed", "Date de modification"],
        &["modified", "updated", "updated_at", "last_modified"], Into::Maybe(|r| &mut r.date_modified)),
    row("version", ["Phiên bản", "Version", "Version (fr)"], &["revision"], Into::Maybe(|r| &mut r.version)),
    row("provenance", ["Nguồn gốc", "Provenance", "Provenance (fr)"], &[], Into::Special(parts::provenance, false)),
];
