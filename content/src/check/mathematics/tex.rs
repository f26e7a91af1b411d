//! TeX between dollar signs in Markdown.

/// The beginning of the first formula that is not closed, or whose braces,
/// environments or `\left … \right` do not match.
pub(super) fn first_broken(text: &str) -> Option<&str> {
    if !text.contains('$') && !text.contains("\\begin{") {
        return None;
    }
    let mut rest = text;
    let mut barren = usize::MAX;
    while let Some(at) = rest.find(['$', '`', '\\', '~']) {
        let here = &rest[at..];
        rest = match here.as_bytes()[0] {
            b'\\' => {
                &here[here
                    .char_indices()
                    .nth(2)
                    .map_or(here.len(), |(end, _)| end)..]
            }
            b'`' | b'~' => after_code(here, at == 0 || rest[..at].ends_with('\n')),
            _ => match after_formula(here, &mut barren) {
                Formula::Closed(inside, after) if is_balanced(inside) => after,
                Formula::None(after) => after,
                _ => return Some(here),
            },
        };
    }
    None
}

/// Bytes within which an inline formula must end, so that a text full of dollar
/// signs is not read again and again.
const LONGEST: usize = 2_000;
/// The same for code.
const LONGEST_CODE: usize = 200_000;

/// What a dollar sign begins.
enum Formula<'a> {
    /// A formula and what follows it.
    Closed(&'a str, &'a str),
    /// A formula without an end.
    Open,
    /// No formula: a price, or a sign alone.
    None(&'a str),
}

fn after_formula<'a>(text: &'a str, barren: &mut usize) -> Formula<'a> {
    match text.strip_prefix("$$") {
        Some(inside) => match closing(inside, "$$") {
            Some(end) => Formula::Closed(&inside[..end], &inside[end + 2..]),
            None => Formula::Open,
        },
        None => after_inline(&text[1..], barren),
    }
}

/// As in other Markdown dialects: no space after the first sign, none before
/// the last, no digit after the last, and all within one paragraph.
///
/// `barren` is the number of bytes left in the text where the last search for a
/// closing sign gave up: what lies before need not be searched again.
fn after_inline<'a>(inside: &'a str, barren: &mut usize) -> Formula<'a> {
    let near = &inside[..inside.ceil_char_boundary(LONGEST.min(inside.len()))];
    let paragraph = near.find("\n\n").map_or(near, |end| &near[..end]);
    if !inside.starts_with(|c: char| !c.is_whitespace()) {
        return Formula::None(inside);
    }
    let mut from = inside.len().saturating_sub(*barren).min(paragraph.len());
    while let Some(end) = closing(&paragraph[from..], "$").map(|at| from + at) {
        let before = paragraph[..end].ends_with(|c: char| !c.is_whitespace());
        let after = !paragraph[end + 1..].starts_with(|c: char| c.is_ascii_digit());
        if before && after {
            return Formula::Closed(&inside[..end], &inside[end + 1..]);
        }
        from = end + 1;
    }
    *barren = inside.len() - paragraph.len();
    let price = inside.starts_with(|c: char| c.is_ascii_digit());
    let meant = paragraph
        .lines()
        .next()
        .is_some_and(|line| line.contains(['\\', '^', '_']));
    match price || !meant {
        true => Formula::None(inside),
        false => Formula::Open,
    }
}

/// Place of the next delimiter that no backslash precedes.
fn closing(text: &str, delimiter: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find(['\\', '$'])?;
        if text[at..].starts_with('\\') {
            from = at + 1 + text[at + 1..].chars().next()?.len_utf8();
        } else if text[at..].starts_with(delimiter) {
            return Some(at);
        } else {
            from = at + 1;
        }
    }
}

/// What follows a code span or a fenced block.
fn after_code(text: &str, line_start: bool) -> &str {
    let sign = &text[..1];
    let length = text.len() - text.trim_start_matches(sign).len();
    let (ticks, rest) = text.split_at(length);
    let near = &rest[..rest.ceil_char_boundary(LONGEST_CODE.min(rest.len()))];
    if sign == "~" && !(line_start && length >= 3) {
        return rest;
    }
    // A span ends with exactly as many ticks; without an end it is no code.
    let mut from = 0;
    while let Some(at) = near[from..].find(ticks).map(|at| from + at) {
        let after = &rest[at + length..];
        if !after.starts_with(sign) {
            return after;
        }
        from = at + length + (after.len() - after.trim_start_matches(sign).len());
    }
    rest
}

/// Whether braces, environments and growing brackets match.
fn is_balanced(formula: &str) -> bool {
    let mut braces = 0_i32;
    let mut fences = 0_i32;
    let mut environments: Vec<&str> = Vec::new();
    let mut rest = formula;
    while let Some(at) = rest.find(['\\', '{', '}']) {
        let here = &rest[at..];
        rest = &here[1..];
        match here.as_bytes()[0] {
            b'{' => braces += 1,
            b'}' => braces -= 1,
            _ => {
                let name = command(rest);
                match name {
                    "begin" => environments.extend(argument(&rest[5..])),
                    "end" if environments.pop() != argument(&rest[3..]) => return false,
                    "left" => fences += 1,
                    "right" => fences -= 1,
                    _ => {}
                }
                let skipped = rest.chars().next().map_or(0, char::len_utf8);
                rest = &rest[name.len().max(skipped)..];
            }
        }
        if braces < 0 || fences < 0 {
            return false;
        }
    }
    braces == 0 && fences == 0 && environments.is_empty()
}

fn command(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphabetic());
    &text[..end.unwrap_or(text.len())]
}

/// The name in `{…}`.
fn argument(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix('{')?.split('}').next()
}
