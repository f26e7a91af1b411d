//! Words that tell a statement of the matter from what happens in a class.

/// Words by which a sentence says what something is.
pub(super) const DEFINES: &[&str] = &[
    " là ",
    " gọi là ",
    " được gọi ",
    " nghĩa là ",
    " bao gồm ",
    " is a ",
    " is an ",
    " is the ",
    " are ",
    " means ",
    " is called ",
    " refers to ",
    " est un ",
    " est une ",
    " est le ",
    " est la ",
    " sont ",
    " s’appelle ",
    " s'appelle ",
    " désigne ",
    " signifie ",
];

/// Those of them that define whatever stands before them.
pub(super) const NAMES_WELL: &[&str] = &[
    " gọi là ",
    " được gọi ",
    " nghĩa là ",
    " means ",
    " is called ",
    " refers to ",
    " s’appelle ",
    " s'appelle ",
    " désigne ",
    " signifie ",
];

/// Whether a sentence begins with a French infinitive or an order: “Verser le sel …”, “Cliquez …”.
pub(super) fn is_infinitive(lower: &str) -> bool {
    const NOUNS: &[&str] = &[
        "hiver", "premier", "dernier", "papier", "danger", "chez", "assez", "hier", "mercier",
        "février", "janvier", "fer", "mer", "quartier", "métier", "escalier", "avenir", "plaisir",
        "loisir", "désir", "cahier", "acier", "collier", "chantier", "foyer", "loyer", "souvenir",
        "other", "however", "whether", "another", "either", "neither", "under", "over", "after",
        "water", "summer", "winter", "paper", "later", "never", "ever", "number", "her", "their",
    ];
    let first = lower.split_whitespace().next().unwrap_or_default();
    let french = lower.contains(['é', 'è', 'à', 'ê', 'ç'])
        || [
            " le ", " la ", " les ", " un ", " une ", " des ", " du ", " sur ",
        ]
        .iter()
        .any(|word| lower.contains(word));
    let ends = ["er", "ez", "ir"].iter().any(|end| first.ends_with(end));
    french
        && ends
        && first.chars().count() > 3
        && !NOUNS.contains(&first)
        && first.chars().all(char::is_alphabetic)
}

/// Whether a sentence warns of a danger: by what it forbids at its beginning, or by the word.
pub(super) fn warns(lower: &str) -> bool {
    const FORBIDS: &[&str] = &["không bao giờ", "tuyệt đối không", "never ", "ne jamais"];
    const WARNS: &[&str] = &["nguy hiểm", "danger"];
    FORBIDS.iter().any(|start| lower.starts_with(start))
        || WARNS.iter().any(|words| lower.contains(words))
}

/// Whether a sentence speaks of the resource itself and not of its matter.
pub(super) fn about_itself(lower: &str) -> bool {
    const ITSELF: &[&str] = &[
        "bài giảng",
        "tài liệu này",
        "cuốn sách",
        "giáo án",
        "trò chơi này",
        "video này",
        "học liệu",
        "bài viết này",
        "video hướng dẫn",
        "video giới thiệu",
        "chương này",
        "mục này",
        "phần này",
        "trong bài này",
        "ở bài này",
        "bộ sách",
        "this resource",
        "this book",
        "this chapter",
        "this section",
        "this page",
        "this activity",
        "this course",
        "this video",
        "this game",
        "this module",
        "this article",
        "ce lien",
        "cette ressource",
        "ce livre",
        "ce chapitre",
        "cette page",
        "cette activité",
        "ce manuel",
        "this site",
        "chúng tôi",
    ];
    ITSELF.iter().any(|words| lower.contains(words))
}

/// Orders that stand behind what leads to them: “Without a dictionary, choose …”.
pub(super) const ORDERS: &[&str] = &[
    "choose ",
    "write ",
    "complete ",
    "match ",
    "draw ",
    "find ",
    "read ",
    "tick ",
    "underline ",
    "circle ",
    "fill ",
    "discuss ",
    "chọn ",
    "viết ",
    "hoàn thành",
    "nối ",
    "tìm ",
    "khoanh ",
    "select ",
    "click ",
    "press ",
    "type ",
    "enter ",
    "sélectionnez",
    "cliquez",
    "choisissez",
    "faites ",
    "saisissez",
    "ouvrez",
    "appuyez",
    "activez",
    "désactivez",
    "cochez",
    "tapez",
    "utilisez",
    "vérifiez",
];

/// Who acts in a class: a sentence with them tells what happens there.
pub(in crate::guidance::lesson) const STAGES: &[&str] = &[
    "giáo viên",
    "học sinh",
    "cả lớp",
    "mỗi nhóm",
    "các nhóm",
    "từng cặp",
    "mỗi cặp",
    "các cặp",
    "theo cặp",
    "nộp bản",
    "nộp bài",
    ", cô ",
    "cá nhân",
    "đổi vai",
    "đổi phiếu",
    "cô giáo",
    "trẻ ",
    "người học",
    "sinh viên",
    "học viên",
    "bảng con",
    "phiếu",
    "teacher",
    "pupils",
    "students",
    "learners",
    "in pairs",
    "partner",
    "the class",
    "worksheet",
    "professeur",
    "enseignant",
    "élèves",
    "par deux",
    "la classe",
    "au tableau",
];
