//! Tasks and questions that a resource sets.

use super::claims::STAGES;
use super::role::Role;
use super::sentences::sentences;
use super::{Exercise, LONGEST, Read, Source, may_be_quoted};
use crate::render::BlockKind;
use std::collections::HashSet;

/// Verbs with which tasks begin.
const TASKS: &[&str] = &[
    "tính",
    "tìm",
    "giải",
    "viết",
    "nêu",
    "kể",
    "so sánh",
    "chứng minh",
    "vẽ",
    "đọc",
    "sắp xếp",
    "điền",
    "chọn",
    "đặt",
    "cho biết",
    "giải thích",
    "phân tích",
    "xác định",
    "lập",
    "quan sát",
    "hoàn thành",
    "trả lời",
    "vì sao",
    "tại sao",
    "thế nào",
    "theo em",
    "nếu là",
    "kể tên",
    "chỉ ra",
    "mô tả",
    "thiết kế",
    "rút gọn",
    "calculate",
    "find",
    "solve",
    "write",
    "name",
    "compare",
    "prove",
    "draw",
    "read",
    "choose",
    "explain",
    "describe",
    "complete",
    "give",
    "list",
    "determine",
    "compute",
    "design",
    "discuss",
    "state",
    "sketch",
    "show",
    "what",
    "why",
    "how",
    "which",
    "when",
    "who",
    "where",
    "calculer",
    "calculez",
    "trouver",
    "trouvez",
    "résoudre",
    "répondez",
    "calcule",
    "trouve",
    "explique",
    "compare",
    "cite",
    "décris",
    "justifiez",
    "justifier",
    "écrire",
    "écrivez",
    "citer",
    "citez",
    "comparer",
    "comparez",
    "expliquer",
    "expliquez",
    "décrire",
    "décrivez",
    "relever",
    "relevez",
    "compléter",
    "complétez",
    "raconter",
    "racontez",
    "montrer",
    "pourquoi",
    "comment",
    "quel",
    "quelle",
    "qui",
    "où",
    "vrai ou faux",
];

/// From this score on a text is a task.
const FEWEST: i32 = 3;

/// With so many tasks, those that only set the class going are left out.
const ENOUGH: usize = 3;

/// Words of a task that cannot be understood without what stands elsewhere.
const LEANS: &[&str] = &[
    "ở trên",
    "bài trên",
    "câu trên",
    "ban đầu",
    "ở hoạt động",
    "của bài 1",
    "ở bài 1",
    "ở câu",
    "hình bên",
    "bảng trên",
    "above",
    "the previous",
    "figure ",
    "the following",
    "ci-dessus",
    "précédent",
];

/// Words by which a text tells its reader to do something, in lower case.
pub(super) fn orders(lower: &str) -> bool {
    lower.starts_with("hãy ") || lower.contains("em hãy ") || lower.contains(", hãy ")
}

/// Tasks, those of the parts for practising first.
pub(super) fn exercises(reads: &[Read], source: &Source) -> Vec<Exercise> {
    let mut seen = HashSet::new();
    let mut found: Vec<((i32, bool), usize, Exercise)> = Vec::new();
    for (number, read) in reads.iter().enumerate() {
        let Some(place) = place(read) else {
            continue;
        };
        let set = place >= FEWEST || read.block.kind == BlockKind::Numbered;
        let whole = span(&read.block.text, set).map(|text| (place + own(text), text));
        let whole = whole.filter(|(score, _)| *score >= FEWEST);
        let tasks = match whole {
            Some(task) => vec![task],
            None => within(&read.block.text),
        };
        for (score, text) in tasks {
            if may_be_quoted(text) && seen.insert(text.to_owned()) {
                let exercise = Exercise {
                    text: text.to_owned(),
                    heading: read.heading.clone(),
                };
                found.push(((score, source.has(text)), number, exercise));
            }
        }
    }
    // What the class is told to do with one another is no task to be solved, where there are others.
    let staged = |task: &Exercise| {
        let lower = task.text.to_lowercase();
        STAGES.iter().any(|word| lower.contains(word))
    };
    if found.iter().filter(|(_, _, task)| !staged(task)).count() >= ENOUGH {
        found.retain(|(_, _, task)| !staged(task));
    }
    found.sort_by_key(|((score, plain), number, _)| (-score, !plain, *number));
    found.into_iter().map(|(_, _, exercise)| exercise).collect()
}

