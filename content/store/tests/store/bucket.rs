//! Files in S3-compatible storage: a small one of the tests' own that checks signatures, and another's where it is installed.

use khue_store::testing::storage::{Fault, SECRET_KEY, Signed, Storage, signature};
use khue_store::{Bucket, BucketReason, BucketSettings, Copied, Error, Files, Place, Saved, Side};
use std::fs;
use std::io::Read;
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

fn files(folder: &Path, settings: BucketSettings, most: u64) -> Files {
    let bucket = Bucket::new(settings).unwrap();
    let files = Files::open(folder.join("files")).unwrap();
    files
        .with_bucket(bucket, folder.join("near"), most)
        .unwrap()
}

/// Bytes that look like nothing; `seed` tells one from the other.
fn content(seed: u8, size: usize) -> Vec<u8> {
    let mut state = u32::from(seed) + 1;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..size).map(next).collect()
}

fn read(mut from: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).unwrap();
    bytes
}

/// What a storage has to do, whoever made it.
fn keeps_files(settings: BucketSettings, large: usize) {
    let folder = tempfile::tempdir().unwrap();
    let files = files(folder.path(), settings, 0);
    files.check().unwrap();
    let mut saved = Vec::new();
    for (seed, size) in [(1, 0), (2, 10), (3, large)] {
        let bytes = content(seed, size);
        let one = files.put(bytes.as_slice()).unwrap();
        assert_eq!(files.put(bytes.as_slice()).unwrap(), one, "twice is once");
        assert_eq!(files.size(&one.sha256).unwrap(), Some(size as u64));
        // Nothing near by: it comes from the bucket.
        fs::remove_dir_all(folder.path().join("near")).unwrap();
        fs::create_dir_all(folder.path().join("near/unfinished")).unwrap();
        assert_eq!(
            files.place(&one.sha256, 0).unwrap() == Place::Far(one.size),
            size > 0
        );
        assert!(read(files.stream(&one.sha256, 0, one.size).unwrap()) == bytes);
        assert!(read(files.get(&one.sha256).unwrap()) == bytes);
        saved.push((one, bytes));
    }
    let (one, bytes) = &saved[2];
    let (start, end) = (large / 3, large - 7);
    let part = files.stream(&one.sha256, start as u64, end as u64).unwrap();
    assert!(read(part) == bytes[start..end]);
    let mut all: Vec<Saved> = saved.into_iter().map(|(one, _)| one).collect();
    all.sort();
    assert_eq!(files.list(Side::Bucket).unwrap(), all);
    assert!(files.list(Side::Disk).unwrap().is_empty());
    for one in &all {
        files.verify(Side::Bucket, one).unwrap();
        files.remove(&one.sha256).unwrap();
        files.remove(&one.sha256).unwrap();
        assert_eq!(files.size(&one.sha256).unwrap(), None);
        assert!(matches!(files.get(&one.sha256), Err(Error::NotFound(_))));
    }
}

