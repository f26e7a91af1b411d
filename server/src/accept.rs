//! Taking connections: who is let in, how long they may take, and how it ends.
//!
//! `axum::serve` sets no timers, so a visitor who sends nothing would hold a connection for ever.

mod connection;
mod crowd;
mod guarded;
mod neighbourhood;
mod phase;
mod watched;

use crate::config::Limits;
use axum::Router;
use connection::{Connections, Visit};
use crowd::{Crowd, Refusal};
use ipnet::IpNet;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use neighbourhood::neighbourhood;

/// The other end of a request's connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// How the server is told to end.
#[derive(Clone, Debug, Default)]
pub struct Stop {
    /// No new connections; what runs is finished.
    pub gently: CancellationToken,
    /// Everything ends now.
    pub at_once: CancellationToken,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Every answer was finished.
    Finished,
    /// This many connections were cut off.
    CutOff(usize),
}

/// Answers connections until told to stop.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    limits: &Limits,
    exempt: Vec<IpNet>,
    stop: Stop,
) -> Ended {
    let crowd = Arc::new(Crowd::new(limits, exempt));
    let connections = Arc::new(Connections::new(app, limits.clone(), stop.clone()));
    let tasks = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.gently.cancelled() => break,
            () = stop.at_once.cancelled() => break,
        };
        match accepted {
            Ok((stream, from)) => welcome(stream, from, &crowd, &connections, &tasks),
            Err(error) => pause_after(&error).await,
        }
    }
    drop(listener);
    finish(&tasks, limits.stop, &stop).await
}

fn welcome(
    stream: TcpStream,
    from: SocketAddr,
    crowd: &Arc<Crowd>,
    connections: &Arc<Connections>,
    tasks: &TaskTracker,
) {
    match crowd.admit(from.ip()) {
        Ok(place) => {
            let visit = Visit {
                stream,
                from,
                place,
            };
            tasks.spawn(connections.clone().answer(visit));
        }
        Err(refusal) => turn_away(stream, refusal, crowd, tasks),
    }
}

/// Says why and closes. The few who are told at a time cost little; others are just closed.
fn turn_away(stream: TcpStream, refusal: Refusal, crowd: &Crowd, tasks: &TaskTracker) {
    tracing::debug!(?refusal, "connection refused");
    if let Some(turn) = crowd.turn_to_refuse() {
        tasks.spawn(async move {
            let told = crowd::refuse(stream, refusal);
            // Whoever does not listen is not waited for.
            let _ = tokio::time::timeout(Duration::from_secs(1), told).await;
            drop(turn);
        });
    }
}

/// A connection that broke before it was taken says nothing about the next one; no more file
/// handles does.
async fn pause_after(error: &std::io::Error) {
    let passing = [
        ErrorKind::ConnectionAborted,
        ErrorKind::ConnectionReset,
        ErrorKind::ConnectionRefused,
    ];
    if !passing.contains(&error.kind()) {
        tracing::error!(%error, "cannot take connections for the moment; are there too many open files?");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn finish(tasks: &TaskTracker, patience: Duration, stop: &Stop) -> Ended {
    tasks.close();
    tokio::select! {
        () = tasks.wait() => return Ended::Finished,
        () = tokio::time::sleep(patience) => {}
        () = stop.at_once.cancelled() => {}
    }
    let left = tasks.len();
    stop.at_once.cancel();
    tasks.wait().await;
    if left == 0 {
        Ended::Finished
    } else {
        Ended::CutOff(left)
    }
}
