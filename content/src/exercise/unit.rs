//! Units of measure as people type them: `km/h`, `m/s²`, `m.s-2`, `kg`, or words such as `con gà`.

use super::number::raised_digit;
use std::collections::BTreeMap;

/// A unit: how many of its base units it is, and which bases with which powers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unit {
    factor: f64,
    bases: BTreeMap<String, i32>,
}

/// A row of [`ROWS`].
type Row = (&'static [&'static str], f64, &'static [(&'static str, i32)]);

/// Spellings, factor to the base units, base units with powers. Base units are those of the SI; what is in no
/// row is a base unit of its own, so that words can be counted in.
/// Factors: BIPM, *The International System of Units*, 9th edition (2019).
const ROWS: &[Row] = &[
    (&["m", "mét", "metre", "meter", "mètre"], 1.0, &[("m", 1)]),
    (&["km", "ki-lô-mét", "kilômét"], 1e3, &[("m", 1)]),
    (&["dm"], 1e-1, &[("m", 1)]),
    (&["cm", "xăng-ti-mét", "xentimét"], 1e-2, &[("m", 1)]),
    (&["mm", "mi-li-mét", "milimét"], 1e-3, &[("m", 1)]),
    (&["µm", "μm", "um"], 1e-6, &[("m", 1)]),
    (&["nm"], 1e-9, &[("m", 1)]),
    (&["ha", "héc-ta", "hecta", "hectare"], 1e4, &[("m", 2)]),
    (&["l", "L", "lít", "litre", "liter"], 1e-3, &[("m", 3)]),
    (&["ml", "mL", "mililít"], 1e-6, &[("m", 3)]),
    (
        &["kg", "ki-lô-gam", "kilôgam", "kilogam"],
        1.0,
        &[("kg", 1)],
    ),
    (&["g", "gam", "gram", "gramme"], 1e-3, &[("kg", 1)]),
    (&["mg"], 1e-6, &[("kg", 1)]),
    (&["t", "tấn", "tonne"], 1e3, &[("kg", 1)]),
    (&["tạ"], 1e2, &[("kg", 1)]),
    (&["yến"], 1e1, &[("kg", 1)]),
    (
        &["s", "giây", "second", "seconds", "seconde", "secondes"],
        1.0,
        &[("s", 1)],
    ),
    (&["ms"], 1e-3, &[("s", 1)]),
    (&["min", "phút", "minute", "minutes"], 60.0, &[("s", 1)]),
    (
        &["h", "giờ", "hour", "hours", "heure", "heures"],
        3600.0,
        &[("s", 1)],
    ),
    (
        &["N", "niutơn", "newton", "newtons"],
        1.0,
        &[("kg", 1), ("m", 1), ("s", -2)],
    ),
    (&["kN"], 1e3, &[("kg", 1), ("m", 1), ("s", -2)]),
    (
        &["J", "jun", "joule", "joules"],
        1.0,
        &[("kg", 1), ("m", 2), ("s", -2)],
    ),
    (&["kJ"], 1e3, &[("kg", 1), ("m", 2), ("s", -2)]),
    (&["kWh"], 3.6e6, &[("kg", 1), ("m", 2), ("s", -2)]),
    (&["Wh"], 3.6e3, &[("kg", 1), ("m", 2), ("s", -2)]),
    (
        &["W", "oát", "watt", "watts"],
        1.0,
        &[("kg", 1), ("m", 2), ("s", -3)],
    ),
    (&["kW"], 1e3, &[("kg", 1), ("m", 2), ("s", -3)]),
    (&["Pa"], 1.0, &[("kg", 1), ("m", -1), ("s", -2)]),
    (&["kPa"], 1e3, &[("kg", 1), ("m", -1), ("s", -2)]),
    (&["Hz"], 1.0, &[("s", -1)]),
    (&["A", "ampe", "ampere", "ampère"], 1.0, &[("A", 1)]),
    (&["mA"], 1e-3, &[("A", 1)]),
    (
        &["V", "vôn", "volt", "volts"],
        1.0,
        &[("kg", 1), ("m", 2), ("s", -3), ("A", -1)],
    ),
    (&["mV"], 1e-3, &[("kg", 1), ("m", 2), ("s", -3), ("A", -1)]),
    (
        &["Ω", "Ω", "ôm", "ohm", "ohms"],
        1.0,
        &[("kg", 1), ("m", 2), ("s", -3), ("A", -2)],
    ),
    (&["kΩ"], 1e3, &[("kg", 1), ("m", 2), ("s", -3), ("A", -2)]),
    (&["mol"], 1.0, &[("mol", 1)]),
    (&["°C", "oC", "độ C", "ºC", "℃"], 1.0, &[("°C", 1)]),
    (&["°", "độ", "º", "degrees", "degrés"], 1.0, &[("°", 1)]),
    (&["đồng", "đ", "vnđ", "vnd", "₫"], 1.0, &[("đồng", 1)]),
];

