//! What comes from the record and the request: sections 0, 1, 14 and 16.

use super::Composer;
use crate::guidance::choose::Runs;
use crate::guidance::draft::{GuidanceDraft, Item, Origin};
use crate::guidance::lesson::{plain_fields, shown};
use crate::guidance::policy::{policy, said};
use crate::{license, vocabulary};

/// Minutes of a period in schools of Viet Nam.
const PERIOD: u32 = 45;
/// With fewer sentences and tasks than these a draft says what the record lacks.
const ENOUGH: usize = 4;
/// Most outcomes that are listed.
const OUTCOMES: usize = 5;

impl Composer<'_> {
    /// §0: the label, who made it, and from what.
    pub(super) fn label(&self) -> Vec<Item> {
        let words = self.words;
        let made = match &self.request.model {
            Some(model) => words.with(
                "byEncoder",
                &[("model", &model.name), ("revision", &model.revision)],
            ),
            None if self.worder.is_some() => words.get("byRulesAndWriter"),
            None => words.get("byRules"),
        };
        let version = [self.record.id.as_str(), &self.version()].join(" · ");
        vec![
            Item {
                sources: vec!["law-ai-transparency".into()],
                ..self.plain("label", made)
            },
            self.plain("date", self.request.date.clone()),
            self.record_item("version", version.trim_matches([' ', '·']).to_owned()),
            self.plain("reviewer", words.get("noReviewer")),
            Item {
                sources: vec!["portal-draft".into()],
                ..self.plain("status", words.get("statusDraft"))
            },
            self.plain("reviewBy", a_year_later(&self.request.date)),
        ]
    }

    /// Says in §0 which items a language model chose spans of, where it did.
    pub(super) fn tell_who_worded(&self, made: &mut GuidanceDraft) {
        let Some(writer) = &self.request.writer else {
            return;
        };
        let worded = made.sections.iter().flat_map(|section| {
            let items = section.items.iter().filter(|item| item.worded);
            items.map(move |item| format!("{} ({})", section.number, item.label))
        });
        let places = worded.collect::<Vec<String>>().join(", ");
        let key = if places.is_empty() {
            "notByWriter"
        } else {
            made.writer = Some(writer.clone());
            "byWriter"
        };
        let values = [
            ("model", writer.name.as_str()),
            ("revision", writer.revision.as_str()),
            ("places", places.as_str()),
        ];
        let item = self.plain("writer", self.words.with(key, &values));
        if let Some(label) = made.sections.first_mut() {
            label.items.insert(1, item);
        }
    }

    /// §1: the lesson as the record describes it.
    pub(super) fn context(&mut self) -> Vec<Item> {
        let record = self.record;
        // The title stands in the credit line: an outcome may have its words once more, all else not.
        let title = shown(&record.name).unwrap_or_default();
        self.runs.add(std::iter::once(title.as_str()));
        let mut items = vec![
            self.record_item("subject", self.labels(&record.about)),
            self.record_item("grade", self.labels(&record.educational_level)),
            self.record_item("kind", self.labels(&record.learning_resource_type)),
        ];
        let texts: Vec<String> = items.iter().map(|item| item.text.clone()).collect();
        self.runs.add(texts.iter().map(String::as_str));
        let textbooks = self.textbooks(&title);
        items.extend(textbooks.map(|text| self.record_item("textbook", text)));
        items.push(self.record_item("outcome", self.outcomes()));
        items.push(self.record_item("periods", self.time()));
        items.extend(self.lacking().map(|text| self.plain("toAdd", text)));
        let texts: Vec<String> = items.iter().skip(3).map(|item| item.text.clone()).collect();
        self.runs.add(texts.iter().map(String::as_str));
        // What repeats the title further down would read like a formula.
        let once = || std::iter::once(title.as_str());
        // Where there is little else, what has the title's words is quoted once: a description, a question.
        if !self.is_thin() && !self.runs.would_repeat(once()) {
            self.runs.add(once());
        }
        items
    }

    /// The textbook lessons that it lines up with; of a name that repeats the title, only its number.
    fn textbooks(&self, title: &str) -> Option<String> {
        let mut titled = Runs::default();
        titled.add([title, title].into_iter());
        let aligned = self
            .record
            .educational_alignment
            .iter()
            .filter_map(|alignment| {
                let target = shown(&alignment.target_name)?;
                let target = match titled.would_repeat([target.as_str()].into_iter()) {
                    true => numbered(&target)?,
                    false => target,
                };
                let series = shown(&alignment.educational_framework);
                Some(series.map_or(target.clone(), |series| format!("{series}: {target}")))
            });
        let aligned: Vec<String> = aligned.take(3).collect();
        (!aligned.is_empty()).then(|| aligned.join("; "))
    }

    /// Whether a record has few sentences and tasks.
    fn is_thin(&self) -> bool {
        self.lesson.claims.len() + self.lesson.exercises.len() < ENOUGH
    }

    /// What the record should have for a draft that says more; nothing where there is enough to quote.
    fn lacking(&self) -> Option<String> {
        let lesson = self.lesson;
        let lacks = [
            (!lesson.has_body || lesson.claims.len() < ENOUGH, "lackText"),
            (lesson.outcomes.is_empty(), "lackOutcomes"),
            (lesson.exercises.is_empty(), "lackTasks"),
            (self.record.educational_level.is_empty(), "lackLevel"),
        ];
        let named = lacks.into_iter().filter(|(lacks, _)| *lacks);
        let named: Vec<String> = named.map(|(_, key)| self.words.get(key)).collect();
        let list = named.join("; ");
        self.is_thin()
            .then(|| self.words.with("thinRecord", &[("list", &list)]))
    }

    /// The outcomes that do not repeat what stands there already.
    fn outcomes(&self) -> String {
        let all = plain_fields(&self.record.teaches);
        let fresh = all
            .into_iter()
            .filter(|text| !self.runs.would_repeat([text.as_str()].into_iter()));
        fresh.take(OUTCOMES).collect::<Vec<_>>().join(" ")
    }

    /// §14: what the licence lets a teacher do.
    pub(super) fn rights(&self) -> Vec<Item> {
        let Some(licences) = policy().map(|policy| &policy.licences) else {
            return Vec::new();
        };
        let language = self.words.language;
        let mut items = vec![
            self.record_item("licence", self.licence.label(language).to_owned()),
            self.plain("may", said(&self.licence_rule.text, language).to_owned()),
        ];
        let permits = |fact| license::permits(self.licence, fact) == Some(true);
        if permits("permitsSharing") && !permits("permitsCommercialUse") {
            items.push(self.plain("may", said(&licences.non_commercial, language).to_owned()));
        }
        let paste = if self.licence_rule.adapt {
            "open"
        } else {
            "closed"
        };
        if let Some(text) = licences.paste_into_ai.get(paste) {
            items.push(self.plain("intoAi", said(text, language).to_owned()));
        }
        if !self.lesson.has_body {
            items.push(self.plain(
                "home",
                said(&licences.link_only_record, language).to_owned(),
            ));
        }
        items.push(self.record_item("attributionLine", self.attribution()));
        items
    }

    /// §16: eight ticks and a signature.
    pub(super) fn approval(&self) -> Vec<Item> {
        let ticks = policy().map_or(&[][..], |policy| &policy.checklist.checklist);
        let language = self.words.language;
        let mut items: Vec<Item> = ticks
            .iter()
            .map(|tick| self.plain("tick", format!("☐ {}", said(tick, language))))
            .collect();
        items.push(Item {
            sources: vec!["law-ai-human".into()],
            ..self.plain("signature", self.words.get("signatureText"))
        });
        items
    }

    fn record_item(&self, label: &str, text: String) -> Item {
        let text = if text.is_empty() {
            self.words.get("notStated")
        } else {
            text
        };
        Item {
            origin: Origin::Record,
            ..self.plain(label, text)
        }
    }

    /// Labels of known concepts.
    fn labels(&self, uris: &[String]) -> String {
        let known = uris.iter().filter_map(|uri| vocabulary::concept(uri));
        let labels: Vec<&str> = known
            .map(|concept| concept.label(self.words.language))
            .collect();
        labels.join(", ")
    }

    fn time(&self) -> String {
        let Some(minutes) = self.record.time_required.as_deref().and_then(minutes) else {
            return String::new();
        };
        let school = self.audience.youngest >= 11 && self.audience.band.id.contains("secondary");
        let periods = minutes / PERIOD;
        let key = match periods {
            _ if !school || minutes % PERIOD != 0 => "minutes",
            1 => "periodOf",
            _ => "periodsOf",
        };
        let periods = periods.to_string();
        self.words
            .with(key, &[("n", &minutes.to_string()), ("p", &periods)])
    }

    /// Title, makers, licence and address, as a credit line has them.
    fn attribution(&self) -> String {
        let record = self.record;
        let makers = record
            .creator
            .iter()
            .chain(&record.publisher)
            .filter_map(|agent| shown(&agent.name));
        let makers: Vec<String> = makers.take(4).collect();
        let licence = self.licence.label(self.words.language).to_owned();
        let address = record
            .url
            .as_deref()
            .filter(|url| url.starts_with("http"))
            .and_then(shown);
        let parts = [
            shown(&record.name),
            Some(makers.join(", ")),
            Some(licence),
            address,
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect();
        parts.join(". ")
    }
}

