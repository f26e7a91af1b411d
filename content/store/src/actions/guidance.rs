//! Guidance on using AI: sent by a teacher, signed or sent back by an appraiser, rated by readers.

use super::audit::{Entry, append};
use super::change::{Changes, commit};
use super::notices::{Notice, notify};
use crate::clock::now;
use crate::error::{Error, Result};
use crate::identity::hex;
use crate::sql;
use crate::store::Store;
use khue_content::account::{Action, Actor};
use khue_content::guidance::{GuidanceDraft, Signature};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult};
use sha2::{Digest, Sha256};

/// Most drafts of one person that wait at a time.
const WAITING: i64 = 30;
/// Longest note, in characters.
const NOTE: usize = 2_000;

/// All columns that [`GuidanceRow`] has.
pub(crate) const COLUMNS: &str = "id, resource, resource_version, language, account, institution, state, draft, note, \
    edition, sent_at, decided_at, review_by";

#[derive(Clone, FromQueryResult)]
pub(crate) struct GuidanceRow {
    pub id: i64,
    pub resource: String,
    pub resource_version: i64,
    pub language: String,
    pub account: i64,
    pub institution: String,
    pub state: String,
    pub draft: String,
    pub note: String,
    pub edition: i64,
    pub sent_at: i64,
    pub decided_at: Option<i64>,
    pub review_by: Option<String>,
}

/// States, as stored.
pub(crate) const SENT: &str = "sent";
pub(crate) const RETURNED: &str = "returned";
pub(crate) const SIGNED: &str = "signed";
const REPLACED: &str = "replaced";
const ENDED: &str = "ended";

/// What a reader says of guidance with one tap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tap {
    /// It helped.
    Helped,
    /// Something in it is wrong.
    Wrong,
    /// Something in it is unsafe.
    Unsafe,
}

impl Tap {
    /// Its name, as stored and as forms send it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Helped => "helped",
            Self::Wrong => "wrong",
            Self::Unsafe => "unsafe",
        }
    }

    /// The one of this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Helped, Self::Wrong, Self::Unsafe]
            .into_iter()
            .find(|one| one.name() == name)
    }
}

#[derive(FromQueryResult)]
struct Version {
    version: i64,
}

/// Sends a draft to the appraisers and returns its number. One of the same person that waits for the same resource in
/// the same language is replaced.
///
/// # Errors
/// The resource is not published, the check locks the draft, or too many of the person wait.
pub async fn send_guidance(store: &Store, actor: &Actor, draft: &GuidanceDraft) -> Result<i64> {
    let institution = actor.institution();
    if !actor.may(Action::Submit, actor.account, institution) {
        return Err(Error::Forbidden);
    }
    if draft.locked {
        return Err(Error::NotAllowed(
            "the check has found something that a person must mend first".to_owned(),
        ));
    }
    let tx = store.begin().await?;
    let query = "SELECT version FROM resource WHERE id = $1 AND status = 'published'";
    let id = draft.resource.id.as_str();
    let found = sql::one::<Version>(&tx, query, vec![id.into()]).await?;
    let version = found.ok_or_else(|| Error::NotFound(format!("the resource {id:?}")))?;
    let drop = "DELETE FROM guidance WHERE account = $1 AND resource = $2 AND language = $3 AND state IN ('sent', 'returned')";
    let own = vec![
        actor.account.into(),
        id.into(),
        draft.in_language.as_str().into(),
    ];
    sql::run(&tx, drop, own).await?;
    let insert = "INSERT INTO guidance \
        (resource, resource_version, language, account, institution, state, draft, note, sent_at) \
        SELECT $1, $2, $3, $4, $5, 'sent', $6, '', $7 \
        WHERE (SELECT COUNT(*) FROM guidance WHERE account = $4 AND state = 'sent') < $8 RETURNING id";
    let values = vec![
        id.into(),
        version.version.into(),
        draft.in_language.as_str().into(),
        actor.account.into(),
        institution.into(),
        json(draft)?.into(),
        now().into(),
        WAITING.into(),
    ];
    let number = sql::id(&tx, insert, values).await?.ok_or_else(|| {
        Error::NotAllowed(format!(
            "{WAITING} drafts of yours wait already; they are looked at first"
        ))
    })?;
    tell(&tx, actor, "guidance.sent", number, id).await?;
    tx.commit().await?;
    Ok(number)
}

