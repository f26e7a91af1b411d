//! The program that drives the browser.

use regex::Regex;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Says why browser tests are passed over.
const MISSING: &str = "skipped: no Chromium with chromedriver; install them with \
    `apt-get install -y --no-install-recommends chromium chromium-driver`, \
    or name them in KHUE_CHROMIUM and KHUE_CHROMEDRIVER";

/// A running chromedriver; it ends with the value.
pub struct Driver {
    /// Such as `http://127.0.0.1:40123`.
    pub address: String,
    /// The browser it is to start.
    pub chromium: PathBuf,
    child: Child,
}

impl Driver {
    /// Starts one that writes its log into `folder`; `None`, and says so, where there is none.
    pub fn start(folder: &Path) -> Option<Self> {
        let Some((chromium, chromedriver)) = chromium().zip(chromedriver()) else {
            println!("{MISSING}");
            return None;
        };
        // The port that it is given may be taken by somebody else before it is there.
        let started = (0..5).find_map(|_| start(&chromedriver, folder));
        let (child, address) = started.expect("chromedriver finds no port");
        Some(Self {
            address,
            chromium,
            child,
        })
    }
}

/// Starts chromedriver and waits for its address; `None` where it ends at once.
fn start(chromedriver: &Path, folder: &Path) -> Option<(Child, String)> {
    let log = folder.join("chromedriver.log");
    let mut command = Command::new(chromedriver);
    command
        .arg("--port=0")
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    let mut child = command.stdout(File::create(&log).unwrap()).spawn().unwrap();
    let port = port(&log, &mut child)?;
    Some((child, format!("http://127.0.0.1:{port}")))
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn port(log: &Path, child: &mut Child) -> Option<u16> {
    let said = Regex::new(r"successfully on port (\d+)").unwrap();
    let started = Instant::now();
    loop {
        let text = std::fs::read_to_string(log).unwrap_or_default();
        if let Some(port) = said.captures(&text).and_then(|found| found[1].parse().ok()) {
            return Some(port);
        }
        if child.try_wait().unwrap().is_some() {
            return None;
        }
        assert!(
            started.elapsed() < Duration::from_secs(30),
            "chromedriver says no port: {text}"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn chromium() -> Option<PathBuf> {
    named_or_found(
        "KHUE_CHROMIUM",
        &["chromium", "chromium-browser", "google-chrome"],
    )
}

fn chromedriver() -> Option<PathBuf> {
    named_or_found("KHUE_CHROMEDRIVER", &["chromedriver"])
}

fn named_or_found(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Some(named) = std::env::var_os(variable) {
        return Some(named.into());
    }
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let places = names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    places.into_iter().find(|place| place.is_file())
}
