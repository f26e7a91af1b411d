//! `/desk/imports/{id}/report.csv`: the report of a sheet's check, for those who may see the sheet.

use crate::portal::Portal;
use crate::sheets::SheetFolder;
use crate::state::State as Shared;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures::stream::try_unfold;
use khue_app::people::Caller;
use std::sync::Arc;
use tokio::fs::File;
use tokio::io::AsyncReadExt;

/// Bytes that are sent at a time.
const PIECE: usize = 64 * 1024;

/// The report, or 404 for everybody who may not see it.
pub async fn report(
    State((state, portal)): State<(Shared, Arc<Portal>)>,
    Path(id): Path<i64>,
    request: Request,
) -> Response {
    let (mut parts, _) = request.into_parts();
    let caller = match Caller::from_request_parts(&mut parts, &state.services).await {
        Ok(caller) => caller,
        Err(response) => return response,
    };
    let missing = StatusCode::NOT_FOUND;
    let Ok(Some(viewer)) = caller.viewer().await else {
        return missing.into_response();
    };
    let Ok(Some(run)) = portal.store.seen_import(&viewer.actor, id).await else {
        return missing.into_response();
    };
    let folder = SheetFolder::of(&portal.folder, run.id);
    // Before its last line is written there is none.
    let whole = tokio::task::block_in_place(|| folder.counts()).is_some();
    match File::open(folder.report()).await {
        Ok(file) if whole => {
            let name = format!("attachment; filename=\"import-{}.csv\"", run.id);
            let headers = [
                (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
                (CONTENT_DISPOSITION, name),
                (CACHE_CONTROL, "private, no-store".to_owned()),
            ];
            (headers, body(file)).into_response()
        }
        _ => missing.into_response(),
    }
}

/// A file as it is read, piece by piece.
fn body(file: File) -> Body {
    Body::from_stream(try_unfold(file, |mut file| async move {
        let mut piece = vec![0; PIECE];
        let length = file.read(&mut piece).await?;
        piece.truncate(length);
        let more = (length > 0).then(|| (Bytes::from(piece), file));
        Ok::<_, std::io::Error>(more)
    }))
}
