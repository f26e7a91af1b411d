//! The letters of each encoding, written from the standards.

/// TCVN 5712:1993 (VN1 with the capitals of its control columns): first byte, letters in order;
/// `·` is a byte that has none.
pub(super) const TCVN3: &[(u8, &str)] = &[
    (0xa1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xaf, "Ằ"),
    (
        0xb5,
        "àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ",
    ),
    (0x80, "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"),
];

/// RFC 1456.
pub(super) const VISCII: &[(u8, &str)] = &[
    (0x02, "Ẳ"),
    (0x05, "ẴẪ"),
    (0x14, "Ỷ"),
    (0x19, "Ỹ"),
    (0x1e, "Ỵ"),
    (0x80, "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ"),
    (0x90, "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"),
    (0xa0, "ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"),
    (0xc0, "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ"),
    (0xd0, "ĐứÒÓÔạỷừửÙÚỹỵÝỡư"),
    (0xe0, "àáâãảăữẫèéêẻìíĩỉ"),
    (0xf0, "đựòóôõỏọụùúũủýợỮ"),
];

/// VNI for Windows: base letter, then mark and what both are together.
pub(super) const VNI: &[(u8, &[(u8, char)])] = &[
    (
        b'a',
        &[
            (0xf9, 'á'),
            (0xf8, 'à'),
            (0xfb, 'ả'),
            (0xf5, 'ã'),
            (0xef, 'ạ'),
            (0xe2, 'â'),
            (0xe1, 'ấ'),
            (0xe0, 'ầ'),
            (0xe5, 'ẩ'),
            (0xe3, 'ẫ'),
            (0xe4, 'ậ'),
            (0xea, 'ă'),
            (0xe9, 'ắ'),
            (0xe8, 'ằ'),
            (0xfa, 'ẳ'),
            (0xfc, 'ẵ'),
            (0xeb, 'ặ'),
        ],
    ),
    (
        b'A',
        &[
            (0xd9, 'Á'),
            (0xd8, 'À'),
            (0xdb, 'Ả'),
            (0xd5, 'Ã'),
            (0xcf, 'Ạ'),
            (0xc2, 'Â'),
            (0xc1, 'Ấ'),
            (0xc0, 'Ầ'),
            (0xc5, 'Ẩ'),
            (0xc3, 'Ẫ'),
            (0xc4, 'Ậ'),
            (0xca, 'Ă'),
            (0xc9, 'Ắ'),
            (0xc8, 'Ằ'),
            (0xda, 'Ẳ'),
            (0xdc, 'Ẵ'),
            (0xcb, 'Ặ'),
        ],
    ),
    (
        b'e',
        &[
            (0xf9, 'é'),
            (0xf8, 'è'),
            (0xfb, 'ẻ'),
            (0xf5, 'ẽ'),
            (0xef, 'ẹ'),
            (0xe2, 'ê'),
            (0xe1, 'ế'),
            (0xe0, 'ề'),
            (0xe5, 'ể'),
            (0xe3, 'ễ'),
            (0xe4, 'ệ'),
        ],
    ),
    (
        b'E',
        &[
            (0xd9, 'É'),
            (0xd8, 'È'),
            (0xdb, 'Ẻ'),
            (0xd5, 'Ẽ'),
            (0xcf, 'Ẹ'),
            (0xc2, 'Ê'),
            (0xc1, 'Ế'),
            (0xc0, 'Ề'),
            (0xc5, 'Ể'),
            (0xc3, 'Ễ'),
            (0xc4, 'Ệ'),
        ],
    ),
    (
        b'o',
        &[
            (0xf9, 'ó'),
            (0xf8, 'ò'),
            (0xfb, 'ỏ'),
            (0xf5, 'õ'),
            (0xef, 'ọ'),
            (0xe2, 'ô'),
            (0xe1, 'ố'),
            (0xe0, 'ồ'),
            (0xe5, 'ổ'),
            (0xe3, 'ỗ'),
            (0xe4, 'ộ'),
        ],
    ),
    (
        b'O',
        &[
            (0xd9, 'Ó'),
            (0xd8, 'Ò'),
            (0xdb, 'Ỏ'),
            (0xd5, 'Õ'),
            (0xcf, 'Ọ'),
            (0xc2, 'Ô'),
            (0xc1, 'Ố'),
            (0xc0, 'Ồ'),
            (0xc5, 'Ổ'),
            (0xc3, 'Ỗ'),
            (0xc4, 'Ộ'),
        ],
    ),
    (
        0xf4,
        &[
            (0xf9, 'ớ'),
            (0xf8, 'ờ'),
            (0xfb, 'ở'),
            (0xf5, 'ỡ'),
            (0xef, 'ợ'),
        ],
    ),
    (
        0xd4,
        &[
            (0xd9, 'Ớ'),
            (0xd8, 'Ờ'),
            (0xdb, 'Ở'),
            (0xd5, 'Ỡ'),
            (0xcf, 'Ợ'),
        ],
    ),
    (
        b'u',
        &[
            (0xf9, 'ú'),
            (0xf8, 'ù'),
            (0xfb, 'ủ'),
            (0xf5, 'ũ'),
            (0xef, 'ụ'),
        ],
    ),
    (
        b'U',
        &[
            (0xd9, 'Ú'),
            (0xd8, 'Ù'),
            (0xdb, 'Ủ'),
            (0xd5, 'Ũ'),
            (0xcf, 'Ụ'),
        ],
    ),
    (
        0xf6,
        &[
            (0xf9, 'ứ'),
            (0xf8, 'ừ'),
            (0xfb, 'ử'),
            (0xf5, 'ữ'),
            (0xef, 'ự'),
        ],
    ),
    (
        0xd6,
        &[
            (0xd9, 'Ứ'),
            (0xd8, 'Ừ'),
            (0xdb, 'Ử'),
            (0xd5, 'Ữ'),
            (0xcf, 'Ự'),
        ],
    ),
    (b'y', &[(0xf9, 'ý'), (0xf8, 'ỳ'), (0xfb, 'ỷ'), (0xf5, 'ỹ')]),
    (b'Y', &[(0xd9, 'Ý'), (0xd8, 'Ỳ'), (0xdb, 'Ỷ'), (0xd5, 'Ỹ')]),
];

