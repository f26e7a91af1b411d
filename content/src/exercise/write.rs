//! An exercise written as a block of a lesson.

use super::number::Decimal;
use super::{Choice, Exercise, GAP, Gap, NumberAnswer, NumberKey, Task, TextKey};

/// Writes an exercise as Markdown; [`super::find`] reads the same exercise from it.
pub fn write(exercise: &Exercise) -> String {
    let words = Words::of(&exercise.language);
    let fence = "`".repeat(longest_run(exercise).max(2) + 1);
    let mut out = format!("{fence}{}", words.name);
    if !exercise.label.is_empty() {
        out.push_str(&format!(" {}", exercise.label));
    }
    out.push('\n');
    out.push_str(&question(exercise));
    out.push_str("\n\n");
    task(exercise, &words, &mut out);
    for hint in &exercise.hints {
        out.push_str(&format!("{}: {}\n", words.hint, indented(hint)));
    }
    if !exercise.explanation.is_empty() {
        out.push_str(&format!(
            "{}: {}\n",
            words.explanation, exercise.explanation
        ));
    }
    let body = out.trim_end();
    format!("{body}\n{fence}\n")
}

/// The names of settings in a language.
struct Words {
    name: &'static str,
    hint: &'static str,
    explanation: &'static str,
    marks: &'static str,
    case: &'static str,
    unit: &'static str,
}

impl Words {
    fn of(language: &str) -> Self {
        match language.split(['-', '_']).next() {
            Some("en") => Self {
                name: "exercise",
                hint: "hint",
                explanation: "explanation",
                marks: "marks: ignore",
                case: "case: matter",
                unit: "unit: required",
            },
            Some("fr") => Self {
                name: "exercice",
                hint: "indice",
                explanation: "explication",
                marks: "accents: ignorer",
                case: "majuscules: compter",
                unit: "unité: obligatoire",
            },
            _ => Self {
                name: "bài tập",
                hint: "gợi ý",
                explanation: "lời giải",
                marks: "dấu: bỏ qua",
                case: "chữ hoa: phân biệt",
                unit: "đơn vị: bắt buộc",
            },
        }
    }
}

/// The longest run of backticks in its texts, which the fence must exceed.
fn longest_run(exercise: &Exercise) -> usize {
    let texts = format!("{exercise:?}");
    texts
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default()
}

fn question(exercise: &Exercise) -> String {
    let Task::Gaps(gaps) = &exercise.task else {
        return exercise.question.clone();
    };
    let mut pieces = exercise.question.split(GAP);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for (piece, gap) in pieces.zip(gaps) {
        out.push_str(&format!("[[{}]]", gap_text(gap, &exercise.language)));
        out.push_str(piece);
    }
    out
}

fn gap_text(gap: &Gap, language: &str) -> String {
    let right = |choices: &[Choice]| {
        let right = choices.iter().filter(|choice| choice.right);
        right
            .map(|choice| choice.text.clone())
            .collect::<Vec<_>>()
            .join(" | ")
    };
    match gap {
        Gap::Text(key) => right(&key.answers),
        Gap::Choice(choices) => {
            let one = |choice: &Choice| format!("({}) {}", mark(choice.right), choice.text);
            choices.iter().map(one).collect::<Vec<_>>().join(" | ")
        }
        Gap::Number(key) => {
            let right = key.answers.iter().filter(|answer| answer.right);
            let one = |answer: &NumberAnswer| format!("= {}", number(answer, language));
            right.map(one).collect::<Vec<_>>().join(" | ")
        }
    }
}

fn mark(right: bool) -> char {
    if right { 'x' } else { ' ' }
}

fn task(exercise: &Exercise, words: &Words, out: &mut String) {
    match &exercise.task {
        Task::Single(choices) => list(choices, ('(', ')'), out),
        Task::Multiple(choices) => list(choices, ('[', ']'), out),
        Task::Number(key) => numbers(key, words, &exercise.language, out),
        Task::Text(key) => texts(key, words, out),
        Task::Ordering(items) => {
            for (at, item) in items.iter().enumerate() {
                out.push_str(&format!("{}. {}\n", at + 1, indented(item)));
            }
        }
        Task::Matching { pairs, others } => {
            for pair in pairs {
                out.push_str(&format!("- {} → {}\n", pair.left, pair.right));
                feedback(&pair.feedback, out);
            }
            others
                .iter()
                .for_each(|other| out.push_str(&format!("- → {other}\n")));
        }
        Task::Gaps(gaps) => gap_settings(gaps, words, out),
    }
}

fn list(choices: &[Choice], (open, close): (char, char), out: &mut String) {
    for choice in choices {
        let mark = mark(choice.right);
        out.push_str(&format!(
            "- {open}{mark}{close} {}\n",
            indented(&choice.text)
        ));
        feedback(&choice.feedback, out);
    }
}

fn numbers(key: &NumberKey, words: &Words, language: &str, out: &mut String) {
    for answer in &key.answers {
        let sign = if answer.right { '=' } else { '~' };
        out.push_str(&format!("{sign} {}\n", number(answer, language)));
        feedback(&answer.feedback, out);
    }
    if key.unit_required {
        out.push_str(&format!("{}\n", words.unit));
    }
}

fn texts(key: &TextKey, words: &Words, out: &mut String) {
    for answer in &key.answers {
        let sign = if answer.right { '=' } else { '~' };
        out.push_str(&format!("{sign} \"{}\"\n", answer.text));
        feedback(&answer.feedback, out);
    }
    settings(key, words, out);
}

fn settings(key: &TextKey, words: &Words, out: &mut String) {
    if key.marks_ignored {
        out.push_str(&format!("{}\n", words.marks));
    }
    if key.case_matters {
        out.push_str(&format!("{}\n", words.case));
    }
}

fn gap_settings(gaps: &[Gap], words: &Words, out: &mut String) {
    let any = |wanted: fn(&TextKey) -> bool| {
        let is = |gap: &Gap| matches!(gap, Gap::Text(key) if wanted(key));
        gaps.iter().any(is)
    };
    let key = TextKey {
        case_matters: any(|key| key.case_matters),
        marks_ignored: any(|key| key.marks_ignored),
        ..TextKey::default()
    };
    settings(&key, words, out);
    let unit = |gap: &Gap| matches!(gap, Gap::Number(key) if key.unit_required);
    if gaps.iter().any(unit) {
        out.push_str(&format!("{}\n", words.unit));
    }
}

fn number(answer: &NumberAnswer, language: &str) -> String {
    let plain = |value: f64| {
        let text = format!("{value}");
        match Decimal::of(language) {
            Decimal::Comma => text.replace('.', ","),
            Decimal::Point => text,
        }
    };
    let mut text = plain(answer.value);
    if answer.tolerance > 0.0 {
        text.push_str(&format!(" ± {}", plain(answer.tolerance)));
    }
    if !answer.unit.is_empty() {
        text.push_str(&format!(" {}", answer.unit));
    }
    text
}

fn feedback(text: &str, out: &mut String) {
    for line in text.lines() {
        out.push_str(&format!("  > {line}\n"));
    }
}

/// Further lines stand below the first.
fn indented(text: &str) -> String {
    text.lines().collect::<Vec<_>>().join("\n  ")
}
