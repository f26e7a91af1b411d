//! Wholes, parts and translations.

use crate::records::{import, link, of_source, record};
use khue_content::LearningResource;
use khue_store::actions::withdraw;
use khue_store::testing::Databases;
use khue_store::{Part, Summary};

fn ids(parts: &[Part]) -> Vec<&str> {
    parts.iter().map(|part| part.resource.id.as_str()).collect()
}

fn summary_ids(found: &[Summary]) -> Vec<&str> {
    found.iter().map(|one| one.id.as_str()).collect()
}

fn part_of(whole: &str, identifier: &str, position: u32) -> LearningResource {
    let mut part = record(identifier, identifier);
    part.is_part_of = vec![link(whole, Some(position))];
    part.is_part_of[0].path = vec!["Chương 1".into(), "Bài mở đầu".into()];
    part
}

#[tokio::test]
async fn parts_come_in_order_whoever_names_them() {
    Databases::each(|store| async move {
        // Parts first, the whole later.
        let parts = vec![
            part_of("sách", "c", 3),
            part_of("sách", "a", 1),
            part_of("sách", "b", 2),
        ];
        import(&store, parts).await;
        let whole = import(&store, vec![record("sách", "Sách")])
            .await
            .remove(0)
            .0;
        let parts = store.parts_of(&whole).await.unwrap();
        assert_eq!(ids(&parts), ["a", "b", "c"]);
        assert_eq!(parts[0].path, ["Chương 1", "Bài mở đầu"]);
        assert_eq!(store.wholes_of("a").await.unwrap()[0].resource.name, "Sách");

        let mut course = of_source("other", "course", "Khoá học");
        course.has_part = vec![link("c", None), link("nowhere", None), link("a", None)];
        import(&store, vec![course]).await;
        assert_eq!(ids(&store.parts_of("course").await.unwrap()), ["c", "a"]);
        assert_eq!(
            ids(&store.wholes_of("a").await.unwrap()),
            [whole.as_str(), "course"]
        );

        let collections = store.collections(10).await.unwrap();
        let found: Vec<_> = collections
            .iter()
            .map(|c| (c.resource.id.as_str(), c.parts))
            .collect();
        assert_eq!(found[0], (whole.as_str(), 3));
        assert_eq!(found[1].0, "course");
        withdraw(&store, "b", "").await.unwrap();
        assert_eq!(ids(&store.parts_of(&whole).await.unwrap()), ["a", "c"]);
    })
    .await;
}

#[tokio::test]
async fn an_identifier_of_the_same_source_comes_before_an_id() {
    Databases::each(|store| async move {
        import(&store, vec![of_source("one", "m1", "of one")]).await;
        let theirs = import(&store, vec![of_source("two", "m1", "of two")])
            .await
            .remove(0)
            .0;
        let mut part = of_source("two", "p", "");
        part.is_part_of = vec![link("m1", None)];
        let mut guest = of_source("three", "q", "");
        guest.is_part_of = vec![link("m1", None)];
        import(&store, vec![part, guest]).await;
        assert_eq!(ids(&store.parts_of(&theirs).await.unwrap()), ["p"]);
        assert_eq!(ids(&store.parts_of("m1").await.unwrap()), ["q"]);
        assert_eq!(ids(&store.wholes_of("p").await.unwrap()), [theirs.as_str()]);
        assert_eq!(ids(&store.wholes_of("q").await.unwrap()), ["m1"]);
    })
    .await;
}

#[tokio::test]
async fn a_changed_record_loses_its_former_links() {
    Databases::each(|store| async move {
        import(
            &store,
            vec![record("x", ""), record("y", ""), part_of("x", "p", 1)],
        )
        .await;
        import(&store, vec![part_of("y", "p", 1)]).await;
        assert!(store.parts_of("x").await.unwrap().is_empty());
        assert_eq!(ids(&store.parts_of("y").await.unwrap()), ["p"]);
    })
    .await;
}

#[tokio::test]
async fn translations_are_found_from_every_side() {
    Databases::each(|store| async move {
        let mut english = record("en", "Forces");
        english.in_language = vec!["en".into()];
        let mut french = record("fr", "Les forces");
        french.in_language = vec!["fr".into()];
        french.work_translation = vec![link("en", None)];
        let mut vietnamese = record("vi", "Lực");
        vietnamese.work_translation = vec![link("en", None), link("https://example.org/x", None)];
        import(&store, vec![french, vietnamese, english]).await;
        let of = async |id: &str| {
            let found = store.translations_of(id).await.unwrap();
            summary_ids(&found).join(" ")
        };
        assert_eq!(of("en").await, "fr vi");
        assert_eq!(of("fr").await, "en vi");
        assert_eq!(of("vi").await, "en fr");
        assert_eq!(of("nowhere").await, "");
    })
    .await;
}
