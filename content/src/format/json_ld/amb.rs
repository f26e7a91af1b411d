//! Judges a JSON-LD document by the AMB profile.

use super::CONTEXT;
use super::shapes::{RECORD, Shape, TYPES};
use crate::check::dates::{is_date, is_duration};
use crate::check::values::{is_media_type, is_sha256, is_uri};
use crate::check::{AMB_MISSING, AMB_WRONG_SHAPE, AMB_WRONG_VALUE, Finding, Rule};
use crate::language::is_two_letter_code;
use serde_json::Value;

/// What a document lacks to be valid by the AMB profile of 2023-10-19; empty
/// where it is valid. The detail of a finding is the place in the document.
///
/// ```
/// use khue_content::format::json_ld::judge_amb;
/// let found = judge_amb(&serde_json::json!({"id": "https://example.org/1", "name": "Lực"}));
/// assert!(found.iter().any(|finding| finding.property == "@context"));
/// ```
pub fn judge_amb(document: &Value) -> Vec<Finding> {
    let mut judge = Judge::default();
    judge.context(document.get("@context"));
    judge.value(document, &RECORD);
    judge.findings
}

#[derive(Default)]
struct Judge {
    /// Keys and places on the way to the value at hand.
    path: Vec<String>,
    findings: Vec<Finding>,
}

impl Judge {
    fn say(&mut self, rule: &Rule) {
        let property = self.path.first().map_or("record", String::as_str);
        self.findings.push(rule.on(property, &self.path.join(".")));
    }

    fn below(&mut self, key: impl ToString, judge: impl FnOnce(&mut Self)) {
        self.path.push(key.to_string());
        judge(self);
        self.path.pop();
    }

    /// A list with the profile's context and an object that names a language.
    fn context(&mut self, context: Option<&Value>) {
        self.below("@context", |judge| {
            let Some(context) = context else {
                return judge.say(&AMB_MISSING);
            };
            let Some(list) = context.as_array() else {
                return judge.say(&AMB_WRONG_SHAPE);
            };
            let language = |entry: &Value| {
                entry
                    .get("@language")
                    .and_then(Value::as_str)
                    .is_some_and(is_two_letter_code)
            };
            if !list.iter().any(|entry| entry == CONTEXT) || !list.iter().any(language) {
                judge.say(&AMB_WRONG_VALUE);
            }
        });
    }

    fn value(&mut self, value: &Value, shape: &Shape) {
        match shape {
            Shape::List(each) => self.list(value, each),
            Shape::ListWith(each, one) => {
                self.list(value, each);
                if let Some(list) = value.as_array()
                    && !list.iter().any(|item| fits(item, one))
                {
                    self.say(&AMB_WRONG_VALUE);
                }
            }
            Shape::Object(..) => self.object(value, shape),
            Shape::Localized => self.localized(value),
            Shape::Flag if value.is_boolean() => {}
            _ => match value.as_str() {
                Some(text) if is_written(text, shape) => {}
                Some(_) => self.say(&AMB_WRONG_VALUE),
                None => self.say(&AMB_WRONG_SHAPE),
            },
        }
    }

    fn list(&mut self, value: &Value, each: &Shape) {
        match value.as_array() {
            Some(list) => list
                .iter()
                .enumerate()
                .for_each(|(place, item)| self.below(place, |judge| judge.value(item, each))),
            None => self.say(&AMB_WRONG_SHAPE),
        }
    }

    fn object(&mut self, value: &Value, shape: &Shape) {
        let (Some(object), Shape::Object(keys, needed, one_of)) = (value.as_object(), shape) else {
            return self.say(&AMB_WRONG_SHAPE);
        };
        for (key, shape) in *keys {
            if let Some(value) = object.get(*key) {
                self.below(key, |judge| judge.value(value, shape));
            }
        }
        let missing = needed.iter().filter(|key| !object.contains_key(**key));
        missing.for_each(|key| self.below(key, |judge| judge.say(&AMB_MISSING)));
        if !one_of.is_empty() && !one_of.iter().any(|key| object.contains_key(*key)) {
            self.below(one_of.join(" or "), |judge| judge.say(&AMB_MISSING));
        }
    }

    /// Labels by language; keys that are no language code are not looked at.
    fn localized(&mut self, value: &Value) {
        let Some(labels) = value.as_object() else {
            return self.say(&AMB_WRONG_SHAPE);
        };
        for (language, label) in labels {
            if is_two_letter_code(language) && !label.is_string() {
                self.below(language, |judge| judge.say(&AMB_WRONG_SHAPE));
            }
        }
    }
}

/// Whether a value has a shape, without saying what is wrong.
fn fits(value: &Value, shape: &Shape) -> bool {
    let mut judge = Judge::default();
    judge.value(value, shape);
    judge.findings.is_empty()
}

/// Whether a text is written as its shape asks.
fn is_written(text: &str, shape: &Shape) -> bool {
    match shape {
        Shape::Text => true,
        Shape::Uri => is_uri(text),
        Shape::UriIn(starts) => is_uri(text) && starts.iter().any(|start| begins(text, start)),
        Shape::Word(words) => words.contains(&text),
        Shape::Type => TYPES.split(' ').any(|known| known == text),
        Shape::Date => is_whole_date(text),
        Shape::Duration => is_duration(text),
        Shape::Language => is_two_letter_code(text),
        Shape::Digits => !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()),
        Shape::MediaType => is_media_type(text),
        Shape::Sha256 => is_sha256(text),
        _ => false,
    }
}

/// A beginning that starts with `://` takes both `http` and `https`.
pub(super) fn begins(uri: &str, start: &str) -> bool {
    match start.starts_with("://") {
        true => uri
            .strip_prefix("http")
            .is_some_and(|rest| rest.strip_prefix('s').unwrap_or(rest).starts_with(start)),
        false => uri.starts_with(start),
    }
}

/// Unlike our own records the profile takes no year or month alone.
pub(super) fn is_whole_date(text: &str) -> bool {
    text.len() >= "2026-09-05".len() && is_date(text)
}
