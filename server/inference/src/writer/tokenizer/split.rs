//! Where a text is cut into words before its bytes are joined.

/// What becomes of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Digits {
    /// They stay together, with the space before them.
    Run,
    /// Each stands alone, cut off before anything else.
    Alone,
}

/// The rules of a family of vocabularies.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rules {
    /// Those of GPT-2: a word takes the space before it.
    Plain(Digits),
    /// Those since GPT-4: a word takes any one sign before it, figures stand in groups of so many, signs take the line
    /// breaks behind them.
    Modern(usize),
}

impl Rules {
    pub(super) fn plain(digits: Digits) -> Self {
        Self::Plain(digits)
    }

    pub(super) fn modern(digits: usize) -> Self {
        Self::Modern(digits)
    }
}

/// The words of a text, in order; together they are the text.
pub(super) fn split(text: &str, rules: Rules) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let length = match rules {
            Rules::Plain(Digits::Alone) if first.is_numeric() => first.len_utf8(),
            Rules::Plain(digits) => plain(up_to_digits(rest, digits)),
            Rules::Modern(digits) => modern(rest, digits),
        };
        let (word, behind) = rest.split_at(length.max(first.len_utf8()));
        rest = behind;
        Some(word)
    })
}

/// What stands before the next figure, where figures are cut off first.
fn up_to_digits(text: &str, digits: Digits) -> &str {
    match (digits, text.find(char::is_numeric)) {
        (Digits::Alone, Some(at)) => &text[..at],
        _ => text,
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic()
}

fn is_sign(c: char) -> bool {
    !c.is_whitespace() && !c.is_alphabetic() && !c.is_numeric()
}

/// Bytes at the beginning for whose characters this holds.
fn run(text: &str, holds: impl Fn(char) -> bool) -> usize {
    text.find(|c: char| !holds(c)).unwrap_or(text.len())
}

fn plain(text: &str) -> usize {
    if let Some(length) = contraction(text, false) {
        return length;
    }
    let space = usize::from(text.starts_with(' '));
    let behind = &text[space..];
    let kinds: [fn(char) -> bool; 3] = [is_letter, char::is_numeric, is_sign];
    let found = kinds.iter().map(|kind| run(behind, kind)).max();
    match found {
        Some(length) if length > 0 => space + length,
        _ => white(text),
    }
}

fn modern(text: &str, digits: usize) -> usize {
    if let Some(length) = contraction(text, true) {
        return length;
    }
    let mut letters = text.chars();
    let first = letters.next().unwrap_or_default();
    let breaks = |c: char| matches!(c, '\r' | '\n');
    let before = match is_letter(first) || first.is_numeric() || breaks(first) {
        true => 0,
        false => first.len_utf8(),
    };
    let word = run(&text[before..], is_letter);
    if word > 0 {
        return before + word;
    }
    if first.is_numeric() {
        let figures = text.chars().take_while(|c| c.is_numeric()).take(digits);
        return figures.map(char::len_utf8).sum();
    }
    let space = usize::from(first == ' ');
    let signs = run(&text[space..], is_sign);
    if signs > 0 {
        let end = space + signs;
        return end + run(&text[end..], breaks);
    }
    let blank = run(text, char::is_whitespace);
    match text[..blank].rfind(breaks) {
        Some(at) => at + 1,
        None => white(text),
    }
}

/// A run of white space without its last character where a word follows, which takes that.
fn white(text: &str) -> usize {
    let blank = run(text, char::is_whitespace);
    let last = text[..blank].chars().next_back().map_or(0, char::len_utf8);
    match blank == text.len() || blank == last {
        true => blank,
        false => blank - last,
    }
}

/// An English ending behind an apostrophe.
fn contraction(text: &str, any_case: bool) -> Option<usize> {
    let behind = text.strip_prefix('\'')?;
    let endings = ["s", "t", "re", "ve", "m", "ll", "d"];
    let is = |ending: &&str| {
        let start = behind.get(..ending.len());
        start
            .is_some_and(|start| start == *ending || any_case && start.eq_ignore_ascii_case(ending))
    };
    endings
        .iter()
        .find(|ending| is(ending))
        .map(|ending| 1 + ending.len())
}

#[cfg(test)]
mod tests {
    use super::{Digits, Rules, split};

    fn words(text: &str, rules: Rules) -> Vec<&str> {
        split(text, rules).collect()
    }

    #[test]
    fn a_word_takes_the_space_before_it() {
        let plain = Rules::plain(Digits::Run);
        assert_eq!(
            words("It's 12 kg,  đúng không?\n", plain),
            [
                "It", "'s", " 12", " kg", ",", " ", " đúng", " không", "?", "\n"
            ]
        );
        assert_eq!(words("", plain), [""; 0]);
        assert_eq!(words("  ", plain), ["  "]);
    }

    #[test]
    fn figures_stand_alone_where_the_vocabulary_wants_it() {
        assert_eq!(
            words("năm 1954!", Rules::plain(Digits::Alone)),
            ["năm", " ", "1", "9", "5", "4", "!"]
        );
        assert_eq!(
            words("x=12345 a", Rules::modern(3)),
            ["x", "=", "123", "45", " a"]
        );
    }

    #[test]
    fn newer_rules_keep_line_breaks_with_signs() {
        assert_eq!(
            words("(a).\n\nB  c\n\n d", Rules::modern(1)),
            ["(a", ").\n\n", "B", " ", " c", "\n\n", " d"]
        );
    }
}
