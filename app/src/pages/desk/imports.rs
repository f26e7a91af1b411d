//! `/desk/imports`: sheets of records, checked, taken in and taken back. All work is done in the background; the pages tell
//! how far it is.

mod list;
mod report;
mod sheet;
mod undo;

pub use list::{bring_sheet, show_imports};
pub use sheet::{change_import, show_import};
pub use undo::{show_undo, undo_import};

use axum::response::Response;
use khue_content::account::Action;
use leptos::prelude::*;
use std::sync::Arc;

use crate::pages::account::{on_to, signed_in};
use crate::pages::error;
use crate::people::{Caller, Viewer};
use crate::reader::Reader;
use crate::services::ServiceError;
use crate::sheets::{SheetState, SheetView, Sheets};
use crate::wording;

/// The address of the list, without the language's prefix.
const PATH: &str = "/desk/imports";

/// The address of one, without the language's prefix.
fn sheet_path(id: i64) -> String {
    format!("{PATH}/{id}")
}

/// Somebody who takes sheets in.
struct AtSheets {
    caller: Caller,
    viewer: Viewer,
    sheets: Arc<dyn Sheets>,
}

/// Who asks; for others there is no such page.
async fn at_sheets(caller: Caller) -> Result<AtSheets, Response> {
    let viewer = signed_in(&caller).await?;
    let sheets = caller.reader.services.sheets.clone();
    let may = viewer.actor.may_somewhere(Action::ImportSheets);
    match sheets.filter(|_| may) {
        Some(sheets) => Ok(AtSheets {
            caller,
            viewer,
            sheets,
        }),
        // Who has a role that waits for a second factor is told so on their own page.
        None if viewer.has_waiting_role() => {
            Err(on_to(&caller.reader.link("/account#second-factor")))
        }
        None => Err(error::not_found(&caller.reader)),
    }
}

impl AtSheets {
    fn reader(&self) -> &Reader {
        &self.caller.reader
    }

    fn unserved(&self, failed: &ServiceError) -> Response {
        error::unserved(self.reader(), failed)
    }

    /// A sheet, or the page that says that there is none.
    async fn one(&self, id: &str) -> Result<SheetView, Response> {
        let Ok(id) = id.parse() else {
            return Err(error::not_found(self.reader()));
        };
        match self.sheets.one(&self.viewer, id).await {
            Ok(Some(sheet)) => Ok(sheet),
            Ok(None) => Err(error::not_found(self.reader())),
            Err(failed) => Err(self.unserved(&failed)),
        }
    }
}

/// A notice of something that was refused.
fn refusal(words: &str) -> AnyView {
    view! { <p class="notice notice--danger" role="alert" tabindex="-1">{words.to_owned()}</p> }
        .into_any()
}

/// How far a sheet is, as a badge.
fn badge(reader: &Reader, state: SheetState) -> AnyView {
    let class = match state {
        SheetState::Taken => "badge badge--level",
        SheetState::Unreadable | SheetState::Failed => "badge badge--warning",
        SheetState::Undone => "badge badge--new",
        _ => "badge",
    };
    let key = format!("sheet-state-{}", state.name());
    view! { <span class=class>{reader.texts().find(&key).unwrap_or_default()}</span> }.into_any()
}

/// Who brought it and when.
fn brought(reader: &Reader, sheet: &SheetView) -> String {
    let t = reader.texts();
    let by = match sheet.by.as_str() {
        "" => t.text("sheet-operator"),
        name => name,
    };
    let date = wording::date(reader.language, &sheet.begun_at);
    t.fill("sheet-brought", &[("by", by.into()), ("date", date.into())])
}

fn named(sheet: &SheetView) -> String {
    match sheet.name.as_str() {
        "" => sheet.source.clone(),
        name => name.to_owned(),
    }
}
