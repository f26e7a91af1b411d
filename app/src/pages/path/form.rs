//! The form of a path read back, and what its buttons do to the steps.

use khue_content::path::{Path, STEPS, Step};

use crate::pages::account::{Fields, value};

/// What a button does.
pub enum Act<'f> {
    /// Keeps the draft.
    Save,
    /// Looks for resources; the draft is kept.
    Find,
    /// A resource becomes the last step.
    Add(&'f str),
    /// A step, by its number in the form, goes up, down or out.
    Up(usize),
    Down(usize),
    Remove(usize),
    /// Everybody sees it.
    Publish,
    /// Nobody else sees it any more.
    Withdraw,
    /// It is gone.
    Delete,
}

impl<'f> Act<'f> {
    /// What was pressed.
    pub fn of(fields: &'f Fields) -> Self {
        let pressed = value(fields, "do");
        let (what, rest) = pressed.split_once(':').unwrap_or((pressed, ""));
        let number = rest.parse().ok();
        match (what, number) {
            ("find", _) => Self::Find,
            ("add", _) if !rest.is_empty() => Self::Add(rest),
            ("up", Some(number)) => Self::Up(number),
            ("down", Some(number)) => Self::Down(number),
            ("remove", Some(number)) => Self::Remove(number),
            ("publish", _) => Self::Publish,
            ("withdraw", _) => Self::Withdraw,
            ("delete", _) => Self::Delete,
            _ => Self::Save,
        }
    }

    /// Whether it changes which steps there are, or their order.
    pub fn is_about_steps(&self) -> bool {
        matches!(
            self,
            Self::Find | Self::Add(_) | Self::Up(_) | Self::Down(_) | Self::Remove(_)
        )
    }
}

/// The path as the form says, with its steps as a button leaves them. Names of resources are those that are known.
pub fn read(fields: &Fields, before: &Path, act: &Act) -> Path {
    let numbers = moved(order(fields, before.steps.len().max(1)), act);
    Path {
        id: before.id.clone(),
        name: line(fields, "name"),
        description: value(fields, "description").trim().to_owned(),
        in_language: line(fields, "inLanguage"),
        educational_level: line(fields, "educationalLevel"),
        teaches: lines(value(fields, "teaches")),
        competency_required: lines(value(fields, "competencyRequired")),
        without_quiz: value(fields, "quiz") != "1",
        steps: numbers
            .into_iter()
            .filter_map(|number| step(fields, before, number))
            .collect(),
    }
}

fn line(fields: &Fields, name: &str) -> String {
    value(fields, name)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

/// The numbers of the steps in the order of the form: a script may have changed it, then `order` says how.
fn order(fields: &Fields, most: usize) -> Vec<usize> {
    let known = (0..most.min(STEPS))
        .filter(|number| !value(fields, &format!("resource-{number}")).is_empty());
    let known: Vec<usize> = known.collect();
    let mut order: Vec<usize> = Vec::with_capacity(known.len());
    let said = value(fields, "order")
        .split(',')
        .filter_map(|number| number.parse().ok());
    for number in said.chain(known.iter().copied()) {
        if known.contains(&number) && !order.contains(&number) {
            order.push(number);
        }
    }
    order
}

fn moved(mut numbers: Vec<usize>, act: &Act) -> Vec<usize> {
    let place = |wanted: &usize| numbers.iter().position(|number| number == wanted);
    match act {
        Act::Up(number) => {
            if let Some(at) = place(number).filter(|at| *at > 0) {
                numbers.swap(at, at - 1);
            }
        }
        Act::Down(number) => {
            if let Some(at) = place(number).filter(|at| at + 1 < numbers.len()) {
                numbers.swap(at, at + 1);
            }
        }
        Act::Remove(number) => numbers.retain(|known| known != number),
        _ => {}
    }
    numbers
}

fn step(fields: &Fields, before: &Path, number: usize) -> Option<Step> {
    let own = |name: &str| format!("{name}-{number}");
    let resource = value(fields, &own("resource"));
    // Only what was put in can be there.
    let known = before.steps.iter().find(|step| step.resource == resource)?;
    Some(Step {
        resource: resource.to_owned(),
        name: known.name.clone(),
        time_required: line(fields, &own("minutes")).parse().unwrap_or_default(),
        description: value(fields, &own("description")).trim().to_owned(),
        optional: value(fields, &own("optional")) == "1",
        section: line(fields, &own("section")),
        choice: line(fields, &own("choice")),
    })
}
