//! The language of a query, told by letters, and by words where letters do not tell.
//!
//! Queries are short, and Vietnamese is often typed without marks, so function words alone say too
//! little: the labels of the vocabularies are the dictionaries, with a list of common words beside
//! them. Whatever two languages could have meant is left open.

use super::typed::{Typed, typed};
use crate::vocabulary;
use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

const VI: u8 = 1;
const EN: u8 = 2;
const FR: u8 = 4;

/// Words looked at.
const MOST: usize = 40;

/// `vi`, `en` or `fr` where a query is plainly in it.
///
/// ```
/// use khue_content::search::detect_language;
/// assert_eq!(detect_language("định luật"), Some("vi"));
/// assert_eq!(detect_language("dinh luat bao toan khoi luong"), Some("vi"));
/// assert_eq!(detect_language("linear functions and their graphs"), Some("en"));
/// assert_eq!(detect_language("la loi de la gravité"), Some("fr"));
/// assert_eq!(detect_language("python"), None);
/// ```
pub fn detect(query: &str) -> Option<&'static str> {
    if query.nfd().any(only_vietnamese) {
        return Some("vi");
    }
    let mut words = typed(query);
    words.retain(|word| word.number().is_none());
    words.truncate(MOST);
    let syllables = words.iter().filter(|word| is_syllable(&word.key)).count();
    let foreign = syllables * 2 < words.len();
    let marked = |word: &Typed| query[word.from..word.to].nfc().any(marked_in_french);
    let is = |word: &Typed, language| only(word, foreign, marked(word)) == Some(language);
    let count = |language: u8| words.iter().filter(|word| is(word, language)).count();
    let (vi, en, fr) = (count(VI), count(EN), count(FR));
    let all_syllables = syllables == words.len() && words.len() > 1;
    let french_letters = query.nfc().any(only_french);
    match () {
        _ if french_letters && vi == 0 && en == 0 => Some("fr"),
        _ if vi > en + fr && syllables * 2 > words.len() => Some("vi"),
        _ if all_syllables && vi > 0 && vi >= en + fr => Some("vi"),
        _ if en > 0 && en > vi + fr => Some("en"),
        _ if fr > 0 && fr > vi + en => Some("fr"),
        _ => None,
    }
}

/// The language that alone has this word, among words most of which are no syllables or are.
fn only(word: &Typed, foreign: bool, marked: bool) -> Option<u8> {
    let stated = FUNCTION_WORDS
        .iter()
        .find(|(_, list)| list.contains(&word.key.as_str()));
    if let Some((language, _)) = stated.filter(|_| foreign && !word.marked()) {
        return Some(*language);
    }
    let languages = WORDS.get(&word.key).copied().unwrap_or(0);
    let syllable = is_syllable(&word.key);
    match languages {
        VI if syllable => Some(VI),
        // An unmarked syllable may always be Vietnamese: "do", "on", "me".
        EN | FR if foreign || !syllable || word.key.len() > 4 => Some(languages),
        // "gravité" is no syllable, and English has no marks.
        0 if !syllable && marked => Some(FR),
        _ => None,
    }
}

/// Letters and marks, decomposed, that French does not have.
fn only_vietnamese(c: char) -> bool {
    matches!(
        c,
        'đ' | 'Đ' | '\u{31b}' | '\u{306}' | '\u{309}' | '\u{323}' | '\u{303}'
    )
}

/// Marked letters of French that Vietnamese has too.
fn marked_in_french(c: char) -> bool {
    matches!(c, 'é' | 'è' | 'ê' | 'à' | 'â' | 'ô' | 'ù')
}

/// Letters that Vietnamese does not have.
fn only_french(c: char) -> bool {
    matches!(
        c,
        'ç' | 'Ç' | 'œ' | 'Œ' | 'î' | 'Î' | 'û' | 'Û' | 'ë' | 'ï' | 'ü'
    )
}

