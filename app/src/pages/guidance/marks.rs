//! Quotations marked in the text of the resource, so that a link leads to the very words.

use khue_content::render::tag_length;

/// Elements in which no mark may stand.
const CLOSED: [&str; 5] = ["math", "svg", "title", "select", "textarea"];

/// A letter of the text with its place in the HTML.
struct Letter {
    shown: char,
    start: usize,
    end: usize,
    /// Whether a mark may stand around it.
    open: bool,
    /// Number of the stretch of text without tags in it.
    run: usize,
}

/// Safe HTML with `<mark id="q_…">` around each quotation that it holds, and for each quotation the
/// number of its mark. Tags and spaces between words do not matter.
pub fn marked(html: &str, quotes: &[&str]) -> (String, Vec<Option<usize>>) {
    let letters = letters(html);
    let mut places: Vec<(usize, usize, usize)> = Vec::new();
    for (number, quote) in quotes.iter().enumerate() {
        let found = find(&letters, quote);
        // Words that stand in a formula alone cannot be marked.
        let found = found.filter(|(start, end)| letters[*start..*end].iter().any(|l| l.open));
        places.extend(found.map(|(start, end)| (start, end, number)));
    }
    places.sort_unstable();
    let mut ids = vec![None; quotes.len()];
    let mut kept: Vec<(usize, usize, usize)> = Vec::new();
    for (start, end, number) in places {
        match kept.last() {
            // Words that stand in a mark already are found there.
            Some((_, last, own)) if start < *last => ids[number] = Some(*own),
            _ => {
                let id = kept.len() + 1;
                ids[number] = Some(id);
                kept.push((start, end, id));
            }
        }
    }
    (put(html, &letters, &kept), ids)
}

/// The text of the HTML, a space for every stretch of spaces and between blocks.
fn letters(html: &str) -> Vec<Letter> {
    let mut all: Vec<Letter> = Vec::new();
    let (mut at, mut run) = (0, 0);
    let mut inside: Option<&str> = None;
    while at < html.len() {
        let rest = &html[at..];
        if rest.starts_with('<') {
            let end = at + tag_length(rest);
            let tag = &html[at..end];
            inside = after(tag, inside);
            run += 1;
            if is_block(tag) {
                push(&mut all, ' ', at, at, false, run);
            }
            at = end;
            continue;
        }
        let (shown, length) = letter(rest);
        push(&mut all, shown, at, at + length, inside.is_none(), run);
        at += length;
    }
    all
}

fn push(all: &mut Vec<Letter>, shown: char, start: usize, end: usize, open: bool, run: usize) {
    let shown = if shown.is_whitespace() { ' ' } else { shown };
    if shown == ' ' && all.last().is_none_or(|last| last.shown == ' ') {
        return;
    }
    all.push(Letter {
        shown,
        start,
        end,
        open,
        run,
    });
}

/// The element without marks that one is in behind a tag.
fn after<'a>(tag: &str, inside: Option<&'a str>) -> Option<&'a str> {
    let closes = |name: &str| {
        tag.strip_prefix("</")
            .is_some_and(|rest| is_named(rest, name))
    };
    let opens = |name: &str| {
        tag.strip_prefix('<')
            .is_some_and(|rest| is_named(rest, name))
    };
    match inside {
        Some(name) if closes(name) => None,
        Some(name) => Some(name),
        None => CLOSED.into_iter().find(|name| opens(name)),
    }
}

fn is_named(rest: &str, name: &str) -> bool {
    rest.strip_prefix(name)
        .is_some_and(|rest| rest.starts_with(|c: char| !c.is_ascii_alphanumeric()))
}

/// Whether the words on both sides of a tag are not one.
fn is_block(tag: &str) -> bool {
    const INLINE: [&str; 12] = [
        "a", "b", "i", "em", "strong", "span", "code", "sub", "sup", "u", "mark", "small",
    ];
    let name = tag.trim_start_matches(['<', '/']);
    !INLINE.iter().any(|inline| is_named(name, inline))
        && !CLOSED.iter().any(|closed| is_named(name, closed))
        && !name.starts_with('m')
}

