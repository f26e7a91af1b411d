//! The few words that the portal itself adds to a rendered text.

/// Words in one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) table: &'static str,
    pub(super) formula: &'static str,
    pub(super) back: &'static str,
}

const VI: Words = Words {
    table: "Bảng",
    formula: "Công thức",
    back: "Trở lại chỗ có chú thích",
};
const EN: Words = Words {
    table: "Table",
    formula: "Formula",
    back: "Back to the place of note",
};
const FR: Words = Words {
    table: "Tableau",
    formula: "Formule",
    back: "Retour à l’appel de note",
};

/// The words of a language, else the Vietnamese ones.
pub(super) fn of(language: &str) -> &'static Words {
    match language.split(['-', '_']).next() {
        Some("en") => &EN,
        Some("fr") => &FR,
        _ => &VI,
    }
}
