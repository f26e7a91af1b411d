//! JSON Lines that nobody writes on purpose: any JSON, any bytes, records made to take long.

use khue_content::check;
use khue_content::format::jsonl::{read, to_line};
use khue_content::{Body, BodyFormat, LearningResource};
use proptest::prelude::*;
use serde_json::{Value, json};

fn one(line: &Value) -> (LearningResource, usize) {
    let text = line.to_string();
    let incoming = read(text.as_bytes(), "t.jsonl").next().expect("a record");
    (incoming.record.expect("a record"), incoming.findings.len())
}

fn json_values() -> impl Strategy<Value = Value> {
    let key = prop_oneof![
        "\\PC{0,6}",
        proptest::sample::select(vec![
            "title",
            "id",
            "lang",
            "licence",
            "subject",
            "grade",
            "author",
            "isPartOf",
            "encoding",
            "order",
            "path",
            "provenance",
            "other",
            "body",
            "@context",
            "@type",
            "type",
            "name",
            "isBasedOn",
            "teaches",
            "format",
            "origin",
            "identifier",
            "license",
            "khue:id",
            "position",
            "image",
            "educationalAlignment",
            "text_format",
            "position",
        ])
        .prop_map(str::to_owned)
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<i32>().prop_map(|number| Value::from(f64::from(number) / 1000.0)),
        "\\PC{0,20}".prop_map(Value::from),
        "(lớp|grade|CC|by|sa|[0-9]|-|–| |<|>|/|\\||;){0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::btree_map(key.clone(), inner, 0..8)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_json_makes_the_reader_or_the_checks_panic(value in json_values()) {
        let text = value.to_string();
        for incoming in read(text.as_bytes(), "t.jsonl") {
            if let Ok(record) = incoming.record {
                check::check(&record);
                let line = to_line(&record);
                let again = read(line.as_bytes(), "again").next().expect("a record");
                prop_assert_eq!(again.record.expect("our own line"), record);
            }
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        read(bytes.as_slice(), "t.jsonl").count();
    }

    #[test]
    fn bodies_of_any_text_are_checked(text in "([$\\\\{}`~<>!\\[\\]() \\n]|begin|end|left|img|math|alt=|\\PC){0,60}") {
        for format in [BodyFormat::Markdown, BodyFormat::Html, BodyFormat::Plain] {
            let body = Body { format, text: text.clone() };
            check::check(&LearningResource { body: Some(body), ..LearningResource::default() });
        }
    }
}

/// A hostile record must not take more than its size is worth.
#[test]
fn hostile_records_take_no_time() {
    let many = |item: &str| vec![item; 20_000].join(" ");
    let texts = [
        "$1",
        "`",
        "$$ x",
        "![](a.png)",
        "<img src=x>",
        "<math><mi>",
        "\\begin{a}",
        "$x_1$",
        "``` `` `",
    ];
    let list: Vec<String> = (0..20_000).map(|number| format!("k{number}")).collect();
    let files: Vec<Value> = list
        .iter()
        .map(|name| json!({"name": name, "encodingFormat": "image/png"}))
        .collect();
    let lists = json!({
        "text": "x", "keywords": list, "subject": list, "grade": list, "encoding": files, "lang": list, "teaches": list,
    });
    let start = std::time::Instant::now();
    let (record, findings) = one(&lists);
    assert!(check::check(&record).len() + findings < 500);
    println!("lists: {:?}", start.elapsed());
    for text in texts {
        for format in ["markdown", "html"] {
            let start = std::time::Instant::now();
            let (record, _) = one(&json!({"text": many(text), "text_format": format}));
            assert!(check::check(&record).len() < 200);
            println!("{text}: {:?}", start.elapsed());
        }
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
