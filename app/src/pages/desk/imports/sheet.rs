//! One sheet: how far it is, what would happen or has happened, and what can be done with it.

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{AtSheets, PATH, at_sheets, badge, brought, named, sheet_path};
use super::{report, undo};
use crate::pages::account::{Fields, on_to, personal_page, value};
use crate::pages::submission::undone;
use crate::people::Caller;
use crate::reader::Reader;
use crate::sheets::{RowCounts, SheetState, SheetView, TakenBack, Unreadable};
use crate::submissions::Undone;

/// The page of a sheet.
pub async fn show_import(caller: Caller, Path(id): Path<String>) -> Response {
    let desk = match at_sheets(caller).await {
        Ok(desk) => desk,
        Err(response) => return response,
    };
    match desk.one(&id).await {
        Ok(sheet) => sheet_page(&desk, &sheet, StatusCode::OK, None).await,
        Err(response) => response,
    }
}

/// Takes a checked sheet in, or forgets it.
pub async fn change_import(
    caller: Caller,
    Path(id): Path<String>,
    Form(form): Form<Fields>,
) -> Response {
    let desk = match at_sheets(caller).await {
        Ok(desk) => desk,
        Err(response) => return response,
    };
    let sheet = match desk.one(&id).await {
        Ok(sheet) => sheet,
        Err(response) => return response,
    };
    let pressed = value(&form, "do");
    let done = match pressed {
        "take" => desk.sheets.take(&desk.viewer, sheet.id).await,
        "forget" => desk.sheets.forget(&desk.viewer, sheet.id).await,
        _ => Ok(Err(Undone::NotNow)),
    };
    let reader = desk.reader();
    match done {
        Ok(Ok(())) if pressed == "forget" => on_to(&reader.link(PATH)),
        Ok(Ok(())) => on_to(&reader.link(&sheet_path(sheet.id))),
        Ok(Err(why)) => {
            let (status, notice) = undone(reader, why);
            sheet_page(&desk, &sheet, status, Some(notice)).await
        }
        Err(failed) => desk.unserved(&failed),
    }
}

async fn sheet_page(
    desk: &AtSheets,
    sheet: &SheetView,
    status: StatusCode,
    notice: Option<AnyView>,
) -> Response {
    let reader = desk.reader();
    let told = match (sheet.foreseen, sheet.state) {
        (Some(counts), _) if counts.all() > 0 => report::section(desk, sheet, &counts).await,
        _ => Ok(().into_any()),
    };
    let kept = match sheet.taken_back.is_some_and(|back| back.kept > 0) {
        true => desk.sheets.kept(&desk.viewer, sheet.id).await,
        false => Ok(Vec::new()),
    };
    let (told, kept) = match (told, kept) {
        (Ok(told), Ok(kept)) => (told, kept),
        (Err(failed), _) | (_, Err(failed)) => return desk.unserved(&failed),
    };
    let t = reader.texts();
    let values = [
        ("number", sheet.id.to_string().into()),
        ("name", named(sheet).into()),
    ];
    let title = t.fill("sheet-title", &values);
    personal_page(reader, status, &title, || {
        view! {
            <div class="container container--narrow collection">
                <p><a href=reader.link(PATH)>{t.text("sheets-title")}</a></p>
                <h1>{title.clone()}</h1>
                <p class="page-head__lead">{badge(reader, sheet.state)} " " <code>{sheet.source.clone()}</code> " · " {brought(reader, sheet)}</p>
                {notice}
                {standing(reader, sheet)}
                {undo::left(reader, &kept)}
                {told}
            </div>
        }
        .into_any()
    })
}

/// Why it cannot be read or came no further, and what to do.
fn reason(reader: &Reader, why: &Unreadable) -> String {
    let text = format!("sheet-unreadable-{}", why.code);
    let detail = why.detail.as_str().into();
    reader.texts().fill(&text, &[("detail", detail)])
}

