//! Where the built program and its site are.

use std::path::{Path, PathBuf};

/// The folder that cargo builds into, told from the place of this test program.
pub fn target() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let found = own
        .ancestors()
        .find(|folder| folder.join("CACHEDIR.TAG").is_file());
    found.map_or_else(|| own.parent().unwrap().to_owned(), Path::to_owned)
}

/// The program `khue`: `KHUE_BIN`, else the one built beside this test program.
pub fn program() -> PathBuf {
    if let Some(named) = std::env::var_os("KHUE_BIN") {
        return named.into();
    }
    let own = std::env::current_exe().unwrap();
    let profile = own.parent().and_then(Path::parent).unwrap();
    let program = profile.join(format!("khue{}", std::env::consts::EXE_SUFFIX));
    assert!(
        program.is_file(),
        "{} is missing: build it with `cargo build -p khue-server`",
        program.display()
    );
    program
}

/// The built style and scripts: `KHUE_SITE`, else the builder's folder, where there is one.
pub fn site() -> Option<PathBuf> {
    let named = std::env::var_os("KHUE_SITE").map(PathBuf::from);
    let built = Some(target().join("site")).filter(|folder| folder.join("manifest.json").is_file());
    named.or(built)
}
