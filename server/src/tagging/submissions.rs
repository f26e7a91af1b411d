//! Suggestions for what people send in: made when it was sent, decided at the desk.

use super::Suggester;
use crate::portal::Portal;
use anyhow::Result;
use khue_content::vocabulary::with_broader;
use khue_content::{LearningResource, Suggestion};
use khue_store::actions::submissions::{Read, offer_suggestions};

/// Submissions that are read in one go.
const AT_A_TIME: i64 = 10;
/// From here on it is worth to say something else than the author.
const AGAINST: f64 = 0.6;

/// Reads what waits; whether there may be more.
pub(super) async fn read_some(portal: &Portal, suggester: &mut Suggester) -> Result<bool> {
    let waiting = portal.store.submissions_to_read(AT_A_TIME).await?;
    for one in &waiting {
        let suggested = tokio::task::block_in_place(|| suggest(suggester, &one.record))?;
        let read = Read {
            number: one.number.clone(),
            sent: one.sent,
            model: suggester.model(),
        };
        // Not in this thread: its patience must not keep others from writing.
        let store = portal.store.clone();
        tokio::spawn(async move { offer_suggestions(&store, &read, &suggested).await }).await??;
    }
    Ok(waiting.len() as i64 == AT_A_TIME)
}

/// What the record lacks, and what speaks plainly against what its author says.
fn suggest(suggester: &mut Suggester, record: &LearningResource) -> Result<Vec<Suggestion>> {
    let bare = LearningResource {
        about: Vec::new(),
        educational_level: Vec::new(),
        learning_resource_type: Vec::new(),
        ..record.clone()
    };
    let mut all = suggester.suggest(&bare)?;
    all.retain(|one| is_worth(record, one));
    Ok(all)
}

fn is_worth(record: &LearningResource, one: &Suggestion) -> bool {
    let own = match one.property.as_str() {
        "about" => &record.about,
        "educationalLevel" => &record.educational_level,
        "learningResourceType" => &record.learning_resource_type,
        _ => return true,
    };
    let said = || {
        own.iter()
            .flat_map(|uri| with_broader(uri))
            .any(|concept| concept.id == one.value)
    };
    own.is_empty() || (one.confidence >= AGAINST && !said())
}

#[cfg(test)]
mod tests {
    use super::*;
    use khue_content::vocabulary::find;

    fn uri(scheme: &str, name: &str) -> String {
        find(scheme, name).unwrap().id.clone()
    }

    #[test]
    fn what_the_author_says_is_not_said_again() {
        let mut suggester = Suggester::new(None).unwrap();
        let record = LearningResource {
            name: "Phân số lớp 4".into(),
            educational_level: vec![uri("educationalLevel", "grade-4")],
            ..LearningResource::default()
        };
        let levels = |record: &LearningResource, suggester: &mut Suggester| {
            let all = suggest(suggester, record).unwrap();
            let own = all
                .into_iter()
                .filter(|one| one.property == "educationalLevel");
            own.map(|one| one.value).collect::<Vec<_>>()
        };
        assert!(levels(&record, &mut suggester).is_empty());
        let other = LearningResource {
            educational_level: vec![uri("educationalLevel", "grade-9")],
            ..record.clone()
        };
        assert_eq!(
            levels(&other, &mut suggester),
            [uri("educationalLevel", "grade-4")]
        );
        let silent = LearningResource {
            educational_level: Vec::new(),
            ..record
        };
        assert_eq!(
            levels(&silent, &mut suggester),
            [uri("educationalLevel", "grade-4")]
        );
    }
}
