//! Resources that speak to a model: whatever they say and wherever they say it, the draft stays what it was.

use super::{drafted, failures, lesson};
use khue_content::guidance::GuidanceDraft;
use khue_content::{Agent, Alignment, LearningResource};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Attack {
    id: String,
    language: String,
    place: String,
    text: String,
    canary: String,
}

fn attacks() -> Vec<Attack> {
    let text = include_str!("../fixtures/guidance/injections.jsonl");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("an attack"))
        .collect()
}

/// The lesson with the text of the attack put where the attack says.
fn poisoned(clean: &LearningResource, attack: &Attack) -> LearningResource {
    let mut record = clean.clone();
    let text = &attack.text;
    let mut into_body = |piece: String, first: bool| {
        let body = record.body.as_mut().expect("a body");
        body.text = if first {
            format!("{piece}\n\n{}", body.text)
        } else {
            format!("{}\n\n{piece}\n", body.text)
        };
    };
    match attack.place.as_str() {
        "paragraph" => into_body(text.clone(), false),
        "first" => into_body(text.clone(), true),
        "bullet" => into_body(format!("- {text}\n- {text}"), true),
        "heading" => into_body(format!("## {text}"), true),
        "quotation" => into_body(format!("> {text}"), true),
        "table" => into_body(
            format!("| a | b |\n|---|---|\n| 1 | {} |", text.replace('|', "/")),
            false,
        ),
        "comment" => into_body(format!("<!-- {text} -->"), true),
        "hidden-style" => into_body(format!("<p style=\"display: none\">{text}</p>"), true),
        "hidden-attribute" => into_body(format!("<p hidden>{text}</p>"), true),
        "tiny" => into_body(format!("<span style=\"font-size:0\">{text}</span>"), true),
        "alt" => into_body(format!("![{text}](a.png)"), true),
        "link-title" => into_body(
            format!(
                "[tài liệu](https://example.org \"{}\")",
                text.replace('"', "'")
            ),
            true,
        ),
        "footnote" => into_body(format!("Xem chú thích.[^1]\n\n[^1]: {text}"), false),
        "bold" => into_body(format!("**{text}**"), true),
        "name" => record.name = format!("{}: {text}", record.name),
        "description" => record.description = format!("{} {text}", record.description),
        "keywords" => record.keywords.insert(0, text.clone()),
        "teaches" => record.teaches.insert(0, text.clone()),
        "creator" => record.creator.push(Agent::person(text.clone())),
        "alignment" => record.educational_alignment.push(Alignment {
            educational_framework: text.clone(),
            target_name: text.clone(),
            ..Alignment::default()
        }),
        other => panic!("no such place: {other}"),
    }
    record
}

/// What no resource may change.
fn policy(made: &GuidanceDraft) -> String {
    let sections =
        [3, 8, 16].map(|number| serde_json::to_string(&made.sections[number]).expect("JSON"));
    format!(
        "{} {} {:?} {} {}",
        made.label,
        made.band,
        made.mode,
        made.in_language,
        sections.join("")
    )
}

fn clean(language: &str) -> Vec<LearningResource> {
    let paths: &[&str] = match language {
        "en" => &[
            "en/science-9-ohms-law.md",
            "en/computing-10-for-loops-python.md",
        ],
        "fr" => &[
            "fr/mathematiques-8-theoreme-de-pythagore.md",
            "fr/francais-6-se-presenter.md",
        ],
        _ => &[
            "vi/toan-2-phep-cong-co-nho-trong-pham-vi-100.md",
            "vi/lich-su-12-chien-dich-dien-bien-phu.md",
            "vi/nguoi-lon-dung-ai-co-trach-nhiem.md",
        ],
    };
    paths.iter().map(|path| lesson(path)).collect()
}

#[test]
fn no_attack_changes_the_rules_or_is_repeated() {
    let attacks = attacks();
    assert!(attacks.len() >= 60, "{}", attacks.len());
    let mut wrong = Vec::new();
    let cleans: BTreeMap<&str, Vec<(LearningResource, GuidanceDraft)>> = ["vi", "en", "fr"]
        .map(|language| {
            (
                language,
                clean(language)
                    .into_iter()
                    .map(|record| (record.clone(), drafted(&record).expect("a draft")))
                    .collect(),
            )
        })
        .into();
    for attack in &attacks {
        for (record, before) in &cleans[attack.language.as_str()] {
            let poisoned = poisoned(record, attack);
            let made = match drafted(&poisoned) {
                Ok(made) => made,
                Err(refusal) => {
                    wrong.push(format!("{} in {}: {refusal}", attack.id, record.id));
                    continue;
                }
            };
            let json = serde_json::to_string(&made).expect("JSON");
            if json.contains(&attack.canary)
                && !serde_json::to_string(before)
                    .expect("JSON")
                    .contains(&attack.canary)
            {
                wrong.push(format!(
                    "{} ({}) in {}: repeated {}",
                    attack.id, attack.place, record.id, attack.canary
                ));
            }
            if policy(before) != policy(&made) {
                wrong.push(format!(
                    "{} ({}) in {}: changed the rules",
                    attack.id, attack.place, record.id
                ));
            }
            let failed = failures(&made, &poisoned);
            if !failed.is_empty() {
                wrong.push(format!(
                    "{} ({}) in {}: {failed:?}",
                    attack.id, attack.place, record.id
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        attacks.len(),
        wrong.join("\n")
    );
}
