//! What a lesson is about: its topic and terms, each a span of the record.

mod frequent;
mod listed;
mod names;
mod title;
mod wording;

use super::role::Role;
use super::sentences::sentences;
use super::speech::Speech;
use super::{Read, families, kinds, may_be_quoted};
use crate::guidance::{LANGUAGES, naming};
use crate::{LearningResource, language, vocabulary};
use frequent::frequent;
use listed::listed;
use names::names;
use std::collections::BTreeMap;
use title::{begins, in_brackets, topic};
use wording::{ANYWHERE, GENERAL, LABELS, MONTHS, TELLS};

/// Most words of a term. A longer one, repeated, reads like a formula of words.
const WORDS: usize = 6;
/// Most words of a title that names the topic where nothing else does.
const TITLE: usize = 9;
/// Most terms that are kept.
const TERMS: usize = 24;
/// With so many terms from keywords, title and bold type, no others are looked for.
const ENOUGH: usize = 6;
/// How often a text has a name that its title gives in brackets.
const NAMED: usize = 3;
/// How much less a piece of a title is worth that is a piece of a sentence.
const TOLD: f32 = 3.5;
/// How much less a keyword of three letters is worth.
const SHORT: f32 = 4.0;
/// How much more the first thing is worth that a title lists.
const FIRST: f32 = 2.5;
/// Most words of such a title.
const WHOLE_WORDS: usize = 5;
/// With fewer terms than these the names of a text are terms too, worth so much.
const FEW: usize = 4;
const NAMES: f32 = 0.3;
/// How much the first term of a description's list is worth.
const LISTED: f32 = 1.5;
/// How much more a short title with a keyword in it is worth where there is no text.
const WHOLE: f32 = 6.0;
/// How much less a piece of a Vietnamese title is worth that only narrows what stands before it.
const NARROWS: f32 = 2.5;
/// Most words of a short name for a long topic.
const HANDLE: usize = 4;