/// VNI for Windows: letters of one byte.
pub(super) const VNI_ALONE: &[(u8, char)] = &[
    (0xed, 'í'),
    (0xec, 'ì'),
    (0xe6, 'ỉ'),
    (0xf3, 'ĩ'),
    (0xf2, 'ị'),
    (0xf4, 'ơ'),
    (0xf6, 'ư'),
    (0xee, 'ỵ'),
    (0xf1, 'đ'),
    (0xcd, 'Í'),
    (0xcc, 'Ì'),
    (0xc6, 'Ỉ'),
    (0xd3, 'Ĩ'),
    (0xd2, 'Ị'),
    (0xd4, 'Ơ'),
    (0xd6, 'Ư'),
    (0xce, 'Ỵ'),
    (0xd1, 'Đ'),
];

/// The signs by which code page 1258 writes a text: the five tones follow their letters, but for
/// the vowels with acute or grave that windows-1252 has.
pub(super) fn in_1258(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut signs = String::with_capacity(text.len());
    for letter in text.nfc() {
        match encoding_rs::WINDOWS_1258
            .encode(letter.encode_utf8(&mut [0; 4]))
            .2
        {
            false => signs.push(letter),
            true => {
                let apart: Vec<char> = std::iter::once(letter).nfd().collect();
                let is_tone = |sign: &char| {
                    matches!(
                        sign,
                        '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'
                    )
                };
                let base: String = apart
                    .iter()
                    .copied()
                    .filter(|sign| !is_tone(sign))
                    .nfc()
                    .collect();
                signs.push_str(&base);
                signs.extend(apart.iter().copied().filter(|sign| is_tone(sign)));
            }
        }
    }
    signs
}
