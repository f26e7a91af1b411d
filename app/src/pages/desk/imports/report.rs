//! The report of a check, row by row: what would happen, and what was found with the next step.

use khue_content::check::{Finding, Severity};
use leptos::prelude::*;

use super::{AtSheets, sheet_path};
use crate::components::{pages_nav, property_label};
use crate::pages::account::value;
use crate::pages::guidance::parsed;
use crate::reader::Reader;
use crate::services::ServiceError;
use crate::sheets::{Only, PAGE, RowCounts, RowView, SheetView};
use crate::texts;

/// The rows that the address asks for.
pub(super) async fn section(
    desk: &AtSheets,
    sheet: &SheetView,
    counts: &RowCounts,
) -> Result<AnyView, ServiceError> {
    let reader = desk.reader();
    let query = parsed(&reader.query);
    let asked = value(&query, "rows");
    let known = Only::ALL.into_iter().find(|only| only.name() == asked);
    let only = known.unwrap_or_default();
    let pages = only.of(counts).div_ceil(PAGE).max(1);
    let page = value(&query, "page").parse().unwrap_or(1).clamp(1, pages);
    let rows = desk.sheets.rows(&desk.viewer, sheet.id, only, page).await?;
    let t = reader.texts();
    let path = sheet_path(sheet.id);
    let link =
        |target: usize| reader.link(&format!("{path}?rows={}&page={target}#report", only.name()));
    let size = |number: u64| usize::try_from(number).unwrap_or(1);
    let nav = pages_nav(reader, size(page), size(pages), &link);
    Ok(view! {
        <section id="report">
            <h2>{t.text("sheet-report")}</h2>
            {choices(reader, sheet, counts, only)}
            <p><a href=format!("{path}/report.csv") download=true>{t.text("sheet-download")}</a></p>
            {table(reader, &rows)}
            {nav}
        </section>
    }
    .into_any())
}

/// Links to the rows of each kind.
fn choices(reader: &Reader, sheet: &SheetView, counts: &RowCounts, now: Only) -> AnyView {
    let t = reader.texts();
    let one = |only: Only| {
        let count = only.of(counts);
        if count == 0 && only != now {
            return ().into_any();
        }
        let address = format!("{}?rows={}#report", sheet_path(sheet.id), only.name());
        let words = t.fill(
            &format!("sheet-rows-{}", only.name()),
            &[("count", count.into())],
        );
        let current = (only == now).then_some("true");
        view! { <li><a class="button button--small" href=reader.link(&address) aria-current=current>{words}</a></li> }.into_any()
    };
    view! { <ul class="sheet__choices">{Only::ALL.map(one).collect_view()}</ul> }.into_any()
}

fn table(reader: &Reader, rows: &[RowView]) -> AnyView {
    let t = reader.texts();
    let heads = ["line", "name", "fate", "findings"].map(|key| {
        view! { <th scope="col">{t.find(&format!("sheet-column-{key}")).unwrap_or_default()}</th> }
    });
    view! {
        <div class="table-region" tabindex="0" role="region" aria-label=t.text("sheet-report")>
            <table class="bulk__table"><thead><tr>{heads.collect_view()}</tr></thead>
                <tbody>{rows.iter().map(|one| row(reader, one)).collect_view()}</tbody></table>
        </div>
    }
    .into_any()
}

fn row(reader: &Reader, one: &RowView) -> AnyView {
    let t = reader.texts();
    let name = if one.name.is_empty() {
        one.identifier.clone()
    } else {
        one.name.clone()
    };
    let fate = t
        .find(&format!("sheet-fate-{}", one.fate.name()))
        .unwrap_or_default();
    let refusal = one.refusal.as_ref().map(|(key, detail)| {
        let words = t.find(&format!("sheet-refusal-{key}")).unwrap_or_default();
        let detail = (!detail.is_empty()).then(|| format!(" ({detail})"));
        view! { <li class="submissions__late">{words} {detail}</li> }
    });
    let found = one.findings.iter().map(|found| finding(reader, found));
    let nothing = one.refusal.is_none() && one.findings.is_empty();
    let list = (!nothing).then(|| view! { <ul>{refusal} {found.collect_view()}</ul> });
    view! {
        <tr><th scope="row">{(one.line > 0).then_some(one.line)}</th><td>{name}</td><td>{fate}</td><td>{list}</td></tr>
    }
    .into_any()
}

/// A finding with its property and what to do.
fn finding(reader: &Reader, found: &Finding) -> AnyView {
    let label = match property_label(reader, &found.property) {
        "" => found.property.clone(),
        label => label.to_owned(),
    };
    let class = (found.severity == Severity::Error).then_some("submissions__late");
    view! { <li class=class><strong>{label}</strong> ": " {texts::finding(reader.language, found)}</li> }.into_any()
}
