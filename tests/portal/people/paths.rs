//! Learning paths that people make, over HTTP.

use crate::harness::{Answer, Person, Setup, TestPortal};
use std::sync::Arc;

const FIRST: &str = "toan-7-tong-cac-goc-trong-mot-tam-giac";
const SECOND: &str = "toan-12-toi-uu-bang-dao-ham";

/// The identifier of a lesson.
fn id(portal: &TestPortal, lesson: &str) -> String {
    portal
        .resource(lesson)
        .trim_start_matches("/resources/")
        .to_owned()
}

/// The fields of the editor as a browser would send them, some of them changed, with a button.
fn filled(person: &Person, path: &str, changes: &[(&str, &str)], button: &str) -> Answer {
    let page = person.get(path).page();
    let mut fields: Vec<(String, String)> = Vec::new();
    for field in page.all("#path-form input, #path-form textarea, #path-form select") {
        let name = field.attr("name").unwrap_or_default().to_owned();
        let value = match field.value().name() {
            "textarea" => field.text().collect(),
            "select" => {
                let chosen = scraper::Selector::parse("option[selected]").unwrap();
                field
                    .select(&chosen)
                    .next()
                    .and_then(|option| option.attr("value"))
                    .unwrap_or_default()
                    .to_owned()
            }
            _ => field.attr("value").unwrap_or_default().to_owned(),
        };
        let ticked = field.attr("type") != Some("checkbox") || field.attr("checked").is_some();
        fields.extend(ticked.then_some((name, value)));
    }
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields.push(("do".to_owned(), button.to_owned()));
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    person.post(path, &fields)
}

/// Begins a path; gives the address of its editor.
fn begun(person: &Person, name: &str) -> String {
    let answer = person.post("/paths/own", &[("name", name), ("do", "create")]);
    assert_eq!(answer.status, 303, "{:.600}", answer.text());
    answer.header("location").to_owned()
}

fn steps(person: &Person, editor: &str) -> Vec<String> {
    let page = person.get(editor).page();
    page.all(".path-editor__name")
        .iter()
        .map(|step| step.text().collect::<String>().trim().to_owned())
        .collect()
}

