//! Reports: how often an address may send one, and how they are shown.

use super::PortalCommunity;
use crate::auth::{Rates, hash, rates, token};
use crate::clock::iso;
use crate::submissions::{done, failed, today};
use khue_app::community::{ReportForm, ReportRuling, ReportView};
use khue_app::people::{Viewer, Visitor};
use khue_app::services::ServiceError;
use khue_app::submissions::{Done, Undone};
use khue_content::community::ReportState;
use khue_store::actions::reports::{self, NewReport, open_report};
use khue_store::{DAY, Report, now};
use std::net::IpAddr;

/// Reports at once from an address, behind which a whole school may be, and seconds until one more.
const RATE: (u32, u64) = (10, 120);
/// Addresses that are remembered before those that have been quiet are forgotten.
const REMEMBERED: usize = 10_000;

/// Counts reports by address, in memory; nothing is written down.
pub(super) struct Reporters(Rates<IpAddr>);

impl Default for Reporters {
    fn default() -> Self {
        Self(rates(RATE))
    }
}

impl Reporters {
    /// Whether one more report is taken from there.
    fn take(&self, from: &Visitor) -> bool {
        if self.0.len() > REMEMBERED {
            self.0.retain_recent();
        }
        from.address
            .is_none_or(|address| self.0.check_key(&address).is_ok())
    }
}

/// A report as its pages show it.
pub(super) fn view(report: Report) -> ReportView {
    let at = now();
    ReportView {
        age: (at - report.opened_at) / DAY,
        overdue: report.state != ReportState::Closed && report.due_at < at,
        number: report.number,
        resource: report.resource,
        resource_name: report.resource_name,
        resource_published: report.resource_published,
        submission: report.submission,
        kind: report.kind,
        words: report.words,
        state: report.state,
        outcome: report.outcome,
        answer: report.answer,
        reopened: report.reopened,
        handler: report.handler,
        opened_at: iso(report.opened_at),
        due_at: iso(report.due_at),
        closed_at: report.closed_at.map(iso),
        edition: report.edition,
    }
}

impl PortalCommunity {
    /// Opens a report and gives its token.
    pub(super) async fn open(
        &self,
        from: &Visitor,
        resource: &str,
        form: &ReportForm,
    ) -> Result<Done<String>, ServiceError> {
        if !self.reporters.take(from) {
            return Ok(Err(Undone::TooMany));
        }
        let token = token().map_err(failed)?;
        let new = NewReport {
            resource: resource.to_owned(),
            kind: form.kind.clone(),
            words: form.words.clone(),
            token_hash: hash(&token),
            year: today().year(),
        };
        let opened = done(open_report(self.store(), &new).await)?;
        Ok(opened.map(|_| token))
    }

    /// The report of a token, without the name of who looks after it.
    pub(super) async fn of_token(&self, token: &str) -> Result<Option<ReportView>, ServiceError> {
        let found = self.store().report_of(&hash(token)).await.map_err(failed)?;
        Ok(found.map(|report| ReportView {
            handler: String::new(),
            submission: None,
            reopened: String::new(),
            ..view(report)
        }))
    }

    /// Takes a report on, or answers and closes it.
    pub(super) async fn ruled(
        &self,
        viewer: &Viewer,
        number: &str,
        edition: i64,
        ruling: &ReportRuling,
    ) -> Result<Done<()>, ServiceError> {
        let ruling = match ruling.clone() {
            ReportRuling::TakeOn => reports::ReportRuling::TakeOn,
            ReportRuling::Close(outcome, answer) => {
                reports::ReportRuling::Close { outcome, answer }
            }
            ReportRuling::Reopen(reason) => reports::ReportRuling::Reopen { reason },
        };
        let ruled =
            reports::rule_on_report(self.store(), &viewer.actor, number, edition, &ruling).await;
        done(ruled)
    }
}
