//! Whatever the text, keys and offsets keep their promises.

use khue_index::tokenizer::{Family, KhueTokenizer, Segments, StemLanguage, key, stem_tokens};
use proptest::prelude::*;
use tantivy::tokenizer::{TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization;

fn keys(family: Family, text: &str) -> Vec<String> {
    let mut tokenizer = KhueTokenizer::new(family);
    let mut stream = tokenizer.token_stream(text);
    let mut found = Vec::new();
    stream.process(&mut |token| found.push(token.text.clone()));
    found
}

/// Text as people write it: Vietnamese, numbers, formulas, marks on their own, other scripts.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-zA-ZđĐăâêôơưàáảãạ0-9 ,./^_+#\u{301}\u{323}\u{31b}\u{302}-]{0,60}",
        "[\\PC]{0,40}"
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn offsets_lie_on_characters_and_grow(text in text()) {
        let mut last = 0;
        for segment in Segments::new(&text) {
            prop_assert!(text.is_char_boundary(segment.from) && text.is_char_boundary(segment.to));
            prop_assert!(segment.from < segment.to && segment.from >= last);
            if segment.parts == 0 { last = segment.to; }
        }
    }

    #[test]
    fn folding_twice_changes_nothing(text in text()) {
        for segment in Segments::new(&text) {
            let once = key::folded(&text[segment.from..segment.to]);
            prop_assert_eq!(key::folded(&once), once);
        }
    }

    #[test]
    fn vietnamese_has_the_same_keys_in_both_forms(text in "[a-zđăâêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ ]{0,60}") {
        let apart: String = text.nfd().collect();
        for family in Family::ALL {
            prop_assert_eq!(keys(family, &text), keys(family, &apart));
        }
    }

    #[test]
    fn any_text_has_the_same_keys_in_both_forms(text in text()) {
        let (composed, apart): (String, String) = (text.nfc().collect(), text.nfd().collect());
        for family in Family::ALL {
            prop_assert_eq!(keys(family, &composed), keys(family, &apart));
        }
    }

    #[test]
    fn tokens_stand_on_characters_of_the_text(text in text()) {
        for family in Family::ALL {
            let mut tokenizer = KhueTokenizer::new(family);
            let mut stream = tokenizer.token_stream(&text);
            while let Some(token) = stream.next() {
                prop_assert!(text.get(token.offset_from..token.offset_to).is_some_and(|word| !word.is_empty()));
                prop_assert!(!token.text.is_empty());
            }
        }
    }

    #[test]
    fn any_text_has_keys_without_a_panic(text in text()) {
        for family in Family::ALL {
            keys(family, &text);
        }
        for language in StemLanguage::ALL {
            stem_tokens(language, &text);
        }
    }
}

#[test]
fn pairs_join_neighbours() {
    assert_eq!(
        keys(Family::Pair, "Định luật Niu-tơn"),
        ["dinhluat", "luatniu", "niuton"]
    );
}
