//! The head on made-up texts whose labels follow from words or from vectors.

use super::*;

/// Texts of three kinds in two languages: words of the kind between other words; the vector says the
/// kind and the language.
fn rows(count: usize, language: &str, vectors: bool) -> (Vec<Row>, Vec<Vec<String>>) {
    let kinds = [
        ("toán", ["phân số", "phương trình", "tam giác"]),
        ("văn", ["bài thơ", "nhân vật", "ẩn dụ"]),
        ("sử", ["triều đại", "chiến dịch", "khởi nghĩa"]),
    ];
    let one = |n: usize| {
        let (label, words) = kinds[n % 3];
        let text = format!("bài {n} nói về {} và {}", words[n % 2], words[(n / 3) % 3]);
        let noise = |k: usize| ((n * 37 + k * 101) % 17) as f32 / 40.0;
        let mut vector: Vec<f32> = (0..8).map(noise).collect();
        vector[n % 3] += 1.0;
        vector[7] += if language == "vi" { 1.0 } else { 0.0 };
        let row = Row {
            text,
            vector: vectors.then_some(vector),
            language: language.to_owned(),
            group: None,
        };
        (row, vec![label.to_owned()])
    };
    (0..count).map(one).unzip()
}

fn accuracy(head: &Head, rows: &[Row], labels: &[Vec<String>]) -> f64 {
    head.judge(rows, labels).unwrap().accuracy
}

#[test]
fn words_alone_are_enough_where_there_is_no_model() {
    let (rows, labels) = rows(60, "vi", false);
    let head = Head::train(&rows[..45], &labels[..45], &Languages::default()).unwrap();
    assert!(!head.has_meaning() && head.is_exclusive());
    assert_eq!(head.labels(), ["sử", "toán", "văn"]);
    assert!(accuracy(&head, &rows[45..], &labels[45..]) > 0.9);
}

#[test]
fn what_was_learned_in_one_language_is_told_in_another() {
    let (train, labels) = rows(60, "vi", true);
    let (mut test, truth) = rows(30, "en", true);
    test.iter_mut()
        .for_each(|row| row.text = "no word in common".into());
    // An encoder whose last number is the language, as in the rows.
    let marks = ['ư', 'ế', 'ộ', 'ạ', 'ả', 'ấ', 'ể', 'ầ', 'ữ', 'ờ'];
    let languages = Languages::measured(|text| {
        let mut vector = vec![0.0; 8];
        vector[7] = if text.contains(marks) { 1.0 } else { 0.0 };
        Ok::<_, std::convert::Infallible>(vector)
    });
    let head = Head::train(&train, &labels, &languages.unwrap()).unwrap();
    assert!(accuracy(&head, &test, &truth) > 0.9);
}

#[test]
fn the_same_rows_give_the_same_head_and_a_stored_one_says_the_same() {
    let (rows, labels) = rows(40, "vi", true);
    let head = Head::train(&rows, &labels, &Languages::default()).unwrap();
    let again = Head::train(&rows, &labels, &Languages::default()).unwrap();
    let tags = head.tags(&rows).unwrap();
    assert_eq!(tags, again.tags(&rows).unwrap());
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("0001");
    head.save(&place).unwrap();
    let opened = Head::open(&place).unwrap();
    assert_eq!(tags, opened.tags(&rows).unwrap());
    std::fs::write(place.join("head.json"), "{").unwrap();
    assert!(matches!(Head::open(&place), Err(Error::Damaged { .. })));
}

#[test]
fn examples_that_speak_for_a_label_have_it() {
    let (rows, labels) = rows(45, "vi", true);
    let head = Head::train(&rows, &labels, &Languages::default()).unwrap();
    let near = head.examples(&rows[4], "văn", 3).unwrap();
    assert_eq!(near.len(), 3);
    assert!(near.iter().all(|place| labels[*place] == ["văn"]));
    assert_eq!(
        head.examples(&rows[4], "no such label", 3).unwrap(),
        Vec::<usize>::new()
    );
}

#[test]
fn several_labels_are_judged_each_for_itself() {
    let (rows, mut labels) = rows(60, "vi", true);
    labels
        .iter_mut()
        .step_by(4)
        .for_each(|own| own.push("khó".into()));
    labels[7].clear();
    let head = Head::train(&rows, &labels, &Languages::default()).unwrap();
    assert!(!head.is_exclusive());
    let tags = &head.tags(&rows[..1]).unwrap()[0];
    let sum: f64 = tags.iter().map(|tag| tag.confidence).sum();
    assert!(
        tags[0].confidence > 0.5 && tags.iter().all(|tag| (0.0..=1.0).contains(&tag.confidence))
    );
    assert!(sum > 0.9);
}

#[test]
fn too_little_is_an_error_that_says_so() {
    let (rows, labels) = rows(3, "vi", false);
    let error = Head::train(&rows, &labels, &Languages::default()).unwrap_err();
    assert!(error.to_string().contains("3 rows"), "{error}");
    let (rows, labels) = self::rows(6, "vi", false);
    let same: Vec<Vec<String>> = labels.iter().map(|_| vec!["one".to_owned()]).collect();
    assert!(matches!(
        Head::train(&rows, &same, &Languages::default()),
        Err(Error::TooFew { .. })
    ));
    assert!(matches!(
        Head::train(&rows, &same[1..], &Languages::default()),
        Err(Error::Uneven { .. })
    ));
}

#[test]
fn odd_rows_do_no_harm() {
    let (mut rows, labels) = rows(20, "vi", true);
    rows[3].text.clear();
    rows[4].text = "đ".repeat(100_000);
    rows[5].vector = Some(vec![0.0; 8]);
    let head = Head::train(&rows, &labels, &Languages::default()).unwrap();
    let bare = Row::default();
    let tags = head.tags(&[bare]).unwrap();
    assert!(tags[0].iter().all(|tag| tag.confidence.is_finite()));
}
