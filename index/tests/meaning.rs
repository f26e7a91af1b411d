//! Words and meaning together, through the public API. Vectors are made up: two directions, one for each topic.

use khue_content::search::{Reason, SearchPage, SearchParams, Sort};
use khue_content::{LearningResource, Provenance};
use khue_index::meaning::{key, passages, query_text};
use khue_index::vectors::{Passage, VectorStore};
use khue_index::{Index, IndexDocument, Writer};

const DIMENSIONS: usize = 64;

/// (identifier, name, language, text, topic)
const RESOURCES: &[(&str, &str, &str, &str, usize)] = &[
    (
        "vi-quang-hop",
        "Quang hợp ở thực vật",
        "vi",
        "Cây xanh dùng ánh sáng làm ra chất hữu cơ.",
        0,
    ),
    (
        "en-plants",
        "How plants make their food",
        "en",
        "Leaves catch light and build sugar from air and water.",
        0,
    ),
    (
        "fr-plantes",
        "La nutrition des plantes vertes",
        "fr",
        "Les feuilles captent la lumière.",
        0,
    ),
    (
        "vi-dinh-luat",
        "Định luật Niu-tơn",
        "vi",
        "Lực và gia tốc.",
        1,
    ),
    (
        "en-forces",
        "Forces and motion",
        "en",
        "A body at rest stays at rest.",
        1,
    ),
    ("vi-phan-so", "Phân số", "vi", "Tử số và mẫu số.", 2),
    (
        "vi-hinh-hoc",
        "Hình tam giác",
        "vi",
        "Ba cạnh và ba góc.",
        3,
    ),
    (
        "vi-lich-su",
        "Nhà Lý dời đô",
        "vi",
        "Thăng Long năm 1010.",
        4,
    ),
];

/// A direction for a topic, a little off for each number.
fn direction(topic: usize, number: usize) -> Vec<f32> {
    (0..DIMENSIONS)
        .map(|place| match place {
            place if place % 8 == topic => 1.0,
            place if place == 8 * (number % 7) + 7 => 0.6,
            _ => 0.05,
        })
        .collect()
}

fn record(id: &str, name: &str, language: &str) -> LearningResource {
    LearningResource {
        id: id.to_owned(),
        name: name.to_owned(),
        in_language: vec![language.to_owned()],
        provenance: Provenance {
            source: "test".into(),
            identifier: id.to_owned(),
            ..Provenance::default()
        },
        ..LearningResource::default()
    }
}

struct Library {
    index: Index,
    store: VectorStore,
    folder: tempfile::TempDir,
}

fn library() -> Library {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = Writer::open(folder.path()).expect("a writer");
    let mut store = VectorStore::in_memory("test@1", DIMENSIONS).expect("a store");
    let mut entries = Vec::new();
    for (number, (id, name, language, text, topic)) in RESOURCES.iter().enumerate() {
        let record = record(id, name, language);
        writer
            .put(&IndexDocument {
                guidance: "",
                record: &record,
                text,
                change: number as i64 + 1,
            })
            .expect("put");
        let passage = Passage {
            vector: direction(*topic, number),
            place: (0, text.len() as u32),
        };
        entries.push((key(&record, text), vec![passage]));
    }
    writer.commit(RESOURCES.len() as i64).expect("commit");
    writer.close().expect("close");
    store.append(entries).expect("append");
    let index = Index::open(folder.path()).expect("open");
    index.set_vectors(store.set()).expect("vectors");
    Library {
        index,
        store,
        folder,
    }
}

impl Library {
    fn find(&self, q: &str, topic: usize) -> SearchPage {
        self.find_with(
            SearchParams {
                q: q.to_owned(),
                ..SearchParams::default()
            },
            topic,
        )
    }

    fn find_with(&self, params: SearchParams, topic: usize) -> SearchPage {
        self.index
            .find_meant(params, &|_| Some(direction(topic, 3)))
            .expect("an answer")
    }
}

fn ids(page: &SearchPage) -> Vec<&str> {
    page.items.iter().map(|hit| hit.id.as_str()).collect()
}

