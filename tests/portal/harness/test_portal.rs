//! A running portal on a data folder of its own.

use super::answer::encode;
use super::answer::{Answer, ask};
use super::library::lessons;
use super::prepared;
use super::program::{program, site};
use regex::Regex;
use serde_json::Value;
use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, Weak};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a portal may take until it answers.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a portal starts with besides the shipped library.
#[derive(Default)]
pub struct Setup {
    /// A file or folder that is imported first.
    pub import: Option<PathBuf>,
    /// With the models that the cache holds; else without any, whose work in the background only costs time.
    pub models: bool,
    /// Begins with nothing, as on a machine's first day; else with a copy of what a first start leaves.
    pub fresh: bool,
    /// A pack to answer from, in place of a data folder.
    pub pack: Option<PathBuf>,
    /// Variables of the environment.
    pub variables: Vec<(&'static str, String)>,
}

/// A running portal; it ends with the value.
pub struct TestPortal {
    /// Such as `http://127.0.0.1:40123`.
    pub origin: String,
    child: Child,
    folder: TempDir,
    variables: Vec<(&'static str, String)>,
}

static SHARED: Mutex<Weak<TestPortal>> = Mutex::new(Weak::new());
static OF_PEOPLE: Mutex<Weak<TestPortal>> = Mutex::new(Weak::new());
static OF_PEOPLE_WITH_MODELS: Mutex<Weak<TestPortal>> = Mutex::new(Weak::new());

impl TestPortal {
    /// The portal with the shipped library, one for all tests that run at the same time.
    /// Tests that change something start their own.
    pub fn shared() -> Arc<Self> {
        Self::kept_in(&SHARED, false)
    }

    /// The portal in which people send in and publish, one for all tests about people.
    pub fn of_people() -> Arc<Self> {
        Self::kept_in(&OF_PEOPLE, false)
    }

    /// The same with what models suggest.
    pub fn of_people_with_models() -> Arc<Self> {
        Self::kept_in(&OF_PEOPLE_WITH_MODELS, true)
    }

    fn kept_in(kept: &Mutex<Weak<Self>>, models: bool) -> Arc<Self> {
        let mut shared = kept
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let setup = Setup {
                models,
                ..Setup::default()
            };
            let started = Arc::new(Self::start(setup));
            *shared = Arc::downgrade(&started);
            started
        })
    }

    /// Starts a portal and waits until it answers and knows the shipped library.
    pub fn start(mut setup: Setup) -> Self {
        let folder = tempfile::tempdir().unwrap();
        if let Some(path) = &setup.import {
            import(path, folder.path());
        } else if !setup.fresh && setup.pack.is_none() {
            prepared::copy_to(&folder.path().join("data"));
        }
        let arguments: Vec<OsString> = match &setup.pack {
            Some(pack) => vec!["pack".into(), "serve".into(), pack.into()],
            None => vec!["serve".into()],
        };
        if !setup.models {
            setup.variables.push(("KHUE_MODELS", "/nonexistent".into()));
        }
        let command = khue(folder.path());
        let child = serve(command, &arguments, folder.path(), &setup.variables);
        let mut portal = Self {
            origin: String::new(),
            child,
            folder,
            variables: setup.variables,
        };
        portal.wait_until_ready();
        portal
    }

    /// Starts a portal with a command of the test's own, such as one that shuts it off; it gets the data folder as
    /// its first argument and the program as its second.
    pub fn start_by(mut command: Command) -> Self {
        let folder = tempfile::tempdir().unwrap();
        command.arg(folder.path()).arg(program());
        command
            .current_dir(folder.path())
            .env("KHUE_DATA", folder.path().join("data"))
            .env("NO_COLOR", "1");
        let child = serve(command, &["serve".into()], folder.path(), &[]);
        let mut portal = Self {
            origin: String::new(),
            child,
            folder,
            variables: Vec::new(),
        };
        portal.wait_until_ready();
        portal
    }

