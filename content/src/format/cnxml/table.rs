//! CALS tables as HTML tables.

use super::html::Writer;
use super::xml::Element;
use std::collections::HashMap;

/// Numbers of columns by name.
type Columns<'e> = HashMap<&'e str, usize>;

/// Writes a `<table>` with its title and caption.
pub(super) fn write(writer: &mut Writer, table: &Element) {
    let mut groups = table
        .elements()
        .filter(|part| part.name == "tgroup")
        .peekable();
    let mut caption = Some(table);
    if groups.peek().is_none() {
        writer.open("table", "", table);
        write_caption(writer, table);
        rows(writer, table, &Columns::new(), "td");
        writer.raw("</table>\n");
    }
    for group in groups {
        writer.open("table", "", caption.unwrap_or(group));
        caption
            .take()
            .into_iter()
            .for_each(|table| write_caption(writer, table));
        write_group(writer, group);
        writer.raw("</table>\n");
    }
    let known = [
        "tgroup", "title", "caption", "label", "row", "entry", "thead", "tbody", "tfoot",
    ];
    let mut others = table
        .elements()
        .filter(|part| !known.contains(&part.name.as_str()))
        .peekable();
    if others.peek().is_some() {
        others.for_each(|part| writer.children(part));
    }
}

fn write_caption(writer: &mut Writer, table: &Element) {
    let number = writer.labels.of_element(table).map(str::to_owned);
    let parts = ["label", "title", "caption"]
        .iter()
        .filter_map(|name| table.child(name));
    let parts: Vec<&Element> = parts.filter(|part| !part.children.is_empty()).collect();
    if number.is_none() && parts.is_empty() {
        return;
    }
    writer.raw("<caption>");
    if let Some(number) = number {
        writer.raw("<span class=\"label\">");
        writer.text(&number);
        writer.raw(".</span> ");
    }
    for part in parts {
        writer.children(part);
        writer.raw(" ");
    }
    writer.raw("</caption>\n");
}

fn write_group<'e>(writer: &mut Writer, group: &'e Element) {
    let mut columns = Columns::new();
    let specs = group.elements().filter(|part| part.name == "colspec");
    for (place, spec) in specs.enumerate() {
        let number = spec
            .attribute("colnum")
            .and_then(|number| number.parse().ok());
        if let Some(name) = spec.attribute("colname") {
            columns.insert(name, number.unwrap_or(place + 1));
        }
    }
    let spans = group.elements().filter(|part| part.name == "spanspec");
    let spans: HashMap<&'e str, &'e Element> = spans
        .filter_map(|span| Some((span.attribute("spanname")?, span)))
        .collect();
    let part = |name: &str| match name {
        "thead" => Some(("thead", "th")),
        "tfoot" => Some(("tfoot", "td")),
        "tbody" => Some(("tbody", "td")),
        _ => None,
    };
    for child in group.elements() {
        match part(&child.name) {
            Some((tag, cell)) => {
                writer.raw(&format!("<{tag}>\n"));
                rows_with_spans(writer, child, &columns, &spans, cell);
                writer.raw(&format!("</{tag}>\n"));
            }
            None if child.name == "row" => row(writer, child, &columns, &spans, "td"),
            None => {}
        }
    }
}

fn rows(writer: &mut Writer, part: &Element, columns: &Columns, cell: &str) {
    for child in part.elements() {
        match child.name.as_str() {
            "row" => row(writer, child, columns, &HashMap::new(), cell),
            "thead" => rows(writer, child, columns, "th"),
            "tbody" | "tfoot" => rows(writer, child, columns, "td"),
            _ => {}
        }
    }
}

fn rows_with_spans(
    writer: &mut Writer,
    part: &Element,
    columns: &Columns,
    spans: &HashMap<&str, &Element>,
    cell: &str,
) {
    let all = part.elements().filter(|child| child.name == "row");
    all.for_each(|child| row(writer, child, columns, spans, cell));
}

fn row(
    writer: &mut Writer,
    row: &Element,
    columns: &Columns,
    spans: &HashMap<&str, &Element>,
    cell: &str,
) {
    writer.raw("<tr>");
    for entry in row.elements() {
        let span = entry
            .attribute("spanname")
            .and_then(|name| spans.get(name).copied());
        let width = width(span.unwrap_or(entry), columns);
        let height = entry
            .attribute("morerows")
            .and_then(|rows| rows.parse::<usize>().ok());
        writer.raw(&format!("<{cell}"));
        writer.attribute("id", entry.attribute("id"));
        writer.attribute("colspan", width.map(|width| width.to_string()).as_deref());
        let height = height
            .filter(|more| *more > 0)
            .map(|more| (more + 1).to_string());
        writer.attribute("rowspan", height.as_deref());
        writer.raw(">");
        writer.children(entry);
        writer.raw(&format!("</{cell}>"));
    }
    writer.raw("</tr>\n");
}

/// How many columns an entry takes, where that is more than one.
fn width(entry: &Element, columns: &Columns) -> Option<usize> {
    let place = |name: &str| columns.get(entry.attribute(name)?).copied();
    let width = place("nameend")?.checked_sub(place("namest")?)? + 1;
    (width > 1).then_some(width)
}
