//! Every role on every action, through the routes: the answers are those of the table.

use super::collections::{begun, pressed};
use crate::harness::{Person, TestPortal};
use khue_content::account::{Action, Role, Scope, may};
use std::collections::HashMap;
use std::sync::Arc;

fn is_about_collections(action: Action) -> bool {
    matches!(
        action,
        Action::Collect | Action::ShareCollection | Action::ReadCollection | Action::HideCollection
    )
}

/// A submission of its own for each try, in the state that the action begins in.
fn prepared(author: &Person, judge: &Person, action: Action) -> String {
    if is_about_collections(action) {
        let id = begun(author, "Bộ của ma trận");
        assert_eq!(pressed(author, &id, "institution", "save", &[]), 303);
        return id;
    }
    let number = author.draft("Bài của ma trận");
    assert_eq!(
        author.fill_in(&number, "Bài của ma trận", "send").status,
        303
    );
    let said = matches!(
        action,
        Action::Respond | Action::ModerateComments | Action::HandleReports
    );
    if said || matches!(action, Action::Publish | Action::Withdraw) {
        assert_eq!(judge.decide(&number, "accept").status, 303);
    }
    if said || action == Action::Withdraw {
        assert_eq!(judge.decide(&number, "publish").status, 303);
    }
    if said {
        let fields = [("do", "comment"), ("words", "Một lời của ma trận")];
        let comments = format!("/resources/{number}/comments");
        assert_eq!(author.post(&comments, &fields).status, 303);
    }
    if action == Action::HandleReports {
        return reported(judge, &number);
    }
    number
}

/// Reports a resource; gives the number of the report.
fn reported(anybody: &Person, resource: &str) -> String {
    let fields = [("kind", "error"), ("words", "Sai ở ma trận")];
    let answer = anybody.post(&format!("/resources/{resource}/report"), &fields);
    assert_eq!(answer.status, 303);
    let page = anybody.get(answer.header("location")).page();
    page.text(".submission__status code")
}

/// The number of the comment on a resource, as those who moderate it are told.
fn comment(judge: &Person, resource: &str) -> String {
    let page = judge.get(&format!("/desk/comments?resource={resource}"));
    page.page().attribute("input[name=id]", "value")
}

/// Tries it; whether it was done.
fn tried(person: &Person, judge: &Person, number: &str, action: Action) -> bool {
    // Who cannot see the page has no edition to send; the right one is sent for them.
    let edition = match person.edition(number) {
        none if none == "0" => judge.edition(number),
        known => known,
    };
    let own = format!("/submissions/{number}");
    let desk = format!("/desk/{number}");
    let fields = |step: &'static str, reason: &'static str| {
        [
            ("edition", edition.clone()),
            ("reason", reason.into()),
            ("words", "vì".into()),
            ("do", step.into()),
        ]
    };
    let send = |path: &str, fields: [(&str, String); 4]| {
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        person.post(path, &fields).status == 303
    };
    match action {
        Action::ReadSubmission => person.get(&own).status == 200,
        Action::Submit => send(&own, fields("take-back", "")),
        Action::SendMessage => {
            person
                .post(&own, &[("do", "message"), ("message", "Chào")])
                .status
                == 303
        }
        Action::Appraise => send(&desk, fields("accept", "")),
        Action::Publish => send(&desk, fields("publish", "")),
        Action::Withdraw => send(&format!("{own}/withdraw"), fields("withdraw", "wish")),
        Action::Respond => {
            let back = format!("take-back-{}", comment(judge, number));
            let path = format!("/resources/{number}/comments");
            person.post(&path, &[("do", &back)]).status == 303
        }
        Action::ModerateComments => {
            let id = comment(judge, number);
            let fields = [("id", id.as_str()), ("edition", "1"), ("do", "show")];
            person.post("/desk/comments", &fields).status == 303
        }
        Action::HandleReports => {
            let path = format!("/desk/reports/{number}");
            let fields = [("edition", "1"), ("do", "take-on")];
            person.post(&path, &fields).status == 303
        }
        Action::Collect => pressed(person, number, "institution", "save", &[]) == 303,
        Action::ShareCollection => pressed(person, number, "public", "save", &[]) == 303,
        Action::ReadCollection => person.get(&format!("/collections/{number}")).status == 200,
        Action::HideCollection => {
            let path = format!("/collections/{number}/hide");
            person.post(&path, &[("words", "vì")]).status == 303
        }
        Action::SignGuidance
        | Action::MakePath
        | Action::PublishPath
        | Action::ImportSheets
        | Action::ReadFigures => {
            unreachable!("tried elsewhere")
        }
    }
}

/// Institutions, and whether the file belongs there.
const PLACES: [(&str, bool); 2] = [("hn-01", true), ("hn-02", false)];

#[test]
fn routes_answer_as_the_table_says() {
    let portal = TestPortal::of_people();
    let author = Person::with_role(&portal, "matrix-author", "teacher", Some("hn-01"));
    let judge = Person::with_role(&portal, "matrix-judge", "appraiser", None);
    let mut people = HashMap::new();
    for role in Role::ALL {
        for (place, _) in PLACES {
            let name = format!("matrix-{}-{place}", role.name());
            let person = Person::with_role(&portal, &name, role.name(), Some(place));
            people.insert((role, place), person);
        }
    }
    // Signing, paths, sheets and figures have tests of their own: they are not about a file.
    let tried_here = |action: &Action| {
        !matches!(
            action,
            Action::SignGuidance
                | Action::MakePath
                | Action::PublishPath
                | Action::ImportSheets
                | Action::ReadFigures
        )
    };
    for action in Action::ALL.into_iter().filter(tried_here) {
        // One file will do until somebody who may has moved it.
        let mut number = prepared(&author, &judge, action);
        for role in Role::ALL {
            for (place, within) in PLACES {
                let allowed = may(role, action, Scope { own: false, within });
                let person = &people[&(role, place)];
                assert_eq!(
                    tried(person, &judge, &number, action),
                    allowed,
                    "{role:?} at {place}: {action:?}"
                );
                if allowed && !matches!(action, Action::ReadSubmission | Action::SendMessage) {
                    number = prepared(&author, &judge, action);
                }
            }
        }
        strangers_are_led_to_the_sign_in(&portal, &number);
    }
}

fn strangers_are_led_to_the_sign_in(portal: &Arc<TestPortal>, number: &str) {
    let stranger = Person::stranger(portal);
    let (own, desk) = (format!("/submissions/{number}"), format!("/desk/{number}"));
    for path in [own.as_str(), &desk, &format!("{own}/withdraw")] {
        let answer = stranger.post(path, &[("do", "accept"), ("edition", "2")]);
        assert!(
            answer.header("location").starts_with("/sign-in"),
            "{path}: {}",
            answer.status
        );
    }
}

#[test]
fn nobody_decides_on_their_own() {
    let portal = TestPortal::of_people();
    let mai = Person::with_role(&portal, "matrix-own", "appraiser", None);
    let number = mai.draft("Bài của người thẩm định");
    assert_eq!(
        mai.fill_in(&number, "Bài của người thẩm định", "send")
            .status,
        303
    );
    for step in ["accept", "decline", "request-changes", "take-on"] {
        assert_eq!(mai.decide(&number, step).status, 403, "{step}");
    }
}