fn json(draft: &GuidanceDraft) -> Result<String> {
    serde_json::to_string(draft).map_err(|e| Error::Internal(e.to_string()))
}

/// A draft out of its JSON.
pub(crate) fn read_draft(id: i64, json: &str) -> Result<GuidanceDraft> {
    serde_json::from_str(json).map_err(|source| Error::Unreadable {
        what: format!("the guidance {id}"),
        source,
    })
}

/// Its author is told what became of it.
async fn tell_author(
    tx: &DatabaseTransaction,
    actor: &Actor,
    kind: &str,
    row: &GuidanceRow,
) -> Result<()> {
    let notice = Notice {
        kind,
        object: &format!("guidance:{}", row.id),
        name: &read_draft(row.id, &row.draft)?.resource.name,
    };
    notify(tx, actor.account, &[Some(row.account)], &notice).await
}

async fn tell(
    tx: &DatabaseTransaction,
    actor: &Actor,
    action: &str,
    id: i64,
    detail: &str,
) -> Result<()> {
    let entry = Entry {
        actor: actor.account,
        action,
        object: &format!("guidance:{id}"),
        detail,
    };
    append(tx, &entry).await
}

/// The row, locked until the commit, for somebody who may sign it.
async fn lock(
    tx: &DatabaseTransaction,
    actor: &Actor,
    id: i64,
    edition: i64,
    state: &str,
) -> Result<GuidanceRow> {
    let lock = match tx.get_database_backend() {
        DbBackend::Postgres => " FOR UPDATE",
        _ => "",
    };
    let query = format!("SELECT {COLUMNS} FROM guidance WHERE id = $1{lock}");
    let row = sql::one::<GuidanceRow>(tx, &query, vec![id.into()]).await?;
    let row = row.ok_or_else(|| Error::NotFound(format!("the guidance {id}")))?;
    if !actor.may(Action::SignGuidance, row.account, &row.institution) {
        return Err(Error::Forbidden);
    }
    if row.edition != edition {
        return Err(Error::Stale);
    }
    if row.state != state {
        return Err(Error::NotAllowed(format!(
            "the guidance is {}, not {state}",
            row.state
        )));
    }
    Ok(row)
}

/// Signs guidance: from now on readers see it beside the resource, in place of what was signed before in its language.
/// The log seals who signed and a digest of the very words.
///
/// # Errors
/// The one who acts may not sign it, it does not wait, it was changed meanwhile, or a date is none.
pub async fn sign_guidance(
    store: &Store,
    actor: &Actor,
    id: i64,
    edition: i64,
    signature: &Signature,
) -> Result<()> {
    if signature.name.trim().is_empty() || signature.review_by <= signature.date {
        return Err(Error::NotAllowed(
            "a signature has a name, and a day after today on which somebody looks again"
                .to_owned(),
        ));
    }
    let tx = store.begin().await?;
    let mut changes = Changes::lock(&tx).await?;
    let row = lock(&tx, actor, id, edition, SENT).await?;
    let mut draft = read_draft(id, &row.draft)?;
    draft.sign(signature);
    let json = json(&draft)?;
    let former =
        "UPDATE guidance SET state = $3 WHERE resource = $1 AND language = $2 AND state = 'signed'";
    let values = vec![
        row.resource.as_str().into(),
        row.language.as_str().into(),
        REPLACED.into(),
    ];
    sql::run(&tx, former, values).await?;
    let digest = hex(&Sha256::digest(&json));
    let update = "UPDATE guidance SET state = $2, draft = $3, signer = $4, decided_at = $5, review_by = $6, \
        edition = edition + 1 WHERE id = $1";
    let values = vec![
        id.into(),
        SIGNED.into(),
        json.into(),
        actor.account.into(),
        now().into(),
        signature.review_by.as_str().into(),
    ];
    sql::run(&tx, update, values).await?;
    let detail = format!(
        "{} version {}, review by {}, sha256 {digest}",
        row.resource, row.resource_version, signature.review_by
    );
    tell(&tx, actor, "guidance.signed", id, &detail).await?;
    tell_author(&tx, actor, "guidance-signed", &row).await?;
    touch(&tx, &mut changes, &row.resource).await?;
    changes.save(&tx).await?;
    commit(store, tx).await
}

