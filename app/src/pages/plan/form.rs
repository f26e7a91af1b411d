//! The form of a plan.

use khue_content::plan::{EARLIEST, LATEST, MINUTES, Wish, exams};
use leptos::prelude::*;

use crate::components::{by_notation, label, narrower, notation, school_subjects};
use crate::reader::Reader;
use crate::{Language, wording};

/// Minutes to choose from.
const CHOICES: [u32; 8] = [15, 30, 45, 60, 90, 120, 150, 180];

/// What a plan can be for: examinations, or any subject and grade.
pub fn ways(reader: &Reader, wish: &Wish) -> AnyView {
    let t = reader.texts();
    let way = |address: String, words: String, current: bool| {
        let current = current.then_some("true");
        view! { <li><a class="button button--small" href=reader.link(&address) aria-current=current>{words}</a></li> }
    };
    let known = exams().iter().map(|exam| {
        let current = wish.exam.is_some_and(|own| own.id == exam.id);
        way(
            format!("/plan?exam={}", exam.id),
            exam.label(reader.code()).to_owned(),
            current,
        )
    });
    let other = way(
        "/plan".to_owned(),
        t.text("plan-other").to_owned(),
        wish.exam.is_none(),
    );
    view! {
        <nav class="plan__ways" aria-label=t.text("plan-for")>
            <ul>{known.collect_view()} {other}</ul>
        </nav>
    }
    .into_any()
}

/// The fields.
pub fn form(reader: &Reader, wish: &Wish) -> AnyView {
    let t = reader.texts();
    view! {
        <form class="form plan__form" method="get" action=reader.link("/plan")>
            {wish.exam.map(|exam| view! {
                <input type="hidden" name="exam" value=exam.id.clone()/>
                <p>{exam.note(reader.code()).to_owned()} " " <span class="field__hint">{"("}{exam.source.clone()}{")"}</span></p>
            })}
            {subjects(reader, wish)}
            {wish.exam.is_none().then(|| levels(reader, wish))}
            {days(reader, wish)}
            {weekdays(reader, wish)}
            {time(reader, wish)}
            {language(reader, wish)}
            <p><button type="submit" class="button button--primary">{t.text("plan-make")}</button></p>
            <p class="field__hint">{t.text("plan-private")}</p>
        </form>
    }
    .into_any()
}

