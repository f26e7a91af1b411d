//! What the licence of a work, and of the works it is based on, lets one do.

use super::{
    Finding, LICENSE_DROPS_NON_COMMERCIAL, LICENSE_FORBIDS_ADAPTATION, LICENSE_FORBIDS_SHARING,
    LICENSE_NOT_SHARED_ALIKE, MOST, Rule,
};
use crate::LearningResource;
use crate::license::{self, permits};
use crate::vocabulary::{self, Concept};

pub(super) fn judge(record: &LearningResource, findings: &mut Vec<Finding>) {
    let own = record.license.as_deref().and_then(vocabulary::concept);
    findings.extend(
        own.filter(|own| may_not_be_here(record, own))
            .map(|own| LICENSE_FORBIDS_SHARING.on("license", &own.notation)),
    );
    if record.is_based_on.is_empty() {
        return;
    }
    let bases = record
        .other
        .get("isBasedOn")
        .and_then(serde_json::Value::as_array);
    for base in bases.into_iter().flatten().take(MOST) {
        let name = base
            .get("name")
            .and_then(|name| name.as_str())
            .unwrap_or_default();
        let rule = license::of(base).and_then(|from| compare(own, from));
        findings.extend(rule.map(|rule| rule.on("isBasedOn", name)));
    }
}

/// Whether text or files are kept that the licence does not let one pass on;
/// where nothing is known of the licence another rule speaks.
fn may_not_be_here(record: &LearningResource, own: &Concept) -> bool {
    let file = || record.encoding.iter().any(|file| file.sha256.is_some());
    let forbidden = permits(own, "permitsSharing") == Some(false) && own.notation != "unknown";
    forbidden && (record.body.is_some() || file())
}

/// What the licence of a work that is also in the portal says against a work
/// made from it.
pub fn check_derivation(made: &LearningResource, base: &LearningResource) -> Vec<Finding> {
    let license =
        |record: &LearningResource| record.license.as_deref().and_then(vocabulary::concept);
    let rule = license(base).and_then(|from| compare(license(made), from));
    rule.map(|rule| rule.on("isBasedOn", &base.name))
        .into_iter()
        .collect()
}

fn compare(own: Option<&Concept>, base: &Concept) -> Option<&'static Rule> {
    let own = own.filter(|own| own.notation != "unknown");
    if permits(base, "permitsAdaptation") == Some(false) {
        Some(&LICENSE_FORBIDS_ADAPTATION)
    } else if permits(base, "requiresShareAlike") == Some(true)
        && !own.is_none_or(|own| is_alike(own, base))
    {
        Some(&LICENSE_NOT_SHARED_ALIKE)
    } else if permits(base, "permitsCommercialUse") == Some(false)
        && own.is_some_and(|own| permits(own, "permitsCommercialUse") == Some(true))
    {
        Some(&LICENSE_DROPS_NON_COMMERCIAL)
    } else {
        None
    }
}

/// The same licence, a later version of it, or one that it names as compatible.
fn is_alike(own: &Concept, base: &Concept) -> bool {
    let family = |license: &Concept| split_version(&license.notation);
    let ((own_family, own_version), (base_family, base_version)) = (family(own), family(base));
    let later = own_family == base_family && own_version >= base_version;
    // Creative Commons lists GPL 3.0 as compatible with CC BY-SA 4.0, one way.
    later || base.notation == "CC-BY-SA-4.0" && own.notation == "GPL-3.0-or-later"
}

/// `CC-BY-SA-4.0` → `CC-BY-SA` and `4.0`.
fn split_version(notation: &str) -> (String, String) {
    let (version, family): (Vec<&str>, Vec<&str>) = notation
        .split('-')
        .partition(|part| part.starts_with(|c: char| c.is_ascii_digit()));
    (family.join("-"), version.join("-"))
}
