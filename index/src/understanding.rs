//! From words as typed to the request that finds most: what was understood is applied where it
//! leads to results, and the words stand as they are where it does not.

use crate::Result;
use crate::schema::Fields;
use crate::search::search;
use crate::snapshot::Snapshot;
use khue_content::search::{SearchPage, SearchParams, understand};

/// Reads the words and searches.
pub(crate) fn find(
    snapshot: &Snapshot,
    fields: &Fields,
    params: SearchParams,
) -> Result<SearchPage> {
    let meant = understand(params.clone());
    let page = search(snapshot, fields, &meant)?;
    if meant.understood.is_empty() || page.total > 0 && !page.relaxed {
        return Ok(page);
    }
    // The library has nothing at that level or subject: the words alone may find something.
    let plain = understand(SearchParams {
        verbatim: true,
        ..params
    });
    let other = search(snapshot, fields, &plain)?;
    Ok(if other.total > 0 && (page.total == 0 || !other.relaxed) {
        other
    } else {
        page
    })
}
