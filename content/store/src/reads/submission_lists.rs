//! Lists of submissions, part by part: what a list counts and cuts off is only what somebody may see.

use crate::actions::scope;
use crate::clock::now;
use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use khue_content::account::{Action, Actor};
use khue_content::review::State;
use sea_orm::{FromQueryResult, Value};

/// Most rows of a part.
const MOST: i64 = 500;

/// What of a list is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Only what stands there.
    pub state: Option<State>,
    /// Only what should have gone on by now.
    pub overdue: bool,
    /// Which part, from 1; the last where there are fewer.
    pub page: i64,
    /// Rows of a part.
    pub size: i64,
}

impl Default for Wanted {
    fn default() -> Self {
        Self {
            state: None,
            overdue: false,
            page: 1,
            size: MOST,
        }
    }
}

/// A part of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Its rows.
    pub rows: Vec<SubmissionSummary>,
    /// How many there are in all parts.
    pub total: i64,
    /// Which part it is, from 1.
    pub page: i64,
    /// How many parts there are.
    pub pages: i64,
    /// Number of the file before the first of this part.
    pub before: Option<String>,
    /// Number of the file behind the last.
    pub after: Option<String>,
}

/// A submission in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmissionSummary {
    /// The number of the file.
    pub number: String,
    /// Its title.
    pub name: String,
    /// Where it stands.
    pub state: State,
    /// When it came there.
    pub entered_at: i64,
    /// When it should go on.
    pub due_at: Option<i64>,
    /// The account of its author.
    pub account: i64,
}

#[derive(FromQueryResult)]
struct Row {
    number: String,
    name: String,
    state: String,
    entered_at: i64,
    due_at: Option<i64>,
    account: i64,
}

#[derive(FromQueryResult)]
struct Count {
    count: i64,
}

/// Conditions with their values.
struct Where {
    sql: String,
    values: Vec<Value>,
}

impl Where {
    /// Adds a condition in which `?` stands for the value.
    fn and(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        let place = format!("${}", self.values.len());
        self.sql += &format!(" AND {}", condition.replace('?', &place));
    }

    fn narrow(&mut self, wanted: &Wanted) {
        if let Some(state) = wanted.state {
            self.and("state = ?", state.name());
        }
        if wanted.overdue {
            self.and("due_at < ?", now());
        }
    }
}

/// What is due first; what has no day stands at the end, on every database.
const DUE_FIRST: &str = "CASE WHEN due_at IS NULL THEN 1 ELSE 0 END, due_at, id";

/// What waits at the desk and this person may see.
fn waiting(actor: &Actor, wanted: &Wanted) -> Where {
    let here = scope::may(actor, Action::ReadSubmission, ("account", "institution"), 2);
    let waiting = State::ALL.into_iter().filter(|state| state.is_waiting());
    let waiting: Vec<String> = waiting.map(|state| format!("'{}'", state.name())).collect();
    let mut queue = Where {
        sql: format!(
            "account <> $1 AND {} AND state IN ({})",
            here.sql,
            waiting.join(", ")
        ),
        values: vec![actor.account.into()],
    };
    queue.values.extend(here.values);
    queue.narrow(wanted);
    queue
}

impl Store {
    /// A person's own submissions, the one changed last first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn own_submissions(&self, actor: &Actor, wanted: &Wanted) -> Result<Listed> {
        let mut own = Where {
            sql: "account = $1".to_owned(),
            values: vec![actor.account.into()],
        };
        own.narrow(wanted);
        self.listed(own, wanted, "changed_at DESC, id DESC").await
    }

    /// What waits at the desk and this person may see, what is due first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn submission_queue(&self, actor: &Actor, wanted: &Wanted) -> Result<Listed> {
        self.listed(waiting(actor, wanted), wanted, DUE_FIRST).await
    }

    /// The same, the part in which this file stands; where it is in none, the part that is wanted.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn submission_queue_around(
        &self,
        actor: &Actor,
        wanted: &Wanted,
        number: &str,
    ) -> Result<Listed> {
        let mut queue = waiting(actor, wanted);
        queue.values.push(number.into());
        let query = format!(
            "SELECT place AS count FROM (SELECT number, ROW_NUMBER() OVER (ORDER BY {DUE_FIRST}) AS place \
             FROM submission WHERE {}) AS placed WHERE number = ${}",
            queue.sql,
            queue.values.len()
        );
        let place = sql::one::<Count>(self.read(), &query, queue.values).await?;
        let page = place.map_or(wanted.page, |place| {
            (place.count - 1) / wanted.size.clamp(1, MOST) + 1
        });
        let wanted = Wanted { page, ..*wanted };
        self.submission_queue(actor, &wanted).await
    }

    async fn listed(&self, here: Where, wanted: &Wanted, order: &str) -> Result<Listed> {
        let count = format!(
            "SELECT COUNT(*) AS count FROM submission WHERE {}",
            here.sql
        );
        let count = sql::one::<Count>(self.read(), &count, here.values.clone()).await?;
        let total = count.map_or(0, |row| row.count);
        let size = wanted.size.clamp(1, MOST);
        let pages = (total.saturating_add(size - 1) / size).max(1);
        let page = wanted.page.clamp(1, pages);
        let first = (page - 1) * size;
        // With the one before and the one behind.
        let query = format!(
            "SELECT number, name, state, entered_at, due_at, account FROM submission WHERE {} ORDER BY {order} LIMIT {} OFFSET {}",
            here.sql,
            size + 2,
            (first - 1).max(0)
        );
        let rows = sql::all::<Row>(self.read(), &query, here.values).await?;
        let rows = rows.into_iter().map(summary);
        let mut rows: Vec<SubmissionSummary> = rows.collect::<Result<_>>()?;
        let before = (first > 0 && !rows.is_empty()).then(|| rows.remove(0).number);
        let after = rows.split_off(usize::try_from(size).unwrap_or(0).min(rows.len()));
        Ok(Listed {
            rows,
            total,
            page,
            pages,
            before,
            after: after.into_iter().next().map(|one| one.number),
        })
    }
}

fn summary(row: Row) -> Result<SubmissionSummary> {
    let state = State::parse(&row.state)
        .ok_or_else(|| Error::Internal(format!("{} stands in {:?}", row.number, row.state)))?;
    Ok(SubmissionSummary {
        state,
        number: row.number,
        name: row.name,
        entered_at: row.entered_at,
        due_at: row.due_at,
        account: row.account,
    })
}
