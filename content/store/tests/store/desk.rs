//! Suggestions for submissions, notifications, and what may not be withdrawn.

use crate::records::import;
use crate::submissions::{draft, go, lesson, person, uri};
use khue_content::account::{Actor, Role};
use khue_content::{Evidence, LearningResource, Link, Suggestion};
use khue_store::actions::see_notices;
use khue_store::actions::submissions::{Read, Verdict, decide_on_suggestion, offer_suggestions};
use khue_store::testing::Databases;
use khue_store::{Error, Fate, Store, SuggestionState};

fn suggestion(property: &str, value: &str, words: &str) -> Suggestion {
    Suggestion {
        property: property.into(),
        value: value.into(),
        confidence: 0.8,
        evidence: vec![Evidence::Words { text: words.into() }],
        model: "e5".into(),
        revision: "1".into(),
    }
}

async fn offer(store: &Store, number: &str, sent: i64, all: &[Suggestion]) -> usize {
    let read = Read {
        number: number.into(),
        sent,
        model: "e5 1".into(),
    };
    offer_suggestions(store, &read, all).await.unwrap()
}

async fn decide(
    store: &Store,
    actor: &Actor,
    number: &str,
    value: &str,
    verdict: Verdict,
) -> Result<(), Error> {
    let all = store.suggested(actor, number).await.unwrap().all;
    let id = all
        .iter()
        .find(|one| one.suggestion.value == value)
        .map_or(0, |one| one.id);
    let edition = store
        .submission(actor, number)
        .await?
        .map_or(0, |one| one.edition);
    decide_on_suggestion(store, actor, number, edition, id, &verdict).await
}

#[tokio::test]
async fn verdicts_change_the_record_and_go_along_with_the_publication() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "hn-01").await;
        let mai = person(&store, "mai", Role::Appraiser, "").await;
        let number = draft(&store, &lan, &lesson("Phân số")).await;
        assert!(
            store.submissions_to_read(9).await.unwrap().is_empty(),
            "drafts are their author's"
        );
        go(&store, &lan, &number, "send").await.unwrap();
        assert_eq!(
            store.submissions_to_read(9).await.unwrap()[0].number,
            number
        );
        let grade = uri("educationalLevel", "grade-5");
        let all = [
            suggestion("keywords", "phân số", "phân số"),
            suggestion("keywords", "tử số", "tử số"),
            suggestion("keywords", "bài học", "bài học"),
            suggestion("educationalLevel", &grade, "lớp 5"),
        ];
        assert_eq!(offer(&store, &number, 1, &all).await, 4);
        assert_eq!(
            offer(&store, &number, 7, &all).await,
            0,
            "it was sent again meanwhile"
        );
        assert!(store.submissions_to_read(9).await.unwrap().is_empty());
        let seen = store.suggested(&mai, &number).await.unwrap();
        assert!(seen.read && seen.model == "e5 1" && seen.all.len() == 4);
        assert!(
            store.suggested(&lan, &number).await.unwrap().all.is_empty(),
            "not for its author"
        );

        decide(&store, &mai, &number, "phân số", Verdict::Accept)
            .await
            .unwrap();
        let given = Verdict::Edit("tử số và mẫu số".into());
        decide(&store, &mai, &number, "tử số", given).await.unwrap();
        decide(&store, &mai, &number, &grade, Verdict::Decline)
            .await
            .unwrap();
        let none = decide(&store, &mai, &number, "phân số", Verdict::Accept).await;
        assert!(matches!(none, Err(Error::NotFound(_))), "{none:?}");
        let own = decide(&store, &lan, &number, "bài học", Verdict::Accept).await;
        assert!(matches!(own, Err(Error::Forbidden)), "{own:?}");
        let odd = decide(&store, &mai, &number, "bài học", Verdict::Edit(" ".into())).await;
        assert!(matches!(odd, Err(Error::NotAllowed(_))), "{odd:?}");
        let one = store.submission(&mai, &number).await.unwrap().unwrap();
        assert_eq!(one.record.keywords, ["phân số", "tử số và mẫu số"]);
        let fates: Vec<Fate> = store
            .suggested(&mai, &number)
            .await
            .unwrap()
            .all
            .into_iter()
            .map(|one| one.fate)
            .collect();
        let edited = Fate::Edited("tử số và mẫu số".into());
        for fate in [Fate::Accepted, edited, Fate::Declined, Fate::Offered] {
            assert!(fates.contains(&fate), "{fate:?} in {fates:?}");
        }
        let rates = store.suggestion_rates().await.unwrap();
        let words = rates
            .iter()
            .find(|rate| rate.property == "keywords")
            .unwrap();
        assert_eq!(
            (words.accepted, words.edited, words.declined, words.offered),
            (1, 1, 0, 1)
        );

        go(&store, &mai, &number, "accept").await.unwrap();
        go(&store, &mai, &number, "publish").await.unwrap();
        let known = store.suggestions(&number).await.unwrap();
        let declined = known
            .iter()
            .filter(|one| one.state == SuggestionState::Declined);
        assert_eq!(
            (known.len(), declined.count()),
            (3, 2),
            "replaced is not offered again either"
        );
        assert_eq!(
            store.suggestion_rates().await.unwrap(),
            rates,
            "nothing is counted twice"
        );
    })
    .await;
}

