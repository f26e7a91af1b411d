//! What somebody else programmed, in a frame that can reach nothing of the portal.

use leptos::prelude::*;

use super::download;
use crate::reader::Reader;
use crate::viewing::{FileView, Package};

/// A package that runs. Its frame has scripts and nothing else: no origin, no forms, no windows, no way out of the frame.
pub fn running(reader: &Reader, file: &FileView, parts: &[(String, String)]) -> AnyView {
    let t = reader.texts();
    let chosen = chosen(&reader.query).min(parts.len().saturating_sub(1));
    let Some((_, address)) = parts.get(chosen) else {
        return barred(reader, file, &Package::NoStart);
    };
    let title = t.fill(
        "viewing-package-frame",
        &[("name", file.file.name.as_str().into())],
    );
    view! {
        <p class="field__hint">{t.text("viewing-package-note")}</p>
        {menu(reader, parts, chosen)}
        <iframe class="viewer__frame viewer__frame--package" id="package" src=address.clone() title=title sandbox="allow-scripts"
            allow="" referrerpolicy="no-referrer"></iframe>
        <p class="viewer__ways">{download(reader, file)}</p>
    }
    .into_any()
}

/// The part that an address asks for, counted from 0 here and from 1 there.
fn chosen(query: &str) -> usize {
    let asked = query.split('&').find_map(|pair| pair.strip_prefix("part="));
    asked
        .and_then(|part| part.parse::<usize>().ok())
        .map_or(0, |part| part.saturating_sub(1))
}

/// The parts of a course, each a link.
fn menu(reader: &Reader, parts: &[(String, String)], chosen: usize) -> Option<AnyView> {
    let t = reader.texts();
    let entry = |(at, (name, _)): (usize, &(String, String))| {
        let words = match name.as_str() {
            "" => t.fill("viewing-package-part", &[("number", (at + 1).into())]),
            name => name.to_owned(),
        };
        let address = reader.link(&format!("{}?part={}#package", reader.path, at + 1));
        view! { <li><a href=address aria-current=(at == chosen).then_some("page")>{words}</a></li> }
    };
    let entries = parts.iter().enumerate().map(entry).collect_view();
    let title = t.text("viewing-package-parts");
    (parts.len() > 1).then(|| {
        view! {
            <nav class="outline" aria-label=title>
                <details open=parts.len() <= 8><summary>{title}</summary><ol>{entries}</ol></details>
            </nav>
        }
        .into_any()
    })
}

/// A package that does not run, and why.
pub fn barred(reader: &Reader, file: &FileView, why: &Package) -> AnyView {
    let key = match why {
        Package::Runs(_) => return ().into_any(),
        Package::NoOrigin => "viewing-package-no-origin",
        Package::NoPlayer => "viewing-package-no-player",
        Package::NoStart => "viewing-package-no-start",
        Package::Unsafe => "viewing-package-unsafe",
    };
    view! {
        <p class="notice">{reader.texts().text(key)}</p>
        <p class="viewer__ways">{download(reader, file)}</p>
    }
    .into_any()
}
