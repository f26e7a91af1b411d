//! Texts: the same keys and variables in every language, none unused, none missing.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use khue_app::Language;
use khue_app::texts::sources;
use khue_content::check::CODES;
use khue_content::search::FACETS;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

type Messages = BTreeMap<String, BTreeSet<String>>;

/// Keys with the names of their variables.
fn messages(language: Language) -> Messages {
    let mut found = Messages::new();
    for source in sources(language) {
        let resource = fluent_syntax::parser::parse(*source)
            .unwrap_or_else(|(_, errors)| panic!("{language:?}: {errors:?}"));
        for entry in &resource.body {
            let Entry::Message(message) = entry else {
                continue;
            };
            let mut variables = BTreeSet::new();
            variables_of(message.value.as_ref().unwrap(), &mut variables);
            let twice = found.insert(message.id.name.to_owned(), variables);
            assert!(twice.is_none(), "{language:?}: {} twice", message.id.name);
        }
    }
    found
}

fn variables_of(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        match expression {
            Expression::Inline(inline) => variable_of(inline, found),
            Expression::Select { selector, variants } => {
                variable_of(selector, found);
                variants
                    .iter()
                    .for_each(|variant| variables_of(&variant.value, found));
            }
        }
    }
}

fn variable_of(inline: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
    if let InlineExpression::VariableReference { id } = inline {
        found.insert(id.name.to_owned());
    }
}

/// All of our source.
fn code() -> String {
    fn read(folder: &Path, into: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, into);
            } else {
                into.push_str(&std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut code = String::new();
    read(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut code,
    );
    code
}

/// Keys that the code puts together.
fn put_together(key: &str) -> bool {
    [
        "finding-",
        "language-",
        "feature-",
        "guidance-form-",
        "guidance-devices-",
        "field-",
        "state-",
        "step-",
        "event-",
        "reason-",
        "rubric-",
        "adapt-refused-",
        "bulk-do-",
        "figures-",
        "property-guidance-",
        "sent-state-",
        "tap-",
        "provider-problem-",
        "mail-mode-",
        "mail-confirm-",
        "mail-reset-",
        "mail-invitation-",
        "path-told-",
        "path-fault-",
        "sheet-",
        "sheets-column-",
    ]
    .iter()
    .any(|family| key.starts_with(family))
        || key
            .strip_prefix("property-")
            .is_some_and(|name| FACETS.contains(&name) || name == "isPartOf")
}

#[test]
fn languages_have_the_same_keys_and_variables() {
    let vietnamese = messages(Language::Vi);
    for other in [Language::En, Language::Fr] {
        let others = messages(other);
        let keys = |messages: &Messages| messages.keys().cloned().collect::<BTreeSet<_>>();
        let differing: Vec<_> = keys(&vietnamese)
            .symmetric_difference(&keys(&others))
            .cloned()
            .collect();
        assert!(differing.is_empty(), "{other:?}: {differing:?}");
        for (key, variables) in &vietnamese {
            assert_eq!(variables, &others[key], "{other:?}: variables of {key}");
        }
    }
}

#[test]
fn every_text_is_used() {
    let code = code();
    let unused: Vec<_> = messages(Language::Vi)
        .into_keys()
        .filter(|key| !put_together(key) && !code.contains(&format!("\"{key}\"")))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn every_text_asked_for_is_there() {
    let (code, known) = (code(), messages(Language::Vi));
    let mut asked = 0;
    for (call, variables) in [(".text(", false), (".fill(", true)] {
        for place in code.split(call).skip(1) {
            let Some(key) = place
                .trim_start()
                .strip_prefix('"')
                .and_then(|rest| rest.split('"').next())
            else {
                continue;
            };
            let found = known
                .get(key)
                .unwrap_or_else(|| panic!("no text for {key}"));
            assert_eq!(
                !found.is_empty(),
                variables,
                "{key} is asked for with {call}"
            );
            asked += 1;
        }
    }
    assert!(asked > 100, "{asked}");
}

#[test]
fn what_the_code_puts_together_is_there() {
    let known = messages(Language::Vi);
    for rule in CODES {
        assert!(
            known.contains_key(&format!("finding-{}", rule.code)),
            "{}",
            rule.code
        );
    }
    let findings = known
        .keys()
        .filter(|key| key.starts_with("finding-"))
        .count();
    assert_eq!(findings, CODES.len(), "a text for a code that is gone");
    for facet in FACETS {
        assert!(known.contains_key(&format!("property-{facet}")), "{facet}");
    }
}

#[tokio::test]
async fn no_page_shows_a_key_instead_of_a_text() {
    let keys: BTreeSet<String> = messages(Language::Vi).into_keys().collect();
    for (address, _) in crate::visit::all_pages() {
        let page = crate::visit::get(&address).await.text;
        assert!(!page.contains('⟨'), "{address}");
        for token in crate::markup::tokens(&page) {
            if let crate::markup::Token::Text(text) = token {
                let key = text.trim();
                assert!(
                    !(key.contains('-') && keys.contains(key)),
                    "{address}: {text}"
                );
            }
        }
    }
}

#[test]
fn nothing_is_left_of_another_language() {
    for source in sources(Language::En) {
        let names = source
            .replace("Khuê", "")
            .replace("Hà Nội", "")
            .replace("Văn Các", "");
        let vietnamese = names
            .chars()
            .find(|letter| "ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ".contains(*letter));
        assert_eq!(vietnamese, None);
    }
    for source in sources(Language::Vi) {
        assert!(
            !source.contains(" the ") && !source.contains(" les "),
            "{source:.60}"
        );
    }
}
