//! A block of lines → an exercise, or what is wrong with it.

mod build;
mod entry;
mod known;

use super::lines::{Line, Setting, kind};
use super::{Exercise, Fault, FaultKind, GAP};
use entry::{Entry, Form};

/// Reads what stands between the signs of a block.
///
/// # Errors
///
/// Everything that is wrong with it, by lines of the block counted from 1.
pub fn read(label: &str, block: &str, language: &str) -> Result<Exercise, Vec<Fault>> {
    let form = form(block);
    let mut reader = Reader::new(form);
    for (number, line) in block.lines().enumerate() {
        reader.line(number + 1, line);
    }
    reader.end(label, language)
}

/// What kind of exercise it is, by its lines.
fn form(block: &str) -> Option<Form> {
    let of = |line: &str| match kind(line) {
        Line::One(..) => Some(Form::One),
        Line::Any(..) => Some(Form::Any),
        Line::Answer(..) => Some(Form::Answer),
        Line::Pair(..) => Some(Form::Pair),
        Line::Step(_) => Some(Form::Step),
        _ => None,
    };
    let forms: Vec<Form> = block.lines().filter_map(of).collect();
    let leading = |form: &&Form| matches!(form, Form::One | Form::Any | Form::Answer);
    let has = |form: Form| forms.contains(&form).then_some(form);
    let first = forms.iter().find(leading).copied();
    first
        .or_else(|| block.contains("[[").then_some(Form::Gap))
        .or_else(|| has(Form::Pair))
        .or_else(|| has(Form::Step))
}

/// What a line that goes on belongs to.
#[derive(Clone, Copy, PartialEq)]
enum Target {
    Question,
    Entry,
    Feedback,
    Hint,
    Explanation,
    Nothing,
}

struct Reader<'t> {
    form: Option<Form>,
    target: Target,
    question: Vec<&'t str>,
    entries: Vec<Entry>,
    hints: Vec<String>,
    explanation: String,
    settings: Vec<(Setting, usize, &'t str)>,
    faults: Vec<Fault>,
    last: usize,
}

impl<'t> Reader<'t> {
    fn new(form: Option<Form>) -> Self {
        Self {
            form,
            target: Target::Question,
            question: Vec::new(),
            entries: Vec::new(),
            hints: Vec::new(),
            explanation: String::new(),
            settings: Vec::new(),
            faults: Vec::new(),
            last: 1,
        }
    }

    fn line(&mut self, number: usize, raw: &'t str) {
        self.last = number;
        let line = kind(raw);
        if let Line::Setting(setting, value) = line
            && self.set(setting, number, value)
        {
            return;
        }
        match entry::of(&line, number) {
            Some((form, entry)) if Some(form) == self.form => return self.entry(entry),
            Some((form, _)) if self.target != Target::Question => return self.mixed(form, number),
            _ => {}
        }
        match (line, self.target) {
            (_, Target::Question) => self.question.push(raw),
            (Line::Blank, Target::Explanation) => self.explanation.push('\n'),
            (Line::Blank, _) => {}
            (Line::Feedback(text), Target::Entry | Target::Feedback) => self.feedback(text),
            (Line::Feedback(_), Target::Hint | Target::Nothing) => {
                self.faults.push(FaultKind::LooseFeedback.on(number));
            }
            (_, Target::Explanation) => push_line(&mut self.explanation, raw),
            (Line::Text(true, text), _) => self.go_on(text),
            _ => self.unexpected(number, raw),
        }
    }

    fn entry(&mut self, entry: Entry) {
        self.entries.push(entry);
        self.target = Target::Entry;
    }

    fn mixed(&mut self, form: Form, number: usize) {
        let own = self.form.map_or("answers", Form::sign);
        self.faults
            .push(FaultKind::Mixed(own, form.sign()).on(number));
    }

    fn unexpected(&mut self, number: usize, raw: &str) {
        let shown: String = raw.trim().chars().take(60).collect();
        self.faults.push(FaultKind::Unexpected(shown).on(number));
    }

    fn feedback(&mut self, text: &str) {
        self.target = Target::Feedback;
        if let Some(entry) = self.entries.last_mut() {
            push_line(&mut entry.feedback, text);
        }
    }

    /// An indented line belongs to what stands above it.
    fn go_on(&mut self, text: &str) {
        let entry = self.entries.last_mut();
        match (self.target, entry, self.hints.last_mut()) {
            (Target::Entry, Some(entry), _) => push_line(&mut entry.text, text),
            (Target::Feedback, Some(entry), _) => push_line(&mut entry.feedback, text),
            (Target::Hint, _, Some(hint)) => push_line(hint, text),
            _ => {}
        }
    }

    /// Takes a setting; `false` where the line is a part of the question that only looks like one.
    fn set(&mut self, setting: Setting, number: usize, value: &'t str) -> bool {
        match setting {
            Setting::Hint => {
                self.hints.push(value.to_owned());
                self.target = Target::Hint;
            }
            Setting::Explanation => {
                push_line(&mut self.explanation, value);
                self.target = Target::Explanation;
            }
            _ if self.target == Target::Question && known::value(setting, value).is_none() => {
                return false;
            }
            _ => {
                self.settings.push((setting, number, value));
                self.target = Target::Nothing;
            }
        }
        true
    }

    fn end(mut self, label: &str, language: &str) -> Result<Exercise, Vec<Fault>> {
        let question = self.question.join("\n").trim().replace(GAP, "");
        let settings = self.settings();
        let built = build::build(&build::Given {
            form: self.form,
            question: &question,
            entries: &self.entries,
            settings,
            language,
            last: self.last,
        });
        let (question, task) = match built {
            Ok(built) => built,
            Err(faults) => {
                self.faults.extend(faults);
                (question, super::Task::default())
            }
        };
        if question.trim().is_empty() {
            self.faults.push(FaultKind::NoQuestion.on(1));
        }
        if !self.faults.is_empty() {
            self.faults.sort_by_key(|fault| fault.line);
            return Err(self.faults);
        }
        Ok(Exercise {
            label: label.to_owned(),
            language: language.to_owned(),
            question,
            task,
            hints: self.hints,
            explanation: self.explanation.trim().to_owned(),
        })
    }

    fn settings(&mut self) -> known::Settings {
        let mut settings = known::Settings::default();
        for (setting, line, value) in std::mem::take(&mut self.settings) {
            match known::value(setting, value) {
                Some(known) => settings.set(setting, known),
                None => self
                    .faults
                    .push(FaultKind::Setting(value.to_owned()).on(line)),
            }
        }
        settings
    }
}

fn push_line(to: &mut String, line: &str) {
    if !to.is_empty() {
        to.push('\n');
    }
    to.push_str(line);
}
