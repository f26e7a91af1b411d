//! Suggestions for a submission, between store and page.

use khue_app::submissions::{Fate, Rate, Suggested, SuggestionView, Verdict};
use khue_store::actions::submissions::Verdict as Decided;
use khue_store::{Fate as Stored, SubmissionSuggestion, SuggestionRate};

/// As the page shows them.
pub(super) fn shown(found: khue_store::Suggested) -> Suggested {
    Suggested {
        read: found.read,
        model: found.model,
        all: found.all.into_iter().map(one).collect(),
    }
}

fn one(found: SubmissionSuggestion) -> SuggestionView {
    SuggestionView {
        id: found.id,
        suggestion: found.suggestion,
        fate: match found.fate {
            Stored::Offered => Fate::Offered,
            Stored::Accepted => Fate::Accepted,
            Stored::Edited(given) => Fate::Edited(given),
            Stored::Declined => Fate::Declined,
        },
    }
}

/// As the store takes it.
pub(super) fn decided(verdict: &Verdict) -> Decided {
    match verdict {
        Verdict::Accept => Decided::Accept,
        Verdict::Edit(value) => Decided::Edit(value.clone()),
        Verdict::Decline => Decided::Decline,
    }
}

/// As the page shows it.
pub(super) fn rate(found: SuggestionRate) -> Rate {
    Rate {
        property: found.property,
        model: format!("{} {}", found.model, found.revision),
        accepted: found.accepted,
        edited: found.edited,
        declined: found.declined,
        offered: found.offered,
    }
}
