//! What an address asks for.

use khue_app::Language;

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A file by the hash of its content.
    File(String),
    /// Completions of what is being typed.
    Suggestions {
        /// What is typed.
        words: String,
        /// Language of the interface.
        language: Language,
    },
    /// A page.
    Page,
}

/// Reads path and query.
pub fn wanted(address: &str) -> Wanted {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    if let Some(rest) = path.strip_prefix("/files/") {
        let sha256 = rest.split('/').next().unwrap_or_default();
        return Wanted::File(sha256.to_owned());
    }
    if path != "/api/v1/suggest" {
        return Wanted::Page;
    }
    let typed = khue_content::search::SearchParams::parse(query);
    let language = query.split('&').find_map(|pair| pair.strip_prefix("lang="));
    Wanted::Suggestions {
        words: typed.q,
        language: language
            .and_then(Language::from_code)
            .unwrap_or(Language::Vi),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_files_and_suggestions_are_told_apart() {
        assert_eq!(wanted("/search?q=a"), Wanted::Page);
        assert_eq!(
            wanted("/files/abc/h%C3%ACnh.png"),
            Wanted::File("abc".to_owned())
        );
        let suggestions = Wanted::Suggestions {
            words: "lực".to_owned(),
            language: Language::Fr,
        };
        assert_eq!(wanted("/api/v1/suggest?lang=fr&q=l%E1%BB%B1c"), suggestions);
    }
}
