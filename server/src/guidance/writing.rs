//! The language model beside drafts of guidance: it chooses which span of a lesson stands in a gap, where it has shown
//! that it can.

mod scores;
mod trial;

pub use scores::{Filled, Score, Scores};
pub use trial::{Tried, tried};

use anyhow::{Context, Result, bail};
use khue_content::LearningResource;
use khue_content::guidance::{
    Chosen, Gap, GapKind, GuidanceDraft, GuidanceRequest, Lesson, Refusal, draft, draft_worded,
    reading,
};
use khue_inference::models::{ModelFolder, Role, checksum, find};
use khue_inference::writer::{Grammar, Session, Writer};
use std::cell::RefCell;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a model may take for one gap.
const FOR_A_GAP: Duration = Duration::from_secs(6);
/// How long a model may take for all gaps of a draft; what is left then the rules fill.
const PATIENCE: Duration = Duration::from_secs(45);
/// The longest beginning of a sentence that it reads before a gap, in characters.
const BEFORE: usize = 300;

/// A language model and what it may choose.
pub struct Writing {
    writer: Writer,
    /// Which gaps it may fill: language and kind; nothing lets it fill all.
    trusted: Option<Vec<(String, GapKind)>>,
}

impl Writing {
    /// A model by the name in the table, a file, or `writer` for the one in use; it may fill every gap.
    ///
    /// # Errors
    /// There is no such model, or its file cannot be used.
    pub fn named(name: &str, folder: &ModelFolder) -> Result<Self> {
        let writer = if name == Role::Writer.name() {
            Writer::open(folder)?
        } else if Path::new(name).is_file() {
            open_file(Path::new(name))?
        } else {
            let model = find(name).with_context(|| format!("and {name} is no file"))?;
            if model.role != Role::Writer {
                bail!("{name} is no language model but the {}", model.role.name());
            }
            let path = folder.file(model);
            if !path.is_file() {
                bail!("{name} has not been fetched: khue models pull {name}");
            }
            Writer::open_file(&path, model.name, model.revision)?
        };
        Ok(Self {
            writer,
            trusted: None,
        })
    }

    /// The same, for the gaps alone that its score allows.
    #[must_use]
    pub fn trusted_by(self, scores: &Scores) -> Self {
        let trusted = scores.of(&self.chosen()).map(Score::trusted);
        Self {
            trusted: Some(trusted.unwrap_or_default()),
            ..self
        }
    }

    /// Whether it may fill any gap.
    pub fn is_trusted(&self) -> bool {
        self.trusted.as_ref().is_none_or(|some| !some.is_empty())
    }

    /// Its name and revision.
    pub fn chosen(&self) -> Chosen {
        Chosen {
            name: self.writer.name().to_owned(),
            revision: self.writer.revision().to_owned(),
        }
    }

    /// A draft in which it fills what it may. Takes seconds: never on an async thread.
    ///
    /// # Errors
    /// As [`draft`].
    pub fn draft(
        &self,
        record: &LearningResource,
        request: &GuidanceRequest,
    ) -> Result<GuidanceDraft, Refusal> {
        if !self.is_trusted() {
            return draft(record, request, None);
        }
        let until = Instant::now() + PATIENCE;
        let request = GuidanceRequest {
            writer: Some(self.chosen()),
            ..request.clone()
        };
        // The lesson is read when the first gap is to be filled, and once.
        let session: RefCell<Option<Session>> = RefCell::new(None);
        let choose = |gap: &Gap| {
            if !self.may_fill(gap) || Instant::now() >= until {
                return None;
            }
            let mut session = session.borrow_mut();
            let begin = || self.read(record, &Lesson::read(record), &[]);
            let session = session.get_or_insert_with(begin);
            fill(session, gap, Some(until.min(Instant::now() + FOR_A_GAP)))
        };
        draft_worded(record, &request, None, &choose)
    }

    fn read(&self, record: &LearningResource, lesson: &Lesson, without: &[&str]) -> Session {
        self.writer.read(&reading(record, lesson, without))
    }

    fn may_fill(&self, gap: &Gap) -> bool {
        let same =
            |(language, kind): &(String, GapKind)| *language == gap.language && *kind == gap.kind;
        self.trusted
            .as_ref()
            .is_none_or(|some| some.iter().any(same))
    }
}

fn open_file(path: &Path) -> Result<Writer> {
    let revision: String = checksum(path)?.chars().take(16).collect();
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    Ok(Writer::open_file(path, &name, &revision)?)
}

/// The span that a model puts into a gap. The space before a gap goes with the spans, as models have it.
fn fill(session: &mut Session, gap: &Gap, until: Option<Instant>) -> Option<usize> {
    let before = gap.before.trim_end();
    let space = &gap.before[before.len()..];
    let start = before.char_indices().rev().nth(BEFORE);
    let before = &before[start.map_or(0, |(at, _)| at)..];
    let spans = gap.spans.iter().map(|span| format!("{space}{span}"));
    match gap.kind {
        GapKind::Term => likeliest(session, before, spans, &gap.after, until),
        GapKind::Sentence => written(session, before, spans, &gap.after, until),
    }
}

/// The span with which the rest of the sentence is likeliest; the first of equals.
fn likeliest(
    session: &mut Session,
    before: &str,
    spans: impl Iterator<Item = String>,
    after: &str,
    until: Option<Instant>,
) -> Option<usize> {
    let texts: Vec<String> = spans.map(|span| span + after).collect();
    let found = session.likelihoods(before, &texts, until)?;
    let places = found.iter().enumerate();
    let best = places.reduce(|best, next| if next.1.sum > best.1.sum { next } else { best });
    best.map(|(place, _)| place)
}

/// The span that is written piece by piece where nothing else may be written: long ones would take too long otherwise.
fn written(
    session: &mut Session,
    before: &str,
    spans: impl Iterator<Item = String>,
    after: &str,
    until: Option<Instant>,
) -> Option<usize> {
    let spans: Vec<String> = spans.collect();
    // Something must end the span, or a longer one that begins with it could not be told from it.
    let after = if after.is_empty() { "\n" } else { after };
    let grammar = Grammar::new().one_of(&spans).then(after);
    let written = session.write(before, &grammar, until)?;
    written.choices.first().copied()
}
