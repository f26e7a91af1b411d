//! QTI 3 assessment items.
//!
//! Format: 1EdTech, *Question & Test Interoperability (QTI) 3.0: Assessment, Section and Item Information Model*.

use super::markup::{Piece, markdown, pieces};
use super::{Imported, words};
use crate::exercise::{Choice, Exercise, GAP, Gap, NumberAnswer, NumberKey, Pair, Task};
use crate::format::cnxml::xml::{Element, parse};

/// Reads an item, or all items of a file. `language` is used where an item names none.
pub fn from_qti(xml: &str, language: &str) -> Imported {
    let mut imported = Imported::default();
    let (root, problems) = parse(xml);
    for problem in problems {
        imported.leave_out(&format!("line {}", problem.line), problem.reason);
    }
    let mut items = Vec::new();
    root.walk(&mut |element| {
        if element.name == "qti-assessment-item" {
            items.push(element);
        }
    });
    if items.is_empty() {
        imported.leave_out("file", "no qti-assessment-item in it; is it QTI 3?");
    }
    for item in items {
        read_item(&mut imported, item, language);
    }
    imported
}

/// What an item declares as right, by the name of the response.
struct Item<'e> {
    declarations: Vec<&'e Element>,
    feedback: Vec<&'e Element>,
}

impl<'e> Item<'e> {
    fn declaration(&self, interaction: &Element) -> Option<&'e Element> {
        let name = interaction.attribute("response-identifier")?;
        let mut all = self.declarations.iter();
        all.find(|own| own.attribute("identifier") == Some(name))
            .copied()
    }

    /// The right values, in order.
    fn right(&self, interaction: &Element) -> Vec<String> {
        let correct = self
            .declaration(interaction)
            .and_then(|own| own.child("qti-correct-response"));
        let values = correct.into_iter().flat_map(Element::elements);
        values
            .map(Element::text)
            .filter(|value| !value.is_empty())
            .collect()
    }

    fn is_number(&self, interaction: &Element) -> bool {
        let kind = self
            .declaration(interaction)
            .and_then(|own| own.attribute("base-type"));
        matches!(kind, Some("float" | "integer"))
    }
}

fn read_item(imported: &mut Imported, element: &Element, language: &str) {
    let title = element
        .attribute("title")
        .or(element.attribute("identifier"))
        .unwrap_or("item");
    let place = title.to_owned();
    let Some(body) = element.child("qti-item-body") else {
        return imported.leave_out(&place, "no qti-item-body; left out");
    };
    let named = |name: &str| {
        element
            .elements()
            .filter(|own| own.name == name)
            .collect::<Vec<_>>()
    };
    let item = Item {
        declarations: named("qti-response-declaration"),
        feedback: named("qti-modal-feedback"),
    };
    let interactions = interactions(body);
    let language = element.attribute("lang").unwrap_or(language);
    let made = match interactions.as_slice() {
        [] => Err("no question in it".to_owned()),
        [one] if one.name == "qti-choice-interaction" => {
            choice(&item, one).map(|task| (around(body, one), task))
        }
        [one] if one.name == "qti-order-interaction" => {
            order(&item, one).map(|task| (around(body, one), task))
        }
        [one] if one.name == "qti-match-interaction" => {
            pairs(&item, one).map(|task| (around(body, one), task))
        }
        [one] if one.name == "qti-text-entry-interaction" && is_last(body, one) => {
            typed(&item, one).map(|task| (around(body, one), task))
        }
        all if all.iter().all(|one| is_inline(one)) => gaps(&item, body),
        [one] => Err(format!("{} has no equal here", one.name)),
        _ => Err("several questions in one item".to_owned()),
    };
    match made {
        Ok((question, task)) if !question.trim().is_empty() => {
            let feedback = item.feedback.first().map(|own| markdown(own));
            let exercise = Exercise {
                language: language.split('-').next().unwrap_or(language).to_owned(),
                question: question.trim().to_owned(),
                task,
                explanation: feedback.unwrap_or_default(),
                ..Exercise::default()
            };
            imported.add(&place, exercise);
        }
        Ok(_) => return imported.leave_out(&place, "no words of a question; left out"),
        Err(why) => return imported.leave_out(&place, format!("{why}; left out")),
    }
    report_details(imported, &place, element, &item);
}

/// What was taken in another way than it was meant.
fn report_details(imported: &mut Imported, place: &str, element: &Element, item: &Item) {
    if element.find("qti-mapping").is_some() {
        imported.leave_out(place, "points for each answer (qti-mapping); right and wrong were taken from the right answers");
    }
    if item.feedback.len() > 1 {
        imported.leave_out(
            place,
            "several texts of feedback; the first became the explanation",
        );
    }
    for name in ["img", "object", "audio", "video"] {
        if element.find(name).is_some() {
            imported.leave_out(
                place,
                format!("{name}: of files only their description was taken"),
            );
        }
    }
}

fn interactions(body: &Element) -> Vec<&Element> {
    let mut all = Vec::new();
    body.walk(&mut |element| {
        if element.name.ends_with("-interaction") {
            all.push(element);
        }
    });
    all
}

fn is_inline(element: &Element) -> bool {
    matches!(
        element.name.as_str(),
        "qti-text-entry-interaction" | "qti-inline-choice-interaction"
    )
}

/// The words around an interaction, and its prompt.
fn around(body: &Element, interaction: &Element) -> String {
    let mut text = String::new();
    for piece in pieces(body, &|own| std::ptr::eq(own, interaction)) {
        if let Piece::Text(words) = piece {
            text.push_str(&words);
        }
    }
    let prompt = interaction
        .child("qti-prompt")
        .map(markdown)
        .unwrap_or_default();
    format!("{}\n\n{prompt}", text.trim())
}

