//! Language models with real weights, where the folder of models has them; else skipped with a message.
#![allow(clippy::unwrap_used)]

use khue_inference::models::{MODELS, ModelFolder, Role, State};
use khue_inference::writer::{Grammar, Writer};

/// Every writer of the table that is there.
fn real() -> Vec<(Writer, (&'static str, f64))> {
    let folder = ModelFolder::default_place();
    let writers = MODELS.iter().filter(|model| model.role == Role::Writer);
    let mut all = Vec::new();
    for model in writers {
        if folder.state(model) == State::Present {
            let path = folder.file(model);
            let writer = Writer::open_file(&path, model.name, model.revision).unwrap();
            all.push((writer, model.surprise.unwrap()));
        } else {
            eprintln!("skipped: {} has not been fetched", model.name);
        }
    }
    all
}

#[test]
fn an_everyday_paragraph_surprises_no_more_than_the_table_says() {
    for (writer, (language, most)) in real() {
        let found = writer.surprises().unwrap();
        let own = found.iter().find(|one| one.language == language).unwrap();
        assert!(own.perplexity <= most, "{}: {found:?}", writer.name());
    }
}

#[test]
fn what_belongs_together_is_likelier_than_what_does_not() {
    for (writer, _) in real() {
        let mut session = writer.read("Plants need light. The leaves of a tree are");
        let found = session
            .likelihoods("", &[" green.", " quickly."], None)
            .unwrap();
        assert!(found[0].sum > found[1].sum, "{}: {found:?}", writer.name());
        let grammar = Grammar::new().one_of(&[" quickly", " green"]).then(".");
        let written = session.write("", &grammar, None).unwrap();
        assert_eq!(written.text, " green.", "{}", writer.name());
    }
}

#[test]
fn texts_come_back_from_real_pieces() {
    for (writer, _) in real() {
        for text in [
            "Đường tròn ngoại tiếp tam giác ABC, R = 5 cm.",
            "It's 1954.\n\n  L’élève 漢",
        ] {
            assert_eq!(
                writer.text(&writer.piece_ids(text)),
                text,
                "{}",
                writer.name()
            );
        }
    }
}
