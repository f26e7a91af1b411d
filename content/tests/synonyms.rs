//! The table of synonyms: what comes with the portal, and what curators write.

use khue_content::search::synonyms::{Direction, Row, read};
use khue_content::search::{SearchParams, Synonyms, understand_with};

const SHIPPED: &str = include_str!("../search/synonyms.csv");

fn faults(sheet: &str) -> Vec<String> {
    let sheet = format!("words,also,direction,when,note\n{sheet}\n");
    let (_, faults) = read(sheet.as_bytes());
    faults.iter().map(ToString::to_string).collect()
}

fn others(table: &Synonyms, q: &str) -> Vec<String> {
    let typed = SearchParams {
        q: q.to_owned(),
        ..SearchParams::default()
    };
    let request = understand_with(typed, table);
    request
        .clauses
        .into_iter()
        .flat_map(|clause| clause.synonyms)
        .collect()
}

#[test]
fn the_shipped_table_has_no_fault_and_is_rich() {
    let (rows, faults) = read(SHIPPED.as_bytes());
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(rows.len() >= 250, "{} rows", rows.len());
    let idle: Vec<&Row> = rows.iter().filter(|row| row.also.is_empty()).collect();
    assert!(idle.is_empty(), "{idle:#?}");
}

#[test]
fn every_row_of_the_shipped_table_is_reached() {
    let shipped = Synonyms::shipped();
    let reached: Vec<&Row> = shipped.rows().collect();
    let (rows, _) = read(SHIPPED.as_bytes());
    let missed: Vec<&Row> = rows.iter().filter(|row| !reached.contains(row)).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn faults_name_line_and_field_and_what_to_do() {
    for (row, told) in [
        (
            ",sách",
            "line 2, field `words`: there are no words; write what people type",
        ),
        (
            "SGK,sách,both",
            "line 2, field `direction`: `both` is no direction; write one-way or two-way",
        ),
        (
            "SGK,sách,one-way,@class",
            "line 2, field `when`: `@class` is not known; write @grade, @subject, @capitals, or a plain word",
        ),
        (
            "SGK|…,sách",
            "line 2, field `words`: `…` has no letter and no digit; write words between the | signs",
        ),
        (
            "SGK,a,one-way,,note,more",
            "line 2: this row has 6 cells, but there are 5 columns; put text with commas in double quotes",
        ),
        (
            "SGK,a\n\nx,y\nsgk,b",
            "line 5, field `words`: `sgk` stands in line 2 already, under the same conditions; put both into one row",
        ),
    ] {
        assert_eq!(faults(row), [told], "{row}");
    }
    let (rows, faults) = read("từ,cũng\nSGK,sách".as_bytes());
    assert!(rows.is_empty() || !faults.is_empty());
    assert!(faults[0].to_string().contains("`words`"), "{}", faults[0]);
    let (_, faults) = read(b"words,also\n\xff\xfe,x\n");
    assert!(faults[0].to_string().contains("UTF-8"), "{}", faults[0]);
}

#[test]
fn sheets_of_other_programs_are_read() {
    for sheet in [
        "\u{feff}words;also;direction\nCLB;câu lạc bộ;hai chiều\n",
        "words\talso\tdirection\nCLB\tcâu lạc bộ\ttwo-way\n",
        "# remark\nalso,words,direction\ncâu lạc bộ,CLB,TWO WAY\n",
    ] {
        let (rows, faults) = read(sheet.as_bytes());
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(rows[0].words, ["CLB"]);
        assert_eq!(rows[0].direction, Direction::TwoWay);
    }
}

#[test]
fn an_own_table_adds_changes_and_takes_away() {
    let shipped = Synonyms::shipped();
    assert_eq!(others(&shipped, "CLB"), Vec::<String>::new());
    let own = "words,also,direction\nCLB,câu lạc bộ,two-way\nSGK,sách của trường,one-way\nADN,,\n";
    let (rows, faults) = read(own.as_bytes());
    assert!(faults.is_empty(), "{faults:?}");
    let table = shipped.with(rows);
    assert_eq!(others(&table, "CLB"), ["câu lạc bộ"]);
    assert_eq!(others(&table, "cau lac bo"), ["CLB"]);
    assert_eq!(others(&table, "sgk"), ["sách của trường"]);
    assert_eq!(others(&table, "ADN"), Vec::<String>::new());
    assert_eq!(others(&table, "SGV"), others(&shipped, "SGV"));
}