#[test]
fn other_words_and_other_languages_are_found_by_meaning_and_say_so() {
    let library = library();
    let page = library.find("rau kiếm bữa", 0);
    let found = ids(&page);
    for id in ["vi-quang-hop", "en-plants", "fr-plantes"] {
        assert!(
            found.iter().take(3).any(|other| *other == id),
            "{id} is not among the first of {found:?}"
        );
    }
    let english = page
        .items
        .iter()
        .find(|hit| hit.id == "en-plants")
        .expect("found");
    assert!(
        english.reasons.contains(&Reason::Meaning),
        "{:?}",
        english.reasons
    );
    assert!(
        english
            .passage
            .as_deref()
            .is_some_and(|words| words.starts_with("Leaves catch light"))
    );
    let counted: usize = page
        .facets
        .iter()
        .find(|f| f.name == "inLanguage")
        .expect("facet")
        .values
        .iter()
        .map(|v| v.count)
        .sum();
    assert_eq!(counted, page.total);
}

#[test]
fn a_name_that_is_the_query_stays_first() {
    let library = library();
    // The vector says plants, the words are the name of something else.
    for q in ["Định luật Niu-tơn", "dinh luat niu ton", "phân số"] {
        let page = library.find(q, 0);
        let wanted = if q == "phân số" {
            "vi-phan-so"
        } else {
            "vi-dinh-luat"
        };
        assert_eq!(ids(&page).first(), Some(&wanted), "{q}");
        assert!(!page.items[0].reasons.contains(&Reason::Meaning));
    }
}

#[test]
fn filters_excluded_words_and_other_orders_hold() {
    let library = library();
    let mut params = SearchParams {
        q: "thức ăn của cây".into(),
        ..SearchParams::default()
    };
    params.add("inLanguage", "fr");
    let page = library.find_with(params, 0);
    assert_eq!(ids(&page), ["fr-plantes"]);
    assert!(!ids(&library.find("food sugar -leaves", 0)).contains(&"en-plants"));
    let sorted = SearchParams {
        q: "quang hợp".into(),
        sort: Sort::Name,
        ..SearchParams::default()
    };
    assert_eq!(ids(&library.find_with(sorted, 0)), ["vi-quang-hop"]);
}

#[test]
fn vectors_of_another_version_are_never_served() {
    let library = library();
    let mut writer = Writer::open(library.folder.path()).expect("a writer");
    let changed = record("en-plants", "Train timetables", "en");
    writer
        .put(&IndexDocument {
            guidance: "",
            record: &changed,
            text: "Departures and arrivals.",
            change: 90,
        })
        .expect("put");
    writer.delete("fr-plantes", 91);
    writer.commit(91).expect("commit");
    writer.close().expect("close");
    library.index.reload().expect("reload");
    let page = library.find("lục lạp tạo thức ăn", 0);
    let served = ids(&page);
    assert!(served.contains(&"vi-quang-hop"), "{served:?}");
    assert!(
        !served.contains(&"en-plants") && !served.contains(&"fr-plantes"),
        "what their vectors said is no longer so: {served:?}"
    );
    let missing = library
        .index
        .without_vectors(10, &|_| false)
        .expect("missing");
    assert_eq!(
        missing.first,
        [(
            "en-plants".to_owned(),
            key(&changed, "Departures and arrivals.")
        )]
    );
    assert!(!library.index.carries()(key(
        &record("fr-plantes", RESOURCES[2].1, "fr"),
        RESOURCES[2].3
    )));
    assert_eq!(library.store.set().entries(), RESOURCES.len());
}

#[test]
fn without_vectors_the_newest_are_told_first() {
    let library = library();
    let bare = Index::open(library.folder.path()).expect("open");
    let missing = bare.without_vectors(3, &|_| false).expect("missing");
    assert_eq!(missing.total, RESOURCES.len() as u64);
    let found: Vec<&str> = missing.first.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(found, ["vi-lich-su", "vi-hinh-hoc", "vi-phan-so"]);
    assert_eq!(bare.with_vectors(), 0);
    assert_eq!(library.index.with_vectors(), RESOURCES.len() as u64);
}

