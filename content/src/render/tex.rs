//! TeX formulas as MathML, so that pages need no script to show them.

use crate::escape::escape;
use pulldown_latex::config::DisplayMode;
use pulldown_latex::{Event, Parser, RenderConfig, Storage, push_mathml};

/// Longest formula that is set, in bytes; a longer one is shown as it is written.
const LONGEST: usize = 4_000;
/// How deep groups may be nested.
const DEEPEST: usize = 30;
/// How many commands may follow one another with nothing between: each may be the argument of the last.
const LONGEST_CHAIN: usize = 30;
/// Commands that define others: a few of them can write a gigabyte.
const DEFINITIONS: &[&str] = &[
    "\\def",
    "\\let",
    "newcommand",
    "\\edef",
    "\\gdef",
    "providecommand",
];

/// A formula as MathML, or its source as code where it cannot be set.
pub(super) fn html(source: &str, display: bool) -> String {
    let source = source.trim();
    if let Some(mathml) = mathml(source, display) {
        return mathml;
    }
    let class = if display { "tex tex-display" } else { "tex" };
    let mut code = format!("<code class=\"{class}\">");
    escape(source, &mut code);
    code.push_str("</code>");
    code
}

fn mathml(source: &str, display: bool) -> Option<String> {
    if !is_reasonable(source) {
        return None;
    }
    // The parser is young: should it ever panic, one formula is shown as code.
    std::panic::catch_unwind(|| set(source, display))
        .ok()
        .flatten()
}

fn set(source: &str, display: bool) -> Option<String> {
    let storage = Storage::new();
    let events: Result<Vec<Event>, _> = Parser::new(source, &storage).collect();
    let events = events.ok().filter(|events| !events.is_empty())?;
    let config = RenderConfig {
        display_mode: if display {
            DisplayMode::Block
        } else {
            DisplayMode::Inline
        },
        annotation: Some(source),
        ..RenderConfig::default()
    };
    let mut out = String::new();
    let events = events.into_iter().map(Ok::<_, std::fmt::Error>);
    push_mathml(&mut out, events, config).ok()?;
    // A space (`\ `) comes as the name of a character, which was then escaped.
    Some(out.replace("<mtext>&amp;nbsp;</mtext>", "<mtext>\u{a0}</mtext>"))
}

/// Whether the parser, which calls itself for each group and argument, can read it.
fn is_reasonable(source: &str) -> bool {
    if source.len() > LONGEST || DEFINITIONS.iter().any(|name| source.contains(name)) {
        return false;
    }
    let (mut depth, mut chain) = (0usize, 0usize);
    let mut rest = source.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\\' => command_length(rest),
            other => other.len_utf8(),
        };
        let word = &rest[..length];
        depth = match word {
            "{" | "\\left" | "\\begin" => depth + 1,
            "}" | "\\right" | "\\end" => depth.saturating_sub(1),
            _ => depth,
        };
        chain = if matches!(first, '\\' | '^' | '_') {
            chain + 1
        } else {
            0
        };
        if depth > DEEPEST || chain > LONGEST_CHAIN {
            return false;
        }
        rest = rest[length..].trim_start();
    }
    true
}

/// Length of `\name` or `\,` at the start of a text.
fn command_length(text: &str) -> usize {
    let letters = text[1..]
        .bytes()
        .take_while(u8::is_ascii_alphabetic)
        .count();
    let sign = || text[1..].chars().next().map_or(0, char::len_utf8);
    1 + if letters > 0 { letters } else { sign() }
}
