//! XML as a stream of tags and text. Entities are never followed.

use crate::out::Failure;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// A piece of markup.
pub(crate) enum Node<'n> {
    /// An element begins; an empty one ends at once.
    Start(Tag<'n>),
    /// An element ends; its name without prefix.
    End(&'n str),
    /// Text between tags.
    Text(&'n str),
}

/// A tag with its attributes.
pub(crate) struct Tag<'n> {
    /// Its name without prefix.
    pub(crate) name: &'n str,
    start: &'n BytesStart<'n>,
}

impl Tag<'_> {
    /// An attribute by its name without prefix.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        self.find(|key| local(key) == name)
    }

    /// An attribute by its name as written, prefix included.
    pub(crate) fn get_exact(&self, name: &str) -> Option<String> {
        self.find(|key| key == name)
    }

    fn find(&self, is: impl Fn(&str) -> bool) -> Option<String> {
        let mut all = self.start.attributes();
        let found = all.with_checks(false).flatten().find(|own| is(own.key.0))?;
        let value = found.normalized_value(XmlVersion::Implicit1_0);
        Some(value.map_or_else(|_| found.value.to_string(), |value| value.into_owned()))
    }
}

/// How a walk through markup ended.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    /// What is broken; what stands after it was not read.
    pub(crate) broken: Option<String>,
    /// Entities are declared.
    pub(crate) entities: bool,
}

/// Visits all tags and texts in order.
pub(crate) fn walk(
    text: &str,
    visit: &mut dyn FnMut(Node<'_>) -> Result<(), Failure>,
) -> Result<Walked, Failure> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut walked = Walked::default();
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return Ok(walked),
            Ok(Event::Start(start)) => visit(Node::Start(tag(&start)))?,
            Ok(Event::Empty(start)) => {
                visit(Node::Start(tag(&start)))?;
                visit(Node::End(local(start.name().0)))?;
            }
            Ok(Event::End(end)) => visit(Node::End(local(end.name().0)))?,
            Ok(Event::Text(text)) => visit(Node::Text(&text.xml10_content()))?,
            Ok(Event::CData(text)) => visit(Node::Text(&text.xml10_content()))?,
            Ok(Event::GeneralRef(reference)) => {
                if let Ok(Some(letter)) = reference.resolve_char_ref() {
                    visit(Node::Text(letter.encode_utf8(&mut [0; 4])))?;
                } else if let Some(text) = entity(&reference) {
                    visit(Node::Text(text))?;
                }
            }
            Ok(Event::DocType(declared)) => walked.entities |= declared.contains("<!ENTITY"),
            Ok(_) => {}
            Err(error) => {
                walked.broken = Some(error.to_string());
                return Ok(walked);
            }
        }
    }
}

fn tag<'n>(start: &'n BytesStart<'n>) -> Tag<'n> {
    Tag {
        name: local_of(start),
        start,
    }
}

fn local_of<'n>(start: &'n BytesStart<'n>) -> &'n str {
    let content: &str = start;
    let name = content
        .split(|c: char| c.is_ascii_whitespace())
        .next()
        .unwrap_or_default();
    local(name)
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Those that XML knows, and those of HTML that books write.
fn entity(name: &str) -> Option<&'static str> {
    quick_xml::escape::resolve_xml_entity(name).or(match name {
        "nbsp" => Some("\u{a0}"),
        "ndash" => Some("–"),
        "mdash" => Some("—"),
        "hellip" => Some("…"),
        "copy" => Some("©"),
        _ => None,
    })
}
