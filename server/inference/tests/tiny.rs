//! Shapes, windows and errors, with a small model of random weights.
#![allow(clippy::unwrap_used)]

use khue_inference::models::{MODELS, ModelFolder, Role, State};
use khue_inference::{Encoder, Error, Instructions, Reference, Vector, testing};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

fn tiny() -> (TempDir, PathBuf, Encoder) {
    let folder = tempfile::tempdir().unwrap();
    let path = testing::write_encoder(folder.path()).unwrap();
    let encoder = Encoder::open_file(&path, "tiny", "1").unwrap();
    (folder, path, encoder)
}

fn cosine(a: &Vector, b: &Vector) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[test]
fn vectors_have_length_one_and_are_the_same_for_the_same_text() {
    let (_folder, _, encoder) = tiny();
    for text in ["", "a", "phân số", "đổi mới 🎓 unknown \u{0}", "\u{200b}"] {
        let vector = encoder.query(text).unwrap();
        assert!((cosine(&vector, &vector) - 1.0).abs() < 1e-4, "{text:?}");
        assert_eq!(vector, encoder.query(text).unwrap(), "{text:?}");
    }
    assert_ne!(
        encoder.query("phân").unwrap(),
        encoder.passage("phân").unwrap()
    );
    assert_eq!((encoder.name(), encoder.revision()), ("tiny", "1"));
}

#[test]
fn a_batch_gives_what_texts_give_alone_in_their_order() {
    let (_folder, _, encoder) = tiny();
    let texts: Vec<String> = (0..23)
        .map(|n| "bài học ".repeat(n % 5 + 1) + &n.to_string())
        .collect();
    let vectors = encoder.passages(&texts).unwrap();
    for (text, vector) in texts.iter().zip(&vectors) {
        assert_eq!(*vector, encoder.passage(text).unwrap(), "{text}");
    }
    assert!(encoder.queries::<&str>(&[]).unwrap().is_empty());
}

#[test]
fn composed_and_decomposed_letters_are_one() {
    let (_folder, _, encoder) = tiny();
    let (composed, decomposed) = ("Đường tròn", "Đu\u{31b}o\u{31b}\u{300}ng tro\u{300}n");
    assert_ne!(composed, decomposed);
    assert_eq!(encoder.piece_ids(composed), encoder.piece_ids(decomposed));
    assert_eq!(
        encoder.passage(composed).unwrap(),
        encoder.passage(decomposed).unwrap()
    );
}

#[test]
fn white_space_around_and_between_words_does_not_count() {
    let (_folder, _, encoder) = tiny();
    assert_eq!(
        encoder.query("  phân   số\n").unwrap(),
        encoder.query("phân số").unwrap()
    );
}

#[test]
fn names_of_special_pieces_in_a_text_are_letters() {
    let (_folder, _, encoder) = tiny();
    for name in ["<s>", "</s>", "<pad>"] {
        assert!(encoder.piece_ids(name).iter().all(|id| *id > 2), "{name}");
    }
}

#[test]
fn fast_and_plain_arithmetic_agree() {
    let (_folder, path, _) = tiny();
    let reference = Reference::open_file(&path).unwrap();
    for with in Instructions::available() {
        let encoder = Encoder::with_instructions(&path, with).unwrap();
        for text in ["phân số", "a", &"the lesson of fractions, ".repeat(12)] {
            let cosine = cosine(
                &encoder.passage(text).unwrap(),
                &reference.passage(text).unwrap(),
            );
            assert!(cosine > 0.999, "{with}: {text}: {cosine}");
        }
    }
}

#[test]
fn a_long_passage_is_the_mean_of_its_windows() {
    let (_folder, _, encoder) = tiny();
    let long = "abc ".repeat(400);
    assert!(encoder.length(&long) > 64 * 10);
    let vector = encoder.passage(&long).unwrap();
    assert!((cosine(&vector, &vector) - 1.0).abs() < 1e-4);
    // a query is what stands at its beginning
    assert_eq!(
        encoder.query(&long).unwrap(),
        encoder.query(&(long.clone() + "xyz")).unwrap()
    );
}

