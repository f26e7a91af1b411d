//! Who may, as a condition of a query: row by row the same answer as [`Actor::may`], so that what a query counts and
//! cuts off is only what somebody may see.

use khue_content::account::{Action, Actor, Held, Reach, reach};
use sea_orm::Value;

/// A condition, and the values that it adds to a query.
pub(crate) struct Condition {
    /// The condition, in brackets.
    pub sql: String,
    /// Its values, in order.
    pub values: Vec<Value>,
}

/// What somebody may do this to. `owner` and `institution` are columns that are never NULL; the first value is `$first`.
pub(crate) fn may(
    actor: &Actor,
    action: Action,
    (owner, institution): (&str, &str),
    first: usize,
) -> Condition {
    let mut values: Vec<Value> = vec![actor.account.into()];
    let own = format!("{owner} = ${first}");
    let mut parts = Vec::new();
    for held in &actor.roles {
        // Only where it is asked for: it adds values.
        let mut within = || within(held, institution, first, &mut values);
        parts.push(match reach(held.role, action) {
            Reach::Nothing => continue,
            Reach::Own => own.clone(),
            Reach::Others => format!("(NOT {own} AND {})", within()),
            Reach::All => format!("({own} OR {})", within()),
        });
    }
    // The number of the account is named in any case: every value of a query has to be.
    let sql = match parts.is_empty() {
        true => format!("({own} AND 1 = 0)"),
        false => format!("({})", parts.join(" OR ")),
    };
    Condition { sql, values }
}

/// Whether a role holds for an institution or a part of it, as [`Held::covers`] says it.
fn within(held: &Held, institution: &str, first: usize, values: &mut Vec<Value>) -> String {
    let code = held.institution.as_str();
    if code.is_empty() {
        let everywhere = if held.is_for_all() { 1 } else { 0 };
        return format!("1 = {everywhere}");
    }
    let (whole, part) = (first + values.len(), first + values.len() + 1);
    values.push(code.into());
    values.push(format!("{code}.").into());
    let long = code.chars().count() + 1;
    format!("({institution} = ${whole} OR SUBSTR({institution}, 1, {long}) = ${part})")
}
