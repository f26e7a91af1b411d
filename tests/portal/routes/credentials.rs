//! Records of a path: given for right answers, checked by the portal and by other programs.

use crate::harness::{Answer, TestPortal, encode, repository};
use khue_content::exercise::{self, Exercise, Gap, NumberKey, Task, TextKey};
use std::collections::BTreeSet;
use std::process::Command;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const RECORD: &str = "/paths/tu-cap-so-den-chuyen-dong/record";

/// Checks a proof without any code of ours: canonical form, base 58 and hashes by Python, the signature by OpenSSL.
const CHECK: &str = r##"
import base64, hashlib, json, subprocess, sys, os, tempfile
alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
def base58(text):
    assert text[0] == "z"
    number = 0
    for letter in text[1:]:
        number = number * 58 + alphabet.index(letter)
    return number.to_bytes((number.bit_length() + 7) // 8, "big")
def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
document = json.load(sys.stdin)
proof = document.pop("proof")
value = proof.pop("proofValue")
key = base58(proof["verificationMethod"].split("#")[1])
assert key[:2] == b"\xed\x01" and len(key) == 34
data = hashlib.sha256(canonical(proof)).digest() + hashlib.sha256(canonical(document)).digest()
folder = tempfile.mkdtemp()
files = {name: os.path.join(folder, name) for name in ("key", "data", "signature")}
open(files["key"], "wb").write(bytes.fromhex("302a300506032b6570032100") + key[2:])
open(files["data"], "wb").write(data)
open(files["signature"], "wb").write(base58(value).rjust(64, b"\0"))
done = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", files["key"], "-rawin", "-in", files["data"], "-sigfile", files["signature"]], capture_output=True)
print("valid" if done.returncode == 0 else "not valid")
"##;

/// What Python and OpenSSL say of a record; `None` where either is missing.
fn independent(record: &str) -> Option<String> {
    use std::io::Write;
    let version = Command::new("openssl").arg("version").output().ok()?;
    if !String::from_utf8_lossy(&version.stdout).starts_with("OpenSSL 3") {
        return None;
    }
    let mut child = Command::new("python3")
        .args(["-c", CHECK])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(record.as_bytes()).ok()?;
    let output = child.wait_with_output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn number(key: &NumberKey) -> String {
    let right = key
        .answers
        .iter()
        .find(|answer| answer.right)
        .expect("a right number");
    format!("{} {}", right.value, right.unit)
}

fn words(key: &TextKey) -> String {
    let right = key.answers.iter().find(|answer| answer.right);
    right.expect("right words").text.clone()
}

/// The fields of a right answer.
fn right(exercise: &Exercise) -> Vec<(String, String)> {
    match &exercise.task {
        Task::Single(choices) | Task::Multiple(choices) => {
            let right = choices
                .iter()
                .enumerate()
                .filter(|(_, choice)| choice.right);
            right
                .map(|(at, _)| ("a".to_owned(), at.to_string()))
                .collect()
        }
        Task::Number(key) => vec![("a".to_owned(), number(key))],
        Task::Text(key) => vec![("a".to_owned(), words(key))],
        Task::Ordering(items) => (0..items.len())
            .map(|at| (format!("p{at}"), (at + 1).to_string()))
            .collect(),
        Task::Matching { pairs, .. } => (0..pairs.len())
            .map(|at| (format!("m{at}"), at.to_string()))
            .collect(),
        Task::Gaps(gaps) => gaps
            .iter()
            .enumerate()
            .map(|(at, gap)| (format!("g{at}"), filled(gap)))
            .collect(),
    }
}

fn filled(gap: &Gap) -> String {
    match gap {
        Gap::Choice(choices) => choices
            .iter()
            .position(|choice| choice.right)
            .expect("a right choice")
            .to_string(),
        Gap::Text(key) => words(key),
        Gap::Number(key) => number(key),
    }
}

/// The exercise that the fields with this prefix are for, `lesson/number.`.
fn exercise_of(prefix: &str) -> Exercise {
    let (lesson, place) = prefix
        .trim_end_matches('.')
        .rsplit_once('/')
        .expect("lesson and number");
    let file = repository()
        .join("content/library/vi")
        .join(format!("{lesson}.md"));
    let text = std::fs::read_to_string(file).expect(lesson);
    let place: usize = place.parse().expect("a number");
    exercise::find(&text, "vi")
        .remove(place - 1)
        .exercise
        .expect("an exercise")
}

/// Right answers to all but the last `wrong` of the questions on the page, and a name.
fn answers(portal: &TestPortal, wrong: usize) -> (String, usize) {
    let page = portal.get(RECORD).page();
    let names = page.attributes(".record__form .exercise [name]", "name");
    let prefixes: BTreeSet<String> = names
        .iter()
        .filter_map(|name| Some(name.rsplit_once('.')?.0.to_owned() + "."))
        .collect();
    let mut body = format!("learner={}", encode("  Nguyễn\tThị  Mai "));
    for prefix in prefixes.iter().skip(wrong) {
        for (name, value) in right(&exercise_of(prefix)) {
            body.push_str(&format!(
                "&{}={}",
                encode(&format!("{prefix}{name}")),
                encode(&value)
            ));
        }
    }
    (body, prefixes.len())
}

fn looked_at(portal: &TestPortal, prefix: &str, record: &str) -> Answer {
    let body = format!(
        "--X\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.json\"\r\ncontent-type: application/json\r\n\r\n{record}\r\n--X--\r\n"
    );
    portal.ask(
        "POST",
        &format!("{prefix}/verify"),
        &[("content-type", "multipart/form-data; boundary=X")],
        &body,
    )
}

fn standing(portal: &TestPortal, record: &str) -> String {
    looked_at(portal, "", record)
        .page()
        .attribute("[data-standing]", "data-standing")
}

#[test]
fn a_record_is_given_for_right_answers_and_checked_by_others() {
    let portal = TestPortal::shared();
    let (body, asked) = answers(&portal, 0);
    assert!(asked >= 5, "{asked}");
    let page = portal.ask("POST", RECORD, &[FORM], &body).page();
    let record = page.text("#record-text");
    assert!(
        record.contains("\"Nguyễn Thị Mai\"") && record.contains("OpenBadgeCredential"),
        "{record}"
    );
    assert!(
        page.attribute("a[download]", "href")
            .starts_with("data:application/json")
    );
    assert_eq!(standing(&portal, &record), "valid");
    let french = looked_at(&portal, "/fr", &record).page();
    assert!(
        french
            .text("[data-standing]")
            .contains(&format!("{asked}/{asked}")),
        "{}",
        french.text("[data-standing]")
    );
    let altered = record.replace("Mai", "Lan");
    assert_eq!(standing(&portal, &altered), "altered");
    assert_eq!(standing(&portal, "not a record"), "unreadable");
    match independent(&record) {
        Some(said) => {
            assert_eq!(said, "valid");
            assert_eq!(independent(&altered).as_deref(), Some("not valid"));
        }
        None => eprintln!("skipped: the check by Python and OpenSSL 3, which are not both here"),
    }
}

#[test]
fn too_few_right_answers_give_marks_and_no_record() {
    let portal = TestPortal::shared();
    let (body, asked) = answers(&portal, 4);
    let page = portal.ask("POST", RECORD, &[FORM], &body).page();
    assert!(page.all("#record-text").is_empty());
    assert_eq!(page.all(".exercise[data-verdict=right]").len(), asked - 4);
    assert_eq!(page.attribute("#record-learner", "value"), "Nguyễn Thị Mai");
    // What was typed is still there.
    let typed = page.attributes(".exercise input[type=text]", "value");
    assert!(typed.iter().any(|value| !value.is_empty()), "{typed:?}");
}

#[test]
fn hostile_answers_and_records_break_nothing() {
    let portal = TestPortal::shared();
    for body in [
        "",
        "=&=",
        "learner=%FF%00",
        &format!("learner={}", "a".repeat(50_000)),
    ] {
        let answer = portal.ask("POST", RECORD, &[FORM], body);
        assert!(answer.status < 500, "{}", answer.status);
    }
    for record in [
        "",
        "{}",
        "\u{0}",
        &"[".repeat(100_000),
        &"a".repeat(400_000),
    ] {
        let answer = looked_at(&portal, "", record);
        assert!(answer.status < 500, "{}", answer.status);
    }
    assert_eq!(portal.ask("POST", "/verify", &[FORM], "text=a").status, 400);
    assert_eq!(portal.get("/paths/none/record").status, 404);
    // A portal without a name of its own over HTTPS is no did:web.
    assert_eq!(portal.get("/.well-known/did.json").status, 404);
}
