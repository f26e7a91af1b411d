//! Formulas that cannot be read: delimiters, braces, environments, MathML tags.

use super::{Finding, MALFORMED_MATHML, UNBALANCED_MATH};
use crate::{BodyFormat, LearningResource};

mod mathml;
mod tex;

pub(super) fn judge(record: &LearningResource, findings: &mut Vec<Finding>) {
    let Some(body) = &record.body else { return };
    let broken = match body.format {
        BodyFormat::Markdown => tex::first_broken(&body.text),
        _ => None,
    };
    findings.extend(broken.map(|place| UNBALANCED_MATH.on("body", place)));
    let broken = match body.format {
        BodyFormat::Plain => None,
        _ => mathml::first_broken(&body.text),
    };
    findings.extend(broken.map(|place| MALFORMED_MATHML.on("body", place)));
}
