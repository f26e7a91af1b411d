//! Vietnamese from before Unicode.

use khue_extract::legacy::{ENCODINGS, Encoding, decode, detect, encode, is_syllable, repair};
use khue_extract::{Limits, Notice, read_whole};
use proptest::prelude::*;

const TEXT: &str = "Định luật bảo toàn năng lượng nói rằng năng lượng không tự sinh ra và không tự mất đi. \
    Nước chảy từ chỗ cao xuống chỗ thấp; quả bóng rơi xuống đất. Các em hãy kể thêm ví dụ về những thay đổi ấy.";

/// Every letter with marks that Vietnamese has.
const SMALL: &str = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ";

#[test]
fn every_letter_goes_there_and_back() {
    for encoding in ENCODINGS {
        for letters in [SMALL.to_owned(), SMALL.to_uppercase()] {
            for letter in letters.chars().map(String::from) {
                // TCVN3 has some capitals only where control codes stand; fonts have them apart.
                let Some(bytes) = encode(&letter, *encoding) else {
                    assert!(
                        *encoding == Encoding::Tcvn3 && letter.to_lowercase() != letter,
                        "{encoding}: {letter}"
                    );
                    continue;
                };
                assert_eq!(decode(&bytes, *encoding), letter, "{encoding}: {bytes:x?}");
            }
        }
    }
}

#[test]
fn samples_of_the_standards() {
    // RFC 1456: "Việt" is 56 69 AE 74.
    assert_eq!(decode(b"Vi\xaet", Encoding::Viscii), "Việt");
    assert_eq!(decode(b"ti\xd5ng Vi\xd6t", Encoding::Tcvn3), "tiếng Việt");
    assert_eq!(decode(b"tie\xe1ng Vie\xe4t", Encoding::Vni), "tiếng Việt");
    assert_eq!(
        decode(b"ti\xea\xecng Vi\xea\xf2t", Encoding::Windows1258),
        "tiếng Việt"
    );
}

#[test]
fn texts_are_told_and_converted() {
    for encoding in ENCODINGS {
        let bytes = encode(TEXT, *encoding).expect("all letters are there");
        assert_eq!(detect(&bytes), Some(*encoding));
        let read = read_whole(&bytes, "bai.txt", &Limits::default());
        assert_eq!(read.text(), TEXT);
        assert_eq!(
            read.notices,
            [Notice::Converted {
                encoding: *encoding
            }]
        );
    }
}

/// What a program shows that takes bytes for Western letters.
fn western(text: &str, encoding: Encoding) -> String {
    let bytes = encode(text, encoding).expect("all letters are there");
    encoding_rs::WINDOWS_1252
        .decode_without_bom_handling(&bytes)
        .0
        .into_owned()
}

#[test]
fn unicode_with_the_letters_of_a_font_is_mended() {
    for encoding in [Encoding::Tcvn3, Encoding::Vni] {
        assert_eq!(
            repair(&western(TEXT, encoding)),
            Some((encoding, TEXT.to_owned()))
        );
    }
    let mixed = format!(
        "{}\nThe speed of light is c.\nĐịnh luật này đã là Unicode.",
        western(TEXT, Encoding::Tcvn3)
    );
    let (_, mended) = repair(&mixed).expect("an old encoding");
    assert!(
        mended.ends_with("\nThe speed of light is c.\nĐịnh luật này đã là Unicode."),
        "{mended}"
    );
}

#[test]
fn other_languages_are_left_alone() {
    for text in [
        "Le théorème a été démontré à l’école ; où sont les élèves ? Ça, c’était déjà là-bas, près du café.",
        "Le champ « Choices » : « Oui », « Non », « Peut-être » ; même l’option « Aucune » est là.",
        "Die Größe der Kräfte wächst über das Maß hinaus; dafür müssen wir später büßen.",
        "La física estudia cómo varían las energías según la posición; así será mañana en España.",
        "Não há ação sem reação; as leis são três, e já estão à mão.",
        "È così che la città può essere più bella: perché c'è già la libertà.",
        TEXT,
    ] {
        assert_eq!(repair(text), None, "{text}");
        let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(text);
        if !lost {
            assert_eq!(detect(&bytes), None, "{text}");
            assert_eq!(read_whole(&bytes, "a.txt", &Limits::default()).text(), text);
        }
    }
}

#[test]
fn what_no_encoding_explains_is_left_out_and_told() {
    let rubbish: Vec<u8> = b"abc \xb1\xb2\xb3\xb4\xa5\xa6\xd7 de \xf7\xa4\xa8\xaf "
        .iter()
        .cycle()
        .take(600)
        .copied()
        .collect();
    let read = read_whole(&rubbish, "a.txt", &Limits::default());
    assert!(
        read.notices.contains(&Notice::UnknownEncoding),
        "{:?}",
        read.notices
    );
    assert!(read.text().is_ascii(), "{}", read.text());
}

#[test]
fn syllables_have_a_form() {
    assert!(
        TEXT.split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_ascii())
            .all(is_syllable)
    );
    for word in ["giếng", "quốc", "khuỷu", "ngoằn", "rượu", "ỷ", "gì", "xoèn"] {
        assert!(is_syllable(word), "{word}");
    }
    for word in ["élève", "déjà", "größe", "mañana", "bạnn", "cáà", "têc"] {
        assert!(!is_syllable(word), "{word}");
    }
}

proptest! {
    #[test]
    fn any_bytes_come_out_as_some_text(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for encoding in ENCODINGS {
            let _ = decode(&bytes, *encoding);
        }
        let _ = read_whole(&bytes, "a.txt", &Limits::default());
    }

    #[test]
    fn any_text_can_be_looked_at(text in "\\PC{0,200}") {
        let _ = repair(&text);
        let _ = is_syllable(&text);
    }
}
