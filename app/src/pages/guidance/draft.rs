//! A draft beside its lesson, with what a teacher can do to it.

use khue_content::guidance::{
    GuidanceDraft, Item, Place, Quote, Reference, Section, Severity, Warning, inspect, is_editable,
};
use leptos::prelude::*;

use super::Source;
use super::changes::{Changes, field_name};
use super::marks::marked;
use crate::components::icon;
use crate::reader::{Reader, resource_path};

/// Everything that the page shows.
pub struct Shown<'a> {
    pub reader: &'a Reader,
    pub(super) source: &'a Source,
    pub changes: &'a Changes,
    /// As the machine made it.
    pub first: &'a GuidanceDraft,
    /// With the teacher's changes.
    pub last: &'a GuidanceDraft,
}

/// Quotations with the numbers of their marks in the lesson.
struct Marks {
    html: String,
    quotes: Vec<(String, Option<usize>)>,
}

/// The draft and its lesson.
pub fn view(shown: &Shown<'_>) -> AnyView {
    let (reader, last) = (shown.reader, shown.last);
    let t = reader.texts();
    let marks = marks(shown);
    let lang = reader.foreign(&last.in_language);
    view! {
        <p class="guidance__label"><strong lang=lang.clone()>{last.label.clone()}</strong> " " {t.text("guidance-not-stored")}</p>
        {findings(reader, last)}
        <form class="guidance__layout" method="post" action=address(shown) autocomplete="off">
            <div class="guidance__draft" lang=lang>
                {hidden(shown)}
                {actions(shown)}
                {contents(shown)}
                {shown.first.sections.iter().map(|section| section_view(shown, section, &marks)).collect_view()}
                {references(shown)}
                <p class="guidance__label"><strong>{last.label.clone()}</strong></p>
            </div>
            <aside class="guidance__lesson" aria-label=t.text("guidance-lesson")>
                {lesson(shown, &marks)}
            </aside>
        </form>
    }
    .into_any()
}

/// The address of the page itself.
fn address(shown: &Shown<'_>) -> String {
    match shown.source.description {
        Some(_) => shown.reader.link("/guidance"),
        None => {
            let resource = resource_path(&shown.source.record.id);
            shown.reader.link(&format!("{resource}/guidance"))
        }
    }
}

fn marks(shown: &Shown<'_>) -> Marks {
    let items = shown
        .last
        .sections
        .iter()
        .flat_map(|section| &section.items);
    let mut quotes: Vec<String> = Vec::new();
    for quote in items.flat_map(|item| &item.quotes) {
        if !quotes.contains(&quote.text) {
            quotes.push(quote.text.clone());
        }
    }
    // The longest first: a term is found within the sentence that stands in the draft.
    quotes.sort_by_key(|quote| std::cmp::Reverse(quote.len()));
    let texts: Vec<&str> = quotes.iter().map(String::as_str).collect();
    let (html, ids) = marked(&lesson_html(shown), &texts);
    Marks {
        html,
        quotes: quotes.into_iter().zip(ids).collect(),
    }
}

/// Summary, outcomes and text of the lesson, safe.
fn lesson_html(shown: &Shown<'_>) -> String {
    let record = &shown.source.record;
    let mut html = String::new();
    if !record.description.is_empty() {
        html.push_str(&format!("<p>{}</p>", escaped(&record.description)));
    }
    let plain = record
        .teaches
        .iter()
        .filter(|outcome| !outcome.contains("://"));
    let outcomes: String = plain
        .map(|outcome| format!("<li>{}</li>", escaped(outcome)))
        .collect();
    if !outcomes.is_empty() {
        html.push_str(&format!("<ul>{outcomes}</ul>"));
    }
    html.extend(
        shown
            .source
            .reading
            .as_ref()
            .map(|reading| reading.html.as_str()),
    );
    html
}

/// Text as HTML: what stands in a text area is not escaped on its way out.
pub fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

