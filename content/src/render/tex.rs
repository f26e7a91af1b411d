//! TeX formulas as MathML, so that pages need no script to show them.

use super::page::escape;
use pulldown_latex::config::DisplayMode;
use pulldown_latex::{Event, Parser, RenderConfig, Storage, push_mathml};

/// Longest formula that is set, in bytes; a longer one is shown as it is written.
const LONGEST: usize = 4_000;
/// How deep braces may be nested.
const DEEPEST: usize = 40;
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
    Some(out)
}

fn is_reasonable(source: &str) -> bool {
    let mut depth = 0usize;
    let deepest = source.bytes().map(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth
    });
    let shallow = deepest.max().unwrap_or_default() <= DEEPEST;
    shallow && source.len() <= LONGEST && !DEFINITIONS.iter().any(|name| source.contains(name))
}
