//! Language models: shapes, what is kept, windows, tokenizers, grammars and errors, with small models of random weights.
#![allow(clippy::unwrap_used)]

use khue_inference::testing::TinyWriter;
use khue_inference::writer::{Grammar, Writer};
use khue_inference::{Error, Instructions};
use std::path::PathBuf;
use std::time::Instant;
use tempfile::TempDir;

const KINDS: [&str; 4] = ["llama", "gemma3", "qwen2", "qwen3"];

fn tiny(kind: &'static str) -> (TempDir, PathBuf, Writer) {
    let folder = tempfile::tempdir().unwrap();
    let path = TinyWriter::new(kind).write(folder.path()).unwrap();
    let writer = Writer::open_file(&path, "tiny", "1").unwrap();
    (folder, path, writer)
}

fn refused(model: &TinyWriter) -> Error {
    let folder = tempfile::tempdir().unwrap();
    let path = model.write(folder.path()).unwrap();
    Writer::open_file(&path, "tiny", "1").err().unwrap()
}

fn near(found: &[f32], expected: &[f32], tolerance: f32) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= tolerance, "{found} {expected}");
    }
}

#[test]
fn every_architecture_gives_a_logit_for_each_piece_after_each_piece() {
    for kind in KINDS {
        let (_folder, _, writer) = tiny(kind);
        let pieces = writer.piece_ids("so do phan so");
        let logits = writer.logits(&pieces).unwrap();
        assert_eq!(logits.len(), pieces.len(), "{kind}");
        let vocabulary = logits[0].len();
        assert!(vocabulary > 256 && logits.iter().all(|row| row.len() == vocabulary));
        assert!(logits.iter().flatten().all(|logit| logit.is_finite()));
        assert_ne!(logits[0], logits[1], "{kind}");
        assert_eq!(logits, writer.logits(&pieces).unwrap(), "{kind}");
        assert_eq!((writer.name(), writer.revision()), ("tiny", "1"));
    }
}

/// −Σ ln p of the last `count` pieces, from the logits of all.
fn likelihood(writer: &Writer, pieces: &[u32], count: usize) -> f64 {
    let logits = writer.logits(pieces).unwrap();
    let behind = pieces.len() - count..pieces.len();
    behind
        .map(|at| {
            let row = logits[at - 1].iter().map(|logit| f64::from(*logit));
            let all: f64 = row.map(f64::exp).sum();
            f64::from(logits[at - 1][pieces[at] as usize]) - all.ln()
        })
        .sum()
}

#[test]
fn what_is_kept_gives_what_reading_everything_gives() {
    let context = "so phan so do. ".repeat(12) + "so";
    for kind in KINDS {
        let (_folder, _, writer) = tiny(kind);
        let start: &[u32] = if kind == "gemma3" { &[1] } else { &[] };
        let mut session = writer.read(&context);
        let texts = [" phan", " do, an"];
        let found = session.likelihoods(" do", &texts, None).unwrap();
        assert_eq!(
            session.likelihoods(" do", &texts, None).unwrap(),
            found,
            "{kind}"
        );
        for (text, found) in texts.iter().zip(found) {
            let text = writer.piece_ids(text);
            let before = [&writer.piece_ids(&context)[..], &writer.piece_ids(" do")].concat();
            let whole = [start, &before, &text].concat();
            assert_eq!(found.pieces, text.len(), "{kind}");
            let expected = likelihood(&writer, &whole, text.len());
            let off = (found.sum - expected).abs();
            assert!(off < 1e-3, "{kind}: {} {expected}", found.sum);
        }
    }
}

#[test]
fn a_later_piece_changes_nothing_before_it() {
    for kind in KINDS {
        let (_folder, _, writer) = tiny(kind);
        let pieces = writer.piece_ids(&"phan so, do. ".repeat(8));
        let whole = writer.logits(&pieces).unwrap();
        let part = writer.logits(&pieces[..pieces.len() - 3]).unwrap();
        for (part, whole) in part.iter().zip(&whole) {
            near(part, whole, 1e-4);
        }
    }
}

