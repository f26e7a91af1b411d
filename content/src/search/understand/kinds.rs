//! Names that are read as filters wherever they stand: kinds of material, series, languages, stages.
//!
//! A vocabulary knows more names than these. Left out is what people also type without meaning
//! the filter: "bản đồ" (a map, or the lesson about maps), "hình vẽ", "ứng dụng", "primary".

/// Notation of a `learningResourceType` and what it is called in a search.
pub(super) const KINDS: &[(&str, &str)] = &[
    (
        "lesson-plan",
        "giáo án|kế hoạch bài dạy|KHBD|lesson plan|lesson plans|fiche de préparation|plan de cours|\
         plan de leçon|séquence pédagogique",
    ),
    (
        "assessment",
        "đề kiểm tra|đề thi|bài kiểm tra|bài thi|đề khảo sát|exam paper|test paper|exam|exams|quiz|\
         quizzes|contrôle de connaissances|sujet d'examen|évaluation|évaluations",
    ),
    (
        "exercise",
        "bài tập|bài tập về nhà|bài luyện tập|BTVN|exercise|exercises|homework|exercice|exercices",
    ),
    (
        "worksheet",
        "phiếu học tập|phiếu bài tập|PHT|worksheet|worksheets|handout|handouts|fiche d'activité|\
         fiche d'activités|fiche élève|fiche de travail",
    ),
    (
        "textbook",
        "sách giáo khoa|SGK|giáo trình|textbook|textbooks|manuel scolaire|manuels scolaires",
    ),
    (
        "teaching-guide",
        "sách giáo viên|SGV|hướng dẫn giáo viên|teacher's guide|teaching guide|teacher guide|\
         guide pédagogique|guide de l'enseignant",
    ),
    (
        "presentation",
        "bài trình chiếu|slide|slides|PPT|PPTX|powerpoint|power point|diaporama|slide deck",
    ),
    ("lesson", "bài giảng|bài giảng điện tử|BGĐT"),
    ("video", "video|video bài giảng|vidéo|vidéos|videos"),
    (
        "game",
        "trò chơi|trò chơi học tập|educational game|learning game|jeu éducatif|jeux éducatifs",
    ),
    (
        "question-bank",
        "câu hỏi trắc nghiệm|ngân hàng câu hỏi|bộ câu hỏi|question bank|banque de questions",
    ),
    (
        "simulation",
        "mô phỏng|thí nghiệm ảo|virtual lab|laboratoire virtuel",
    ),
    ("experiment", "thí nghiệm|travaux pratiques"),
    (
        "project",
        "dự án học tập|dự án STEM|bài học STEM|STEM project|projet STEM",
    ),
];

/// Notation of a series of textbooks and what it is called.
pub(super) const SERIES: &[(&str, &str)] = &[
    (
        "kntt",
        "KNTT|KNTTVCS|kết nối tri thức|kết nối tri thức với cuộc sống|sách kết nối|bộ kết nối",
    ),
    (
        "ctst",
        "CTST|chân trời sáng tạo|sách chân trời|bộ chân trời",
    ),
    ("cd", "cánh diều|sách cánh diều|bộ cánh diều"),
];

/// Language code and what is read as "written in it".
pub(super) const LANGUAGES: &[(&str, &str)] = &[
    ("vi", "bằng tiếng Việt|in Vietnamese|en vietnamien"),
    ("en", "bằng tiếng Anh|in English|en anglais"),
    ("fr", "bằng tiếng Pháp|in French|en français"),
];

/// Notation of an `educationalLevel` that is no grade and what it is called.
pub(super) const STAGES: &[(&str, &str)] = &[
    (
        "preschool",
        "mầm non|nhà trẻ|lớp lá|lớp chồi|lớp mầm|preschool|kindergarten|nursery school|école maternelle|\
         maternelle",
    ),
    (
        "primary",
        "tiểu học|cấp 1|cấp một|cấp I|primary school|elementary school|école primaire|école élémentaire",
    ),
    (
        "lower-secondary",
        "THCS|trung học cơ sở|cấp 2|cấp hai|cấp II|lower secondary|middle school|junior high school",
    ),
    (
        "upper-secondary",
        "THPT|trung học phổ thông|cấp 3|cấp ba|cấp III|upper secondary|high school|senior high school|lycée",
    ),
    (
        "vocational",
        "giáo dục nghề nghiệp|GDNN|trung cấp nghề|cao đẳng nghề|dạy nghề|vocational training|\
         vocational education|TVET|formation professionnelle|lycée professionnel",
    ),
    (
        "continuing",
        "giáo dục thường xuyên|GDTX|bổ túc văn hoá|continuing education|adult education|formation continue|\
         éducation des adultes",
    ),
    (
        "higher",
        "đại học|bậc đại học|giáo dục đại học|higher education|university|undergraduate|université|\
         enseignement supérieur",
    ),
];
