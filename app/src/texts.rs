//! Texts of the interface: Fluent messages, read once from `locales/`.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, PatternElement};
use khue_content::check::Finding;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::{Language, wording};

macro_rules! locale {
    ($code:literal) => {
        &[
            include_str!(concat!("../locales/", $code, "/site.ftl")),
            include_str!(concat!("../locales/", $code, "/home.ftl")),
            include_str!(concat!("../locales/", $code, "/search.ftl")),
            include_str!(concat!("../locales/", $code, "/resource.ftl")),
            include_str!(concat!("../locales/", $code, "/license.ftl")),
            include_str!(concat!("../locales/", $code, "/browse.ftl")),
            include_str!(concat!("../locales/", $code, "/guidance.ftl")),
            include_str!(concat!("../locales/", $code, "/account.ftl")),
            include_str!(concat!("../locales/", $code, "/mail.ftl")),
            include_str!(concat!("../locales/", $code, "/submission.ftl")),
            include_str!(concat!("../locales/", $code, "/community.ftl")),
            include_str!(concat!("../locales/", $code, "/viewing.ftl")),
            include_str!(concat!("../locales/", $code, "/bulk.ftl")),
            include_str!(concat!("../locales/", $code, "/sheet.ftl")),
            include_str!(concat!("../locales/", $code, "/collection.ftl")),
            include_str!(concat!("../locales/", $code, "/exercise.ftl")),
            include_str!(concat!("../locales/", $code, "/path.ftl")),
            include_str!(concat!("../locales/", $code, "/plan.ftl")),
            include_str!(concat!("../locales/", $code, "/next.ftl")),
            include_str!(concat!("../locales/", $code, "/record.ftl")),
            include_str!(concat!("../locales/", $code, "/offline.ftl")),
            include_str!(concat!("../locales/", $code, "/prose.ftl")),
            include_str!(concat!("../locales/", $code, "/findings.ftl")),
        ]
    };
}

/// The files of one language, as written.
pub fn sources(language: Language) -> &'static [&'static str] {
    match language {
        Language::Vi => locale!("vi"),
        Language::En => locale!("en"),
        Language::Fr => locale!("fr"),
    }
}

/// The texts of one language.
pub struct Texts {
    plain: HashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
}

static TEXTS: LazyLock<[Texts; 3]> = LazyLock::new(|| Language::ALL.map(Texts::read));

/// The texts of a language.
pub fn texts(language: Language) -> &'static Texts {
    &TEXTS[language as usize]
}

impl Texts {
    fn read(language: Language) -> Self {
        // `new_concurrent` wants a language identifier; ours parse, the default is never taken.
        let locale = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(wording::fluent_number(language)));
        let mut plain = HashMap::new();
        for source in sources(language) {
            // What does not parse is left out; a test reads every file and finds it.
            let resource =
                FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(read, _)| read);
            plain.extend(resource.entries().filter_map(plain_message));
            bundle.add_resource_overriding(resource);
        }
        Self { plain, bundle }
    }

    /// A text without variables. Where it is missing its key is shown between ⟨ and ⟩.
    pub fn text(&'static self, key: &'static str) -> &'static str {
        self.plain.get(key).map_or(key, String::as_str)
    }

    /// A text whose key is put together at run time; `None` where there is no such text.
    pub fn find(&'static self, key: &str) -> Option<&'static str> {
        self.plain.get(key).map(String::as_str)
    }

    /// A text with variables.
    pub fn fill(&self, key: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
        let args: FluentArgs = values
            .iter()
            .map(|(name, value)| (*name, value.clone()))
            .collect();
        let pattern = self
            .bundle
            .get_message(key)
            .and_then(|message| message.value());
        let Some(pattern) = pattern else {
            return format!("⟨{key}⟩");
        };
        self.bundle
            .format_pattern(pattern, Some(&args), &mut Vec::new())
            .into_owned()
    }
}

/// What a check has found, and what to do next, in the reader's language.
pub fn finding(language: Language, found: &Finding) -> String {
    let known = texts(language).find(&format!("finding-{}", found.code));
    let text = known.unwrap_or(&found.message);
    match found.detail.as_str() {
        "" => text.to_owned(),
        detail => format!("{text} ({detail})"),
    }
}

/// A message that is nothing but text: its key and the text.
fn plain_message(entry: &Entry<&str>) -> Option<(String, String)> {
    let Entry::Message(message) = entry else {
        return None;
    };
    let mut text = String::new();
    for element in &message.value.as_ref()?.elements {
        match element {
            PatternElement::TextElement { value } => text.push_str(value),
            PatternElement::Placeable { .. } => return None,
        }
    }
    Some((message.id.name.to_owned(), text))
}
