//! MathML: whether the tags between `<math` and `</math>` match.

/// The first formula whose tags do not match.
pub(super) fn first_broken(text: &str) -> Option<&str> {
    let mut from = 0;
    while let Some(at) = text[from..].find("<math").map(|at| from + at) {
        let rest = &text[at..];
        if !rest[5..].starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/') {
            from = at + 5;
            continue;
        }
        match formula_end(rest) {
            Some(length) => from = at + length,
            None => return Some(rest),
        }
    }
    None
}

/// Length of the formula that the text begins with, where its tags match.
fn formula_end(text: &str) -> Option<usize> {
    let mut open: Vec<&str> = Vec::new();
    let mut at = 0;
    loop {
        let start = at + text.get(at..)?.find('<')?;
        let end = start + text[start..].find('>')?;
        let tag = &text[start + 1..end];
        at = end + 1;
        if tag.starts_with(['!', '?']) {
            continue;
        }
        let closing = tag.strip_prefix('/');
        let name = closing.unwrap_or(tag);
        let name = name.split(|c: char| c.is_whitespace() || c == '/').next()?;
        match closing {
            Some(_) if open.pop() != Some(name) => return None,
            None if !tag.ends_with('/') => open.push(name),
            _ => {}
        }
        if open.is_empty() {
            return Some(at);
        }
    }
}