impl Unit {
    /// The unit that a text names; one without bases where it names none.
    pub(super) fn read(text: &str) -> Self {
        let mut unit = Self {
            factor: 1.0,
            bases: BTreeMap::new(),
        };
        if let Some(row) = row(text.trim()) {
            unit.times(row, 1);
            return unit;
        }
        for (part, below) in parts(text) {
            let (name, power) = power_of(&part);
            let power = if below { -power } else { power };
            match row(name) {
                Some(row) => unit.times(row, power),
                None => unit.base(&name.to_lowercase(), power),
            }
        }
        unit.bases.retain(|_, power| *power != 0);
        unit
    }

    /// Whether the text named no unit.
    pub(super) fn is_none(&self) -> bool {
        self.bases.is_empty()
    }

    /// How many of `other` one of these is; nothing where they measure different things.
    pub(super) fn in_terms_of(&self, other: &Self) -> Option<f64> {
        (self.bases == other.bases).then(|| self.factor / other.factor)
    }

    fn times(&mut self, row: &Row, power: i32) {
        self.factor *= row.1.powi(power);
        for (base, own) in row.2 {
            self.base(base, own * power);
        }
    }

    fn base(&mut self, name: &str, power: i32) {
        if !name.is_empty() {
            *self.bases.entry(name.to_owned()).or_default() += power;
        }
    }
}

/// The row of a spelling; capitals matter first (`mA`, `MA`), then no longer (`Km`).
fn row(name: &str) -> Option<&'static Row> {
    let lower = name.to_lowercase();
    let exact = ROWS.iter().find(|row| row.0.contains(&name));
    exact.or_else(|| {
        let alike = |own: &&str| own.to_lowercase() == lower;
        ROWS.iter().find(|row| row.0.iter().any(alike))
    })
}

/// The factors of a unit, and whether each stands below the line.
fn parts(text: &str) -> Vec<(String, bool)> {
    let mut parts = vec![(String::new(), false)];
    for c in text.trim().chars() {
        match c {
            '/' => parts.push((String::new(), true)),
            '·' | '*' | '.' | '⋅' | '×' | ' ' => parts.push((String::new(), false)),
            other => {
                if let Some((part, _)) = parts.last_mut() {
                    part.push(other);
                }
            }
        }
    }
    keep_below(parts)
}

/// A space behind the stroke does not lift what follows it: `km / h`.
fn keep_below(parts: Vec<(String, bool)>) -> Vec<(String, bool)> {
    let mut kept: Vec<(String, bool)> = Vec::new();
    let mut waiting = false;
    for (part, below) in parts {
        let below = below || waiting;
        waiting = below && part.is_empty();
        if !part.is_empty() {
            kept.push((part, below));
        }
    }
    kept
}

/// A factor and its power: `s²`, `s^-2`, `s2`, `s-2`.
fn power_of(part: &str) -> (&str, i32) {
    let is_power =
        |c: char| c.is_ascii_digit() || c == '-' || c == '^' || raised_digit(c).is_some();
    let name = part.trim_end_matches(is_power);
    let written = &part[name.len()..];
    let digits: String = written
        .chars()
        .filter(|c| *c != '^')
        .map(|c| raised_digit(c).unwrap_or(c))
        .collect();
    match digits.parse() {
        Ok(power) if !name.is_empty() && (-9..=9).contains(&power) => (name, power),
        _ => (part, 1),
    }
}
