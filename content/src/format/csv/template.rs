//! An empty sheet to begin with: header, explanations, one example.

use super::writing::columns;
use crate::format::mapping;

/// A sheet with headings in the language (`vi`, `en` or `fr`), a row of
/// explanations that readers pass over, and an example row.
///
/// ```
/// use khue_content::format::csv;
/// let sheet = csv::template("vi");
/// let read: Vec<_> = csv::read(sheet.as_bytes(), "mau.csv").collect();
/// assert_eq!(read.len(), 1);
/// assert!(read[0].findings.is_empty());
/// ```
pub fn template(language: &str) -> String {
    let at = match language {
        "en" => 1,
        "fr" => 2,
        _ => 0,
    };
    let names = columns();
    let headings = names
        .iter()
        .map(|name| mapping::field(name).map_or(*name, |field| field.labels[at]));
    let explanations = names.iter().map(|name| explanation(name)[at]);
    let example = names.iter().map(|name| example(name));
    let mut sheet = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    // Cannot fail: memory takes every byte.
    let rows = [
        sheet.write_record(headings),
        sheet.write_record(explanations),
        sheet.write_record(example),
    ];
    debug_assert!(rows.iter().all(Result::is_ok));
    let bytes = sheet.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn explanation(name: &str) -> [&'static str; 3] {
    match name {
        "identifier" => [
            "# Dòng này chỉ để giải thích và sẽ được bỏ qua. Mã riêng của học liệu tại nơi gửi, không trùng nhau",
            "# This row explains and is passed over. The source's own code of the material, each one different",
            "# Cette ligne explique et sera ignorée. Code de la ressource chez vous, différent pour chacune",
        ],
        "name" => ["Bắt buộc", "Required", "Obligatoire"],
        "description" => [
            "Bắt buộc: hai, ba câu",
            "Required: two or three sentences",
            "Obligatoire : deux ou trois phrases",
        ],
        "about" | "educationalLevel" | "learningResourceType" => [
            "Bắt buộc; nhiều giá trị cách nhau bằng |",
            "Required; separate several values with |",
            "Obligatoire ; séparer plusieurs valeurs par |",
        ],
        "inLanguage" => [
            "Bắt buộc: vi, en, fr …",
            "Required: vi, en, fr …",
            "Obligatoire : vi, en, fr …",
        ],
        "license" => [
            "Bắt buộc, ví dụ CC BY-SA 4.0",
            "Required, such as CC BY-SA 4.0",
            "Obligatoire, par exemple CC BY-SA 4.0",
        ],
        "creator" | "contributor" | "publisher" => [
            "Tên, hoặc Tên <địa chỉ>; tổ chức ghi thêm [org]; nhiều tên cách nhau bằng |",
            "Name, or name <address>; add [org] for an organisation; separate several with |",
            "Nom, ou nom <adresse> ; ajouter [org] pour un organisme ; séparer par |",
        ],
        "educationalAlignment" => ["Bộ sách » bài", "Series » lesson", "Collection » leçon"],
        "typicalAgeRange" => ["Ví dụ 11-12", "Such as 11-12", "Par exemple 11-12"],
        "timeRequired" => [
            "Ví dụ PT45M là 45 phút",
            "PT45M is 45 minutes",
            "PT45M signifie 45 minutes",
        ],
        "dateCreated" | "datePublished" | "dateModified" => [
            "Năm-tháng-ngày, ví dụ 2026-09-05",
            "Year-month-day, such as 2026-09-05",
            "Année-mois-jour, par exemple 2026-09-05",
        ],
        "isAccessibleForFree" => ["true hoặc false", "true or false", "true ou false"],
        "isBasedOn" | "isPartOf" | "hasPart" | "workTranslation" => {
            ["Tên <địa chỉ>", "Name <address>", "Nom <adresse>"]
        }
        "encoding" => [
            "Tên tệp <địa chỉ>",
            "File name <address>",
            "Nom du fichier <adresse>",
        ],
        "textFormat" => [
            "plain, markdown hoặc html",
            "plain, markdown or html",
            "plain, markdown ou html",
        ],
        _ => ["", "", ""],
    }
}

fn example(name: &str) -> &'static str {
    match name {
        "identifier" => "khtn6-01",
        "name" => "Đo chiều dài",
        "description" => "Học sinh ước lượng rồi đo chiều dài bằng thước và ghi kết quả đúng cách.",
        "about" => "khoa-hoc-tu-nhien",
        "educationalLevel" => "grade-6",
        "learningResourceType" => "lesson-plan",
        "inLanguage" => "vi",
        "license" => "CC BY-SA 4.0",
        "creator" => "Nguyễn Thị An",
        "keywords" => "chiều dài | thước | đơn vị đo",
        "teaches" => "Đo được chiều dài của một vật bằng thước",
        "audience" => "teacher",
        "typicalAgeRange" => "11-12",
        "timeRequired" => "PT45M",
        "isAccessibleForFree" => "true",
        "datePublished" => "2026-09-05",
        "text" => "Mỗi nhóm chọn ba vật, ước lượng chiều dài, rồi đo lại và so sánh.",
        "textFormat" => "plain",
        _ => "",
    }
}
