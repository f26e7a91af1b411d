//! The fields of an exercise's form. Their names are those of `khue_content::exercise::Answers`.

use khue_content::exercise::{Choice, Gap, NumberKey, Pair, Part, Task, shown_order};
use leptos::prelude::*;

use super::{Shown, outcome};

/// Fields below the question; gaps stand in it.
pub(super) fn fields(shown: &Shown) -> AnyView {
    match &shown.exercise.task {
        Task::Single(choices) => choice_list(shown, choices, "radio"),
        Task::Multiple(choices) => choice_list(shown, choices, "checkbox"),
        Task::Number(key) => number(shown, key),
        Task::Text(_) => typed(shown, "text", None),
        Task::Ordering(items) => ordering(shown, items),
        Task::Matching { pairs, others } => matching(shown, pairs, others),
        Task::Gaps(_) => ().into_any(),
    }
}

/// What was typed or chosen before.
fn before(shown: &Shown, name: &str) -> String {
    shown
        .given
        .map_or_else(String::new, |(answers, _)| answers.text(name).to_owned())
}

/// What became of a part of the answer.
fn part<'a>(shown: &Shown<'a>, number: usize) -> Option<&'a Part> {
    shown
        .given
        .and_then(|(_, outcome)| outcome.parts.get(number))
}

fn choice_list(shown: &Shown, choices: &[Choice], kind: &'static str) -> AnyView {
    let taken = shown
        .given
        .map_or_else(Vec::new, |(answers, _)| answers.numbers("a"));
    let choice = |(at, choice): (usize, &Choice)| {
        let id = id(shown, &format!("a{at}"));
        view! {
            <li>
                <label class="exercise__choice" for=id.clone()>
                    <input id=id.clone() type=kind name=field(shown, "a") value=at.to_string() checked=taken.contains(&at)/>
                    <span lang=shown.lang.clone() inner_html=shown.words(&choice.text)></span>
                </label>
                {outcome::part(shown, part(shown, at))}
            </li>
        }
    };
    let choices = choices.iter().enumerate().map(choice).collect_view();
    view! { <ul class="exercise__choices">{choices}</ul> }.into_any()
}

fn number(shown: &Shown, key: &NumberKey) -> AnyView {
    typed(shown, "decimal", key.shown_unit().map(str::to_owned))
}

/// One field for one line.
fn typed(shown: &Shown, mode: &'static str, unit: Option<String>) -> AnyView {
    let t = shown.reader.texts();
    let class = match mode {
        "decimal" => "exercise__number",
        _ => "exercise__text",
    };
    let id = id(shown, "a");
    view! {
        <p class="exercise__line">
            <label for=id.clone()>
                <span class="exercise__name">{t.text("exercise-answer")}</span>
                <input id=id.clone() class=class type="text" name=field(shown, "a") inputmode=mode value=before(shown, "a") maxlength="200"
                    autocomplete="off" autocapitalize="off" spellcheck="false" lang=shown.lang.clone()/>
            </label>
            {unit.map(|unit| view! { <span class="exercise__unit" lang=shown.lang.clone()>{unit}</span> })}
        </p>
    }
    .into_any()
}

/// The id of a field of this exercise.
fn id(shown: &Shown, name: &str) -> String {
    format!("exercise-{}-{name}", shown.number)
}

/// The name of a field in its form.
fn field(shown: &Shown, name: &str) -> String {
    format!("{}{name}", shown.prefix)
}

/// A field's name for those who hear the page; others see it from where it stands.
fn heard(id: &str, label: String) -> AnyView {
    view! { <label class="visually-hidden" for=id.to_owned()>{label}</label> }.into_any()
}

/// A list of options, nothing being chosen at first.
fn select(
    shown: &Shown,
    name: String,
    label: String,
    options: Vec<(String, String)>,
    lang: Option<String>,
) -> AnyView {
    let taken = before(shown, &name);
    let id = id(shown, &name);
    let option = |(value, text): (String, String)| {
        let selected = value == taken;
        view! { <option value=value selected=selected>{text}</option> }
    };
    view! {
        {heard(&id, label)}
        <select id=id.clone() name=field(shown, &name) lang=lang>
            <option value="">"…"</option>
            {options.into_iter().map(option).collect_view()}
        </select>
    }
    .into_any()
}

