//! A piece of a file, as it comes.

use super::{Coming, Turn, UploadError, Uploads, failed};
use axum::body::{Body, Bytes};
use http_body_util::BodyExt;
use sha2::{Digest, Sha256};
use std::io::SeekFrom;
use std::path::Path;
use std::time::Duration;
use tokio::fs::{File, OpenOptions};
use tokio::io::{AsyncSeekExt, AsyncWriteExt};

/// A piece of a file.
pub struct Piece {
    /// Where in the file it begins.
    pub offset: u64,
    /// Its SHA-256, where that was said: it is taken whole or not at all then.
    pub sha256: Option<[u8; 32]>,
    /// Its content.
    pub body: Body,
    /// How long it may stand still.
    pub stall: Duration,
}

/// What came of a piece.
#[derive(Debug)]
pub struct Appended {
    /// The file, with what is acknowledged by now.
    pub coming: Coming,
    /// Why the rest of the piece did not come.
    pub cut: Option<UploadError>,
}

/// What was received of a piece.
#[derive(Default)]
struct Received {
    bytes: u64,
    hash: Sha256,
    cut: Option<UploadError>,
}

impl Uploads {
    /// Appends a piece. What came of one that broke off stays, unless it has a checksum.
    ///
    /// # Errors
    /// It begins elsewhere, is damaged or too long, or cannot be written: then nothing of it stays.
    pub async fn append(
        &self,
        id: &str,
        turn: &Turn,
        piece: Piece,
    ) -> Result<Appended, UploadError> {
        let coming = self.find(id)?;
        if piece.offset != coming.offset {
            return Err(UploadError::Elsewhere(coming.offset));
        }
        if coming.is_whole() {
            return Ok(Appended { coming, cut: None });
        }
        let path = self.content(id)?;
        let write = |e| failed("write", &path, e);
        let mut file = open_at(&path, coming.offset).await.map_err(write)?;
        let received = receive(&mut file, &path, turn, piece, coming.length).await;
        let kept = match received {
            Ok(received) => self.acknowledge(id, &mut file, &coming, received).await,
            Err(error) => Err(error),
        };
        if kept.is_err() {
            // Should this fail too, the next piece cuts it off.
            let _ = file.set_len(coming.offset).await;
        }
        kept
    }

    /// Brings what was received onto the disk, then says so beside it.
    async fn acknowledge(
        &self,
        id: &str,
        file: &mut File,
        coming: &Coming,
        received: Received,
    ) -> Result<Appended, UploadError> {
        let path = self.content(id)?;
        file.sync_data()
            .await
            .map_err(|e| failed("write", &path, e))?;
        let coming = Coming {
            offset: coming.offset + received.bytes,
            ..coming.clone()
        };
        let about = self.about(id)?;
        tokio::task::block_in_place(|| coming.write(&about))?;
        let cut = received.cut;
        Ok(Appended { coming, cut })
    }
}

/// Opens a file to write behind what was acknowledged.
async fn open_at(path: &Path, offset: u64) -> std::io::Result<File> {
    let mut file = OpenOptions::new().write(true).open(path).await?;
    if file.metadata().await?.len() < offset {
        let what = "the file is shorter than was acknowledged; cancel it and send it anew";
        return Err(std::io::Error::other(what));
    }
    file.set_len(offset).await?;
    file.seek(SeekFrom::Start(offset)).await?;
    Ok(file)
}

async fn receive(
    file: &mut File,
    path: &Path,
    turn: &Turn,
    piece: Piece,
    length: u64,
) -> Result<Received, UploadError> {
    let write = |e| failed("write", path, e);
    let asked = turn.asked_for();
    tokio::pin!(asked);
    let mut body = piece.body;
    let mut received = Received::default();
    loop {
        let next = tokio::select! {
            next = tokio::time::timeout(piece.stall, next(&mut body)) => next.unwrap_or(Err(UploadError::Cut)),
            () = &mut asked => Err(UploadError::Cut),
        };
        let bytes = match next {
            Ok(Some(bytes)) => bytes,
            Ok(None) => break,
            Err(cut) => {
                received.cut = Some(cut);
                break;
            }
        };
        received.bytes += bytes.len() as u64;
        if piece.offset.saturating_add(received.bytes) > length {
            return Err(UploadError::TooLarge);
        }
        if piece.sha256.is_some() {
            received.hash.update(&bytes);
        }
        file.write_all(&bytes).await.map_err(write)?;
    }
    file.flush().await.map_err(write)?;
    match (piece.sha256, received.cut) {
        (Some(_), Some(cut)) => Err(cut),
        (Some(said), None) if received.hash.clone().finalize()[..] != said => {
            Err(UploadError::Damaged)
        }
        (_, cut) => Ok(Received { cut, ..received }),
    }
}

/// The next bytes of a body; `None` at its end.
async fn next(body: &mut Body) -> Result<Option<Bytes>, UploadError> {
    loop {
        match body.frame().await {
            None => return Ok(None),
            Some(Err(_)) => return Err(UploadError::Cut),
            Some(Ok(frame)) => match frame.into_data() {
                Ok(bytes) => return Ok(Some(bytes)),
                // Trailers say nothing here.
                Err(_) => continue,
            },
        }
    }
}
