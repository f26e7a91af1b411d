//! Who may do what, read as people would tell it.

use khue_content::account::{
    Action, Actor, Held, Role, Scope, Weak, check_passphrase, email, is_institution, may, table,
};

const SCOPES: [Scope; 4] = [
    Scope {
        own: false,
        within: false,
    },
    Scope {
        own: false,
        within: true,
    },
    Scope {
        own: true,
        within: false,
    },
    Scope {
        own: true,
        within: true,
    },
];

#[test]
fn nobody_judges_or_publishes_what_is_their_own() {
    for role in Role::ALL {
        for action in [Action::Appraise, Action::Publish] {
            for scope in SCOPES.into_iter().filter(|scope| scope.own) {
                assert!(!may(role, action, scope), "{role:?} {action:?} {scope:?}");
            }
        }
    }
}

#[test]
fn what_is_of_others_elsewhere_is_out_of_reach() {
    for role in Role::ALL {
        for action in Action::ALL {
            assert!(!may(role, action, SCOPES[0]), "{role:?} {action:?}");
        }
    }
}

#[test]
fn learners_and_teachers_reach_only_what_is_their_own() {
    for role in [Role::Learner, Role::Teacher] {
        for action in Action::ALL {
            // What was shared with an institution is for those who teach and learn there.
            let shared = action == Action::ReadCollection;
            assert_eq!(may(role, action, SCOPES[1]), shared, "{role:?} {action:?}");
        }
    }
}

#[test]
fn a_role_of_one_institution_says_nothing_about_another() {
    let held = |role, institution: &str| Held {
        role,
        institution: institution.into(),
    };
    let actor = Actor {
        account: 1,
        roles: vec![held(Role::Appraiser, "hn-01"), held(Role::Learner, "")],
    };
    assert!(actor.may(Action::Appraise, 2, "hn-01"));
    assert!(!actor.may(Action::Appraise, 2, "hn-02"));
    assert!(actor.may(Action::Appraise, 2, "hn-01.toan"), "a part of it");
    assert!(
        !actor.may(Action::Appraise, 2, "hn-011"),
        "another that begins alike"
    );
    assert!(!actor.may(Action::Appraise, 2, ""));
    assert!(!actor.may(Action::Appraise, 1, "hn-01"), "their own");
    assert_eq!(actor.institution(), "hn-01");
    let for_all = Actor {
        account: 1,
        roles: vec![held(Role::Appraiser, "")],
    };
    assert!(for_all.may(Action::Appraise, 2, "hn-02") && for_all.may(Action::Appraise, 2, ""));
    assert!(
        !Actor::default().may(Action::ReadSubmission, 0, ""),
        "no role, no right"
    );
}

#[test]
fn the_role_of_everybody_opens_nothing_of_an_institution() {
    let learner = |institution: &str| Actor {
        account: 1,
        roles: vec![Held {
            role: Role::Learner,
            institution: institution.into(),
        }],
    };
    let sees = |institution, shared| learner(institution).may(Action::ReadCollection, 2, shared);
    assert!(sees("hn-01", "hn-01") && sees("hn-01", "hn-01.toan"));
    for (own, shared) in [("hn-01", "hn-02"), ("hn-01", ""), ("", "hn-01"), ("", "")] {
        assert!(!sees(own, shared), "{own:?} {shared:?}");
    }
}

#[test]
fn the_printed_table_has_every_role_and_action() {
    let table = table();
    for name in Role::ALL
        .map(Role::name)
        .iter()
        .chain(&Action::ALL.map(Action::name))
    {
        assert!(table.contains(name), "{name} is missing in\n{table}");
    }
    assert!(
        Role::ALL
            .into_iter()
            .all(|role| Role::parse(role.name()) == Some(role))
    );
}

#[test]
fn addresses_and_codes_are_told_from_nonsense() {
    for odd in [
        "",
        "@",
        "a@b",
        "a b@c.vn",
        "a@b..vn",
        "<a@b.vn>",
        "a@b.vn\r\nBcc: x@y.vn",
        "a@b@c.vn",
    ] {
        assert_eq!(email(odd), None, "{odd:?}");
    }
    assert!(
        is_institution("79-001.a")
            && !is_institution("a b")
            && !is_institution("")
            && !is_institution("../x")
    );
}

#[test]
fn weak_passphrases_are_refused_and_good_ones_taken() {
    let check = |text: &str| check_passphrase(text, "lan.nguyen@truong.edu.vn");
    assert_eq!(check("ngắn quá"), Err(Weak::Short));
    assert_eq!(check(&"dài ".repeat(60)), Err(Weak::Long));
    for guessed in [
        "password1234",
        "aaaaaaaaaaaaaa",
        "lan.nguyen@truong.edu.vn1",
        "Mật khẩu 123456",
        "111111222222",
    ] {
        assert_eq!(check(guessed), Err(Weak::Guessed), "{guessed}");
    }
    assert_eq!(check("sáng nay mưa bay trên phố"), Ok(()));
}
