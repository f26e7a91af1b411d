//! What a form sends.

/// The fields of an answered exercise: names with values, a name as often as a form repeats it.
///
/// | task | fields |
/// |---|---|
/// | single, multiple choice | `a` = number of each choice taken, from 0 |
/// | number, text | `a` = what was typed |
/// | ordering | `p0`, `p1`, … = the place given to each item, from 1 |
/// | matching | `m0`, `m1`, … = number of the right side given to each left one, as in [`super::shown_order`] |
/// | gaps | `g0`, `g1`, … = what was typed, or the number of the choice taken |
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(Vec<(String, String)>);

/// Most letters of a field that are looked at.
const LONGEST: usize = 500;

/// Most fields that are looked at.
const MOST: usize = 200;

impl Answers {
    /// Takes fields of a form; what is too long or too much is left out.
    pub fn new<N: Into<String>, V: AsRef<str>>(fields: impl IntoIterator<Item = (N, V)>) -> Self {
        let cut = |value: V| value.as_ref().chars().take(LONGEST).collect();
        let fields = fields.into_iter().take(MOST);
        Self(
            fields
                .map(|(name, value)| (name.into(), cut(value)))
                .collect(),
        )
    }

    /// What was typed into a field; empty where nothing was.
    pub fn text(&self, name: &str) -> &str {
        let field = self.0.iter().find(|(own, _)| own == name);
        field.map_or("", |(_, value)| value.trim())
    }

    /// The number in a field.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.text(name).parse().ok()
    }

    /// All numbers of a field that may be repeated.
    pub fn numbers(&self, name: &str) -> Vec<usize> {
        let fields = self.0.iter().filter(|(own, _)| own == name);
        fields
            .filter_map(|(_, value)| value.trim().parse().ok())
            .collect()
    }
}