#[test]
fn a_path_from_the_first_step_to_the_withdrawal() {
    let portal = Arc::new(TestPortal::start(Setup::default()));
    let lan = Person::with_role(&portal, "paths-lan", "teacher", Some("hn-01"));
    let hoa = Person::with_role(&portal, "paths-hoa", "curator", None);
    let nam = Person::with_role(&portal, "paths-nam", "teacher", Some("hn-01"));
    let minh = Person::registered(&portal, "paths-minh");
    let stranger = Person::stranger(&portal);
    assert!(
        stranger
            .get("/paths/own")
            .header("location")
            .starts_with("/sign-in")
    );
    assert!(
        minh.get("/paths/own")
            .page()
            .all("form[action='/paths/own']")
            .is_empty(),
        "learners make none"
    );
    assert_eq!(
        minh.post("/paths/own", &[("name", "Của em"), ("do", "create")])
            .status,
        403
    );

    let editor = begun(&lan, "Từ góc đến đạo hàm");
    let page = editor.trim_end_matches("/edit");
    for other in [&nam, &minh] {
        assert_eq!(other.get(&editor).status, 404);
        assert_eq!(
            other
                .post(&editor, &[("do", "delete"), ("edition", "1")])
                .status,
            404
        );
    }
    for lesson in [FIRST, SECOND] {
        let add = format!("add:{}", id(&portal, lesson));
        assert_eq!(filled(&lan, &editor, &[], &add).status, 303);
    }
    let before = steps(&lan, &editor);
    assert_eq!(before.len(), 2);
    assert_eq!(
        filled(&lan, &editor, &[("description-1", "Vì sao")], "up:1").status,
        303
    );
    assert_eq!(steps(&lan, &editor), [before[1].clone(), before[0].clone()]);
    assert_eq!(
        lan.get(&editor).page().attribute("#description-0", "value"),
        "Vì sao",
        "what was typed moves along"
    );
    assert_eq!(
        filled(&lan, &editor, &[("order", "1,0")], "save").status,
        303
    );
    assert_eq!(steps(&lan, &editor), before, "a script said the order");
    assert!(
        lan.get(&editor)
            .page()
            .all("button[value=publish]")
            .is_empty()
    );

    let unfinished = filled(&hoa, &editor, &[], "publish");
    assert_eq!(unfinished.status, 422);
    assert!(unfinished.text().contains("Chưa nói học xong làm được gì."));
    let whole = [
        ("description", "Hai buổi."),
        ("teaches", "Tính được góc.\n\nTối ưu được."),
        ("educationalLevel", "upper-secondary"),
        ("section-0", "Hình học"),
        ("minutes-1", "50"),
    ];
    assert_eq!(stranger.get(page).status, 404, "nobody sees a draft");
    let preview = lan.get(&format!("{editor}?preview=1"));
    assert!(preview.status == 200 && preview.text().contains("noindex"));
    let published = filled(&hoa, &editor, &whole, "publish");
    assert_eq!(published.status, 303, "{:.3000}", published.text());
    let shown = stranger.get(page);
    assert_eq!(shown.status, 200);
    assert!(shown.text().contains("Tối ưu được.") && shown.text().contains("Hình học"));
    assert!(stranger.get("/paths").text().contains("Từ góc đến đạo hàm"));
    assert!(stranger.get("/sitemap/pages.xml").text().contains(page));
    let own = page.trim_start_matches("/paths/");
    let lesson = stranger.get(&format!("{}?path={own}", portal.resource(FIRST)));
    assert!(lesson.page().text(".path-bar").contains("bước 1 trong 2"));

    assert_eq!(
        filled(&lan, &editor, &[("name", "Tên khác")], "save").status,
        303
    );
    assert!(
        !stranger.get(page).text().contains("Tên khác"),
        "a draft changes nothing"
    );
    let stale = hoa.post(&editor, &[("do", "save"), ("edition", "1"), ("name", "Cũ")]);
    assert_eq!(stale.status, 409);
    assert_eq!(filled(&hoa, &editor, &[], "withdraw").status, 303);
    assert_eq!(stranger.get(page).status, 404);
    assert_eq!(filled(&lan, &editor, &[], "delete").status, 303);
    assert_eq!(lan.get(&editor).status, 404);
}

#[test]
fn a_path_that_came_with_the_portal_is_changed_and_comes_back() {
    let portal = Arc::new(TestPortal::start(Setup::default()));
    let hoa = Person::with_role(&portal, "paths-hoa", "curator", None);
    let lan = Person::with_role(&portal, "paths-lan", "teacher", Some("hn-01"));
    let (page, editor) = (
        "/paths/song-an-toan-tren-mang",
        "/paths/song-an-toan-tren-mang/edit",
    );
    assert_eq!(lan.get(editor).status, 404);
    let name = hoa.get(editor).page().attribute("#name", "value");
    assert_eq!(
        filled(&hoa, editor, &[("name", "Sống yên trên mạng")], "publish").status,
        303
    );
    assert!(hoa.get(page).text().contains("Sống yên trên mạng"));
    assert_eq!(filled(&hoa, editor, &[], "withdraw").status, 303);
    assert!(hoa.get(page).text().contains(&name));
}

#[test]
fn a_path_is_proposed_and_waits_for_a_person() {
    let portal = Arc::new(TestPortal::start(Setup::default()));
    let hoa = Person::with_role(&portal, "paths-hoa", "curator", None);
    let asked = [
        ("topic", "tam giác"),
        ("about", "toan"),
        ("level", ""),
        ("do", "propose"),
    ];
    let answer = hoa.post("/paths/own", &asked);
    assert_eq!(answer.status, 303, "{:.600}", answer.text());
    let editor = answer.header("location").to_owned();
    let page = hoa.get(&editor).page();
    let reasons = page.attributes("input[name^=description-]", "value");
    assert!(
        !reasons.is_empty() && reasons.iter().all(|reason| !reason.is_empty()),
        "{reasons:?}"
    );
    assert!(!page.text("#teaches").is_empty());
    assert!(
        !hoa.get("/paths").text().contains("/paths/tam-giac"),
        "nobody else sees it yet"
    );
    let nothing = [("topic", "zzzzqqqq"), ("do", "propose")];
    assert_eq!(hoa.post("/paths/own", &nothing).status, 422);
}