/// Word → the languages that have it.
static WORDS: LazyLock<HashMap<String, u8>> = LazyLock::new(|| {
    let mut words: HashMap<String, u8> = HashMap::new();
    let mut add = |text: &str, language: u8| {
        for word in typed(text) {
            *words.entry(word.key).or_default() |= language;
        }
    };
    for (language, list) in [(VI, VIETNAMESE), (EN, ENGLISH), (FR, FRENCH)] {
        add(list, language);
    }
    for name in ["about", "educationalLevel", "learningResourceType"] {
        let concepts = vocabulary::scheme(name).map_or(&[][..], |scheme| &scheme.concepts);
        for concept in concepts {
            for (code, language) in [("vi", VI), ("en", EN), ("fr", FR)] {
                concept
                    .pref_label
                    .get(code)
                    .iter()
                    .for_each(|l| add(l, language));
                let other = concept.alt_label.get(code).into_iter().flatten();
                other.for_each(|label| add(label, language));
            }
        }
    }
    words
});

/// Common words of queries and lessons.
const VIETNAMESE: &str = "\
    bài tập định luật phương trình toán học lớp giáo án kiểm tra ôn thi đề cương của và các những trong \
    cho với khi là có không một hai bậc tính chất công thức cách giải ví dụ lí thuyết thực hành đọc \
    viết văn thơ truyện lịch sử địa lí chiến tranh phân số hình tam giác vuông tròn đường thẳng nước \
    lực điện trở mạch dòng năng lượng phản ứng hoá nguyên tử quang hợp tế bào cây động vật thực vật \
    trẻ em bé chơi nhà trường biển núi sông rừng Việt Nam Trái Đất Mặt Trăng cộng trừ nhân chia";
const ENGLISH: &str = "\
    the of and to in is it that for was are as with be by at from this how what why when where who \
    which does can law laws energy force forces water light heat sound equation equations function \
    functions graph graphs number numbers fraction fractions triangle circle area volume angle cell \
    cells plant plants animal animals earth moon sun solar system climate change history war reading \
    writing grammar past present future tense lesson lessons school teacher students learn learning \
    teaching exercise exercises worksheet game games simple linear quadratic second first \
    loops loop search data statistics introduction using your world life living things";
const FRENCH: &str = "\
    le la les des du de un une et est dans pour avec sur ce cette que qui quoi comment pourquoi au aux \
    leçon leçons cours loi lois énergie force forces eau lumière chaleur équation équations fonction \
    fonctions graphique nombre nombres fraction fractions triangle cercle aire volume angle cellule \
    cellules plante plantes animaux terre lune soleil système climat changement histoire guerre lecture \
    écriture grammaire passé présent futur école élève élèves professeur exercice exercices fiche jeu \
    jeux théorème deuxième première loi se présenter compréhension orale écrite marché ville";

/// Words that say the language among words that are no syllables.
const FUNCTION_WORDS: &[(u8, &[&str])] = &[
    (
        EN,
        &["the", "of", "and", "with", "is", "are", "how", "what"],
    ),
    (FR, &["les", "des", "du", "et", "dans", "aux", "le", "la"]),
];

const ONSETS: &[&str] = &[
    "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "qu", "th", "tr", "ch", "b", "c", "d", "g", "h",
    "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];
const NUCLEI: &[&str] = &[
    "uie", "uia", "uio", "oai", "oao", "uai", "uoi", "uou", "ieu", "oeo", "uiu", "ia", "ie", "oa",
    "oe", "oo", "ua", "ue", "ui", "uo", "uu", "ai", "ao", "au", "eo", "eu", "iu", "oi", "a", "e",
    "i", "o", "u",
];
const CODAS: &[&str] = &["ng", "nh", "ch", "c", "m", "n", "p", "t", ""];

/// Whether a key, every y an i, has the shape of a Vietnamese syllable.
fn is_syllable(key: &str) -> bool {
    let rime = |rime: &str| {
        let nucleus = NUCLEI.iter().find(|nucleus| rime.starts_with(**nucleus));
        nucleus.is_some_and(|nucleus| CODAS.contains(&&rime[nucleus.len()..]))
    };
    let onset = |onset: &&&str| key.strip_prefix(**onset).is_some_and(rime);
    key.len() <= 7 && (ONSETS.iter().any(|one| onset(&one)) || key == "gi")
}