/// How it stands, in words and numbers, and what can be done.
fn standing(reader: &Reader, sheet: &SheetView) -> AnyView {
    let t = reader.texts();
    let key = format!("sheet-now-{}", sheet.state.name());
    let rows = [("rows", sheet.total.into())];
    let now = match (&sheet.unreadable, sheet.state) {
        (Some(why), SheetState::Unreadable) => reason(reader, why),
        (Some(why), SheetState::Failed) => {
            format!("{} {}", t.text("sheet-now-failed"), reason(reader, why))
        }
        (_, SheetState::Checking) => t.fill(&key, &rows),
        _ => t.find(&key).unwrap_or_default().to_owned(),
    };
    let counts = match sheet.state {
        SheetState::Checked => sheet.foreseen,
        SheetState::Checking | SheetState::Unreadable => None,
        _ => Some(sheet.counts),
    };
    let again = sheet.state.is_moving().then(|| {
        let here = reader.link(&sheet_path(sheet.id));
        view! { <p><a class="button" href=here>{t.text("sheet-look-again")}</a></p> }
    });
    view! {
        <p role="status">{now}</p>
        {matches!(sheet.state, SheetState::Taking | SheetState::Failed).then(|| progress(reader, sheet))}
        {counts.map(|counts| numbers(reader, &counts, sheet.state == SheetState::Checked))}
        {sheet.taken_back.map(|back| taken_back(reader, &back))}
        {again}
        {ways(reader, sheet)}
    }
    .into_any()
}

/// How much of it is taken in.
fn progress(reader: &Reader, sheet: &SheetView) -> AnyView {
    let (done, all) = (sheet.counts.all(), sheet.total.max(sheet.counts.all()));
    let words = reader.texts().fill(
        "sheet-progress",
        &[("done", done.into()), ("all", all.into())],
    );
    view! {
        <p><label for="progress">{words}</label> <progress id="progress" max=all.max(1).to_string() value=done.to_string()></progress></p>
    }
    .into_any()
}

/// What becomes, or became, of the records.
fn numbers(reader: &Reader, counts: &RowCounts, foreseen: bool) -> AnyView {
    let t = reader.texts();
    let all = [
        ("new", counts.new),
        ("changed", counts.changed),
        ("unchanged", counts.unchanged),
        ("refused", counts.refused),
    ];
    let one = |(key, count): (&str, u64)| {
        let text = format!("sheet-count-{key}");
        view! { <li>{t.fill(&text, &[("count", count.into())])}</li> }
    };
    let found = foreseen.then(|| one(("found", counts.found)));
    view! { <ul class="sheet__counts">{all.map(one).collect_view()} {found}</ul> }.into_any()
}

fn taken_back(reader: &Reader, back: &TakenBack) -> AnyView {
    let t = reader.texts();
    let all = [
        ("sheet-undo-removed", back.removed),
        ("sheet-undo-restored", back.restored),
        ("sheet-undo-kept", back.kept),
    ];
    let one =
        |(key, count): (&str, u64)| view! { <li>{t.fill(key, &[("count", count.into())])}</li> };
    view! { <ul class="sheet__counts">{all.map(one).collect_view()}</ul> }.into_any()
}

/// What can be done with it now.
fn ways(reader: &Reader, sheet: &SheetView) -> AnyView {
    let t = reader.texts();
    let path = reader.link(&sheet_path(sheet.id));
    let brings = sheet
        .foreseen
        .map_or(0, |counts| counts.new + counts.changed);
    let take = (sheet.state == SheetState::Checked && brings > 0).then(|| {
        let words = t.fill("sheet-take", &[("count", brings.into())]);
        view! { <button class="button button--primary" type="submit" name="do" value="take">{words}</button> }
    });
    let open = matches!(
        sheet.state,
        SheetState::Checking | SheetState::Checked | SheetState::Unreadable
    );
    let forget = open.then(|| {
        view! { <button class="button button--quiet" type="submit" name="do" value="forget">{t.text("sheet-forget")}</button> }
    });
    let again = (sheet.state == SheetState::Failed).then(|| {
        view! { <button class="button button--primary" type="submit" name="do" value="take">{t.text("sheet-take-again")}</button> }
    });
    let form = (open || again.is_some()).then(|| {
        view! { <form method="post" action=path.clone()><p class="viewer__ways">{take} {again} {forget}</p></form> }
    });
    let undo = sheet.undoable.then(|| {
        view! { <p><a class="button" href=format!("{path}/undo")>{t.text("sheet-undo")}</a></p> }
    });
    view! { {form} {undo} }.into_any()
}
