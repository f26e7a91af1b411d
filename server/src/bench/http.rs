//! A connection to a server on this machine, kept open between requests.

use anyhow::{Context, Result, bail};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::http::response::Parts;
use hyper::{Method, Request, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// One connection; one request at a time.
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    host: String,
    /// Sent with every request.
    headers: Vec<(&'static str, String)>,
}

impl Connection {
    /// Connects to `host`, an address with a port.
    pub async fn open(host: &str) -> Result<Self> {
        let stream = TcpStream::connect(host)
            .await
            .with_context(|| format!("nothing answers on {host}"))?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self {
            sender,
            host: host.to_owned(),
            headers: Vec::new(),
        })
    }

    /// The same, with a header in every request.
    pub fn with_header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// What is at `path`.
    pub async fn get(&mut self, path: &str) -> Result<Bytes> {
        self.send(Method::GET, path, Bytes::new()).await
    }

    /// Sends JSON or JSON Lines.
    pub async fn post(&mut self, path: &str, body: impl Into<Bytes>) -> Result<Bytes> {
        self.send(Method::POST, path, body.into()).await
    }

    async fn send(&mut self, method: Method, path: &str, body: Bytes) -> Result<Bytes> {
        let kind = if body.is_empty() {
            ""
        } else {
            "application/json"
        };
        let (head, body) = self.ask(method, path, kind, body).await?;
        let status = head.status;
        if !status.is_success() {
            let said: String = String::from_utf8_lossy(&body).chars().take(200).collect();
            bail!("{}{path} answered {status}: {said}", self.host);
        }
        Ok(body)
    }

    /// Sends a body of a media type, and gives whatever is answered.
    pub async fn ask(
        &mut self,
        method: Method,
        path: &str,
        media_type: &str,
        body: impl Into<Bytes>,
    ) -> Result<(Parts, Bytes)> {
        self.sender.ready().await?;
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, &self.host);
        if !media_type.is_empty() {
            request = request.header(header::CONTENT_TYPE, media_type);
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let answer = self
            .sender
            .send_request(request.body(Full::new(body.into()))?)
            .await?;
        let (head, body) = answer.into_parts();
        Ok((head, body.collect().await?.to_bytes()))
    }

    /// Replaces a header that is sent with every request.
    pub fn set_header(&mut self, name: &'static str, value: &str) {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.to_owned()));
    }
}
