//! A reader with a browser of their own.

use super::driver::Driver;
use crate::harness::TestPortal;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Browsers at a time: more of them only wait for each other.
static TURNS: Semaphore = Semaphore::const_new(2);
/// How long a page may take to become what is waited for.
const PATIENCE: Duration = Duration::from_secs(15);
const SWITCHES: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    // Else pages scroll smoothly, and clicks miss what is still moving.
    "--force-prefers-reduced-motion",
    "--window-size=1280,900",
];

/// Whether the browser runs scripts of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scripts {
    /// It does.
    On,
    /// It does not.
    Off,
}

/// A reader at a portal.
pub struct Visitor {
    /// The browser.
    pub client: Client,
    /// The portal.
    pub portal: Arc<TestPortal>,
    scripts: Scripts,
    address: String,
    process: Option<u64>,
    driver: Driver,
    profile: TempDir,
    _turn: SemaphorePermit<'static>,
}

impl Visitor {
    /// Opens a browser for the shared portal; `None` where there is no browser.
    pub async fn come(scripts: Scripts) -> Option<Self> {
        Self::come_to(scripts, TestPortal::shared).await
    }

    /// Opens a browser for a portal, which is only started where there is a browser.
    pub async fn come_to(
        scripts: Scripts,
        portal: impl FnOnce() -> Arc<TestPortal>,
    ) -> Option<Self> {
        let turn = TURNS.acquire().await.unwrap();
        let profile = tempfile::tempdir().unwrap();
        let driver = Driver::start(profile.path())?;
        let (client, process, address) = connect(&driver, &profile, scripts).await;
        Some(Self {
            client,
            portal: portal(),
            scripts,
            address,
            process,
            driver,
            profile,
            _turn: turn,
        })
    }

    /// Closes the browser and opens it again with all that it keeps.
    pub async fn restart(&mut self) {
        self.client.clone().close().await.unwrap();
        (self.client, self.process, self.address) =
            connect(&self.driver, &self.profile, self.scripts).await;
    }

    /// Comes to a page from outside the portal.
    pub async fn arrive(&self, path: &str) {
        self.client.goto("about:blank").await.unwrap();
        self.go(path).await;
    }

    /// Goes to an address of the portal and waits until the page is awake.
    pub async fn go(&self, path: &str) {
        self.client
            .goto(&format!("{}{path}", self.portal.origin))
            .await
            .unwrap();
        self.settle().await;
    }

    /// Gives the sign that wakes the widgets, and waits until the page is whole and they are awake.
    pub async fn settle(&self) {
        if self.scripts == Scripts::On {
            let awake = "document.querySelector('[data-island] *')?.dispatchEvent(new Event('pointerover', { bubbles: true })); \
                return document.readyState === 'complete' && 'hydrated' in document.documentElement.dataset";
            self.until("the page is awake", async || {
                self.script(awake).await == true
            })
            .await;
        }
    }

    /// Waits until something is so.
    pub async fn until(&self, what: &str, so: impl AsyncFn() -> bool) {
        let started = Instant::now();
        while !so().await {
            let address = self.client.current_url().await.unwrap();
            assert!(
                started.elapsed() < PATIENCE,
                "waited in vain until {what}, at {address}"
            );
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }

    /// Runs a piece of script in the page.
    pub async fn script(&self, script: &str) -> Value {
        self.client
            .execute(script, Vec::new())
            .await
            .unwrap_or_else(|e| panic!("{script:.200}: {e}"))
    }

    /// Sends a command of the DevTools protocol.
    pub fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.vendor(
            "goog/cdp/execute",
            json!({"cmd": command, "params": parameters}),
        )
    }

    /// Errors and warnings in the browser's console since the last look, violations of the
    /// policy among them.
    pub fn complaints(&self) -> Vec<String> {
        let entries = self.vendor("se/log", json!({"type": "browser"}));
        let entries = entries.as_array().cloned().unwrap_or_default();
        let grave = entries
            .iter()
            .filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")));
        grave
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    fn vendor(&self, command: &str, body: Value) -> Value {
        let mut answer = ureq::post(format!("{}/{command}", self.address))
            .send(body.to_string())
            .unwrap();
        let text = answer.body_mut().read_to_string().unwrap();
        serde_json::from_str::<Value>(&text).unwrap()["value"].take()
    }

    /// Closes the browser; nothing may have been complained about.
    pub async fn leave(self) {
        let complaints = self.complaints();
        self.leave_whatever_was_said().await;
        assert!(complaints.is_empty(), "in the console: {complaints:#?}");
    }

    /// Closes the browser.
    pub async fn leave_whatever_was_said(mut self) {
        self.client.clone().close().await.unwrap();
        self.process = None;
    }
}

impl Drop for Visitor {
    fn drop(&mut self) {
        // After a failed test the browser is still there.
        if let Some(process) = self.process {
            let _ = std::process::Command::new("kill")
                .arg(process.to_string())
                .status();
        }
    }
}

/// Opens a browser; gives its client, its process and the address of its session.
async fn connect(
    driver: &Driver,
    profile: &TempDir,
    scripts: Scripts,
) -> (Client, Option<u64>, String) {
    let mut builder = ClientBuilder::new(HttpConnector::new());
    let client = builder
        .capabilities(capabilities(driver, profile, scripts))
        .connect(&driver.address)
        .await
        .unwrap();
    let process = client
        .capabilities()
        .and_then(|all| all.get("goog:processID")?.as_u64());
    let session = client.session_id().await.unwrap().unwrap();
    let address = format!("{}/session/{session}", driver.address);
    (client, process, address)
}

fn capabilities(driver: &Driver, profile: &TempDir, scripts: Scripts) -> Capabilities {
    let mut switches: Vec<String> = SWITCHES.iter().map(|switch| (*switch).to_owned()).collect();
    switches.push(format!(
        "--user-data-dir={}",
        profile.path().join("profile").display()
    ));
    let allowed = if scripts == Scripts::On { 1 } else { 2 };
    let options = json!({
        "binary": driver.chromium,
        "args": switches,
        "prefs": {"profile.managed_default_content_settings.javascript": allowed},
    });
    let mut wanted = Capabilities::new();
    wanted.insert("goog:chromeOptions".to_owned(), options);
    wanted.insert("goog:loggingPrefs".to_owned(), json!({"browser": "ALL"}));
    wanted
}
