//! The register of institutions: taken from a sheet, all of it or nothing.

use super::audit::{Entry, append};
use crate::clock::now;
use crate::error::Result;
use crate::sql;
use crate::store::Store;
use khue_content::institution::Institution;

/// Takes institutions in: new ones are added, known ones get what the sheet says; none is removed, for roles may name
/// it. Returns how many were new, and how many changed. With `dry` nothing is stored.
pub async fn import_institutions(
    store: &Store,
    actor: i64,
    all: &[Institution],
    dry: bool,
) -> Result<(usize, usize)> {
    let known = store.institutions().await?;
    let tx = store.begin().await?;
    let (mut new, mut changed) = (0, 0);
    for one in all {
        match known.iter().find(|own| own.code == one.code) {
            Some(own) if own == one => continue,
            Some(_) => changed += 1,
            None => new += 1,
        }
        let insert = "INSERT INTO institution (code, name, province, commune, kind, changed_at) VALUES ($1, $2, $3, $4, $5, $6) \
            ON CONFLICT (code) DO UPDATE SET name = excluded.name, province = excluded.province, \
            commune = excluded.commune, kind = excluded.kind, changed_at = excluded.changed_at";
        let values = vec![
            one.code.as_str().into(),
            one.name.as_str().into(),
            one.province.as_str().into(),
            one.commune.as_str().into(),
            one.kind.as_str().into(),
            now().into(),
        ];
        sql::run(&tx, insert, values).await?;
    }
    if dry {
        tx.rollback().await?;
        return Ok((new, changed));
    }
    if new + changed > 0 {
        let entry = Entry {
            actor,
            action: "institutions.imported",
            object: "institutions",
            detail: &format!("{new} new, {changed} changed"),
        };
        append(&tx, &entry).await?;
    }
    tx.commit().await?;
    Ok((new, changed))
}
