//! What the part under a heading is for, told by the heading's words.

use crate::guidance::guard;

/// What a part of a lesson is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::guidance) enum Role {
    /// The record's description.
    Description,
    Objectives,
    Preparation,
    Opening,
    Building,
    Practice,
    Application,
    Answers,
    /// An answer to choose, right or wrong.
    Choice,
    /// Differentiation, assessment, notes for the teacher.
    Notes,
    Sources,
    /// Nothing that its heading tells.
    #[default]
    Matter,
}

/// Words of headings; the first that occurs decides.
const WORDS: &[(Role, &[&str])] = &[
    (
        Role::Sources,
        &[
            "nguồn",
            "tài liệu tham khảo",
            "sources",
            "references",
            "bibliographie",
            "further reading",
            "tham khảo",
            "credits",
            "licence",
            "license",
        ],
    ),
    (
        Role::Answers,
        &[
            "lời giải",
            "đáp án",
            "gợi ý trả lời",
            "hướng dẫn giải",
            "gợi ý đáp",
            "answer",
            "solutions",
            "corrigé",
            "réponses",
            "key",
        ],
    ),
    (
        Role::Notes,
        &[
            "phân hoá",
            "phân hóa",
            "đánh giá",
            "differentiation",
            "différenciation",
            "assessment",
            "évaluation",
            "lưu ý",
            "teacher notes",
            "ghi chú",
        ],
    ),
    (
        Role::Objectives,
        &[
            "yêu cầu cần đạt",
            "mục tiêu",
            "objective",
            "objectif",
            "outcomes",
            "aims",
            "goals",
            "kết quả học tập",
            "mục đích",
        ],
    ),
    (
        Role::Preparation,
        &[
            "chuẩn bị",
            "preparation",
            "préparation",
            "materials",
            "matériel",
            "thiết bị",
            "đồ dùng",
            "prerequisite",
        ],
    ),
    (
        Role::Practice,
        &[
            "luyện tập",
            "bài tập",
            "practice",
            "exercise",
            "exercice",
            "entraînement",
            "problems",
            "thực hành",
            "câu hỏi",
            "questions",
            "check your",
        ],
    ),
    (
        Role::Application,
        &[
            "vận dụng",
            "application",
            "réinvestissement",
            "mở rộng",
            "trải nghiệm",
        ],
    ),
    (
        Role::Opening,
        &[
            "mở đầu",
            "khởi động",
            "warm-up",
            "warm up",
            "opening",
            "mise en route",
            "starter",
            "khởi động",
        ],
    ),
    (
        Role::Building,
        &[
            "hình thành",
            "khám phá",
            "building",
            "découverte",
            "construction",
            "kiến thức",
            "trọng động",
            "explanation",
            "theory",
        ],
    ),
];

/// The headings around a place in the text, outermost first.
#[derive(Debug, Default)]
pub(super) struct Outline(Vec<(u8, String, Role)>);

impl Outline {
    /// A heading begins.
    pub(super) fn enter(&mut self, level: u8, text: &str) {
        while self.0.last().is_some_and(|(open, ..)| *open >= level) {
            self.0.pop();
        }
        let inherited = self.0.last().map_or(Role::Matter, |(_, _, role)| *role);
        self.0
            .push((level, text.to_owned(), told(text).unwrap_or(inherited)));
    }

    /// What the place is for.
    pub(super) fn role(&self) -> Role {
        self.0.last().map_or(Role::Matter, |(_, _, role)| *role)
    }

    /// The nearest heading that may be shown.
    pub(super) fn heading(&self) -> String {
        let nearest = self.0.last().map(|(_, text, _)| text.as_str());
        let fits = |text: &&str| text.chars().count() <= 120 && !guard::addresses_a_machine(text);
        nearest.filter(fits).unwrap_or_default().to_owned()
    }
}

fn told(heading: &str) -> Option<Role> {
    let lower = heading.to_lowercase();
    let found = WORDS
        .iter()
        .find(|(_, words)| words.iter().any(|word| lower.contains(word)));
    found.map(|(role, _)| *role)
}