/// The first letter of a text, with its length as written.
fn letter(rest: &str) -> (char, usize) {
    const NAMED: [(&str, char); 7] = [
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&#39;", '\''),
        ("&#x27;", '\''),
        ("&nbsp;", ' '),
    ];
    let named = NAMED.iter().find(|(name, _)| rest.starts_with(name));
    match (named, rest.chars().next()) {
        (Some((name, letter)), _) => (*letter, name.len()),
        (None, Some(letter)) => (letter, letter.len_utf8()),
        (None, None) => (' ', 1),
    }
}

fn find(letters: &[Letter], quote: &str) -> Option<(usize, usize)> {
    let words: Vec<&str> = quote.split_whitespace().collect();
    let wanted: Vec<char> = words.join(" ").chars().collect();
    if wanted.is_empty() {
        return None;
    }
    let mut windows = letters.windows(wanted.len());
    let start = windows.position(|window| {
        window
            .iter()
            .zip(&wanted)
            .all(|(letter, c)| letter.shown == *c)
    })?;
    Some((start, start + wanted.len()))
}

fn put(html: &str, letters: &[Letter], places: &[(usize, usize, usize)]) -> String {
    let mut out = String::with_capacity(html.len() + places.len() * 48);
    let mut from = 0;
    for (start, end, id) in places {
        let mut first = true;
        let open = letters[*start..*end].iter().filter(|letter| letter.open);
        let mut stretches: Vec<(usize, usize, usize)> = Vec::new();
        for letter in open {
            match stretches.last_mut() {
                Some((run, _, last)) if *run == letter.run => *last = letter.end,
                _ => stretches.push((letter.run, letter.start, letter.end)),
            }
        }
        for (_, begins, ends) in stretches {
            out.push_str(&html[from..begins]);
            out.push_str(if first {
                "<mark class=\"guidance__quoted\" id=\"q_"
            } else {
                "<mark class=\"guidance__quoted\">"
            });
            if first {
                out.push_str(&format!("{id}\">"));
            }
            out.push_str(&html[begins..ends]);
            out.push_str("</mark>");
            from = ends;
            first = false;
        }
    }
    out.push_str(&html[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn a_quotation_is_marked_across_tags_and_spaces() {
        let html = "<p>Lực là <strong>tác dụng</strong>\n đẩy &amp; kéo. Hết.</p>";
        let (out, ids) = marked(html, &["Lực là tác dụng đẩy & kéo.", "không có"]);
        assert_eq!(ids, [Some(1), None]);
        assert_eq!(
            out,
            "<p><mark class=\"guidance__quoted\" id=\"q_1\">Lực là </mark><strong><mark class=\"guidance__quoted\">tác dụng</mark></strong><mark class=\"guidance__quoted\">\n đẩy &amp; kéo.</mark> Hết.</p>"
        );
    }

    #[test]
    fn nothing_is_marked_in_an_attribute_whatever_it_holds() {
        let html = "<p title=\"a > Lực là gì. <img src=x>\">Lực là gì.</p>";
        let (out, ids) = marked(html, &["Lực là gì."]);
        assert_eq!(ids, [Some(1)]);
        assert!(
            out.starts_with("<p title=\"a > Lực là gì. <img src=x>\"><mark "),
            "{out}"
        );
    }

    #[test]
    fn formulas_and_attributes_stay_as_they_are() {
        let html = "<p title=\"một hai\">một <math><mi>x</mi></math> hai</p>";
        let (out, ids) = marked(html, &["một x hai", "x hai"]);
        assert_eq!(ids, [Some(1), Some(1)]);
        assert!(out.contains("<math><mi>x</mi></math>") && out.contains("title=\"một hai\""));
        assert_eq!(marked("a < b", &["a < b"]).1.len(), 1);
        assert_eq!(marked("", &["", "x"]).1, [None, None]);
    }
}
