//! Begins to search by meaning as soon as there is an encoder.

use super::{Meaning, worker};
use crate::config::MeaningSettings;
use crate::portal::Portal;
use anyhow::Result;
use khue_inference::Encoder;
use khue_inference::models::ModelFolder;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Between two looks for an encoder that was not there: it may be fetched while the portal runs.
const LOOK: Duration = Duration::from_secs(10);

/// Waits for an encoder, then makes vectors until it is told to stop.
pub async fn run(
    portal: Arc<Portal>,
    models: ModelFolder,
    settings: MeaningSettings,
    stop: CancellationToken,
) {
    if !settings.search {
        tracing::info!("searching by words alone: meaning.search is off");
        return;
    }
    let mut told = String::new();
    loop {
        match begin(&portal, &models, &settings) {
            Ok(meaning) => return worker::run(portal, meaning, stop).await,
            Err(error) => tell(&mut told, format!("{error:#}")),
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            () = stop.cancelled() => return,
        }
    }
}

fn begin(
    portal: &Portal,
    models: &ModelFolder,
    settings: &MeaningSettings,
) -> Result<Arc<Meaning>> {
    tokio::task::block_in_place(|| {
        let encoder = Encoder::open(models)?;
        let meaning = Arc::new(Meaning::open(
            encoder,
            &portal.folder.vectors(),
            settings.clone(),
        )?);
        portal.set_meaning(meaning.clone())?;
        tracing::info!(
            resources = portal.index().with_vectors(),
            "searching by meaning too"
        );
        Ok(meaning)
    })
}

/// Says a reason once, until it is another one.
fn tell(told: &mut String, reason: String) {
    if *told != reason {
        tracing::info!(reason, "searching by words alone for now");
        *told = reason;
    }
}
