//! With the real weights, where the folder of models has them; else skipped with a message.
#![allow(clippy::unwrap_used)]

use khue_inference::models::{MODELS, ModelFolder, Role, State};
use khue_inference::{Encoder, Reference, Vector};

/// Texts and the identifiers that the engine which comes with the weights gives their pieces.
const PIECES: &[(&str, &[u32])] = &[
    (
        "Hai phân số bằng nhau khi nào?",
        &[4368, 17655, 3030, 6567, 10218, 1907, 3941, 32],
    ),
    (
        "Định luật II Newton: gia tốc tỉ lệ thuận với lực, tỉ lệ nghịch với khối lượng.",
        &[
            124818, 18179, 1995, 145076, 12, 3529, 71917, 114108, 32524, 43168, 1116, 9611, 4,
            114108, 32524, 26077, 206, 1116, 94664, 6372, 5,
        ],
    ),
    (
        "Đường tròn ngoại tiếp tam giác ABC có bán kính R = 5 cm.",
        &[
            69025, 144140, 35109, 6998, 1481, 31200, 47457, 524, 8713, 53467, 627, 2203, 190, 1827,
            5,
        ],
    ),
    (
        "Bài thơ “Qua Đèo Ngang” của Bà Huyện Thanh Quan – lớp 8",
        &[
            24210, 54147, 52, 31583, 11, 4428, 1934, 31, 541, 4451, 63, 550, 39914, 88238, 21018,
            19, 27316, 38738, 46, 31282, 382,
        ],
    ),
    (
        "tinh chat co ban cua phan so",
        &[18456, 3245, 552, 4599, 314, 11, 6, 68743, 221],
    ),
    (
        "Water boils at 100 °C; ice melts at 0 °C.",
        &[
            27646, 337, 7870, 99, 805, 16207, 441, 74, 6, 2980, 21501, 933, 99, 757, 16207, 441, 5,
        ],
    ),
    (
        "Photosynthesis converts light energy into chemical energy (C₆H₁₂O₆).",
        &[
            79632, 3371, 2347, 6023, 96760, 7, 22729, 48302, 3934, 165045, 48302, 15, 441, 910,
            841, 1530, 670, 59690, 5,
        ],
    ),
    (
        "Don't mix \"its\" and it's!",
        &[7650, 25, 18, 17664, 44, 14481, 58, 136, 442, 25, 7, 38],
    ),
    (
        "L’élève doit résoudre l’équation du second degré ax² + bx + c = 0.",
        &[
            339, 26, 135146, 21084, 223940, 96, 26, 446, 5490, 2320, 115, 17932, 8, 52590, 10, 425,
            304, 997, 876, 425, 997, 501, 2203, 757, 5,
        ],
    ),
    (
        "Où se trouve la forêt de Fontainebleau ? À 60 km de Paris, près de l'Essonne.",
        &[
            180, 8612, 40, 24215, 21, 181503, 8, 40788, 16182, 2661, 916, 705, 19597, 1496, 1785,
            8, 7270, 4, 44488, 8, 96, 25, 647, 4503, 86, 5,
        ],
    ),
    (
        "Cœur, naïveté, œuvre, ½ tasse, ﬁchier",
        &[
            313, 52908, 474, 4, 24, 9392, 272, 2312, 4, 84065, 4, 78660, 3251, 184, 4, 110267,
        ],
    ),
    (
        "漢字 и кириллица 🎓 ①",
        &[6, 39353, 7234, 35, 77912, 3873, 34201, 6, 247197, 106],
    ),
];

fn real() -> Option<(Encoder, std::path::PathBuf)> {
    let folder = ModelFolder::default_place();
    match folder.in_use(Role::Encoder) {
        Ok(model) => Some((Encoder::open(&folder).unwrap(), model.path)),
        Err(error) => {
            eprintln!("skipped: {error}");
            None
        }
    }
}

fn cosine(a: &Vector, b: &Vector) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[test]
fn what_was_fetched_has_the_checksum_of_the_table() {
    let folder = ModelFolder::default_place();
    for model in MODELS {
        match folder.state(model) {
            State::Missing => eprintln!("skipped: {} has not been fetched", model.name),
            _ => folder.verify(model).unwrap(),
        }
    }
}

#[test]
fn pieces_are_those_of_the_weights_own_engine() {
    let Some((encoder, _)) = real() else { return };
    for (text, pieces) in PIECES {
        assert_eq!(encoder.piece_ids(text), *pieces, "{text}");
    }
}

#[test]
fn rounding_costs_less_than_a_thousandth() {
    let Some((encoder, path)) = real() else {
        return;
    };
    let reference = Reference::open_file(&path).unwrap();
    let long = PIECES
        .iter()
        .map(|(text, _)| *text)
        .collect::<Vec<_>>()
        .join(" ");
    for text in [PIECES[0].0, PIECES[3].0, PIECES[8].0, PIECES[11].0] {
        let cosine = cosine(
            &encoder.query(text).unwrap(),
            &reference.query(text).unwrap(),
        );
        assert!(cosine > 0.999, "{cosine}: {text}");
    }
    let cosine = cosine(
        &encoder.passage(&long).unwrap(),
        &reference.passage(&long).unwrap(),
    );
    assert!(cosine > 0.999, "{cosine}: {long}");
}

/// Within one language: the model puts any two texts of one language nearer together than they are.
#[test]
fn a_question_in_any_language_is_nearest_to_its_answer() {
    let Some((encoder, _)) = real() else { return };
    let passages = [
        "To bring two fractions to a common denominator, multiply both parts of each by the denominator of the other.",
        "Plants use sunlight to turn carbon dioxide and water into sugar and oxygen.",
        "The French Revolution began in 1789, when the people of Paris took the Bastille.",
    ];
    let passages = encoder.passages(&passages).unwrap();
    let queries = [
        ("quy đồng mẫu số hai phân số", 0),
        ("réduire deux fractions au même dénominateur", 0),
        ("cây xanh quang hợp như thế nào", 1),
        ("comment les plantes produisent-elles du sucre", 1),
        ("cách mạng Pháp bắt đầu năm nào", 2),
        ("quand la Révolution française a-t-elle commencé", 2),
    ];
    for (query, expected) in queries {
        let vector = encoder.query(query).unwrap();
        let near = |place: &usize| cosine(&vector, &passages[*place]);
        let nearest = (0..3).max_by(|a, b| near(a).total_cmp(&near(b)));
        assert_eq!(nearest, Some(expected), "{query}");
    }
}
