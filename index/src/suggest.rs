//! Completions while somebody types: what many searched for, names that hold the words, concepts.
//!
//! Nothing here may take longer than a keystroke, whatever the size of the library: endings of the last
//! word come from the dictionary of names, a bounded number of documents is looked at, and only the cards of
//! the most promising are read.

mod concepts;
mod endings;
mod names;
mod past;
mod typed;

pub(crate) use endings::Beginnings;
pub use past::PastQueries;

use crate::Result;
use crate::query::Plan;
use crate::schema::Fields;
use crate::snapshot::Snapshot;
use crate::spelling;
use khue_content::search::Suggestion;
use typed::Typed;

/// The best completions of `prefix`: past queries, then names, then concepts, at most `count` in all.
pub(crate) fn suggest(
    snapshot: &Snapshot,
    fields: &Fields,
    past: &PastQueries,
    (prefix, language): (&str, &str),
    count: usize,
) -> Result<Vec<Suggestion>> {
    let typed = Typed::new(prefix);
    if typed.is_empty() || count == 0 {
        return Ok(Vec::new());
    }
    let queries = past.completions(&typed, count.div_ceil(3));
    let concepts = concepts::completions(&typed, language, count.div_ceil(3));
    let left = count.saturating_sub(queries.len() + concepts.len());
    let mut names = names::completions(snapshot, fields, &typed, left)?;
    if queries.is_empty() && concepts.is_empty() && names.is_empty() {
        names = mended(snapshot, fields, &typed, count)?;
    }
    let known: Vec<String> = queries.iter().map(|s| s.text.to_lowercase()).collect();
    names.retain(|name| !known.contains(&name.text.to_lowercase()));
    Ok(queries.into_iter().chain(names).chain(concepts).collect())
}

/// Names for what was probably meant.
fn mended(
    snapshot: &Snapshot,
    fields: &Fields,
    typed: &Typed,
    count: usize,
) -> Result<Vec<Suggestion>> {
    let plan = Plan::of_words(typed.before.clone());
    let repairs = spelling::unknown(snapshot, fields, &plan)?;
    let before = plan.repaired(&repairs).typed_words().cloned().collect();
    let mended = Typed {
        before,
        ..typed.clone()
    };
    let found = match repairs.is_empty() {
        true => Vec::new(),
        false => names::completions(snapshot, fields, &mended, count)?,
    };
    match found.is_empty() {
        true => names::near_completions(snapshot, fields, &mended, count),
        false => Ok(found),
    }
}
