//! Full text search of SQL databases: what a comparison may rely on.

use khue_store::peers::{Fts5, PeerDocument, Postgres};

fn documents() -> Vec<PeerDocument> {
    let document = |(number, title, text): (i64, &str, &str)| PeerDocument {
        number,
        title: title.to_owned(),
        text: text.to_owned(),
    };
    [
        (0, "Định luật Niu-tơn", "Lực và gia tốc của vật."),
        (
            1,
            "So sánh hai phân số",
            "Quy đồng mẫu số, rồi so sánh tử số.",
        ),
        (
            2,
            "Gia tốc",
            "Vận tốc thay đổi theo thời gian. \"Trích\" \0 dấu nháy.",
        ),
    ]
    .map(document)
    .to_vec()
}

#[tokio::test]
async fn fts5_finds_with_and_without_marks_all_words_before_any() {
    let folder = tempfile::tempdir().unwrap();
    let mut table = Fts5::create(&folder.path().join("fts5.db")).await.unwrap();
    table.put(&documents()).await.unwrap();
    table.finish().await.unwrap();
    let mut client = table.client().await.unwrap();
    assert_eq!(client.search("phan so", 20).await.unwrap(), [1]);
    // The title counts more than the text.
    assert_eq!(client.search("gia tốc", 20).await.unwrap(), [2, 0]);
    assert_eq!(client.search("gia tốc phân", 1).await.unwrap().len(), 1);
    // What users type is never a syntax error.
    for typed in ["\"", "a\" OR *", "NEAR(", "-", "title:", ""] {
        client.search(typed, 20).await.unwrap();
    }
}

#[tokio::test]
async fn postgres_finds_with_and_without_marks_and_titles_spelt_alike() {
    let Some(mut table) = Postgres::start().await.unwrap() else {
        println!("skipped: PostgreSQL is not installed; apt-get install postgresql");
        return;
    };
    table.put(&documents()).await.unwrap();
    table.finish().await.unwrap();
    let mut client = table.client().await.unwrap();
    assert_eq!(client.search("dinh luat niu ton", 1).await.unwrap(), [0]);
    assert_eq!(client.search("gia tốc", 20).await.unwrap()[..2], [2, 0]);
    assert_eq!(
        client.search("So sanh hai phan sso", 20).await.unwrap()[0],
        1
    );
    for typed in ["'", "a & | b", ":*", "\\", "\0", ""] {
        client.search(typed, 20).await.unwrap();
    }
    assert!(table.size().await.unwrap() > 0);
}
