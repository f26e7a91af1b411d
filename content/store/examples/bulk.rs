//! How fast short records are taken in: `bulk [RECORDS [BATCH [ADDRESS]]]`.

use khue_content::{Body, BodyFormat, LearningResource, Provenance};
use khue_store::{Result, Store, actions, testing::Databases};
use std::time::Instant;

const WORDS: &[&str] = &[
    "bài", "học", "lớp", "phân", "số", "quang", "hợp", "lịch", "sử", "địa", "lí", "phương",
    "trình", "bậc", "hai", "thí", "nghiệm", "đọc", "hiểu", "thơ", "tam", "giác", "năng", "lượng",
];

fn record(number: usize) -> LearningResource {
    // Multiplying by a large odd number scatters the choice of words.
    let word = |place: usize| WORDS[(number.wrapping_mul(2_654_435_761) >> place) % WORDS.len()];
    let text = (0..26).map(word).collect::<Vec<_>>().join(" ");
    LearningResource {
        name: format!("{} {} {number}", word(3), word(5)),
        body: Some(Body {
            format: BodyFormat::Plain,
            text,
        }),
        in_language: vec!["vi".into()],
        provenance: Provenance {
            source: "bulk".into(),
            identifier: format!(
                "{:x}#{}",
                number.wrapping_mul(0x9e37_79b9) & 0xffff_ffff,
                number
            ),
            ..Provenance::default()
        },
        ..LearningResource::default()
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |default| {
        arguments
            .next()
            .and_then(|n| n.parse().ok())
            .unwrap_or(default)
    };
    let (records, batch) = (number(1_083_895_usize), number(5_000_usize));
    let fresh = Databases::sqlite().map_err(|e| khue_store::Error::Internal(e.to_string()))?;
    let address = arguments.next().unwrap_or(fresh.address.clone());
    let store = Store::open(&address).await?;
    store.migrate().await?;
    for pass in ["new", "unchanged"] {
        take_in(&store, pass, records, batch).await?;
    }
    read_all(&store).await?;
    store.close().await
}

async fn take_in(store: &Store, pass: &str, records: usize, batch: usize) -> Result<()> {
    let start = Instant::now();
    for first in (0..records).step_by(batch) {
        let last = (first + batch).min(records);
        let part = (first..last).map(record).collect();
        actions::import_batch(store, part, None).await?;
    }
    report(pass, records, start);
    Ok(())
}

async fn read_all(store: &Store) -> Result<()> {
    let (start, mut seen, mut records) = (Instant::now(), 0, 0);
    loop {
        let changes = store.changes_since(seen, 5_000).await?;
        let Some(last) = changes.last() else { break };
        seen = last.change;
        records += changes.len();
    }
    report("read back", records, start);
    Ok(())
}

fn report(what: &str, records: usize, start: Instant) {
    let seconds = start.elapsed().as_secs_f64();
    let speed = records as f64 / seconds;
    println!("{what}: {records} records in {seconds:.1} s, {speed:.0} records/s");
}
