//! The ten tests that a machine runs on every draft.

use super::choose::Runs;
use super::draft::{GuidanceDraft, Item, Section};
use super::export::{plain_text, to_html};
use super::lesson::split;
use super::policy::{Mode, policy};
use super::{audience, guard};
use crate::{LearningResource, language, render, vocabulary};
use std::collections::HashSet;

/// Sections of a draft.
const SECTIONS: usize = 17;
/// Sections whose quotations are looked for in the resource.
const QUOTING: [u8; 6] = [2, 5, 6, 7, 10, 12];
/// Share of syllables with a mark among those of Vietnamese prose. In the lessons
/// of the open library it lies between 0.75 and 0.90.
const MARKED: std::ops::RangeInclusive<f32> = 0.75..=0.91;

/// How a test came out.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Verdict {
    /// From 1 to 10.
    pub number: u8,
    /// What it tests.
    pub name: &'static str,
    /// Whether the draft passed.
    pub passed: bool,
    /// What was wrong, where something was.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

type Test = fn(&GuidanceDraft, &LearningResource) -> Result<(), String>;

const TESTS: [(&str, Test); 10] = [
    ("sections", sections),
    ("quotes", quotes),
    ("levels", levels),
    ("codes", codes),
    ("language", in_language),
    ("repetition", repetition),
    ("thinking", thinking),
    ("unplugged", unplugged),
    ("privacy", privacy),
    ("label", label),
];