#[test]
fn what_is_outside_of_every_window_is_not_seen() {
    let folder = tempfile::tempdir().unwrap();
    let mut model = TinyWriter::new("gemma3");
    // Every layer has a window of three: four layers see nine pieces back.
    model.window = 3;
    model
        .with
        .push(("gemma3.attention.sliding_window_pattern", "100"));
    let path = model.write(folder.path()).unwrap();
    let writer = Writer::open_file(&path, "tiny", "1").unwrap();
    let tail = writer.piece_ids("abcdefghijkl");
    let last = |first: &str| {
        let pieces = [writer.piece_ids(first), tail.clone()].concat();
        writer.logits(&pieces).unwrap().pop().unwrap()
    };
    near(&last("so"), &last("đo"), 1e-4);
    // One layer that sees everything is enough to tell.
    model.with.clear();
    model
        .with
        .push(("gemma3.attention.sliding_window_pattern", "4"));
    let path = model.write(folder.path()).unwrap();
    let writer = Writer::open_file(&path, "tiny", "1").unwrap();
    let last = |first: &str| {
        let pieces = [writer.piece_ids(first), tail.clone()].concat();
        writer.logits(&pieces).unwrap().pop().unwrap()
    };
    assert_ne!(last("so"), last("đo"));
}

#[test]
fn fast_and_plain_arithmetic_agree() {
    for kind in KINDS {
        let (_folder, path, writer) = tiny(kind);
        let pieces = writer.piece_ids("so do phan so, an.");
        let best = writer.logits(&pieces).unwrap();
        for with in Instructions::available() {
            let other = Writer::with_instructions(&path, with).unwrap();
            for (found, expected) in other.logits(&pieces).unwrap().iter().zip(&best) {
                near(found, expected, 0.2);
            }
        }
    }
}

#[test]
fn texts_come_back_from_their_pieces() {
    let texts = [
        "so phân số đo",
        "  a\n\nb 12,5 %",
        "chữ 漢 và 🎓",
        "",
        "it's",
    ];
    for kind in ["llama", "gemma3"] {
        let (_folder, _, writer) = tiny(kind);
        for text in texts {
            assert_eq!(writer.text(&writer.piece_ids(text)), text, "{kind}");
        }
    }
    let (_folder, _, writer) = tiny("llama");
    assert_eq!(writer.piece_ids("so so").len(), 2, "joined by the list");
    let (_folder, _, writer) = tiny("gemma3");
    assert_eq!(writer.piece_ids("phân so").len(), 2, "joined by score");
}

#[test]
fn names_of_control_pieces_are_letters() {
    for kind in ["llama", "gemma3"] {
        let (_folder, _, writer) = tiny(kind);
        for name in ["<eos>", "<bos>", "a<unk>"] {
            let pieces = writer.piece_ids(name);
            assert!(pieces.iter().all(|piece| *piece > 2), "{kind} {name}");
        }
    }
}

#[test]
fn a_sentence_is_one_of_its_grammar() {
    let terms = ["phân số", "phân số tối giản", "mẫu số chung"];
    let grammar = Grammar::new()
        .then(" về ")
        .one_of(&terms)
        .one_of(&[", rồi so", ""])
        .then(".");
    for kind in KINDS {
        let (_folder, _, writer) = tiny(kind);
        let mut session = writer.read("so phan so do.");
        let written = session.write("Nói", &grammar, None).unwrap();
        let [0, term, more, 0] = written.choices[..] else {
            panic!("{written:?}")
        };
        let more = [", rồi so", ""][more];
        assert_eq!(
            written.text,
            format!(" về {}{more}.", terms[term]),
            "{kind}"
        );
        assert_eq!(
            session.write("Nói", &grammar, None),
            Some(written),
            "{kind}"
        );
        let over = session.write("Nói", &grammar, Some(Instant::now()));
        assert_eq!(over, None, "the time is over");
    }
}

#[test]
fn what_is_decided_needs_no_model_and_what_is_impossible_is_nothing() {
    let (_folder, _, writer) = tiny("llama");
    let mut session = writer.read("");
    let only = Grammar::new().then("so ").one_of(&["do"]).then(".");
    let written = session.write("", &only, Some(Instant::now())).unwrap();
    assert_eq!(
        (written.text.as_str(), &written.choices[..]),
        ("so do.", &[0, 0, 0][..])
    );
    let same = Grammar::new().one_of(&["so", "so"]).then(".");
    assert_eq!(session.write("", &same, None).unwrap().choices, [0, 0]);
    let none = Grammar::new().then("so").one_of::<&str>(&[]);
    assert_eq!(session.write("", &none, None), None);
}

