//! The records of the small library: one of every sort that a page has to show.

use khue_content::{
    Agent, Alignment, Body, BodyFormat, LearningResource, Link, MediaObject, Origin, Provenance,
};

/// All of them.
pub fn all() -> Vec<LearningResource> {
    vec![
        plan(),
        lesson_vi(),
        lesson_en(),
        book(),
        simulation(),
        bare(),
    ]
}

fn uri(vocabulary: &str, notation: &str) -> String {
    format!("https://w3id.org/khue/{vocabulary}/{notation}")
}

fn base(id: &str, name: &str, language: &str) -> LearningResource {
    LearningResource {
        id: id.to_owned(),
        name: name.to_owned(),
        in_language: vec![language.to_owned()],
        about: vec![uri("about", "toan")],
        educational_level: vec![uri("educationalLevel", "grade-4")],
        license: Some(uri("license", "CC-BY-4.0")),
        provenance: Provenance {
            source: "khue".to_owned(),
            identifier: id.to_owned(),
            origin: Origin::Shipped,
            license_as_stated: String::new(),
        },
        ..LearningResource::default()
    }
}

fn plan() -> LearningResource {
    LearningResource {
        description: "Kế hoạch bài dạy một tiết về so sánh hai phân số khác mẫu số.".to_owned(),
        creator: vec![Agent::person("Nguyễn Thị Hoa"), Agent::person("Trần Văn Bình")],
        publisher: vec![Agent::organization("Khuê")],
        learning_resource_type: vec![uri("learningResourceType", "lesson-plan")],
        keywords: vec!["phân số".to_owned(), "so sánh".to_owned()],
        teaches: vec!["So sánh được hai phân số khác mẫu số.".to_owned()],
        time_required: Some("PT1H35M".to_owned()),
        typical_age_range: Some("9-10".to_owned()),
        accessibility_feature: vec!["MathML".to_owned(), "tableOfContents".to_owned()],
        educational_alignment: vec![Alignment {
            educational_framework: "Chương trình GDPT 2018".to_owned(),
            target_name: "Phân số, lớp 4".to_owned(),
            ..Alignment::default()
        }],
        date_published: Some("2026-09-05".to_owned()),
        body: Some(Body {
            format: BodyFormat::Markdown,
            text: "## Mục tiêu\n\nSo sánh $\\frac{2}{3}$ và $\\frac{3}{4}$.\n\n## Khởi động\n\nChia bánh.\n\n\
                   ## Luyện tập\n\n| Bài | Điểm |\n|---|---|\n| 1 | 5 |\n\n### Bài về nhà\n\nBài 3 & 4."
                .to_owned(),
        }),
        encoding: vec![
            MediaObject {
                name: "phiếu học tập.pdf".to_owned(),
                encoding_format: Some("application/pdf".to_owned()),
                content_size: Some(1_234_567),
                sha256: Some("ab".repeat(32)),
                description: "Phiếu bài tập để in".to_owned(),
                ..MediaObject::default()
            },
            MediaObject {
                name: "hình.png".to_owned(),
                content_url: Some("javascript:alert(1)".to_owned()),
                ..MediaObject::default()
            },
        ],
        is_based_on: vec![Link { name: "Toán 4".to_owned(), ..Link::default() }],
        ..base("so-sanh-phan-so", "So sánh hai phân số", "vi")
    }
}

fn part_of(position: u32, section: &str) -> Vec<Link> {
    vec![Link {
        id: "sach-phan-so".to_owned(),
        name: "Phân số từng bước".to_owned(),
        position: Some(position),
        path: vec![section.to_owned()],
    }]
}