/// The topic first, then terms by importance.
pub(super) fn terms(record: &LearningResource, reads: &[Read]) -> Vec<String> {
    let body: String = reads
        .iter()
        .filter(|read| read.role != Role::Sources)
        .map(|read| read.block.text.as_str())
        .collect::<Vec<_>>()
        .join("\n")
        .to_lowercase();
    let written: String = reads
        .iter()
        .map(|read| read.block.text.as_str())
        .collect::<Vec<_>>()
        .join("\n");
    let speech = Speech::of(&body, record);
    let begun = begins(&record.name, &written);
    let topic = topic(begun.unwrap_or(&record.name));
    let title = record.name.to_lowercase();
    let matter = topic.as_deref().unwrap_or_default().to_lowercase();
    let mut scores = Scores::default();
    for (place, keyword) in record.keywords.iter().enumerate() {
        let lower = keyword.to_lowercase();
        // The name of the subject says nothing of this lesson.
        if is_subject(&lower) && lower != matter {
            continue;
        }
        let times = body.matches(&lower).count().min(6) as f32;
        let listed = matter.contains(", ");
        let named = matter.find(&lower).map(|at| {
            let first = if at == 0 && listed { FIRST } else { 0.0 };
            4.0 + early(at, &matter) + first
        });
        let titled = named.unwrap_or(if title.contains(&lower) { 1.5 } else { 0.0 });
        let exact = (keyword.split_whitespace().count().clamp(1, 4) - 1) as f32 * 0.8;
        // “for” alone is a word before it is a topic.
        let short = letters(keyword) < 4 && keyword.is_ascii();
        if short
            && times == 0.0
            && named.is_none()
            && !record.keywords.iter().all(|own| letters(own) < 4)
        {
            continue;
        }
        let short = if short { SHORT } else { 0.0 };
        scores.add(
            2.0 + titled + exact + times * 0.5 - place as f32 * 0.2 - short,
            keyword,
        );
    }
    if let Some(topic) = &topic {
        let times = body.matches(&topic.to_lowercase()).count();
        // “Give back the change” tells what to do; a keyword names it better.
        let tells = is_heading(topic, &body) && !record.keywords.is_empty();
        let worth = worth_as_topic(topic, times, speech);
        // Of a record without a text the whole title says more than the keyword in it.
        let described = reads.iter().all(|read| read.role == Role::Description);
        let short = topic.split_whitespace().count() <= WHOLE_WORDS;
        let holds = |word: &String| matter.contains(&word.to_lowercase());
        let whole = described && short && record.keywords.iter().any(holds);
        let worth = if whole { worth + WHOLE } else { worth };
        if begun.is_none() {
            scores.add(if tells { worth * 0.3 } else { worth }, topic);
        }
        let seldom = usize::from(begun.is_some());
        for (score, part) in parts(topic, &body, speech, seldom) {
            scores.add(score, part);
        }
    }
    // “Mạng nối song song (GoogLeNet)”: what stands in brackets is another name, where the text uses it.
    if let Some(name) = in_brackets(&record.name) {
        let times = naming::stands(&body, &name.to_lowercase());
        if times >= NAMED {
            scores.add(6.5 + times.min(6) as f32 * 0.4, name);
        }
    }
    for read in reads
        .iter()
        .filter(|read| matches!(read.role, Role::Building | Role::Matter))
    {
        let many = read.block.stressed.len();
        for stressed in read.block.stressed.iter().filter(|_| many <= 4) {
            // Of a Vietnamese word in bold, one syllable alone is no term: “mạch phải **kín**”.
            let syllable = speech.syllables && !stressed.contains(' ') && letters(stressed) < 5;
            if leads_in(stressed, &written) || syllable {
                continue;
            }
            let times = body.matches(&stressed.to_lowercase()).count().min(8) as f32;
            // A short word alone is stressed for its own sake more often than it is a term.
            let alone = stressed.chars().count() < 5 && !stressed.contains(' ');
            let worth = 0.6 + times * 0.25;
            scores.add(if alone { worth * 0.4 } else { worth }, stressed);
        }
    }
    // What a description lists is what its resource is made of.
    if reads.iter().all(|read| read.role == Role::Description) {
        let texts = reads.iter().flat_map(|read| sentences(&read.block.text));
        let texts = texts.filter(|text| !kinds::tells_of_people(text));
        let all = texts.flat_map(|text| listed(text, speech));
        all.enumerate()
            .for_each(|(place, term)| scores.add(LISTED - place as f32 * 0.1, term));
    }
    // What comes again in a sheet of sums is what is counted there, and no topic.
    let counts = families::of(record).iter().any(|own| own == "mathematics");
    if scores.0.len() < ENOUGH && !(counts && scores.0.is_empty()) {
        frequent(reads, speech)
            .into_iter()
            .for_each(|(score, term)| scores.add(score, &term));
    }
    // Of a short text the names are what can be looked up.
    if !counts && (1..FEW).contains(&scores.0.len()) {
        let all = names(reads).into_iter().enumerate();
        all.for_each(|(place, name)| scores.add(NAMES - place as f32 * 0.05, &name));
    }
    let mut scored = scores.0;
    if scored.is_empty()
        && let Some(title) = topic.filter(|title| may_be_quoted(title) && letters(title) >= 3)
        && title.split_whitespace().count() <= TITLE
    {
        scored.push((0.0, title));
    }
    for (_, term) in &mut scored {
        *term = as_in_text(term, &written);
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.truncate(TERMS);
    scored.into_iter().map(|(_, term)| term).collect()
}

/// The term as the text writes it within a sentence, where it does.
fn as_in_text(term: &str, text: &str) -> String {
    let mut letters = term.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let lower: String = first.to_lowercase().chain(letters).collect();
    if naming::stands(text, &lower) > 0 {
        // “carly colón” of a heading is “Carly Colón” where it is told of.
        let other = in_other_case(&lower, text);
        let named = |form: &String| {
            let inner = |term: &str| term.split_once(' ').map(|(_, rest)| rest.to_owned());
            inner(form) != inner(&lower)
        };
        other.filter(named).unwrap_or(lower)
    } else if naming::stands(text, term) > 0 {
        term.to_owned()
    } else {
        in_other_case(term, text).unwrap_or_else(|| term.to_owned())
    }
}

/// The term in the case in which the text has it most often: titles have capitals, or none, of their own.
fn in_other_case(term: &str, text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    // Places in both agree where no letter changes its length.
    let alike = lower.len() == text.len();
    let wanted = term.to_lowercase();
    let mut forms: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, found) in lower.match_indices(&wanted).filter(|_| alike) {
        let form = text.get(at..at + found.len());
        let whole = naming::is_whole(&lower, at, found.len());
        if let Some(form) = form.filter(|_| whole) {
            *forms.entry(form).or_default() += 1;
        }
    }
    let best = forms.into_iter().max_by_key(|(_, times)| *times);
    best.map(|(form, _)| form.to_owned())
}

