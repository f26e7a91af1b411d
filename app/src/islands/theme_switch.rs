//! Light, dark or as the system says.

use super::browser;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Three buttons of a form; the server answers the form where nothing else does.
#[island]
pub fn ThemeSwitch(
    /// `light`, `dark` or `auto`: what the server has sent.
    current: String,
    /// Name of the group.
    legend: String,
    /// Value, icon's address and name of each choice.
    choices: Vec<(String, String, String)>,
) -> impl IntoView {
    let chosen = RwSignal::new(current);
    let button = move |(value, icon, name): (String, String, String)| {
        let own = value.clone();
        let pressed = move || if chosen.get() == own { "true" } else { "false" };
        let choice = value.clone();
        let choose = move |event: leptos::ev::MouseEvent| {
            if keep(&choice).is_some() {
                event.prevent_default();
                chosen.set(choice.clone());
            }
        };
        view! {
            <button type="submit" name="theme" value=value aria-pressed=pressed on:click=choose>
                <svg class="icon" aria-hidden="true"><use href=icon/></svg>
                <span class="visually-hidden">{name}</span>
            </button>
        }
    };
    view! {
        <form method="post" action="/theme">
            <div class="theme-switch" role="group" aria-label=legend>{choices.into_iter().map(button).collect_view()}</div>
        </form>
    }
}

/// Sets the attribute and the cookie that the server reads on the next page.
fn keep(choice: &str) -> Option<()> {
    let page = browser::page()?;
    let root = page.document_element()?;
    match choice {
        "auto" => root.remove_attribute("data-theme").ok()?,
        _ => root.set_attribute("data-theme", choice).ok()?,
    }
    let page: web_sys::HtmlDocument = page.dyn_into().ok()?;
    page.set_cookie(&format!(
        "theme={choice};path=/;max-age=31536000;samesite=lax"
    ))
    .ok()
}
