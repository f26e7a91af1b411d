//! A reader of our own markup: just enough to judge pages. It wants what we write: every element
//! closed, every attribute in double quotes.

/// A start tag, an end tag or text.
#[derive(Debug)]
pub enum Token<'a> {
    Open {
        name: &'a str,
        attributes: Vec<(&'a str, String)>,
    },
    Close(&'a str),
    Text(&'a str),
}

const VOID: &[&str] = &["meta", "link", "input", "br", "hr", "img", "wbr"];

impl<'a> Token<'a> {
    /// The value of an attribute.
    pub fn attribute(&self, wanted: &str) -> Option<&str> {
        match self {
            Token::Open { attributes, .. } => attributes
                .iter()
                .find(|(name, _)| *name == wanted)
                .map(|(_, value)| value.as_str()),
            _ => None,
        }
    }

    /// The name of a start tag.
    pub fn name(&self) -> Option<&'a str> {
        match self {
            Token::Open { name, .. } => Some(name),
            _ => None,
        }
    }
}

/// Cuts a page into tokens.
pub fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        if start > 0 {
            found.push(Token::Text(&rest[..start]));
        }
        rest = &rest[start..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after
                .split_once("-->")
                .unwrap_or_else(|| panic!("comment without end: {after:.60}"))
                .1;
            continue;
        }
        let end = tag_end(rest);
        let inside = &rest[1..end];
        rest = &rest[end + 1..];
        if inside.starts_with('!') {
            continue;
        }
        match inside.strip_prefix('/') {
            Some(name) => found.push(Token::Close(name.trim())),
            None => found.push(open(inside)),
        }
        if inside.starts_with("script") {
            rest = &rest[rest.find("</script>").unwrap()..];
        }
    }
    found
}

fn tag_end(tag: &str) -> usize {
    let mut quoted = false;
    for (place, letter) in tag.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '>' if !quoted => return place,
            _ => {}
        }
    }
    panic!("tag without end: {tag:.80}");
}

fn open(inside: &str) -> Token<'_> {
    let inside = inside.trim_end_matches('/');
    let (name, mut rest) = inside
        .split_once(char::is_whitespace)
        .unwrap_or((inside, ""));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Token::Open { name, attributes };
        }
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let key = &rest[..end];
        rest = &rest[end..];
        let value = match rest.strip_prefix("=\"") {
            Some(quoted) => {
                let (value, after) = quoted.split_once('"').unwrap();
                rest = after;
                value
            }
            None => "",
        };
        attributes.push((key, unescape(value)));
    }
}

fn unescape(text: &str) -> String {
    let text = text
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
    text.replace("&#x27;", "'").replace("&amp;", "&")
}

/// Fails where an element is not closed, or closed twice.
pub fn assert_balanced(address: &str, html: &str) {
    let mut open: Vec<&str> = Vec::new();
    for token in tokens(html) {
        match token {
            Token::Open { name, .. } if !VOID.contains(&name) => open.push(name),
            Token::Close(name) => assert_eq!(
                open.pop(),
                Some(name),
                "{address}: </{name}> closes another element"
            ),
            _ => {}
        }
    }
    assert!(open.is_empty(), "{address}: left open: {open:?}");
}
