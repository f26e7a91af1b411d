//! `khue eval relevance`: figures and the file of a run.

use super::{khue, said};
use serde_json::Value;
use std::fs;

#[test]
fn a_run_is_written_and_identifiers_may_hold_spaces() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write(
        "corpus.jsonl",
        "{\"id\":\"bài 1\",\"title\":\"So sánh hai phân số\",\"text\":\"Quy đồng mẫu số.\",\"lang\":\"vi\"}\n\
         {\"id\":\"bài 2\",\"title\":\"Quang hợp\",\"text\":\"Lá cây và ánh sáng.\",\"lang\":\"vi\"}\n",
    );
    write(
        "queries.jsonl",
        "{\"_id\":\"câu 1\",\"text\":\"phân số\"}\n",
    );
    write(
        "qrels.tsv",
        "query-id\tcorpus-id\tscore\ncâu 1\tbài 1\t1\ncâu 1\tbài 2\t0\n\n",
    );
    let arguments = "eval relevance --corpus corpus.jsonl --queries queries.jsonl --qrels qrels.tsv \
                     --words-only --run run.tsv --json";
    let output = khue(
        folder.path(),
        &arguments.split_whitespace().collect::<Vec<_>>(),
    );
    assert!(output.status.success(), "{}", said(&output));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["ndcg10"], 1.0, "{report}");
    let run = fs::read_to_string(folder.path().join("run.tsv")).unwrap();
    assert_eq!(run, "câu 1\tQ0\tbài 1\t1\t1.000000\tkhue\n");
}
