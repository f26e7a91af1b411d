//! The elements and attributes that a page may contain: the one table.

use super::address;
use ammonia::{Builder, UrlRelative};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// How an element behaves among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Closes an open paragraph and stands on lines of its own.
    Block,
    /// Runs with the text.
    Inline,
    /// Has no content.
    Void,
    /// Has no content and stands on a line of its own.
    Rule,
    /// A table, or a piece of one.
    Table,
    /// MathML with elements in it.
    Math,
    /// MathML with text in it.
    MathToken,
}

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    attributes: &'static [&'static str],
}

const HEADING: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];

/// Names by kind and own attributes; everything else comes from [`EVERYWHERE`].
const ROWS: &[(Kind, &[&str], &[&str])] = &[
    (Kind::Block, HEADING, &[]),
    (
        Kind::Block,
        &["p", "section", "article", "aside", "address"],
        &["class"],
    ),
    (
        Kind::Block,
        &["div"],
        &["class", "role", "tabindex", "aria-label"],
    ),
    (
        Kind::Block,
        &["blockquote", "dl", "dt", "dd", "figcaption"],
        &["class"],
    ),
    (
        Kind::Block,
        &["figure", "header", "footer", "nav", "main", "center"],
        &["class"],
    ),
    (Kind::Block, &["ul"], &["class"]),
    (
        Kind::Block,
        &["ol"],
        &["class", "start", "reversed", "type"],
    ),
    (Kind::Block, &["li"], &["class", "value"]),
    (Kind::Block, &["pre"], &["class", "tabindex"]),
    (Kind::Block, &["details"], &["class", "open"]),
    (Kind::Block, &["summary"], &["class"]),
    (
        Kind::Inline,
        &["span"],
        &["class", "role", "tabindex", "aria-label"],
    ),
    (
        Kind::Inline,
        &["em", "strong", "b", "i", "u", "s", "small"],
        &["class"],
    ),
    (
        Kind::Inline,
        &["code", "kbd", "samp", "var", "sub", "sup", "mark"],
        &["class"],
    ),
    (
        Kind::Inline,
        &["q", "cite", "dfn", "abbr", "bdi", "bdo", "ruby", "rt", "rp"],
        &[],
    ),
    (Kind::Inline, &["del", "ins", "time"], &["datetime"]),
    (
        Kind::Inline,
        &["a"],
        &["class", "href", "hreflang", "aria-label"],
    ),
    (
        Kind::Void,
        &["img"],
        &["src", "alt", "width", "height", "loading"],
    ),
    (Kind::Void, &["br", "wbr"], &[]),
    (Kind::Rule, &["hr"], &[]),
    (
        Kind::Table,
        &["table", "caption", "thead", "tbody", "tfoot", "tr"],
        &["class"],
    ),
    (Kind::Table, &["colgroup", "col"], &["span"]),
    (Kind::Table, &["td"], &["class", "colspan", "rowspan"]),
    (
        Kind::Table,
        &["th"],
        &["class", "colspan", "rowspan", "scope", "abbr"],
    ),
    (
        Kind::Math,
        &["math"],
        &["class", "display", "displaystyle", "alttext"],
    ),
    (
        Kind::Math,
        &["mrow", "msqrt", "mroot", "mphantom", "merror", "semantics"],
        MATH,
    ),
    (
        Kind::Math,
        &["mfrac"],
        &["linethickness", "bevelled", "displaystyle", "scriptlevel"],
    ),
    (
        Kind::Math,
        &[
            "msub",
            "msup",
            "msubsup",
            "mmultiscripts",
            "mprescripts",
            "none",
        ],
        MATH,
    ),
    (
        Kind::Math,
        &["munder", "mover", "munderover"],
        &["accent", "accentunder", "displaystyle"],
    ),
    (
        Kind::Math,
        &["mstyle"],
        &["displaystyle", "scriptlevel", "mathvariant"],
    ),
    (
        Kind::Math,
        &["mpadded", "mspace"],
        &["width", "height", "depth", "lspace", "voffset"],
    ),
    (Kind::Math, &["menclose"], &["notation"]),
    (Kind::Math, &["mfenced"], &["open", "close", "separators"]),
    (
        Kind::Math,
        &["mtable"],
        &[
            "columnalign",
            "rowspacing",
            "columnspacing",
            "columnlines",
            "rowlines",
            "frame",
            "displaystyle",
            "align",
        ],
    ),
    (
        Kind::Math,
        &["mtr", "mlabeledtr"],
        &["columnalign", "rowalign"],
    ),
    (
        Kind::Math,
        &["mtd"],
        &["columnalign", "rowalign", "columnspan", "rowspan"],
    ),
    (Kind::MathToken, &["mi", "mn", "mtext", "ms"], MATH),
    (
        Kind::MathToken,
        &["mo"],
        &[
            "mathvariant",
            "stretchy",
            "fence",
            "separator",
            "form",
            "lspace",
            "rspace",
            "largeop",
            "movablelimits",
            "symmetric",
            "maxsize",
            "minsize",
            "accent",
        ],
    ),
    (Kind::MathToken, &["annotation"], &["encoding"]),
];