/// What the separate check has found, in plain words.
pub fn findings(reader: &Reader, draft: &GuidanceDraft) -> AnyView {
    let t = reader.texts();
    let warnings = inspect(draft);
    if warnings.is_empty() {
        return view! { <p class="notice notice--success">{t.text("guidance-findings-none")}</p> }
            .into_any();
    }
    let locks = warnings
        .iter()
        .any(|warning| warning.severity == Severity::Lock);
    let class = if locks {
        "notice notice--danger"
    } else {
        "notice notice--warning"
    };
    let entry = |warning: &Warning| {
        let met = (!warning.met.is_empty())
            .then(|| t.fill("guidance-met", &[("word", warning.met.as_str().into())]));
        view! { <li lang=reader.foreign(&draft.in_language)>{warning.advice.clone()} " " {met}</li> }
    };
    view! {
        <div class=class role="status">
            <p class="notice__title">{t.text("guidance-findings")}</p>
            <ul>{warnings.iter().map(entry).collect_view()}</ul>
            {locks.then(|| view! { <p>{t.text("guidance-locked")}</p> })}
        </div>
    }
    .into_any()
}

/// What the next request needs to make the same draft again.
fn hidden(shown: &Shown<'_>) -> AnyView {
    let changes = shown.changes;
    let mut fields: Vec<(String, String)> = vec![("seed".into(), changes.seed.to_string())];
    if shown.first.writer.is_some() {
        fields.push(("worded".into(), "1".into()));
    }
    for (section, seed) in &changes.seeds {
        fields.push((format!("seed-{section}"), seed.to_string()));
    }
    fields.extend(
        changes
            .removed
            .iter()
            .map(|number| ("off".into(), number.to_string())),
    );
    // Texts of a section that is out have no field of their own.
    let out = changes
        .texts
        .iter()
        .filter(|(place, _)| changes.removed.contains(&place.section));
    fields.extend(out.map(|(place, text)| (field_name(place), text.clone())));
    if let Some(description) = &shown.source.description {
        fields.extend(
            description
                .fields()
                .map(|(name, value)| (name.to_owned(), value.to_owned())),
        );
    }
    let field = |(name, value)| view! { <input type="hidden" name=name value=value/> };
    fields.into_iter().map(field).collect_view().into_any()
}

fn actions(shown: &Shown<'_>) -> AnyView {
    let (reader, t) = (shown.reader, shown.reader.texts());
    let file = |form: &'static str, key: &'static str| {
        let class = if form == "docx" {
            "button button--primary"
        } else {
            "button"
        };
        view! { <button class=class type="submit" name="do" value=format!("file-{form}")>{icon(reader, "download")} " " {t.text(key)}</button> }
    };
    let plain = |action: &'static str, key: &'static str| {
        view! { <button class="button" type="submit" name="do" value=action>{t.text(key)}</button> }
    };
    view! {
        <div class="guidance__actions" lang=reader.code()>
            {file("docx", "guidance-docx")} {file("html", "guidance-html")} {file("json", "guidance-json")}
            {plain("another", "guidance-another")}
            {sends(shown)}
            {shown.source.description.is_some().then(|| plain("describe", "guidance-change-description"))}
        </div>
    }
    .into_any()
}

/// The way to the appraisers, for drafts of a resource.
fn sends(shown: &Shown<'_>) -> Option<AnyView> {
    let reader = shown.reader;
    let sent = shown.source.description.is_none() && reader.services.signing.is_some();
    sent.then(|| {
        let target = format!("{}/send", address(shown));
        view! { <button class="button" type="submit" formaction=target>{reader.texts().text("guidance-send")}</button> }.into_any()
    })
}

fn contents(shown: &Shown<'_>) -> AnyView {
    let entry = |section: &Section| {
        view! { <li><a href=format!("#g_{}", section.number)>{section.title.clone()}</a></li> }
    };
    view! {
        <details class="guidance__contents" lang=shown.reader.code()>
            <summary>{shown.reader.texts().text("guidance-contents")}</summary>
            <ol start="0" lang=shown.reader.foreign(&shown.last.in_language)>{shown.first.sections.iter().map(entry).collect_view()}</ol>
        </details>
    }
    .into_any()
}

