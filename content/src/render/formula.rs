//! Formulas as one reads them on a line: `x² + a/b`, `√(x + 1)`.

use super::event::{Event, collapse, span, words};

/// A formula (from its `Open` to its `Close`) as a line of text.
pub(super) fn line(events: &[Event]) -> String {
    collapse(&node(events))
}

/// Digits and signs raised or lowered; what has no such form stays as it is.
pub(super) fn shifted(text: &str, raised: bool) -> String {
    let all: Option<String> = text.chars().map(|c| shift_char(c, raised)).collect();
    all.unwrap_or_else(|| text.to_owned())
}

/// One element with its content. Depth is bounded by the balance of the events.
fn node(events: &[Event]) -> String {
    let Some(Event::Open(element, _)) = events.first() else {
        return String::new();
    };
    let inner = &events[1..events.len().saturating_sub(1).max(1)];
    match element.name {
        "annotation" => String::new(),
        "mo" => operator(&words(inner)),
        "mi" | "mn" | "mtext" | "ms" => words(inner),
        "mspace" => " ".to_owned(),
        name => compound(name, &children(inner)),
    }
}

/// The direct children, each written out.
fn children(events: &[Event]) -> Vec<String> {
    let mut all = Vec::new();
    let mut place = 0;
    while place < events.len() {
        let length = match &events[place] {
            Event::Open(..) => span(events, place),
            Event::Text(text) => {
                all.extend(Some(collapse(text)).filter(|text| !text.is_empty()));
                1
            }
            Event::Close(_) => 1,
        };
        if matches!(events[place], Event::Open(..)) {
            all.push(node(&events[place..place + length]));
        }
        place += length;
    }
    all
}

fn compound(name: &str, parts: &[String]) -> String {
    let part = |place: usize| parts.get(place).map_or("", |text| text.trim());
    match name {
        "mfrac" => format!("{}/{}", grouped(part(0)), grouped(part(1))),
        "msup" => format!("{}{}", grouped(part(0)), script(part(1), true)),
        "msub" => format!("{}{}", part(0), script(part(1), false)),
        "msubsup" | "munderover" => {
            format!(
                "{}{}{}",
                part(0),
                script(part(1), false),
                script(part(2), true)
            )
        }
        "mover" => {
            accented(part(0), part(1)).unwrap_or_else(|| join_script(part(0), part(1), true))
        }
        "munder" => join_script(part(0), part(1), false),
        "msqrt" => format!("√{}", grouped(&row(parts))),
        "mroot" => format!("{}√{}", shifted(part(1), true), grouped(part(0))),
        "semantics" => part(0).to_owned(),
        "mtable" => parts.join("; "),
        // `3{,}5`: a comma in braces is that of a number, and no space follows it.
        "mrow" if matches!(parts, [comma] if comma == ", ") => ",".to_owned(),
        "mtr" | "mlabeledtr" => parts.join(", "),
        _ => row(parts),
    }
}

/// Parts side by side; a sign at the start stays close to what follows.
fn row(parts: &[String]) -> String {
    let mut line = String::new();
    for part in parts {
        let sign = part.trim();
        let bare = line
            .trim_end()
            .chars()
            .next_back()
            .is_none_or(|c| "([{,=".contains(c));
        let is_sign = matches!(sign, "−" | "-" | "+" | "±") && part != sign;
        line.push_str(if is_sign && bare { sign } else { part });
    }
    line
}

fn operator(sign: &str) -> String {
    match sign {
        "\u{2061}" | "\u{2062}" | "\u{2063}" | "\u{2064}" => String::new(),
        "," | ";" => format!("{sign} "),
        _ if is_spaced(sign) => format!(" {sign} "),
        _ => sign.to_owned(),
    }
}

fn is_spaced(sign: &str) -> bool {
    let mut letters = sign.chars();
    let one = letters.next().filter(|_| letters.next().is_none());
    one.is_some_and(|c| "=<>≤≥≠≈≡≅∼→⇒⇔↔∈∉⊂⊆∪∩∧∨+−-×·÷±∓∗*:".contains(c))
}

/// A part in brackets, unless it is one thing.
fn grouped(text: &str) -> String {
    let text = text.trim();
    let closed = text.starts_with('(') && text.find(')') == Some(text.len() - 1);
    // Of “(x + 1)²” only the bracket that closes is raised upon.
    let one = text.chars().count() == 1;
    if closed
        || one
        || text
            .chars()
            .all(|c| c.is_alphanumeric() || is_script(c) || ".,'°%√".contains(c))
    {
        return text.to_owned();
    }
    format!("({text})")
}

fn is_script(letter: char) -> bool {
    matches!(letter, '⁰'..='₎' | '²' | '³' | '¹' | '\u{300}'..='\u{36f}' | '\u{20d7}')
}

fn script(text: &str, raised: bool) -> String {
    let shifted = shifted(text, raised);
    if text.is_empty() || shifted != text {
        return shifted;
    }
    let prime = text.chars().all(|c| "′″'*°".contains(c));
    match (prime, raised) {
        (true, _) => text.to_owned(),
        (false, true) => format!("^{}", grouped(text)),
        (false, false) => format!("_{}", grouped(text)),
    }
}

fn join_script(base: &str, other: &str, raised: bool) -> String {
    format!("{base}{}", script(other, raised))
}

/// `x` under a bar, hat or arrow, as one letter with its mark.
fn accented(base: &str, over: &str) -> Option<String> {
    let mark = match over {
        "¯" | "‾" | "_" | "–" | "−" | "-" | "―" | "—" | "\u{304}" => '\u{304}',
        "^" | "ˆ" | "\u{302}" => '\u{302}',
        "~" | "˜" | "∼" | "\u{303}" => '\u{303}',
        "˙" | "." | "\u{307}" => '\u{307}',
        "→" | "\u{20d7}" => '\u{20d7}',
        _ => return None,
    };
    (base.chars().count() == 1).then(|| format!("{base}{mark}"))
}

fn shift_char(letter: char, raised: bool) -> Option<char> {
    let from = "0123456789+-−=()n";
    let to = if raised {
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ"
    } else {
        "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙ"
    };
    let place = from.chars().position(|c| c == letter)?;
    to.chars().nth(place)
}
