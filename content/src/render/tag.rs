//! Tags of finished HTML, for those who put something into it.

/// Length of the tag that a text begins with, in bytes. A `>` within the quotation marks of an attribute ends none: what
/// stands there is no text, and what is put into it would set free what the attribute holds.
pub fn tag_length(text: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Name of a tag's element, and whether the tag closes it.
pub fn tag_name(tag: &str) -> (&str, bool) {
    let inner = tag.strip_prefix('<').unwrap_or(tag);
    let closes = inner.starts_with('/');
    let inner = inner.trim_start_matches('/');
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric());
    (&inner[..end.unwrap_or(inner.len())], closes)
}

/// The value of an attribute of a tag, as it is written there.
pub fn tag_attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}