/// Each item gets a place: a list of numbers needs no dragging.
fn ordering(shown: &Shown, items: &[String]) -> AnyView {
    let t = shown.reader.texts();
    let places = || (1..=items.len()).map(|place| (place.to_string(), place.to_string()));
    let item = |at: usize| {
        let name = format!("p{at}");
        let values = [("item", plain(&items[at]).into())];
        let label = t.fill("exercise-place", &values);
        view! {
            <li class="exercise__row">
                {select(shown, name, label, places().collect(), None)}
                <span lang=shown.lang.clone() inner_html=shown.words(&items[at])></span>
                {outcome::part(shown, part(shown, at))}
            </li>
        }
    };
    let order = shown_order(&shown.exercise.question, items.len());
    view! {
        <p class="exercise__how">{t.text("exercise-order-how")}</p>
        <ul class="exercise__rows">{order.into_iter().map(item).collect_view()}</ul>
    }
    .into_any()
}

fn matching(shown: &Shown, pairs: &[Pair], others: &[String]) -> AnyView {
    let t = shown.reader.texts();
    let sides: Vec<&String> = pairs.iter().map(|pair| &pair.right).chain(others).collect();
    let order = shown_order(&shown.exercise.question, sides.len());
    let options = || {
        let option = |at: &usize| (at.to_string(), plain(sides[*at]));
        order.iter().map(option).collect::<Vec<_>>()
    };
    let row = |(at, pair): (usize, &Pair)| {
        let name = format!("m{at}");
        let values = [("item", plain(&pair.left).into())];
        let label = t.fill("exercise-match", &values);
        view! {
            <li class="exercise__row">
                <span lang=shown.lang.clone() inner_html=shown.words(&pair.left)></span>
                {select(shown, name, label, options(), shown.lang.clone())}
                {outcome::part(shown, part(shown, at))}
            </li>
        }
    };
    let rows = pairs.iter().enumerate().map(row).collect_view();
    view! {
        <p class="exercise__how">{t.text("exercise-match-how")}</p>
        <ul class="exercise__rows exercise__rows--pairs">{rows}</ul>
    }
    .into_any()
}

/// A gap within the question.
pub(super) fn gap(shown: &Shown, at: usize, gap: &Gap) -> AnyView {
    let t = shown.reader.texts();
    let name = format!("g{at}");
    let label = t.fill("exercise-gap", &[("number", (at + 1).into())]);
    let field = match gap {
        Gap::Choice(choices) => {
            let option = |(at, choice): (usize, &Choice)| (at.to_string(), plain(&choice.text));
            let options = choices.iter().enumerate().map(option).collect();
            select(shown, name, label, options, shown.lang.clone())
        }
        Gap::Text(_) => gap_field(shown, name, label, "text"),
        Gap::Number(key) => {
            let unit = key.shown_unit().map(|unit| format!(" {unit}"));
            view! { {gap_field(shown, name, label, "decimal")} {unit} }.into_any()
        }
    };
    view! { <span class="exercise__gap">{field} {outcome::part(shown, part(shown, at))}</span> }
        .into_any()
}

fn gap_field(shown: &Shown, name: String, label: String, mode: &'static str) -> AnyView {
    let typed = before(shown, &name);
    let id = id(shown, &name);
    view! {
        {heard(&id, label)}
        <input id=id.clone() type="text" name=field(shown, &name) value=typed inputmode=mode maxlength="200" lang=shown.lang.clone()
            autocomplete="off" autocapitalize="off" spellcheck="false"/>
    }
    .into_any()
}

/// Words for a list of options and for labels, where no markup can stand.
fn plain(markdown: &str) -> String {
    let body = khue_content::Body {
        format: khue_content::BodyFormat::Markdown,
        text: markdown.to_owned(),
    };
    khue_content::render::plain_text(&body).replace('\n', " ")
}