    /// Starts a portal on an empty folder and kills it a moment later, whatever it does then.
    pub fn start_and_kill_after(moment: Duration) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut child = serve(khue(folder.path()), &["serve".into()], folder.path(), &[]);
        sleep(moment);
        child.kill().unwrap();
        child.wait().unwrap();
        Self {
            origin: String::new(),
            child,
            folder,
            variables: Vec::new(),
        }
    }

    /// Waits for the end of a process that somebody has killed.
    pub fn kill_is_over(&mut self) {
        self.child.wait().unwrap();
    }

    /// Starts it again on the same data; how long it took until it answered.
    pub fn start_again(&mut self) -> Duration {
        let started = Instant::now();
        let folder = self.folder.path();
        self.child = serve(khue(folder), &["serve".into()], folder, &self.variables);
        self.origin = self.wait("says its address", Self::address);
        self.wait("answers", |portal| {
            (portal.get("/healthz").status == 200).then_some(())
        });
        let took = started.elapsed();
        self.wait("is ready", |portal| {
            (portal.get("/readyz").status == 200).then_some(())
        });
        took
    }

    /// Stops it as a person does, and gives the folder that has its data.
    pub fn stop(mut self) -> TempDir {
        let number = self.process().to_string();
        let asked = Command::new("kill").arg(&number).status().unwrap();
        assert!(asked.success(), "kill {number}: {asked}");
        self.child.wait().unwrap();
        std::mem::replace(&mut self.folder, tempfile::tempdir().unwrap())
    }

    /// Its data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Number of the process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    fn wait_until_ready(&mut self) {
        self.origin = self.wait("says its address", Self::address);
        self.wait("is ready", |portal| {
            (portal.get("/readyz").status == 200).then_some(())
        });
        let expected = lessons().len() as u64;
        self.wait("has its library in the index", |portal| {
            let total = portal.get("/api/v1/resources?size=1").try_json()?["total"].as_u64()?;
            (total >= expected).then_some(())
        });
    }

    fn wait<T>(&mut self, what: &str, ready: impl Fn(&Self) -> Option<T>) -> T {
        let started = Instant::now();
        loop {
            if let Some(found) = ready(self) {
                return found;
            }
            let ended = self.child.try_wait().unwrap();
            let late = started.elapsed() > PATIENCE;
            assert!(
                ended.is_none() && !late,
                "no portal that {what} ({ended:?}):\n{}",
                self.log()
            );
            sleep(Duration::from_millis(50));
        }
    }

    fn address(&self) -> Option<String> {
        let address = Regex::new(r"http://(?:localhost|127\.0\.0\.1):([1-9]\d*)").unwrap();
        let log = self.log();
        Some(format!("http://127.0.0.1:{}", &address.captures(&log)?[1]))
    }

    /// Everything the program has printed.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// The first ten results for these words.
    pub fn ten(&self, words: &str) -> Vec<String> {
        let found = self.get(&format!("/api/v1/resources?size=10&q={}", encode(words)));
        let found = found.json();
        let items = found["items"].as_array().unwrap().iter();
        items
            .map(|hit| hit["id"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Asks for a page.
    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], "")
    }

    /// The path of a shipped lesson, found by its identifier.
    pub fn resource(&self, identifier: &str) -> String {
        let lesson = lessons()
            .iter()
            .find(|lesson| lesson.identifier == identifier)
            .unwrap();
        let hit = self.find(&lesson.record.name, identifier);
        format!("/resources/{}", hit["id"].as_str().unwrap())
    }

    /// The result with this identifier of the source, among those of a search.
    pub fn find(&self, words: &str, identifier: &str) -> Value {
        let found = self
            .get(&format!("/api/v1/resources?q={}", encode(words)))
            .json();
        let hit = found["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|hit| hit["identifier"] == identifier);
        hit.unwrap_or_else(|| panic!("no {identifier} for {words:?}: {found:.600}"))
            .clone()
    }

    /// Runs a subcommand on the portal's data and gives what it prints; the error where it fails.
    pub fn command(&self, arguments: &[&str]) -> Result<String, String> {
        output(khue(self.folder.path()).args(arguments))
    }

    /// The same with the variables that the portal runs with.
    pub fn command_as_it_runs(&self, arguments: &[&str]) -> Result<String, String> {
        let variables = self.variables.iter().map(|(name, value)| (*name, value));
        output(khue(self.folder.path()).args(arguments).envs(variables))
    }

    /// Sends any request.
    pub fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl AsRef<[u8]>,
    ) -> Answer {
        ask(method, &format!("{}{path}", self.origin), headers, body)
    }
}

/// The name of every kept file of a portal's imported resources, and the address of its page.
pub fn shown_files(portal: &TestPortal) -> Vec<(String, String)> {
    let found = portal.get("/api/v1/resources?size=100&sort=newest").json();
    let mut files = Vec::new();
    for hit in found["items"].as_array().unwrap() {
        let id = hit["id"].as_str().unwrap();
        let record = portal
            .get(&format!("/api/v1/resources/{}", encode(id)))
            .json();
        for file in record["record"]["encoding"]
            .as_array()
            .into_iter()
            .flatten()
        {
            if let (Some(name), Some(sha256)) = (file["name"].as_str(), file["sha256"].as_str()) {
                files.push((
                    name.to_owned(),
                    format!("/resources/{}/files/{sha256}", encode(id)),
                ));
            }
        }
    }
    files
}

impl Drop for TestPortal {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serve(
    mut command: Command,
    arguments: &[OsString],
    folder: &Path,
    variables: &[(&'static str, String)],
) -> Child {
    let log = File::create(folder.join("log")).unwrap();
    command
        .args(arguments)
        .args(["--listen", "127.0.0.1:0"])
        .stdin(Stdio::null());
    command.stdout(log.try_clone().unwrap()).stderr(log);
    command.env("KHUE_LIMITS_REQUESTS_PER_SECOND", "0");
    // Work in the background that tests of something else need not wait for.
    command.env("KHUE_PACKS_RESOURCES", "0");
    command.envs(site().map(|site| ("KHUE_SITE", site)));
    command.envs(variables.iter().map(|(name, value)| (*name, value)));
    command.spawn().unwrap()
}

fn khue(data: &Path) -> Command {
    let mut command = Command::new(program());
    command
        .current_dir(data)
        .env("KHUE_DATA", data.join("data"))
        .env("NO_COLOR", "1");
    command
}

/// What a command prints; the error where it fails.
fn output(command: &mut Command) -> Result<String, String> {
    let done = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match done.status.success() {
        true => Ok(text(&done.stdout)),
        false => Err(text(&done.stderr)),
    }
}

fn import(path: &Path, data: &Path) {
    let done = khue(data).arg("import").arg(path).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(
        done.status.success(),
        "import of {}: {said}",
        path.display()
    );
}
