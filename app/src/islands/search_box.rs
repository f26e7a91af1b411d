//! The search form, with suggestions while typing (the ARIA combobox pattern).

use super::browser;
use khue_content::search::Suggestion;
use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// Letters after which it is worth asking.
const ENOUGH: usize = 2;
/// How long the typing has to rest.
const REST: Duration = Duration::from_millis(120);
const LIST: &str = "suggestions";

/// A form that searches; in the browser it also suggests.
#[island]
pub fn SearchBox(
    /// Prefix of the interface's language, such as `/en`.
    prefix: String,
    /// Code of the interface's language.
    language: String,
    /// Words searched for.
    value: String,
    /// What else goes along: filters that are kept.
    kept: Vec<(String, String)>,
    /// Classes of the form.
    class: String,
    /// Address of the icon.
    icon: String,
    /// Name of the field.
    label: String,
    /// An example, shown while the field is empty.
    placeholder: String,
    /// Word on the button.
    button: String,
    /// Name of the list, and what is said when it opens.
    hint: String,
    /// Names of the kinds of suggestions.
    kinds: Vec<(String, String)>,
) -> impl IntoView {
    let box_ = Suggestions::new(prefix.clone(), language);
    let live = box_.live;
    Effect::new(move || live.set(true));
    let when_live = move |word: &'static str| live.get().then_some(word);
    let list_label = hint.clone();
    view! {
        <form class=class role="search" action=format!("{prefix}/search") autocomplete="off">
            <label class="visually-hidden" for="q">{label}</label>
            <div class="search-box__field">
                <svg class="icon" aria-hidden="true"><use href=icon/></svg>
                <input class="search-box__input" id="q" name="q" type="search" value=value placeholder=placeholder
                    maxlength="300" enterkeyhint="search" node_ref=box_.input
                    role=move || when_live("combobox") aria-autocomplete=move || when_live("list")
                    aria-controls=move || when_live(LIST)
                    aria-expanded=move || live.get().then(|| box_.is_open().to_string())
                    aria-activedescendant=move || box_.chosen.get().map(option_id)
                    on:input=move |_| box_.typed()
                    on:keydown=move |event| box_.key(&event)
                    on:blur=move |_| box_.close()/>
                <div class="suggestions" id=LIST role="listbox" aria-label=list_label hidden=move || !box_.is_open()>
                    {move || box_.groups(&kinds)}
                </div>
            </div>
            {kept.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()}
            <button type="submit" class="search-box__submit button button--primary">{button}</button>
            <span class="visually-hidden" role="status">{move || box_.is_open().then(|| hint.clone())}</span>
        </form>
    }
}

/// The text with the typed part marked.
fn pieces(found: &Suggestion) -> Vec<AnyView> {
    let text = |from: usize, to: usize| found.text.get(from..to).unwrap_or_default().to_owned();
    let (mut pieces, mut end) = (Vec::new(), 0);
    for (from, to) in found.ranges.iter().copied().filter(|(from, to)| from <= to) {
        pieces.push(text(end, from).into_any());
        pieces.push(view! { <mark>{text(from, to)}</mark> }.into_any());
        end = to;
    }
    pieces.push(text(end, found.text.len()).into_any());
    pieces
}

fn option_id(place: usize) -> String {
    format!("{LIST}-{place}")
}

/// What the box knows. Signals only, so it may be copied into every handler.
#[derive(Clone, Copy)]
struct Suggestions {
    input: NodeRef<Input>,
    live: RwSignal<bool>,
    found: RwSignal<Vec<Suggestion>>,
    chosen: RwSignal<Option<usize>>,
    asked: StoredValue<u32>,
    place: StoredValue<(String, String)>,
}

impl Suggestions {
    fn new(prefix: String, language: String) -> Self {
        Self {
            input: NodeRef::new(),
            live: RwSignal::new(false),
            found: RwSignal::new(Vec::new()),
            chosen: RwSignal::new(None),
            asked: StoredValue::new(0),
            place: StoredValue::new((prefix, language)),
        }
    }

