//! From letters with places to lines of words.

use super::device::Placed;

/// A gap from this share of the font's height on stands between two words. Spaces are a quarter of it
/// or more; kerning moves letters by less than a tenth.
const WORD_GAP: f64 = 0.15;
/// Letters that lie back by more than this belong to something else.
const BACK: f64 = 0.6;
/// Letters of one line stand on one base line up to this; indices and exponents stand off it.
const SAME_LINE: f64 = 0.45;
/// A gap from here on stands between columns.
const COLUMN_GAP: f64 = 2.5;

/// A line of text.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) x: f64,
    pub(super) end: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) turn: u8,
}

/// The lines of a page, in the order of the file where that is the order of reading.
pub(super) fn lines(glyphs: Vec<Placed>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open: Vec<Placed> = Vec::new();
    for glyph in glyphs {
        let goes_on = open.last().is_some_and(|last| follows(last, &glyph));
        if !goes_on {
            lines.extend(line(&open));
            open.clear();
        }
        open.push(glyph);
    }
    lines.extend(line(&open));
    let lines = joined(lines);
    match is_jumbled(&lines) {
        true => joined(sorted(lines)),
        false => lines,
    }
}

fn follows(last: &Placed, next: &Placed) -> bool {
    let size = last.size.max(next.size);
    let gap = next.x - last.end;
    last.turn == next.turn
        && (next.y - last.y).abs() < SAME_LINE * size
        && gap > -BACK * size
        && gap < COLUMN_GAP * size
}

/// Letters that follow each other, as text with spaces.
fn line(glyphs: &[Placed]) -> Option<Line> {
    let first = glyphs.first()?;
    let gap = word_gap(glyphs);
    let mut text = String::new();
    let mut before: Option<&Placed> = None;
    for glyph in glyphs {
        if let Some(last) = before {
            let apart = glyph.x - last.end > gap * last.size.min(glyph.size).max(1.0);
            if apart && !text.ends_with(' ') && !glyph.text.starts_with(' ') {
                text.push(' ');
            }
        }
        let doubled = before.is_some_and(|last| {
            last.text == glyph.text
                && (last.x - glyph.x).abs() < 0.1 * glyph.size
                && (last.y - glyph.y).abs() < 0.1 * glyph.size
        });
        if !doubled {
            push(&mut text, before, glyph);
        }
        before = Some(glyph);
    }
    let text = text.trim_end().to_owned();
    let size = glyphs.iter().map(|glyph| glyph.size).fold(0.0, f64::max);
    (!text.trim().is_empty()).then(|| Line {
        text,
        x: first.x,
        end: glyphs
            .iter()
            .map(|glyph| glyph.end)
            .fold(f64::MIN, f64::max),
        y: first.y,
        size,
        turn: first.turn,
    })
}

/// Adds a letter; an accent that was set over or under its letter is joined with it.
fn push(text: &mut String, before: Option<&Placed>, glyph: &Placed) {
    let overlaps = before.is_some_and(|last| glyph.x < last.end - 0.3 * (last.end - last.x).abs());
    if !overlaps {
        return text.push_str(&glyph.text);
    }
    let mark = |text: &str| {
        text.chars()
            .next()
            .filter(|_| text.chars().count() == 1)
            .and_then(combining)
    };
    let last_mark = text.chars().next_back().and_then(combining);
    if let Some(mark) = mark(&glyph.text).filter(|_| text.ends_with(char::is_alphabetic)) {
        text.push(mark);
    } else if let Some(mark) = last_mark.filter(|_| glyph.text.chars().all(char::is_alphabetic)) {
        text.pop();
        text.push_str(&glyph.text);
        text.push(mark);
    } else {
        text.push_str(&glyph.text);
    }
}

/// The combining mark of an accent that stands alone.
fn combining(accent: char) -> Option<char> {
    Some(match accent {
        '`' | '\u{2cb}' => '\u{300}',
        '´' | '\u{2ca}' => '\u{301}',
        '^' | 'ˆ' => '\u{302}',
        '~' | '˜' => '\u{303}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '˚' => '\u{30a}',
        'ˇ' => '\u{30c}',
        '¸' => '\u{327}',
        '\u{300}'..='\u{36f}' => accent,
        _ => return None,
    })
}

/// From which gap on letters are apart; wider where all letters of the line are spaced out. Dots that
/// lead to a page number do not count.
fn word_gap(glyphs: &[Placed]) -> f64 {
    let is_letter = |glyph: &Placed| glyph.text.chars().all(char::is_alphabetic);
    let within = glyphs.windows(2).filter(|two| two.iter().all(is_letter));
    let mut gaps: Vec<f64> = within
        .map(|two| (two[1].x - two[0].end) / two[0].size.max(1.0))
        .collect();
    if gaps.len() < 6 {
        return WORD_GAP;
    }
    gaps.sort_by(f64::total_cmp);
    let median = gaps[gaps.len() / 2];
    match median {
        0.05..0.6 => median + WORD_GAP,
        _ => WORD_GAP,
    }
}

/// Pieces of one line that follow each other are put together.
fn joined(pieces: Vec<Line>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for piece in pieces {
        match lines.last_mut().filter(|last| is_beside(last, &piece)) {
            Some(last) => {
                let gap = piece.x - last.end;
                if gap > WORD_GAP * piece.size.min(last.size) {
                    last.text.push(if gap > COLUMN_GAP * piece.size {
                        '\t'
                    } else {
                        ' '
                    });
                }
                last.text.push_str(piece.text.trim_start());
                last.end = last.end.max(piece.end);
                last.size = last.size.max(piece.size);
            }
            None => lines.push(piece),
        }
    }
    lines
}

fn is_beside(last: &Line, piece: &Line) -> bool {
    let size = last.size.max(piece.size);
    last.turn == piece.turn
        && (last.y - piece.y).abs() < SAME_LINE * size
        && piece.x - last.end > -0.3 * size
}

/// Whether the file draws its lines in no order that can be read: they jump up again and again.
fn is_jumbled(lines: &[Line]) -> bool {
    let jumps = lines
        .windows(2)
        .filter(|two| two[1].turn == two[0].turn && two[1].y < two[0].y - two[0].size);
    lines.len() > 8 && jumps.count() * 4 > lines.len()
}

fn sorted(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_by(|one, other| {
        let same = (one.y - other.y).abs() < 1.0;
        let down = if same {
            std::cmp::Ordering::Equal
        } else {
            one.y.round().total_cmp(&other.y.round())
        };
        one.turn
            .cmp(&other.turn)
            .then(down)
            .then(one.x.total_cmp(&other.x))
    });
    lines
}
