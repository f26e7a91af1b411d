//! Pages speak one language, without names of texts that were forgotten.

use super::{LANGUAGES, PAGES, in_language};
use crate::harness::{TestPortal, repository};
use std::collections::BTreeSet;

/// The names of all texts that could not be mistaken for a word.
fn keys() -> BTreeSet<String> {
    let files = std::fs::read_dir(repository().join("app/locales/vi"))
        .unwrap()
        .flatten();
    let texts = files.map(|file| std::fs::read_to_string(file.path()).unwrap());
    let names = |text: String| {
        let names = text
            .lines()
            .filter_map(|line| Some(line.split_once(" =")?.0.to_owned()));
        names.collect::<Vec<_>>()
    };
    texts
        .flat_map(names)
        .filter(|name| name.contains('-'))
        .collect()
}

#[test]
fn no_text_is_untranslated() {
    let portal = TestPortal::shared();
    let keys = keys();
    assert!(keys.len() > 100, "{}", keys.len());
    let lesson = portal.resource("toan-12-toi-uu-bang-dao-ham");
    for (prefix, _) in LANGUAGES {
        for page in PAGES
            .iter()
            .copied()
            .chain([lesson.as_str(), "/nothing-here"])
        {
            let address = in_language(prefix, page);
            for text in portal.get(&address).page().texts() {
                assert!(!keys.contains(&text), "{address}: {text}");
                assert!(!text.contains(['⟨', '⟩']), "{address}: {text}");
                assert!(
                    !text.contains("{ $") && !text.contains("{$"),
                    "{address}: {text}"
                );
                let is_concept = text.starts_with("https://w3id.org/khue/");
                assert!(!is_concept, "{address}: a concept without its name: {text}");
            }
        }
    }
}

#[test]
fn the_frame_is_in_the_language_of_the_page() {
    let portal = TestPortal::shared();
    let word = |path: &str| portal.get(path).page().text(".skip-link");
    let words = BTreeSet::from([word("/about"), word("/en/about"), word("/fr/about")]);
    assert_eq!(words.len(), 3, "{words:?}");
}

#[test]
fn a_lesson_in_another_language_says_so() {
    let portal = TestPortal::shared();
    let lesson = portal.resource("physics-10-newtons-second-law");
    assert_eq!(portal.get(&lesson).page().attribute("h1", "lang"), "en");
    let same = portal.get(&format!("/en{lesson}")).page();
    assert_eq!(same.one("h1").attr("lang"), None);
}

#[test]
fn a_browser_that_speaks_another_language_is_offered_it() {
    let portal = TestPortal::shared();
    let offer = |language| {
        portal
            .ask("GET", "/", &[("accept-language", language)], "")
            .page()
    };
    assert!(
        offer("fr-FR,fr;q=0.9,en;q=0.5")
            .attributes("main a[hreflang]", "hreflang")
            .contains("fr")
    );
    assert!(offer("vi").all("main .notice a[hreflang]").is_empty());
}
