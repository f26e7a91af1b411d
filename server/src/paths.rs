//! Learning paths: those in force, and those that people make, answered from the store.

use crate::clock::iso;
use crate::portal::Portal;
use crate::submissions::{done, failed};
use anyhow::Result;
use khue_app::path_making::{PathMaking, PathSummary, PathVersion, PathView};
use khue_app::people::Viewer;
use khue_app::services::{Answer, CurrentPaths, ServiceError};
use khue_app::submissions::Done;
use khue_content::account::Action;
use khue_content::path::{Path, Paths, shipped};
use khue_store::actions::paths as actions;
use khue_store::{MadePath, Store};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Between two looks at what other programs have published.
const PAUSE: Duration = Duration::from_secs(10);

/// The paths of a [`Portal`]. Those that are published are kept in memory, since many pages name them.
pub struct PortalPaths {
    portal: Arc<Portal>,
    now: Arc<RwLock<Paths>>,
}

impl PortalPaths {
    /// Reads what is published.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn open(portal: Arc<Portal>) -> Result<Self> {
        let paths = Self {
            portal,
            now: Arc::new(RwLock::new(shipped().clone())),
        };
        paths.read_again().await?;
        Ok(paths)
    }

    /// The paths in force, for pages.
    pub fn current(&self) -> CurrentPaths {
        let now = self.now.clone();
        CurrentPaths::new(move || now.read().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// Looks from time to time for what other programs on the same store have published.
    pub fn followed(self, stop: CancellationToken) -> Self {
        let (portal, now) = (self.portal.clone(), self.now.clone());
        let follower = Self { portal, now };
        tokio::spawn(stop.run_until_cancelled_owned(async move {
            loop {
                tokio::time::sleep(PAUSE).await;
                if let Err(error) = follower.read_again().await {
                    tracing::warn!(%error, "published paths could not be read again; trying again");
                }
            }
        }));
        self
    }

    fn store(&self) -> &Store {
        &self.portal.store
    }

    async fn read_again(&self) -> Result<(), khue_store::Error> {
        let made = self.store().published_paths().await?;
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = shipped().with(made);
        Ok(())
    }

    /// What became of an action that changes what everybody sees.
    async fn shown<T>(&self, acted: Result<T, khue_store::Error>) -> Result<Done<T>, ServiceError> {
        if acted.is_ok() {
            self.read_again().await.map_err(failed)?;
        }
        done(acted)
    }
}

fn summary(made: MadePath) -> PathSummary {
    PathSummary {
        differs: made
            .published
            .as_ref()
            .is_some_and(|shown| *shown != made.draft),
        published: made.published.is_some(),
        id: made.draft.id,
        name: made.draft.name,
        in_language: made.draft.in_language,
        maker: made.maker,
        changed_at: iso(made.changed_at),
    }
}

/// A path that comes with the portal, as nobody has changed it yet.
fn as_it_came(viewer: &Viewer, id: &str) -> Option<PathView> {
    let path = shipped()
        .get(id)
        .filter(|_| viewer.actor.may(Action::MakePath, 0, ""))?;
    Some(PathView {
        path: path.as_ref().clone(),
        may_publish: viewer.actor.may(Action::PublishPath, 0, ""),
        ..PathView::default()
    })
}

impl PathMaking for PortalPaths {
    fn own<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Vec<PathSummary>> {
        Box::pin(async move {
            let made = self
                .store()
                .made_paths(&viewer.actor)
                .await
                .map_err(failed)?;
            Ok(made.into_iter().map(summary).collect())
        })
    }

    fn one<'a>(&'a self, viewer: &'a Viewer, id: &'a str) -> Answer<'a, Option<PathView>> {
        Box::pin(async move {
            let made = self
                .store()
                .made_path(&viewer.actor, id)
                .await
                .map_err(failed)?;
            let Some(made) = made else {
                return Ok(as_it_came(viewer, id));
            };
            let versions = self.store().path_versions(id).await.map_err(failed)?;
            let version = versions.into_iter().map(|version| PathVersion {
                number: version.number,
                at: iso(version.at),
                by: version.by,
            });
            Ok(Some(PathView {
                may_publish: viewer
                    .actor
                    .may(Action::PublishPath, made.account, &made.institution),
                published: made.published.is_some(),
                edition: made.edition,
                path: made.draft,
                versions: version.collect(),
            }))
        })
    }

    fn create<'a>(&'a self, viewer: &'a Viewer, path: &'a Path) -> Answer<'a, Done<String>> {
        Box::pin(async move { done(actions::create_path(self.store(), &viewer.actor, path).await) })
    }

    fn save<'a>(
        &'a self,
        viewer: &'a Viewer,
        edition: i64,
        path: &'a Path,
    ) -> Answer<'a, Done<()>> {
        Box::pin(async move {
            done(actions::save_path(self.store(), &viewer.actor, edition, path).await)
        })
    }

    fn publish<'a>(
        &'a self,
        viewer: &'a Viewer,
        edition: i64,
        path: &'a Path,
    ) -> Answer<'a, Done<()>> {
        Box::pin(async move {
            let acted = actions::publish_path(self.store(), &viewer.actor, edition, path).await;
            self.shown(acted).await
        })
    }

    fn withdraw<'a>(&'a self, viewer: &'a Viewer, id: &'a str) -> Answer<'a, Done<()>> {
        Box::pin(async move {
            let acted = actions::withdraw_path(self.store(), &viewer.actor, id).await;
            self.shown(acted).await
        })
    }

    fn delete<'a>(&'a self, viewer: &'a Viewer, id: &'a str) -> Answer<'a, Done<()>> {
        Box::pin(async move { done(actions::delete_path(self.store(), &viewer.actor, id).await) })
    }
}
