//! Search pages over HTTP: times and pages a second at several numbers of connections.

use super::times::Times;
use crate::address::path_segment;
use anyhow::{Context, Result, bail};
use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, header};
use hyper_util::rt::TokioIo;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::net::TcpStream;

/// What came out at one number of connections.
#[derive(Debug)]
pub struct PageFigures {
    /// Connections at once.
    pub connections: usize,
    /// Pages a second.
    pub rate: f64,
    /// Times of all pages.
    pub times: Times,
    /// Bytes of all pages as sent.
    pub bytes: u64,
}

/// Asks a running portal for search pages during `length`.
///
/// The queries are made of names in its own library, with and without marks, so that the same
/// library always gets the same queries.
pub async fn pages(host: &str, connections: usize, length: Duration) -> Result<PageFigures> {
    let paths = Arc::new(paths(host).await?);
    let (next, started) = (Arc::new(AtomicUsize::new(0)), Instant::now());
    let mut runs = Vec::new();
    for _ in 0..connections {
        let (host, paths, next) = (host.to_owned(), paths.clone(), next.clone());
        runs.push(tokio::spawn(async move {
            run(&host, &paths, &next, started + length).await
        }));
    }
    let mut figures = PageFigures {
        connections,
        rate: 0.0,
        times: Times::default(),
        bytes: 0,
    };
    for run in runs {
        let (times, bytes) = run.await??;
        figures.times.extend(times);
        figures.bytes += bytes;
    }
    figures.rate = figures.times.count() as f64 / started.elapsed().as_secs_f64();
    Ok(figures)
}

async fn run(
    host: &str,
    paths: &[String],
    next: &AtomicUsize,
    end: Instant,
) -> Result<(Times, u64)> {
    let mut connection = connect(host).await?;
    let (mut times, mut bytes) = (Times::default(), 0);
    while Instant::now() < end {
        let path = &paths[next.fetch_add(1, Ordering::Relaxed) % paths.len()];
        let asked = Instant::now();
        bytes += get(&mut connection, host, path, "text/html").await?.len() as u64;
        times.push(asked.elapsed());
    }
    Ok((times, bytes))
}

async fn connect(host: &str) -> Result<SendRequest<Empty<Bytes>>> {
    let stream = TcpStream::connect(host).await.with_context(|| {
        format!(
            "nothing answers on {host}: start the portal with `khue serve`, or name it with --host"
        )
    })?;
    stream.set_nodelay(true)?;
    let (sender, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(sender)
}

async fn get(
    connection: &mut SendRequest<Empty<Bytes>>,
    host: &str,
    path: &str,
    accept: &str,
) -> Result<Bytes> {
    connection.ready().await?;
    let request = Request::get(path)
        .header(header::HOST, host)
        .header(header::ACCEPT, accept);
    let answer = connection.send_request(request.body(Empty::new())?).await?;
    if !answer.status().is_success() {
        bail!(
            "{host}{path} answered {}: look at the portal's log",
            answer.status()
        );
    }
    Ok(answer.into_body().collect().await?.to_bytes())
}

/// Search pages for the first words of names, every second one without marks.
async fn paths(host: &str) -> Result<Vec<String>> {
    let mut connection = connect(host).await?;
    let mut paths = Vec::new();
    for page in 1..=5 {
        let path = format!("/api/v1/resources?sort=newest&size=100&page={page}");
        let answer = get(&mut connection, host, &path, "application/json").await?;
        let answer: serde_json::Value = serde_json::from_slice(&answer)?;
        let items = answer["items"].as_array().cloned().unwrap_or_default();
        for name in items.iter().filter_map(|item| item["name"].as_str()) {
            let words: Vec<&str> = name.split_whitespace().take(3).collect();
            let typed = words.join(" ");
            let typed = if paths.len() % 2 == 0 {
                typed
            } else {
                crate::eval::Variant::Unmarked.apply(&typed)
            };
            paths.push(format!("/search?q={}", path_segment(&typed)));
        }
    }
    if paths.is_empty() {
        bail!("the library on {host} is empty: import something first");
    }
    Ok(paths)
}
