//! The search form, with suggestions while typing (the ARIA combobox pattern).

mod found;
mod list;

use crate::browser;
use found::Found;
use list::option_id;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent};

/// Letters after which it is worth asking.
const ENOUGH: usize = 2;
/// How long the typing has to rest, in milliseconds.
const REST: i32 = 120;

/// Suggests while somebody types. `data-prefix` and `data-language` are those of the interface, `data-hint` is said when
/// suggestions open, `data-kind-…` are the names of their kinds.
#[wasm_bindgen]
pub fn search_box(island: Element) {
    if let Some(suggestions) = Suggestions::new(island) {
        Rc::new(suggestions).listen();
    }
}

struct Suggestions {
    form: Element,
    input: HtmlInputElement,
    list: Element,
    found: RefCell<Vec<Found>>,
    chosen: Cell<Option<usize>>,
    /// Rises with every letter: an answer to an earlier question comes too late.
    asked: Cell<u32>,
}

impl Suggestions {
    fn new(form: Element) -> Option<Self> {
        let input: HtmlInputElement = browser::find(&form, "#q")?.dyn_into().ok()?;
        let list = browser::find(&form, "[role=listbox]")?;
        let attributes = [
            ("role", "combobox"),
            ("aria-autocomplete", "list"),
            ("aria-controls", &list.id()),
            ("aria-expanded", "false"),
        ];
        for (name, value) in attributes {
            input.set_attribute(name, value).ok()?;
        }
        Some(Self {
            form,
            input,
            list,
            found: RefCell::default(),
            chosen: Cell::default(),
            asked: Cell::default(),
        })
    }

    fn listen(self: Rc<Self>) {
        let (typed, pressed, left, taken) = (self.clone(), self.clone(), self.clone(), self);
        browser::listen(&typed.input.clone(), "input", move |_| {
            typed.clone().typed()
        });
        browser::listen(&pressed.input.clone(), "keydown", move |event| {
            if event.dyn_ref().is_some_and(|event| pressed.key(event)) {
                event.prevent_default();
            }
        });
        browser::listen(&left.input.clone(), "blur", move |_| left.close());
        browser::listen(&taken.list.clone(), "mousedown", move |event| {
            if let Some(place) = place_of(&event) {
                event.prevent_default();
                taken.take(place);
            }
        });
    }

    fn close(&self) {
        self.asked.set(self.asked.get() + 1);
        self.show(Vec::new());
    }

    fn show(&self, found: Vec<Found>) {
        self.choose(None);
        // A page without room for the list still searches.
        let _ = list::fill(&self.list, &self.form, &found);
        let open = !found.is_empty();
        browser::show(&self.list, open);
        let expanded = if open { "true" } else { "false" };
        let _ = self.input.set_attribute("aria-expanded", expanded);
        if let Some(status) = browser::find(&self.form, "[role=status]") {
            let hint = open.then(|| browser::data(&self.form, "hint"));
            status.set_text_content(hint.as_deref());
        }
        self.found.replace(found);
    }

    fn choose(&self, place: Option<usize>) {
        self.chosen.set(place);
        let _ = match place {
            Some(place) => self
                .input
                .set_attribute("aria-activedescendant", &option_id(place)),
            None => self.input.remove_attribute("aria-activedescendant"),
        };
        for (own, option) in list::options(&self.list).iter().enumerate() {
            let selected = if Some(own) == place { "true" } else { "false" };
            let _ = option.set_attribute("aria-selected", selected);
        }
    }

    /// Asks once the typing rests; an answer that comes too late is dropped.
    fn typed(self: Rc<Self>) {
        self.asked.set(self.asked.get() + 1);
        self.choose(None);
        let turn = self.asked.get();
        browser::after(REST, move || {
            if self.asked.get() == turn {
                spawn_local(self.ask(turn));
            }
        });
    }

    async fn ask(self: Rc<Self>, turn: u32) {
        let words = self.input.value();
        let words = words.trim();
        let found = match words.chars().count() < ENOUGH {
            true => None,
            false => found::ask(words, &browser::data(&self.form, "language")).await,
        };
        if self.asked.get() == turn {
            self.show(found.unwrap_or_default());
        }
    }

    /// Whether the key was for the suggestions.
    fn key(&self, event: &KeyboardEvent) -> bool {
        // While an input method puts a letter together, its keys are its own.
        if event.is_composing() || self.found.borrow().is_empty() {
            return false;
        }
        match (event.key().as_str(), self.chosen.get()) {
            ("ArrowDown", _) => self.step(1),
            ("ArrowUp", _) => self.step(-1),
            ("Escape", _) => self.close(),
            ("Enter", Some(place)) => self.take(place),
            _ => return false,
        }
        true
    }

    /// Moves the choice; beyond either end it is back in the field.
    fn step(&self, by: isize) {
        let count = self.found.borrow().len() as isize;
        let now = self.chosen.get().map_or(0, |place| place as isize + 1);
        let next = (now + by).rem_euclid(count + 1);
        self.choose((next > 0).then(|| next as usize - 1));
    }

    fn take(&self, place: usize) {
        let prefix = browser::data(&self.form, "prefix");
        let address = self
            .found
            .borrow()
            .get(place)
            .map(|found| found.address(&prefix));
        if let Some(address) = address {
            self.close();
            browser::go(&address);
        }
    }
}

/// Which suggestion an event is about.
fn place_of(event: &Event) -> Option<usize> {
    let option = browser::target(event)?.closest("[role=option]").ok()??;
    browser::data(&option, "place").parse().ok()
}
