//! A PostgreSQL server of our own, for tests and comparisons: its data in a
//! temporary folder, reached through a socket there, stopped by its process id.

use crate::store::Store;
use sea_orm::ConnectionTrait;
use std::io::{Error, Result};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tempfile::TempDir;

static NEXT: AtomicU32 = AtomicU32::new(1);

/// A running server; stopped, and its folder removed, when dropped.
pub(crate) struct Server {
    folder: TempDir,
    process: u32,
    /// Ends when the process has ended.
    waiter: Option<std::thread::JoinHandle<()>>,
}

impl Server {
    /// Starts one with these settings (`name=value`) beside those that every such server has;
    /// `None` where PostgreSQL is not installed.
    pub async fn start(settings: &[&str]) -> Result<Option<Server>> {
        let Some(programs) = programs() else {
            return Ok(None);
        };
        let server = Server::launch(&programs, settings)?;
        server.wait_until_ready().await?;
        Ok(Some(server))
    }

    /// Its first process.
    pub fn process(&self) -> u32 {
        self.process
    }

    /// Where its data is.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn launch(programs: &Path, settings: &[&str]) -> Result<Server> {
        let folder = tempfile::Builder::new()
            .prefix("khue-postgres-")
            .tempdir()?;
        if is_root() {
            run(Command::new("chown").arg(USER).arg(folder.path()))?;
        }
        let data = folder.path().join("data");
        init(programs, &data)?;
        let (process, waiter) = spawn(server_command(programs, folder.path(), &data, settings))?;
        let waiter = Some(waiter);
        Ok(Server {
            folder,
            process,
            waiter,
        })
    }

    async fn wait_until_ready(&self) -> Result<()> {
        let mut tries = 0;
        loop {
            match Store::open(&self.address("postgres")).await {
                Ok(store) => return store.close().await.map_err(Error::other),
                Err(error) if tries > 200 => return Err(Error::other(error)),
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
            tries += 1;
        }
    }

    /// Makes a database and returns its address.
    pub async fn fresh_database(&self) -> Result<String> {
        let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let store = Store::open(&self.address("postgres"))
            .await
            .map_err(Error::other)?;
        let sql = format!("CREATE DATABASE {name}");
        store
            .read()
            .execute_unprepared(&sql)
            .await
            .map_err(Error::other)?;
        store.close().await.map_err(Error::other)?;
        Ok(self.address(&name))
    }

    fn address(&self, database: &str) -> String {
        let folder = self.folder.path().display();
        format!("postgres://khue@localhost/{database}?host={folder}")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGINT is PostgreSQL's fast shutdown: open connections are cut.
        let stopped = run(Command::new("kill").args(["-INT", &self.process.to_string()]));
        if let (Ok(()), Some(waiter)) = (stopped, self.waiter.take()) {
            // A panic of the waiter would only say that the process is gone.
            let _ = waiter.join();
        }
    }
}

/// PostgreSQL refuses to run as root; its packages make this user.
const USER: &str = "postgres";

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

/// The folder with `initdb` and `postgres`.
fn programs() -> Option<PathBuf> {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&paths).collect();
    for root in ["/usr/lib/postgresql", "/opt/homebrew/opt"] {
        let versions = std::fs::read_dir(root).into_iter().flatten().flatten();
        folders.extend(versions.map(|version| version.path().join("bin")));
    }
    let has = |folder: &PathBuf, name| folder.join(name).is_file();
    folders
        .into_iter()
        .find(|folder| has(folder, "initdb") && has(folder, "postgres"))
}

fn init(programs: &Path, data: &Path) -> Result<()> {
    let mut init = unprivileged(&programs.join("initdb"));
    init.args([
        "-U",
        "khue",
        "-A",
        "trust",
        "--no-sync",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
    ]);
    run(init.arg("-D").arg(data))
}

fn server_command(programs: &Path, folder: &Path, data: &Path, settings: &[&str]) -> Command {
    let mut server = unprivileged(&programs.join("postgres"));
    server.arg("-D").arg(data).arg("-k").arg(folder);
    let always = ["listen_addresses=", "fsync=off", "synchronous_commit=off"];
    for setting in always.iter().chain(settings) {
        server.args(["-c", setting]);
    }
    server
}

/// A command as a user who is not root, ended when this program is killed.
fn unprivileged(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    if is_root() {
        command.args([&format!("--reuid={USER}"), &format!("--regid={USER}")]);
        command.args(["--init-groups", "--reset-env"]);
    }
    command.args(["--pdeathsig", "INT", "--"]).arg(program);
    command.current_dir("/").stdin(Stdio::null());
    command.stdout(Stdio::null());
    command
}

/// Starts a process on a thread that lives as long as the process: the system
/// ends the process when the thread that started it ends.
fn spawn(mut command: Command) -> Result<(u32, std::thread::JoinHandle<()>)> {
    let (send, receive) = std::sync::mpsc::channel::<Result<u32>>();
    let waiter = std::thread::spawn(move || {
        let started: Result<Child> = command.stderr(Stdio::null()).spawn();
        let told = send.send(
            started
                .as_ref()
                .map(Child::id)
                .map_err(|e| Error::from(e.kind())),
        );
        if let (Ok(()), Ok(mut child)) = (told, started) {
            let _ = child.wait();
        }
    });
    let process = receive.recv().map_err(Error::other)??;
    Ok((process, waiter))
}

fn run(command: &mut Command) -> Result<()> {
    let output = command.output()?;
    match output.status.success() {
        true => Ok(()),
        false => Err(Error::other(format!(
            "{command:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        ))),
    }
}
