//! Languages: codes as people write them, and which of the portal's three a text is in.

/// Two-letter codes of ISO 639-1, in order.
const TWO_LETTERS: &str = "\
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv \
    cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho \
    hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku \
    kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn \
    no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm \
    sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi \
    vo wa wo xh yi yo za zh zu";

/// What people and library systems write instead of a code.
const NAMES: &[(&str, &str)] = &[
    ("vietnamese", "vi"),
    ("tiếng việt", "vi"),
    ("tieng viet", "vi"),
    ("việt", "vi"),
    ("vietnamien", "vi"),
    ("vie", "vi"),
    ("english", "en"),
    ("tiếng anh", "en"),
    ("anglais", "en"),
    ("eng", "en"),
    ("french", "fr"),
    ("français", "fr"),
    ("francais", "fr"),
    ("tiếng pháp", "fr"),
    ("fre", "fr"),
    ("fra", "fr"),
];

/// Whether this is a two-letter code of ISO 639-1.
pub fn is_two_letter_code(code: &str) -> bool {
    code.len() == 2 && TWO_LETTERS.split(' ').any(|known| known == code)
}

/// The BCP 47 code that a text means (`pt_BR` → `pt-BR`, `Vietnamese` → `vi`).
///
/// ```
/// use khue_content::language::code;
/// assert_eq!(code("pt_BR").as_deref(), Some("pt-BR"));
/// assert_eq!(code("Tiếng Việt").as_deref(), Some("vi"));
/// assert_eq!(code("klingon!"), None);
/// ```
pub fn code(stated: &str) -> Option<String> {
    let stated = stated.trim();
    let lower = stated.to_lowercase();
    if let Some((_, code)) = NAMES.iter().find(|(name, _)| *name == lower) {
        return Some((*code).to_owned());
    }
    let mut subtags = lower.split(['-', '_']);
    let main = subtags.next().filter(|main| is_main(main))?;
    let mut code = main.to_owned();
    for subtag in subtags {
        code.push('-');
        code.push_str(&written(subtag)?);
    }
    Some(code)
}

/// Whether a stored code is well formed and its main language exists.
pub fn is_code(code: &str) -> bool {
    let (main, rest) = code.split_once('-').unwrap_or((code, ""));
    is_main(main) && (rest.is_empty() || rest.split('-').all(|part| written(part).is_some()))
}

fn is_main(main: &str) -> bool {
    let letters = main.bytes().all(|b| b.is_ascii_lowercase());
    is_two_letter_code(main) || main.len() == 3 && letters
}

/// A subtag in its usual case: `BR`, `Latn`, `1996`.
fn written(subtag: &str) -> Option<String> {
    if subtag.is_empty() || subtag.len() > 8 || !subtag.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let mut subtag = subtag.to_lowercase();
    match subtag.len() {
        2 => subtag.make_ascii_uppercase(),
        4 => subtag[..1].make_ascii_uppercase(),
        _ => {}
    }
    Some(subtag)
}

mod detect;
pub use detect::detect;
