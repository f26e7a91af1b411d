//! Sound, films and pictures, each with words for those who do not hear or see them.

use leptos::prelude::*;

use super::download;
use crate::components::icon;
use crate::pages::resource::waiting_picture;
use crate::reader::Reader;
use crate::viewing::{FileView, Spoken, Track};
use crate::wording;

/// How much of a sound or film is fetched before somebody wants to hear it.
fn preload(reader: &Reader) -> &'static str {
    if reader.saves_data {
        "none"
    } else {
        "metadata"
    }
}

/// A player for sound.
pub fn audio(reader: &Reader, file: &FileView, spoken: &Spoken) -> AnyView {
    let name = file.file.name.clone();
    view! {
        <audio class="viewer__sound" controls=true preload=preload(reader) src=file.address.clone() aria-label=name>
            {tracks(reader, spoken)}
            {reader.texts().text("viewing-cannot-play")}
        </audio>
        {beneath(reader, file, spoken)}
    }
    .into_any()
}

/// A player for films.
pub fn video(reader: &Reader, file: &FileView, spoken: &Spoken) -> AnyView {
    let name = file.file.name.clone();
    view! {
        <video class="viewer__film" controls=true preload=preload(reader) playsinline=true src=file.address.clone() aria-label=name>
            {tracks(reader, spoken)}
            {reader.texts().text("viewing-cannot-play")}
        </video>
        {beneath(reader, file, spoken)}
    }
    .into_any()
}

fn tracks(reader: &Reader, spoken: &Spoken) -> AnyView {
    let track = |(at, track): (usize, &Track)| {
        let label = match track.in_language.as_str() {
            "" => reader.texts().text("viewing-captions").to_owned(),
            code => wording::language_name(reader.language, code),
        };
        let code = match track.in_language.as_str() {
            "" => "vi".to_owned(),
            code => code.to_owned(),
        };
        view! { <track kind="captions" src=track.address.clone() srclang=code label=label default=at == 0/> }
    };
    spoken
        .tracks
        .iter()
        .enumerate()
        .map(track)
        .collect_view()
        .into_any()
}

/// What is said, and the way to keep the file.
fn beneath(reader: &Reader, file: &FileView, spoken: &Spoken) -> AnyView {
    let t = reader.texts();
    let description = file.file.description.trim();
    let described = (!description.is_empty()).then(|| view! { <p>{description.to_owned()}</p> });
    let lang = reader.foreign(&spoken.in_language);
    let paragraphs = spoken
        .transcript
        .iter()
        .map(|text| view! { <p dir="auto">{text.clone()}</p> });
    let words = match spoken.transcript.is_empty() {
        true => view! { <p class="field__hint">{t.text("viewing-no-captions")}</p> }.into_any(),
        false => view! {
            <details class="viewer__words" open=spoken.transcript.len() <= 3>
                <summary>{t.text("viewing-transcript")}</summary>
                <div lang=lang>{paragraphs.collect_view()}</div>
            </details>
        }
        .into_any(),
    };
    view! { {described} {words} <p class="viewer__ways">{download(reader, file)}</p> }.into_any()
}

/// The picture, or its place where data are saved.
fn shown(
    reader: &Reader,
    file: &FileView,
    alternative: &str,
    pixels: Option<(u32, u32)>,
) -> AnyView {
    if !reader.shows_pictures() {
        let size = file.file.content_size;
        return waiting_picture(reader, &file.address, alternative, pixels, size);
    }
    view! {
        <img src=file.address.clone() alt=alternative.to_owned() loading="lazy" decoding="async"
            width=pixels.map(|(width, _)| width.to_string()) height=pixels.map(|(_, height)| height.to_string())/>
    }
    .into_any()
}

/// A picture with its description; a link shows all of its pixels.
pub fn picture(reader: &Reader, file: &FileView, pixels: Option<(u32, u32)>) -> AnyView {
    let t = reader.texts();
    let description = file.file.description.trim().to_owned();
    let caption = match description.as_str() {
        "" => {
            view! { <span class="field__hint">{t.text("viewing-no-description")}</span> }.into_any()
        }
        words => words.to_owned().into_any(),
    };
    // Where nobody has described it, its name is all that there is to say.
    let alternative = match description.as_str() {
        "" => file.file.name.clone(),
        words => words.to_owned(),
    };
    let words = match pixels {
        Some((width, height)) => t.fill(
            "viewing-full-size",
            &[("width", width.into()), ("height", height.into())],
        ),
        None => t.text("viewing-picture-open").to_owned(),
    };
    view! {
        <figure class="viewer__picture">
            {shown(reader, file, &alternative, pixels)}
            <figcaption>{caption}</figcaption>
        </figure>
        <p class="viewer__ways">
            <a class="button" href=file.address.clone()>{icon(reader, "search")} {words}</a> {download(reader, file)}
        </p>
    }
    .into_any()
}