const MATH: &[&str] = &["mathvariant", "displaystyle", "scriptlevel"];

/// Attributes that any element may have.
const EVERYWHERE: &[&str] = &["id", "lang", "dir", "title"];

/// Class names that the style sheet knows; others would let a text dress up as the portal.
pub(super) const CLASSES: &[&str] = &[
    "abstract",
    "commentary",
    "equation",
    "example",
    "exercise",
    "footnote-backref",
    "footnote-ref",
    "footnotes",
    "glossary",
    "label",
    "math-region",
    "math-region-block",
    "missing-file",
    "note",
    "problem",
    "quote",
    "solution",
    "table-region",
    "task-list",
    "tex",
    "tex-display",
    "title",
    "underline",
];

/// What is dropped together with its content.
pub(super) const SILENT: &[&str] = &[
    "script",
    "style",
    "title",
    "textarea",
    "iframe",
    "noembed",
    "noframes",
    "svg",
    "annotation-xml",
];

static ELEMENTS: LazyLock<HashMap<&'static str, Element>> = LazyLock::new(|| {
    let rows = ROWS.iter().flat_map(|(kind, names, attributes)| {
        names.iter().map(|name| Element {
            name,
            kind: *kind,
            attributes,
        })
    });
    rows.map(|element| (element.name, element)).collect()
});

/// The element with this name, if pages may contain it.
pub(super) fn element(name: &str) -> Option<&'static Element> {
    ELEMENTS.get(name)
}

impl Element {
    /// Whether it may have this attribute.
    pub(super) fn allows(&self, attribute: &str) -> bool {
        EVERYWHERE.contains(&attribute) || self.attributes.contains(&attribute)
    }

    /// Whether it has no content and no end tag.
    pub(super) fn is_void(&self) -> bool {
        matches!(self.kind, Kind::Void | Kind::Rule) || self.name == "col"
    }

    /// Whether it is a heading.
    pub(super) fn is_heading(&self) -> bool {
        HEADING.contains(&self.name)
    }

    /// Whether it belongs to a formula.
    pub(super) fn is_math(&self) -> bool {
        matches!(self.kind, Kind::Math | Kind::MathToken)
    }
}

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let attributes = |element: &'static Element| {
        (
            element.name,
            element.attributes.iter().copied().collect::<HashSet<_>>(),
        )
    };
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.keys().copied().collect())
        .tag_attributes(ELEMENTS.values().map(attributes).collect())
        .generic_attributes(EVERYWHERE.iter().copied().collect())
        .clean_content_tags(SILENT.iter().copied().collect())
        .url_schemes(address::SCHEMES.iter().copied().collect())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener"))
        .id_prefix(Some(super::anchor::PREFIX))
        .strip_comments(true)
        .attribute_filter(value);
    builder
});

/// What may stand in an attribute: the value itself, a part of it, or nothing.
fn value<'v>(element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let keep = match (element, attribute) {
        ("a", "href") => address::is_safe_link(value),
        ("img", "src") => address::is_own(value),
        ("img", "loading") => value == "lazy",
        (_, "role") => matches!(value, "region" | "group"),
        (_, "tabindex") => value == "0",
        (_, "class") => return classes(value),
        (_, "width" | "height") if element == "img" => is_number(value),
        (_, "colspan" | "rowspan" | "span" | "columnspan") => is_number(value),
        (_, "display") => matches!(value, "block" | "inline"),
        _ => true,
    };
    keep.then_some(Cow::Borrowed(value))
}

fn is_number(value: &str) -> bool {
    (1..5).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit())
}

fn classes(value: &str) -> Option<Cow<'_, str>> {
    let known = |class: &&str| CLASSES.contains(class) || is_code_language(class);
    let kept: Vec<&str> = value.split_ascii_whitespace().filter(known).collect();
    (!kept.is_empty()).then(|| Cow::Owned(kept.join(" ")))
}

fn is_code_language(class: &str) -> bool {
    let name = class.strip_prefix("language-").unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || "+-#._".contains(c);
    (1..30).contains(&name.len()) && name.chars().all(plain)
}

/// Passes HTML through the list. Always the last step.
pub(super) fn clean(html: &str) -> String {
    CLEANER.clean(html).to_string()
}
