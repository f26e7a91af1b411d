//! A Kolibri server on this machine, for figures beside it.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Says why Kolibri is left out.
const MISSING: &str = "left out: no Kolibri; get it with `python3 -m venv ~/.cache/khue/kolibri/venv && \
    ~/.cache/khue/kolibri/venv/bin/pip install kolibri==0.19.5`, or name the program in KHUE_KOLIBRI";
/// How long it may take until it answers: a first start makes its databases.
const PATIENCE: Duration = Duration::from_secs(240);

/// A running server; it ends with the value.
pub struct Kolibri {
    /// Such as `http://127.0.0.1:40123`.
    pub origin: String,
    child: Child,
    _home: TempDir,
}

impl Kolibri {
    /// Starts one that is set up for a school and holds nothing; `None`, and says so, where there is none.
    pub fn start() -> Option<Self> {
        let Some(program) = program() else {
            println!("{MISSING}");
            return None;
        };
        let home = tempfile::tempdir().unwrap();
        set_up(&program, home.path());
        let port = free_port();
        let log = File::create(home.path().join("served.log")).unwrap();
        let mut command = command(&program, home.path());
        command.args(["start", "--foreground", "--port", &port.to_string()]);
        let child = command.stdout(log).stderr(Stdio::null()).spawn().unwrap();
        let mut kolibri = Self {
            origin: format!("http://127.0.0.1:{port}"),
            child,
            _home: home,
        };
        kolibri.wait();
        Some(kolibri)
    }

    /// Its pages like ours, as somebody sees them who has not signed in.
    pub fn pages(&self) -> [(&'static str, &'static str); 3] {
        [
            ("first page: sign in", "/en/auth/#/signin"),
            ("library", "/en/learn/#/library"),
            ("search in the library", "/en/learn/#/library?keywords=math"),
        ]
    }

    fn wait(&mut self) {
        let started = Instant::now();
        while ureq::get(format!("{}/api/public/info/", self.origin))
            .call()
            .is_err()
        {
            assert!(
                self.child.try_wait().unwrap().is_none(),
                "Kolibri has ended"
            );
            assert!(started.elapsed() < PATIENCE, "Kolibri does not answer");
            std::thread::sleep(Duration::from_millis(500));
        }
    }
}

impl Drop for Kolibri {
    fn drop(&mut self) {
        // A signal that it can answer: its own children end with it.
        let _ = Command::new("kill")
            .arg(self.child.id().to_string())
            .status();
        let _ = self.child.wait();
    }
}

fn program() -> Option<PathBuf> {
    let named = std::env::var_os("KHUE_KOLIBRI").map(PathBuf::from);
    let cache = std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache/khue"));
    let cached = cache.map(|cache| cache.join("kolibri/venv/bin/kolibri"));
    named.or(cached).filter(|program| program.is_file())
}

fn command(program: &Path, home: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env("KOLIBRI_HOME", home)
        .env("KOLIBRI_LISTEN_ADDRESS", "127.0.0.1")
        .env("KOLIBRI_ZIP_CONTENT_PORT", "0")
        .stdin(Stdio::null());
    command
}

/// Makes the databases and a school, so that it does not ask for them on its first page.
fn set_up(program: &Path, home: &Path) {
    let school = [
        "manage",
        "provisiondevice",
        "--facility",
        "Trường thử",
        "--preset",
        "formal",
        "--language_id",
        "en",
    ];
    let keys = [
        "--superusername",
        "admin",
        "--superuserpassword",
        "admin-pass",
        "--noinput",
    ];
    let done = command(program, home)
        .args(school)
        .args(keys)
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "Kolibri cannot be set up: {}",
        String::from_utf8_lossy(&done.stderr)
    );
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
