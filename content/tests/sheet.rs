//! Rows of any sheet as records: what workbooks add to CSV.

use khue_content::format::sheet::{Cell, Flaw, Table, is_passed_over};

fn row<'a>(texts: &[&'a str]) -> Vec<Cell<'a>> {
    let cell = |text: &&'a str| Cell {
        text: (*text).into(),
        flaw: text.starts_with("#REF!").then_some(Flaw::Error),
    };
    texts.iter().map(cell).collect()
}

#[test]
fn cells_of_workbooks_are_named_as_spreadsheets_name_them() {
    let mut table = Table::new(
        "a.xlsx",
        Some("Danh mục"),
        &row(&["Tên", "Giấy phép", "Kệ"]),
    );
    assert_eq!(table.known(), 2);
    assert!(table.has("license") && !table.has("url"));
    let found = table.incoming(9, &row(&["Lực", "giấy phép lạ", "B2", "thừa"]));
    assert_eq!(found.place.to_string(), "a.xlsx, sheet Danh mục, line 9");
    let told: Vec<_> = found
        .findings
        .iter()
        .map(|one| one.message.as_str())
        .collect();
    assert!(told[1].contains("column D: thừa"), "{told:?}");
    assert!(told[2].starts_with("Danh mục!B9 (Giấy phép): "), "{told:?}");
}

#[test]
fn an_error_of_the_spreadsheet_is_no_value() {
    let mut table = Table::new("a.xlsx", Some("A"), &row(&["Tên", "url"]));
    assert!(
        !is_passed_over(&row(&["#REF!", "x"])),
        "an error is no remark"
    );
    assert!(is_passed_over(&row(&["# ghi chú", "x"])));
    let found = table.incoming(2, &row(&["Lực", "#REF!"]));
    assert_eq!(found.findings[0].code, "cell-error");
    assert_eq!(found.findings[0].detail, "A!B2 (url): #REF!");
    let record = found.record.expect("a record");
    assert_eq!((record.name.as_str(), record.url), ("Lực", None));
}