/// Sends guidance back to its author, with words that say why.
///
/// # Errors
/// As for signing, or the words are missing.
pub async fn return_guidance(
    store: &Store,
    actor: &Actor,
    id: i64,
    edition: i64,
    note: &str,
) -> Result<()> {
    let note = own_words(note)?;
    let tx = store.begin().await?;
    let row = lock(&tx, actor, id, edition, SENT).await?;
    settle(&tx, actor, id, RETURNED, &note).await?;
    tell(&tx, actor, "guidance.returned", id, "").await?;
    tell_author(&tx, actor, "guidance-returned", &row).await?;
    Ok(tx.commit().await?)
}

/// Words that say why; they must not be missing.
fn own_words(note: &str) -> Result<String> {
    let note: String = note.trim().chars().take(NOTE).collect();
    match note.is_empty() {
        true => Err(Error::NotAllowed("say in your own words why".to_owned())),
        false => Ok(note),
    }
}

/// Takes signed guidance away from the readers.
///
/// # Errors
/// As for signing, or the words are missing.
pub async fn end_guidance(
    store: &Store,
    actor: &Actor,
    id: i64,
    edition: i64,
    note: &str,
) -> Result<()> {
    let note = own_words(note)?;
    let tx = store.begin().await?;
    let mut changes = Changes::lock(&tx).await?;
    let row = lock(&tx, actor, id, edition, SIGNED).await?;
    settle(&tx, actor, id, ENDED, &note).await?;
    tell(&tx, actor, "guidance.ended", id, &row.resource).await?;
    tell_author(&tx, actor, "guidance-ended", &row).await?;
    touch(&tx, &mut changes, &row.resource).await?;
    changes.save(&tx).await?;
    commit(store, tx).await
}

async fn settle(
    tx: &DatabaseTransaction,
    actor: &Actor,
    id: i64,
    state: &str,
    note: &str,
) -> Result<()> {
    // Who signed stays with what was signed.
    let update = "UPDATE guidance SET state = $2, note = $3, decided_at = $4, signer = COALESCE(signer, $5), \
        edition = edition + 1 WHERE id = $1";
    let values = vec![
        id.into(),
        state.into(),
        note.into(),
        now().into(),
        actor.account.into(),
    ];
    sql::run(tx, update, values).await?;
    Ok(())
}

/// The search learns that there is guidance, or none any more.
async fn touch(tx: &DatabaseTransaction, changes: &mut Changes, resource: &str) -> Result<()> {
    let update = "UPDATE resource SET change = $2 WHERE id = $1";
    let values = vec![resource.into(), changes.next().into()];
    match sql::run(tx, update, values).await? {
        0 => Err(Error::NotFound(format!("the resource {resource:?}"))),
        _ => Ok(()),
    }
}

/// Counts what a reader says of signed guidance, on a day, ISO 8601. Nothing about the reader is kept.
///
/// # Errors
/// There is no such guidance that is signed.
pub async fn rate_guidance(store: &Store, id: i64, day: &str, tap: Tap) -> Result<()> {
    let tx = store.begin().await?;
    let insert = "INSERT INTO guidance_feedback (guidance, day, verdict, count) \
        SELECT id, $2, $3, 1 FROM guidance WHERE id = $1 AND state = 'signed' \
        ON CONFLICT (guidance, day, verdict) DO UPDATE SET count = guidance_feedback.count + 1";
    let values = vec![id.into(), day.into(), tap.name().into()];
    if sql::run(&tx, insert, values).await? == 0 {
        return Err(Error::NotFound(format!("the signed guidance {id}")));
    }
    Ok(tx.commit().await?)
}
