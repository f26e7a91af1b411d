//! `khue bench`: figures of a small corpus, as JSON.

use super::{khue, said};
use serde_json::Value;
use std::fs;

const CORPUS: &str = r#"{"id":"n","title":"Định luật Niu-tơn","text":"Lực và gia tốc của vật.","lang":"vi"}
{"id":"p","title":"So sánh hai phân số","text":"Quy đồng mẫu số, rồi so sánh tử số.","lang":"vi"}
{"id":"q","title":"Quang hợp ở thực vật","text":"Lá cây, ánh sáng và diệp lục.","lang":"vi"}
"#;

#[test]
fn a_comparison_measures_and_judges_every_engine() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("corpus.jsonl"), CORPUS).unwrap();
    let queries = "{\"_id\":\"1\",\"text\":\"phân số\"}\n{\"_id\":\"2\",\"text\":\"quang hợp\"}\n";
    fs::write(folder.path().join("queries.jsonl"), queries).unwrap();
    fs::write(folder.path().join("qrels.tsv"), "1\tp\t1\n2\tq\t1\n").unwrap();
    let arguments = "bench search --corpus corpus.jsonl --queries queries.jsonl --qrels qrels.tsv \
                     --engines khue-in-process,khue,sqlite --clients 1,2 --json";
    let output = khue(
        folder.path(),
        &arguments.split_whitespace().collect::<Vec<_>>(),
    );
    assert!(output.status.success(), "{}", said(&output));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&report["documents"], &report["queries"]),
        (&3.into(), &2.into())
    );
    let engines = report["engines"].as_array().unwrap();
    assert_eq!(engines.len(), 3, "{report}");
    for engine in engines {
        assert_eq!(engine["relevance"]["ndcg10"], 1.0, "{engine}");
        let runs = engine["runs"].as_array().unwrap();
        assert!(runs.iter().all(|run| run["answered"] == 2), "{engine}");
        assert!(engine["size_bytes"].as_u64().unwrap() > 0, "{engine}");
    }
}

#[test]
fn a_change_is_seen_while_others_search() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("corpus.jsonl"), CORPUS).unwrap();
    let arguments = "bench fresh --corpus corpus.jsonl --clients 2 --changes 2 --json";
    let output = khue(
        folder.path(),
        &arguments.split_whitespace().collect::<Vec<_>>(),
    );
    assert!(output.status.success(), "{}", said(&output));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["changes"], 2);
    assert!(report["visible_p50_millis"].as_f64().unwrap() > 0.0);
}

#[test]
fn memory_is_looked_at_while_people_use_the_portal() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("corpus.jsonl"), CORPUS).unwrap();
    let arguments = "bench memory --corpus corpus.jsonl --minutes 0.05 --clients 2 --json";
    let output = khue(
        folder.path(),
        &arguments.split_whitespace().collect::<Vec<_>>(),
    );
    assert!(output.status.success(), "{}", said(&output));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["looks"].as_array().unwrap().len(), 60, "{report}");
    let last = report["looks"][59][1].as_u64().unwrap();
    assert!(last > 0 || !std::path::Path::new("/proc/self").exists());
    assert!(report["requests"].as_u64() > Some(10) && report["changes"].as_u64() > Some(0));
}

#[test]
fn what_is_missing_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| said(&khue(folder.path(), arguments));
    let missing = run(&["bench", "search", "--corpus", "none.jsonl"]);
    assert!(missing.contains("none.jsonl: check the path"), "{missing}");
    fs::write(folder.path().join("empty.jsonl"), "\n").unwrap();
    let empty = run(&["bench", "search", "--corpus", "empty.jsonl"]);
    assert!(empty.contains("empty.jsonl holds no documents"), "{empty}");
    fs::write(folder.path().join("corpus.jsonl"), CORPUS).unwrap();
    let wrong = run(&[
        "bench",
        "search",
        "--corpus",
        "corpus.jsonl",
        "--engines",
        "typesense",
        "--typesense",
        "no-program",
    ]);
    assert!(wrong.contains("no file no-program"), "{wrong}");
}
