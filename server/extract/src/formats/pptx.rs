//! PowerPoint presentations: a section for each slide, with its notes.

use super::damaged;
use super::office::{self, main_part, part, relations};
use crate::archive::Archive;
use crate::document::Section;
use crate::kind::Kind;
use crate::notice::Notice;
use crate::out::{Failure, Out};
use crate::xml::{Node, walk};

pub(super) fn read(bytes: &[u8], out: &mut Out<'_>) -> Result<(), Failure> {
    let mut archive = office::open(bytes, out)?;
    office::properties(&mut archive, out)?;
    let main = main_part(&mut archive, "ppt/presentation.xml", out)?;
    let Some(presentation) = part(&mut archive, &main, out)? else {
        return Err(damaged(Kind::Pptx, format!("{main} is missing or damaged")));
    };
    let related = relations(&mut archive, &main, out)?;
    let mut slides = Vec::new();
    walk(&presentation, &mut |node| {
        if let Node::Start(tag) = node
            && tag.name == "sldId"
        {
            let id = tag.get_exact("r:id").unwrap_or_default();
            slides.extend(
                related
                    .iter()
                    .find(|own| own.id == id)
                    .map(|own| own.target.clone()),
            );
        }
        Ok(())
    })?;
    out.pages(u32::try_from(slides.len()).unwrap_or(u32::MAX));
    for (number, slide) in (1..).zip(&slides) {
        one(&mut archive, slide, number, out)?;
    }
    Ok(())
}

fn one(
    archive: &mut Archive<'_>,
    slide: &str,
    number: u32,
    out: &mut Out<'_>,
) -> Result<(), Failure> {
    let Some(xml) = part(archive, slide, out)? else {
        return Ok(());
    };
    let mut said = text(&xml, out)?;
    for related in relations(archive, slide, out)? {
        let more = matches!(
            related.kind.as_str(),
            "notesSlide" | "diagramData" | "chart"
        );
        if !more {
            continue;
        }
        if let Some(xml) = part(archive, &related.target, out)? {
            said.text.push_str("\n\n");
            said.text.push_str(&text(&xml, out)?.text);
        }
    }
    let level = u8::from(!said.title.trim().is_empty());
    out.section(Section {
        heading: said.title,
        level,
        page: Some(number),
        text: said.text,
        ..Section::default()
    })
}

/// What a slide says.
#[derive(Default)]
struct Said {
    title: String,
    text: String,
}

fn text(xml: &str, out: &mut Out<'_>) -> Result<Said, Failure> {
    let mut said = Said::default();
    let (mut in_text, mut in_title, mut skipped, mut dull) = (false, false, 0usize, false);
    let walked = walk(xml, &mut |node| {
        match node {
            Node::Start(tag) => match tag.name {
                "Fallback" => skipped += 1,
                "sp" => (in_title, dull) = (false, false),
                "ph" => {
                    let kind = tag.get("type").unwrap_or_default();
                    in_title = matches!(kind.as_str(), "title" | "ctrTitle");
                    dull = matches!(kind.as_str(), "sldNum" | "dt" | "sldImg");
                }
                "cNvPr" => {
                    let said_of_it = tag.get("descr").filter(|words| !words.trim().is_empty());
                    said.text
                        .extend(said_of_it.map(|words| format!("{words}\n")));
                }
                // Charts keep their words as values.
                "t" | "v" => in_text = true,
                "br" if in_title => said.title.push(' '),
                "br" => said.text.push('\n'),
                "tc" => said.text.push('\t'),
                _ => {}
            },
            Node::End(name) => match name {
                "Fallback" => skipped = skipped.saturating_sub(1),
                "t" => in_text = false,
                "v" => {
                    in_text = false;
                    said.text.push('\n');
                }
                "p" if in_title => said.title.push(' '),
                "p" => said.text.push('\n'),
                "sp" => (in_title, dull) = (false, false),
                _ => {}
            },
            Node::Text(words) if in_text && skipped == 0 && !dull => match in_title {
                true => said.title.push_str(words),
                false => said.text.push_str(words),
            },
            Node::Text(_) => {}
        }
        Ok(())
    })?;
    if let Some(detail) = walked.broken {
        out.notice(Notice::Damaged { part: detail });
    }
    Ok(said)
}
