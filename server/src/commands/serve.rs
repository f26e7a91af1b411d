//! `khue serve`: the portal.

use crate::accept::{self, Ended, Stop};
use crate::auth::{PortalPeople, PortalProviders, Seal};
use crate::config::Settings;
use crate::library::PortalLibrary;
use crate::mail::{self, PortalMailing, Post};
use crate::pack::{Packs, made};
use crate::packages::{self, Place};
use crate::paths::PortalPaths;
use crate::portal::{DataFolder, Portal};
use crate::router::router;
use crate::state::{PortalHoldings, Site, State};
use crate::viewing::{PortalViewing, Runs};
use crate::{background, cleaning, meaning, past_searches, sheets, shipped, tagging, worker};
use anyhow::{Context, Result, bail};
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// How long a portal that stops waits for work in the background: what was not stored is done again.
const PATIENCE: Duration = Duration::from_secs(5);

/// Run the portal: pages, interface for programs, and the worker that keeps the index in step.
#[derive(Debug, Default, clap::Args)]
#[command(
    after_help = "Examples:\n  khue serve\n  khue serve --listen 0.0.0.0:8080 --base-url https://khue.example.vn\n  khue serve --data /srv/khue --site /srv/khue/site\n\nCtrl-C or SIGTERM finishes running answers and stops; a second signal stops at once."
)]
pub struct Args {
    /// Address and port to answer on [default: 127.0.0.1:3000]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Option<String>,
    /// Where readers reach the portal, such as https://khue.example.vn
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Folder of the built style and scripts
    #[arg(long, value_name = "FOLDER")]
    pub site: Option<String>,
    /// Don't store the lessons that come with the program
    #[arg(long)]
    pub no_lessons: bool,
}

/// Runs until a signal ends it.
pub async fn run(args: Args, folder: DataFolder, settings: Settings) -> Result<()> {
    // First, so that a port that is taken is known before anything is opened.
    let listener = bind(&settings.listen).await?;
    let stop = Stop::default();
    let signals = tokio::spawn(on_signals(stop.clone()));
    let portal = Arc::new(open(folder).await?);
    if !args.no_lessons {
        let count = shipped::store_lessons(&portal.store)
            .await
            .context("the lessons that come with the program cannot be stored")?;
        tracing::info!(count, "lessons that come with the program: new or changed");
    }
    ask_storage(&portal);
    portal.past.load(&portal.store).await?;
    let worker = tokio::spawn(worker::run(portal.clone(), stop.gently.clone()));
    let saving = tokio::spawn(past_searches::keep(
        portal.clone(),
        settings.search.past_queries_from,
        stop.gently.clone(),
    ));
    let sheets = sheets::run(portal.clone(), stop.gently.clone());
    let sheets = background::start("sheets", sheets).context("no thread for sheets")?;
    let cleaning = tokio::spawn(cleaning::run(portal.clone(), stop.gently.clone()));
    let tags =
        tagging::background::run(portal.clone(), settings.model_folder(), stop.gently.clone());
    let tagger = background::start("tags", tags).context("no thread for suggesting tags")?;
    let readers = meaning::run(
        portal.clone(),
        settings.model_folder(),
        settings.meaning.clone(),
        stop.gently.clone(),
    );
    let readers =
        background::start("meaning", readers).context("no thread for search by meaning")?;
    let place = packages::place(&settings, listener.local_addr()?).await;
    let settings = with_address(settings, &listener);
    let site = Site::find(settings.site.as_deref().map(Path::new));
    let packs = made::run(
        portal.clone(),
        settings.packs.resources,
        site.current(),
        stop.gently.clone(),
    );
    let packs = background::start("packs", packs).context("no thread for school packs")?;
    announce(&listener, &site, &settings);
    let (limits, exempt) = (settings.limits.clone(), settings.trusted_proxies.clone());
    let library = Arc::new(PortalLibrary(portal.clone()));
    let holdings = Arc::new(PortalHoldings(portal.clone()));
    let secure = settings
        .base_url
        .as_deref()
        .is_some_and(|address| address.starts_with("https://"));
    let seal = Seal::new(settings.people.key.as_deref());
    let sealed = seal.close_stored(&portal.store).await;
    if let Err(error) = sealed {
        tracing::warn!(%error, "secrets of second factors could not be sealed; trying again at the next start");
    }
    let post = Post::of(&settings)?;
    let mails = tokio::spawn(mail::run(
        portal.store.clone(),
        post.clone(),
        stop.gently.clone(),
    ));
    let people = PortalPeople::new(portal.store.clone(), seal, secure).with_post(post.clone());
    let people = Arc::new(people);
    let mailing = Arc::new(PortalMailing::new(people.clone(), post));
    let providers = PortalProviders::new(
        people.clone(),
        &settings.people.providers,
        settings.base_url.as_deref(),
    )?;
    let state = State::new(library, holdings, site, settings.clone())
        .with_people(people, portal.clone())
        .with_paths(
            PortalPaths::open(portal.clone())
                .await?
                .followed(stop.gently.clone()),
        )
        .with_providers(providers.map(|known| Arc::new(known) as _))
        .with_mailing(mailing)
        .giving(Packs::Folder(portal.folder.packs()))
        .counting(portal.past.clone())
        .showing(Arc::new(viewing(&portal, &settings, place.as_ref())));
    let apart = tokio::spawn(run_packages(place, state.clone(), stop.clone()));
    let app = router(state);
    let ended = accept::serve(listener, app, &limits, exempt, stop).await;
    // A message that is being sent is not cut off, for a moment.
    if tokio::time::timeout(PATIENCE, mails).await.is_err() {
        tracing::info!("a message is being sent; it is not sent again");
    }
    close(ended, worker, [readers, tagger, packs, sheets], &portal).await;
    if let Err(error) = apart.await {
        tracing::error!(%error, "the place of packages did not end in order");
    }
    signals.abort();
    saving.abort();
    cleaning.abort();
    Ok(())
}

