//! What is remembered of a path: done steps, where to go on, what to look at again; out into a file, in from one, away.

use super::{record::Record, store, stored};
use crate::browser;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, Event, HtmlInputElement};

/// Exercises that are offered at a time.
const OFFERED: usize = 20;
/// The largest file that is taken in, in bytes.
const LARGEST: f64 = 2_000_000.0;

/// Shows on the page of the path `data-path` what this browser remembers of it. Words are in further attributes; addresses
/// in the reader's language begin with `data-prefix`.
#[wasm_bindgen]
pub fn path_desk(island: Element) {
    let desk = Rc::new(Desk { island });
    desk.show(&store::load());
    desk.listen();
    browser::show(&desk.island, true);
}

struct Desk {
    island: Element,
}

impl Desk {
    fn word(&self, name: &str) -> String {
        browser::data(&self.island, name)
    }

    fn say(&self, word: &str) {
        if let Some(status) = browser::find(&self.island, "[role=status]") {
            status.set_text_content(Some(&self.word(word)));
        }
    }

    fn listen(self: &Rc<Self>) {
        if let Some(field) = browser::find(&self.island, "input[type=file]") {
            let desk = self.clone();
            browser::listen(&field, "change", move |event| {
                spawn_local(desk.clone().import(event));
            });
        }
        if let Some(button) = browser::find(&self.island, "button") {
            let desk = self.clone();
            browser::listen(&button, "click", move |_| desk.erase());
        }
    }

    async fn import(self: Rc<Self>, event: Event) {
        let text = chosen_file(&event).await;
        let Some(other) = text.and_then(|text| stored::read(&text)) else {
            return self.say("import-failed");
        };
        let mut own = store::load();
        own.merge(other);
        store::save(&own);
        self.show(&own);
        self.say("imported");
    }

    fn erase(&self) {
        let sure = web_sys::window()
            .and_then(|window| window.confirm_with_message(&self.word("sure")).ok());
        if sure == Some(true) {
            store::erase();
            self.show(&Record::default());
            self.say("erased");
        }
    }

    fn show(&self, record: &Record) {
        let _ = show_steps(record, &self.word("path"), &self.word("continue"));
        let _ = self.show_due(record);
        let _ = self.show_unsteady(record);
        if let Some(link) = browser::find(&self.island, "a[download]") {
            let text = browser::encode(&stored::write(record));
            let file = format!("data:application/json;charset=utf-8,{text}");
            let _ = link.set_attribute("href", &file);
        }
    }

    fn show_due(&self, record: &Record) -> Option<()> {
        let due = record.due(store::today());
        let list = browser::find(&self.island, ".path-desk__due")?;
        list.set_text_content(None);
        for exercise in due.iter().take(OFFERED) {
            let Some((address, name)) =
                link(&self.word("prefix"), exercise, &self.word("exercise"))
            else {
                continue;
            };
            browser::append_link(&list, &address, &name)?;
        }
        let none = browser::find(&self.island, ".path-desk__none")?;
        browser::show(&none, due.is_empty());
        Some(())
    }

    /// Lessons of which exercises are not steady yet: their pages name what to know first.
    fn show_unsteady(&self, record: &Record) -> Option<()> {
        let unsteady = record.unsteady();
        let part = browser::find(&self.island, ".path-desk__unsteady")?;
        let list = browser::find(&part, "ul")?;
        list.set_text_content(None);
        for (resource, numbers) in unsteady.iter().take(OFFERED) {
            let prefix = self.word("prefix");
            let address = format!(
                "{prefix}/resources/{}#next-steps",
                browser::encode(resource)
            );
            let words = format!(
                "{} ({} {})",
                name(resource),
                numbers.len(),
                self.word("unsteady")
            );
            browser::append_link(&list, &address, &words)?;
        }
        browser::show(&part, !unsteady.is_empty());
        Some(())
    }
}

/// Address and name of an exercise by its own address, `resource/number`.
fn link(prefix: &str, exercise: &str, word: &str) -> Option<(String, String)> {
    let (resource, number) = exercise.rsplit_once('/')?;
    let number: u32 = number.parse().ok()?;
    let name = name(resource);
    let address = format!(
        "{prefix}/resources/{}/exercises/{number}",
        browser::encode(resource)
    );
    Some((address, format!("{name}: {word} {number}")))
}

/// The name of a resource, as a step on the page has it.
fn name(resource: &str) -> String {
    step(resource)
        .and_then(|step| browser::find(&step, "a"))
        .and_then(|link| link.text_content())
        .unwrap_or_else(|| resource.to_owned())
}

/// The step of a resource on the page.
fn step(resource: &str) -> Option<Element> {
    let mut steps = steps()?.into_iter();
    steps.find(|step| browser::data(step, "step") == resource)
}

fn steps() -> Option<Vec<Element>> {
    let page = browser::page()?.document_element()?;
    Some(browser::find_all(&page, "[data-step]"))
}

/// Puts marks on done steps, and the way on into the button at the top: the open step, else the first that is not done.
fn show_steps(record: &Record, path: &str, word: &str) -> Option<()> {
    let mut next: Option<Element> = None;
    let open = record
        .open
        .iter()
        .find(|(own, _)| own == path)
        .map(|(_, step)| step);
    for step in steps()? {
        let resource = browser::data(&step, "step");
        let done = record.is_done(&resource);
        browser::show(&browser::find(&step, ".path__done")?, done);
        let is_open = open == Some(&resource);
        if !done && (next.is_none() || is_open) {
            next = Some(step);
        }
    }
    if open.is_none() && record.done.is_empty() {
        return Some(());
    }
    let target = browser::find(&next?, "a")?;
    let button = browser::element("path-continue")?;
    button
        .set_attribute("href", &target.get_attribute("href")?)
        .ok()?;
    let name = target.text_content().unwrap_or_default();
    button.set_text_content(Some(&format!("{word} {name}")));
    Some(())
}

/// The text of the file that was chosen.
async fn chosen_file(event: &Event) -> Option<String> {
    let field: HtmlInputElement = browser::target(event)?.dyn_into().ok()?;
    let file = field.files()?.get(0)?;
    if file.size() > LARGEST {
        return None;
    }
    let text = JsFuture::from(file.text()).await.ok()?;
    field.set_value("");
    text.as_string()
}
