//! Which language a text is in, told by letters and function words.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Bytes looked at from the beginning, and again from the middle of a long text.
const SAMPLE: usize = 2_000;
/// Words without which nothing is said.
const FEWEST: u32 = 3;

/// Words in which a text's words are counted.
#[derive(Default)]
struct Counts {
    words: u32,
    vi: u32,
    en: u32,
    fr: u32,
    /// Function words that French has and its neighbours have not.
    fr_only: u32,
    /// Function words of neighbouring languages.
    other: u32,
}

/// `vi`, `en` or `fr` where the text is plainly in one of them; nothing for
/// other languages, mixtures, and texts too short to tell.
///
/// ```
/// use khue_content::language::detect;
/// assert_eq!(detect("Định luật này nói rằng vật sẽ đứng yên."), Some("vi"));
/// assert_eq!(detect("The law says that a body stays at rest."), Some("en"));
/// assert_eq!(detect("La loi dit que le corps est au repos dans ce cas."), Some("fr"));
/// assert_eq!(detect("2 + 2 = 4"), None);
/// ```
pub fn detect(text: &str) -> Option<&'static str> {
    let mut counts = Counts::default();
    counts.add(part(text, 0));
    if text.len() > 2 * SAMPLE {
        counts.add(part(text, text.len() / 2));
    }
    counts.verdict()
}

/// About [`SAMPLE`] bytes from this place on.
fn part(text: &str, from: usize) -> &str {
    let start = text.ceil_char_boundary(from);
    let end = text.ceil_char_boundary((start + SAMPLE).min(text.len()));
    &text[start..end]
}

impl Counts {
    fn add(&mut self, text: &str) {
        let mut word = String::with_capacity(16);
        let joined = |c: char| c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c);
        for raw in text.split(|c| !joined(c)).filter(|raw| !raw.is_empty()) {
            word.clear();
            word.extend(raw.chars().flat_map(char::to_lowercase));
            self.count(&word);
        }
    }

    fn count(&mut self, word: &str) {
        self.words += 1;
        if !word.is_ascii() && word.chars().any(is_vietnamese) {
            self.vi += 1;
            return;
        }
        let classes = WORDS.get(word).copied().unwrap_or_default();
        let is = |class: u8| u32::from(classes & class != 0);
        self.vi += is(VI);
        self.en += is(EN);
        self.fr_only += is(FR_ONLY);
        self.fr += is(FR_ONLY | ROMANCE);
        self.other += is(OTHER);
    }

    fn verdict(&self) -> Option<&'static str> {
        if self.words < FEWEST {
            return None;
        }
        let share = |count: u32| f64::from(count) / f64::from(self.words);
        let (vi, en, fr) = (share(self.vi), share(self.en), share(self.fr));
        let french = self.fr_only > 0 && self.fr_only >= self.other;
        if vi >= 0.3 && en < 0.12 {
            Some("vi")
        } else if vi < 0.06 && en >= 0.15 && en > 1.5 * fr.min(share(self.fr_only)) {
            Some("en").filter(|_| self.other < self.en)
        } else if vi < 0.06 && fr >= 0.18 && french && fr > 1.5 * en {
            Some("fr")
        } else {
            None
        }
    }
}

const VI: u8 = 1;
const EN: u8 = 2;
const FR_ONLY: u8 = 4;
const ROMANCE: u8 = 8;
const OTHER: u8 = 16;

/// Common words by class; a word may be in several.
static WORDS: LazyLock<HashMap<&'static str, u8>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for (class, list) in LISTS {
        for word in list.split(' ') {
            *words.entry(word).or_default() |= *class;
        }
    }
    words
});

const LISTS: &[(u8, &str)] = &[
    (VI, VIETNAMESE),
    (EN, ENGLISH),
    (FR_ONLY, FRENCH),
    (ROMANCE, SHARED),
    (OTHER, NEIGHBOURS),
];

/// Letters and marks that among Latin scripts only Vietnamese uses in numbers.
fn is_vietnamese(letter: char) -> bool {
    matches!(
        letter,
        'đ' | 'ơ' | 'ư' | 'ă' | '\u{309}' | '\u{323}' | '\u{31b}' | 'ĩ' | 'ũ' | '\u{1ea0}'
            ..='\u{1ef9}'
    )
}

/// Common Vietnamese words without such letters.
const VIETNAMESE: &str = "\
    và là có các không này trong cho theo như thì mà nó cũng tôi chúng vào hai thành trình khi \
    hình quá nhà sinh nhưng bàn công máy tính dùng thông chính năm phân toán ta";

/// Function words of English.
const ENGLISH: &str = "\
    the of and to in is that it for was are as with be by at from this have or not which but \
    his her they were had their has been will can also you your we than when there what who if \
    into would about does only other some such these its may used how more most many all our \
    he she where while over those an any";

/// Function words that French has and its neighbours have not.
const FRENCH: &str = "\
    les des du est et dans pour avec cette sont aux été leur leurs mais sur ce au il ils elle \
    être où vous nous votre ces ou une par plus pas ont était même très après entre comme à \
    cet peut tout fait lui donc sans avait deux";

/// Function words that French shares with its neighbours.
const SHARED: &str = "\
    le la de un que qui en se ne sa son ses l d qu n s c on a y si me";

/// Function words of Spanish, Portuguese, Italian, German, Dutch, Swedish, Indonesian, Polish.
const NEIGHBOURS: &str = "\
    el los las del con para por una es como su lo os um uma não do da em com o e dos der die \
    und das ist nicht ein den mit von zu auf für di che per della è sono gli het een och att \
    yang dan w nie na z się";
