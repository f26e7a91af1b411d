//! From the compiler's wasm to the two files that a browser loads.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::{Bindgen, Output};

use crate::{
    Options,
    asset::{File, HASHED},
};

/// Pieces that are lighter in JavaScript than bound to wasm, and then the start, which wakes these and those of the wasm.
const START: &str = concat!(
    include_str!("reading.js"),
    include_str!("path_editor.js"),
    include_str!("start.js")
);
const OFFLINE: &str = include_str!("offline.js");
const PACKS: &str = include_str!("packs.js");
const UPLOADS: &str = concat!(include_str!("uploads.js"), include_str!("autosave.js"));

/// The module that sends files in pieces and keeps what is written: pages load it where somebody has a submission open.
pub(crate) const AUTHORS: &str = "khue-uploads.js";

/// Binds the wasm to JavaScript and joins our start to it, with the wasm's hashed name inside.
pub(crate) fn bind(bytes: Vec<u8>, options: &Options) -> Result<Vec<File>> {
    let mut output = generate(Bindgen::new().web(true)?, "khue", bytes, options)
        .context("binding the wasm to JavaScript")?;
    let wasm = File::hashed("khue.wasm", emit(&mut output, options));
    let script = module(output.js(), &wasm);
    let mut files = snippets(&output);
    let uploads = without_comments(UPLOADS).into_bytes();
    files.extend([
        File::hashed("khue.js", script.into_bytes()),
        File::hashed(AUTHORS, uploads),
        wasm,
    ]);
    Ok(files)
}

/// The portal that answers from a pack: a plain script, since not every browser takes modules in service workers.
pub(crate) fn bind_offline(bytes: Vec<u8>, options: &Options) -> Result<Vec<File>> {
    let mut bindgen = Bindgen::new();
    bindgen
        .no_modules(true)?
        .no_modules_global("khue_offline")?;
    let mut output = generate(&mut bindgen, "khue-offline", bytes, options)
        .context("binding the wasm for packs to JavaScript")?;
    let wasm = File::hashed("khue-offline.wasm", emit(&mut output, options));
    let script = without_comments(output.js()).into_bytes();
    let fetches = without_comments(PACKS).into_bytes();
    Ok(vec![
        File::hashed("khue-offline.js", script),
        File::hashed("khue-packs.js", fetches),
        wasm,
    ])
}

/// The bound wasm, made smaller where somebody has what it takes.
fn emit(output: &mut Output, options: &Options) -> Vec<u8> {
    let wasm = output.wasm_mut().emit_wasm();
    let Some(program) = optimiser().filter(|_| !options.dev) else {
        return wasm;
    };
    match optimise(&program, &wasm) {
        Ok(smaller) => smaller,
        Err(error) => {
            eprintln!("warning: going on without wasm-opt: {error:#}");
            wasm
        }
    }
}

fn generate(
    bindgen: &mut Bindgen,
    name: &str,
    bytes: Vec<u8>,
    options: &Options,
) -> Result<Output> {
    bindgen
        .input_bytes(name, bytes)
        .typescript(false)
        .keep_debug(options.dev)
        .remove_name_section(!options.dev)
        .remove_producers_section(true)
        .generate_output()
        .context("are wasm-bindgen and wasm-bindgen-cli-support of the same version in Cargo.toml?")
}

/// The module that pages load: wasm-bindgen's, what is for readers without a network, and the
/// start of the islands, without comments.
fn module(bound: &str, wasm: &File) -> String {
    let name = wasm.path.rsplit('/').next().unwrap_or(&wasm.path);
    without_comments(bound)
        + &without_comments(OFFLINE)
        + &without_comments(&START.replace("KHUE_WASM", name))
}

/// Leaves out empty lines and those that are wholly a comment.
fn without_comments(script: &str) -> String {
    let mut inside = false;
    let mut code = String::with_capacity(script.len());
    for line in script.lines() {
        let text = line.trim();
        inside |= text.starts_with("/**");
        if !inside && !text.is_empty() && !text.starts_with("//") {
            code.push_str(line);
            code.push('\n');
        }
        inside &= !text.ends_with("*/");
    }
    code
}

/// Pieces of JavaScript that crates bring along; the module imports them by these very paths.
fn snippets(output: &Output) -> Vec<File> {
    let inline = output.snippets().iter().flat_map(|(crate_name, scripts)| {
        scripts
            .iter()
            .enumerate()
            .map(move |(at, script)| (format!("{crate_name}/inline{at}.js"), script))
    });
    let local = output
        .local_modules()
        .iter()
        .map(|(path, script)| (path.clone(), script));
    inline
        .chain(local)
        .map(|(path, script)| {
            let name = format!("snippets/{path}");
            File {
                path: format!("{HASHED}/{name}"),
                name,
                bytes: script.clone().into_bytes(),
            }
        })
        .collect()
}

/// `wasm-opt`, when somebody has put it on the PATH.
pub(crate) fn optimiser() -> Option<PathBuf> {
    let paths = env::var_os("PATH")?;
    env::split_paths(&paths)
        .map(|folder| folder.join(format!("wasm-opt{}", env::consts::EXE_SUFFIX)))
        .find(|program| program.is_file())
}

fn optimise(program: &Path, wasm: &[u8]) -> Result<Vec<u8>> {
    let stem = env::temp_dir().join(format!("khue-{}", std::process::id()));
    let (from, to) = (
        stem.with_extension("wasm"),
        stem.with_extension("small.wasm"),
    );
    fs::write(&from, wasm)?;
    let status = Command::new(program)
        .args(["-Oz", "--all-features"])
        .arg(&from)
        .arg("-o")
        .arg(&to)
        .status();
    let smaller = fs::read(&to);
    for file in [&from, &to] {
        // left behind in the folder for temporary files it does no harm
        let _ = fs::remove_file(file);
    }
    ensure!(status?.success(), "{} did not succeed", program.display());
    Ok(smaller?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_names_the_hashed_wasm_and_has_no_comments() {
        let wasm = File::hashed("khue.wasm", b"abc".to_vec());
        let bound = "/**\n * about\n */\nexport function f() {\n    // why\n    return 2\n        * 3;\n}\n";
        let script = module(bound, &wasm);
        assert!(
            script.starts_with("export function f() {\n    return 2\n        * 3;\n}\n"),
            "{script}"
        );
        assert!(
            script.contains("new URL(\"khue.ba7816bf.wasm\", import.meta.url)"),
            "{script}"
        );
        assert!(
            !script.contains("KHUE_WASM") && !script.contains("//"),
            "{script}"
        );
    }
}
