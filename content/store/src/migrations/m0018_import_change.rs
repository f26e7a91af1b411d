//! What each import wrote, so that it can be taken back as a whole, and sheets that are taken in at the desk.

use super::m0001_start::{belongs, index, maybe_words, number, table};
use super::text;
use sea_orm::DbBackend;
use sea_orm::sea_query::Index;

/// New columns of imports: first those that are 0 where nothing is known.
const NUMBERS: &[&str] = &[
    // Who began it; 0 for the operator.
    "account", // 1 where everything that it wrote is in `import_change`.
    "tracked", // Rows that the dry run of a sheet has read.
    "total",   // The last key that was taken back.
    "undo_key", "removed", "restored", "kept",
];
/// Those that are empty before something has happened.
const MOMENTS: &[&str] = &["undo_account", "undo_started_at", "undone_at"];
/// How far a sheet of the desk is, and why it came no further.
const WORDS: &[&str] = &["stage", "error"];

/// The columns, the table and its index.
pub(super) fn statements(backend: DbBackend) -> Vec<String> {
    let add = |name: &&str, kind: &str| format!("ALTER TABLE import_run ADD COLUMN {name} {kind}");
    let numbers = NUMBERS
        .iter()
        .map(|name| add(name, "BIGINT NOT NULL DEFAULT 0"));
    let moments = MOMENTS.iter().map(|name| add(name, "BIGINT"));
    let words = WORDS.iter().map(|name| add(name, "TEXT"));
    let change = table("import_change")
        .col(number("run"))
        .col(number("key"))
        // The version before the import, 0 where it brought the record in, and its change number.
        .col(number("before"))
        .col(number("before_change"))
        // What the import made of it.
        .col(number("version"))
        .col(number("change"))
        // What became of it when the import was taken back, and the rest of it for people.
        .col(maybe_words("fate"))
        .col(maybe_words("detail"))
        .primary_key(Index::create().col("run").col("key"))
        .foreign_key(&mut belongs("import_change", "run", "import_run", "id"))
        .to_owned();
    let mut all: Vec<String> = numbers.chain(moments).chain(words).collect();
    all.push(text(backend, &change));
    all.push(text(backend, &index("import_change", &["key"])));
    all
}
