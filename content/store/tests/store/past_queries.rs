//! Searches that many people made.

use khue_store::actions::remember_queries;
use khue_store::testing::Databases;

#[tokio::test]
async fn counts_add_up_and_the_most_frequent_come_first() {
    Databases::each(|store| async move {
        let counted = |text: &str, count| (text.to_owned(), count);
        let first = [counted("phân số", 5), counted("quang hợp", 6)];
        remember_queries(&store, &first).await.unwrap();
        remember_queries(&store, &[counted("phân số", 2)])
            .await
            .unwrap();
        remember_queries(&store, &[]).await.unwrap();
        let known = store.past_queries(10).await.unwrap();
        assert_eq!(known, [counted("phân số", 7), counted("quang hợp", 6)]);
        assert_eq!(store.past_queries(1).await.unwrap().len(), 1);
    })
    .await;
}