/// Whether nothing but the field follows the question: then it needs no gap.
fn is_last(body: &Element, interaction: &Element) -> bool {
    let all = pieces(body, &|own| std::ptr::eq(own, interaction));
    let place = all
        .iter()
        .position(|piece| matches!(piece, Piece::Special(_)));
    let behind = &all[place.map_or(all.len(), |place| place + 1)..];
    behind
        .iter()
        .all(|piece| matches!(piece, Piece::Text(text) if text.trim().is_empty()))
}

/// The choices of an element, right ones marked.
fn choices(item: &Item, interaction: &Element, name: &str) -> Vec<Choice> {
    let right = item.right(interaction);
    let own = interaction.elements().filter(|own| own.name == name);
    let choice = |own: &Element| {
        let id = own.attribute("identifier").unwrap_or_default();
        let feedback = own.find("qti-feedback-inline");
        let text: String = pieces(own, &|inner| inner.name == "qti-feedback-inline")
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Text(text) => Some(text),
                Piece::Special(_) => None,
            })
            .collect();
        Choice {
            text: text.trim().to_owned(),
            right: right.iter().any(|value| value == id),
            feedback: feedback.map(markdown).unwrap_or_default(),
        }
    };
    own.map(choice).collect()
}

fn choice(item: &Item, interaction: &Element) -> Result<Task, String> {
    let choices = choices(item, interaction, "qti-simple-choice");
    let right = choices.iter().filter(|choice| choice.right).count();
    match (interaction.attribute("max-choices").unwrap_or("1"), right) {
        (_, 0) => Err("no right choice is declared".to_owned()),
        ("1", 1) => Ok(Task::Single(choices)),
        ("1", many) => Err(format!("{many} right choices where one may be taken")),
        _ => Ok(Task::Multiple(choices)),
    }
}

fn order(item: &Item, interaction: &Element) -> Result<Task, String> {
    let right = item.right(interaction);
    let text = |id: &String| {
        let mut own = interaction
            .elements()
            .filter(|own| own.name == "qti-simple-choice");
        own.find(|own| own.attribute("identifier") == Some(id))
            .map(markdown)
    };
    let items: Vec<String> = right.iter().filter_map(text).collect();
    match items.len() {
        0 | 1 => Err("no right order is declared".to_owned()),
        _ => Ok(Task::Ordering(items)),
    }
}

fn pairs(item: &Item, interaction: &Element) -> Result<Task, String> {
    let mut choices = Vec::new();
    interaction.walk(&mut |own| {
        if own.name == "qti-simple-associable-choice" {
            choices.push((
                own.attribute("identifier").unwrap_or_default().to_owned(),
                markdown(own),
            ));
        }
    });
    let text = |id: &str| {
        choices
            .iter()
            .find(|(own, _)| own == id)
            .map(|(_, text)| text.clone())
    };
    let pair = |value: &String| {
        let (left, right) = value.split_once(' ')?;
        Some(Pair {
            left: text(left)?,
            right: text(right.trim())?,
            feedback: String::new(),
        })
    };
    let pairs: Vec<Pair> = item.right(interaction).iter().filter_map(pair).collect();
    let used = |text: &String| {
        pairs
            .iter()
            .any(|pair| pair.left == *text || pair.right == *text)
    };
    let others = choices
        .iter()
        .map(|(_, text)| text.clone())
        .filter(|text| !used(text))
        .collect();
    match pairs.len() {
        0 | 1 => Err("no right pairs are declared".to_owned()),
        _ => Ok(Task::Matching { pairs, others }),
    }
}

fn typed(item: &Item, interaction: &Element) -> Result<Task, String> {
    let right = item.right(interaction);
    if right.is_empty() {
        return Err("no right answer is declared, so nothing can be scored".to_owned());
    }
    if item.is_number(interaction) {
        let number = |value: &String| {
            let value = value.trim().parse::<f64>().ok()?;
            Some(NumberAnswer {
                value,
                right: true,
                ..NumberAnswer::default()
            })
        };
        let answers: Vec<NumberAnswer> = right.iter().filter_map(number).collect();
        if answers.is_empty() {
            return Err("its right answer is no number".to_owned());
        }
        return Ok(Task::Number(NumberKey {
            answers,
            unit_required: false,
        }));
    }
    let choice = |text: String| Choice {
        text,
        right: true,
        feedback: String::new(),
    };
    Ok(words(right.into_iter().map(choice).collect(), false))
}

fn gaps(item: &Item, body: &Element) -> Result<(String, Task), String> {
    let mut question = String::new();
    let mut gaps = Vec::new();
    for piece in pieces(body, &is_inline) {
        match piece {
            Piece::Text(text) => question.push_str(&text),
            Piece::Special(own) => {
                gaps.push(gap(item, own)?);
                question.push(GAP);
            }
        }
    }
    Ok((question, Task::Gaps(gaps)))
}

fn gap(item: &Item, interaction: &Element) -> Result<Gap, String> {
    if interaction.name == "qti-inline-choice-interaction" {
        let choices = choices(item, interaction, "qti-inline-choice");
        return match choices.iter().filter(|choice| choice.right).count() {
            1 => Ok(Gap::Choice(choices)),
            _ => Err("a list in a gap without one right choice".to_owned()),
        };
    }
    match typed(item, interaction)? {
        Task::Number(key) => Ok(Gap::Number(key)),
        Task::Text(key) => Ok(Gap::Text(key)),
        _ => Err("a gap of an unknown kind".to_owned()),
    }
}
