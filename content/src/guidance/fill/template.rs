//! The words of a pattern around its slots.

/// A template with one of the words of each `[?first|later]`: the first as long as the topic has not
/// been named, else the later ones, or none.
pub(super) fn chosen_words(template: &str, named: &bool) -> String {
    let mut named = *named;
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, (inside, after))) = rest
        .split_once("[?")
        .and_then(|(before, behind)| Some((before, behind.split_once(']')?)))
    {
        named = named || before.contains("{concept}");
        let (first, later) = inside.split_once('|').unwrap_or((inside, ""));
        text.push_str(before);
        text.push_str(if named { later } else { first });
        named = named || first.contains("{concept}");
        rest = after;
    }
    text + rest
}

/// The span without its full stop where the sentence around it goes on.
pub(in crate::guidance) fn fitted<'a>(span: &'a str, after: &str) -> &'a str {
    let next = after.trim_start().chars().next();
    match next {
        Some(c) if !c.is_uppercase() => span.trim_end_matches('.'),
        _ => span,
    }
}

/// Whether a sentence ends with the span that has no closing mark of its own.
pub(super) fn needs_stop(span: &str, after: &str) -> bool {
    let next = after.trim_start().chars().next();
    let ends = next.is_none_or(|c| c.is_uppercase() && after.starts_with(char::is_whitespace));
    ends && !span.ends_with(['.', '?', '!', '…', ':'])
}