fn section_view(shown: &Shown<'_>, first: &Section, marks: &Marks) -> AnyView {
    let number = first.number;
    let last = shown
        .last
        .sections
        .iter()
        .find(|section| section.number == number);
    let content = match last {
        Some(last) => {
            let items = last.items.iter().map(|item| item_view(shown, item, marks));
            items.collect_view().into_any()
        }
        None => view! { <p class="guidance__gone" lang=shown.reader.code()>{shown.reader.texts().text("guidance-removed")}</p> }.into_any(),
    };
    view! {
        <section class="guidance__section" id=format!("g_{number}")>
            <h2 class="guidance__heading">{format!("{number}. {}", first.title)}</h2>
            {content}
            {is_editable(number).then(|| tools(shown, first, last))}
        </section>
    }
    .into_any()
}

fn item_view(shown: &Shown<'_>, item: &Item, marks: &Marks) -> AnyView {
    let t = shown.reader.texts();
    let code = item
        .code
        .clone()
        .map(|code| view! { " " <code>{code}</code> });
    let edited = item
        .edited
        .then(|| view! { " " <span class="badge" lang=shown.reader.code()>{t.text("guidance-edited")}</span> });
    let parts = item.parts.iter().filter(|part| !part.text.is_empty()).map(|part| {
        view! { <p class="guidance__part"><span class="guidance__part-label">{part.label.clone()} ": "</span> {part.text.clone()}</p> }
    });
    let text = (!item.text.is_empty())
        .then(|| view! { <p class="guidance__text">{item.text.clone()}</p> });
    view! {
        <div class="guidance__item">
            <h3 class="guidance__item-label">{item.label.clone()} {code} {sources(shown, item)} {edited}</h3>
            {text}
            {parts.collect_view()}
            {quotes(shown, item, marks)}
        </div>
    }
    .into_any()
}

/// Numbers of the statements that an item rests on, each a way to it.
fn sources(shown: &Shown<'_>, item: &Item) -> AnyView {
    let references = &shown.last.references;
    let place = |id: &String| references.iter().position(|reference| reference.id == *id);
    let mark = |number: usize| {
        let name = shown
            .reader
            .texts()
            .fill("guidance-source", &[("number", number.into())]);
        view! { " " <a class="guidance__mark" href=format!("#r_{number}") aria-label=name>{format!("[{number}]")}</a> }
    };
    let found = item.sources.iter().filter_map(place);
    found.map(|place| mark(place + 1)).collect_view().into_any()
}

/// What the item quotes, each a way to the very words in the lesson.
fn quotes(shown: &Shown<'_>, item: &Item, marks: &Marks) -> Option<AnyView> {
    if item.quotes.is_empty() {
        return None;
    }
    let t = shown.reader.texts();
    let entry = |quote: &Quote| {
        let id = marks.quotes.iter().find(|(text, _)| *text == quote.text);
        let words = view! { <q>{quote.text.clone()}</q> };
        let linked = match id.and_then(|(_, id)| *id) {
            Some(id) => view! { <a href=format!("#q_{id}")>{words}</a> }.into_any(),
            None => words.into_any(),
        };
        let under = (!quote.heading.is_empty()).then(|| format!(" ({})", quote.heading));
        view! { <li>{linked} {under}</li> }
    };
    Some(
        view! {
            <details class="guidance__quotes">
                <summary lang=shown.reader.code()>{t.text("guidance-quotes")}</summary>
                <ul>{item.quotes.iter().map(entry).collect_view()}</ul>
            </details>
        }
        .into_any(),
    )
}