#[test]
fn what_waits_to_be_read_keeps_its_place_among_what_was() {
    let library = library();
    // Hardly any of its words is found: what is near counts much.
    let asked = "ánh sáng zzzqq xxkkw wwppq qqxxz";
    let words = library
        .index
        .find(SearchParams {
            q: asked.into(),
            ..SearchParams::default()
        })
        .expect("a page");
    assert_eq!(ids(&words)[0], "vi-quang-hop");
    // Vectors of all but the best: a portal that has begun to read.
    let mut store = VectorStore::in_memory("test@1", DIMENSIONS).expect("a store");
    let entry =
        |(number, (id, name, language, text, topic)): (usize, &(&str, &str, &str, &str, usize))| {
            let passage = Passage {
                vector: direction(*topic, number),
                place: (0, text.len() as u32),
            };
            (key(&record(id, name, language), text), vec![passage])
        };
    let rest = RESOURCES.iter().enumerate().skip(1);
    store.append(rest.map(entry).collect()).expect("append");
    library.index.set_vectors(store.set()).expect("vectors");
    for topic in 0..5 {
        assert_eq!(ids(&library.find(asked, topic))[0], "vi-quang-hop");
    }
}

#[test]
fn pages_fit_together() {
    let library = library();
    let params = |page| SearchParams {
        q: "cây".into(),
        page,
        size: 2,
        ..SearchParams::default()
    };
    let whole = library.find("cây", 0);
    let mut joined = Vec::new();
    for page in 1..=whole.total.div_ceil(2) {
        let found = library.find_with(params(page), 0);
        assert_eq!(found.total, whole.total);
        joined.extend(ids(&found).into_iter().map(str::to_owned));
    }
    assert_eq!(joined, ids(&whole));
}

#[test]
fn a_vector_that_does_not_fit_leaves_the_words() {
    let library = library();
    let params = || SearchParams {
        q: "phân số".into(),
        ..SearchParams::default()
    };
    for vector in [
        vec![],
        vec![0.0; DIMENSIONS],
        vec![f32::NAN; DIMENSIONS],
        vec![1.0; 7],
    ] {
        let page = library
            .index
            .find_meant(params(), &|_| Some(vector.clone()))
            .expect("an answer");
        assert_eq!(ids(&page).first(), Some(&"vi-phan-so"));
    }
}

#[test]
fn what_is_encoded_of_a_query() {
    let text = |q: &str| {
        query_text(&SearchParams {
            q: q.into(),
            ..SearchParams::default()
        })
    };
    assert_eq!(text("  quang hợp  "), Some("quang hợp".into()));
    assert_eq!(text("lực -điện"), Some("lực".into()));
    assert_eq!(text("\"định luật\""), None);
    assert_eq!(text("tên:toán"), None);
    assert_eq!(text("?!"), None);
    assert_eq!(text(""), None);
    let newest = SearchParams {
        q: "toán".into(),
        sort: Sort::Newest,
        ..SearchParams::default()
    };
    assert_eq!(query_text(&newest), None);
}

#[test]
fn passages_are_the_text_in_order_and_begin_with_the_name() {
    let sentence = "Cây xanh dùng ánh sáng làm ra chất hữu cơ. ";
    let text = format!("Quang hợp\n\n{}", sentence.repeat(60));
    let record = record("a", "Quang hợp", "vi");
    let all = passages(&record, &text, 100);
    assert!(all.len() > 3);
    let mut end = 0;
    for passage in &all {
        let place = &text[passage.place.0 as usize..passage.place.1 as usize];
        assert!(passage.text.starts_with("Quang hợp\n") && passage.text.ends_with(place.trim()));
        assert!(place.chars().count() <= 640 && passage.place.0 as usize >= end);
        end = passage.place.1 as usize;
    }
    assert_eq!(end, text.len());
    assert_eq!(passages(&record, &text, 2), all[..2]);
    assert_eq!(
        passages(&record, "", 5).len(),
        1,
        "a name alone is a passage too"
    );
    assert!(passages(&self::record("b", "", "vi"), " ", 5).is_empty());
    assert_ne!(key(&record, &text), key(&record, &text[1..]));
}
