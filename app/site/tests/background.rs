//! What reads packs, built beside a portal: with programs that only look like cargo and rustc.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use khue_site::{MANIFEST, MANIFEST_VERSION, Manifest, Packs};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A repository whose site waits for packs, with a cargo that compiles as `compile` says.
fn repository(compile: &str) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let at = |name: &str| root.path().join(name);
    let folder = root.path().display();
    let site = at("target/site");
    fs::create_dir_all(&site).unwrap();
    fs::create_dir_all(at("sysroot/lib/rustlib/wasm32-unknown-unknown/lib")).unwrap();
    let manifest = Manifest {
        version: MANIFEST_VERSION,
        inputs: String::new(),
        packs: Packs::Coming,
        assets: Default::default(),
        former: Default::default(),
    };
    let text = serde_json::to_string(&manifest).unwrap();
    fs::write(site.join(MANIFEST), text).unwrap();
    let metadata = format!(
        r#"{{"workspace_root":"{folder}","target_directory":"{folder}/target","packages":[]}}"#
    );
    script(
        &at("cargo"),
        &format!("case $1 in metadata) echo '{metadata}' ;; *) {compile} ;; esac"),
    );
    script(
        &at("rustc"),
        &format!("case $1 in --print) echo '{folder}/sysroot' ;; *) echo rustc 1 ;; esac"),
    );
    root
}

fn script(file: &Path, text: &str) {
    fs::write(file, format!("#!/bin/sh\n{text}\n")).unwrap();
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
}

/// A process that stands for the portal, with the builder as its child, as `cargo start` leaves them.
fn portal(root: &Path) -> Child {
    Command::new("sh")
        .args([
            "-c",
            r#""$0" packs --beside $$ > packs.log 2>&1 & exec sleep 50"#,
        ])
        .arg(env!("CARGO_BIN_EXE_khue-site"))
        .current_dir(root)
        .env("CARGO", root.join("cargo"))
        .env("RUSTC", root.join("rustc"))
        .stdin(Stdio::null())
        .spawn()
        .unwrap()
}

fn said(root: &Path) -> Packs {
    Manifest::read(&root.join("target/site")).unwrap().packs
}

fn until(what: &str, root: &Path, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        let log = fs::read_to_string(root.join("packs.log")).unwrap_or_default();
        assert!(started.elapsed().as_secs() < 30, "{what}; {log}");
        sleep(Duration::from_millis(30));
    }
}

fn end(mut portal: Child) {
    portal.kill().unwrap();
    portal.wait().unwrap();
}

#[test]
fn the_site_says_that_what_reads_packs_could_not_be_built() {
    let root = repository("echo 'error: no such thing' >&2; exit 101");
    let root = root.path();
    let portal = portal(root);
    until("fails", root, || said(root) == Packs::Failed);
    let log = fs::read_to_string(root.join("packs.log")).unwrap();
    assert!(log.contains("error: no such thing"), "{log}");
    end(portal);
}

#[test]
fn compilers_end_with_the_portal_and_the_site_waits_no_longer() {
    let root = repository(
        "trap 'echo > ended; exit 1' TERM; sleep 40 & echo $$ > compiling.new; mv compiling.new compiling; wait",
    );
    let root = root.path();
    let portal = portal(root);
    let compiling = root.join("compiling");
    until("compiles", root, || compiling.is_file());
    let compiler = fs::read_to_string(compiling).unwrap();
    assert_eq!(said(root), Packs::Coming);
    let niceness = Command::new("ps")
        .args(["-o", "ni=", "-p", compiler.trim()])
        .output();
    if let Ok(told) = niceness {
        let told = String::from_utf8(told.stdout).unwrap();
        assert!(told.trim().parse::<i32>().unwrap() >= 15, "{told}");
    }
    end(portal);
    until("stops waiting", root, || said(root) == Packs::LeftOut);
    until("compilers end", root, || root.join("ended").is_file());
}