#[tokio::test]
async fn people_are_told_what_others_did() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "").await;
        let mai = person(&store, "mai", Role::Appraiser, "").await;
        let number = draft(&store, &lan, &lesson("Phân số")).await;
        go(&store, &lan, &number, "send").await.unwrap();
        assert_eq!(
            store.new_notices(lan.account).await.unwrap(),
            0,
            "what one did oneself is no news"
        );
        go(&store, &mai, &number, "take-on").await.unwrap();
        go(&store, &mai, &number, "request-changes").await.unwrap();
        let told = store.notices(lan.account).await.unwrap();
        let kinds: Vec<&str> = told.iter().map(|one| one.kind.as_str()).collect();
        assert_eq!(kinds, ["request-changes", "take-on"]);
        assert!(
            told.iter()
                .all(|one| one.new && one.object == number && one.name == "Phân số")
        );
        see_notices(&store, lan.account, told[0].id).await.unwrap();
        see_notices(&store, lan.account, told[1].id).await.unwrap();
        assert_eq!(store.new_notices(lan.account).await.unwrap(), 0);
        go(&store, &lan, &number, "send-again").await.unwrap();
        assert_eq!(
            store.notices(mai.account).await.unwrap()[0].kind,
            "send-again",
            "who appraises is told"
        );
    })
    .await;
}

#[tokio::test]
async fn what_a_collection_uses_is_not_withdrawn() {
    Databases::each(|store| async move {
        let lan = person(&store, "lan", Role::Teacher, "").await;
        let mai = person(&store, "mai", Role::Appraiser, "").await;
        let number = draft(&store, &lan, &lesson("Phân số")).await;
        for (who, step) in [(&lan, "send"), (&mai, "accept"), (&mai, "publish")] {
            go(&store, who, &number, step).await.unwrap();
        }
        let mut whole = LearningResource {
            name: "Bộ bài về phân số".into(),
            has_part: vec![Link {
                id: number.clone(),
                name: "Phân số".into(),
                ..Link::default()
            }],
            ..LearningResource::default()
        };
        whole.provenance.source = "books".into();
        whole.provenance.identifier = "bo-bai".into();
        import(&store, vec![whole.clone()]).await;
        let refused = go(&store, &lan, &number, "withdraw").await;
        assert!(
            matches!(&refused, Err(Error::InUse(by)) if by.contains("Bộ bài về phân số")),
            "{refused:?}"
        );
        whole.has_part.clear();
        import(&store, vec![whole]).await;
        go(&store, &lan, &number, "withdraw").await.unwrap();
    })
    .await;
}
