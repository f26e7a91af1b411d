//! `style/main.css` and all it imports, as one small file; and `style/first.css`, which stands in pages themselves.

use std::{collections::HashMap, path::Path};

use anyhow::{Context, Result, anyhow};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    dependencies::{Dependency, DependencyOptions},
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions, ToCssResult},
    targets::{Browsers, Targets},
};

use crate::asset::{File, HASHED};

/// The style as one file; its `url("/fonts/x.woff2")` lead to the hashed files of `app/public`.
pub(crate) fn bundle(folder: &Path, public: &[File]) -> Result<File> {
    let style = joined(&folder.join("main.css"), public, Place::Hashed)?;
    Ok(File::hashed("khue.css", style.into_bytes()))
}

/// The part of the style that stands in pages.
pub(crate) fn first(folder: &Path, public: &[File]) -> Result<File> {
    let style = joined(&folder.join("first.css"), public, Place::Page)?;
    Ok(File::hashed(FIRST, style.into_bytes()))
}

/// What pages call it.
pub(crate) const FIRST: &str = "khue-first.css";

/// Where a style lies, from which its addresses lead on.
#[derive(Clone, Copy)]
enum Place {
    /// The folder of hashed files: those there are named without it and work below any base path.
    Hashed,
    /// Any page.
    Page,
}

fn joined(entry: &Path, public: &[File], place: Place) -> Result<String> {
    let printed =
        print(entry).with_context(|| format!("bundling the style from {}", entry.display()))?;
    let addresses: HashMap<&str, &str> = public
        .iter()
        .map(|file| (file.name.as_str(), file.path.as_str()))
        .collect();
    rewrite_urls(
        printed.code,
        &printed.dependencies.unwrap_or_default(),
        &addresses,
        place,
    )
}

fn print(entry: &Path) -> Result<ToCssResult> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(entry).map_err(|error| anyhow!("{error}"))?;
    let targets = browsers();
    sheet
        .minify(MinifyOptions {
            targets,
            ..Default::default()
        })
        .map_err(|error| anyhow!("{error}"))?;
    let analyze_dependencies = Some(DependencyOptions {
        remove_imports: false,
    });
    sheet
        .to_css(PrinterOptions {
            minify: true,
            targets,
            analyze_dependencies,
            ..Default::default()
        })
        .map_err(|error| anyhow!("{error}"))
}

/// The oldest browsers that get the whole style: those of 2022, as on school computers and older phones.
fn browsers() -> Targets {
    let version = |major: u32, minor: u32| Some((major << 16) | (minor << 8));
    Targets::from(Browsers {
        android: version(100, 0),
        chrome: version(100, 0),
        edge: version(100, 0),
        firefox: version(102, 0),
        ios_saf: version(15, 4),
        safari: version(15, 4),
        samsung: version(17, 0),
        ..Default::default()
    })
}

/// Puts the real addresses where the printer left placeholders.
fn rewrite_urls(
    mut style: String,
    found: &[Dependency],
    addresses: &HashMap<&str, &str>,
    place: Place,
) -> Result<String> {
    for dependency in found {
        let Dependency::Url(link) = dependency else {
            continue;
        };
        style = style.replace(&link.placeholder, &address(&link.url, addresses, place)?);
    }
    Ok(style)
}

fn address(url: &str, addresses: &HashMap<&str, &str>, place: Place) -> Result<String> {
    if url.starts_with('#') || url.starts_with("data:") {
        return Ok(url.to_owned());
    }
    let (name, fragment) = url
        .split_once('#')
        .map_or((url, String::new()), |(name, rest)| {
            (name, format!("#{rest}"))
        });
    let path = addresses
        .get(name.trim_start_matches('/'))
        .with_context(|| format!("the style asks for {url}, which is not in app/public: add the file or mend the url()"))?;
    let path = match (place, path.strip_prefix(HASHED)) {
        (Place::Page, _) => format!("/{path}"),
        (Place::Hashed, Some(below)) => below.trim_start_matches('/').to_owned(),
        (Place::Hashed, None) => format!("../{path}"),
    };
    Ok(path + &fragment)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn bundle_text(main: &str, other: &str) -> Result<String> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("main.css"), main)?;
        fs::write(folder.path().join("other.css"), other)?;
        let public = [
            File::hashed("fonts/a.woff2", b"abc".to_vec()),
            File::fixed("favicon.svg", vec![]),
        ];
        Ok(String::from_utf8(bundle(folder.path(), &public)?.bytes)?)
    }

    #[test]
    fn imports_are_joined_and_urls_lead_to_hashed_files() -> Result<()> {
        let style = bundle_text(
            "@import 'other.css'; @font-face { font-family: A; src: url('/fonts/a.woff2') format('woff2') }",
            "a { background: url('/favicon.svg#part'); & b { color: red } }",
        )?;
        assert!(style.contains("fonts/a.ba7816bf.woff2"), "{style}");
        assert!(style.contains("../favicon.svg#part"), "{style}");
        assert!(
            style.contains("a b{color:red}"),
            "nesting is lowered: {style}"
        );
        assert!(!style.contains("@import"), "{style}");
        Ok(())
    }

    #[test]
    fn a_style_in_a_page_leads_on_from_the_root() -> Result<()> {
        let folder = tempfile::tempdir()?;
        fs::write(
            folder.path().join("first.css"),
            "@font-face { font-family: A; src: url('/fonts/a.woff2') format('woff2') }",
        )?;
        let public = [File::hashed("fonts/a.woff2", b"abc".to_vec())];
        let style = String::from_utf8(first(folder.path(), &public)?.bytes)?;
        assert!(style.contains("\"/pkg/fonts/a.ba7816bf.woff2\""), "{style}");
        Ok(())
    }

    #[test]
    fn a_url_without_a_file_says_so() {
        let error =
            bundle_text("@import 'other.css';", "a { background: url('/none.png') }").unwrap_err();
        assert!(
            format!("{error:#}").contains("/none.png, which is not in app/public"),
            "{error:#}"
        );
    }

    #[test]
    fn a_fault_in_the_style_names_the_file() {
        let error = bundle_text("@import 'other.css';", "a { color: red; } }").unwrap_err();
        assert!(format!("{error:#}").contains("other.css"), "{error:#}");
    }
}
