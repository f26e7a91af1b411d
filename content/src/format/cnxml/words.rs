//! Words that books leave to the reader's software, in the book's language.

/// The words of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) figure: &'static str,
    pub(super) table: &'static str,
    pub(super) example: &'static str,
    pub(super) exercise: &'static str,
    pub(super) equation: &'static str,
    pub(super) note: &'static str,
    pub(super) solution: &'static str,
    pub(super) glossary: &'static str,
}

const VI: Words = Words {
    figure: "Hình",
    table: "Bảng",
    example: "Ví dụ",
    exercise: "Bài tập",
    equation: "Công thức",
    note: "Ghi chú",
    solution: "Lời giải",
    glossary: "Thuật ngữ",
};

const EN: Words = Words {
    figure: "Figure",
    table: "Table",
    example: "Example",
    exercise: "Exercise",
    equation: "Equation",
    note: "Note",
    solution: "Solution",
    glossary: "Glossary",
};

const FR: Words = Words {
    figure: "Figure",
    table: "Tableau",
    example: "Exemple",
    exercise: "Exercice",
    equation: "Équation",
    note: "Remarque",
    solution: "Solution",
    glossary: "Glossaire",
};

/// The words of a language, else the English ones.
pub(super) fn of(language: &str) -> &'static Words {
    match language.split(['-', '_']).next() {
        Some("vi") => &VI,
        Some("fr") => &FR,
        _ => &EN,
    }
}