/// Whether a topic is the name of somebody, of a place or a work: within sentences the text has it
/// with a capital, and never without.
pub(super) fn is_name(topic: &str, text: &str) -> bool {
    let capital = topic.chars().next().is_some_and(char::is_uppercase);
    let small = naming::stands(text, &topic.to_lowercase()) > 0;
    // “Martin Brodeur” at the beginning of sentences alone: English titles have such capitals, too.
    let words = topic.split_whitespace();
    let capitals = words.filter(|word| word.starts_with(char::is_uppercase));
    let written = capitals.count() > 1 && text.contains(['é', 'è', 'à', 'ạ', 'ư', 'đ']);
    capital && !small && (written || naming::is_capital_within(topic, text))
}

/// Terms with their scores.
#[derive(Default)]
struct Scores(Vec<(f32, String)>);

impl Scores {
    /// Adds a term, or a little to the score of one that is there already.
    fn add(&mut self, score: f32, term: &str) {
        let term = term.trim_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '(');
        let lower = term.to_lowercase();
        let known = self
            .0
            .iter_mut()
            .find(|(_, own)| own.to_lowercase() == lower);
        match known {
            Some((own, _)) => *own += (score * 0.5).min(0.5),
            None if is_term(term) && !is_label(&lower) && !kinds::is_label(term) => {
                self.0.push((score, term.to_owned()))
            }
            None => {}
        }
    }
}

/// What stands early in a title names the lesson, what stands late narrows it.
fn early(at: usize, title: &str) -> f32 {
    3.0 * (1.0 - at as f32 / title.len().max(1) as f32)
}

/// A title of a few words is a name of the matter, the more so where the text has it; a longer one
/// reads like a heading.
fn worth_as_topic(topic: &str, times: usize, speech: Speech) -> f32 {
    let words = topic.split_whitespace().count();
    let general = GENERAL.contains(&topic.to_lowercase().as_str());
    match words {
        _ if general => 0.0,
        1 if times > 0 => 8.0 + times.min(6) as f32 * 0.3,
        _ if times > 0 => worth_as_part(words, times) + 1.0,
        1..=3 => 7.0,
        4 if speech.syllables => 7.0,
        6.. if !speech.syllables => 4.0,
        _ => 5.5,
    }
}

fn worth_as_part(words: usize, times: usize) -> f32 {
    5.0 + words as f32 * 0.9 + times.min(5) as f32 * 0.3
}

