//! What somebody has chosen about mail.

use crate::error::Result;
use crate::sql;
use crate::store::Store;
use khue_content::mail::{MailMode, MailPreference};
use sea_orm::DatabaseTransaction;

/// A row with what holds where nobody has chosen anything; nothing changes where there is one.
pub(super) async fn insert_row(
    tx: &DatabaseTransaction,
    account: i64,
    language: Option<&str>,
    unsubscribe: &str,
) -> Result<()> {
    let usual = MailPreference::default();
    let insert = "INSERT INTO mail_preference (account, language, mode, quiet_from, quiet_until, unsubscribe) \
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (account) DO NOTHING";
    let values = vec![
        account.into(),
        language.unwrap_or(&usual.language).into(),
        usual.mode.name().into(),
        i64::from(usual.quiet.from).into(),
        i64::from(usual.quiet.until).into(),
        unsubscribe.into(),
    ];
    sql::run(tx, insert, values).await?;
    Ok(())
}

/// Notes in which language somebody first signed in; it is that of their mail until they choose another.
/// `unsubscribe` is a new token.
pub async fn note_language(
    store: &Store,
    account: i64,
    language: &str,
    unsubscribe: &str,
) -> Result<()> {
    let tx = store.begin().await?;
    insert_row(&tx, account, Some(language), unsubscribe).await?;
    Ok(tx.commit().await?)
}

/// Keeps what somebody has chosen. `unsubscribe` is a new token, kept where they had none.
pub async fn set_mail_preference(
    store: &Store,
    account: i64,
    chosen: &MailPreference,
    unsubscribe: &str,
) -> Result<()> {
    let tx = store.begin().await?;
    insert_row(&tx, account, None, unsubscribe).await?;
    let update = "UPDATE mail_preference SET language = $2, mode = $3, quiet_from = $4, quiet_until = $5 WHERE account = $1";
    let values = vec![
        account.into(),
        chosen.language.as_str().into(),
        chosen.mode.name().into(),
        i64::from(chosen.quiet.from).into(),
        i64::from(chosen.quiet.until).into(),
    ];
    sql::run(&tx, update, values).await?;
    Ok(tx.commit().await?)
}

/// Sends no more notifications by mail to whoever holds the token; `false` where nobody does.
pub async fn unsubscribe(store: &Store, token: &str) -> Result<bool> {
    let tx = store.begin().await?;
    let update = "UPDATE mail_preference SET mode = $2 WHERE unsubscribe = $1";
    let values = vec![token.into(), MailMode::Never.name().into()];
    let done = sql::run(&tx, update, values).await? == 1;
    tx.commit().await?;
    Ok(done)
}
