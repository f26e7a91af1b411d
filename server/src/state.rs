//! What every handler is given.

mod holdings;
mod site;

pub use holdings::{Address, Holdings, PortalHoldings, Readiness, StoredFile};
pub use site::Site;

use crate::config::Settings;
use crate::past_searches::PastSearches;
use khue_app::services::{Library, Services};
use std::sync::Arc;

/// Everything that handlers are given. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// What pages are given.
    pub services: Services,
    /// Files, addresses and readiness.
    pub holdings: Arc<dyn Holdings>,
    /// The built style and scripts.
    pub site: Arc<Site>,
    /// What people searched for.
    pub past: Arc<PastSearches>,
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
            files: Arc::new(site.files()),
            origin: Arc::from(settings.base_url.as_deref().unwrap_or_default()),
        };
        Self {
            services,
            holdings,
            site: Arc::new(site),
            past: Arc::default(),
            settings: Arc::new(settings),
        }
    }

    /// The same, counting searches here.
    pub fn counting(self, past: Arc<PastSearches>) -> Self {
        Self { past, ..self }
    }
}
