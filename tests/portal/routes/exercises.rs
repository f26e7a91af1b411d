//! Exercises and paths of the shipped lessons, and what their pages weigh.

use crate::harness::{TestPortal, lessons};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// What the HTML of a page may weigh, compressed.
const HEAVIEST: usize = 20 * 1024;

/// What the HTML of a page weighs on its way to a browser.
fn weight(portal: &TestPortal, address: &str) -> usize {
    let answer = portal.ask("GET", address, &[("accept-encoding", "br")], "");
    assert_eq!(answer.header("content-encoding"), "br", "{address}");
    answer.body.len()
}

#[test]
fn a_lesson_has_its_exercises_as_forms() {
    let portal = TestPortal::shared();
    let page = portal
        .get(&portal.resource("vat-li-10-dinh-luat-ii-newton"))
        .page();
    assert_eq!(page.all("form.exercise").len(), 5);
    assert_eq!(page.all("form.exercise fieldset > legend").len(), 5);
    assert_eq!(page.all("details.answer-key:not([open])").len(), 1);
}

#[test]
fn an_answer_is_looked_at_and_feedback_is_in_the_readers_language() {
    let portal = TestPortal::shared();
    let path = format!(
        "{}/exercises/1",
        portal.resource("vat-li-10-dinh-luat-ii-newton")
    );
    let right = portal.ask("POST", &path, &[FORM], "a=2%2C5+m%2Fs2").page();
    assert_eq!(right.attribute("form.exercise", "data-verdict"), "right");
    let wrong = portal
        .ask("POST", &format!("/fr{path}"), &[FORM], "a=40")
        .page();
    assert_eq!(wrong.attribute("form.exercise", "data-verdict"), "wrong");
    assert!(wrong.text(".exercise__outcome").contains("Pas encore"));
    assert!(
        wrong
            .text(".exercise__outcome")
            .contains("Bạn đã lấy lực nhân khối lượng")
    );
}

#[test]
fn forms_of_other_sites_are_refused() {
    let portal = TestPortal::shared();
    let path = format!(
        "{}/exercises/1",
        portal.resource("vat-li-10-dinh-luat-ii-newton")
    );
    let headers = [FORM, ("sec-fetch-site", "cross-site")];
    assert_eq!(portal.ask("POST", &path, &headers, "a=1").status, 403);
}

#[test]
fn hostile_answers_break_nothing() {
    let portal = TestPortal::shared();
    let path = format!(
        "{}/exercises/5",
        portal.resource("vat-li-10-dinh-luat-ii-newton")
    );
    let long = format!("g0={}", "9".repeat(100_000));
    for body in [
        "",
        "a",
        "=&=&=",
        "g0=%FF%FE",
        "g0=1e999&g1=NaN",
        "g99999999999=1",
        long.as_str(),
    ] {
        let answer = portal.ask("POST", &path, &[FORM], body);
        assert!(answer.status < 500, "{body:.40}: {}", answer.status);
    }
    for number in ["0", "-1", "99999999999999999999", "x"] {
        let path = format!(
            "{}/exercises/{number}",
            portal.resource("vat-li-10-dinh-luat-ii-newton")
        );
        assert!((400..500).contains(&portal.get(&path).status), "{number}");
    }
}

#[test]
fn every_step_of_every_path_is_there() {
    let portal = TestPortal::shared();
    let shelf = portal.get("/paths").page();
    let paths = shelf.attributes(".path-card__name a", "href");
    assert!(paths.len() >= 6, "{paths:?}");
    for path in paths {
        let page = portal.get(&path).page();
        for step in page.attributes(".path__step a", "href") {
            let lesson = portal.get(&step);
            assert_eq!(lesson.status, 200, "{path}: {step}");
            assert_eq!(lesson.page().all(".path-bar").len(), 1, "{path}: {step}");
        }
    }
}

#[test]
fn pages_are_light() {
    let portal = TestPortal::shared();
    let mut heaviest = (0, String::new());
    let lessons = lessons()
        .iter()
        .map(|lesson| portal.resource(&lesson.identifier));
    let others = ["/", "/search?q=ph%C3%A2n%20s%E1%BB%91", "/search", "/paths"].map(str::to_owned);
    for address in lessons.chain(others) {
        let weight = weight(&portal, &address);
        assert!(
            weight <= HEAVIEST,
            "{address}: {weight} bytes compressed, at most {HEAVIEST}"
        );
        heaviest = heaviest.max((weight, address));
    }
    println!("the heaviest page: {heaviest:?}");
}
