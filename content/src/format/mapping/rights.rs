//! Statements about rights.

use super::{Draft, label};
use crate::check::{
    LICENSE_CHOICE, LICENSE_NOT_RECOGNISED, LICENSE_OF_THE_LIST, LICENSE_SEVERAL,
    LICENSE_WITHOUT_VERSION,
};
use crate::license::{Stated, read, unknown};
use serde_json::Value;

/// The licence of the work; its source's words stay in the provenance.
pub(super) fn license(draft: &mut Draft, key: &str, value: Value) {
    if draft.record.license.is_some() {
        return draft.keep(key, value);
    }
    let Some(stated) = statement(value) else {
        return;
    };
    let (license, rule) = match read(&stated) {
        Stated::One(license) => (Some(license), None),
        Stated::Choice(license) => (Some(license), Some(LICENSE_CHOICE)),
        Stated::OfTheList => (unknown(), Some(LICENSE_OF_THE_LIST)),
        Stated::WithoutVersion => (unknown(), Some(LICENSE_WITHOUT_VERSION)),
        Stated::Several => (unknown(), Some(LICENSE_SEVERAL)),
        Stated::Unrecognised => (unknown(), Some(LICENSE_NOT_RECOGNISED)),
    };
    draft
        .findings
        .extend(rule.map(|rule| rule.on("license", &stated)));
    draft.record.license = license.map(|license| license.id.clone());
    draft.record.provenance.license_as_stated = stated;
}

/// The address of a licence object, else its name.
fn statement(value: Value) -> Option<String> {
    let first = match value {
        Value::Array(list) => list.into_iter().next()?,
        other => other,
    };
    let address = ["id", "@id", "url"]
        .iter()
        .find_map(|key| first.get(key)?.as_str());
    match address {
        Some(address) => Some(address.to_owned()),
        None => label(first),
    }
}
