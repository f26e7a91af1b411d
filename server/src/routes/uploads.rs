//! `/submissions/{number}/uploads`: files of a submission in pieces that go on where a line broke, as the open protocol
//! [tus](https://tus.io/protocols/resumable-upload) 1.0 has it, with its extensions for creation, expiration, checksums and
//! termination; and a list of what is unfinished.

mod answer;
mod author;
mod said;

use crate::portal::Portal;
use crate::state::State as Shared;
use crate::submissions::PortalSubmissions;
use crate::uploads::{Appended, Coming, Piece, Turn, UploadError};
use answer::{Refusal, answer, with_offset, with_times};
use author::Author;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use khue_app::people::Viewer;
use serde_json::json;
use std::sync::Arc;

/// The type of a piece's content.
const PIECE: &str = "application/offset+octet-stream";

/// What these addresses need.
#[derive(Clone)]
pub struct Sending {
    state: Shared,
    portal: Arc<Portal>,
    submissions: Arc<PortalSubmissions>,
}

/// The addresses; none where people have no accounts.
pub fn router(state: &Shared) -> Router {
    let (Some(portal), Some(submissions)) = (state.portal.clone(), state.submissions.clone())
    else {
        return Router::new();
    };
    let all = axum::routing::get(list).post(create).options(describe);
    let one = axum::routing::head(offset)
        .patch(append)
        .delete(cancel)
        .options(describe);
    let sending = Sending {
        state: state.clone(),
        portal,
        submissions,
    };
    Router::new()
        .route("/submissions/{number}/uploads", all)
        .route("/submissions/{number}/uploads/{id}", one)
        .with_state(sending)
}