/// Runs the ten tests on a draft and the record that it was made from.
pub fn judge(draft: &GuidanceDraft, record: &LearningResource) -> Vec<Verdict> {
    let verdict = |(number, (name, test)): (usize, &(&'static str, Test))| {
        let outcome = test(draft, record);
        Verdict {
            number: number as u8 + 1,
            name,
            passed: outcome.is_ok(),
            detail: outcome.err().unwrap_or_default(),
        }
    };
    TESTS.iter().enumerate().map(verdict).collect()
}

/// 1. All 17 sections are there, in order, and say something.
fn sections(draft: &GuidanceDraft, _: &LearningResource) -> Result<(), String> {
    if draft.sections.len() != SECTIONS {
        return Err(format!(
            "{} sections instead of {SECTIONS}",
            draft.sections.len()
        ));
    }
    let titles = policy().map_or(&[][..], |policy| &policy.wording.sections);
    for ((number, section), title) in (0u8..).zip(&draft.sections).zip(titles) {
        let says = section
            .items
            .iter()
            .any(|item| !item.words().trim().is_empty());
        if section.number != number || title.get("key") != Some(&section.key) {
            return Err(format!(
                "section {number} is {} ({})",
                section.number, section.key
            ));
        }
        if !says || section.title.is_empty() {
            return Err(format!("section {number} ({}) is empty", section.key));
        }
    }
    Ok(())
}

/// 2. Every item of §7 quotes the resource, and every quotation is found in it.
fn quotes(draft: &GuidanceDraft, record: &LearningResource) -> Result<(), String> {
    let texts = grounds(record);
    let found = |span: &str| {
        let span = flat(span);
        texts.iter().any(|text| text.contains(&span))
    };
    let checks = draft
        .sections
        .get(7)
        .map_or(&[][..], |section| &section.items);
    if checks.is_empty() || checks.iter().any(|item| item.quotes.is_empty()) {
        return Err("an item of section 7 has no quotation".to_owned());
    }
    for section in draft
        .sections
        .iter()
        .filter(|section| QUOTING.contains(&section.number))
    {
        let declared = section
            .items
            .iter()
            .flat_map(|item| &item.quotes)
            .map(|quote| quote.text.clone());
        let marked = section
            .items
            .iter()
            .filter(|item| item.pattern.is_some())
            .flat_map(|item| marked(&item.words(), &draft.in_language));
        if let Some(lost) = declared.chain(marked).find(|span| !found(span)) {
            return Err(format!(
                "section {}: not in the resource: {lost}",
                section.number
            ));
        }
    }
    Ok(())
}

/// Everything of a record that may be quoted, as read and as written.
fn grounds(record: &LearningResource) -> Vec<String> {
    let mut texts = vec![record.name.clone(), record.description.clone()];
    texts.extend(record.keywords.iter().cloned());
    texts.extend(record.teaches.iter().cloned());
    if let Some(body) = &record.body {
        texts.push(body.text.clone());
        texts.push(render::plain_text(body));
    }
    texts.iter().map(|text| flat(text)).collect()
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands between the quotation marks of the draft's language.
fn marked(text: &str, language: &str) -> Vec<String> {
    let (open, close) = if language == "fr" {
        ('«', '»')
    } else {
        ('“', '”')
    };
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(open) {
        let Some((inside, behind)) = after.split_once(close) else {
            break;
        };
        found.push(inside.trim().to_owned());
        rest = behind;
    }
    found
}

/// 3. Mode and levels are legal for the age of the record.
fn levels(draft: &GuidanceDraft, record: &LearningResource) -> Result<(), String> {
    let audience = audience::of(record).ok_or("the policy cannot be read")?;
    let from = policy().map_or(u8::MAX, |policy| policy.rules.independent_from);
    if draft.band != audience.band.id || !audience.band.modes.contains(&draft.mode) {
        return Err(format!(
            "mode {} in band {} for a record of band {}",
            draft.mode.key(),
            draft.band,
            audience.band.id
        ));
    }
    if audience.youngest < from && draft.mode.is_learners() {
        return Err(format!(
            "learners of {} use a tool themselves",
            audience.youngest
        ));
    }
    let given: Vec<u8> = draft
        .sections
        .iter()
        .flat_map(|s| &s.items)
        .filter_map(|item| item.level)
        .collect();
    if given.is_empty() {
        return Err("no task has a level".to_owned());
    }
    let illegal = given
        .iter()
        .find(|level| !audience.band.levels.contains(level));
    if let Some(level) = illegal {
        return Err(format!("level {level} in band {}", draft.band));
    }
    let unplanned = draft.mode == Mode::TeacherOnly && given.iter().any(|level| *level > 1);
    if unplanned {
        Err("AI in tasks although only the teacher may use it".to_owned())
    } else {
        Ok(())
    }
}

/// 4. Every code of §13 is in the vocabulary, and there is one.
fn codes(draft: &GuidanceDraft, _: &LearningResource) -> Result<(), String> {
    let items = draft
        .sections
        .get(13)
        .map_or(&[][..], |section| &section.items);
    let codes: Vec<&String> = items.iter().filter_map(|item| item.code.as_ref()).collect();
    let known =
        |code: &str| vocabulary::find("competencies", code).is_some_and(|c| c.notation == code);
    match codes.iter().find(|code| !known(code)) {
        Some(code) => Err(format!("{code} is in no list")),
        None if codes.is_empty() => Err("section 13 has no code".to_owned()),
        None => Ok(()),
    }
}

/// 5. The draft's own words are in its language; Vietnamese has its marks.
fn in_language(draft: &GuidanceDraft, _: &LearningResource) -> Result<(), String> {
    let own = own_words(draft);
    let found = language::detect(&own);
    if found != Some(draft.in_language.as_str()) {
        return Err(format!(
            "reads like {} instead of {}",
            found.unwrap_or("no language"),
            draft.in_language
        ));
    }
    let share = marked_share(&own);
    if draft.in_language == "vi" && !MARKED.contains(&share) {
        return Err(format!("{share:.2} of the syllables have a mark"));
    }
    Ok(())
}

/// The words of the draft without what it quotes or copies from the record.
fn own_words(draft: &GuidanceDraft) -> String {
    let items = draft.sections.iter().flat_map(|section| &section.items);
    let own = items
        .filter(|item| item.origin != super::Origin::Record)
        .map(|item| {
            item.quotes
                .iter()
                .fold(item.words(), |text, quote| text.replace(&quote.text, " "))
        });
    own.collect::<Vec<_>>().join("\n")
}

/// Share of syllables with a letter that only Vietnamese spelling has.
fn marked_share(text: &str) -> f32 {
    let words = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty());
    let (mut all, mut with) = (0u32, 0u32);
    for word in words {
        all += 1;
        with += u32::from(!word.is_ascii());
    }
    with as f32 / all.max(1) as f32
}

/// 6. No run of six words stands three times; no section is a copy of another.
fn repetition(draft: &GuidanceDraft, _: &LearningResource) -> Result<(), String> {
    let mut runs = Runs::default();
    let items = || draft.sections.iter().flat_map(|section| &section.items);
    let texts = items().flat_map(|item| {
        std::iter::once(item.text.as_str()).chain(item.parts.iter().map(|part| part.text.as_str()))
    });
    runs.add(texts);
    if let Some(run) = runs.too_often().first() {
        return Err(format!("three times: {run}"));
    }
    let mut seen = HashSet::new();
    let copy = draft
        .sections
        .iter()
        .find(|section| !seen.insert(section_words(section)));
    copy.map_or(Ok(()), |section| {
        Err(format!("section {} is a copy", section.number))
    })
}

fn section_words(section: &Section) -> String {
    section
        .items
        .iter()
        .map(Item::words)
        .collect::<Vec<_>>()
        .join("\n")
}

/// 7. §12 has two tasks with a verb of analysing, evaluating or creating.
fn thinking(draft: &GuidanceDraft, _: &LearningResource) -> Result<(), String> {
    let items = draft
        .sections
        .get(12)
        .map_or(&[][..], |section| &section.items);
    let language = draft.in_language.as_str();
    let verbs: Vec<&String> = policy()
        .map(|policy| &policy.verbs)
        .into_iter()
        .flat_map(|verbs| [&verbs.analyse, &verbs.evaluate, &verbs.create])
        .filter_map(|by_language| by_language.get(language))
        .flatten()
        .collect();
    let with = items.iter().filter(|item| {
        let words = item.words().to_lowercase();
        verbs.iter().any(|verb| words.contains(verb.as_str()))
    });
    match with.count() {
        0 | 1 => Err("fewer than two tasks with a higher-order verb".to_owned()),
        _ => Ok(()),
    }
}

/// 8. §10 has a version without devices.
fn unplugged(draft: &GuidanceDraft, _: &LearningResource) -> Result<(), String> {
    let items = draft
        .sections
        .get(10)
        .map_or(&[][..], |section| &section.items);
    let is_unplugged = |item: &&Item| {
        let pattern = item.pattern.as_deref();
        super::patterns()
            .iter()
            .any(|p| p.part == "unplugged" && pattern == Some(&p.id))
    };
    let found = items
        .iter()
        .find(is_unplugged)
        .map(Item::words)
        .unwrap_or_default();
    if split(&found).is_empty() {
        Err("no version without devices".to_owned())
    } else {
        Ok(())
    }
}

/// 9. No personal data.
fn privacy(draft: &GuidanceDraft, _: &LearningResource) -> Result<(), String> {
    let mut items = draft
        .sections
        .iter()
        .flat_map(|section| section.items.iter().map(move |item| (section.number, item)));
    let found =
        items.find_map(|(number, item)| Some((number, guard::personal_data(&item.words())?)));
    found.map_or(Ok(()), |(number, what)| {
        Err(format!("section {number} holds {what}"))
    })
}

/// 10. The label is in every form of the draft.
fn label(draft: &GuidanceDraft, _: &LearningResource) -> Result<(), String> {
    let expected =
        policy().and_then(|policy| policy.wording.words.get("label")?.get(&draft.in_language));
    let Some(expected) = expected else {
        return Err("the policy has no label in this language".to_owned());
    };
    if draft.label != *expected {
        return Err(format!("the label reads {:?}", draft.label));
    }
    let json = serde_json::to_string(draft).map_err(|error| error.to_string())?;
    for (name, text) in [
        ("HTML", to_html(draft)),
        ("text", plain_text(draft)),
        ("JSON", json),
    ] {
        if !text.contains(expected.as_str()) {
            return Err(format!("no label in {name}"));
        }
    }
    Ok(())
}
