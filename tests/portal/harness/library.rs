//! The lessons that ship with the portal, read from their files.

use khue_content::LearningResource;
use khue_content::format::markdown::from_markdown;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A shipped lesson.
pub struct Lesson {
    /// Stem of its file.
    pub identifier: String,
    /// What the file says.
    pub record: LearningResource,
}

static LESSONS: LazyLock<Vec<Lesson>> = LazyLock::new(|| {
    let root = repository().join("content/library");
    let languages = std::fs::read_dir(&root)
        .unwrap()
        .flatten()
        .map(|entry| entry.path());
    let folders = languages.filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| std::fs::read_dir(folder).unwrap().flatten());
    let mut lessons: Vec<Lesson> = files.filter_map(|file| read(&file.path())).collect();
    lessons.sort_by(|a, b| a.identifier.cmp(&b.identifier));
    lessons
});

/// All of them, by identifier.
pub fn lessons() -> &'static [Lesson] {
    &LESSONS
}

fn read(file: &Path) -> Option<Lesson> {
    let identifier = file.file_name()?.to_str()?.strip_suffix(".md")?.to_owned();
    let text = std::fs::read_to_string(file).unwrap();
    let record = from_markdown(&file.to_string_lossy(), &text).record.ok()?;
    Some(Lesson { identifier, record })
}

/// The repository's folder.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// Vietnamese as it is typed in haste: "phân số" → "phan so".
pub fn without_marks(text: &str) -> String {
    let bare: String = text
        .nfd()
        .filter(|letter| !is_combining_mark(*letter))
        .collect();
    bare.replace('đ', "d").replace('Đ', "D")
}

/// 100 searches made of the names of lessons.
pub fn hundred_searches() -> Vec<String> {
    let names = lessons().iter().map(|lesson| lesson.record.name.clone());
    searches_of(names.collect())
}

/// 100 searches made of names, spread evenly: as they are, without marks, with two letters swapped.
pub fn searches_of(names: Vec<String>) -> Vec<String> {
    let names: Vec<String> = names
        .iter()
        .map(|name| name.chars().take(60).collect())
        .collect();
    let slip = |name: &String| {
        let mut letters: Vec<char> = name.chars().collect();
        let middle = letters.len() / 2;
        letters.swap(middle, middle.saturating_sub(1));
        letters.into_iter().collect::<String>()
    };
    let mut all = names.clone();
    all.extend(names.iter().map(|name| without_marks(name)));
    all.extend(names.iter().map(slip));
    (0..100)
        .map(|at| all[at * all.len() / 100].clone())
        .collect()
}