/// What of the protocol is spoken here.
async fn describe(State(sending): State<Sending>) -> Response {
    let mut response = answer(StatusCode::NO_CONTENT);
    let most = sending.state.settings.uploads.file_bytes;
    let headers = response.headers_mut();
    for (name, value) in [
        ("tus-version", said::VERSION),
        ("tus-extension", "creation,expiration,checksum,termination"),
        ("tus-checksum-algorithm", "sha256"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert("tus-max-size", HeaderValue::from(most));
    response
}

/// What is unfinished of a submission, for its author.
async fn list(author: Author, State(sending): State<Sending>) -> Result<Response, Refusal> {
    let own = |one: &Coming| author.owns(one);
    let found = tokio::task::block_in_place(|| sending.portal.uploads.of(own))?;
    let shown = found.iter().map(|(id, one)| {
        json!({
            "address": author.address(id),
            "name": one.name,
            "length": one.length,
            "offset": one.offset,
            "lastModified": one.last_modified,
        })
    });
    let shown: Vec<_> = shown.collect();
    let no_store = [(CACHE_CONTROL, "private, no-store")];
    Ok((no_store, Json(shown)).into_response())
}

/// Lets a file come.
async fn create(author: Author, State(sending): State<Sending>) -> Result<Response, Refusal> {
    let headers = author.spoken()?;
    let length = said::number(headers, "upload-length")?;
    if length == 0 {
        return Err(Refusal::Said("the file is empty"));
    }
    let about = said::metadata(headers)?;
    let name = about.get("filename").cloned().unwrap_or_default();
    sending.may_attach(&author, &name).await?;
    let coming = Coming {
        account: author.viewer.actor.account,
        submission: author.number.clone(),
        media_type: about.get("filetype").cloned().unwrap_or_default(),
        last_modified: about.get("lastmodified").cloned().unwrap_or_default(),
        begun: khue_store::now(),
        name,
        length,
        ..Coming::default()
    };
    let settings = &sending.state.settings.uploads;
    let id = sending.portal.uploads.begin(&coming, settings).await?;
    let mut response = with_times(answer(StatusCode::CREATED));
    let address = HeaderValue::from_str(&author.address(&id));
    let headers = response.headers_mut();
    headers.extend(address.ok().map(|address| (LOCATION, address)));
    Ok(response)
}

/// How much of a file has come.
async fn offset(author: Author, State(sending): State<Sending>) -> Result<Response, Refusal> {
    author.spoken()?;
    let id = author.id()?;
    // Whoever asks this goes on from there: nobody else may any more.
    let _turn = sending.own(&author, id).await?;
    let coming = sending.portal.uploads.find(id)?;
    sending.may_go_on(&author, &coming).await?;
    let mut response = with_offset(with_times(answer(StatusCode::OK)), coming.offset);
    let headers = response.headers_mut();
    headers.insert("upload-length", HeaderValue::from(coming.length));
    headers.extend(said::as_metadata(&coming));
    Ok(response)
}

/// Takes a piece; with the last one the file is kept and attached.
async fn append(
    author: Author,
    State(sending): State<Sending>,
    body: Body,
) -> Result<Response, Refusal> {
    let headers = author.spoken()?;
    let kind = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    if kind != Some(PIECE.as_bytes()) {
        return Err(Refusal::Kind);
    }
    let piece = Piece {
        offset: said::number(headers, "upload-offset")?,
        sha256: said::checksum(headers)?,
        body,
        stall: sending.state.settings.limits.stall,
    };
    let id = author.id()?.to_owned();
    let turn = sending.own(&author, &id).await?;
    let coming = sending.portal.uploads.find(&id)?;
    sending.may_go_on(&author, &coming).await?;
    let rest = coming.length - coming.offset;
    if piece.offset == coming.offset && stated_length(headers).is_some_and(|long| long > rest) {
        return Err(UploadError::TooLarge.into());
    }
    // What came is brought to an end even where nobody waits for the answer any more.
    let viewer = author.viewer.clone();
    let work = async move { sending.take(&viewer, &id, turn, piece).await };
    let taken = tokio::spawn(work).await.map_err(|_| Refusal::Broken)?;
    let Appended { coming, cut } = taken?;
    match cut {
        Some(cut) => Err(cut.into()),
        None => Ok(with_offset(
            with_times(answer(StatusCode::NO_CONTENT)),
            coming.offset,
        )),
    }
}

/// Gives a file up.
async fn cancel(author: Author, State(sending): State<Sending>) -> Result<Response, Refusal> {
    author.spoken()?;
    let id = author.id()?;
    let _turn = sending.own(&author, id).await?;
    tokio::task::block_in_place(|| sending.portal.uploads.remove(id))?;
    Ok(answer(StatusCode::NO_CONTENT))
}

fn stated_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

impl Sending {
    /// The turn to go on with a file of this author; for everybody else there is no such file.
    async fn own(&self, author: &Author, id: &str) -> Result<Turn, Refusal> {
        let coming = self.portal.uploads.find(id)?;
        match author.owns(&coming) {
            true => Ok(self.portal.uploads.turn(id).await?),
            false => Err(UploadError::Missing.into()),
        }
    }

    /// Whether it can still be attached; who asks after one that is has it.
    async fn may_go_on(&self, author: &Author, coming: &Coming) -> Result<(), Refusal> {
        match coming.kept {
            true => Ok(()),
            false => self.may_attach(author, &coming.name).await,
        }
    }

    async fn may_attach(&self, author: &Author, name: &str) -> Result<(), Refusal> {
        let (viewer, number) = (&author.viewer, &author.number);
        let allowed = self.submissions.may_attach(viewer, number, name).await?;
        Ok(allowed?)
    }

    /// Appends a piece; a whole file is kept, attached once, and let go of here.
    async fn take(
        &self,
        viewer: &Viewer,
        id: &str,
        turn: Turn,
        piece: Piece,
    ) -> Result<Appended, Refusal> {
        let uploads = &self.portal.uploads;
        let appended = uploads.append(id, &turn, piece).await?;
        let coming = &appended.coming;
        if coming.is_whole() && !coming.kept {
            let path = uploads.content(id)?;
            self.submissions.keep_whole(viewer, coming, path).await??;
            tokio::task::block_in_place(|| uploads.note_kept(id, coming.clone()))?;
        }
        Ok(appended)
    }
}
