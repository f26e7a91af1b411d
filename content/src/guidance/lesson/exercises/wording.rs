//! Words by which tasks are told, and what they ask for.

/// Verbs with which tasks begin.
pub(super) const TASKS: &[&str] = &[
    "tính",
    "tìm",
    "giải",
    "viết",
    "nêu",
    "kể",
    "so sánh",
    "chứng minh",
    "vẽ",
    "đọc",
    "sắp xếp",
    "điền",
    "chọn",
    "đặt",
    "cho biết",
    "giải thích",
    "phân tích",
    "xác định",
    "lập",
    "quan sát",
    "hoàn thành",
    "trả lời",
    "vì sao",
    "tại sao",
    "thế nào",
    "theo em",
    "nếu là",
    "kể tên",
    "chỉ ra",
    "mô tả",
    "thiết kế",
    "rút gọn",
    "đổi",
    "so",
    "nối",
    "khoanh",
    "đếm",
    "liệt kê",
    "phát biểu",
    "trình bày",
    "nhận xét",
    "sửa",
    "phân biệt",
    "dự đoán",
    "đề xuất",
    "ước tính",
    "bình luận",
    "tóm tắt",
    "lấy ví dụ",
    "calculate",
    "predict",
    "suggest",
    "estimate",
    "identify",
    "outline",
    "evaluate",
    "justify",
    "summarise",
    "label",
    "classify",
    "distinguish",
    "define",
    "analyse",
    "find",
    "solve",
    "write",
    "name",
    "compare",
    "prove",
    "draw",
    "read",
    "choose",
    "explain",
    "describe",
    "complete",
    "give",
    "list",
    "determine",
    "compute",
    "design",
    "discuss",
    "state",
    "sketch",
    "show",
    "what",
    "why",
    "how",
    "which",
    "when",
    "who",
    "where",
    "calculer",
    "calculez",
    "trouver",
    "trouvez",
    "résoudre",
    "répondez",
    "calcule",
    "trouve",
    "explique",
    "compare",
    "cite",
    "décris",
    "justifiez",
    "justifier",
    "écrire",
    "écrivez",
    "citer",
    "citez",
    "comparer",
    "comparez",
    "expliquer",
    "expliquez",
    "décrire",
    "décrivez",
    "relever",
    "relevez",
    "compléter",
    "complétez",
    "raconter",
    "racontez",
    "distinguer",
    "distinguez",
    "proposer",
    "proposez",
    "identifier",
    "identifiez",
    "résumer",
    "résumez",
    "dessine",
    "nommer",
    "nommez",
    "définir",
    "définissez",
    "classer",
    "classez",
    "montrer",
    "pourquoi",
    "comment",
    "quel",
    "quelle",
    "qui",
    "où",
    "vrai ou faux",
];

/// Words of a task that cannot be understood without what stands elsewhere.
pub(super) const LEANS: &[&str] = &[
    "ở trên",
    "bài trên",
    "câu trên",
    "ban đầu",
    "ở hoạt động",
    "của bài 1",
    "ở bài 1",
    "ở câu",
    "hình bên",
    "bảng trên",
    "above",
    "the previous",
    "figure ",
    "the following",
    "sau đây",
    "dưới đây",
    "nào sau",
    "suivant",
    "ci-dessous",
    "below",
    "hình vẽ",
    "trong hình",
    "đồ thị bên",
    "atlat",
    "ci-dessus",
    "précédent",
];

/// Words of a task that needs what the resource gives elsewhere: data, a text, another answer.
pub(super) const NEEDS: &[&str] = &[
    "số liệu mẫu",
    "bảng số liệu",
    "bảng giá",
    "vừa vẽ",
    "vừa lập",
    "vừa đo",
    "vừa tìm",
    "vừa tính",
    "đoạn trích",
    "trong văn bản",
    "của văn bản",
    "bài đọc",
    "trong bài",
    "theo bài",
    "thí nghiệm của",
    "đoạn sau",
    "mã sau",
    "trình sau",
    "bảng sau",
    "hình sau",
    "the text",
    "the passage",
    "the table",
    "the story",
    "the dialogue",
    "the diagram",
    "the chart",
    "your answer",
    "your graph",
    "le texte",
    "du texte",
    "le tableau",
    "le document",
    "le dialogue",
    "l’extrait",
];

/// Words by which the first words of a task point at something before it.
pub(super) const POINTS: &[&str] = &[
    "này", "đó", "ấy", "kia", "this", "these", "that", "those", "it", "ce", "cet", "cette", "ces",
];

