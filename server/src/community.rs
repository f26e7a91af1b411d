//! What pages ask for about what people say of resources, answered from the store.

mod reports;

use crate::clock::iso;
use crate::portal::Portal;
use crate::submissions::{done, failed};
use khue_app::community::{
    CommentForm, CommentRuling, CommentView, Community, ModeratedView, OwnVoice, ReportForm,
    ReportRuling, ReportView, Voices,
};
use khue_app::people::{Viewer, Visitor};
use khue_app::services::Answer;
use khue_app::submissions::Done;
use khue_content::community::Moderation;
use khue_store::actions::comments::{self, NewComment, rule_on_comment, withdraw_comment};
use khue_store::actions::rate_resource;
use khue_store::{Comment, DAY, ModeratedComment, Store, now};
use reports::Reporters;
use std::sync::Arc;

/// [`Community`] on a [`Portal`].
pub struct PortalCommunity {
    portal: Arc<Portal>,
    moderation: Moderation,
    reporters: Reporters,
}

impl PortalCommunity {
    /// What is said at this portal, looked at before or after others see it.
    pub fn new(portal: Arc<Portal>, moderation: Moderation) -> Self {
        let reporters = Reporters::default();
        Self {
            portal,
            moderation,
            reporters,
        }
    }

    fn store(&self) -> &Store {
        &self.portal.store
    }
}

fn comment(one: Comment) -> CommentView {
    CommentView {
        id: one.id,
        kind: one.kind,
        parent: one.parent,
        name: one.name,
        words: one.words,
        state: one.state,
        reason: one.reason,
        note: one.note,
        at: iso(one.written_at),
    }
}

fn moderated(one: ModeratedComment) -> ModeratedView {
    ModeratedView {
        age: (now() - one.comment.written_at) / DAY,
        comment: comment(one.comment),
        resource: one.resource,
        resource_name: one.resource_name,
        waits: one.waits,
        edition: one.edition,
    }
}

impl Community for PortalCommunity {
    fn voices<'a>(&'a self, resource: &'a str) -> Answer<'a, Voices> {
        Box::pin(async move {
            let ratings = self.store().rating_counts(resource).await;
            let comments = self.store().comments_on(resource).await.map_err(failed)?;
            Ok(Voices {
                ratings: ratings.map_err(failed)?,
                comments: comments.into_iter().map(comment).collect(),
            })
        })
    }

    fn own<'a>(&'a self, viewer: &'a Viewer, resource: &'a str) -> Answer<'a, OwnVoice> {
        Box::pin(async move {
            let rating = self.store().own_rating(&viewer.actor, resource).await;
            let comments = self.store().own_comments(&viewer.actor, resource).await;
            let comments = comments.map_err(failed)?.into_iter();
            Ok(OwnVoice {
                rating: rating.map_err(failed)?,
                comments: comments.map(comment).collect(),
                moderation: self.moderation,
            })
        })
    }

    fn rate<'a>(
        &'a self,
        viewer: &'a Viewer,
        resource: &'a str,
        rating: Option<&'a str>,
    ) -> Answer<'a, Done<()>> {
        Box::pin(
            async move { done(rate_resource(self.store(), &viewer.actor, resource, rating).await) },
        )
    }

    fn comment<'a>(
        &'a self,
        viewer: &'a Viewer,
        resource: &'a str,
        form: &'a CommentForm,
    ) -> Answer<'a, Done<()>> {
        Box::pin(async move {
            let new = NewComment {
                resource: resource.to_owned(),
                kind: form.kind,
                parent: form.parent,
                words: form.words.clone(),
            };
            let written =
                comments::write_comment(self.store(), &viewer.actor, &new, self.moderation).await;
            done(written.map(|_| ()))
        })
    }

    fn take_back<'a>(&'a self, viewer: &'a Viewer, comment: i64) -> Answer<'a, Done<()>> {
        Box::pin(async move { done(withdraw_comment(self.store(), &viewer.actor, comment).await) })
    }

    fn to_moderate<'a>(
        &'a self,
        viewer: &'a Viewer,
        resource: Option<&'a str>,
    ) -> Answer<'a, Vec<ModeratedView>> {
        Box::pin(async move {
            let found = match resource {
                None => self.store().comment_queue(&viewer.actor).await,
                Some(id) => self.store().moderated_comments(&viewer.actor, id).await,
            };
            Ok(found.map_err(failed)?.into_iter().map(moderated).collect())
        })
    }

    fn rule<'a>(
        &'a self,
        viewer: &'a Viewer,
        comment: i64,
        edition: i64,
        ruling: &'a CommentRuling,
    ) -> Answer<'a, Done<()>> {
        Box::pin(async move {
            let ruling = match ruling.clone() {
                CommentRuling::Show => comments::CommentRuling::Show,
                CommentRuling::Hide(reason, words) => {
                    comments::CommentRuling::Hide { reason, words }
                }
            };
            done(rule_on_comment(self.store(), &viewer.actor, comment, edition, &ruling).await)
        })
    }

    fn report<'a>(
        &'a self,
        from: &'a Visitor,
        resource: &'a str,
        form: &'a ReportForm,
    ) -> Answer<'a, Done<String>> {
        Box::pin(self.open(from, resource, form))
    }

    fn reported<'a>(&'a self, token: &'a str) -> Answer<'a, Option<ReportView>> {
        Box::pin(self.of_token(token))
    }

    fn reports<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Vec<ReportView>> {
        Box::pin(async move {
            let found = self.store().report_queue(&viewer.actor).await;
            let found = found.map_err(failed)?.into_iter();
            Ok(found.map(reports::view).collect())
        })
    }

    fn report_file<'a>(
        &'a self,
        viewer: &'a Viewer,
        number: &'a str,
    ) -> Answer<'a, Option<ReportView>> {
        Box::pin(async move {
            let found = self.store().report(&viewer.actor, number).await;
            Ok(found.map_err(failed)?.map(reports::view))
        })
    }

    fn rule_on_report<'a>(
        &'a self,
        viewer: &'a Viewer,
        number: &'a str,
        edition: i64,
        ruling: &'a ReportRuling,
    ) -> Answer<'a, Done<()>> {
        Box::pin(self.ruled(viewer, number, edition, ruling))
    }
}
