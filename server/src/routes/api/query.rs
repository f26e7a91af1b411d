//! Parameters: what is known, what is wrong, what is passed over.

use crate::error::Problem;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use khue_app::Language;

/// Longest text that can be searched for, in characters.
pub(super) const LONGEST: usize = 500;

/// The part of an address after `?`, taken apart.
pub(super) struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    pub(super) fn new(raw: Option<&str>) -> Self {
        Self {
            pairs: form_urlencoded::parse(raw.unwrap_or_default().as_bytes())
                .into_owned()
                .collect(),
        }
    }

    /// All values of a parameter that are not empty.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let of_name = self.pairs.iter().filter(move |(known, _)| known == name);
        of_name
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// The last value of a parameter.
    pub(super) fn one<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).last()
    }

    /// A text of bearable length.
    pub(super) fn text(&self, name: &str) -> Result<&str, Problem> {
        let text = self
            .pairs
            .iter()
            .rev()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value.as_str());
        match text.chars().count() {
            length if length > LONGEST => Err(Problem::parameter(
                name,
                text,
                &format!("at most {LONGEST} characters long"),
            )),
            _ => Ok(text),
        }
    }

    /// A number within bounds.
    pub(super) fn number(&self, name: &str, default: usize, most: usize) -> Result<usize, Problem> {
        let Some(text) = self.one(name) else {
            return Ok(default);
        };
        let number = text
            .parse()
            .ok()
            .filter(|number| (1..=most).contains(number));
        number.ok_or_else(|| {
            Problem::parameter(name, text, &format!("a whole number from 1 to {most}"))
        })
    }

    /// A switch.
    pub(super) fn flag(&self, name: &str) -> Result<bool, Problem> {
        match self.one(name) {
            None | Some("0" | "false" | "off") => Ok(false),
            Some("1" | "true" | "on") => Ok(true),
            Some(other) => Err(Problem::parameter(name, other, "1 or 0")),
        }
    }

    /// A year, month or day, ISO 8601.
    pub(super) fn day(&self, name: &str) -> Result<Option<String>, Problem> {
        match self.one(name) {
            Some(text) if !is_day(text) => Err(Problem::parameter(
                name,
                text,
                "a day such as 2026-09-05, or a month 2026-09, or a year 2026",
            )),
            found => Ok(found.map(str::to_owned)),
        }
    }

    /// The language of labels: as asked for, else as the browser likes best.
    pub(super) fn language(&self, headers: &HeaderMap) -> Result<Language, Problem> {
        match self.one("lang") {
            Some(code) => Language::from_code(code)
                .ok_or_else(|| Problem::parameter("lang", code, "vi, en or fr")),
            None => {
                let liked = headers
                    .get(ACCEPT_LANGUAGE)
                    .and_then(|header| header.to_str().ok());
                Ok(liked.and_then(Language::preferred).unwrap_or_default())
            }
        }
    }

    /// What to say about parameters that are not among the known ones.
    pub(super) fn warnings(&self, known: &[&str]) -> Vec<String> {
        let unknown = self
            .pairs
            .iter()
            .map(|(name, _)| name.as_str())
            .filter(|name| !name.is_empty() && !known.contains(name));
        let mut warnings: Vec<String> = unknown.take(20).map(|name| warning(name, known)).collect();
        warnings.dedup();
        warnings
    }
}

fn warning(name: &str, known: &[&str]) -> String {
    let shown: String = name.chars().take(40).collect();
    let nearest = known
        .iter()
        .max_by(|a, b| likeness(name, a).total_cmp(&likeness(name, b)));
    match nearest.filter(|nearest| likeness(name, nearest) > 0.75) {
        Some(nearest) => format!(
            "the parameter `{shown}` is not known and was passed over; did you mean `{nearest}`?"
        ),
        None => format!(
            "the parameter `{shown}` is not known and was passed over; known are {}",
            known.join(", ")
        ),
    }
}

fn likeness(one: &str, other: &str) -> f64 {
    strsim::jaro_winkler(&one.to_lowercase(), &other.to_lowercase())
}

fn is_day(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut part = |length: usize, most: u32| match parts.next() {
        None => true,
        Some(part) => {
            let digits = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
            digits
                && part
                    .parse()
                    .is_ok_and(|number: u32| (1..=most).contains(&number))
        }
    };
    !text.is_empty() && part(4, 9999) && part(2, 12) && part(2, 31) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::is_day;

    #[test]
    fn days_months_and_years() {
        assert!(is_day("2026") && is_day("2026-09") && is_day("2026-09-05"));
        for wrong in [
            "",
            "26",
            "2026-13",
            "2026-00",
            "2026-9-5",
            "2026-09-32",
            "2026-09-05-01",
            "x",
            "2026-",
            "+026",
        ] {
            assert!(!is_day(wrong), "{wrong}");
        }
    }
}