/// Subjects to tick: those of the examination, or of the school. Those that everybody has are ticked from the start.
fn subjects(reader: &Reader, wish: &Wish) -> AnyView {
    let (offered, fixed): (Vec<String>, &[String]) = match wish.exam {
        Some(exam) => (
            exam.about.iter().chain(&exam.choices).cloned().collect(),
            &exam.about,
        ),
        None => (
            school_subjects()
                .into_iter()
                .map(|subject| notation(subject).to_owned())
                .collect(),
            &[],
        ),
    };
    let choice = |wanted: &String| {
        let concept = by_notation("about", wanted)?;
        let untouched = !wish.asked && wish.about.is_empty() && fixed.contains(wanted);
        let id = format!("plan-about-{wanted}");
        let checked = untouched || wish.about.contains(&concept.id);
        Some(view! {
            <label class="field__choice" for=id.clone()>
                <input id=id.clone() type="checkbox" name="about" value=wanted.clone() checked=checked/> {label(reader, &concept.id)}
            </label>
        })
    };
    view! {
        <fieldset class="field">
            <legend>{reader.texts().text("plan-subjects")}</legend>
            <div class="plan__choices">{offered.iter().filter_map(choice).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

fn levels(reader: &Reader, wish: &Wish) -> AnyView {
    let t = reader.texts();
    let option = |uri: &str, value: &str| {
        let selected = wish.educational_level.iter().any(|own| own == uri);
        view! { <option value=value.to_owned() selected=selected>{label(reader, uri)}</option> }
    };
    let stage = |stage: &'static khue_content::vocabulary::Concept| {
        let grades = narrower("educationalLevel", Some(&stage.id));
        let grades = grades
            .into_iter()
            .map(|grade| option(&grade.id, notation(grade)));
        view! { {option(&stage.id, notation(stage))} {grades.collect_view()} }
    };
    view! {
        <div class="field">
            <label for="plan-level">{t.text("plan-level")}</label>
            <select id="plan-level" name="educationalLevel" required=true>
                <option value="">{t.text("plan-choose")}</option>
                {narrower("educationalLevel", None).into_iter().map(stage).collect_view()}
            </select>
        </div>
    }
    .into_any()
}

fn days(reader: &Reader, wish: &Wish) -> AnyView {
    let t = reader.texts();
    let today = (reader.services.today)();
    let least = today.tomorrow().unwrap_or(today).to_string();
    let from = wish.from.unwrap_or(today).max(today).to_string();
    let exam_day = wish.exam_day.map(|day| day.to_string());
    view! {
        <div class="plan__pair">
            <div class="field">
                <label for="plan-exam-day">{t.text("plan-exam-day")}</label>
                <input id="plan-exam-day" type="date" name="examDay" required=true min=least value=exam_day/>
            </div>
            <div class="field">
                <label for="plan-from">{t.text("plan-from")}</label>
                <input id="plan-from" type="date" name="from" min=today.to_string() value=from/>
            </div>
        </div>
    }
    .into_any()
}

fn weekdays(reader: &Reader, wish: &Wish) -> AnyView {
    let day = |(number, checked): (usize, bool)| {
        let id = format!("plan-day-{number}");
        view! {
            <label class="field__choice" for=id.clone()>
                <input id=id.clone() type="checkbox" name="day" value=number.to_string() checked=checked/> {weekday(reader, number)}
            </label>
        }
    };
    view! {
        <fieldset class="field">
            <legend>{reader.texts().text("plan-weekdays")}</legend>
            <div class="plan__choices">{(1..).zip(wish.weekdays).map(day).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

/// The name of a day of the week, from 1 for Monday.
pub fn weekday(reader: &Reader, number: usize) -> &'static str {
    const KEYS: [&str; 7] = [
        "plan-day-1",
        "plan-day-2",
        "plan-day-3",
        "plan-day-4",
        "plan-day-5",
        "plan-day-6",
        "plan-day-7",
    ];
    let key = number.checked_sub(1).and_then(|place| KEYS.get(place));
    key.map_or("", |key| reader.texts().text(key))
}

fn time(reader: &Reader, wish: &Wish) -> AnyView {
    let t = reader.texts();
    let mut choices = CHOICES.to_vec();
    if MINUTES.contains(&wish.minutes) && !choices.contains(&wish.minutes) {
        choices.push(wish.minutes);
        choices.sort_unstable();
    }
    let choice = |minutes: u32| {
        let selected = minutes == wish.minutes;
        view! { <option value=minutes.to_string() selected=selected>{super::list::length(reader, minutes)}</option> }
    };
    let clock = |time: khue_content::plan::Time| format!("{:02}:{:02}", time.hour(), time.minute());
    view! {
        <div class="plan__pair">
            <div class="field">
                <label for="plan-minutes">{t.text("plan-minutes")}</label>
                <select id="plan-minutes" name="minutes">{choices.into_iter().map(choice).collect_view()}</select>
            </div>
            <div class="field">
                <label for="plan-at">{t.text("plan-at")}</label>
                <input id="plan-at" type="time" name="at" min=clock(EARLIEST) max=clock(LATEST) value=wish.begins()/>
            </div>
        </div>
    }
    .into_any()
}

fn language(reader: &Reader, wish: &Wish) -> AnyView {
    let t = reader.texts();
    let own = wish.in_language.as_deref().unwrap_or("any");
    let option = |code: &'static str, words: String| {
        view! { <option value=code selected=code == own>{words}</option> }
    };
    let languages = Language::ALL.map(|language| {
        option(
            language.code(),
            wording::language_name(reader.language, language.code()),
        )
    });
    let zone = |value: &'static str, key: &'static str| {
        view! { <option value=value selected=wish.floating == (value == "floating")>{t.text(key)}</option> }
    };
    view! {
        <div class="plan__pair">
            <div class="field">
                <label for="plan-language">{t.text("plan-language")}</label>
                <select id="plan-language" name="inLanguage">
                    {languages.into_iter().collect_view()} {option("any", t.text("plan-language-any").to_owned())}
                </select>
            </div>
            <div class="field">
                <label for="plan-zone">{t.text("plan-zone")}</label>
                <select id="plan-zone" name="zone">{zone("vietnam", "plan-zone-vietnam")} {zone("floating", "plan-zone-floating")}</select>
            </div>
        </div>
    }
    .into_any()
}
