//! The first schema: resources with versions and relations, imports, files, jobs.

use super::text;
use sea_orm::DbBackend;
use sea_orm::sea_query::{
    ColumnDef, ForeignKey, ForeignKeyAction, Index, IndexCreateStatement, Table,
    TableCreateStatement,
};

/// Tables, indexes and first rows.
pub(super) fn statements(backend: DbBackend) -> Vec<String> {
    let tables = [
        change_counter(),
        resource(backend),
        resource_version(),
        resource_relation(backend),
        source(backend),
        import_run(backend),
        import_finding(),
        import_finding_count(),
        file(),
        job(),
    ];
    let mut all: Vec<String> = tables.iter().map(|table| text(backend, table)).collect();
    all.extend(indexes().iter().map(|index| text(backend, index)));
    all.push("INSERT INTO change_counter (one, last) VALUES (1, 0)".to_owned());
    all
}

fn change_counter() -> TableCreateStatement {
    table("change_counter")
        .col(number("one").primary_key())
        .col(number("last"))
        .to_owned()
}

fn resource(backend: DbBackend) -> TableCreateStatement {
    table("resource")
        .col(number("key").primary_key())
        .col(bytewise(backend, "id").unique_key())
        .col(bytewise(backend, "source"))
        .col(bytewise(backend, "identifier"))
        .col(words("name"))
        .col(maybe_words("language"))
        .col(words("status").default("published"))
        .col(maybe_words("withdrawn_reason"))
        .col(ColumnDef::new("hash").blob().not_null())
        .col(number("change").unique_key())
        .col(number("version").default(1))
        .col(number("created_at"))
        .col(number("changed_at"))
        .col(words("record"))
        .to_owned()
}

fn resource_version() -> TableCreateStatement {
    table("resource_version")
        .col(number("key"))
        .col(number("version"))
        .col(ColumnDef::new("hash").blob().not_null())
        .col(words("record"))
        .col(number("replaced_at"))
        .primary_key(Index::create().col("key").col("version"))
        .foreign_key(&mut belongs("resource_version", "key", "resource", "key"))
        .to_owned()
}

fn resource_relation(backend: DbBackend) -> TableCreateStatement {
    table("resource_relation")
        .col(number("from_key"))
        .col(words("kind"))
        .col(ColumnDef::new("place").integer().not_null())
        .col(bytewise(backend, "source"))
        .col(bytewise(backend, "to_ref"))
        .col(ColumnDef::new("position").big_integer())
        .col(maybe_words("path"))
        .primary_key(Index::create().col("from_key").col("kind").col("place"))
        .foreign_key(&mut belongs(
            "resource_relation",
            "from_key",
            "resource",
            "key",
        ))
        .to_owned()
}

fn source(backend: DbBackend) -> TableCreateStatement {
    table("source")
        .col(bytewise(backend, "name").primary_key())
        .col(number("resources"))
        .to_owned()
}

fn import_run(backend: DbBackend) -> TableCreateStatement {
    let mut run = table("import_run");
    run.col(counted("id"));
    run.col(bytewise(backend, "source"))
        .col(bytewise(backend, "path"));
    run.col(words("format")).col(words("fingerprint"));
    run.col(number("started_at")).col(number("touched_at"));
    run.col(ColumnDef::new("finished_at").big_integer());
    run.col(maybe_words("file"));
    for name in [
        "offset",
        "line",
        "created",
        "changed",
        "unchanged",
        "refused",
    ] {
        run.col(number(name).default(0));
    }
    run
}

fn import_finding() -> TableCreateStatement {
    table("import_finding")
        .col(counted("id"))
        .col(number("run"))
        .col(words("file"))
        .col(ColumnDef::new("line").big_integer())
        .col(words("property"))
        .col(words("code"))
        .col(words("severity"))
        .col(words("message"))
        .col(ColumnDef::new("refused").integer().not_null())
        .foreign_key(&mut belongs("import_finding", "run", "import_run", "id"))
        .to_owned()
}

fn import_finding_count() -> TableCreateStatement {
    table("import_finding_count")
        .col(number("run"))
        .col(words("code"))
        .col(words("severity"))
        .col(number("found"))
        .primary_key(Index::create().col("run").col("code"))
        .foreign_key(&mut belongs(
            "import_finding_count",
            "run",
            "import_run",
            "id",
        ))
        .to_owned()
}

fn file() -> TableCreateStatement {
    table("file")
        .col(words("sha256").primary_key())
        .col(number("size"))
        .col(words("media_type"))
        .col(words("name"))
        .col(number("created_at"))
        .to_owned()
}

fn job() -> TableCreateStatement {
    table("job")
        .col(counted("id"))
        .col(words("kind"))
        .col(words("payload"))
        .col(maybe_words("dedup_key"))
        .col(maybe_words("pending_key").unique_key())
        .col(words("state").default("queued"))
        .col(ColumnDef::new("attempts").integer().not_null().default(0))
        .col(number("run_after"))
        .col(maybe_words("last_error"))
        .col(number("created_at"))
        .col(ColumnDef::new("started_at").big_integer())
        .col(ColumnDef::new("finished_at").big_integer())
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("resource", &["source", "identifier"])
            .unique()
            .to_owned(),
        index("resource_relation", &["to_ref", "kind"]),
        index("import_run", &["source", "path"]),
        index("import_finding", &["run", "code"]),
        index("job", &["state", "run_after"]),
    ]
}

pub(super) fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).to_owned()
}

pub(super) fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index
        .name(format!("{table}_by_{}", columns.join("_")))
        .table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

pub(super) fn belongs(
    from: &'static str,
    column: &'static str,
    to: &'static str,
    key: &'static str,
) -> sea_orm::sea_query::ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(from, column)
        .to(to, key)
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}

pub(super) fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().to_owned()
}

pub(super) fn counted(name: &'static str) -> ColumnDef {
    number(name).auto_increment().primary_key().to_owned()
}

pub(super) fn words(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().to_owned()
}

pub(super) fn maybe_words(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().to_owned()
}

/// Text that sorts by its bytes on every backend, so that exports have one order.
fn bytewise(backend: DbBackend, name: &'static str) -> ColumnDef {
    let mut column = words(name);
    if backend == DbBackend::Postgres {
        column.extra("COLLATE \"C\"");
    }
    column
}
