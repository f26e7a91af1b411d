//! The lines of a block, and what each of them is.

/// A line that means something by itself.
#[derive(Debug, PartialEq)]
pub(super) enum Line<'t> {
    /// `- ( ) …` or `- (x) …`.
    One(bool, &'t str),
    /// `- [ ] …` or `- [x] …`.
    Any(bool, &'t str),
    /// `= …` (right) or `~ …` (a mistake that one expects).
    Answer(bool, &'t str),
    /// `1. …`.
    Step(&'t str),
    /// `- left → right`.
    Pair(&'t str, &'t str),
    /// `> …`.
    Feedback(&'t str),
    /// `hint: …` and the like.
    Setting(Setting, &'t str),
    /// Nothing.
    Blank,
    /// Anything else; whether it is indented.
    Text(bool, &'t str),
}

/// What a line with a name at its beginning sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    Hint,
    Explanation,
    Marks,
    Case,
    Unit,
}

const SETTINGS: &[(Setting, &[&str])] = &[
    (Setting::Hint, &["gợi ý", "hint", "indice"]),
    (
        Setting::Explanation,
        &[
            "lời giải",
            "giải thích",
            "explanation",
            "solution",
            "explication",
        ],
    ),
    (Setting::Marks, &["dấu", "marks", "accents"]),
    (Setting::Case, &["chữ hoa", "case", "majuscules"]),
    (Setting::Unit, &["đơn vị", "unit", "unité"]),
];

/// What a line is.
pub(super) fn kind(line: &str) -> Line<'_> {
    let text = line.trim();
    let indented = line.starts_with([' ', '\t']);
    if text.is_empty() {
        return Line::Blank;
    }
    let item = text.strip_prefix("- ").or_else(|| text.strip_prefix("* "));
    item.and_then(listed)
        .or_else(|| {
            text.strip_prefix('>')
                .map(|rest| Line::Feedback(rest.trim()))
        })
        .or_else(|| answer(text))
        .or_else(|| step(text).filter(|_| !indented).map(Line::Step))
        .or_else(|| setting(text).filter(|_| !indented))
        .unwrap_or(Line::Text(indented, text))
}

fn listed(item: &str) -> Option<Line<'_>> {
    let item = item.trim_start();
    if let Some((right, rest)) = boxed(item, '(', ')') {
        return Some(Line::One(right, rest));
    }
    if let Some((right, rest)) = boxed(item, '[', ']') {
        return Some(Line::Any(right, rest));
    }
    let pair = ["→", "->", "=>"]
        .iter()
        .find_map(|arrow| item.split_once(arrow));
    pair.map(|(left, right)| Line::Pair(left.trim(), right.trim()))
}

/// `(x) …`: whether it is marked, and what follows.
fn boxed(item: &str, open: char, close: char) -> Option<(bool, &str)> {
    let (inside, rest) = item.strip_prefix(open)?.split_once(close)?;
    let right = match inside.trim() {
        "" => false,
        "x" | "X" | "×" | "✓" | "đ" | "v" => true,
        _ => return None,
    };
    Some((right, rest.trim()))
}

fn answer(text: &str) -> Option<Line<'_>> {
    let right = text.strip_prefix("= ").map(|rest| (true, rest));
    let wrong = || text.strip_prefix("~ ").map(|rest| (false, rest));
    right
        .or_else(wrong)
        .map(|(right, rest)| Line::Answer(right, rest.trim()))
}

fn step(text: &str) -> Option<&str> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text[digits..].strip_prefix(['.', ')'])?.strip_prefix(' ')?;
    (1..=2).contains(&digits).then(|| rest.trim())
}

fn setting(text: &str) -> Option<Line<'_>> {
    let (name, value) = text.split_once(':')?;
    let name = name.trim().to_lowercase();
    let (setting, _) = SETTINGS
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()))?;
    Some(Line::Setting(*setting, value.trim()))
}