#[test]
fn a_text_that_is_too_long_leaves_room() {
    let (_folder, _, writer) = tiny("llama");
    let mut session = writer.read(&"so do ".repeat(2000));
    assert!(session.likelihoods("so", &["do"], None).is_some());
    assert!(
        session
            .likelihoods(&"so ".repeat(2000), &["do"], None)
            .is_none()
    );
    assert!(session.likelihoods("so", &["do"], None).is_some());
    let error = writer.logits(&vec![5; 5000]).unwrap_err().to_string();
    assert!(error.contains("5000") && error.contains("700"), "{error}");
    assert!(writer.logits(&[u32::MAX]).is_err());
}

#[test]
fn perplexity_is_the_mean_surprise() {
    for kind in KINDS {
        let (_folder, _, writer) = tiny(kind);
        let found = writer.perplexity(&"so do phan so. ".repeat(20)).unwrap();
        assert!(found > 10.0 && found.is_finite(), "{kind}: {found}");
        let pieces = writer.piece_ids("so do");
        let start: &[u32] = if kind == "gemma3" { &[1] } else { &[] };
        let whole = [start, &pieces].concat();
        let count = whole.len() - 1;
        let expected = (-likelihood(&writer, &whole, count) / count as f64).exp();
        let off = writer.perplexity("so do").unwrap() / expected - 1.0;
        assert!(off.abs() < 1e-3, "{kind}: {off}");
        assert_eq!(writer.perplexity("").unwrap(), 1.0);
    }
}

#[test]
fn what_is_missing_is_named() {
    for key in [
        "general.architecture",
        "llama.block_count",
        "llama.embedding_length",
        "llama.attention.head_count",
        "llama.attention.layer_norm_rms_epsilon",
        "tokenizer.ggml.tokens",
        "tokenizer.ggml.merges",
        "tokenizer.ggml.model",
        "token_embd.weight",
        "output_norm.weight",
        "blk.2.ffn_up.weight",
    ] {
        let mut model = TinyWriter::new("llama");
        model.without.push(key);
        let error = refused(&model);
        assert!(matches!(error, Error::Missing { .. }), "{error}");
        assert!(error.to_string().contains(key), "{error}");
    }
}

#[test]
fn what_is_not_computed_is_named_with_what_is() {
    let mut cases = vec![(TinyWriter::new("mamba"), "gemma3")];
    for (key, value, told) in [
        ("tokenizer.ggml.model", "bert", "bert"),
        ("tokenizer.ggml.pre", "other", "smollm"),
        ("llama.rope.scaling.type", "yarn", "yarn"),
        ("llama.attention.head_count", "3", "3 heads"),
        ("llama.block_count", "0", "block_count"),
        ("llama.embedding_length", "65", "width 65"),
    ] {
        let mut model = TinyWriter::new("llama");
        model.with.push((key, value));
        cases.push((model, told));
    }
    for (model, told) in cases {
        let error = refused(&model);
        assert!(matches!(error, Error::Unsupported { .. }), "{error}");
        assert!(error.to_string().contains(told), "{error}");
    }
}

#[test]
fn other_shapes_and_torn_files_are_damaged() {
    let mut model = TinyWriter::new("llama");
    model.with.push(("llama.feed_forward_length", "128"));
    let error = refused(&model);
    assert!(
        error.to_string().contains("blk.0.ffn_gate.weight"),
        "{error}"
    );
    let mut model = TinyWriter::new("llama");
    model.with.push(("general.alignment", "0"));
    let error = refused(&model);
    assert!(matches!(error, Error::Damaged { .. }), "{error}");
    let (_folder, path, _) = tiny("llama");
    let bytes = std::fs::read(&path).unwrap();
    for length in [0, 3, 4, 20, 300, 9000, bytes.len() - 100] {
        std::fs::write(&path, &bytes[..length]).unwrap();
        let error = Writer::open_file(&path, "tiny", "1").err().unwrap();
        assert!(matches!(error, Error::Damaged { .. }), "{length}: {error}");
    }
    std::fs::remove_file(&path).unwrap();
    let error = Writer::open_file(&path, "tiny", "1").err().unwrap();
    assert!(matches!(error, Error::Read { .. }), "{error}");
}