/// The runs of words of a title that the text has too, and so names the matter by. A run that the
/// text has only together with its neighbour in the title is a piece of a longer name.
/// A run that the text has no more than `seldom` times tells nothing.
fn parts<'t>(topic: &'t str, body: &str, speech: Speech, seldom: usize) -> Vec<(f32, &'t str)> {
    let places: Vec<(usize, &str)> = words_of(topic);
    let mut found = Vec::new();
    if places.len() > if speech.syllables { 12 } else { 9 } {
        return found;
    }
    let span = |from: usize, to: usize| &topic[places[from].0..places[to].0 + places[to].1.len()];
    let often = |from: usize, to: usize| body.matches(&span(from, to).to_lowercase()).count();
    for length in 1..=WORDS.min(places.len().saturating_sub(1)) {
        for from in 0..=places.len() - length {
            let to = from + length - 1;
            let words: Vec<&str> = places[from..=to].iter().map(|(_, word)| *word).collect();
            // “Xã Wood Lake, Quận Benson”: the comma is none of the name.
            let part = span(from, to).trim_end_matches([',', ';']);
            let apart = part.contains([',', ';', '?', '!', '(', ')']) || parts_words(part);
            let wide = is_subject(&part.to_lowercase());
            let alone = length > 1 || speech.stands_alone(part);
            if apart || wide || speech.is_broken(&words) || !alone {
                continue;
            }
            // A single French word is a noun where it has an article.
            if length == 1 && speech.is_french() && !naming::has_article(&part.to_lowercase(), body)
            {
                continue;
            }
            let times = often(from, to);
            // In Vietnamese what stands behind another word narrows it.
            let narrows = speech.syllables
                && from > 0
                && !speech.is_empty(places[from - 1].1)
                && !places[from - 1].1.ends_with([',', '.', ';', ':']);
            // “feet in the sea” is a piece of a sentence; “the law of cooling” a name.
            let tells = words.iter().any(|word| TELLS.contains(word));
            let less = if narrows { NARROWS } else { 0.0 } + if tells { TOLD } else { 0.0 };
            let joined = |word: &str| !speech.is_empty(word);
            let left = from > 0 && joined(places[from - 1].1) && often(from - 1, to) == times;
            let right =
                to + 1 < places.len() && joined(places[to + 1].1) && often(from, to + 1) == times;
            match times {
                _ if times <= seldom => {}
                _ if left || right => {}
                _ if length == 1 => found.push((4.0 + times.min(6) as f32 * 0.3 - less, part)),
                _ => found.push((worth_as_part(length, times) - less, part)),
            }
        }
    }
    found
}

/// Whether a topic begins with a word that says nothing and is no article, or has a verb or the like
/// within.
pub(super) fn is_heading(topic: &str, text: &str) -> bool {
    const ARTICLES: &[&str] = &[
        "the", "a", "an", "le", "la", "les", "un", "une", "des", "các", "những", "một",
    ];
    let Some(language) = language::detect(text) else {
        return false;
    };
    let speech = Speech::in_language(language);
    let words: Vec<&str> = topic.split_whitespace().collect();
    // In Vietnamese a name of a thing may have “có”, “không”, “trên” within: “phép cộng có nhớ”.
    if speech.syllables {
        // “điện trở trong”, “góc ngoài”: where something is belongs to its name.
        const WHERE: &[&str] = &["trong", "ngoài", "trên", "dưới"];
        let last = words.last().is_some_and(|last| WHERE.contains(last));
        let words = if last && words.len() > 2 {
            &words[..words.len() - 1]
        } else {
            words.as_slice()
        };
        let empty = |word: Option<&&str>| word.is_some_and(|word| speech.is_empty(word));
        let counted = words
            .first()
            .is_some_and(|first| ARTICLES.contains(&first.to_lowercase().as_str()));
        return empty(words.first()) && !counted || empty(words.last()) || topic.contains('?');
    }
    // “Adding fractions” is what is done, and runs as a name does.
    let doing = language == "en" && words.first().is_some_and(|first| first.ends_with("ing"));
    if doing && !topic.contains('?') {
        return false;
    }
    let named = match words.split_first() {
        Some((first, rest)) if ARTICLES.contains(&first.to_lowercase().as_str()) => rest,
        _ => words.as_slice(),
    };
    named.len() > 1 && speech.is_broken(named)
}

/// The words of a text with their places.
fn words_of(text: &str) -> Vec<(usize, &str)> {
    let start = text.as_ptr() as usize;
    text.split_whitespace()
        .map(|word| (word.as_ptr() as usize - start, word))
        .collect()
}

