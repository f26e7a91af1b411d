//! A short beginning of a text.

/// The beginning of a text in at most `max_chars` characters, ending with a
/// sentence where one ends late enough, else between two words with "…".
pub fn excerpt(text: &str, max_chars: usize) -> String {
    // White space only shrinks, so four times the length is always enough to look at.
    let flat = flatten(text, max_chars + 1);
    let Some((end, _)) = flat.char_indices().nth(max_chars) else {
        return flat;
    };
    let cut = &flat[..end];
    if let Some(sentence) = sentence_end(cut).filter(|at| *at * 2 >= end) {
        return cut[..sentence].to_owned();
    }
    let Some((room, _)) = cut.char_indices().next_back() else {
        return String::new();
    };
    let starts_word = flat[room..].starts_with(' ');
    let word = if starts_word {
        Some(room)
    } else {
        cut[..room].rfind(' ')
    };
    let kept = &cut[..word.unwrap_or(room)];
    format!("{}…", kept.trim_end_matches([' ', ',', ';', ':', '–', '-']))
}

/// Up to so many characters with single spaces.
fn flatten(text: &str, most: usize) -> String {
    let mut flat = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        if length > 0 {
            flat.push(' ');
        }
        flat.extend(word.chars().take(most));
        length += word.chars().count() + 1;
        if length > most + 1 {
            break;
        }
    }
    flat
}

/// Where the last whole sentence ends.
fn sentence_end(text: &str) -> Option<usize> {
    let mut ends = text.char_indices().filter(|(at, c)| {
        let rest = &text[at + c.len_utf8()..];
        matches!(c, '.' | '!' | '?' | '…' | '。') && rest.starts_with(' ')
    });
    ends.next_back().map(|(at, c)| at + c.len_utf8())
}