#[test]
fn the_tests_own_storage_signs_as_amazon_describes_it() {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let query = [
        pair("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
        pair(
            "X-Amz-Credential",
            "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request",
        ),
        pair("X-Amz-Date", "20130524T000000Z"),
        pair("X-Amz-Expires", "86400"),
        pair("X-Amz-SignedHeaders", "host"),
    ];
    let signed = Signed {
        method: "GET",
        path: "/test.txt",
        query: &query,
        host: "examplebucket.s3.amazonaws.com",
        region: "us-east-1",
        at: "20130524T000000Z",
    };
    assert_eq!(
        signature(&signed, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
    );
}

#[test]
fn a_bucket_keeps_files_as_a_folder_does() {
    let storage = Storage::start().unwrap();
    storage.held().page = 2;
    keeps_files(storage.settings(), 10_500);
    assert!(storage.held().objects.is_empty() && storage.held().uploads.is_empty());
}

/// `moto`, a storage by others, where python3 has it.
struct Moto(Child);

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn moto() -> Option<(Moto, String)> {
    let known = Command::new("python3")
        .args(["-c", "import moto.server"])
        .stderr(Stdio::null())
        .status();
    if !known.is_ok_and(|status| status.success()) {
        eprintln!("skipped: python3 has no moto (`pip install 'moto[server]'`)");
        return None;
    }
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let child = Command::new("python3")
        .args([
            "-m",
            "moto.server",
            "-H",
            "127.0.0.1",
            "-p",
            &port.to_string(),
        ])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let server = Moto(child);
    let address = format!("127.0.0.1:{port}");
    while TcpStream::connect(&address).is_err() {
        std::thread::sleep(Duration::from_millis(50));
    }
    Some((server, format!("http://{address}")))
}

#[test]
fn a_storage_of_others_keeps_files_too() {
    let Some((_server, endpoint)) = moto() else {
        return;
    };
    // It knows the bucket once it was made; no part of the portal makes buckets.
    let made = ureq::put(format!("{endpoint}/kho-hoc-lieu")).send_empty();
    assert_eq!(made.unwrap().status(), 200);
    let settings = BucketSettings {
        endpoint,
        name: "kho-hoc-lieu".to_owned(),
        access_key: "any".to_owned(),
        secret_key: "any".to_owned(),
        prefix: "tệp/".to_owned(),
        part: 5 << 20,
        ..BucketSettings::default()
    };
    keeps_files(settings, 11 << 20);
}

#[test]
fn a_storage_that_fails_for_a_moment_is_asked_again() {
    let storage = Storage::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let files = files(folder.path(), storage.settings(), 0);
    storage
        .held()
        .faults
        .extend([Fault::Busy, Fault::Silent, Fault::Busy]);
    let bytes = content(1, 5_000);
    let saved = files.put(bytes.as_slice()).unwrap();
    fs::remove_dir_all(folder.path().join("near")).unwrap();
    fs::create_dir_all(folder.path().join("near/unfinished")).unwrap();
    // A line that breaks is taken up where it broke.
    let cuts = [
        Fault::Cut(10),
        Fault::Cut(3_000),
        Fault::Cut(0),
        Fault::Busy,
    ];
    storage.held().faults.extend(cuts);
    assert!(read(files.get(&saved.sha256).unwrap()) == bytes);
    assert!(storage.held().faults.is_empty());
}

#[test]
fn a_storage_that_fails_for_long_leaves_nothing_half_stored() {
    let storage = Storage::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let files = files(folder.path(), storage.settings(), 0);
    let bytes = content(1, 3_500);
    let faults = std::iter::repeat_n(Fault::Busy, 5);
    storage.held().faults.extend(faults);
    let error = files.put(bytes.as_slice()).unwrap_err();
    assert!(error.is_transient(), "{error}");
    let told = error.to_string();
    for part in ["\"kho\"", "503", "try again later"] {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert!(storage.held().objects.is_empty());
    let kept = fs::read_dir(folder.path().join("near/unfinished")).unwrap();
    assert_eq!(kept.count(), 0);
    assert!(files.list(Side::Bucket).unwrap().is_empty());
    files.put(bytes.as_slice()).unwrap();
}

#[test]
fn parts_of_an_upload_that_fails_are_taken_back() {
    let storage = Storage::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let files = files(folder.path(), storage.settings(), 0);
    storage.held().refused_parts = 5;
    let error = files.put(content(1, 3_500).as_slice()).unwrap_err();
    assert!(error.to_string().contains("store a part of"), "{error}");
    let held = storage.held();
    assert!(held.objects.is_empty() && held.uploads.is_empty());
}

#[test]
fn errors_name_what_to_do_and_never_a_key() {
    let storage = Storage::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let told = |change: &dyn Fn(&mut BucketSettings)| {
        let mut settings = storage.settings();
        change(&mut settings);
        let files = files(folder.path(), settings, 0);
        let error = files.put(&b"x"[..]).unwrap_err();
        let told = format!("{error} {error:?} {files:?}");
        for secret in [SECRET_KEY, "X-Amz"] {
            assert!(!told.contains(secret), "{told}");
        }
        told
    };
    let wrong = told(&|settings| settings.secret_key = "wrong".to_owned());
    assert!(wrong.contains("check the keys"), "{wrong}");
    let other = told(&|settings| settings.name = "khac".to_owned());
    assert!(other.contains("`storage.bucket`"), "{other}");
    let nobody = told(&|settings| settings.endpoint = "http://127.0.0.1:9".to_owned());
    assert!(nobody.contains("http://127.0.0.1:9"), "{nobody}");
    let none = Bucket::new(BucketSettings::default()).unwrap_err();
    assert!(matches!(none.reason, BucketReason::Settings(_)), "{none}");
}

/// Who answers for the storage cannot send the portal to other machines.
#[test]
fn a_storage_that_says_it_is_elsewhere_is_not_followed() {
    let (storage, other) = (Storage::start().unwrap(), Storage::start().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let files = files(folder.path(), storage.settings(), 0);
    let saved = files.put(&b"hello"[..]).unwrap();
    let moved = [Fault::Moved(other.port()), Fault::Moved(other.port())];
    storage.held().faults.extend(moved);
    let told = files.put(&b"another"[..]).unwrap_err().to_string();
    assert!(
        told.contains("307") && told.contains("`storage.endpoint`"),
        "{told}"
    );
    assert!(files.verify(Side::Bucket, &saved).is_err());
    assert!(other.held().asked.is_empty(), "{:?}", other.held().asked);
}

#[test]
fn what_was_changed_in_the_bucket_is_not_taken_for_the_file() {
    let storage = Storage::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let files = files(folder.path(), storage.settings(), 0);
    let saved = files.put(&b"hello"[..]).unwrap();
    fs::remove_dir_all(folder.path().join("near")).unwrap();
    fs::create_dir_all(folder.path().join("near/unfinished")).unwrap();
    for content in storage.held().objects.values_mut() {
        *content = b"hallo".to_vec();
    }
    let error = files.get(&saved.sha256).unwrap_err();
    assert!(error.to_string().contains("checksum"), "{error}");
    let error = files.verify(Side::Bucket, &saved).unwrap_err();
    assert!(matches!(error, Error::Damaged { .. }), "{error}");
}

#[test]
fn copies_near_by_stay_within_their_limit() {
    let storage = Storage::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let files = files(folder.path(), storage.settings(), 1_500);
    let long_ago = std::time::SystemTime::now() - Duration::from_secs(3_600);
    let saved: Vec<Saved> = (1..=4)
        .map(|seed| {
            let saved = files.put(content(seed, 600).as_slice()).unwrap();
            let near = files.near(&saved.sha256).unwrap();
            let near = fs::File::options().append(true).open(near).unwrap();
            near.set_modified(long_ago + Duration::from_secs(u64::from(seed)))
                .unwrap();
            saved
        })
        .collect();
    let is_near = |one: &Saved| matches!(files.place(&one.sha256, 0).unwrap(), Place::Here(_));
    let near: Vec<bool> = saved.iter().map(is_near).collect();
    assert_eq!(near, [false, false, true, true]);
    // All are still there for those who ask.
    for (seed, one) in (1..).zip(&saved) {
        assert!(read(files.get(&one.sha256).unwrap()) == content(seed, 600));
    }
}

#[test]
fn files_move_from_the_folder_to_a_bucket_and_back() {
    let storage = Storage::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let before = Files::open(folder.path().join("files")).unwrap();
    let saved: Vec<Saved> = (1..=3)
        .map(|seed| before.put(content(seed, 2_500).as_slice()).unwrap())
        .collect();
    let files = files(folder.path(), storage.settings(), 0);
    // What was there before the bucket is read all the time.
    assert!(read(files.get(&saved[0].sha256).unwrap()) == content(1, 2_500));
    let damaged = files.near(&saved[2].sha256).unwrap();
    fs::write(&damaged, content(9, 2_500)).unwrap();
    let all = files.list(Side::Disk).unwrap();
    let copied: Vec<bool> = all
        .iter()
        .map(|one| files.copy(one, Side::Bucket).is_ok())
        .collect();
    assert_eq!(copied.iter().filter(|done| **done).count(), 2);
    assert_eq!(files.copy(&saved[0], Side::Bucket).unwrap(), Copied::Before);
    fs::remove_dir_all(folder.path().join("files")).unwrap();
    let empty = Files::open(folder.path().join("files")).unwrap();
    assert!(empty.list(Side::Disk).unwrap().is_empty());
    for one in files.list(Side::Bucket).unwrap() {
        assert_eq!(files.copy(&one, Side::Disk).unwrap(), Copied::Now);
        files.verify(Side::Disk, &one).unwrap();
    }
    assert!(read(empty.get(&saved[1].sha256).unwrap()) == content(2, 2_500));
    let none = empty.list(Side::Bucket).unwrap_err();
    assert!(none.to_string().contains("storage.bucket"), "{none}");
}
