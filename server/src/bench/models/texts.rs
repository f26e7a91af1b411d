//! Texts that are turned into vectors for measuring.

use khue_inference::Encoder;

/// What people search for.
pub(super) const QUERIES: &[&str] = &[
    "quy đồng mẫu số hai phân số khác mẫu",
    "cây xanh quang hợp như thế nào",
    "định luật Ohm lớp 9",
    "tho luc bat viet nhu the nao",
    "how do I find the area of a trapezium",
    "why does the moon change its shape",
    "comment accorder le participe passé",
    "exercices sur les fonctions affines",
];

/// What lessons say.
pub(super) const PASSAGES: &[&str] = &[
    "Muốn quy đồng mẫu số hai phân số, ta nhân cả tử số và mẫu số của phân số thứ nhất với mẫu số của phân số thứ hai, rồi làm ngược lại. Khi hai mẫu số chia hết cho nhau, chỉ cần đổi phân số có mẫu bé hơn.",
    "Cường độ dòng điện chạy qua dây dẫn tỉ lệ thuận với hiệu điện thế đặt vào hai đầu dây và tỉ lệ nghịch với điện trở của dây.",
    "Trong thể thơ lục bát, tiếng thứ sáu của câu lục vần với tiếng thứ sáu của câu bát; tiếng thứ tám của câu bát lại vần với tiếng thứ sáu của câu lục tiếp theo.",
    "The area of a trapezium is half the sum of its parallel sides times the distance between them. Cut it along a diagonal to see why: both triangles have the same height.",
    "The half of the Moon that faces the Sun is always lit. What changes over a month is how much of that half can be seen from the Earth.",
    "Le participe passé employé avec l’auxiliaire être s’accorde avec le sujet ; employé avec avoir, il s’accorde avec le complément d’objet direct lorsque celui-ci est placé avant.",
    "Une fonction affine est représentée par une droite. Son coefficient directeur dit de combien l’ordonnée augmente quand l’abscisse augmente de un.",
];

/// A query of about so many pieces.
pub(super) fn query_of(pieces: usize, encoder: &Encoder) -> String {
    of(pieces, encoder, QUERIES)
}

/// A passage of about so many pieces.
pub(super) fn passage_of(pieces: usize, encoder: &Encoder) -> String {
    of(pieces, encoder, PASSAGES)
}

/// Words of these texts, until with what the encoder adds there are so many pieces.
fn of(pieces: usize, encoder: &Encoder, texts: &[&str]) -> String {
    let mut text = String::new();
    for word in texts
        .iter()
        .cycle()
        .flat_map(|text| text.split(' '))
        .take(pieces)
    {
        let longer = format!("{text} {word}");
        if encoder.length(&longer) > pieces {
            break;
        }
        text = longer;
    }
    text
}
