//! What is said how in Vietnamese, English and French: a table of terms by which a search in one language finds texts
//! in another.
//!
//! The table that comes with the portal is `content/search/terms.csv`; its head explains the columns.

use super::synonyms::{Fault, Problem};
use std::sync::LazyLock;

const SHIPPED: &str = include_str!("../../search/terms.csv");

/// The languages of the table: BCP 47 codes, which are the names of its columns.
pub const LANGUAGES: [&str; 3] = ["vi", "en", "fr"];

/// The name of the column of notes, and the word there that means something.
const NOTE: &str = "note";
const EVERYDAY: &str = "everyday";

/// One thing and how it is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// Line in its file, from 1.
    pub line: u64,
    /// Ways to say it, the most usual first, for each of [`LANGUAGES`]; none where a language has no usual word.
    pub ways: [Vec<String>; 3],
    /// Whether its words are everyday ones, which a text need not explain: the column `note` says so.
    pub everyday: bool,
}

impl Term {
    /// Ways to say it in a language.
    pub fn ways_in(&self, language: &str) -> &[String] {
        let place = LANGUAGES.iter().position(|code| *code == language);
        place.map_or(&[], |place| &self.ways[place])
    }
}

/// The table that comes with the portal.
pub fn shipped() -> &'static [Term] {
    static TERMS: LazyLock<Vec<Term>> = LazyLock::new(|| read(SHIPPED.as_bytes()).0);
    &TERMS
}

/// The terms of a table, a sheet with the columns vi, en, fr and perhaps others, and what is wrong with it. Lines that
/// begin with `#` are remarks.
///
/// ```
/// use khue_content::search::terms;
/// let (rows, faults) = terms::read("vi,en,fr\nphân số,fraction,fraction\nsố,,\n".as_bytes());
/// assert_eq!(rows[0].ways_in("en"), ["fraction"]);
/// assert_eq!(
///     faults[0].to_string(),
///     "line 3: this is said in one language only; write it in at least two of vi, en and fr"
/// );
/// ```
pub fn read(sheet: &[u8]) -> (Vec<Term>, Vec<Fault>) {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .flexible(true)
        .from_reader(sheet);
    let (mut terms, mut faults) = (Vec::new(), Vec::new());
    let note = reader.headers().ok().and_then(note);
    let places = match reader.headers().map(places) {
        Ok(Ok(places)) => places,
        Ok(Err(missing)) => return (terms, vec![fault(1, Problem::NoLanguage(missing))]),
        Err(error) => {
            return (
                terms,
                vec![fault(1, Problem::Unreadable(error.to_string()))],
            );
        }
    };
    for row in reader.records() {
        match row {
            Ok(row) => match term(&row, places, note) {
                Ok(term) => terms.push(term),
                Err(problem) => faults.push(problem),
            },
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                faults.push(fault(line, Problem::Unreadable(error.to_string())));
            }
        }
    }
    (terms, faults)
}

/// The columns of the languages.
fn places(header: &csv::StringRecord) -> Result<[usize; 3], &'static str> {
    let mut places = [0; 3];
    for (place, code) in places.iter_mut().zip(LANGUAGES) {
        let found = header.iter().position(|name| name.trim() == code);
        *place = found.ok_or(code)?;
    }
    Ok(places)
}

/// The column of notes, where there is one.
fn note(header: &csv::StringRecord) -> Option<usize> {
    header.iter().position(|name| name.trim() == NOTE)
}

fn is_everyday(row: &csv::StringRecord, note: usize) -> bool {
    let said = row.get(note).unwrap_or_default();
    said.split(|c: char| !c.is_alphanumeric())
        .any(|word| word == EVERYDAY)
}

fn term(row: &csv::StringRecord, places: [usize; 3], note: Option<usize>) -> Result<Term, Fault> {
    let line = row.position().map_or(0, csv::Position::line);
    let ways = places.map(|place| {
        let cell = row.get(place).unwrap_or_default();
        let parts = cell.split('|').map(str::trim).filter(|way| !way.is_empty());
        parts.map(str::to_owned).collect::<Vec<String>>()
    });
    let wordless = |way: &&String| !way.contains(char::is_alphanumeric);
    if let Some(way) = ways.iter().flatten().find(wordless) {
        return Err(fault(line, Problem::NoLetter(way.clone())));
    }
    match ways.iter().filter(|ways| !ways.is_empty()).count() {
        0 | 1 => Err(fault(line, Problem::OneLanguage)),
        _ => Ok(Term {
            line,
            ways,
            everyday: note.is_some_and(|note| is_everyday(row, note)),
        }),
    }
}

fn fault(line: u64, problem: Problem) -> Fault {
    Fault {
        line,
        field: None,
        problem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_table_that_ships_is_whole() {
        let (terms, faults) = read(SHIPPED.as_bytes());
        assert!(faults.is_empty(), "{faults:?}");
        assert!(terms.len() > 1_000, "{} terms", terms.len());
    }

    #[test]
    fn no_pair_of_words_stands_twice() {
        let mut seen = HashSet::new();
        let mut again = Vec::new();
        for term in shipped() {
            for vi in term.ways_in("vi") {
                for en in term.ways_in("en") {
                    if !seen.insert((vi.to_lowercase(), en.to_lowercase())) {
                        again.push(format!("line {}: {vi} = {en}", term.line));
                    }
                }
            }
        }
        assert!(again.is_empty(), "{again:#?}");
    }

    #[test]
    fn a_note_tells_everyday_words() {
        let (rows, faults) = read("vi,en,fr,note\nhọc,learn,apprendre,at school; everyday\nhình thang,trapezium,trapèze,\n".as_bytes());
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(
            rows.iter().map(|row| row.everyday).collect::<Vec<_>>(),
            [true, false]
        );
    }

    #[test]
    fn what_is_wrong_is_told_by_its_line() {
        let told = |sheet: &str| read(sheet.as_bytes()).1[0].to_string();
        assert!(told("vi,en\na,b\n").contains("`fr`"));
        assert_eq!(
            told("vi,en,fr\nsố,+,nombre\n"),
            "line 2: `+` has no letter and no digit; write words between the | signs"
        );
    }
}
