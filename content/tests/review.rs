//! The way of a submission: no dead ends, nobody moves what is not theirs to move.

use khue_content::account::{Action, Role, Scope, may};
use khue_content::review::{Reasons, State, TRANSITIONS, transition};
use std::collections::HashSet;

/// States that can be reached from a draft.
fn reached() -> HashSet<State> {
    let mut reached = HashSet::from([State::Draft]);
    loop {
        let before = reached.len();
        for step in TRANSITIONS {
            if step.from.iter().any(|from| reached.contains(from)) {
                reached.insert(step.to);
            }
        }
        if reached.len() == before {
            return reached;
        }
    }
}

#[test]
fn every_state_is_reached_and_only_ends_are_ends() {
    assert_eq!(reached().len(), State::ALL.len());
    for state in State::ALL {
        let leads_on = TRANSITIONS.iter().any(|step| step.from.contains(&state));
        assert_eq!(
            leads_on,
            !matches!(state, State::Withdrawn | State::Declined),
            "{state:?}"
        );
        assert_eq!(State::parse(state.name()), Some(state));
    }
}

#[test]
fn every_step_has_somebody_who_may_take_it() {
    let scopes = [
        Scope {
            own: true,
            within: true,
        },
        Scope {
            own: false,
            within: true,
        },
    ];
    for step in TRANSITIONS {
        let anybody = Role::ALL
            .into_iter()
            .any(|role| scopes.iter().any(|scope| may(role, step.action, *scope)));
        assert!(anybody, "{}", step.name);
    }
}

#[test]
fn asking_for_changes_declining_and_withdrawing_need_a_reason() {
    for (name, reasons) in [
        ("request-changes", Reasons::Material),
        ("decline", Reasons::Material),
        ("withdraw", Reasons::Withdrawal),
        ("accept", Reasons::None),
    ] {
        assert_eq!(transition(name).unwrap().reasons, reasons, "{name}");
    }
    let published: Vec<_> = TRANSITIONS
        .iter()
        .filter(|step| step.to == State::Published)
        .collect();
    assert!(
        published.iter().all(|step| step.checked || step.published),
        "publishing is checked"
    );
    assert!(transition("no-such").is_none());
}

#[test]
fn what_waits_has_a_deadline_and_somebody_who_is_waited_for() {
    for state in State::ALL {
        assert!(
            !state.is_waiting() || (state.days().is_some() && state.waits_for().is_some()),
            "{state:?}"
        );
        assert_eq!(
            state.is_open(),
            state.waits_for() == Some(Role::Teacher),
            "{state:?}"
        );
    }
}

#[test]
fn a_declined_revision_leaves_what_is_published() {
    let decline = transition("decline").unwrap();
    assert_eq!(decline.leads_to(true), State::Published);
    assert_eq!(decline.leads_to(false), State::Declined);
    let withdraw = transition("withdraw").unwrap();
    assert!(
        withdraw.begins_in(State::Accepted, true) && !withdraw.begins_in(State::Accepted, false)
    );
    assert_eq!(withdraw.action, Action::Withdraw);
}