/// Beginnings of what a plan tells the teacher behind a task.
pub(super) const DIRECTIONS: &[&str] = &[
    "giao ",
    "giáo viên",
    "học sinh",
    "cho học sinh",
    "mời ",
    "về nhà",
    "bài về nhà",
    "chữa bài",
    "gv ",
    "hs ",
    "the teacher",
    "pupils",
    "students",
    "homework",
    "collect ",
    "l’enseignant",
    "les élèves",
    "à la maison",
];

/// Words by which a task asks for a value.
const VALUES: &[&str] = &[
    "bao nhiêu",
    "mấy ",
    "tính ",
    "giải ",
    "rút gọn",
    "tìm x",
    "tìm số",
    "how many",
    "how much",
    "how long",
    "how far",
    "calculate",
    "compute",
    "solve",
    "work out",
    "combien",
    "calcul",
    "résou",
];

/// Words by which a task asks for a drawing.
const DRAWS: &[&str] = &[
    "vẽ ", "dựng ", "tô màu", "draw ", "sketch", "plot ", "dessin", "trace ", "tracer", "tracez",
    "construi",
];

/// Words by which a task asks for reasons or a judgement.
const REASONS: &[&str] = &[
    "vì sao",
    "tại sao",
    "giải thích",
    "nhận xét",
    "so sánh",
    "chứng minh",
    "phân tích",
    "theo em",
    "có nên",
    "why",
    "explain",
    "compare",
    "prove",
    "justify",
    "what do you notice",
    "pourquoi",
    "expliqu",
    "compar",
    "justifi",
    "démontr",
];

/// Words by which a task asks for something said or written.
const WRITES: &[&str] = &[
    "viết ",
    "kể ",
    "đọc ",
    "nói ",
    "đặt câu",
    "đóng vai",
    "sáng tác",
    "hát ",
    "write ",
    "tell ",
    "read ",
    "say ",
    "compose",
    "role-play",
    "écri",
    "racont",
    "lis ",
    "lire ",
    "présent",
];

/// Answers with which a sentence behind a question begins.
const ANSWERS: &[&str] = &[
    "yes", "no", "có", "không", "đúng", "sai", "vì", "because", "oui", "non", "parce",
];

/// Words with which a task of putting together begins.
const MATCHES: &[&str] = &["nối", "ghép", "match", "associ", "reli"];

/// What a task asks for: `compute`, `draw`, `match`, `explain`, `write`, else `other`.
pub(super) fn asks_for(text: &str) -> &'static str {
    let lower = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let figure = lower.contains(|c: char| c.is_ascii_digit());
    let letters = lower.contains('=') || lower.contains(['²', '√', '+', '×', '·']);
    match () {
        () if MATCHES.iter().any(|word| lower.starts_with(word)) => "match",
        () if has(DRAWS) => "draw",
        () if has(REASONS) => "explain",
        () if figure && (has(VALUES) || letters) || letters && has(VALUES) => "compute",
        () if has(WRITES) => "write",
        () => "other",
    }
}

/// Whether a text answers its own question: “Is it on the line? Yes.”
pub(super) fn answers_itself(text: &str) -> bool {
    let behind = text.split('?').skip(1);
    behind.into_iter().any(|rest| {
        let first = rest.split_whitespace().next().unwrap_or_default();
        let word = first.trim_matches(|c: char| !c.is_alphanumeric());
        let alone =
            first.ends_with(['.', ',', '!']) || rest.trim_start().starts_with(['V', 'B', 'P']);
        alone && ANSWERS.contains(&word.to_lowercase().as_str())
    })
}

/// How gaps stand in a text: `true` where one stands for a word or a phrase, `false` where all stand for
/// a figure behind a sign; nothing where there is none.
pub(super) fn gaps(text: &str) -> Option<bool> {
    let marks = ["…", "...", "___"];
    let mut found = None;
    for mark in marks {
        for (at, _) in text.match_indices(mark) {
            let before = &text[..at];
            if !before.is_empty() && !before.ends_with([' ', '\u{a0}', '(', '.', '_']) {
                continue;
            }
            let sign = before.trim_end().chars().next_back();
            let figure = sign.is_some_and(|c| "=<>+−-×·:".contains(c) || c.is_ascii_digit());
            found = Some(found.unwrap_or(false) || !figure);
        }
    }
    found
}