    fn is_open(self) -> bool {
        self.found.with(|found| !found.is_empty())
    }

    fn close(self) {
        self.asked.update_value(|asked| *asked += 1);
        self.chosen.set(None);
        self.found.set(Vec::new());
    }

    /// The suggestions in groups of one kind, each under its name.
    fn groups(self, kinds: &[(String, String)]) -> impl IntoView + use<> {
        let found: Vec<(usize, Suggestion)> = self.found.get().into_iter().enumerate().collect();
        let group = |group: &[(usize, Suggestion)]| {
            let kind = &group[0].1.kind;
            let name = kinds
                .iter()
                .find(|(known, _)| known == kind)
                .map(|(_, name)| name.clone());
            let spoken = name.clone();
            let options: Vec<_> = group
                .iter()
                .cloned()
                .map(|(place, found)| self.option(place, found))
                .collect();
            view! {
                <div class="suggestions__group" role="group" aria-label=spoken>
                    <span class="suggestions__kind" aria-hidden="true">{name}</span>
                    {options}
                </div>
            }
        };
        found
            .chunk_by(|a, b| a.1.kind == b.1.kind)
            .map(group)
            .collect_view()
    }

    fn option(self, place: usize, found: Suggestion) -> impl IntoView + use<> {
        let selected = move || (self.chosen.get() == Some(place)).to_string();
        let take = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            self.take(place);
        };
        view! {
            <div class="suggestions__option" id=option_id(place) role="option" aria-selected=selected on:mousedown=take>
                <span class="suggestions__text">{pieces(&found)}</span>
            </div>
        }
    }

    /// Asks once the typing rests; an answer that comes too late is dropped.
    fn typed(self) {
        self.asked.update_value(|asked| *asked += 1);
        self.chosen.set(None);
        let turn = self.asked.get_value();
        let current = move || self.asked.get_value() == turn;
        let ask = move || {
            if current() {
                spawn_local(async move {
                    let found = self.ask().await.unwrap_or_default();
                    if current() {
                        self.found.set(found);
                    }
                });
            }
        };
        set_timeout(ask, REST);
    }

    async fn ask(self) -> Option<Vec<Suggestion>> {
        let words = self.input.get_untracked()?.value();
        if words.trim().chars().count() < ENOUGH {
            return None;
        }
        let language = self.place.with_value(|(_, language)| language.clone());
        let address = format!(
            "/api/v1/suggest?lang={language}&q={}",
            browser::encode(words.trim())
        );
        serde_json::from_str(&browser::fetch_text(&address).await?).ok()
    }

    fn key(self, event: &KeyboardEvent) {
        // While an input method puts a letter together, its keys are its own.
        if event.is_composing() || !self.found.with_untracked(|found| !found.is_empty()) {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => self.step(1),
            "ArrowUp" => self.step(-1),
            "Escape" => self.close(),
            "Enter" => match self.chosen.get_untracked() {
                Some(place) => self.take(place),
                None => return,
            },
            _ => return,
        }
        event.prevent_default();
    }

    /// Moves the choice; beyond either end it is back in the field.
    fn step(self, by: isize) {
        let count = self.found.with_untracked(Vec::len) as isize;
        let now = self
            .chosen
            .get_untracked()
            .map_or(0, |place| place as isize + 1);
        let next = (now + by).rem_euclid(count + 1);
        self.chosen.set((next > 0).then(|| next as usize - 1));
    }

    fn take(self, place: usize) {
        let Some(found) = self.found.with_untracked(|found| found.get(place).cloned()) else {
            return;
        };
        let prefix = self.place.with_value(|(prefix, _)| prefix.clone());
        let address = match (&found.id, found.kind.as_str()) {
            (Some(id), "name") => format!("{prefix}/resources/{}", browser::encode(id)),
            (Some(id), kind) => format!("{prefix}/search?{kind}={}", browser::encode(id)),
            (None, _) => format!("{prefix}/search?q={}", browser::encode(&found.text)),
        };
        self.close();
        browser::go(&address);
    }
}
