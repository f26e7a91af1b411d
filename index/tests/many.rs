//! Libraries large enough that frequent words are counted as bits, and texts long enough for passages.

use khue_content::search::{SearchPage, SearchParams};
use khue_content::{LearningResource, Provenance};
use khue_index::{Index, IndexDocument, Writer};

struct Text {
    id: String,
    language: &'static str,
    text: String,
}

fn put(writer: &mut Writer, text: &Text, change: i64) {
    let record = LearningResource {
        id: text.id.clone(),
        name: format!("Bài {}", text.id),
        in_language: vec![text.language.to_owned()],
        provenance: Provenance {
            source: "test".into(),
            identifier: text.id.clone(),
            ..Provenance::default()
        },
        ..LearningResource::default()
    };
    let document = IndexDocument {
        guidance: "",
        record: &record,
        text: &text.text,
        change,
    };
    writer.put(&document).expect("put");
}

fn index(folder: &std::path::Path, texts: &[Text]) -> Index {
    let mut writer = Writer::open(folder).expect("a writer");
    for (number, text) in texts.iter().enumerate() {
        put(&mut writer, text, number as i64 + 1);
    }
    writer.commit(texts.len() as i64).expect("commit");
    writer.close().expect("close");
    Index::open(folder).expect("open")
}

fn find(index: &Index, q: &str) -> SearchPage {
    let params = SearchParams {
        q: q.to_owned(),
        ..SearchParams::default()
    };
    index.find(params).expect("an answer")
}

fn in_language(page: &SearchPage, code: &str) -> usize {
    let facet = page.facets.iter().find(|f| f.name == "inLanguage");
    let values = facet.into_iter().flat_map(|f| &f.values);
    values.filter(|v| v.value == code).map(|v| v.count).sum()
}

/// Text number n holds "trăng" if n is even, "sao" if three divides it, "hiếm" if 300 does.
fn numbered(count: usize) -> Vec<Text> {
    let text = |n: usize| {
        let words = [(2, "trăng"), (3, "sao"), (300, "hiếm")];
        let held = words.iter().filter(|(each, _)| n.is_multiple_of(*each));
        let held: Vec<&str> = held.map(|(_, word)| *word).collect();
        Text {
            id: format!("n{n}"),
            language: if n.is_multiple_of(5) { "en" } else { "vi" },
            text: format!("đêm {}", held.join(" ")),
        }
    };
    (0..count).map(text).collect()
}

#[test]
fn frequent_and_rare_words_are_counted_exactly_with_and_without_marks() {
    let folder = tempfile::tempdir().expect("a folder");
    let index = index(folder.path(), &numbered(3_000));
    for (typed, total, english) in [
        ("trăng sao", 500, 100),
        ("trang sao", 500, 100),
        ("đêm trăng", 1_500, 300),
        ("đêm", 3_000, 600),
        ("dem sao", 1_000, 200),
    ] {
        let page = find(&index, typed);
        assert_eq!(
            (page.total, in_language(&page, "en")),
            (total, english),
            "{typed}"
        );
    }
    let rare = find(&index, "hiếm trăng sao");
    // Equal texts are one result with its other editions beneath.
    let editions = rare.items.iter().flat_map(|hit| {
        let others = hit.versions.iter().map(|(id, ..)| id);
        std::iter::once(&hit.id).chain(others)
    });
    let first: Vec<u32> = editions
        .take(10)
        .map(|id| id[1..].parse().expect("a number"))
        .collect();
    assert_eq!(first.len(), 10);
    assert!(first.iter().all(|n| n.is_multiple_of(300)), "{first:?}");
}

#[test]
fn counts_follow_deletions_and_additions() {
    let folder = tempfile::tempdir().expect("a folder");
    let index = index(folder.path(), &numbered(1_200));
    assert_eq!(find(&index, "trăng sao").total, 200);
    let mut writer = Writer::open(folder.path()).expect("a writer");
    for n in (0..60).step_by(6) {
        writer.delete(&format!("n{n}"), 2_000 + n);
    }
    let added = Text {
        id: "more".into(),
        language: "vi",
        text: "trăng và sao".into(),
    };
    put(&mut writer, &added, 2_100);
    writer.commit(2_100).expect("commit");
    writer.close().expect("close");
    index.reload().expect("reload");
    assert_eq!(find(&index, "trăng sao").total, 191);
    assert_eq!(find(&index, "đêm").total, 1_190);
}

#[test]
fn a_long_question_is_answered_by_the_text_that_holds_it_in_one_place() {
    let asked = [
        "lục",
        "lạp",
        "khí",
        "khổng",
        "diệp",
        "quang",
        "carbon",
        "đường",
    ];
    let filler = |count: usize| "và các phần khác của bài ".repeat(count);
    let scattered: String = asked.map(|word| format!("{word} {}", filler(30))).concat();
    let together: String = asked.map(|word| format!("{word} {}", filler(1))).concat();
    let text = |id: &str, text: String| Text {
        id: id.into(),
        language: "vi",
        text,
    };
    let folder = tempfile::tempdir().expect("a folder");
    let texts = [
        text("a", scattered),
        text("b", format!("{}{together}", filler(233))),
        text("c", filler(240)),
    ];
    let index = index(folder.path(), &texts);
    let page = find(&index, "diệp lục khí khổng quang lạp carbon đường");
    assert_eq!(page.items.first().map(|hit| hit.id.as_str()), Some("b"));
}

/// A question was once cut at its thirty-second word, function words counted.
#[test]
fn the_end_of_a_very_long_question_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = |id: &str, text: &str| Text {
        id: id.into(),
        language: "en",
        text: text.into(),
    };
    let texts = [
        text("first", "A ratio compares two numbers of the same kind."),
        text("meant", "Osmosis moves water through a membrane."),
        text("other", "A membrane is a thin sheet of tissue."),
    ];
    let index = index(folder.path(), &texts);
    let so_to_say =
        "what is it that they would have to say of this and of that when it is ".repeat(3);
    let page = find(&index, &format!("{so_to_say} osmosis of water"));
    assert_eq!(page.items.first().map(|hit| hit.id.as_str()), Some("meant"));
}
