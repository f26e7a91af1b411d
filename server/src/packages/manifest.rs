//! `imsmanifest.xml` of SCORM and Common Cartridge: what can be opened, in the order of the course.

use super::start::Part;
use percent_encoding::percent_decode_str;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::collections::HashMap;

/// Most parts that are offered.
const MOST: usize = 500;

#[derive(Default)]
struct Read {
    /// Reference to a resource, title, what is added to its address.
    items: Vec<(String, String, String)>,
    /// Identifier → address within the package.
    resources: HashMap<String, String>,
    order: Vec<String>,
    /// `xml:base` of the elements that are open.
    bases: Vec<(String, String)>,
    /// Items that are open, by their place in `items`.
    open: Vec<usize>,
    in_title: bool,
}

/// The parts whose file is in the package, by the items of the course, else by its resources.
pub(super) fn parts(xml: &[u8], has: &dyn Fn(&str) -> bool) -> Vec<Part> {
    let text = decoded(xml);
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut read = Read::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => read.begin(&tag, false),
            Ok(Event::Empty(tag)) => read.begin(&tag, true),
            Ok(Event::End(tag)) => read.end(local(tag.name().0)),
            Ok(Event::Text(words)) => read.words(&words.xml10_content()),
            Ok(Event::CData(words)) => read.words(&words.xml10_content()),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    let items = read
        .items
        .iter()
        .filter_map(|(resource, title, parameters)| {
            let part = part(read.resources.get(resource)?, parameters, has)?;
            Some(Part {
                name: title.split_whitespace().collect::<Vec<_>>().join(" "),
                ..part
            })
        });
    let found: Vec<Part> = items.take(MOST).collect();
    if !found.is_empty() {
        return found;
    }
    let any = read
        .order
        .iter()
        .filter_map(|resource| part(read.resources.get(resource)?, "", has));
    any.filter(|part| part.path.to_lowercase().contains(".htm"))
        .take(1)
        .collect()
}

/// An address within the package, if its file is there.
fn part(address: &str, parameters: &str, has: &dyn Fn(&str) -> bool) -> Option<Part> {
    let address = address.split('#').next().unwrap_or_default();
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let path = percent_decode_str(path)
        .decode_utf8_lossy()
        .replace('\\', "/");
    let path = path.trim_start_matches("./").to_owned();
    let added = parameters.trim().trim_start_matches(['?', '&', '#']);
    let query = [query, added]
        .into_iter()
        .filter(|some| !some.is_empty())
        .collect::<Vec<_>>()
        .join("&");
    let plain = |c: char| c.is_ascii_graphic() && !"\"'<>#\\".contains(c);
    let query = if query.chars().all(plain) {
        query
    } else {
        String::new()
    };
    has(&path).then_some(Part {
        name: String::new(),
        path,
        query,
    })
}

impl Read {
    fn begin(&mut self, tag: &BytesStart<'_>, is_empty: bool) {
        let name = local(tag.name().0).to_owned();
        let base = attribute(tag, "base").unwrap_or_default();
        let base = if ["manifest", "resources", "resource"].contains(&name.as_str()) {
            base
        } else {
            String::new()
        };
        match name.as_str() {
            "item" => {
                let of = |key: &str| attribute(tag, key).unwrap_or_default();
                self.items
                    .push((of("identifierref"), String::new(), of("parameters")));
                if !is_empty {
                    self.open.push(self.items.len() - 1);
                }
            }
            "resource" => {
                let whole: String = self
                    .bases
                    .iter()
                    .map(|(_, base)| base.as_str())
                    .chain([base.as_str()])
                    .collect();
                if let (Some(id), Some(href)) =
                    (attribute(tag, "identifier"), attribute(tag, "href"))
                {
                    self.order.push(id.clone());
                    self.resources.insert(id, format!("{whole}{href}"));
                }
            }
            _ => {}
        }
        self.in_title = name == "title" && !is_empty;
        if !is_empty && !base.is_empty() {
            self.bases.push((name, base));
        }
    }

    fn end(&mut self, name: &str) {
        self.in_title = false;
        if name == "item" {
            self.open.pop();
        }
        if self.bases.last().is_some_and(|(own, _)| own == name) {
            self.bases.pop();
        }
    }

    fn words(&mut self, words: &str) {
        if let (true, Some(item)) = (self.in_title, self.open.last()) {
            self.items[*item].1.push_str(words);
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = tag.attributes();
    let found = all
        .with_checks(false)
        .flatten()
        .find(|own| local(own.key.0) == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0);
    Some(value.map_or_else(|_| found.value.to_string(), |value| value.into_owned()))
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn decoded(xml: &[u8]) -> String {
    let encoding =
        encoding_rs::Encoding::for_bom(xml).map_or(encoding_rs::UTF_8, |(encoding, _)| encoding);
    encoding.decode(xml).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COURSE: &str = r#"<?xml version="1.0"?><manifest xmlns:adlcp="x"><organizations><organization><title>Khóa học</title>
      <item identifier="a"><title>Chương 1</title><item identifierref="r1" parameters="?content=1"><title>Bài 1</title></item></item>
      <item identifierref="r2"><title>Bài 2</title></item><item identifierref="gone"/><item identifierref="out"/></organization></organizations>
      <resources xml:base="sco/"><resource identifier="r1" href="b%C3%A0i.html"/><resource identifier="r2" href="2.html?x=1"/>
      <resource identifier="out" href="../../etc/passwd"/></resources></manifest>"#;

    #[test]
    fn parts_are_the_items_of_the_course() {
        let has = |name: &str| ["sco/bài.html", "sco/2.html"].contains(&name);
        let found = parts(COURSE.as_bytes(), &has);
        let shown: Vec<String> = found
            .iter()
            .map(|part| format!("{}={}", part.name, part.address("/p")))
            .collect();
        assert_eq!(
            shown,
            [
                "Bài 1=/p/sco/b%C3%A0i.html?content=1",
                "Bài 2=/p/sco/2.html?x=1"
            ]
        );
    }

    #[test]
    fn a_broken_manifest_has_no_parts() {
        for broken in [
            "",
            "<manifest",
            "<manifest><item identifierref='a'><resource identifier='a' href='javascript:alert(1)'/>",
        ] {
            assert!(
                parts(broken.as_bytes(), &|name| name == "a.html").is_empty(),
                "{broken}"
            );
        }
    }
}
