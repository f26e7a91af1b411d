//! The encoder as a server uses it, with a small model of random weights.
#![allow(clippy::unwrap_used)]

use khue_inference::models::{ModelFolder, Role};
use khue_inference::{Encoder, Error, Service, Status, testing};
use std::sync::mpsc;
use std::time::Duration;

fn tiny() -> (tempfile::TempDir, Encoder) {
    let folder = tempfile::tempdir().unwrap();
    let path = testing::write_encoder(folder.path()).unwrap();
    let encoder = Encoder::open_file(&path, "tiny", "1").unwrap();
    (folder, encoder)
}

fn started(folder: ModelFolder) -> (Service, Status) {
    let (told, hear) = mpsc::channel();
    let service = Service::start(folder, move |status| told.send(status.clone()).unwrap());
    let status = hear.recv_timeout(Duration::from_secs(60)).unwrap();
    (service, status)
}

#[test]
fn it_answers_what_the_encoder_answers_and_remembers_it() {
    let (_folder, encoder) = tiny();
    let service = Service::with(encoder.clone());
    for text in ["phân số", " phân số ", "phân số", "lesson"] {
        assert_eq!(
            service.query(text).unwrap(),
            encoder.query(text).unwrap(),
            "{text}"
        );
    }
    let texts = ["một", "hai", "ba"];
    assert_eq!(
        service.passages(&texts).unwrap(),
        encoder.passages(&texts).unwrap()
    );
    let long = "Một câu. ".repeat(300);
    assert_eq!(
        service.sections("Bài", &long).unwrap(),
        encoder.sections("Bài", &long).unwrap()
    );
}

#[test]
fn it_is_read_in_the_background() {
    let (folder, _) = tiny();
    let models = ModelFolder::new(folder.path().join("models"));
    models
        .choose_file(Role::Encoder, &folder.path().join("tiny-encoder.bin"))
        .unwrap();
    let (service, status) = started(models);
    assert!(
        matches!(&status, Status::Ready { name, .. } if name == "tiny-encoder"),
        "{status:?}"
    );
    assert!(service.query("phân số").is_ok());
}

#[test]
fn without_a_model_it_is_off_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let (service, status) = started(ModelFolder::new(folder.path()));
    let Status::Off(reason) = status else {
        panic!("{status:?}")
    };
    assert!(reason.contains("khue models pull"), "{reason}");
    assert!(matches!(service.query("phân số"), Err(Error::Off { .. })));
    assert!(matches!(service.passages(&["a"]), Err(Error::Off { .. })));
    assert_eq!(
        Service::off("wanted so").status(),
        Status::Off("wanted so".to_owned())
    );
}

#[test]
fn a_crowd_gets_vectors_or_is_told_that_it_is_busy() {
    let (_folder, encoder) = tiny();
    let service = Service::with(encoder);
    let answers: Vec<Result<_, Error>> = std::thread::scope(|scope| {
        let ask = |number: usize| {
            let service = service.clone();
            scope.spawn(move || service.query(&format!("câu hỏi số {number} ").repeat(20)))
        };
        let asked: Vec<_> = (0..64).map(ask).collect();
        asked
            .into_iter()
            .map(|asked| asked.join().unwrap())
            .collect()
    });
    assert!(answers.iter().any(Result::is_ok));
    assert!(
        answers
            .iter()
            .all(|answer| matches!(answer, Ok(_) | Err(Error::Busy)))
    );
    assert!(service.query("afterwards").is_ok(), "places are given back");
}
