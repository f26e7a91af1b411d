//! The shape of Vietnamese syllables, without marks.
//!
//! An onset and a rime: the closed lists below follow the orthography
//! (Hoàng Phê, *Chính tả tiếng Việt*); they tell a syllable from an English or
//! French word and cut words that were typed together.

const ONSETS: &[&str] = &[
    "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "qu", "th", "tr", "ch", "b", "c", "d", "g", "h",
    "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];

const RIMES: &[&str] = &[
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e", "ec",
    "ech", "em", "en", "eng", "enh", "eo", "ep", "et", "eu", "i", "ia", "ich", "iec", "iem", "ien",
    "ieng", "iep", "iet", "ieu", "im", "in", "inh", "ip", "it", "iu", "o", "oa", "oac", "oach",
    "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat", "oay", "oc", "oe", "oem", "oen",
    "oeo", "oet", "oi", "om", "on", "ong", "ooc", "oong", "op", "ot", "u", "ua", "uan", "uang",
    "uat", "uay", "uc", "ue", "uech", "uenh", "ui", "um", "un", "ung", "uo", "uoc", "uoi", "uom",
    "uon", "uong", "uop", "uot", "uou", "up", "ut", "uu", "uy", "uya", "uych", "uyen", "uyet",
    "uyn", "uynh", "uyp", "uyt", "uyu", "y", "yem", "yen", "yet", "yeu", "ynh", "yt",
];

/// Whether a folded word has the shape of a Vietnamese syllable.
pub fn is_syllable(word: &str) -> bool {
    word.len() <= 7
        && ONSETS.iter().any(|onset| {
            word.strip_prefix(onset)
                .is_some_and(|rime| RIMES.binary_search(&rime).is_ok())
                || (*onset == "gi" && matches!(word, "gi" | "gin" | "gio" | "gia"))
        })
}

/// Every way to cut a folded word into two to five syllables; at most `limit` of them.
pub fn cuts(word: &str, limit: usize) -> Vec<Vec<&str>> {
    let mut found = Vec::new();
    if word.is_ascii() && word.len() <= 32 {
        extend_cut(word, &mut Vec::new(), &mut found, limit);
    }
    found
}

fn extend_cut<'a>(
    rest: &'a str,
    cut: &mut Vec<&'a str>,
    found: &mut Vec<Vec<&'a str>>,
    limit: usize,
) {
    if found.len() >= limit {
        return;
    }
    if rest.is_empty() {
        if cut.len() > 1 {
            found.push(cut.clone());
        }
        return;
    }
    if cut.len() == 5 {
        return;
    }
    for length in (1..=rest.len().min(7)).rev() {
        if is_syllable(&rest[..length]) {
            cut.push(&rest[..length]);
            extend_cut(&rest[length..], cut, found, limit);
            cut.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rimes_are_sorted_for_the_search() {
        assert!(RIMES.is_sorted());
    }

    #[test]
    fn syllables_are_told_from_other_words() {
        for word in [
            "dinh", "luat", "nghieng", "quyen", "giua", "khuyu", "oan", "y", "truong",
        ] {
            assert!(is_syllable(word), "{word}");
        }
        for word in [
            "newton", "school", "ecole", "test", "bla", "zoo", "wifi", "grade",
        ] {
            assert!(!is_syllable(word), "{word}");
        }
    }

    #[test]
    fn words_typed_together_are_cut() {
        assert!(cuts("dinhluat", 50).contains(&vec!["dinh", "luat"]));
        assert!(cuts("quanghop", 50).contains(&vec!["quang", "hop"]));
    }
}