/// Edit, draft again, leave out.
fn tools(shown: &Shown<'_>, first: &Section, last: Option<&Section>) -> AnyView {
    let t = shown.reader.texts();
    let number = first.number;
    let target = format!("{}#g_{number}", address(shown));
    let button = |action: &str, key: &'static str| {
        let name = format!("{}: {}", t.text(key), first.title);
        view! {
            <button class="button button--small" type="submit" name="do" value=format!("{action}-{number}")
                formaction=target.clone() aria-label=name>{t.text(key)}</button>
        }
    };
    if last.is_none() {
        return view! { <p class="guidance__buttons" lang=shown.reader.code()>{button("restore", "guidance-restore")}</p> }.into_any();
    }
    let texts = shown.first.texts();
    let own = texts
        .into_iter()
        .filter(|(place, _)| place.section == number);
    let changed = last.is_some_and(|section| section.items.iter().any(|item| item.edited));
    view! {
        <details class="guidance__tools">
            <summary lang=shown.reader.code()>{t.text("guidance-edit-section")} <span class="visually-hidden">{format!(": {}", first.title)}</span></summary>
            {own.map(|(place, text)| editor(shown, first, place, text)).collect_view()}
            <p class="guidance__buttons" lang=shown.reader.code()>
                {button("apply", "guidance-apply")}
                {button("again", "guidance-again")}
                {button("remove", "guidance-remove")}
                {changed.then(|| button("undo", "guidance-undo"))}
            </p>
        </details>
    }
    .into_any()
}

/// A field for one text, with the draft's own words below where they were changed.
fn editor(shown: &Shown<'_>, section: &Section, place: Place, text: &str) -> AnyView {
    let t = shown.reader.texts();
    let Some(item) = section.items.get(place.item) else {
        return ().into_any();
    };
    let part = place
        .part
        .checked_sub(1)
        .and_then(|part| item.parts.get(part));
    let label = match part {
        Some(part) if !item.label.is_empty() => format!("{} – {}", item.label, part.label),
        Some(part) => part.label.clone(),
        None => item.label.clone(),
    };
    let now = shown.changes.texts.get(&place).map_or(text, String::as_str);
    let changed = !now.split_whitespace().eq(text.split_whitespace());
    let name = field_name(&place);
    let rows = (now.chars().count() / 48 + 2).min(9);
    let original = changed.then(|| {
        view! { <p class="field__hint"><span lang=shown.reader.code()>{t.text("guidance-original")}</span> " " <del>{text.to_owned()}</del></p> }
    });
    view! {
        <div class="field">
            <label for=name.clone()>{label}</label>
            <textarea id=name.clone() name=name rows=rows maxlength="2000">{escaped(now)}</textarea>
            {original}
        </div>
    }
    .into_any()
}

fn references(shown: &Shown<'_>) -> AnyView {
    let entry = |(number, reference): (usize, &Reference)| {
        let note = (!reference.note.is_empty())
            .then(|| view! { " " <em>{format!("({})", reference.note)}</em> });
        view! { <li id=format!("r_{number}")>{reference.source.clone()} ". " {reference.text.clone()} {note}</li> }
    };
    view! {
        <section class="guidance__section">
            <h2 class="guidance__heading" lang=shown.reader.code()>{shown.reader.texts().text("guidance-references")}</h2>
            <ol class="guidance__references">{(1..).zip(&shown.last.references).map(entry).collect_view()}</ol>
        </section>
    }
    .into_any()
}

fn lesson(shown: &Shown<'_>, marks: &Marks) -> AnyView {
    let record = &shown.source.record;
    let lang = record
        .in_language
        .first()
        .and_then(|code| shown.reader.foreign(code));
    let name = record.name.clone();
    let title = match shown.source.description {
        Some(_) => name.into_any(),
        None => view! { <a href=shown.reader.resource_link(&record.id)>{name}</a> }.into_any(),
    };
    view! {
        <h2 class="guidance__heading" lang=lang.clone()>{title}</h2>
        <div class="resource-body" lang=lang inner_html=marks.html.clone()></div>
    }
    .into_any()
}
