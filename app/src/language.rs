//! The languages of the interface and their addresses.

/// A language that the portal speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Tiếng Việt, at the root.
    #[default]
    Vi,
    /// English, under `/en`.
    En,
    /// Français, under `/fr`.
    Fr,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Vi, Self::En, Self::Fr];

    /// BCP 47 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The language's name for itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Vi => "Tiếng Việt",
            Self::En => "English",
            Self::Fr => "Français",
        }
    }

    /// Code and territory as Open Graph wants them.
    pub const fn locale(self) -> &'static str {
        match self {
            Self::Vi => "vi_VN",
            Self::En => "en_GB",
            Self::Fr => "fr_FR",
        }
    }

    /// What stands before every address of this language.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Vi => "",
            Self::En => "/en",
            Self::Fr => "/fr",
        }
    }

    /// The address of a page in this language; `path` starts with a slash.
    pub fn link(self, path: &str) -> String {
        match (self.prefix(), path) {
            ("", path) => path.to_owned(),
            (prefix, "/") => prefix.to_owned(),
            (prefix, path) => format!("{prefix}{path}"),
        }
    }

    /// The language of a full path and the path without its prefix.
    pub fn of_path(path: &str) -> (Self, &str) {
        for language in [Self::En, Self::Fr] {
            match path.strip_prefix(language.prefix()) {
                Some("") => return (language, "/"),
                Some(rest) if rest.starts_with('/') => return (language, rest),
                _ => {}
            }
        }
        (Self::Vi, path)
    }

    /// The language with this code; regions are passed over (`en-GB` is English).
    pub fn from_code(code: &str) -> Option<Self> {
        let bare = code.split(['-', '_']).next()?.trim();
        Self::ALL
            .into_iter()
            .find(|language| language.code().eq_ignore_ascii_case(bare))
    }

    /// The language that an `Accept-Language` header likes best, among ours.
    pub fn preferred(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for entry in header.split(',') {
            let (code, rest) = entry.split_once(';').unwrap_or((entry, ""));
            let weight = rest
                .trim()
                .strip_prefix("q=")
                .and_then(|q| q.parse().ok())
                .unwrap_or(1.0);
            let Some(language) = Self::from_code(code.trim()) else {
                continue;
            };
            if weight > 0.0 && best.is_none_or(|(most, _)| weight > most) {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language)
    }
}
