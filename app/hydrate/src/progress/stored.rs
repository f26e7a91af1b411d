//! A record as a text and back, through the browser's own JSON: another reader of JSON would weigh more than all of this.

use super::record::{Record, Review};
use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Version of the form.
const VERSION: f64 = 1.0;

/// A record from a text, such as an exported file; `None` where it is not wholly one.
pub fn read(text: &str) -> Option<Record> {
    let all = JSON::parse(text).ok()?;
    if field(&all, "khue")?.as_f64() != Some(VERSION) {
        return None;
    }
    Some(Record {
        done: rows(&all, "done", |row| {
            Some((text_at(row, 0)?, number_at(row, 1)?))
        })?,
        open: rows(&all, "open", |row| {
            Some((text_at(row, 0)?, text_at(row, 1)?))
        })?,
        review: rows(&all, "review", |row| {
            let [stability, difficulty, day] = [1, 2, 3].map(|place| number_at(row, place));
            Some(Review(text_at(row, 0)?, stability?, difficulty?, day?))
        })?,
    })
}

/// A record as a text.
pub fn write(record: &Record) -> String {
    let done = record.done.iter();
    let open = record.open.iter();
    let review = record.review.iter();
    let fields = [
        ("khue", JsValue::from_f64(VERSION)),
        (
            "done",
            list(done.map(|(id, day)| [id.into(), (*day).into()])),
        ),
        (
            "open",
            list(open.map(|(path, id)| [path.into(), id.into()])),
        ),
        (
            "review",
            list(review.map(|Review(id, stability, difficulty, day)| {
                [
                    id.into(),
                    (*stability).into(),
                    (*difficulty).into(),
                    (*day).into(),
                ]
            })),
        ),
    ];
    let all = Object::new();
    for (name, value) in fields {
        // A new plain object takes every field.
        let _ = Reflect::set(&all, &name.into(), &value);
    }
    JSON::stringify(&all).map_or_else(|_| String::new(), String::from)
}

fn field(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok()
}

fn rows<T>(of: &JsValue, name: &str, read: impl Fn(&Array) -> Option<T>) -> Option<Vec<T>> {
    let list: Array = field(of, name)?.dyn_into().ok()?;
    list.iter().map(|row| read(row.dyn_ref()?)).collect()
}

fn text_at(row: &Array, place: u32) -> Option<String> {
    row.get(place).as_string()
}

fn number_at(row: &Array, place: u32) -> Option<u32> {
    let number = row.get(place).as_f64()?;
    (number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number))
        .then_some(number as u32)
}

fn list<const N: usize>(rows: impl Iterator<Item = [JsValue; N]>) -> JsValue {
    let rows = rows.map(|row| row.into_iter().collect::<Array>());
    rows.collect::<Array>().into()
}