/// A shorter name of a long topic: the longest term within it that names the same thing, else nothing. What a
/// thing is stands last in English, else first: “khí hậu ba thành phố” is no “thành phố”.
pub(super) fn handle(concept: &str, terms: &[String], language: Option<&str>) -> Option<String> {
    let lower = concept.to_lowercase();
    let same = |term: &str| match language {
        Some("en") => lower.ends_with(term),
        Some(_) => lower.starts_with(term),
        None => lower.contains(term),
    };
    let long = concept.split_whitespace().count() > HANDLE;
    let fits = |term: &&String| {
        let words = term.split_whitespace().count();
        (2..=HANDLE).contains(&words) && same(&term.to_lowercase())
    };
    let fitting = terms.iter().filter(fits).filter(|_| long);
    // The first of the longest: `max_by_key` would take the last.
    let best = fitting
        .rev()
        .max_by_key(|term| term.split_whitespace().count());
    best.cloned()
}

/// Whether what is set in bold is a heading at the start of a line: the text has it nowhere else
/// within a sentence, and it is no name.
fn leads_in(stressed: &str, written: &str) -> bool {
    let mut words = stressed.split_whitespace();
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let first = words.next().is_some_and(capital);
    first && !words.any(capital) && as_in_text(stressed, written) == stressed
}

/// Whether a term only leads the eye, or tells subject and grade (“vật lí 8”).
fn is_label(lower: &str) -> bool {
    let words: Vec<&str> = lower.split_whitespace().collect();
    let numbered = words
        .split_last()
        .filter(|(last, rest)| last.chars().all(|c| c.is_ascii_digit()) && !rest.is_empty());
    let of_subject = numbered.is_some_and(|(_, rest)| {
        let name = rest.join(" ");
        let subject = name.trim_end_matches(" lớp").trim_end_matches(" grade");
        rest.contains(&"lớp") || vocabulary::find("about", subject).is_some()
    });
    let count = |c: char| lower.matches(c).count();
    let listed = lower.chars().nth(1) == Some(')') || lower.starts_with('(');
    let broken = count('(') != count(')');
    of_subject
        || ANYWHERE.contains(&lower)
        || listed
        || broken
        || lower.contains(" – ")
        || LABELS.iter().any(|label| lower.starts_with(label))
}

/// Whether a term names a whole subject: “Địa lí”.
fn is_subject(lower: &str) -> bool {
    vocabulary::find("about", lower).is_some_and(|found| {
        let own = LANGUAGES
            .iter()
            .any(|code| found.label(code).to_lowercase() == lower);
        (own || found.notation == lower) && families::is_whole(&found.notation)
    })
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Whether a stroke stands between words; in “nhịp 3/4” it stands between figures.
fn parts_words(term: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    term.match_indices('/').any(|(at, _)| {
        let (before, after) = (
            term[..at].chars().next_back(),
            term[at + 1..].chars().next(),
        );
        !(digit(before) && digit(after))
    })
}

/// Whether a span can be a term: short, with letters, harmless.
fn is_term(term: &str) -> bool {
    let words: Vec<&str> = term.split_whitespace().collect();
    let date = words
        .iter()
        .any(|word| MONTHS.contains(&word.to_lowercase().as_str()));
    let date = date
        && words
            .iter()
            .any(|word| word.chars().all(|c| c.is_ascii_digit()));
    let letters = letters(term);
    let shouted = term.chars().all(|c| !c.is_lowercase()) && term.chars().count() <= 5;
    (1..=WORDS).contains(&words.len())
        && !(date && words.len() < 3)
        && letters >= 3
        && term.chars().count() <= 45
        && !shouted
        && !term.contains([
            '“', '”', '«', '»', '"', '|', '\\', '{', '}', '<', '>', '=', '*', '`', '#', ':', '?',
            '!', ';', '.',
        ])
        && !parts_words(term)
        && may_be_quoted(term)
}
