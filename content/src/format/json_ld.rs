//! JSON-LD: the AMB profile and schema.org.

mod amb;
mod reading;
mod shapes;
mod vocabularies;
mod writing;

pub use amb::judge_amb;
pub use reading::{from_json_ld, read};
pub use writing::{to_json_ld, to_schema_org};

pub(super) use reading::from_object;

/// Address of the AMB context, which every AMB record names.
const CONTEXT: &str = "https://w3id.org/kim/amb/context.jsonld";
/// Prefix of the properties for which AMB and schema.org have no place.
const OWN_PREFIX: &str = "khue:";
/// What the prefix stands for.
const OWN_TERMS: &str = "https://w3id.org/khue/terms/";
