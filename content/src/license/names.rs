//! Licences named in a text, word by word.

/// A licence as named: `CC-BY-SA` and `4.0`. The version is `-` where the
/// licence has none, and empty where it should have been said.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub family: String,
    pub version: String,
}

impl Name {
    fn new(family: &str, version: &str) -> Self {
        Self {
            family: family.to_owned(),
            version: version.to_owned(),
        }
    }
}

/// All licences in a text in lower case, each once.
pub(super) fn in_text(lower: &str) -> Vec<Name> {
    let separator = |c: char| !c.is_alphanumeric() && c != '.' && c != '+';
    let words: Vec<&str> = lower
        .split(separator)
        .map(|word| word.trim_matches('.'))
        .filter(|word| !word.is_empty())
        .collect();
    let mut named = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (name, used) = name_at(&words[at..]);
        at += used.max(1);
        if let Some(name) = name.filter(|name| !named.contains(name)) {
            named.push(name);
        }
    }
    named
}

/// The licence that the words begin with, and how many words it takes.
fn name_at(words: &[&str]) -> (Option<Name>, usize) {
    match words {
        ["cc0", ..] => (Some(Name::new("CC0", "1.0")), 1),
        ["cc", "zero" | "0", ..] => (Some(Name::new("CC0", "1.0")), 2),
        ["publicdomain", "zero", ..] => (Some(Name::new("CC0", "1.0")), 2),
        ["public", "domain", ..] => (Some(Name::new("PDM", "1.0")), 2),
        ["publicdomain", "mark", ..] => (Some(Name::new("PDM", "1.0")), 2),
        ["cc" | "ccby" | "creativecommons.org", ..] | ["creative", "commons", ..] => cc(words),
        ["by", "sa" | "nc" | "nd", ..] => cc(words),
        ["mit" | "expat", ..] => (Some(Name::new("MIT", "-")), 1),
        ["apache", ..] => versioned("Apache", words),
        ["mpl" | "mpl2" | "mozilla", ..] => versioned("MPL", words),
        ["gfdl" | "fdl", ..] => versioned("GFDL", words),
        [
            "gpl" | "gplv2" | "gplv3" | "gplv2+" | "gplv3+" | "gpl2" | "gpl3",
            ..,
        ] => gpl(words),
        ["all", "rights", "reserved", ..] => (Some(Name::new("all-rights-reserved", "-")), 3),
        _ => (None, 1),
    }
}

/// Attribution, and what is added to it, up to the version.
fn cc(words: &[&str]) -> (Option<Name>, usize) {
    let (mut by, mut nc, mut nd, mut sa) = (false, false, false, false);
    let mut used = 0;
    for word in words {
        match *word {
            "by" | "ccby" | "attribution" => by = true,
            "nc" | "noncommercial" | "commercial" => nc = true,
            "nd" | "noderivs" | "noderivatives" | "derivatives" => nd = true,
            "sa" | "sharealike" | "alike" => sa = true,
            "cc" if used > 0 => break,
            "cc"
            | "creative"
            | "commons"
            | "creativecommons.org"
            | "licenses"
            | "licence"
            | "license"
            | "licences"
            | "non"
            | "no"
            | "share"
            | "international"
            | "unported"
            | "version"
            | "v" => {}
            version if is_version(version) => {
                used += 1;
                return (
                    by.then(|| Name::new(&family(nc, nd, sa), &in_full(version))),
                    used,
                );
            }
            _ => break,
        }
        used += 1;
    }
    (by.then(|| Name::new(&family(nc, nd, sa), "")), used)
}

fn family(nc: bool, nd: bool, sa: bool) -> String {
    let parts = [(nc, "-NC"), (nd, "-ND"), (sa, "-SA")];
    let parts = parts
        .iter()
        .filter(|(there, _)| *there)
        .map(|(_, part)| *part);
    std::iter::once("CC-BY").chain(parts).collect()
}

fn is_version(word: &str) -> bool {
    let word = word.strip_prefix('v').unwrap_or(word);
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// `4` and `v4.0` → `4.0`.
fn in_full(version: &str) -> String {
    let version = version.strip_prefix('v').unwrap_or(version);
    match version.contains('.') {
        true => version.to_owned(),
        false => format!("{version}.0"),
    }
}

/// A name and the first version within the next few words.
fn versioned(name: &str, words: &[&str]) -> (Option<Name>, usize) {
    let near = words.iter().take(6);
    let found = near.enumerate().skip(1).find(|(_, word)| is_version(word));
    match found {
        Some((at, version)) => (Some(Name::new(name, &in_full(version))), at + 1),
        None => (Some(Name::new(name, "")), 1),
    }
}

/// The GPL, whose "or later" is part of its name.
fn gpl(words: &[&str]) -> (Option<Name>, usize) {
    let own = words[0].trim_start_matches("gpl");
    let at = if own.is_empty() { 1 } else { 0 };
    let version = if own.is_empty() {
        words.get(1).copied().unwrap_or_default()
    } else {
        own
    };
    let (plain, plus) = (version.trim_end_matches('+'), version.ends_with('+'));
    if !is_version(plain) {
        return (Some(Name::new("GPL", "")), 1);
    }
    let rest = &words[at + 1..];
    let later = plus
        || matches!(
            rest,
            ["or", "later", ..] | ["or", "any", "later", ..] | ["trở", "lên", ..]
        );
    let end = if later { "-or-later" } else { "-only" };
    (
        Some(Name::new("GPL", &format!("{}{end}", in_full(plain)))),
        at + 1,
    )
}
