//! A path proposed for a topic or a competency: what the library has for it, in the order in which things need each other.

use khue_content::LearningResource;
use khue_content::path::Path;
use khue_content::path::propose::{Reason as Because, Wanted, propose};
use khue_content::plan::Material;
use khue_content::prerequisite::met;
use khue_content::search::{Hit, MAX_SIZE, Reason, SearchParams};
use khue_content::vocabulary;
use leptos::prelude::*;

use crate::components::{by_notation, label, narrower, notation, school_subjects};
use crate::pages::account::{Fields, value};
use crate::pages::plan::is_for_learning;
use crate::reader::Reader;
use crate::services::ServiceError;

/// Steps of a proposal.
const STEPS: usize = 8;
/// Resources that are looked through for the topic, and for each thing that has to be known first.
const NEAR: usize = 12;
const FIRST: usize = 6;

/// The form.
pub fn form(reader: &Reader) -> AnyView {
    let t = reader.texts();
    let option = |uri: &str, code: &str| view! { <option value=code.to_owned()>{label(reader, uri)}</option> };
    let subjects = school_subjects()
        .into_iter()
        .map(|concept| option(&concept.id, notation(concept)));
    let stages = narrower("educationalLevel", None);
    let levels = stages.into_iter().flat_map(|stage| {
        std::iter::once(stage).chain(narrower("educationalLevel", Some(&stage.id)))
    });
    let levels = levels.map(|concept| option(&concept.id, notation(concept)));
    view! {
        <form class="form" method="post" action=reader.link("/paths/own")>
            <h2>{t.text("path-propose")}</h2>
            <p>{t.text("path-propose-text")}</p>
            <div class="field">
                <label for="topic">{t.text("path-topic")}</label>
                <input id="topic" name="topic" required=true maxlength="300"/>
            </div>
            <div class="field">
                <label for="about">{t.text("property-about")}</label>
                <select id="about" name="about"><option value="">{t.text("path-any")}</option>{subjects.collect_view()}</select>
            </div>
            <div class="field">
                <label for="level">{t.text("property-educationalLevel")}</label>
                <select id="level" name="level"><option value="">{t.text("path-any")}</option>{levels.collect_view()}</select>
            </div>
            <p><button class="button" type="submit" name="do" value="propose">{t.text("path-propose-make")}</button></p>
        </form>
    }
    .into_any()
}

/// What is proposed; nothing where the library has nothing for it.
pub async fn proposed(reader: &Reader, fields: &Fields) -> Result<Option<Path>, ServiceError> {
    let topic = value(fields, "topic").trim().to_owned();
    if topic.is_empty() {
        return Ok(None);
    }
    let records = found(reader, fields, &topic).await?;
    if records.len() < 2 {
        return Ok(None);
    }
    let paths = reader.paths();
    let materials: Vec<Material> = records
        .iter()
        .map(|record| Material::of(record, "", &paths))
        .collect();
    let wanted = Wanted {
        name: topic,
        in_language: reader.code().to_owned(),
        educational_level: stage(fields, &records),
        steps: STEPS,
    };
    let (mut path, reasons) = propose(&wanted, &materials);
    let words = |concept: &String| super::super::resource::outcome_text(reader, concept);
    path.teaches = path.teaches.iter().map(words).collect();
    path.competency_required = path.competency_required.iter().map(words).collect();
    for (step, reason) in path.steps.iter_mut().zip(&reasons) {
        step.description = because(reader, reason);
    }
    Ok(Some(path))
}

fn because(reader: &Reader, reason: &Because) -> String {
    let t = reader.texts();
    match reason {
        Because::BuildsOn(name, words) => {
            let words = super::super::resource::outcome_text(reader, words);
            t.fill(
                "path-because-builds",
                &[("name", name.as_str().into()), ("outcome", words.into())],
            )
        }
        Because::InBook { volume, lesson } => t.fill(
            "path-because-book",
            &[("volume", (*volume).into()), ("lesson", (*lesson).into())],
        ),
        Because::Near => t.text("path-because-near").to_owned(),
    }
}

/// Records for the topic, nearest first, and what teaches what they ask for.
async fn found(
    reader: &Reader,
    fields: &Fields,
    topic: &str,
) -> Result<Vec<LearningResource>, ServiceError> {
    let mut params = search(topic, reader.code());
    let chosen = [
        ("about", value(fields, "about")),
        ("educationalLevel", value(fields, "level")),
    ];
    for (name, code) in chosen.into_iter().filter(|(_, code)| !code.is_empty()) {
        if let Some(concept) = by_notation(name, code) {
            params.add(name, &concept.id);
        }
    }
    let mut records = looked_up(reader, &params, NEAR).await?;
    let demands: Vec<String> = records
        .iter()
        .take(STEPS)
        .flat_map(|record| record.competency_required.first().cloned())
        .collect();
    for demand in demands
        .iter()
        .filter(|demand| !demand.starts_with("http"))
        .take(FIRST)
    {
        let one = std::slice::from_ref(demand);
        let first = looked_up(reader, &search(demand, reader.code()), FIRST).await?;
        let fits = |record: &LearningResource| {
            met(&record.teaches, one).is_some() && records.iter().all(|known| known.id != record.id)
        };
        let fresh: Vec<LearningResource> = first.into_iter().filter(fits).take(1).collect();
        records.extend(fresh);
    }
    Ok(records)
}

fn search(words: &str, language: &str) -> SearchParams {
    let mut params = SearchParams {
        q: words.to_owned(),
        size: MAX_SIZE.min(NEAR * 2),
        ..SearchParams::default()
    };
    params.add("inLanguage", language);
    params
}

async fn looked_up(
    reader: &Reader,
    params: &SearchParams,
    most: usize,
) -> Result<Vec<LearningResource>, ServiceError> {
    let library = &reader.services.library;
    let page = library.search(params).await?;
    let fitting = of_one_subject(page.items)
        .into_iter()
        .filter(is_for_learning);
    let ids: Vec<String> = fitting.map(|hit| hit.id).take(most).collect();
    library.records(&ids).await
}

/// Those of the subject of the first that has the words; what is only near in meaning to words that nothing has leads anywhere.
fn of_one_subject(hits: Vec<Hit>) -> Vec<Hit> {
    let has_words = |hit: &&Hit| hit.reasons.iter().any(|reason| *reason != Reason::Meaning);
    let Some(about) = hits.iter().find(has_words).map(|hit| hit.about.clone()) else {
        return Vec::new();
    };
    let same = |hit: &Hit| hit.about.iter().any(|subject| about.contains(subject));
    hits.into_iter().filter(same).collect()
}

/// The stage that was chosen, or that of the nearest resource.
fn stage(fields: &Fields, records: &[LearningResource]) -> String {
    let chosen =
        by_notation("educationalLevel", value(fields, "level")).map(|concept| concept.id.clone());
    let nearest = || {
        records
            .iter()
            .find_map(|record| record.educational_level.first().cloned())
    };
    let wider = chosen
        .or_else(nearest)
        .map(|uri| vocabulary::with_broader(&uri));
    let broadest = wider.and_then(|wider| wider.last().copied());
    broadest
        .map(|concept| notation(concept).to_owned())
        .unwrap_or_default()
}
