//! The figures of a record, with their units.

use super::{Claim, Exercise};

/// Units that follow a figure which means something in a lesson.
const UNITS: &[&str] = &[
    "kg",
    "g",
    "mg",
    "tấn",
    "tạ",
    "yến",
    "km",
    "m",
    "dm",
    "cm",
    "mm",
    "µm",
    "nm",
    "km/h",
    "m/s",
    "m/s²",
    "km²",
    "m²",
    "cm²",
    "dm²",
    "m³",
    "cm³",
    "dm³",
    "ha",
    "l",
    "lít",
    "ml",
    "N",
    "J",
    "kJ",
    "W",
    "kW",
    "kWh",
    "V",
    "A",
    "mA",
    "Ω",
    "Pa",
    "Hz",
    "K",
    "°C",
    "°",
    "%",
    "mol",
    "g/mol",
    "đồng",
    "nghìn",
    "triệu",
    "tỉ",
    "người",
    "năm",
    "tuổi",
    "lần",
    "quả",
    "bạn",
    "học",
    "cái",
    "kg/m³",
    "g/cm³",
    "litres",
    "litre",
    "metres",
    "meters",
    "people",
    "years",
    "euros",
    "dollars",
    "habitants",
    "ans",
    "mètres",
    "millions",
    "million",
    "s",
    "giây",
    "ngày",
    "tháng",
    "USD",
    "từ",
    "chữ",
    "words",
    "mots",
];

/// Those of them that count and do not measure.
const COUNTED: &[&str] = &[
    "người",
    "bạn",
    "học",
    "cái",
    "từ",
    "chữ",
    "people",
    "words",
    "habitants",
    "mots",
    "lần",
];

/// Figures with their units in claims, then in exercises.
pub(super) fn quantities(claims: &[Claim], exercises: &[Exercise]) -> Vec<String> {
    let claims = claims.iter().map(|claim| claim.text.as_str());
    let tasks = exercises.iter().map(|exercise| exercise.text.as_str());
    let mut all = Vec::new();
    for text in claims.chain(tasks) {
        for found in in_text(text) {
            if !all.contains(&found) {
                all.push(found);
            }
        }
    }
    all
}

fn in_text(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let mut found = Vec::new();
    for (at, pair) in words.windows(2).enumerate() {
        let number = pair[0].trim_start_matches(['(', '"']);
        let unit = pair[1].trim_end_matches(['.', ',', ';', ':', ')', '?', '!', '"']);
        let is_number = number.starts_with(|c: char| c.is_ascii_digit())
            && number
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '/'))
            && !number.ends_with(['.', ',', '/']);
        // “2 đồng vị”: small sums of money are none.
        let money = unit == "đồng" && number.len() < 3;
        // “In 1978 people began”: a year counts nobody.
        let year = number.len() == 4 && matches!(number.parse::<u16>(), Ok(1000..=2100));
        let counts = COUNTED.contains(&unit) && year;
        // “12 tháng 10” is a day, no length of time.
        let behind = words.get(at + 2).copied().unwrap_or_default();
        let date =
            matches!(unit, "tháng" | "năm") && behind.starts_with(|c: char| c.is_ascii_digit());
        if is_number && UNITS.contains(&unit) && !money && !counts && !date {
            found.push(format!("{number} {unit}"));
        }
    }
    let percents = words
        .iter()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%'));
    found.extend(
        percents
            .filter(|word| word.ends_with('%') && word.starts_with(|c: char| c.is_ascii_digit()))
            .map(str::to_owned),
    );
    found
}

#[cfg(test)]
mod tests {
    use super::in_text;

    #[test]
    fn figures_keep_their_units() {
        assert_eq!(
            in_text("Thùng 20 kg chạy 1,5 m/s², tăng 12%."),
            ["20 kg", "1,5 m/s²", "12%"]
        );
        assert!(in_text("Năm 1954 có 3 bài.").is_empty());
        assert!(in_text("Lễ diễn ra ngày 12 tháng 10 năm 2013.").is_empty());
        assert_eq!(in_text("Cây lớn trong 12 tháng."), ["12 tháng"]);
    }
}