#[test]
fn sections_cover_the_text_and_know_their_places() {
    let (_folder, _, encoder) = tiny();
    let text = "# Phân số\n\nĐoạn một. Hai câu.\n\n".to_owned()
        + &"Một câu dài hơn nữa. ".repeat(40)
        + "\n\n"
        + &"x".repeat(2000)
        + "\n";
    let sections = encoder.sections("Toán", &text).unwrap();
    assert!(sections.len() > 3, "{}", sections.len());
    let mut end = 0;
    for section in &sections {
        assert!(
            text[end..section.range.start].trim().is_empty(),
            "nothing is left out"
        );
        end = section.range.end;
        let part = &text[section.range.clone()];
        assert!(encoder.piece_ids(part).len() <= 254, "{part}");
        assert_eq!(
            section.vector,
            encoder.passage(&format!("Toán\n{part}")).unwrap()
        );
    }
    assert!(text[end..].trim().is_empty());
    assert!(encoder.sections("Toán", " \n").unwrap().is_empty());
}

#[test]
fn without_a_model_the_error_says_how_to_get_one() {
    let folder = tempfile::tempdir().unwrap();
    let models = ModelFolder::new(folder.path().join("none"));
    let error = Encoder::open(&models).err().unwrap();
    assert!(
        matches!(
            error,
            Error::Disabled {
                role: "encoder",
                ..
            }
        ),
        "{error}"
    );
    assert!(error.to_string().contains("khue models pull"), "{error}");
}

#[test]
fn a_damaged_file_is_named_with_what_is_wrong() {
    let whole = testing::encoder();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("damaged.bin");
    let open = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        Encoder::open_file(&path, "damaged", "1")
    };
    assert!(open(&whole).is_ok());
    // cut off anywhere: an error, never a panic, never a vector
    for end in (0..whole.len()).step_by(whole.len() / 31).chain(0..64) {
        let error = open(&whole[..end])
            .err()
            .unwrap_or_else(|| panic!("cut off at {end}"));
        assert!(
            error.to_string().contains("damaged.bin is damaged"),
            "{error}"
        );
    }
    // bytes that are wrong: an error, or a model that still computes
    for place in (0..6000).step_by(61) {
        let mut bytes = whole.clone();
        bytes[place] ^= 0xff;
        if let Ok(encoder) = open(&bytes) {
            let _ = encoder.query("phân số");
        }
    }
    assert!(open(b"<html>not found</html>").is_err());
}

#[test]
fn a_file_of_ones_own_can_be_used_and_a_role_switched_off() {
    let folder = tempfile::tempdir().unwrap();
    let path = testing::write_encoder(folder.path()).unwrap();
    let models = ModelFolder::new(folder.path().join("models"));
    models.choose_file(Role::Encoder, &path).unwrap();
    let encoder = Encoder::open(&models).unwrap();
    assert_eq!(
        (encoder.name(), encoder.revision().len()),
        ("tiny-encoder", 16)
    );
    models.switch_off(Role::Encoder).unwrap();
    assert!(matches!(
        Encoder::open(&models),
        Err(Error::Disabled { .. })
    ));
    fs::write(models.path().join("use.json"), "{").unwrap();
    let error = Encoder::open(&models).err().unwrap();
    assert!(error.to_string().contains("use.json"), "{error}");
}

#[test]
fn a_file_of_another_size_is_damaged_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let models = ModelFolder::new(folder.path());
    let model = &MODELS[0];
    assert_eq!(models.state(model), State::Missing);
    fs::create_dir_all(models.file(model).parent().unwrap()).unwrap();
    fs::write(models.file(model), "half").unwrap();
    assert_eq!(models.state(model), State::Damaged);
    assert!(matches!(Encoder::open(&models), Err(Error::Damaged { .. })));
    let error = models.verify(model).unwrap_err().to_string();
    assert!(
        error.contains(model.sha256) && error.contains(model.file),
        "{error}"
    );
}

#[test]
fn the_table_is_sound() {
    for model in MODELS {
        assert_eq!(model.sha256.len(), 64, "{}", model.name);
        assert!(
            model.sha256.bytes().all(|c| c.is_ascii_hexdigit()),
            "{}",
            model.name
        );
        assert!(
            !model.packages.is_empty() && model.size > 0,
            "{}",
            model.name
        );
        assert!(
            !model.license.is_empty() && !model.about.is_empty(),
            "{}",
            model.name
        );
        let same = MODELS.iter().filter(|other| other.name == model.name);
        assert_eq!(same.count(), 1, "{}", model.name);
    }
}