/// The number alone of a lesson's name: “Vật lí 10, Bài 15. Định luật…” → “Bài 15”.
fn numbered(name: &str) -> Option<String> {
    let words = ["Bài ", "Lesson ", "Leçon ", "Unit ", "Chủ đề "];
    let (start, length) = words
        .into_iter()
        .find_map(|word| Some((name.find(word)?, word.len())))?;
    let digits = name[start + length..]
        .chars()
        .take_while(char::is_ascii_digit)
        .count();
    (digits > 0).then(|| name[start..start + length + digits].to_owned())
}

/// Minutes of an ISO 8601 duration such as `PT1H30M`.
fn minutes(duration: &str) -> Option<u32> {
    let (mut total, mut number) = (0u32, String::new());
    for letter in duration.strip_prefix("PT")?.chars() {
        if letter.is_ascii_digit() {
            number.push(letter);
            continue;
        }
        let value: u32 = number.parse().ok()?;
        number.clear();
        total = total.checked_add(match letter {
            'H' => value.checked_mul(60)?,
            'M' => value,
            'S' => 0,
            _ => return None,
        })?;
    }
    Some(total).filter(|minutes| *minutes > 0)
}

/// The same day of the next year; the 28th for the 29th of February.
fn a_year_later(date: &str) -> String {
    let Some((year, rest)) = date.split_once('-') else {
        return String::new();
    };
    let rest = if rest == "02-29" { "02-28" } else { rest };
    year.parse::<u32>()
        .map_or_else(|_| String::new(), |year| format!("{}-{rest}", year + 1))
}

#[cfg(test)]
mod tests {
    use super::{a_year_later, minutes};

    #[test]
    fn times_are_read() {
        assert_eq!(minutes("PT1H30M"), Some(90));
        assert_eq!(minutes("PT45M"), Some(45));
        assert_eq!(minutes("45"), None);
        assert_eq!(minutes("PT99999999999M"), None);
        assert_eq!(a_year_later("2028-02-29"), "2029-02-28");
    }
}
