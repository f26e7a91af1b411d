//! What models suggest and people decide.

use crate::records::{import, record};
use khue_content::{Evidence, Suggestion};
use khue_store::actions::{Decision, decide_suggestion, record_suggestions};
use khue_store::testing::Databases;
use khue_store::{Error, Store, SuggestionState};

fn suggestion(value: &str, confidence: f64, words: &str) -> Suggestion {
    Suggestion {
        property: "about".into(),
        value: value.into(),
        confidence,
        evidence: vec![Evidence::Words { text: words.into() }],
        model: "e5".into(),
        revision: "1".into(),
    }
}

async fn states(store: &Store, id: &str) -> Vec<(String, SuggestionState)> {
    let all = store.suggestions(id).await.unwrap().into_iter();
    all.map(|one| (one.suggestion.value, one.state)).collect()
}

#[tokio::test]
async fn what_was_declined_is_not_offered_again_for_the_same_reason() {
    Databases::each(|store| async move {
        let id = import(&store, vec![record("a", "Phân số")]).await[0]
            .0
            .clone();
        let offered = [
            suggestion("toan", 0.9, "phân số"),
            suggestion("vat-li", 0.4, "lực"),
        ];
        assert_eq!(record_suggestions(&store, &id, &offered).await.unwrap(), 2);
        let all = store.suggestions(&id).await.unwrap();
        assert_eq!(all[0].suggestion, offered[0]);
        decide_suggestion(&store, all[0].id, Decision::Accept, Some("lan"))
            .await
            .unwrap();
        decide_suggestion(&store, all[1].id, Decision::Decline, None)
            .await
            .unwrap();
        assert_eq!(record_suggestions(&store, &id, &offered).await.unwrap(), 0);
        let reasons = [
            suggestion("vat-li", 0.6, "Lực "),
            suggestion("vat-li", 0.6, "gia tốc"),
        ];
        assert_eq!(record_suggestions(&store, &id, &reasons).await.unwrap(), 1);
        let wanted = [
            ("toan".to_owned(), SuggestionState::Accepted),
            ("vat-li".to_owned(), SuggestionState::Offered),
            ("vat-li".to_owned(), SuggestionState::Declined),
        ];
        assert_eq!(states(&store, &id).await, wanted);
    })
    .await;
}

#[tokio::test]
async fn what_is_offered_anew_replaces_what_nobody_decided() {
    Databases::each(|store| async move {
        let id = import(&store, vec![record("a", "Phân số")]).await[0]
            .0
            .clone();
        for value in ["toan", "tin-hoc"] {
            let offered = [suggestion(value, 0.5, "số")];
            assert_eq!(record_suggestions(&store, &id, &offered).await.unwrap(), 1);
        }
        let wanted = [("tin-hoc".to_owned(), SuggestionState::Offered)];
        assert_eq!(states(&store, &id).await, wanted);
        record_suggestions(&store, &id, &[]).await.unwrap();
        assert_eq!(states(&store, &id).await, []);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_there_is_named() {
    Databases::each(|store| async move {
        let unknown = record_suggestions(&store, "no-such", &[]).await;
        assert!(matches!(unknown, Err(Error::NotFound(what)) if what.contains("no-such")));
        let unknown = decide_suggestion(&store, 77, Decision::Accept, None).await;
        assert!(matches!(unknown, Err(Error::NotFound(what)) if what.contains("77")));
        assert_eq!(store.suggestions("no-such").await.unwrap(), []);
    })
    .await;
}
