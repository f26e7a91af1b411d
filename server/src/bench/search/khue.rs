//! The portal: its index called directly, and the whole program asked over HTTP.

use super::RESULTS;
use super::corpus::Numbered;
use super::engine::{Answer, Client, Engine, Engines};
use crate::address::path_segment;
use crate::bench::folder::size;
use crate::bench::http::Connection;
use crate::bench::own_portal::OwnPortal;
use crate::eval::as_resource;
use anyhow::{Context, Result};
use futures::FutureExt;
use futures::future::BoxFuture;
use khue_content::search::SearchParams;
use khue_index::{Index, IndexDocument, Writer};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The index alone.
pub struct InProcess {
    folder: PathBuf,
    writer: Option<Writer>,
    index: Option<Arc<Index>>,
    last: i64,
}

impl InProcess {
    /// An empty index in `folder`.
    pub fn create(folder: &Path) -> Result<Self> {
        Ok(Self {
            folder: folder.to_owned(),
            writer: Some(Writer::open(folder)?),
            index: None,
            last: 0,
        })
    }

    fn take(&mut self, documents: &[Numbered]) -> Result<()> {
        let writer = self.writer.as_mut().context("the index is closed")?;
        for numbered in documents {
            let record = as_resource(&numbered.document, numbered.number);
            self.last += 1;
            writer.put(&IndexDocument {
                guidance: "",
                record: &record,
                text: &numbered.document.text,
                change: self.last,
            })?;
        }
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        if let Some(mut writer) = self.writer.take() {
            writer.commit(self.last)?;
            writer.close()?;
        }
        Ok(())
    }
}

impl Engine for InProcess {
    fn name(&self) -> &'static str {
        Engines::KhueInProcess.name()
    }

    fn contains(&self) -> &'static str {
        "the search in the index: 20 results with marked passages, their total, counts of all facets; no HTTP"
    }

    fn put(&mut self, documents: Vec<Numbered>) -> BoxFuture<'_, Result<()>> {
        std::future::ready(tokio::task::block_in_place(|| self.take(&documents))).boxed()
    }

    fn finish(&mut self) -> BoxFuture<'_, Result<()>> {
        std::future::ready(tokio::task::block_in_place(|| self.close())).boxed()
    }

    /// An index that is opened anew has kept nothing.
    fn before_run(&mut self) -> BoxFuture<'_, Result<()>> {
        let opened = Index::open(&self.folder).context("the index was built but cannot be opened");
        std::future::ready(opened.map(|index| self.index = Some(Arc::new(index)))).boxed()
    }

    fn client(&self) -> BoxFuture<'_, Result<Box<dyn Client>>> {
        let index = self.index.clone().context("the index is not open");
        let client = index.map(|index| -> Box<dyn Client> { Box::new(Caller(index)) });
        std::future::ready(client).boxed()
    }

    fn size(&mut self) -> BoxFuture<'_, Result<u64>> {
        std::future::ready(Ok(size(&self.folder))).boxed()
    }
}

struct Caller(Arc<Index>);

impl Client for Caller {
    fn ask<'a>(&'a mut self, query: &'a str) -> BoxFuture<'a, Result<Answer>> {
        let params = SearchParams {
            q: query.to_owned(),
            size: RESULTS,
            ..SearchParams::default()
        };
        let page = tokio::task::block_in_place(|| self.0.find(params));
        let numbers = page.map(|page| {
            let with_versions = page.items.into_iter().flat_map(|hit| {
                let versions = hit.versions.into_iter().map(|(id, ..)| id);
                std::iter::once(hit.id).chain(versions).collect::<Vec<_>>()
            });
            Answer::Numbers(with_versions.filter_map(|id| id.parse().ok()).collect())
        });
        std::future::ready(numbers.map_err(Into::into)).boxed()
    }
}

/// The whole portal as a process of its own.
pub struct OverHttp {
    portal: OwnPortal,
    kind: Engines,
}

impl OverHttp {
    /// A portal without any record and any model: its peers search by words alone too.
    pub fn create(folder: &Path, kind: Engines) -> Result<Self> {
        let portal = OwnPortal::create(folder)?.without_models();
        Ok(Self { portal, kind })
    }

    fn with_facets(&self) -> bool {
        self.kind == Engines::KhueFacets
    }
}

impl Engine for OverHttp {
    fn name(&self) -> &'static str {
        self.kind.name()
    }

    fn contains(&self) -> &'static str {
        match self.with_facets() {
            true => {
                "/api/v1/resources as JSON: 20 results with marked passages, total, counts and labels of all facets, through all limits"
            }
            false => {
                "/api/v1/resources?facets=none as JSON: 20 results with marked passages, their labels and total, through all limits; building: checked, stored in the database and indexed"
            }
        }
    }

    fn put(&mut self, documents: Vec<Numbered>) -> BoxFuture<'_, Result<()>> {
        let documents = documents.into_iter().map(|numbered| numbered.document);
        std::future::ready(self.portal.write(documents)).boxed()
    }

    fn finish(&mut self) -> BoxFuture<'_, Result<()>> {
        self.portal.import().boxed()
    }

    /// A portal that was just started has kept no answer.
    fn before_run(&mut self) -> BoxFuture<'_, Result<()>> {
        self.portal.restart().boxed()
    }

    fn client(&self) -> BoxFuture<'_, Result<Box<dyn Client>>> {
        async {
            let connection = Connection::open(self.portal.host()).await?;
            let facets = if self.with_facets() {
                ""
            } else {
                "&facets=none"
            };
            let client: Box<dyn Client> = Box::new(Reader { connection, facets });
            Ok(client)
        }
        .boxed()
    }

    fn size(&mut self) -> BoxFuture<'_, Result<u64>> {
        std::future::ready(Ok(size(self.portal.data()))).boxed()
    }

    fn process(&self) -> u32 {
        self.portal.process()
    }
}

struct Reader {
    connection: Connection,
    facets: &'static str,
}

impl Client for Reader {
    fn ask<'a>(&'a mut self, query: &'a str) -> BoxFuture<'a, Result<Answer>> {
        async move {
            let path = format!(
                "/api/v1/resources?size={RESULTS}&lang=vi{}&q={}",
                self.facets,
                path_segment(query)
            );
            Ok(Answer::Json(self.connection.get(&path).await?, numbers))
        }
        .boxed()
    }
}

fn numbers(answer: &Value) -> Vec<usize> {
    let id = |value: &Value| value.as_str().and_then(|id| id.parse().ok());
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let of_hit = |hit: Value| {
        let versions = list(&hit["versions"]);
        let versions = versions
            .into_iter()
            .filter_map(move |version| id(&version[0]));
        id(&hit["id"])
            .into_iter()
            .chain(versions)
            .collect::<Vec<_>>()
    };
    list(&answer["items"])
        .into_iter()
        .flat_map(of_hit)
        .collect()
}