/// Tells at once when the bucket of files does not answer; the portal runs without it, for all that needs none of them.
fn ask_storage(portal: &Portal) {
    let files = portal.files.clone();
    std::thread::spawn(move || {
        if let Err(error) = files.check() {
            tracing::error!("uploaded files cannot be read or stored: {error}");
        }
    });
}

/// What pages show of files in place.
fn viewing(portal: &Arc<Portal>, settings: &Settings, place: Option<&Place>) -> PortalViewing {
    let runs = Runs {
        origin: place.and_then(|place| place.origin.clone()),
        h5p: settings.packages.h5p.is_some(),
    };
    PortalViewing::new(portal.clone(), runs)
}

/// Answers for packages, apart from the portal, until it stops.
async fn run_packages(place: Option<Place>, state: State, stop: Stop) {
    let Some(Place {
        listener,
        origin: Some(origin),
    }) = place
    else {
        return;
    };
    tracing::info!(origin, "packages run apart");
    let (limits, exempt) = (
        state.settings.limits.clone(),
        state.settings.trusted_proxies.clone(),
    );
    let app = packages::router(&state, &origin);
    accept::serve(listener, app, &limits, exempt, stop).await;
}

async fn open(folder: DataFolder) -> Result<Portal> {
    let root = folder.root().to_owned();
    let failed = || {
        format!(
            "cannot open the portal's data in {}; check that the folder may be written, or choose another with --data",
            root.display()
        )
    };
    Portal::open(folder).await.with_context(failed)
}

/// Takes the port, or says who may have it and what to do.
pub async fn bind(listen: &str) -> Result<TcpListener> {
    let error = match TcpListener::bind(listen).await {
        Ok(listener) => return Ok(listener),
        Err(error) => error,
    };
    let port = listen.rsplit(':').next().unwrap_or_default();
    match error.kind() {
        ErrorKind::AddrInUse => bail!(
            "{listen} is taken by another program, perhaps a portal that runs already; stop it (`ss -ltnp 'sport = :{port}'` names it) or choose another port with --listen"
        ),
        ErrorKind::PermissionDenied => bail!("{listen} may not be used: ports below 1024 are for the administrator; choose one from 1024 with --listen"),
        ErrorKind::AddrNotAvailable => bail!("{listen} is no address of this machine; 0.0.0.0:{port} answers on all of them"),
        _ => Err(error).with_context(|| format!("cannot answer on {listen}; the setting `listen` must be an address and a port, such as 127.0.0.1:3000")),
    }
}

/// On this machine alone readers can only come by this address: citations and data name it.
pub(super) fn with_address(mut settings: Settings, listener: &TcpListener) -> Settings {
    let local = listener
        .local_addr()
        .ok()
        .filter(|address| address.ip().is_loopback());
    let address = local.map(|address| format!("http://{address}"));
    settings.base_url = settings.base_url.or(address);
    settings
}

/// Says where the portal is, and what is missing.
pub(super) fn announce(listener: &TcpListener, site: &Site, settings: &Settings) {
    match site.folder() {
        Some(folder) => tracing::info!(folder = %folder.display(), "style and scripts"),
        None => tracing::error!(
            "STYLE AND SCRIPTS ARE MISSING: pages will look bare. Build them with `cargo site`, or name their folder with --site or KHUE_SITE"
        ),
    }
    for (name, meant) in &settings.unknown_variables {
        tracing::warn!(name, meant, "a variable of the environment sets nothing");
    }
    if let Ok(address) = listener.local_addr() {
        tracing::info!("open {} (Ctrl-C stops)", shown(address));
    }
}

/// The address as one opens it in a browser on this machine.
fn shown(address: SocketAddr) -> String {
    let here = address.ip().is_loopback() || address.ip().is_unspecified();
    match here {
        true => format!("http://localhost:{}", address.port()),
        false => format!("http://{address}"),
    }
}

/// The first signal ends in order, the second at once.
pub(super) async fn on_signals(stop: Stop) -> Result<()> {
    let (mut interrupt, mut terminate) = (
        signal(SignalKind::interrupt())?,
        signal(SignalKind::terminate())?,
    );
    for (token, words) in [
        (
            &stop.gently,
            "stopping; running answers are finished, a second signal stops at once",
        ),
        (&stop.at_once, "stopping at once"),
    ] {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("{words}");
        token.cancel();
    }
    Ok(())
}

async fn close(
    ended: Ended,
    worker: tokio::task::JoinHandle<()>,
    others: [background::Ended; 4],
    portal: &Portal,
) {
    if let Ended::CutOff(count) = ended {
        tracing::warn!(count, "connections were cut off");
    }
    if let Err(error) = worker.await {
        tracing::error!(%error, "the worker did not end in order");
    }
    for other in others {
        match tokio::time::timeout(PATIENCE, other).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::error!(%error, "work in the background did not end in order");
            }
            Err(_) => tracing::info!(
                "work in the background is left where it is; it goes on at the next start"
            ),
        }
    }
    if let Err(error) = portal.store.close().await {
        tracing::warn!(%error, "the store was not closed in order; nothing is lost");
    }
    tracing::info!("stopped");
}
