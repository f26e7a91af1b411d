//! What helps to read a text: having it read aloud, and terms explained or not.

use leptos::prelude::*;

use crate::components::icon;
use crate::reader::Reader;
use crate::services::ResourceView;

/// How fast a text can be read, in parts of the usual speed.
const RATES: [(&str, &str); 4] = [
    ("0.75", "0,75×"),
    ("1", "1×"),
    ("1.25", "1,25×"),
    ("1.5", "1,5×"),
];

/// The tools above a text.
pub fn tools(reader: &Reader, resource: &ResourceView) -> AnyView {
    let language = resource.record.main_language().unwrap_or_default();
    view! {
        <div class="reading-tools">
            {aloud(reader, language)}
            {terms(reader, language)}
        </div>
    }
    .into_any()
}

/// Reads aloud; shown by the browser half where the browser has a voice for the language of the text.
fn aloud(reader: &Reader, language: &str) -> AnyView {
    let t = reader.texts();
    let rate = |(value, words): (&'static str, &'static str)| {
        let words = if reader.code() == "en" {
            words.replace(',', ".")
        } else {
            words.to_owned()
        };
        view! { <option value=value selected=value == "1">{words}</option> }
    };
    view! {
        <div class="read-aloud" role="group" aria-label=t.text("aloud-title") hidden=true data-island="read_aloud" data-source="reading"
            data-language=language.to_owned() data-start=t.text("aloud-start") data-pause=t.text("aloud-pause") data-go-on=t.text("aloud-continue")>
            <button type="button" class="button button--small read-aloud__play">
                {icon(reader, "type-audio")} " " <span>{t.text("aloud-start")}</span>
            </button>
            <button type="button" class="button button--small read-aloud__stop" hidden=true>{t.text("aloud-stop")}</button>
            <label for="aloud-rate">{t.text("aloud-rate")}</label>
            <select id="aloud-rate">{RATES.map(rate).into_iter().collect_view()}</select>
        </div>
    }
    .into_any()
}

/// Switches the explanations of terms, where the language of the text has any.
fn terms(reader: &Reader, language: &str) -> Option<AnyView> {
    if !khue_content::search::terms::LANGUAGES.contains(&language) {
        return None;
    }
    let other = if reader.explains_terms { "off" } else { "on" };
    let view = view! {
        <form method="post" action="/preferences">
            <button type="submit" class="button button--small" name="terms" value=other aria-pressed=reader.explains_terms.to_string()>
                {reader.texts().text("terms-switch")}
            </button>
        </form>
    };
    Some(view.into_any())
}
