//! The teacher's page of guidance: described lessons, changes, files.

use crate::visit::{Answer, ask};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use khue_app::testing::SmallLibrary;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

const TEXT: &str = "Áp suất chất lỏng tăng theo độ sâu và phụ thuộc vào khối lượng riêng của chất lỏng. \
Ở cùng một độ sâu, áp suất theo mọi phương là như nhau. Người thợ lặn ở độ sâu 10 m chịu thêm áp suất khoảng một lần áp suất khí quyển. \
Bình thông nhau là bình có hai nhánh nối thông đáy với nhau. Vì sao thân đập thuỷ điện ở dưới phải dày hơn ở trên?";

/// A form as a browser sends it.
async fn post(address: &str, fields: &[(&str, &str)]) -> Answer {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    let body = pairs.collect::<Vec<_>>().join("&");
    let request = Request::post(address)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    ask(SmallLibrary::new().services(), request).await
}

fn lesson<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("name", "Áp suất chất lỏng"),
        ("about", "vat-li"),
        ("level", "grade-8"),
        ("text", TEXT),
    ];
    fields.extend(more);
    fields
}

/// The value of the field that holds a text of the draft.
fn field(page: &str, name: &str) -> String {
    let start = page.find(&format!("name=\"{name}\"")).expect("the field");
    let after = &page[start..];
    let inside = &after[after.find('>').unwrap() + 1..];
    inside[..inside.find("</textarea>").unwrap()].to_owned()
}

#[tokio::test]
async fn a_described_lesson_gets_a_draft_beside_its_text() {
    let page = post("/guidance", &lesson(&[("tools", "máy của trường")])).await;
    assert_eq!(page.status, StatusCode::OK);
    for part in [
        "Bản nháp do AI hỗ trợ",
        "id=\"g_16\"",
        "id=\"q_1\"",
        "máy của trường",
        "noindex",
    ] {
        assert!(page.text.contains(part), "{part}");
    }
    assert!(!page.text.contains("<script>"));
}

#[tokio::test]
async fn too_little_is_refused_with_the_reason_and_the_form_as_it_was() {
    let page = post("/en/guidance", &[("name", "Waves"), ("text", "Short.")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("too little text") && page.text.contains("value=\"Waves\""));
}

#[tokio::test]
async fn changes_travel_in_the_form_and_into_the_files() {
    let place = "text-5-0-1";
    let before = field(&post("/guidance", &lesson(&[])).await.text, place);
    let mine = "Tôi kể chuyện thợ lặn <b>trước</b>.";
    let changes = lesson(&[(place, mine), ("off", "12"), ("do", "apply")]);
    let page = post("/guidance", &changes).await.text;
    assert_eq!(
        field(&page, place),
        "Tôi kể chuyện thợ lặn &lt;b&gt;trước&lt;/b&gt;."
    );
    assert!(page.contains(&format!("<del>{before}</del>")) && page.contains("người dạy đã sửa"));
    assert!(page.contains("name=\"off\" value=\"12\"") && !page.contains("text-12-0-0"));
    let file = post(
        "/guidance",
        &lesson(&[(place, mine), ("off", "12"), ("do", "file-json")]),
    )
    .await;
    assert!(
        file.headers[header::CONTENT_DISPOSITION]
            .to_str()
            .unwrap()
            .starts_with("attachment")
    );
    let draft: serde_json::Value = serde_json::from_str(&file.text).unwrap();
    assert_eq!(draft["sections"].as_array().unwrap().len(), 16);
    assert_eq!(draft["label"], "Bản nháp do AI hỗ trợ");
    assert!(file.text.contains("\"edited\": true"));
}

#[tokio::test]
async fn a_section_is_drafted_again_and_rules_stay() {
    let page = post("/guidance", &lesson(&[("seed", "0"), ("do", "again-5")]))
        .await
        .text;
    assert!(page.contains("name=\"seed-5\" value=\"1\""));
    let changes = lesson(&[
        ("text-3-0-0", "Ai cũng được dùng"),
        ("off", "3"),
        ("do", "remove-8"),
    ]);
    let page = post("/guidance", &changes).await.text;
    assert!(
        !page.contains("Ai cũng được dùng")
            && page.contains("id=\"g_3\"")
            && page.contains("id=\"g_8\"")
    );
}

#[tokio::test]
async fn personal_data_in_a_change_is_pointed_out() {
    let changes = lesson(&[
        ("text-5-0-1", "Gọi mẹ em số 0912 345 678."),
        ("do", "apply"),
    ]);
    let page = post("/guidance", &changes).await.text;
    assert!(page.contains("notice--danger"));
}
