//! What every handler is given.

mod holdings;
mod site;
mod stored_file;

pub use holdings::{Address, Holdings, PortalHoldings, Readiness};
pub use site::Site;
pub use stored_file::StoredFile;

use crate::collections::PortalCollections;
use crate::community::PortalCommunity;
use crate::config::Settings;
use crate::credentials::PortalCredentials;
use crate::pack::Packs;
use crate::past_searches::PastSearches;
use crate::paths::PortalPaths;
use crate::pictures::Pictures;
use crate::portal::Portal;
use crate::sheets::PortalSheets;
use crate::signing::PortalSigning;
use crate::submissions::PortalSubmissions;
use khue_app::mailing::Mailing;
use khue_app::people::People;
use khue_app::providers::Providers;
use khue_app::services::{CurrentPaths, Library, Services};
use khue_app::submissions::FileLimits;
use khue_app::viewing::Viewing;
use std::sync::Arc;

/// Everything that handlers are given. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// What pages are given.
    pub services: Services,
    /// Files, addresses and readiness.
    pub holdings: Arc<dyn Holdings>,
    /// The built style and scripts.
    pub site: Site,
    /// The portal itself, where people have accounts.
    pub portal: Option<Arc<Portal>>,
    /// Submissions, where people have accounts.
    pub submissions: Option<Arc<PortalSubmissions>>,
    /// Records that learners can show.
    pub credentials: Option<Arc<PortalCredentials>>,
    /// Pictures in the sizes of pages.
    pub(crate) pictures: Arc<Pictures>,
    /// What people searched for.
    pub past: Arc<PastSearches>,
    /// School packs that are given away.
    pub packs: Packs,
    /// The settings.
    pub settings: Arc<Settings>,
}

impl State {
    /// Puts it together.
    pub fn new(
        library: Arc<dyn Library>,
        holdings: Arc<dyn Holdings>,
        site: Site,
        settings: Settings,
    ) -> Self {
        let services = Services {
            library,
            people: None,
            providers: None,
            mailing: None,
            submissions: None,
            sheets: None,
            signing: None,
            community: None,
            paths: CurrentPaths::default(),
            path_making: None,
            collections: None,
            viewing: None,
            credentials: None,
            files: site.current(),
            origin: Arc::from(settings.base_url.as_deref().unwrap_or_default()),
            today: || jiff::Zoned::now().date(),
        };
        Self {
            services,
            holdings,
            site,
            portal: None,
            submissions: None,
            credentials: None,
            pictures: Arc::default(),
            past: Arc::default(),
            packs: Packs::None,
            settings: Arc::new(settings),
        }
    }

    /// The same, with accounts, submissions and what people say of resources.
    pub fn with_people(mut self, people: Arc<dyn People>, portal: Arc<Portal>) -> Self {
        let limits = FileLimits {
            form: self.settings.limits.upload_bytes as u64,
            pieces: self.settings.uploads.file_bytes,
        };
        let submissions = Arc::new(PortalSubmissions::new(portal.clone(), limits));
        self.services.people = Some(people);
        self.services.submissions = Some(submissions.clone());
        self.submissions = Some(submissions);
        self.services.sheets = Some(Arc::new(PortalSheets(portal.clone())));
        self.services.signing = Some(Arc::new(PortalSigning::new(portal.clone())));
        let moderation = self.settings.people.comments;
        let community = PortalCommunity::new(portal.clone(), moderation);
        self.services.community = Some(Arc::new(community));
        self.services.collections = Some(Arc::new(PortalCollections(portal.clone())));
        let credentials = Arc::new(PortalCredentials::new(&self.settings));
        self.services.credentials = Some(credentials.clone());
        self.credentials = Some(credentials);
        self.portal = Some(portal);
        self
    }

    /// The same, with the paths that people make.
    pub fn with_paths(mut self, paths: PortalPaths) -> Self {
        self.services.paths = paths.current();
        self.services.path_making = Some(Arc::new(paths));
        self
    }

    /// The same, with providers that people sign in with.
    pub fn with_providers(mut self, providers: Option<Arc<dyn Providers>>) -> Self {
        self.services.providers = providers;
        self
    }

    /// The same, with mail to people.
    pub fn with_mailing(mut self, mailing: Arc<dyn Mailing>) -> Self {
        self.services.mailing = Some(mailing);
        self
    }

    /// The same, giving packs away.
    pub fn giving(self, packs: Packs) -> Self {
        Self { packs, ..self }
    }

    /// The same, showing files in place.
    pub fn showing(mut self, viewing: Arc<dyn Viewing>) -> Self {
        self.services.viewing = Some(viewing);
        self
    }

    /// The same, counting searches here.
    pub fn counting(self, past: Arc<PastSearches>) -> Self {
        Self { past, ..self }
    }
}
