//! The words of a pattern around its slots.

/// What of a pattern has been said of the topic so far, field by field.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    /// Whether the topic stands there by name.
    pub(super) named: bool,
    /// Whether the pattern quotes the lesson, and so is about it without the name.
    pub(super) quotes: bool,
    /// Whether the name was left out where it last might have stood.
    pub(super) left_out: bool,
}

impl Told {
    /// A template with one of the words of each `[?first|later]`: the first as long as the topic has
    /// not been named, else the later ones, or none. Without a quotation the name comes every second time.
    pub(super) fn words(&mut self, template: &str) -> String {
        let mut text = String::new();
        let mut rest = template;
        while let Some((before, (inside, after))) = rest
            .split_once("[?")
            .and_then(|(before, behind)| Some((before, behind.split_once(']')?)))
        {
            self.named |= before.contains(TOPIC);
            let (first, later) = inside.split_once('|').unwrap_or((inside, ""));
            let spoken = !self.named || !self.quotes && self.left_out;
            text.push_str(before);
            text.push_str(if spoken { first } else { later });
            self.left_out = !spoken;
            self.named |= spoken && first.contains(TOPIC);
            rest = after;
        }
        self.named |= rest.contains(TOPIC);
        text + rest
    }
}

/// The slot of the topic.
const TOPIC: &str = "{concept}";

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
