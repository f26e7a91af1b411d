//! What has run out is removed, every hour.

use crate::auth;
use crate::portal::Portal;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often.
const HOUR: Duration = Duration::from_secs(3600);

/// Runs until it is told to stop.
pub async fn run(portal: Arc<Portal>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(error) = auth::clean(&portal.store).await {
            tracing::warn!(%error, "old sessions could not be removed; trying again in an hour");
        }
        match tokio::task::block_in_place(|| portal.uploads.clear()) {
            Ok(0) => {}
            Ok(files) => tracing::info!(
                files,
                "uploads that nobody went on with for a day were removed"
            ),
            Err(error) => {
                tracing::warn!(%error, "old uploads could not be removed; trying again in an hour");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(HOUR) => {}
            () = stop.cancelled() => {}
        }
    }
}