/// Sentences of running text that ask or order.
fn within(text: &str) -> Vec<(i32, &str)> {
    let sentences = sentences(text).into_iter();
    let asks =
        sentences.filter(|sentence| sentence.ends_with('?') || orders(&sentence.to_lowercase()));
    let tasks = asks.filter_map(|sentence| Some((own(sentence), span(sentence, false)?)));
    tasks.filter(|(score, _)| *score >= FEWEST).collect()
}

/// How likely a block is a task by where it stands; nothing where tasks never stand.
fn place(read: &Read) -> Option<i32> {
    let part = match read.role {
        Role::Practice => 3,
        Role::Application => 2,
        Role::Opening | Role::Building | Role::Matter => 0,
        _ => return None,
    };
    match read.block.kind {
        // Where something is explained, numbers count the steps.
        BlockKind::Numbered if read.role == Role::Building && !read.block.text.contains('?') => {
            Some(part)
        }
        BlockKind::Numbered => Some(part + 2),
        BlockKind::Paragraph | BlockKind::Bullet => Some(part),
        _ => None,
    }
}

/// How likely a text is a task by itself.
fn own(text: &str) -> i32 {
    let lower = text.to_lowercase();
    let asks = i32::from(text.contains('?')) * 2;
    let tells = TASKS.iter().any(|verb| {
        lower.starts_with(verb)
            || lower.contains(&format!(". {verb}"))
            || lower.contains(&format!("hãy {verb}"))
            // In Vietnamese a comma links the steps of one doing.
            || verb.is_ascii() && lower.contains(&format!(", {verb}"))
    });
    let stages = STAGES.iter().any(|word| lower.contains(word));
    let leans = LEANS.iter().any(|word| lower.contains(word)) || names_another(&lower);
    let ordered = orders(&lower);
    asks + i32::from(tells) * 2 + i32::from(ordered) * 2
        - i32::from(stages) * 2
        - i32::from(leans) * 3
}

/// Whether a task speaks of another one by its number: “with your answer to exercise 5”.
fn names_another(lower: &str) -> bool {
    const NAMES: &[&str] = &[
        "exercise ",
        "exercice ",
        "question ",
        "bài ",
        "câu ",
        "problem ",
    ];
    NAMES.iter().any(|name| {
        lower.match_indices(name).any(|(at, _)| {
            at > 0 && lower[at + name.len()..].starts_with(|c: char| c.is_ascii_digit())
        })
    })
}

/// The whole block, or its first sentences up to the longest quotation. What is `set` as a task may
/// end without a mark, as “Solve 2x + 1 = 5” does in a list.
fn span(text: &str, set: bool) -> Option<&str> {
    let text = text.trim();
    let unfit = [
        '“', '”', '«', '»', '|', '\\', '{', '}', '<', '>', '`', '#', '*', '&', '\n',
    ];
    let start = text.find(char::is_alphanumeric)?;
    let text = &text[start..];
    let mut end = 0;
    for sentence in sentences(text) {
        let at = text[end..].find(sentence)? + end + sentence.len();
        if text[..at].chars().count() > LONGEST {
            break;
        }
        end = at;
    }
    if set && text.chars().count() <= LONGEST {
        end = text.len();
    }
    let span = text[..end].trim().trim_end_matches(':').trim_end();
    let words = span.split_whitespace().count();
    let letters = span.chars().filter(|c| c.is_alphabetic()).count();
    let balanced = span.matches('(').count() == span.matches(')').count()
        && span.matches('"').count().is_multiple_of(2);
    (words >= 4 && letters * 5 >= span.chars().count() * 2 && balanced && !span.contains(unfit))
        .then_some(span)
}