/// One exercise of every kind.
const EXERCISES: &str = "```bài tập 1\nPhân số nào bằng $\\frac{1}{2}$?\n\n- (x) $\\frac{2}{4}$\n- ( ) $\\frac{1}{4}$\n  > Một phần tư nhỏ hơn.\n\
    gợi ý: Nhân tử và mẫu với cùng một số.\nlời giải: $\\frac{1}{2} = \\frac{2}{4}$.\n```\n\n\
    ```bài tập 2\nSố nào chẵn?\n\n- [x] 2\n- [ ] 3\n- [x] 4\n```\n\n\
    ```bài tập 3\nNửa mét là bao nhiêu?\n\n= 50 cm\n```\n\n\
    ```bài tập 4\nSố trên gạch ngang gọi là gì?\n\n= tử số\n```\n\n\
    ```bài tập 5\nXếp từ bé đến lớn.\n\n1. một phần tư\n2. một phần hai\n3. một\n```\n\n\
    ```bài tập 6\nNối.\n\n- tử số → ở trên\n- mẫu số → ở dưới\n```\n\n\
    ```bài tập 7\nMẫu số đứng ở [[dưới]], bằng [[= 2]] và [[(x) khác | ( ) bằng]] không.\n```\n\n\
    ## Đáp án\n\nBài 3: 50 cm.\n";

fn lesson_vi() -> LearningResource {
    LearningResource {
        description: "Phân số là gì, đọc và viết phân số.".to_owned(),
        learning_resource_type: vec![uri("learningResourceType", "lesson")],
        is_part_of: part_of(1, "Làm quen"),
        work_translation: vec![Link {
            id: "what-is-a-fraction".to_owned(),
            name: "What is a fraction?".to_owned(),
            ..Link::default()
        }],
        body: Some(Body {
            format: BodyFormat::Markdown,
            text: format!(
                "Một phần hai viết là $\\frac{{1}}{{2}}$. Mỗi phân số có tử số và mẫu số.\n\n## Luyện tập\n\n{EXERCISES}"
            ),
        }),
        ..base("phan-so-la-gi", "Phân số là gì?", "vi")
    }
}

fn lesson_en() -> LearningResource {
    let hash = "cd".repeat(32);
    LearningResource {
        description: "What a fraction is, with <b>pictures</b> & words.".to_owned(),
        learning_resource_type: vec![uri("learningResourceType", "lesson")],
        is_part_of: part_of(2, "Làm quen"),
        body: Some(Body {
            format: BodyFormat::Html,
            text: format!(
                "<p>One half.</p><script>alert(1)</script>\
                 <p><img src=\"/files/{hash}\" alt=\"Half a cake &amp; a quarter\" width=\"640\" height=\"480\"></p>"
            ),
        }),
        encoding: vec![MediaObject {
            name: "cake.png".to_owned(),
            encoding_format: Some("image/png".to_owned()),
            content_size: Some(48_000),
            sha256: Some(hash),
            ..MediaObject::default()
        }],
        date_published: Some("2026-08".to_owned()),
        ..base("what-is-a-fraction", "What is a fraction?", "en")
    }
}

fn book() -> LearningResource {
    LearningResource {
        description: "Một cuốn sách mở về phân số.".to_owned(),
        learning_resource_type: vec![uri("learningResourceType", "textbook")],
        license: Some(uri("license", "CC-BY-NC-SA-4.0")),
        date_published: Some("2025".to_owned()),
        ..base("sach-phan-so", "Phân số từng bước", "vi")
    }
}

fn simulation() -> LearningResource {
    LearningResource {
        description: "Simulation d’un circuit électrique.".to_owned(),
        learning_resource_type: vec![uri("learningResourceType", "simulation")],
        about: vec![uri("about", "vat-li"), uri("about", "khoa-hoc-tu-nhien")],
        educational_level: vec![uri("educationalLevel", "grade-9")],
        url: Some("https://example.org/circuit?a=1&b=2".to_owned()),
        license: Some(uri("license", "all-rights-reserved")),
        ..base("circuit", "Circuit électrique", "fr")
    }
}

/// A record that says almost nothing, and one thing that it should not.
fn bare() -> LearningResource {
    LearningResource {
        id: "bare:1~x".to_owned(),
        name: "Không rõ <i>gì</i>".to_owned(),
        url: Some("javascript:alert(1)".to_owned()),
        ..LearningResource::default()
    }
}
